//! How the graph looks, whoever draws it: colours and shapes, and the legend that explains them. Cooperation is blue,
//! conflict orange and red, states and offices grey; all tell apart for colour-blind eyes too, and acts are drawn thicker
//! than words. Who is what shows in the shape as well as in the colour.

use crate::{graph::Edge, ontology::Ontology};

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    /// Colour of the line.
    pub(super) line: &'static str,
    /// Colour of the words beside it: dark enough to be read.
    pub(super) text: &'static str,
    /// Width of the line in tenths of a point.
    pub(super) width: u8,
}

/// How a node is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Class of the ontology that looks so.
    pub(super) class: &'static str,
    /// Graphviz's name of the shape.
    pub(super) outline: &'static str,
    /// Whether corners are round.
    pub(super) rounded: bool,
    /// Graphviz's shape of a dot, and its look in the legend: what the colour says shows here too.
    pub(super) dot: (&'static str, &'static str),
    /// Colour inside.
    pub(super) fill: &'static str,
    /// Colour of the outline.
    pub(super) line: &'static str,
    /// What the legend calls it, in English and Norwegian.
    pub(super) words: [&'static str; 2],
}

/// Up to so many edges have their relation written beside them; in larger graphs it stands in the tooltip alone.
pub(super) const LABELLED_EDGES: usize = 160;

/// The lines of the legend: tone and words.
pub(super) const TONES: [(Tone, [&str; 2]); 5] = [
    (
        tone("#5AA5DC", "#24689C", 12),
        ["words of cooperation", "samarbeid i ord"],
    ),
    (
        tone("#0B4F9E", "#0B4F9E", 22),
        ["acts of cooperation", "samarbeid i handling"],
    ),
    (
        tone("#F0932B", "#A35400", 12),
        ["words of conflict", "konflikt i ord"],
    ),
    (
        tone("#B5201B", "#96130F", 22),
        ["acts of conflict", "konflikt i handling"],
    ),
    (
        tone("#9AA0A6", "#5B6168", 12),
        ["states and offices", "tilstander og verv"],
    ),
];

/// The first that fits is taken, so finer classes stand before broader ones.
pub(super) const SHAPES: [Shape; 7] = [
    shape(
        "Person",
        "ellipse",
        false,
        ("circle", "●"),
        "#FFF4DB",
        "#B08A3C",
        ["person", "person"],
    ),
    shape(
        "ArmedGroup",
        "octagon",
        false,
        ("diamond", "◆"),
        "#E9E1F1",
        "#7A5C99",
        ["armed group, force", "væpnet gruppe, styrke"],
    ),
    shape(
        "SecurityForce",
        "octagon",
        false,
        ("diamond", "◆"),
        "#E9E1F1",
        "#7A5C99",
        ["", ""],
    ),
    shape(
        "Organization",
        "box",
        true,
        ("triangle", "▲"),
        "#EAEFF4",
        "#6C7A89",
        ["organisation", "organisasjon"],
    ),
    shape(
        "State",
        "box",
        false,
        ("square", "■"),
        "#DCEFE0",
        "#4C8A5E",
        ["state, territory", "stat, territorium"],
    ),
    shape(
        "Territory",
        "box",
        false,
        ("square", "■"),
        "#DCEFE0",
        "#4C8A5E",
        ["", ""],
    ),
    shape(
        "Place",
        "cds",
        false,
        ("invtriangle", "▼"),
        "#F3F3EC",
        "#8C8C7A",
        ["place", "sted"],
    ),
];

/// Agreements, events, laws and what is of no known type.
pub(super) const OTHER: Shape = shape(
    "Entity",
    "note",
    false,
    ("star", "★"),
    "#FFFFFF",
    "#8A8A8A",
    ["agreement, event, other", "avtale, hendelse, annet"],
);

pub(super) const DISPUTED: [&str; 2] = ["dashed: disputed", "stiplet: omstridt"];
pub(super) const NOT_PLAIN: [&str; 2] = [
    "dotted: not told as fact",
    "prikket: ikke fortalt som faktum",
];

/// The tone of an edge.
pub(super) fn tone_of(edge: &Edge) -> Tone {
    TONES[tone_index(edge)].0
}

/// Which line of the legend an edge belongs to.
pub(super) fn tone_index(edge: &Edge) -> usize {
    match edge.quad_class {
        Some(class @ 1..=4) => usize::from(class) - 1,
        _ => 4,
    }
}

/// The shape of a node of this class.
pub(super) fn shape_of(kind: &str, ontology: &Ontology) -> Shape {
    let fitting = SHAPES.iter().find(|shape| ontology.is_a(kind, shape.class));
    *fitting.unwrap_or(&OTHER)
}

/// Graphviz's and SVG's sense of the line: disputed before not plain.
pub(super) fn line_style(edge: &Edge) -> Option<&'static str> {
    match (edge.disputed, edge.plain) {
        (true, _) => Some("dashed"),
        (false, false) => Some("dotted"),
        (false, true) => None,
    }
}

/// Which of the legend's two languages this is.
pub(super) fn language(lang: &str) -> usize {
    usize::from(matches!(lang, "nb" | "nn" | "no"))
}

/// "accuses ×3".
pub(super) fn edge_label(edge: &Edge) -> String {
    match edge.sources.len() {
        0 | 1 => edge.label.clone(),
        count => format!("{} ×{count}", edge.label),
    }
}

const fn tone(line: &'static str, text: &'static str, width: u8) -> Tone {
    Tone { line, text, width }
}

const fn shape(
    class: &'static str,
    outline: &'static str,
    rounded: bool,
    dot: (&'static str, &'static str),
    fill: &'static str,
    line: &'static str,
    words: [&'static str; 2],
) -> Shape {
    Shape {
        class,
        outline,
        rounded,
        dot,
        fill,
        line,
        words,
    }
}
