// Names over the graph, on a canvas of their own: always of a readable size, whatever the zoom, the busiest first, and none
// over another. Words beside lines come after the names.

import { clean, cut } from "./dom.js";
import { edgeLabel } from "./model.js";
import { t } from "./words.js";

const LINE = 20;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";
// Unsettled edges are marked with words as long as there are not more of them.
const MARKED = 80;
// And so many are, even over names.
const FORCED = 25;

// A name in up to two lines.
export function lines(label) {
  const words = clean(cut(label, 2 * LINE + 6)).split(" ");
  const out = [""];
  for (const word of words) {
    const last = out[out.length - 1];
    if (!last) out[out.length - 1] = word;
    else if (last.length + 1 + word.length <= LINE || out.length === 2) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  return out.map((line) => cut(line, LINE + 8));
}

export function fontSize(weight) {
  return Math.min(16, 11.5 + Math.log2(1 + weight) * 0.55);
}

export class Labels {
  constructor(canvas, data) {
    this.canvas = canvas;
    this.data = data;
    this.pen = canvas.getContext("2d");
    this.widths = new Map();
    this.names = data.actors.map(() => null);
  }

  // Width and height of a name, in pixels of the screen.
  measure(actor, weight) {
    const size = fontSize(weight);
    const texts = (this.names[actor.number] ??= lines(actor.label));
    const wide = Math.max(...texts.map((text) => this.width(text, size, 500)));
    return { texts, size, wide, high: texts.length * size * 1.18 };
  }

  width(text, size, weight) {
    const key = `${weight} ${Math.round(size * 4)} ${text}`;
    if (!this.widths.has(key)) {
      this.pen.font = `${weight} ${size}px ${FONT}`;
      this.widths.set(key, this.pen.measureText(text).width);
    }
    return this.widths.get(key);
  }

  // `first`: actors whose names go before all others; `named`: edges whose words are shown; `faint`: who is set back.
  draw(cy, seen, colours, { first, named, faint }) {
    const { pen, canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(wide * ratio);
      canvas.height = Math.round(high * ratio);
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, wide, high);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const taken = new Taken();
    // In a crowd, names keep their distance.
    const [aside, above] = seen.nodes.size > 300 ? [14, 8] : seen.nodes.size > 100 ? [7, 4] : [2, 1];
    const [zoom, pan] = [cy.zoom(), cy.pan()];
    const order = [...first, ...seen.ranked.map((actor) => actor.number).filter((number) => !first.has(number))];
    for (const number of order) {
      const node = seen.nodes.get(number);
      if (!node) continue;
      const at = { x: node.x * zoom + pan.x, y: node.y * zoom + pan.y };
      if (at.x < -80 || at.y < -40 || at.x > wide + 80 || at.y > high + 20) continue;
      if (faint && !faint.has(number)) continue;
      const name = this.measure(this.data.actors[number], seen.weights[number]);
      const top = at.y + (node.size / 2) * zoom + 4;
      const box = [at.x - name.wide / 2 - aside, top - above, at.x + name.wide / 2 + aside, top + name.high + above];
      const fits = first.has(number) || !taken.has(box);
      // Names do not cover the marks of those that are busier either.
      const half = Math.max(1, (node.size / 2) * zoom - 2);
      if (half > 4) taken.add([at.x - half, at.y - half, at.x + half, at.y + half]);
      if (!fits) continue;
      taken.add(box);
      pen.font = `${first.has(number) ? 650 : 500} ${name.size}px ${FONT}`;
      name.texts.forEach((text, line) => this.write(text, at.x, top + (line + 0.5) * name.size * 1.18, colours.ink, colours));
    }
    this.drawEdges(cy, seen, colours, named, taken);
  }

  drawEdges(cy, seen, colours, named, taken) {
    const marked = seen.edges.filter((one) => one.marks.length && !named.has(one.edge.number));
    const all = [...named].map((number) => seen.byNumber.get(number)).filter(Boolean);
    if (marked.length <= MARKED && !named.size) all.push(...marked);
    this.pen.font = `500 11px ${FONT}`;
    for (const one of all) {
      const edge = cy.getElementById(`e${one.edge.number}`);
      if (edge.empty()) continue;
      const text = clean(named.has(one.edge.number) ? edgeLabel(this.data, one) : one.marks.map((mark) => t(mark)).join(", "));
      const half = this.width(text, 11, 500) / 2;
      const boxes = spots(edge).map((at) => ({ at, box: [at.x - half - 3, at.y - 8, at.x + half + 3, at.y + 8] }));
      // What is not told as fact says so, room or no room, as long as there is little of it.
      const spot = boxes.find(({ box }) => !taken.has(box)) ?? (all.length === 1 || (!one.stands && marked.length < FORCED && seen.edges.length < 4 * FORCED) ? boxes[0] : null);
      if (!spot) continue;
      taken.add(spot.box);
      this.write(text, spot.at.x, spot.at.y, colours.tones[one.edge.tone].text, colours);
    }
  }

  // A halo keeps the words apart from the lines they cross.
  write(text, x, y, colour, colours) {
    const { pen } = this;
    pen.strokeStyle = colours.halo;
    pen.lineWidth = 4;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }
}

// Where beside a line words may stand: its middle, else nearer to one end.
function spots(edge) {
  const middle = edge.renderedMidpoint();
  if (!middle || Number.isNaN(middle.x)) return [];
  const ends = [edge.renderedSourceEndpoint(), edge.renderedTargetEndpoint()];
  const towards = (end, share) => ({ x: middle.x + (end.x - middle.x) * share, y: middle.y + (end.y - middle.y) * share });
  return [middle, ...ends.filter((end) => end && !Number.isNaN(end.x)).flatMap((end) => [towards(end, 0.3), towards(end, 0.55)])];
}

// What of the screen is taken, in cells.
class Taken {
  constructor() {
    this.cells = new Map();
  }

  *around([left, top, right, bottom]) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x += 1) {
      for (let y = Math.floor(top / 32); y <= Math.floor(bottom / 32); y += 1) yield x * 4096 + y;
    }
  }

  has(box) {
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
      }
    }
    return false;
  }

  add(box) {
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
}
