// The picture of the graph: Cytoscape draws marks and lines, labels.js the names. What is shown comes from `sieve`.

import cytoscape from "cytoscape";
import { el } from "./dom.js";
import { Labels } from "./labels.js";
import { arrange } from "./layout.js";
import { sheet } from "./look.js";
import { t } from "./words.js";

// From so many edges on, lines are plain.
const MANY = 900;
// And from so many on, fainter.
const CROWD = 2500;
// Of a chosen actor up to so many lines are named.
const NAMED = 26;

export class GraphView {
  // `choose({actor} | {edge} | null)` is called when somebody is chosen; `say` announces.
  constructor(data, { choose, say }) {
    this.data = data;
    this.choose = choose;
    this.say = say;
    this.places = new Map();
    this.run = 0;
    // Marks and lines are drawn larger where the picture is small.
    this.scale = 1;
    this.cursor = null;
    this.hovered = null;
    this.stage = el("div", { class: "stage" });
    const canvas = el("canvas", { class: "names", "aria-hidden": "true" });
    this.note = el("p", { class: "note", hidden: true });
    this.box = el("div", { class: "graph", tabindex: "0", role: "application", "aria-roledescription": t("graphRole"), "aria-label": t("canvas", data.actors.length), onkeydown: (event) => this.key(event) }, this.stage, canvas, this.note);
    this.labels = new Labels(canvas, data);
  }

  // Once the element is in the page.
  begin(colours) {
    this.colours = colours;
    this.cy = cytoscape({
      container: this.stage, style: sheet(colours, 0), minZoom: 0.03, maxZoom: 4, boxSelectionEnabled: false, autounselectify: true,
      textureOnViewport: this.data.edges.length > MANY, hideEdgesOnViewport: false, pixelRatio: this.data.edges.length > 2500 ? 1 : "auto",
    });
    const { cy } = this;
    cy.on("tap", (event) => {
      const { target } = event;
      this.pointed = target !== cy;
      this.choose(target === cy ? null : target.isNode() ? { actor: target.data("number") } : { edge: target.data("number") });
    });
    cy.on("mouseover", "node, edge", (event) => this.hover(event.target));
    cy.on("mouseout", "node, edge", () => this.hover(null));
    cy.on("drag", "node", (event) => this.places.set(event.target.data("number"), { ...this.places.get(event.target.data("number")), ...event.target.position() }));
    cy.on("render", () => this.drawNames());
    new ResizeObserver(() => cy.resize()).observe(this.stage);
  }

  paint(colours) {
    this.colours = colours;
    this.cy.style().fromJson(sheet(colours, this.crowd())).update();
    this.drawNames();
  }

  // How crowded it is: 0, 1 or 2.
  crowd() {
    const edges = this.seen?.edges.length ?? 0;
    return (edges > MANY) + (edges > CROWD);
  }

  // Shows what passes. Whoever has a place keeps it if only another was chosen (`same`).
  // Whether it came to that: if something else is asked for meanwhile, that is shown instead.
  async show(seen, state, same) {
    const was = this.crowd();
    const grown = !this.seen || !same || this.unfinished;
    this.seen = seen;
    this.unfinished = grown;
    this.state = state;
    if (was !== this.crowd()) this.cy.style().fromJson(sheet(this.colours, this.crowd())).update();
    const run = ++this.run;
    const nodes = this.bodies(seen, grown);
    const news = nodes.some((node) => node.news);
    if (grown || news) {
      const index = new Map(nodes.map((node, at) => [node.number, at]));
      const links = pairs(seen.edges).map(([from, to]) => ({ source: index.get(from), target: index.get(to) }));
      this.tell(nodes.length > 300 ? t("arranging", nodes.length) : "");
      const shape = this.stage.clientWidth / Math.max(1, this.stage.clientHeight);
      if (!(await arrange(nodes, links, shape, () => run !== this.run))) return false;
    }
    this.unfinished = false;
    if (grown) this.places.clear();
    for (const node of nodes) this.places.set(node.number, { x: node.x, y: node.y });
    if (grown) this.scale = nodes.length > 400 ? 1 : Math.min(2.4, Math.max(1, 0.8 / this.frame(nodes).zoom));
    for (const node of nodes) node.size *= this.scale;
    seen.nodes = new Map(nodes.map((node) => [node.number, node]));
    this.tell(seen.edges.length || seen.actors.size ? "" : t("nothing"));
    this.put(nodes, seen);
    if (grown) this.fit();
    this.mark();
    return true;
  }

