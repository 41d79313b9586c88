//! A store is verified: a sound one passes, and whatever is changed in it by hand is found.

use std::{fs, path::Path};

use kilde::{
    analyse::{Lock, verify},
    store::Store,
};

use crate::{
    cli::{refused, run},
    forget::{exported, readings},
    world::{stored, world},
};

#[test]
fn the_sample_articles_make_a_sound_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), readings());
    let found = verify(&store).unwrap();
    assert!(found.is_sound(), "{found:#?}");
    assert!(found.documents >= 20 && found.claims > 100 && found.statements > 10_000);
}

#[test]
fn corrections_leave_a_store_sound() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    drop(stored(at, &world()));
    fs::create_dir(at.join("kg/corrections")).unwrap();
    fs::write(
        at.join("kg/corrections/x.toml"),
        "corrections = [ { merge = \"folkefronten\", into = \"ostland\", author = \"A\", date = \"2026\", reason = \"So.\" } ]",
    )
    .unwrap();
    let store = Store::open(&at.join("kg")).unwrap();
    let found = verify(&store).unwrap();
    assert!(found.is_sound(), "{found:#?}");
}

/// What is said of a store in which a text was replaced in the file of a document.
fn damaged(from: &str, to: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let store = stored(at, &world());
    let hash = store.find("treaty").unwrap().pop_first().unwrap();
    drop(store);
    let file = at
        .join("kg/documents")
        .join(&hash[..2])
        .join(format!("{hash}.nq"));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&file, text.replace(from, to)).unwrap();
    run(&["verify", "-q"], at, "", 1).0
}

#[track_caller]
fn check_found(from: &str, to: &str, words: &[&str]) {
    let told = damaged(from, to);
    for word in words {
        assert!(told.contains(word), "no '{word}' in\n{told}");
    }
}

#[test]
fn what_is_changed_by_hand_is_found() {
    check_found(
        "oa#exact> \"Norland and Vestia",
        "oa#exact> \"Norland und Vestia",
        &[
            "file: ",
            "the quote does not stand in the text where it should",
        ],
    );
    check_found(
        "leads Norland.",
        "leads Vestia!",
        &["id and text are not those"],
    );
    check_found(
        "kilde/ns#Asserted>",
        "kilde/ns#Planned>",
        &["is not named after its words"],
    );
    check_found(
        "ns#act> \"do so\"",
        "ns#act> \"do not\"",
        &["file: treaty", "was changed after it was written"],
    );
    check_found(
        "schema.org/publisher>",
        "schema.org/author>",
        &["other statements than follow"],
    );
    check_found(
        "kilde/ns#confidence> \"0.9\"",
        "kilde/ns#confidence> \"7.5\"",
        &["file: treaty", "was changed after it was written"],
    );
}

#[test]
fn findings_are_reported_in_the_words_of_shacl() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut readings = world();
    readings[0].claims[0].confidence = 7.5;
    drop(stored(at, &readings));
    let (out, _) = run(&["verify", "-q", "-f", "ttl"], at, "", 1);
    for word in [
        "sh:ValidationReport",
        "sh:conforms false",
        "sh:focusNode",
        "sh:resultPath kilde:confidence",
        "sh:value 7.5",
        "sh:MaxInclusiveConstraintComponent",
        "sh:resultSeverity sh:Violation",
    ] {
        assert!(out.contains(word), "no '{word}' in\n{out}");
    }
}

#[test]
fn a_lock_tells_whether_a_store_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let store = stored(at, &world());
    let lock = Lock::of_store(&store).unwrap();
    let text = String::from_utf8(exported(&store)).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lock.statements, lines.len() as u64);
    fs::write(at.join("sorted.nq"), lines.join("\n") + "\n").unwrap();
    assert_eq!(lock.sha256, sha256(&at.join("sorted.nq")));
    drop(store);
    run(&["lock", "-o", "kilde.lock"], at, "", 0);
    run(&["verify", "--against", "kilde.lock"], at, "", 0);
    run(&["forget", "rumour", "-q"], at, "", 0);
    let (out, _) = run(&["verify", "--against", "kilde.lock"], at, "", 1);
    assert!(
        out.contains("lock: the document ") && out.contains(" is gone"),
        "{out}"
    );
    fs::write(at.join("bad.lock"), "sha256 = 7\n").unwrap();
    refused(
        &["verify", "--against", "bad.lock"],
        at,
        "",
        2,
        &["bad.lock"],
    );
    refused(
        &["verify", "--against", "none.lock"],
        at,
        "",
        2,
        &["none.lock"],
    );
}

fn sha256(file: &Path) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(fs::read(file).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
