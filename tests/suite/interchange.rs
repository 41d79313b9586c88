//! Out and in again: profiles and formats say what they cannot do, claims from elsewhere pass the checks or are listed,
//! exports come back byte for byte.

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use kilde::{
    claim::{Claim, JsonView},
    document::Article,
    export::{
        csv, cypher, ftm, geojson, graphml,
        rdf::{self, Profile},
        table::{Table, Tables},
    },
    import::{Imported, Lines, import_lines, import_quads},
    query::{Filter, View},
    store::{Store, StoredDocument, sorted_lines},
};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Quad,
};

use crate::{
    sample::{article, rich},
    world::{stored, world},
};

const TEXT: &str =
    "Norland and Vestia signed a treaty in Kaupang, Ane Berg said. Ostland attacked Vestia.";

fn exported(store: &Store, format: RdfFormat, profile: Profile, infer: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let options = rdf::Options {
        profile,
        infer,
        ..rdf::Options::default()
    };
    rdf::write(store, format, &options, &mut out).unwrap();
    out
}

fn quads(bytes: &[u8], format: RdfFormat) -> Vec<Quad> {
    let parser = RdfParser::from_format(format).for_slice(bytes);
    parser.collect::<Result<_, _>>().unwrap()
}

fn json_lines(store: &Store) -> String {
    let mut lines = String::new();
    for document in store.documents().unwrap().map(Result::unwrap) {
        let view = JsonView::new(&document.article, &document.entities, store.ontology());
        for claim in &document.claims {
            lines += &format!("{}\n", view.claim(claim));
        }
    }
    lines
}

fn claims(store: &Store) -> Vec<Claim> {
    let documents: Vec<StoredDocument> = store.documents().unwrap().map(Result::unwrap).collect();
    documents.into_iter().flat_map(|one| one.claims).collect()
}

/// Claims in which nothing can be lost.
fn all_kinds(folder: &Path) -> Store {
    let mut readings = world();
    readings.push(rich());
    stored(folder, &readings)
}

#[test]
fn a_claim_reifies_its_triple() {
    let folder = tempfile::tempdir().unwrap();
    let store = all_kinds(folder.path());
    let bytes = exported(&store, RdfFormat::NQuads, Profile::Rdf12, false);
    let reified = quads(&bytes, RdfFormat::NQuads);
    let reified: Vec<&Quad> = reified
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("#reifies"))
        .collect();
    assert_eq!(reified.len(), claims(&store).len());
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("ns#subject>"), "the triple term says it");
    assert!(text.contains("ns#subjectMention>"));
    let error = rdf::write(
        &store,
        RdfFormat::RdfXml,
        &rdf::Options {
            profile: Profile::Rdf12,
            ..rdf::Options::default()
        },
        &mut Vec::new(),
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "RDF/XML cannot hold the profile rdf12; write one of ttl, nt, nq, trig"
    );
}

#[test]
fn nanopublications_have_four_graphs_and_assert_only_what_is_told_as_fact() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &world());
    let all = quads(
        &exported(&store, RdfFormat::NQuads, Profile::Nanopub, false),
        RdfFormat::NQuads,
    );
    let graphs: std::collections::BTreeSet<String> =
        all.iter().map(|quad| quad.graph_name.to_string()).collect();
    assert_eq!(graphs.len(), 4 * claims(&store).len());
    let plain = all
        .iter()
        .filter(|quad| quad.graph_name.to_string().ends_with("#assertion>"))
        .filter(|quad| quad.subject.to_string().contains("/entity/"))
        .count();
    let edges = claims(&store).iter().filter(|one| one.makes_edge()).count();
    assert_eq!(plain, edges);
}

#[test]
fn alignments_add_and_take_nothing_away() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &world());
    let lines = |infer| {
        let bytes = exported(&store, RdfFormat::NQuads, Profile::Claims, infer);
        let text = String::from_utf8(bytes).unwrap();
        text.lines()
            .map(str::to_owned)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (plain, more) = (lines(false), lines(true));
    assert!(plain.is_subset(&more) && more.len() > plain.len());
    let has = |part: &str| more.iter().any(|line| line.contains(part));
    assert!(has(
        "/entity/ane-berg> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Person>"
    ));
    assert!(has(
        "/entity/norland> <https://w3id.org/kilde/ns#ledBy> <https://w3id.org/kilde/id/entity/ane-berg>"
    ));
    let about_ontology = |line: &String| line.starts_with("<https://w3id.org/kilde/ns#");
    assert!(!more.iter().any(about_ontology));
}

