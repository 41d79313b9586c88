//! What documents say of entities, each description once with how many say so. Most documents describe an entity alike:
//! held so, views of large stores take a fraction of what votes by name would take.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Described, Said};
use crate::claim::{Entity, Name};

/// Descriptions of entities by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Descriptions(BTreeMap<Name, Vec<(Entity, usize)>>);

impl Descriptions {
    /// Adds what a document says of an entity.
    pub fn add(&mut self, entity: &Entity) {
        let known = self.0.entry(entity.id.clone()).or_default();
        match known.iter_mut().find(|(one, _)| one == entity) {
            Some((_, times)) => *times += 1,
            None => known.push((entity.clone(), 1)),
        }
    }

    /// Adds what others gathered.
    pub fn merge(&mut self, other: Self) {
        for (id, descriptions) in other.0 {
            let known = self.0.entry(id).or_default();
            for (entity, more) in descriptions {
                match known.iter_mut().find(|(one, _)| *one == entity) {
                    Some((_, times)) => *times += more,
                    None => known.push((entity, more)),
                }
            }
        }
    }

    /// What the entities are and are called, as most say, sorted by id.
    #[must_use]
    pub fn described(self) -> Vec<(Name, Described)> {
        let described = |(id, descriptions): (Name, Vec<(Entity, usize)>)| {
            let mut said = Said::default();
            for (entity, times) in &descriptions {
                said.add_times(entity, *times);
            }
            (id, said.described())
        };
        self.0.into_par_iter().map(described).collect()
    }
}

#[cfg(test)]
mod tests {
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
        let all = all.map(|(kind, label)| entity(kind, label));
        let (mut first, mut second, mut said) = (
            Descriptions::default(),
            Descriptions::default(),
            Said::default(),
        );
        for (at, one) in all.iter().enumerate() {
            said.add(one);
            (if at < 2 { &mut first } else { &mut second }).add(one);
        }
        first.merge(second);
        let described = first.described();
        assert_eq!(described, [("x".into(), said.described())]);
        assert_eq!(described[0].1.kind.as_deref(), Some("Person"));
    }
}
