//! What can be said of a word without its context (spaCy's lexeme): its id, norm, prefix, suffix, shape and lower-case form.
//! Norms come from the pipeline's `lexeme_norm` table, then from spaCy's base norms (`data/base_norms.tsv`), else the norm is the
//! lower-case form.

use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::annotation::Label;
use crate::error::LoadError;
use crate::packed::Packed;
use crate::strings::hash_string;
use crate::unicode;

/// A word without its context. The numbers are ids of strings (see [`hash_string`]).
#[derive(Clone, Debug)]
pub struct Lexeme {
    /// The word as it is written.
    pub orth: u64,
    /// Its normalised form.
    pub norm: u64,
    /// Its first character.
    pub prefix: u64,
    /// Its last three characters.
    pub suffix: u64,
    /// Its shape, `"Xxxx"`, `"dd.d"`.
    pub shape: u64,
    /// Its lower-case form.
    pub lower: u64,
    /// Whether it is nothing but white space.
    pub is_space: bool,
    /// The text of `norm`.
    pub norm_text: Label,
    /// The text of `lower`.
    pub lower_text: Label,
}

/// Languages whose norms need a function of their own in spaCy, not a table.
const LANGUAGES_WITH_OWN_NORMS: [&str; 3] = ["hi", "ht", "ne"];

static BASE_NORMS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../data/base_norms.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// Makes lexemes with the norms of one pipeline.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    norms: FxHashMap<u64, Label>,
}

impl Lexicon {
    /// Reads `vocab/lookups.bin` of a pipeline directory; a pipeline without the file has no norms of its own.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged, or if the language's norms are not a table.
    pub fn load(folder: &Path, lang: &str) -> Result<Self, LoadError> {
        let path = folder.join("vocab").join("lookups.bin");
        if LANGUAGES_WITH_OWN_NORMS.contains(&lang) {
            let what = format!("the norms of the language \"{lang}\"");
            let component = "tokenizer".to_owned();
            return Err(LoadError::Unsupported {
                component,
                what,
                path,
            });
        }
        let tables = match Packed::read(&path) {
            Err(LoadError::Missing { .. }) => return Ok(Self::default()),
            tables => tables?,
        };
        let Some(table) = tables.get("lexeme_norm") else {
            return Ok(Self::default());
        };
        let norms = read_norms(table).ok_or_else(|| {
            LoadError::malformed(&path, "lexeme_norm is no map from ids to strings")
        })?;
        Ok(Self { norms })
    }

    /// The lexeme of a word.
    #[must_use]
    pub fn lexeme(&self, word: &str) -> Lexeme {
        let orth = hash_string(word);
        let lower_text: Label = unicode::lower(word).into();
        let norm_text = self.norm(orth, word).unwrap_or_else(|| lower_text.clone());
        Lexeme {
            orth,
            norm: hash_string(&norm_text),
            prefix: hash_string(first_characters(word, 1)),
            suffix: hash_string(last_characters(word, 3)),
            shape: hash_string(&word_shape(word)),
            lower: hash_string(&lower_text),
            is_space: !word.is_empty() && word.chars().all(unicode::is_space),
            norm_text,
            lower_text,
        }
    }

    fn norm(&self, orth: u64, word: &str) -> Option<Label> {
        if let Some(norm) = self.norms.get(&orth) {
            return Some(norm.clone());
        }
        BASE_NORMS.get(word).map(|norm| Label::new(norm))
    }
}

fn read_norms(table: &Packed) -> Option<FxHashMap<u64, Label>> {
    let pair = |(id, norm): &(Packed, Packed)| Some((id.uint()?, Label::new(norm.text()?)));
    table.map()?.iter().map(pair).collect()
}

/// The first `count` characters, or all if there are fewer.
#[must_use]
pub fn first_characters(word: &str, count: usize) -> &str {
    let end = word
        .char_indices()
        .nth(count)
        .map_or(word.len(), |(place, _)| place);
    &word[..end]
}

/// The last `count` characters, or all if there are fewer.
#[must_use]
pub fn last_characters(word: &str, count: usize) -> &str {
    let start = word
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(word.len(), |(place, _)| place);
    &word[start..]
}

/// spaCy's `word_shape`: X for upper case, x for other letters, d for digits, the rest as it stands; a run is cut at four, and a
/// word of a hundred characters is "LONG".
#[must_use]
pub fn word_shape(word: &str) -> String {
    const LONG: usize = 100;
    const LONGEST_RUN: usize = 4;
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let mut last = None;
    let mut run = 0;
    for character in word.chars().map(shape_character) {
        run = if last == Some(character) { run + 1 } else { 1 };
        last = Some(character);
        if run <= LONGEST_RUN {
            shape.push(character);
        }
    }
    shape
}

fn shape_character(character: char) -> char {
    if unicode::is_alpha(character) {
        if unicode::is_upper(character) {
            'X'
        } else {
            'x'
        }
    } else if unicode::is_digit(character) {
        'd'
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, norm: &str, prefix: &str, suffix: &str, shape: &str) {
        let lexeme = Lexicon::default().lexeme(word);
        assert_eq!(lexeme.norm_text, norm);
        assert_eq!(lexeme.norm, hash_string(norm));
        assert_eq!(lexeme.prefix, hash_string(prefix));
        assert_eq!(lexeme.suffix, hash_string(suffix));
        assert_eq!(word_shape(word), shape);
    }

    #[test]
    fn attributes_are_those_of_spacy() {
        check("Stortinget", "stortinget", "S", "get", "Xxxxx");
        check("€", "$", "€", "€", "€");
        check("17,5", "17,5", "1", "7,5", "dd,d");
        check("“", "\"", "“", "“", "“");
        check("’S", "'s", "’", "’S", "’X");
        check("ÆØÅæøåÆ", "æøåæøåæ", "Æ", "øåÆ", "XXXxxxX");
        check("القاهرة", "القاهرة", "ا", "هرة", "xxxx");
        check("m²", "m²", "m", "m²", "xd");
        check("-----", "-----", "-", "---", "----");
        check(&"a".repeat(100), &"a".repeat(100), "a", "aaa", "LONG");
        check(&"å".repeat(99), &"å".repeat(99), "å", "ååå", "xxxx");
    }

    #[test]
    fn white_space_is_marked() {
        let lexicon = Lexicon::default();
        assert!(lexicon.lexeme("\u{a0}\n").is_space);
        assert!(!lexicon.lexeme("\u{200b}").is_space);
        assert!(!lexicon.lexeme("").is_space);
    }
}
