//! Bodies that only a description names: "an Egyptian court", "Israels ambassade", "the army". With an owner the id
//! tells it and is the same in every document and language (`egypt-court`); without one the body is the document's own.
//! And the people of an actor, who stand for it: "Israeli troops", "Hamas fighters".

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{
    Found, Reader,
    words::{Body, holds},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
    text::{Span, slug},
};

/// Adds mentions of bodies and of an actor's people.
pub(super) fn read(reader: &mut Reader) {
    // The last body of each slug: a bare "the court" after "an Egyptian court" is that one.
    let mut last: BTreeMap<String, Name> = BTreeMap::new();
    for at in 0..reader.paragraphs.len() {
        let mut index = 0;
        while index < reader.paragraphs[at].words.len() {
            index = read_at(reader, at, index, &mut last);
        }
    }
}

/// Looks for a body or people that begin at a word; returns where to look next.
fn read_at(reader: &mut Reader, at: usize, start: usize, last: &mut BTreeMap<String, Name>) -> usize {
    let paragraph = &reader.paragraphs[at];
    for end in (start + 1..=(start + 5).min(paragraph.words.len())).rev() {
        let span = paragraph.span(start..end);
        let words = span.slice(&reader.article.text).to_lowercase();
        let words = words.trim_end_matches("'s").trim_end_matches("\u{2019}s");
        let genitive = words.strip_suffix('s').filter(|_| reader.words.norwegian());
        let body = reader.words.body(words).or_else(|| genitive.and_then(|bare| reader.words.body(bare)));
        let taken = (start..end).any(|index| reader.name_at(at, index).is_some());
        if taken || !paragraph.sentence_of(start).contains(&(end - 1)) {
            continue;
        }
        if let Some(body) = body {
            add_body(reader, at, start..end, body, last);
            return end;
        }
        if holds(&reader.words.bodies.people, words) {
            add_people(reader, at, start..end);
            return end;
        }
    }
    start + 1
}

fn add_people(reader: &mut Reader, at: usize, words: Range<usize>) {
    let Some((owner, phrase)) = owner_before(reader, at, &words) else {
        return;
    };
    if reader.kind_of(&owner) == "Person" || in_place(reader, &owner) {
        return;
    }
    let span = reader.paragraphs[at].span(phrase.clone());
    reader.found.push(Found {
        paragraph: at,
        words: phrase,
        span,
        why: format!("The people of {owner} stand for it."),
        entity: owner,
        kind: MentionKind::Nominal,
    });
}

fn in_place(reader: &Reader, entity: &str) -> bool {
    matches!(reader.kind_of(entity), "City" | "Territory" | "Facility" | "Agreement" | "Event" | "Law")
}

fn add_body(reader: &mut Reader, at: usize, words: Range<usize>, body: &Body, last: &mut BTreeMap<String, Name>) {
    let owner = owner_before(reader, at, &words).or_else(|| owner_after(reader, at, &words));
    let text = &reader.article.text;
    let (entity, phrase, why) = match owner {
        Some((owner, phrase)) => {
            let is_state = matches!(reader.kind_of(&owner), "State");
            if let Some(known) = known_body(reader, &owner, body) {
                let why = format!("The gazetteer knows this body of {owner}.");
                (known, phrase, why)
            } else if body.state && is_state {
                (Arc::clone(&owner), phrase, format!("A state's government stands for {owner}."))
            } else {
                let label = reader.paragraphs[at].span(phrase.clone()).slice(text);
                let label = label.strip_suffix("'s").unwrap_or(label).to_owned();
                let id = format!("{owner}-{}", body.slug);
                let entity = reader.add_unknown(&id, &label, &body.kind);
                (entity, phrase, format!("A body of {owner}."))
            }
        }
        None => {
            let Some(phrase) = definite(reader, at, &words) else {
                return;
            };
            if let Some(known) = last.get(&body.slug) {
                (Arc::clone(known), phrase, "The same body was named before.".to_owned())
            } else if body.alone {
                let label = reader.paragraphs[at].span(words.clone()).slice(text).to_owned();
                let id = format!("{}-in-{}", body.slug, slug(&reader.article.id));
                let entity = reader.add_unknown(&id, &label, &body.kind);
                (entity, phrase, "A body that the document does not place.".to_owned())
            } else {
                return;
            }
        }
    };
    last.insert(body.slug.clone(), Arc::clone(&entity));
    let span = without_genitive(reader, at, &phrase);
    reader.found.push(Found { paragraph: at, words: phrase, span, entity, kind: MentionKind::Nominal, why });
}

