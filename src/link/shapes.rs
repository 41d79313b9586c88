//! What the shape of words tells about names: where a recognised name really begins and ends, its short forms.

use std::ops::Range;

use super::{
    Reader,
    words::{Words, holds, is_genitive_ending},
};
use crate::{
    grammar::{Paragraph, Pos},
    text::fold_name,
};

/// Takes titles, articles, possessive endings and punctuation off a recognised name. A regnal title stays with a
/// single name ("King Harald"). Empty if nothing is left.
pub(super) fn trim(reader: &Reader, at: usize, mut range: Range<usize>) -> Range<usize> {
    let paragraph = &reader.paragraphs[at];
    let names = &reader.words.names;
    range.end = range.end.min(paragraph.words.len());
    while range.start < range.end {
        let word = &paragraph.words[range.start];
        let lower = word.text.to_lowercase();
        let left = range.len();
        let title = (1..=2.min(left.saturating_sub(1))).rev().find(|&count| {
            let words: Vec<String> = (0..count)
                .map(|offset| reader.lower(at, range.start + offset))
                .collect();
            let words = words.join(" ");
            holds(&names.titles, &words) || left > 2 && holds(&names.regnal, &words)
        });
        // "Den nordiske motstandsbevegelsen": without its article nothing shows the name.
        let only_capital = capital(&word.text)
            && holds(&names.articles, &lower)
            && !(range.start + 1..range.end).any(|at| capital(&paragraph.words[at].text));
        // "General Confederation of Workers": an adjective that may be a title as well.
        let title = title.filter(|&count| {
            let rest = paragraph.span(range.start + count..range.end);
            let rest = rest.slice(&reader.article.text);
            reader.words.norwegian() || reader.words.kind_of_name(rest).is_none()
        });
        // "Opposisjonspartiet Ny Dag" at the start of a sentence: the noun is no part of the name.
        let noun = reader.words.norwegian()
            && word.pos == Pos::Noun
            && range.start == paragraph.sentence_of(range.start).start
            && left > 1
            && capital(&paragraph.words[range.start + 1].text)
            && reader.words.kind_of_name(&word.text).is_some();
        if let Some(count) = title {
            range.start += count;
        } else if noun {
            range.start += 1;
        } else if only_capital && left > 1 {
            break;
        } else if matches!(word.pos, Pos::Punct | Pos::Det | Pos::Adp) && !capital(&word.text)
            || holds(&names.articles, &lower) && left > 1
            || matches!(word.pos, Pos::Punct)
        {
            range.start += 1;
        } else {
            break;
        }
    }
    while range.start < range.end {
        let word = &paragraph.words[range.end - 1];
        let possessive = is_genitive_ending(&word.text);
        // "Sp. Den": the point of a short name ends the sentence.
        let next_sentence = range.len() > 1
            && paragraph.words[range.end - 2].text.ends_with('.')
            && holds(&names.articles, &word.text.to_lowercase());
        if possessive
            || next_sentence
            || word.pos == Pos::Punct && !word.text.chars().any(char::is_alphanumeric)
        {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}

/// Runs of capitalised proper nouns, with particles between, at least two words long, that no recogniser marked.
pub(super) fn runs(paragraph: &Paragraph, words: &Words) -> Vec<Range<usize>> {
    let proper = |at: usize| {
        let word = &paragraph.words[at];
        let marked = paragraph.names.iter().any(|name| {
            let other = matches!(&*name.label, "DATE" | "TIME" | "LANGUAGE" | "MONEY");
            name.words.contains(&at) && (other || name.label == "NORP" && name.words.len() == 1)
        });
        // A Norwegian noun with a capital inside a sentence is a name, if it tells of what.
        let noun = || {
            words.norwegian()
                && word.pos == Pos::Noun
                && at > paragraph.sentence_of(at).start
                && words.kind_of_name(&word.text).is_some()
        };
        // "al-Noor", whatever the parser takes it for.
        let joined = || {
            let article = word.text.split_once('-').map(|(first, _)| first);
            article.is_some_and(|first| holds(&words.names.particles, first))
        };
        (word.pos == Pos::Propn || noun() || joined()) && capital(&word.text) && !marked
    };
    // "People's Army", "Workers' Party": the genitive belongs to the name.
    let collective = |at: usize| {
        holds(
            &words.names.collective,
            &paragraph.words[at - 1].text.to_lowercase(),
        ) && is_genitive_ending(&paragraph.words[at].text)
            && at + 1 < paragraph.words.len()
            && proper(at + 1)
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < paragraph.words.len() {
        if !proper(at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while end < paragraph.words.len() {
            let particle = holds(&words.names.particles, &paragraph.words[end].text)
                && end + 1 < paragraph.words.len()
                && proper(end + 1);
            if proper(end) || particle || collective(end) {
                end += 1;
            } else {
                break;
            }
        }
        // In Norwegian a single word may tell what it is ("Fellesforbundet"), or the small noun behind it ("Oslo tingrett");
        // in English only a party is told so ("the Moderates"). And a name follows a title ("forsvarsminister Katz").
        let first = &paragraph.words[start];
        let inside = start > paragraph.sentence_of(start).start;
        let told = words.kind_of_name(&first.text);
        let title = || {
            let before = &paragraph.words[start - 1];
            before.pos == Pos::Noun && holds(&words.names.titles, &before.text.to_lowercase())
        };
        // "The rights group X".
        let introduced = || {
            let before = &paragraph.words[start - 1];
            let kind = words.kind_of_name(&before.text);
            let organised = matches!(
                kind,
                Some("Organization" | "PoliticalParty" | "ArmedGroup" | "MediaOrganization")
            );
            before.pos == Pos::Noun && organised
        };
        let telling = || {
            words.norwegian() && told.is_some()
                || inside && told == Some("PoliticalParty")
                || inside && first.pos == Pos::Propn && (title() || introduced())
        };
        end = words.tail_end(paragraph, end);
        if end - start > 1 || telling() {
            runs.push(start..end);
        }
        at = end;
    }
    runs
}

/// Folded short forms of a person's name: what follows each of its words, so surnames with and without particles.
/// The first word comes last, for names that start with the family name; a reader prefers the others.
pub(super) fn short_forms(name: &str, words: &Words) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let mut forms = Vec::new();
    for start in 1..parts.len() {
        let particle = |part: &str| holds(&words.names.particles, &part.to_lowercase());
        // "Der Leyen" without "von" is no name; the last word alone may be.
        // "DAB" is no surname.
        let letters = is_acronym(parts[start]) && !is_acronym(parts[0]);
        if !letters && (start + 1 == parts.len() || !particle(parts[start - 1])) {
            forms.push(fold_name(&parts[start..].join(" ")));
        }
        // "Burhan" for "al-Burhan".
        if let Some((particle, rest)) = parts[start].split_once('-')
            && start + 1 == parts.len()
            && holds(&words.names.particles, &particle.to_lowercase())
        {
            forms.push(fold_name(rest));
        }
    }
    if let [first, .., last] = parts[..]
        && parts.len() > 1
        && !holds(&words.names.regnal, &first.to_lowercase())
    {
        // "J. Holm", and "John Holm" for "John Ray Holm".
        if let Some(letter) = first.chars().next() {
            forms.push(fold_name(&format!("{letter}. {last}")));
        }
        if parts.len() > 2
            && !holds(
                &words.names.particles,
                &parts[parts.len() - 2].to_lowercase(),
            )
        {
            forms.push(fold_name(&format!("{first} {last}")));
        }
    }
    if parts.len() > 1
        && !words
            .names
            .regnal
            .iter()
            .any(|title| *title == parts[0].to_lowercase())
    {
        forms.push(fold_name(parts[0]));
    }
    forms.retain(|form| form.chars().count() > 1);
    forms
}

/// The capitals that stand for a name of several words ("Green Valley Party" -> "GVP").
pub(super) fn initials(name: &str) -> String {
    let words = name.split([' ', '-']).filter(|word| capital(word));
    words.filter_map(|word| word.chars().next()).collect()
}

/// Whether a word is written as an acronym.
pub(super) fn is_acronym(word: &str) -> bool {
    let count = word.chars().filter(|one| one.is_uppercase()).count();
    count >= 2
        && word
            .chars()
            .all(|one| one.is_uppercase() || one.is_numeric() || "&.-".contains(one))
}

/// Whether a word begins with a capital, also behind an article that is written with it ("al-Masri").
pub(super) fn capital(word: &str) -> bool {
    let first = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    first(word)
        || word
            .split_once(['-', '\'', '\u{2019}'])
            .is_some_and(|(head, rest)| head.len() <= 3 && first(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        assert_eq!(short_forms(name, Words::of(Lang::En)), expected);
    }

    #[test]
    fn short_forms_are_surnames_then_the_first_name() {
        check("Anna Holm", &["holm", "a. holm", "anna"]);
        check(
            "Anna Ray Holm",
            &["ray holm", "holm", "a. holm", "anna holm", "anna"],
        );
        check(
            "Rita van der Berg",
            &["van der berg", "berg", "r. berg", "rita"],
        );
        check("Omar al-Fasi", &["al-fasi", "fasi", "o. al-fasi", "omar"]);
        check("King Olav", &["olav"]);
    }

    #[test]
    fn initials_are_capitals() {
        assert_eq!(initials("Union of Free Clubs"), "UFC");
        assert!(is_acronym("GVP") && !is_acronym("Gvp") && !is_acronym("A"));
    }
}
