//! A plain picture for machines without Graphviz, in the same colours: boxes where the forces put them, edges as curves.

use std::{collections::BTreeMap, fmt::Write};

use petgraph::visit::EdgeRef;

use super::{
    Picture,
    forces::{Frame, Point, make_room, places},
    style::{self, LABELLED_EDGES, SHAPES, TONES},
    words::{clean, tooltip, wrapped},
};
use crate::graph::{Edge, Graph};

const LINE_HEIGHT: f64 = 14.0;
/// Width of an average letter of the font.
const LETTER: f64 = 6.7;
const MARGIN: f64 = 30.0;
/// Height of the title and the legend at the bottom, and the least width they need.
const LEGEND: (f64, f64) = (110.0, 1000.0);

/// Draws the graph.
pub(super) fn draw(graph: &Graph, picture: &Picture<'_>) -> String {
    let frames = frames(graph);
    let corner = frames.iter().fold(
        Point {
            x: LEGEND.1,
            y: 0.0,
        },
        |corner, frame| Point {
            x: corner.x.max(frame.at.x + frame.half.x + MARGIN),
            y: corner.y.max(frame.at.y + frame.half.y + MARGIN),
        },
    );
    let (width, height) = (corner.x, corner.y + LEGEND.0);
    let mut svg = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    let mut parallel: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for edge in graph.edge_references() {
        let ends = [edge.source().index(), edge.target().index()];
        let pair = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let nth = parallel.entry(pair).or_default();
        let side = if ends[0] < ends[1] { 1.0 } else { -1.0 };
        let bend = side
            * (16.0 + 26.0 * (*nth).div_ceil(2) as f64)
            * if nth.is_multiple_of(2) { 1.0 } else { -1.0 };
        *nth += 1;
        let tip = tooltip(edge.weight(), &graph[edge.source()], &graph[edge.target()]);
        let labelled = graph.edge_count() <= LABELLED_EDGES;
        draw_edge(
            edge.weight(),
            ends.map(|end| &frames[end]),
            bend,
            labelled,
            &tip,
            &mut svg,
        );
    }
    for (node, frame) in graph.node_weights().zip(&frames) {
        draw_node(&node.kind, frame, picture, &mut svg);
    }
    legend(picture, corner.y, &mut svg);
    svg.push_str("</svg>\n");
    svg
}

fn frames(graph: &Graph) -> Vec<Frame> {
    let mut frames: Vec<Frame> = graph
        .node_weights()
        .zip(places(graph))
        .map(|(node, at)| {
            let lines = wrapped(&node.label);
            let longest = lines
                .iter()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0);
            let half = Point {
                x: longest as f64 * LETTER / 2.0 + 12.0,
                y: lines.len() as f64 * LINE_HEIGHT / 2.0 + 7.0,
            };
            Frame { at, half, lines }
        })
        .collect();
    make_room(&mut frames);
    let start = frames.iter().fold(
        Point {
            x: f64::MAX,
            y: f64::MAX,
        },
        |start, frame| Point {
            x: start.x.min(frame.at.x - frame.half.x),
            y: start.y.min(frame.at.y - frame.half.y),
        },
    );
    for frame in &mut frames {
        frame.at = frame.at - start
            + Point {
                x: MARGIN,
                y: MARGIN,
            };
    }
    frames
}

/// The point where the way from the middle of a frame towards `to` leaves it.
fn border(frame: &Frame, to: Point) -> Point {
    let way = to - frame.at;
    let reach = |half: f64, way: f64| {
        if way.abs() < 1e-9 {
            f64::MAX
        } else {
            half / way.abs()
        }
    };
    let share = reach(frame.half.x, way.x)
        .min(reach(frame.half.y, way.y))
        .min(1.0);
    frame.at + way * share
}

