//! `kilde claims` and `kilde mentions`: what a store holds, as JSON Lines, sorted by document. Needs no index.

use std::io::{self, Write};

use anyhow::{Context, Result};

use super::{
    Done,
    args::{Claims, Mentions},
};
use crate::{
    claim::{Claim, JsonView},
    ontology::Ontology,
    store::{Store, StoredDocument},
};

pub(super) fn claims(args: &Claims) -> Result<Done> {
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    let wanted = |claim: &Claim| {
        let about = args.about.as_ref();
        about.is_none_or(|id| *claim.subject.entity == **id || *claim.object.entity == **id)
            && args
                .relation
                .as_ref()
                .is_none_or(|relation| is_a(claim, relation, store.ontology()))
    };
    write(&store, args.document.as_deref(), |document, view, out| {
        let mut any = false;
        for claim in document.claims.iter().filter(|claim| wanted(claim)) {
            writeln!(out, "{}", view.claim(claim))?;
            any = true;
        }
        Ok(any)
    })
}

pub(super) fn mentions(args: &Mentions) -> Result<Done> {
    let store = Store::open(&args.store.store)?.with_scope(args.part.scope())?;
    write(&store, args.document.as_deref(), |document, view, out| {
        for mention in &document.mentions {
            writeln!(out, "{}", view.mention(mention))?;
        }
        Ok(!document.mentions.is_empty())
    })
}

/// Documents of a store in the order of their ids.
pub(super) fn documents(store: &Store, only: Option<&str>) -> Result<Vec<(String, String)>> {
    let cards = store.cards()?.into_iter();
    let wanted = cards.filter(|(_, card)| only.is_none_or(|id| card.id == id));
    let mut known: Vec<(String, String)> = wanted.map(|(hash, card)| (card.id, hash)).collect();
    known.sort();
    Ok(known)
}

fn write(
    store: &Store,
    only: Option<&str>,
    mut each: impl FnMut(&StoredDocument, &JsonView<'_>, &mut dyn Write) -> io::Result<bool>,
) -> Result<Done> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut any = false;
    for (id, hash) in documents(store, only)? {
        let document = store.document(&hash)?;
        let view = JsonView::new(&document.article, &document.entities, store.ontology());
        any |= each(&document, &view, &mut out).with_context(|| id)?;
    }
    out.flush()?;
    Ok(if any { Done::Well } else { Done::Partly })
}

/// Whether a claim's relation, or a broader one, has this code or property.
pub(super) fn is_a(claim: &Claim, name: &str, ontology: &Ontology) -> bool {
    let relation = ontology.relation(&claim.relation);
    relation.is_some_and(|relation| {
        ontology
            .with_broader(relation)
            .any(|one| *one.code == *name || *one.property == *name)
    })
}
