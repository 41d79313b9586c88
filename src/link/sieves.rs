//! The sieves of `reference`, one function each: a word and what was mentioned before it, an answer or none.

use std::sync::Arc;

use super::{
    groups, holders,
    owners::place_after,
    reference::{Reference, References, Seen, gender},
    spellings::Use,
    words::{Noun, holds, is_genitive_ending},
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
};

/// How many sentences back "he" looks.
const REACH: usize = 2;

/// How many words above it a pronoun looks for a subject.
const DEPTH: usize = 8;

/// One entity: the only one, else the only subject, else the only subject of a main clause.
fn only(view: &References, candidates: &[&Seen]) -> Option<Name> {
    let main = |one: &Seen| {
        let words = &view.reader.paragraphs[one.paragraph].words;
        let verb = view.reader.role(one.paragraph, one.head..one.head + 1).1;
        one.subject && verb.is_some_and(|verb| words[verb].head.is_none())
    };
    let single = |fits: &dyn Fn(&Seen) -> bool| {
        let mut fitting = candidates.iter().filter(|one| fits(one));
        let first = fitting.next()?;
        fitting
            .all(|other| other.entity == first.entity)
            .then(|| Arc::clone(&first.entity))
    };
    // "The leader of X", "Y's ally Z": what stands inside another phrase is not what the text goes on about.
    let outer = |one: &Seen| {
        !candidates.iter().any(|other| {
            other.paragraph == one.paragraph
                && other.entity != one.entity
                && view.inside(one.paragraph, other.head, one.head)
        })
    };
    single(&|_| true)
        .or_else(|| single(&outer))
        .or_else(|| single(&|one| one.subject))
        .or_else(|| single(&main))
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

/// "The group", "partiet", "landet", "the Lebanese group": the only one of its kind nearby.
pub(super) fn noun(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    // "The city of X" says which.
    if matches!(&*view.lower(at, index + 1), "of" | "som") {
        return None;
    }
    let noun = noun_at(view, at, index)?;
    let kinds = &noun.kinds[..];
    // "Flyplassen i Kabul" says which as well.
    let seat = |kind: &String| matches!(kind.as_str(), "Facility" | "City");
    let placed = place_after(reader, at, index + 1).is_some();
    if placed && kinds.iter().any(seat) {
        return None;
    }
    // "The Lebanese group": one whose country the gazetteer knows.
    let country = index.checked_sub(1).and_then(|before| {
        let word = &reader.paragraphs[at].words[before];
        let found = reader.name_at(at, before)?;
        (word.pos == Pos::Adj && found.words == (before..index)).then_some(&found.entity)
    });
    let start = if country.is_some() { index - 1 } else { index };
    let (from, owned) = view.definite_start(at, start, index)?;
    let beside = view.named_beside(at, if country.is_some() { index } else { from }, index);
    if owned || beside || modified(view, at, from, start) {
        return None;
    }
    let of_country = |one: &Seen| {
        country.is_none_or(|country| {
            let actor = reader.gazetteer.actor(&one.entity);
            actor.is_some_and(|actor| actor.country.as_ref() == Some(country))
        })
    };
    let argument = matches!(
        reader.paragraphs[at].words[index].role,
        Role::Object | Role::Oblique | Role::IndirectObject
    );
    let apart = if argument {
        clause_subject(view, at, index)
    } else {
        None
    };
    // "X invaded the country": it is another one, also where none stands as near.
    let object = reader.paragraphs[at].words[index].role == Role::Object;
    let other = |one: &Seen| !object || apart.as_ref() != Some(&one.entity);
    // States are named all the time: only those of the same sentence count as near.
    let reach = usize::from(!kinds.iter().any(|kind| kind == "State"));
    let near = (0..=reach)
        .map(|back| {
            let mut near = view.around(at, index, back, kinds);
            near.retain(|one| of_country(one) && other(one));
            // A medium is rarely meant where another may be.
            let medium = |one: &Seen| reader.kind_of(&one.entity) == "MediaOrganization";
            if near.iter().any(|one| !medium(one)) {
                near.retain(|one| {
                    !medium(one) || kinds.iter().any(|kind| kind == "MediaOrganization")
                });
            }
            // "X suspended trade with the country": that is not X.
            if let Some(subject) = apart.as_ref()
                && near.iter().any(|one| one.entity != *subject)
            {
                near.retain(|one| one.entity != *subject);
            }
            near
        })
        .find(|near| !near.is_empty());
    let entity = if let Some(near) = near {
        let first = &near.first()?.entity;
        let unique = near.iter().all(|one| one.entity == *first);
        if noun.strict && !unique {
            return None;
        }
        only(view, &near)?
    } else {
        let fits = |one: &&Seen| reader.is_any(&one.entity, kinds) && of_country(one) && other(one);
        let mut all = view.seen.iter().filter(fits);
        let first = all.next()?;
        let unique = all.all(|one| one.entity == first.entity);
        unique.then(|| Arc::clone(&first.entity))?
    };
    Some(Reference {
        words: from..index + 1,
        entities: vec![entity],
        kind: MentionKind::Nominal,
        why: "The only one of its kind that stands near before it (sieve: noun).",
    })
}

/// "His party", "partiet hennes": the organisation of a person, as the document or the gazetteer tells it.
pub(super) fn owned_noun(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let before = view
        .definite_start(at, index, index)
        .filter(|(_, owned)| *owned);
    // "Her government" is the state that she rules.
    let rules = holds(&reader.words.references.ruled, &view.lower(at, index));
    let state = ["State".to_owned()];
    let kinds = match noun_at(view, at, index) {
        Some(noun) => &noun.kinds[..],
        None if rules && before.is_some() => &state,
        None => return None,
    };
    let (words, owner) = if let Some((from, _)) = before {
        let owner = view.meant(at, from).or_else(|| {
            let found = own_possessive(view, at, from).or_else(|| he(view, at, from))?;
            found.entities.into_iter().next()
        })?;
        if modified(view, at, from, index) {
            return None;
        }
        (from..index + 1, owner)
    } else if reader.words.norwegian()
        && holds(&reader.words.references.owned, &view.lower(at, index + 1))
    {
        let found = own_possessive(view, at, index + 1).or_else(|| he(view, at, index + 1))?;
        (index..index + 2, found.entities.into_iter().next()?)
    } else {
        let named = reader.name_at(at, index.checked_sub(1)?)?;
        let apostrophe = is_genitive_ending(&view.lower(at, index - 1));
        // "Rubios parti", but not "Rubio landet".
        let written = &reader.paragraphs[at].words[index - 1];
        let genitive = named.span.end < written.span.end
            || written.text.ends_with(['s', 'x', 'z', '\'', '\u{2019}']);
        let bare = reader.words.norwegian() && !genitive;
        let owner = if bare || apostrophe && reader.kind_of(&named.entity) != "Person" {
            return None;
        } else {
            named
        };
        (owner.words.start..index + 1, Arc::clone(&owner.entity))
    };
    if reader.kind_of(&owner) != "Person" || view.named_beside(at, index, index) {
        return None;
    }
    let entity = holders::organisation_of(reader, &view.facts, &owner, kinds)?;
    Some(Reference {
        words,
        entities: vec![entity],
        kind: MentionKind::Nominal,
        why: "The organisation of this person, as the document or the gazetteer tells (sieve: owned).",
    })
}

/// "Its neighbour": the one other state named nearby.
pub(super) fn counterpart(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lists = &view.reader.words.references;
    if !holds(&lists.counterparts, &view.lower(at, index)) {
        return None;
    }
    let start = view.definite_start(at, index, index);
    let from = start.filter(|(_, owned)| *owned)?.0;
    if view.named_beside(at, from, index) {
        return None;
    }
    let here = view
        .seen
        .iter()
        .filter(|one| one.paragraph == at && one.head == from);
    let mut owners: Vec<Name> = here.map(|one| Arc::clone(&one.entity)).collect();
    owners.extend(clause_subject(view, at, index));
    let state = |name: &Name| view.reader.kind_of(name) == "State";
    if owners.is_empty() || !owners.iter().all(&state) {
        return None;
    }
    let near = (0..=1).map(|back| {
        let mut near = view.around(at, index, back, &lists.it_kinds);
        near.retain(|one| !owners.contains(&one.entity) && state(&one.entity));
        near
    });
    let near = near.into_iter().find(|near| !near.is_empty())?;
    let first = &near.first()?.entity;
    let unique = near.iter().all(|one| one.entity == *first);
    unique.then(|| Reference {
        words: from..index + 1,
        entities: vec![Arc::clone(first)],
        kind: MentionKind::Nominal,
        why: "The one other that is named nearby (sieve: counterpart).",
    })
}

/// The noun at a word, also in the Norwegian genitive.
fn noun_at(view: &References, at: usize, index: usize) -> Option<&'static Noun> {
    let words = view.reader.words;
    let lower = view.lower(at, index);
    words.noun(&lower).or_else(|| {
        let genitive = lower.strip_suffix('s').filter(|_| words.norwegian())?;
        words.noun(genitive)
    })
}

