//! A user's text as a query: built-in prefixes, and errors that point into the text as the user wrote it.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;
use spargebra::{Query, SparqlParser, SparqlSyntaxError};

use super::{QueryError, error::by_likeness};
use crate::rdf::Prefixes;

/// How many of the things that could stand at a wrong place are named.
const EXPECTED: usize = 8;

/// Parses a query with the built-in prefixes known to it.
pub(super) fn parse(text: &str, prefixes: &Prefixes) -> Result<Query, QueryError> {
    let mut parser = SparqlParser::new();
    for (name, iri) in prefixes.iter() {
        let plain = parser.clone();
        parser = parser.with_prefix(name, iri).unwrap_or(plain);
    }
    parser.parse_query(text).map_err(|error| {
        unknown_prefix(text, prefixes).unwrap_or_else(|| syntax_error(text, &error))
    })
}

/// What matters of SPARQL's words here: comments, IRIs, strings and variables, in which a colon means nothing; prefixes
/// that are declared; prefixes that are used.
static WORDS: LazyLock<Result<Regex, regex::Error>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?s)#[^\n]*|<[^<>"{}|^`\\\s]*>|"""(?:[^"\\]|\\.|"{1,2}[^"])*"""|'''(?:[^'\\]|\\.|'{1,2}[^'])*'''"#,
        r#"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$@_][\w:-]*"#,
        r"|(?i:prefix)\s+(?<declared>[\w.-]*):",
        r"|(?<used>[\p{L}][\w.-]*)?:[^\s]?",
        r"|[\w.-]+",
    ))
});

/// The first prefix that is used without being known, if there is one.
fn unknown_prefix(text: &str, prefixes: &Prefixes) -> Option<QueryError> {
    let words = WORDS.as_ref().ok()?;
    let mut declared = BTreeSet::new();
    for word in words.captures_iter(text) {
        if let Some(name) = word.name("declared") {
            declared.insert(name.as_str());
        }
        let whole = word.get(0)?;
        let used = word.name("used").map_or("", |name| name.as_str());
        let is_use = word.name("used").is_some() || whole.as_str().starts_with(':');
        if is_use && prefixes.get(used).is_none() && !declared.contains(used) {
            let (line, column) = place(text, whole.start());
            let known = by_likeness(used, prefixes.iter().map(|(name, _)| name));
            return Some(QueryError::UnknownPrefix {
                prefix: used.to_owned(),
                line,
                column,
                known: known.iter().map(|(_, name)| format!("{name}:")).collect(),
            });
        }
    }
    None
}

/// The parser tells the place only in words: `error at 1:24: expected one of …`.
fn syntax_error(text: &str, error: &SparqlSyntaxError) -> QueryError {
    let told = error.to_string();
    let parsed = told.strip_prefix("error at ").and_then(|rest| {
        let (place, message) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, message))
    });
    let (line, column, message) = parsed.unwrap_or((1, 1, told.as_str()));
    let row = text.lines().nth(line - 1).unwrap_or("");
    let found = row.chars().skip(column - 1).collect::<String>();
    let found = found.split_whitespace().next();
    let found = found.map_or_else(
        || "the query ends too early".to_owned(),
        |word| format!("'{}' cannot stand here", crate::text::printable(word)),
    );
    QueryError::Syntax {
        line,
        column,
        message: format!("{found}; {}", shortened(message)),
        excerpt: format!("  {}\n  {:>column$}", crate::text::printable(row), "^"),
    }
}

/// `expected one of "a", "b", …` with so many alternatives only as help a reader.
fn shortened(message: &str) -> String {
    let Some(list) = message.strip_prefix("expected one of ") else {
        return message.to_owned();
    };
    let mut alternatives: Vec<&str> = list
        .split(", ")
        .filter(|one| *one != "['a' ..= 'z']")
        .collect();
    alternatives.sort_by_key(|one| one.starts_with('['));
    let more = if alternatives.len() > EXPECTED {
        ", …"
    } else {
        ""
    };
    alternatives.truncate(EXPECTED);
    format!("expected one of {}{more}", alternatives.join(", "))
}

/// Line and column of a byte, both from 1, the column in characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Base;

    fn error(text: &str) -> String {
        parse(text, &Prefixes::new(&Base::default()))
            .unwrap_err()
            .to_string()
    }

    #[track_caller]
    fn check_prefix(text: &str, expected: &str) {
        let told = error(text);
        assert!(told.starts_with(expected), "{told}");
    }

    #[test]
    fn built_in_prefixes_need_no_declaration() {
        let prefixes = Prefixes::new(&Base::default());
        for text in [
            "SELECT ?a { ?a a kilde:Person ; skos:exactMatch wd:Q1 }",
            "ASK { ent:hamas kilde:leads ent:fatah . doc:x oa:exact 'b' }",
            "PREFIX kilde: <https://example.org/> SELECT ?a { ?a kilde:b org:c }",
        ] {
            assert!(parse(text, &prefixes).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_unknown_prefix_is_named_with_its_place_and_the_nearest() {
        check_prefix(
            "SELECT ?a\n{ ?a kilda:leads ?b }",
            "query, line 2, column 6: unknown prefix 'kilda:'; known are kilde:, ",
        );
        check_prefix(
            "SELECT ?å { ?å :leads ?b }",
            "query, line 1, column 16: unknown prefix ':'",
        );
    }

    #[test]
    fn colons_elsewhere_are_no_prefixes() {
        check_prefix(
            "# x:y\nSELECT ?a { ?a rdfs:label 'y:z', \"u:v\"@en, <w:x>, '''m:n''' ; p:q _:r:s }",
            "query, line 2, column 65: unknown prefix 'p:'",
        );
        check_prefix(
            "PREFIX p: <http://p/> SELECT ?a { ?a p:q ?b ; p2:q ?c }",
            "query, line 1, column 47: unknown prefix 'p2:'",
        );
    }

    #[test]
    fn syntax_errors_point_into_the_users_text() {
        assert_eq!(
            error("SELECT ?a\nWHERE { ?å ?b ]"),
            "query, line 2, column 15: ']' cannot stand here; expected one of \"$\", \"(\", \"+\", \"-\", \".\", \"<\", \"?\", \"[\", …\n  \
             WHERE { ?å ?b ]\n                ^"
        );
        assert!(
            error("").starts_with("query, line 1, column 1: the query ends too early; expected")
        );
        assert!(error("SELECT * { ?a ?b ?c").contains("column 20: the query ends too early"));
    }
}
