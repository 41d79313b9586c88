//! Short forms that a document gives meaning: surnames after full names, acronyms in brackets or as initials.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Found, Reader,
    names::{Candidate, Source},
    shapes::{capital, initials, is_acronym, short_forms},
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    text::{Span, fold_name},
};

/// Short forms of names with their bearers.
pub(super) type ShortForms = BTreeMap<String, Vec<Bearer>>;

/// Who bears a short form: where the full name begins, the entity, whether the form is only a given name.
pub(super) type Bearer = (usize, Name, bool);

/// Acronyms that the document introduces: in brackets after the name, or as its initials.
pub(super) fn bind(reader: &Reader, candidates: &[Candidate]) -> BTreeMap<String, usize> {
    let mut bound = BTreeMap::new();
    for (index, one) in candidates.iter().enumerate() {
        let words = &reader.paragraphs[one.paragraph].words;
        let word = |offset: usize| {
            words
                .get(one.words.end + offset)
                .map_or("", |word| &word.text)
        };
        let several = one.words.len() > 1 || spells(word(1), one.span.slice(&reader.article.text));
        if several
            && word(0) == "("
            && is_acronym(word(1))
            && word(2) == ")"
            && may_be(reader, one, word(1))
        {
            bound.insert(word(1).to_owned(), index);
        }
    }
    for (index, one) in candidates.iter().enumerate() {
        let letters = initials(one.span.slice(&reader.article.text));
        let own = matches!(&one.source, Source::Unknown(kind) if kind != "Person");
        // "The National Front of Aria" may be the NF of Aria as well.
        let name = one.span.slice(&reader.article.text);
        let first = name.split_once(" of ").map(|(first, _)| initials(first));
        for letters in std::iter::once(letters).chain(first) {
            if own && letters.chars().count() >= 3 {
                bound.entry(letters).or_insert(index);
            }
        }
    }
    for one in candidates {
        let short = one.span.slice(&reader.article.text);
        let unknown = matches!(&one.source, Source::Unknown(kind) if kind != "Person");
        if unknown && is_acronym(short) && !bound.contains_key(short) {
            let mut full = candidates.iter().enumerate().filter(|(_, other)| {
                let name = other.span.slice(&reader.article.text);
                let own = matches!(&other.source, Source::Unknown(kind) if kind != "Person");
                own && name != short && abbreviates(short, name)
            });
            if let Some((index, first)) = full.next() {
                let name = fold_name(first.span.slice(&reader.article.text));
                if full.all(|(_, other)| fold_name(other.span.slice(&reader.article.text)) == name)
                {
                    bound.insert(short.to_owned(), index);
                }
            }
        }
    }
    bound
}

/// Whether an acronym that nothing introduces is made of the first letters of a name, or of those and others inside its
/// words ("Statens Forureiningstilsyn", SFT).
fn abbreviates(acronym: &str, name: &str) -> bool {
    let first = initials(name);
    let mut letters = acronym.chars();
    let inside = first.chars().all(|one| letters.any(|letter| letter == one));
    // "PUCT Commissioners" are not the PUCT.
    if name.split([' ', '-']).any(|word| word == acronym) {
        return false;
    }
    first == acronym || first.chars().count() > 1 && inside && spells(acronym, name)
}

/// Whether a name of one word holds the letters of an acronym in their order ("Nordstjernepartiet (NSP)").
fn spells(acronym: &str, name: &str) -> bool {
    let (acronym, name) = (acronym.to_lowercase(), name.to_lowercase());
    let mut rest = name.chars();
    name.chars().next() == acronym.chars().next()
        && acronym.chars().count() > 2
        && acronym.chars().all(|letter| rest.any(|one| one == letter))
}

/// Whether letters in brackets may be a candidate's own: behind a person they are a party's, unless they are initials.
fn may_be(reader: &Reader, one: &Candidate, letters: &str) -> bool {
    let person = match &one.source {
        Source::Known(actors, _) => actors
            .iter()
            .any(|&actor| &*reader.gazetteer.actors()[actor].kind == "Person"),
        Source::Unknown(kind) => kind == "Person",
    };
    !person || initials(one.span.slice(&reader.article.text)).eq_ignore_ascii_case(letters)
}

/// Gives a name behind "known as" the entity of the person (or of what stands right) before it.
pub(super) fn known_as(reader: &Reader, candidates: &[Candidate], entities: &mut [Name]) {
    let longest = 3;
    for index in 1..candidates.len() {
        let alias = &candidates[index];
        let told = (1..=longest).any(|count| {
            alias.words.start >= count && {
                let words = alias.words.start - count..alias.words.start;
                let span = reader.paragraphs[alias.paragraph].span(words);
                let text = span.slice(&reader.article.text).to_lowercase();
                let text = text.trim_end_matches(['"', '\u{201c}', '\u{ab}', '\'', ' ']);
                holds(&reader.words.references.known_as, text)
            }
        });
        if !told {
            continue;
        }
        let sentence = reader.paragraphs[alias.paragraph].sentence_of(alias.words.start);
        let before = (0..index).rev().filter(|&other| {
            let one = &candidates[other];
            one.paragraph == alias.paragraph && sentence.contains(&one.words.start)
        });
        let persons = before
            .clone()
            .find(|&other| reader.kind_of(&entities[other]) == "Person");
        let near = |other: &usize| candidates[*other].words.end + longest + 1 >= alias.words.start;
        let Some(named) = persons.or_else(|| before.clone().next().filter(near)) else {
            continue;
        };
        let known = |at: usize| matches!(candidates[at].source, Source::Known(..));
        let (from, to) = match (known(named), known(index)) {
            (true, true) => continue,
            (false, true) => (named, index),
            _ => (index, named),
        };
        let (from, to) = (Arc::clone(&entities[from]), Arc::clone(&entities[to]));
        for entity in entities.iter_mut().filter(|entity| **entity == from) {
            *entity = Arc::clone(&to);
        }
    }
}

