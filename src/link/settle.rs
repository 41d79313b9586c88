//! What the unknown names of one document tell of each other, before each gets its entity: a place whose last word is a
//! person's short name elsewhere was a person; a name behind a country or a headline's adjective begins later.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Reader,
    kinds::bare_span,
    names::{Candidate, Source},
    shapes::capital,
    spellings::Use,
    words::holds,
};
use crate::{
    grammar::{Pos, Role},
    text::fold_name,
};

/// Shorter words are given names that are common words too.
const LETTERS: usize = 6;

/// Corrects kinds and extents of the unknown names.
pub(super) fn read<'a>(reader: &Reader<'a>, candidates: &mut Vec<Candidate<'a>>) {
    split_countries(reader, candidates);
    join(reader, candidates);
    shorten(reader, candidates);
    retype(reader, candidates);
}

fn is_person(candidate: &Candidate) -> bool {
    matches!(&candidate.source, Source::Unknown(kind) if kind == "Person")
}

fn folded(reader: &Reader, candidate: &Candidate) -> String {
    let text = candidate.span.slice(&reader.article.text);
    let bare = text.strip_suffix('s').filter(|_| reader.words.norwegian());
    fold_name(bare.unwrap_or(text))
}

/// "Edna Holm" is no place if the text speaks of "Holm" as of a person. Her given name tells nothing: "Warwick" may be
/// somebody and "Warwick Township" a place.
fn retype(reader: &Reader, candidates: &mut [Candidate]) {
    let alone: BTreeSet<String> = candidates
        .iter()
        .filter(|one| is_person(one) && one.words.len() == 1)
        .map(|one| folded(reader, one))
        .collect();
    for one in candidates {
        let Source::Unknown(kind) = &mut one.source else {
            continue;
        };
        let words = &reader.paragraphs[one.paragraph].words[one.words.clone()];
        let [_, .., last] = words else { continue };
        let text = one.span.slice(&reader.article.text);
        // "Lake Holm" tells itself what it is.
        let plain = reader.words.kind_of_name(text).is_none()
            && words.iter().all(|word| capital(&word.text))
            && words.len() < 4;
        let place = matches!(&**kind, "City" | "Territory" | "Facility");
        let last = last
            .text
            .strip_suffix('s')
            .filter(|_| reader.words.norwegian())
            .unwrap_or(&last.text);
        if place && plain && alone.contains(&fold_name(last)) {
            *kind = "Person".to_owned();
        }
    }
}

/// "Anna Berit" and "Holm" side by side, where the grammar joins them, are one name.
fn join(reader: &Reader, candidates: &mut Vec<Candidate>) {
    for index in (1..candidates.len()).rev() {
        let (one, next) = (&candidates[index - 1], &candidates[index]);
        let words = &reader.paragraphs[one.paragraph].words;
        let small = |at: usize| holds(&reader.words.names.particles, &words[at].text);
        // "Rita van der Berg", whose particles parted her name.
        let particled = one.paragraph == next.paragraph
            && one.words.end <= next.words.start
            && (one.words.end..next.words.start).all(small)
            && (one.words.end < next.words.start
                || small(one.words.end - 1)
                || small(next.words.start));
        let beside = one.paragraph == next.paragraph && one.words.end == next.words.start;
        let parts = beside && next.words.len() == 1 || particled;
        if !parts || !is_person(one) || !is_person(next) {
            continue;
        }
        let last = &words[one.words.end - 1];
        let under =
            last.head == Some(next.words.start) && matches!(last.role, Role::Compound | Role::Flat);
        let above = words[next.words.start].role == Role::Flat
            && words[next.words.start]
                .head
                .is_some_and(|head| one.words.contains(&head));
        if particled || under || above {
            let words = one.words.start..next.words.end;
            candidates[index - 1].span = bare_span(reader, candidates[index].paragraph, &words);
            candidates[index - 1].words = words;
            candidates.remove(index);
        }
    }
}

