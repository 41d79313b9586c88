//! Dictionary forms by rules (spaCy's lemmatizer in its mode "rule"): per part of speech a list of exceptions, a list of known
//! words and rules that change the ending. Reads `lookups/lookups.bin` of the component.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotation::{Doc, Label, Token};
use crate::error::LoadError;
use crate::lexeme::Lexeme;
use crate::packed::Packed;
use crate::strings::hash_string;
use crate::unicode;

/// Languages whose lemmatizer takes other steps in spaCy (English, which does too, is known here).
const LANGUAGES_WITH_OWN_STEPS: [&str; 12] = [
    "ca", "el", "es", "fr", "ga", "ht", "it", "mk", "nl", "pl", "ru", "uk",
];

/// Sets the lemma of tokens that have none.
#[derive(Debug)]
pub(crate) struct RuleLemmatizer {
    /// By the id of the part of speech in lower case, as the tables are.
    tables: FxHashMap<u64, Table>,
    is_english: bool,
    overwrite: bool,
}

/// What is known of the words of one part of speech.
#[derive(Debug, Default)]
struct Table {
    index: FxHashSet<Label>,
    exceptions: FxHashMap<Label, Vec<Label>>,
    /// Endings and what replaces them.
    rules: Vec<(String, String)>,
}

impl RuleLemmatizer {
    /// Reads the component's folder. The other arguments are settings in `config.cfg`: the pipeline's language, the component's
    /// `mode` and `overwrite`.
    ///
    /// # Errors
    /// If the file is missing or damaged, or if the mode or the language's way of lemmatizing is not supported.
    pub(crate) fn load(
        folder: &Path,
        lang: &str,
        mode: &str,
        overwrite: bool,
    ) -> Result<Self, LoadError> {
        let path = folder.join("lookups").join("lookups.bin");
        let unsupported = |what| LoadError::Unsupported {
            component: "lemmatizer".to_owned(),
            what,
            path: path.clone(),
        };
        if mode != "rule" {
            return Err(unsupported(format!("the mode '{mode}'")));
        }
        if LANGUAGES_WITH_OWN_STEPS.contains(&lang) {
            return Err(unsupported(format!(
                "the lemmatizer of the language '{lang}'"
            )));
        }
        let tables =
            read_tables(&Packed::read(&path)?).map_err(|what| LoadError::malformed(&path, what))?;
        let is_english = lang == "en";
        Ok(Self {
            tables,
            is_english,
            overwrite,
        })
    }

    /// Sets the lemmas of a text's tokens. They must have parts of speech and morphology by now.
    pub(crate) fn apply(&self, doc: &mut Doc, lexemes: &[Arc<Lexeme>]) {
        let Doc { text, tokens } = doc;
        for (token, lexeme) in tokens.iter_mut().zip(lexemes) {
            if self.overwrite || token.lemma.is_empty() {
                let word = &text[token.start..token.end];
                token.lemma = self.lemma(word, token, lexeme);
            }
        }
    }

    fn lemma(&self, word: &str, token: &Token, lexeme: &Lexeme) -> Label {
        let lower = || Label::clone(&lexeme.lower_text);
        let pos = unicode::lower(&token.pos);
        if matches!(pos.as_str(), "" | "eol" | "space")
            || (self.is_english && is_base_form(&pos, &token.morph))
        {
            return lower();
        }
        match self
            .tables
            .get(&hash_string(&pos))
            .filter(|table| !table.is_empty())
        {
            Some(table) => table.lemma(word, &lexeme.lower_text),
            None if pos == "propn" => Label::new(word),
            None => lower(),
        }
    }
}

impl Table {
    fn is_empty(&self) -> bool {
        self.index.is_empty() && self.exceptions.is_empty() && self.rules.is_empty()
    }

    // spaCy puts exceptions before what rules have made of the word, and what is no known word last.
    fn lemma(&self, word: &str, lower: &Label) -> Label {
        let (forms, unknown) = self.forms(lower);
        let exceptions = self.exceptions.get(&**lower).into_iter().flatten();
        let exception = exceptions
            .rev()
            .find(|form| forms.iter().all(|known| **known != ***form));
        if let Some(form) = exception {
            return Label::clone(form);
        }
        match forms.into_iter().next().or(unknown) {
            Some(form) if form == **lower => Label::clone(lower),
            Some(form) => form.into(),
            None => Label::new(word),
        }
    }

