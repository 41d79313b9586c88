//! Direct speech, as references need it: which words stand in a quotation, and whose words they are.

use std::{ops::Range, sync::Arc};

use super::{
    reference::{Reference, References, Seen, gender},
    sieves::pronoun,
    words::holds,
};
use crate::{
    claim::Name,
    grammar::{Paragraph, Pos, Role},
};

/// How many sentences a speech may go on.
const LONGEST: usize = 8;

/// For each word, whether it stands between quotation marks, or in a paragraph that opens with a dash before ", sier".
pub(super) fn quoted(paragraph: &Paragraph) -> Vec<bool> {
    let words = &paragraph.words;
    let dash = |word: &str| matches!(word, "-" | "\u{2013}" | "\u{2014}");
    let mut inside = words.first().is_some_and(|first| dash(&first.text));
    let by_dash = inside;
    let mut quoted = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        match &*word.text {
            "\u{201c}" | "\u{ab}" | "\u{201e}" => inside = true,
            "\u{201d}" | "\u{bb}" => inside = false,
            "\"" | "''" | "``" => inside = !inside,
            "," if by_dash => {
                let next = words.get(index + 1);
                if next.is_some_and(|next| matches!(next.pos, Pos::Verb | Pos::Aux)) {
                    inside = false;
                }
            }
            // "«out of area»-doktrinen"
            text if text.contains(['\u{bb}', '\u{201d}']) => inside = false,
            _ => {}
        }
        quoted.push(inside);
    }
    quoted
}

/// "…, sier hun": whoever was last the subject of a sentence outside the speech, whomever the speech names.
pub(super) fn teller(view: &References, at: usize, index: usize) -> Option<Reference> {
    let she = gender(view.reader, at, index)?;
    if !tells(view, at, index) {
        return None;
    }
    let kinds = &view.reader.words.references.he_kinds;
    let may = |one: &&Seen| {
        let known = view.gender_of(&one.entity);
        let away = view.distance(at, index, one);
        let sure = known == Some(she) || known.is_none() && away < 3;
        one.subject && !one.quoted && sure && (1..=LONGEST).contains(&away)
    };
    let persons = view.seen.iter().rev();
    let mut persons = persons.filter(|one| view.reader.is_any(&one.entity, kinds));
    let entity = Arc::clone(&persons.find(may)?.entity);
    let why = "Whoever was last the subject outside the speech (sieve: teller).";
    Some(pronoun(index, entity, why))
}

/// Whether a pronoun is the subject of a verb of speech that follows a speech.
fn tells(view: &References, at: usize, index: usize) -> bool {
    let lists = &view.reader.words;
    let words = &view.reader.paragraphs[at].words;
    let Some(verb) = index.checked_sub(1).filter(|&verb| verb > 0) else {
        return false;
    };
    let saying = lists.norwegian() && holds(&lists.verbs.says, &words[verb].lemma);
    saying && words[index].head == Some(verb) && words[verb - 1].pos == Pos::Punct
}

impl References<'_, '_> {
    /// Whose words a word in direct speech is: the subjects outside the quotation, in its sentence or the one nearest.
    pub(super) fn speakers(&self, at: usize, index: usize) -> Vec<Name> {
        if !self.quoted.get(index).copied().unwrap_or(false) {
            return Vec::new();
        }
        let sentences = &self.reader.paragraphs[at].sentences;
        let own = self.sentence(at, index);
        let order = [Some(own), Some(own + 1), own.checked_sub(1)];
        let outside = |range: &Range<usize>| -> Vec<Name> {
            let subject = |word: usize| {
                let role = self.reader.role(at, word..word + 1).0;
                matches!(role, Role::Subject | Role::PassiveSubject)
            };
            range
                .clone()
                .filter(|&word| !self.quoted[word] && subject(word))
                .filter_map(|word| {
                    let named = self.reader.name_at(at, word);
                    named
                        .map(|one| Arc::clone(&one.entity))
                        .or_else(|| self.meant(at, word))
                })
                .collect()
        };
        let mut near = order
            .into_iter()
            .flatten()
            .filter_map(|sentence| sentences.get(sentence));
        near.find_map(|range| Some(outside(range)).filter(|names| !names.is_empty()))
            .unwrap_or_default()
    }
}
