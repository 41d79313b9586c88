//! Each kind of constraint that the shapes use finds what does not fit it.

use kilde::{
    analyse::{Shapes, validate},
    ontology::OntologyFiles,
    store::{Base, document_quads},
};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphName, Literal, NamedNode, Quad, Term},
    store::Store,
};

use crate::sample::rich;

fn shapes() -> Shapes {
    Shapes::of_quads(&OntologyFiles::embedded().quads).unwrap()
}

fn quads() -> Vec<Quad> {
    let ontology = &OntologyFiles::embedded().ontology;
    document_quads(&rich(), &Base::default(), ontology)
}

/// The components that find something in a changed document.
fn components(change: impl Fn(&mut Vec<Quad>)) -> Vec<&'static str> {
    let mut quads = quads();
    change(&mut quads);
    let store = Store::new().unwrap();
    for quad in &quads {
        store.insert(quad).unwrap();
    }
    let findings = validate(&store, &shapes()).unwrap();
    let mut names: Vec<&str> = findings.iter().map(|one| one.component).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn ends(quad: &Quad, property: &str) -> bool {
    quad.predicate.as_str().ends_with(property)
}

#[track_caller]
fn check(change: impl Fn(&mut Vec<Quad>), component: &str) {
    let found = components(change);
    assert!(
        found.contains(&component),
        "{component} is not in {found:?}"
    );
}

/// Another object for the first statement with a property.
fn with(property: &'static str, object: impl Into<Term> + Clone) -> impl Fn(&mut Vec<Quad>) {
    move |quads| {
        let quad = quads.iter_mut().find(|quad| ends(quad, property)).unwrap();
        quad.object = object.clone().into();
    }
}

fn text(text: &str) -> Literal {
    Literal::new_simple_literal(text)
}

#[test]
fn a_sound_document_has_no_findings() {
    assert_eq!(components(|_| {}), [""; 0]);
}

#[test]
fn each_constraint_finds_what_does_not_fit() {
    check(
        |quads| quads.retain(|quad| !ends(quad, "ns#subject")),
        "MinCountConstraintComponent",
    );
    check(
        |quads| {
            let mut quad = quads
                .iter()
                .find(|quad| ends(quad, "ns#subject"))
                .unwrap()
                .clone();
            quad.object = NamedNode::new_unchecked("https://w3id.org/kilde/id/entity/x").into();
            quads.push(quad);
        },
        "MaxCountConstraintComponent",
    );
    check(with("terms/language", text("de")), "InConstraintComponent");
}

#[test]
fn values_of_another_kind_are_found() {
    check(
        with("ns#textHash", text("0g")),
        "PatternConstraintComponent",
    );
    check(
        with("ns#subject", text("norland")),
        "NodeKindConstraintComponent",
    );
    check(
        with("terms/identifier", Literal::from(7)),
        "DatatypeConstraintComponent",
    );
    check(
        with("ns#confidence", Literal::from(7)),
        "DatatypeConstraintComponent",
    );
    check(
        with("schema.org/datePublished", text("soon")),
        "NodeConstraintComponent",
    );
    let decimal = |value: &str| {
        Literal::new_typed_literal(
            value,
            NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#decimal"),
        )
    };
    check(
        with("ns#confidence", decimal("1.5")),
        "MaxInclusiveConstraintComponent",
    );
    check(
        with("ns#confidence", decimal("-0.5")),
        "MinInclusiveConstraintComponent",
    );
    check(with("oa#exact", text("")), "MinLengthConstraintComponent");
}

#[test]
fn values_that_do_not_go_together_are_found() {
    check(
        |quads| {
            let subject = quads
                .iter()
                .find(|quad| ends(quad, "ns#subject"))
                .unwrap()
                .clone();
            let own = |quad: &&mut Quad| ends(quad, "ns#object") && quad.subject == subject.subject;
            quads.iter_mut().find(own).unwrap().object = subject.object;
        },
        "DisjointConstraintComponent",
    );
    check(
        |quads| {
            let own = |quad: &&mut Quad| {
                ends(quad, "oa#end") && quad.subject.to_string().ends_with("&pos>")
            };
            quads.iter_mut().find(own).unwrap().object = Literal::from(0).into();
        },
        "LessThanConstraintComponent",
    );
    let day = |day: &str| {
        Literal::new_typed_literal(
            day,
            NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#date"),
        )
    };
    check(
        with("ns#latest", day("1999-01-01")),
        "LessThanOrEqualsConstraintComponent",
    );
    check(
        |quads| {
            let mut quad = quads
                .iter()
                .find(|quad| ends(quad, "ns#name"))
                .unwrap()
                .clone();
            quad.object =
                Literal::new_language_tagged_literal_unchecked("Another name", "en").into();
            quads.push(quad);
        },
        "UniqueLangConstraintComponent",
    );
    check(
        |quads| quads.retain(|quad| !quad.object.to_string().contains("oa#SpecificResource")),
        "NodeConstraintComponent",
    );
    check(
        with("oa#exact", text("something else")),
        "SPARQLConstraintComponent",
    );
}

#[test]
fn a_constraint_that_is_not_checked_is_refused() {
    let shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://x/S> a sh:NodeShape ; sh:closed true .";
    let graph = GraphName::NamedNode(NamedNode::new_unchecked("https://w3id.org/kilde/shapes"));
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle)
        .with_default_graph(graph)
        .for_slice(shapes.as_bytes())
        .map(Result::unwrap)
        .collect();
    let told = Shapes::of_quads(&quads).unwrap_err().to_string();
    assert!(
        told.contains("http://x/S") && told.contains("sh:closed"),
        "{told}"
    );
}
