//! The scorer on a text of our own, with figures worked out by hand.

use std::fs;

use serde_json::{Value, json};

use super::{gold::fold, read_gold, score};

const TEXT: &str =
    "Egypt met Sudan in Cairo. Chad did not help Mali. Egypt warned the Sudan government.";

fn gold(folder: &std::path::Path) {
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    write("one.txt", TEXT.to_owned());
    write(
        "one.meta.json",
        json!({"id": "one", "lang": "en"}).to_string(),
    );
    let entity = |id: &str, name: &str| {
        json!({"id": id, "type": "State", "names": [name], "actor": id}).to_string()
    };
    write(
        "one.entities.jsonl",
        ["egypt", "sudan", "chad", "mali"]
            .map(|id| entity(id, &id.to_uppercase()))
            .join("\n"),
    );
    let claim = |quote: &str, s: &str, r: &str, o: &str, polarity: &str, required: bool| {
        json!({"quote": quote, "subject": s, "relation": r, "object": o, "polarity": polarity, "modality": "asserted", "required": required}).to_string()
    };
    write(
        "one.claims.jsonl",
        [
            claim(
                "Egypt met Sudan",
                "egypt",
                "CONSULT",
                "sudan",
                "positive",
                true,
            ),
            claim(
                "Chad did not help Mali",
                "chad",
                "AID",
                "mali",
                "negative",
                true,
            ),
            claim(
                "Egypt warned",
                "egypt",
                "THREATEN",
                "sudan",
                "positive",
                false,
            ),
        ]
        .join("\n"),
    );
}

fn ours(s: &str, r: &str, o: &str, polarity: &str, words: &str) -> Value {
    let start = TEXT.find(words).unwrap();
    json!({
        "document": "one", "subject": {"id": s, "label": s}, "relation": r, "object": {"id": o, "label": o}, "polarity": polarity,
        "modality": "asserted", "rule": format!("en/{r}"), "speaker": null, "date": null, "place": null,
        "evidence": {"text": words, "start": start, "end": start + words.len()},
    })
}

#[test]
fn claims_edges_and_entities_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    gold(folder.path());
    let documents = read_gold(folder.path(), &regex::Regex::new("").unwrap()).unwrap();
    let claims = [
        // Symmetric: the other way round is right; the same again is wrong.
        ours("sudan", "CONSULT", "egypt", "positive", "Egypt met Sudan"),
        ours("egypt", "CONSULT", "sudan", "positive", "Egypt met Sudan"),
        // The wrong polarity matches nothing, and asserts an edge that is not there.
        ours("chad", "AID", "mali", "positive", "Chad did not help Mali"),
        ours("egypt", "THREATEN", "sudan", "positive", "Egypt warned"),
    ];
    let mentions = [
        json!({"document": "one", "entity": {"id": "egypt", "label": "Egypt", "type": "City"}, "text": "Egypt"}),
    ];
    let result = score(&documents, &claims, Some(&mentions)).json();
    assert_eq!(
        result["claims"],
        json!({"precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 2, "wrong": 2, "found": 1, "missed": 1})
    );
    assert_eq!(
        result["edges"],
        json!({"precision": 0.6667, "recall": 1.0, "f1": 0.8, "right": 2, "wrong": 1, "found": 1, "missed": 0})
    );
    assert_eq!(result["rule"]["en/CONSULT"]["precision"], 0.5);
    assert_eq!(result["kind"]["negative"]["missed"], 1);
    assert_eq!(result["entities"]["recall"], 0.25);
    assert_eq!(result["entities"]["type_accuracy"], 0.0);
    assert_eq!(result["entities"]["linking"], 1.0);
}

#[test]
fn mistakes_in_gold_are_told_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    gold(folder.path());
    let path = folder.path().join("one.claims.jsonl");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("Chad did not", "Chad will");
    fs::write(&path, text).unwrap();
    let told = read_gold(folder.path(), &regex::Regex::new("").unwrap())
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("one.claims.jsonl:2: the quote is not in the text"),
        "{told}"
    );
}

#[test]
fn names_fold_as_the_scorer_folds_them() {
    for (name, expected) in [
        ("The  Hague", "hague"),
        ("Hamas\u{2019}", "hamas"),
        ("Egypt's", "egypt"),
        ("Den norske regjeringa", "norske regjeringa"),
    ] {
        assert_eq!(fold(name), expected);
    }
}
