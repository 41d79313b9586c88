//! The sieves of `reference`, one function each: a word and what was mentioned before it, an answer or none.

use std::{ops::Range, sync::Arc};

use super::{
    reference::{Reference, References, Seen, gender},
    spellings::Use,
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// One entity: the only one, else the only subject.
fn only(candidates: &[&Seen]) -> Option<Name> {
    let single = |mut all: &mut dyn Iterator<Item = &Seen>| {
        let first = all.next()?;
        (&mut all)
            .all(|other| other.entity == first.entity)
            .then(|| Arc::clone(&first.entity))
    };
    single(&mut candidates.iter().copied())
        .or_else(|| single(&mut candidates.iter().copied().filter(|one| one.subject)))
}

/// "The Islamist movement": a description that the gazetteer gives, of an actor that was mentioned.
pub(super) fn described(view: &References, at: usize, index: usize) -> Option<Reference> {
    let found = view
        .descriptions
        .iter()
        .find(|one| one.words.end == index + 1)?;
    let (from, owned) = view.definite_start(at, found.words.start, index)?;
    if owned || view.named_beside(at, found.words.end - 1, index) {
        return None;
    }
    let actors = view.reader.gazetteer.actors();
    let fits = |id: &Name| {
        found
            .spellings
            .iter()
            .any(|one| one.usage == Use::Description && actors[one.actor].id == *id)
    };
    let last = view.seen.iter().rev().find(|one| fits(&one.entity))?;
    Some(Reference {
        words: from..index + 1,
        entities: vec![Arc::clone(&last.entity)],
        kind: MentionKind::Nominal,
        why: "The gazetteer describes so an actor that was mentioned before (sieve: description).",
    })
}

/// "The two movements", "both sides", "begge": the two that were last joined by "and".
pub(super) fn two(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let lists = &reader.words.references;
    let word = &reader.paragraphs[at].words[index];
    let lower = word.text.to_lowercase();
    let argument = matches!(
        word.role,
        Role::Subject | Role::PassiveSubject | Role::Object | Role::Oblique
    );
    if holds(&lists.both, &lower) && argument && word.pos != Pos::Cconj {
        let pair = last_pair(view, at, index, &[])?;
        return Some(pair_reference(index..index + 1, pair));
    }
    let kinds = reader.words.pair_kinds(&lower)?;
    let mut from = index;
    while from > 0
        && matches!(
            reader.paragraphs[at].words[from - 1].pos,
            Pos::Adj | Pos::Num | Pos::Det
        )
    {
        from -= 1;
        if holds(&lists.definite, &reader.lower(at, from)) {
            break;
        }
    }
    let counted = (from..index).any(|before| holds(&lists.two, &reader.lower(at, before)));
    let definite = view
        .definite_start(at, index, index)
        .is_some_and(|(_, owned)| !owned);
    let other_number = (from..index).any(|before| {
        reader.paragraphs[at].words[before].pos == Pos::Num
            && !holds(&lists.two, &reader.lower(at, before))
    });
    if !counted && !definite || other_number || view.named_beside(at, from, index) {
        return None;
    }
    let pair =
        last_pair(view, at, index, kinds).or_else(|| only_two(view, kinds).filter(|_| counted))?;
    Some(pair_reference(from..index + 1, pair))
}

fn pair_reference(words: Range<usize>, pair: [Name; 2]) -> Reference {
    Reference {
        words,
        entities: pair.into(),
        kind: MentionKind::Nominal,
        why: "The two that were last named together (sieve: two).",
    }
}

/// The last two entities of fitting kinds that were coordinated; three of a kind are no pair.
fn last_pair(view: &References, at: usize, index: usize, kinds: &[String]) -> Option<[Name; 2]> {
    let reader = view.reader;
    let fits = |one: &Seen| {
        if kinds.is_empty() {
            one.paragraph == at && view.sentence(at, index) <= one.sentence + 1
        } else {
            reader.is_any(&one.entity, kinds)
        }
    };
    let joined = |one: &Seen, other: &Seen| {
        let word = &reader.paragraphs[other.paragraph].words[other.head];
        one.paragraph == other.paragraph
            && word.role == Role::Conjunct
            && word.head == Some(one.head)
    };
    for (place, last) in view
        .seen
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, one)| fits(one))
    {
        let Some(first) = view.seen[..place]
            .iter()
            .rev()
            .find(|one| joined(one, last))
        else {
            continue;
        };
        let chained = |one: &Seen| joined(last, one) || joined(first, one) && one.head != last.head;
        if fits(first) && first.entity != last.entity && !view.seen.iter().any(chained) {
            return Some([Arc::clone(&first.entity), Arc::clone(&last.entity)]);
        }
    }
    None
}

