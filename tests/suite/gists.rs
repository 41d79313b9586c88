//! Gists are derived: whatever becomes of their files, graphs and views are those of the documents.

use std::{fs, path::Path};

use kilde::{
    graph::Graph,
    query::{Filter, View},
    store::{During, Gist, Scope, Store, StoredDocument},
};

use crate::sample::{rich, short};

const SIGNED: &str = "author = \"A\", date = 2026-01-02, reason = \"a test\"";

fn made(at: &Path) {
    let store = Store::create(at, &kilde::store::Base::default()).unwrap();
    store.put(&rich()).unwrap();
    store
        .put(&short("other", "norland", "AID", "vestia"))
        .unwrap();
    store.sync().unwrap();
}

/// What a graph shows, and who is in it.
fn shown(graph: &Graph) -> String {
    format!("{graph:?}")
}

#[track_caller]
fn check(store: &Store) {
    let documents: Vec<StoredDocument> = store.documents().unwrap().map(Result::unwrap).collect();
    let own = View::of_documents(&documents, store.base(), store.ontology());
    let view = View::of_store(store).unwrap();
    let filter = Filter::default();
    let expected = shown(&own.graph(&filter));
    assert!(expected.contains("quote"), "{expected}");
    assert_eq!(shown(&view.graph(&filter)), expected);
    assert!(view.entities().iter().eq(own.entities().iter()));
    for (gist, document) in store.gists().unwrap().into_iter().zip(&documents) {
        assert_eq!(gist.document, Gist::of(document).document);
    }
}

fn change(at: &Path, change: impl Fn(&str) -> String) {
    for file in fs::read_dir(at.join("gists")).unwrap() {
        let file = file.unwrap().path();
        let before = fs::read_to_string(&file).unwrap();
        let after = change(&before);
        assert_ne!(before, after, "nothing changed");
        fs::write(&file, after).unwrap();
    }
}

#[test]
fn gists_that_are_damaged_are_made_again() {
    let changes: [fn(&str) -> String; 6] = [
        |_| String::new(),
        |text| text[..text.len() / 2].to_owned(),
        // Of another version: an entity, a claim, a document otherwise than now.
        |text| text.replace("\"labels\":", "\"names\":"),
        |text| text.replace("\"polarity\":", "\"sign\":"),
        |text| text.replace("\"meta\":", "\"about\":"),
        // Of another file.
        |text| text.replacen("\"bytes\":\"", "\"bytes\":\"0", 1),
    ];
    for damage in changes {
        let folder = tempfile::tempdir().unwrap();
        made(folder.path());
        check(&Store::open(folder.path()).unwrap());
        change(folder.path(), damage);
        check(&Store::open(folder.path()).unwrap());
    }
}

#[test]
fn graphs_of_a_store_are_as_corrected_and_of_the_time_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path());
    let whole = shown(
        &View::of_store(&Store::open(folder.path()).unwrap())
            .unwrap()
            .graph(&Filter::default()),
    );
    let corrections = folder.path().join("corrections");
    fs::create_dir_all(&corrections).unwrap();
    let merge =
        format!("corrections = [\n  {{ merge = \"vestia\", into = \"norland\", {SIGNED} }},\n]\n");
    fs::write(corrections.join("own.toml"), merge).unwrap();
    let store = Store::open(folder.path()).unwrap();
    check(&store);
    let corrected = View::of_store(&store).unwrap();
    assert!(corrected.entities().get("vestia").is_none());
    assert_ne!(shown(&corrected.graph(&Filter::default())), whole);
    let during = Scope {
        during: Some(During {
            from: "2024-02".parse().ok(),
            to: "2024-02".parse().ok(),
        }),
        ..Scope::default()
    };
    check(&store.with_scope(during).unwrap());
}
