//! DOT for Graphviz: a picture that a person can read. Colours and shapes as in the legend below it, busy actors larger, the
//! words behind an edge in its tooltip. The layout is chosen by the size of the graph; `dot`, `neato` and the rest all draw
//! the file so, because it names the layout itself.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use petgraph::visit::EdgeRef;

use super::{
    Picture,
    scene::{CROWD, Density, weight},
    style::{self, LABELLED_EDGES, SHAPES, Shape, TONES},
    words::{clean, tooltip, wrapped},
};
use crate::graph::{Edge, Graph, Node};

/// Writes the graph as DOT.
///
/// # Errors
/// If the system refuses.
pub fn write(graph: &Graph, picture: &Picture<'_>, out: &mut impl Write) -> io::Result<()> {
    let density = Density::of(graph);
    writeln!(out, "digraph kilde {{")?;
    writeln!(
        out,
        "  graph [{}, outputorder=edgesfirst, bgcolor=white, pad=0.3, fontname=\"Helvetica,Arial,sans-serif\", \
         fontsize={}, labelloc=b, labeljust=l,\n    label=<{}>];",
        layout(graph.node_count(), graph.edge_count()),
        legend_size(graph.node_count()),
        legend(picture, legend_size(graph.node_count()), false)
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica,Arial,sans-serif\", fontcolor=\"#1A1A1A\", penwidth=1, margin=\"0.09,0.05\", height={0}, width={0}];",
        if density == Density::Crowd { 0.1 } else { 0.3 }
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, arrowsize={}];",
        if density == Density::Crowd { 0.5 } else { 0.7 }
    )?;
    for index in graph.node_indices() {
        let weight = weight(graph, index);
        node(&graph[index], weight, density, picture, out)?;
    }
    let labelled = graph.edge_count() <= LABELLED_EDGES;
    for edge in graph.edge_references() {
        let (from, to) = (&graph[edge.source()], &graph[edge.target()]);
        draw_edge(edge.weight(), [from, to], density, labelled, out)?;
    }
    writeln!(out, "}}")
}

/// The letters of all pictures.
pub(super) const FONT: &str = "fontname=\"Helvetica,Arial,sans-serif\"";

/// The size of the legend's words: as large as it takes to read them with all of the picture in view.
fn legend_size(nodes: usize) -> usize {
    if nodes > CROWD {
        nodes.isqrt().min(56)
    } else {
        12
    }
}

/// Whether the actors stand in ranks.
pub(super) fn is_ranked(graph: &Graph) -> bool {
    graph.node_count() <= RANKED && graph.edge_count() <= 3 * RANKED
}

/// Actors up to which ranks read best.
const RANKED: usize = 6;

/// Small graphs read best from left to right, larger ones spread out. Curves around the names take Graphviz long in large
/// graphs: there, lines are straight and lie under the names.
fn layout(nodes: usize, edges: usize) -> &'static str {
    match (nodes, edges) {
        (0..=RANKED, _) => "layout=dot, rankdir=LR, nodesep=0.4, ranksep=0.9",
        (_, 0..=LABELLED_EDGES) => {
            "layout=neato, mode=major, model=subset, pack=18, overlap=prism, sep=\"+18\", esep=\"+5\", splines=true, start=1"
        }
        (0..=CROWD, _) => {
            "layout=neato, mode=major, model=subset, pack=18, overlap=prism, sep=\"+8\", splines=line, start=1"
        }
        _ => {
            "layout=sfdp, K=1, repulsiveforce=1.6, overlap=prism, sep=\"+6\", splines=line, start=1"
        }
    }
}

fn node(
    node: &Node,
    weight: usize,
    density: Density,
    picture: &Picture<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let look = style::shape_of(&node.kind, picture.ontology);
    writeln!(
        out,
        "  {} [label={}, {}, fontsize={}{}];",
        id(&node.id),
        quoted(&wrapped(&node.label)),
        look_attributes(&look),
        density.font_size(weight),
        about(node, picture),
    )
}

/// Who an actor is: its tooltip, and its page at Wikidata.
pub(super) fn about(node: &Node, picture: &Picture<'_>) -> String {
    let kind = picture.ontology.types.get(&node.kind);
    let lang = ["en", "nb"][style::language(picture.lang)];
    let kind = kind
        .and_then(|kind| kind.labels.get(lang))
        .map_or(&*node.kind, String::as_str);
    let wikidata = node.wikidata.as_deref().filter(|id| is_item(id));
    let link = wikidata.map_or_else(String::new, |id| {
        format!(", URL=\"https://www.wikidata.org/wiki/{id}\"")
    });
    let tip = quoted(&[format!("{} ({})", clean(&node.label), clean(kind))]);
    format!(", tooltip={tip}{link}")
}

pub(super) fn look_attributes(look: &Shape) -> String {
    format!(
        "shape={}, style=\"filled{}\", fillcolor=\"{}\", color=\"{}\"",
        look.outline,
        if look.rounded { ",rounded" } else { "" },
        look.fill,
        look.line
    )
}

/// A dot for an actor whose name has no room.
pub(super) fn dot_attributes(look: &Shape) -> String {
    format!(
        "shape={}, style=filled, fillcolor=\"{}\", color=\"#FFFFFF\", penwidth=0.3",
        look.dot.0, look.line
    )
}

