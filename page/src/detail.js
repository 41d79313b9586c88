// Who or what is chosen: an actor with its relations, or a relation with the words that it rests on, each in its paragraph.

import { el, foreign } from "./dom.js";
import { edgeLabel } from "./model.js";
import { sample } from "./filters.js";
import { claimsOf, count, date, several, t } from "./words.js";

const SOME = 30;

export class Detail {
  constructor(data, { choose }) {
    Object.assign(this, { data, choose });
    this.element = el("aside", { class: "detail", "aria-label": t("detail"), hidden: true });
    this.past = [];
  }

  show(seen, state, colours) {
    Object.assign(this, { seen, state, colours });
    const chosen = state.chosen;
    this.element.hidden = !chosen;
    if (!chosen) {
      this.past = [];
      return this.element.replaceChildren();
    }
    const same = JSON.stringify(chosen) === this.shown;
    this.shown = JSON.stringify(chosen);
    const top = this.element.scrollTop;
    this.element.replaceChildren(this.bar(), ...(chosen.actor !== undefined ? this.actor(chosen.actor) : this.edge(chosen.edge)));
    this.element.scrollTop = same ? top : 0;
  }

  focus() {
    this.element.querySelector("h2")?.focus();
  }

  bar() {
    const back = this.past.length > 0 && el("button", { type: "button", class: "quiet", onclick: () => this.goBack() }, `← ${t("back")}`);
    return el("div", { class: "line bar" }, back, el("span", { class: "gap" }), el("button", { type: "button", class: "quiet", onclick: () => this.choose(null) }, t("close")));
  }

  open(chosen) {
    this.past.push(this.state.chosen);
    this.choose(chosen, true);
  }

  goBack() {
    this.choose(this.past.pop(), true);
  }

  actor(number) {
    const { data, seen } = this;
    const actor = data.actors[number];
    const own = actor.edges.map((edge) => seen.byNumber.get(edge.number)).filter(Boolean);
    own.sort((one, other) => other.claims.length - one.claims.length || one.edge.number - other.edge.number);
    const others = new Set(own.flatMap(({ edge }) => [edge.from, edge.to]).filter((other) => other !== number));
    const item = /^Q[0-9]+$/.test(actor.wikidata ?? "") && el("a", { href: `https://www.wikidata.org/wiki/${actor.wikidata}`, rel: "noreferrer noopener", target: "_blank" }, `${t("wikidata")} ${actor.wikidata}`);
    return [
      el("p", { class: "kicker" }, actor.type, item && " · ", item),
      el("h2", { tabindex: "-1" }, foreign(actor.label, { dir: "auto" })),
      el("p", { class: "muted" }, `${claimsOf(seen.weights[number])} · ${several("relation", own.length)} ${others.size === 1 ? t("other") : t("others", count(others.size))}`),
      this.listed(own, (one) => this.row(one, number), "rows"),
    ];
  }

  // A relation in an actor's list.
  row(one, from) {
    const { edge } = one;
    const name = (number) => foreign(this.data.actors[number].label, { class: number === from ? "self" : "other", dir: "auto" });
    const tone = this.colours.tones[edge.tone];
    const verb = el("span", { class: "verb" }, this.data.relations[edge.relation].label);
    verb.style.color = tone.text;
    return el("li", {}, el("button", { type: "button", class: "relation", onclick: () => this.open({ edge: edge.number }) },
      sample(dashes(one), tone.line, tone.width / 10), el("span", { class: "sentence" }, name(edge.from), " ", verb, " ", name(edge.to), ...one.marks.map((mark) => el("span", { class: "badge" }, t(mark)))),
      el("span", { class: "number" }, one.claims.length > 1 ? `×${count(one.claims.length)}` : "")));
  }

  edge(number) {
    const { data, seen } = this;
    const edge = data.edges[number];
    const one = seen.byNumber.get(number) ?? { edge, claims: [], marks: [], stands: false };
    const tone = this.colours.tones[edge.tone];
    const verb = el("span", { class: "verb" }, data.relations[edge.relation].label);
    verb.style.color = tone.text;
    const link = (end) => el("button", { type: "button", class: "end", onclick: () => this.open({ actor: end }) }, foreign(data.actors[end].label, { dir: "auto" }));
    const hidden = edge.claims.length - one.claims.length;
    return [
      el("p", { class: "kicker" }, sample(dashes(one), tone.line, tone.width / 10), " ", tone.name, ...one.marks.map((mark) => el("span", { class: "badge" }, t(mark)))),
      el("h2", { tabindex: "-1", class: "triple" }, link(edge.from), " ", verb, " ", link(edge.to)),
      el("p", { class: "muted" }, claimsOf(one.claims.length), hidden > 0 && ` (+${count(hidden)})`),
      this.listed(one.claims, (claim) => this.claim(claim), "claims"),
    ];
  }

  // Long lists a part at a time.
  listed(items, make, name) {
    const list = el("ol", { class: name });
    const more = el("button", { type: "button", class: "quiet", onclick: () => grow() }, t("more"));
    const grow = () => {
      const at = list.children.length;
      list.append(...items.slice(at, at + SOME).map(make));
      more.hidden = list.children.length >= items.length;
      if (at) list.children[at]?.querySelector("button, a")?.focus();
    };
    grow();
    return el("div", {}, list, more);
  }

  claim(claim) {
    const { data } = this;
    const paragraph = data.paragraphs[claim.paragraph];
    const source = data.documents[paragraph.document];
    const facts = [
      claim.certainty !== "asserted" && el("span", { class: "badge" }, claim.denied && claim.modality ? `${t("denied")}, ${t(claim.modality)}` : t(claim.certainty)),
      claim.speaker !== undefined && [`${t("saidBy")} `, el("b", {}, foreign(data.speakers[claim.speaker]))],
      claim.via?.length > 0 && [`${t("via")} `, el("b", {}, foreign(claim.via.join(", ")))],
      claim.date && [`${t("happened")} `, el("b", {}, date(claim.date))],
      claim.place && [`${t("place")} `, el("b", {}, foreign(claim.place))],
      [`${t("sure")} `, el("b", {}, claim.confidence.toFixed(2))],
    ].filter(Boolean).map((fact) => el("li", {}, ...[fact].flat()));
    const title = source.title || source.id;
    const name = web(source.url) ? el("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, foreign(title, { dir: "auto" })) : foreign(title, { dir: "auto" });
    const rest = [source.publisher, source.date && date(source.date)].filter(Boolean).flatMap((text) => [" · ", foreign(text)]);
    return el("li", { class: "claim" },
      el("blockquote", { lang: source.lang, dir: "auto" }, ...marked(paragraph, claim)),
      el("ul", { class: "facts" }, ...facts),
      el("p", { class: "source" }, el("cite", {}, name), ...rest));
  }
}

// The paragraph with the quote marked and, in it, the names.
function marked(paragraph, claim) {
  const { text } = paragraph;
  const [from, to] = claim.quote;
  const inner = [];
  let at = from;
  for (const [start, end] of claim.names ?? []) {
    if (start < at || end > to) continue;
    inner.push(text.slice(at, start), el("strong", {}, text.slice(start, end)));
    at = end;
  }
  inner.push(text.slice(at, to));
  return [paragraph.before && "… ", text.slice(0, from), el("mark", {}, ...inner), text.slice(to), paragraph.after && " …"].filter(Boolean);
}

function dashes(one) {
  return one.stands ? (one.disputed ? "7 4" : "") : "2 4";
}

// A link leads to the web or nowhere.
function web(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
