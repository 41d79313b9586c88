//! Whole pipelines against spaCy's, in every layer.

use kilde_nlp::{Doc, Iob, Pipeline, Token};

use crate::expected::{Differences, Paragraph, Row, read};
use crate::pipeline_folder;

#[track_caller]
fn check(pipeline: &str, golden: &str) {
    let pipeline = Pipeline::load(&pipeline_folder(pipeline)).unwrap();
    let paragraphs = read(golden);
    let texts: Vec<&str> = paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    let docs = pipeline.pipe(&texts);
    assert_eq!(docs.len(), paragraphs.len());
    let mut differences = Differences::default();
    for (paragraph, doc) in paragraphs.iter().zip(&docs) {
        compare_paragraph(&mut differences, paragraph, doc);
    }
    differences.assert_none();
}

fn compare_paragraph(differences: &mut Differences, paragraph: &Paragraph, doc: &Doc) {
    let expected: Vec<_> = paragraph.tokens.iter().map(Row::span).collect();
    let found: Vec<_> = doc
        .tokens
        .iter()
        .map(|token| (token.start, token.end, token.space_after))
        .collect();
    differences.compare(
        "tokens",
        &paragraph.text,
        &format!("{expected:?}"),
        &format!("{found:?}"),
    );
    if expected == found {
        for (index, (row, token)) in paragraph.tokens.iter().zip(&doc.tokens).enumerate() {
            for ((layer, expected), found) in row.layers().iter().zip(layers(token)) {
                differences.compare(layer, doc.token_text(index), expected, &found);
            }
        }
    }
}

/// What the pipeline says of a token, in the order of [`Row::layers`].
fn layers(token: &Token) -> [String; 10] {
    let iob = match token.ent_iob {
        Iob::Outside => "O",
        Iob::Begin => "B",
        Iob::Inside => "I",
    };
    [
        token.norm.to_string(),
        token.tag.to_string(),
        token.pos.to_string(),
        token.morph.to_string(),
        token.head.to_string(),
        token.dep.to_string(),
        token.lemma.to_string(),
        iob.to_owned(),
        token.ent_type.to_string(),
        token.sent_start.to_string(),
    ]
}

#[test]
fn english_small() {
    check("en", "en_core_web_sm.jsonl");
}

#[test]
#[ignore = "needs the larger model: make models-md, then cargo test -- --ignored"]
fn english_medium() {
    check("en-md", "en_core_web_md.jsonl");
}

#[test]
fn norwegian() {
    check("nb", "nb.jsonl");
}
