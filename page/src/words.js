// What the page itself says, in English and Norwegian.

const WORDS = {
  title: ["Knowledge graph", "Kunnskapsgraf"],
  actor1: ["1 actor", "1 aktør"],
  actor2: ["{0} actors", "{0} aktører"],
  relation1: ["1 relation", "1 relasjon"],
  relation2: ["{0} relations", "{0} relasjoner"],
  document1: ["1 document", "1 dokument"],
  document2: ["{0} documents", "{0} dokumenter"],
  graph: ["Graph", "Graf"],
  table: ["Table", "Tabell"],
  views: ["View", "Visning"],
  theme: ["Colours", "Farger"],
  auto: ["Auto", "Auto"],
  light: ["Light", "Lys"],
  dark: ["Dark", "Mørk"],
  about: ["About", "Om"],
  aboutText: [
    "Each line is a relation that news reports claim, with the words that they rest on. It says who claimed what, not what is true. What is denied, planned or only possible is left out until you ask for it, and is never drawn like what is told as fact.",
    "Hver linje er en relasjon som nyhetssaker hevder, med ordene den hviler på. Den viser hvem som hevdet hva, ikke hva som er sant. Det som er nektet, planlagt eller bare mulig, er utelatt til du ber om det, og tegnes aldri som det som er fortalt som faktum.",
  ],
  licences: ["Licences of what is built in", "Lisenser for det som er bygd inn"],
  close: ["Close", "Lukk"],
  back: ["Back", "Tilbake"],
  panel: ["Actors and filters", "Aktører og filtre"],
  find: ["Find an actor", "Finn en aktør"],
  actors: ["Actors", "Aktører"],
  more: ["Show more", "Vis flere"],
  nobody: ["Nobody of that name.", "Ingen med det navnet."],
  shown: ["Actors shown", "Aktører vist"],
  shownOf: ["{0} of {1}", "{0} av {1}"],
  filters: ["Filters", "Filtre"],
  reset: ["Reset", "Nullstill"],
  certainty: ["How it is told", "Hvordan det fortelles"],
  asserted: ["told as fact", "fortalt som faktum"],
  denied: ["denied", "nektet"],
  planned: ["planned", "planlagt"],
  possible: ["possible", "mulig"],
  demanded: ["demanded", "krevd"],
  hypothetical: ["hypothetical", "hypotetisk"],
  proposal: ["unsure", "usikkert"],
  disputed: ["disputed", "omstridt"],
  confidence: ["Confidence, at least", "Sikkerhet, minst"],
  relations: ["Relations", "Relasjoner"],
  speaker: ["According to", "Ifølge"],
  anyone: ["anyone", "hvem som helst"],
  text: ["the text itself", "teksten selv"],
  kinds: ["Who is what", "Hvem er hva"],
  time: ["Time", "Tid"],
  from: ["From", "Fra"],
  until: ["Until", "Til"],
  undated: ["with undated ({0})", "med udaterte ({0})"],
  timeline: ["Claims over time", "Påstander over tid"],
  canvas: [
    "Graph of {0} actors. Arrow keys go from actor to actor, Enter opens one, Escape closes, plus and minus zoom. The same stands in the table.",
    "Graf med {0} aktører. Piltaster går fra aktør til aktør, Enter åpner, Escape lukker, pluss og minus zoomer. Det samme står i tabellen.",
  ],
  graphRole: ["graph", "graf"],
  zoomIn: ["Zoom in", "Zoom inn"],
  zoomOut: ["Zoom out", "Zoom ut"],
  fit: ["Fit", "Tilpass"],
  arranging: ["Arranging {0} actors …", "Ordner {0} aktører …"],
  now: ["Shown: {0}, {1}, {2}.", "Vist: {0}, {1}, {2}."],
  detail: ["Details", "Detaljer"],
  empty: ["The graph is empty.", "Grafen er tom."],
  emptyMore: ["There is nothing in the store, or nothing that was asked for.", "Det er ingenting i lageret, eller ingenting av det som ble bedt om."],
  nothing: ["Nothing passes the filters.", "Ingenting slipper gjennom filtrene."],
  claim2: ["{0} claims", "{0} påstander"],
  claim1: ["1 claim", "1 påstand"],
  others: ["with {0} others", "med {0} andre"],
  other: ["with 1 other", "med 1 annen"],
  saidBy: ["said by", "sagt av"],
  via: ["passed on by", "videre fra"],
  happened: ["when", "når"],
  place: ["where", "hvor"],
  published: ["published", "publisert"],
  sure: ["confidence", "sikkerhet"],
  source: ["source", "kilde"],
  who: ["Who", "Hvem"],
  what: ["What", "Hva"],
  whom: ["Whom", "Hvem/hva"],
  how: ["Told", "Fortalt"],
  count: ["Claims", "Påstander"],
  when: ["When", "Når"],
  open: ["Show the words", "Vis ordene"],
  caption: ["Relations that pass the filters", "Relasjoner som slipper gjennom filtrene"],
  wikidata: ["Wikidata", "Wikidata"],
};

let column = 0;

export function speak(lang) {
  column = lang === "nb" ? 1 : 0;
}

export function t(key, ...values) {
  return WORDS[key][column].replace(/\{(\d)\}/g, (_, number) => values[number]);
}

export function count(number) {
  return number.toLocaleString(column ? "nb" : "en");
}

// "1 claim", "2 claims"; also of "actor", "relation", "document".
export function several(what, number) {
  return number === 1 ? t(`${what}1`) : t(`${what}2`, count(number));
}

export function claimsOf(number) {
  return several("claim", number);
}

const MONTHS = [
  ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
];

// "2017-10-12" as people write it; as precise as it is.
export function date(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return String(year);
  const name = MONTHS[column][month - 1];
  if (!day) return `${name} ${year}`;
  return column ? `${day}. ${name} ${year}` : `${day} ${name} ${year}`;
}

export function shortMonth(month) {
  return MONTHS[column][month].slice(0, 3);
}
