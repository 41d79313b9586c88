//! Corrects what other components have said, by patterns over neighbouring tokens ("the tag DT and the word `that`: a pronoun").
//! Reads `patterns` of spaCy's attribute ruler. All patterns are matched against the tokens as they were before the first rule;
//! then the rules change tokens in their order, so that the last one wins.

mod read;

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotation::{Doc, Label, Token};
use crate::error::LoadError;
use crate::lexeme::Lexeme;
use crate::packed::Packed;
use crate::pattern::Pattern;

/// The rules of one pipeline.
#[derive(Debug)]
pub(crate) struct AttributeRuler {
    rules: Vec<Rule>,
    patterns: Vec<TokenPatterns>,
    /// Which patterns can begin at a token, by its lower-case form, else by its tag; indices into `patterns`.
    by_lower: FxHashMap<String, Vec<usize>>,
    by_tag: FxHashMap<String, Vec<usize>>,
    anywhere: Vec<usize>,
}

/// What a rule sets, and on which of the tokens that its pattern has matched.
#[derive(Debug)]
struct Rule {
    changes: Vec<(Attribute, Label)>,
    /// Counted from the first token, or from the end if negative.
    index: i64,
}

/// One sequence of tests, a list of them per token.
#[derive(Debug)]
struct TokenPatterns {
    rule: usize,
    tokens: Vec<Vec<Test>>,
}

/// What of a token is compared or set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Orth,
    Lower,
    Norm,
    Tag,
    Pos,
    Morph,
    Dep,
    Lemma,
    IsSpace,
}

#[derive(Debug)]
struct Test {
    attribute: Attribute,
    condition: Condition,
}

#[derive(Debug)]
enum Condition {
    Is(String),
    In(FxHashSet<String>),
    NotIn(FxHashSet<String>),
    Regex(Pattern),
    Flag(bool),
}

impl AttributeRuler {
    /// Reads the component's folder.
    ///
    /// # Errors
    /// If the file is missing or damaged, or if a pattern uses an attribute or an operator that is not supported.
    pub(crate) fn load(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("patterns");
        let (rules, patterns) = read::rules(&Packed::read(&path)?, &path)?;
        Ok(Self::new(rules, patterns))
    }

    /// Applies the rules to a text's tokens.
    pub(crate) fn apply(&self, doc: &mut Doc, lexemes: &[Arc<Lexeme>]) {
        let mut matches = Vec::new();
        for start in 0..doc.tokens.len() {
            self.collect_matches(doc, lexemes, start, &mut matches);
        }
        matches.sort_unstable();
        for (rule, _, token) in matches {
            for (attribute, value) in &self.rules[rule].changes {
                set(&mut doc.tokens[token], *attribute, value);
            }
        }
    }

    fn new(rules: Vec<Rule>, patterns: Vec<TokenPatterns>) -> Self {
        let (mut by_lower, mut by_tag, mut anywhere) =
            (FxHashMap::default(), FxHashMap::default(), Vec::new());
        for (index, pattern) in patterns.iter().enumerate() {
            let first = pattern.tokens.first().map_or(&[][..], Vec::as_slice);
            if let Some(words) = values_of(first, Attribute::Lower) {
                put(&mut by_lower, words, index);
            } else if let Some(tags) = values_of(first, Attribute::Tag) {
                put(&mut by_tag, tags, index);
            } else {
                anywhere.push(index);
            }
        }
        Self {
            rules,
            patterns,
            by_lower,
            by_tag,
            anywhere,
        }
    }

    /// Adds rule, first token and token to change of every pattern that matches at `start`.
    fn collect_matches(
        &self,
        doc: &Doc,
        lexemes: &[Arc<Lexeme>],
        start: usize,
        matches: &mut Vec<(usize, usize, usize)>,
    ) {
        let lower = lexemes
            .get(start)
            .and_then(|lexeme| self.by_lower.get(&*lexeme.lower_text));
        let tag = self.by_tag.get(&*doc.tokens[start].tag);
        let candidates = lower.into_iter().chain(tag).flatten().chain(&self.anywhere);
        for pattern in candidates.map(|index| &self.patterns[*index]) {
            if pattern.matches(doc, lexemes, start) {
                let target = self.rules[pattern.rule].target(pattern.tokens.len());
                matches.push((pattern.rule, start, start + target));
            }
        }
    }
}

impl Rule {
    /// The token to change, of a match so many tokens long (checked when the rules are read).
    fn target(&self, length: usize) -> usize {
        let from_end = usize::try_from(self.index.unsigned_abs()).unwrap_or(length);
        if self.index < 0 {
            length.saturating_sub(from_end)
        } else {
            from_end
        }
    }
}

impl TokenPatterns {
    fn matches(&self, doc: &Doc, lexemes: &[Arc<Lexeme>], start: usize) -> bool {
        if start + self.tokens.len() > doc.tokens.len() {
            return false;
        }
        self.tokens.iter().enumerate().all(|(offset, tests)| {
            let index = start + offset;
            lexemes
                .get(index)
                .is_some_and(|lexeme| tests.iter().all(|test| test.holds(doc, index, lexeme)))
        })
    }
}

impl Test {
    fn holds(&self, doc: &Doc, index: usize, lexeme: &Lexeme) -> bool {
        let token = &doc.tokens[index];
        let value: &str = match self.attribute {
            Attribute::Orth => doc.token_text(index),
            Attribute::Lower => &lexeme.lower_text,
            Attribute::Norm => &token.norm,
            Attribute::Tag => &token.tag,
            Attribute::Pos => &token.pos,
            Attribute::Morph => &token.morph,
            Attribute::Dep => &token.dep,
            Attribute::Lemma => &token.lemma,
            Attribute::IsSpace => return self.condition.holds_of_flag(token.is_space),
        };
        self.condition.holds(value)
    }
}

impl Condition {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Is(expected) => expected == value,
            Self::In(values) => values.contains(value),
            Self::NotIn(values) => !values.contains(value),
            Self::Regex(pattern) => pattern.is_match(value),
            Self::Flag(_) => false,
        }
    }

    fn holds_of_flag(&self, value: bool) -> bool {
        matches!(self, Self::Flag(expected) if *expected == value)
    }
}

/// The values one of which the attribute must have, if the tests say so.
fn values_of(tests: &[Test], attribute: Attribute) -> Option<Vec<&String>> {
    let values = |test: &'_ Test| match &test.condition {
        Condition::Is(_) | Condition::In(_) => test.attribute == attribute,
        _ => false,
    };
    match &tests.iter().find(|test| values(test))?.condition {
        Condition::Is(value) => Some(vec![value]),
        Condition::In(values) => Some(values.iter().collect()),
        _ => None,
    }
}

fn put(map: &mut FxHashMap<String, Vec<usize>>, keys: Vec<&String>, index: usize) {
    for key in keys {
        map.entry(key.clone()).or_default().push(index);
    }
}

fn set(token: &mut Token, attribute: Attribute, value: &Label) {
    let field = match attribute {
        Attribute::Norm => &mut token.norm,
        Attribute::Tag => &mut token.tag,
        Attribute::Pos => &mut token.pos,
        Attribute::Morph => &mut token.morph,
        Attribute::Dep => &mut token.dep,
        Attribute::Lemma => &mut token.lemma,
        // No rule that sets these is read.
        Attribute::Orth | Attribute::Lower | Attribute::IsSpace => return,
    };
    *field = Label::clone(value);
}

#[cfg(test)]
mod tests;
