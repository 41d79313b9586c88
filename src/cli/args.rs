//! What a user may write on the command line.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum, ValueHint};

use crate::{
    document::PartialDate,
    store::{During, Scope},
};

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

/// Which articles, and how they are read.
#[derive(Debug, Group)]
pub(super) struct Reading {
    /// Language of all articles (en, nb, nn); by default the article says, or its words show
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
    /// Refuse articles of more than this many MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub(super) max_size: u64,
    #[command(flatten)]
    pub(super) knowledge: Knowledge,
    #[command(flatten)]
    pub(super) work: Work,
}

/// What articles are read with, where it is not the program's own.
#[derive(Debug, Group)]
pub(super) struct Knowledge {
    /// A folder laid out as the program's ontology/: kilde.ttl, frames/, words/, and actors/*.jsonl; what it lacks is the program's own
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) ontology: Option<PathBuf>,
    /// A file that says who is who: same, not_same, ambiguous (docs/linking.md)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) identities: Option<PathBuf>,
}

/// What the work is done with.
#[derive(Debug, Group)]
pub(super) struct Work {
    /// Folder that holds the trained pipelines (en, nb) [default: KILDE_MODELS, models]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) models: Option<PathBuf>,
    /// Threads [default: one per processor]; the output is the same for any number
    #[arg(short = 'j', long, value_name = "N")]
    pub(super) threads: Option<usize>,
}

/// Which store.
#[derive(Debug, Group)]
pub(super) struct InStore {
    /// The store's folder
    #[arg(short, long, value_name = "DIR", default_value = "kg", value_hint = ValueHint::DirPath)]
    pub(super) store: PathBuf,
}

/// Which part of a store.
#[derive(Debug, Group)]
pub(super) struct Part {
    /// Only what had been reported by this day (or month, or year)
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<PartialDate>,
    /// Only claims about this time (a claim without a date counts by the day of its report)
    #[arg(long, value_name = "FROM..TO")]
    pub(super) during: Option<During>,
}

impl Part {
    /// What of the store counts.
    pub(super) fn scope(&self) -> Scope {
        Scope {
            as_of: self.as_of,
            during: self.during,
        }
    }
}

