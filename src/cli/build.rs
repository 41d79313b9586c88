//! `kilde build`: articles into a store.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    time::Instant,
};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    Done,
    args::Build,
    input::{self, Refusals},
    terminal::Talk,
};
use crate::{
    claim::Reading,
    store::{Base, PutOutcome, Store},
    text::printable,
};

/// What a run found.
#[derive(Debug, Default)]
struct Summary {
    new: usize,
    updated: usize,
    unchanged: usize,
    claims: usize,
    edges: BTreeSet<(String, String, String)>,
    entities: BTreeSet<String>,
    unknown: BTreeSet<String>,
    set_aside: usize,
    words: usize,
}

pub(super) fn run(args: &Build, talk: Talk) -> Result<Done> {
    let start = Instant::now();
    let base = args.base.as_deref().map(Base::new).transpose()?;
    let store = Store::open_or_create(&args.store.store, base.as_ref())?;
    let mut summary = Summary::default();
    let refusals = input::read_inputs(&args.inputs, &args.reading, talk, |reading| {
        let outcome = store.put(&reading)?;
        summary.add(&reading, outcome);
        report(&reading, outcome, talk);
        Ok(())
    })?;
    store.sync();
    let json = summary.json(&refusals);
    store.log_run(&json!({
        "program": format!("kilde {}", env!("CARGO_PKG_VERSION")),
        "ended": jiff::Timestamp::now().to_string(),
        "seconds": (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
        "summary": json,
    }))?;
    if args.json {
        writeln!(io::stdout(), "{json}")?;
    }
    for line in summary.lines(&refusals, &args.store.store.display().to_string()) {
        talk.note(&line);
    }
    let nothing = summary.documents() == 0;
    Ok(if refusals.count() > 0 || nothing {
        Done::Partly
    } else {
        Done::Well
    })
}

fn report(reading: &Reading, outcome: PutOutcome, talk: Talk) {
    let id = printable(&reading.article.id);
    talk.detail(&format!(
        "{id}: {} claims, {}",
        reading.claims.len(),
        described(outcome)
    ));
    for rejected in &reading.rejected {
        let words = rejected.claim.evidence.slice(&reading.article.text);
        talk.detail(&format!(
            "  set aside ({}): {} \u{ab}{}\u{bb}",
            rejected.claim.rule,
            rejected.reason,
            printable(words)
        ));
    }
}

fn described(outcome: PutOutcome) -> &'static str {
    match outcome {
        PutOutcome::Added => "new",
        PutOutcome::Unchanged => "unchanged",
        PutOutcome::Updated => "read anew",
        PutOutcome::Replaced => "in place of an older text",
    }
}

impl Summary {
    fn add(&mut self, reading: &Reading, outcome: PutOutcome) {
        match outcome {
            PutOutcome::Added => self.new += 1,
            PutOutcome::Unchanged => self.unchanged += 1,
            PutOutcome::Updated | PutOutcome::Replaced => self.updated += 1,
        }
        self.claims += reading.claims.len();
        self.set_aside += reading.rejected.len();
        self.words += reading.article.text.split_whitespace().count();
        for claim in reading.claims.iter().filter(|claim| claim.makes_edge()) {
            let part = |text: &str| text.to_owned();
            self.edges.insert((
                part(&claim.subject.entity),
                part(&claim.relation),
                part(&claim.object.entity),
            ));
        }
        for entity in &reading.entities {
            self.entities.insert(entity.id.to_string());
            if !entity.known {
                self.unknown.insert(entity.id.to_string());
            }
        }
    }

    fn documents(&self) -> usize {
        self.new + self.updated + self.unchanged
    }

    fn json(&self, refusals: &Refusals) -> Value {
        json!({
            "documents": {"read": self.documents(), "new": self.new, "updated": self.updated, "unchanged": self.unchanged},
            "words": self.words,
            "claims": self.claims,
            "edges": self.edges.len(),
            "entities": self.entities.len(),
            "entities_not_in_gazetteer": self.unknown.len(),
            "claims_set_aside": self.set_aside,
            "refused": refusals.by_kind,
        })
    }

    fn lines(&self, refusals: &Refusals, store: &str) -> Vec<String> {
        let mut lines = vec![
            format!(
                "read      {} documents, {} words: {} new, {} updated, {} unchanged",
                self.documents(),
                self.words,
                self.new,
                self.updated,
                self.unchanged
            ),
            format!(
                "found     {} claims, of them {} different plain edges; {} actors and places, {} of them not in the gazetteer",
                self.claims,
                self.edges.len(),
                self.entities.len(),
                self.unknown.len()
            ),
        ];
        if self.set_aside > 0 {
            lines.push(format!(
                "set aside {} claims (-v says which and why)",
                self.set_aside
            ));
        }
        if refusals.count() > 0 {
            let kinds: Vec<String> = refusals
                .by_kind
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            lines.push(format!(
                "refused   {}: {}",
                refusals.count(),
                kinds.join(", ")
            ));
        }
        lines.push(format!("Next: kilde query --store {store} --named edges, or kilde export --store {store} -o graph.svg"));
        lines
    }
}
