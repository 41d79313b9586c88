//! A text's annotations do not depend on the texts around it, nor on which thread asks.

use std::path::{Path, PathBuf};
use std::thread;

use kilde_nlp::Pipeline;

fn bokmaal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/nb")
}

fn texts() -> Vec<String> {
    let sentences = [
        "Ordføreren i Bergen sa onsdag at kommunen kjøper bygget.",
        "",
        "  ",
        "Ja",
        "Kari Nordmann, som ledet styret til 2019, møtte statsråden i Oslo. Hun ville ikke svare på spørsmål.",
        "Selskapet\u{a0}AS tapte 3,5 millioner kroner\n\ni fjor.",
    ];
    (0..150)
        .map(|number| sentences[number % 5].to_owned() + sentences[(number / 5) % 6])
        .collect()
}

#[test]
fn batches_and_threads_change_nothing() {
    let pipeline = Pipeline::load(&bokmaal()).unwrap();
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = pipeline.pipe(&texts);
    assert_eq!(together.len(), texts.len());
    assert!(
        together.iter().map(|doc| doc.tokens.len()).sum::<usize>() > 2000,
        "enough for several batches"
    );
    thread::scope(|scope| {
        for offset in 0..2 {
            let (pipeline, texts, together) = (&pipeline, &texts, &together);
            scope.spawn(move || {
                for index in (offset..texts.len()).step_by(2) {
                    let alone = pipeline.pipe(&texts[index..=index]);
                    assert_eq!(alone[0], together[index], "{:?}", texts[index]);
                }
            });
        }
    });
}

#[test]
fn says_what_it_is() {
    let pipeline = Pipeline::load(&bokmaal()).unwrap();
    assert_eq!(pipeline.lang(), "nb");
    let labels = pipeline.parser_labels();
    assert!(labels.contains(&"nsubj:pass") && labels.contains(&"ROOT"));
    assert!(labels.is_sorted() && labels.iter().all(|label| !label.contains("||")));
    assert!(!pipeline.version().is_empty());
}

#[test]
fn nothing_gives_nothing() {
    let pipeline = Pipeline::load(&bokmaal()).unwrap();
    assert!(pipeline.pipe(&[]).is_empty());
    let docs = pipeline.pipe(&["", ""]);
    assert!(docs.len() == 2 && docs.iter().all(|doc| doc.tokens.is_empty()));
}
