//! Which actor a name means that several bear ("the Liberal Party"): one that the document names in another way too, else
//! one of the country that the document speaks of most, else of one where its language is at home, else the first.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Reader,
    matching::Match,
    names::{Candidate, Source},
    spellings::Use,
    words::holds,
};
use crate::claim::Name;

/// Actors that a name of theirs alone bears.
pub(super) fn certain(candidates: &[Candidate]) -> BTreeSet<usize> {
    let only = candidates.iter().filter_map(|one| match &one.source {
        Source::Known(actors, _) => match actors[..] {
            [actor] => Some(actor),
            _ => None,
        },
        Source::Unknown(_) => None,
    });
    only.collect()
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

/// The actor among those that bear a name.
pub(super) fn likeliest(
    reader: &Reader,
    actors: &[usize],
    certain: &BTreeSet<usize>,
    countries: &BTreeMap<Name, usize>,
) -> usize {
    if let Some(named) = actors.iter().find(|actor| certain.contains(*actor)) {
        return *named;
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
    best
}