/// The two entities of some kinds, if the document has named just two.
fn only_two(view: &References, kinds: &[String]) -> Option<[Name; 2]> {
    let mut named: Vec<&Name> = Vec::new();
    for one in view
        .seen
        .iter()
        .filter(|one| view.reader.is_any(&one.entity, kinds))
    {
        if !named.contains(&&one.entity) {
            named.push(&one.entity);
        }
    }
    let [first, last] = named[..] else {
        return None;
    };
    Some([Arc::clone(first), Arc::clone(last)])
}

/// "The group", "partiet", "landet": the only one of its kind nearby.
pub(super) fn noun(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lower = view.lower(at, index);
    let genitive = lower
        .strip_suffix('s')
        .filter(|_| view.reader.words.norwegian());
    // "The city of X" says which.
    if matches!(&*view.lower(at, index + 1), "of" | "som") {
        return None;
    }
    let words = view.reader.words;
    let kinds = words
        .noun_kinds(&lower)
        .or_else(|| genitive.and_then(|bare| words.noun_kinds(bare)))?;
    let (from, owned) = view.definite_start(at, index, index)?;
    let place = kinds.iter().any(|kind| {
        matches!(
            &**kind,
            "State" | "Territory" | "City" | "Agreement" | "Facility"
        )
    });
    if owned && place || view.named_beside(at, from, index) {
        return None;
    }
    // A modifier makes it another one ("the smaller group").
    if (from + 1..index).any(|before| view.reader.paragraphs[at].words[before].pos == Pos::Adj) {
        return None;
    }
    // States are named all the time: only those of the same sentence count as near.
    let reach: &[usize] = if kinds.iter().any(|kind| kind == "State") {
        &[0]
    } else {
        &[0, 1]
    };
    let near = reach
        .iter()
        .copied()
        .map(|back| view.around(at, index, back, kinds))
        .find(|near| !near.is_empty());
    let entity = if let Some(near) = near {
        only(&near)?
    } else {
        let all: Vec<&Seen> = view
            .seen
            .iter()
            .filter(|one| view.reader.is_any(&one.entity, kinds))
            .collect();
        let first = all.first()?;
        let unique = all.iter().all(|one| one.entity == first.entity);
        unique.then(|| Arc::clone(&first.entity))?
    };
    Some(Reference {
        words: from..index + 1,
        entities: vec![entity],
        kind: MentionKind::Nominal,
        why: "The only one of its kind that stands near before it (sieve: noun).",
    })
}

/// "Sin", "sitt", "sine": the subject of the clause.
pub(super) fn own_possessive(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lower = view.lower(at, index);
    if !holds(&view.reader.words.references.own, &lower) {
        return None;
    }
    let entity = clause_subject(view, at, index)?;
    Some(pronoun(
        index,
        entity,
        "The subject of its clause (sieve: own possessive).",
    ))
}

