//! The index for queries: oxigraph over all documents' graphs, the ontology's graphs, and the default graph derived from
//! the documents as corrected. It catches up with the files by their names and hashes: what is new, changed or gone. In memory it is
//! made anew at every start; on disk (feature `rocksdb`) it is kept in the store's folder and may be deleted at any time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use oxigraph::{
    model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term},
    store::{StorageError, Store as Oxigraph},
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    Facts, Store, StoreError,
    copies::Sketch,
    parse::{Flaw, Node, document_file_quads, document_from_quads, entity, parse_document},
};
use crate::{
    claim::{EDGE_CONFIDENCE, Modality, Polarity},
    ontology::vocab,
};

#[cfg(feature = "rocksdb")]
mod disk;

/// Documents that are parsed before they are handed to the loader: enough to keep all cores busy, few enough for memory.
const BATCH: usize = 256;

/// The files that are in the index, by document hash.
type Catalog = BTreeMap<String, FileState>;

/// A file as it was when it was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "rocksdb", derive(serde::Serialize, serde::Deserialize))]
struct FileState {
    /// Hash of its bytes.
    hash: String,
    /// Its size and time; empty if it had only just been written, so that another change might not show.
    stamp: String,
}

/// A graph to query, made from a store's files.
pub struct Index {
    oxigraph: Oxigraph,
    catalog: Catalog,
    /// Keeps writers of the index on disk away as long as it is read.
    #[cfg(feature = "rocksdb")]
    disk: Option<disk::Shared>,
}

/// How many documents an index took in, read again and dropped to catch up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Documents that are new to it.
    pub added: usize,
    /// Documents whose files changed.
    pub changed: usize,
    /// Documents whose files are gone.
    pub removed: usize,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Index")
            .field("documents", &self.catalog.len())
            .finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of a store, caught up with its files.
    pub(super) fn open(store: &Store) -> Result<Self, StoreError> {
        // What counts at a time is asked for once; it is not kept.
        #[cfg(feature = "rocksdb")]
        if store.scope.is_all()
            && let Some(index) = disk::open(store)?
        {
            return Ok(index);
        }
        Self::in_memory(store)
    }

    /// Makes an index in memory, whatever the program was built with.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn in_memory(store: &Store) -> Result<Self, StoreError> {
        let failed = failed(store);
        let mut index = Self {
            oxigraph: Oxigraph::new().map_err(&failed)?,
            catalog: Catalog::new(),
            #[cfg(feature = "rocksdb")]
            disk: None,
        };
        load_ontology(store, &index.oxigraph)?;
        index.refresh(store)?;
        Ok(index)
    }

    /// Catches up with the store's files.
    ///
    /// # Errors
    /// If a document's file is damaged. The index then holds some of the changes, and its default graph fits them.
    pub fn refresh(&mut self, store: &Store) -> Result<Refreshed, StoreError> {
        #[cfg(feature = "rocksdb")]
        if self.disk.is_some() {
            return disk::refresh(self, store);
        }
        let changes = Changes::find(&self.catalog, store)?;
        apply(&changes, &self.oxigraph, &mut self.catalog, store)?;
        Ok(changes.count())
    }

    /// The graph itself: the default graph holds entities and plain edges, each document a named graph, the ontology
    /// three more. No triple stands in two of them.
    #[must_use]
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.oxigraph
    }

    /// All statements of a graph.
    ///
    /// # Errors
    /// If the index fails.
    pub fn quads_in(
        &self,
        graph: GraphNameRef<'_>,
        store: &Store,
    ) -> Result<Vec<Quad>, StoreError> {
        self.oxigraph
            .quads_for_pattern(None, None, None, Some(graph))
            .collect::<Result<_, _>>()
            .map_err(failed(store))
    }
}

/// What happened to the files since a catalog was made.
struct Changes {
    /// Document hash and file; new ones and changed ones.
    added: Vec<(String, FileState)>,
    changed: Vec<(String, FileState)>,
    removed: Vec<String>,
    /// Files that are as they were, though their stamps are new.
    settled: Vec<(String, FileState)>,
}

