//! The tokenizer and the lexemes against spaCy's.

use kilde_nlp::strings::hash_string;
use kilde_nlp::tokenizer::{RawToken, Tokenizer};

use crate::expected::{Differences, Paragraph, Row, read};
use crate::pipeline_folder;

#[track_caller]
fn check(pipeline: &str, lang: &str, golden: &str) {
    let tokenizer = Tokenizer::load(&pipeline_folder(pipeline), lang).unwrap();
    let mut differences = Differences::default();
    for paragraph in read(golden) {
        compare_paragraph(
            &mut differences,
            &paragraph,
            &tokenizer.tokenize(&paragraph.text),
        );
    }
    differences.assert_none();
}

fn compare_paragraph(differences: &mut Differences, paragraph: &Paragraph, tokens: &[RawToken]) {
    let expected: Vec<_> = paragraph.tokens.iter().map(Row::span).collect();
    let found: Vec<_> = tokens
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
        for (row, token) in paragraph.tokens.iter().zip(tokens) {
            compare_lexeme(
                differences,
                &paragraph.text[token.start..token.end],
                row,
                token,
            );
        }
    }
}

fn compare_lexeme(differences: &mut Differences, word: &str, row: &Row, token: &RawToken) {
    let lexeme = &token.lexeme;
    differences.compare("norm", word, &row.3, &lexeme.norm_text);
    let ids = [
        ("norm id", &row.3, lexeme.norm),
        ("prefix", &row.4, lexeme.prefix),
        ("suffix", &row.5, lexeme.suffix),
        ("shape", &row.6, lexeme.shape),
    ];
    for (layer, expected, found) in ids {
        differences.compare(
            layer,
            word,
            &hash_string(expected).to_string(),
            &found.to_string(),
        );
    }
}

#[test]
fn english_small() {
    check("en", "en", "en_core_web_sm.jsonl");
}

#[test]
#[ignore = "needs the larger model: make models-md, then cargo test -- --ignored"]
fn english_medium() {
    check("en-md", "en", "en_core_web_md.jsonl");
}

#[test]
fn norwegian() {
    check("nb", "nb", "nb.jsonl");
}
