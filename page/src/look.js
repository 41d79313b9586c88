// Colours, shapes and lines of the graph, light and dark. By day they are those of the pictures (src/export/style.rs), which
// come with the data; by night the same hues, lighter where the ground swallows them.

const NIGHT = ["#6FB1E2", "#4C8DF5", "#F0A04B", "#FF6B5E", "#868D96"];
const OUTLINES = { ellipse: "ellipse", octagon: "octagon", box: "rectangle", cds: "diamond", note: "hexagon" };

export function look(data, dark) {
  const day = { ground: "#FBFAF8", ink: "#1B1D21", muted: "#5C626A", halo: "#FBFAF8", accent: "#1B1D21" };
  const night = { ground: "#14161A", ink: "#ECEAE5", muted: "#A3A9B2", halo: "#14161A", accent: "#ECEAE5" };
  return {
    ...(dark ? night : day),
    dark,
    tones: data.tones.map((tone, index) => ({ ...tone, line: dark ? NIGHT[index] : tone.line, text: dark ? NIGHT[index] : tone.text })),
    kinds: data.kinds.map((kind) => ({ ...kind, fill: dark ? mix(kind.line, "#14161A", 0.5) : kind.fill, line: dark ? mix(kind.line, "#FFFFFF", 0.75) : kind.line, shape: OUTLINES[kind.outline] ?? "ellipse" })),
  };
}

function mix(one, other, share) {
  const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [parts(one), parts(other)];
  return "#" + a.map((value, at) => Math.round(value * share + b[at] * (1 - share)).toString(16).padStart(2, "0")).join("");
}

// Cytoscape's style sheet. Names are written by labels.js, which can tell when they would overlap.
export function sheet(colours, crowd) {
  const many = crowd > 0;
  const rules = [
    { selector: "node", style: { width: "data(size)", height: "data(size)", "border-width": 1.5, "overlay-opacity": 0, "outline-width": 0 } },
    {
      selector: "edge",
      style: {
        // Arrows and curves around each other take long where there are thousands.
        "curve-style": many ? "haystack" : "bezier", "control-point-step-size": 26, "haystack-radius": 0.4, width: "data(width)", opacity: [0.78, 0.5, 0.36][crowd],
        "target-arrow-shape": many ? "none" : "triangle", "arrow-scale": 0.75, "overlay-opacity": 0, "line-cap": "butt",
      },
    },
    { selector: "edge.both", style: { "target-arrow-shape": "none" } },
    { selector: "edge.disputed", style: { "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge.open", style: { "line-style": "dashed", "line-dash-pattern": [2, 4], "target-arrow-fill": "hollow" } },
    { selector: ".faint", style: { opacity: 0.1 } },
    { selector: "node.cursor", style: { "outline-width": 3, "outline-color": colours.accent, "outline-offset": 3 } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colours.accent } },
    { selector: "edge.near", style: { opacity: 0.9, "z-index": 8 } },
    { selector: "edge.chosen", style: { width: (edge) => edge.data("width") + 1.2, opacity: 1, "z-index": 9 } },
    { selector: "edge.hover", style: { width: (edge) => edge.data("width") + 1, opacity: 1 } },
  ];
  colours.kinds.forEach((kind, index) => rules.push({ selector: `node[kind=${index}]`, style: { shape: kind.shape, "background-color": kind.fill, "border-color": kind.line } }));
  colours.tones.forEach((tone, index) => rules.push({ selector: `edge[tone=${index}]`, style: { "line-color": tone.line, "target-arrow-color": tone.line } }));
  // Classes come last, so that they win over the kinds.
  const own = rules.filter((rule) => rule.selector.startsWith("node.") || rule.selector.startsWith("."));
  return [...rules.filter((rule) => !own.includes(rule)), ...own];
}
