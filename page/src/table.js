// The same graph as a table, for those who read rather than look.

import { el, foreign } from "./dom.js";
import { CERTAINTIES } from "./model.js";
import { sample } from "./filters.js";
import { count, date, t } from "./words.js";

const SOME = 150;
const COLUMNS = ["who", "what", "whom", "how", "count", "when"];

export class Table {
  constructor(data, { choose }) {
    Object.assign(this, { data, choose });
    this.sorting = ["count", -1];
    this.limit = SOME;
    this.body = el("tbody");
    this.head = el("tr");
    this.more = el("button", { type: "button", class: "quiet", onclick: () => this.grow() }, t("more"));
    this.element = el("div", { class: "table", tabindex: "0", role: "region", "aria-label": t("caption"), hidden: true },
      el("table", {}, el("caption", { class: "away" }, t("caption")), el("thead", {}, this.head), this.body), this.more);
  }

  show(seen, colours) {
    Object.assign(this, { seen, colours });
    if (!this.element.hidden) this.draw();
  }

  draw() {
    const [by, way] = this.sorting;
    const label = (number) => this.data.actors[number].label;
    const keys = {
      who: (one) => label(one.edge.from), what: (one) => this.data.relations[one.edge.relation].label, whom: (one) => label(one.edge.to),
      how: (one) => this.told(one), count: (one) => one.claims.length, when: (one) => span(one.claims)[0] ?? "",
    };
    const rows = this.seen.passing.map((one) => [keys[by](one), one]);
    const collate = new Intl.Collator(document.documentElement.lang);
    const compare = (a, b) => (typeof a === "number" ? a - b : collate.compare(a, b));
    rows.sort((a, b) => way * compare(a[0], b[0]) || a[1].edge.number - b[1].edge.number);
    this.head.replaceChildren(...COLUMNS.map((name) => this.heading(name)));
    this.body.replaceChildren(...rows.slice(0, this.limit).map(([, one]) => this.row(one)));
    this.more.hidden = rows.length <= this.limit;
  }

  heading(name) {
    const [by, way] = this.sorting;
    const sorted = by === name ? (way > 0 ? "ascending" : "descending") : "none";
    const arrow = by === name ? (way > 0 ? " ↑" : " ↓") : "";
    return el("th", { scope: "col", "aria-sort": sorted, class: name }, el("button", { type: "button", class: "quiet", onclick: () => {
      this.sorting = [name, by === name ? -way : name === "count" ? -1 : 1];
      this.draw();
      this.head.querySelector(`.${name} button`)?.focus();
    } }, t(name) + arrow));
  }

  row(one) {
    const { edge } = one;
    const tone = this.colours.tones[edge.tone];
    const actor = (number) => el("button", { type: "button", class: "quiet", onclick: () => this.choose({ actor: number }) }, foreign(this.data.actors[number].label, { dir: "auto" }));
    const verb = el("button", { type: "button", class: "quiet verb", title: t("open"), onclick: () => this.choose({ edge: edge.number }) }, this.data.relations[edge.relation].label);
    verb.style.color = tone.text;
    const [first, last] = span(one.claims);
    const when = !first ? "" : first === last ? date(first) : `${date(first)} – ${date(last)}`;
    return el("tr", {}, el("td", {}, actor(edge.from)), el("td", { class: "relation" }, sample(one.stands ? (one.disputed ? "7 4" : "") : "2 4", tone.line, tone.width / 10), verb), el("td", {}, actor(edge.to)), el("td", { class: "told" }, this.told(one)), el("td", { class: "number" }, count(one.claims.length)), el("td", { class: "when" }, when));
  }

  told(one) {
    const kinds = CERTAINTIES.filter((certainty) => one.claims.some((claim) => claim.certainty === certainty));
    return [one.disputed && "disputed", ...kinds].filter(Boolean).map((kind) => t(kind)).join(", ");
  }

  grow() {
    const at = this.limit;
    this.limit += SOME * 4;
    this.draw();
    this.body.children[at]?.querySelector("button")?.focus();
  }
}

// The first and the last date of some claims.
function span(claims) {
  const dates = claims.map((claim) => claim.when).filter(Boolean).sort();
  return [dates[0], dates.at(-1)];
}
