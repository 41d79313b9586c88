//! The ontology as a page to read, in English and Norwegian: types, relations, the parts of a claim, event types, with
//! definitions, what may stand on either side, inverses, and the terms of other vocabularies. One file, without scripts.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use oxigraph::model::{NamedOrBlankNode, Term};

use super::ExportError;
use crate::{
    ontology::{OntologyFiles, vocab},
    rdf::Prefixes,
    store::Base,
};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h2{margin-top:2.5rem;border-bottom:1px solid #888}section{margin:1.5rem 0}h3{margin:0}code{background:#f0f0f0;padding:0 .2em}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.4rem 0}dt{color:#555}dd{margin:0}a{color:#0b4f9e}\
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}code{background:#2a2a2a}dt{color:#aaa}a{color:#8ab8ff}}";

/// Headings and the classes whose members stand below them; a term stands below the first that fits.
const PARTS: [(&str, &str, &[&str]); 7] = [
    (
        "Relations: events",
        "Relasjoner: hendelser",
        &["kilde:EventRelation"],
    ),
    (
        "Relations: states and offices",
        "Relasjoner: tilstander og verv",
        &["kilde:StateRelation"],
    ),
    ("Types", "Typer", &["owl:Class"]),
    ("Event types", "Hendelsestyper", &["kilde:EventType"]),
    (
        "Polarity, modality, kinds of mention",
        "Polaritet, modalitet, slags omtale",
        &["kilde:Polarity", "kilde:Modality", "kilde:MentionKind"],
    ),
    (
        "Relations read from the other end",
        "Relasjoner fra den andre enden",
        &["inverse"],
    ),
    (
        "Parts of claims, mentions, documents",
        "Deler av påstander, omtaler, dokumenter",
        &["owl:ObjectProperty", "owl:DatatypeProperty"],
    ),
];

/// Rows below a term: names of the properties, and what they are called.
const ROWS: [(&str, &str); 16] = [
    ("skos:notation", "code · kode"),
    ("rdfs:subClassOf", "is a · er en"),
    ("rdfs:subPropertyOf", "finer than · finere enn"),
    ("schema:domainIncludes", "subject · subjekt"),
    ("schema:rangeIncludes", "object · objekt"),
    ("rdfs:domain", "domain · definisjonsområde"),
    ("rdfs:range", "range · verdiområde"),
    ("owl:inverseOf", "inverse of · omvendt av"),
    ("inverse", "inverse · omvendt"),
    ("kilde:ploverType", "event type · hendelsestype"),
    ("kilde:quadClass", "quad class · kvadrantklasse"),
    ("skos:exactMatch", "same as · samme som"),
    ("skos:closeMatch", "close to · nær"),
    ("skos:broadMatch", "narrower than · smalere enn"),
    ("skos:narrowMatch", "broader than · videre enn"),
    ("skos:relatedMatch", "related to · beslektet med"),
];

/// What is said of a term: values by property, each short.
type Facts = BTreeMap<String, Vec<Value>>;

struct Value {
    text: String,
    lang: String,
    iri: Option<String>,
}

/// Writes the page.
///
/// # Errors
/// If the system refuses.
pub fn write(files: &OntologyFiles, out: &mut impl Write) -> Result<(), ExportError> {
    let terms = terms(files);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Kilde: the ontology</title><style>{STYLE}</style></head><body>\n<h1>Kilde</h1>\n\
         <p>Namespace: <code>{}</code></p><p>Each term with its name and definition in English and <span lang=\"nb\">norsk bokmål</span>.</p><nav><ul>",
        vocab::KILDE
    )?;
    for (number, (english, norwegian, _)) in PARTS.iter().enumerate() {
        writeln!(
            out,
            "<li><a href=\"#part-{number}\">{english} · <span lang=\"nb\">{norwegian}</span></a></li>"
        )?;
    }
    writeln!(out, "</ul></nav>")?;
    let mut done = BTreeSet::new();
    for (number, (english, norwegian, classes)) in PARTS.iter().enumerate() {
        writeln!(
            out,
            "<h2 id=\"part-{number}\">{english} · <span lang=\"nb\">{norwegian}</span></h2>"
        )?;
        for (name, facts) in &terms {
            if classes.iter().any(|class| belongs(facts, class)) && done.insert(name) {
                term(name, facts, &terms, out)?;
            }
        }
    }
    writeln!(out, "</body></html>")?;
    Ok(out.flush()?)
}

