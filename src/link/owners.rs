//! Whose a body, an office or a people is: the name before it ("Norway's army", "the Norwegian army", "Hamas leader") or
//! behind a preposition ("the army of Norway"), and the place that stands behind a facility.

use std::{ops::Range, sync::Arc};

use super::{
    Found, Reader,
    words::{Body, holds, is_genitive_ending},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// Whose body it is, from the words before it: adjective, owner or compound; and the whole phrase.
pub(super) fn owner_before(
    reader: &Reader,
    at: usize,
    words: &Range<usize>,
) -> Option<(Name, Range<usize>)> {
    let paragraph = &reader.paragraphs[at];
    let sentence = paragraph.sentence_of(words.start);
    let mut start = words.start;
    while start > sentence.start {
        let before = start - 1;
        // "Fatah-dominerte" holds a name and is no owner.
        let whole = |found: &&Found| {
            paragraph.words[before].span.end <= found.span.end + 1
                && paragraph.words[found.words.start].span.start == found.span.start
        };
        if let Some(found) = reader.name_at(at, before).filter(whole) {
            let named = found.words.clone();
            let begins = named.start.max(sentence.start);
            // "Norway's army", "the Norwegian army", "Hamas fighters"; but not "met Norway army" across a clause.
            return Some((Arc::clone(&found.entity), begins..words.end));
        }
        let word = &paragraph.words[before];
        let possessive = is_genitive_ending(&word.text);
        let modifier = matches!(word.pos, Pos::Adj | Pos::Num)
            || word.pos == Pos::Noun && word.role == Role::Compound;
        let participle = word.pos == Pos::Verb && word.role == Role::Adjective;
        if possessive || modifier || participle {
            start = before;
        } else {
            return None;
        }
    }
    None
}

/// Whose body it is, from "of X" right behind it, or from "from X" too, or the seat behind "in".
pub(super) fn owner_after(
    reader: &Reader,
    at: usize,
    words: &Range<usize>,
    body: Option<&Body>,
) -> Option<(Name, Range<usize>)> {
    let paragraph = &reader.paragraphs[at];
    let preposition = reader.lower(at, words.end);
    let lists = &reader.words.bodies;
    let of = holds(&lists.of, &preposition);
    if body.is_some_and(|body| !body.abroad && !body.many)
        && let Some(seat) = seat_after(reader, at, words)
    {
        return Some(seat);
    }
    if !(of || body.is_some_and(|body| body.from) && holds(&lists.from, &preposition)) {
        return None;
    }
    // "Of the Fatah-led PLO": a name that is a part of a word is no owner.
    let whole = |index: usize| {
        let found = reader.name_at(at, index)?;
        let end = paragraph.words[found.words.end - 1].span.end;
        (found.kind == MentionKind::Name && end <= found.span.end + 1).then_some(found)
    };
    let mut next = words.end + 1;
    while next < paragraph.words.len() && next < words.end + 5 && whole(next).is_none() {
        let word = &paragraph.words[next];
        let between = matches!(word.pos, Pos::Det | Pos::Adj | Pos::Punct)
            || word.pos == Pos::Verb && word.role == Role::Adjective
            || reader.name_at(at, next).is_some();
        if !between || word.text == "," {
            return None;
        }
        next += 1;
    }
    let found = paragraph.words.get(next).and_then(|_| whole(next))?;
    let fits = matches!(
        reader.kind_of(&found.entity),
        "State"
            | "Territory"
            | "PoliticalParty"
            | "ArmedGroup"
            | "Organization"
            | "InternationalOrganization"
            | "GovernmentBody"
            | "SecurityForce"
    );
    // "Of the X agency": the name stands before the noun that it belongs to.
    let end = found.words.end;
    let last = &paragraph.words[end - 1];
    let noun = paragraph
        .words
        .get(end)
        .is_some_and(|next| next.pos == Pos::Noun);
    let end = end + usize::from(noun && last.role == Role::Compound && last.head == Some(end));
    fits.then(|| (Arc::clone(&found.entity), words.start..end))
}

/// The state whose seat stands behind ("the foreign ministry in Baku").
fn seat_after(reader: &Reader, at: usize, words: &Range<usize>) -> Option<(Name, Range<usize>)> {
    let preposition = reader.lower(at, words.end);
    let (city, _) = place_after(reader, at, words.end)
        .filter(|_| holds(&reader.words.bodies.seat, &preposition))?;
    let state = reader.gazetteer.stands_for(&city)?;
    let capital = reader.gazetteer.actor(state)?.capital.as_ref() == Some(&city);
    capital.then(|| (Arc::clone(state), words.clone()))
}

/// The place that stands behind a body ("the naval base at X"), and where its name ends.
pub(super) fn place_after(reader: &Reader, at: usize, end: usize) -> Option<(Name, usize)> {
    let preposition = reader.lower(at, end);
    if !holds(&reader.words.bodies.at, &preposition) {
        return None;
    }
    let found = reader.name_at(at, end + 1)?;
    let place = matches!(
        reader.kind_of(&found.entity),
        "City" | "Territory" | "Facility"
    );
    place.then(|| (Arc::clone(&found.entity), found.words.end))
}

/// "The army chief Asim Munir": the state of a known person who is named right behind the body, as one of it.
pub(super) fn holders_state(reader: &Reader, at: usize, end: usize) -> Option<Name> {
    let longest = 3;
    let next = (end..=end + longest).find_map(|word| reader.name_at(at, word))?;
    let words = &reader.paragraphs[at].words;
    let between = words.get(end..next.words.start)?;
    let apart = between
        .iter()
        .any(|word| matches!(word.pos, Pos::Verb | Pos::Aux | Pos::Adp | Pos::Cconj));
    let person = reader.kind_of(&next.entity) == "Person" && !apart;
    let country = reader.gazetteer.actor(&next.entity)?.country.clone();
    country.filter(|_| person)
}

/// The state that the document is about, if it is named in another sentence as well: what only stands beside the body may
/// be its counterpart.
pub(super) fn main_state(reader: &Reader, at: usize, word: usize) -> Option<Name> {
    let sentence = reader.paragraphs[at].sentence_of(word);
    let state = reader.main_state()?;
    let beside = |one: &Found| one.paragraph == at && sentence.contains(&one.words.start);
    let mut named = reader
        .found
        .iter()
        .filter(|one| one.entity == state)
        .peekable();
    let alone = named.peek().is_some() && named.all(beside);
    (!alone).then_some(state)
}
