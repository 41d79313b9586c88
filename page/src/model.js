// The graph as it came, and the part of it that the filters let through.

import { t } from "./words.js";

export const CERTAINTIES = ["asserted", "denied", "planned", "possible", "demanded", "hypothetical", "proposal"];
// At the start so many actors are shown.
const FIRST = 36;
// With an actor that is chosen come so many of those it has most to do with.
const COMPANY = 24;

// Adds to the data what is asked for again and again.
export function prepare(data) {
  for (const claim of data.claims) {
    claim.document = data.paragraphs[claim.paragraph].document;
    claim.certainty = claim.denied ? "denied" : claim.proposal ? "proposal" : claim.modality ?? "asserted";
    claim.when = claim.date ?? data.documents[claim.document].date;
    if (claim.when) [claim.first, claim.last] = days(claim.when);
  }
  data.edges.forEach((edge, number) => {
    edge.number = number;
    edge.tone = data.relations[edge.relation].tone;
    edge.told = edge.claims.map((claim) => data.claims[claim]);
  });
  data.actors.forEach((actor, number) => {
    actor.number = number;
    actor.edges = [];
    actor.folded = fold(`${actor.label} ${actor.id}`);
  });
  for (const edge of data.edges) {
    data.actors[edge.from].edges.push(edge);
    if (edge.to !== edge.from) data.actors[edge.to].edges.push(edge);
  }
  return data;
}

// First and last day that a date may mean, in days since 1970.
export function days(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const at = (year, month, day) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day);
    return Math.floor(date.getTime() / 86_400_000);
  };
  if (!month) return [at(year, 0, 1), at(year, 11, 31)];
  if (!day) return [at(year, month - 1, 1), at(year, month, 0)];
  return [at(year, month - 1, day), at(year, month - 1, day)];
}

export function isoOfDay(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ø/g, "o").replace(/æ/g, "ae").replace(/ß/g, "ss");
}

export function fresh(data) {
  return {
    top: Math.min(FIRST, data.actors.length),
    certainties: new Set(["asserted"]),
    confidence: 0,
    relationsOff: new Set(),
    speaker: "",
    since: null,
    until: null,
    undated: true,
    chosen: null,
  };
}

// What passes: for each edge its claims and how it is to be drawn, for each actor its weight, and who is shown.
export function sieve(data, state) {
  const weights = new Array(data.actors.length).fill(0);
  const passing = [];
  for (const edge of data.edges) {
    if (state.relationsOff.has(edge.relation)) continue;
    const near = edge.told.filter((claim) => passes(claim, state));
    const claims = near.filter((claim) => state.certainties.has(claim.certainty));
    if (!claims.length) continue;
    const has = (list, certainty) => list.some((claim) => claim.certainty === certainty);
    const one = { edge, claims, stands: has(claims, "asserted"), disputed: has(near, "asserted") && near.some((claim) => claim.denied && !claim.modality), marks: [] };
    one.marks = one.stands ? (one.disputed ? ["disputed"] : []) : CERTAINTIES.filter((certainty) => has(claims, certainty));
    passing.push(one);
    weights[edge.from] += claims.length;
    weights[edge.to] += claims.length;
  }
  const ranked = data.actors.filter((actor) => weights[actor.number] > 0);
  ranked.sort((one, other) => weights[other.number] - weights[one.number] || one.number - other.number);
  const wanted = new Set(ranked.slice(0, state.top).map((actor) => actor.number));
  bringAlong(data, state, weights, passing, wanted);
  const edges = passing.filter(({ edge }) => wanted.has(edge.from) && wanted.has(edge.to));
  const actors = new Set(edges.flatMap(({ edge }) => [edge.from, edge.to]));
  if (state.chosen?.actor !== undefined) actors.add(state.chosen.actor);
  return { passing, edges, actors, weights, ranked, byNumber: new Map(passing.map((one) => [one.edge.number, one])) };
}

function passes(claim, state) {
  if (claim.confidence < state.confidence) return false;
  if (state.speaker === "text" ? claim.speaker !== undefined : state.speaker !== "" && claim.speaker !== Number(state.speaker)) return false;
  if (claim.first === undefined) return state.undated;
  return (state.since === null || claim.last >= state.since) && (state.until === null || claim.first <= state.until);
}

// Whoever is chosen is shown, with those it has most to do with.
function bringAlong(data, state, weights, passing, wanted) {
  const { actor, edge } = state.chosen ?? {};
  if (edge !== undefined) {
    wanted.add(data.edges[edge].from).add(data.edges[edge].to);
  }
  if (actor === undefined) return;
  wanted.add(actor);
  const others = new Map();
  for (const { edge, claims } of passing) {
    const other = edge.from === actor ? edge.to : edge.to === actor ? edge.from : actor;
    if (other !== actor) others.set(other, (others.get(other) ?? 0) + claims.length);
  }
  const nearest = [...others].sort((one, other) => other[1] - one[1] || weights[other[0]] - weights[one[0]] || one[0] - other[0]);
  for (const [other] of nearest.slice(0, COMPANY)) wanted.add(other);
}

// "accuses ×3", "accuses · denied"
export function edgeLabel(data, one) {
  const { label } = data.relations[one.edge.relation];
  const times = one.claims.length > 1 ? ` ×${one.claims.length}` : "";
  return label + times + one.marks.map((mark) => ` · ${t(mark)}`).join("");
}

// Whom a search finds: names that begin so before those with a word that does, before the rest.
export function search(data, ranked, asked) {
  const wanted = fold(asked.trim());
  const order = new Map(ranked.map((actor, rank) => [actor.number, rank]));
  const rank = (actor) => order.get(actor.number) ?? data.actors.length + actor.number;
  const place = (actor) => {
    const at = actor.folded.indexOf(wanted);
    return at < 0 ? 3 : at === 0 ? 0 : actor.folded.includes(` ${wanted}`) ? 1 : 2;
  };
  const found = data.actors.map((actor) => [place(actor), rank(actor), actor]).filter(([place]) => place < 3);
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, , actor]) => actor);
}
