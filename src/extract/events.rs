//! PLOVER's code for a claim: what the act becomes when it is only promised, threatened, asked for, refused or ended.

use super::frames::Formal;
use crate::{
    claim::{Modality, Name, Polarity},
    ontology::Ontology,
};

/// The event code of an act of `relation` as it is held, done in form if `formal`; `None` for states and offices, for the
/// content of demands, and for what did not happen and was not refused.
pub(super) fn code(
    relation: &str,
    formal: Option<&Formal>,
    polarity: Polarity,
    modality: Modality,
    ontology: &Ontology,
) -> Option<Name> {
    let known = ontology.relation(relation)?;
    if !known.event {
        return None;
    }
    let cooperative = known.quad_class.is_some_and(|class| class <= 2);
    // What is said or done to somebody by words alone stays what it is when it is planned, but for a threat.
    let code = match (polarity, modality) {
        (_, Modality::Demanded) => return None,
        (Polarity::Positive, Modality::Asserted | Modality::Possible) => {
            formal.map_or(relation, |formal| formal.event.as_str())
        }
        (Polarity::Positive, Modality::Planned) if cooperative => "AGREE",
        (Polarity::Positive, Modality::Planned) => planned_conflict(relation, known.quad_class),
        (Polarity::Positive, Modality::Hypothetical) => relation,
        (Polarity::Negative, Modality::Planned) if cooperative => "REJECT",
        // A promise not to fight or to spare is a promise of cooperation.
        (Polarity::Negative, Modality::Planned) if known.quad_class == Some(4) => "AGREE",
        (Polarity::Negative, _) => return None,
    };
    ontology
        .relation(code)
        .map(|relation| relation.code.clone())
}

/// Who plans material conflict threatens; who plans to demand, accuse or reject does so already.
fn planned_conflict(relation: &str, class: Option<u8>) -> &str {
    if class == Some(4) {
        "THREATEN"
    } else {
        relation
    }
}
