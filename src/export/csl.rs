//! The documents as CSL-JSON, for Zotero, Pandoc and every other reference manager.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::ExportError;
use crate::{
    document::PartialDate,
    store::{Store, StoredDocument},
};

/// Writes a store's documents, an item a line.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(store: &Store, out: &mut impl Write) -> Result<(), ExportError> {
    out.write_all(b"[")?;
    for (number, document) in store.documents()?.enumerate() {
        out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        write!(out, "{}", item(&document?, store))?;
    }
    out.write_all(b"\n]\n")?;
    Ok(out.flush()?)
}

fn item(document: &StoredDocument, store: &Store) -> Value {
    let (article, meta) = (&document.article, &document.article.meta);
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(article.id));
    item.insert("type".to_owned(), json!("article-newspaper"));
    for (key, value) in [
        ("title", &meta.title),
        ("container-title", &meta.publisher),
        ("URL", &meta.url),
        ("author", &None),
    ] {
        if let Some(value) = value {
            item.insert(key.to_owned(), json!(value));
        }
    }
    if let Some(author) = article.extra.get("author") {
        item.insert("author".to_owned(), json!([{"literal": author}]));
    }
    if let Some(date) = meta.date {
        item.insert("issued".to_owned(), json!({"date-parts": [parts(date)]}));
    }
    item.insert("language".to_owned(), json!(article.lang.tag()));
    let iri = store.base().document(&document.hash).into_string();
    item.insert("archive_location".to_owned(), json!(iri));
    Value::Object(item)
}

fn parts(date: PartialDate) -> Vec<i16> {
    let month = date.month.map(i16::from);
    let day = date.day.map(i16::from);
    std::iter::once(date.year).chain(month).chain(day).collect()
}
