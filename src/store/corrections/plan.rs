//! What all corrections together do: for each actor and claim the one thing that happens to it. Two that want different
//! things of the same actor or claim clash.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Correction, StoreError, What};
use crate::claim::Name;

/// The other actor that an actor is in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) id: Name,
    pub(super) kind: Option<Name>,
    pub(super) label: Option<String>,
}

/// What happens to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Retracted,
    /// Held to be sure, perhaps with changes; and the sentence that says who said so.
    Settled(Change, String),
}

/// What all corrections together do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// By actor as read and document id.
    pub(super) splits: BTreeMap<(Name, String), Other>,
    /// By the actor that goes; the one that stays goes nowhere itself.
    pub(super) merges: BTreeMap<Name, Name>,
    /// By actor, after merging.
    pub(super) types: BTreeMap<Name, Name>,
    /// By claim id.
    pub(super) claims: BTreeMap<String, Fate>,
}

impl Plan {
    pub(super) fn of(list: &[Correction]) -> Result<Self, StoreError> {
        let mut splits = Once::default();
        let mut merges = Once::default();
        let mut types = Once::default();
        let mut claims = Once::default();
        for one in list {
            match &one.what {
                What::Merge { from, into } => merges.put(from.clone(), into.clone(), one)?,
                What::Retype { entity, kind } => types.put(entity.clone(), kind.clone(), one)?,
                What::Split {
                    from,
                    into,
                    documents,
                    kind,
                    label,
                } => {
                    for document in documents {
                        let other = Other {
                            id: into.clone(),
                            kind: kind.clone(),
                            label: label.clone(),
                        };
                        splits.put((from.clone(), document.clone()), other, one)?;
                    }
                }
                What::Retract { claim } => claims.put(claim.clone(), Fate::Retracted, one)?,
                What::Confirm { claim } => {
                    claims.put(claim.clone(), settled(Change::default(), one), one)?;
                }
                What::Change { claim, change } => {
                    claims.put(claim.clone(), settled(change.clone(), one), one)?;
                }
            }
        }
        Ok(Self {
            splits: splits.values(),
            merges: followed(&merges)?,
            types: types.values(),
            claims: claims.values(),
        })
    }
}

fn settled(change: Change, one: &Correction) -> Fate {
    let verb = if change == Change::default() {
        "Confirmed"
    } else {
        "Changed"
    };
    let sentence = format!("{verb} by {} on {}: {}", one.author, one.date, one.reason);
    Fate::Settled(change, sentence)
}

/// Where each merged actor ends up.
fn followed(merges: &Once<'_, Name, Name>) -> Result<BTreeMap<Name, Name>, StoreError> {
    let mut ends = BTreeMap::new();
    for (from, (into, one)) in &merges.0 {
        let mut seen = BTreeSet::from([from]);
        let mut end = into;
        while let Some((next, _)) = merges.0.get(end) {
            if !seen.insert(end) {
                break;
            }
            end = next;
        }
        if seen.contains(end) {
            return Err(one.error(format!(
                "'{from}' would be merged into itself, by way of '{into}'"
            )));
        }
        ends.insert(from.clone(), end.clone());
    }
    Ok(ends)
}

/// Values that may be said several times, but not differently.
struct Once<'a, K, V>(BTreeMap<K, (V, &'a Correction)>);

impl<K, V> Default for Once<'_, K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'a, K: Ord, V: Same> Once<'a, K, V> {
    fn put(&mut self, key: K, value: V, one: &'a Correction) -> Result<(), StoreError> {
        if let Some((said, before)) = self.0.get(&key) {
            if said.is_same(&value) {
                return Ok(());
            }
            return Err(one.error(format!(
                "this {} clashes with the {} in {}:{}; delete one of them",
                one.what.name(),
                before.what.name(),
                before.file.display(),
                before.line
            )));
        }
        self.0.insert(key, (value, one));
        Ok(())
    }

    fn values(self) -> BTreeMap<K, V> {
        self.0
            .into_iter()
            .map(|(key, (value, _))| (key, value))
            .collect()
    }
}

/// Whether two corrections want the same.
trait Same {
    fn is_same(&self, other: &Self) -> bool;
}

impl Same for Name {
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Same for Other {
    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Same for Fate {
    /// Who said so makes no difference.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Retracted, Self::Retracted) => true,
            (Self::Settled(one, _), Self::Settled(other, _)) => one == other,
            _ => false,
        }
    }
}