/// Colour, width and kind of a line. Where there are many, each is fainter.
pub(super) fn stroke(edge: &Edge, density: Density) -> String {
    let tone = style::tone_of(edge);
    let (width, veil) = match density {
        Density::Labelled => (tone.width, ""),
        Density::Many => (tone.width * 2 / 3, "B0"),
        Density::Crowd => (tone.width * 2 / 3, "60"),
    };
    let mut attributes = format!(
        "color=\"{}{veil}\", penwidth={}.{}",
        tone.line,
        width / 10,
        width % 10
    );
    if let Some(line) = style::line_style(edge) {
        // Writing to a string cannot fail.
        let _ = write!(attributes, ", style={line}");
    }
    attributes
}

fn draw_edge(
    edge: &Edge,
    [from, to]: [&Node; 2],
    density: Density,
    labelled: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut attributes = stroke(edge, density);
    if labelled {
        let label = quoted(&[clean(&style::edge_label(edge))]);
        let colour = style::tone_of(edge).text;
        let _ = write!(attributes, ", label={label}, fontcolor=\"{colour}\"");
    }
    if edge.symmetric {
        attributes.push_str(", dir=none");
    }
    let tip = quoted(&tooltip(edge, from, to));
    let _ = write!(attributes, ", tooltip={tip}, labeltooltip={tip}");
    writeln!(out, "  {} -> {} [{attributes}];", id(&from.id), id(&to.id))
}

/// A table of what colours, shapes and lines mean, in Graphviz's HTML; also what dots mean, if there are any.
pub(super) fn legend(picture: &Picture<'_>, size: usize, dots: bool) -> String {
    let swatch = size * 4 / 3;
    let lang = style::language(picture.lang);
    let mut rows = String::new();
    let title = clean(picture.title);
    if !title.is_empty() {
        let _ = write!(
            rows,
            "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"14\"><FONT POINT-SIZE=\"{swatch}\"><B>{}</B></FONT></TD></TR>",
            html(&title)
        );
    }
    rows.push_str("<TR>");
    for (tone, words) in &TONES {
        let _ = write!(
            rows,
            "<TD><FONT COLOR=\"{}\" POINT-SIZE=\"{swatch}\"><B>{}</B></FONT></TD><TD ALIGN=\"LEFT\">{}</TD>",
            tone.line,
            if tone.width > 15 { "━━" } else { "──" },
            html(words[lang])
        );
    }
    let _ = write!(
        rows,
        "<TD>╌╌</TD><TD ALIGN=\"LEFT\">{}</TD><TD>····</TD><TD ALIGN=\"LEFT\">{}</TD></TR><TR>",
        html(style::DISPUTED[lang]),
        html(style::NOT_PLAIN[lang])
    );
    for shape in SHAPES
        .iter()
        .chain([&style::OTHER])
        .filter(|one| !one.words[0].is_empty())
    {
        let round = if shape.outline == "ellipse" || shape.rounded {
            " STYLE=\"ROUNDED\""
        } else {
            ""
        };
        let dot = if dots {
            format!("<FONT COLOR=\"{}\"> {} </FONT>", shape.line, shape.dot.1)
        } else {
            String::from("    ")
        };
        let _ = write!(
            rows,
            "<TD BGCOLOR=\"{}\" COLOR=\"{}\" BORDER=\"1\"{round}>{dot}</TD><TD ALIGN=\"LEFT\">{}</TD>",
            shape.fill,
            shape.line,
            html(shape.words[lang])
        );
    }
    rows.push_str("</TR>");
    format!(
        "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"2\">{rows}</TABLE>"
    )
}

/// A name for a node. A backslash is nothing special in it, but at its end it would swallow the quotation mark; ids that
/// users bring along may hold anything, so all but plain characters are percent-encoded.
fn id(id: &str) -> String {
    let mut name = String::from("\"");
    for character in id.chars() {
        if character.is_alphanumeric() || matches!(character, '-' | '_' | '.') {
            name.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(name, "%{byte:02X}");
            }
        }
    }
    name.push('"');
    name
}

/// Lines as a string of Graphviz, in which nothing of the text means anything: no escapes (`\N`), no entities (`&amp;`).
/// A backslash becomes its look-alike U+2216: versions differ in when they read the escapes of tooltips, and how often.
pub(super) fn quoted(lines: &[String]) -> String {
    let escape = |line: &String| {
        line.replace('&', "&amp;")
            .replace('\\', "\u{2216}")
            .replace('"', "&quot;")
    };
    let lines: Vec<String> = lines.iter().map(escape).collect();
    // Graphviz reads no string of more than 16,384 bytes, but joins those with a plus between them.
    let text: Vec<char> = lines.join("\\n").chars().collect();
    let mut parts: Vec<String> = text
        .chunks(PART)
        .map(|part| part.iter().collect())
        .collect();
    if parts.is_empty() {
        parts.push(String::new());
    }
    format!("\"{}\"", parts.join("\" + \""))
}

/// So many characters stand in one string.
const PART: usize = 4_000;

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn is_item(id: &str) -> bool {
    id.strip_prefix('Q').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
