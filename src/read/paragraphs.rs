//! Where the paragraphs of a plain text lie. A line break ends a paragraph, unless the file is hard-wrapped: then its
//! lines are as full as their width allows, and blank lines (or a line that was left short) end paragraphs.

use crate::text::Span;

/// Widths, in characters, to which people and programs wrap.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 50..=100;
/// Fewer wrapped lines than this may be chance.
const WRAPPED_LINES_NEEDED: usize = 3;

/// The paragraphs of `text` in order: without white space at their ends, never empty.
#[must_use]
pub fn find(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut open = false;
    for (index, &line) in lines.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(last) if open && !line.is_empty() => *last = last.cover(line),
            _ if !line.is_empty() => paragraphs.push(line),
            _ => {}
        }
        open = width.is_some_and(|width| runs_on(text, &lines, index, width));
    }
    paragraphs
}

/// The width to which the text is wrapped, if it is.
pub(super) fn hard_wrap(text: &str) -> Option<usize> {
    wrap_width(text, &lines(text))
}

/// `span` without the white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// All lines, without the white space at their ends; blank ones are empty spans.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let ends = text.split_inclusive(['\n', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']);
    ends.map(|line| {
        let span = Span::new(start, start + line.len());
        start = span.end;
        trim(text, span)
    })
    .collect()
}

/// A wrapped line takes the next word only if there is room; so in wrapped text nearly every line that runs on would
/// have burst with the next line's first word, and few of them end a sentence.
fn wrap_width(text: &str, lines: &[Span]) -> Option<usize> {
    let long = lines
        .iter()
        .map(|line| line.slice(text))
        .filter(|line| line.contains(' '));
    let width = long
        .map(characters)
        .max()
        .filter(|width| WRAP_WIDTHS.contains(width))?;
    let inner: Vec<&[Span]> = lines
        .windows(2)
        .filter(|pair| pair.iter().all(|line| !line.is_empty()))
        .collect();
    let full = inner
        .iter()
        .filter(|pair| is_full(text, pair, width))
        .count();
    let ended = inner
        .iter()
        .filter(|pair| ends_sentence(pair[0].slice(text)))
        .count();
    let wrapped = inner.len() >= WRAPPED_LINES_NEEDED
        && full * 4 >= inner.len() * 3
        && ended * 2 <= inner.len();
    wrapped.then_some(width)
}

/// Some wrappers even out their lines, so a little room may be left.
fn is_full(text: &str, pair: &[Span], width: usize) -> bool {
    let next = pair[1].slice(text).split(' ').next().unwrap_or("");
    characters(pair[0].slice(text)) + 1 + characters(next) > width - width / 12
}

/// Whether the paragraph runs on after line `index`: not after a line that was left short, such as a heading.
fn runs_on(text: &str, lines: &[Span], index: usize, width: usize) -> bool {
    let Some(next) = lines.get(index + 1).filter(|next| !next.is_empty()) else {
        return false;
    };
    let first = next.slice(text).split(' ').next().unwrap_or("");
    !lines[index].is_empty()
        && characters(lines[index].slice(text)) + 1 + characters(first) > width * 2 / 3
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')'])
        .ends_with(['.', '!', '?', ':'])
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text)
            .into_iter()
            .map(|span| span.slice(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_break_ends_a_paragraph() {
        check("One.\nTwo.\n\n  Three. \n", &["One.", "Two.", "Three."]);
        check("One\u{2029}Two\u{c}Three", &["One", "Two", "Three"]);
        check(" \n\n\t", &[]);
        check("", &[]);
        check("Én linje", &["Én linje"]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let first = "The council met in the old town hall on Monday, and it\nwas late in the night before the last of the members\nhad spoken. Nobody left before the vote was taken, as\nthe chair had asked.";
        let second = "The vote was close.";
        check(
            &format!("Heading\n{first}\n\n{second}\n"),
            &["Heading", first, second],
        );
    }

    #[test]
    fn short_lines_and_long_lines_are_not_wrapped() {
        let list = "Government falls after a vote in the middle of the night\nFarmers protest\nRain expected in the western parts of the country\nA new bridge";
        check(list, &list.lines().collect::<Vec<_>>());
        let sentences = "The first sentence of the text is rather long, as it is.\nThe second sentence of the text is about as long, too.\nThe third sentence of the text is just as long again.\nThe last.";
        check(sentences, &sentences.lines().collect::<Vec<_>>());
    }
}