#[test]
fn exports_come_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let store = all_kinds(&folder.path().join("one"));
    for format in [RdfFormat::NQuads, RdfFormat::TriG] {
        let bytes = exported(&store, format, Profile::Claims, false);
        let other = tempfile::tempdir().unwrap();
        let other = stored(other.path(), &[]);
        let done = import_quads(&other, Cursor::new(&bytes), format, Path::new("x")).unwrap();
        assert_eq!((done.documents, done.refused.len()), (4, 0), "{done:?}");
        assert!(exported(&other, format, Profile::Claims, false) == bytes);
        let again = import_quads(&other, Cursor::new(&bytes), format, Path::new("x")).unwrap();
        assert_eq!((again.documents, again.claims), (0, 0));
    }
    let documents = store.documents().unwrap().map(Result::unwrap);
    let articles = documents
        .map(|one| (one.article.id.clone(), one.article))
        .collect();
    let other = tempfile::tempdir().unwrap();
    let other = stored(other.path(), &[]);
    let given = Lines {
        articles: &articles,
        maker: None,
    };
    let lines = json_lines(&store);
    let done = import_lines(&other, Cursor::new(&lines), Path::new("x"), given).unwrap();
    assert_eq!(done.refused, []);
    assert_eq!(json_lines(&other), lines);
}

#[test]
fn a_document_that_was_tampered_with_loses_that_claim_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &world());
    let mut all = quads(
        &exported(&store, RdfFormat::NQuads, Profile::Claims, false),
        RdfFormat::NQuads,
    );
    let victim = claims(&store)[0].id.clone();
    all.retain(|quad| {
        !(quad.subject.to_string().contains(&victim)
            && quad.predicate.as_str().ends_with("#wasDerivedFrom"))
    });
    let other = tempfile::tempdir().unwrap();
    let other = stored(other.path(), &[]);
    let bytes = sorted_lines(&all);
    let done = import_quads(
        &other,
        Cursor::new(bytes),
        RdfFormat::NQuads,
        Path::new("x"),
    )
    .unwrap();
    assert_eq!(done.claims, claims(&store).len() - 1);
    assert_eq!(done.refused.len(), 1);
    assert!(done.refused[0].what.contains(&victim));
    // A text that is not the one that names the document takes all of it along.
    let text = sorted_lines(&all).replace("signed a treaty", "signed no treaty");
    let third = tempfile::tempdir().unwrap();
    let third = stored(third.path(), &[]);
    let done = import_quads(&third, Cursor::new(text), RdfFormat::NQuads, Path::new("x")).unwrap();
    assert_eq!(done.documents, 2);
    assert!(
        done.refused
            .iter()
            .any(|one| one.what.starts_with("document "))
    );
}

fn brought(lines: &str, maker: Option<&str>) -> (tempfile::TempDir, Store, Imported) {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &[]);
    let articles: BTreeMap<String, Article> =
        BTreeMap::from([("treaty".to_owned(), article("treaty", TEXT))]);
    let given = Lines {
        articles: &articles,
        maker,
    };
    let done = import_lines(&store, Cursor::new(lines), Path::new("x"), given).unwrap();
    (folder, store, done)
}

#[test]
fn claims_from_elsewhere_need_little() {
    let line = r#"{"document":"treaty","subject":{"label":"Norland","type":"State"},"property":"agreesWith","object":{"label":"Vestia","type":"State"},"evidence":"Norland and Vestia signed a treaty in Kaupang","speaker":{"label":"Ane Berg","type":"Person"},"date":"2024-03","confidence":0.8}"#;
    let (_folder, store, done) = brought(line, Some("a person"));
    assert_eq!((done.claims, done.refused.len()), (1, 0), "{done:?}");
    let claim = &claims(&store)[0];
    assert_eq!(&*claim.rule, "import/a person/claim");
    assert_eq!(claim.event.as_deref(), Some("AGREE"));
    assert_eq!(&*claim.speaker.as_ref().unwrap().entity, "ane-berg");
    let bytes = exported(&store, RdfFormat::NQuads, Profile::Claims, false);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("prov#wasAttributedTo> <https://w3id.org/kilde/id/maker/a%20person>"));
    assert!(
        text.contains(
            "/maker/a%20person> <http://www.w3.org/2000/01/rdf-schema#label> \"a person\""
        )
    );
}

#[track_caller]
fn check_refusal(change: impl Fn(&mut serde_json::Value), reason: &str) {
    let mut line = serde_json::json!({
        "document": "treaty", "maker": "test", "property": "attacks",
        "subject": {"label": "Ostland", "type": "State"}, "object": {"label": "Vestia", "type": "State"},
        "evidence": {"text": "Ostland attacked Vestia"},
    });
    change(&mut line);
    let (.., done) = brought(&line.to_string(), None);
    let reasons: Vec<&str> = done.refused.iter().map(|one| &*one.reason).collect();
    assert_eq!(reasons, [reason]);
    assert_eq!(done.refused[0].line, Some(1));
}

