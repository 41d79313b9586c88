//! `kilde build`: articles into a store. Only what is new or changed is read, and what is read with other knowledge than now.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    Done,
    args::Build,
    corrections,
    input::{self, Refusals},
    terminal::Talk,
};
use crate::{
    claim::{Name, Reading, document_hash},
    document::Article,
    pipeline::{Models, reading_hash},
    read::ReadError,
    store::{Base, Card, Provenance, PutOutcome, Store},
    text::printable,
};

/// What a run found.
#[derive(Debug, Default)]
struct Summary {
    new: usize,
    updated: usize,
    unchanged: usize,
    skipped: usize,
    forgotten: usize,
    gone: usize,
    claims: usize,
    edges: BTreeSet<(Name, Name, Name)>,
    entities: BTreeSet<Name>,
    unknown: BTreeSet<Name>,
    set_aside: usize,
    words: usize,
    seconds: f64,
}

/// What was met among the inputs.
#[derive(Debug, Default)]
struct Met {
    /// Documents by hash, with where they came from.
    documents: BTreeMap<Name, Provenance>,
    /// Document ids, with the hash and the file that had them first.
    ids: BTreeMap<String, (Name, Option<Name>)>,
    /// The file that was met last: most have many articles, or come once.
    file: Option<Name>,
    /// Files that could not be read, or not wholly.
    failed: BTreeSet<String>,
    skipped: usize,
}

pub(super) fn run(args: &Build, talk: Talk) -> Result<Done> {
    let start = Instant::now();
    let base = args.base.as_deref().map(Base::new).transpose()?;
    if let Some(place) = &args.corrections {
        corrections::load(place)?;
    }
    let knowledge = input::knowledge(&args.reading.knowledge)?;
    let mut store = Store::open_or_create(&args.store.store, base.as_ref())?;
    store.use_ontology(&knowledge.files)?;
    let mut summary = Summary::default();
    let met = RefCell::new(Met::default());
    let mut wanted = |item: &Result<Article, ReadError>, origin: Option<&Path>, models: &Models| {
        let mut met = met.borrow_mut();
        if let Ok(article) = item {
            let read = reading_hash(article, models, &knowledge);
            met.wants(article, origin, read, args.again, &store, talk)
        } else {
            met.failed.extend(origin.and_then(absolute));
            true
        }
    };
    let put = |reading: Reading| {
        let hash = document_hash(&reading.article);
        let provenance = met.borrow().documents.get(&*hash).cloned();
        let outcome = store.put_from(&reading, &provenance.unwrap_or_default())?;
        summary.add(&reading, outcome);
        report(&reading, outcome, talk);
        Ok(())
    };
    let reading = &args.reading;
    let refusals = input::read_inputs(&args.inputs, reading, talk, &knowledge, &mut wanted, put)?;
    let met = met.into_inner();
    summary.skipped = met.skipped;
    prune(args, &met, &store, &mut summary, talk)?;
    store.sync()?;
    if let Some(place) = &args.corrections {
        corrections::adopt(&mut store, place)?;
    }
    // What is new cannot take away what a correction names.
    let doubts = if summary.updated + summary.forgotten > 0 || args.corrections.is_some() {
        corrections::report(&store, talk)?
    } else {
        0
    };
    summary.seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let json = summary.json(&refusals);
    store.log_run(&json!({
        "program": format!("kilde {}", env!("CARGO_PKG_VERSION")),
        "command": "build",
        "ended": jiff::Timestamp::now().to_string(),
        "seconds": summary.seconds,
        "words_per_second": summary.words_per_second(),
        "summary": json,
    }))?;
    if args.json {
        writeln!(io::stdout(), "{json}")?;
    }
    for line in summary.lines(&refusals, &args.store.store.display().to_string()) {
        talk.note(&line);
    }
    let nothing = summary.documents() + summary.skipped + summary.forgotten == 0;
    Ok(if refusals.count() > 0 || nothing || doubts > 0 {
        Done::Partly
    } else {
        Done::Well
    })
}

impl Met {
    /// Whether an article must be read: not if the store holds it as it would be read now.
    fn wants(
        &mut self,
        article: &Article,
        origin: Option<&Path>,
        read: Option<String>,
        again: bool,
        store: &Store,
        talk: Talk,
    ) -> bool {
        let hash: Name = document_hash(article).into();
        let provenance = Provenance {
            origin: self.file(origin),
            read: read.map(Name::from),
        };
        let (first, file) = self
            .ids
            .entry(article.id.clone())
            .or_insert_with(|| (hash.clone(), provenance.origin.clone()));
        if *first != hash {
            let place = |file: &Option<Name>| file.clone().unwrap_or("standard input".into());
            talk.note(&printable(&format!(
                "{}: the id '{}' was met before with another text, in {}; the later one stays",
                place(&provenance.origin),
                article.id,
                place(file)
            )));
        }
        // If the store cannot be read now, putting the reading will tell.
        let read = provenance.read.as_deref();
        let is_read = read.is_some_and(|read| store.is_read(&hash, read).unwrap_or(false));
        self.documents.insert(hash, provenance);
        if is_read && !again {
            self.skipped += 1;
            talk.detail(&format!("{}: as it was, skipped", printable(&article.id)));
            return false;
        }
        true
    }

