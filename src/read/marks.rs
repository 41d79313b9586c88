//! What stands in a text but is no part of its sentences: citation marks of encyclopedias (`[29]`, `[note 1]`,
//! `[citation needed]`, by `marks.txt`), and characters without width. They are set aside, so that the language runtime
//! does not see them, and no offset moves.

use std::sync::OnceLock;

use regex::Regex;

use crate::text::Span;

/// Characters that take no room: soft hyphen, zero-width space and its like, marks of direction, byte order mark.
/// The zero-width joiner is not among them: it holds emoji together.
const WITHOUT_WIDTH: &str =
    r"[\u{ad}\u{200b}\u{200c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}\u{2066}-\u{2069}\u{feff}]+";

/// The spans of `text` to be set aside: sorted, not overlapping. Of the white space on both sides of a mark, the one
/// before it goes too.
pub(super) fn find(text: &str) -> Vec<Span> {
    let marks = pattern()
        .find_iter(text)
        .map(|found| Span::new(found.start(), found.end()));
    let marks = marks.filter(|&mark| !is_letter_put_in(text, mark));
    join(marks.map(|mark| with_space_before(text, mark)).collect())
}

/// Sorts spans and joins those that touch.
pub(super) fn join(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// `span`, and the space before it if there is white space behind it too, so that leaving it out leaves one space.
pub(super) fn without_double_space(text: &str, span: Span) -> Span {
    let next = text[span.end..].chars().next();
    let space = text[..span.start].ends_with(' ') && next.is_none_or(char::is_whitespace);
    Span::new(span.start - usize::from(space), span.end)
}

fn pattern() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let marks = include_str!("marks.txt")
            .lines()
            .filter(|line| !line.starts_with("# "));
        let marks: Vec<String> = marks.map(mark_pattern).collect();
        let number = r"[0-9]{1,3}(?:[,–-] ?[0-9]{1,3})*";
        let bracketed = format!(
            r"(?i)(?:\[(?:{number}|[a-z]{{1,2}}|{})\](?::[0-9]+(?:[–-][0-9]+)?)?)",
            marks.join("|")
        );
        // The pattern is made of this file and of `marks.txt`, and a test builds it.
        Regex::new(&format!("(?:{bracketed})+|{WITHOUT_WIDTH}")).expect("the pattern of marks")
    })
}

fn mark_pattern(line: &str) -> String {
    match line.strip_suffix(" #") {
        Some(words) => format!(r"{}[ \u{{a0}}]?[0-9]{{1,3}}", regex::escape(words)),
        None => regex::escape(line),
    }
}

/// Whether a bracketed letter is an editor's (`[t]he`, `he saw [a] man`) and no mark: marks stand right behind a word
/// or a sentence, and no letter follows them.
fn is_letter_put_in(text: &str, mark: Span) -> bool {
    let begins_with_letter =
        |inner: &str| inner.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_letter = mark
        .slice(text)
        .strip_prefix('[')
        .is_some_and(begins_with_letter);
    if !is_letter || mark.len() > "[ab]".len() {
        return false;
    }
    let before = text[..mark.start].chars().next_back();
    let after = text[mark.end..].chars().next();
    before.is_none_or(|before| before.is_whitespace() || "\"'“‘«„(".contains(before))
        || after.is_some_and(char::is_alphanumeric)
}

fn with_space_before(text: &str, mark: Span) -> Span {
    if mark.slice(text).starts_with('[') {
        without_double_space(text, mark)
    } else {
        mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Aligned;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let spans = find(text);
        let whole = Span::new(0, text.len());
        assert_eq!(Aligned::without(text, whole, &spans).text, expected);
        assert!(spans.iter().all(|span| !span.slice(text).is_empty()));
        assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
    }

    #[test]
    fn citation_marks_are_set_aside() {
        check(
            "It fell.[29][30] Calls [31] rose[a].",
            "It fell. Calls rose.",
        );
        check(
            "So it was,[note 1][Citation needed] he said.[12]:34–35",
            "So it was, he said.",
        );
        check("[29][30][31] Calls", " Calls");
        check(
            "Det falt.[trenger referanse] Han gikk.[1, 2]",
            "Det falt. Han gikk.",
        );
    }

    #[test]
    fn an_editors_brackets_stay() {
        for text in [
            "“[T]he end”, he said.",
            "He saw [a] man.",
            "in [2007] they [Hamas] won",
            "[sic]",
            "a[b]c",
            "[a] is the first",
            "[[29]",
        ] {
            let expected = text.replace("[29]", "");
            check(text, &expected);
        }
    }

    #[test]
    fn characters_without_width_are_set_aside() {
        check(
            "Stor\u{ad}tinget\u{200b} vedtok\u{feff}",
            "Stortinget vedtok",
        );
        check("👩\u{200d}🚀", "👩\u{200d}🚀");
    }

    #[test]
    fn spans_are_joined() {
        let spans = vec![
            Span::new(5, 9),
            Span::new(1, 3),
            Span::new(9, 12),
            Span::new(4, 4),
        ];
        assert_eq!(join(spans), [Span::new(1, 3), Span::new(5, 12)]);
    }
}