impl Changes {
    fn find(catalog: &Catalog, store: &Store) -> Result<Self, StoreError> {
        let hashes: Vec<String> = store.hashes()?.into_iter().collect();
        let removed = catalog
            .keys()
            .filter(|hash| hashes.binary_search(hash).is_err())
            .cloned()
            .collect();
        let now: Vec<(String, FileState)> = hashes
            .into_par_iter()
            .filter_map(|hash| match state(&hash, catalog.get(&hash), store) {
                Ok(None) => None,
                Ok(Some(state)) => Some(Ok((hash, state))),
                Err(error) => Some(Err(error)),
            })
            .collect::<Result<_, StoreError>>()?;
        let (known, added): (Vec<_>, Vec<_>) = now
            .into_iter()
            .partition(|(hash, _)| catalog.contains_key(hash));
        let (changed, settled) = known
            .into_iter()
            .partition(|(hash, file)| catalog.get(hash).is_none_or(|one| one.hash != file.hash));
        Ok(Self {
            added,
            changed,
            removed,
            settled,
        })
    }

    fn count(&self) -> Refreshed {
        Refreshed {
            added: self.added.len(),
            changed: self.changed.len(),
            removed: self.removed.len(),
        }
    }

    #[cfg(feature = "rocksdb")]
    fn is_empty(&self) -> bool {
        self.count() == Refreshed::default()
    }
}

/// A file as it is now; `None` if its size and time are those that the catalog knows, so that it need not be read.
fn state(
    hash: &str,
    known: Option<&FileState>,
    store: &Store,
) -> Result<Option<FileState>, StoreError> {
    let stamp = store.folder.settled_stamp(hash);
    if let Some(known) = known
        && !stamp.is_empty()
        && known.stamp == stamp
    {
        return Ok(None);
    }
    Ok(Some(FileState {
        hash: file_hash(&store.folder.read(hash)?),
        stamp,
    }))
}

/// Brings the graph and the catalog to where the files are.
fn apply(
    changes: &Changes,
    oxigraph: &Oxigraph,
    catalog: &mut Catalog,
    store: &Store,
) -> Result<(), StoreError> {
    catalog.extend(changes.settled.iter().cloned());
    if catalog.is_empty() {
        return load_all(changes, oxigraph, catalog, store);
    }
    let mut touched = BTreeSet::new();
    for hash in &changes.removed {
        drop_document(oxigraph, hash, store, &mut touched)?;
        catalog.remove(hash);
    }
    let renewed: Vec<_> = changes.changed.iter().chain(&changes.added).collect();
    let mut outcome = Ok(());
    for batch in renewed.chunks(BATCH) {
        outcome = take_in(batch, oxigraph, catalog, store, &mut touched);
        if outcome.is_err() {
            break;
        }
    }
    // Also after an error: the default graph is to fit the documents that are there.
    derive_again(oxigraph, &touched, store)?;
    outcome
}

/// Takes in documents that are new or changed, all of a batch or none.
fn take_in(
    batch: &[&(String, FileState)],
    oxigraph: &Oxigraph,
    catalog: &mut Catalog,
    store: &Store,
    touched: &mut BTreeSet<NamedNode>,
) -> Result<(), StoreError> {
    let documents: Vec<(Vec<Quad>, Facts)> = batch
        .par_iter()
        .map(|(hash, _)| read(hash, store))
        .collect::<Result<_, _>>()?;
    for (hash, _) in batch {
        drop_document(oxigraph, hash, store, touched)?;
    }
    let quads = documents.into_iter().flat_map(|(quads, _)| quads).collect();
    load(oxigraph, quads, store)?;
    for (hash, file) in batch {
        touched.extend(described(oxigraph, hash, store)?);
        catalog.insert(hash.clone(), file.clone());
    }
    Ok(())
}

/// Drops a document's graph, if it is there.
fn drop_document(
    oxigraph: &Oxigraph,
    hash: &str,
    store: &Store,
    touched: &mut BTreeSet<NamedNode>,
) -> Result<(), StoreError> {
    touched.extend(described(oxigraph, hash, store)?);
    let graph = store.base().document(hash);
    oxigraph
        .remove_named_graph(graph.as_ref())
        .map_err(failed(store))
}

