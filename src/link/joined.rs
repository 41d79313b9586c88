//! Norwegian words that begin with a name and end in an office: "Venstrelederen", "Senterpartitoppen" of a known party,
//! and, with a hyphen, "Hydro-sjefen" of an organisation that only the word shows.

use std::sync::Arc;

use super::{Found, Reader, shapes::capital, words::holds};
use crate::{
    claim::{MentionKind, Name},
    text::{Span, slug},
};

/// Shorter beginnings are more often parts of common words.
const SHORTEST: usize = 4;

/// Adds the names that such words begin with.
pub(super) fn read(reader: &mut Reader) {
    if !reader.words.norwegian() {
        return;
    }
    for at in 0..reader.paragraphs.len() {
        for index in 0..reader.paragraphs[at].words.len() {
            let text = &reader.paragraphs[at].words[index].text;
            if !capital(text) || reader.name_at(at, index).is_some() {
                continue;
            }
            let Some((length, entity)) = beginning(reader, at, index) else {
                continue;
            };
            let word = &reader.paragraphs[at].words[index];
            let span = Span::new(word.span.start, word.span.start + length);
            reader.found.push(Found {
                paragraph: at,
                words: index..index + 1,
                span,
                why: format!("'{}' begins with the name of {entity}.", word.text),
                entity,
                kind: MentionKind::Name,
            });
        }
    }
}

/// How long the name is that a word begins with, and whose it is.
fn beginning(reader: &mut Reader, at: usize, index: usize) -> Option<(usize, Name)> {
    let names = &reader.words.names;
    let text = &reader.paragraphs[at].words[index].text;
    if let Some((name, office)) = text.rsplit_once('-') {
        let office = office.to_lowercase();
        let known = holds(&names.joined_offices, &office) && name.chars().count() > 1;
        // A country adjective or a common word at the start of a sentence is no name.
        let first = index == reader.paragraphs[at].sentence_of(index).start;
        if !known || first && name.chars().skip(1).all(char::is_lowercase) {
            return None;
        }
        let (name, length) = (name.to_owned(), name.len());
        return Some((
            length,
            reader.add_unknown(&slug(&name), &name, "Organization"),
        ));
    }
    let lower = text.to_lowercase();
    let mut offices = names.joined_offices.iter();
    let office = offices.find(|office| lower.ends_with(&***office) && lower.len() == text.len())?;
    let length = text.len() - office.len();
    let name = text
        .get(..length)
        .filter(|name| name.chars().count() >= SHORTEST)?;
    let endings = names.joined_endings.iter();
    let known = endings
        .map(|ending| format!("{name}{ending}"))
        .find_map(|name| {
            reader
                .gazetteer
                .named(&name)
                .first()
                .map(|&id| Arc::clone(id))
        })?;
    let actor = reader.gazetteer.actor(&known)?;
    let fits = matches!(
        &*actor.kind,
        "PoliticalParty" | "ArmedGroup" | "Organization" | "InternationalOrganization"
    );
    fits.then(|| (length, reader.add_known(actor)))
}