/// "Ambassador to the United States Anna Holm": the country is a name, and the person's name begins behind it.
fn split_countries<'a>(reader: &Reader<'a>, candidates: &mut Vec<Candidate<'a>>) {
    let mut states = Vec::new();
    for one in candidates.iter_mut().filter(|one| is_person(one)) {
        let paragraph = &reader.paragraphs[one.paragraph];
        let before = (one.words.start.saturating_sub(2)..one.words.start).rev();
        let mut before = before.map(|index| &paragraph.words[index]);
        let article = |text: &str| holds(&reader.words.names.articles, &text.to_lowercase());
        let preposition = before
            .find(|word| !article(&word.text))
            .is_some_and(|word| word.pos == Pos::Adp);
        if !preposition {
            continue;
        }
        let mut known = reader.matches(one.paragraph).iter();
        let state = known.find(|found| {
            found.words.start == one.words.start && found.words.end + 2 <= one.words.end
        });
        let Some(mut state) = state.cloned() else {
            continue;
        };
        state.spellings.retain(|one| {
            let kind = &*reader.gazetteer.actors()[one.actor].kind;
            one.usage == Use::Name && kind == "State"
        });
        if state.spellings.is_empty() {
            continue;
        }
        begin_at(reader, one, state.words.end);
        states.push(Candidate {
            paragraph: one.paragraph,
            words: state.words.clone(),
            span: state.span,
            source: Source::Known(state.spellings.iter().map(|one| one.actor).collect(), state),
        });
    }
    candidates.extend(states);
    candidates.sort_by_key(|one| (one.paragraph, one.span.start));
}

/// "Sleepless Holm won": a word at the start of a sentence that is no name itself is no part of one that the document
/// gives without it.
fn shorten(reader: &Reader, candidates: &mut [Candidate]) {
    let full = candidates
        .iter()
        .filter(|one| is_person(one) && one.words.len() > 1);
    let (first, inside): (Vec<&Candidate>, Vec<&Candidate>) =
        full.partition(|one| starts_sentence(reader, one));
    let inside: BTreeSet<String> = inside.iter().map(|one| folded(reader, one)).collect();
    let first: BTreeSet<String> = first.iter().map(|one| folded(reader, one)).collect();
    let last = |name: &String| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let surnames: BTreeSet<String> = inside.iter().map(last).collect();
    let small = small_words(reader);
    for one in candidates
        .iter_mut()
        .filter(|one| is_person(one) && one.words.len() > 1)
    {
        let paragraph = &reader.paragraphs[one.paragraph];
        let word = &paragraph.words[one.words.start];
        let rest = one.words.start + 1..one.words.end;
        let text = bare_span(reader, one.paragraph, &rest);
        let text = fold_name(text.slice(&reader.article.text));
        let own = folded(reader, one);
        // "Karita Berg Holm" may be called Berg Holm as well.
        // "Kreftsyke Anna Holm", where the document has "kreftsyke" as well.
        let common = word.pos != Pos::Propn
            || word.text.chars().count() >= LETTERS && small.contains(&word.text.to_lowercase());
        let named = inside.contains(&text)
            || first.contains(&text) && text.contains(' ')
            || surnames.contains(&text);
        if common && starts_sentence(reader, one) && named && !inside.contains(&own) {
            begin_at(reader, one, rest.start);
        }
    }
}

/// The words that the document writes without a capital.
fn small_words(reader: &Reader) -> BTreeSet<String> {
    let words = reader.paragraphs.iter().flat_map(|one| &one.words);
    let small = words.filter(|word| word.text.chars().all(char::is_lowercase));
    small.map(|word| word.text.clone()).collect()
}

fn starts_sentence(reader: &Reader, one: &Candidate) -> bool {
    reader.paragraphs[one.paragraph]
        .sentence_of(one.words.start)
        .start
        == one.words.start
}

fn begin_at(reader: &Reader, one: &mut Candidate, start: usize) {
    let words: Range<usize> = start..one.words.end;
    one.span = bare_span(reader, one.paragraph, &words);
    one.words = words;
}
