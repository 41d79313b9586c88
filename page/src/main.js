// Puts the page together: the data as it stands in it, what is asked of it, and the views that show what passes.

import { Actors } from "./actors.js";
import { Detail } from "./detail.js";
import { el, foreign, later } from "./dom.js";
import { Filters } from "./filters.js";
import { GraphView } from "./graph.js";
import { look } from "./look.js";
import { fresh, prepare, sieve } from "./model.js";
import { Table } from "./table.js";
import { Theme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { claimsOf, count, several, speak, t } from "./words.js";

const data = prepare(JSON.parse(document.getElementById("data").textContent));
speak(data.lang);
const app = document.getElementById("app");
const title = data.title || t("title");
document.title = `${title} – Kilde`;
const live = el("p", { class: "away", role: "status", "aria-live": "polite" });
const announce = later(250, (text) => {
  live.textContent = text;
});
let paint = () => {};
const theme = new Theme(() => paint());
let colours = look(data, theme.dark);

if (data.edges.length) start();
else app.append(header([]), el("main", { class: "empty" }, el("h2", {}, t("empty")), el("p", { class: "muted" }, t("emptyMore"))), live);

function header(controls) {
  const summary = [["actor", data.actors], ["relation", data.edges], ["claim", data.claims], ["document", data.documents]].map(([what, all]) => several(what, all.length)).join(" · ");
  return el("header", { class: "head" }, el("h1", {}, foreign(title, { dir: "auto" })), el("p", { class: "muted" }, summary), el("span", { class: "gap" }), ...controls, theme.element, aboutButton());
}

function aboutButton() {
  const licences = document.getElementById("licences").content.textContent;
  const dialog = el("dialog", { "aria-labelledby": "about-title" }, el("div", { class: "line" }, el("h2", { id: "about-title" }, "Kilde"), el("span", { class: "gap" }), el("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, t("close"))),
    el("p", {}, t("aboutText")), el("details", {}, el("summary", {}, t("licences")), el("pre", { tabindex: "0" }, licences)));
  document.body.append(dialog);
  return el("button", { type: "button", class: "quiet", onclick: () => dialog.showModal() }, t("about"));
}

function start() {
  const state = fresh(data);
  const remembered = location.hash;
  let seen;
  let opener = null;
  const changed = later(60, (what) => {
    if (what === "reset") reset();
    refresh();
  });
  const choose = (chosen, kept) => {
    if (!kept) detail.past = [];
    const before = state.chosen;
    if (chosen && !before) opener = document.activeElement;
    state.chosen = chosen;
    note(chosen);
    refresh(true);
    if (chosen && document.activeElement !== graph.box) detail.focus();
    if (!chosen && before && !document.activeElement?.closest(".graph")) (opener?.isConnected ? opener : graph.box).focus();
    if (chosen) describe(chosen);
  };
  const graph = new GraphView(data, { choose, say: (actor) => describe({ actor }) });
  const actors = new Actors(data, { choose, say: announce });
  const filters = new Filters(data, state, changed);
  const timeline = new Timeline(data, state, changed);
  const detail = new Detail(data, { choose });
  const table = new Table(data, { choose });
  const slider = topSlider();
  const tools = el("div", { class: "tools" }, ...[["zoomIn", "+", () => graph.zoom(1.4)], ["zoomOut", "−", () => graph.zoom(1 / 1.4)], ["fit", "⤢", () => graph.fit()]].map(([name, sign, onclick]) => el("button", { type: "button", title: t(name), "aria-label": t(name), onclick }, sign)));
  const picture = el("div", { class: "picture" }, graph.box, slider.element, tools);
  const views = ["graph", "table"].map((name) => el("button", { type: "button", "aria-pressed": String(name === "graph"), onclick: () => view(name) }, t(name)));

  app.append(header([el("div", { class: "switch", role: "group", "aria-label": t("views") }, ...views)]),
    el("nav", { class: "panel", "aria-label": t("panel") }, actors.element, filters.element),
    el("main", { class: "middle" }, picture, table.element, timeline.element), detail.element, live);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      graph.point(null);
      if (state.chosen) choose(null);
    } else if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      actors.input.focus();
    }
  });
  addEventListener("resize", later(150, () => timeline.show(seen, colours)));

  filters.paint(colours);
  graph.begin(colours);
  recall(remembered);
  refresh();
  paint = () => {
    colours = look(data, theme.dark);
    filters.paint(colours);
    graph.paint(colours);
    refresh(true);
  };

  // `same`: only who is chosen has changed.
  function refresh(same) {
    seen = sieve(data, state);
    slider.set(seen.ranked.length);
    actors.show(seen, state, colours);
    timeline.show(seen, colours);
    table.show(seen, colours);
    detail.show(seen, state, colours);
    app.classList.toggle("open", Boolean(state.chosen));
    delete app.dataset.ready;
    graph.show(seen, state, same).then((whole) => {
      if (whole) app.dataset.ready = "true";
    });
    if (!state.chosen) announce(t("now", several("actor", seen.actors.size), several("relation", seen.edges.length), claimsOf(seen.edges.reduce((sum, one) => sum + one.claims.length, 0))));
  }

  function reset() {
    Object.assign(state, fresh(data), { chosen: state.chosen, top: state.top });
    timeline.reset();
    filters.paint(colours);
  }

  function describe(chosen) {
    if (chosen.actor !== undefined) {
      const actor = data.actors[chosen.actor];
      announce(`${actor.label}, ${actor.type}, ${claimsOf(seen.weights[chosen.actor])}`);
    } else {
      const edge = data.edges[chosen.edge];
      announce(`${data.actors[edge.from].label} ${data.relations[edge.relation].label} ${data.actors[edge.to].label}, ${claimsOf(seen.byNumber.get(chosen.edge)?.claims.length ?? 0)}`);
    }
  }

  function view(name) {
    table.element.hidden = name !== "table";
    picture.hidden = name === "table";
    views.forEach((button, at) => button.setAttribute("aria-pressed", String(["graph", "table"][at] === name)));
    if (name === "table") table.draw();
    else graph.cy.resize();
  }

  function topSlider() {
    const output = el("output", { for: "top" });
    const input = el("input", { type: "range", id: "top", min: 0, max: 100, step: 1, oninput: () => {
      state.top = fromScale(Number(input.value), most);
      tell();
      changed();
    } });
    let most = data.actors.length;
    const tell = () => {
      const text = t("shownOf", count(Math.min(state.top, most)), count(most));
      output.textContent = text;
      input.setAttribute("aria-valuetext", text);
    };
    const set = (number) => {
      most = Math.max(1, number);
      input.value = toScale(Math.min(state.top, most), most);
      tell();
    };
    return { element: el("div", { class: "slider" }, el("label", { for: "top" }, t("shown")), input, output), set };
  }

  // The address remembers who is chosen.
  function note(chosen) {
    const hash = !chosen ? "" : chosen.actor !== undefined ? `#actor=${encodeURIComponent(data.actors[chosen.actor].id)}` : `#claim=${data.claims[data.edges[chosen.edge].claims[0]].id}`;
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      // Some frames have no history.
    }
  }

  function recall(hash) {
    const [, name, value] = hash.match(/^#(actor|claim)=(.+)$/) ?? [];
    if (name === "actor") {
      const actor = data.actors.find((one) => encodeURIComponent(one.id) === value);
      if (actor) state.chosen = { actor: actor.number };
    } else if (name === "claim") {
      const edge = data.edges.find((one) => one.told.some((claim) => claim.id === value));
      if (!edge) return;
      state.chosen = { edge: edge.number };
      // An address leads to its claim, also to one that is left out at first.
      state.certainties.add(edge.told.find((claim) => claim.id === value).certainty);
      filters.paint(colours);
    }
  }
}

// Few actors take most of the slider: from 5 to all, in even ratios.
function fromScale(place, most) {
  // At its end are all, also those that another filter lets in.
  if (place >= 100) return Infinity;
  const least = Math.min(5, most);
  return Math.round(least * Math.pow(most / least, place / 100));
}

function toScale(top, most) {
  const least = Math.min(5, most);
  return most === least ? 100 : Math.round((100 * Math.log(Math.max(top, least) / least)) / Math.log(most / least));
}
