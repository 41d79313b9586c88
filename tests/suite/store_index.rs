//! The index: what it holds follows from the files, however it came to catch up with them.

use std::{collections::BTreeSet, fs, path::Path};

use kilde::{
    claim::{Modality, Polarity, Reading},
    ontology::OntologyFiles,
    store::{Index, Refreshed, Store, sorted_lines},
};
use oxigraph::model::{GraphNameRef, Quad};

use crate::sample::{rich, short};

fn store(folder: &Path) -> Store {
    Store::open_or_create(&folder.join("kg"), None).unwrap()
}

/// All quads but the ontology's, sorted.
fn dump(index: &Index) -> String {
    let ontology: BTreeSet<String> = OntologyFiles::embedded()
        .quads
        .iter()
        .map(|quad| quad.graph_name.to_string())
        .collect();
    let quads: Vec<Quad> = index
        .oxigraph()
        .iter()
        .map(Result::unwrap)
        .filter(|quad| !ontology.contains(&quad.graph_name.to_string()))
        .collect();
    sorted_lines(&quads)
}

/// The plain edges, as `subject property object`, sorted.
fn edges(index: &Index) -> Vec<String> {
    let mut edges: Vec<String> = index
        .oxigraph()
        .quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph))
        .map(|quad| quad.unwrap())
        .filter_map(|quad| {
            let last = |term: String| {
                let term = term.trim_matches(['<', '>']).to_owned();
                term.rsplit(['/', '#']).next().unwrap_or("").to_owned()
            };
            let object = quad.object.to_string();
            object.contains("/entity/").then(|| {
                format!(
                    "{} {} {}",
                    last(quad.subject.to_string()),
                    last(quad.predicate.to_string()),
                    last(object)
                )
            })
        })
        .filter(|edge| !edge.contains("exactMatch"))
        .collect();
    edges.sort();
    edges
}

fn indexed(readings: &[Reading]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    for reading in readings {
        store.put(reading).unwrap();
    }
    let index = store.index().unwrap();
    (folder, index)
}

#[test]
fn the_index_gives_back_the_very_quads_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&rich()).unwrap();
    let index = store.index().unwrap();
    let hash = store.hashes().unwrap().pop_first().unwrap();
    let graph = store.base().document(&hash);
    let quads: Vec<Quad> = index
        .oxigraph()
        .quads_for_pattern(None, None, None, Some(graph.as_ref().into()))
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(
        sorted_lines(&quads).into_bytes(),
        store.document_file(&hash).unwrap()
    );
}

#[test]
fn no_triple_stands_in_two_graphs() {
    let (_folder, index) = indexed(&[
        rich(),
        short("a", "norland", "AID", "vestia"),
        short("b", "norland", "AID", "vestia"),
    ]);
    let mut seen = BTreeSet::new();
    for quad in index.oxigraph() {
        let quad = quad.unwrap();
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        assert!(seen.insert(triple.clone()), "{triple}");
    }
    assert!(seen.len() > OntologyFiles::embedded().quads.len() + 300);
}

#[test]
fn the_ontology_lies_beside_the_data() {
    let (_folder, index) = indexed(&[]);
    assert_eq!(
        index.oxigraph().len().unwrap(),
        OntologyFiles::embedded().quads.len()
    );
    assert_eq!(dump(&index), "");
}

#[track_caller]
fn check_edge(change: impl Fn(&mut Reading), expected: &[&str]) {
    let mut reading = short("a", "norland", "AID", "vestia");
    change(&mut reading);
    assert_eq!(edges(&indexed(&[reading]).1), expected);
}

#[test]
fn only_what_is_told_as_fact_makes_an_edge() {
    check_edge(|_| {}, &["norland aids vestia"]);
    check_edge(|one| one.claims[0].polarity = Polarity::Negative, &[]);
    for modality in [
        Modality::Planned,
        Modality::Possible,
        Modality::Demanded,
        Modality::Hypothetical,
    ] {
        check_edge(|one| one.claims[0].modality = modality, &[]);
    }
    check_edge(|one| one.claims[0].confidence = 0.4, &[]);
}

#[test]
fn symmetric_and_broader_edges_stand_as_well() {
    check_edge(
        |one| one.claims[0].relation = "CONSULT".into(),
        &["norland consultsWith vestia", "vestia consultsWith norland"],
    );
    check_edge(
        |one| one.claims[0].relation = "BOMB".into(),
        &["norland attacks vestia", "norland bombs vestia"],
    );
    let (_folder, index) = indexed(&[rich()]);
    // The accord's claim goes one way; the doubtful and the denied ones make no edge.
    assert_eq!(
        edges(&index),
        [
            "norland agreesWith a%20b%2F%3Cc%3E",
            "vestia agreesWith a%20b%2F%3Cc%3E",
            "vestia locatedIn kaupang",
        ]
    );
}

