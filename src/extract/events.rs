//! PLOVER's code for a claim: what the act becomes when it is only promised, threatened, asked for, refused or ended.

use crate::{
    claim::{Modality, Name, Polarity},
    ontology::Ontology,
};

/// The event code of an act of `relation` as it is held; `None` for states and offices, for the content of demands,
/// and for what did not happen and was not refused.
#[must_use]
pub fn code(
    relation: &str,
    polarity: Polarity,
    modality: Modality,
    ontology: &Ontology,
) -> Option<Name> {
    let known = ontology.relation(relation)?;
    if !known.event {
        return None;
    }
    let cooperative = known.quad_class.is_some_and(|class| class <= 2);
    let code = match (polarity, modality) {
        (_, Modality::Demanded) => return None,
        (Polarity::Positive, Modality::Asserted | Modality::Possible) => relation,
        (Polarity::Positive, Modality::Planned) if cooperative => "AGREE",
        (Polarity::Positive, Modality::Planned) => "THREATEN",
        (Polarity::Positive, Modality::Hypothetical) => relation,
        (Polarity::Negative, Modality::Planned) if cooperative => "REJECT",
        (Polarity::Negative, _) => return None,
    };
    ontology
        .relation(code)
        .map(|relation| relation.code.clone())
}