  tell(text) {
    this.note.hidden = !text;
    this.note.textContent = text;
  }

  // What the layout needs to know of everybody.
  bodies(seen, anew) {
    const order = new Map(seen.ranked.map((actor, rank) => [actor.number, rank]));
    const numbers = [...seen.actors].sort((one, other) => (order.get(one) ?? 1e9) - (order.get(other) ?? 1e9) || one - other);
    // Of a crowd one sees little when all of it is in view.
    const large = Math.min(2, Math.max(1, numbers.length / 400));
    return numbers.map((number) => {
      const weight = seen.weights[number];
      const name = this.labels.measure(this.data.actors[number], weight);
      const place = anew ? undefined : this.places.get(number);
      const [x, y] = place ? [place.x, place.y] : anew ? [] : this.beside(number);
      return { number, size: 10 + Math.max(0, Math.min(34, Math.sqrt(weight) * 4.2 - (large - 1) * 4)) * large, wide: name.wide * 1.15, high: name.high * 1.15 + 6, x, y, fixed: Boolean(place), news: !place };
    });
  }

  // Where somebody new may begin: near those with a place that it has to do with.
  beside(number) {
    const ends = this.seen.edges.flatMap(({ edge }) => (edge.from === number ? [edge.to] : edge.to === number ? [edge.from] : []));
    const places = ends.map((other) => this.places.get(other)).filter(Boolean);
    const middle = (key) => places.reduce((sum, place) => sum + place[key], 0) / Math.max(1, places.length);
    return [middle("x") + 120 * Math.cos(number * 2.4), middle("y") + 120 * Math.sin(number * 2.4)];
  }

  put(nodes, seen) {
    const { cy, data } = this;
    cy.batch(() => {
      const wanted = new Set([...nodes.map((node) => `a${node.number}`), ...seen.edges.map((one) => `e${one.edge.number}`)]);
      cy.elements().filter((one) => !wanted.has(one.id())).remove();
      const added = [];
      for (const node of nodes) {
        const own = { id: `a${node.number}`, number: node.number, kind: data.actors[node.number].kind, size: node.size };
        const old = cy.getElementById(own.id);
        if (old.empty()) added.push({ group: "nodes", data: own, position: { x: node.x, y: node.y } });
        else old.data(own).position({ x: node.x, y: node.y });
      }
      for (const one of seen.edges) {
        const { edge } = one;
        const own = { id: `e${edge.number}`, number: edge.number, source: `a${edge.from}`, target: `a${edge.to}`, tone: edge.tone, width: Math.min(7, data.tones[edge.tone].width / 10 + Math.log2(one.claims.length) * 0.6) * Math.sqrt(this.scale) };
        const classes = [edge.both && "both", one.disputed && one.stands && "disputed", !one.stands && "open"].filter(Boolean).join(" ");
        const old = cy.getElementById(own.id);
        if (old.empty()) added.push({ group: "edges", data: own, classes });
        else old.data({ width: own.width }).classes(classes);
      }
      cy.add(added);
    });
  }

  fit(some) {
    // By what is known here: Cytoscape would ask each line how far it bends.
    const nodes = some ?? [...(this.seen?.nodes?.values() ?? [])];
    if (nodes.length) this.cy.viewport(this.frame(nodes, some ? 1.15 : 1.5));
  }

