//! Options that several commands have.

use std::path::PathBuf;

use clap::{Args as Group, ValueHint};

use crate::{
    document::PartialDate,
    store::{During, Scope},
};

/// Which articles, and how they are read.
#[derive(Debug, Group)]
pub(in crate::cli) struct Reading {
    /// Language of all articles (en, nb, nn); by default the article says, or its words show
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) lang: Option<String>,
    /// Refuse articles of more than this many MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub(in crate::cli) max_size: u64,
    #[command(flatten)]
    pub(in crate::cli) knowledge: Knowledge,
    #[command(flatten)]
    pub(in crate::cli) work: Work,
}

/// What articles are read with, where it is not the program's own.
#[derive(Debug, Group)]
pub(in crate::cli) struct Knowledge {
    /// A folder laid out as the program's ontology/: kilde.ttl, frames/, words/, and actors/*.jsonl; what it lacks is the program's own
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) ontology: Option<PathBuf>,
    /// A file that says who is who: same, not_same, ambiguous (docs/linking.md)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) identities: Option<PathBuf>,
}

/// What the work is done with.
#[derive(Debug, Group)]
pub(in crate::cli) struct Work {
    /// Folder that holds the trained pipelines (en, nb) [default: KILDE_MODELS, models]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) models: Option<PathBuf>,
    /// Threads [default: one per processor]; the output is the same for any number
    #[arg(short = 'j', long, value_name = "N")]
    pub(in crate::cli) threads: Option<usize>,
}

/// Which store.
#[derive(Debug, Group)]
pub(in crate::cli) struct InStore {
    /// The store's folder
    #[arg(short, long, value_name = "DIR", default_value = "kg", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) store: PathBuf,
}

/// Which part of a store.
#[derive(Debug, Group)]
pub(in crate::cli) struct Part {
    /// Only what had been reported by this day (or month, or year)
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) as_of: Option<PartialDate>,
    /// Only claims about this time (a claim without a date counts by the day of its report)
    #[arg(long, value_name = "FROM..TO")]
    pub(in crate::cli) during: Option<During>,
}

impl Part {
    /// What of the store counts.
    pub(in crate::cli) fn scope(&self) -> Scope {
        Scope {
            as_of: self.as_of,
            during: self.during,
        }
    }
}
