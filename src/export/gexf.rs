//! GEXF 1.3 for Gephi, with time: an edge is there in the spells in which its claims place it, a node in those of its edges.
//! A claim without a date counts on the day of its report; an edge of which no claim has either is always there.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use petgraph::visit::EdgeRef;

use super::{ExportError, style, words::sources_text, xml::Xml};
use crate::{
    document::PartialDate,
    graph::{Edge, Graph},
};

/// First and last day.
type Spell = (String, String);
/// When something is there; `None`: always.
type Spells = Option<BTreeSet<Spell>>;

const NODE: [(&str, &str); 2] = [("type", "string"), ("wikidata", "string")];
const EDGE: [(&str, &str); 8] = [
    ("property", "string"),
    ("relation", "string"),
    ("quad_class", "integer"),
    ("plain", "boolean"),
    ("symmetric", "boolean"),
    ("disputed", "boolean"),
    ("claims", "string"),
    ("quotes", "string"),
];

/// Writes a view of the graph.
///
/// # Errors
/// If the system refuses.
pub fn write(graph: &Graph, out: &mut impl Write) -> Result<(), ExportError> {
    let mut xml = Xml::new(out)?;
    xml.open(
        "gexf",
        &[
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("version", "1.3"),
        ],
    )?;
    xml.open("meta", &[])?;
    xml.text("creator", &[], "kilde")?;
    xml.close("meta")?;
    xml.open(
        "graph",
        &[
            ("mode", "dynamic"),
            ("defaultedgetype", "directed"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    attributes(&mut xml, "node", &NODE)?;
    attributes(&mut xml, "edge", &EDGE)?;
    nodes(graph, &mut xml)?;
    edges(graph, &mut xml)?;
    xml.close("graph")?;
    xml.close("gexf")?;
    Ok(xml.finish()?)
}

fn attributes(
    xml: &mut Xml<impl Write>,
    class: &str,
    all: &[(&str, &str)],
) -> Result<(), ExportError> {
    xml.open("attributes", &[("class", class), ("mode", "static")])?;
    for (number, (title, kind)) in all.iter().enumerate() {
        let id = number.to_string();
        xml.empty(
            "attribute",
            &[("id", &id), ("title", title), ("type", kind)],
        )?;
    }
    Ok(xml.close("attributes")?)
}

fn nodes(graph: &Graph, xml: &mut Xml<impl Write>) -> Result<(), ExportError> {
    let mut times: BTreeMap<usize, Spells> = BTreeMap::new();
    for edge in graph.edge_references() {
        let own = spells(edge.weight());
        for end in [edge.source().index(), edge.target().index()] {
            let all = times.entry(end).or_insert_with(|| Some(BTreeSet::new()));
            match (all.as_mut(), &own) {
                (Some(all), Some(own)) => all.extend(own.iter().cloned()),
                _ => *all = None,
            }
        }
    }
    xml.open("nodes", &[])?;
    for index in graph.node_indices() {
        let node = &graph[index];
        xml.open("node", &[("id", &node.id), ("label", &node.label)])?;
        let wikidata = node.wikidata.as_deref().unwrap_or_default();
        values(xml, &[&node.kind, wikidata])?;
        write_spells(xml, times.get(&index.index()).unwrap_or(&None))?;
        xml.close("node")?;
    }
    Ok(xml.close("nodes")?)
}

fn edges(graph: &Graph, xml: &mut Xml<impl Write>) -> Result<(), ExportError> {
    xml.open("edges", &[])?;
    for (number, edge) in graph.edge_references().enumerate() {
        let one = edge.weight();
        let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
        let (id, weight) = (number.to_string(), one.sources.len().to_string());
        xml.open(
            "edge",
            &[
                ("id", &id),
                ("source", from),
                ("target", to),
                // Not every reader takes edges of both kinds in one graph; what goes both ways says so itself.
                ("type", "directed"),
                // Gephi keeps parallel edges apart by this.
                ("kind", &one.property),
                ("label", &one.label),
                ("weight", &weight),
            ],
        )?;
        let claims: Vec<&str> = one.sources.iter().map(|source| &*source.claim).collect();
        let class = one
            .quad_class
            .map_or_else(String::new, |class| class.to_string());
        let (plain, disputed) = (one.plain.to_string(), one.disputed.to_string());
        let symmetric = one.symmetric.to_string();
        let quotes = sources_text(one);
        let claims = claims.join(" ");
        values(
            xml,
            &[
                &one.property,
                &one.relation,
                &class,
                &plain,
                &symmetric,
                &disputed,
                &claims,
                &quotes,
            ],
        )?;
        write_spells(xml, &spells(one))?;
        colour(xml, style::tone_of(one).line)?;
        xml.close("edge")?;
    }
    Ok(xml.close("edges")?)
}

fn values(xml: &mut Xml<impl Write>, all: &[&str]) -> Result<(), ExportError> {
    xml.open("attvalues", &[])?;
    for (number, value) in all
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_empty())
    {
        xml.empty(
            "attvalue",
            &[("for", &number.to_string()), ("value", value)],
        )?;
    }
    Ok(xml.close("attvalues")?)
}

fn spells(edge: &Edge) -> Spells {
    let spell = |date: PartialDate| (date.earliest(), date.latest());
    let dates = edge.sources.iter();
    let dates = dates.map(|source| source.date.or(source.reported));
    let days = dates.map(|date| date.map(spell));
    days.collect::<Option<BTreeSet<Spell>>>().map(merged)
}

/// Spells that overlap or touch as one, as Gephi wants them.
fn merged(spells: BTreeSet<Spell>) -> BTreeSet<Spell> {
    let mut apart: Vec<Spell> = Vec::new();
    for (start, end) in spells {
        match apart.last_mut() {
            Some(last) if start <= last.1 => last.1 = end.max(last.1.clone()),
            _ => apart.push((start, end)),
        }
    }
    apart.into_iter().collect()
}

fn write_spells(xml: &mut Xml<impl Write>, spells: &Spells) -> Result<(), ExportError> {
    let Some(spells) = spells.clone().map(merged).filter(|all| !all.is_empty()) else {
        return Ok(());
    };
    xml.open("spells", &[])?;
    for (start, end) in &spells {
        xml.empty("spell", &[("start", start), ("end", end)])?;
    }
    Ok(xml.close("spells")?)
}

/// `#RRGGBB` as an element.
fn colour(xml: &mut Xml<impl Write>, hex: &str) -> Result<(), ExportError> {
    let part = |from: usize| {
        let digits = hex.get(from..from + 2).unwrap_or("0");
        u8::from_str_radix(digits, 16).unwrap_or(0).to_string()
    };
    Ok(xml.empty(
        "viz:color",
        &[("r", &part(1)), ("g", &part(3)), ("b", &part(5))],
    )?)
}