  // The zoom and the place at which some just fill the picture.
  frame(nodes, most = 1.5) {
    const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight];
    const sides = Math.min(80, wide / 8);
    const [left, right] = [Math.min(...nodes.map((node) => node.x)), Math.max(...nodes.map((node) => node.x))];
    const [top, bottom] = [Math.min(...nodes.map((node) => node.y)), Math.max(...nodes.map((node) => node.y))];
    // The slider lies over the top of the picture, names hang below their marks.
    const zoom = Math.max(0.03, Math.min(most, (wide - 2 * sides) / Math.max(1, right - left), (high - 140) / Math.max(1, bottom - top)));
    return { zoom, pan: { x: wide / 2 - (zoom * (left + right)) / 2, y: high / 2 + 6 - (zoom * (top + bottom)) / 2 } };
  }

  zoom(factor) {
    const middle = { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  // Sets back what has nothing to do with who is chosen.
  mark() {
    const { cy, state } = this;
    const chosen = state.chosen;
    this.near = null;
    this.named = new Set();
    this.first = new Set();
    cy.batch(() => {
      cy.elements().removeClass("faint chosen near");
      const target = chosen && cy.getElementById(chosen.actor !== undefined ? `a${chosen.actor}` : `e${chosen.edge}`);
      if (!target || target.empty()) {
        this.brought = null;
        return;
      }
      const around = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
      cy.elements().difference(around).addClass("faint");
      target.addClass("chosen");
      around.edges().addClass("near");
      this.near = new Set(around.nodes().map((node) => node.data("number")));
      const edges = target.isNode() ? target.connectedEdges() : target;
      if (edges.length <= NAMED) edges.forEach((edge) => void this.named.add(edge.data("number")));
      for (const node of target.isNode() ? [target] : target.connectedNodes().toArray()) this.first.add(node.data("number"));
    });
    this.bring();
    this.drawNames();
  }

  // Whoever is chosen is brought into view, with those around, unless it was pointed at in the picture itself.
  bring() {
    const target = this.cy.elements(".chosen").first();
    const pointed = this.pointed;
    this.pointed = false;
    if (target.empty()) {
      // As it was before.
      if (this.narrowed) this.fit();
      this.narrowed = false;
      return;
    }
    if (!pointed && target.id() !== this.brought) {
      this.fit([...this.near].map((number) => this.seen.nodes.get(number)));
      this.narrowed = true;
    }
    this.brought = target.id();
    const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight];
    const ends = (target.isNode() ? target : target.connectedNodes()).map((node) => node.renderedPosition());
    if (ends.some((at) => at.x < 0 || at.y < 0 || at.x > wide || at.y > high)) this.cy.center(target);
  }

  hover(target) {
    this.cy.elements(".hover").removeClass("hover");
    this.hovered = target;
    if (target) target.addClass("hover");
    this.stage.style.cursor = target ? "pointer" : "";
    this.drawNames();
  }

  drawNames() {
    if (!this.seen?.nodes) return;
    for (const node of this.cy.nodes(":grabbed").toArray()) Object.assign(this.seen.nodes.get(node.data("number")) ?? {}, node.position());
    const first = new Set(this.first);
    const named = new Set(this.named);
    for (const one of [this.hovered, this.cursor !== null ? this.cy.getElementById(`a${this.cursor}`) : null]) {
      if (!one || one.removed() || one.empty?.()) continue;
      if (one.isNode()) first.add(one.data("number"));
      else {
        named.add(one.data("number"));
        one.connectedNodes().forEach((node) => void first.add(node.data("number")));
      }
    }
    this.labels.draw(this.cy, this.seen, this.colours, { first, named, faint: this.near && new Set([...this.near, ...first]) });
  }

  key(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const zooms = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrows[event.key]) this.step(arrows[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.cursor !== null && this.choose({ actor: this.cursor });
    else if (zooms[event.key]) this.zoom(zooms[event.key]);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  // To the nearest actor in that direction.
  step([x, y]) {
    if (!this.seen?.nodes?.size) return;
    const from = this.seen.nodes.get(this.cursor) ?? this.seen.nodes.get(this.state.chosen?.actor);
    let best = from ? null : this.seen.nodes.values().next().value;
    let least = Infinity;
    if (from) {
      for (const node of this.seen.nodes.values()) {
        const [dx, dy] = [node.x - from.x, node.y - from.y];
        const along = dx * x + dy * y;
        if (node.number === from.number || along <= 0) continue;
        const across = Math.abs(dx * y) + Math.abs(dy * x);
        const cost = along + across * 2;
        if (cost < least) [best, least] = [node, cost];
      }
    }
    if (best) this.point(best.number);
  }

  point(number) {
    this.cy.nodes(".cursor").removeClass("cursor");
    this.cursor = number;
    if (number === null) return this.drawNames();
    const node = this.cy.getElementById(`a${number}`).addClass("cursor");
    const at = node.renderedPosition();
    if (at.x < 20 || at.y < 20 || at.x > this.stage.clientWidth - 20 || at.y > this.stage.clientHeight - 20) this.cy.center(node);
    this.drawNames();
    this.say(number);
  }
}

// Each two that have something to do with each other, once.
function pairs(edges) {
  const found = new Map();
  for (const { edge } of edges) {
    if (edge.from !== edge.to) found.set(`${Math.min(edge.from, edge.to)} ${Math.max(edge.from, edge.to)}`, [edge.from, edge.to]);
  }
  return [...found.values()];
}
