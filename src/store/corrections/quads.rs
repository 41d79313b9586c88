//! The graph of corrections: for each who made it, when and why, and what it is about. It stands beside the documents'
//! graphs, so that nobody need wonder why the graph says otherwise than they do.

use oxigraph::model::{Literal, NamedNodeRef, Quad, Term};

use super::{Corrections, What};
use crate::{
    claim::content_hash,
    ontology::vocab,
    store::{Base, base::segment, quads::date_literal},
};

impl Corrections {
    /// The quads of the graph of corrections.
    #[must_use]
    pub fn quads(&self, base: &Base) -> Vec<Quad> {
        let graph = base.corrections();
        let mut quads = Vec::new();
        for one in &self.list {
            let (date, what) = (one.date.to_string(), format!("{:?}", one.what));
            let hash = content_hash(&["correction", &what, &one.author, &date, &one.reason]);
            let node = base.correction(&hash);
            let mut add = |predicate: NamedNodeRef<'_>, object: Term| {
                quads.push(Quad::new(node.clone(), predicate, object, graph.clone()));
            };
            let text = |text: &str| Term::from(Literal::new_simple_literal(text));
            add(vocab::RDF_TYPE, vocab::CLASS_CORRECTION.into());
            add(vocab::CORRECTION_KIND, text(one.what.name()));
            add(vocab::CORRECTED_BY, text(&one.author));
            add(vocab::CORRECTED_ON, date_literal(one.date).into());
            add(vocab::BECAUSE, text(&one.reason));
            if let Some(claim) = one.what.claim() {
                add(vocab::CORRECTS, base.claim(claim).into());
            }
            match &one.what {
                What::Merge { from, into } | What::Split { from, into, .. } => {
                    add(vocab::CORRECTS, base.entity(from).into());
                    add(vocab::CORRECTED_TO, base.entity(into).into());
                }
                What::Retype { entity, kind } => {
                    add(vocab::CORRECTS, base.entity(entity).into());
                    add(vocab::CORRECTED_TO, vocab::kilde(&segment(kind)).into());
                }
                _ => {}
            }
            for document in one.what.documents() {
                add(vocab::CORRECTED_IN, text(document));
            }
        }
        quads
    }
}
