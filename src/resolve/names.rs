//! Names of claims: content hashes of the document and of the words that carry the claim.

use std::collections::BTreeMap;

use crate::{
    claim::{Claim, content_hash, document_hash},
    document::Article,
    ontology::Ontology,
    text::{CodePoints, Span},
};

/// Fills the ids of claims that stand in order. Where the same words make several claims ("the two factions" are two
/// actors), the later ones are told apart by their number, not by their actors: which actor a word is linked to may
/// be corrected, and the name is to stay.
pub(super) fn give(claims: &mut [Claim], article: &Article, ontology: &Ontology) {
    let document = document_hash(article);
    let points = CodePoints::new(&article.text);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        let words = words(claim, &points, ontology);
        let count = seen.entry(words.clone()).or_default();
        claim.id = if *count == 0 {
            content_hash(&["claim", &document, &words])
        } else {
            content_hash(&["claim", &document, &words, &count.to_string()])
        };
        *count += 1;
    }
}

fn words(claim: &Claim, points: &CodePoints, ontology: &Ontology) -> String {
    let at = |span: Span| {
        let (start, end) = points.of(span);
        format!("{start}-{end}")
    };
    let property = ontology
        .relation(&claim.relation)
        .map_or(&claim.relation, |one| &one.property);
    let speaker = claim.speaker.as_ref().map(|one| at(one.span));
    format!(
        "{} {} {} {property} {:?} {:?} {}",
        at(claim.evidence),
        at(claim.subject.span),
        at(claim.object.span),
        claim.polarity,
        claim.modality,
        speaker.unwrap_or_default()
    )
}
