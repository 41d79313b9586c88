//! The documents as BibTeX. Keys are made of letters and digits that every program takes; the document's own id and its IRI
//! stand in fields.

use std::{collections::BTreeSet, io::Write};

use biblatex::{Bibliography, Chunk, Entry, EntryType, Spanned};

use super::ExportError;
use crate::{
    store::{Store, StoredDocument},
    text::slug,
};

/// Writes a store's documents, an entry each.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(store: &Store, out: &mut impl Write) -> Result<(), ExportError> {
    let mut keys = BTreeSet::new();
    for document in store.documents()? {
        let document = document?;
        let mut key = slug(&document.article.id);
        if key.is_empty() || !key.is_ascii() || !keys.insert(key.clone()) {
            key = format!("{key}-{}", document.hash.get(..8).unwrap_or_default());
            key.retain(|one| one.is_ascii_alphanumeric() || one == '-');
            keys.insert(key.clone());
        }
        let mut bibliography = Bibliography::new();
        bibliography.insert(entry(key, &document, store));
        writeln!(out, "{}", bibliography.to_biblatex_string())?;
    }
    Ok(out.flush()?)
}

fn entry(key: String, document: &StoredDocument, store: &Store) -> Entry {
    let (article, meta) = (&document.article, &document.article.meta);
    let mut entry = Entry::new(key, EntryType::Online);
    let mut set = |field: &str, value: Option<&str>| {
        if let Some(value) = value {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            entry.set(field, vec![Spanned::detached(Chunk::Normal(value))]);
        }
    };
    set("title", meta.title.as_deref().or(Some(&article.id)));
    set("author", article.extra.get("author").map(String::as_str));
    set("organization", meta.publisher.as_deref());
    set("date", meta.date.map(|date| date.to_string()).as_deref());
    set(
        "langid",
        Some(match article.lang.tag() {
            "en" => "english",
            "nn" => "nynorsk",
            _ => "norsk",
        }),
    );
    set("note", Some(store.base().document(&document.hash).as_str()));
    if let Some(url) = &meta.url {
        entry.set("url", vec![Spanned::detached(Chunk::Verbatim(url.clone()))]);
    }
    entry
}
