// The list of actors with its search. One of them can be reached with Tab, the others with the arrow keys.

import { el, foreign, later } from "./dom.js";
import { search } from "./model.js";
import { count, t } from "./words.js";

const PAGE = 60;

export class Actors {
  constructor(data, { choose, say }) {
    this.data = data;
    this.choose = choose;
    this.say = say;
    this.limit = PAGE;
    this.input = el("input", { type: "search", id: "find", autocomplete: "off", spellcheck: "false", placeholder: t("find"), oninput: later(80, () => this.find()), onkeydown: (event) => this.fromInput(event) });
    this.list = el("ul", { class: "list", "aria-label": t("actors"), onkeydown: (event) => this.key(event) });
    this.more = el("button", { type: "button", class: "quiet", hidden: true, onclick: () => this.grow() }, t("more"));
    this.none = el("p", { class: "muted", hidden: true }, t("nobody"));
    this.element = el("section", { class: "actors", "aria-label": t("actors") }, el("label", { class: "away", for: "find" }, t("find")), this.input, el("div", { class: "scroll" }, this.list, this.none, this.more));
  }

  show(seen, state, colours) {
    Object.assign(this, { seen, state, colours });
    this.draw();
  }

  find() {
    this.limit = PAGE;
    this.draw();
    this.say(this.found.length ? `${count(this.found.length)} · ${t("actors")}` : t("nobody"));
  }

  draw() {
    const { data, seen, state } = this;
    const asked = this.input.value.trim();
    this.found = asked ? search(data, seen.ranked, asked) : seen.ranked;
    const inside = this.list.contains(document.activeElement);
    const current = state.chosen?.actor;
    const some = this.found.slice(0, this.limit);
    this.list.replaceChildren(...some.map((actor) => el("li", {}, this.row(actor, actor.number === current))));
    this.none.hidden = this.found.length > 0;
    this.more.hidden = this.found.length <= this.limit;
    const buttons = this.buttons();
    const reached = buttons.find((button) => button.ariaPressed === "true") ?? buttons[0];
    if (reached) reached.tabIndex = 0;
    if (inside) reached?.focus();
  }

  row(actor, chosen) {
    const kind = this.colours.kinds[actor.kind];
    const weight = this.seen.weights[actor.number];
    const mark = el("span", { class: `mark ${kind.shape}`, "aria-hidden": "true" });
    mark.style.background = kind.fill;
    mark.style.borderColor = kind.line;
    return el("button", { type: "button", class: this.seen.actors.has(actor.number) ? "row" : "row absent", tabindex: "-1", "aria-pressed": String(chosen), title: actor.type, onclick: () => this.choose({ actor: actor.number }) },
      mark, foreign(actor.label, { class: "name", dir: "auto" }), el("span", { class: "number" }, weight ? count(weight) : ""));
  }

  grow() {
    const first = this.limit;
    this.limit += PAGE * 5;
    this.draw();
    this.reach(this.buttons()[first]);
  }

  buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  reach(button) {
    if (!button) return;
    for (const other of this.buttons()) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  fromInput(event) {
    if (event.key === "ArrowDown") this.reach(this.buttons()[0]);
    else if (event.key === "Enter") this.buttons()[0]?.click();
    else if (event.key === "Escape" && this.input.value) {
      this.input.value = "";
      this.find();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  key(event) {
    const buttons = this.buttons();
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1, PageDown: Math.min(at + 10, buttons.length - 1), PageUp: Math.max(at - 10, 0) }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) this.input.focus();
    else this.reach(buttons[to]);
  }
}