/// "He", "hennes": the only person, or the only one that is a subject, of this sentence or the one before.
pub(super) fn he(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lists = &view.reader.words.references;
    let word = &view.reader.paragraphs[at].words[index];
    let lower = word.text.to_lowercase();
    let she = gender(view.reader, at, index)?;
    if matches!(word.pos, Pos::Propn | Pos::Noun) {
        return None;
    }
    // "Met him" and Norwegian "hans" are never the subject of their own clause.
    let excluded = holds(&lists.other, &lower)
        .then(|| clause_subject(view, at, index))
        .flatten();
    for back in [0, 1] {
        let near = view.around(at, index, back, &lists.he_kinds);
        let may = |one: &&Seen| {
            let other = view
                .gender_of(&one.entity)
                .is_some_and(|known| known != she);
            let around = back == 0 && view.above(at, one.head, index);
            !other && !around && Some(&one.entity) != excluded.as_ref()
        };
        let near: Vec<&Seen> = near.into_iter().filter(may).collect();
        if !near.is_empty() {
            let entity = only(&near)?;
            let sure =
                back == 1 || excluded.is_none() || near.iter().all(|one| one.entity == entity);
            if !sure {
                return None;
            }
            return Some(pronoun(
                index,
                entity,
                "The only person, or the only one as subject, nearby (sieve: he).",
            ));
        }
    }
    None
}

/// "Its": the organisation or state that is the subject of its clause; "it" that acts: that of the sentence before.
pub(super) fn it(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lists = &view.reader.words.references;
    let words = &view.reader.paragraphs[at].words;
    let word = &words[index];
    if !holds(&lists.it, &word.text.to_lowercase()) || !matches!(word.pos, Pos::Pron | Pos::Det) {
        return None;
    }
    let why = "The organisation or state that is the subject nearby (sieve: it).";
    let possessive = word.role == Role::Possessor;
    let acting = matches!(word.role, Role::Subject)
        && word
            .head
            .is_some_and(|head| holds(&view.reader.words.verbs.acts, &words[head].lemma));
    if possessive && let Some(entity) = clause_subject(view, at, index) {
        let fits = view.reader.is_any(&entity, &lists.it_kinds);
        return fits.then(|| pronoun(index, entity, why));
    }
    if !possessive && !acting {
        return None;
    }
    // As the subject itself, or inside it: whoever was the subject before.
    let subjects = |back: usize| -> Vec<&Seen> {
        view.around(at, index, back, &lists.it_kinds)
            .into_iter()
            .filter(|one| one.subject)
            .collect()
    };
    let near = [0, 1]
        .into_iter()
        .map(subjects)
        .find(|near| !near.is_empty())?;
    let first = near.first()?;
    let unique = near.iter().all(|one| one.entity == first.entity);
    unique.then(|| pronoun(index, Arc::clone(&first.entity), why))
}

fn pronoun(index: usize, entity: Name, why: &'static str) -> Reference {
    Reference {
        words: index..index + 1,
        entities: vec![entity],
        kind: MentionKind::Pronoun,
        why,
    }
}

/// The entity of the nearest subject above a word that stands before it and does not hold it.
fn clause_subject(view: &References, at: usize, index: usize) -> Option<Name> {
    let reader = view.reader;
    let paragraph = &reader.paragraphs[at];
    let mut below = index;
    for _ in 0..paragraph.words.len() {
        let above = paragraph.words[below].head?;
        let subject = paragraph
            .children_with(above, &[Role::Subject, Role::PassiveSubject])
            .find(|&child| child != below && child < index);
        if let Some(subject) = subject {
            let relative = holds(
                &reader.words.references.relative,
                &reader.lower(at, subject),
            );
            let meant = if relative {
                paragraph.words[above].head?
            } else {
                subject
            };
            return view.meant(at, meant);
        }
        // The subject holds the word: there is none above it in this clause.
        if matches!(
            paragraph.words[below].role,
            Role::Subject | Role::PassiveSubject
        ) {
            return None;
        }
        below = above;
    }
    None
}
