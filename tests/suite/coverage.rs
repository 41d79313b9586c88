//! What `kilde coverage` counts.

use crate::cli::run;

const NEWS: &str = "Egypt condemned Israel.\n\nEgypt perplexed Israel.\n\nEgypt perplexed Qatar and Israel.\n\nEgypt lies near Israel.\n\nNothing happened in Egypt.\n";

fn counted(options: &[&str]) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [&["coverage", "--lang", "en", "--json", "-"], options].concat();
    let (out, _) = run(&arguments, folder.path(), NEWS, 0);
    serde_json::from_str(&out).unwrap()
}

#[test]
fn predicates_without_a_frame_are_counted() {
    let counts = counted(&[]);
    assert_eq!(counts["sentences"], 4);
    assert_eq!(counts["with_claim"], 1);
    let unknown = &counts["unknown"];
    let expected = serde_json::json!([{"lemma": "perplex", "kind": "verb", "count": 2}]);
    assert_eq!(*unknown, expected, "{counts}");
}

#[test]
fn sentences_without_a_claim_are_listed_if_asked() {
    let counts = counted(&["--sentences", "--least", "3"]);
    assert_eq!(counts["unknown"], serde_json::json!([]));
    let texts: Vec<&str> = counts["without_claim"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["text"].as_str().unwrap())
        .collect();
    assert!(texts.contains(&"Egypt perplexed Israel."), "{texts:?}");
    assert!(!texts.contains(&"Egypt condemned Israel."), "{texts:?}");
}
