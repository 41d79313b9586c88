//! Words in pictures: labels and tooltips from texts of unknown origin, clean and of a readable length.

use std::fmt::Write;

use super::style;
use crate::{
    claim::{Modality, Polarity},
    graph::{Edge, Node, Source},
    text::is_unprintable,
};

/// Quotes in a tooltip.
const QUOTES: usize = 6;
/// Characters of a quote in a tooltip.
const QUOTE: usize = 240;
/// Characters in a line of a node's label, and in all of it.
const LINE: usize = 18;
const LABEL: usize = 60;

/// Who does what to whom, and the words that say so.
pub(super) fn tooltip(edge: &Edge, from: &Node, to: &Node) -> Vec<String> {
    let mut lines = vec![format!(
        "{} {} {}",
        clean(&from.label),
        clean(&style::edge_label(edge)),
        clean(&to.label)
    )];
    lines.extend(edge.sources.iter().take(QUOTES).map(source_line));
    if edge.sources.len() > QUOTES {
        lines.push(format!("… +{}", edge.sources.len() - QUOTES));
    }
    lines
}

/// The same with one quote, for pictures of thousands of edges.
pub(super) fn brief_tooltip(edge: &Edge, from: &Node, to: &Node) -> Vec<String> {
    let mut lines = tooltip(edge, from, to);
    if edge.sources.len() > 1 {
        lines.truncate(2);
        lines.push(format!("… +{}", edge.sources.len() - 1));
    }
    lines
}

/// What lies behind an edge, a claim a line, uncut.
pub(super) fn sources_text(edge: &Edge) -> String {
    let lines: Vec<String> = edge
        .sources
        .iter()
        .map(|source| format!("{} ({})", source.quote, source.document))
        .collect();
    lines.join("\n")
}

fn source_line(source: &Source) -> String {
    let mut line = format!(
        "“{}” ({}",
        cut(&clean(&source.quote), QUOTE),
        clean(&source.document)
    );
    if let Some(date) = source.reported {
        let _ = write!(line, ", {date}");
    }
    if let Some(speaker) = &source.speaker {
        let _ = write!(line, ", {}", clean(speaker));
    }
    line.push(')');
    if source.polarity == Polarity::Negative {
        line.push_str(" [−]");
    }
    let held = match source.modality {
        Modality::Asserted => "",
        Modality::Planned => " [planned]",
        Modality::Possible => " [possible]",
        Modality::Demanded => " [demanded]",
        Modality::Hypothetical => " [hypothetical]",
    };
    line.push_str(held);
    line
}

/// Text of unknown origin on one line: white space and control characters become single spaces, what turns the direction of
/// writing goes, and so does what XML (SVG) cannot hold.
pub(super) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_whitespace() || character.is_control() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            '\u{fffe}' | '\u{ffff}' => line.push('\u{fffd}'),
            _ if is_unprintable(character) => {}
            _ => line.push(character),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A label in lines of a readable length, broken at spaces.
pub(super) fn wrapped(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in cut(&clean(label), LABEL).split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_one_clean_line() {
        assert_eq!(
            clean(" a\n\u{2028}b\u{0}\u{202e}c\u{ffff} حماس "),
            "a b c\u{fffd} حماس"
        );
    }

    #[test]
    fn labels_are_broken_at_spaces_and_cut() {
        assert_eq!(
            wrapped("Popular Front for the Liberation of Palestine"),
            ["Popular Front for", "the Liberation of", "Palestine"]
        );
        assert_eq!(wrapped(&"å".repeat(70)), [format!("{}…", "å".repeat(60))]);
        assert_eq!(wrapped(""), [""]);
    }
}
