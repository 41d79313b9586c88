//! Whether a graph fits its shapes: each node of the classes that a shape is about against each of its constraints.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use oxigraph::{
    model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term},
    sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator},
    store::{StorageError, Store as Oxigraph},
};

use super::shapes::{Constraint, Shape, Shapes, literal, sh, subject};
use crate::ontology::vocab;

/// Something that does not fit a shape.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The node that does not fit.
    pub focus: String,
    /// The properties that lead to the value at fault; empty if the node itself is.
    pub path: Vec<String>,
    /// The value at fault, if one is.
    pub value: Option<String>,
    /// Local name of the constraint's component in SHACL (`MinCountConstraintComponent`).
    pub component: &'static str,
    /// The shape.
    pub shape: String,
    /// What is wrong.
    pub message: String,
}

/// Why a graph could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// The graph could not be read.
    #[error("the index failed: {0}")]
    Storage(#[from] StorageError),
    /// A query of a shape failed.
    #[error("a query of a shape failed: {0}")]
    Query(#[from] QueryEvaluationError),
    /// A query of a shape is none.
    #[error("a query of a shape is no SPARQL: {0}")]
    Syntax(String),
}

/// All that does not fit, sorted.
///
/// # Errors
/// If the graph cannot be read, or a query of a shape fails.
pub fn validate(graph: &Oxigraph, shapes: &Shapes) -> Result<Vec<Finding>, ValidationError> {
    let check = Check { graph, shapes };
    let mut findings = BTreeSet::new();
    for shape in shapes.by_node.values() {
        let mut nodes = BTreeSet::new();
        for class in check.with_subclasses(&shape.targets)? {
            for quad in graph.quads_for_pattern(
                None,
                Some(vocab::RDF_TYPE),
                Some(class.as_ref().into()),
                None,
            ) {
                nodes.insert(quad?.subject.to_string());
            }
        }
        let queried = check.queried(shape, &nodes)?;
        findings.extend(queried);
        for node in nodes {
            findings.extend(check.node(&term(&node), shape)?);
        }
    }
    Ok(findings.into_iter().collect())
}

/// Findings as a SHACL validation report.
#[must_use]
pub fn report(findings: &[Finding]) -> Vec<Quad> {
    let mut quads = Vec::new();
    let node = BlankNode::new_unchecked("report");
    let mut add = |subject: &BlankNode, predicate: NamedNode, object: Term| {
        let subject = NamedOrBlankNode::from(subject.clone());
        quads.push(Quad::new(
            subject,
            predicate,
            object,
            GraphName::DefaultGraph,
        ));
    };
    let kind = || NamedNode::from(vocab::RDF_TYPE);
    add(&node, kind(), sh("ValidationReport").into());
    add(
        &node,
        sh("conforms"),
        Literal::from(findings.is_empty()).into(),
    );
    for (number, finding) in findings.iter().enumerate() {
        let result = BlankNode::new_unchecked(format!("r{number:06}"));
        add(&node, sh("result"), result.clone().into());
        add(&result, kind(), sh("ValidationResult").into());
        add(&result, sh("resultSeverity"), sh("Violation").into());
        add(&result, sh("focusNode"), term(&finding.focus));
        if let [path] = &finding.path[..] {
            add(&result, sh("resultPath"), term(path));
        }
        if let Some(value) = &finding.value {
            add(&result, sh("value"), term(value));
        }
        add(
            &result,
            sh("sourceConstraintComponent"),
            sh(finding.component).into(),
        );
        add(&result, sh("sourceShape"), term(&finding.shape));
        let message = Literal::new_simple_literal(&finding.message);
        add(&result, sh("resultMessage"), message.into());
    }
    quads
}

/// A term from how it is written; what is none is taken for a text.
fn term(text: &str) -> Term {
    text.parse()
        .unwrap_or_else(|_| Literal::new_simple_literal(text).into())
}

struct Check<'a> {
    graph: &'a Oxigraph,
    shapes: &'a Shapes,
}

