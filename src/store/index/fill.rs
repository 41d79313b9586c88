//! Fills an empty index: documents are parsed side by side while the loader sorts and writes those before them, and the
//! default graph is derived on the way.

use std::{collections::BTreeMap, hash::Hasher, mem, ops::RangeInclusive};

use oxigraph::{
    model::{GraphName, NamedNode, Quad},
    store::Store as Oxigraph,
};
use rayon::prelude::*;
use siphasher::sip128::{Hasher128, SipHasher24};

use super::{
    Live,
    changes::{Change, Changes},
    failed, names,
    tallies::written,
};
use crate::store::{Sketch, Store, StoreError, derive::event_quad, gather::Derived};

/// Documents that are parsed before they are handed to the loader: enough to keep all cores busy, few enough for memory.
pub(super) const BATCH: usize = 128;

/// Statements that the loader sorts and writes at once. So few lie nearer to the processor while they are sorted: filling
/// takes four fifths of the processor time that it takes with four times as many.
const AT_ONCE: RangeInclusive<usize> = 64_000..=512_000;

/// The more documents, the more statements at once, for each document so many: what lies in a few hundred files opens
/// fast, what lies in thousands does not.
const FOR_EACH: usize = 5;

/// Takes in the ontology, what was corrected, and all documents.
pub(super) fn fill(
    changes: &Changes,
    oxigraph: &Oxigraph,
    live: &mut Live,
    store: &Store,
) -> Result<(), StoreError> {
    let threads = rayon::current_num_threads();
    let graphs = graphs(changes, store);
    let room = (graphs.len() * FOR_EACH).clamp(*AT_ONCE.start(), *AT_ONCE.end());
    // All files are taken in at the end, and then merged once; taken in one after the other, they would be merged with
    // those before them again and again. Who is killed meanwhile leaves an index without a catalog, which is made anew.
    let mut loader = oxigraph
        .bulk_loader()
        .with_num_threads(threads)
        .with_max_memory_size_in_megabytes((room * threads).div_ceil(1000));
    let failed = failed(store);
    let mut waiting: Vec<Quad> = Vec::new();
    for batch in graphs.chunks(BATCH) {
        let read = batch.par_iter().map(|(_, graph)| graph.quads(store));
        for graph in read.collect::<Result<Vec<_>, StoreError>>()? {
            if waiting.len() + graph.len() > room {
                let full = mem::take(&mut waiting);
                loader.load_quads(full).map_err(&failed)?;
            }
            waiting.extend(graph);
        }
    }
    loader.load_quads(waiting).map_err(&failed)?;
    let Following { quads, tallies } = Following::of(store)?;
    let names = names::folded(&quads);
    loader.load_quads(quads).map_err(&failed)?;
    loader.commit().map_err(&failed)?;
    live.tallies.fill(tallies, names).map_err(&failed)?;
    let now = changes.0.iter();
    live.catalog = now
        .filter_map(|change| Some((change.hash.clone(), change.now.clone()?)))
        .collect();
    Ok(())
}

/// What stands in a graph of its own.
enum Graph<'a> {
    Document(&'a Change),
    Beside(Vec<Quad>),
}

impl Graph<'_> {
    fn quads(&self, store: &Store) -> Result<Vec<Quad>, StoreError> {
        match self {
            Self::Document(change) => store.quads(&change.hash),
            Self::Beside(quads) => Ok(quads.clone()),
        }
    }
}

/// All graphs in the order in which oxigraph keeps them, by a hash of their names. Half of its files are sorted by graph
/// first: where each holds graphs of its own, none is ever merged with another. Nothing else depends on the order.
fn graphs<'a>(changes: &'a Changes, store: &Store) -> Vec<(u128, Graph<'a>)> {
    let mut beside: BTreeMap<u128, Vec<Quad>> = BTreeMap::new();
    for quad in beside_documents(store) {
        let place = match &quad.graph_name {
            GraphName::NamedNode(name) => place(name),
            _ => 0,
        };
        beside.entry(place).or_default().push(quad);
    }
    let beside = beside
        .into_iter()
        .map(|(place, quads)| (place, Graph::Beside(quads)));
    let documents = changes.0.iter().map(|change| {
        let name = store.base().document(&change.hash);
        (place(&name), Graph::Document(change))
    });
    let mut graphs: Vec<_> = beside.chain(documents).collect();
    graphs.sort_by_key(|(place, _)| *place);
    graphs
}

/// Where oxigraph keeps what belongs to a name.
fn place(name: &NamedNode) -> u128 {
    let mut hasher = SipHasher24::new();
    hasher.write(name.as_str().as_bytes());
    hasher.finish128().as_u128()
}

/// The ontology, and what was corrected.
fn beside_documents(store: &Store) -> Vec<Quad> {
    let corrections = store.corrections().quads(store.base());
    let ontology = store.ontology.quads.iter().cloned();
    ontology.chain(corrections).collect()
}

/// What follows from all documents.
#[derive(Default)]
struct Following {
    /// The default graph.
    quads: Vec<Quad>,
    /// The tallies as they are written.
    tallies: Vec<Quad>,
}

impl Following {
    /// From the gists: the documents' own statements need not be understood.
    fn of(store: &Store) -> Result<Self, StoreError> {
        let (base, ontology) = (store.base(), store.ontology());
        let (mut own, mut events) = (Self::default(), Vec::new());
        store.each_derived(|one| {
            match one {
                Derived::Entity(id, tally) => {
                    tally.quads(&id, base, ontology, &mut own.quads);
                    own.tallies.push(written(&id, &tally, base));
                }
                Derived::Event(id, documents) if documents.len() > 1 => {
                    events.push((id, documents));
                }
                Derived::Event(..) => {}
            }
            Ok::<_, StoreError>(())
        })?;
        let needed = events.iter().flat_map(|(_, documents)| documents);
        let sketches = store.sketches(&needed.cloned().collect())?;
        own.quads
            .extend(events.iter().filter_map(|(id, documents)| {
                let told: Vec<&Sketch> = documents
                    .iter()
                    .filter_map(|one| sketches.get(one))
                    .collect();
                event_quad(id, told.into_iter(), base)
            }));
        Ok(own)
    }
}

#[cfg(all(test, feature = "rocksdb"))]
mod tests {
    use oxigraph::model::{GraphNameRef, NamedOrBlankNode, QuadRef};

    use super::*;

    #[test]
    fn oxigraph_keeps_graphs_in_the_order_of_filling() {
        let folder = tempfile::tempdir().unwrap();
        let index = Oxigraph::open(folder.path()).unwrap();
        let names = (0..50).map(|number| NamedNode::new(format!("http://x/{number}")).unwrap());
        for name in names {
            let graph = GraphNameRef::NamedNode(name.as_ref());
            index
                .insert(QuadRef::new(&name, &name, &name, graph))
                .unwrap();
        }
        let kept: Vec<u128> = index
            .named_graphs()
            .map(|name| match name.unwrap() {
                NamedOrBlankNode::NamedNode(name) => place(&name),
                NamedOrBlankNode::BlankNode(_) => panic!("no graph is a blank node"),
            })
            .collect();
        assert_eq!(kept.len(), 50);
        assert!(kept.is_sorted(), "{kept:?}");
    }
}
