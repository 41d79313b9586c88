//! Commands that read texts, and those that work on how they are read.

use std::path::PathBuf;

use clap::{Args as Group, Subcommand, ValueHint};

use super::{InStore, Knowledge, Reading, Work};

#[derive(Debug, Group)]
pub(in crate::cli) struct Build {
    /// Files and folders; "-" is standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// Base IRI of a new store's names
    #[arg(long, value_name = "IRI")]
    pub(in crate::cli) base: Option<String>,
    /// Write the summary as JSON to standard output
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Read also what was read before with the same knowledge
    #[arg(long)]
    pub(in crate::cli) again: bool,
    /// Forget documents that came from these inputs and are no longer there
    #[arg(long)]
    pub(in crate::cli) prune: bool,
    /// A file or folder of corrections, which the store remembers [default: corrections in its folder]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) corrections: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Extract {
    /// Files and folders; "-" is standard input
    #[arg(value_name = "INPUT", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// Write the mentions to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) mentions: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Parse {
    /// Language of the text (en, nb, nn)
    #[arg(long, value_name = "LANG")]
    pub(in crate::cli) lang: String,
    /// Files of plain text; "-" is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) work: Work,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Eval {
    /// Folder with NAME.txt, NAME.meta.json, NAME.entities.jsonl and NAME.claims.jsonl
    #[arg(value_hint = ValueHint::DirPath)]
    pub(in crate::cli) gold: PathBuf,
    /// Only gold texts whose name this pattern fits
    #[arg(
        long,
        value_name = "REGEX",
        default_value = "",
        allow_hyphen_values = true
    )]
    pub(in crate::cli) only: String,
    /// A row for each: relation, document, language, kind or rule
    #[arg(long, value_parser = ["relation", "document", "language", "kind", "rule"])]
    pub(in crate::cli) by: Option<String>,
    /// Show so many missed and so many wrong claims
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) misses: usize,
    /// All figures as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Claims made elsewhere, as JSON Lines, in place of reading the texts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) claims: Option<PathBuf>,
    /// The mentions that go with them
    #[arg(long, value_name = "FILE", requires = "claims", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) mentions: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Coverage {
    /// Files and folders with articles; "-" is standard input
    #[arg(value_name = "INPUT", required = true, value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// Also list the sentences with two actors or more and no claim
    #[arg(long)]
    pub(in crate::cli) sentences: bool,
    /// Only predicates that occur at least so often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) least: usize,
    /// As one JSON object
    #[arg(long)]
    pub(in crate::cli) json: bool,
    #[command(flatten)]
    pub(in crate::cli) reading: Reading,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct WhyMerged {
    /// A name, or an actor's id
    #[arg(value_name = "A")]
    pub(in crate::cli) one: String,
    /// Another
    #[arg(value_name = "B")]
    pub(in crate::cli) other: String,
    /// As JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    #[command(flatten)]
    pub(in crate::cli) knowledge: Knowledge,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Rules {
    #[command(subcommand)]
    pub(in crate::cli) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    /// Read every example in the frames and compare the claims with those that it names
    Test {
        /// Only rules whose name contains this
        #[arg(value_name = "NAME")]
        filter: Option<String>,
        #[command(flatten)]
        knowledge: Knowledge,
        #[command(flatten)]
        work: Work,
    },
    /// List the rules with their words
    List {
        /// Only rules whose name contains this
        #[arg(value_name = "NAME")]
        filter: Option<String>,
    },
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Forget {
    /// Documents, by id or hash
    #[arg(value_name = "DOC", required_unless_present_any = ["publisher", "before"], conflicts_with_all = ["publisher", "before"])]
    pub(in crate::cli) documents: Vec<String>,
    /// All of this publisher
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) publisher: Option<String>,
    /// All published before this day (or month, or year)
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) before: Option<String>,
    /// Only say what would be forgotten
    #[arg(short = 'n', long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
}
