//! Who is called what in an index: names as they are folded, so that somebody is found by name without reading who else
//! there is. They follow from the default graph and lie beside the tallies, where no query sees them.

use std::collections::HashSet;

use oxigraph::{
    model::{GraphName, GraphNameRef, Literal, LiteralRef, NamedNode, NamedNodeRef, Quad, Term},
    store::{StorageError, Store as Oxigraph},
};

use super::Index;
use crate::{ontology::vocab, text::fold_name};

impl Index {
    /// The entities with a name over `predicate` (preferred label or other name) that folds to `folded`, sorted.
    ///
    /// # Errors
    /// If the index fails.
    pub fn called(
        &self,
        predicate: NamedNodeRef<'_>,
        folded: &str,
    ) -> Result<Vec<NamedNode>, StorageError> {
        let name = LiteralRef::new_simple_literal(folded);
        let graph = Some(GraphNameRef::DefaultGraph);
        let quads =
            self.names()?
                .quads_for_pattern(None, Some(predicate), Some(name.into()), graph);
        let mut found = Vec::new();
        for quad in quads {
            if let Term::NamedNode(node) = quad?.subject.into() {
                found.push(node);
            }
        }
        found.sort();
        Ok(found)
    }
}

/// The names that statements of the default graph give, folded.
pub(super) fn folded<'a>(quads: impl IntoIterator<Item = &'a Quad>) -> HashSet<Quad> {
    quads.into_iter().filter_map(name).collect()
}

/// Puts the names of some entities in the place of those that they had.
pub(super) fn replace(
    beside: &Oxigraph,
    old: &HashSet<Quad>,
    new: &HashSet<Quad>,
) -> Result<(), StorageError> {
    let mut transaction = beside.start_transaction()?;
    for quad in old.difference(new) {
        transaction.remove(quad);
    }
    for quad in new.difference(old) {
        transaction.insert(quad);
    }
    transaction.commit()
}

fn name(quad: &Quad) -> Option<Quad> {
    let predicate = quad.predicate.as_ref();
    if ![vocab::SKOS_PREF_LABEL, vocab::SKOS_ALT_LABEL].contains(&predicate) {
        return None;
    }
    let Term::Literal(name) = &quad.object else {
        return None;
    };
    Some(Quad::new(
        quad.subject.clone(),
        quad.predicate.clone(),
        Literal::new_simple_literal(fold_name(name.value())),
        GraphName::DefaultGraph,
    ))
}
