//! What changed between two stores, in claims, edges and actors; and the patch that makes one out of the other.

use std::{collections::BTreeSet, fs, path::Path};

use kilde::{
    analyse::{Diff, diff},
    claim::{Modality, Reading},
    store::Store,
};

use crate::{
    cli::{refused, run},
    forget::exported,
    world::{stored, world},
};

fn store(folder: &Path, name: &str, readings: &[Reading]) -> Store {
    fs::create_dir(folder.join(name)).unwrap();
    stored(&folder.join(name), readings)
}

fn compared(folder: &Path) -> Diff {
    let side = |name: &str| folder.join(name).join("kg").display().to_string();
    diff(&side("a"), &side("b")).unwrap()
}

/// The lines of the first export with the patch applied are those of the second.
#[track_caller]
fn check_patch(folder: &Path, found: &Diff) {
    let lines = |name: &str| -> BTreeSet<String> {
        let store = Store::open(&folder.join(name).join("kg")).unwrap();
        let text = String::from_utf8(exported(&store)).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let mut patched = lines("a");
    for line in found.patch().lines() {
        match line.split_once(' ').unwrap() {
            ("D", line) => assert!(patched.remove(line), "{line}"),
            ("A", line) => assert!(patched.insert(line.to_owned()), "{line}"),
            ("TX" | "TC", ".") => {}
            _ => panic!("{line}"),
        }
    }
    assert!(patched == lines("b"));
}

#[test]
fn the_same_has_no_differences() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store(at, "a", &world());
    let mut turned = world();
    turned.reverse();
    store(at, "b", &turned);
    let found = compared(at);
    assert_eq!(found, Diff::default());
    assert!(found.is_empty());
    let (_, said) = run(&["diff", "a/kg", "b/kg"], at, "", 1);
    assert!(said.contains("Nothing changed"));
}

#[test]
fn documents_claims_and_edges_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store(at, "a", &world()[..2]);
    store(at, "b", &world()[1..]);
    let found = compared(at);
    assert_eq!(found.documents.added, ["rumour"]);
    assert_eq!(found.documents.removed, ["treaty"]);
    assert_eq!(
        (found.claims.added.len(), found.claims.removed.len()),
        (1, 5)
    );
    let edge = |edge: [&str; 3]| edge.map(str::to_owned).into();
    assert!(
        found
            .edges
            .removed
            .contains(&edge(["ane-berg", "leads", "norland"]))
    );
    assert!(found.edges.added.is_empty(), "a rumour makes no edge");
    assert_eq!(found.actors.removed, ["accord", "radio-sor"]);
    check_patch(at, &found);
}

#[test]
fn a_claim_that_is_held_otherwise_is_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store(at, "a", &world());
    let mut readings = world();
    let article = readings[0].article.clone();
    let mut claims = readings[0].claims.clone();
    for claim in &mut claims {
        if claim.modality == Modality::Planned {
            claim.modality = Modality::Asserted;
        }
        if &*claim.relation == "LEADS" {
            claim.speaker = Some(claim.subject.clone());
        }
    }
    readings[0] = crate::sample::reading(article, readings[0].entities.clone(), claims);
    store(at, "b", &readings);
    let found = compared(at);
    assert_eq!(
        (found.claims.added.len(), found.claims.removed.len()),
        (0, 0)
    );
    let changed: Vec<_> = found
        .claims_changed
        .iter()
        .map(|(before, after)| {
            (
                &*after.relation,
                &*before.modality,
                &*after.modality,
                &*after.speaker,
            )
        })
        .collect();
    assert_eq!(
        changed,
        [
            ("leads", "Asserted", "Asserted", "ane-berg"),
            ("visits", "Planned", "Asserted", "")
        ]
    );
    assert_eq!(found.documents_changed, ["treaty"]);
    assert_eq!(
        found.edges.added.len(),
        3,
        "visits, and the broader consults with, which goes both ways: {:?}",
        found.edges
    );
    check_patch(at, &found);
    let (out, _) = run(&["diff", "a/kg", "b/kg"], at, "", 0);
    assert!(
        out.contains("~ claim") && out.contains("now asserted"),
        "{out}"
    );
    let (out, _) = run(&["diff", "a/kg", "b/kg", "--json"], at, "", 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["claims"]["changed"].as_array().unwrap().len(), 2);
}

#[test]
fn merged_and_split_actors_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store(at, "a", &world());
    store(at, "b", &world());
    let corrections = at.join("b/kg/corrections");
    fs::create_dir(&corrections).unwrap();
    let write = |line: &str| {
        let signed = "author = \"Ane\", date = \"2026\", reason = \"So.\"";
        fs::write(
            corrections.join("x.toml"),
            format!("corrections = [ {{ {line}, {signed} }} ]\n"),
        )
        .unwrap();
    };
    write("merge = \"folkefronten\", into = \"ostland\"");
    let found = compared(at);
    assert_eq!(found.merged["ostland"], ["folkefronten"]);
    assert!(
        found.actors.removed.is_empty() && found.actors.added.is_empty(),
        "{:?}",
        found.actors
    );
    check_patch(at, &found);
    write("split = \"ostland\", into = \"old-ostland\", documents = [\"raid\"]");
    let found = compared(at);
    assert_eq!(found.split["ostland"], ["old-ostland"]);
    check_patch(at, &found);
    write("split = \"accord\", into = \"kaupang-accord\", documents = [\"treaty\"]");
    assert_eq!(
        compared(at).renamed,
        [("accord".to_owned(), "kaupang-accord".to_owned())]
    );
}

#[test]
fn exports_and_days_can_be_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    store(at, "a", &world()[..2]);
    store(at, "b", &world());
    run(&["export", "--store", "a/kg", "-o", "a.nq"], at, "", 0);
    run(
        &["export", "--store", "b/kg", "-o", "b.trig", "--no-text"],
        at,
        "",
        0,
    );
    let (stores, _) = run(&["diff", "a/kg", "b/kg", "--patch"], at, "", 0);
    let (mixed, _) = run(&["diff", "a.nq", "b/kg", "--patch"], at, "", 0);
    assert_eq!(stores, mixed);
    let (out, _) = run(&["diff", "a.nq", "b.trig", "--json"], at, "", 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["claims"]["added"].as_array().unwrap().len(), 1);
    let (out, _) = run(&["diff", "b/kg@2024-02", "b/kg"], at, "", 0);
    assert!(
        out.contains("+ document treaty") && out.contains("+ document rumour"),
        "{out}"
    );
    assert!(!out.contains("document raid"), "{out}");
    refused(&["diff", "a/kg@soon", "b/kg"], at, "", 2, &["YYYY-MM-DD"]);
    refused(&["diff", "a/kg", "nowhere"], at, "", 2, &["nowhere"]);
    fs::write(at.join("bad.nq"), "<a> <b>").unwrap();
    refused(&["diff", "bad.nq", "a/kg"], at, "", 2, &["bad.nq"]);
}
