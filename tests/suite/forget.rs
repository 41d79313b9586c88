//! Forgetting equals never having read, and the order of reading makes no difference: over the sample articles.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use kilde::{
    claim::Reading,
    export,
    pipeline::{Knowledge, Models, Outcome, read_all},
    read::{self, Input, ReadOptions},
    store::Store,
};
use oxigraph::io::RdfFormat;

use crate::{
    cli::{refused, run},
    world::Dice,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn models() -> PathBuf {
    std::env::var_os("KILDE_MODELS").map_or_else(|| root().join("models"), PathBuf::from)
}

/// What is read from the sample articles, once for all tests.
pub(crate) fn readings() -> &'static [Reading] {
    static READINGS: OnceLock<Vec<Reading>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let inputs = [Input::from(root().join("seeds/articles"))];
        let articles = read::articles(&inputs, &ReadOptions::default());
        let mut readings = Vec::new();
        let models = Models::find(Some(&models()));
        read_all(
            articles,
            &models,
            Knowledge::embedded().unwrap(),
            |outcome| {
                match outcome {
                    Outcome::Read(reading) => readings.push(*reading),
                    other => panic!("{other:?}"),
                }
                Ok::<_, ()>(())
            },
        )
        .unwrap();
        assert!(readings.len() >= 20);
        readings
    })
}

pub(crate) fn exported(store: &Store) -> Vec<u8> {
    let mut out = Vec::new();
    let options = export::rdf::Options::default();
    export::rdf::write(store, RdfFormat::NQuads, &options, &mut out).unwrap();
    out
}

fn built<'a>(readings: impl Iterator<Item = &'a Reading>) -> (tempfile::TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(&folder.path().join("kg"), None).unwrap();
    for reading in readings {
        store.put(reading).unwrap();
    }
    let bytes = exported(&store);
    (folder, bytes)
}

#[test]
fn forgetting_equals_never_having_read() {
    let readings = readings();
    let (folder, all) = built(readings.iter());
    let kg = folder.path().join("kg");
    for gone in readings {
        let (_without, expected) = built(
            readings
                .iter()
                .filter(|one| one.article.id != gone.article.id),
        );
        assert_ne!(all, expected);
        let store = Store::open_to_write(&kg).unwrap();
        assert!(store.remove(&gone.article.id).unwrap());
        store.sync().unwrap();
        let id = &gone.article.id;
        assert!(exported(&store) == expected, "{id}");
        // Nothing beside the graph remembers it either.
        let sources = fs::read_to_string(kg.join("sources.jsonl")).unwrap();
        assert!(!sources.contains(&format!("\"{id}\"")), "{sources}");
        store.put(gone).unwrap();
        assert!(exported(&store) == all, "{id}");
    }
}

/// As many as `KILDE_PERMUTATIONS` says, else a few.
#[test]
fn any_order_and_batching_gives_the_same_bytes() {
    let rounds = std::env::var("KILDE_PERMUTATIONS").map_or(12, |rounds| rounds.parse().unwrap());
    let readings = readings();
    let (_folder, expected) = built(readings.iter());
    let mut dice = Dice(42);
    for round in 0..rounds {
        let folder = tempfile::tempdir().unwrap();
        let kg = folder.path().join("kg");
        let mut order: Vec<&Reading> = readings.iter().collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        while !order.is_empty() {
            let batch = order.split_off(order.len() - (1 + dice.below(order.len())));
            let store = Store::open_or_create(&kg, None).unwrap();
            for reading in batch {
                if dice.below(3) == 0 {
                    // An older text of the same article gives way.
                    let mut older = reading.clone();
                    older.article.text += "\nMore was to follow.";
                    older.claims.clear();
                    store.put(&older).unwrap();
                }
                store.put(reading).unwrap();
                if dice.below(4) == 0 {
                    store.remove(&reading.article.id).unwrap();
                    store.put(reading).unwrap();
                }
            }
            store.sync().unwrap();
        }
        let bytes = exported(&Store::open(&kg).unwrap());
        assert!(bytes == expected, "round {round}");
    }
}

#[test]
fn documents_are_chosen_by_id_publisher_and_date() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let article = |id: &str, publisher: &str, date: &str, text: &str| {
        serde_json::json!({"id": id, "lang": "en", "publisher": publisher, "date": date, "text": text}).to_string() + "\n"
    };
    let news = [
        article(
            "a",
            "Kaupang Post",
            "2019-05-01",
            "Egypt accused Sudan of lying.",
        ),
        article(
            "b",
            "Kaupang Post",
            "2021-05-01",
            "Egypt accused Libya of lying.",
        ),
        article("c", "Radio Sør", "2020", "Egypt accused Qatar of lying."),
        article(
            "d",
            "Radio Sør",
            "2023-01",
            "Egypt accused Kuwait of lying.",
        ),
    ]
    .concat();
    run(&["build", "-", "-q"], at, &news, 0);
    let left = || {
        let (out, _) = run(&["query", "--named", "documents", "-f", "csv"], at, "", 0);
        let ids = out.lines().skip(1);
        ids.map(|line| line.split(',').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let dry = ["forget", "--publisher", "kaupang post", "--dry-run"];
    let (out, said) = run(&dry, at, "", 0);
    assert_eq!(out, "a\nb\n");
    assert!(
        said.contains("2 documents with 2 claims would be forgotten"),
        "{said}"
    );
    assert_eq!(left(), ["a", "b", "c", "d"]);
    // Of a year that is only known as 2020 some may lie before July.
    assert_eq!(
        run(&["forget", "--before", "2020-07", "-n"], at, "", 0).0,
        "a\n"
    );
    assert_eq!(
        run(&["forget", "--before", "2021", "-n"], at, "", 0).0,
        "a\nc\n"
    );
    let both = ["forget", "--before", "2021", "--publisher", "Radio Sør"];
    assert_eq!(run(&both, at, "", 0).0, "c\n");
    run(&["forget", "d", "a"], at, "", 0);
    assert_eq!(left(), ["b"]);
    refused(
        &["forget", "b", "zz"],
        at,
        "",
        2,
        &["no document 'zz'", "nothing was forgotten"],
    );
    refused(
        &["forget", "--before", "1999"],
        at,
        "",
        1,
        &["No document fits"],
    );
    refused(
        &["forget", "b", "--before", "1999"],
        at,
        "",
        2,
        &["cannot be used with"],
    );
    assert_eq!(left(), ["b"]);
    run(
        &["build", "-", "-q", "--store", "other"],
        at,
        news.lines().nth(1).unwrap(),
        0,
    );
    let export = |store| run(&["export", "--store", store, "-f", "nq"], at, "", 0).0;
    assert_eq!(export("kg"), export("other"));
}