/// A modifier makes it another one ("the smaller group"), unless it says nothing new ("the same group").
fn modified(view: &References, at: usize, from: usize, to: usize) -> bool {
    let neutral = &view.reader.words.references.neutral;
    (from + 1..to).any(|before| {
        view.reader.paragraphs[at].words[before].pos == Pos::Adj
            && !holds(neutral, &view.lower(at, before))
    })
}

/// "Sin", "sitt", "sine": the subject of the clause.
pub(super) fn own_possessive(view: &References, at: usize, index: usize) -> Option<Reference> {
    let lower = view.lower(at, index);
    // "Si" is "his own" and "say".
    let verb = view.reader.paragraphs[at].words[index].pos == Pos::Verb;
    if verb || !holds(&view.reader.words.references.own, &lower) {
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
    // Nobody calls himself "he" in his own words, nor is he who is named beside him.
    let mut speakers = view.speakers(at, index);
    if matches!(word.role, Role::Subject | Role::PassiveSubject) {
        speakers.extend(view.named_under_verb(at, index));
    }
    if let Some(teller) = teller(view, at, index)
        && view.reader.is_any(&teller, &lists.he_kinds)
        && view.gender_of(&teller).is_none_or(|known| known == she)
        && !speakers.contains(&teller)
    {
        let why = "Who says so of himself (sieve: he).";
        return Some(pronoun(index, teller, why));
    }
    for back in 0..=REACH {
        let near = view.around(at, index, back, &lists.he_kinds);
        let may = |one: &&Seen| {
            let known = view.gender_of(&one.entity);
            let other = known.is_some_and(|known| known != she);
            // Far back only whom the text or the given name calls so.
            let sure = back < 2 || known == Some(she);
            let around = back == 0 && view.above(at, one.head, index);
            sure && !other
                && !around
                && !speakers.contains(&one.entity)
                && Some(&one.entity) != excluded.as_ref()
        };
        let near: Vec<&Seen> = near.into_iter().filter(may).collect();
        if !near.is_empty() {
            let entity = only(view, &near)?;
            let sure =
                back > 0 || excluded.is_none() || near.iter().all(|one| one.entity == entity);
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

/// "X, who told Y he would help": who says or thinks the clause whose subject a pronoun is.
fn teller(view: &References, at: usize, index: usize) -> Option<Name> {
    let paragraph = &view.reader.paragraphs[at];
    let words = &paragraph.words;
    let clause = words[index]
        .head
        .filter(|_| matches!(words[index].role, Role::Subject | Role::PassiveSubject))?;
    let verb = words[clause]
        .head
        .filter(|_| words[clause].role == Role::Content)?;
    let subject = paragraph
        .children_with(verb, &[Role::Subject])
        .find(|&child| child < index)?;
    let lists = &view.reader.words.references;
    if holds(&lists.relative, &view.lower(at, subject)) {
        view.meant(at, words[verb].head?)
    } else {
        view.meant(at, subject)
    }
}

/// Where "South African" begins that ends here, if it is the name for who lives there.
fn inhabitant(view: &References, at: usize, index: usize) -> Option<usize> {
    let free = !view.reader.words.norwegian() && view.reader.name_at(at, index).is_none();
    let found = view
        .adjectives
        .iter()
        .find(|found| found.words.end == index + 1)?;
    (free && inhabited(view, at, index).is_some()).then_some(found.words.start)
}

/// The country whose inhabitant a word names.
fn inhabited<'v>(view: &'v References, at: usize, index: usize) -> Option<&'v Name> {
    let reader = view.reader;
    let actors = reader.gazetteer.actors();
    let found = view
        .adjectives
        .iter()
        .find(|found| found.words.end == index + 1)?;
    let text = reader.paragraphs[at]
        .span(found.words.clone())
        .slice(&reader.article.text);
    let lives = found.spellings.iter().find(|one| {
        let people = &actors[one.actor].demonyms.en.inhabitant;
        one.usage == Use::Adjective && people.iter().any(|name| name == text)
    })?;
    Some(&actors[lives.actor].id)
}

/// "The South African", "the 87-year-old", "87-åringen": the person that "he" or "she" would mean.
pub(super) fn aged(view: &References, at: usize, index: usize) -> Option<Reference> {
    let reader = view.reader;
    let words = &reader.paragraphs[at].words;
    let lists = &reader.words.references;
    let from = inhabitant(view, at, index).or_else(|| {
        (index.saturating_sub(4)..=index).find(|&from| {
            let span = reader.paragraphs[at].span(from..index + 1);
            let text = span.slice(&reader.article.text).to_lowercase();
            let Some((age, rest)) = text.split_once('-') else {
                return false;
            };
            age.parse::<u8>().is_ok() && holds(&lists.aged, rest)
        })
    })?;
    let next = words.get(index + 1);
    if next.is_some_and(|next| matches!(next.pos, Pos::Noun | Pos::Propn | Pos::Adj)) {
        return None;
    }
    let article = from > 0 && holds(&lists.definite, &view.lower(at, from - 1));
    if !article && words[index].feature("Definite") != Some("Def") {
        return None;
    }
    // Nobody whose country is another one.
    let country = inhabited(view, at, index);
    let may = |one: &&Seen| {
        let known = reader.gazetteer.actor(&one.entity);
        let own = known.and_then(|actor| actor.country.as_ref());
        own.is_none() || country.is_none() || own == country
    };
    let near = (0..=1)
        .map(|back| {
            let mut near = view.around(at, index, back, &lists.he_kinds);
            near.retain(may);
            near
        })
        .find(|near| !near.is_empty())?;
    Some(Reference {
        words: from - usize::from(article)..index + 1,
        entities: vec![only(view, &near)?],
        kind: MentionKind::Nominal,
        why: "The only person, or the only one as subject, nearby (sieve: aged).",
    })
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
        && word.head.is_some_and(|head| {
            // "It is clear that …" means nobody.
            words[head].pos == Pos::Verb && holds(&view.reader.words.verbs.acts, &words[head].lemma)
        });
    if possessive && let Some(entity) = clause_subject(view, at, index) {
        let fits = view.reader.is_any(&entity, &lists.it_kinds);
        return fits.then(|| pronoun(index, entity, why));
    }
    if let Some(entity) = spoken_for(view, at, index).filter(|_| possessive) {
        return Some(pronoun(index, entity, why));
    }
    if !possessive && matches!(word.role, Role::Object | Role::Oblique) {
        return other_than_subject(view, at, index);
    }
    if !possessive && !acting {
        return None;
    }
    // As the subject itself, or inside it: whoever was the subject before.
    let others = view.named_under_verb(at, index);
    let subjects = |back: usize| -> Vec<&Seen> {
        view.around(at, index, back, &lists.it_kinds)
            .into_iter()
            .filter(|one| one.subject && !others.contains(&one.entity))
            .collect()
    };
    // "Rockets hit X weeks after its army left": inside another subject, the only one whom the sentence named before.
    if possessive && subjects(0).is_empty() {
        let named = view.around(at, index, 0, &lists.it_kinds);
        if let Some(first) = named.first() {
            let unique = named.iter().all(|one| one.entity == first.entity);
            return unique.then(|| pronoun(index, Arc::clone(&first.entity), why));
        }
    }
    let near = [0, 1]
        .into_iter()
        .map(subjects)
        .find(|near| !near.is_empty())?;
    let first = near.first()?;
    let unique = near.iter().all(|one| one.entity == first.entity);
    unique.then(|| pronoun(index, Arc::clone(&first.entity), why))
}

/// "A spokesman for X said its fighters …": the only one for whom the subject above speaks.
fn spoken_for(view: &References, at: usize, index: usize) -> Option<Name> {
    let paragraph = &view.reader.paragraphs[at];
    let above = std::iter::successors(Some(index), |&below| paragraph.words[below].head);
    let mut subjects = above.skip(1).take(DEPTH).filter_map(|verb| {
        paragraph
            .children_with(verb, &[Role::Subject])
            .find(|&child| child < index && paragraph.words[child].pos == Pos::Noun)
    });
    let members = subjects.find_map(|subject| groups::represented(view, at, subject))?;
    match members.as_slice() {
        [one] => Some(Arc::clone(one)),
        _ => None,
    }
}

/// "X left Y, accusing it of fraud": the only other one named in the sentence.
fn other_than_subject(view: &References, at: usize, index: usize) -> Option<Reference> {
    let kinds = &view.reader.words.references.it_kinds;
    let subject = clause_subject(view, at, index)?;
    let near = view.around(at, index, 0, kinds);
    let mut others = near.iter().filter(|one| one.entity != subject);
    let first = others.next()?;
    let why = "The only other organisation or state of the sentence (sieve: it).";
    others
        .all(|other| other.entity == first.entity)
        .then(|| pronoun(index, Arc::clone(&first.entity), why))
}

pub(super) fn pronoun(index: usize, entity: Name, why: &'static str) -> Reference {
    Reference {
        words: index..index + 1,
        entities: vec![entity],
        kind: MentionKind::Pronoun,
        why,
    }
}

/// The entity of the nearest subject above a word that stands before it and does not hold it.
pub(super) fn clause_subject(view: &References, at: usize, index: usize) -> Option<Name> {
    let reader = view.reader;
    let paragraph = &reader.paragraphs[at];
    let mut below = index;
    for _ in 0..paragraph.words.len() {
        let above = paragraph.words[below].head?;
        // "urged X to withdraw its troops", "accused X of using its bases"
        let told = paragraph
            .children_with(above, &[Role::Object, Role::IndirectObject])
            .find(|&child| above < child && child < below);
        if paragraph.words[below].role == Role::OpenContent
            && let Some(entity) = told.and_then(|told| view.meant(at, told))
        {
            return Some(entity);
        }
        // "X welcomed Y's decision to close its bases"
        let owner = paragraph
            .children_with(above, &[Role::Possessor])
            .find(|&child| child < above && above < below);
        if let Some(entity) = owner.and_then(|owner| view.meant(at, owner)) {
            return Some(entity);
        }
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
        // "Hamas, known for its rockets": the noun that a clause without subject stands at.
        if matches!(
            paragraph.words[below].role,
            Role::RelativeClause | Role::NounClause
        ) && let Some(entity) = view.meant(at, above)
        {
            return Some(entity);
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
