//! Commands that write and take in other formats.

use std::path::PathBuf;

use clap::{Args as Group, ValueHint};

use super::{InStore, Part};

#[derive(Debug, Group)]
pub(in crate::cli) struct Export {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// By name (see below) [default: by the file's extension]
    #[arg(short, long)]
    pub(in crate::cli) format: Option<String>,
    /// Where to write; "-" is standard output; a folder for what is several files
    #[arg(short, long, value_name = "PATH", default_value = "-", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) output: PathBuf,
    /// Language of labels (en, nb)
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(in crate::cli) labels: String,
    #[command(flatten)]
    pub(in crate::cli) rdf: RdfOptions,
    #[command(flatten)]
    pub(in crate::cli) tables: TableOptions,
    #[command(flatten)]
    pub(in crate::cli) subset: Subset,
}

/// What is written as RDF.
#[derive(Debug, Group)]
#[command(next_help_heading = "RDF")]
pub(in crate::cli) struct RdfOptions {
    /// edges (entities and plain edges), claims (all), rdf12 (claims as reifiers of triple terms) or nanopub (a
    /// nanopublication per claim) [default: claims]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) profile: Option<String>,
    /// Add what the ontology's alignments say in other vocabularies
    #[arg(long)]
    pub(in crate::cli) infer: bool,
    /// Leave the documents' texts out
    #[arg(long)]
    pub(in crate::cli) no_text: bool,
    /// Write what the graph holds (VoID and DCAT) instead of the graph
    #[arg(long)]
    pub(in crate::cli) describe: bool,
    /// Title in the description
    #[arg(long, requires = "describe")]
    pub(in crate::cli) title: Option<String>,
    /// Licence in the description
    #[arg(long, value_name = "IRI", requires = "describe")]
    pub(in crate::cli) license: Option<String>,
    /// Where the RDF files will lie, for the description; ends in "/"
    #[arg(long, value_name = "IRI", requires = "describe")]
    pub(in crate::cli) published_at: Option<String>,
}

/// How tables are written.
#[derive(Debug, Group)]
#[command(next_help_heading = "Tables and graph files")]
pub(in crate::cli) struct TableOptions {
    /// nodes, edges or claims; a folder as output gets all three [default: claims]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) table: Option<String>,
    /// Make fields that a spreadsheet would calculate harmless
    #[arg(long)]
    pub(in crate::cli) spreadsheet_safe: bool,
    /// GraphML: an edge per claim, with its words, for graphs of any size
    #[arg(long)]
    pub(in crate::cli) per_claim: bool,
}

/// Which part of the graph; pictures and graph files take all of it, the others those that look at one claim at a time.
#[derive(Debug, Group)]
#[command(next_help_heading = "Part of the graph (not for RDF)")]
pub(in crate::cli) struct Subset {
    /// Only these relations (code or property)
    #[arg(long, value_name = "RELATION")]
    pub(in crate::cli) relation: Vec<String>,
    /// Only claims that rest on this actor's words
    #[arg(long, value_name = "ACTOR")]
    pub(in crate::cli) speaker: Option<String>,
    /// Only claims about this time or later (YYYY, YYYY-MM, YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) since: Option<String>,
    /// Only claims about this time or earlier
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) until: Option<String>,
    /// Only around this actor
    #[arg(long, value_name = "ACTOR")]
    pub(in crate::cli) around: Option<String>,
    /// How far from that actor
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    pub(in crate::cli) hops: usize,
    /// Only the N actors with the most claims
    #[arg(long, value_name = "N")]
    pub(in crate::cli) top: Option<usize>,
    /// Only the shortest ways between two actors
    #[arg(long, num_args = 2, value_names = ["ACTOR", "ACTOR"], conflicts_with = "around")]
    pub(in crate::cli) path: Vec<String>,
    /// Only what some claims affirm and others deny
    #[arg(long)]
    pub(in crate::cli) disputed: bool,
    /// Pictures: also what is denied, planned, possible, demanded or hypothetical
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Import {
    /// N-Quads, TriG, or claims as JSON Lines; "-" is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// nq, trig or jsonl [default: by the file's extension]
    #[arg(short, long)]
    pub(in crate::cli) format: Option<String>,
    /// Articles (files, folders) that claims rest on, for documents that the store does not hold
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) articles: Vec<PathBuf>,
    /// Who or what made the claims, for their provenance; Kilde's own need none
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) maker: Option<String>,
    /// Write what was refused to this file, as JSON Lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) rejected: Option<PathBuf>,
    /// Base IRI of a new store's names
    #[arg(long, value_name = "IRI")]
    pub(in crate::cli) base: Option<String>,
    /// A folder whose kilde.ttl says which relations there are, for a new store or one that was made with it
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) ontology: Option<PathBuf>,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Push {
    /// Address of the Graph Store Protocol; with --update, of SPARQL Update
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) endpoint: String,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// Send SPARQL Update instead of the Graph Store Protocol
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// Put the default graph into this graph, for stores that have none of their own
    #[arg(long, value_name = "IRI")]
    pub(in crate::cli) default_graph: Option<String>,
    /// Send everything, whatever was sent before
    #[arg(long)]
    pub(in crate::cli) everything: bool,
    /// A user's name; the password stands in KILDE_PASSWORD
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) user: Option<String>,
    /// Give a request up after this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(in crate::cli) timeout: f64,
    /// Try a graph again so often
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(in crate::cli) retries: u32,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Ontology {
    /// html (a page to read), context (for JSON-LD), ttl, nt, nq, trig, rdf or jsonld
    #[arg(short, long, default_value = "html")]
    pub(in crate::cli) format: String,
    /// A folder laid out as `ontology/` is, in place of the program's own
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(in crate::cli) ontology: Option<PathBuf>,
    /// RDF: without the SHACL shapes
    #[arg(long)]
    pub(in crate::cli) no_shapes: bool,
}
