//! Whom a user means, found in an index by what it has on exactly them. Who else is in it is only read to say who could have
//! been meant where nobody was found.

use std::collections::BTreeSet;

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode};

use super::{
    Entities, QueryError,
    entities::{Asked, ambiguous},
};
use crate::{
    claim::Name,
    ontology::vocab,
    store::{Base, Index},
};

/// Finds entities by what people call them, as [`Entities::find`] does.
pub(super) struct Lookup<'a> {
    index: &'a Index,
    base: &'a Base,
}

impl<'a> Lookup<'a> {
    pub(super) const fn new(index: &'a Index, base: &'a Base) -> Self {
        Self { index, base }
    }

    /// The id of the entity that a user means.
    ///
    /// # Errors
    /// If nobody is called so (with the nearest ids), or several are; or if the index fails.
    pub(super) fn find(&self, text: &str) -> Result<Name, QueryError> {
        let asked = Asked::new(text, self.base);
        for id in asked.ids() {
            if self.is_described(&self.base.entity(id))? {
                return Ok(id.into());
            }
        }
        let called = |label| self.index.called(label, asked.folded());
        let ways: [&dyn Fn() -> Result<Vec<NamedNode>, QueryError>; 3] = [
            &|| self.with_item(asked.item()),
            &|| Ok(called(vocab::SKOS_PREF_LABEL)?),
            &|| Ok(called(vocab::SKOS_ALT_LABEL)?),
        ];
        for way in ways {
            let found = way()?;
            let ids = found
                .iter()
                .filter_map(|node| self.base.entity_id(node.as_str()));
            let mut ids: BTreeSet<String> = ids.collect();
            match ids.len() {
                0 | 1 => {
                    if let Some(id) = ids.pop_first() {
                        return Ok(id.into());
                    }
                }
                _ => return Err(ambiguous(text, ids)),
            }
        }
        // Nobody: the names of all say who is called nearly so.
        let all = Entities::of_index(self.index, self.base)?;
        all.find(text).map(|card| card.id.clone())
    }

    fn is_described(&self, entity: &NamedNode) -> Result<bool, QueryError> {
        let graph = Some(GraphNameRef::DefaultGraph);
        let about = self.index.oxigraph();
        let mut about = about.quads_for_pattern(Some(entity.as_ref().into()), None, None, graph);
        Ok(about.next().transpose()?.is_some())
    }

    fn with_item(&self, item: &str) -> Result<Vec<NamedNode>, QueryError> {
        let item = format!("{}{item}", vocab::WIKIDATA);
        let item = NamedNodeRef::new_unchecked(&item);
        let same = self.index.oxigraph().quads_for_pattern(
            None,
            Some(vocab::SKOS_EXACT_MATCH),
            Some(item.into()),
            Some(GraphNameRef::DefaultGraph),
        );
        let mut found = Vec::new();
        for quad in same {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                found.push(node);
            }
        }
        Ok(found)
    }
}
