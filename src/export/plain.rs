//! A plain picture for machines without Graphviz, in the same colours: boxes where the forces put them, edges as curves.

use std::fmt::Write;

use petgraph::graph::NodeIndex;

use super::{
    Picture,
    forces::{Point, make_room, places},
    scene::{Density, Label, Line, Scene, Spot, labels, metrics},
    style::{self, SHAPES, TONES},
    words::{brief_tooltip, clean, tooltip},
};
use crate::graph::Graph;

const MARGIN: f64 = 30.0;
/// Height of the title and the legend at the bottom, and the least width they need.
const LEGEND: (f64, f64) = (110.0, 1000.0);

/// Draws the graph.
pub(super) fn draw(graph: &Graph, picture: &Picture<'_>) -> String {
    let scene = scene(graph, picture);
    let corner = scene.spots.iter().fold(
        Point {
            x: LEGEND.1,
            y: 0.0,
        },
        |corner, spot| Point {
            x: corner.x.max(spot.at.x + spot.half.x + MARGIN),
            y: corner.y.max(spot.at.y + spot.half.y + MARGIN),
        },
    );
    let (width, height) = (corner.x, corner.y + LEGEND.0);
    let mut svg = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for line in &scene.lines {
        draw_line(graph, line, scene.density, &mut svg);
    }
    for (node, spot) in graph.node_weights().zip(&scene.spots) {
        draw_spot(&clean(&node.label), spot, &mut svg);
    }
    for label in &scene.labels {
        draw_label(&scene, label, &mut svg);
    }
    legend(picture, corner.y, &mut svg);
    svg.push_str("</svg>\n");
    svg
}

/// What the forces make of the graph, beginning at the margin.
fn scene<'a>(graph: &'a Graph, picture: &Picture<'_>) -> Scene<'a> {
    let mut scene = Scene::of(graph, picture);
    let sizes = scene.spots.iter().map(|spot| spot.half);
    let mut frames: Vec<(Point, Point)> = places(graph).into_iter().zip(sizes).collect();
    make_room(&mut frames);
    let start = frames.iter().fold(
        Point {
            x: f64::MAX,
            y: f64::MAX,
        },
        |start, (at, half)| Point {
            x: start.x.min(at.x - half.x),
            y: start.y.min(at.y - half.y),
        },
    );
    let margin = Point {
        x: MARGIN,
        y: MARGIN,
    };
    let places: Vec<Point> = frames.iter().map(|&(at, _)| at - start + margin).collect();
    scene.place(&places);
    scene
}

fn draw_line(graph: &Graph, line: &Line<'_>, density: Density, svg: &mut String) {
    let Some(first) = line.edges.first() else {
        return;
    };
    let tone = style::tone_of(first.edge);
    let route = line.route.without_heads(line.heads);
    let tips: Vec<String> = line
        .edges
        .iter()
        .flat_map(|one| {
            let ends = [one.from, one.to].map(|end| &graph[NodeIndex::new(end)]);
            if density == Density::Crowd {
                brief_tooltip(one.edge, ends[0], ends[1])
            } else {
                tooltip(one.edge, ends[0], ends[1])
            }
        })
        .collect();
    let (share, veil) = match density {
        Density::Labelled => (1.0, ""),
        Density::Many => (0.7, " opacity=\"0.7\""),
        Density::Crowd => (0.7, " opacity=\"0.4\""),
    };
    let dashes = match style::line_style(first.edge) {
        Some("dashed") => " stroke-dasharray=\"7,4\"",
        Some(_) => " stroke-dasharray=\"1.5,3.5\"",
        None => "",
    };
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<g{veil}><title>{}</title><path d=\"M{:.1},{:.1} Q{:.1},{:.1} {:.1},{:.1}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.1}\"{dashes}/>",
        escaped(&tips.join("\n")),
        route.start.x,
        route.start.y,
        route.bend.x,
        route.bend.y,
        route.end.x,
        route.end.y,
        tone.line,
        f64::from(tone.width) / 10.0 * share
    );
    let heads = [(line.route.start, route.start), (line.route.end, route.end)];
    for (has, (tip, base)) in line.heads.into_iter().zip(heads) {
        if has {
            let side = (base - tip).normal() * 3.0;
            let (left, right) = (base + side, base - side);
            let _ = write!(
                svg,
                "<polygon points=\"{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{}\"/>",
                tip.x, tip.y, left.x, left.y, right.x, right.y, tone.line
            );
        }
    }
    svg.push_str("</g>\n");
}

fn draw_spot(name: &str, spot: &Spot, svg: &mut String) {
    let Spot { at, half, look, .. } = spot;
    let fill = if spot.dot { look.line } else { look.fill };
    let colours = format!("fill=\"{fill}\" stroke=\"{}\"", look.line);
    let title = escaped(name);
    if look.outline == "ellipse" {
        let _ = writeln!(
            svg,
            "<ellipse cx=\"{:.1}\" cy=\"{:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" {colours}><title>{title}</title></ellipse>",
            at.x, at.y, half.x, half.y
        );
    } else if look.outline == "octagon" {
        let corner = |x: f64, y: f64| format!("{:.1},{:.1}", at.x + x * half.x, at.y + y * half.y);
        let corners = [
            (-0.42, -1.0),
            (0.42, -1.0),
            (1.0, -0.42),
            (1.0, 0.42),
            (0.42, 1.0),
            (-0.42, 1.0),
            (-1.0, 0.42),
            (-1.0, -0.42),
        ];
        let points = corners.map(|(x, y)| corner(x, y)).join(" ");
        let _ = writeln!(
            svg,
            "<polygon points=\"{points}\" {colours}><title>{title}</title></polygon>"
        );
    } else {
        let round = if look.rounded { 6 } else { 0 };
        let start = *at - *half;
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round}\" {colours}><title>{title}</title></rect>",
            start.x,
            start.y,
            half.x * 2.0,
            half.y * 2.0
        );
    }
    if !spot.dot {
        words(&spot.name, *at, spot.size, "#1A1A1A", svg);
    }
}

/// Words on lines and names beside dots have a ground, so that no line runs through them.
fn draw_label(scene: &Scene<'_>, label: &Label, svg: &mut String) {
    let (size, colour) = if scene.density == Density::Crowd {
        (scene.spots[label.owner].size, "#444444")
    } else {
        let line = &scene.lines[label.owner];
        (labels::SIZE, labels::colour(line))
    };
    let start = label.at - label.half;
    let _ = writeln!(
        svg,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#FFFFFF\" fill-opacity=\"0.8\"/>",
        start.x,
        start.y,
        label.half.x * 2.0,
        label.half.y * 2.0
    );
    words(&label.text, label.at, size, colour, svg);
}

/// Lines of text around a middle.
fn words(lines: &[String], at: Point, size: usize, colour: &str, svg: &mut String) {
    let height = size as f64 * metrics::LINE;
    let first = at.y - (lines.len() as f64 - 1.0) * height / 2.0 + size as f64 * 0.35;
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
            at.x,
            first + index as f64 * height,
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
