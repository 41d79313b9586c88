//! Names: those of the gazetteer, those that only the recogniser (or a run of proper nouns) shows, short forms of
//! names that the document gives in full, acronyms that it introduces, adjectives of countries.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Found, Reader,
    beside::{described, titled},
    identities::id_of_person,
    joined,
    kinds::{bare_span, kind_of, outweighs, seen_as_place},
    matching::{Match, matches},
    namesakes::{certain, countries, likeliest},
    shapes::{capital, runs, trim},
    short::{ShortForms, bearer, bind, known_as, persons, scan_short_forms},
    spellings::Use,
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::Role,
    text::{Span, fold_name, slug},
};

/// A stretch that is a name of somebody.
pub(super) struct Candidate<'a> {
    pub(super) paragraph: usize,
    pub(super) words: Range<usize>,
    pub(super) span: Span,
    pub(super) source: Source<'a>,
}

pub(super) enum Source<'a> {
    /// Indices of actors that bear the name.
    Known(Vec<usize>, Match<'a>),
    /// Its kind, as the words around it or the recogniser tell.
    Unknown(String),
}

/// Adds all mentions by name.
pub(super) fn read(reader: &mut Reader) {
    let mut candidates = Vec::new();
    let mut adjectives = Vec::new();
    for at in 0..reader.paragraphs.len() {
        collect(reader, at, &mut candidates, &mut adjectives);
    }
    let acronyms = bind(reader, &candidates);
    let entities = resolve(reader, &candidates, &acronyms, &adjectives);
    let persons = persons(reader, &candidates, &entities);
    emit(reader, &candidates, &entities, &persons, &acronyms);
    for (at, found) in adjectives {
        add_adjective(reader, at, &found);
    }
    scan_short_forms(reader, &persons, &acronyms, &entities);
    joined::read(reader);
}

fn collect<'a>(
    reader: &Reader<'a>,
    at: usize,
    candidates: &mut Vec<Candidate<'a>>,
    adjectives: &mut Vec<(usize, Match<'a>)>,
) {
    let paragraph = &reader.paragraphs[at];
    let norwegian = reader.words.norwegian();
    let (mut known, mut taken): (Vec<Match>, Vec<Span>) = (Vec::new(), Vec::new());
    let mut small = Vec::new();
    for mut found in matches(&reader.article.text, paragraph, reader.gazetteer, norwegian) {
        if found
            .spellings
            .iter()
            .any(|one| one.usage == Use::Adjective)
        {
            small.push(found.clone());
        }
        let actors = reader.gazetteer.actors();
        found.spellings.retain(|one| {
            one.usage == Use::Name
                && (!actors[one.actor].weak || seen_as_place(reader, at, found.words.clone()))
        });
        if !found.spellings.is_empty() && !taken.iter().any(|span| span.overlaps(found.span)) {
            taken.push(found.span);
            known.push(found);
        }
    }
    // "The Electoral Commission" is a body, not the Commission.
    let part = |found: &Match| compounded(reader, at, &found.words, &taken);
    known.retain(|found| !inside_body(reader, at, &found.words) && !part(found));
    let mut unknown: Vec<(Range<usize>, String)> = Vec::new();
    let runs = runs(paragraph, reader.words);
    let recognised = paragraph.names.iter().map(|name| {
        let wider = runs.iter().find(|run| widens(reader, at, run, &name.words));
        let words = wider.unwrap_or(&name.words);
        (words.clone(), name.label.as_str())
    });
    let runs = runs.iter().map(|run| (run.clone(), ""));
    for (words, label) in recognised.chain(runs) {
        let mut words = trim(reader, at, words);
        if matches!(label, "" | "GPE" | "LOC" | "FAC" | "ORG" | "GPE_LOC") && !words.is_empty() {
            words.end = reader.words.tail_end(paragraph, words.end);
        }
        // "Congress" and "the Zambian Supreme Court" are bodies, which know how to find their owner.
        let adjective = small.iter().find(|found| found.words.start == words.start);
        let from = adjective.map_or(words.start, |found| found.words.end);
        if is_body(reader, at, words.start..words.end) || is_body(reader, at, from..words.end) {
            continue;
        }
        let overlaps = |other: &Range<usize>| words.start < other.end && other.start < words.end;
        if words.is_empty() || unknown.iter().any(|(other, _)| overlaps(other)) {
            continue;
        }
        let inside: Vec<usize> = (0..known.len())
            .filter(|&index| overlaps(&known[index].words))
            .collect();
        let Some(kind) = kind_of(reader, at, &words, label) else {
            continue;
        };
        if !inside.is_empty() && !outweighs(reader, at, &words, &kind, &known, &inside) {
            continue;
        }
        for &index in inside.iter().rev() {
            known.remove(index);
        }
        unknown.push((words, kind));
    }
    small.retain(|found| {
        let covered =
            |words: &Range<usize>| words.start <= found.words.start && found.words.end <= words.end;
        !known.iter().any(|one| one.span.overlaps(found.span))
            && !unknown.iter().any(|(words, _)| covered(words))
    });
    adjectives.extend(small.into_iter().map(|found| (at, found)));
    for found in known {
        candidates.push(Candidate {
            paragraph: at,
            words: found.words.clone(),
            span: found.span,
            source: Source::Known(found.spellings.iter().map(|one| one.actor).collect(), found),
        });
    }
    for (words, kind) in unknown {
        let span = bare_span(reader, at, &words);
        candidates.push(Candidate {
            paragraph: at,
            words,
            span,
            source: Source::Unknown(kind),
        });
    }
    candidates.sort_by_key(|one| (one.paragraph, one.span.start));
}

