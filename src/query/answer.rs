//! Answers and the formats that they are written in.

use std::io::Write;

use oxigraph::{
    io::RdfFormat,
    model::{Quad, Term},
    sparql::{
        Variable,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};

use super::{QueryError, table};
use crate::rdf::{self, Prefixes, Writer, fit_for_xml};

/// The values of one solution, in the order of the variables.
pub type Row = Vec<Option<Term>>;

/// What a query gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Of SELECT.
    Solutions {
        /// The variables, in the order of the query.
        variables: Vec<Variable>,
        /// A row per solution.
        rows: Vec<Row>,
    },
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE: statements of the default graph, sorted.
    Graph(Vec<Quad>),
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for people, with IRIs shortened; statements as Turtle.
    Table,
    /// One of the W3C's formats of solutions.
    Results(QueryResultsFormat),
    /// Statements as RDF.
    Rdf(RdfFormat),
}

const RESULTS: [(&str, QueryResultsFormat); 4] = [
    ("json", QueryResultsFormat::Json),
    ("csv", QueryResultsFormat::Csv),
    ("tsv", QueryResultsFormat::Tsv),
    ("xml", QueryResultsFormat::Xml),
];

impl Format {
    /// The format with this name: `table`, `json`, `csv`, `tsv`, `xml`, or an RDF format's.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let results = RESULTS.iter().find(|(known, _)| *known == name);
        match results {
            _ if name == "table" => Some(Self::Table),
            Some((_, format)) => Some(Self::Results(*format)),
            None => rdf::format(&name).map(Self::Rdf),
        }
    }

    /// The names of all formats.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names = vec!["table"];
        names.extend(RESULTS.iter().map(|(name, _)| *name));
        names.extend(rdf::FORMATS.iter().map(|(name, ..)| *name));
        names
    }

    fn name(self) -> &'static str {
        let results = RESULTS
            .iter()
            .map(|(name, one)| (*name, Self::Results(*one)));
        let rdf = rdf::FORMATS
            .iter()
            .map(|(name, one, _)| (*name, Self::Rdf(*one)));
        let found = results.chain(rdf).find(|(_, one)| *one == self);
        found.map_or("table", |(name, _)| name)
    }
}

impl Answer {
    /// How many rows or statements it holds; a yes counts as one.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Solutions { rows, .. } => rows.len(),
            Self::Boolean(yes) => usize::from(*yes),
            Self::Graph(quads) => quads.len(),
        }
    }

    /// Whether nothing was found (or the answer is no).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes it. A table is laid out for `width` columns; `None`: as wide as it gets.
    ///
    /// # Errors
    /// If the format cannot hold it, or the system refuses.
    pub fn write(
        &self,
        format: Format,
        prefixes: &Prefixes,
        width: Option<u16>,
        out: &mut impl Write,
    ) -> Result<(), QueryError> {
        match (self, format) {
            (Self::Solutions { variables, rows }, Format::Table) => {
                writeln!(out, "{}", table(variables, rows, prefixes, width))?;
            }
            (Self::Solutions { variables, rows }, Format::Results(format)) => {
                write_solutions(variables, rows, format, out)?;
            }
            (Self::Boolean(yes), Format::Table) => {
                writeln!(out, "{}", if *yes { "yes" } else { "no" })?;
            }
            (Self::Boolean(yes), Format::Results(format)) => {
                let serializer = QueryResultsSerializer::from_format(format);
                serializer.serialize_boolean_to_writer(&mut *out, *yes)?;
                writeln!(out)?;
            }
            (Self::Graph(quads), Format::Table) => {
                write_graph(quads, RdfFormat::Turtle, prefixes, out)?;
            }
            (Self::Graph(quads), Format::Rdf(format)) => write_graph(quads, format, prefixes, out)?,
            (Self::Graph(_), Format::Results(_)) => {
                return Err(misfit("a graph (CONSTRUCT, DESCRIBE)", format, rdf_names()));
            }
            (_, Format::Rdf(_)) => {
                let names = RESULTS.iter().map(|(name, _)| *name);
                return Err(misfit(
                    "a table or yes/no (SELECT, ASK)",
                    format,
                    std::iter::once("table").chain(names).collect(),
                ));
            }
        }
        Ok(())
    }
}

fn rdf_names() -> Vec<&'static str> {
    rdf::FORMATS.iter().map(|(name, ..)| *name).collect()
}

fn misfit(what: &'static str, format: Format, formats: Vec<&'static str>) -> QueryError {
    QueryError::Format {
        what,
        format: format.name(),
        formats: formats.into_iter().map(str::to_owned).collect(),
    }
}

fn write_solutions(
    variables: &[Variable],
    rows: &[Row],
    format: QueryResultsFormat,
    out: &mut impl Write,
) -> Result<(), QueryError> {
    let serializer = QueryResultsSerializer::from_format(format);
    let mut serializer = serializer.serialize_solutions_to_writer(&mut *out, variables.to_vec())?;
    for row in rows {
        let fit: Vec<_> = row
            .iter()
            .map(|term| term.as_ref().map(|term| fit_for(format, term)))
            .collect();
        let bound = variables.iter().zip(&fit);
        serializer.serialize(
            bound.filter_map(|(variable, term)| {
                Some((variable.as_ref(), term.as_deref()?.as_ref()))
            }),
        )?;
    }
    serializer.finish()?;
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(())
}

fn fit_for(format: QueryResultsFormat, term: &Term) -> std::borrow::Cow<'_, Term> {
    if format == QueryResultsFormat::Xml {
        fit_for_xml(term)
    } else {
        std::borrow::Cow::Borrowed(term)
    }
}

fn write_graph(
    quads: &[Quad],
    format: RdfFormat,
    prefixes: &Prefixes,
    out: &mut impl Write,
) -> Result<(), QueryError> {
    let mut writer = Writer::new(format, &prefixes.used_by(quads), &mut *out);
    for quad in quads {
        writer.write(quad)?;
    }
    writer.finish()?;
    Ok(())
}
