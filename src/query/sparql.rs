//! SPARQL over a store's index. Queries see the union of all graphs unless told otherwise, know the built-in prefixes, and
//! can be stopped by the clock.

use std::{collections::BTreeMap, sync::mpsc, thread, time::Duration};

use oxigraph::{
    model::{GraphName, Quad},
    sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator},
    store::Store as Oxigraph,
};
use spargebra::Query;

use super::{
    Answer, NamedQuery, QueryError, Row, lookup::Lookup, parse::parse, sorted::Sorted, stable,
    whole,
};
use crate::{
    ontology::Ontology,
    rdf::{self, Prefixes},
    store::{Base, Index},
};

/// What a query without FROM sees as its default graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DefaultGraph {
    /// All graphs together: entities, plain edges, documents, claims, and the ontology.
    #[default]
    Union,
    /// Entities and plain edges alone; the rest by `GRAPH`.
    Plain,
}

/// How a query is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How long it may take; `None`: as long as it takes. A few kinds of query cannot be stopped at once: the caller gets
    /// its answer in time, but their thread runs on until the process ends.
    pub timeout: Option<Duration>,
    /// What it sees.
    pub default_graph: DefaultGraph,
}

/// Answers a query.
///
/// # Errors
/// If it is no SPARQL query (with line and column of the text as given), uses an unknown prefix, asks another server,
/// takes too long or fails.
pub fn ask(
    index: &Index,
    base: &Base,
    text: &str,
    options: &Options,
) -> Result<Answer, QueryError> {
    run(index, parse(text, &Prefixes::new(base))?, options)
}

/// Answers a named query with the values of its parameters, as users write them.
///
/// # Errors
/// If a parameter is unknown, missing or of another kind than its value; otherwise as [`ask`].
pub fn ask_named(
    index: &Index,
    base: &Base,
    ontology: &Ontology,
    query: &NamedQuery,
    values: &BTreeMap<String, String>,
    options: &Options,
) -> Result<Answer, QueryError> {
    let terms = query.terms(values, &Lookup::new(index, base), base, ontology)?;
    let mut bound = query.bound(&terms, &Prefixes::new(base))?;
    if !query.names_somebody(&terms) && whole::counts(&bound) {
        whole::spread(&mut bound);
    }
    run(index, bound, options)
}

fn run(index: &Index, mut query: Query, options: &Options) -> Result<Answer, QueryError> {
    if stable::asks_elsewhere(&query) {
        return Err(QueryError::Service);
    }
    let sorted = Sorted::of(&query);
    stable::order(&mut query);
    let store = index.oxigraph().clone();
    let graph = options.default_graph;
    let Some(timeout) = options.timeout else {
        return Ok(answer(
            query,
            sorted,
            &store,
            graph,
            &CancellationToken::new(),
        )?);
    };
    // A thread of its own, because the engine does not look at the token everywhere: in a product of patterns that share
    // no variable it goes on with what it holds already. Such a thread is left behind.
    let token = CancellationToken::new();
    let stop = token.clone();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may be waiting any more.
        let _ = sender.send(answer(query, sorted, &store, graph, &token));
    });
    receiver.recv_timeout(timeout).map_or_else(
        |_| {
            stop.cancel();
            Err(QueryError::Timeout { after: timeout })
        },
        |result| Ok(result?),
    )
}

/// Answers a query: without its order, which is then made here, or else as the engine orders it.
fn answer(
    query: Query,
    sorted: Option<Sorted>,
    store: &Oxigraph,
    graph: DefaultGraph,
    token: &CancellationToken,
) -> Result<Answer, QueryEvaluationError> {
    if let Some(sorted) = sorted
        && let QueryResults::Solutions(solutions) =
            evaluate(sorted.query.clone(), store, graph, token)?
    {
        let variables = sorted.shown(solutions.variables()).to_vec();
        let found = solutions.map(|one| one.map(|solution| Row::from(solution.values())));
        if let Some(rows) = sorted.rows(found)? {
            return Ok(Answer::Solutions { variables, rows });
        }
    }
    collect(evaluate(query, store, graph, token)?)
}

fn evaluate<'a>(
    query: Query,
    store: &'a Oxigraph,
    graph: DefaultGraph,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, QueryEvaluationError> {
    let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
    let mut prepared = evaluator.for_query(query);
    let dataset = prepared.dataset_mut();
    if dataset.is_default_dataset() && graph == DefaultGraph::Union {
        dataset.set_default_graph_as_union();
    }
    prepared.on_store(store).execute()
}

fn collect(results: QueryResults<'_>) -> Result<Answer, QueryEvaluationError> {
    Ok(match results {
        QueryResults::Boolean(yes) => Answer::Boolean(yes),
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().to_vec();
            let rows = solutions
                .map(|solution| Ok(Row::from(solution?.values())))
                .collect::<Result<_, QueryEvaluationError>>()?;
            Answer::Solutions { variables, rows }
        }
        QueryResults::Graph(triples) => {
            let mut quads = triples
                .map(|triple| Ok(triple?.in_graph(GraphName::DefaultGraph)))
                .collect::<Result<Vec<Quad>, QueryEvaluationError>>()?;
            rdf::sort(&mut quads);
            Answer::Graph(quads)
        }
    })
}
