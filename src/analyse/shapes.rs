//! SHACL: the shapes of `ontology/shapes.ttl` as constraints, and what in a graph does not fit them, told in SHACL's own
//! words. Of SHACL Core that is read which shapes here use, and SPARQL constraints; a shape that says anything else is
//! refused, so that nothing goes unchecked without a word. (The kept SHACL crate, `shacl_validation`, brings an RDF stack of
//! its own; the graph lies in oxigraph already.)

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use regex::Regex;

use crate::ontology::vocab;

/// The namespace of SHACL.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// Why shapes cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// A shape says something that is not checked here.
    #[error("shapes: {shape}: {message}")]
    Unsupported {
        /// The shape.
        shape: String,
        /// What it says.
        message: String,
    },
}

/// A shape: what must hold of its targets.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Its name, or the blank node that it is.
    pub(super) node: NamedOrBlankNode,
    /// Classes whose members must fit it.
    pub(super) targets: Vec<NamedNode>,
    /// Properties that lead to the values that it is about; empty for a node shape.
    pub(super) path: Vec<NamedNode>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) properties: Vec<Shape>,
    pub(super) message: Option<String>,
}

/// One thing that must hold.
#[derive(Clone, Debug)]
pub(super) enum Constraint {
    Datatype(NamedNode),
    Iri,
    MinCount(usize),
    MaxCount(usize),
    In(Vec<Term>),
    Pattern(Regex),
    MinLength(usize),
    MinInclusive(f64),
    MaxInclusive(f64),
    HasValue(Term),
    UniqueLang,
    Disjoint(NamedNode),
    LessThan(NamedNode),
    LessThanOrEquals(NamedNode),
    /// A shape by name.
    Node(NamedOrBlankNode),
    Or(Vec<Shape>),
    /// A query whose rows are the nodes that do not fit, and what to say then.
    Sparql(String, String),
}

impl Constraint {
    /// The name of its component in SHACL.
    pub(super) fn component(&self) -> &'static str {
        match self {
            Self::Datatype(_) => "DatatypeConstraintComponent",
            Self::Iri => "NodeKindConstraintComponent",
            Self::MinCount(_) => "MinCountConstraintComponent",
            Self::MaxCount(_) => "MaxCountConstraintComponent",
            Self::In(_) => "InConstraintComponent",
            Self::Pattern(_) => "PatternConstraintComponent",
            Self::MinLength(_) => "MinLengthConstraintComponent",
            Self::MinInclusive(_) => "MinInclusiveConstraintComponent",
            Self::MaxInclusive(_) => "MaxInclusiveConstraintComponent",
            Self::HasValue(_) => "HasValueConstraintComponent",
            Self::UniqueLang => "UniqueLangConstraintComponent",
            Self::Disjoint(_) => "DisjointConstraintComponent",
            Self::LessThan(_) => "LessThanConstraintComponent",
            Self::LessThanOrEquals(_) => "LessThanOrEqualsConstraintComponent",
            Self::Node(_) => "NodeConstraintComponent",
            Self::Or(_) => "OrConstraintComponent",
            Self::Sparql(..) => "SPARQLConstraintComponent",
        }
    }
}

/// All shapes with a name.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    pub(super) by_node: BTreeMap<String, Shape>,
}

impl Shapes {
    /// Reads the shapes among these quads: those of the graph of shapes.
    ///
    /// # Errors
    /// If a shape says something that is not checked here.
    pub fn of_quads(quads: &[Quad]) -> Result<Self, ShapesError> {
        let graph = vocab::SHAPES_GRAPH;
        let mut facts = Facts::default();
        for quad in quads {
            if quad.graph_name == graph.into() {
                let properties = facts.0.entry(quad.subject.to_string()).or_default();
                properties
                    .entry(quad.predicate.as_str())
                    .or_default()
                    .push(&quad.object);
            }
        }
        let mut shapes = Self::default();
        for quad in quads {
            let is_shape = quad.graph_name == graph.into()
                && quad.predicate == vocab::RDF_TYPE
                && quad.object == Term::from(sh("NodeShape"));
            if is_shape {
                let shape = facts.shape(&quad.subject)?;
                shapes.by_node.insert(quad.subject.to_string(), shape);
            }
        }
        Ok(shapes)
    }
}

pub(super) fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{local}"))
}

/// Triples by subject (as written) and predicate.
#[derive(Default)]
struct Facts<'a>(BTreeMap<String, BTreeMap<&'a str, Vec<&'a Term>>>);