#[derive(Debug, Group)]
pub(super) struct Build {
    /// Files and folders; "-" is standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) store: InStore,
    /// Base IRI of a new store's names
    #[arg(long, value_name = "IRI")]
    pub(super) base: Option<String>,
    /// Write the summary as JSON to standard output
    #[arg(long)]
    pub(super) json: bool,
    /// Read also what was read before with the same knowledge
    #[arg(long)]
    pub(super) again: bool,
    /// Forget documents that came from these inputs and are no longer there
    #[arg(long)]
    pub(super) prune: bool,
    /// A file or folder of corrections, which the store remembers [default: corrections in its folder]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) corrections: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Group)]
pub(super) struct Query {
    /// SPARQL 1.1; the usual prefixes are declared already; "-" reads it from standard input
    #[arg(required_unless_present_any = ["named", "file"], conflicts_with_all = ["named", "file"])]
    pub(super) sparql: Option<String>,
    /// A query by name (see `kilde queries`)
    #[arg(short, long, value_name = "NAME", conflicts_with = "file")]
    pub(super) named: Option<String>,
    /// A file that holds the query
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: Option<PathBuf>,
    /// A value for a named query's parameter
    #[arg(long, value_name = "NAME=VALUE", requires = "named")]
    pub(super) set: Vec<String>,
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// table, json, csv, tsv or xml; ttl, nt, rdfxml or jsonld of a CONSTRUCT [default: table]
    #[arg(short, long)]
    pub(super) format: Option<String>,
    /// Give up after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(super) timeout: Option<f64>,
    /// Only the default graph (entities and plain edges), not the union of all graphs
    #[arg(long)]
    pub(super) default_graph: bool,
}

#[derive(Debug, Group)]
pub(super) struct Queries {
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct Claims {
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// Only claims with this actor as subject or object (its id)
    #[arg(long, value_name = "ID")]
    pub(super) about: Option<String>,
    /// Only claims of this relation (its code or property)
    #[arg(long, value_name = "RELATION")]
    pub(super) relation: Option<String>,
    /// Only claims of this document
    #[arg(long, value_name = "ID")]
    pub(super) document: Option<String>,
}

#[derive(Debug, Group)]
pub(super) struct Mentions {
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// Only mentions of this document
    #[arg(long, value_name = "ID")]
    pub(super) document: Option<String>,
}

#[derive(Debug, Group)]
pub(super) struct Explain {
    /// The claim's id, or the beginning of one
    pub(super) claim: String,
    #[command(flatten)]
    pub(super) store: InStore,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// By name (see below) [default: by the file's extension]
    #[arg(short, long)]
    pub(super) format: Option<String>,
    /// Where to write; "-" is standard output; a folder for what is several files
    #[arg(short, long, value_name = "PATH", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub(super) output: PathBuf,
    /// Language of labels (en, nb)
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) labels: String,
    #[command(flatten)]
    pub(super) rdf: RdfOptions,
    #[command(flatten)]
    pub(super) tables: TableOptions,
    #[command(flatten)]
    pub(super) subset: Subset,
}

/// What is written as RDF.
#[derive(Debug, Group)]
#[command(next_help_heading = "RDF")]
pub(super) struct RdfOptions {
    /// edges (entities and plain edges), claims (all), rdf12 (claims as reifiers of triple terms) or nanopub (a
    /// nanopublication per claim) [default: claims]
    #[arg(long, value_name = "NAME")]
    pub(super) profile: Option<String>,
    /// Add what the ontology's alignments say in other vocabularies
    #[arg(long)]
    pub(super) infer: bool,
    /// Leave the documents' texts out
    #[arg(long)]
    pub(super) no_text: bool,
    /// Write what the graph holds (VoID and DCAT) instead of the graph
    #[arg(long)]
    pub(super) describe: bool,
    /// Title in the description
    #[arg(long, requires = "describe")]
    pub(super) title: Option<String>,
    /// Licence in the description
    #[arg(long, value_name = "IRI", requires = "describe")]
    pub(super) license: Option<String>,
    /// Where the RDF files will lie, for the description; ends in "/"
    #[arg(long, value_name = "IRI", requires = "describe")]
    pub(super) published_at: Option<String>,
}

/// How tables are written.
#[derive(Debug, Group)]
#[command(next_help_heading = "Tables and graph files")]
pub(super) struct TableOptions {
    /// nodes, edges or claims; a folder as output gets all three [default: claims]
    #[arg(long, value_name = "NAME")]
    pub(super) table: Option<String>,
    /// Make fields that a spreadsheet would calculate harmless
    #[arg(long)]
    pub(super) spreadsheet_safe: bool,
    /// GraphML: an edge per claim, with its words, for graphs of any size
    #[arg(long)]
    pub(super) per_claim: bool,
}

/// Which part of the graph; pictures and graph files take all of it, the others those that look at one claim at a time.
#[derive(Debug, Group)]
#[command(next_help_heading = "Part of the graph (not for RDF)")]
pub(super) struct Subset {
    /// Only these relations (code or property)
    #[arg(long, value_name = "RELATION")]
    pub(super) relation: Vec<String>,
    /// Only claims that rest on this actor's words
    #[arg(long, value_name = "ACTOR")]
    pub(super) speaker: Option<String>,
    /// Only claims about this time or later (YYYY, YYYY-MM, YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Only claims about this time or earlier
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<String>,
    /// Only around this actor
    #[arg(long, value_name = "ACTOR")]
    pub(super) around: Option<String>,
    /// How far from that actor
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    pub(super) hops: usize,
    /// Only the N actors with the most claims
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// Only the shortest ways between two actors
    #[arg(long, num_args = 2, value_names = ["ACTOR", "ACTOR"], conflicts_with = "around")]
    pub(super) path: Vec<String>,
    /// Only what some claims affirm and others deny
    #[arg(long)]
    pub(super) disputed: bool,
    /// Pictures: also what is denied, planned, possible, demanded or hypothetical
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Group)]
pub(super) struct Import {
    /// N-Quads, TriG, or claims as JSON Lines; "-" is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) store: InStore,
    /// nq, trig or jsonl [default: by the file's extension]
    #[arg(short, long)]
    pub(super) format: Option<String>,
    /// Articles (files, folders) that claims rest on, for documents that the store does not hold
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) articles: Vec<PathBuf>,
    /// Who or what made the claims, for their provenance; Kilde's own need none
    #[arg(long, value_name = "NAME")]
    pub(super) maker: Option<String>,
    /// Write what was refused to this file, as JSON Lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) rejected: Option<PathBuf>,
    /// Base IRI of a new store's names
    #[arg(long, value_name = "IRI")]
    pub(super) base: Option<String>,
}

#[derive(Debug, Group)]
pub(super) struct Push {
    /// Address of the Graph Store Protocol; with --update, of SPARQL Update
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: String,
    #[command(flatten)]
    pub(super) store: InStore,
    /// Send SPARQL Update instead of the Graph Store Protocol
    #[arg(long)]
    pub(super) update: bool,
    /// Put the default graph into this graph, for stores that have none of their own
    #[arg(long, value_name = "IRI")]
    pub(super) default_graph: Option<String>,
    /// Send everything, whatever was sent before
    #[arg(long)]
    pub(super) everything: bool,
    /// A user's name; the password stands in KILDE_PASSWORD
    #[arg(long, value_name = "NAME")]
    pub(super) user: Option<String>,
    /// Give a request up after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(super) timeout: f64,
    /// Try a graph again so often
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(super) retries: u32,
}

#[derive(Debug, Group)]
pub(super) struct Ontology {
    /// html (a page to read), context (for JSON-LD), ttl, nt, nq, trig, rdf or jsonld
    #[arg(short, long, default_value = "html")]
    pub(super) format: String,
    /// A folder laid out as `ontology/` is, in place of the program's own
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) ontology: Option<PathBuf>,
    /// RDF: without the SHACL shapes
    #[arg(long)]
    pub(super) no_shapes: bool,
}

