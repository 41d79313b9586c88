//! A user's text as a query: built-in prefixes, and errors that point into the text as the user wrote it.

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;
use spargebra::{Query, SparqlParser, SparqlSyntaxError};

use super::{QueryError, error::by_likeness};
use crate::{rdf::Prefixes, text::printable};

/// More spaces than any keyword of SPARQL has letters.
const APART: usize = 40;

/// Parses a query with the built-in prefixes known to it.
pub(super) fn parse(text: &str, prefixes: &Prefixes) -> Result<Query, QueryError> {
    let mut parser = SparqlParser::new();
    for (name, iri) in prefixes.iter() {
        let plain = parser.clone();
        parser = parser.with_prefix(name, iri).unwrap_or(plain);
    }
    let again = parser.clone();
    parser.parse_query(text).map_err(|error| {
        unknown_prefix(text, prefixes).unwrap_or_else(|| syntax_error(text, again, error))
    })
}

/// What matters of SPARQL's words here: comments, IRIs, strings and variables, in which a colon means nothing; prefixes
/// that are declared; prefixes that are used.
static WORDS: LazyLock<Result<Regex, regex::Error>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?s)#[^\n]*|<[^<>"{}|^`\\\s]*>|"""(?:[^"\\]|\\.|"{1,2}[^"])*"""|'''(?:[^'\\]|\\.|'{1,2}[^'])*'''"#,
        r#"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$@_][\w:-]*"#,
        r"|(?i:prefix)\s+(?<declared>[\w.-]*):",
        r"|(?<used>[\p{L}][\w.-]*)?:(?:[\w.:%-]|\\.)*",
        r"|[\w.+-]+|[^\s]",
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

/// What is wrong and where. The parser tells how far it looked, which is up to the length of a keyword beyond the word that
/// it could not take. So it is asked again with the words far apart: then the place it tells lies in that word or in the
/// spaces behind it.
fn syntax_error(text: &str, parser: SparqlParser, error: SparqlSyntaxError) -> QueryError {
    let (apart, starts) = apart(text);
    let error = parser
        .parse_query(&apart)
        .err()
        .unwrap_or(error)
        .to_string();
    let (at, reason) = looked_at(&apart, &error);
    let word = starts.iter().rev().find(|(_, there)| *there <= at);
    let open = unended_string(text);
    let start = open.unwrap_or_else(|| word.map_or(0, |(here, _)| *here));
    let (line, column) = place(text, start);
    let row = text.lines().nth(line - 1).unwrap_or("");
    let found = text[start..].split_whitespace().next();
    let message = match (reason, found) {
        _ if open.is_some() => "the string that begins here does not end".to_owned(),
        (Some(reason), _) => reason,
        (None, Some(word)) => format!("'{}' cannot stand here", printable(word)),
        (None, None) => "the query ends too early".to_owned(),
    };
    QueryError::Syntax {
        line,
        column,
        message,
        excerpt: format!("  {}\n  {:>column$}", printable(row), "^"),
    }
}

/// Where a string begins that does not end.
fn unended_string(text: &str) -> Option<usize> {
    let words = WORDS.as_ref().ok()?;
    let quote = |word: &regex::Match<'_>| matches!(word.as_str(), "'" | "\"");
    words.find_iter(text).find(quote).map(|word| word.start())
}

/// The query with its words far apart on one line (save for line breaks in strings), and where each word starts in the
/// query and there. The last is the end.
fn apart(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut apart, mut starts) = (String::new(), Vec::new());
    let words = WORDS.as_ref().ok();
    let mut end = 0;
    for word in words.into_iter().flat_map(|words| words.find_iter(text)) {
        let (start, word) = (word.start(), word.as_str());
        // Whether words touch means something: a prefix and its name, a string and its language.
        let touches = start == end && !word.starts_with(PUNCTUATION);
        let touches = touches && !text[..end].ends_with(PUNCTUATION);
        end = start + word.len();
        if word.starts_with('#') {
            continue;
        }
        if !touches {
            apart.push_str(&" ".repeat(APART));
            starts.push((start, apart.len()));
        }
        apart.push_str(word);
    }
    starts.push((text.len(), apart.len() + 1));
    apart.push_str(&" ".repeat(APART));
    (apart, starts)
}

