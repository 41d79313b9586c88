//! Front matter: `field: value` lines between two lines of `---` at the very beginning of a text. It is the simple part
//! of YAML that people write there; indented lines and list items belong to the field above them.

use super::{
    error::{Place, Problem, ReadError},
    fields::Fields,
};

/// More lines than this are no front matter.
const LONGEST: usize = 500;

/// Takes the front matter off: its fields, and how many bytes of `text` it takes up (0 if there is none).
/// An error if it is begun but not closed, or holds a line that is no field.
pub(super) fn split(text: &str, place: &Place) -> Result<(Fields, usize), ReadError> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" || !text[first.len()..].lines().next().is_some_and(opens) {
        return Ok((Fields::default(), 0));
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut taken = first.len();
    for (line, number) in lines.take(LONGEST).zip(2..) {
        taken += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((collect(entries, place), taken));
        }
        add_line(&mut entries, line.trim_end(), number)
            .map_err(|problem| place.at_line(number).error(problem))?;
    }
    let message = "it is begun with --- but not closed; end it with a line of ---".to_owned();
    Err(place.at_line(1).error(Problem::FrontMatter { message }))
}

/// A field in the making.
struct Entry<'a> {
    name: &'a str,
    line: u64,
    value: String,
}

/// Whether a line can be the first of front matter; a text may also begin with a rule of `---`.
fn opens(line: &str) -> bool {
    line.starts_with('#') || line.trim_end() == "---" || field_of(line).is_some()
}

fn field_of(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = |character: char| character.is_alphanumeric() || "_-.@".contains(character);
    let is_field = !name.is_empty()
        && name.chars().all(is_name)
        && (value.is_empty() || value.starts_with(char::is_whitespace));
    is_field.then_some((name, value.trim()))
}

fn add_line<'a>(entries: &mut Vec<Entry<'a>>, line: &'a str, number: u64) -> Result<(), Problem> {
    if line.trim().is_empty() || line.starts_with('#') {
        return Ok(());
    }
    if (line.starts_with([' ', '\t']) || line.starts_with("- "))
        && let Some(entry) = entries.last_mut()
    {
        let gap = if entry.value.is_empty() { "" } else { " " };
        entry.value.push_str(gap);
        entry.value.push_str(line.trim());
        return Ok(());
    }
    let (name, value) = field_of(line).ok_or_else(|| Problem::FrontMatter {
        message:
            "this line is no `field: value`; mend it, or close the front matter above it with ---"
                .into(),
    })?;
    let folded = matches!(value, ">" | "|" | ">-" | "|-");
    let value = if folded {
        String::new()
    } else {
        value.to_owned()
    };
    entries.push(Entry {
        name,
        line: number,
        value,
    });
    Ok(())
}

fn collect(entries: Vec<Entry>, place: &Place) -> Fields {
    let mut fields = Fields::default();
    for entry in entries {
        fields.set(entry.name, &plain(&entry.value), &place.at_line(entry.line));
    }
    fields
}

/// A value without its quotes or its comment; `null` and `~` are nothing.
fn plain(value: &str) -> String {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        match inner {
            Some(inner) if quote == '"' => {
                return inner.replace("\\\"", "\"").replace("\\\\", "\\");
            }
            Some(inner) => return inner.replace("''", "'"),
            None => {}
        }
    }
    let value = value.split(" #").next().unwrap_or("").trim();
    if matches!(value, "null" | "~") {
        String::new()
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn place() -> Place {
        Place::of(Path::new("a.md"))
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)], rest: &str) {
        let (fields, taken) = split(text, &place()).unwrap();
        let read = fields.into_extra();
        let read: Vec<_> = read
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(read, expected);
        assert_eq!(&text[taken..], rest);
    }

    #[track_caller]
    fn check_refused(text: &str, message: &str) {
        let error = split(text, &place()).unwrap_err();
        assert_eq!(error.kind(), "broken-front-matter");
        assert!(error.to_string().starts_with(message), "{error}");
    }

    #[test]
    fn fields_are_read() {
        check(
            "---\nid: x-1\ntitle: \"He said \\\"no\\\": a talk\"\ndate: 2024-05-01 # a day\npublisher: null\nurl:\n---\nText.\n",
            &[
                ("date", "2024-05-01"),
                ("id", "x-1"),
                ("title", "He said \"no\": a talk"),
            ],
            "Text.\n",
        );
        check(
            "---\n# note\n\nlang: nb\n...\nTekst",
            &[("lang", "nb")],
            "Tekst",
        );
        check("---\n---\nText", &[], "Text");
    }

    #[test]
    fn values_may_run_over_lines() {
        check(
            "---\ntitle: >\n  A long\n  title\ntags:\n- a\n- b\n---\n",
            &[("tags", "- a - b"), ("title", "A long title")],
            "",
        );
    }

    #[test]
    fn a_rule_at_the_beginning_is_no_front_matter() {
        check(
            "---\nNothing of the kind\n---\n",
            &[],
            "---\nNothing of the kind\n---\n",
        );
        check("--- a\nid: b\n---\n", &[], "--- a\nid: b\n---\n");
        check("---", &[], "---");
        check("", &[], "");
    }

    #[test]
    fn broken_front_matter_is_refused() {
        check_refused("---\nid: a\nText.", "a.md:3: ");
        check_refused("---\nid: a\n", "a.md:1: broken front matter: it is begun");
        check_refused(
            "---\nid: a\nno field\n---\n",
            "a.md:3: broken front matter: this line",
        );
    }
}
