//! `kilde diff`: what changed between two stores, two days of one, or two exports; in words, as JSON or as an RDF patch.

use std::io::{self, Write};

use anyhow::Result;

use super::{Done, args::Diff as Args, terminal::Talk};
use crate::{
    analyse::{Diff, Told, diff},
    text::printable,
};

pub(super) fn run(args: &Args, talk: Talk) -> Result<Done> {
    let found = diff(&args.before, &args.after)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.json {
        writeln!(out, "{}", found.json())?;
    } else if args.patch {
        write!(out, "{}", found.patch())?;
    } else {
        for line in lines(&found) {
            writeln!(out, "{}", printable(&line))?;
        }
        talk.note(&summary(&found));
    }
    out.flush()?;
    Ok(if found.is_empty() {
        Done::Partly
    } else {
        Done::Well
    })
}

fn summary(found: &Diff) -> String {
    if found.is_empty() {
        return "Nothing changed".to_owned();
    }
    format!(
        "documents: {} new, {} gone, {} changed; claims: {} new, {} gone, {} held otherwise; edges: {} appeared, {} vanished; \
         actors: {} new, {} lost, {} merged, {} split; statements: {} more, {} fewer",
        found.documents.added.len(),
        found.documents.removed.len(),
        found.documents_changed.len(),
        found.claims.added.len(),
        found.claims.removed.len(),
        found.claims_changed.len(),
        found.edges.added.len(),
        found.edges.removed.len(),
        found.actors.added.len(),
        found.actors.removed.len(),
        found.merged.values().map(Vec::len).sum::<usize>(),
        found.split.values().map(Vec::len).sum::<usize>(),
        found.statements.added.len(),
        found.statements.removed.len(),
    )
}

fn lines(found: &Diff) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add =
        |sign: &str, what: &str, text: String| lines.push(format!("{sign} {what:<8} {text}"));
    for id in &found.documents.added {
        add("+", "document", id.clone());
    }
    for id in &found.documents.removed {
        add("-", "document", id.clone());
    }
    for id in &found.documents_changed {
        add("~", "document", id.clone());
    }
    for (_, told) in &found.claims.added {
        add("+", "claim", claim(told));
    }
    for (_, told) in &found.claims.removed {
        add("-", "claim", claim(told));
    }
    for (before, after) in &found.claims_changed {
        add(
            "~",
            "claim",
            format!("{}; now {}", claim(before), changes(before, after)),
        );
    }
    for (subject, property, object) in &found.edges.added {
        add("+", "edge", format!("{subject} {property} {object}"));
    }
    for (subject, property, object) in &found.edges.removed {
        add("-", "edge", format!("{subject} {property} {object}"));
    }
    for id in &found.actors.added {
        add("+", "actor", id.clone());
    }
    for id in &found.actors.removed {
        add("-", "actor", id.clone());
    }
    for (into, from) in &found.merged {
        add(
            "~",
            "actor",
            format!("{} merged into {into}", from.join(", ")),
        );
    }
    for (from, into) in &found.split {
        add(
            "~",
            "actor",
            format!("{} split off {from}", into.join(", ")),
        );
    }
    for (before, after) in &found.renamed {
        add("~", "actor", format!("{before} is now {after}"));
    }
    lines
}

fn claim(told: &Told) -> String {
    let mut held = format!("{}, {}", told.polarity, told.modality).to_lowercase();
    if !told.speaker.is_empty() {
        held += &format!(", according to {}", told.speaker);
    }
    format!(
        "{} {} {} ({held}) in {}: \u{ab}{}\u{bb}",
        told.subject, told.relation, told.object, told.document, told.quote
    )
}

fn changes(before: &Told, after: &Told) -> String {
    let speaker = |told: &Told| {
        if told.speaker.is_empty() {
            "according to the text itself".to_owned()
        } else {
            format!("according to {}", told.speaker)
        }
    };
    let parts = [
        (before.subject != after.subject).then(|| format!("subject {}", after.subject)),
        (before.relation != after.relation).then(|| after.relation.clone()),
        (before.object != after.object).then(|| format!("object {}", after.object)),
        (before.polarity != after.polarity).then(|| after.polarity.to_lowercase()),
        (before.modality != after.modality).then(|| after.modality.to_lowercase()),
        (before.speaker != after.speaker).then(|| speaker(after)),
        (before.quote != after.quote).then(|| format!("\u{ab}{}\u{bb}", after.quote)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