/// What always stands for itself outside of strings and names.
const PUNCTUATION: [char; 8] = ['{', '}', '(', ')', '[', ']', ',', ';'];

/// The byte that `error at 1:24: expected …` is about, and the reason if the parser gives one in words.
fn looked_at(text: &str, error: &str) -> (usize, Option<String>) {
    let parsed = error.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected))
    });
    let Some((line, column, expected)): Option<(usize, usize, &str)> = parsed else {
        return (0, Some(error.to_owned()));
    };
    let before: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let row = text.get(before..).unwrap_or("");
    let within = row
        .char_indices()
        .nth(column - 1)
        .map_or(row.len(), |(at, _)| at);
    let expected = expected
        .trim_start_matches("expected ")
        .trim_start_matches("one of ");
    let is_reason = |one: &&str| {
        one.contains(' ') && one.starts_with(char::is_uppercase) && !one.contains("not found")
    };
    let reason = expected.split(", ").find(is_reason).map(str::to_owned);
    (before + within, reason)
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
            "query, line 2, column 63: unknown prefix 'p:'",
        );
        check_prefix(
            "PREFIX p: <http://p/> SELECT ?a { ?a p:q ?b ; p2:q ?c }",
            "query, line 1, column 47: unknown prefix 'p2:'",
        );
    }

    #[track_caller]
    fn check_syntax(text: &str, expected: &str) {
        assert_eq!(error(text).lines().next(), Some(expected));
    }

    #[test]
    fn syntax_errors_point_into_the_users_text() {
        assert_eq!(
            error("SELECT ?a # all\nWHERE { ?å ?b ]"),
            "query, line 2, column 15: ']' cannot stand here\n  WHERE { ?å ?b ]\n                ^"
        );
        check_syntax("", "query, line 1, column 1: the query ends too early");
        check_syntax(
            "SELECT * { ?a ?b ?c",
            "query, line 1, column 20: the query ends too early",
        );
        check_syntax(
            "CHOOSE ?a { ?a ?b ?c }",
            "query, line 1, column 1: 'CHOOSE' cannot stand here",
        );
        check_syntax(
            "SELECT ?a FORM <x> { ?a ?b ?c }",
            "query, line 1, column 11: 'FORM' cannot stand here",
        );
        check_syntax(
            "SELECT ?a {\n  ?a ?b 'ø{'@nb\n  FILTR(?a > 3)\n}",
            "query, line 3, column 3: 'FILTR(?a' cannot stand here",
        );
        check_syntax(
            "SELECT ?a{?a ?b ?c}ORDR BY ?a",
            "query, line 1, column 20: 'ORDR' cannot stand here",
        );
        check_syntax(
            "SELECT ?a { ?a kilde:x 'abc }",
            "query, line 1, column 24: the string that begins here does not end",
        );
        check_syntax(
            "SELECT ?a { ?a ?b ?c } LIMIT x",
            "query, line 1, column 30: 'x' cannot stand here",
        );
        check_syntax(
            "DROP ALL",
            "query, line 1, column 1: 'DROP' cannot stand here",
        );
    }

    #[test]
    fn what_is_written_well_and_makes_no_sense_is_said_in_words() {
        let told = error("SELECT ?x (COUNT(?a) AS ?n) { ?a ?b ?c }");
        assert!(
            told.contains("The SELECT contains a variable that is unbound"),
            "{told}"
        );
        let told = error("SELECT ?a { ?a ?b <c> }");
        assert!(told.contains("IRI parsing failed"), "{told}");
    }
}