    /// The path of the file that an article is in, the same in memory for those of one file.
    fn file(&mut self, origin: Option<&Path>) -> Option<Name> {
        let path = origin.and_then(absolute);
        if self.file.as_deref() != path.as_deref() {
            self.file = path.map(Name::from);
        }
        self.file.clone()
    }
}

fn absolute(path: &Path) -> Option<String> {
    if path == Path::new("-") {
        return None;
    }
    let path = std::path::absolute(path).ok()?;
    Some(path.to_string_lossy().into_owned())
}

/// Forgets, or counts, documents that came from the inputs and are no longer there.
fn prune(args: &Build, met: &Met, store: &Store, summary: &mut Summary, talk: Talk) -> Result<()> {
    let inputs = args.inputs.iter().filter(|input| is_there(input));
    let inputs: Vec<Place> = inputs.filter_map(|input| Place::of(input)).collect();
    let is_gone = |hash: &str, card: &Card| {
        card.origin.as_deref().is_some_and(|origin| {
            !met.documents.contains_key(hash)
                && !met.failed.contains(origin)
                && inputs.iter().any(|input| input.holds(origin))
        })
    };
    let starts: Vec<String> = inputs.iter().map(Place::start).collect();
    for (hash, card) in store.cards_from(&starts, is_gone)? {
        if args.prune {
            store.remove(&hash)?;
            summary.forgotten += 1;
            talk.detail(&format!("{}: gone, forgotten", printable(&card.id)));
        } else {
            summary.gone += 1;
        }
    }
    Ok(())
}

/// A folder that is not there says nothing of what was in it: a disk may not be mounted.
fn is_there(input: &Path) -> bool {
    input.exists() || (is_pattern(input) && input.parent().is_some_and(Path::exists))
}

fn is_pattern(input: &Path) -> bool {
    input.to_string_lossy().contains(['*', '?', '['])
}

/// Where an input is: a file, a folder or a pattern.
struct Place {
    path: PathBuf,
    pattern: Option<glob::Pattern>,
}

impl Place {
    fn of(input: &Path) -> Option<Self> {
        let path = std::path::absolute(input).ok()?;
        let is_pattern = !path.exists();
        let pattern = is_pattern.then(|| glob::Pattern::new(&path.to_string_lossy()).ok());
        Some(Self {
            pattern: pattern.flatten(),
            path,
        })
    }

    /// What the paths of all files begin with that are it, lie in it or fit it.
    fn start(&self) -> String {
        let path = self.path.to_string_lossy();
        let fixed = path
            .find(['*', '?', '['])
            .filter(|_| self.pattern.is_some());
        path[..fixed.unwrap_or(path.len())].to_owned()
    }

    /// Whether a file is it, lies in it or fits it.
    fn holds(&self, origin: &str) -> bool {
        let fits = self.pattern.as_ref();
        Path::new(origin).starts_with(&self.path)
            || fits.is_some_and(|pattern| pattern.matches(origin))
    }
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
            let (subject, object) = (&claim.subject.entity, &claim.object.entity);
            self.edges
                .insert((subject.clone(), claim.relation.clone(), object.clone()));
        }
        for entity in &reading.entities {
            self.entities.insert(entity.id.clone());
            if !entity.known {
                self.unknown.insert(entity.id.clone());
            }
        }
    }

    fn documents(&self) -> usize {
        self.new + self.updated + self.unchanged
    }

    fn words_per_second(&self) -> u64 {
        let rate = self.words as f64 / self.seconds.max(0.001);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rounded rate"
        )]
        let rate = rate.round() as u64;
        rate
    }

    fn json(&self, refusals: &Refusals) -> Value {
        json!({
            "documents": {
                "read": self.documents(), "new": self.new, "updated": self.updated, "unchanged": self.unchanged,
                "skipped": self.skipped, "forgotten": self.forgotten, "gone": self.gone,
            },
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
        let mut lines = Vec::new();
        if self.documents() > 0 || self.skipped == 0 {
            lines.push(format!(
                "read      {} documents, {} words: {} new, {} updated, {} unchanged",
                self.documents(),
                self.words,
                self.new,
                self.updated,
                self.unchanged
            ));
            lines.push(format!(
                "found     {} claims, of them {} different plain edges; {} actors and places, {} of them not in the gazetteer",
                self.claims,
                self.edges.len(),
                self.entities.len(),
                self.unknown.len()
            ));
        }
        if self.skipped > 0 {
            lines.push(format!(
                "skipped   {} documents that were read before, with the same knowledge (--again reads them anew)",
                self.skipped
            ));
        }
        if self.forgotten > 0 {
            lines.push(format!(
                "forgotten {} documents whose articles are gone",
                self.forgotten
            ));
        }
        if self.gone > 0 {
            lines.push(format!(
                "kept      {} documents whose articles are gone (--prune forgets them)",
                self.gone
            ));
        }
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
