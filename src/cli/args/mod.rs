//! What a user may write on the command line.

mod exchange;
mod graph;
mod reading;
mod shared;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};

pub(super) use exchange::*;
pub(super) use graph::*;
pub(super) use reading::*;
pub(super) use shared::*;

/// Reads news and reports, and builds a knowledge graph in which every edge has a source.
#[derive(Debug, Parser)]
#[command(name = "kilde", version, about, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) talk: Talk,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 some input was rejected, or nothing was found; 2 an error.\n\
    Data goes to standard output, talk to standard error; \"-\" is standard input or output.";

/// How much is said besides the data.
#[derive(Debug, Group)]
pub(super) struct Talk {
    /// Say nothing but errors; no progress bars
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more: every document, every rejected claim
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(super) color: Colour,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read articles into a store
    Build(Build),
    /// Ask a store with SPARQL, or with a named query
    Query(Query),
    /// List the named queries
    Queries(Queries),
    /// Write a store's claims as JSON Lines
    Claims(Claims),
    /// Write a store's mentions as JSON Lines
    Mentions(Mentions),
    /// Show what a claim rests on and why it was read so
    Explain(Explain),
    /// Write a store's graph in another format
    #[command(after_help = super::formats::help())]
    Export(Export),
    /// Forget documents, and all that rests on nothing else
    Forget(Forget),
    /// Check that a store is sound: evidence, edges, shapes, hashes
    Verify(Verify),
    /// Write down what a store holds, to verify it against later
    Lock(Lock),
    /// Compare two stores or exports
    Diff(Diff),
    /// Show what is affirmed by some and denied by others, and what cannot both be
    Disputes(Disputes),
    /// Show how two actors are connected, with the words
    Path(PathArgs),
    /// Write a report on a store: the main actors, who is with and against whom, what changed
    Report(Report),
    /// List the corrections that are laid over a store
    Corrections(Corrections),
    /// Go through the least certain claims: accept, reject, edit or skip
    Review(Review),
    /// Take exports of Kilde, or claims made elsewhere, into a store
    Import(Import),
    /// Keep another SPARQL store in step, sending only what changed
    Push(Push),
    /// Write the ontology: a page to read, or RDF
    Ontology(Ontology),
    /// Articles in, claims out, without a store
    Extract(Extract),
    /// Annotate plain text; CoNLL-U out
    Parse(Parse),
    /// Measure what is read from texts against gold claims
    Eval(Eval),
    /// Work on the frames that say what words mean
    Rules(Rules),
    /// Show what is not read: predicates between actors without a frame, sentences without a claim
    Coverage(Coverage),
    /// Tell whether two names are taken for one actor, and why
    WhyMerged(WhyMerged),
    /// Write a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    Man,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Args::command().debug_assert();
    }
}
