//! Why a question got no answer.

use std::{io, path::PathBuf, time::Duration};

use oxigraph::{sparql::QueryEvaluationError, store::StorageError};

use super::ParameterKind;

/// What can go wrong with a query; each message says where, and what to try instead.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The query is no SPARQL.
    #[error("query, line {line}, column {column}: {message}\n{excerpt}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// The line and a mark under the place.
        excerpt: String,
    },
    /// A prefix is neither built in nor declared.
    #[error("query, line {line}, column {column}: unknown prefix '{prefix}:'; known are {}; or declare it: PREFIX {prefix}: <IRI>", list(.known))]
    UnknownPrefix {
        /// The prefix, without colon.
        prefix: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// The prefixes there are, the most similar first.
        known: Vec<String>,
    },
    /// The query asks another server.
    #[error("SERVICE is not supported: queries are answered from this store alone")]
    Service,
    /// The query took too long.
    #[error("the query was stopped after {} seconds; narrow it down, add a LIMIT, or raise --timeout", .after.as_secs_f64())]
    Timeout {
        /// The time that it was given.
        after: Duration,
    },
    /// The query could not be evaluated.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The index failed.
    #[error("the index failed: {0}")]
    Index(#[from] StorageError),
    /// An answer that the format cannot hold.
    #[error("{what} cannot be written as {format}; use one of {}", list(.formats))]
    Format {
        /// What the answer is.
        what: &'static str,
        /// The format asked for.
        format: &'static str,
        /// The formats that can hold it.
        formats: Vec<String>,
    },
    /// The answer could not be written.
    #[error("cannot write the answer: {0}")]
    Write(#[from] io::Error),
    /// There is no named query of this name.
    #[error("no query is named '{name}'; there are {}", list(.known))]
    UnknownQuery {
        /// The name.
        name: String,
        /// The names there are, the most similar first.
        known: Vec<String>,
    },
    /// A named query has no parameter of this name.
    #[error("the query {query} has no parameter '{name}'; {}", if .known.is_empty() { "it has none".to_owned() } else { format!("it has {}", list(.known)) })]
    UnknownParameter {
        /// The query.
        query: String,
        /// The parameter asked for.
        name: String,
        /// The parameters that it has.
        known: Vec<String>,
    },
    /// A parameter was left out that has no default.
    #[error("the query {query} needs {name} ({kind}: {description}); add --set {name}=…")]
    MissingParameter {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
        /// What it must be.
        kind: ParameterKind,
        /// What it is for.
        description: String,
    },
    /// A parameter's value is not of its kind.
    #[error("{name}={value}: {expected}")]
    BadValue {
        /// The parameter.
        name: String,
        /// The value.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// Nobody goes by this id, IRI or name.
    #[error("nothing in the store is called '{text}'{}", perhaps(.nearest))]
    UnknownEntity {
        /// What was asked for.
        text: String,
        /// Ids with similar ids or names.
        nearest: Vec<String>,
    },
    /// Several go by this name.
    #[error("'{text}' is the name of several: {}; use one of these ids", list(.ids))]
    AmbiguousEntity {
        /// The name.
        text: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// There is no such relation.
    #[error("no relation is called '{text}'{}", perhaps(.nearest))]
    UnknownRelation {
        /// What was asked for.
        text: String,
        /// Properties and codes like it.
        nearest: Vec<String>,
    },
    /// A file of a named query is not as it should be.
    #[error("{}:{line}: {message}", .file.display())]
    QueryFile {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// A file or folder of named queries cannot be read.
    #[error("{}: cannot read: {source}", .file.display())]
    Read {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn list(names: &[String]) -> String {
    names.join(", ")
}

fn perhaps(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [others @ .., last] => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

/// Names with how much each is like `text` (0 to 1), the most similar first.
pub(super) fn by_likeness<'a>(
    text: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(f64, &'a str)> {
    let text = text.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .map(|name| (strsim::jaro_winkler(&text, &name.to_lowercase()), name))
        .collect();
    scored.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
    scored
}
