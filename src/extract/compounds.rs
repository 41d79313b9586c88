//! Norwegian words that begin with a name and are written without a hyphen ("Høyreleder") are read as if they had one, so
//! that the last part is looked up and the name is its owner.

use crate::{
    claim::{Mention, MentionKind},
    grammar::{Paragraph, Pos},
};

/// Shorter rests are endings of the name itself.
const SHORTEST: usize = 3;

/// Puts the hyphen into the words' forms; their spans stay.
pub(super) fn part_names(paragraph: &mut Paragraph, mentions: &[Mention]) {
    for word in &mut paragraph.words {
        let inside = mentions.iter().find(|mention| {
            mention.kind == MentionKind::Name
                && mention.span.start == word.span.start
                && mention.span.end < word.span.end
        });
        let parts = inside.and_then(|mention| word.text.split_at_checked(mention.span.len()));
        let Some((name, rest)) = parts else { continue };
        if rest.chars().count() < SHORTEST || !rest.chars().all(char::is_lowercase) {
            continue;
        }
        word.lemma = format!("{}-{rest}", name.to_lowercase());
        word.text = format!("{name}-{rest}");
        if word.pos == Pos::Propn {
            word.pos = Pos::Noun;
        }
    }
}
