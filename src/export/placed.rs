//! A picture for Graphviz to draw in which everything has its place already: `neato -n2`. Words on lines are drawn last, as
//! nodes of their own, so that no line runs over them.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use petgraph::graph::NodeIndex;

use super::{
    Picture, dot,
    forces::Point,
    scene::{Density, Line, Scene, labels},
    style,
    words::{brief_tooltip, clean, tooltip},
};
use crate::graph::{Graph, Node};

/// Size of the legend's letters, as a share of the picture's width: as large as it takes to read them with all in view.
const LEGEND: f64 = 1.0 / 130.0;

/// Writes the picture.
///
/// # Errors
/// If the system refuses.
pub(super) fn write(
    graph: &Graph,
    scene: &Scene<'_>,
    picture: &Picture<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let size = legend_size(scene);
    writeln!(out, "digraph kilde {{")?;
    writeln!(
        out,
        "  graph [outputorder=edgesfirst, bgcolor=white, pad=0.3, {}, fontsize={size}, labelloc=b, labeljust=l,\n    label=<{}>];",
        dot::FONT,
        dot::legend(picture, size, scene.density == Density::Crowd)
    )?;
    writeln!(
        out,
        "  node [{}, fontcolor=\"#1A1A1A\", penwidth=1, margin=0, fixedsize=true];\n  edge [arrowsize={}];",
        dot::FONT,
        if scene.density == Density::Crowd {
            0.4
        } else {
            0.7
        }
    )?;
    for (index, (node, spot)) in graph.node_weights().zip(&scene.spots).enumerate() {
        let label = if spot.dot {
            String::from("\"\"")
        } else {
            dot::quoted(&spot.name)
        };
        let look = if spot.dot {
            dot::dot_attributes(&spot.look)
        } else {
            dot::look_attributes(&spot.look)
        };
        writeln!(
            out,
            "  n{index} [label={label}, {look}, fontsize={}, {}{}];",
            spot.size,
            box_at(spot.at, spot.half),
            dot::about(node, picture)
        )?;
    }
    for line in &scene.lines {
        draw_line(graph, line, scene.density, out)?;
    }
    for (index, label) in scene.labels.iter().enumerate() {
        draw_label(graph, scene, index, label, out)?;
    }
    writeln!(out, "}}")
}

fn legend_size(scene: &Scene<'_>) -> usize {
    let sides = scene
        .spots
        .iter()
        .fold((f64::MAX, f64::MIN), |sides, spot| {
            let (left, right) = (spot.at.x - spot.half.x, spot.at.x + spot.half.x);
            (sides.0.min(left), sides.1.max(right))
        });
    let width = sides.1 - sides.0;
    (12..56)
        .find(|&size| size as f64 >= width * LEGEND)
        .unwrap_or(56)
}

fn box_at(at: Point, half: Point) -> String {
    format!(
        "pos=\"{:.1},{:.1}\", width={:.3}, height={:.3}",
        at.x,
        at.y,
        half.x / 36.0,
        half.y / 36.0
    )
}

fn draw_line(
    graph: &Graph,
    line: &Line<'_>,
    density: Density,
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(first) = line.edges.first() else {
        return Ok(());
    };
    let pos = position(line);
    let direction = match line.heads {
        [false, false] => ", dir=none",
        [true, true] => ", dir=both",
        [true, false] => ", dir=back",
        [false, true] => "",
    };
    let mut tips = Vec::new();
    for one in &line.edges {
        let tip = if density == Density::Crowd {
            brief_tooltip(one.edge, actor(graph, one.from), actor(graph, one.to))
        } else {
            tooltip(one.edge, actor(graph, one.from), actor(graph, one.to))
        };
        tips.extend(tip);
    }
    writeln!(
        out,
        "  n{} -> n{} [{}{direction}, pos=\"{pos}\", tooltip={}];",
        line.from,
        line.to,
        dot::stroke(first.edge, density),
        dot::quoted(&tips)
    )
}

/// The line as Graphviz's cubic curve, with the tips of its arrowheads.
fn position(line: &Line<'_>) -> String {
    let mut pos = String::new();
    let short = line.route.without_heads(line.heads);
    for (has, mark, tip) in [
        (line.heads[0], 's', line.route.start),
        (line.heads[1], 'e', line.route.end),
    ] {
        if has {
            let _ = write!(pos, "{mark},{:.1},{:.1} ", tip.x, tip.y);
        }
    }
    let toward = |end: Point| end + (short.bend - end) * (2.0 / 3.0);
    let points = [
        short.start,
        toward(short.start),
        toward(short.end),
        short.end,
    ];
    let points = points.map(|point| format!("{:.1},{:.1}", point.x, point.y));
    pos.push_str(&points.join(" "));
    pos
}

fn draw_label(
    graph: &Graph,
    scene: &Scene<'_>,
    index: usize,
    label: &labels::Label,
    out: &mut impl Write,
) -> io::Result<()> {
    let (size, colours, tip) = if scene.density == Density::Crowd {
        let name = clean(&actor(graph, label.owner).label);
        let colours = String::from(
            "style=filled, fillcolor=\"#FFFFFFB0\", color=\"transparent\", fontcolor=\"#444444\"",
        );
        (scene.spots[label.owner].size, colours, vec![name])
    } else {
        let line = &scene.lines[label.owner];
        let colours = format!(
            "style=filled, fillcolor=\"#FFFFFFD8\", color=\"transparent\", fontcolor=\"{}\"",
            labels::colour(line)
        );
        let tips = line.edges.iter().map(|one| {
            let (from, to) = (actor(graph, one.from), actor(graph, one.to));
            format!(
                "{} {} {}",
                clean(&from.label),
                clean(&style::edge_label(one.edge)),
                clean(&to.label)
            )
        });
        (labels::SIZE, colours, tips.collect())
    };
    writeln!(
        out,
        "  w{index} [shape=box, label={}, {colours}, fontsize={size}, {}, tooltip={}];",
        dot::quoted(&label.text),
        box_at(label.at, label.half),
        dot::quoted(&tip)
    )
}

fn actor(graph: &Graph, index: usize) -> &Node {
    &graph[NodeIndex::new(index)]
}