#[derive(Debug, Group)]
pub(super) struct Forget {
    /// Documents, by id or hash
    #[arg(value_name = "DOC", required_unless_present_any = ["publisher", "before"], conflicts_with_all = ["publisher", "before"])]
    pub(super) documents: Vec<String>,
    /// All of this publisher
    #[arg(long, value_name = "NAME")]
    pub(super) publisher: Option<String>,
    /// All published before this day (or month, or year)
    #[arg(long, value_name = "DATE")]
    pub(super) before: Option<String>,
    /// Only say what would be forgotten
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) store: InStore,
}

#[derive(Debug, Group)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) store: InStore,
    /// Also compare with what `kilde lock` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) against: Option<PathBuf>,
    /// What was found as a SHACL validation report: ttl, nt, jsonld
    #[arg(short, long)]
    pub(super) format: Option<String>,
}

#[derive(Debug, Group)]
pub(super) struct Lock {
    #[command(flatten)]
    pub(super) store: InStore,
    /// Where to write; "-" is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
}

#[derive(Debug, Group)]
pub(super) struct Diff {
    /// A store, a store as of a day (kg@2024-05-01), or an export (.nq)
    #[arg(value_name = "A")]
    pub(super) before: String,
    /// Another one
    #[arg(value_name = "B")]
    pub(super) after: String,
    /// As JSON
    #[arg(long, conflicts_with = "patch")]
    pub(super) json: bool,
    /// As an RDF patch, which makes B out of A
    #[arg(long)]
    pub(super) patch: bool,
}

#[derive(Debug, Group)]
pub(super) struct Disputes {
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// Only disputes about this actor (id or name)
    #[arg(long, value_name = "ACTOR")]
    pub(super) about: Option<String>,
    /// As JSON Lines
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct PathArgs {
    /// An actor (id or name)
    pub(super) from: String,
    /// Another one
    pub(super) to: String,
    /// How many steps at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(super) max: usize,
    /// How many ways at most, the shortest first
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) ways: usize,
    /// Also over what is denied, planned, possible, demanded or hypothetical
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct Report {
    #[command(flatten)]
    pub(super) store: InStore,
    #[command(flatten)]
    pub(super) part: Part,
    /// md, html or json [default: by the file's extension, else md]
    #[arg(short, long)]
    pub(super) format: Option<String>,
    /// Where to write; "-" is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
    /// How many actors, edges and so on are listed
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) top: usize,
    /// Language of labels (en, nb)
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) labels: String,
}

#[derive(Debug, Group)]
pub(super) struct Corrections {
    #[command(flatten)]
    pub(super) store: InStore,
    /// As JSON Lines
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Group)]
pub(super) struct Review {
    #[command(flatten)]
    pub(super) store: InStore,
    /// Who reviews
    #[arg(long, value_name = "NAME")]
    pub(super) author: String,
    /// The day that goes with the corrections [default: today]
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<PartialDate>,
    /// Only claims below this confidence
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    pub(super) below: f64,
    /// Only so many claims
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) limit: usize,
}

#[derive(Debug, Group)]
pub(super) struct Extract {
    /// Files and folders; "-" is standard input
    #[arg(value_name = "INPUT", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Write the mentions to this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) mentions: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Group)]
pub(super) struct Parse {
    /// Language of the text (en, nb, nn)
    #[arg(long, value_name = "LANG")]
    pub(super) lang: String,
    /// Files of plain text; "-" is standard input
    #[arg(value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) work: Work,
}

#[derive(Debug, Group)]
pub(super) struct Eval {
    /// Folder with NAME.txt, NAME.meta.json, NAME.entities.jsonl and NAME.claims.jsonl
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) gold: PathBuf,
    /// Only gold texts whose name this pattern fits
    #[arg(
        long,
        value_name = "REGEX",
        default_value = "",
        allow_hyphen_values = true
    )]
    pub(super) only: String,
    /// A row for each: relation, document, language, kind or rule
    #[arg(long, value_parser = ["relation", "document", "language", "kind", "rule"])]
    pub(super) by: Option<String>,
    /// Show so many missed and so many wrong claims
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) misses: usize,
    /// All figures as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Claims made elsewhere, as JSON Lines, in place of reading the texts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) claims: Option<PathBuf>,
    /// The mentions that go with them
    #[arg(long, value_name = "FILE", requires = "claims", value_hint = ValueHint::FilePath)]
    pub(super) mentions: Option<PathBuf>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Group)]
pub(super) struct Coverage {
    /// Files and folders with articles; "-" is standard input
    #[arg(value_name = "INPUT", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Also list the sentences with two actors or more and no claim
    #[arg(long)]
    pub(super) sentences: bool,
    /// Only predicates that occur at least so often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) least: usize,
    /// As one JSON object
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Group)]
pub(super) struct WhyMerged {
    /// A name, or an actor's id
    #[arg(value_name = "A")]
    pub(super) one: String,
    /// Another
    #[arg(value_name = "B")]
    pub(super) other: String,
    /// As JSON
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) knowledge: Knowledge,
}

#[derive(Debug, Group)]
pub(super) struct Rules {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Args::command().debug_assert();
    }
}
