//! The actors with the most claims, found without holding all claims: what a picture of a large store shows.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{Filter, Key, key};
use crate::{
    claim::{Claim, Name},
    document::PartialDate,
    ontology::Ontology,
    store::{Bundle, Gist, Store, StoreError},
};

/// Those with the most claims among all who have some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busiest {
    /// How many have some.
    pub all: usize,
    /// Those with the most.
    pub names: BTreeSet<Name>,
}

impl Busiest {
    /// The `top` actors that a [`super::View`]'s graph would keep with such a filter, which must ask for no neighbourhood
    /// and no path.
    ///
    /// # Errors
    /// If a document's file is damaged, or there is no room for temporary files.
    pub fn of_store(store: &Store, filter: &Filter, top: usize) -> Result<Self, StoreError> {
        let ontology = store.ontology();
        let others = others(store)?;
        let mut weights = Weights::new();
        store.by_key(
            |gists| bundles(&gists, filter, &others, ontology),
            |key: Key, bundle: Bundle| {
                if (!filter.plain_only || bundle.plain)
                    && (!filter.disputed_only || bundle.affirmed && bundle.denied)
                {
                    weigh(&mut weights, &key, bundle.claims);
                }
                Ok::<_, StoreError>(())
            },
        )?;
        Ok(Self {
            all: weights.len(),
            names: heaviest(weights, top, &[]),
        })
    }
}

/// Of each actor how many claims there are on its edges, and how many edges.
type Weights = BTreeMap<Name, (usize, usize)>;

/// The weights that edges give, each with its number of claims.
pub(super) fn weights<'a>(edges: impl Iterator<Item = (&'a Key, usize)>) -> Weights {
    let mut weights = Weights::new();
    for (key, claims) in edges {
        weigh(&mut weights, key, claims);
    }
    weights
}

fn weigh(weights: &mut Weights, (from, _, to): &Key, claims: usize) {
    for end in [from, to] {
        let (weight, degree) = weights.entry(end.clone()).or_default();
        *weight += claims;
        *degree += 1;
    }
}

/// The actors with the most claims on their edges; ties go to more edges, then to the smaller id.
pub(super) fn heaviest(weights: Weights, top: usize, always: &[Name]) -> BTreeSet<Name> {
    let mut ranked: Vec<(Name, (usize, usize))> = weights.into_iter().collect();
    ranked.sort_by(|(one, weight), (other, of_other)| {
        let place = |id: &Name, weight| (!always.contains(id), Reverse(weight));
        place(one, *weight)
            .cmp(&place(other, *of_other))
            .then_with(|| one.cmp(other))
    });
    let names = ranked.into_iter().take(top);
    names.map(|(id, _)| id).collect()
}

/// Who is no actor: with them nothing goes both ways.
fn others(store: &Store) -> Result<BTreeSet<Name>, StoreError> {
    let mut others = BTreeSet::new();
    store.said(|id, said| {
        let is_actor = |kind: &str| store.ontology().is_a(kind, "Actor");
        if !said.kind().is_some_and(is_actor) {
            others.insert(id);
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(others)
}

fn bundles(
    gists: &[Gist],
    filter: &Filter,
    others: &BTreeSet<Name>,
    ontology: &Ontology,
) -> BTreeMap<Key, Bundle> {
    let mut bundles: BTreeMap<Key, Bundle> = BTreeMap::new();
    let mut add = |claim: &Claim, reported: Option<PartialDate>| {
        let to = &claim.object.entity;
        if let Some(relation) = ontology.relation(&claim.relation)
            && filter.counts(claim, reported, ontology)
        {
            let both_ways = relation.symmetric && !others.contains(to);
            let key = key(&claim.subject.entity, &claim.relation, to, both_ways);
            bundles.entry(key).or_default().add(claim, reported);
        }
    };
    for document in gists.iter().map(|gist| &gist.document) {
        for claim in &document.claims {
            add(claim, document.article.meta.date);
        }
    }
    bundles
}