impl Check<'_> {
    fn with_subclasses(&self, classes: &[NamedNode]) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut found: BTreeSet<NamedNode> = BTreeSet::new();
        let mut waiting = classes.to_vec();
        while let Some(class) = waiting.pop() {
            if !found.insert(class.clone()) {
                continue;
            }
            for quad in self.graph.quads_for_pattern(
                None,
                Some(vocab::RDFS_SUB_CLASS_OF),
                Some(class.as_ref().into()),
                // What others would call a class, in the alignments, makes it no class of theirs here.
                Some(vocab::ONTOLOGY_GRAPH.into()),
            ) {
                if let NamedOrBlankNode::NamedNode(below) = quad?.subject {
                    waiting.push(below);
                }
            }
        }
        Ok(found)
    }

    /// What the shape's queries find among its nodes.
    fn queried(
        &self,
        shape: &Shape,
        nodes: &BTreeSet<String>,
    ) -> Result<Vec<Finding>, ValidationError> {
        let mut findings = Vec::new();
        for constraint in &shape.constraints {
            let Constraint::Sparql(query, message) = constraint else {
                continue;
            };
            let mut prepared = SparqlEvaluator::new()
                .parse_query(query)
                .map_err(|error| ValidationError::Syntax(error.to_string()))?;
            prepared.dataset_mut().set_default_graph_as_union();
            let results = prepared.on_store(self.graph).execute()?;
            let QueryResults::Solutions(solutions) = results else {
                continue;
            };
            for solution in solutions {
                let solution = solution?;
                let Some(this) = solution.get("this").map(ToString::to_string) else {
                    continue;
                };
                if nodes.contains(&this) {
                    let focus = term(&this);
                    findings.push(finding(&focus, shape, constraint, None, message));
                }
            }
        }
        Ok(findings)
    }

    fn node(&self, focus: &Term, shape: &Shape) -> Result<Vec<Finding>, StorageError> {
        let mut findings = self.constraints(focus, shape, std::slice::from_ref(focus))?;
        for property in &shape.properties {
            let values = self.values(focus, &property.path)?;
            findings.extend(self.constraints(focus, property, &values)?);
        }
        Ok(findings)
    }

    /// The nodes at the end of a path, each once.
    fn values(&self, focus: &Term, path: &[NamedNode]) -> Result<Vec<Term>, StorageError> {
        let mut here = vec![focus.clone()];
        for step in path {
            let mut next = BTreeMap::new();
            for node in here.iter().filter_map(subject) {
                for quad in self.graph.quads_for_pattern(
                    Some(node.as_ref()),
                    Some(step.as_ref()),
                    None,
                    None,
                ) {
                    let object = quad?.object;
                    next.insert(object.to_string(), object);
                }
            }
            here = next.into_values().collect();
        }
        Ok(here)
    }

    fn constraints(
        &self,
        focus: &Term,
        shape: &Shape,
        values: &[Term],
    ) -> Result<Vec<Finding>, StorageError> {
        let mut findings = Vec::new();
        for constraint in &shape.constraints {
            for value in self.at_fault(focus, constraint, values)? {
                let message = match (&shape.message, &value) {
                    (Some(message), _) => message.clone(),
                    (None, Some(value)) => format!("{value} does not fit"),
                    (None, None) => "the number of values does not fit".to_owned(),
                };
                findings.push(finding(focus, shape, constraint, value.as_ref(), &message));
            }
        }
        Ok(findings)
    }

    /// The values that do not fit a constraint; `None` stands for all of them together.
    fn at_fault(
        &self,
        focus: &Term,
        constraint: &Constraint,
        values: &[Term],
    ) -> Result<Vec<Option<Term>>, StorageError> {
        let each = |fits: &dyn Fn(&Term) -> bool| {
            let unfit = values.iter().filter(|value| !fits(value));
            unfit.map(|value| Some(value.clone())).collect()
        };
        let all = |fits: bool| if fits { Vec::new() } else { vec![None] };
        Ok(match constraint {
            Constraint::MinCount(least) => all(values.len() >= *least),
            Constraint::MaxCount(most) => all(values.len() <= *most),
            Constraint::HasValue(value) => all(values.contains(value)),
            Constraint::UniqueLang => {
                let tags: Vec<&str> = values.iter().filter_map(language).collect();
                all(tags.iter().collect::<BTreeSet<_>>().len() == tags.len())
            }
            Constraint::Datatype(kind) => each(&|value| is_of(value, kind)),
            Constraint::Iri => each(&|value| matches!(value, Term::NamedNode(_))),
            Constraint::In(allowed) => each(&|value| allowed.contains(value)),
            Constraint::Pattern(pattern) => each(&|value| pattern.is_match(lexical(value))),
            Constraint::MinLength(least) => each(&|value| lexical(value).chars().count() >= *least),
            Constraint::MinInclusive(least) => {
                each(&|value| number(value).is_some_and(|number| number >= *least))
            }
            Constraint::MaxInclusive(most) => {
                each(&|value| number(value).is_some_and(|number| number <= *most))
            }
            Constraint::Disjoint(property) => {
                let others = self.values(focus, std::slice::from_ref(property))?;
                each(&|value| !others.contains(value))
            }
            Constraint::LessThan(property) => {
                let others = self.values(focus, std::slice::from_ref(property))?;
                each(&|value| in_order(value, &others, |order| order == Ordering::Less))
            }
            Constraint::LessThanOrEquals(property) => {
                let others = self.values(focus, std::slice::from_ref(property))?;
                each(&|value| in_order(value, &others, |order| order != Ordering::Greater))
            }
            Constraint::Node(name) => self.unfit(values, |value| {
                let shape = self.shapes.by_node.get(&name.to_string());
                shape.map_or(Ok(false), |shape| Ok(self.node(value, shape)?.is_empty()))
            })?,
            Constraint::Or(choices) => self.unfit(values, |value| {
                for choice in choices {
                    if self.node(value, choice)?.is_empty() {
                        return Ok(true);
                    }
                }
                Ok(false)
            })?,
            // Queries are asked once for all nodes.
            Constraint::Sparql(..) => Vec::new(),
        })
    }

    #[expect(clippy::unused_self, reason = "reads as part of the check")]
    fn unfit(
        &self,
        values: &[Term],
        fits: impl Fn(&Term) -> Result<bool, StorageError>,
    ) -> Result<Vec<Option<Term>>, StorageError> {
        let mut unfit = Vec::new();
        for value in values {
            if !fits(value)? {
                unfit.push(Some(value.clone()));
            }
        }
        Ok(unfit)
    }
}

