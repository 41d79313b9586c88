//! Corrections lie over the documents: what they change, that deleting a line undoes it, and what is refused.

use std::{fs, path::Path};

use kilde::{
    query::{Filter, View},
    store::{Store, StoreError, StoredDocument},
};
use oxigraph::model::GraphNameRef;

use crate::{
    cli::{refused, run},
    forget::exported,
    world::{stored, world},
};

const SIGNED: &str = "author = \"Ane\", date = 2026-01-02, reason = \"It is known.\"";

fn world_store(folder: &Path) -> Store {
    stored(folder, &world())
}

/// Writes lines of corrections, each without its signature, beside the store.
fn correct(folder: &Path, lines: &[String]) {
    let lines: String = lines
        .iter()
        .map(|line| format!("  {{ {line}, {SIGNED} }},\n"))
        .collect();
    fs::create_dir_all(folder.join("kg/corrections")).unwrap();
    let file = folder.join("kg/corrections/own.toml");
    fs::write(file, format!("corrections = [\n{lines}]\n")).unwrap();
}

fn open(folder: &Path) -> Store {
    Store::open(&folder.join("kg")).unwrap()
}

fn document(store: &Store, id: &str) -> StoredDocument {
    let hash = store.find(id).unwrap().pop_first().unwrap();
    store.document(&hash).unwrap()
}

fn claim_id(store: &Store, document: &str, relation: &str) -> String {
    let document = self::document(store, document);
    let claim = document
        .claims
        .iter()
        .find(|one| &*one.relation == relation);
    claim.unwrap().id.clone()
}

/// Edges as `subject relation object`, of what is told as fact.
fn edges(store: &Store) -> Vec<String> {
    let graph = View::of_store(store).unwrap().graph(&Filter {
        plain_only: true,
        ..Filter::default()
    });
    graph
        .edge_indices()
        .map(|edge| {
            let (from, to) = graph.edge_endpoints(edge).unwrap();
            format!(
                "{} {} {}",
                graph[from].id, graph[edge].property, graph[to].id
            )
        })
        .collect()
}

#[test]
fn two_actors_become_one_and_two_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let before = exported(&world_store(at));
    correct(at, &["merge = \"ostland\", into = \"vestia\"".to_owned()]);
    let store = open(at);
    let found = edges(&store);
    assert!(
        found.contains(&"ane-berg condemns vestia".to_owned()),
        "{found:?}"
    );
    assert!(
        found.iter().all(|edge| !edge.contains("ostland")),
        "{found:?}"
    );
    // A claim that would be about one actor alone is none.
    assert!(
        document(&store, "raid")
            .claims
            .iter()
            .all(|claim| &*claim.relation != "ASSAULT")
    );
    let text = String::from_utf8(exported(&store)).unwrap();
    assert!(text.contains("ns#correctionKind> \"merge\""));
    // Its names are names of the other.
    assert!(text.contains(
        "entity/vestia> <http://www.w3.org/2004/02/skos/core#altLabel> \"Ostland\"@en ."
    ));
    // The files are as they were read, and without the line the graph is as it was.
    let hash = store.find("raid").unwrap().pop_first().unwrap();
    assert!(
        String::from_utf8(store.document_file(&hash).unwrap())
            .unwrap()
            .contains("entity/ostland")
    );
    correct(at, &[]);
    assert!(exported(&open(at)) == before);
}

#[test]
fn an_actor_is_another_one_in_some_documents() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    world_store(at);
    let split = "split = \"ostland\", into = \"ostland-fc\", documents = [\"rumour\"], type = \"Organization\", label = \"Ostland FC\"";
    correct(at, &[split.to_owned()]);
    let store = open(at);
    assert_eq!(
        &*document(&store, "rumour").claims[0].object.entity,
        "ostland-fc"
    );
    let entities = View::of_store(&store).unwrap().entities().clone();
    let card = entities.get("ostland-fc").unwrap();
    assert_eq!(
        (card.label("en"), &*card.kind, card.wikidata.as_ref()),
        ("Ostland FC", "Organization", None)
    );
    assert_eq!(&*entities.get("ostland").unwrap().kind, "State");
    assert!(edges(&store).contains(&"ane-berg condemns ostland".to_owned()));
}

