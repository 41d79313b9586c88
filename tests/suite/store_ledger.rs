//! A store that is opened looks only at the folders of documents that changed since it was written to, and misses nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kilde::{
    claim::{Reading, document_hash},
    store::{PutOutcome, Store},
};

use crate::sample::{reading, short};

/// More documents than folders that are looked at one by one.
const DOCUMENTS: usize = 40;

fn number(at: usize) -> Reading {
    short(&format!("doc{at}"), "norland", "AID", "vestia")
}

/// The same id, another text.
fn longer(at: usize) -> Reading {
    let mut longer = number(at);
    longer.article.text += " And so on.";
    reading(longer.article, longer.entities, longer.claims)
}

fn made(folder: &Path) -> PathBuf {
    let kg = folder.join("kg");
    let store = Store::open_or_create(&kg, None).unwrap();
    for at in 0..DOCUMENTS {
        store.put(&number(at)).unwrap();
    }
    store.sync().unwrap();
    kg
}

/// The hashes found for each id, one handle for each: what was looked for before plays no part.
fn found(kg: &Path, ids: usize) -> Vec<BTreeSet<String>> {
    let find = |at| Store::open(kg).unwrap().find(&format!("doc{at}")).unwrap();
    (0..ids).map(find).collect()
}

fn hashes(readings: impl Iterator<Item = Reading>) -> Vec<BTreeSet<String>> {
    readings
        .map(|one| BTreeSet::from([document_hash(&one.article)]))
        .collect()
}

fn file(kg: &Path, reading: &Reading) -> PathBuf {
    let hash = document_hash(&reading.article);
    kg.join("documents")
        .join(&hash[..2])
        .join(format!("{hash}.nq"))
}

#[test]
fn documents_are_found_by_id_whatever_was_read_before() {
    let folder = tempfile::tempdir().unwrap();
    let kg = made(folder.path());
    let expected = hashes((0..DOCUMENTS).map(number));
    assert_eq!(found(&kg, DOCUMENTS), expected);
    let one = Store::open(&kg).unwrap();
    for (at, hashes) in expected.iter().enumerate() {
        assert_eq!(&one.find(&format!("doc{at}")).unwrap(), hashes);
    }
    assert!(one.find("doc").unwrap().is_empty());
}

#[test]
fn another_text_takes_the_place_of_the_old_one_in_a_store_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let kg = made(folder.path());
    let store = Store::open_to_write(&kg).unwrap();
    assert_eq!(store.put(&longer(3)).unwrap(), PutOutcome::Replaced);
    assert_eq!(store.put(&number(4)).unwrap(), PutOutcome::Unchanged);
    assert!(store.remove("doc5").unwrap());
    store.sync().unwrap();
    drop(store);
    for name in ["sources.jsonl", "folders.json"] {
        let text = fs::read_to_string(kg.join(name)).unwrap();
        for gone in [number(3), number(5)] {
            assert!(!text.contains(&document_hash(&gone.article)), "{name}");
        }
    }
    let mut expected = hashes((0..DOCUMENTS).map(number));
    expected[3] = hashes([longer(3)].into_iter()).remove(0);
    expected[5].clear();
    assert_eq!(found(&kg, DOCUMENTS), expected);
}

#[test]
fn what_comes_and_goes_by_other_hands_is_seen() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let kg = made(folder.path());
    let elsewhere = Store::open_or_create(&other.path().join("kg"), None).unwrap();
    elsewhere.put(&longer(DOCUMENTS)).unwrap();
    let stranger = longer(DOCUMENTS);
    fs::create_dir_all(file(&kg, &stranger).parent().unwrap()).unwrap();
    fs::copy(
        file(&other.path().join("kg"), &stranger),
        file(&kg, &stranger),
    )
    .unwrap();
    fs::remove_file(file(&kg, &number(7))).unwrap();
    let mut expected = hashes((0..DOCUMENTS).map(number).chain([stranger]));
    expected[7].clear();
    assert_eq!(found(&kg, DOCUMENTS + 1), expected);
    // And the one who writes next notes it.
    Store::open_to_write(&kg).unwrap().sync().unwrap();
    let store = Store::open_to_write(&kg).unwrap();
    store.cards().unwrap();
    store.sync().unwrap();
    drop(store);
    assert_eq!(found(&kg, DOCUMENTS + 1), expected);
    let sources = fs::read_to_string(kg.join("sources.jsonl")).unwrap();
    assert!(!sources.contains(&document_hash(&number(7).article)));
    assert!(sources.contains(&document_hash(&longer(DOCUMENTS).article)));
}

#[test]
fn without_the_ledger_or_the_list_every_file_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let kg = made(folder.path());
    let expected = hashes((0..DOCUMENTS).map(number));
    for name in ["folders.json", "sources.jsonl"] {
        fs::remove_file(kg.join(name)).unwrap();
        assert_eq!(found(&kg, DOCUMENTS), expected, "{name}");
    }
    let store = Store::open_to_write(&kg).unwrap();
    assert_eq!(store.put(&longer(1)).unwrap(), PutOutcome::Replaced);
    store.sync().unwrap();
    drop(store);
    let sources = fs::read_to_string(kg.join("sources.jsonl")).unwrap();
    assert_eq!(sources.lines().count(), DOCUMENTS);
    assert!(kg.join("folders.json").exists());
}