fn finding(
    focus: &Term,
    shape: &Shape,
    constraint: &Constraint,
    value: Option<&Term>,
    message: &str,
) -> Finding {
    Finding {
        focus: focus.to_string(),
        path: shape.path.iter().map(ToString::to_string).collect(),
        value: value.map(ToString::to_string),
        component: constraint.component(),
        shape: shape.node.to_string(),
        message: message.to_owned(),
    }
}

fn is_of(value: &Term, kind: &NamedNode) -> bool {
    match value {
        Term::Literal(literal) => literal.datatype() == kind.as_ref() && is_well_formed(literal),
        _ => false,
    }
}

/// A literal whose text is none of its type is not of the type.
fn is_well_formed(literal: &Literal) -> bool {
    let (text, kind) = (literal.value(), literal.datatype());
    if kind == vocab::XSD_INTEGER {
        return text.parse::<i64>().is_ok();
    }
    if kind == vocab::XSD_DECIMAL {
        return text.parse::<f64>().is_ok() && !text.contains(['e', 'E']);
    }
    if kind == vocab::XSD_DATE {
        return text.len() >= 10 && text.parse::<crate::document::PartialDate>().is_ok();
    }
    true
}

fn language(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => literal.language(),
        _ => None,
    }
}

fn lexical(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(_) | Term::Triple(_) => "",
    }
}

fn number(term: &Term) -> Option<f64> {
    literal(term)?.parse().ok()
}

/// Whether a value stands to all others as it should; numbers are compared as numbers, days as text.
fn in_order(value: &Term, others: &[Term], right: impl Fn(Ordering) -> bool) -> bool {
    others.iter().all(|other| {
        let order = match (number(value), number(other)) {
            (Some(one), Some(other)) => one.partial_cmp(&other),
            _ => Some(lexical(value).cmp(lexical(other))),
        };
        order.is_some_and(&right)
    })
}
