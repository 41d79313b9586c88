//! The ruler on small rule files of our own.

use super::read::{normal_morph, rules};
use super::*;
use crate::annotation::Iob;
use crate::lexeme::Lexicon;

fn packed(value: &serde_json::Value) -> Packed {
    rmp_serde::from_slice(&rmp_serde::to_vec(value).unwrap()).unwrap()
}

fn ruler(file: &serde_json::Value) -> Result<AttributeRuler, String> {
    let read = rules(&packed(file), Path::new("patterns"));
    read.map(|(rules, patterns)| AttributeRuler::new(rules, patterns))
        .map_err(|error| error.to_string())
}

/// A text of words with one space between them, with tags.
fn doc(words: &[(&str, &str)]) -> (Doc, Vec<Arc<Lexeme>>) {
    let mut doc = Doc::default();
    let mut lexemes = Vec::new();
    for (index, (word, tag)) in words.iter().enumerate() {
        let start = doc.text.len();
        doc.text.push_str(word);
        let lexeme = Lexicon::default().lexeme(word);
        let empty = Label::default;
        doc.tokens.push(Token {
            start,
            end: doc.text.len(),
            space_after: true,
            is_space: lexeme.is_space,
            norm: lexeme.norm_text.clone(),
            tag: Label::new(*tag),
            pos: empty(),
            morph: empty(),
            lemma: empty(),
            head: index,
            dep: empty(),
            sent_start: index == 0,
            ent_iob: Iob::Outside,
            ent_type: empty(),
        });
        doc.text.push(' ');
        lexemes.push(Arc::new(lexeme));
    }
    (doc, lexemes)
}

#[test]
fn later_rules_win_and_see_the_old_values() {
    let ruler = ruler(&serde_json::json!([
        {"patterns": [[{"TAG": "DT"}]], "attrs": {"POS": "DET", "TAG": "XX"}, "index": 0},
        {"patterns": [[{"TAG": "XX"}]], "attrs": {"POS": "X"}, "index": 0},
        {"patterns": [[{"LOWER": {"IN": ["that", "this"]}, "TAG": {"NOT_IN": ["IN", ""]}}]], "attrs": {"MORPH": "PronType=Dem|Number=Sing"}, "index": 0},
        {"patterns": [[{"tag": {"REGEX": "^D"}}]], "attrs": {"POS": "PRON"}, "index": 0},
    ]))
    .unwrap();
    let (mut doc, lexemes) = doc(&[("That", "DT"), ("this", "IN"), ("the", "XX")]);
    ruler.apply(&mut doc, &lexemes);
    let said: Vec<_> = doc
        .tokens
        .iter()
        .map(|token| (&*token.tag, &*token.pos, &*token.morph))
        .collect();
    assert_eq!(
        said,
        [
            ("XX", "PRON", "Number=Sing|PronType=Dem"),
            ("IN", "", ""),
            ("XX", "X", "")
        ]
    );
}

#[test]
fn patterns_of_two_tokens_change_either() {
    let pattern = serde_json::json!([[{"LOWER": "gon"}, {"LOWER": "na"}]]);
    let ruler = ruler(&serde_json::json!([
        {"patterns": pattern, "attrs": {"LEMMA": "go"}, "index": 0},
        {"patterns": pattern, "attrs": {"LEMMA": "to"}, "index": -1},
        {"patterns": [[{"IS_SPACE": true}], [{}, {"IS_SPACE": true}]], "attrs": {"TAG": "_SP"}, "index": -1},
    ]))
    .unwrap();
    let (mut doc, lexemes) = doc(&[("Gon", "VBG"), ("na", "TO"), ("\n", ""), ("gon", "VBG")]);
    ruler.apply(&mut doc, &lexemes);
    let said: Vec<_> = doc
        .tokens
        .iter()
        .map(|token| (&*token.tag, &*token.lemma))
        .collect();
    assert_eq!(
        said,
        [("VBG", "go"), ("TO", "to"), ("_SP", ""), ("VBG", "")]
    );
}

#[test]
fn what_is_not_implemented_is_named() {
    let refused = |tests: serde_json::Value, attrs: serde_json::Value, index: i64| {
        ruler(&serde_json::json!([{"patterns": [[tests]], "attrs": attrs, "index": index}]))
            .unwrap_err()
    };
    let attrs = serde_json::json!({"POS": "X"});
    assert!(
        refused(
            serde_json::json!({"TAG": "DT", "OP": "+"}),
            attrs.clone(),
            0
        )
        .contains("OP")
    );
    assert!(
        refused(
            serde_json::json!({"LOWER": {"FUZZY": "a"}}),
            attrs.clone(),
            0
        )
        .contains("FUZZY")
    );
    assert!(refused(serde_json::json!({"SHAPE": "X"}), attrs.clone(), 0).contains("SHAPE"));
    assert!(refused(serde_json::json!({"TAG": "DT"}), attrs, 1).contains("index"));
    assert!(
        refused(
            serde_json::json!({"TAG": "DT"}),
            serde_json::json!({"HEAD": "0"}),
            0
        )
        .contains("HEAD")
    );
}

#[test]
fn morphology_is_normalised() {
    assert_eq!(
        normal_morph("PronType=Prs|Case=Nom,Acc"),
        "Case=Acc,Nom|PronType=Prs"
    );
    assert_eq!(normal_morph("_"), "");
}
