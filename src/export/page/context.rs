//! The paragraph around a claim's words, and where in it they stand. Offsets are counted in UTF-16, as JavaScript does.

use crate::text::Span;

/// A paragraph of more bytes is cut to the words around the quote.
const LONG: usize = 1_600;
/// So many bytes are then kept on each side.
const AROUND: usize = 500;

/// What is shown around `evidence`: its paragraph, or the part of it that lies near.
pub(super) fn around(text: &str, paragraphs: &[Span], evidence: Span) -> Span {
    let mut whole = evidence;
    for paragraph in paragraphs.iter().filter(|one| one.overlaps(evidence)) {
        whole = whole.cover(*paragraph);
    }
    if whole.len() <= LONG {
        return whole;
    }
    let start = whole.start.max(evidence.start.saturating_sub(AROUND));
    let end = whole.end.min(evidence.end + AROUND);
    Span::new(
        if start == whole.start {
            start
        } else {
            word_start(text, start, evidence.start)
        },
        if end == whole.end {
            end
        } else {
            word_end(text, end, evidence.end)
        },
    )
}

/// The beginning of the first word from `from` on, but no later than `latest`.
fn word_start(text: &str, from: usize, latest: usize) -> usize {
    let from = ceiling(text, from);
    let near = text.get(from..latest).unwrap_or("");
    near.find(char::is_whitespace)
        .map_or(from.min(latest), |at| {
            latest - near[at..].trim_start().len()
        })
}

/// The end of the last word before `from`, but no earlier than `earliest`.
fn word_end(text: &str, from: usize, earliest: usize) -> usize {
    let from = ceiling(text, from);
    let near = text.get(earliest..from).unwrap_or("");
    near.rfind(char::is_whitespace)
        .map_or(from, |at| earliest + near[..at].trim_end().len())
}

/// The first boundary of a character at or after `at`.
fn ceiling(text: &str, at: usize) -> usize {
    (at..=text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

/// Where a part of the text stands within `shown`, in units of UTF-16; `None` if it lies outside.
pub(super) fn place(text: &str, shown: Span, part: Span) -> Option<[usize; 2]> {
    if !shown.contains(part) || part.is_empty() {
        return None;
    }
    let before = text.get(shown.start..part.start)?.encode_utf16().count();
    let inside = text.get(part.start..part.end)?.encode_utf16().count();
    Some([before, before + inside])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(start, start + part.len())
    }

    #[test]
    fn places_are_counted_in_utf_16() {
        let text = "🇳🇴 Støre møtte Stubb.";
        let shown = Span::new(0, text.len());
        assert_eq!(place(text, shown, span(text, "møtte")), Some([11, 16]));
        assert_eq!(place(text, span(text, "Støre"), span(text, "Stubb")), None);
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let text = format!("{} here it is {}", "før ".repeat(900), "etter ".repeat(900));
        let whole = [Span::new(0, text.len())];
        let shown = around(&text, &whole, span(&text, "here it is")).slice(&text);
        assert!(shown.len() < 1_100, "{}", shown.len());
        assert!(
            shown.starts_with("før ") && shown.ends_with(" etter"),
            "{shown}"
        );
        let shown = around(&text, &whole, Span::new(0, 3)).slice(&text);
        assert!(shown.starts_with("før før"));
        let dense = "å".repeat(9_000);
        let shown = around(
            &dense,
            &[Span::new(0, dense.len())],
            Span::new(4_000, 4_010),
        );
        assert!(shown.slice(&dense).len() > 900);
    }

    #[test]
    fn a_quote_over_two_paragraphs_has_both() {
        let text = "One two.\nThree four.\nFive.";
        let paragraphs = [
            span(text, "One two."),
            span(text, "Three four."),
            span(text, "Five."),
        ];
        let shown = around(text, &paragraphs, span(text, "two.\nThree"));
        assert_eq!(shown.slice(text), "One two.\nThree four.");
    }
}
