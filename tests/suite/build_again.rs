//! Building again: only what is new or changed is read, what is gone is forgotten if that is asked for.

use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{refused, run};

fn article(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder.join("news")).unwrap();
    fs::write(folder.join("news").join(name), text).unwrap();
}

fn two_articles() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    article(
        folder.path(),
        "one.txt",
        "---\nlang: en\ndate: 2024-05-02\n---\nEgypt accused Sudan of delaying the talks.\n",
    );
    article(
        folder.path(),
        "two.txt",
        "---\nlang: nb\ndate: 2024-05-03\n---\nTyrkia kritiserte Sverige på fredag.\n",
    );
    folder
}

/// The counts of a build: read, new, updated, unchanged, skipped, forgotten, gone.
#[track_caller]
fn build(folder: &Path, arguments: &[&str], code: i32) -> [u64; 7] {
    let all = [&["build", "news", "--json", "-q"], arguments].concat();
    let (out, _) = run(&all, folder, "", code);
    let value: Value = serde_json::from_str(&out).unwrap();
    [
        "read",
        "new",
        "updated",
        "unchanged",
        "skipped",
        "forgotten",
        "gone",
    ]
    .map(|key| value["documents"][key].as_u64().unwrap())
}

fn export(folder: &Path, store: &str) -> String {
    let arguments = ["export", "--store", store, "-f", "nq"];
    run(&arguments, folder, "", 0).0
}

#[test]
fn only_what_is_new_or_changed_is_read() {
    let folder = two_articles();
    let at = folder.path();
    assert_eq!(build(at, &[], 0), [2, 2, 0, 0, 0, 0, 0]);
    let first = export(at, "kg");
    assert_eq!(build(at, &[], 0), [0, 0, 0, 0, 2, 0, 0]);
    assert_eq!(build(at, &["--again"], 0), [2, 0, 0, 2, 0, 0, 0]);
    assert_eq!(export(at, "kg"), first);
    article(
        at,
        "three.txt",
        "Norway did not recognise Kosovo in May, Oslo said.\n",
    );
    assert_eq!(build(at, &[], 0), [1, 1, 0, 0, 2, 0, 0]);
    // Another text is another document, which takes the place of the old one.
    article(
        at,
        "three.txt",
        "Norway recognised Kosovo in May, Oslo said.\n",
    );
    assert_eq!(build(at, &[], 0), [1, 0, 1, 0, 2, 0, 0]);
    // The same text with another date is the same document, read otherwise.
    article(
        at,
        "one.txt",
        "---\nlang: en\ndate: 2024-05-09\n---\nEgypt accused Sudan of delaying the talks.\n",
    );
    assert_eq!(build(at, &[], 0), [1, 0, 1, 0, 2, 0, 0]);
    run(&["build", "news", "-q", "--store", "anew"], at, "", 0);
    assert_eq!(export(at, "kg"), export(at, "anew"));
}

#[test]
fn another_model_or_program_reads_anew() {
    let folder = two_articles();
    let at = folder.path();
    build(at, &[], 0);
    // As another version of the program would have left it.
    let sources = at.join("kg/sources.jsonl");
    let text = fs::read_to_string(&sources).unwrap();
    let line = text.lines().next().unwrap();
    let mut value: Value = serde_json::from_str(line).unwrap();
    value["read"] = "00000000000000000000000000000000".into();
    fs::write(&sources, text.replacen(line, &value.to_string(), 1)).unwrap();
    assert_eq!(build(at, &[], 0), [1, 0, 0, 1, 1, 0, 0]);
    assert_eq!(build(at, &[], 0), [0, 0, 0, 0, 2, 0, 0]);
    // Without the list nothing is known of what read the documents, and nothing else is lost.
    fs::remove_file(&sources).unwrap();
    assert_eq!(build(at, &[], 0), [2, 0, 0, 2, 0, 0, 0]);
    // A line cut short is read past.
    let whole = fs::read_to_string(&sources).unwrap();
    fs::write(&sources, &whole[..whole.len() - 20]).unwrap();
    assert_eq!(build(at, &[], 0), [1, 0, 0, 1, 1, 0, 0]);
    assert_eq!(build(at, &[], 0), [0, 0, 0, 0, 2, 0, 0]);
}

