//! Keeps another SPARQL store in step with this one: a named graph per document (as
//! corrected), the graph of corrections, and the default graph. Only what changed
//! since the last time is sent, a graph at a time; what was sent is noted at once, so that a push that breaks off goes on
//! where it stopped. By the SPARQL 1.1 Graph Store Protocol, or by SPARQL Update.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::Duration,
};

use oxigraph::model::{GraphName, NamedNode, Quad};

use crate::{
    claim::content_hash,
    store::{Facts, Store, StoreError, sorted_lines},
};

mod notes;
mod remote;

pub use remote::{Protocol, Remote};

use notes::Notes;

/// The name under which the default graph is noted.
const DEFAULT: &str = "default";

/// The name under which the graph of corrections is noted.
const CORRECTIONS: &str = "corrections";

/// Why a push failed.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was sent could not be noted.
    #[error("{}: {source}", .file.display())]
    Notes {
        /// The file of notes.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The endpoint did not do it.
    #[error(
        "{endpoint}: {reason}; {sent} of {all} graphs were sent, run the same command again to go on"
    )]
    Remote {
        /// The endpoint.
        endpoint: String,
        /// What went wrong: a phrase.
        reason: String,
        /// Graphs that were sent or dropped before.
        sent: usize,
        /// Graphs that were to be.
        all: usize,
    },
}

/// What a push is to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Sends everything, whatever was sent before (when the other store was emptied).
    pub everything: bool,
    /// The graph that takes the default graph's place, for stores that have none of their own.
    pub default_graph: Option<NamedNode>,
    /// How often a graph is tried again before the push gives up.
    pub retries: u32,
    /// The pause before the first of these; it doubles each time.
    pub pause: Duration,
}

/// What a push did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Graphs that were sent.
    pub sent: usize,
    /// Graphs that were dropped, their documents being gone.
    pub dropped: usize,
    /// Graphs that the other store had already.
    pub unchanged: usize,
}

/// Brings a remote store in step; `step` is told after each graph how many are done of how many.
///
/// # Errors
/// If a document's file is damaged, or the remote store fails or stays silent.
pub fn push(
    store: &Store,
    remote: &Remote,
    options: &Options,
    mut step: impl FnMut(usize, usize),
) -> Result<Pushed, PushError> {
    let mut notes = Notes::open(store.path(), remote.endpoint())?;
    if options.everything {
        notes.forget()?;
    }
    let now = hashes(store)?;
    let changed: Vec<&String> = now
        .iter()
        .filter(|(name, hash)| notes.get(name) != Some(*hash))
        .map(|(name, _)| name)
        .collect();
    let gone: BTreeSet<String> = notes
        .names()
        .filter(|name| !now.contains_key(*name))
        .cloned()
        .collect();
    let all = changed.len() + gone.len();
    let mut done = 0;
    let failed = |reason: String, sent: usize| PushError::Remote {
        endpoint: remote.endpoint().to_owned(),
        reason,
        sent,
        all,
    };
    for name in changed {
        let (graph, quads) = graph(store, name, options)?;
        let triples = triples(quads);
        remote
            .put(graph.as_ref(), &triples, options)
            .map_err(|reason| failed(reason, done))?;
        notes.add(name, Some(&now[name]))?;
        done += 1;
        step(done, all);
    }
    for name in &gone {
        let graph = iri(store, name);
        remote
            .delete(&graph, options)
            .map_err(|reason| failed(reason, done))?;
        notes.add(name, None)?;
        done += 1;
        step(done, all);
    }
    Ok(Pushed {
        sent: all - gone.len(),
        dropped: gone.len(),
        unchanged: now.len() - (all - gone.len()),
    })
}

/// Hashes of all graphs, the default graph last in line only by its name.
fn hashes(store: &Store) -> Result<BTreeMap<String, String>, PushError> {
    let mut hashes = BTreeMap::new();
    for hash in store.hashes()? {
        let text = sorted_lines(&store.quads(&hash)?);
        hashes.insert(hash, content_hash(&["graph", &text]));
    }
    let corrections = store.corrections().quads(store.base());
    if !corrections.is_empty() {
        let text = sorted_lines(&corrections);
        hashes.insert(CORRECTIONS.to_owned(), content_hash(&["graph", &text]));
    }
    let default = sorted_lines(&default_graph(store)?);
    hashes.insert(DEFAULT.to_owned(), content_hash(&["graph", &default]));
    Ok(hashes)
}

fn default_graph(store: &Store) -> Result<Vec<Quad>, PushError> {
    let mut facts = Facts::default();
    for document in store.documents()? {
        facts.add_document(&document?);
    }
    Ok(facts.quads(store.base(), store.ontology()))
}

/// A graph's name (nothing for the default graph) and statements.
fn graph(
    store: &Store,
    name: &str,
    options: &Options,
) -> Result<(Option<NamedNode>, Vec<Quad>), PushError> {
    if name == DEFAULT {
        return Ok((options.default_graph.clone(), default_graph(store)?));
    }
    let quads = if name == CORRECTIONS {
        store.corrections().quads(store.base())
    } else {
        store.quads(name)?
    };
    Ok((Some(iri(store, name)), quads))
}

/// The IRI of a graph that is not the default graph.
fn iri(store: &Store, name: &str) -> NamedNode {
    if name == CORRECTIONS {
        store.base().corrections()
    } else {
        store.base().document(name)
    }
}

/// N-Triples.
fn triples(mut quads: Vec<Quad>) -> String {
    for quad in &mut quads {
        quad.graph_name = GraphName::DefaultGraph;
    }
    sorted_lines(&quads)
}