/// Whether words are the form of a body.
fn is_body(reader: &Reader, at: usize, words: Range<usize>) -> bool {
    let text = reader.paragraphs[at]
        .span(words)
        .slice(&reader.article.text);
    reader.words.body(&text.to_lowercase()).is_some()
}

/// Whether words are a part of the longer form of a body.
fn inside_body(reader: &Reader, at: usize, words: &Range<usize>) -> bool {
    let sentence = reader.paragraphs[at].sentence_of(words.start);
    let first = words.start.saturating_sub(2).max(sentence.start);
    words.len() == 1
        && (first..=words.start).any(|start| {
            (words.end..=(words.end + 2).min(sentence.end))
                .any(|end| end - start > 1 && is_body(reader, at, start..end))
        })
}

/// Whether the only word of a known name tells a kind and belongs to an unknown word before it ("Fisheries Commission").
fn compounded(reader: &Reader, at: usize, words: &Range<usize>, known: &[Span]) -> bool {
    let paragraph = &reader.paragraphs[at];
    let (1, Some(before)) = (words.len(), words.start.checked_sub(1)) else {
        return false;
    };
    let (own, other) = (&paragraph.words[words.start], &paragraph.words[before]);
    let compound = other.head == Some(words.start) && other.role == Role::Compound;
    compound
        && capital(&other.text)
        && reader.words.kind_of_name(&own.text).is_some()
        && !known.iter().any(|span| span.overlaps(other.span))
}

/// Whether a run of proper nouns is the whole of a name that was only recognised in part: it tells what it is, or the
/// noun before it does ("avisen Dagens Ekko").
fn widens(reader: &Reader, at: usize, run: &Range<usize>, part: &Range<usize>) -> bool {
    let paragraph = &reader.paragraphs[at];
    let holds = run.start <= part.start && part.end <= run.end && run.len() > part.len();
    // "Mayor Sonja Petrov", of which only the last word was recognised.
    let bare = trim(reader, at, run.clone());
    let person = || {
        bare.start <= part.start
            && part.end <= bare.end
            && (2..=4).contains(&bare.len())
            && bare.len() > part.len()
            && titled(reader, at, &bare)
    };
    let text = paragraph.span(run.clone()).slice(&reader.article.text);
    holds
        && (person()
            || reader.words.kind_of_name(text).is_some()
            || run.start < part.start && described(reader, at, run).is_some())
}

/// The entity of every candidate; short names of persons wait for `emit`.
fn resolve(
    reader: &mut Reader,
    candidates: &[Candidate],
    acronyms: &BTreeMap<String, usize>,
    adjectives: &[(usize, Match)],
) -> Vec<Name> {
    let certain = certain(candidates);
    let countries = countries(reader, &certain, adjectives);
    let text = &reader.article.text;
    let texts: BTreeSet<&str> = candidates.iter().map(|one| one.span.slice(text)).collect();
    let mut entities: Vec<Name> = Vec::new();
    for one in candidates {
        let entity = match &one.source {
            Source::Known(actors, _) => {
                let actor = likeliest(reader, actors, &certain, &countries);
                let actor = &reader.gazetteer.actors()[actor];
                reader.add_known(actor)
            }
            Source::Unknown(kind) => {
                let written = one.span.slice(text);
                // A genitive that the grammar did not see, if the bare name stands elsewhere.
                let bare = written
                    .strip_suffix('s')
                    .filter(|bare| reader.words.norwegian() && texts.contains(bare));
                let name = bare
                    .unwrap_or(written)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                let id = if kind == "Person" && name.contains(' ') {
                    id_of_person(&name, reader.gazetteer)
                } else {
                    slug(super::spellings::without_article(&name))
                };
                if id.is_empty() {
                    "unnamed".into()
                } else {
                    reader.add_unknown(&id, &name, kind)
                }
            }
        };
        entities.push(entity);
    }
    // A bracketed acronym is the same actor as the name before it; a known one tells who that is.
    for (index, one) in candidates.iter().enumerate() {
        let Some(&full) = acronyms.get(one.span.slice(text)) else {
            continue;
        };
        let known_short = matches!(one.source, Source::Known(..));
        if known_short && matches!(candidates[full].source, Source::Unknown(_)) && index == full + 1
        {
            let id = Arc::clone(&entities[full]);
            let known = Arc::clone(&entities[index]);
            entities
                .iter_mut()
                .filter(|entity| **entity == id)
                .for_each(|entity| *entity = Arc::clone(&known));
        } else {
            entities[index] = Arc::clone(&entities[full]);
        }
    }
    known_as(reader, candidates, &mut entities);
    entities
}

