//! Which act words point back to, and who did it.

use super::super::{matching::Context, propose, scene::Actor};
use crate::{
    claim::{Argument, Claim, MentionKind, Modality, Name, Polarity},
    grammar::Role,
    text::Span,
};

/// As many sentences back an act may lie that is named by its noun ...
const FAR: usize = 2;
/// ... and by a word for any act ("the decision", "it").
const NEAR: usize = 1;

/// Deeper under a noun nobody is looked for.
const DEPTH: usize = 6;

/// How an object points back to an act.
pub(super) enum Back {
    /// "the criticism": an act of this relation.
    Of(Name),
    /// "the decision": any act.
    Deed,
    /// "the talks" that somebody leads: what others have with each other.
    Between,
    /// "this": what was said of or to the one who answers it.
    Own,
    /// Nothing: harm that one did to another in the sentence.
    Harm,
    /// Nothing: what was asked of the one who "refused".
    Demand,
}

pub(super) fn is_mutual(context: &Context<'_>, relation: &str) -> bool {
    let known = context.ontology.relation(relation);
    known.is_some_and(|known| known.event && known.symmetric)
}

/// Whether a word names an act that was told before: it is definite, and names nobody itself.
pub(super) fn back(context: &Context<'_>, noun: usize, between: bool) -> Option<Back> {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    if !between && words.back_pronouns.contains(tree.lower(noun)) {
        return Some(Back::Own);
    }
    let definite = |at: usize| tree.word(at).feature("Definite") == Some("Def");
    let children = tree.children(noun);
    let marked = definite(noun)
        || children
            .iter()
            .any(|&child| tree.word(child).role == Role::Determiner && definite(child));
    if !tree.is_nominal(noun) || !marked || names_somebody(context, noun) {
        return None;
    }
    if between {
        let mutual = propose::meaning(context, noun).filter(|act| is_mutual(context, act));
        return mutual.map(|_| Back::Between);
    }
    if words.deeds.contains(&tree.word(noun).lemma) {
        return Some(Back::Deed);
    }
    propose::meaning(context, noun).map(Back::Of)
}

/// Whether somebody is named in what belongs to a noun.
pub(super) fn names_somebody(context: &Context<'_>, noun: usize) -> bool {
    let tree = &context.scene.tree;
    tree.sentence(noun).any(|word| {
        let mut above = Some(word);
        for _ in 0..DEPTH {
            if above == Some(noun) {
                return !context.scene.mentioned(word).is_empty();
            }
            above = above.and_then(|at| tree.word(at).head);
        }
        false
    })
}

/// "The request was turned down": the one who was asked, where a passive does not say by whom.
pub(super) fn asked(
    context: &Context<'_>,
    verb: usize,
    back: &Back,
    at: Span,
    before: &[&Claim],
    sentences: &[usize],
) -> Option<Vec<Actor>> {
    let words = &context.frames.words;
    let Back::Of(relation) = back else {
        return None;
    };
    if words.demand.as_ref() != Some(relation) || !context.scene.tree.is_passive(verb) {
        return None;
    }
    let ordinal = |span: Span| sentences.partition_point(|&start| start <= span.start);
    let near = |claim: &&&Claim| {
        claim.relation == *relation
            && claim.polarity == Polarity::Positive
            && claim.evidence.end <= at.start
            && ordinal(claim.evidence) + FAR >= ordinal(at)
    };
    let last = before.iter().rfind(near)?;
    let argument = Argument {
        entity: last.object.entity.clone(),
        span: at,
    };
    Some(vec![Actor {
        argument,
        kind: MentionKind::Nominal,
    }])
}

/// Who did the last act before `at` that `source` can answer: nobody answers an own act, and what a third one did comes
/// before what lies farther back.
pub(super) fn doers<'a>(
    context: &Context<'_>,
    back: &Back,
    source: &Actor,
    at: Span,
    before: &[&'a Claim],
    sentences: &[usize],
) -> Vec<&'a Argument> {
    let ordinal = |span: Span| sentences.partition_point(|&start| start <= span.start);
    let reach = match back {
        Back::Of(_) | Back::Between => FAR,
        Back::Harm => 0,
        _ => NEAR,
    };
    let here = &source.argument.entity;
    let fits = |claim: &&&Claim| {
        let told = matches!(claim.modality, Modality::Asserted | Modality::Planned);
        let relation = context.ontology.relation(&claim.relation);
        let own = claim.object.entity == *here;
        let kind = match back {
            Back::Of(relation) => told && claim.relation == *relation,
            Back::Between => is_mutual(context, &claim.relation),
            // "X proposed talks with Y. Y turned down the proposal".
            Back::Deed => told || own,
            Back::Own => told && own,
            Back::Harm => {
                let class = relation.and_then(|relation| relation.quad_class);
                told && claim.subject.entity == *here && class.is_some_and(|class| class >= 3)
            }
            Back::Demand => own && Some(&claim.relation) == context.frames.words.demand.as_ref(),
        };
        let known = relation.is_some_and(|relation| {
            let both = own || matches!(back, Back::Between);
            relation.event && (both || !relation.symmetric)
        });
        kind && known
            && claim.polarity == Polarity::Positive
            && claim.evidence.end <= at.start
            && ordinal(claim.evidence) + reach >= ordinal(at)
    };
    let candidates: Vec<&&Claim> = before.iter().filter(fits).collect();
    let Some(last) = candidates.iter().map(|claim| ordinal(claim.evidence)).max() else {
        return vec![];
    };
    let near = candidates
        .iter()
        .filter(|claim| ordinal(claim.evidence) == last);
    let mut found: Vec<&Argument> = vec![];
    for claim in near {
        let doers = match back {
            Back::Harm => vec![&claim.object],
            Back::Between => vec![&claim.subject, &claim.object],
            _ => vec![&claim.subject],
        };
        for doer in doers {
            if doer.entity == *here {
                return vec![];
            }
            if !found.iter().any(|other| other.entity == doer.entity) {
                found.push(doer);
            }
        }
    }
    found
}
