//! Offices: what the document says who holds which ("Hamas leader Anna Holm", "Anna Holm, the leader of Hamas"), and
//! descriptions that name an office in the place of its holder ("the Hamas leader", "Egypts president").
//! The document's own words go first, wherever in it they stand; else the gazetteer, at the date of publication.

use std::{ops::Range, sync::Arc};

use super::{
    Found, Reader, holders,
    office_words::{Office, OfficeWords},
    owners::{owner_after, owner_before},
    reference::{Reference, References},
    words::{holds, is_genitive_ending},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role, Word},
};

/// An office at a place of the text.
pub(super) struct Description {
    pub(super) office: &'static Office,
    /// Whose office it is, where the phrase says so.
    pub(super) owner: Option<Name>,
    pub(super) words: Range<usize>,
    /// The head of the office's own words.
    noun: usize,
    /// Whether the phrase means one certain holder.
    definite: bool,
    pub(super) former: bool,
}

/// What the document says: this person holds (or held) this office.
pub(super) struct Fact {
    pub(super) office: &'static Office,
    pub(super) owner: Option<Name>,
    pub(super) person: Name,
    pub(super) former: bool,
}

/// Everything that the document says about who holds an office, in its order.
pub(super) fn facts(reader: &Reader) -> Vec<Fact> {
    let mut facts = Vec::new();
    for at in 0..reader.paragraphs.len() {
        for index in 0..reader.paragraphs[at].words.len() {
            let Some(found) = describe(reader, at, index, None) else {
                continue;
            };
            if let Some(person) = person_beside(reader, at, found.noun, &found.words) {
                facts.push(Fact {
                    office: found.office,
                    owner: found.owner,
                    person,
                    former: found.former,
                });
            }
        }
    }
    facts
}

/// The sieve: an office in the place of its holder.
pub(super) fn holder(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let pronoun = |word: usize| view.meant(at, word);
    let found = describe(reader, at, index, Some(&pronoun))?;
    let noun = found.noun;
    let next = reader.paragraphs[at].words.get(found.words.end);
    let title = next.is_some_and(|next| next.pos == Pos::Propn);
    if found.owner.is_none() && of_another(reader, at, &found.words, noun) {
        return None;
    }
    if !found.definite || title || person_beside(reader, at, noun, &found.words).is_some() {
        return None;
    }
    // "President" before another noun, or as what somebody becomes, is nobody.
    let role = reader.paragraphs[at].words[noun].role;
    if matches!(
        role,
        Role::Compound | Role::Attribute | Role::Flat | Role::Apposition
    ) {
        return None;
    }
    let (entity, why) = if let Some(person) = holders::by_document(reader, &view.facts, &found) {
        (
            person,
            "The document says who holds this office (sieve: office).",
        )
    } else if person_behind_comma(reader, at, found.words.end) {
        // "The prime minister, Anna Holm said …": of the two readings one names another holder.
        return None;
    } else {
        (
            holders::by_gazetteer(reader, &found)?,
            "The gazetteer knows who held this office when the text was published (sieve: office).",
        )
    };
    Some(Reference {
        words: found.words,
        entities: vec![entity],
        kind: MentionKind::Nominal,
        why,
    })
}

/// The office that a word names, with its owner. `pronoun` tells whom a pronoun before it means, once that is known.
fn describe(
    reader: &Reader,
    at: usize,
    index: usize,
    pronoun: Option<&dyn Fn(usize) -> Option<Name>>,
) -> Option<Description> {
    let paragraph = &reader.paragraphs[at];
    let (office, mut words) = office_at(reader, at, index)?;
    // "Director" in "director general" is no office of its own.
    let longer = index + 1 < paragraph.words.len()
        && office_at(reader, at, index + 1).is_some_and(|(_, longer)| longer.start <= index);
    if longer {
        return None;
    }
    let noun = reader.head(at, words.clone());
    let definite_ending =
        reader.words.norwegian() && paragraph.words[index].feature("Definite") == Some("Def");
    let mut former = false;
    let mut from = words.start;
    while from > 0
        && describes(&paragraph.words[from - 1])
        && reader.name_at(at, from - 1).is_none()
    {
        let lower = reader.lower(at, from - 1);
        if holds(&OfficeWords::get().before.deputy, &lower) {
            return None;
        }
        former |= holds(&OfficeWords::get().before.former, &lower);
        from -= 1;
    }
    let article = from
        .checked_sub(1)
        .is_some_and(|before| holds(&reader.words.references.definite, &reader.lower(at, before)));
    let compound = reader
        .name_at(at, index)
        .filter(|one| {
            one.kind == MentionKind::Name && one.span.end < paragraph.words[index].span.end
        })
        .map(|one| Arc::clone(&one.entity));
    if compound.is_none() && reader.name_at(at, index).is_some() {
        return None;
    }
    let mut definite = definite_ending || article;
    let mut owner = compound;
    if owner.is_none()
        && let Some((named, phrase)) = owner_before(reader, at, &words)
    {
        definite |= possessive(reader, at, &phrase, words.start);
        definite |= phrase.start.checked_sub(1).is_some_and(|before| {
            holds(&reader.words.references.definite, &reader.lower(at, before))
        });
        let skipped = (phrase.start..words.start)
            .any(|one| holds(&OfficeWords::get().before.deputy, &reader.lower(at, one)));
        if skipped {
            return None;
        }
        words.start = phrase.start;
        owner = Some(named);
    } else if owner.is_none()
        && from > 0
        && holds(&reader.words.references.owned, &reader.lower(at, from - 1))
    {
        owner = Some(pronoun?(from - 1)?);
        words.start = from - 1;
        definite = true;
    }
    if owner.is_none()
        && let Some((named, phrase)) = owner_after(reader, at, &words, None)
    {
        words.end = phrase.end;
        owner = Some(named);
    }
    if article && words.start >= from {
        words.start = from - 1;
    } else if let Some(before) = words.start.checked_sub(1)
        && holds(&reader.words.references.definite, &reader.lower(at, before))
    {
        words.start = before;
    } else if definite_ending && owner.is_none() {
        words.start = from.min(words.start);
    }
    // A person owns no office ("the president's spokesman" is for the president's state to know).
    if owner.as_ref().is_some_and(|owner| {
        matches!(
            reader.kind_of(owner),
            "Person" | "Agreement" | "Event" | "Law" | "Facility"
        )
    }) {
        return None;
    }
    Some(Description {
        office,
        owner,
        words,
        noun,
        definite,
        former,
    })
}