/// Fills an empty index: documents are parsed in parallel, and the default graph is derived on the way.
fn load_all(
    changes: &Changes,
    oxigraph: &Oxigraph,
    catalog: &mut Catalog,
    store: &Store,
) -> Result<(), StoreError> {
    let mut facts = Facts::default();
    for batch in changes.added.chunks(BATCH) {
        let read: Vec<(Vec<Quad>, Facts)> = batch
            .par_iter()
            .map(|(hash, _)| read(hash, store))
            .collect::<Result<_, _>>()?;
        let mut quads = Vec::new();
        for (of_document, said) in read {
            quads.extend(of_document);
            facts.merge(said);
        }
        load(oxigraph, quads, store)?;
    }
    load(oxigraph, facts.quads(store.base(), store.ontology()), store)?;
    catalog.extend(changes.added.iter().cloned());
    Ok(())
}

/// The quads of a document and what they say, as corrected.
fn read(hash: &str, store: &Store) -> Result<(Vec<Quad>, Facts), StoreError> {
    let (bytes, file) = (store.folder.read(hash)?, store.folder.file(hash));
    let quads = document_file_quads(&bytes, hash, store.base(), &file)?;
    let document = match document_from_quads(&quads, hash, store.base(), store.ontology()) {
        Ok(document) => document,
        // The slower way finds the line.
        Err(_) => parse_document(&bytes, hash, store.base(), store.ontology(), &file)?,
    };
    Ok(match store.layered(&document) {
        Some(document) => (store.quads_of(&document), facts_of(&document)),
        None => (quads, facts_of(&document)),
    })
}

fn facts_of(document: &super::StoredDocument) -> Facts {
    let mut facts = Facts::default();
    facts.add_document(document);
    facts
}

fn load(oxigraph: &Oxigraph, quads: Vec<Quad>, store: &Store) -> Result<(), StoreError> {
    let mut loader = oxigraph.bulk_loader();
    loader.load_quads(quads).map_err(failed(store))?;
    loader.commit().map_err(failed(store))
}

/// Loads what stands beside the documents: the ontology, and what was corrected.
fn load_ontology(store: &Store, oxigraph: &Oxigraph) -> Result<(), StoreError> {
    load(oxigraph, store.ontology.quads.clone(), store)?;
    load(oxigraph, store.corrections().quads(store.base()), store)
}

/// Derives the default graph again as far as it is about `touched` entities: their own triples and the edges that start
/// from them. Whatever changes with a document starts from an entity that the document describes.
fn derive_again(
    oxigraph: &Oxigraph,
    touched: &BTreeSet<NamedNode>,
    store: &Store,
) -> Result<(), StoreError> {
    let mut facts = Facts::default();
    for node in touched {
        let stale: Vec<Quad> = oxigraph
            .quads_for_pattern(
                Some(node.as_ref().into()),
                None,
                None,
                Some(GraphNameRef::DefaultGraph),
            )
            .collect::<Result<_, _>>()
            .map_err(failed(store))?;
        for quad in &stale {
            oxigraph.remove(quad).map_err(failed(store))?;
        }
        if let Some(event) = store.base().event_id(node.as_str()) {
            gather_tellings(oxigraph, node, &event, store, &mut facts)?;
        } else {
            gather(oxigraph, node, store, &mut facts)?;
        }
    }
    let derived = facts.quads(store.base(), store.ontology());
    let about_touched = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(subject) => touched.contains(subject),
        NamedOrBlankNode::BlankNode(_) => false,
    };
    let quads = derived.into_iter().filter(about_touched).collect();
    load(oxigraph, quads, store)
}

