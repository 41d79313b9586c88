//! Questions to a small world, with answers worked out by hand.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use expect_test::{Expect, expect};
use kilde::{
    ontology::Ontology,
    query::{Answer, DefaultGraph, Format, NamedQueries, Options, QueryError, ask, ask_named},
    rdf::Prefixes,
    store::{Base, Index},
};

use crate::{
    sample::{rich, short},
    world::{stored, world},
};

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
fn who_says_what() {
    check(
        "who-says-what",
        &[("actor", "Ane Berg")],
        &expect![[r"
        speaker | subject | relation | object | polarity | modality | date | quote | document
        ane-berg | ostland | attacks | vestia | Positive | Asserted | 2024-01-15 | Ostland attacked Vestia, Ane Berg said | raid
        ane-berg | norland | agreesWith | vestia | Positive | Asserted | 2024-03-01 | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
    check(
        "who-says-what",
        &[("actor", "radio-sor")],
        &expect![[r"
        speaker | subject | relation | object | polarity | modality | date | quote | document
        radio-sor | ostland | attacks | vestia | Negative | Asserted | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
}

#[test]
fn about() {
    check(
        "about",
        &[("actor", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        ane-berg | condemns | ostland | Positive | Asserted | - | - | Ane Berg condemned Ostland | raid
        ostland | attacks | vestia | Positive | Asserted | 2024-01-15 | ane-berg | Ostland attacked Vestia, Ane Berg said | raid
        ostland | retreatsFrom | sorland | Positive | Demanded | - | vestia | Vestia demanded that Ostland leave Sørland | raid
        folkefronten | aids | ostland | Positive | Asserted | - | - | Folkefronten helps Ostland | rumour
        norland | visits | ostland | Positive | Planned | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | attacks | vestia | Negative | Asserted | - | kari-dahl | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "about",
        &[("actor", "ostland"), ("since", "2024-03")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        norland | visits | ostland | Positive | Planned | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | attacks | vestia | Negative | Asserted | - | kari-dahl | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "about",
        &[("actor", "norland"), ("until", "2024-02")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        norland | consultsWith | vestia | Positive | Asserted | - | - | Norland met Vestia again | raid
        vestia | consultsWith | norland | Positive | Asserted | 2023 | - | Vestia met Norland in Kaupang | raid
    "]],
    );
}

#[test]
fn between() {
    check(
        "between",
        &[("a", "vestia"), ("b", "norland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        vestia | consultsWith | norland | Positive | Asserted | 2023 | - | Vestia met Norland in Kaupang | raid
        norland | consultsWith | vestia | Positive | Asserted | - | - | Norland met Vestia again | raid
        norland | agreesWith | vestia | Positive | Asserted | 2024-03-01 | ane-berg | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
}

#[test]
fn edges() {
    check(
        "edges",
        &[],
        &expect![[r"
        subject | relation | object | claims | documents
        norland | consultsWith | vestia | 2 | 1
        ane-berg | condemns | ostland | 1 | 1
        ane-berg | leads | norland | 1 | 1
        norland | agreesWith | accord | 1 | 1
        norland | agreesWith | vestia | 1 | 1
        ostland | attacks | vestia | 1 | 1
    "]],
    );
    check(
        "edges",
        &[("wanted", "ACCUSE")],
        &expect![[r"
        subject | relation | object | claims | documents
        ane-berg | condemns | ostland | 1 | 1
    "]],
    );
}

#[test]
fn disputes() {
    check(
        "disputes",
        &[],
        &expect![[r"
        subject | relation | object | affirmed | denied
        ostland | attacks | vestia | 1 | 1
    "]],
    );
}

#[test]
fn denials() {
    check(
        "denials",
        &[],
        &expect![[r"
        speaker | subject | relation | object | modality | date | quote | document
        kari-dahl | ostland | attacks | vestia | Asserted | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty
    "]],
    );
    check(
        "denials",
        &[("actor", "ane-berg")],
        &expect![[r"
        speaker | subject | relation | object | modality | date | quote | document
    "]],
    );
}

#[test]
fn timeline() {
    check(
        "timeline",
        &[("actor", "vestia")],
        &expect![[r"
        date | subject | relation | object | place | quote | document
        2023 | vestia | consultsWith | norland | kaupang | Vestia met Norland in Kaupang | raid
        2024-01-15 | ostland | attacks | vestia | - | Ostland attacked Vestia, Ane Berg said | raid
        2024-03-01 | norland | agreesWith | vestia | kaupang | Norland and Vestia signed a treaty in Kaupang, Ane Berg said | treaty
    "]],
    );
}

#[test]
fn accusations() {
    check(
        "accusations",
        &[("against", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
        ane-berg | condemns | ostland | Positive | Asserted | - | - | Ane Berg condemned Ostland | raid
    "]],
    );
    check(
        "accusations",
        &[("by", "ostland")],
        &expect![[r"
        subject | relation | object | polarity | modality | date | speaker | quote | document
    "]],
    );
}

#[test]
fn meetings() {
    check(
        "meetings",
        &[],
        &expect![[r"
        subject | relation | object | date | place | quote | document
        vestia | consultsWith | norland | 2023 | kaupang | Vestia met Norland in Kaupang | raid
        norland | consultsWith | vestia | - | - | Norland met Vestia again | raid
    "]],
    );
    check(
        "meetings",
        &[("actor", "kari-dahl")],
        &expect![[r"
        subject | relation | object | date | place | quote | document
    "]],
    );
}

#[test]
fn leaders_of() {
    check(
        "leaders-of",
        &[("actor", "norland")],
        &expect![[r"
        leader | polarity | modality | date | speaker | quote | document
        ane-berg | Positive | Asserted | - | - | Ane Berg leads Norland | treaty
    "]],
    );
}

#[test]
fn speakers() {
    check(
        "speakers",
        &[],
        &expect![[r"
        speaker | claims | documents
        ane-berg | 2 | 2
        kari-dahl | 1 | 1
        vestia | 1 | 1
    "]],
    );
    check(
        "speakers",
        &[("least", "2")],
        &expect![[r"
        speaker | claims | documents
        ane-berg | 2 | 2
    "]],
    );
}

#[test]
fn places() {
    check(
        "places",
        &[],
        &expect![[r"
        place | claims | earliest | latest
        kaupang | 2 | 2023-01-01 | 2024-03-01
    "]],
    );
    check(
        "places",
        &[("actor", "ostland")],
        &expect![[r"
        place | claims | earliest | latest
    "]],
    );
}

#[test]
fn most_active() {
    check(
        "most-active",
        &[("least", "2")],
        &expect![[r"
        actor | does | undergoes | claims
        norland | 4 | 2 | 6
        ostland | 3 | 3 | 6
        vestia | 1 | 4 | 5
        ane-berg | 2 | 0 | 2
        folkefronten | 2 | 0 | 2
    "]],
    );
}

#[test]
fn sources() {
    check(
        "sources",
        &[
            ("subject", "norland"),
            ("wanted", "consultsWith"),
            ("object", "vestia"),
        ],
        &expect![[r"
            claim | relation | polarity | modality | speaker | date | quote | document | reported
            5cde9861677774035c1a6e0ef06aa853 | consultsWith | Positive | Asserted | - | - | Norland met Vestia again | raid | 2024-02
            89092090363661f2744233848df3e242 | consultsWith | Positive | Asserted | - | 2023 | Vestia met Norland in Kaupang | raid | 2024-02
        "]],
    );
    check(
        "sources",
        &[
            ("subject", "ostland"),
            ("wanted", "attacks"),
            ("object", "vestia"),
        ],
        &expect![[r"
            claim | relation | polarity | modality | speaker | date | quote | document | reported
            ef800f5edb95b01bbcb7f8e044de744e | attacks | Positive | Asserted | ane-berg | 2024-01-15 | Ostland attacked Vestia, Ane Berg said | raid | 2024-02
            d5f1b172394d3e299075a228caa7cfd1 | attacks | Negative | Asserted | kari-dahl | - | Ostland never attacked Vestia, Kari Dahl told Radio Sør | treaty | 2024-03-02
        "]],
    );
}

#[test]
fn unlinked() {
    check(
        "unlinked",
        &[],
        &expect![[r"
        entity | type | mentions | documents
        folkefronten | ArmedGroup | 2 | 2
        accord | Agreement | 1 | 1
    "]],
    );
}

#[test]
fn planned_or_demanded() {
    check(
        "planned-or-demanded",
        &[],
        &expect![[r"
        subject | relation | object | modality | polarity | date | speaker | quote | document
        norland | visits | ostland | Planned | Positive | 2024-04 | - | Norland will visit Ostland in April | treaty
        ostland | retreatsFrom | sorland | Demanded | Positive | - | vestia | Vestia demanded that Ostland leave Sørland | raid
    "]],
    );
    check(
        "planned-or-demanded",
        &[("actor", "ostland")],
        &expect![[r"
        subject | relation | object | modality | polarity | date | speaker | quote | document
        ostland | retreatsFrom | sorland | Demanded | Positive | - | vestia | Vestia demanded that Ostland leave Sørland | raid
    "]],
    );
}

#[test]
fn documents() {
    check(
        "documents",
        &[],
        &expect![[r#"
        document | language | published | publisher | title | claims
        raid | en | 2024-02 | Kaupang Post | A "title"
        in two lines | 6
        rumour | en | - | Kaupang Post | A "title"
        in two lines | 1
        treaty | en | 2024-03-02 | Kaupang Post | A "title"
        in two lines | 5
    "#]],
    );
}

#[test]
fn neighbours() {
    check(
        "neighbours",
        &[("actor", "norland")],
        &expect![[r#"
        other | claims
        vestia | 3
        accord | 1
        ane-berg | 1
    "#]],
    );
}

#[test]
fn ties() {
    check(
        "ties",
        &[],
        &expect![[r#"
        one | other | claims | cooperation | conflict
        norland | vestia | 3 | 3 | 0
        accord | norland | 1 | 1 | 0
        ane-berg | norland | 1 | 0 | 0
        ane-berg | ostland | 1 | 0 | 1
        ostland | vestia | 1 | 0 | 1
    "#]],
    );
}

#[test]
fn months() {
    check(
        "months",
        &[],
        &expect![[r#"
        month | claims | cooperation | conflict
        2024-01 | 1 | 0 | 1
        2024-02 | 3 | 2 | 1
        2024-03 | 3 | 2 | 0
    "#]],
    );
    check(
        "months",
        &[("actor", "ostland")],
        &expect![[r#"
        month | claims | cooperation | conflict
        2024-01 | 1 | 0 | 1
        2024-02 | 1 | 0 | 1
    "#]],
    );
}

#[test]
fn every_named_query_is_tested_here() {
    let tests = include_str!("query.rs");
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

fn asked(text: &str) -> Result<Answer, QueryError> {
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
