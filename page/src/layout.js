// Where actors stand: forces as in d3 (Bostock), which draw no numbers by chance, so that the same part of the graph always
// looks the same; then names that overlap make room. Large graphs are worked on in slices, so that the page stays awake.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

const SLICE = 14;
const GAP = 10;

// `nodes`: {size, wide, high, x?, y?, fixed?}; `links`: {source, target} by place in `nodes`. Gives true unless `stopped`.
export async function arrange(nodes, links, shape, stopped) {
  const count = nodes.length;
  start(nodes);
  const reach = (node) => node.size / 2 + Math.min(node.wide, 90) * (count > 400 ? 0.1 : 0.22) + 8;
  const degree = new Array(count).fill(0);
  for (const { source, target } of links) {
    degree[source] += 1;
    degree[target] += 1;
  }
  const distance = count > 400 ? 60 : 120;
  const simulation = forceSimulation(nodes)
    .force("links", forceLink(links.map((link) => ({ ...link }))).distance((link) => distance + 3 * Math.min(12, Math.min(degree[link.source.index], degree[link.target.index]))).strength((link) => 0.7 / Math.max(1, Math.min(degree[link.source.index], degree[link.target.index]))))
    .force("apart", forceManyBody().strength((node) => (count > 400 ? -160 : -650) - 6 * degree[node.index]).theta(count > 1500 ? 1.3 : 0.9).distanceMax(count > 400 ? 900 : 1600))
    .force("room", forceCollide(reach).strength(0.8))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.05 * Math.min(3, Math.max(0.4, shape))))
    .stop();
  const rounds = nodes.some((node) => node.fixed) ? 60 : count > 1500 ? 130 : count > 400 ? 200 : 320;
  simulation.alphaDecay(1 - Math.pow(0.002, 1 / rounds));
  await sliced(rounds, () => simulation.tick(), stopped);
  stretch(nodes, shape);
  if (count <= 1500) await sliced(count > 400 ? 12 : 60, (round) => makeRoom(nodes, round), stopped);
  return !stopped();
}

// Runs `step` until it says true, a slice at a time.
async function sliced(rounds, step, stopped) {
  let began = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    if (stopped()) return;
    if (step(round) === true) return;
    if (performance.now() - began > SLICE) {
      await new Promise((resume) => setTimeout(resume));
      began = performance.now();
    }
  }
}

// A spiral with the first, busiest, in the middle; whoever has a place keeps it.
function start(nodes) {
  nodes.forEach((node, index) => {
    if (node.x !== undefined) {
      if (node.fixed) [node.fx, node.fy] = [node.x, node.y];
      return;
    }
    const [radius, angle] = [46 * Math.sqrt(index + 0.5), index * 2.399963];
    [node.x, node.y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

// Forces make round pictures, windows are wide: what is free is stretched towards the shape of the window.
function stretch(nodes, shape) {
  if (nodes.some((node) => node.fixed)) return;
  const extent = (key) => Math.max(...nodes.map((node) => node[key])) - Math.min(...nodes.map((node) => node[key]));
  const [wide, high] = [extent("x"), extent("y")];
  if (!(wide > 0 && high > 0)) return;
  const factor = Math.min(1.5, Math.max(0.67, (shape * high) / wide));
  for (const node of nodes) {
    node.x *= Math.sqrt(factor);
    node.y /= Math.sqrt(factor);
  }
}

// The name stands below its mark: both together are a box that nobody else's box may cross.
function makeRoom(nodes) {
  const boxes = nodes.map((node) => ({ node, half: Math.max(node.size, node.wide) / 2 + GAP / 2, top: node.size / 2 + GAP / 2, bottom: node.size / 2 + node.high + GAP / 2 }));
  boxes.sort((one, other) => one.node.y - one.top - (other.node.y - other.top));
  let moved = false;
  for (let at = 0; at < boxes.length; at += 1) {
    const one = boxes[at];
    for (let next = at + 1; next < boxes.length; next += 1) {
      const other = boxes[next];
      const down = one.node.y + one.bottom - (other.node.y - other.top);
      if (down <= -40) break;
      if (down <= 0) continue;
      const way = other.node.x - one.node.x;
      const aside = one.half + other.half - Math.abs(way);
      if (aside <= 0) continue;
      moved = true;
      if (aside < down) shift(one.node, other.node, ((way < 0 ? -1 : 1) * aside) / 2, 0);
      else shift(one.node, other.node, 0, down / 2);
    }
  }
  return !moved;
}

function shift(one, other, x, y) {
  const both = one.fixed || other.fixed ? 2 : 1;
  if (!one.fixed) {
    one.x -= x * both;
    one.y -= y * both;
  }
  if (!other.fixed) {
    other.x += x * both;
    other.y += y * both;
  }
}
