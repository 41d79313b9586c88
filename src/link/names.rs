//! Names: those of the gazetteer, those that only the recogniser (or a run of proper nouns) shows, short forms of
//! names that the document gives in full, acronyms that it introduces, adjectives of countries.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{
    Found, Reader,
    extent::{compounded, inside_body, is_body, parted, widens},
    identities::id_of_person,
    joined,
    kinds::{bare_span, kind_of, outweighs, seen_as_place},
    matching::Match,
    namesakes::{certain, countries, country_before, likeliest},
    settle,
    shapes::{runs, trim},
    short::{ShortForms, bearer, bind, known_as, persons, scan_short_forms},
    spellings::Use,
    variants,
    words::holds,
};
use crate::{
    claim::{MentionKind, Name},
    grammar::{Pos, Role},
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
    settle::read(reader, &mut candidates);
    let acronyms = bind(reader, &candidates);
    let entities = resolve(reader, &candidates, &acronyms, &adjectives);
    let persons = persons(reader, &candidates, &entities);
    emit(reader, &candidates, &entities, &persons, &acronyms);
    let named: BTreeSet<Name> = reader
        .found
        .iter()
        .map(|one| Arc::clone(&one.entity))
        .collect();
    for (at, found) in adjectives {
        add_adjective(reader, at, &found, &named);
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
    for found in reader.matches(at) {
        let mut found = found.clone();
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
    // "The Danube Commission" is not it either: what a place names is another.
    let actors = reader.gazetteer.actors();
    let place = |one: &Match| {
        let mut of = one.spellings.iter();
        of.all(|one| matches!(&*actors[one.actor].kind, "Territory" | "City"))
    };
    let firm: Vec<Span> = known
        .iter()
        .filter(|one| !place(one))
        .map(|one| one.span)
        .collect();
    let part = |found: &Match| compounded(reader, at, &found.words, &firm);
    known.retain(|found| !inside_body(reader, at, &found.words) && !part(found));
    let mut unknown: Vec<(Range<usize>, String)> = Vec::new();
    let runs = runs(paragraph, reader.words);
    let recognised = paragraph.names.iter().map(|name| {
        let wider = runs
            .iter()
            .find(|run| widens(reader, at, run, name, &taken));
        let words = wider.unwrap_or(&name.words);
        (words.clone(), name.label.as_str())
    });
    let persons = runs.iter().filter(|run| parted(reader, at, run, &taken));
    let persons = persons.map(|run| (run.clone(), "PERSON"));
    let unmarked = runs.iter().map(|run| (run.clone(), ""));
    for (words, label) in persons.chain(recognised).chain(unmarked) {
        let mut words = trim(reader, at, words);
        if matches!(label, "" | "GPE" | "LOC" | "FAC" | "ORG" | "GPE_LOC") && !words.is_empty() {
            words.end = reader.words.tail_end(paragraph, words.end);
        }
        let seat = seat_behind(reader, at, &words, &known);
        if let Some(end) = seat {
            words.end = end;
        }
        // "Congress" and "the Zambian Supreme Court" are bodies, which know how to find their owner.
        let adjective = small.iter().find(|found| found.words.start == words.start);
        let from = adjective.map_or(words.start, |found| found.words.end);
        if is_body(reader, at, words.start..words.end) || is_body(reader, at, from..words.end) {
            continue;
        }
        // "Tyske AfD" at the start of a sentence.
        let first = words.start == paragraph.sentence_of(words.start).start;
        let inflected =
            adjective.is_some_and(|found| found.span.slice(&reader.article.text).ends_with('e'));
        let rest = paragraph.span(from..words.end);
        let rest = rest.slice(&reader.article.text);
        let own = reader.words.kind_of_name(rest).is_some();
        if norwegian && first && inflected && from < words.end && !own {
            words.start = from;
        }
        let overlaps = |other: &Range<usize>| words.start < other.end && other.start < words.end;
        // "Ugandan rebels" are of Uganda, and no actor is called Ugandan.
        let demonym = small.iter().any(|found| found.words == words);
        if demonym || words.is_empty() || unknown.iter().any(|(other, _)| overlaps(other)) {
            continue;
        }
        let inside: Vec<usize> = (0..known.len())
            .filter(|&index| overlaps(&known[index].words))
            .collect();
        let Some(kind) = kind_of(reader, at, &words, label) else {
            continue;
        };
        if seat.is_none()
            && !inside.is_empty()
            && !outweighs(reader, at, &words, &kind, &known, &inside)
        {
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

/// "Universitetet i Oslo": where the name of the place behind such a noun ends.
fn seat_behind(reader: &Reader, at: usize, words: &Range<usize>, known: &[Match]) -> Option<usize> {
    let lists = &reader.words;
    let noun = words.len() == 1 && holds(&lists.names.seated, &reader.lower(at, words.start));
    if !noun || !holds(&lists.bodies.seat, &reader.lower(at, words.end)) {
        return None;
    }
    let behind = known.iter().find(|one| one.words.start == words.end + 1);
    let named = reader.paragraphs[at].names.iter();
    let mut named = named.filter(|one| one.words.start == words.end + 1);
    let end = behind.map(|one| one.words.end);
    end.or_else(|| named.next().map(|one| one.words.end))
}

/// The entity of every candidate; short names of persons wait for `emit`.
fn resolve(
    reader: &mut Reader,
    candidates: &[Candidate],
    acronyms: &BTreeMap<String, usize>,
    adjectives: &[(usize, Match)],
) -> Vec<Name> {
    let certain = certain(reader, candidates);
    let countries = countries(reader, &certain, adjectives);
    let text = &reader.article.text;
    let texts: BTreeSet<&str> = candidates.iter().map(|one| one.span.slice(text)).collect();
    let mut entities: Vec<Name> = Vec::new();
    for one in candidates {
        let entity = match &one.source {
            Source::Known(actors, _) => {
                let known = reader.gazetteer.actors();
                let before = country_before(reader, one, candidates, adjectives);
                let chosen = likeliest(reader, one, actors, &certain, &countries, before.as_ref());
                if let Some(actor) = chosen {
                    reader.add_known(&known[actor])
                } else {
                    let name = one.span.slice(text);
                    let id = slug(super::spellings::without_article(name));
                    let kind = actors
                        .first()
                        .map_or("Organization", |one| &*known[*one].kind);
                    reader.add_unknown(&id, name, kind)
                }
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
        let first = &candidates[full];
        let bracketed = one.paragraph == first.paragraph && one.words.start == first.words.end + 1;
        if known_short && matches!(first.source, Source::Unknown(_)) && bracketed {
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
    variants::read(reader, candidates, &mut entities);
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
        // "Bin Salman" is one word and a particle.
        let particle = |part: &&str| holds(&reader.words.names.particles, &part.to_lowercase());
        let words = text.split_whitespace().filter(|part| !particle(part));
        let short = words.count() < 2 || matches!(one.source, Source::Unknown(_));
        let may_be_person = match &one.source {
            Source::Known(..) => {
                reader.kind_of(&chosen) == "Person" || is_surname(reader, one, &chosen, persons)
            }
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
            // "Holms plan", if the grammar does not see the genitive.
            let genitive = text.strip_suffix('s').filter(|_| reader.words.norwegian());
            let named = bearer(persons, &form, one.span.start)
                .or_else(|| bearer(persons, &fold_name(genitive?), one.span.start));
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

/// "Viken resigned", where the document speaks of Jens Viken: the name of a place that is a person's surname, unless a
/// preposition stands before it.
fn is_surname(reader: &Reader, one: &Candidate, place: &Name, persons: &ShortForms) -> bool {
    let paragraph = &reader.paragraphs[one.paragraph];
    let words = &paragraph.words;
    let form = fold_name(one.span.slice(&reader.article.text));
    let bearers = persons.get(&form).into_iter().flatten();
    let mut surnames = bearers.filter(|(start, _, first)| !first && *start < one.span.start);
    let before = one.words.start.checked_sub(1).map(|before| &words[before]);
    let located = before.is_some_and(|before| before.pos == Pos::Adp)
        || words[reader.head(one.paragraph, one.words.clone())]
            .marker
            .is_some();
    matches!(reader.kind_of(place), "City" | "Territory") && !located && surnames.next().is_some()
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
    for inner in reader.matches(one.paragraph).to_vec() {
        if inner.span == outer_match.span || !outer_match.span.contains(inner.span) {
            continue;
        }
        // "Palestinian" in "Palestinian Authority" is the authority's own adjective.
        let actors = reader.gazetteer.actors();
        if inner
            .spellings
            .iter()
            .any(|one| actors[one.actor].id == *outer)
        {
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

/// "The South African said": one who lives there, not the country.
fn is_inhabitant(reader: &Reader, at: usize, found: &Match) -> bool {
    let text = found.span.slice(&reader.article.text);
    let actors = reader.gazetteer.actors();
    let mut spellings = found.spellings.iter();
    let named = spellings.any(|one| {
        let people = &actors[one.actor].demonyms.en.inhabitant;
        people.iter().any(|name| name == text)
    });
    let words = &reader.paragraphs[at].words;
    let head = &words[reader.head(at, found.words.clone())];
    let noun = matches!(
        head.role,
        Role::Subject | Role::PassiveSubject | Role::Object | Role::Agent
    );
    let before = found
        .words
        .start
        .checked_sub(1)
        .map(|before| reader.lower(at, before));
    let article = before.is_some_and(|before| holds(&reader.words.names.articles, &before));
    !reader.words.norwegian() && named && noun && article
}

/// An adjective of a country: the country, or the body that is meant before an office ("Palestinian president").
fn add_adjective(reader: &mut Reader, at: usize, found: &Match, named: &BTreeSet<Name>) {
    if reader
        .found
        .iter()
        .any(|one| one.paragraph == at && one.span.overlaps(found.span))
    {
        return;
    }
    let following = (found.words.end..found.words.end + 2).map(|index| reader.lower(at, index));
    // "Known by its Spanish acronym" speaks of the language.
    let spoken = reader.lower(at, found.words.end);
    if holds(&reader.words.names.of_language, &spoken) {
        return;
    }
    let office = following
        .into_iter()
        .any(|word| holds(&reader.words.names.office, &word));
    if is_inhabitant(reader, at, found) {
        return;
    }
    let actors = reader.gazetteer.actors();
    let adjectives = || {
        let all = found.spellings.iter();
        all.filter(|one| one.usage == Use::Adjective)
    };
    // Of a state and its authority, the one that the document names.
    let named_here = |actor: usize| named.contains(&actors[actor].id);
    let only_named = {
        let mut found = adjectives()
            .map(|one| one.actor)
            .filter(|&actor| named_here(actor));
        found.next().filter(|_| found.next().is_none())
    };
    let meant = adjectives().max_by_key(|one| {
        let special = actors[one.actor].demonyms.only_before.is_some();
        let named = office && Some(one.actor) == only_named;
        (named, special == office, std::cmp::Reverse(one.actor))
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
