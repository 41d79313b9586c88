//! Articles as JSON: one object, an array of objects, or JSON Lines. All are read one article at a time, and each error
//! names its line. After a broken line the next one is read; after a break in an array nothing can be told any more.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::{
    ReadOptions, decode,
    draft::{Draft, Layout},
    error::{Place, Problem, ReadError},
    fields::{Fields, sort_of},
    mentions,
};
use crate::document::Article;

/// The articles of JSON Lines, line by line; `id` with the line's number names those that have no id.
pub(super) struct JsonLines<R> {
    reader: R,
    place: Place,
    id: String,
    options: ReadOptions,
    line: u64,
    done: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub(super) fn new(reader: R, place: Place, id: String, options: ReadOptions) -> Self {
        Self {
            reader,
            place,
            id,
            options,
            line: 0,
            done: false,
        }
    }

    /// Reads the next line into `line`; false at the end. A line that is too long is read over.
    fn next_line(&mut self, line: &mut Vec<u8>) -> Result<bool, Problem> {
        self.line += 1;
        let limit = self.options.max_bytes;
        let mut limited = (&mut self.reader).take(limit.saturating_add(1));
        let read = limited
            .read_until(b'\n', line)
            .map_err(|source| Problem::io("read", source));
        let read = read.inspect_err(|_| self.done = true)?;
        if read as u64 > limit && !line.ends_with(b"\n") {
            let skipped = self.reader.skip_until(b'\n');
            self.done = skipped.is_err();
            return Err(Problem::TooLarge { limit });
        }
        Ok(read > 0)
    }

    fn read(&mut self, line: Vec<u8>) -> Result<Option<Article>, ReadError> {
        let place = self.place.at_line(self.line);
        self.refuse_other_formats(&line, &place)?;
        let text = decode::utf8(line, &place).map_err(|(error, _)| error)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Ok(None);
        }
        let value = serde_json::from_str(text).map_err(|error| broken(&error, &place, 0))?;
        article(
            value,
            place,
            format!("{}-{}", self.id, self.line),
            &self.options,
        )
        .map(Some)
    }

    /// Says so once, and not for every line.
    fn refuse_other_formats(&mut self, line: &[u8], place: &Place) -> Result<(), ReadError> {
        if self.line > 1 {
            return Ok(());
        }
        let problem = match decode::binary(line) {
            _ if decode::utf16(line).is_some() => Problem::Utf16,
            Some(what) => Problem::Binary { what },
            None => return Ok(()),
        };
        self.done = true;
        Err(place.error(problem))
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let mut line = Vec::new();
            let read = match self.next_line(&mut line) {
                Ok(false) => return None,
                Ok(true) => self.read(line),
                Err(problem) => Err(self.place.at_line(self.line).error(problem)),
            };
            if let Some(read) = read.transpose() {
                return Some(read);
            }
        }
        None
    }
}

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

fn article(
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
fn broken(error: &serde_json::Error, place: &Place, column: usize) -> ReadError {
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
    fn check_lines(text: impl AsRef<[u8]>, expected: &[&str]) {
        let place = Place::of(Path::new("a.jsonl"));
        let lines = JsonLines::new(text.as_ref(), place, "a".into(), options());
        assert_eq!(lines.map(shown).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check_items(text: &str, expected: &[&str]) {
        let place = Place::of(Path::new("a.json"));
        let items = JsonItems::new(text.into(), place, "a".into(), options());
        assert_eq!(items.map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_are_read_one_by_one() {
        check_lines(
            "\u{feff}{\"text\": \"One.\"}\r\n\n{\"id\": \"x\", \"text\": \"Two.\"}",
            &["a-1: One.", "x: Two."],
        );
        check_lines("", &[]);
        check_lines("\n \n", &[]);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_next() {
        check_lines(
            "{\"text\": \"One.\"}\n{\"text\": oops}\n[1]\n{}\n{\"text\": \"Two.\"}\n",
            &[
                "a-1: One.",
                "a.jsonl:2:10: broken JSON: expected value; mend it there",
                "a.jsonl:3: broken JSON: expected an object in braces, found an array; mend it there",
                "a.jsonl:4: there is no field \"text\" that holds a string; each article needs one",
                "a-5: Two.",
            ],
        );
        let long = format!(
            "{{\"text\": \"{}\"}}\n{{\"text\": \"Two.\"}}",
            "long ".repeat(20)
        );
        check_lines(
            long,
            &[
                "a.jsonl:1: larger than 60 bytes; split it, or allow more bytes for an article",
                "a-2: Two.",
            ],
        );
        check_lines(
            b"{\"text\": \"One.\"}\n{\"text\": \"S\xf8r\"}\n{\"text\": \"Two.\"}",
            &[
                "a-1: One.",
                "a.jsonl:2: the byte 0xf8 at offset 11 is no UTF-8; convert the file, for instance with `iconv -f WINDOWS-1252 -t UTF-8`",
                "a-3: Two.",
            ],
        );
    }

    #[test]
    fn what_is_no_json_lines_is_refused_once() {
        check_lines(
            b"a\0b\nc\nd",
            &["a.jsonl:1: a binary file, not text; turn it into text first, or leave it out"],
        );
        check_lines(
            b"\xff\xfe{\0\n\0",
            &[
                "a.jsonl:1: UTF-16 that cannot be read here; convert the file with `iconv -f UTF-16 -t UTF-8`",
            ],
        );
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
        check_items(" {\"text\": \"One.\"} ", &["a: One."]);
        check_items(
            "[ {\"text\": \"One.\"},\n{\"text\": \"Two.\", \"id\": 5} ] ",
            &["a-1: One.", "5: Two."],
        );
        check_items("[]", &[]);
    }

    #[test]
    fn broken_json_is_reported_where_it_breaks() {
        check_items(
            "[{\"text\": \"One.\"},\n\n {\"text\" \"Two.\"}]",
            &[
                "a-1: One.",
                "a.json:3:10: broken JSON: expected `:`; mend it there",
            ],
        );
        check_items(
            "[{\"text\": \"One.\"}\n;",
            &[
                "a-1: One.",
                "a.json:2: broken JSON: expected `,` or `]`; mend it there",
            ],
        );
        check_items(
            "{\"text\": \"One.\"} x",
            &[
                "a: One.",
                "a.json:1: broken JSON: more text after the end; mend it there",
            ],
        );
        check_items(
            "{\"text\":\n",
            &["a.json:2:0: broken JSON: EOF while parsing a value; mend it there"],
        );
        check_items(
            "[\n7]",
            &["a.json:2: broken JSON: expected an object in braces, found a number; mend it there"],
        );
    }
}
