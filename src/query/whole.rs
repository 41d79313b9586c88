//! Queries that go through a whole graph. For each row that it has, the engine looks up what the next pattern says, which is
//! right for few rows; where all claims are wanted it is ten times faster to read all statements of a kind one after the
//! other and to join them by hashes. The engine does that with what it cannot look up: patterns that are queries of their own.

use std::mem;

use oxigraph::sparql::Variable;
use spargebra::{
    Query,
    algebra::GraphPattern,
    term::{NamedNodePattern, TermPattern},
};

use super::stable::visit;

/// Whether a query counts what it finds. Others list what is told in few claims, and look these up.
pub(super) fn counts(query: &Query) -> bool {
    let mut counts = false;
    visit(pattern(&mut query.clone()), &mut |one| {
        counts |= matches!(one, GraphPattern::Group { .. });
    });
    counts
}

/// Makes each pattern a query of its own. The answer stays the same.
pub(super) fn spread(query: &mut Query) {
    within(pattern(query), None);
}

const fn pattern(query: &mut Query) -> &mut GraphPattern {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    pattern
}

/// Spreads a pattern that is asked of a graph. What stands in filters is asked for single rows and stays as it is.
fn within(pattern: &mut GraphPattern, graph: Option<&NamedNodePattern>) {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            let apart = mem::take(patterns).into_iter().map(|mut one| {
                name_node(&mut one.subject);
                name_node(&mut one.object);
                let patterns = vec![one];
                apart(GraphPattern::Bgp { patterns }, graph)
            });
            let joined = apart.reduce(|left, right| GraphPattern::Join {
                left: Box::new(left),
                right: Box::new(right),
            });
            *pattern = joined.unwrap_or_default();
        }
        GraphPattern::Path {
            subject, object, ..
        } => {
            name_node(subject);
            name_node(object);
            *pattern = apart(mem::take(pattern), graph);
        }
        GraphPattern::Graph { name, inner } if can_be_spread(inner) => {
            within(inner, Some(name));
            *pattern = mem::take(inner);
        }
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right }
        | GraphPattern::LeftJoin { left, right, .. } => {
            within(left, graph);
            within(right, graph);
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. } => within(inner, graph),
        // What is told apart is looked up: it is few things among many.
        GraphPattern::Distinct { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Graph { .. }
        | GraphPattern::Lateral { .. }
        | GraphPattern::Service { .. } => {}
    }
}

/// Whether what is asked of a graph is patterns alone, of which each can be asked of it by itself.
fn can_be_spread(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => !patterns.is_empty(),
        GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::LeftJoin {
            left,
            right,
            expression: None,
        } => can_be_spread(left) && can_be_spread(right),
        _ => false,
    }
}

/// Blank nodes join within a pattern only, so they become variables that nobody sees.
fn name_node(term: &mut TermPattern) {
    if let TermPattern::BlankNode(node) = term {
        *term = Variable::new_unchecked(format!("kilde_node_{}", node.as_str())).into();
    }
}

fn apart(pattern: GraphPattern, graph: Option<&NamedNodePattern>) -> GraphPattern {
    let inner = match graph {
        Some(name) => GraphPattern::Graph {
            name: name.clone(),
            inner: Box::new(pattern),
        },
        None => pattern,
    };
    let mut variables = Vec::new();
    inner.on_in_scope_variable(|variable| {
        if !variables.contains(variable) {
            variables.push(variable.clone());
        }
    });
    GraphPattern::Project {
        inner: Box::new(inner),
        variables,
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::{
        sparql::{QueryResults, SparqlEvaluator},
        store::Store,
    };
    use spargebra::SparqlParser;

    use super::*;

    fn parsed(text: &str) -> Query {
        let text = format!("PREFIX x: <http://x/> {text}");
        SparqlParser::new().parse_query(&text).unwrap()
    }

    fn rows(store: &Store, query: Query) -> Vec<String> {
        let mut prepared = SparqlEvaluator::new().for_query(query);
        prepared.dataset_mut().set_default_graph_as_union();
        let QueryResults::Solutions(found) = prepared.on_store(store).execute().unwrap() else {
            panic!("a SELECT");
        };
        let mut rows: Vec<String> = found
            .map(|one| format!("{:?}", one.unwrap().values()))
            .collect();
        rows.sort();
        rows
    }

    #[test]
    fn spread_queries_give_the_same_answers() {
        let store = Store::new().unwrap();
        let things = "PREFIX x: <http://x/> INSERT DATA {
            x:narrower x:under x:broad . x:broad x:under x:broadest .
            GRAPH x:g { x:a x:kind x:narrower ; x:of x:p ; x:in [ x:name 'a' ] . x:p x:name 'p' . x:c x:kind x:broad }
            GRAPH x:h { x:b x:kind x:broad ; x:of x:q ; x:not x:a . x:q x:name 'q' . x:a x:name 'elsewhere' } }";
        store.update(things).unwrap();
        for text in [
            "SELECT ?s ?k ?n { ?s x:kind ?k ; x:of/x:name ?n }",
            "SELECT ?s ?n ?g { GRAPH ?g { ?s x:kind ?k . OPTIONAL { ?s x:in/x:name ?n } } }",
            "SELECT ?s ?b { VALUES ?b { UNDEF } GRAPH ?g { ?s x:kind ?k } ?k x:under* ?b }",
            "SELECT ?s ?n { GRAPH ?g { ?s x:kind ?k ; x:name ?n } }",
            "SELECT ?s { ?s x:kind ?k MINUS { ?t x:not ?s } FILTER(EXISTS { ?s x:of ?o }) }",
            "SELECT ?g (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { { ?s x:kind ?k } UNION { ?s x:of ?k } } } GROUP BY ?g",
            "SELECT ?s { GRAPH ?g { ?s x:kind ?k FILTER(?k = x:broad) } }",
        ] {
            let (query, mut spread) = (parsed(text), parsed(text));
            super::spread(&mut spread);
            // What is filtered within a graph stays as it is.
            assert_eq!(query == spread, text.contains("FILTER(?k"), "{text}");
            let expected = rows(&store, query);
            assert!(
                !expected.is_empty() || text.contains("x:name ?n } }"),
                "{text}"
            );
            assert_eq!(rows(&store, spread), expected, "{text}");
        }
    }

    #[test]
    fn what_counts_is_known() {
        assert!(counts(&parsed("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")));
        assert!(counts(&parsed(
            "SELECT * { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } }"
        )));
        assert!(!counts(&parsed("SELECT * { ?s ?p ?o }")));
    }
}