fn draw_edge(
    edge: &Edge,
    [from, to]: [&Frame; 2],
    bend: f64,
    labelled: bool,
    tip: &[String],
    svg: &mut String,
) {
    let tone = style::tone_of(edge);
    let middle = (from.at + to.at) * 0.5 + (to.at - from.at).normal() * bend;
    let (start, mut end) = (border(from, middle), border(to, middle));
    let width = f64::from(tone.width) / 10.0;
    let mut head = String::new();
    if !edge.symmetric {
        let back = middle - end;
        let unit = back * (1.0 / back.length().max(1.0));
        let (base, side) = (end + unit * 9.0, unit.normal() * 4.0);
        let (left, right) = (base + side, base - side);
        head = format!(
            "<polygon points=\"{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{}\"/>",
            end.x, end.y, left.x, left.y, right.x, right.y, tone.line
        );
        end = base;
    }
    let dashes = match style::line_style(edge) {
        Some("dashed") => " stroke-dasharray=\"7,4\"",
        Some(_) => " stroke-dasharray=\"1.5,3.5\"",
        None => "",
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        svg,
        "<g><title>{}</title><path d=\"M{:.1},{:.1} Q{:.1},{:.1} {:.1},{:.1}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dashes}/>{head}",
        escaped(&tip.join("\n")),
        start.x,
        start.y,
        middle.x,
        middle.y,
        end.x,
        end.y,
        tone.line
    );
    if labelled {
        let at = (start + end) * 0.25 + middle * 0.5;
        let label = escaped(&clean(&style::edge_label(edge)));
        // A halo keeps the words apart from the lines they cross.
        for paint in [
            "fill=\"white\" stroke=\"white\" stroke-width=\"3\"".to_owned(),
            format!("fill=\"{}\"", tone.text),
        ] {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"9.5\" {paint}>{label}</text>",
                at.x,
                at.y + 3.0
            );
        }
    }
    svg.push_str("</g>\n");
}

fn draw_node(kind: &str, frame: &Frame, picture: &Picture<'_>, svg: &mut String) {
    let look = style::shape_of(kind, picture.ontology);
    let Frame { at, half, lines } = frame;
    let colours = format!("fill=\"{}\" stroke=\"{}\"", look.fill, look.line);
    if look.outline == "ellipse" {
        let _ = write!(
            svg,
            "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" {colours}/>",
            at.x, at.y, half.x, half.y
        );
    } else {
        let round = if look.rounded { 6 } else { 0 };
        let start = *at - *half;
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round}\" {colours}/>",
            start.x,
            start.y,
            half.x * 2.0,
            half.y * 2.0
        );
    }
    let first = at.y - (lines.len() as f64 - 1.0) * LINE_HEIGHT / 2.0 + 4.0;
    for (index, line) in lines.iter().enumerate() {
        let y = first + index as f64 * LINE_HEIGHT;
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>",
            at.x,
            escaped(line)
        );
    }
}

/// Title and legend, from `top` downwards.
fn legend(picture: &Picture<'_>, top: f64, svg: &mut String) {
    let lang = style::language(picture.lang);
    let text = |svg: &mut String, x: f64, y: f64, words: &str| {
        let _ = writeln!(
            svg,
            "<text x=\"{x:.0}\" y=\"{y:.0}\">{}</text>",
            escaped(words)
        );
    };
    let _ = writeln!(
        svg,
        "<text x=\"{MARGIN:.0}\" y=\"{:.0}\" font-size=\"16\" font-weight=\"bold\">{}</text>",
        top + 24.0,
        escaped(&clean(picture.title))
    );
    let mut x = MARGIN;
    let line = |svg: &mut String, x: f64, colour: &str, width: f64, dashes: &str| {
        let y = top + 50.0;
        let _ = write!(
            svg,
            "<line x1=\"{x:.0}\" x2=\"{:.0}\" y1=\"{y:.0}\" y2=\"{y:.0}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"/>",
            x + 24.0
        );
    };
    let tones = TONES
        .iter()
        .map(|(tone, words)| (tone.line, f64::from(tone.width) / 10.0, "none", words));
    let kinds = [
        ("#444", 1.2, "7,4", &style::DISPUTED),
        ("#444", 1.2, "1.5,3.5", &style::NOT_PLAIN),
    ];
    for (colour, width, dashes, words) in tones.chain(kinds) {
        line(svg, x, colour, width, dashes);
        text(svg, x + 30.0, top + 54.0, words[lang]);
        x += 46.0 + words[lang].chars().count() as f64 * 5.8;
    }
    x = MARGIN;
    for shape in SHAPES
        .iter()
        .chain([&style::OTHER])
        .filter(|shape| !shape.words[0].is_empty())
    {
        let round = if shape.outline == "ellipse" { 7 } else { 2 };
        let _ = write!(
            svg,
            "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"24\" height=\"14\" rx=\"{round}\" fill=\"{}\" stroke=\"{}\"/>",
            top + 72.0,
            shape.fill,
            shape.line
        );
        text(svg, x + 30.0, top + 84.0, shape.words[lang]);
        x += 46.0 + shape.words[lang].chars().count() as f64 * 5.8;
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
