//! Corrections for the commands: where they stand, whether they make sense, and a list of them (`kilde corrections`).

use std::{
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{Done, args::Corrections as Args, terminal::Talk};
use crate::{
    ontology::Ontology,
    store::{Correction, Corrections, Store, What},
    text::printable,
};

/// Lists the corrections of a store; those that name something unknown are told.
pub(super) fn run(args: &Args, talk: Talk) -> Result<Done> {
    let store = Store::open(&args.store.store)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for one in store.corrections().iter() {
        if args.json {
            writeln!(out, "{}", value(one))?;
        } else {
            writeln!(
                out,
                "{}:{}: {} ({}, {}: {})",
                one.file.display(),
                one.line,
                printable(&told(&one.what)),
                printable(&one.author),
                one.date,
                printable(&one.reason)
            )?;
        }
    }
    out.flush()?;
    if store.corrections().is_empty() {
        talk.note(&format!(
            "There are no corrections; they would stand in {}",
            store.corrections_path().display()
        ));
        return Ok(Done::Partly);
    }
    Ok(if report(&store, talk)? > 0 {
        Done::Partly
    } else {
        Done::Well
    })
}

/// Reads corrections that a user names, to see whether they can be read at all.
pub(super) fn load(place: &Path) -> Result<Corrections> {
    if !place.exists() {
        bail!("{}: there are no such corrections", place.display());
    }
    Ok(Corrections::load(place, Ontology::embedded())?)
}

/// Lets a store take its corrections from a place from now on.
pub(super) fn adopt(store: &mut Store, place: &Path) -> Result<()> {
    let shown = || place.display().to_string();
    let absolute = std::fs::canonicalize(place).with_context(shown)?;
    let folder = std::fs::canonicalize(store.path()).with_context(shown)?;
    let noted = relative(&folder, &absolute);
    Ok(store.use_corrections(place, noted)?)
}

/// Tells which corrections name something that the store does not hold; how many.
pub(super) fn report(store: &Store, talk: Talk) -> Result<usize> {
    let errors = store.check(store.corrections())?;
    for error in &errors {
        talk.error(&printable(&error.to_string()));
    }
    Ok(errors.len())
}

/// The way from a folder to a file or folder, if both are absolute.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    let mut common = 0;
    while from.peek().is_some() && from.peek() == to.peek() {
        common += usize::from(matches!(from.next(), Some(Component::Normal(_))));
        to.next();
    }
    if common == 0 {
        // Nothing but the root in common: the way itself says more.
        return Path::new("/").join(to.collect::<PathBuf>());
    }
    from.map(|_| Component::ParentDir).chain(to).collect()
}

/// What a correction does, in words.
pub(super) fn told(what: &What) -> String {
    match what {
        What::Merge { from, into } => format!("{from} is {into}"),
        What::Split {
            from,
            into,
            documents,
            ..
        } => format!("{from} is {into} in {}", documents.join(", ")),
        What::Retype { entity, kind } => format!("{entity} is of the type {kind}"),
        What::Retract { claim } => format!("claim {claim} retracted"),
        What::Confirm { claim } => format!("claim {claim} confirmed"),
        What::Change { claim, .. } => format!("claim {claim} changed"),
    }
}

fn value(one: &Correction) -> serde_json::Value {
    json!({
        "kind": one.what.name(),
        "claim": one.what.claim(),
        "actors": one.what.actors(),
        "documents": one.what.documents(),
        "author": one.author,
        "date": one.date,
        "reason": one.reason,
        "file": one.file,
        "line": one.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_seen_from_the_store() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/kg", "/a/fixes"), Path::new("../fixes"));
        assert_eq!(way("/a/kg", "/a/kg/corrections"), Path::new("corrections"));
        assert_eq!(way("/a/b/kg", "/a/c/d.toml"), Path::new("../../c/d.toml"));
        assert_eq!(way("/a/kg", "/b/c"), Path::new("/b/c"));
    }
}
