//! `kilde forget`: documents out of a store, with all that rests on nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use anyhow::{Result, bail};
use serde_json::json;

use super::{Done, args::Forget, terminal::Talk};
use crate::{
    document::PartialDate,
    store::{Card, Store},
    text::{fold_name, printable},
};

pub(super) fn run(args: &Forget, talk: Talk) -> Result<Done> {
    let store = if args.dry_run {
        Store::open(&args.store.store)?
    } else {
        Store::open_to_write(&args.store.store)?
    };
    let chosen = chosen(args, &store)?;
    if chosen.is_empty() {
        talk.note("No document fits; nothing was forgotten");
        return Ok(Done::Partly);
    }
    check_corrections(&store, &chosen)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut claims = 0;
    for (hash, card) in &chosen {
        claims += store
            .document_as_read(hash)
            .map_or(0, |one| one.claims.len());
        writeln!(out, "{}", printable(&card.id))?;
        if !args.dry_run {
            store.remove(hash)?;
        }
    }
    out.flush()?;
    let count = format!("{} documents with {claims} claims", chosen.len());
    if args.dry_run {
        talk.note(&format!("{count} would be forgotten"));
        return Ok(Done::Well);
    }
    store.sync()?;
    store.catch_up()?;
    store.log_run(&json!({
        "program": format!("kilde {}", env!("CARGO_PKG_VERSION")),
        "command": "forget",
        "ended": jiff::Timestamp::now().to_string(),
        "documents": chosen.len(),
        "claims": claims,
    }))?;
    talk.note(&format!("{count} forgotten"));
    Ok(Done::Well)
}

/// The documents that are meant.
fn chosen(args: &Forget, store: &Store) -> Result<Vec<(String, Card)>> {
    let before = args.before.as_deref().map(str::parse::<PartialDate>);
    let before = before
        .transpose()
        .map_err(|error| anyhow::anyhow!("--before: {error}"))?;
    let publisher = args.publisher.as_deref().map(fold_name);
    let fits = |_: &str, card: &Card| {
        let published = publisher.as_ref().is_none_or(|asked| {
            let name = card.publisher.as_deref().map(fold_name);
            name.as_ref() == Some(asked)
        });
        let early = before.is_none_or(|before| {
            card.date
                .is_some_and(|date| date.latest() < before.earliest())
        });
        published && early
    };
    if args.documents.is_empty() {
        return Ok(sorted(store.cards_that(fits)?));
    }
    let mut chosen = BTreeMap::new();
    for asked in &args.documents {
        let found = store.cards_of(asked)?;
        if found.is_empty() {
            bail!("the store holds no document '{asked}'; nothing was forgotten");
        }
        chosen.extend(found);
    }
    Ok(sorted(chosen.into_iter().collect()))
}

/// By id.
fn sorted(mut chosen: Vec<(String, Card)>) -> Vec<(String, Card)> {
    chosen.sort_by(|one, other| (&one.1.id, &one.0).cmp(&(&other.1.id, &other.0)));
    chosen
}

/// A correction of a claim that is to be forgotten would hang in the air.
fn check_corrections(store: &Store, chosen: &[(String, Card)]) -> Result<()> {
    if store.corrections().is_empty() {
        return Ok(());
    }
    let mut claims = BTreeSet::new();
    for (hash, _) in chosen {
        let document = store.document_as_read(hash)?;
        claims.extend(document.claims.into_iter().map(|claim| claim.id));
    }
    for one in store.corrections().iter() {
        let claim = one.what.claim().filter(|claim| claims.contains(*claim));
        let document = one.what.documents().iter();
        let document = document
            .map(String::as_str)
            .find(|id| chosen.iter().any(|(_, card)| card.id == *id));
        if let Some(name) = claim.or(document) {
            return Err(one
                .error(format!(
                    "this correction is about {name}, which is to be forgotten; delete the line first. Nothing was forgotten"
                ))
                .into());
        }
    }
    Ok(())
}
