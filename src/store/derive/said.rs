//! What documents say of one entity, counted: its type, names and Wikidata item, by how many say so.

use std::{
    borrow::Borrow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use crate::{claim::Entity, store::Merge};

/// How often something was said, by those that the gazetteer backs and by others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Votes {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    known: BTreeMap<String, usize>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    other: BTreeMap<String, usize>,
}

impl Votes {
    fn add(&mut self, known: bool, what: &str, times: usize) {
        let votes = if known {
            &mut self.known
        } else {
            &mut self.other
        };
        count(votes, what, times);
    }

    /// What the gazetteer says wins; then what is said most often; then what comes first in the alphabet.
    fn winner(&self) -> Option<&str> {
        let votes = if self.known.is_empty() {
            &self.other
        } else {
            &self.known
        };
        let most = votes
            .iter()
            .max_by_key(|(what, count)| (**count, Reverse(*what)));
        most.map(|(what, _)| what.as_str())
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.known.keys().chain(self.other.keys())
    }

    fn merge(&mut self, other: Self) {
        merge(&mut self.known, other.known);
        merge(&mut self.other, other.other);
    }

    fn take_away(&mut self, other: &Self) {
        take_away(&mut self.known, &other.known);
        take_away(&mut self.other, &other.other);
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty() && self.other.is_empty()
    }
}

/// What the documents say of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    kinds: Votes,
    labels: BTreeMap<String, Votes>,
    aliases: BTreeMap<String, BTreeMap<String, usize>>,
    wikidata: Votes,
}

/// What an entity is and is called, as most say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Local name of its class (`Person`).
    pub kind: Option<String>,
    /// Preferred label by language tag.
    pub labels: BTreeMap<String, String>,
    /// Other names by language tag.
    pub aliases: BTreeMap<String, BTreeSet<String>>,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

impl Said {
    /// Adds what a document says of it.
    pub fn add(&mut self, entity: &Entity) {
        self.add_times(entity, 1);
    }

    /// Adds what so many documents say of it.
    pub(super) fn add_times(&mut self, entity: &Entity, times: usize) {
        self.kinds.add(entity.known, &entity.kind, times);
        for (lang, label) in &entity.labels {
            let votes = self.labels.entry(lang.clone()).or_default();
            votes.add(entity.known, label, times);
        }
        for (lang, names) in &entity.aliases {
            let aliases = self.aliases.entry(lang.clone()).or_default();
            for name in names {
                count(aliases, name, times);
            }
        }
        if let Some(id) = &entity.wikidata {
            self.wikidata.add(entity.known, id, times);
        }
    }

    /// Takes away what others had added.
    pub(super) fn take_away(&mut self, other: &Self) {
        self.kinds.take_away(&other.kinds);
        self.wikidata.take_away(&other.wikidata);
        for (lang, votes) in &other.labels {
            if let Some(own) = self.labels.get_mut(lang) {
                own.take_away(votes);
            }
        }
        for (lang, names) in &other.aliases {
            if let Some(own) = self.aliases.get_mut(lang) {
                take_away(own, names);
            }
        }
        self.labels.retain(|_, votes| !votes.is_empty());
        self.aliases.retain(|_, names| !names.is_empty());
    }

    /// Local name of its class, as most say.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kinds.winner()
    }

    /// What wins: the gazetteer, then the majority, then the alphabet.
    #[must_use]
    pub fn described(&self) -> Described {
        let mut one = Described {
            kind: self.kind().map(str::to_owned),
            wikidata: self.wikidata.winner().map(str::to_owned),
            ..Described::default()
        };
        for (lang, names) in &self.aliases {
            let names = names.keys().cloned().collect();
            one.aliases.insert(lang.clone(), names);
        }
        for (lang, votes) in &self.labels {
            let Some(preferred) = votes.winner() else {
                continue;
            };
            one.labels.insert(lang.clone(), preferred.to_owned());
            let others = one.aliases.entry(lang.clone()).or_default();
            others.extend(votes.all().cloned());
            others.remove(preferred);
        }
        one
    }

    /// Whether nobody says anything of it.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

impl Merge for Said {
    fn merge(&mut self, other: Self) {
        self.kinds.merge(other.kinds);
        self.wikidata.merge(other.wikidata);
        for (lang, votes) in other.labels {
            self.labels.entry(lang).or_default().merge(votes);
        }
        for (lang, names) in other.aliases {
            merge(self.aliases.entry(lang).or_default(), names);
        }
    }
}

fn count<K: Ord + Clone + Borrow<Q>, Q: Ord + ?Sized + ToOwned<Owned = K>>(
    counts: &mut BTreeMap<K, usize>,
    what: &Q,
    times: usize,
) {
    if let Some(own) = counts.get_mut(what) {
        *own += times;
    } else {
        counts.insert(what.to_owned(), times);
    }
}

/// Adds counts to counts.
pub(super) fn merge<K: Ord>(counts: &mut BTreeMap<K, usize>, others: BTreeMap<K, usize>) {
    for (what, times) in others {
        *counts.entry(what).or_default() += times;
    }
}

/// Takes counts away; what is left of nothing is gone.
pub(super) fn take_away<K: Ord>(counts: &mut BTreeMap<K, usize>, others: &BTreeMap<K, usize>) {
    for (what, times) in others {
        if let Some(own) = counts.get_mut(what) {
            *own = own.saturating_sub(*times);
            if *own == 0 {
                counts.remove(what);
            }
        }
    }
}
