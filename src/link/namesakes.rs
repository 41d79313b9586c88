//! Which actor a name means that several bear ("the Liberal Party"): one that the document names in another way too, else
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
    words::holds,
};
use crate::claim::Name;

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

/// The actor among those that bear a name; `None` if the name is too general to tell.
pub(super) fn likeliest(
    reader: &Reader,
    candidate: &Candidate,
    actors: &[usize],
    certain: &BTreeSet<usize>,
    countries: &BTreeMap<Name, usize>,
) -> Option<usize> {
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