fn emit(
    reader: &mut Reader,
    candidates: &[Candidate],
    entities: &[Name],
    persons: &ShortForms,
    acronyms: &BTreeMap<String, usize>,
) {
    for (one, entity) in candidates.iter().zip(entities) {
        let text = one.span.slice(&reader.article.text).to_owned();
        let mut chosen = Arc::clone(entity);
        let short = !text.contains(' ') || matches!(one.source, Source::Unknown(_));
        let may_be_person = match &one.source {
            Source::Known(..) => reader.kind_of(&chosen) == "Person",
            Source::Unknown(_) => true,
        };
        let mut why = match &one.source {
            Source::Known(..) => format!("'{text}' is a name of {chosen} in the gazetteer."),
            Source::Unknown(kind) => {
                format!("'{text}' is a name that the gazetteer does not know, read as {kind}.")
            }
        };
        if acronyms.contains_key(&text) {
            why = format!("'{text}' stands for a longer name in this document.");
        } else if short && may_be_person {
            let form = fold_name(&text);
            let named = bearer(persons, &form, one.span.start);
            let named_here = persons
                .values()
                .flatten()
                .any(|(_, other, _)| *other == chosen);
            if let Some(named) =
                named.filter(|named| *named != chosen && (!named_here || text.contains(' ')))
            {
                why = format!("'{text}' is short for a full name in this document.");
                chosen = named;
            }
        }
        if let Source::Known(_, found) = &one.source {
            add_parts(reader, one, &chosen, found);
        }
        reader.found.push(Found {
            paragraph: one.paragraph,
            words: one.words.clone(),
            span: one.span,
            entity: chosen,
            kind: MentionKind::Name,
            why,
        });
    }
}

/// The owner's name inside the name of its own body ("Fatah" in "Fatah Central Committee").
fn add_parts(reader: &mut Reader, one: &Candidate, outer: &Name, outer_match: &Match) {
    let Some(actor) = reader.gazetteer.actor(outer) else {
        return;
    };
    let of_others = matches!(&*actor.kind, "Event" | "Agreement");
    if !of_others
        && !matches!(
            &*actor.kind,
            "GovernmentBody" | "SecurityForce" | "ArmedGroup"
        )
    {
        return;
    }
    let paragraph = &reader.paragraphs[one.paragraph];
    let norwegian = reader.words.norwegian();
    for inner in matches(&reader.article.text, paragraph, reader.gazetteer, norwegian) {
        if inner.span == outer_match.span || !outer_match.span.contains(inner.span) {
            continue;
        }
        let owner = inner.spellings.iter().find_map(|spelling| {
            let id = &reader.gazetteer.actors()[spelling.actor].id;
            let owns = actor.country.as_ref() == Some(id)
                || actor.affiliations.iter().any(|tie| tie.org == *id);
            let part = of_others && spelling.usage == Use::Name;
            (part || spelling.usage != Use::Description && owns).then_some(spelling.actor)
        });
        let Some(owner) = owner else {
            continue;
        };
        let entity = reader.add_known(&reader.gazetteer.actors()[owner]);
        reader.found.push(Found {
            paragraph: one.paragraph,
            words: inner.words,
            span: inner.span,
            why: format!("The name of {outer} holds that of {entity}."),
            entity,
            kind: MentionKind::Name,
        });
    }
}

/// An adjective of a country: the country, or the body that is meant before an office ("Palestinian president").
fn add_adjective(reader: &mut Reader, at: usize, found: &Match) {
    if reader
        .found
        .iter()
        .any(|one| one.paragraph == at && one.span.overlaps(found.span))
    {
        return;
    }
    let following = (found.words.end..found.words.end + 2).map(|index| reader.lower(at, index));
    let office = following
        .into_iter()
        .any(|word| holds(&reader.words.names.office, &word));
    let actors = reader.gazetteer.actors();
    let meant = found
        .spellings
        .iter()
        .filter(|one| one.usage == Use::Adjective)
        .max_by_key(|one| {
            let special = actors[one.actor].demonyms.only_before.is_some();
            (special == office, std::cmp::Reverse(one.actor))
        });
    let Some(actor) = meant.map(|one| &actors[one.actor]) else {
        return;
    };
    if actor.demonyms.only_before.is_some() && !office {
        return;
    }
    let entity = reader.add_known(actor);
    let text = found.span.slice(&reader.article.text);
    reader.found.push(Found {
        paragraph: at,
        words: found.words.clone(),
        span: found.span,
        why: format!("'{text}' is an adjective of {entity}."),
        entity,
        kind: MentionKind::Name,
    });
}