#[test]
fn an_actor_gets_another_type() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    world_store(at);
    correct(
        at,
        &["retype = \"ostland\", type = \"Territory\"".to_owned()],
    );
    let store = open(at);
    let view = View::of_store(&store).unwrap();
    assert_eq!(&*view.entities().get("ostland").unwrap().kind, "Territory");
}

#[test]
fn claims_are_retracted_confirmed_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let store = world_store(at);
    let (leads, aid) = (
        claim_id(&store, "treaty", "LEADS"),
        claim_id(&store, "rumour", "AID"),
    );
    let visit = claim_id(&store, "treaty", "VISIT");
    drop(store);
    correct(
        at,
        &[
            format!("retract = \"{leads}\""),
            format!("confirm = \"{aid}\""),
            format!(
                "change = \"{visit}\", modality = \"asserted\", object = \"vestia\", when = 2024-05-06"
            ),
        ],
    );
    let store = open(at);
    let found = edges(&store);
    assert!(
        !found.iter().any(|edge| edge.contains("leads")),
        "{found:?}"
    );
    // A proposal makes no edge until somebody confirms it.
    assert!(
        found.contains(&"folkefronten aids ostland".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"norland visits vestia".to_owned()),
        "{found:?}"
    );
    let rumour = document(&store, "rumour");
    assert_eq!(
        rumour.claims[0].because.last().unwrap(),
        "Confirmed by Ane on 2026-01-02: It is known."
    );
    let changed = document(&store, "treaty")
        .claims
        .into_iter()
        .find(|one| one.id == visit)
        .unwrap();
    assert_eq!(changed.date, "2024-05-06".parse().ok());
    // The index says the same, and says who corrected what.
    let index = store.index().unwrap();
    let graph = store.base().corrections();
    let told = index
        .quads_in(GraphNameRef::NamedNode(graph.as_ref()), &store)
        .unwrap();
    assert_eq!(
        told.iter()
            .filter(|quad| quad.predicate.as_str().ends_with("correctedBy"))
            .count(),
        3
    );
    refused(
        &["explain", &leads],
        at,
        "",
        2,
        &["own.toml:2", "retracted by Ane on 2026-01-02: It is known."],
    );
    let (out, _) = run(&["corrections"], at, "", 0);
    assert_eq!(out.lines().count(), 3, "{out}");
}

#[test]
fn a_rebuild_loses_no_correction() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let news = "Egypt accused Sudan of delaying the talks.";
    fs::write(at.join("one.txt"), news).unwrap();
    fs::write(
        at.join("fixes.toml"),
        format!("corrections = [\n  {{ merge = \"sudan\", into = \"egypt\", {SIGNED} }},\n]\n"),
    )
    .unwrap();
    run(
        &["build", "one.txt", "-q", "--corrections", "fixes.toml"],
        at,
        "",
        0,
    );
    run(&["claims"], at, "", 1);
    run(&["build", "one.txt", "-q", "--again"], at, "", 0);
    run(&["claims"], at, "", 1);
    let settings = fs::read_to_string(at.join("kg/kilde.toml")).unwrap();
    assert!(
        settings.contains("corrections = \"../fixes.toml\""),
        "{settings}"
    );
    fs::write(at.join("fixes.toml"), "corrections = []\n").unwrap();
    run(&["claims"], at, "", 0);
}

#[track_caller]
fn check_wrong(lines: &[&str], words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    world_store(at);
    correct(
        at,
        &lines
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>(),
    );
    let told = match Store::open(&at.join("kg")) {
        Err(error @ StoreError::Correction { .. }) => error.to_string(),
        Ok(store) => {
            let errors = store.check(store.corrections()).unwrap();
            errors.first().unwrap().to_string()
        }
        Err(other) => panic!("{other}"),
    };
    for word in words {
        assert!(told.contains(word), "no '{word}' in {told}");
    }
}

