//! FollowTheMoney, an entity a line (Aleph, OpenSanctions' tools): actors and places as people, bodies, territories and
//! addresses, each document as an article, each claim as a link between two with its words, its date and its proof.

use std::{collections::BTreeSet, io::Write};

use serde_json::{Map, Value, json};

use super::{
    ExportError,
    table::{Tables, modality, polarity, property},
};
use crate::{
    claim::{Claim, content_hash},
    ontology::Ontology,
    store::{Described, StoredDocument},
};

/// The schema of the first class that fits.
const SCHEMATA: [(&str, &str); 11] = [
    ("Person", "Person"),
    ("GovernmentBody", "PublicBody"),
    ("SecurityForce", "PublicBody"),
    ("Organization", "Organization"),
    ("State", "PublicBody"),
    ("Territory", "PublicBody"),
    ("Place", "Address"),
    ("Event", "Event"),
    ("Agreement", "Contract"),
    ("Law", "Note"),
    ("Entity", "LegalEntity"),
];

/// Writes all of a store.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(tables: &Tables<'_>, out: &mut impl Write) -> Result<(), ExportError> {
    let ontology = tables.store().ontology();
    tables.described(|id, one| {
        let line = entity(id, one, tables.label(id), ontology);
        Ok(writeln!(out, "{line}")?)
    })?;
    for document in tables.store().documents()? {
        writeln!(out, "{}", article(&document?))?;
    }
    tables.claims(|claim, document| Ok(writeln!(out, "{}", link(claim, document, tables))?))?;
    Ok(out.flush()?)
}

/// An id that holds nothing but letters, digits and hyphens.
fn id(kind: &str, own: &str) -> String {
    let plain = own
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain {
        format!("{kind}-{own}")
    } else {
        format!("{kind}-{}", content_hash(&["ftm", own]))
    }
}

fn line(id: &str, schema: &str, properties: Vec<(&str, Vec<String>)>) -> Value {
    let properties: Map<String, Value> = properties
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, mut values)| {
            if NAMES.contains(&name) {
                values.iter_mut().for_each(shorten);
            }
            (name.to_owned(), json!(values))
        })
        .collect();
    json!({"id": id, "schema": schema, "properties": properties})
}

/// Properties that hold names, and the most characters that FollowTheMoney takes for all of them.
const NAMES: &[&str] = &["name", "alias", "title", "full"];
const NAME_LENGTH: usize = 250;

fn shorten(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(NAME_LENGTH) {
        name.truncate(end);
        name.pop();
        name.push('…');
    }
}

fn schema(kind: &str, ontology: &Ontology) -> &'static str {
    let fitting = SCHEMATA
        .iter()
        .find(|(class, _)| ontology.is_a(kind, class));
    fitting.map_or("LegalEntity", |(_, schema)| schema)
}

fn entity(own: &str, one: &Described, label: &str, ontology: &Ontology) -> Value {
    let schema = schema(one.kind.as_deref().unwrap_or_default(), ontology);
    let names = one.labels.values().filter(|name| *name != label);
    let aliases: BTreeSet<&String> = one.aliases.values().flatten().chain(names).collect();
    let aliases = aliases.into_iter().cloned().collect();
    let label = vec![label.to_owned()];
    let mut properties = vec![
        ("name", label.clone()),
        ("alias", aliases),
        ("wikidataId", one.wikidata.iter().cloned().collect()),
    ];
    match schema {
        "Address" => properties.push(("full", label)),
        "Contract" => {
            properties.push(("title", label));
        }
        _ => {}
    }
    line(&id("entity", own), schema, properties)
}

fn article(document: &StoredDocument) -> Value {
    let article = &document.article;
    let meta = &article.meta;
    let optional = |value: Option<String>| value.into_iter().collect::<Vec<_>>();
    let language = match article.lang.tag() {
        "en" => "eng",
        // Its list knows no written forms of Norwegian.
        _ => "nor",
    };
    line(
        &id("document", &document.hash),
        "Article",
        vec![
            ("title", optional(meta.title.clone())),
            ("name", optional(meta.title.clone())),
            ("publisher", optional(meta.publisher.clone())),
            ("sourceUrl", optional(meta.url.clone())),
            (
                "publishedAt",
                optional(meta.date.map(|date| date.to_string())),
            ),
            ("language", vec![language.to_owned()]),
            ("fileName", vec![article.id.clone()]),
        ],
    )
}

fn link(claim: &Claim, document: &StoredDocument, tables: &Tables<'_>) -> Value {
    let ontology = tables.store().ontology();
    let meta = &document.article.meta;
    let relation = ontology.relation(&claim.relation);
    let role = relation.map_or(&*claim.relation, |one| one.label("en"));
    let ends = [&claim.subject, &claim.object].map(|end| vec![id("entity", &end.entity)]);
    let membership = property(claim, ontology) == "memberOf"
        && tables.is_a(&claim.subject.entity, "Actor")
        && tables.is_a(&claim.object.entity, "Organization");
    let (schema, [from, to]) = if membership {
        ("Membership", ["member", "organization"])
    } else {
        ("UnknownLink", ["subject", "object"])
    };
    let [subject, object] = ends;
    let said = claim
        .speaker
        .as_ref()
        .map(|one| format!("according to {}", tables.label(&one.entity)));
    line(
        &id("claim", &claim.id),
        schema,
        vec![
            (from, subject),
            (to, object),
            ("role", vec![role.to_owned()]),
            ("date", claim.date.iter().map(ToString::to_string).collect()),
            (
                "summary",
                vec![claim.evidence.slice(&document.article.text).to_owned()],
            ),
            ("description", said.into_iter().collect()),
            (
                "status",
                vec![format!(
                    "{} {}",
                    polarity(claim.polarity),
                    modality(claim.modality)
                )],
            ),
            ("recordId", vec![claim.id.clone()]),
            ("publisher", meta.publisher.iter().cloned().collect()),
            ("sourceUrl", meta.url.iter().cloned().collect()),
            ("proof", vec![id("document", &document.hash)]),
        ],
    )
}
