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

/// Up to so many edges all have their relation written beside them, as far as there is room.
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

#[cfg(test)]
mod tests {
    use super::*;

    type Matrix = [[f64; 3]; 3];

    /// What eyes without one kind of cones make of red, green and blue (Machado, Oliveira and Fernandes 2009), and common eyes.
    const EYES: [Matrix; 4] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ];
    /// From linear red, green and blue to the CIE's colours, as shares of white.
    const CIE: Matrix = [
        [0.433_90, 0.376_24, 0.189_86],
        [0.212_64, 0.715_17, 0.072_19],
        [0.017_75, 0.109_48, 0.872_77],
    ];

    fn times(matrix: &Matrix, colour: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(colour).map(|(one, other)| one * other).sum())
    }

    /// Lightness and two colour axes, in which distances are as large as they look.
    fn lab(hex: &str, eye: &Matrix) -> [f64; 3] {
        let linear = [1, 3, 5].map(|start| {
            let value = u8::from_str_radix(&hex[start..start + 2], 16).unwrap();
            (f64::from(value) / 255.0).powf(2.2)
        });
        let [x, y, z] = times(&CIE, times(eye, linear)).map(|one| one.max(0.0).cbrt());
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn lines_of_different_kinds_look_different_to_all_eyes() {
        for eye in &EYES {
            for (index, (one, words)) in TONES.iter().enumerate() {
                for (other, others) in &TONES[..index] {
                    let (one, other) = (lab(one.line, eye), lab(other.line, eye));
                    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
                    let distance = squares.sum::<f64>().sqrt();
                    assert!(distance > 25.0, "{words:?} {others:?}: {distance}");
                }
            }
        }
    }
}