    /// What the rules make of the word, the likeliest first, and the first form that is no known word.
    fn forms(&self, lower: &str) -> (Vec<String>, Option<String>) {
        let mut known = Vec::new();
        let mut others = Vec::new();
        let mut unknown = None;
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.contains(form.as_str()) {
                known.push(form);
            } else if !form.chars().all(unicode::is_alpha) {
                others.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        // The last known form comes first.
        known.reverse();
        known.append(&mut others);
        (known, unknown)
    }
}

/// Whether an English word stands in its dictionary form already (spaCy's `EnglishLemmatizer.is_base_form`).
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        let features = morph
            .split('|')
            .filter_map(|feature| feature.split_once('='));
        features
            .into_iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let verb_form = feature("VerbForm");
    let present = || {
        verb_form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none()
    };
    (pos == "noun" && feature("Number") == Some("Sing"))
        || (pos == "verb" && present())
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

fn read_tables(file: &Packed) -> Result<FxHashMap<u64, Table>, String> {
    let mut tables: FxHashMap<u64, Table> = FxHashMap::default();
    if file.get("lemma_rules").is_none() {
        return Err("there is no table lemma_rules".to_owned());
    }
    for (name, read) in TABLE_READERS {
        let wrong = || format!("the table {name} is not as spaCy writes it");
        let Some(by_pos) = file.get(name) else {
            continue;
        };
        for (pos, entries) in by_pos.map().ok_or_else(wrong)? {
            let table = tables.entry(pos.uint().ok_or_else(wrong)?).or_default();
            read(table, entries).ok_or_else(wrong)?;
        }
    }
    Ok(tables)
}

type TableReader = fn(&mut Table, &Packed) -> Option<()>;

const TABLE_READERS: [(&str, TableReader); 3] = [
    ("lemma_rules", read_rules),
    ("lemma_exc", read_exceptions),
    ("lemma_index", read_index),
];

fn read_rules(table: &mut Table, entries: &Packed) -> Option<()> {
    for rule in entries.list()? {
        let [old, new] = rule.list()? else {
            return None;
        };
        table
            .rules
            .push((old.text()?.to_owned(), new.text()?.to_owned()));
    }
    Some(())
}

fn read_exceptions(table: &mut Table, entries: &Packed) -> Option<()> {
    let entries = entries.map()?;
    table.exceptions.reserve(entries.len());
    for (word, forms) in entries {
        let mut labels: Vec<Label> = Vec::new();
        for form in forms.list()? {
            let form = form.text()?;
            if !labels.iter().any(|label| **label == *form) {
                labels.push(Label::new(form));
            }
        }
        table.exceptions.insert(word.text()?.into(), labels);
    }
    Some(())
}

fn read_index(table: &mut Table, entries: &Packed) -> Option<()> {
    let entries = entries.list()?;
    table.index.reserve(entries.len());
    for word in entries {
        table.index.insert(word.text()?.into());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let pairs = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect()
        };
        let mut exceptions = FxHashMap::default();
        exceptions.insert("better".into(), vec!["good".into(), "well".into()]);
        Table {
            index: ["vote", "vot", "glass", "go"]
                .map(Label::new)
                .into_iter()
                .collect(),
            exceptions,
            rules: pairs(&[
                ("s", ""),
                ("es", "e"),
                ("es", ""),
                ("ed", "e"),
                ("ed", ""),
                ("”", "\""),
            ]),
        }
    }

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let lower = unicode::lower(word).into();
        assert_eq!(&*table().lemma(word, &lower), expected);
    }

    #[test]
    fn exceptions_then_known_then_unknown_forms() {
        check("Better", "well");
        check("votes", "vot");
        check("Voted", "vot");
        check("glasses", "glass");
        check("Ministries", "ministrie");
        check("go", "go");
        check("Oslo", "Oslo");
        check("e-mails", "e-mail");
        check("”", "\"");
        check("S", "S");
    }

    #[test]
    fn base_forms_of_english() {
        assert!(is_base_form("noun", "Number=Sing"));
        assert!(is_base_form("verb", "Tense=Pres|VerbForm=Fin"));
        assert!(is_base_form("aux", "VerbForm=Inf"));
        assert!(is_base_form("adv", "Degree=Pos"));
        assert!(!is_base_form(
            "verb",
            "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
        ));
        assert!(!is_base_form("noun", "Number=Plur"));
        assert!(!is_base_form("propn", "Number=Sing"));
    }
}
