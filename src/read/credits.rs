//! Credits of pictures at the end of a caption ("Members of the council in Oslo Photo credit: NTB"): a paragraph of their
//! own, since no sentence runs through them. The words that begin one are in `credits.txt`.

use std::sync::OnceLock;

use regex::Regex;

use crate::text::Span;

/// The paragraph, or the caption and its credit.
pub(super) fn apart(text: &str, paragraph: Span) -> Vec<Span> {
    let Some(credit) = pattern().find(paragraph.slice(text)) else {
        return vec![paragraph];
    };
    let at = paragraph.start + credit.start();
    vec![Span::new(paragraph.start, at), Span::new(at, paragraph.end)]
}

fn pattern() -> &'static Regex {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let lines = include_str!("credits.txt").lines();
        let words: Vec<String> = lines
            .filter(|line| !line.starts_with('#'))
            .map(regex::escape)
            .collect();
        // Who made the picture is told in a few words. The pattern is made of `credits.txt`, and a test builds it.
        Regex::new(&format!(r"\b(?i:{}): ?[^\n:]{{1,80}}$", words.join("|")))
            .expect("the pattern of credits")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = apart(text, Span::new(0, text.len()));
        let found: Vec<&str> = found
            .into_iter()
            .map(|span| span.slice(text).trim())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_credit_is_no_part_of_the_caption() {
        check(
            "Anna Holm in Oslo on Friday. Foto: Ole Lund / NTB",
            &["Anna Holm in Oslo on Friday.", "Foto: Ole Lund / NTB"],
        );
        check(
            "Members of the council Photo Credit: EPA",
            &["Members of the council", "Photo Credit: EPA"],
        );
    }

    #[test]
    fn a_sentence_about_a_photo_is_whole() {
        let text = "The photo shows two men: a guard and a driver.";
        check(text, &[text]);
    }
}
