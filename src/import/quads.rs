//! N-Quads and TriG of Kilde's own: each document's graph becomes a file of the store, byte for byte as it was. The default
//! graph is derived and passed over, and so is the graph that tells of corrections: the documents' graphs hold what they did. A claim that does not pass the checks is left out, with what hangs on it alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::BufRead,
    path::Path,
};

use oxigraph::{
    io::{RdfFormat, RdfParseError, RdfParser},
    model::{GraphName, Quad},
};

use super::{ImportError, Imported, Refused};
use crate::{
    ontology::vocab,
    resolve::flaw,
    store::{PutOutcome, Store, StoreError, StoredDocument, parse_document, sorted_lines},
};

/// Takes documents into a store. All of the file is held in memory.
///
/// # Errors
/// If the file is no RDF in that format, or the store refuses. A document or claim that does not pass is listed.
pub fn import_quads(
    store: &Store,
    reader: impl BufRead,
    format: RdfFormat,
    file: &Path,
) -> Result<Imported, ImportError> {
    let mut documents: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    let mut imported = Imported::default();
    let mut strangers = BTreeSet::new();
    for quad in RdfParser::from_format(format).for_reader(reader) {
        let quad = quad.map_err(|error| syntax(file, &error))?;
        match &quad.graph_name {
            GraphName::NamedNode(name) => match store.base().document_hash(name.as_str()) {
                Some(hash) => documents.entry(hash).or_default().push(quad),
                None => {
                    strangers.insert(name.as_str().to_owned());
                }
            },
            GraphName::DefaultGraph => {}
            GraphName::BlankNode(_) => {
                strangers.insert(quad.graph_name.to_string());
            }
        }
    }
    // What was corrected stands corrected in the documents' graphs.
    strangers.remove(store.base().corrections().as_str());
    let ontology = [
        vocab::ONTOLOGY_GRAPH,
        vocab::ALIGNMENTS_GRAPH,
        vocab::SHAPES_GRAPH,
    ];
    for what in strangers
        .into_iter()
        .filter(|one| ontology.iter().all(|own| own.as_str() != one))
    {
        let reason = format!(
            "It is the graph of no document under {}.",
            store.base().as_str()
        );
        imported.refused.push(Refused {
            line: None,
            what,
            reason,
        });
    }
    for (hash, quads) in documents {
        document(store, &hash, quads, &mut imported)?;
    }
    Ok(imported)
}

fn document(
    store: &Store,
    hash: &str,
    quads: Vec<Quad>,
    imported: &mut Imported,
) -> Result<(), ImportError> {
    let parse = |quads: &[Quad]| read(store, hash, quads);
    let (quads, document) = match parse(&quads) {
        Ok(document) => (quads, document),
        Err(reason) => {
            let Some((quads, document, refused)) = without_flawed(&quads, parse) else {
                imported.refused.push(Refused {
                    line: None,
                    what: format!("document {hash}"),
                    reason,
                });
                return Ok(());
            };
            imported.refused.extend(refused);
            (quads, document)
        }
    };
    let flawed: Vec<Refused> = document
        .claims
        .iter()
        .filter_map(|claim| {
            let reason = flaw(
                claim,
                &document.entities,
                &document.article,
                store.ontology(),
            )?;
            Some(Refused {
                line: None,
                what: claim.id.clone(),
                reason,
            })
        })
        .collect();
    let (mut quads, mut claims) = (quads, document.claims.len());
    if !flawed.is_empty() {
        let names = flawed
            .iter()
            .map(|one| store.base().claim(&one.what).to_string());
        quads = without(&quads, &names.collect());
        claims -= flawed.len();
        imported.refused.extend(flawed);
    }
    let put = store.put_file(hash, sorted_lines(&quads).as_bytes())?;
    if put == PutOutcome::Unchanged {
        imported.known += claims;
    } else {
        imported.claims += claims;
        imported.documents += 1;
    }
    Ok(())
}

/// The document, or why it is none.
fn read(store: &Store, hash: &str, quads: &[Quad]) -> Result<StoredDocument, String> {
    let bytes = sorted_lines(quads);
    let parsed = parse_document(
        bytes.as_bytes(),
        hash,
        store.base(),
        store.ontology(),
        Path::new(hash),
    );
    parsed.map_err(|error| match error {
        StoreError::Damaged { message, .. } => message,
        other => other.to_string(),
    })
}

type Sound = (Vec<Quad>, StoredDocument, Vec<Refused>);

/// The document without the claims that keep it from being read; nothing, if it is not for them.
fn without_flawed(
    quads: &[Quad],
    parse: impl Fn(&[Quad]) -> Result<StoredDocument, String>,
) -> Option<Sound> {
    let is_claim = |quad: &&Quad| {
        quad.predicate == vocab::RDF_TYPE && quad.object == vocab::CLASS_CLAIM.into()
    };
    let claims: BTreeSet<String> = quads
        .iter()
        .filter(is_claim)
        .map(|quad| quad.subject.to_string())
        .collect();
    parse(&without(quads, &claims)).ok()?;
    let (mut flawed, mut refused) = (BTreeSet::new(), Vec::new());
    for claim in &claims {
        let others = claims.iter().filter(|one| *one != claim).cloned().collect();
        if let Err(reason) = parse(&without(quads, &others)) {
            flawed.insert(claim.clone());
            let what = claim.trim_matches(['<', '>']).to_owned();
            refused.push(Refused {
                line: None,
                what,
                reason,
            });
        }
    }
    let sound = without(quads, &flawed);
    let document = parse(&sound).ok()?;
    Some((sound, document, refused))
}

/// The quads without some claims, and without events that no other claim tells of.
fn without(quads: &[Quad], claims: &BTreeSet<String>) -> Vec<Quad> {
    let gone = |quad: &Quad| claims.contains(&quad.subject.to_string());
    let told = |quad: &Quad| (quad.predicate == vocab::DESCRIBES).then(|| quad.object.to_string());
    let left: BTreeSet<String> = quads
        .iter()
        .filter(|quad| !gone(quad))
        .filter_map(told)
        .collect();
    let untold: BTreeSet<String> = quads
        .iter()
        .filter(|quad| gone(quad))
        .filter_map(told)
        .collect();
    let keeps = |quad: &&Quad| {
        let subject = quad.subject.to_string();
        !gone(quad) && (left.contains(&subject) || !untold.contains(&subject))
    };
    quads.iter().filter(keeps).cloned().collect()
}

fn syntax(file: &Path, error: &RdfParseError) -> ImportError {
    let line = match error {
        RdfParseError::Syntax(error) => error.location().map_or(1, |range| range.start.line + 1),
        RdfParseError::Io(_) => 1,
    };
    ImportError::Syntax {
        file: file.to_owned(),
        line,
        message: error.to_string(),
    }
}
