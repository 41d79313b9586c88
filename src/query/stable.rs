//! Makes a query's answer depend on the graph alone and not on the order in which the engine finds it: every SELECT,
//! CONSTRUCT and DESCRIBE gets an order down to the last variable. Also what else is to be known of a parsed query.

use std::mem;

use oxigraph::sparql::Variable;
use spargebra::{
    Query,
    algebra::{Expression, Function, GraphPattern, OrderExpression},
};

/// Adds an order, or completes the user's own.
pub(super) fn order(query: &mut Query) {
    match query {
        Query::Select { pattern, .. } => order_rows(pattern),
        Query::Construct { pattern, .. } | Query::Describe { pattern, .. } if is_cut(pattern) => {
            order_rows(pattern);
        }
        _ => {}
    }
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    visit(pattern, &mut |one| {
        if let GraphPattern::OrderBy { expression, .. } = one {
            *expression = mem::take(expression)
                .into_iter()
                .flat_map(by_kind_first)
                .collect();
        }
    });
}

/// Numbers compare by value, a number and a text as they are written; the engine's order over both is none (9 < 10, but
/// "10" < "5" < "9"), and its sort gives up. So numbers come before other literals; names come before both anyhow.
fn by_kind_first(order: OrderExpression) -> Vec<OrderExpression> {
    let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = &order;
    if is_text(key) {
        return vec![order];
    }
    let kind = kind(key);
    let kind = match order {
        OrderExpression::Asc(_) => OrderExpression::Asc(kind),
        OrderExpression::Desc(_) => OrderExpression::Desc(kind),
    };
    vec![kind, order]
}

/// Whether it is a literal and no number.
fn kind(key: &Expression) -> Expression {
    let is = |function| Expression::FunctionCall(function, vec![key.clone()]);
    let no_number = Expression::Not(Box::new(is(Function::IsNumeric)));
    Expression::And(Box::new(is(Function::IsLiteral)), Box::new(no_number))
}

/// Whether all its values are of one kind.
fn is_text(key: &Expression) -> bool {
    matches!(
        key,
        Expression::FunctionCall(Function::Str | Function::Datatype, _)
    )
}

/// Whether the query asks another server.
pub(super) fn asks_elsewhere(query: &Query) -> bool {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut found = false;
    visit(&mut pattern.clone(), &mut |one| {
        found |= matches!(one, GraphPattern::Service { .. });
    });
    found
}

