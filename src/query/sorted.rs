//! Rows in their order, sorted here and not by the engine: the engine looks every term up anew for each comparison, which
//! takes longer than finding the rows. The order is the same (see `stable`): what is not bound, blank nodes, names, numbers,
//! other literals. Values whose order this module does not know leave the whole query to the engine.

use std::cmp::Ordering;

use oxigraph::{
    model::{
        Literal, Term,
        vocab::{rdf, xsd},
    },
    sparql::Variable,
};
use rayon::slice::ParallelSliceMut;
use spargebra::{
    Query,
    algebra::{Expression, GraphPattern, OrderExpression},
};

use super::Row;

/// Rows that are held beyond those that a LIMIT wants before the last ones are let go.
const SPARE: usize = 50_000;

/// A SELECT without its outermost order, and that order.
pub(super) struct Sorted {
    /// The query; its rows hold the keys that are not to be shown after those that are.
    pub(super) query: Query,
    /// Columns by which rows are sorted, and whether downwards; the columns that are shown follow as ties.
    keys: Vec<(usize, bool)>,
    /// How many columns are shown.
    shown: usize,
    start: usize,
    length: Option<usize>,
}

impl Sorted {
    /// Takes a query apart; `None` if it has no order of its own kind.
    pub(super) fn of(query: &Query) -> Option<Self> {
        let Query::Select {
            dataset,
            pattern,
            base_iri,
        } = query
        else {
            return None;
        };
        let (pattern, start, length) = match pattern {
            GraphPattern::Slice {
                inner,
                start,
                length,
            } => (&**inner, *start, *length),
            other => (other, 0, None),
        };
        let (pattern, is_distinct) = match pattern {
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => (&**inner, true),
            other => (other, false),
        };
        let GraphPattern::Project { inner, variables } = pattern else {
            return None;
        };
        let mut columns = variables.clone();
        let (inner, keys) = match &**inner {
            GraphPattern::OrderBy { inner, expression } => keyed(inner, expression, &mut columns),
            other => (other.clone(), Vec::new()),
        };
        if is_distinct && columns.len() > variables.len() {
            return None;
        }
        let shown = variables.len();
        let project = GraphPattern::Project {
            inner: Box::new(inner),
            variables: columns,
        };
        let pattern = if is_distinct {
            GraphPattern::Distinct {
                inner: Box::new(project),
            }
        } else {
            project
        };
        Some(Self {
            query: Query::Select {
                dataset: dataset.clone(),
                pattern,
                base_iri: base_iri.clone(),
            },
            keys,
            shown,
            start,
            length,
        })
    }

