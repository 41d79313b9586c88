//! Answers in the formats of the W3C.

use kilde::{
    query::{Format, Options, ask},
    rdf::Prefixes,
    store::{Base, Index},
};

use super::sparql::asked;
use crate::{
    sample::{rich, short},
    world::stored,
};

fn written(query: &str, format: &str) -> Result<String, String> {
    let mut out = Vec::new();
    let format = Format::named(format).unwrap();
    asked(query)
        .and_then(|answer| answer.write(format, &Prefixes::new(&Base::default()), None, &mut out))
        .map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn solutions_are_written_in_the_formats_of_the_w3c() {
    let query =
        "SELECT ?a ?n { ?a kilde:leads ent:norland ; skos:prefLabel ?n FILTER(LANG(?n) = 'en') }";
    let iri = "https://w3id.org/kilde/id/entity/ane-berg";
    assert_eq!(
        written(query, "csv").unwrap(),
        format!("a,n\r\n{iri},Ane Berg\r\n")
    );
    assert_eq!(
        written(query, "tsv").unwrap(),
        format!("?a\t?n\n<{iri}>\t\"Ane Berg\"@en\n")
    );
    let json = written(query, "json").unwrap();
    assert!(json.contains("\"head\":{\"vars\":[\"a\",\"n\"]}"), "{json}");
    let xml = written(query, "xml").unwrap();
    assert!(xml.contains(&format!("<uri>{iri}</uri>")), "{xml}");
    let table = written(query, "table").unwrap();
    assert!(table.contains("│ ent:ane-berg ┆ Ane Berg │"), "{table}");
    assert_eq!(
        written("ASK { ent:norland a kilde:State }", "table").unwrap(),
        "yes\n"
    );
    assert_eq!(
        written("ASK { ent:norland a kilde:City }", "csv").unwrap(),
        "false\n"
    );
}

#[test]
fn graphs_are_written_as_rdf() {
    let query = "CONSTRUCT { ?a kilde:leads ?b } { ?a kilde:leads ?b }";
    for format in ["ttl", "table"] {
        let turtle = written(query, format).unwrap();
        assert!(
            turtle.ends_with("\nent:ane-berg kilde:leads ent:norland .\n"),
            "{turtle}"
        );
    }
    assert!(written(query, "rdfxml").unwrap().contains("rdf:about"));
    assert!(written(query, "jsonld").unwrap().contains("ane-berg"));
    assert!(
        written(query, "csv")
            .unwrap_err()
            .contains("cannot be written as csv; use one of ttl, nt")
    );
    assert!(
        written("ASK { ?a ?b ?c }", "ttl")
            .unwrap_err()
            .contains("cannot be written as ttl; use one of table, json")
    );
}

#[test]
fn hostile_text_comes_through_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::in_memory(&stored(
        folder.path(),
        &[rich(), short("a", "x", "AID", "y")],
    ))
    .unwrap();
    let prefixes = Prefixes::new(&Base::default());
    for (query, formats) in [
        (
            "SELECT ?t { ?d schema:text ?t }",
            ["table", "json", "csv", "tsv", "xml"],
        ),
        (
            "CONSTRUCT { ?d schema:text ?t } { ?d schema:text ?t }",
            ["ttl", "nt", "rdf", "jsonld", "trig"],
        ),
    ] {
        for format in formats {
            let mut out = Vec::new();
            let answer = ask(&index, &Base::default(), query, &Options::default()).unwrap();
            answer
                .write(Format::named(format).unwrap(), &prefixes, None, &mut out)
                .unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(out.contains("Kaupang Accord"), "{format}");
            let raw =
                |character| matches!(format, "table" | "xml" | "rdf") && out.contains(character);
            assert!(!raw('\u{1}'), "{format}");
        }
    }
}
