//! Articles for the commands that read some: what is read, how far it is, what became of it.

use std::{
    mem::ManuallyDrop,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use anyhow::{Result, bail};
use indicatif::ProgressBar;

use super::{
    args::{Knowledge as KnowledgeArgs, Reading as ReadingArgs},
    progress,
    terminal::Talk,
    work,
};
use crate::{
    claim::Reading,
    document::{Article, Lang},
    pipeline::{Knowledge, ModelError, Models, Outcome, read_all},
    read::{self, Input, ReadError, ReadOptions},
    text::printable,
};

/// What became of the inputs that were not read, by kind.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    pub(super) by_kind: std::collections::BTreeMap<&'static str, usize>,
}

impl Refusals {
    pub(super) fn count(&self) -> usize {
        self.by_kind.values().sum()
    }

    fn add(&mut self, kind: &'static str) {
        *self.by_kind.entry(kind).or_default() += 1;
    }
}

/// Whether an article, from the file given, is to be read.
pub(super) type Wanted<'a> =
    &'a mut dyn FnMut(&Result<Article, ReadError>, Option<&Path>, &Models) -> bool;

/// What articles are to be read with.
pub(super) fn knowledge(args: &KnowledgeArgs) -> Result<ManuallyDrop<Knowledge>> {
    let knowledge = Knowledge::load(args.ontology.as_deref(), args.identities.as_deref())?;
    // Freeing its many small parts would keep everybody waiting at the end.
    Ok(ManuallyDrop::new(knowledge))
}

/// Reads all inputs that are wanted and hands each reading to `take`, in order. What cannot be read is reported and counted.
pub(super) fn read_inputs(
    inputs: &[PathBuf],
    args: &ReadingArgs,
    talk: Talk,
    knowledge: &Knowledge,
    wanted: Wanted<'_>,
    mut take: impl FnMut(Reading) -> Result<()>,
) -> Result<Refusals> {
    work::use_threads(&args.work)?;
    let lang = match args.lang.as_deref() {
        None => None,
        Some(tag) => match Lang::from_tag(tag) {
            Some(lang) => Some(lang),
            None => bail!("--lang {tag}: Kilde reads en, nb and nn"),
        },
    };
    let options = ReadOptions {
        lang,
        max_bytes: args.max_size.saturating_mul(1 << 20),
    };
    let inputs: Vec<Input> = inputs
        .iter()
        .map(|path| Input::from(path.clone()))
        .collect();
    let mut articles = read::articles(&inputs, &options);
    let bar = progress::bar(talk, articles.bytes_total);
    let bytes = articles.bytes_read();
    // For the same reason as the knowledge.
    let models = ManuallyDrop::new(Models::find(args.work.models.as_deref()));
    let mut refusals = Refusals::default();
    let mut missing: Option<ModelError> = None;
    let mut any = false;
    let selected = std::iter::from_fn(|| {
        loop {
            let item = articles.next()?;
            bar.set_position(bytes.load(Ordering::Relaxed));
            if wanted(&item, articles.origin(), &models) {
                return Some(item);
            }
        }
    });
    read_all(
        selected,
        &models,
        knowledge,
        |outcome: Outcome<ReadError>| {
            bar.set_position(bytes.load(Ordering::Relaxed));
            match outcome {
                Outcome::Read(reading) => {
                    any = true;
                    return take(*reading);
                }
                Outcome::Refused(error) => refuse(&mut refusals, error.kind(), &error, talk, &bar),
                Outcome::NoModel { article, error } => {
                    let message = format!("{article}: not read: {error}");
                    refuse(&mut refusals, "no-model", &message, talk, &bar);
                    missing = Some(error);
                }
            }
            anyhow::Ok(())
        },
    )?;
    bar.finish_and_clear();
    for (kind, count) in &refusals.by_kind {
        if *count > SHOWN && !talk.verbose {
            talk.note(&format!(
                "… and {} more of the kind {kind} (-v shows all)",
                count - SHOWN
            ));
        }
    }
    match missing {
        // Without a model nothing at all can be done in that language; that is an error of the installation.
        Some(error) if !any => Err(error.into()),
        _ => Ok(refusals),
    }
}

/// Refusals of one kind that are told in full; whoever names a wrong file need not read a thousand lines.
const SHOWN: usize = 20;

fn refuse(
    refusals: &mut Refusals,
    kind: &'static str,
    error: &dyn std::fmt::Display,
    talk: Talk,
    bar: &ProgressBar,
) {
    refusals.add(kind);
    if refusals.by_kind[kind] > SHOWN && !talk.verbose {
        return;
    }
    bar.suspend(|| talk.error(&printable(&error.to_string())));
}
