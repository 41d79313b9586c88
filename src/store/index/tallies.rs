//! What the documents in an index say of each entity, counted: names and types by how many say so, edges by how many claims
//! hold them. With it a document comes or goes at the cost of what it says itself, however much others say of the same
//! actors. A graph beside the index holds a text per entity, and the names that it goes by.

use std::collections::HashSet;

use oxigraph::{
    model::{GraphName, GraphNameRef, Literal, Quad, Term},
    store::{StorageError, Store as Oxigraph},
};

use crate::{
    claim::Name,
    ontology::{Ontology, vocab},
    store::{
        Base, Facts,
        derive::{Tally, tallies},
    },
};

/// The tallies of all entities.
pub(super) struct Tallies(pub(super) Oxigraph);

impl Tallies {
    pub(super) fn in_memory() -> Result<Self, StorageError> {
        Oxigraph::new().map(Self)
    }

    /// Opens those in a folder, or makes them.
    #[cfg(feature = "rocksdb")]
    pub(super) fn open(folder: &std::path::Path) -> Result<Self, StorageError> {
        Oxigraph::open(folder).map(Self)
    }

    /// Merges the files that a filling left.
    #[cfg(feature = "rocksdb")]
    pub(super) fn optimize(&self) -> Result<(), StorageError> {
        self.0.optimize()
    }

    /// Makes sure that all is on disk.
    #[cfg(feature = "rocksdb")]
    pub(super) fn flush(&self) -> Result<(), StorageError> {
        self.0.flush()
    }

    /// Puts in all that is said and who is called what, where nothing was before.
    pub(super) fn fill(
        &self,
        tallies: Vec<Quad>,
        names: HashSet<Quad>,
    ) -> Result<(), StorageError> {
        let mut loader = self.0.bulk_loader();
        loader.load_quads(tallies)?;
        loader.load_quads(names)?;
        loader.commit()
    }

    /// Adds and takes away what documents say. Gives back all that was said before of the entities that they speak of, and
    /// all that is now.
    pub(super) fn change(
        &self,
        came: &Facts,
        went: &Facts,
        base: &Base,
        ontology: &Ontology,
    ) -> Result<(Facts, Facts), StorageError> {
        let of = |facts: &Facts| tallies(facts.entities.clone(), &facts.edges, ontology);
        let (came, went) = (of(came), of(went));
        let (mut before, mut now) = (Facts::default(), Facts::default());
        let mut transaction = self.0.start_transaction()?;
        let only_went = went.keys().filter(|id| !came.contains_key(*id));
        for id in came.keys().chain(only_went) {
            let old = self.quad(id, base)?;
            let mut tally = old.as_ref().map(read).unwrap_or_default();
            tally.clone().into_facts(id, &mut before);
            if let Some(came) = came.get(id) {
                tally.merge(came.clone());
            }
            if let Some(went) = went.get(id) {
                tally.take_away(went);
            }
            if let Some(old) = &old {
                transaction.remove(old);
            }
            if !tally.is_empty() {
                transaction.insert(&written(id, &tally, base));
                tally.into_facts(id, &mut now);
            }
        }
        transaction.commit()?;
        Ok((before, now))
    }

    fn quad(&self, id: &Name, base: &Base) -> Result<Option<Quad>, StorageError> {
        let node = base.entity(id);
        self.0
            .quads_for_pattern(
                Some(node.as_ref().into()),
                Some(vocab::RDF_VALUE),
                None,
                Some(GraphNameRef::DefaultGraph),
            )
            .next()
            .transpose()
    }
}

/// The statement in which an entity's tally is kept.
pub(super) fn written(id: &Name, tally: &Tally, base: &Base) -> Quad {
    // Strings and numbers always have a JSON form.
    let text = serde_json::to_string(tally).unwrap_or_default();
    Quad::new(
        base.entity(id),
        vocab::RDF_VALUE,
        Literal::new_simple_literal(text),
        GraphName::DefaultGraph,
    )
}

fn read(quad: &Quad) -> Tally {
    match &quad.object {
        Term::Literal(text) => serde_json::from_str(text.value()).unwrap_or_default(),
        _ => Tally::default(),
    }
}
