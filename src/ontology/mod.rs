//! Relations and types: what the graph may say. They are data (`ontology/kilde.ttl`), compiled into the program and
//! replaceable by a folder of one's own; adding a relation touches no Rust.

use std::{collections::BTreeMap, sync::Arc};

mod load;
mod meaning;
#[cfg(test)]
mod tests;
pub mod vocab;

pub use load::{OntologyError, OntologyFiles};

use crate::text::label_in;

/// Everything under `ontology/`, as compiled into the program: frames, word lists, queries.
pub static FILES: include_dir::Dir<'static> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/ontology");

/// A relation that a claim may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its code (`AGREE`); `skos:notation` in the ontology.
    pub code: Arc<str>,
    /// Local name of the property (`agreesWith`).
    pub property: Arc<str>,
    /// Label by language tag.
    pub labels: BTreeMap<String, String>,
    /// Whether it holds both ways (`owl:SymmetricProperty`).
    pub symmetric: bool,
    /// Whether it is an event (a PLOVER type) and no state or office.
    pub event: bool,
    /// Whether it is an act at a time: an event, or the act that begins or ends a state (`kilde:momentary`).
    pub momentary: bool,
    /// PLOVER's quad class, 1 to 4, of an event.
    pub quad_class: Option<u8>,
    /// Classes one of which the subject must be; empty: any.
    pub domain: Vec<Arc<str>>,
    /// Classes one of which the object must be; empty: any.
    pub range: Vec<Arc<str>>,
    /// Whether only one can stand in it to the same object at a time (`kilde:OneSubjectRelation`).
    pub one_subject: bool,
    /// Code of the broader relation, if it is a finer one (`kilde:mediates` under `kilde:consultsWith`).
    pub broader: Option<Arc<str>>,
}

impl Relation {
    /// Its label in a language (Nynorsk falls back on Bokmål), else in English, else the property's name.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        label_in(&self.labels, lang).unwrap_or(&self.property)
    }
}

/// A class of entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityType {
    /// Local name (`PoliticalParty`).
    pub name: Arc<str>,
    /// Local names of its superclasses, nearest first (`Organization`, `Actor`).
    pub ancestors: Vec<Arc<str>>,
    /// Label by language tag.
    pub labels: BTreeMap<String, String>,
}

/// Relations by code and types by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ontology {
    /// Relations by code.
    pub relations: BTreeMap<Arc<str>, Relation>,
    /// Types by local name.
    pub types: BTreeMap<Arc<str>, EntityType>,
}

impl Ontology {
    /// The relation with this code.
    #[must_use]
    pub fn relation(&self, code: &str) -> Option<&Relation> {
        self.relations.get(code)
    }

    /// The relation whose property has this local name (`agreesWith`).
    #[must_use]
    pub fn relation_by_property(&self, property: &str) -> Option<&Relation> {
        self.relations
            .values()
            .find(|relation| &*relation.property == property)
    }

    /// The relation and all broader ones, the narrowest first. The last is one of those that gold files and PLOVER know.
    pub fn with_broader<'a>(
        &'a self,
        relation: &'a Relation,
    ) -> impl Iterator<Item = &'a Relation> {
        let broader = |one: &&'a Relation| self.relation(one.broader.as_deref()?);
        // An ontology of the user's own might run in a circle; nothing sensible is more than a few steps deep.
        std::iter::successors(Some(relation), broader).take(16)
    }

    /// Whether an entity of type `kind` may stand where one of `allowed` is asked for (an empty list: any).
    /// `Entity`, the type of what nothing is known about, may stand anywhere.
    #[must_use]
    pub fn admits(&self, allowed: &[Arc<str>], kind: &str) -> bool {
        allowed.is_empty() || kind == "Entity" || allowed.iter().any(|one| self.is_a(kind, one))
    }

    /// The first relation (by its code) or type of this ontology that `other` lacks or writes otherwise.
    #[must_use]
    pub fn lacking(&self, other: &Self) -> Option<String> {
        let relation = self.relations.values().find(|own| {
            let same = other.relation(&own.code);
            same.is_none_or(|same| same.property != own.property)
        });
        let kind = self
            .types
            .keys()
            .find(|own| !other.types.contains_key(*own));
        let missing = relation.map(|one| &one.code).or(kind);
        missing.map(ToString::to_string)
    }

    /// Whether `kind` is `ancestor` or a subclass of it.
    #[must_use]
    pub fn is_a(&self, kind: &str, ancestor: &str) -> bool {
        kind == ancestor
            || self
                .types
                .get(kind)
                .is_some_and(|kind| kind.ancestors.iter().any(|one| &**one == ancestor))
    }
}
