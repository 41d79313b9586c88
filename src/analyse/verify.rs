//! Whether a store is sound: every file holds what its name and its own text say, every quote stands where it should, the
//! index holds the files and the edges that follow from them, shapes hold, and corrections name what is there.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, GraphNameRef, Quad};
use rayon::prelude::*;

use super::{
    shapes::{Shapes, ShapesError},
    validate::{Finding, ValidationError, validate},
};
use crate::{
    resolve,
    store::{Facts, Index, Store, StoreError, bytes_hash},
};

/// What is wrong with a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Documents that were checked.
    pub documents: usize,
    /// Claims whose evidence was checked.
    pub claims: usize,
    /// Statements of the index that were compared.
    pub statements: usize,
    /// Problems with files, edges and corrections.
    pub problems: Vec<Problem>,
    /// What does not fit its shape.
    pub findings: Vec<Finding>,
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// What sort: `file`, `claim`, `edge`, `index` or `correction`.
    pub kind: &'static str,
    /// What is wrong: where, and a sentence.
    pub message: String,
}

/// Why a store could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The shapes could not be read.
    #[error(transparent)]
    Shapes(#[from] ShapesError),
    /// The graph could not be checked.
    #[error(transparent)]
    Validation(#[from] ValidationError),
}

impl Verification {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.findings.is_empty()
    }
}

/// Checks a store as its files have it, and its index as corrected.
///
/// # Errors
/// If the store cannot be read at all, or its shapes cannot be checked.
pub fn verify(store: &Store) -> Result<Verification, VerifyError> {
    let hashes: Vec<String> = store.hashes()?.into_iter().collect();
    let recorded = store.recorded()?;
    let checked: Vec<(usize, Vec<Problem>)> = hashes
        .par_iter()
        .map(|hash| check_file(store, hash, recorded.get(hash)))
        .collect();
    let mut verification = Verification {
        documents: hashes.len(),
        ..Verification::default()
    };
    for (claims, problems) in checked {
        verification.claims += claims;
        verification.problems.extend(problems);
    }
    // With files that cannot be read there is no index to compare.
    if verification.problems.is_empty() {
        for error in store.check(store.corrections())? {
            verification.problems.push(Problem {
                kind: "correction",
                message: error.to_string(),
            });
        }
        let index = store.index()?;
        verification.statements = compare(store, &index, &hashes, &mut verification.problems)?;
        let shapes = Shapes::of_quads(store.ontology_quads())?;
        verification.findings = validate(index.oxigraph(), &shapes)?;
    }
    verification.problems.sort();
    Ok(verification)
}

/// A document's file against itself: it parses, its hashes and quotes are right, its claims are named after their words, and
/// it is what would be written for what it holds; and against what was noted when it was written.
fn check_file(store: &Store, hash: &str, recorded: Option<&String>) -> (usize, Vec<Problem>) {
    let problem = |kind, message: String| Problem { kind, message };
    let document = match store.document_as_read(hash) {
        Ok(document) => document,
        Err(error) => return (0, vec![problem("file", error.to_string())]),
    };
    let mut problems = Vec::new();
    let id = &document.article.id;
    let ids = |claims: &[crate::claim::Claim]| -> BTreeSet<String> {
        claims.iter().map(|claim| claim.id.clone()).collect()
    };
    let mut named = document.claims.clone();
    resolve::name(&mut named, &document.article, store.ontology());
    for wrong in ids(&document.claims).difference(&ids(&named)) {
        let message = format!("{id}: the claim {wrong} is not named after its words");
        problems.push(problem("claim", message));
    }
    let bytes = store.document_file(hash).unwrap_or_default();
    if bytes != store.written(&document).as_bytes() {
        let message = format!(
            "{id} ({hash}): the file holds other statements than follow from what it says; build again"
        );
        problems.push(problem("file", message));
    }
    if recorded.is_some_and(|recorded| *recorded != bytes_hash(&bytes)) {
        let message =
            format!("{id} ({hash}): the file was changed after it was written; build again");
        problems.push(problem("file", message));
    }
    (document.claims.len(), problems)
}

/// The index against the files; how many statements were compared.
fn compare(
    store: &Store,
    index: &Index,
    hashes: &[String],
    problems: &mut Vec<Problem>,
) -> Result<usize, StoreError> {
    let mut facts = Facts::default();
    let mut count = 0;
    for hash in hashes {
        facts.add_document(&store.document(hash)?);
        let graph = store.base().document(hash);
        let expected = written(store.quads(hash)?);
        count += expected.len();
        let found = written(index.quads_in(graph.as_ref().into(), store)?);
        for line in expected.symmetric_difference(&found) {
            let message =
                format!("{line}: the index does not hold what the file {hash} does; delete index/");
            problems.push(Problem {
                kind: "index",
                message,
            });
        }
    }
    let expected = written(facts.quads(store.base(), store.ontology()));
    let found = written(index.quads_in(GraphNameRef::DefaultGraph, store)?);
    for line in expected.difference(&found) {
        let message = format!("{line}: follows from the claims, but does not stand; delete index/");
        problems.push(Problem {
            kind: "edge",
            message,
        });
    }
    for line in found.difference(&expected) {
        let message = format!("{line}: stands, but follows from no claim; delete index/");
        problems.push(Problem {
            kind: "edge",
            message,
        });
    }
    Ok(count + expected.len())
}

/// Statements as text, without their graph.
fn written(quads: Vec<Quad>) -> BTreeSet<String> {
    let plain = |mut quad: Quad| {
        quad.graph_name = GraphName::DefaultGraph;
        quad.to_string()
    };
    quads.into_iter().map(plain).collect()
}
