//! Queries that users write themselves.

use std::time::{Duration, Instant};

use kilde::{
    query::{Answer, DefaultGraph, Options, QueryError, ask},
    store::{Base, Index},
};

use super::{index, lines};
use crate::world::{stored, world};

pub(super) fn asked(text: &str) -> Result<Answer, QueryError> {
    ask(&index(), &Base::default(), text, &Options::default())
}

#[test]
fn queries_see_all_graphs_at_once_unless_told_otherwise() {
    let count = |text: &str, options: &Options| {
        ask(&index(), &Base::default(), text, options)
            .unwrap()
            .len()
    };
    let plain = Options {
        default_graph: DefaultGraph::Plain,
        ..Options::default()
    };
    let claims = "SELECT ?c { ?c a kilde:Claim }";
    assert_eq!(count(claims, &Options::default()), 12);
    assert_eq!(count(claims, &plain), 0);
    assert_eq!(
        count("SELECT ?c { GRAPH ?g { ?c a kilde:Claim } }", &plain),
        12
    );
    assert_eq!(
        count(
            "SELECT ?c FROM kilde:nowhere { ?c a kilde:Claim }",
            &Options::default()
        ),
        0
    );
    assert_eq!(
        count("ASK { ent:norland kilde:agreesWith ent:vestia }", &plain),
        1
    );
}

#[test]
fn rows_come_sorted_and_a_limit_takes_the_first() {
    let all = lines(&asked("SELECT ?a ?b { ?a kilde:consultsWith ?b }").unwrap());
    assert_eq!(all, "a | b\nnorland | vestia\nvestia | norland\n");
    let one =
        lines(&asked("SELECT ?a { ?a a ?t . ?t rdfs:subClassOf* kilde:Entity } LIMIT 2").unwrap());
    assert_eq!(one, "a\naccord\nane-berg\n");
    let tied = lines(
        &asked("SELECT ?a { ?a a kilde:State BIND(1 AS ?n) } ORDER BY ?n LIMIT 2 OFFSET 1")
            .unwrap(),
    );
    assert_eq!(tied, "a\nostland\nvestia\n");
}

#[test]
fn the_order_of_reading_changes_no_answer() {
    let query = "SELECT * { ?s ?p ?o } LIMIT 400";
    let answer = |readings: &[kilde::claim::Reading]| {
        let folder = tempfile::tempdir().unwrap();
        let store = stored(folder.path(), &[]);
        let mut index = Index::in_memory(&store).unwrap();
        for reading in readings {
            store.put(reading).unwrap();
            index.refresh(&store).unwrap();
        }
        let described = ask(
            &index,
            &Base::default(),
            "DESCRIBE ent:norland",
            &Options::default(),
        )
        .unwrap();
        (
            ask(&index, &Base::default(), query, &Options::default()).unwrap(),
            described,
        )
    };
    let mut readings = world();
    let forward = answer(&readings);
    readings.reverse();
    assert!(answer(&readings) == forward);
    assert_eq!(forward.0.len(), 400);
}

#[test]
fn a_query_that_takes_too_long_is_stopped() {
    let options = Options {
        timeout: Some(Duration::from_millis(20)),
        ..Options::default()
    };
    let start = Instant::now();
    for query in [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT * { ?a a ?b . ?c a ?d . ?e kilde:subject ?f }",
    ] {
        let told = ask(&index(), &Base::default(), query, &options).unwrap_err();
        assert_eq!(
            told.to_string(),
            "the query was stopped after 0.02 seconds; narrow it down, add a LIMIT, or raise --timeout"
        );
    }
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    assert!(ask(&index(), &Base::default(), "ASK { ?a ?b ?c }", &options).is_ok());
}

#[test]
fn other_servers_are_not_asked() {
    let told = asked("SELECT * { SERVICE <http://a.example/> { ?a ?b ?c } }").unwrap_err();
    assert_eq!(
        told.to_string(),
        "SERVICE is not supported: queries are answered from this store alone"
    );
    assert!(
        asked("SELECT * FROM <http://a.example/> { ?a ?b ?c }")
            .unwrap()
            .is_empty()
    );
    assert!(matches!(asked("DROP ALL"), Err(QueryError::Syntax { .. })));
}
