//! Files of named queries: the header of comments, checked against the query below it.

use std::path::Path;

use super::{
    NamedQuery, Parameter, QueryError,
    named::{KINDS, for_each_place},
    parse::parse,
};
use crate::{rdf::Prefixes, store::Base};

/// Reads and checks a file.
pub(super) fn read(file: &Path, text: String) -> Result<NamedQuery, QueryError> {
    let wrong = |line: usize, message: String| QueryError::QueryFile {
        file: file.to_owned(),
        line,
        message,
    };
    let name = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut query = NamedQuery {
        name,
        title: String::new(),
        description: String::new(),
        parameters: Vec::new(),
        text: String::new(),
    };
    let mut places = Vec::new();
    let mut parsed = parse(&text, &Prefixes::new(&Base::default())).map_err(|error| {
        let line = match &error {
            QueryError::Syntax { line, .. } | QueryError::UnknownPrefix { line, .. } => *line,
            _ => 1,
        };
        wrong(line, error.to_string())
    })?;
    for_each_place(&mut parsed, |name, _| places.push(name.to_owned()));
    for (index, line) in text
        .lines()
        .enumerate()
        .take_while(|(_, line)| line.starts_with('#'))
    {
        let Some((key, value)) = line.trim_start_matches(['#', ' ']).split_once(':') else {
            continue;
        };
        match key {
            "title" => value.trim().clone_into(&mut query.title),
            "description" => value.trim().clone_into(&mut query.description),
            "parameter" => {
                let parameter =
                    read_parameter(value).map_err(|message| wrong(index + 1, message))?;
                if !places.contains(&parameter.name) {
                    let name = &parameter.name;
                    return Err(wrong(
                        index + 1,
                        format!("the query has no place for {name}: VALUES ?{name} {{ UNDEF }}"),
                    ));
                }
                query.parameters.push(parameter);
            }
            _ => {}
        }
    }
    if query.title.is_empty() {
        return Err(wrong(1, "the query has no title: # title: …".to_owned()));
    }
    check_hints(&query, &text).map_err(|(line, message)| wrong(line, message))?;
    query.text = text;
    Ok(query)
}

/// The text with the hints of those parameters that are given; lines stay where they are.
pub(super) fn with_hints(text: &str, is_given: impl Fn(&str) -> bool) -> String {
    let line = |line| match hint(line) {
        Some((name, pattern)) if is_given(name) => pattern,
        _ => line,
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// `# given NAME: PATTERN`.
fn hint(line: &str) -> Option<(&str, &str)> {
    let (name, pattern) = line
        .trim_start()
        .strip_prefix("# given ")?
        .split_once(':')?;
    Some((name.trim(), pattern))
}

/// Whether each hint is for a parameter and can stand where it stands.
fn check_hints(query: &NamedQuery, text: &str) -> Result<(), (usize, String)> {
    for (index, line) in text.lines().enumerate() {
        let Some((name, _)) = hint(line) else {
            continue;
        };
        if !query.parameters.iter().any(|one| one.name == name) {
            return Err((index + 1, format!("'{name}' is no parameter")));
        }
        let given = with_hints(text, |given| given == name);
        parse(&given, &Prefixes::new(&Base::default()))
            .map_err(|error| (index + 1, error.to_string()))?;
    }
    Ok(())
}

/// `NAME KIND [?|=DEFAULT] DESCRIPTION`.
fn read_parameter(text: &str) -> Result<Parameter, String> {
    let mut words = text.split_whitespace().peekable();
    let (Some(name), Some(kind)) = (words.next(), words.next()) else {
        return Err(
            "a parameter has a name and a kind: # parameter: actor entity who is meant".to_owned(),
        );
    };
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == kind) else {
        let kinds = KINDS.map(|(known, _)| known).join(", ");
        return Err(format!(
            "'{kind}' is no kind of parameter; kinds are {kinds}"
        ));
    };
    let mark = words.next_if(|word| *word == "?" || word.starts_with('='));
    Ok(Parameter {
        name: name.to_owned(),
        kind: *kind,
        required: mark.is_none(),
        default: mark
            .and_then(|mark| mark.strip_prefix('='))
            .map(str::to_owned),
        description: words.collect::<Vec<_>>().join(" "),
    })
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
        super::read(Path::new("queries/who.rq"), text.to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_header_is_read() {
        let query = read(FILE).unwrap();
        assert_eq!(
            (&*query.name, &*query.title, &*query.description),
            ("who", "Who", "Who is it?")
        );
        let told: Vec<String> = query
            .parameters
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {:?} {}",
                    one.name, one.kind, one.required, one.default, one.description
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "actor entity true None who is meant",
                "since date false None not before",
                "least integer false Some(\"2\") how many",
            ]
        );
    }

    #[test]
    fn what_is_given_joins_the_query() {
        let file = FILE.replace("SELECT ?a {", "SELECT ?a {\n  # given since: ?x ?y ?z .\n");
        assert!(read(&file).is_ok());
        let given = |name: &str| with_hints("a\n  # given since: b\nc", |one| one == name);
        assert_eq!(
            (&*given("since"), &*given("least")),
            ("a\n b\nc", "a\n  # given since: b\nc")
        );
    }

    #[track_caller]
    fn check_wrong(from: &str, to: &str, expected: &str) {
        let told = read(&FILE.replace(from, to)).unwrap_err();
        assert!(told.starts_with(expected), "{told}");
    }

    #[test]
    fn faulty_files_are_refused_with_the_line() {
        check_wrong(
            "?least { UNDEF }",
            "?least { 3 }",
            "queries/who.rq:5: the query has no place for least",
        );
        check_wrong(
            "integer",
            "number",
            "queries/who.rq:5: 'number' is no kind of parameter; kinds are entity,",
        );
        check_wrong(
            "since date ? not before",
            "since",
            "queries/who.rq:4: a parameter has a name and a kind",
        );
        check_wrong(
            "# title: Who\n",
            "",
            "queries/who.rq:1: the query has no title",
        );
        check_wrong(
            "SELECT ?a {",
            "SELECT ?a {\n# given who: ?x ?y ?z .\n",
            "queries/who.rq:7: 'who' is no parameter",
        );
        check_wrong(
            "SELECT ?a {",
            "SELECT ?a {\n# given since: ?x ?y .\n",
            "queries/who.rq:7: query, line 7",
        );
        check_wrong(
            "SELECT",
            "CHOOSE",
            "queries/who.rq:6: query, line 6, column 1: 'CHOOSE' cannot stand here",
        );
    }
}
