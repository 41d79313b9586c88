//! spaCy's tokenizer: text into tokens, by white space, special cases and the affix expressions of a pipeline's `tokenizer` file.
//! Takes a paragraph and gives tokens in order, with their lexemes; tokens and spaces together are the text again.
//! [`rules`] reads the file, [`affixes`] splits a chunk, [`special_cases`] has the last word, [`cache`] remembers chunks.

mod affixes;
mod cache;
mod rules;
mod special_cases;

pub(crate) use cache::ChunkCache;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::error::LoadError;
use crate::lexeme::{Lexeme, Lexicon};
use crate::packed::Packed;
use crate::unicode;
use rules::{Piece, Rules};
use special_cases::SpecialMatcher;

/// A token before any component has said anything of it.
#[derive(Clone, Debug)]
pub struct RawToken {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether one space follows, which is no part of the token.
    pub space_after: bool,
    /// The word; its norm is already the special case's where that has one.
    pub lexeme: Arc<Lexeme>,
}

/// Splits text as the tokenizer of one pipeline does. Shared by threads.
#[derive(Debug)]
pub struct Tokenizer {
    rules: Rules,
    matcher: SpecialMatcher,
}

impl Tokenizer {
    /// Reads `tokenizer` and `vocab/lookups.bin` of a pipeline directory. `lang` is the language from its `config.cfg`.
    ///
    /// # Errors
    /// If a file is missing or damaged, or if it asks for something that is not supported.
    pub fn load(folder: &Path, lang: &str) -> Result<Self, LoadError> {
        let path = folder.join("tokenizer");
        let rules = Rules::read(&Packed::read(&path)?, &path, Lexicon::load(folder, lang)?)?;
        Ok(Self::new(rules))
    }

    fn new(rules: Rules) -> Self {
        let matcher = SpecialMatcher::new(&rules);
        Self { rules, matcher }
    }

    /// The tokens of a text, usually one paragraph.
    #[must_use]
    pub fn tokenize(&self, text: &str) -> Vec<RawToken> {
        self.tokenize_with(&mut ChunkCache::default(), text)
    }

    /// The same, with what is remembered of earlier texts.
    pub(crate) fn tokenize_with(&self, cache: &mut ChunkCache, text: &str) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
        for chunk in chunks(text) {
            self.push_chunk(cache, text, chunk, &mut tokens);
        }
        self.matcher.apply(&self.rules, text, &mut tokens);
        tokens
    }

    fn push_chunk(
        &self,
        cache: &mut ChunkCache,
        text: &str,
        chunk: Range<usize>,
        tokens: &mut Vec<RawToken>,
    ) {
        let chunk_text = &text[chunk.clone()];
        let pieces =
            cache.get_or_split(chunk_text, || affixes::split(&self.rules, chunk_text, true));
        let mut start = chunk.start;
        for piece in pieces {
            tokens.push(RawToken::new(start, piece, false));
            start += piece.length;
        }
        let is_word = !chunk_text.starts_with(unicode::is_space);
        if let Some(last) = tokens.last_mut() {
            last.space_after = is_word && text[chunk.end..].starts_with(' ');
        }
    }
}

impl RawToken {
    fn new(start: usize, piece: &Piece, space_after: bool) -> Self {
        let end = start + piece.length;
        let lexeme = Arc::clone(&piece.lexeme);
        Self {
            start,
            end,
            space_after,
            lexeme,
        }
    }
}

/// The runs of white space and of other characters, without the one space that follows a word.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut place = 0;
    let mut after_word = false;
    std::iter::from_fn(move || {
        if after_word && text[place..].starts_with(' ') {
            place += 1;
        }
        after_word = false;
        let start = place;
        let is_space = unicode::is_space(text[start..].chars().next()?);
        // A single space after a word is swallowed; if more white space follows, that is a chunk of its own.
        let length = text[start..].find(|character| unicode::is_space(character) != is_space);
        place = length.map_or(text.len(), |length| start + length);
        after_word = !is_space;
        Some(start..place)
    })
}

#[cfg(test)]
mod tests;