#[test]
fn catching_up_gives_what_starting_anew_gives() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let mut live = Index::in_memory(&store).unwrap();
    let step = |live: &mut Index, expected: (usize, usize, usize)| {
        let (added, changed, removed) = expected;
        let done = live.refresh(&store).unwrap();
        assert_eq!(
            done,
            Refreshed {
                added,
                changed,
                removed
            }
        );
        assert_eq!(dump(live), dump(&Index::in_memory(&store).unwrap()));
    };
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    store.put(&rich()).unwrap();
    step(&mut live, (2, 0, 0));
    step(&mut live, (0, 0, 0));
    // Another document knows one of the actors otherwise: its type decides whether the edge goes back.
    let mut second = short("b", "ostland", "CONSULT", "vestia");
    second.entities[1].kind = "Agreement".into();
    second.entities[1]
        .labels
        .insert("nb".to_owned(), "Vestland".to_owned());
    for claim in &mut second.claims {
        claim.relation = "AGREE".into();
    }
    store.put(&second).unwrap();
    store
        .put(&short("c", "vestia", "SANCTION", "norland"))
        .unwrap();
    step(&mut live, (2, 0, 0));
    second.claims.clear();
    store.put(&second).unwrap();
    step(&mut live, (0, 1, 0));
    store.remove("a").unwrap();
    store
        .put(&short("d", "norland", "KILL", "ostland"))
        .unwrap();
    step(&mut live, (1, 0, 1));
    for id in ["b", "c", "d", "rich"] {
        store.remove(id).unwrap();
    }
    step(&mut live, (0, 0, 4));
    assert_eq!(dump(&live), "");
    store.put(&rich()).unwrap();
    step(&mut live, (1, 0, 0));
}

#[test]
fn forgetting_a_document_leaves_the_graph_as_if_it_had_never_been() {
    let (_one, never) = indexed(&[short("a", "norland", "AID", "vestia")]);
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    store
        .put(&short("b", "norland", "ACCUSE", "vestia"))
        .unwrap();
    let mut index = store.index().unwrap();
    assert_ne!(dump(&index), dump(&never));
    store.remove("b").unwrap();
    index.refresh(&store).unwrap();
    assert_eq!(dump(&index), dump(&never));
    assert_eq!(dump(&store.index().unwrap()), dump(&never));
}

#[test]
fn an_edge_stands_as_long_as_one_claim_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    store.put(&short("b", "norland", "AID", "vestia")).unwrap();
    let mut index = store.index().unwrap();
    for (gone, expected) in [("a", vec!["norland aids vestia"]), ("b", vec![])] {
        store.remove(gone).unwrap();
        index.refresh(&store).unwrap();
        assert_eq!(edges(&index), expected);
    }
}

#[test]
fn the_order_of_documents_makes_no_difference() {
    let mut readings = vec![
        rich(),
        short("a", "norland", "AID", "vestia"),
        short("b", "vestia", "CONSULT", "ostland"),
    ];
    let forward = dump(&indexed(&readings).1);
    readings.reverse();
    assert_eq!(dump(&indexed(&readings).1), forward);
}

#[test]
fn a_damaged_file_is_named_and_harms_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    store.put(&short("a", "norland", "AID", "vestia")).unwrap();
    let mut index = Index::in_memory(&store).unwrap();
    let before = dump(&index);
    store.put(&rich()).unwrap();
    let hash = store.find("rich").unwrap().pop_first().unwrap();
    let file = folder
        .path()
        .join("kg/documents")
        .join(&hash[..2])
        .join(format!("{hash}.nq"));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("kilde/ns#Positive", "kilde/ns#Perhaps")).unwrap();
    for told in [
        store.index().unwrap_err().to_string(),
        index.refresh(&store).unwrap_err().to_string(),
    ] {
        assert!(told.starts_with(&file.display().to_string()), "{told}");
        assert!(told.contains("no such value"), "{told}");
    }
    assert_eq!(dump(&index), before);
    fs::write(&file, text).unwrap();
    index.refresh(&store).unwrap();
    assert_eq!(dump(&index), dump(&store.index().unwrap()));
}
