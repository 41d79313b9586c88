//! Spans, offsets and names: the small vocabulary in which every other module speaks of text.
//! Inside the program a span is a half-open range of bytes into the text as read; outside it is counted in code points.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write};

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A half-open range of bytes into a text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The words it covers; empty if it does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Translates byte offsets to code points and back, for one text.
#[derive(Clone, Debug)]
pub struct CodePoints {
    starts: Vec<usize>,
}

impl CodePoints {
    /// Prepares the translation for `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        Self { starts }
    }

    /// The span in code points, as (start, end).
    #[must_use]
    pub fn of(&self, span: Span) -> (usize, usize) {
        (
            self.starts.partition_point(|&at| at < span.start),
            self.starts.partition_point(|&at| at < span.end),
        )
    }

    /// The span in bytes, if both ends lie in the text.
    #[must_use]
    pub fn bytes(&self, start: usize, end: usize) -> Option<Span> {
        (start <= end).then_some(())?;
        Some(Span::new(*self.starts.get(start)?, *self.starts.get(end)?))
    }
}

/// A stretch of text with some parts left out, which still knows where each byte came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aligned {
    /// The text without the parts that were set aside.
    pub text: String,
    /// (offset in `text`, offset in the original) at the start of each piece that was kept.
    pieces: Vec<(usize, usize)>,
}

impl Aligned {
    /// Keeps `original[span]` but for `set_aside` (sorted, not overlapping).
    #[must_use]
    pub fn without(original: &str, span: Span, set_aside: &[Span]) -> Self {
        let mut kept = Self::default();
        let mut at = span.start;
        for gap in set_aside.iter().filter(|gap| gap.overlaps(span)) {
            kept.keep(original, Span::new(at, gap.start.max(at)));
            at = at.max(gap.end);
        }
        kept.keep(original, Span::new(at, span.end));
        kept
    }

    /// Where a span of the kept text stands in the original. What was set aside inside it is included.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.place(span.start);
            return Span::new(at, at);
        }
        // The end is found from the last byte, so that a span that ends where a gap begins stays short of the gap.
        Span::new(self.place(span.start), self.place(span.end - 1) + 1)
    }

    fn keep(&mut self, original: &str, span: Span) {
        if !span.is_empty() {
            self.pieces.push((self.text.len(), span.start));
            self.text.push_str(span.slice(original));
        }
    }

    fn place(&self, at: usize) -> usize {
        let piece = self
            .pieces
            .partition_point(|&(kept, _)| kept <= at)
            .checked_sub(1);
        piece.map_or(at, |index| {
            self.pieces[index].1 + (at - self.pieces[index].0)
        })
    }
}

/// Folds a name so that spellings that tell nothing apart become equal: compatibility forms, case, accents,
/// apostrophes, dashes and runs of white space. Letters that are letters of their own (æ, ø, å) stay.
#[must_use]
pub fn fold_name(name: &str) -> String {
    // A short way for plain letters: it is called for thousands of names at the start.
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'.' | b'\'');
    if name.bytes().all(plain) && !name.contains("  ") {
        return name.trim().to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(name.len());
    for character in name.nfkc().flat_map(char::to_lowercase) {
        match character {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{02bb}' | '`' => folded.push('\''),
            '\u{2010}'..='\u{2015}' => folded.push('-'),
            'æ' | 'ø' | 'å' => folded.push(character),
            _ if character.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            _ => folded.extend(
                std::iter::once(character)
                    .nfd()
                    .filter(|&part| !is_combining_mark(part)),
            ),
        }
    }
    folded.trim().to_owned()
}

/// The label in a language by its tag (where Nynorsk has none, Bokmål), else the English one.
#[must_use]
pub fn label_in<'a>(labels: &'a BTreeMap<String, String>, lang: &str) -> Option<&'a str> {
    let near = if lang == "nn" { "nb" } else { "en" };
    let mut wanted = [lang, near, "en"].into_iter();
    wanted.find_map(|lang| labels.get(lang)).map(String::as_str)
}

/// The readable part of an IRI for a name: folded, letters and digits of any script kept, all else one hyphen.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in fold_name(name)
        .chars()
        .filter(|&character| character != '\'')
    {
        match character {
            'æ' => slug.push_str("ae"),
            'ø' => slug.push('o'),
            'å' => slug.push('a'),
            _ if character.is_alphanumeric() => slug.push(character),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Text of unknown origin, safe to show on a terminal: control characters, line breaks among them, and those that turn
/// the direction of writing are spelt out (`\n`, `\u{1b}`). Text in any script stays as it is.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if is_unprintable(character) => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    shown.into()
}

/// Whether a character moves the cursor, breaks the line or turns the direction of writing.
#[must_use]
pub fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_the_cursor_is_spelt_out() {
        assert_eq!(printable("Støre møtte حماس 🇳🇴"), "Støre møtte حماس 🇳🇴");
        assert_eq!(
            printable("a\u{1b}[2Jb\nc\u{202e}d\u{85}"),
            "a\\u{1b}[2Jb\\nc\\u{202e}d\\u{85}"
        );
    }

    #[test]
    fn code_points_go_both_ways() {
        let text = "Støre 🇳🇴 møtte";
        let points = CodePoints::new(text);
        let span = Span::new(text.find("møtte").unwrap(), text.len());
        let (start, end) = points.of(span);
        assert_eq!((start, end), (9, 14));
        assert_eq!(points.bytes(start, end), Some(span));
        assert_eq!(points.bytes(3, 99), None);
    }

    #[test]
    fn what_is_set_aside_moves_no_offset() {
        let text = "Hamas[29][30] won.";
        let kept = Aligned::without(
            text,
            Span::new(0, text.len()),
            &[Span::new(5, 9), Span::new(9, 13)],
        );
        assert_eq!(kept.text, "Hamas won.");
        assert_eq!(kept.original(Span::new(0, 5)).slice(text), "Hamas");
        assert_eq!(kept.original(Span::new(6, 9)).slice(text), "won");
    }

    #[track_caller]
    fn check_fold(name: &str, expected: &str) {
        assert_eq!(fold_name(name), expected);
    }

    #[test]
    fn names_fold() {
        check_fold("Erdoğan", "erdogan");
        check_fold("Støre", "støre");
        check_fold("Sa\u{2019}ar  Ben\u{2013}Gvir", "sa'ar ben-gvir");
        check_fold("HAMAS", "hamas");
    }

    #[test]
    fn slugs_are_readable() {
        assert_eq!(slug("Sør-Libanon"), "sor-libanon");
        assert_eq!(slug("The B'Tselem (NGO)"), "the-btselem-ngo");
        assert_eq!(slug("حماس"), "حماس");
        assert_eq!(slug("…"), "");
    }
}
