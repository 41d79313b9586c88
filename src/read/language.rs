//! The language of a text: its letters (lingua's n-gram models) say which it is like, its function words say whether it
//! truly is that, and whether Norwegian is Bokmål or Nynorsk; in doubt it is Bokmål. The detector is built when it is
//! first asked for, so that a run with declared languages does not pay for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};

use crate::document::Lang;

/// How many bytes of a text are looked at; more changes no decision and costs time.
const LOOKED_AT: usize = 3_000;
/// A language is believed where at least this share of the words are its function words.
const SHARE_NEEDED: f64 = 0.12;
/// From this share of English function words on, it is English whatever the letters say (foreign names mislead them).
const SHARE_DECIDES: f64 = 0.30;
/// Letters alone name another language only where they are this sure.
const SURE_FROM: f64 = 0.4;

/// What a text's language seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Detected {
    /// One that Kilde reads.
    Known(Lang),
    /// Another one, by its English name.
    Other(String),
    /// It cannot be told.
    Unsure,
}

/// Detects the language of `text` (best without what is set aside); only its beginning is looked at.
pub(super) fn detect(text: &str) -> Detected {
    let text = beginning(text);
    let counts = Counts::of(text);
    let likely = detector().compute_language_confidence_values(text);
    match likely.first() {
        Some(&(first, confidence)) => decide(first, confidence, &counts),
        None => Detected::Unsure,
    }
}

fn decide(first: Language, confidence: f64, counts: &Counts) -> Detected {
    let english = counts.share(&["en"]);
    let norwegian = counts.share(&["no", "nb", "nn"]);
    let is_nynorsk = counts.of_list("nn") > counts.of_list("nb");
    match first {
        _ if english >= SHARE_DECIDES && english > norwegian => Detected::Known(Lang::En),
        Language::English if english >= SHARE_NEEDED => Detected::Known(Lang::En),
        Language::Bokmal | Language::Nynorsk if norwegian >= SHARE_NEEDED => {
            Detected::Known(if is_nynorsk { Lang::Nn } else { Lang::Nb })
        }
        // Short Nynorsk looks Swedish or Danish by its letters, but has words that neither has.
        Language::Swedish | Language::Danish if is_nynorsk && counts.of_list("nn") >= 2 => {
            Detected::Known(Lang::Nn)
        }
        Language::English | Language::Bokmal | Language::Nynorsk => Detected::Unsure,
        other if confidence >= SURE_FROM => Detected::Other(other.to_string()),
        _ => Detected::Unsure,
    }
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn detector() -> &'static LanguageDetector {
    static DETECTOR: OnceLock<LanguageDetector> = OnceLock::new();
    DETECTOR.get_or_init(|| LanguageDetectorBuilder::from_all_languages().build())
}

/// The lists of `function-words.txt`, by their names.
fn function_words() -> &'static BTreeMap<&'static str, BTreeSet<&'static str>> {
    static WORDS: OnceLock<BTreeMap<&str, BTreeSet<&str>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("function-words.txt").lines();
        lines
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(':'))
            .map(|(list, words)| (list, words.split_whitespace().collect()))
            .collect()
    })
}

/// How many words of a text stand in which list.
struct Counts {
    words: usize,
    by_list: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn of(text: &str) -> Self {
        let lowered = text.to_lowercase();
        let words: Vec<&str> = lowered
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.chars().any(char::is_alphabetic))
            .collect();
        let count =
            |list: &BTreeSet<&str>| words.iter().filter(|word| list.contains(*word)).count();
        let lists = function_words().iter();
        Self {
            words: words.len(),
            by_list: lists.map(|(&name, list)| (name, count(list))).collect(),
        }
    }

    fn of_list(&self, name: &str) -> usize {
        self.by_list.get(name).copied().unwrap_or(0)
    }

    fn share(&self, lists: &[&str]) -> f64 {
        let hits: usize = lists.iter().map(|list| self.of_list(list)).sum();
        hits as f64 / self.words.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Detected) {
        assert_eq!(&detect(text), expected);
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The minister said that talks with the rebels had failed.",
            &Detected::Known(Lang::En),
        );
        check(
            "Statsråden sier at samtalene med opprørerne ikke førte fram.",
            &Detected::Known(Lang::Nb),
        );
        check(
            "Statsråden seier at samtalane med opprørarane ikkje førte fram.",
            &Detected::Known(Lang::Nn),
        );
        check(
            "Ministern säger att samtalen med rebellerna har brutit samman.",
            &Detected::Other("Swedish".into()),
        );
        check(
            "Ministeren siger, at samtalerne med oprørerne er brudt sammen.",
            &Detected::Other("Danish".into()),
        );
        check(
            "قال الوزير إن المحادثات مع المتمردين فشلت",
            &Detected::Other("Arabic".into()),
        );
    }

    #[test]
    fn a_language_without_a_model_is_not_taken_for_one_that_is_read() {
        for text in [
            "Il governo ha deciso di inviare altri soldati al confine dopo l'attacco di stanotte, ha detto il ministro.",
            "Hallitus on päättänyt lähettää lisää sotilaita rajalle viime yön hyökkäyksen jälkeen, kertoo ministeri.",
            "Ríkisstjórnin hefur ákveðið að senda fleiri hermenn að landamærunum eftir árásina í nótt.",
            "Правительство решило отправить больше солдат на границу.",
        ] {
            assert!(!matches!(detect(text), Detected::Known(_)), "{text}");
        }
    }

    #[test]
    fn too_little_tells_nothing() {
        check("", &Detected::Unsure);
        check("2024: 17 %", &Detected::Unsure);
        check("🇳🇴", &Detected::Unsure);
    }

    #[test]
    fn the_word_lists_share_no_word() {
        let lists: Vec<_> = function_words().iter().collect();
        for (at, (name, list)) in lists.iter().enumerate() {
            for (other, words) in &lists[at + 1..] {
                let common: Vec<_> = list.intersection(words).collect();
                assert!(
                    common.is_empty() || *name == &"en",
                    "{name} {other}: {common:?}"
                );
            }
        }
    }
}