impl Facts<'_> {
    fn all(&self, node: &NamedOrBlankNode, predicate: &str) -> &[&Term] {
        self.0
            .get(&node.to_string())
            .and_then(|properties| properties.get(predicate))
            .map_or(&[], Vec::as_slice)
    }

    fn shape(&self, node: &NamedOrBlankNode) -> Result<Shape, ShapesError> {
        let mut shape = Shape {
            node: node.clone(),
            targets: Vec::new(),
            path: Vec::new(),
            constraints: Vec::new(),
            properties: Vec::new(),
            message: None,
        };
        let empty = BTreeMap::new();
        for (predicate, objects) in self.0.get(&node.to_string()).unwrap_or(&empty) {
            let Some(local) = predicate.strip_prefix(SH) else {
                continue;
            };
            for object in objects {
                self.take(&mut shape, local, object)?;
            }
        }
        Ok(shape)
    }

    fn take(&self, shape: &mut Shape, local: &str, object: &Term) -> Result<(), ShapesError> {
        let wrong = |message: &str| ShapesError::Unsupported {
            shape: shape.node.to_string(),
            message: format!("sh:{local} {object}: {message}"),
        };
        let iri = || match object {
            Term::NamedNode(node) => Ok(node.clone()),
            _ => Err(wrong("an IRI was expected")),
        };
        let number = || {
            let value = literal(object).and_then(|text| text.parse::<f64>().ok());
            value.ok_or_else(|| wrong("a number was expected"))
        };
        let count = || {
            let value = literal(object).and_then(|text| text.parse::<usize>().ok());
            value.ok_or_else(|| wrong("a whole number was expected"))
        };
        let constraint = match local {
            "targetClass" => {
                let class = iri()?;
                shape.targets.push(class);
                return Ok(());
            }
            "property" => {
                let inner = self.shape(&subject(object).ok_or_else(|| wrong("no shape"))?)?;
                shape.properties.push(inner);
                return Ok(());
            }
            "path" => {
                shape.path = match object {
                    Term::NamedNode(node) => vec![node.clone()],
                    list => {
                        let steps = self.list(list);
                        let steps = steps.iter().map(|step| match step {
                            Term::NamedNode(node) => Ok(node.clone()),
                            _ => Err(wrong(
                                "only properties and sequences of them are paths here",
                            )),
                        });
                        steps.collect::<Result<Vec<_>, _>>()?
                    }
                };
                if shape.path.is_empty() {
                    return Err(wrong(
                        "only properties and sequences of them are paths here",
                    ));
                }
                return Ok(());
            }
            "message" => {
                shape.message = literal(object).map(str::to_owned);
                return Ok(());
            }
            "declare" | "prefix" | "namespace" => return Ok(()),
            "datatype" => Constraint::Datatype(iri()?),
            "nodeKind" if *object == Term::from(sh("IRI")) => Constraint::Iri,
            "minCount" => Constraint::MinCount(count()?),
            "maxCount" => Constraint::MaxCount(count()?),
            "in" => Constraint::In(self.list(object)),
            "pattern" => {
                let text = literal(object).unwrap_or_default();
                Constraint::Pattern(Regex::new(text).map_err(|error| wrong(&error.to_string()))?)
            }
            "minLength" => Constraint::MinLength(count()?),
            "minInclusive" => Constraint::MinInclusive(number()?),
            "maxInclusive" => Constraint::MaxInclusive(number()?),
            "hasValue" => Constraint::HasValue(object.clone()),
            "uniqueLang" => Constraint::UniqueLang,
            "disjoint" => Constraint::Disjoint(iri()?),
            "lessThan" => Constraint::LessThan(iri()?),
            "lessThanOrEquals" => Constraint::LessThanOrEquals(iri()?),
            "node" => Constraint::Node(subject(object).ok_or_else(|| wrong("no shape"))?),
            "or" => {
                let shapes = self.list(object);
                let shapes = shapes.iter().filter_map(subject);
                Constraint::Or(
                    shapes
                        .map(|one| self.shape(&one))
                        .collect::<Result<_, _>>()?,
                )
            }
            "sparql" => self.sparql(&subject(object).ok_or_else(|| wrong("no constraint"))?),
            _ => return Err(wrong("this is not checked")),
        };
        shape.constraints.push(constraint);
        Ok(())
    }

    fn sparql(&self, node: &NamedOrBlankNode) -> Constraint {
        let text = |local: &str| {
            let terms = self.all(node, &format!("{SH}{local}"));
            terms
                .first()
                .and_then(|term| literal(term))
                .unwrap_or_default()
        };
        let mut query = String::new();
        for owner in self.all(node, &format!("{SH}prefixes")) {
            let Some(owner) = subject(owner) else {
                continue;
            };
            for declared in self.all(&owner, &format!("{SH}declare")) {
                let Some(declared) = subject(declared) else {
                    continue;
                };
                let get = |local: &str| {
                    let terms = self.all(&declared, &format!("{SH}{local}"));
                    terms
                        .first()
                        .and_then(|term| literal(term))
                        .unwrap_or_default()
                };
                query += &format!("PREFIX {}: <{}>\n", get("prefix"), get("namespace"));
            }
        }
        query += text("select");
        Constraint::Sparql(query, text("message").to_owned())
    }

    /// The members of an RDF list; a circle ends where it closes.
    fn list(&self, head: &Term) -> Vec<Term> {
        const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
        let mut members = Vec::new();
        let mut seen = BTreeSet::new();
        let mut node = subject(head);
        while let Some(here) = node.filter(|here| seen.insert(here.to_string())) {
            let first = self.all(&here, &format!("{RDF}first"));
            members.extend(first.first().map(|&term| term.clone()));
            let rest = self.all(&here, &format!("{RDF}rest"));
            node = rest.first().and_then(|term| subject(term));
        }
        members
    }
}

pub(super) fn literal(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

pub(super) fn subject(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) | Term::Triple(_) => None,
    }
}
