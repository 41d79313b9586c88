//! One claim per subject, relation, object, polarity and modality in a sentence: the surest stays.

use std::collections::BTreeMap;

use super::in_order;
use crate::{
    claim::{Claim, Modality, Name, Polarity, Rejected},
    document::Article,
    ontology::Ontology,
    text::Span,
};

/// Parts the claims into those that stay and those that a surer claim of the same sentence makes needless. Between
/// claims equally sure, the one that says more (speaker, date, place) stays, then the earlier.
pub(super) fn set_aside(
    mut claims: Vec<Claim>,
    article: &Article,
    ontology: &Ontology,
) -> (Vec<Claim>, Vec<Rejected>) {
    claims.sort_by(|one, other| {
        let said = |claim: &Claim| {
            usize::from(claim.speaker.is_some())
                + usize::from(claim.date.is_some())
                + usize::from(claim.place.is_some())
        };
        (other.confidence.total_cmp(&one.confidence))
            .then(said(other).cmp(&said(one)))
            .then_with(|| in_order(one, other))
    });
    let mut kept: Vec<Claim> = Vec::new();
    let mut rejected = Vec::new();
    let mut places: BTreeMap<Content, Vec<usize>> = BTreeMap::new();
    for claim in claims {
        let same = places.entry(content(&claim, ontology)).or_default();
        let twin = same
            .iter()
            .find(|&&one| same_sentence(article, kept[one].evidence, claim.evidence));
        if let Some(&twin) = twin {
            let reason = format!(
                "The sentence already gives the same claim, by the rule {}.",
                kept[twin].rule
            );
            rejected.push(Rejected { claim, reason });
        } else {
            same.push(kept.len());
            kept.push(claim);
        }
    }
    (kept, rejected)
}

type Content = (Name, Name, Name, Polarity, Modality);

/// What the claim says; a symmetric relation says the same either way round.
fn content(claim: &Claim, ontology: &Ontology) -> Content {
    let mut pair = [claim.subject.entity.clone(), claim.object.entity.clone()];
    if ontology
        .relation(&claim.relation)
        .is_some_and(|one| one.symmetric)
    {
        pair.sort();
    }
    let [subject, object] = pair;
    let relation = claim.relation.clone();
    (subject, relation, object, claim.polarity, claim.modality)
}

/// Whether two stretches lie in one sentence: they overlap, or nothing between them ends a sentence or paragraph.
fn same_sentence(article: &Article, one: Span, other: Span) -> bool {
    if one.overlaps(other) {
        return true;
    }
    let between = Span::new(one.end.min(other.end), one.start.max(other.start));
    let paragraph = |at: usize| {
        article
            .paragraphs
            .partition_point(|paragraph| paragraph.start <= at)
    };
    paragraph(one.start) == paragraph(other.start) && !ends_sentence(&article.text, between)
}

/// Whether a sentence ends in `gap`: a mark that ends one, white space, and a letter or mark that begins another.
/// A capital with at most one more letter before the mark is an abbreviation ("J.", "Mr.").
fn ends_sentence(text: &str, gap: Span) -> bool {
    let words = gap.slice(text);
    words.match_indices(['.', '!', '?', '…']).any(|(at, mark)| {
        let before = text[..gap.start + at]
            .rsplit(|character: char| !character.is_alphanumeric())
            .next()
            .unwrap_or("");
        let abbreviation = mark == "."
            && before.starts_with(char::is_uppercase)
            && before.chars().count() <= 2
            && before.chars().skip(1).all(char::is_lowercase);
        let closing = |character: char| "\"'»”’)]".contains(character);
        let after = text[gap.start + at + mark.len()..].trim_start_matches(closing);
        let next = after.trim_start();
        let begins = next
            .chars()
            .next()
            .is_none_or(|character| !character.is_lowercase());
        !abbreviation && after.len() > next.len() && begins
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(
            ends_sentence(text, Span::new(1, text.len() - 1)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn sentences_end_at_marks() {
        check("x met y. Then z", true);
        check("x met y.” «Then z", true);
        check("x met Mr. Then z", false);
        check("x met J. Then z", false);
        check("x paid 3.5 million z", false);
        check("x met y, then z", false);
        check("x met e.g. them z", false);
    }
}
