//! The lexical features that a network embeds.

use crate::lexeme::Lexeme;

/// A feature that is embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Lower,
    Orth,
    Spacy,
    IsSpace,
}

impl Attribute {
    /// The feature that configurations call so.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "LOWER" => Self::Lower,
            "ORTH" => Self::Orth,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    /// Its value for a word. Word, norm and the space after it decide it (see [`super::memory`]).
    pub(super) fn of(self, lexeme: &Lexeme, space_after: bool) -> u64 {
        match self {
            Self::Norm => lexeme.norm,
            Self::Prefix => lexeme.prefix,
            Self::Suffix => lexeme.suffix,
            Self::Shape => lexeme.shape,
            Self::Lower => lexeme.lower,
            Self::Orth => lexeme.orth,
            Self::Spacy => u64::from(space_after),
            Self::IsSpace => u64::from(lexeme.is_space),
        }
    }
}
