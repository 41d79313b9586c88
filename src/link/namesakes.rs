//! Which actor a name means that several bear ("the Liberal Party"): one that the document names in another way too, else one of the
//! country that stands before it ("Sweden's Moderates"), else
//! one of the country that the document speaks of most, else of one where its language is at home, else the first. A name
//! of general words only ("Social Democrats", "Security Service") is nobody's where the document does not tell its country.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Reader,
    matching::Match,
    names::{Candidate, Source},
    spellings::Use,
    words::{holds, is_genitive_ending},
};
use crate::{claim::Name, grammar::Role};

/// Actors that a name of theirs alone bears.
pub(super) fn certain(reader: &Reader, candidates: &[Candidate]) -> BTreeSet<usize> {
    let only = candidates.iter().filter_map(|one| match &one.source {
        Source::Known(actors, _) if !is_general(reader, one) => match actors[..] {
            [actor] => Some(actor),
            _ => None,
        },
        Source::Known(..) | Source::Unknown(_) => None,
    });
    only.collect()
}

/// Whether a name has general words only, so that many countries may have such an actor.
fn is_general(reader: &Reader, candidate: &Candidate) -> bool {
    let general = &reader.words.names.general;
    let words = &reader.paragraphs[candidate.paragraph].words[candidate.words.clone()];
    let mut words = words.iter().map(|word| word.text.to_lowercase());
    candidate.words.len() > 1 && words.all(|word| holds(general, &word))
}

/// How many certain actors and adjectives speak of each country.
pub(super) fn countries(
    reader: &Reader,
    certain: &BTreeSet<usize>,
    adjectives: &[(usize, Match)],
) -> BTreeMap<Name, usize> {
    let actors = reader.gazetteer.actors();
    let adjectives = adjectives.iter().flat_map(|(_, found)| &found.spellings);
    let adjectives = adjectives
        .filter(|one| one.usage == Use::Adjective)
        .map(|one| one.actor);
    let mut counts = BTreeMap::new();
    for actor in certain.iter().copied().chain(adjectives) {
        let actor = &actors[actor];
        let country = actor.country.as_ref().unwrap_or(&actor.id);
        *counts.entry(Arc::clone(country)).or_default() += 1;
    }
    counts
}

/// The country whose genitive or adjective stands right before a name ("Sweden's Moderates", "the Swedish Moderates").
pub(super) fn country_before(
    reader: &Reader,
    candidate: &Candidate,
    candidates: &[Candidate],
    adjectives: &[(usize, Match)],
) -> Option<Name> {
    let words = &reader.paragraphs[candidate.paragraph].words;
    let start = candidate.words.start;
    let ending = start
        .checked_sub(1)
        .filter(|&before| words[before].role == Role::Case);
    let genitive = |end: usize| {
        let marked = words
            .get(end.wrapping_sub(1))
            .is_some_and(|word| word.feature("Case") == Some("Gen"));
        end == start && marked || ending == Some(end) && is_genitive_ending(&words[end].text)
    };
    let actors = reader.gazetteer.actors();
    let owners = candidates
        .iter()
        .filter(|one| one.paragraph == candidate.paragraph && genitive(one.words.end));
    let owner = owners.filter_map(|one| match &one.source {
        Source::Known(found, _) => found.first().copied(),
        Source::Unknown(_) => None,
    });
    let adjective = adjectives
        .iter()
        .filter(|(at, found)| *at == candidate.paragraph && found.words.end == start);
    let adjective = adjective
        .flat_map(|(_, found)| &found.spellings)
        .filter(|one| one.usage == Use::Adjective)
        .map(|one| one.actor);
    let state = owner
        .chain(adjective)
        .find(|&actor| &*actors[actor].kind == "State");
    state.map(|actor| Arc::clone(&actors[actor].id))
}

/// The actor among those that bear a name; `None` if the name is too general to tell.
pub(super) fn likeliest(
    reader: &Reader,
    candidate: &Candidate,
    actors: &[usize],
    certain: &BTreeSet<usize>,
    countries: &BTreeMap<Name, usize>,
    before: Option<&Name>,
) -> Option<usize> {
    if let Some(before) = before {
        let known = reader.gazetteer.actors();
        let of = |actor: &usize| known[*actor].country.as_ref() == Some(before);
        // Names of parties are alike everywhere; who else is named after a country may have its seat in another.
        let foreign = |actor: &usize| {
            known[*actor].country.is_some() && &*known[*actor].kind == "PoliticalParty"
        };
        if let Some(own) = actors.iter().copied().find(of) {
            return Some(own);
        }
        if actors.iter().all(foreign) {
            return None;
        }
    }
    if let Some(named) = actors.iter().find(|actor| certain.contains(*actor)) {
        return Some(*named);
    }
    let home = &reader.words.names.home;
    let weight = |actor: usize| {
        let Some(country) = reader.gazetteer.actors()[actor].country.as_ref() else {
            return (0, false);
        };
        let spoken_of = countries.get(country).copied().unwrap_or(0);
        (spoken_of, holds(home, country))
    };
    let mut best = actors.first().copied().unwrap_or(0);
    for &actor in actors {
        if weight(actor) > weight(best) {
            best = actor;
        }
    }
    let (spoken_of, at_home) = weight(best);
    let told = spoken_of > 0
        || at_home && countries.is_empty()
        || reader.gazetteer.actors()[best].country.is_none();
    (told || !is_general(reader, candidate)).then_some(best)
}
