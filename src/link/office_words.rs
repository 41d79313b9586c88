//! The word list of offices, `ontology/words/offices.toml`: what texts and the gazetteer call them, in both languages.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

/// The offices of both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeWords {
    pub(super) before: BeforeOffice,
    office: Vec<Office>,
    #[serde(skip)]
    forms: [BTreeMap<String, usize>; 2],
    #[serde(skip)]
    last_words: [BTreeSet<String>; 2],
}

/// Words that make an office another one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BeforeOffice {
    pub(super) deputy: Vec<String>,
    pub(super) former: Vec<String>,
}

/// One office: what texts call it, and what the gazetteer calls it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub(super) slug: String,
    /// Whether it may stand for any office that heads its owner.
    #[serde(default)]
    pub(super) general: bool,
    /// Whether its holder heads its owner.
    #[serde(default)]
    pub(super) head: bool,
    #[serde(default)]
    pub(super) titles: Vec<String>,
    en: Vec<String>,
    nb: Vec<String>,
}

impl OfficeWords {
    pub(super) fn get() -> &'static Self {
        static OFFICES: OnceLock<OfficeWords> = OnceLock::new();
        OFFICES.get_or_init(|| {
            Self::read(include_str!("../../ontology/words/offices.toml"))
                .expect("a test reads the compiled list")
        })
    }

    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let mut read: Self = toml::from_str(text)?;
        for (at, office) in read.office.iter().enumerate() {
            for (lang, forms) in [&office.en, &office.nb].into_iter().enumerate() {
                for form in forms {
                    read.forms[lang].insert(form.clone(), at);
                    let last = form.rsplit([' ', '-']).next().unwrap_or(form);
                    read.last_words[lang].insert(last.to_owned());
                }
            }
        }
        Ok(read)
    }

    /// The office that these words (lower case) are.
    pub(super) fn named(&self, words: &str, norwegian: bool) -> Option<&Office> {
        let at = self.forms[usize::from(norwegian)].get(words)?;
        Some(&self.office[*at])
    }

    /// Whether a word (lower case) may be the last one of an office, or of a compound with one.
    pub(super) fn may_end(&self, word: &str, norwegian: bool) -> bool {
        let lasts = &self.last_words[usize::from(norwegian)];
        let word = word.rsplit('-').next().unwrap_or(word);
        lasts.contains(word)
            || norwegian
                && word
                    .strip_suffix('s')
                    .is_some_and(|word| lasts.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_both_languages_are_one_office() {
        let words = OfficeWords::get();
        let slug = |form: &str, norwegian| words.named(form, norwegian).map(|one| &*one.slug);
        assert_eq!(slug("prime minister", false), Some("prime-minister"));
        assert_eq!(slug("statsministeren", true), Some("prime-minister"));
        assert_eq!(slug("statsministeren", false), None);
        assert!(words.may_end("hamas-lederens", true) && !words.may_end("table", false));
    }
}
