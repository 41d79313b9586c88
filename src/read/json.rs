//! Articles as JSON: one object, or an array of objects, read one at a time; and what an object says of its article.
//! Each error names its line. After a break in an array nothing more can be told.

use serde_json::{Map, Value};

use super::{
    ReadOptions,
    draft::{Draft, Layout},
    error::{Place, Problem, ReadError},
    fields::{Fields, sort_of},
    mentions,
};
use crate::document::Article;

/// The articles of a JSON text: of one object, or of an array of objects. `id` names the one; with its number, each.
pub(super) struct JsonItems {
    text: String,
    /// How far it is read.
    at: usize,
    /// The line there.
    line: u64,
    number: usize,
    in_array: bool,
    done: bool,
    place: Place,
    id: String,
    options: ReadOptions,
}

impl JsonItems {
    pub(super) fn new(text: String, place: Place, id: String, options: ReadOptions) -> Self {
        let (at, line, number, in_array, done) = (0, 1, 0, false, false);
        Self {
            text,
            at,
            line,
            number,
            in_array,
            done,
            place,
            id,
            options,
        }
    }

    fn next_article(&mut self) -> Result<Option<Article>, ReadError> {
        match self.next_value() {
            Ok(Some((value, line))) => {
                let number = self.number;
                let id = if self.in_array {
                    format!("{}-{number}", self.id)
                } else {
                    self.id.clone()
                };
                article(value, self.place.at_line(line), id, &self.options).map(Some)
            }
            ended => {
                self.done = true;
                ended.map(|_| None)
            }
        }
    }

    /// The next value and the line that it begins on; `None` at the end. After an error nothing more can be read.
    fn next_value(&mut self) -> Result<Option<(Value, u64)>, ReadError> {
        if !self.begins_value()? {
            return Ok(None);
        }
        self.skip_space();
        let (start, line) = (self.at, self.line);
        let mut values =
            serde_json::Deserializer::from_str(&self.text[start..]).into_iter::<Value>();
        let value = values.next().unwrap_or(Ok(Value::Null));
        let read = values.byte_offset();
        let value = value.map_err(|error| {
            let column = self.text[..start]
                .rfind('\n')
                .map_or(start, |at| start - at - 1);
            broken(&error, &self.place.at_line(line), column)
        })?;
        self.advance(read);
        self.number += 1;
        Ok(Some((value, line)))
    }

    /// Whether a value begins here, past brackets and commas; false at the end of all.
    fn begins_value(&mut self) -> Result<bool, ReadError> {
        let is_first = self.number == 0;
        if is_first {
            self.in_array = self.eat('[');
        }
        let is_closed = if self.in_array {
            self.eat(']')
        } else {
            !is_first
        };
        self.skip_space();
        match (is_closed, self.at < self.text.len()) {
            (true, false) => Ok(false),
            (true, true) => Err(self.odd("more text after the end")),
            (false, _) if is_first || self.eat(',') => Ok(true),
            (false, _) => Err(self.odd("expected `,` or `]`")),
        }
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skip_space();
        let is_there = self.text[self.at..].starts_with(sign);
        self.at += if is_there { sign.len_utf8() } else { 0 };
        is_there
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.advance(rest.len() - rest.trim_start().len());
    }

    fn advance(&mut self, bytes: usize) {
        let passed = &self.text[self.at..self.at + bytes];
        self.line += passed
            .bytes()
            .map(|byte| u64::from(byte == b'\n'))
            .sum::<u64>();
        self.at += bytes;
    }

    fn odd(&self, message: &str) -> ReadError {
        let message = message.to_owned();
        self.place
            .at_line(self.line)
            .error(Problem::Json { message })
    }
}

impl Iterator for JsonItems {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            None
        } else {
            self.next_article().transpose()
        }
    }
}

/// The fields of a `NAME.meta.json`.
pub(super) fn metadata(text: &str, place: &Place) -> Result<Fields, ReadError> {
    let value = serde_json::from_str(text).map_err(|error| broken(&error, &place.at_line(1), 0))?;
    Fields::from_json(object(value, place)?, place)
}

/// The article that a JSON object holds; `id` names it if it has none of its own.
pub(super) fn article(
    value: Value,
    place: Place,
    id: String,
    options: &ReadOptions,
) -> Result<Article, ReadError> {
    let mut object = object(value, &place)?;
    let Some(Value::String(text)) = object.remove("text") else {
        return Err(place.error(Problem::NoText));
    };
    let mentions = object.remove("mentions").unwrap_or(Value::Null);
    let mentions = mentions::parse(mentions, &place)?;
    let fields = Fields::from_json(object, &place)?;
    let layout = Layout::Plain;
    Draft {
        place,
        id,
        fields,
        text,
        layout,
        mentions,
    }
    .finish(options)
}

fn object(value: Value, place: &Place) -> Result<Map<String, Value>, ReadError> {
    match value {
        Value::Object(object) => Ok(object),
        other => Err(place.error(Problem::Json {
            message: format!("expected an object in braces, found {}", sort_of(&other)),
        })),
    }
}

/// The parser's error; `place` is where the parsed text begins, `column` what stands before it on its first line.
pub(super) fn broken(error: &serde_json::Error, place: &Place, column: usize) -> ReadError {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("").to_owned();
    let line = (error.line() as u64).max(1);
    let before = if line == 1 { column } else { 0 };
    let mut place = place.at_line(place.line.unwrap_or(1) + line - 1);
    place.column = Some((error.column() + before) as u64);
    place.error(Problem::Json { message })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn shown(read: Result<Article, ReadError>) -> String {
        match read {
            Ok(article) => format!("{}: {}", article.id, article.text),
            Err(error) => error.to_string(),
        }
    }

    fn options() -> ReadOptions {
        ReadOptions {
            lang: Some(crate::document::Lang::En),
            max_bytes: 60,
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let place = Place::of(Path::new("a.json"));
        let items = JsonItems::new(text.into(), place, "a".into(), options());
        assert_eq!(items.map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn deep_json_is_refused() {
        let deep = "[".repeat(50);
        assert!(
            JsonItems::new(
                deep.repeat(2000),
                Place::of(Path::new("a")),
                "a".into(),
                options()
            )
            .all(|read| read.is_err())
        );
    }

    #[test]
    fn objects_and_arrays_are_read() {
        check(" {\"text\": \"One.\"} ", &["a: One."]);
        check(
            "[ {\"text\": \"One.\"},\n{\"text\": \"Two.\", \"id\": 5} ] ",
            &["a-1: One.", "5: Two."],
        );
        check("[]", &[]);
    }

    #[test]
    fn broken_json_is_reported_where_it_breaks() {
        check(
            "[{\"text\": \"One.\"},\n\n {\"text\" \"Two.\"}]",
            &[
                "a-1: One.",
                "a.json:3:10: broken JSON: expected `:`; mend it there",
            ],
        );
        check(
            "[{\"text\": \"One.\"}\n;",
            &[
                "a-1: One.",
                "a.json:2: broken JSON: expected `,` or `]`; mend it there",
            ],
        );
        check(
            "{\"text\": \"One.\"} x",
            &[
                "a: One.",
                "a.json:1: broken JSON: more text after the end; mend it there",
            ],
        );
        check(
            "{\"text\":\n",
            &["a.json:2:0: broken JSON: EOF while parsing a value; mend it there"],
        );
        check(
            "[\n7]",
            &["a.json:2: broken JSON: expected an object in braces, found a number; mend it there"],
        );
    }
}
