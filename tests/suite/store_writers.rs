//! Several threads and several processes at one store: killed writers, locks.

use std::{
    env,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use kilde::store::{Store, StoreError};

use crate::sample::short;

const FOLDER: &str = "KILDE_TEST_WRITER";

/// Does nothing as a test of its own; as a process that another test starts, it writes until it is killed.
#[test]
fn writer_process() {
    let Ok(folder) = env::var(FOLDER) else {
        return;
    };
    let store = Store::open_or_create(Path::new(&folder), None).unwrap();
    for number in 0.. {
        let relation = if number % 2 == 0 { "AID" } else { "ACCUSE" };
        let mut reading = short(
            &format!("doc{}", number % 20),
            "norland",
            relation,
            "vestia",
        );
        // A longer and longer text under the same id: a document that takes another's place.
        reading.article.text += &" And so on.".repeat(number / 20);
        let reading = crate::sample::reading(reading.article, reading.entities, reading.claims);
        store.put(&reading).unwrap();
        if number == 40 {
            // Tells the other process that the store is in use.
            eprintln!("writing");
        }
    }
}

fn start_writer(folder: &Path) -> Child {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "store_writers::writer_process", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut word = [0; 7];
    child
        .stderr
        .as_mut()
        .unwrap()
        .read_exact(&mut word)
        .unwrap();
    assert_eq!(&word, b"writing");
    child
}

#[test]
fn a_killed_writer_leaves_whole_documents_only() {
    let folder = tempfile::tempdir().unwrap();
    let kg = folder.path().join("kg");
    for round in 0..8 {
        let mut writer = start_writer(&kg);
        assert!(matches!(Store::open(&kg), Err(StoreError::Locked { .. })));
        thread::sleep(Duration::from_millis(7 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let store = Store::open(&kg).unwrap();
        let documents: Vec<_> = store
            .documents()
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let mut ids: Vec<_> = documents.iter().map(|one| &one.article.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), documents.len()), (20, 20));
        assert!(store.index().is_ok());
    }
}

#[test]
fn threads_put_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(&folder.path().join("kg"), None).unwrap();
    thread::scope(|scope| {
        for part in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for number in 0..10 {
                    let id = format!("doc{part}-{number}");
                    store.put(&short(&id, "norland", "AID", "vestia")).unwrap();
                }
            });
        }
    });
    assert_eq!(store.hashes().unwrap().len(), 40);
}