#[test]
fn claims_that_do_not_pass_are_listed_with_the_reason() {
    let set = |key: &'static str, value: serde_json::Value| {
        move |line: &mut serde_json::Value| line[key] = value.clone()
    };
    let text = |text: &str| serde_json::json!(text);
    check_refusal(
        set("document", text("other")),
        "Its document is neither in the store nor among the articles given.",
    );
    check_refusal(
        set("evidence", text("Ostland attacked Sorland")),
        "The words of its evidence, \"Ostland attacked Sorland\", stand nowhere in the text.",
    );
    check_refusal(
        set(
            "evidence",
            serde_json::json!({"text": "Ostland", "start": 0, "end": 7}),
        ),
        "The words of its evidence are not what stands at 0 to 7.",
    );
    check_refusal(
        set("property", text("loves")),
        "It names no relation of the ontology.",
    );
    check_refusal(
        set("maker", serde_json::Value::Null),
        "Nobody is named as its maker; add \"maker\" to the line, or say --maker.",
    );
    check_refusal(
        set("polarity", text("perhaps")),
        "Its polarity is none that there is: \"perhaps\".",
    );
    check_refusal(
        set(
            "object",
            serde_json::json!({"label": "Ostland", "type": "State"}),
        ),
        "Subject and object are both ostland.",
    );
    check_refusal(
        set(
            "subject",
            serde_json::json!({"label": "Norland", "type": "State"}),
        ),
        "The words of the subject lie outside the evidence.",
    );
    check_refusal(
        set(
            "subject",
            serde_json::json!({"label": "Ostland", "type": "Law"}),
        ),
        "ASSAULT admits no Law as its subject, only Actor.",
    );
    let (.., done) = brought("{\n[]\n", Some("x"));
    assert_eq!(done.refused.len(), 2);
}

#[test]
fn an_empty_graph_gives_valid_empty_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &[]);
    for (_, format, _) in kilde::rdf::FORMATS {
        assert_eq!(
            quads(&exported(&store, *format, Profile::Claims, true), *format),
            []
        );
    }
    let all = |_: &Claim, _: &StoredDocument| true;
    let tables = Tables::new(&store, "en", &all).unwrap();
    let mut out = Vec::new();
    csv::write(&tables, Table::Claims, csv::Options::default(), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
    let mut out = Vec::new();
    geojson::write(&tables, &mut out).unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&out).is_ok());
    ftm::write(&tables, &mut Vec::new()).unwrap();
    cypher::write(&tables, &mut Vec::new()).unwrap();
    graphml::write_claims(&tables, &mut Vec::new()).unwrap();
}

#[test]
fn paths_and_disputes_are_parts_of_the_graph() {
    let folder = tempfile::tempdir().unwrap();
    let view = View::of_store(&stored(folder.path(), &world())).unwrap();
    let ids = |filter: &Filter| -> Vec<String> {
        let graph = view.graph(filter);
        graph
            .node_weights()
            .map(|node| node.id.to_string())
            .collect()
    };
    let path = Filter {
        path: Some(("kari-dahl".into(), "vestia".into())),
        ..Filter::default()
    };
    assert_eq!(
        ids(&path),
        ["folkefronten", "kari-dahl", "ostland", "vestia"]
    );
    let nowhere = Filter {
        path: Some(("kari-dahl".into(), "nobody".into())),
        ..Filter::default()
    };
    assert_eq!(ids(&nowhere), Vec::<String>::new());
    let disputed = Filter {
        disputed_only: true,
        ..Filter::default()
    };
    assert_eq!(ids(&disputed), ["ostland", "vestia"]);
}

#[test]
fn what_cannot_be_written_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    drop(stored(folder.path(), &world()));
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kilde"));
        let done = command
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    fs::write(folder.path().join("graph.ttl"), "whole").unwrap();
    for (arguments, words) in [
        (
            &["export", "-o", "graph.ttl", "--profile", "quads"][..],
            "write one of edges, claims, rdf12, nanopub",
        ),
        (
            &["export", "-o", "graph.ttl", "--profile", "nanopub"],
            "Turtle cannot hold the profile nanopub",
        ),
        (
            &["export", "-o", "graph.ttl", "--spreadsheet-safe"],
            "--spreadsheet-safe is for csv and tsv",
        ),
        (
            &["export", "-o", "graph.csv", "--profile", "edges"],
            "are for RDF",
        ),
        (&["export", "-f", "neo4j"], "name a folder"),
        (&["export", "-o", "a.geojson", "--since", "May"], "--since"),
        (&["import", "graph.ttl"], "cannot be imported"),
        (&["push", "--endpoint", "ftp://x"], "http://"),
    ] {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("graph.ttl")).unwrap(),
        "whole"
    );
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
    #[cfg(target_os = "linux")]
    {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kilde"));
        let done = command
            .args(["export", "-f", "ttl"])
            .current_dir(folder.path())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2));
        assert!(
            String::from_utf8(done.stderr)
                .unwrap()
                .contains("No space left")
        );
    }
}
