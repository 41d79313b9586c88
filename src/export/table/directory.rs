//! Who there is: of each the label in one language, the class, and how many claims are about it. Lean, since all of them are in
//! memory: with their other names they would take ten times as much.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Wanted;
use crate::{
    claim::Name,
    store::{Described, Gist, Merge, Said, Store, StoreError},
    text::label_in,
};

/// An actor, place or other thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) id: Box<str>,
    /// None if it is called by its id.
    label: Option<Box<str>>,
    /// Local name of its class.
    pub(super) kind: Name,
    /// Wikidata id.
    pub(super) wikidata: Option<Box<str>>,
    /// Claims that it is subject or object of.
    pub(super) claims: usize,
}

impl Known {
    pub(super) fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }
}

/// Everybody, sorted by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Directory(Vec<Known>);

impl Directory {
    /// Reads who there is in a store; of their claims those that are wanted count.
    pub(super) fn new(store: &Store, lang: &str, wanted: Wanted<'_>) -> Result<Self, StoreError> {
        let (mut all, mut kinds) = (Vec::new(), BTreeSet::<Name>::new());
        store.by_key(
            |gists| counted(&gists, wanted),
            |id: Name, one: Counted| {
                let described = one.said.described();
                let kind = described.kind.as_deref().unwrap_or_default();
                let kind = kinds.get(kind).cloned().unwrap_or_else(|| kind.into());
                kinds.insert(kind.clone());
                all.push(Known {
                    label: label(&described, lang).map(Into::into),
                    kind,
                    wikidata: described.wikidata.map(Into::into),
                    claims: one.claims,
                    id: (*id).into(),
                });
                Ok::<_, StoreError>(())
            },
        )?;
        Ok(Self(all))
    }

    pub(super) fn get(&self, id: &str) -> Option<&Known> {
        let found = self.0.binary_search_by(|one| (*one.id).cmp(id));
        found.ok().map(|at| &self.0[at])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Known> {
        self.0.iter()
    }
}

/// The label in a language (Nynorsk falls back on Bokmål), else English, else any.
fn label<'a>(one: &'a Described, lang: &str) -> Option<&'a str> {
    let first = || one.labels.values().next().map(String::as_str);
    label_in(&one.labels, lang).or_else(first)
}

/// What some documents say of somebody, and how many of their claims are about it.
#[derive(Default, Serialize, Deserialize)]
struct Counted {
    said: Said,
    claims: usize,
}

impl Merge for Counted {
    fn merge(&mut self, other: Self) {
        self.said.merge(other.said);
        self.claims += other.claims;
    }
}

fn counted(gists: &[Gist], wanted: Wanted<'_>) -> BTreeMap<Name, Counted> {
    let mut found: BTreeMap<Name, Counted> = BTreeMap::new();
    for document in gists.iter().map(|gist| &gist.document) {
        for entity in &document.entities {
            let one = found.entry(entity.id.clone()).or_default();
            one.said.add(entity);
        }
        for claim in &document.claims {
            if wanted(claim, document) {
                for end in [&claim.subject, &claim.object] {
                    found.entry(end.entity.clone()).or_default().claims += 1;
                }
            }
        }
    }
    found
}
