//! Commands that ask a store, compare, check and correct it.

use std::path::PathBuf;

use clap::{Args as Group, ValueHint};

use super::{InStore, Part};

use crate::document::PartialDate;

#[derive(Debug, Group)]
pub(in crate::cli) struct Query {
    /// SPARQL 1.1; the usual prefixes are declared already; "-" reads it from standard input
    #[arg(required_unless_present_any = ["named", "file"], conflicts_with_all = ["named", "file"])]
    pub(in crate::cli) sparql: Option<String>,
    /// A query by name (see `kilde queries`)
    #[arg(short, long, value_name = "NAME", conflicts_with = "file")]
    pub(in crate::cli) named: Option<String>,
    /// A file that holds the query
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: Option<PathBuf>,
    /// A value for a named query's parameter
    #[arg(long, value_name = "NAME=VALUE", requires = "named")]
    pub(in crate::cli) set: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// table, json, csv, tsv or xml; ttl, nt, rdfxml or jsonld of a CONSTRUCT [default: table]
    #[arg(short, long)]
    pub(in crate::cli) format: Option<String>,
    /// Give up after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub(in crate::cli) timeout: Option<f64>,
    /// Only the default graph (entities and plain edges), not the union of all graphs
    #[arg(long)]
    pub(in crate::cli) default_graph: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Queries {
    /// As JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Claims {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// Only claims with this actor as subject or object (its id)
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) about: Option<String>,
    /// Only claims of this relation (its code or property)
    #[arg(long, value_name = "RELATION")]
    pub(in crate::cli) relation: Option<String>,
    /// Only claims of this document
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) document: Option<String>,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Mentions {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// Only mentions of this document
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) document: Option<String>,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Explain {
    /// The claim's id, or the beginning of one
    pub(in crate::cli) claim: String,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// As JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct PathArgs {
    /// An actor (id or name)
    pub(in crate::cli) from: String,
    /// Another one
    pub(in crate::cli) to: String,
    /// How many steps at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(in crate::cli) max: usize,
    /// How many ways at most, the shortest first
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(in crate::cli) ways: usize,
    /// Also over what is denied, planned, possible, demanded or hypothetical
    #[arg(long)]
    pub(in crate::cli) all: bool,
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// As JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Report {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// md, html or json [default: by the file's extension, else md]
    #[arg(short, long)]
    pub(in crate::cli) format: Option<String>,
    /// Where to write; "-" is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: PathBuf,
    /// How many actors, edges and so on are listed
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(in crate::cli) top: usize,
    /// Language of labels (en, nb)
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(in crate::cli) labels: String,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Disputes {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    #[command(flatten)]
    pub(in crate::cli) part: Part,
    /// Only disputes about this actor (id or name)
    #[arg(long, value_name = "ACTOR")]
    pub(in crate::cli) about: Option<String>,
    /// As JSON Lines
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Verify {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// Also compare with what `kilde lock` wrote
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) against: Option<PathBuf>,
    /// What was found as a SHACL validation report: ttl, nt, jsonld
    #[arg(short, long)]
    pub(in crate::cli) format: Option<String>,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Lock {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// Where to write; "-" is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) output: PathBuf,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Diff {
    /// A store, a store as of a day (kg@2024-05-01), or an export (.nq)
    #[arg(value_name = "A")]
    pub(in crate::cli) before: String,
    /// Another one
    #[arg(value_name = "B")]
    pub(in crate::cli) after: String,
    /// As JSON
    #[arg(long, conflicts_with = "patch")]
    pub(in crate::cli) json: bool,
    /// As an RDF patch, which makes B out of A
    #[arg(long)]
    pub(in crate::cli) patch: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Corrections {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// As JSON Lines
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, Group)]
pub(in crate::cli) struct Review {
    #[command(flatten)]
    pub(in crate::cli) store: InStore,
    /// Who reviews
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) author: String,
    /// The day that goes with the corrections [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) date: Option<PartialDate>,
    /// Only claims below this confidence
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    pub(in crate::cli) below: f64,
    /// Only so many claims
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(in crate::cli) limit: usize,
}
