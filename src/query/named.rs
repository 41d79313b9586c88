//! Queries with names and parameters: files `NAME.rq` that are SPARQL as they stand. A header of comments says what they
//! are (`# title: …`, `# description: …`, `# parameter: NAME KIND [?|=DEFAULT] DESCRIPTION`); a parameter's place is a
//! `VALUES ?name { UNDEF }` in the query, where its value is put in as a term, never as text. What stays UNDEF is open.
//! A comment `# given NAME: PATTERN` within the query becomes part of it if the parameter has a value, so that what is asked
//! for is looked up and not all gone through.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use oxigraph::model::{Literal, NamedNode};
use spargebra::{Query, algebra::GraphPattern, term::GroundTerm};

use super::{
    QueryError, error::by_likeness, header, lookup::Lookup, parse::parse, relation, stable,
};
use crate::{
    document::PartialDate,
    ontology::{FILES, Ontology, vocab},
    rdf::Prefixes,
    store::Base,
};

/// What a parameter's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// An actor, place or other entity by id, IRI or name; becomes its IRI.
    Entity,
    /// A relation by property, code or label; becomes its property.
    Relation,
    /// A year, month or day; becomes its first day.
    Date,
    /// A year, month or day; becomes its last day.
    DateEnd,
    /// Any text.
    Text,
    /// A whole number.
    Integer,
}

pub(super) const KINDS: [(&str, ParameterKind); 6] = [
    ("entity", ParameterKind::Entity),
    ("relation", ParameterKind::Relation),
    ("date", ParameterKind::Date),
    ("date-end", ParameterKind::DateEnd),
    ("text", ParameterKind::Text),
    ("integer", ParameterKind::Integer),
];

impl fmt::Display for ParameterKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = KINDS.iter().find(|(_, kind)| kind == self);
        out.write_str(name.map_or("", |(name, _)| name))
    }
}

/// A parameter of a named query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of its variable.
    pub name: String,
    /// What its value must be.
    pub kind: ParameterKind,
    /// Whether it must be given.
    pub required: bool,
    /// The value that it has if none is given.
    pub default: Option<String>,
    /// What it is for.
    pub description: String,
}

/// A named query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedQuery {
    /// Its name: the file's.
    pub name: String,
    /// What it asks, in a few words.
    pub title: String,
    /// What it asks, in a sentence or two.
    pub description: String,
    /// Its parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
    /// The file's text.
    pub text: String,
}

/// Named queries by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedQueries(BTreeMap<String, NamedQuery>);

impl NamedQueries {
    /// The queries that are part of the program.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "the files are part of the program and tested"
    )]
    pub fn embedded() -> &'static Self {
        static QUERIES: OnceLock<NamedQueries> = OnceLock::new();
        QUERIES.get_or_init(|| {
            let folder = FILES.get_dir("queries").into_iter();
            let files = folder.flat_map(include_dir::Dir::files).filter_map(|file| {
                Some((file.path().to_owned(), file.contents_utf8()?.to_owned()))
            });
            Self::of_files(files).expect("the queries in the program are sound: a test loads them")
        })
    }

    /// The queries in a folder: its files `*.rq`.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, or a file is no named query (with the line).
    pub fn load(folder: &Path) -> Result<Self, QueryError> {
        let read = |file: &Path, source| QueryError::Read {
            file: file.to_owned(),
            source,
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| read(folder, error))? {
            let file = entry.map_err(|error| read(folder, error))?.path();
            if file.extension().is_some_and(|end| end == "rq") {
                let text = fs::read_to_string(&file).map_err(|error| read(&file, error))?;
                files.push((file, text));
            }
        }
        files.sort();
        Self::of_files(files)
    }

    /// The query with this name.
    ///
    /// # Errors
    /// If there is none; with the names there are, the most similar first.
    pub fn get(&self, name: &str) -> Result<&NamedQuery, QueryError> {
        self.0.get(name).ok_or_else(|| QueryError::UnknownQuery {
            name: name.to_owned(),
            known: by_likeness(name, self.0.keys().map(String::as_str))
                .into_iter()
                .map(|(_, name)| name.to_owned())
                .collect(),
        })
    }

    /// All queries, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &NamedQuery> {
        self.0.values()
    }

    fn of_files(files: impl IntoIterator<Item = (PathBuf, String)>) -> Result<Self, QueryError> {
        let queries = files.into_iter().map(|(file, text)| {
            let query = header::read(&file, text)?;
            Ok((query.name.clone(), query))
        });
        queries.collect::<Result<_, QueryError>>().map(Self)
    }
}

