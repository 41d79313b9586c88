//! The page: each claim's words stand where it says, nothing in it can become more than text, the same graph is the same page.

use kilde::{
    claim::Reading,
    export::{ExportError, Picture, page},
    ontology::Ontology,
    query::{Filter, View},
    store::Store,
};
use serde_json::Value;

use crate::{
    sample::{article, claim, entity, reading, rich},
    world::{stored, world},
};

fn picture(lang: &str) -> Picture<'_> {
    Picture {
        title: "",
        lang,
        ontology: Ontology::embedded(),
    }
}

fn json(store: &Store, filter: &Filter) -> String {
    let graph = View::of_store(store).unwrap().graph(filter);
    let mut out = Vec::new();
    page::write_data(&graph, store, &picture(&filter.lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn data(readings: &[Reading], filter: &Filter) -> (String, Value) {
    let folder = tempfile::tempdir().unwrap();
    let text = json(&stored(folder.path(), readings), filter);
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

fn list<'a>(data: &'a Value, name: &str) -> &'a Vec<Value> {
    data[name].as_array().unwrap()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The part of a text between two offsets in UTF-16.
fn slice(text: &str, range: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[number(&range[0])..number(&range[1])]).unwrap()
}

/// The quote of each claim, cut out of its paragraph, with the paragraph.
fn quotes(data: &Value) -> Vec<(String, String)> {
    let told = |claim: &Value| {
        let paragraph = &list(data, "paragraphs")[number(&claim["paragraph"])];
        let text = paragraph["text"].as_str().unwrap();
        (slice(text, &claim["quote"]), text.to_owned())
    };
    list(data, "claims").iter().map(told).collect()
}

#[test]
fn quotes_stand_in_their_paragraphs() {
    let mut readings = world();
    readings.push(rich());
    let (_, data) = data(&readings, &Filter::default());
    let mut found: Vec<String> = quotes(&data).into_iter().map(|(quote, _)| quote).collect();
    let whole = |reading: &Reading| {
        let quote =
            |claim: &kilde::claim::Claim| claim.evidence.slice(&reading.article.text).to_owned();
        reading.claims.iter().map(quote).collect::<Vec<_>>()
    };
    let mut expected: Vec<String> = readings.iter().flat_map(whole).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let claims: usize = list(&data, "edges")
        .iter()
        .map(|edge| edge["claims"].as_array().unwrap().len())
        .sum();
    assert_eq!(claims, list(&data, "claims").len());
}

#[test]
fn what_is_not_told_as_fact_says_so() {
    let (_, data) = data(&world(), &Filter::default());
    let marked = |quote: &str| {
        let at = quotes(&data)
            .iter()
            .position(|(one, _)| one.contains(quote));
        list(&data, "claims")[at.unwrap()].clone()
    };
    let denied = marked("never attacked");
    assert_eq!(denied["denied"], true);
    let speaker = number(&denied["speaker"]);
    assert_eq!(list(&data, "speakers")[speaker], "Kari Dahl");
    assert_eq!(denied["via"], serde_json::json!(["Radio Sør"]));
    assert_eq!(marked("will visit")["modality"], "planned");
    assert_eq!(marked("may have killed")["modality"], "possible");
    let plain = marked("leads Norland");
    for key in ["denied", "modality", "proposal", "speaker", "date"] {
        assert!(plain.get(key).is_none(), "{key}");
    }
}

#[test]
fn hostile_texts_stay_in_their_element() {
    let bad = "</script><script>alert(1)</script><!-- \u{2028}\u{2029} ]]> & \u{202e}حماس\u{200b} \\u003c \u{0}";
    let text = format!("🇳🇴 Norland met [{bad}] Vestia.");
    let label = format!("{bad}{}", "å".repeat(10_000));
    let at = |id: &str, words: &str| crate::sample::argument(&text, id, words, 0);
    let met = claim("CONSULT", at("norland", "Norland"), at("vestia", "Vestia"));
    let mut article = article("bad", &text);
    article.meta.url = Some("javascript:alert(1)".to_owned());
    article.meta.title = Some(bad.to_owned());
    let entities = vec![
        entity("norland", "State", &label),
        entity("vestia", "State", bad),
    ];
    let (json, data) = data(&[reading(article, entities, vec![met])], &Filter::default());
    assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{0}']));
    let labels: Vec<&str> = list(&data, "actors")
        .iter()
        .map(|actor| actor["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, [&label, bad]);
    assert_eq!(data["documents"][0]["title"], bad);
    assert!(data["documents"][0].get("url").is_none());
    let (quote, _) = quotes(&data).remove(0);
    assert_eq!(quote, format!("Norland met [{bad}] Vestia"));
    let names: Vec<String> = data["claims"][0]["names"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| slice(data["paragraphs"][0]["text"].as_str().unwrap(), range))
        .collect();
    assert_eq!(names, ["Norland", "Vestia"]);
}

#[test]
fn the_order_of_reading_makes_no_difference() {
    let mut readings = world();
    readings.push(rich());
    let (forward, _) = data(&readings, &Filter::default());
    readings.reverse();
    assert_eq!(data(&readings, &Filter::default()).0, forward);
}

#[test]
fn a_part_has_only_its_own_claims_and_documents() {
    let filter = Filter {
        around: vec!["kari-dahl".into()],
        hops: 1,
        ..Filter::default()
    };
    let (_, data) = data(&world(), &filter);
    let count = |name: &str| list(&data, name).len();
    assert_eq!(
        [count("claims"), count("edges"), count("documents")],
        [1; 3]
    );
}

#[test]
fn the_page_is_whole_or_the_program_says_that_it_has_none() {
    let folder = tempfile::tempdir().unwrap();
    for readings in [Vec::new(), world()] {
        let store = stored(folder.path(), &readings);
        let graph = View::of_store(&store).unwrap().graph(&Filter::default());
        let mut out = Vec::new();
        let written = page::write(&graph, &store, &picture("nb"), &mut out);
        if !page::is_built_in() {
            let set = |name| std::env::var_os(name).is_some();
            assert!(!set("KILDE_REQUIRE_ALL") || set("KILDE_WITHOUT_BROWSER"));
            assert!(matches!(written, Err(ExportError::NoPage)));
            continue;
        }
        written.unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nb\">"));
        assert!(page.trim_end().ends_with("</html>"));
        assert!(page.contains("default-src 'none'; script-src 'sha256-"));
        assert!(page.contains("Permission is hereby granted"));
        assert!(!page.contains("@kilde:") && !page.contains("src=\"http"));
        assert!(page.contains("<script type=\"application/json\" id=\"data\">{\"lang\":\"nb\""));
    }
}
