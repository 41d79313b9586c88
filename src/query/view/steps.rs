//! Who is how many edges away from whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{Key, Told};
use crate::claim::Name;

/// Everybody on a shortest way between two, with the number of steps from the first.
pub(super) fn between(
    bundles: &BTreeMap<Key, Vec<&Told>>,
    from: &Name,
    to: &Name,
) -> BTreeMap<Name, usize> {
    let mut near: BTreeMap<&Name, BTreeSet<&Name>> = BTreeMap::new();
    for (one, _, other) in bundles.keys() {
        near.entry(one).or_default().insert(other);
        near.entry(other).or_default().insert(one);
    }
    let (steps, back) = (distances(&near, from), distances(&near, to));
    let Some(&length) = steps.get(to) else {
        return BTreeMap::new();
    };
    let on_way = |(id, step): (&Name, usize)| {
        let rest = back.get(id)?;
        (step + rest == length).then(|| (id.clone(), step))
    };
    steps.into_iter().filter_map(on_way).collect()
}

/// Steps from one to everybody that can be reached.
fn distances<'a>(
    near: &BTreeMap<&'a Name, BTreeSet<&'a Name>>,
    from: &'a Name,
) -> BTreeMap<&'a Name, usize> {
    let mut steps = BTreeMap::from([(from, 0)]);
    let mut edge = vec![from];
    for step in 1.. {
        let next: Vec<&Name> = edge
            .iter()
            .filter_map(|id| near.get(id))
            .flatten()
            .copied()
            .filter(|id| !steps.contains_key(id))
            .collect();
        if next.is_empty() {
            break;
        }
        steps.extend(next.iter().map(|id| (*id, step)));
        edge = next;
    }
    steps
}

/// Everybody within so many steps of somebody in `around`.
pub(super) fn neighbourhood(
    bundles: &BTreeMap<Key, Vec<&Told>>,
    around: &[Name],
    hops: usize,
) -> BTreeSet<Name> {
    let mut near: BTreeSet<Name> = around.iter().cloned().collect();
    for _ in 0..hops {
        let steps = bundles
            .keys()
            .flat_map(|(from, _, to)| [(from, to), (to, from)]);
        let found: Vec<Name> = steps
            .filter(|(here, there)| near.contains(*here) && !near.contains(*there))
            .map(|(_, there)| there.clone())
            .collect();
        if found.is_empty() {
            break;
        }
        near.extend(found);
    }
    near
}