fn belongs(facts: &Facts, class: &str) -> bool {
    if class == "inverse" {
        return facts.contains_key("owl:inverseOf");
    }
    facts
        .get("rdf:type")
        .is_some_and(|types| types.iter().any(|one| one.text == class))
}

/// The terms of the ontology's own namespaces, by short name.
fn terms(files: &OntologyFiles) -> BTreeMap<String, Facts> {
    let prefixes = Prefixes::new(&Base::default());
    let short = |iri: &str| prefixes.shorten(iri).unwrap_or_else(|| iri.to_owned());
    let mut terms: BTreeMap<String, Facts> = BTreeMap::new();
    for quad in &files.quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            continue;
        };
        let name = short(subject.as_str());
        if !name.starts_with("kilde:") && !name.starts_with("plover:") {
            continue;
        }
        let value = match &quad.object {
            Term::NamedNode(node) => Value {
                text: short(node.as_str()),
                lang: String::new(),
                iri: Some(node.as_str().to_owned()),
            },
            Term::Literal(literal) => Value {
                text: literal.value().to_owned(),
                lang: literal.language().unwrap_or_default().to_owned(),
                iri: None,
            },
            _ => continue,
        };
        let key = short(quad.predicate.as_str());
        if key == "owl:inverseOf" {
            let own = Value {
                text: name.clone(),
                lang: String::new(),
                iri: Some(subject.as_str().to_owned()),
            };
            let other = terms.entry(value.text.clone()).or_default();
            other.entry("inverse".to_owned()).or_default().push(own);
        }
        terms
            .entry(name)
            .or_default()
            .entry(key)
            .or_default()
            .push(value);
    }
    terms
}

fn term(
    name: &str,
    facts: &Facts,
    terms: &BTreeMap<String, Facts>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    let anchor = if name.starts_with("plover:") {
        format!("plover-{local}")
    } else {
        local.to_owned()
    };
    let said = |key: &str, lang: &str| {
        let values = facts.get(key).into_iter().flatten();
        let found = values.into_iter().find(|value| value.lang == lang);
        found.map_or_else(String::new, |value| escaped(&value.text))
    };
    writeln!(
        out,
        "<section id=\"{anchor}\"><h3>{} · <span lang=\"nb\">{}</span> <code>{name}</code></h3>",
        said("rdfs:label", "en"),
        said("rdfs:label", "nb")
    )?;
    writeln!(
        out,
        "<p>{}<br><span lang=\"nb\">{}</span></p><dl>",
        said("skos:definition", "en"),
        said("skos:definition", "nb")
    )?;
    let is_symmetric = belongs(facts, "owl:SymmetricProperty");
    if is_symmetric {
        writeln!(out, "<dt>symmetric · symmetrisk</dt><dd>yes · ja</dd>")?;
    }
    for (key, what) in ROWS {
        let Some(values) = facts.get(key) else {
            continue;
        };
        let values: Vec<String> = values.iter().map(|value| link(value, terms)).collect();
        writeln!(out, "<dt>{what}</dt><dd>{}</dd>", values.join(", "))?;
    }
    Ok(writeln!(out, "</dl></section>")?)
}

fn link(value: &Value, terms: &BTreeMap<String, Facts>) -> String {
    let text = escaped(&value.text);
    let Some(iri) = &value.iri else {
        return text;
    };
    let target = match value.text.split_once(':') {
        Some(("kilde", local)) if terms.contains_key(&value.text) => format!("#{local}"),
        Some(("plover", local)) if terms.contains_key(&value.text) => format!("#plover-{local}"),
        _ => escaped(iri),
    };
    format!("<a href=\"{target}\">{text}</a>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_stands_on_the_page_with_both_languages() {
        let mut out = Vec::new();
        write(OntologyFiles::embedded(), &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        let all = terms(OntologyFiles::embedded());
        let missing: Vec<_> = all
            .iter()
            .filter(|(name, _)| !["kilde:plover"].contains(&name.as_str()))
            .filter(|(name, facts)| {
                let both = ["rdfs:label", "skos:definition"].iter().all(|key| {
                    ["en", "nb"].iter().all(|lang| {
                        let values = facts.get(*key).into_iter().flatten();
                        values.into_iter().any(|value| value.lang == *lang)
                    })
                });
                !both || !page.contains(&format!("<code>{name}</code>"))
            })
            .map(|(name, _)| name)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(page.contains("<a href=\"#ledBy\">kilde:ledBy</a>"));
    }
}
