//! Questions to a small world, with answers worked out by hand.

use std::collections::BTreeMap;

use expect_test::Expect;
use kilde::{
    ontology::Ontology,
    query::{Answer, NamedQueries, Options, QueryError, ask_named},
    rdf::Prefixes,
    store::{Base, Index},
};

use crate::world::{stored, world};

mod claims;
mod formats;
mod overviews;
mod sparql;

/// The world's index; the folder may go, for the index is in memory.
fn index() -> Index {
    let folder = tempfile::tempdir().unwrap();
    Index::in_memory(&stored(folder.path(), &world())).unwrap()
}

fn named(index: &Index, name: &str, values: &[(&str, &str)]) -> Result<Answer, QueryError> {
    let values: BTreeMap<String, String> = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let query = NamedQueries::embedded().get(name)?;
    ask_named(
        index,
        &Base::default(),
        Ontology::embedded(),
        query,
        &values,
        &Options::default(),
    )
}

/// Rows as lines of short cells.
fn lines(answer: &Answer) -> String {
    let Answer::Solutions { variables, rows } = answer else {
        return format!("{answer:?}");
    };
    let prefixes = Prefixes::new(&Base::default());
    let mut lines: Vec<String> = vec![
        variables
            .iter()
            .map(oxigraph::model::Variable::as_str)
            .collect::<Vec<_>>()
            .join(" | "),
    ];
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            None => "-".to_owned(),
            Some(oxigraph::model::Term::NamedNode(node)) => {
                let short = prefixes.shorten(node.as_str()).unwrap_or_default();
                short
                    .split_once(':')
                    .map_or(short.clone(), |(_, local)| local.to_owned())
            }
            Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
            Some(other) => other.to_string(),
        });
        lines.push(cells.collect::<Vec<_>>().join(" | "));
    }
    lines.join("\n") + "\n"
}

#[track_caller]
fn check(name: &str, values: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&lines(&named(&index(), name, values).unwrap()));
}

#[test]
fn every_named_query_is_tested_here() {
    let tests = [
        include_str!("query/claims.rs"),
        include_str!("query/overviews.rs"),
    ]
    .concat();
    for query in NamedQueries::embedded().iter() {
        assert!(
            tests.contains(&format!("check(\"{}\"", query.name))
                || tests.contains(&format!("\"{}\",\n        &[", query.name)),
            "{}",
            query.name
        );
        assert!(query.description.ends_with('.'), "{}", query.name);
    }
}

#[track_caller]
fn check_refused(name: &str, values: &[(&str, &str)], expected: &str) {
    let told = named(&index(), name, values).unwrap_err().to_string();
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn wrong_parameters_are_named() {
    check_refused(
        "about",
        &[],
        "the query about needs actor (entity: whom the claims are about); add --set actor=…",
    );
    check_refused(
        "about",
        &[("who", "x")],
        "the query about has no parameter 'who'; it has actor, since, until",
    );
    check_refused(
        "about",
        &[("actor", "vestai")],
        "nothing in the store is called 'vestai'; did you mean vestia",
    );
    check_refused(
        "about",
        &[("actor", "vestia"), ("since", "May 2024")],
        "since=May 2024: a date is a year, a month or a day",
    );
    check_refused(
        "speakers",
        &[("least", "two")],
        "least=two: a whole number is expected",
    );
    check_refused(
        "edges",
        &[("wanted", "acuses")],
        "no relation is called 'acuses'; did you mean accuses",
    );
}

#[test]
fn names_are_known_as_documents_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let all = world();
    let store = stored(folder.path(), &all);
    for mut index in [Index::in_memory(&store).unwrap(), store.index().unwrap()] {
        let ask = |index: &Index, text| named(index, "about", &[("actor", text)]);
        // Told in the treaty alone, in these letters or others.
        for text in ["Radio Sør", " RADIO  SØR", "radio-sor", "ent:radio-sor"] {
            assert!(ask(&index, text).is_ok(), "{text}");
        }
        let vestia = ask(&index, "Vestia").unwrap();
        assert_eq!(vestia, ask(&index, "vestia").unwrap());
        assert!(store.remove("treaty").unwrap());
        index.refresh(&store).unwrap();
        let told = ask(&index, "Radio Sør").unwrap_err();
        assert!(matches!(told, QueryError::UnknownEntity { .. }), "{told}");
        assert!(ask(&index, "Vestia").unwrap().len() < vestia.len());
        let treaty = all.iter().find(|one| one.article.id == "treaty");
        store.put(treaty.unwrap()).unwrap();
        index.refresh(&store).unwrap();
        assert_eq!(ask(&index, "VESTIA").unwrap(), vestia);
        assert!(ask(&index, "Radio Sør").is_ok());
    }
}

#[test]
fn values_cannot_break_out_of_their_place() {
    for value in ["x> } DROP ALL #", "\" } ; {", "ostland> ?p ?o . <x"] {
        let told = named(&index(), "about", &[("actor", value)]).unwrap_err();
        assert!(matches!(told, QueryError::UnknownEntity { .. }), "{told}");
    }
}