/// All that the documents in the index say of an entity: its records, and the claims in which it acts or is acted on.
fn gather(
    oxigraph: &Oxigraph,
    entity_node: &NamedNode,
    store: &Store,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let wrong = |flaw: Flaw| {
        let reason = format!("{}: {}", flaw.subject, flaw.message);
        failed(store)(StorageError::Other(reason.into()))
    };
    for quad in pointing(oxigraph, vocab::DESCRIBES_ENTITY, entity_node) {
        let triples = triples_of(oxigraph, &quad.map_err(failed(store))?).map_err(failed(store))?;
        facts.add_entity(&entity(&node_of(&triples), store.base()).map_err(wrong)?);
    }
    for role in [vocab::SUBJECT, vocab::OBJECT] {
        for quad in pointing(oxigraph, role, entity_node) {
            let claim =
                triples_of(oxigraph, &quad.map_err(failed(store))?).map_err(failed(store))?;
            let claim = node_of(&claim);
            let stands = claim.polarity().map_err(wrong)? == Polarity::Positive
                && claim.modality().map_err(wrong)? == Modality::Asserted
                && claim.confidence().map_err(wrong)? >= EDGE_CONFIDENCE;
            if stands {
                let subject = claim.entity(vocab::SUBJECT, store.base()).map_err(wrong)?;
                let object = claim.entity(vocab::OBJECT, store.base()).map_err(wrong)?;
                let relation = claim.relation(store.ontology()).map_err(wrong)?;
                facts.add_edge(&subject, &relation, &object);
            }
        }
    }
    Ok(())
}

/// The documents in the index that tell an event, with their texts.
fn gather_tellings(
    oxigraph: &Oxigraph,
    event_node: &NamedNode,
    event: &str,
    store: &Store,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let mut graphs = BTreeSet::new();
    for quad in pointing(oxigraph, vocab::DESCRIBES, event_node) {
        if let GraphName::NamedNode(graph) = quad.map_err(failed(store))?.graph_name {
            graphs.insert(graph);
        }
    }
    for graph in graphs {
        let texts = oxigraph.quads_for_pattern(
            Some(graph.as_ref().into()),
            Some(vocab::SCHEMA_TEXT),
            None,
            Some(graph.as_ref().into()),
        );
        for quad in texts {
            if let Term::Literal(text) = quad.map_err(failed(store))?.object {
                facts.add_telling(event, graph.as_str(), Sketch::of(text.value()));
            }
        }
    }
    Ok(())
}

/// The quads that point to a node over a property.
fn pointing<'a>(
    oxigraph: &'a Oxigraph,
    predicate: NamedNodeRef<'a>,
    object: &'a NamedNode,
) -> impl Iterator<Item = Result<Quad, StorageError>> + 'a {
    oxigraph.quads_for_pattern(None, Some(predicate), Some(object.as_ref().into()), None)
}

/// All quads with the subject and the graph of this one.
fn triples_of(oxigraph: &Oxigraph, quad: &Quad) -> Result<Vec<Quad>, StorageError> {
    oxigraph
        .quads_for_pattern(
            Some(quad.subject.as_ref()),
            None,
            None,
            Some(quad.graph_name.as_ref()),
        )
        .collect()
}

/// The quads of one subject as a node to read from.
fn node_of(quads: &[Quad]) -> Node<'_> {
    let subject = quads.first().map_or("", |quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(subject) => subject.as_str(),
        NamedOrBlankNode::BlankNode(_) => "",
    });
    let mut node = Node::new(subject);
    for quad in quads {
        node.add(quad.predicate.as_str(), &quad.object);
    }
    node
}

/// The entities and events that a document's graph describes.
fn described(oxigraph: &Oxigraph, hash: &str, store: &Store) -> Result<Vec<NamedNode>, StoreError> {
    let graph = store.base().document(hash);
    let mut nodes = Vec::new();
    for predicate in [vocab::DESCRIBES_ENTITY, vocab::DESCRIBES] {
        let records =
            oxigraph.quads_for_pattern(None, Some(predicate), None, Some(graph.as_ref().into()));
        for quad in records {
            if let Term::NamedNode(node) = quad.map_err(failed(store))?.object {
                nodes.push(node);
            }
        }
    }
    Ok(nodes)
}

fn file_hash(bytes: &[u8]) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

fn failed(store: &Store) -> impl Fn(StorageError) -> StoreError + '_ {
    |source| StoreError::Index {
        folder: store.path().to_owned(),
        source,
    }
}
