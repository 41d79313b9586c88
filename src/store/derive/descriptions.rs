//! What documents say of entities, each description once with how many say so. Most documents describe an entity alike:
//! held so, views of large stores take a fraction of what votes by name would take.

use std::{collections::HashMap, sync::Arc};

use rayon::prelude::*;

use super::{Described, Said};
use crate::claim::{Entity, Name};

/// Descriptions with how many say so, by where they lie in memory: those that are shared are counted without comparing them.
#[derive(Clone, Debug, Default)]
pub struct Descriptions(HashMap<usize, (Arc<Entity>, usize)>);

impl Descriptions {
    /// Adds what a document says of an entity.
    pub fn add(&mut self, entity: &Arc<Entity>) {
        self.add_times(Arc::clone(entity), 1);
    }

    /// Adds what others gathered.
    pub fn merge(&mut self, other: Self) {
        for (entity, times) in other.0.into_values() {
            self.add_times(entity, times);
        }
    }

    fn add_times(&mut self, entity: Arc<Entity>, times: usize) {
        let known = self
            .0
            .entry(Arc::as_ptr(&entity).addr())
            .or_insert((entity, 0));
        known.1 += times;
    }

    /// What the entities are and are called, as most say, sorted by id.
    #[must_use]
    pub fn described(self) -> Vec<(Name, Described)> {
        let mut all: Vec<(Arc<Entity>, usize)> = self.0.into_values().collect();
        all.par_sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        let of_one: Vec<&[(Arc<Entity>, usize)]> = all
            .chunk_by(|(one, _), (other, _)| one.id == other.id)
            .collect();
        let described = |descriptions: &[(Arc<Entity>, usize)]| {
            let mut said = Said::default();
            for (entity, times) in descriptions {
                said.add_times(entity, *times);
            }
            (descriptions[0].0.id.clone(), said.described())
        };
        of_one.into_par_iter().map(described).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn entity(kind: &str, label: &str) -> Entity {
        Entity {
            id: "x".into(),
            kind: kind.into(),
            labels: BTreeMap::from([("en".to_owned(), label.to_owned())]),
            aliases: BTreeMap::new(),
            wikidata: None,
            known: false,
        }
    }

    #[test]
    fn votes_count_as_if_each_had_been_added_by_itself() {
        let all = [
            ("City", "X"),
            ("Person", "Y"),
            ("Person", "Y"),
            ("City", "Z"),
            ("Person", "X"),
        ];
        let mut all = all.map(|(kind, label)| Arc::new(entity(kind, label)));
        // One is shared, the others lie each in their own place.
        all[2] = Arc::clone(&all[1]);
        let (mut first, mut second, mut said) = (
            Descriptions::default(),
            Descriptions::default(),
            Said::default(),
        );
        for (at, one) in all.iter().enumerate() {
            let part = if at < 2 { &mut first } else { &mut second };
            part.add(one);
            said.add(one);
        }
        first.merge(second);
        let described = first.described();
        assert_eq!(described, [("x".into(), said.described())]);
        assert_eq!(described[0].1.kind.as_deref(), Some("Person"));
    }
}