/// Whether a word before an office may describe it: "says" in "says the leader" does not.
fn describes(word: &Word) -> bool {
    match word.pos {
        Pos::Adj | Pos::Adv => true,
        Pos::Verb => word.feature("VerbForm") == Some("Part"),
        _ => false,
    }
}

/// The longest office that ends at a word: "prime minister", "Hamas-lederen" (its second part).
fn office_at(reader: &Reader, at: usize, index: usize) -> Option<(&'static Office, Range<usize>)> {
    let paragraph = &reader.paragraphs[at];
    let word = &paragraph.words[index];
    let norwegian = reader.words.norwegian();
    if !matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Adj)
        || !OfficeWords::get().may_end(&word.text.to_lowercase(), norwegian)
    {
        return None;
    }
    for from in index.saturating_sub(2)..=index {
        let text = paragraph.span(from..index + 1).slice(&reader.article.text);
        let text = text.to_lowercase();
        let bare = text.strip_suffix('s').filter(|_| norwegian);
        let found = OfficeWords::get()
            .named(&text, norwegian)
            .or_else(|| OfficeWords::get().named(bare?, norwegian));
        if let Some(office) = found.filter(|_| word.pos != Pos::Adj || from < index) {
            return Some((office, from..index + 1));
        }
    }
    let (_, last) = word.text.rsplit_once('-')?;
    let last = last.to_lowercase();
    let words = OfficeWords::get();
    let office = words
        .named(&last, norwegian)
        .or_else(|| words.named(last.strip_suffix('s').filter(|_| norwegian)?, norwegian))?;
    Some((office, index..index + 1))
}

/// Whether the owner stands in the genitive, so that the phrase means one certain office.
fn possessive(reader: &Reader, at: usize, phrase: &Range<usize>, office: usize) -> bool {
    let paragraph = &reader.paragraphs[at];
    (phrase.start..office).any(|index| {
        let word = &paragraph.words[index];
        is_genitive_ending(&word.text)
            || reader.words.norwegian()
                && (word.feature("Case") == Some("Gen") || word.role == Role::Possessor)
    })
}

/// "The leader of the student revolt": an office of what is no actor is not that of anybody else.
fn of_another(reader: &Reader, at: usize, words: &Range<usize>, noun: usize) -> bool {
    let paragraph = &reader.paragraphs[at];
    let lists = &reader.words.bodies;
    let of = reader.lower(at, words.end);
    let owning = holds(&lists.of, &of) && !holds(&lists.seat, &of);
    let mut below = paragraph.children_with(noun, &[Role::Oblique]);
    reader.words.norwegian() && owning && below.any(|child| child > words.end)
}

fn person_behind_comma(reader: &Reader, at: usize, next: usize) -> bool {
    let named = reader.name_at(at, next + 1);
    let person = named.is_some_and(|one| reader.kind_of(&one.entity) == "Person");
    reader.lower(at, next) == "," && person
}

/// The person who is named beside an office: as its title, in apposition, or as the subject of "is".
fn person_beside(reader: &Reader, at: usize, noun: usize, words: &Range<usize>) -> Option<Name> {
    let paragraph = &reader.paragraphs[at];
    let person = |word: usize| {
        let found: &Found = reader.name_at(at, word)?;
        let named = found.kind == MentionKind::Name && reader.kind_of(&found.entity) == "Person";
        (named && !words.contains(&word)).then(|| Arc::clone(&found.entity))
    };
    let text = |word: usize| paragraph.words.get(word).map_or("", |word| &word.text);
    if let Some(next) = person(words.end) {
        return Some(next);
    }
    if matches!(text(words.end), "," | "(") && person(words.end + 1).is_some() {
        let named = reader.name_at(at, words.end + 1)?;
        if matches!(text(named.words.end), "," | "." | ")" | "") {
            return person(words.end + 1);
        }
    }
    let word = &paragraph.words[noun];
    if let Some(beside) = paragraph
        .children_with(noun, &[Role::Apposition, Role::Flat])
        .find_map(person)
    {
        return Some(beside);
    }
    if word.role == Role::Apposition
        && let Some(above) = word.head.and_then(person)
    {
        return Some(above);
    }
    let is = paragraph
        .children_with(noun, &[Role::Copula])
        .next()
        .is_some();
    let negated = paragraph
        .children_with(noun, &[Role::Negation])
        .next()
        .is_some();
    if is && !negated {
        return paragraph
            .children_with(noun, &[Role::Subject])
            .find_map(person);
    }
    None
}