#[test]
fn what_is_gone_is_forgotten_if_asked() {
    let folder = two_articles();
    let at = folder.path();
    fs::create_dir(at.join("other")).unwrap();
    fs::write(
        at.join("other/three.txt"),
        "Norway recognised Kosovo, Oslo said.\n",
    )
    .unwrap();
    run(&["build", "other", "-q"], at, "", 0);
    build(at, &[], 0);
    fs::remove_file(at.join("other/three.txt")).unwrap();
    fs::remove_file(at.join("news/two.txt")).unwrap();
    assert_eq!(build(at, &[], 0), [0, 0, 0, 0, 1, 0, 1]);
    assert_eq!(build(at, &["--prune"], 0), [0, 0, 0, 0, 1, 1, 0]);
    // What came from elsewhere stays.
    let (out, _) = run(&["claims"], at, "", 0);
    assert!(out.contains("\"document\":\"three\"") && !out.contains("\"document\":\"two\""));
    // A folder that is not there at all may only be out of reach.
    fs::rename(at.join("news"), at.join("away")).unwrap();
    assert_eq!(build(at, &["--prune"], 1), [0, 0, 0, 0, 0, 0, 0]);
    let (out, _) = run(&["claims"], at, "", 0);
    assert!(out.contains("\"document\":\"one\""));
    // Nor is a file gone that only cannot be read.
    fs::rename(at.join("away"), at.join("news")).unwrap();
    article(at, "one.txt", " \n");
    assert_eq!(build(at, &["--prune"], 1), [0, 0, 0, 0, 0, 0, 0]);
    let (out, _) = run(&["claims"], at, "", 0);
    assert!(out.contains("\"document\":\"one\""));
}

#[test]
fn two_texts_under_one_id_are_told() {
    let folder = two_articles();
    let at = folder.path();
    fs::create_dir(at.join("news/more")).unwrap();
    fs::write(
        at.join("news/more/one.txt"),
        "Norway recognised Kosovo, Oslo said.\n",
    )
    .unwrap();
    refused(
        &["build", "news"],
        at,
        "",
        0,
        &[
            "the id 'one' was met before with another text",
            "more/one.txt",
        ],
    );
}

#[test]
fn what_was_known_and_when_it_happened() {
    let folder = two_articles();
    let at = folder.path();
    build(at, &[], 0);
    let count = |arguments: &[&str]| {
        let (out, _) = run(&[&["claims"], arguments].concat(), at, "", 0);
        out.lines().count()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--as-of", "2024-05-02"]), 1);
    assert_eq!(count(&["--as-of", "2024"]), 2);
    assert_eq!(count(&["--during", "2024-05-03..2024-05-10"]), 1);
    let (out, _) = run(
        &[
            "query",
            "--as-of",
            "2024-05-02",
            "-f",
            "csv",
            "SELECT ?a ?b { ?a kilde:accuses ?b }",
        ],
        at,
        "",
        0,
    );
    assert_eq!(out.lines().count(), 2, "{out}");
    // As known on a day is as if nothing had been read since.
    fs::remove_file(at.join("news/two.txt")).unwrap();
    run(&["build", "news", "-q", "--store", "then"], at, "", 0);
    let as_of = ["export", "--as-of", "2024-05-02", "-f", "nq"];
    assert_eq!(run(&as_of, at, "", 0).0, export(at, "then"));
    refused(
        &["claims", "--as-of", "1999"],
        at,
        "",
        2,
        &["nothing had been reported by then", "2024-05-02"],
    );
    refused(
        &["claims", "--during", "1999..2000"],
        at,
        "",
        2,
        &["no claim is about that time"],
    );
    refused(
        &["claims", "--during", "2000..1999"],
        at,
        "",
        2,
        &["ends before it begins"],
    );
    refused(
        &["claims", "--as-of", "yesterday"],
        at,
        "",
        2,
        &["is no date"],
    );
}
