//! Reads the `tokenizer` file of a pipeline: the regular expressions and the special cases (strings with tokens of their own, such
//! as "don't" or ":-)").

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::error::LoadError;
use crate::lexeme::{Lexeme, Lexicon};
use crate::packed::Packed;
use crate::pattern::Pattern;
use crate::strings::hash_string;

/// Ids of the two attributes that a special case may set, as spaCy numbers them.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// A token to be: how many bytes it takes, and its lexeme.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) length: usize,
    pub(super) lexeme: Arc<Lexeme>,
}

/// What the file says.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) prefix: Option<Pattern>,
    pub(super) suffix: Option<Pattern>,
    pub(super) infix: Option<Pattern>,
    pub(super) token_match: Option<Pattern>,
    pub(super) url_match: Option<Pattern>,
    pub(super) specials: FxHashMap<String, Arc<[Piece]>>,
    /// The bytes of the longest special case: longer strings need no look-up.
    pub(super) longest_special: usize,
    /// Whether only special cases that an affix or a space would break are looked for once more in the end.
    pub(super) faster_heuristics: bool,
    pub(super) lexicon: Lexicon,
}

impl Rules {
    /// Reads the rules from the content of the file `path`.
    pub(super) fn read(file: &Packed, path: &Path, lexicon: Lexicon) -> Result<Self, LoadError> {
        let reader = RuleReader { path, file };
        let specials = reader.specials(&lexicon)?;
        Ok(Self {
            prefix: reader.pattern("prefix_search", Pattern::search)?,
            suffix: reader.pattern("suffix_search", Pattern::search)?,
            infix: reader.pattern("infix_finditer", Pattern::search)?,
            token_match: reader.pattern("token_match", Pattern::match_start)?,
            url_match: reader.pattern("url_match", Pattern::match_start)?,
            longest_special: specials.keys().map(String::len).max().unwrap_or(0),
            specials,
            faster_heuristics: file.get("faster_heuristics") != Some(&Packed::Bool(false)),
            lexicon,
        })
    }

    /// The tokens of a special case, if the string is one.
    pub(super) fn special(&self, text: &str) -> Option<&Arc<[Piece]>> {
        if text.len() > self.longest_special {
            return None;
        }
        self.specials.get(text)
    }

    /// A token without a special case.
    pub(super) fn piece(&self, text: &str) -> Piece {
        let lexeme = Arc::new(self.lexicon.lexeme(text));
        Piece {
            length: text.len(),
            lexeme,
        }
    }
}

struct RuleReader<'a> {
    path: &'a Path,
    file: &'a Packed,
}

impl RuleReader<'_> {
    fn pattern(
        &self,
        key: &str,
        compile: fn(&str) -> Result<Pattern, String>,
    ) -> Result<Option<Pattern>, LoadError> {
        let python = match self.file.get(key) {
            None | Some(Packed::Nil) => return Ok(None),
            Some(value) => value
                .text()
                .ok_or_else(|| LoadError::malformed(self.path, format!("{key} is no text")))?,
        };
        let unsupported = |what| LoadError::Unsupported {
            component: "tokenizer".to_owned(),
            what: format!("{what}, in {key},"),
            path: self.path.to_path_buf(),
        };
        compile(python).map(Some).map_err(unsupported)
    }

    fn specials(&self, lexicon: &Lexicon) -> Result<FxHashMap<String, Arc<[Piece]>>, LoadError> {
        let Some(exceptions) = self.file.get("exceptions") else {
            return Ok(FxHashMap::default());
        };
        let pairs = exceptions
            .map()
            .ok_or_else(|| LoadError::malformed(self.path, "exceptions is no map"))?;
        let mut specials = FxHashMap::default();
        for (text, tokens) in pairs {
            let special = special_case(text, tokens, lexicon);
            let (text, pieces) = special
                .ok_or_else(|| LoadError::malformed(self.path, format!("special case {text:?}")))?;
            specials.insert(text, pieces);
        }
        Ok(specials)
    }
}

/// A special case; none if its tokens do not make up its text or set more than their norm.
fn special_case(
    text: &Packed,
    tokens: &Packed,
    lexicon: &Lexicon,
) -> Option<(String, Arc<[Piece]>)> {
    let text = text.text()?;
    let mut pieces = Vec::new();
    let mut joined = String::new();
    for token in tokens.list()? {
        let (orth, norm) = orth_and_norm(token)?;
        joined.push_str(orth);
        let lexeme = with_norm(lexicon.lexeme(orth), norm);
        pieces.push(Piece {
            length: orth.len(),
            lexeme: Arc::new(lexeme),
        });
    }
    (joined == text && !text.is_empty()).then(|| (joined, pieces.into()))
}

fn orth_and_norm(token: &Packed) -> Option<(&str, Option<&str>)> {
    let (mut orth, mut norm) = (None, None);
    for (attribute, value) in token.map()? {
        match attribute
            .uint()
            .or_else(|| attribute.text().map(hash_string))?
        {
            ORTH => orth = value.text(),
            NORM => norm = value.text(),
            _ => return None,
        }
    }
    orth.filter(|orth| !orth.is_empty())
        .map(|orth| (orth, norm))
}

fn with_norm(mut lexeme: Lexeme, norm: Option<&str>) -> Lexeme {
    if let Some(norm) = norm.filter(|norm| !norm.is_empty()) {
        lexeme.norm = hash_string(norm);
        lexeme.norm_text = norm.into();
    }
    lexeme
}