/// Short forms of the persons whose full names the document gives, with where they stand.
pub(super) fn persons(reader: &Reader, candidates: &[Candidate], entities: &[Name]) -> ShortForms {
    let mut short: ShortForms = BTreeMap::new();
    let inside = shortened(reader, candidates, entities);
    for (one, entity) in candidates.iter().zip(entities) {
        let unknown = matches!(one.source, Source::Unknown(_));
        let folded = || fold_name(one.span.slice(&reader.article.text));
        if reader.kind_of(entity) != "Person" || unknown && inside.contains(&folded()) {
            continue;
        }
        let mut names = vec![one.span.slice(&reader.article.text).to_owned()];
        // Of a known person who is named in full here, the label's short forms count as well.
        // "Bin Salman" is not.
        let particle = |part: &&str| holds(&reader.words.names.particles, &part.to_lowercase());
        let full = names[0].split_whitespace().filter(|part| !particle(part));
        if full.count() < 2 {
            continue;
        }
        names.extend(
            reader
                .entities
                .get(entity)
                .into_iter()
                .filter_map(|entity| entity.labels.get("en").cloned()),
        );
        for name in names {
            let forms = short_forms(&name, reader.words);
            let count = forms.len();
            let forms = forms.into_iter().enumerate();
            let forms = forms.map(|(index, form)| (form, index + 1 == count));
            let middle = middle_names(&name, reader).into_iter();
            for (form, weak) in forms.chain(middle.map(|form| (form, true))) {
                let known = short.entry(form).or_default();
                if !known.iter().any(|(_, other, _)| other == entity) {
                    known.push((one.span.start, Arc::clone(entity), weak));
                }
            }
        }
    }
    short
}

/// The words inside a name of three or more: "Mendoza" is what Carlos Mendoza Rivera is called where nobody else is.
fn middle_names(name: &str, reader: &Reader) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let [_, middle @ .., _] = parts.as_slice() else {
        return vec![];
    };
    let plain = |part: &&&str| {
        let letters = part.chars().filter(|letter| letter.is_alphabetic()).count();
        let lists = &reader.words.names;
        let small = part.to_lowercase();
        // "Grand Ayatollah Ali": titles are nobody's names.
        let title = [&lists.particles, &lists.titles, &lists.regnal];
        letters > 2 && capital(part) && !title.into_iter().any(|list| holds(list, &small))
    };
    middle
        .iter()
        .filter(plain)
        .map(|part| fold_name(part))
        .collect()
}

/// Names of several words that are short for another of the document ("Berg Holm" for "Anna Berg Holm"): their own short
/// forms are those of the whole.
fn shortened(reader: &Reader, candidates: &[Candidate], entities: &[Name]) -> BTreeSet<String> {
    let persons = candidates.iter().zip(entities);
    let persons = persons.filter(|(_, entity)| reader.kind_of(entity) == "Person");
    let forms = persons.flat_map(|(one, _)| {
        let name = one.span.slice(&reader.article.text);
        short_forms(name, reader.words).into_iter()
    });
    forms.filter(|form| form.contains(' ')).collect()
}

/// Whom a short form means at a place: surnames before first names, the last one named before it, else the first after.
pub(super) fn bearer(persons: &ShortForms, form: &str, place: usize) -> Option<Name> {
    let bearers = persons.get(form)?;
    let surnames: Vec<_> = bearers.iter().filter(|(_, _, first)| !first).collect();
    if surnames.is_empty() {
        return if let [(_, one, _)] = &bearers[..] {
            Some(Arc::clone(one))
        } else {
            None
        };
    }
    let before = surnames
        .iter()
        .filter(|(start, _, _)| *start <= place)
        .max_by_key(|(start, _, _)| *start);
    before
        .or(surnames.first())
        .map(|(_, one, _)| Arc::clone(one))
}

/// Words outside the mentions so far that are short for a full name, or an acronym, of this document.
pub(super) fn scan_short_forms(
    reader: &mut Reader,
    persons: &ShortForms,
    acronyms: &BTreeMap<String, usize>,
    entities: &[Name],
) {
    let mut more = Vec::new();
    for (at, paragraph) in reader.paragraphs.iter().enumerate() {
        for (index, word) in paragraph.words.iter().enumerate() {
            if !capital(&word.text) || reader.name_at(at, index).is_some() {
                continue;
            }
            // A compound begins with the name ("Lukasjenko-regimet").
            let mut texts = vec![word.text.as_str()];
            if reader.words.norwegian() {
                texts.extend(word.text.strip_suffix('s'));
                texts.extend(word.text.rsplit_once('-').map(|(name, _)| name));
            }
            let said = texts.into_iter().find_map(|text| {
                let form = fold_name(text);
                let entity = if let Some(&full) = acronyms.get(text) {
                    entities.get(full).cloned()
                } else {
                    bearer(persons, &form, word.span.start)
                };
                entity.map(|entity| (text.len(), entity))
            });
            if let Some((length, entity)) = said {
                more.push(Found {
                    paragraph: at,
                    words: index..index + 1,
                    span: Span::new(word.span.start, word.span.start + length),
                    why: format!("'{}' is short for a full name in this document.", word.text),
                    entity,
                    kind: MentionKind::Name,
                });
            }
        }
    }
    reader.found.extend(more);
}
