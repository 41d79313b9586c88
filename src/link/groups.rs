//! The sieves of `reference` for more than one: "the two movements", "both sides", "partene", "the three countries",
//! "they". They go back to names that the text joins by "and"; a group that the grammar does not show is none.

use std::{ops::Range, sync::Arc};

use super::{
    reference::{Reference, References, Seen, gender},
    sieves::{clause_subject, pronoun},
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// "The two movements", "both sides", "begge", "the three countries": those that were last joined by "and".
pub(super) fn counted(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let lists = &reader.words.references;
    let word = &reader.paragraphs[at].words[index];
    let lower = word.text.to_lowercase();
    let argument = matches!(
        word.role,
        Role::Subject | Role::PassiveSubject | Role::Object | Role::Oblique
    ) || word.role == Role::Determiner && head_is_verb(view, at, index);
    let before = index
        .checked_sub(1)
        .map(|before| reader.lower(at, before))
        .unwrap_or_default();
    let the_two = holds(&lists.two, &lower)
        && holds(&lists.definite, &before)
        && matches!(word.pos, Pos::Num | Pos::Noun)
        && word.role != Role::Number;
    if the_two && argument {
        let near = |one: &Seen| view.distance(at, index, one) <= 1;
        let pair = last_group(view, &near, &[], Some(2))?;
        return Some(group(index - 1..index + 1, pair));
    }
    if holds(&lists.both, &lower) && argument && word.pos != Pos::Cconj {
        let near = |one: &Seen| view.distance(at, index, one) <= 1;
        let pair = last_group(view, &near, &[], Some(2))?;
        return Some(group(index..index + 1, pair));
    }
    let genitive = lower.strip_suffix('s').filter(|_| reader.words.norwegian());
    let kinds = reader
        .words
        .pair_kinds(&lower)
        .or_else(|| reader.words.pair_kinds(genitive?))?;
    let (mut from, mut country) = (index, None);
    while from > 0
        && matches!(
            reader.paragraphs[at].words[from - 1].pos,
            Pos::Adj | Pos::Num | Pos::Det
        )
    {
        // "the two Palestinian factions"
        if let Some(found) = reader.name_at(at, from - 1) {
            let adjective = reader.paragraphs[at].words[from - 1].pos == Pos::Adj;
            if !adjective || country.is_some() || found.words != (from - 1..from) {
                break;
            }
            country = Some(Arc::clone(&found.entity));
        }
        from -= 1;
        if holds(&lists.definite, &reader.lower(at, from)) {
            break;
        }
    }
    let said = |before: usize| {
        let word = reader.lower(at, before);
        if holds(&lists.two, &word) {
            Some(2)
        } else {
            lists.counts.get(&word).copied()
        }
    };
    let count = (from..index).find_map(said);
    let number = |before: usize| reader.paragraphs[at].words[before].pos == Pos::Num;
    let definite = view
        .definite_start(at, index, index)
        .is_some_and(|(_, owned)| !owned);
    let beside = view.named_beside(at, if country.is_some() { index } else { from }, index);
    if count.is_none() && (from..index).any(number) || beside {
        return None;
    }
    // "The sides" are two; "the countries" and "the leaders" may be any.
    let open = matches!(kinds, [kind] if kind == "State" || kind == "Person");
    if count.is_none() && (!definite || open) {
        return None;
    }
    let far = |_: &Seen| true;
    let members = last_group(view, &far, kinds, count.or(Some(2)))
        .or_else(|| only(view, kinds, count.filter(|&count| count == 2)?))?;
    let of_country = |member: &Name| {
        let known = reader.gazetteer.actor(member);
        let own = known.and_then(|actor| actor.country.as_ref());
        country.is_none() || own == country.as_ref()
    };
    if !members.iter().all(of_country) {
        return None;
    }
    Some(group(from..index + 1, members))
}

/// "They", "their": a group as subject of this clause or the sentence before, or one organisation of many people.
pub(super) fn they(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let lists = &reader.words.references;
    let words = &reader.paragraphs[at].words;
    let word = &words[index];
    let lower = word.text.to_lowercase();
    if !holds(&lists.they, &lower) || !matches!(word.pos, Pos::Pron | Pos::Det) {
        return None;
    }
    // Norwegian "de" before a noun is an article.
    let article = word.pos == Pos::Det && word.role != Role::Possessor;
    if article {
        return None;
    }
    let why = "The group that is the subject nearby (sieve: they).";
    if word.role == Role::Possessor {
        // "Hamas and its militia", "Hamas og deres milits": the owner is the one it is joined to.
        let owned = word.head?;
        let beside = words[owned]
            .head
            .filter(|_| words[owned].role == Role::Conjunct)
            .filter(|&first| first < index)
            .and_then(|first| view.meant(at, first));
        let single = beside.or_else(|| clause_subject(view, at, index));
        if let Some(members) = subject_group(view, at, index) {
            return Some(plural(index, members, why));
        }
        let entity = single?;
        return reader
            .is_any(&entity, &lists.they_kinds)
            .then(|| pronoun(index, entity, why));
    }
    // "mediated between them": two that were named together.
    let between = word
        .marker
        .as_ref()
        .is_some_and(|marker| holds(&lists.between, marker));
    if between {
        let near = |one: &Seen| view.distance(at, index, one) <= 1;
        let members = last_group(view, &near, &[], Some(2))?;
        return Some(plural(index, members, why));
    }
    if !matches!(word.role, Role::Subject | Role::PassiveSubject) {
        return None;
    }
    let inside = view.in_relative_clause(at, index);
    // "As they persuaded X": they are not X.
    let others = view.named_under_verb(at, index);
    for back in usize::from(inside)..=1 {
        let here = |one: &Seen| view.distance(at, index, one) == back;
        // A plural noun between may be meant as well, unless it stands for names ("sources in A and B").
        let mut nouns = view.plural_subjects(at, index, back).into_iter();
        if let Some((place, noun)) = nouns.next() {
            let members = represented(view, place, noun)?;
            let why = "Those whose people are the subject nearby (sieve: they).";
            return nouns.next().is_none().then(|| plural(index, members, why));
        }
        if let Some(members) = last_group(view, &|one| here(one) && one.subject, &[], None) {
            let free = members.iter().all(|member| !others.contains(member));
            return free.then(|| plural(index, members, why));
        }
        let subjects: Vec<&Seen> = view
            .seen
            .iter()
            .filter(|one| here(one) && one.subject && reader.is_any(&one.entity, &lists.they_kinds))
            .filter(|one| !others.contains(&one.entity))
            .collect();
        if let Some(first) = subjects.first() {
            let unique = subjects.iter().all(|one| one.entity == first.entity);
            return unique.then(|| pronoun(index, Arc::clone(&first.entity), why));
        }
    }
    None
}

/// Those that a plural noun for their people stands for: "sources in A and B", "the leaders of A", "Israeli officials".
pub(super) fn represented(view: &References, at: usize, noun: usize) -> Option<Vec<Name>> {
    let reader = view.reader;
    let lists = &reader.words.references;
    let words = &reader.paragraphs[at].words;
    let word = &words[noun];
    let lower = word.text.to_lowercase();
    if !holds(&lists.representatives, &word.lemma) && !holds(&lists.representatives, &lower) {
        return None;
    }
    let owns = |child: &usize| match words[*child].role {
        Role::Oblique => words[*child]
            .marker
            .as_ref()
            .is_some_and(|marker| holds(&lists.stands_for, marker)),
        Role::Possessor | Role::Compound | Role::Adjective => true,
        _ => false,
    };
    let mut names: Vec<Name> = Vec::new();
    for first in reader.paragraphs[at].children(noun).filter(owns) {
        for member in members(view, at, first) {
            if !names.contains(&member.entity) {
                names.push(Arc::clone(&member.entity));
            }
        }
    }
    let fits = |name: &Name| reader.is_any(name, &lists.it_kinds);
    (!names.is_empty() && names.iter().all(fits)).then_some(names)
}

/// "Togo's president said he would visit X": the actor whose only nameless official is the subject nearby, where no person
/// is named.
pub(super) fn he_who_represents(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    gender(reader, at, index)?;
    let words = &reader.paragraphs[at].words;
    let persons = &reader.words.references.he_kinds;
    let named = (0..=1).any(|back| !view.around(at, index, back, persons).is_empty());
    if named || matches!(words[index].pos, Pos::Propn | Pos::Noun) {
        return None;
    }
    for back in 0..=1 {
        let mut officials = view.single_subjects(at, index, back).into_iter();
        let Some((place, noun)) = officials.next() else {
            continue;
        };
        let entity = <[Name; 1]>::try_from(represented(view, place, noun)?).ok();
        let [entity] = entity.filter(|_| officials.next().is_none())?;
        let why = "The actor whose official is the subject nearby (sieve: he).";
        return Some(pronoun(index, entity, why));
    }
    None
}

/// The group that is the subject of the clause around a word.
fn subject_group(view: &References, at: usize, index: usize) -> Option<Vec<Name>> {
    let here = |one: &Seen| view.distance(at, index, one) == 0 && one.subject && one.head < index;
    last_group(view, &here, &[], None)
}

/// "Begge anklager X": a determiner without a noun.
fn head_is_verb(view: &References, at: usize, index: usize) -> bool {
    let words = &view.reader.paragraphs[at].words;
    let head = words[index].head.map(|head| words[head].pos);
    matches!(head, Some(Pos::Verb | Pos::Aux))
}

fn group(words: Range<usize>, entities: Vec<Name>) -> Reference {
    Reference {
        words,
        entities,
        kind: MentionKind::Nominal,
        why: "Those that were last named together (sieve: group).",
    }
}

fn plural(index: usize, entities: Vec<Name>, why: &'static str) -> Reference {
    Reference {
        words: index..index + 1,
        entities,
        kind: MentionKind::Pronoun,
        why,
    }
}

/// The last entities that were coordinated, all of them fitting; `count` of them, if it is given.
fn last_group(
    view: &References,
    fits: &dyn Fn(&Seen) -> bool,
    kinds: &[String],
    count: Option<usize>,
) -> Option<Vec<Name>> {
    let reader = view.reader;
    let of_kind = |one: &Seen| kinds.is_empty() || reader.is_any(&one.entity, kinds);
    let first_of = |one: &Seen| {
        let first = first_conjunct(view, one.paragraph, one.head);
        Some(first).filter(|&first| first != one.head)
    };
    let mut tried = Vec::new();
    for last in view.seen.iter().rev().filter(|one| fits(one)) {
        let Some(first) = first_of(last).filter(|&first| first < last.head) else {
            continue;
        };
        if tried.contains(&(last.paragraph, first)) {
            continue;
        }
        tried.push((last.paragraph, first));
        let members = members(view, last.paragraph, first);
        let distinct = members.iter().map(|one| &one.entity);
        let mut names: Vec<Name> = Vec::new();
        for name in distinct {
            if !names.contains(name) {
                names.push(Arc::clone(name));
            }
        }
        let all = members.iter().all(|one| of_kind(one) && fits(one));
        let one_kind = !kinds.is_empty() || same_sort(view, &names);
        if all && one_kind && names.len() > 1 && count.is_none_or(|count| count == names.len()) {
            return Some(names);
        }
    }
    None
}

/// The mentions of a coordination by its first word.
fn members<'v>(view: &'v References, paragraph: usize, first: usize) -> Vec<&'v Seen> {
    let joined = |one: &&Seen| {
        one.paragraph == paragraph && first_conjunct(view, paragraph, one.head) == first
    };
    view.seen.iter().filter(joined).collect()
}

/// The first word of a coordination in which each member may hang on the one before.
fn first_conjunct(view: &References, paragraph: usize, member: usize) -> usize {
    let words = &view.reader.paragraphs[paragraph].words;
    let mut at = member;
    while let (Role::Conjunct, Some(head)) = (words[at].role, words[at].head)
        && head < at
    {
        at = head;
    }
    at
}

/// Whether all are persons, or none is.
fn same_sort(view: &References, names: &[Name]) -> bool {
    let persons = names
        .iter()
        .filter(|name| view.reader.kind_of(name) == "Person")
        .count();
    persons == 0 || persons == names.len()
}

/// The entities of some kinds, if the document has named just so many.
fn only(view: &References, kinds: &[String], count: usize) -> Option<Vec<Name>> {
    let mut named: Vec<Name> = Vec::new();
    for one in view
        .seen
        .iter()
        .filter(|one| view.reader.is_any(&one.entity, kinds))
    {
        if !named.contains(&one.entity) {
            named.push(Arc::clone(&one.entity));
        }
    }
    (named.len() == count).then_some(named)
}