impl NamedQuery {
    /// The terms of the parameters, by name: what the user gave, else the defaults.
    pub(super) fn terms(
        &self,
        values: &BTreeMap<String, String>,
        entities: &Lookup<'_>,
        base: &Base,
        ontology: &Ontology,
    ) -> Result<BTreeMap<String, GroundTerm>, QueryError> {
        let is_known = |name: &str| self.parameters.iter().any(|one| one.name == name);
        if let Some(name) = values.keys().find(|name| !is_known(name)) {
            return Err(QueryError::UnknownParameter {
                query: self.name.clone(),
                name: name.clone(),
                known: self.parameters.iter().map(|one| one.name.clone()).collect(),
            });
        }
        let mut terms = BTreeMap::new();
        for parameter in &self.parameters {
            match values.get(&parameter.name).or(parameter.default.as_ref()) {
                Some(value) => {
                    let term = parameter.term(value, entities, base, ontology)?;
                    terms.insert(parameter.name.clone(), term);
                }
                None if parameter.required => {
                    return Err(QueryError::MissingParameter {
                        query: self.name.clone(),
                        name: parameter.name.clone(),
                        kind: parameter.kind,
                        description: parameter.description.clone(),
                    });
                }
                None => {}
            }
        }
        Ok(terms)
    }

    /// Whether one of its terms is somebody, so that the answer is about a part of the graph.
    pub(super) fn names_somebody(&self, terms: &BTreeMap<String, GroundTerm>) -> bool {
        let entities = self.parameters.iter();
        let mut entities = entities.filter(|one| one.kind == ParameterKind::Entity);
        entities.any(|one| terms.contains_key(&one.name))
    }

    /// The query with terms in the places of its parameters.
    pub(super) fn bound(
        &self,
        terms: &BTreeMap<String, GroundTerm>,
        prefixes: &Prefixes,
    ) -> Result<Query, QueryError> {
        let text = header::with_hints(&self.text, |name| terms.contains_key(name));
        let mut query = parse(&text, prefixes)?;
        for_each_place(&mut query, |name, value| {
            if let Some(term) = terms.get(name) {
                *value = Some(term.clone());
            }
        });
        Ok(query)
    }
}

impl Parameter {
    fn term(
        &self,
        value: &str,
        entities: &Lookup<'_>,
        base: &Base,
        ontology: &Ontology,
    ) -> Result<GroundTerm, QueryError> {
        let wrong = |expected| QueryError::BadValue {
            name: self.name.clone(),
            value: value.to_owned(),
            expected,
        };
        let date = || {
            let date = value.trim().parse::<PartialDate>();
            date.map_err(|_| {
                wrong("a date is a year, a month or a day: 2017, 2017-10 or 2017-10-12")
            })
        };
        Ok(match self.kind {
            ParameterKind::Entity => base.entity(&entities.find(value)?).into(),
            ParameterKind::Relation => vocab::kilde(&relation(ontology, value)?.property).into(),
            ParameterKind::Date => day(date()?.earliest()),
            ParameterKind::DateEnd => day(date()?.latest()),
            ParameterKind::Text => Literal::new_simple_literal(value).into(),
            ParameterKind::Integer => {
                let number: i64 = value
                    .trim()
                    .parse()
                    .map_err(|_| wrong("a whole number is expected"))?;
                Literal::from(number).into()
            }
        })
    }
}

fn day(day: String) -> GroundTerm {
    Literal::new_typed_literal(day, NamedNode::from(vocab::XSD_DATE)).into()
}

/// Calls `fill` with the variable and the value of each `VALUES` of one row that leaves the variable open.
pub(super) fn for_each_place(
    query: &mut Query,
    mut fill: impl FnMut(&str, &mut Option<GroundTerm>),
) {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    stable::visit(pattern, &mut |one| {
        let GraphPattern::Values {
            variables,
            bindings,
        } = one
        else {
            return;
        };
        if let [row] = &mut bindings[..] {
            let places = variables.iter().zip(row);
            for (variable, value) in places.filter(|(_, value)| value.is_none()) {
                fill(variable.as_str(), value);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# title: Who
# description: Who is it?
# parameter: actor entity who is meant
# parameter: since date ? not before
# parameter: least integer =2 how many
SELECT ?a { VALUES (?actor ?since) { (UNDEF UNDEF) } VALUES ?least { UNDEF } ?a ?actor ?since }
";

    fn read(text: &str) -> Result<NamedQuery, String> {
        header::read(Path::new("queries/who.rq"), text.to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn values_become_terms_and_never_text() {
        let query = read(FILE).unwrap();
        let terms = BTreeMap::from([
            (
                "actor".to_owned(),
                GroundTerm::from(Literal::new_simple_literal("\" } ; DROP ALL")),
            ),
            ("least".to_owned(), Literal::from(3).into()),
        ]);
        let bound = query
            .bound(&terms, &Prefixes::new(&Base::default()))
            .unwrap();
        let text = bound.to_string();
        let places = "VALUES ( ?actor ?since ) { ( \"\\\" } ; DROP ALL\" UNDEF )  } VALUES ( ?least ) { ( \"3\"^^";
        assert!(text.contains(places), "{text}");
    }

    #[test]
    fn the_programs_own_queries_are_sound() {
        let names: Vec<&str> = NamedQueries::embedded()
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert!(names.len() >= 16, "{names:?}");
        let error = NamedQueries::embedded()
            .get("who-say-what")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("no query is named 'who-say-what'; there are who-says-what, "),
            "{error}"
        );
    }
}
