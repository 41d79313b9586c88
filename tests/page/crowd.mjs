// Articles and claims of any number, for `kilde import`: who is drawn by lot, some are much busier than others.
//
//     node crowd.mjs FOLDER ACTORS EDGES CLAIMS

import fs from "node:fs";

const [folder, ...numbers] = process.argv.slice(2);
const [actors, edges, claims] = numbers.map(Number);
const PROPERTIES = ["consultsWith", "supports", "agreesWith", "aids", "accuses", "requestsOf", "rejects", "attacks", "condemns", "threatens"];
const TYPES = ["Person", "Person", "PoliticalParty", "State", "ArmedGroup", "Organization"];
const WORDS = "the leaders of both sides said on Thursday that talks would go on although observers doubted it and families fled towards the coast".split(" ");

// Park and Miller's numbers: the same crowd every time.
let seed = 7;
const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const pick = (list) => list[Math.floor(chance() * list.length)];
const busy = () => Math.floor(actors * chance() ** 2);
const words = (number) => Array.from({ length: number }, () => pick(WORDS)).join(" ");
const actor = (number) => ({ id: `actor-${number}`, label: `Actor ${number}`, type: TYPES[number % TYPES.length] });

const wanted = new Map();
while (wanted.size < edges) {
  const [from, to, property] = [busy(), Math.floor(chance() * actors), pick(PROPERTIES)];
  if (from !== to) wanted.set(`${Math.min(from, to)} ${Math.max(from, to)} ${property}`, [from, to, property]);
}
const all = [...wanted.values()];
const texts = [];
const lines = [];
for (let number = 0; number < claims; number += 1) {
  const [from, to, property] = all[number < edges ? number : Math.floor(edges * chance() ** 2)];
  const at = Math.floor(number / 8);
  texts[at] ??= "";
  const before = `${words(20)}. `;
  const quote = `Actor ${from} did it to Actor ${to}`;
  const start = texts[at].length + before.length;
  texts[at] += `${before}${quote}, and ${words(25)}.\n`;
  const mention = (text, from) => ({ text, start: from, end: from + text.length });
  lines.push({
    document: `d${at}`, property, polarity: number % 17 === 3 ? "negative" : "positive", modality: number % 13 === 5 ? "planned" : "asserted", confidence: 0.6 + (number % 5) / 10,
    subject: { ...actor(from), mention: mention(`Actor ${from}`, start) }, object: { ...actor(to), mention: mention(`Actor ${to}`, start + quote.length - `Actor ${to}`.length) },
    act: "do", date: `${2000 + (number % 24)}-${String(1 + (number % 12)).padStart(2, "0")}`, evidence: { text: quote, start, end: start + quote.length }, rule: "generated",
  });
}
fs.mkdirSync(folder, { recursive: true });
const article = (text, at) => ({ id: `d${at}`, lang: "en", text, title: `Day ${at}`, date: `${2000 + (at % 24)}-05-17`, publisher: "The Example", url: `https://example.org/${at}` });
const write = (name, items) => fs.writeFileSync(`${folder}/${name}.jsonl`, items.map((item) => JSON.stringify(item) + "\n").join(""));
write("articles", texts.map(article));
write("claims", lines);
