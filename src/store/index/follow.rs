//! Follows changes of a store's files in an index: what a document said is taken away, what it says is added, and the
//! default graph is derived again as far as it is about the entities and events that it speaks of. Whatever changes with a
//! document starts from one of these.

use std::collections::{BTreeSet, HashSet};

use oxigraph::{
    model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term},
    store::{StorageError, Store as Oxigraph},
};
use rayon::prelude::*;

use super::{
    Live,
    changes::{Change, Changes},
    failed,
    fill::BATCH,
    names,
};
use crate::{
    ontology::vocab,
    store::{
        Base, Facts, Sketch, Store, StoreError, StoredDocument,
        parse::{document_file_quads, document_from_quads, parse_document},
    },
};

/// Applies changes, some at a time; those before an error stay applied.
pub(super) fn follow(
    changes: &Changes,
    oxigraph: &Oxigraph,
    live: &mut Live,
    store: &Store,
) -> Result<(), StoreError> {
    for batch in changes.0.chunks(BATCH) {
        let fresh: Vec<Option<(Vec<Quad>, Facts)>> = batch
            .par_iter()
            .map(|change| {
                change
                    .now
                    .as_ref()
                    .map(|_| read(&change.hash, store))
                    .transpose()
            })
            .collect::<Result<_, _>>()?;
        step(batch, fresh, oxigraph, live, store)?;
    }
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

fn facts_of(document: &StoredDocument) -> Facts {
    let mut facts = Facts::default();
    facts.add_document(document);
    facts
}

fn step(
    batch: &[Change],
    fresh: Vec<Option<(Vec<Quad>, Facts)>>,
    oxigraph: &Oxigraph,
    live: &mut Live,
    store: &Store,
) -> Result<(), StoreError> {
    let failed = failed(store);
    let (mut came, mut went) = (Facts::default(), Facts::default());
    let mut transaction = oxigraph.start_transaction().map_err(&failed)?;
    for (change, fresh) in batch.iter().zip(fresh) {
        if change.known {
            let old = statements(oxigraph, &change.hash, store).map_err(&failed)?;
            went.merge(said(&old, &change.hash, store)?);
            let graph = store.base().document(&change.hash);
            transaction
                .remove_named_graph(graph.as_ref())
                .map_err(&failed)?;
        }
        if let Some((quads, said)) = fresh {
            transaction.extend(&quads);
            came.merge(said);
        }
    }
    transaction.commit().map_err(&failed)?;
    for change in batch {
        match &change.now {
            Some(bytes) => live.catalog.insert(change.hash.clone(), bytes.clone()),
            None => live.catalog.remove(&change.hash),
        };
    }
    let (mut before, mut now) = live
        .tallies
        .change(&came, &went, store.base(), store.ontology())
        .map_err(&failed)?;
    let events = came.events.keys().chain(went.events.keys());
    let events: BTreeSet<String> = events.cloned().collect();
    for event in &events {
        add_tellings(oxigraph, event, store, &mut now).map_err(&failed)?;
    }
    let touched = touched(&before, &now, &events, store.base());
    let counted = counted(oxigraph, &events, store.base()).map_err(&failed)?;
    before.events.clear();
    let mut stale = before.quads(store.base(), store.ontology());
    stale.extend(counted);
    let (stale, wanted) = about(&touched, stale, &now, store);
    let (old, new) = (names::folded(&stale), names::folded(&wanted));
    names::replace(&live.tallies.0, &old, &new).map_err(&failed)?;
    derive_again(oxigraph, &stale, &wanted).map_err(&failed)
}

/// The nodes whose own statements may have changed.
fn touched(
    before: &Facts,
    now: &Facts,
    events: &BTreeSet<String>,
    base: &Base,
) -> BTreeSet<NamedNode> {
    let entities = before.entities.keys().chain(now.entities.keys());
    let entities = entities.map(|id| base.entity(id));
    entities
        .chain(events.iter().map(|id| base.event(id)))
        .collect()
}

/// The statements of a document that the index holds.
fn statements(oxigraph: &Oxigraph, hash: &str, store: &Store) -> Result<Vec<Quad>, StorageError> {
    let graph = store.base().document(hash);
    oxigraph
        .quads_for_pattern(None, None, None, Some(graph.as_ref().into()))
        .collect()
}

/// What a document said, as it was taken in.
fn said(quads: &[Quad], hash: &str, store: &Store) -> Result<Facts, StoreError> {
    let document = document_from_quads(quads, hash, store.base(), store.ontology());
    let document = document.map_err(|flaw| {
        let reason = format!("{}: {}", flaw.subject, flaw.message);
        failed(store)(StorageError::Other(reason.into()))
    })?;
    Ok(facts_of(&document))
}

/// The documents in the index that tell an event, with their texts.
fn add_tellings(
    oxigraph: &Oxigraph,
    event: &str,
    store: &Store,
    facts: &mut Facts,
) -> Result<(), StorageError> {
    let node = store.base().event(event);
    let telling = oxigraph.quads_for_pattern(
        None,
        Some(vocab::DESCRIBES),
        Some(node.as_ref().into()),
        None,
    );
    let mut graphs = BTreeSet::new();
    for quad in telling {
        if let GraphName::NamedNode(graph) = quad?.graph_name {
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
            if let Term::Literal(text) = quad?.object {
                facts.add_telling(event, graph.as_str(), Sketch::of(text.value()));
            }
        }
    }
    Ok(())
}

/// What the default graph says of events.
fn counted(
    oxigraph: &Oxigraph,
    events: &BTreeSet<String>,
    base: &Base,
) -> Result<Vec<Quad>, StorageError> {
    let mut counted = Vec::new();
    for event in events {
        let node = base.event(event);
        let graph = Some(GraphNameRef::DefaultGraph);
        for quad in oxigraph.quads_for_pattern(Some(node.as_ref().into()), None, None, graph) {
            counted.push(quad?);
        }
    }
    Ok(counted)
}

/// What the default graph says of `touched` nodes, and what follows from the facts.
fn about(
    touched: &BTreeSet<NamedNode>,
    mut stale: Vec<Quad>,
    facts: &Facts,
    store: &Store,
) -> (Vec<Quad>, Vec<Quad>) {
    let is_touched = |quad: &Quad| match &quad.subject {
        NamedOrBlankNode::NamedNode(subject) => touched.contains(subject),
        NamedOrBlankNode::BlankNode(_) => false,
    };
    let mut wanted = facts.quads(store.base(), store.ontology());
    wanted.retain(is_touched);
    stale.retain(is_touched);
    (stale, wanted)
}

/// Makes the default graph say what is wanted, and no longer what is stale.
fn derive_again(oxigraph: &Oxigraph, stale: &[Quad], wanted: &[Quad]) -> Result<(), StorageError> {
    let kept: HashSet<&Quad> = wanted.iter().collect();
    let there: HashSet<&Quad> = stale.iter().collect();
    let mut transaction = oxigraph.start_transaction()?;
    for quad in stale.iter().filter(|quad| !kept.contains(quad)) {
        transaction.remove(quad);
    }
    for quad in wanted.iter().filter(|quad| !there.contains(quad)) {
        transaction.insert(quad);
    }
    transaction.commit()
}
