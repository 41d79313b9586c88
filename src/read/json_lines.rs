//! JSON Lines: an article a line, read as it is asked for. Each error names its line, and after a broken line the next
//! one is read; a line that is too long is read over without being kept.

use std::io::{BufRead, Read};

use super::{
    ReadOptions, decode,
    error::{Place, Problem, ReadError},
    json,
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
        let value = serde_json::from_str(text).map_err(|error| json::broken(&error, &place, 0))?;
        json::article(
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
    fn check(text: impl AsRef<[u8]>, expected: &[&str]) {
        let place = Place::of(Path::new("a.jsonl"));
        let lines = JsonLines::new(text.as_ref(), place, "a".into(), options());
        assert_eq!(lines.map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_are_read_one_by_one() {
        check(
            "\u{feff}{\"text\": \"One.\"}\r\n\n{\"id\": \"x\", \"text\": \"Two.\"}",
            &["a-1: One.", "x: Two."],
        );
        check("", &[]);
        check("\n \n", &[]);
    }

    #[test]
    fn a_bad_line_does_not_stop_the_next() {
        check(
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
        check(
            long,
            &[
                "a.jsonl:1: larger than 60 bytes; split it, or allow more bytes for an article",
                "a-2: Two.",
            ],
        );
        check(
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
        check(
            b"a\0b\nc\nd",
            &["a.jsonl:1: a binary file, not text; turn it into text first, or leave it out"],
        );
        check(
            b"\xff\xfe{\0\n\0",
            &[
                "a.jsonl:1: UTF-16 that cannot be read here; convert the file with `iconv -f UTF-16 -t UTF-8`",
            ],
        );
    }
}