#[test]
fn what_makes_no_sense_is_told_with_file_and_line() {
    let claim = "0123456789abcdef0123456789abcdef";
    let retract = format!("retract = \"{claim}\"");
    let confirm = format!("confirm = \"{claim}\"");
    check_wrong(
        &["merge = \"nobody\", into = \"vestia\""],
        &["own.toml:2", "no actor", "'nobody'"],
    );
    check_wrong(
        &["merge = \"vestia\", into = \"nobody\""],
        &["own.toml:2", "'nobody'"],
    );
    check_wrong(&[&retract], &["own.toml:2", "no claim", claim]);
    check_wrong(
        &[&retract, &confirm],
        &["own.toml:3", "clashes with the retract in", "own.toml:2"],
    );
    check_wrong(
        &[
            "merge = \"ostland\", into = \"vestia\"",
            "merge = \"ostland\", into = \"norland\"",
        ],
        &["own.toml:3", "clashes with the merge"],
    );
    check_wrong(
        &[
            "merge = \"ostland\", into = \"vestia\"",
            "merge = \"vestia\", into = \"ostland\"",
        ],
        &["merged into itself"],
    );
    check_wrong(
        &["retype = \"vestia\", type = \"Planet\""],
        &["own.toml:2", "no such type"],
    );
    check_wrong(&["retract = \"0123\""], &["own.toml:2", "whole id"]);
    check_wrong(
        &["remove = \"vestia\""],
        &["own.toml:2", "one of these keys"],
    );
    check_wrong(&["merge = \"vestia\""], &["own.toml:2", "no into"]);
    check_wrong(
        &["merge = \"vestia\", onto = \"ostland\""],
        &["own.toml:2", "'onto'"],
    );
    check_wrong(
        &[&format!("change = \"{claim}\", polarity = \"perhaps\"")],
        &["own.toml:2", "positive or negative"],
    );
    check_wrong(
        &["split = \"vestia\", into = \"x\", documents = [\"nowhere\"]"],
        &["own.toml:2", "no document", "'nowhere'"],
    );
}

#[test]
fn corrections_that_make_no_sense_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(
        at.join("one.txt"),
        "Egypt accused Sudan of delaying the talks.",
    )
    .unwrap();
    let unknown =
        format!("corrections = [\n  {{ merge = \"nobody\", into = \"egypt\", {SIGNED} }},\n]\n");
    fs::write(at.join("fixes.toml"), unknown).unwrap();
    refused(
        &["build", "one.txt", "-q", "--corrections", "fixes.toml"],
        at,
        "",
        2,
        &["fixes.toml:2", "no actor of the store has the id 'nobody'"],
    );
    assert!(
        !fs::read_to_string(at.join("kg/kilde.toml"))
            .unwrap()
            .contains("corrections")
    );
    fs::write(at.join("fixes.toml"), "corrections = [\n  { merge = ").unwrap();
    refused(
        &[
            "build",
            "one.txt",
            "--store",
            "new",
            "--corrections",
            "fixes.toml",
        ],
        at,
        "",
        2,
        &["fixes.toml:2"],
    );
    assert!(!at.join("new").exists());
    // Nor is a document forgotten that a correction is about.
    let claim: serde_json::Value = serde_json::from_str(&run(&["claims"], at, "", 0).0).unwrap();
    let id = claim["id"].as_str().unwrap();
    correct(at, &[format!("confirm = \"{id}\"")]);
    refused(
        &["forget", "one"],
        at,
        "",
        2,
        &["own.toml:2", id, "Nothing was forgotten"],
    );
    run(&["claims"], at, "", 0);
}

#[test]
fn a_review_writes_corrections() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(world_store(at));
    // The least certain first: the rumour at 0.3. Then all others, by document.
    let answers =
        "x\na\nSeen in two papers.\nr\n\ns\ne\ncolour=red\ne\nmodality=planned\nSo it says.\nq\n";
    let review = [
        "review",
        "--author",
        "Kari \"K\" Dahl",
        "--date",
        "2026-02-03",
    ];
    let (out, said) = run(&review, at, answers, 0);
    assert!(said.contains("3 corrections written"), "{said}");
    assert!(
        out.contains("\u{ab}Folkefronten helps Ostland\u{bb}"),
        "{out}"
    );
    let text = fs::read_to_string(at.join("kg/corrections/review.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(
        lines[1].contains("confirm = ") && lines[1].contains("reason = \"Seen in two papers.\""),
        "{text}"
    );
    assert!(
        lines[2].contains("retract = ") && lines[2].contains("The text does not say so."),
        "{text}"
    );
    assert!(
        lines[3].contains("change = ") && lines[3].contains("modality = \"planned\""),
        "{text}"
    );
    let store = open(at);
    assert!(store.check(store.corrections()).unwrap().is_empty());
    assert!(edges(&store).contains(&"folkefronten aids ostland".to_owned()));
    drop(store);
    // What has been decided is not asked again.
    let (out, _) = run(&review, at, "q\n", 0);
    assert!(!out.contains("Folkefronten helps Ostland"), "{out}");
}
