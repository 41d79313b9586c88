//! What goes both ways between two given actors.

use super::{super::matching::Context, CONFIDENCE, told};
use crate::claim::{Claim, Modality, Polarity};

/// The first claim of the two that goes both ways, told the other way round: each is the other's counterpart, whoever the user
/// asks for first. Nothing where it is told that way round too.
pub(super) fn mirrored(context: &Context<'_>, between: &[&Claim]) -> Option<Claim> {
    let mutual = |claim: &&&Claim| {
        let known = context.ontology.relation(&claim.relation);
        let back = |other: &&Claim| {
            other.subject.entity == claim.object.entity && other.event == claim.event
        };
        known.is_some_and(|known| known.event && known.symmetric)
            && claim.event.is_some()
            && (claim.polarity, claim.modality) == (Polarity::Positive, Modality::Asserted)
            && !between.iter().any(back)
    };
    let claim = between.iter().find(mutual)?;
    Some(Claim {
        subject: claim.object.clone(),
        object: claim.subject.clone(),
        rule: told::rule(context, &claim.relation),
        confidence: CONFIDENCE[0].min(claim.confidence),
        ..(**claim).clone()
    })
}