/// The gazetteer's own entry for a body, by the English or Norwegian name that the description amounts to.
fn known_body(reader: &mut Reader, owner: &Name, body: &Body) -> Option<Name> {
    let actor = reader.gazetteer.actor(owner)?;
    let plain = body.slug.replace('-', " ");
    let adjectives = actor.demonyms.en.adjective.iter();
    let owners = adjectives.cloned().chain(actor.labels.values().map(|label| label.clone()));
    let id = owners.filter_map(|owner| {
        let named = reader.gazetteer.named(&format!("{owner} {plain}"));
        named.first().map(|id| Arc::clone(id))
    }).next()?;
    let known = reader.gazetteer.actor(&id)?;
    Some(reader.add_known(known))
}

/// Whose body it is, from the words before it: adjective, owner or compound; and the whole phrase.
fn owner_before(reader: &Reader, at: usize, words: &Range<usize>) -> Option<(Name, Range<usize>)> {
    let paragraph = &reader.paragraphs[at];
    let sentence = paragraph.sentence_of(words.start);
    let mut start = words.start;
    while start > sentence.start {
        let before = start - 1;
        if let Some(found) = reader.name_at(at, before) {
            let named = found.words.clone();
            let begins = named.start.max(sentence.start);
            // "Norway's army", "the Norwegian army", "Hamas fighters"; but not "met Norway army" across a clause.
            return Some((Arc::clone(&found.entity), begins..words.end));
        }
        let word = &paragraph.words[before];
        let possessive = matches!(&*word.text, "'s" | "\u{2019}s" | "'" | "\u{2019}" | "-") || &*word.lemma == "'s";
        let modifier = matches!(word.pos, Pos::Adj | Pos::Num) || word.pos == Pos::Noun && word.role == Role::Compound;
        let participle = word.pos == Pos::Verb && word.role == Role::Adjective;
        if possessive || modifier || participle {
            start = before;
        } else {
            return None;
        }
    }
    None
}

/// Whose body it is, from "of X" right behind it.
fn owner_after(reader: &Reader, at: usize, words: &Range<usize>) -> Option<(Name, Range<usize>)> {
    let paragraph = &reader.paragraphs[at];
    let preposition = reader.lower(at, words.end);
    if !matches!(&*preposition, "of" | "i" | "av" | "til") {
        return None;
    }
    let next = (words.end + 1..words.end + 3).find_map(|index| reader.name_at(at, index));
    let found = next?;
    let fits = matches!(reader.kind_of(&found.entity), "State" | "Territory" | "PoliticalParty" | "ArmedGroup");
    let apart = paragraph.words[words.end + 1..found.words.start.max(words.end + 1)]
        .iter()
        .all(|word| matches!(word.pos, Pos::Det));
    (fits && apart).then(|| (Arc::clone(&found.entity), words.start..found.words.end))
}

/// The phrase with its determiner, if it is definite.
fn definite(reader: &Reader, at: usize, words: &Range<usize>) -> Option<Range<usize>> {
    let paragraph = &reader.paragraphs[at];
    let references = &reader.words.references;
    let last = &paragraph.words[words.end - 1];
    let mut start = words.start;
    while start > 0 && matches!(paragraph.words[start - 1].pos, Pos::Adj) {
        start -= 1;
    }
    if start > 0 {
        let before = reader.lower(at, start - 1);
        if holds(&references.definite, &before) || holds(&references.owned, &before) {
            return Some(start - 1..words.end);
        }
    }
    let proper = paragraph.words[words.clone()].iter().all(|word| word.text.starts_with(char::is_uppercase))
        && words.start > paragraph.sentence_of(words.start).start;
    let bare = matches!(&*reader.lower(at, words.start), "parliament" | "police" | "congress");
    let norwegian = last.feature("Definite") == Some("Def") || &*last.text.to_lowercase() == "høyesterett";
    (proper || bare || norwegian).then(|| words.clone())
}

fn without_genitive(reader: &Reader, at: usize, words: &Range<usize>) -> Span {
    let paragraph = &reader.paragraphs[at];
    let mut span = paragraph.span(words.clone());
    let last = &paragraph.words[words.end - 1];
    if reader.words.norwegian() && last.feature("Case") == Some("Gen") && last.text.ends_with('s') {
        span.end -= 1;
    }
    span
}