    /// The variables that are shown.
    pub(super) fn shown<'a>(&self, variables: &'a [Variable]) -> &'a [Variable] {
        variables.get(..self.shown).unwrap_or(variables)
    }

    /// The rows that are wanted, in order; `None` if one holds what has another order.
    ///
    /// # Errors
    /// Those of the rows.
    pub(super) fn rows<E>(
        &self,
        found: impl Iterator<Item = Result<Row, E>>,
    ) -> Result<Option<Vec<Row>>, E> {
        let wanted = self.length.map(|length| self.start.saturating_add(length));
        let room = wanted.map_or(usize::MAX, |wanted| wanted.saturating_add(SPARE));
        let mut rows: Vec<Row> = Vec::new();
        for row in found {
            let row = row?;
            if !row.iter().flatten().all(is_plain) {
                return Ok(None);
            }
            rows.push(row);
            if rows.len() >= room {
                self.sort(&mut rows, wanted);
            }
        }
        self.sort(&mut rows, wanted);
        rows.drain(..self.start.min(rows.len()));
        for row in &mut rows {
            row.truncate(self.shown);
        }
        Ok(Some(rows))
    }

    fn sort(&self, rows: &mut Vec<Row>, wanted: Option<usize>) {
        rows.par_sort_unstable_by(|one, other| self.compare(one, other));
        if let Some(wanted) = wanted {
            rows.truncate(wanted);
        }
    }

    fn compare(&self, one: &[Option<Term>], other: &[Option<Term>]) -> Ordering {
        let by_key = self.keys.iter().map(|(column, down)| {
            let order = by_value(at(one, *column), at(other, *column));
            if *down { order.reverse() } else { order }
        });
        let by_column = (0..self.shown).map(|column| by_value(at(one, column), at(other, column)));
        by_key
            .chain(by_column)
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// The keys of an order as columns of the rows: variables as they are, other expressions under names of their own.
fn keyed(
    inner: &GraphPattern,
    order: &[OrderExpression],
    columns: &mut Vec<Variable>,
) -> (GraphPattern, Vec<(usize, bool)>) {
    let mut pattern = inner.clone();
    let mut keys = Vec::new();
    for (number, one) in order.iter().enumerate() {
        let (key, down) = match one {
            OrderExpression::Asc(key) => (key, false),
            OrderExpression::Desc(key) => (key, true),
        };
        let variable = if let Expression::Variable(variable) = key {
            variable.clone()
        } else {
            let variable = Variable::new_unchecked(format!("kilde_order_{number}"));
            pattern = GraphPattern::Extend {
                inner: Box::new(pattern),
                variable: variable.clone(),
                expression: key.clone(),
            };
            variable
        };
        let known = columns.iter().position(|column| *column == variable);
        let column = known.unwrap_or_else(|| {
            columns.push(variable);
            columns.len() - 1
        });
        keys.push((column, down));
    }
    (pattern, keys)
}

fn at(row: &[Option<Term>], column: usize) -> Option<&Term> {
    row.get(column)?.as_ref()
}

/// Whether the order of a value is known here: names, whole numbers as they are commonly written, texts, days, months and
/// years.
fn is_plain(term: &Term) -> bool {
    match term {
        Term::NamedNode(_) | Term::BlankNode(_) => true,
        Term::Literal(literal) => {
            let kind = literal.datatype();
            kind == xsd::STRING
                || kind == rdf::LANG_STRING
                || number(literal).is_some_and(|number| number.to_string() == literal.value())
                || is_date(literal)
        }
        Term::Triple(_) => false,
    }
}

/// Whether it is a day, month or year of four digits without a time zone: as texts these have the order of time.
fn is_date(literal: &Literal) -> bool {
    let lengths = [(xsd::DATE, 10), (xsd::G_YEAR_MONTH, 7), (xsd::G_YEAR, 4)];
    let is_digit = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    lengths.contains(&(literal.datatype(), literal.value().len()))
        && literal.value().bytes().enumerate().all(is_digit)
}

fn number(literal: &Literal) -> Option<i64> {
    (literal.datatype() == xsd::INTEGER).then(|| literal.value().parse().ok())?
}

/// The order of values; those that are plain are only equal if they are the same.
fn by_value(one: Option<&Term>, other: Option<&Term>) -> Ordering {
    rank(one)
        .cmp(&rank(other))
        .then_with(|| match (one, other) {
            (Some(Term::BlankNode(one)), Some(Term::BlankNode(other))) => {
                one.as_str().cmp(other.as_str())
            }
            (Some(Term::NamedNode(one)), Some(Term::NamedNode(other))) => {
                one.as_str().cmp(other.as_str())
            }
            (Some(Term::Literal(one)), Some(Term::Literal(other))) => {
                match (number(one), number(other)) {
                    (Some(one), Some(other)) => one.cmp(&other),
                    _ => literal(one).cmp(&literal(other)),
                }
            }
            _ => Ordering::Equal,
        })
}

/// What is not bound, blank nodes, names, numbers, other literals.
fn rank(term: Option<&Term>) -> u8 {
    match term {
        None => 0,
        Some(Term::BlankNode(_)) => 1,
        Some(Term::NamedNode(_)) => 2,
        Some(Term::Literal(literal)) if number(literal).is_some() => 3,
        Some(_) => 4,
    }
}

fn literal(literal: &Literal) -> (&str, &str, Option<&str>) {
    (
        literal.value(),
        literal.datatype().as_str(),
        literal.language(),
    )
}

#[cfg(test)]
mod tests {
    use oxigraph::{
        sparql::{QueryResults, SparqlEvaluator},
        store::Store,
    };
    use spargebra::SparqlParser;

    use super::*;
    use crate::query::stable;

    const THINGS: &str = r#"
        PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        INSERT DATA {
            x:a x:is 10, 9, "9", "10"@en, "10"@nb, x:b, "b", "2024-02"^^xsd:gYearMonth ; x:of x:z .
            x:b x:is 10, "2024-02-01"^^xsd:date, "2024"^^xsd:gYear, -3, x:a ; x:of x:y .
            x:c x:is x:a .
        }"#;

    /// The rows as this module sorts them, if it does, and as the engine does.
    fn both(text: &str, more: &str) -> (Option<Vec<Row>>, Vec<Row>) {
        let store = Store::new().unwrap();
        store.update(THINGS).unwrap();
        store.update(more).unwrap();
        let text = format!("PREFIX x: <http://x/> {text}");
        let query = SparqlParser::new().parse_query(&text).unwrap();
        let rows = |query: Query| {
            let prepared = SparqlEvaluator::new().for_query(query);
            let QueryResults::Solutions(found) = prepared.on_store(&store).execute().unwrap()
            else {
                panic!("a SELECT");
            };
            found
                .map(|one| one.map(|solution| Row::from(solution.values())))
                .collect::<Vec<_>>()
        };
        let sorted = Sorted::of(&query).and_then(|sorted| {
            let found = rows(sorted.query.clone());
            sorted.rows(found.into_iter()).unwrap()
        });
        let mut ordered = query;
        stable::order(&mut ordered);
        (
            sorted,
            rows(ordered).into_iter().map(Result::unwrap).collect(),
        )
    }

    #[test]
    fn rows_have_the_order_that_the_engine_gives_them() {
        for text in [
            "SELECT ?s ?o { ?s x:is ?o }",
            "SELECT ?o { ?s x:is ?o } ORDER BY DESC(?o) ?s",
            "SELECT ?o ?z { ?s x:is ?o OPTIONAL { ?s x:of ?z } } ORDER BY ?z DESC(STR(?o))",
            "SELECT DISTINCT ?o { ?s x:is ?o } ORDER BY DESC(?o)",
            "SELECT ?s (COUNT(?o) AS ?n) { ?s x:is ?o } GROUP BY ?s ORDER BY DESC(?n)",
            "SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 4 OFFSET 2",
            "SELECT ?s { ?s x:is ?o } OFFSET 300",
        ] {
            let (sorted, ordered) = both(text, "");
            assert_eq!(sorted, Some(ordered), "{text}");
        }
    }

    #[test]
    fn values_of_an_order_unknown_here_are_left_to_the_engine() {
        for value in ["1.5", "true", r#""2024-02-01Z"^^xsd:date"#] {
            let more = format!(
                "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> INSERT DATA {{ <http://x/d> <http://x/is> {value} }}"
            );
            assert_eq!(both("SELECT ?o { ?s x:is ?o }", &more).0, None, "{value}");
        }
        // A key that is distinct rows' own business.
        let (sorted, _) = both("SELECT DISTINCT ?s { ?s x:is ?o } ORDER BY ?o", "");
        assert_eq!(sorted, None);
    }
}