/// Calls `change` for a pattern and every pattern in it, those in filters included.
pub(super) fn visit(pattern: &mut GraphPattern, change: &mut impl FnMut(&mut GraphPattern)) {
    change(pattern);
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
        GraphPattern::Join { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Minus { left, right } => {
            visit(left, change);
            visit(right, change);
        }
        GraphPattern::LeftJoin {
            left,
            right,
            expression,
        } => {
            visit(left, change);
            visit(right, change);
            if let Some(expression) = expression {
                visit_expression(expression, change);
            }
        }
        GraphPattern::Filter { expr, inner }
        | GraphPattern::Extend {
            expression: expr,
            inner,
            ..
        } => {
            visit_expression(expr, change);
            visit(inner, change);
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => visit(inner, change),
    }
}

fn visit_expression(expression: &mut Expression, change: &mut impl FnMut(&mut GraphPattern)) {
    match expression {
        Expression::Exists(pattern) => visit(pattern, change),
        Expression::Or(left, right)
        | Expression::And(left, right)
        | Expression::Equal(left, right)
        | Expression::SameTerm(left, right)
        | Expression::Greater(left, right)
        | Expression::GreaterOrEqual(left, right)
        | Expression::Less(left, right)
        | Expression::LessOrEqual(left, right)
        | Expression::Add(left, right)
        | Expression::Subtract(left, right)
        | Expression::Multiply(left, right)
        | Expression::Divide(left, right) => {
            visit_expression(left, change);
            visit_expression(right, change);
        }
        Expression::UnaryPlus(inner) | Expression::UnaryMinus(inner) | Expression::Not(inner) => {
            visit_expression(inner, change);
        }
        Expression::In(first, rest) => {
            visit_expression(first, change);
            for one in rest {
                visit_expression(one, change);
            }
        }
        Expression::If(condition, then, or) => {
            for one in [condition, then, or] {
                visit_expression(one, change);
            }
        }
        Expression::Coalesce(all) | Expression::FunctionCall(_, all) => {
            for one in all {
                visit_expression(one, change);
            }
        }
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Bound(_) => {}
    }
}

/// Goes down through what only cuts and picks rows to the place where an order belongs: just inside the projection.
fn order_rows(pattern: &mut GraphPattern) {
    match pattern {
        GraphPattern::Slice { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => order_rows(inner),
        GraphPattern::Project { inner, variables } => order_by(inner, variables),
        other => {
            let mut variables = Vec::new();
            other.on_in_scope_variable(|variable| {
                if !variables.contains(variable) {
                    variables.push(variable.clone());
                }
            });
            order_by(other, &variables);
        }
    }
}

/// Equal by value is not the same (1 and 1.0): the last word have the terms as they are written.
fn order_by(pattern: &mut GraphPattern, variables: &[Variable]) {
    let written = |function: Function, variable: &Variable| {
        Expression::FunctionCall(function, vec![Expression::Variable(variable.clone())])
    };
    let by_value = variables.iter().cloned().map(Expression::Variable);
    let by_text = variables.iter().flat_map(|one| {
        [
            written(Function::Str, one),
            written(Function::Datatype, one),
        ]
    });
    let ties = by_value.chain(by_text).map(OrderExpression::Asc);
    if let GraphPattern::OrderBy { expression, .. } = pattern {
        expression.extend(ties);
        return;
    }
    let inner = mem::replace(
        pattern,
        GraphPattern::Bgp {
            patterns: Vec::new(),
        },
    );
    *pattern = GraphPattern::OrderBy {
        inner: Box::new(inner),
        expression: ties.collect(),
    };
}

fn is_cut(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Slice { .. } => true,
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => is_cut(inner),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use spargebra::SparqlParser;

    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let mut query = SparqlParser::new().parse_query(query).unwrap();
        order(&mut query);
        let mut found = query.to_string();
        for name in ["?a", "?b"] {
            let variable = Expression::Variable(Variable::new_unchecked(&name[1..]));
            found = found.replace(&kind(&variable).to_string(), &format!("kind of {name}"));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn an_order_is_added_inside_the_projection() {
        check(
            "SELECT DISTINCT ?b ?a { ?a ?p ?b } LIMIT 3",
            "SELECT DISTINCT ?b ?a WHERE { ?a ?p ?b . } \
             ORDER BY ASC(kind of ?b) ASC(?b) ASC(kind of ?a) ASC(?a) ASC(STR(?b)) ASC(DATATYPE(?b)) ASC(STR(?a)) ASC(DATATYPE(?a)) LIMIT 3",
        );
    }

    #[test]
    fn the_users_order_comes_first() {
        check(
            "SELECT ?a { ?a ?p ?b } ORDER BY DESC(?b)",
            "SELECT ?a WHERE { ?a ?p ?b . } ORDER BY DESC(kind of ?b) DESC(?b) ASC(kind of ?a) ASC(?a) ASC(STR(?a)) ASC(DATATYPE(?a))",
        );
    }

    #[test]
    fn what_needs_no_order_gets_none() {
        for text in [
            "ASK { ?a ?p ?b }",
            "DESCRIBE ?a { ?a ?p ?b }",
            "CONSTRUCT { ?a ?p ?b } { ?a ?p ?b }",
        ] {
            let query = SparqlParser::new().parse_query(text).unwrap();
            let mut ordered = query.clone();
            order(&mut ordered);
            assert_eq!(ordered, query);
        }
    }

    #[test]
    fn services_are_found_in_filters_too() {
        let parse = |text| SparqlParser::new().parse_query(text).unwrap();
        for text in [
            "SELECT * { SERVICE <http://a/> { ?a ?b ?c } }",
            "ASK { ?a ?b ?c FILTER(1 = 2 || !EXISTS { SERVICE <http://a/> { ?a ?b ?c } }) }",
        ] {
            assert!(asks_elsewhere(&parse(text)), "{text}");
        }
        assert!(!asks_elsewhere(&parse(
            "SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } }"
        )));
    }
}
