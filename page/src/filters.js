// What is asked of claims: how they are told, which relations, according to whom. The samples of lines are the legend too.

import { el, foreign, svg } from "./dom.js";
import { CERTAINTIES } from "./model.js";
import { count, t } from "./words.js";

export class Filters {
  // `changed()` is called after `state` was changed.
  constructor(data, state, changed) {
    Object.assign(this, { data, state, changed });
    this.element = el("section", { class: "filters", "aria-labelledby": "filters-title" });
  }

  paint(colours) {
    const open = new Set([...this.element.querySelectorAll("details[open]")].map((one) => one.dataset.tone));
    const focused = document.activeElement?.id;
    this.element.replaceChildren(
      el("div", { class: "line" }, el("h2", { id: "filters-title" }, t("filters")), el("button", { type: "button", class: "quiet", onclick: () => this.reset() }, t("reset"))),
      this.certainty(), this.relations(colours, open), this.speaker(), this.kinds(colours));
    if (focused) this.element.querySelector(`#${CSS.escape(focused)}`)?.focus();
  }

  reset() {
    this.changed("reset");
  }

  certainty() {
    const { state, data } = this;
    const counts = new Map();
    for (const claim of data.claims) counts.set(claim.certainty, (counts.get(claim.certainty) ?? 0) + 1);
    const boxes = CERTAINTIES.filter((one) => counts.has(one) || one === "asserted").map((one) =>
      check(`told-${one}`, [sample(one === "asserted" ? "" : "2 4"), t(one)], counts.get(one) ?? 0, state.certainties.has(one), (on) => {
        state.certainties[on ? "add" : "delete"](one);
        this.changed();
      }));
    const output = el("output", { for: "confidence" }, percent(state.confidence));
    const slider = el("input", { type: "range", id: "confidence", min: 0, max: 100, step: 5, ".value": state.confidence * 100, "aria-valuetext": percent(state.confidence), oninput: () => {
      state.confidence = Number(slider.value) / 100;
      output.textContent = percent(state.confidence);
      slider.setAttribute("aria-valuetext", percent(state.confidence));
      this.changed();
    } });
    return el("fieldset", {}, el("legend", {}, t("certainty")), ...boxes, el("div", { class: "line small" }, el("label", { for: "confidence" }, t("confidence")), output), slider);
  }

  relations(colours, open) {
    const { data, state } = this;
    const counts = data.relations.map(() => 0);
    for (const edge of data.edges) counts[edge.relation] += edge.claims.length;
    const groups = colours.tones.map((tone, index) => {
      const own = data.relations.map((relation, number) => ({ ...relation, number })).filter((one) => one.tone === index);
      if (!own.length) return null;
      const all = check(`tone-${index}`, [sample("", tone.line, tone.width / 10), tone.name], own.reduce((sum, one) => sum + counts[one.number], 0), own.some((one) => !state.relationsOff.has(one.number)), (on) => {
        for (const one of own) state.relationsOff[on ? "delete" : "add"](one.number);
        this.paint(colours);
        this.changed();
      });
      const some = own.filter((one) => state.relationsOff.has(one.number)).length;
      all.querySelector("input").indeterminate = some > 0 && some < own.length;
      const each = own.sort((one, other) => counts[other.number] - counts[one.number]).map((one) => check(`relation-${one.number}`, [one.label], counts[one.number], !state.relationsOff.has(one.number), (on) => {
        state.relationsOff[on ? "delete" : "add"](one.number);
        this.paint(colours);
        this.changed();
      }));
      return el("div", { class: "tone" }, all, el("details", { "data-tone": index, open: open.has(String(index)) }, el("summary", { "aria-label": `${tone.name}: ${t("relations")}` }), el("div", { class: "inner" }, ...each)));
    });
    return el("fieldset", {}, el("legend", {}, t("relations")), ...groups);
  }

  speaker() {
    const { data, state } = this;
    const counts = new Map();
    for (const claim of data.claims) counts.set(claim.speaker ?? "text", (counts.get(claim.speaker ?? "text") ?? 0) + 1);
    const names = data.speakers.map((label, number) => [String(number), label, counts.get(number) ?? 0]).sort((one, other) => other[2] - one[2]);
    const option = ([value, label, number]) => el("option", { value, ".selected": state.speaker === value }, value ? `${label} (${count(number)})` : label);
    const select = el("select", { id: "speaker", onchange: () => {
      state.speaker = select.value;
      this.changed();
    } }, ...[["", t("anyone"), 0], ["text", t("text"), counts.get("text") ?? 0], ...names].map(option));
    return el("div", { class: "field" }, el("label", { for: "speaker" }, t("speaker")), select);
  }

  kinds(colours) {
    const used = new Set(this.data.actors.map((actor) => actor.kind));
    const rows = colours.kinds.map((kind, index) => {
      if (!used.has(index)) return null;
      const name = kind.name || colours.kinds.find((other) => other.name && other.fill === kind.fill)?.name;
      const mark = el("span", { class: `mark ${kind.shape}`, "aria-hidden": "true" });
      mark.style.background = kind.fill;
      mark.style.borderColor = kind.line;
      return [name, el("li", {}, mark, name)];
    }).filter(Boolean);
    return el("div", { class: "field" }, el("h3", {}, t("kinds")), el("ul", { class: "kinds" }, ...new Map(rows).values()));
  }
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

function check(id, label, number, on, changed) {
  const input = el("input", { type: "checkbox", id, ".checked": on, onchange: () => changed(input.checked) });
  return el("div", { class: "check" }, input, el("label", { for: id }, ...label.map((part) => (typeof part === "string" ? foreign(part) : part))), el("span", { class: "number" }, count(number)));
}

// A line as it is drawn.
export function sample(dashes, colour = "currentColor", width = 1.6) {
  return svg("svg", { width: 22, height: 10, "aria-hidden": "true", class: "sample" }, svg("line", { x1: 1, x2: 21, y1: 5, y2: 5, stroke: colour, "stroke-width": width + 0.4, "stroke-dasharray": dashes || undefined }));
}
