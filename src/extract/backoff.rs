//! Proposals from found mentions: a word whose frame fits but whose slots held no two actors gets them from where they stand
//! around it in its clause: inside its subject, inside its object, behind its preposition, as the subject of the verb above.
//!
//! A proposal says by its rule (`en/proposal/SOURCE-TARGET`) where its actors stood. All are too unsure for an edge.

use super::{
    factuality::{self, Held},
    frames::Frame,
    matching::{self, Context, Told},
    reach::{Found, ends, fitting},
    scene::Actor,
};
use crate::claim::{Claim, Modality, Polarity};

/// Less than an edge asks for: on texts with gold claims about half of such proposals were right, too few to tell place from
/// place (docs/quality.md counts them by rule).
const CONFIDENCE: f64 = 0.4;

/// Proposals for a paragraph in which frames told `told`, called up by the words `used`.
pub(super) fn claims(context: &Context<'_>, told: &[Claim], used: &[usize]) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let mut found: Vec<Claim> = vec![];
    for &word in context.telling.iter().filter(|word| !used.contains(word)) {
        let proposed = fitting(context, word)
            .into_iter()
            .map(|frame| proposed(context, word, frame))
            .find(|claims| !claims.is_empty());
        for claim in proposed.unwrap_or_default() {
            if !joined(context, told, &claim) && !joined(context, &found, &claim) {
                found.push(claim);
            }
        }
    }
    found
}

/// Whether a claim of the same sentence joins the same two in an event.
fn joined(context: &Context<'_>, told: &[Claim], new: &Claim) -> bool {
    let is_event = |claim: &Claim| {
        let known = context.ontology.relation(&claim.relation);
        known.is_some_and(|known| known.event)
    };
    told.iter().any(|claim| {
        let ends = [&claim.subject.entity, &claim.object.entity];
        (is_event(claim) || claim.evidence.overlaps(new.evidence))
            && ends.contains(&&new.subject.entity)
            && ends.contains(&&new.object.entity)
            && sentence(context, claim) == sentence(context, new)
    })
}

/// The sentence in which a claim's evidence begins.
pub(super) fn sentence(context: &Context<'_>, claim: &Claim) -> std::ops::Range<usize> {
    let tree = &context.scene.tree;
    let words = &tree.paragraph.words;
    let at = words.partition_point(|word| word.span.end <= claim.evidence.start);
    tree.sentence(at.min(words.len().saturating_sub(1)))
}

fn proposed(context: &Context<'_>, word: usize, frame: &Frame) -> Vec<Claim> {
    let (sources, targets) = ends(context, word, frame);
    let carried = context.scene.tree.is_nominal(word) && context.scene.governor(word).is_some();
    let mut held = factuality::hold(
        context.scene,
        word,
        carried,
        &frame.relation,
        context.ontology,
    );
    let verb = sources.as_ref().and_then(|found| found.verb);
    if let Some(verb) = verb.filter(|_| !carried) {
        hold_as(context, &mut held, verb);
    }
    if targets
        .as_ref()
        .is_some_and(|found| found.place == "condition")
    {
        held.modality = Modality::Hypothetical;
    }
    if held.dropped {
        return vec![];
    }
    let Some((pairs, place)) = paired(sources, targets) else {
        return vec![];
    };
    let fits = |(one, other): &(Actor, Actor)| {
        one.argument.entity != other.argument.entity && context.suits(frame, one, other)
    };
    let turned = |(one, other)| {
        if frame.reverse {
            (other, one)
        } else {
            (one, other)
        }
    };
    let language = context.article.lang.family().tag();
    let rule = format!("{language}/proposal/{place}");
    pairs
        .into_iter()
        .filter(fits)
        .map(turned)
        .map(|(source, target)| {
            let told = Told {
                rule: rule.as_str().into(),
                event: None,
                relation: frame.relation.clone(),
                act: context.scene.tree.word(word).lemma.clone(),
                confidence: CONFIDENCE,
                light: carried,
            };
            matching::claim(context, word, told, &held, &source, &target)
        })
        .collect()
}

/// Where actors stood that were wrong about as often as right: somewhere in an object, and in slots that do not go together.
const DOUBTFUL: [(&str, &str); 2] = [("own", "object"), ("own", "own")];

/// Who does it to whom, and how that is called in a rule.
fn paired(sources: Option<Found>, targets: Option<Found>) -> Option<(Vec<(Actor, Actor)>, String)> {
    let (from, to) = (sources?, targets?);
    if DOUBTFUL.contains(&(from.place, to.place)) {
        return None;
    }
    let each = |one: &Actor| -> Vec<(Actor, Actor)> {
        let others = to.actors.iter();
        others.map(|other| (one.clone(), other.clone())).collect()
    };
    let pairs = from.actors.iter().flat_map(each).collect();
    Some((pairs, format!("{}-{}", from.place, to.place)))
}

/// What the verb above makes of the act is true of it too, where its subject was taken as the act's.
fn hold_as(context: &Context<'_>, held: &mut Held, verb: usize) {
    let above = factuality::hold(context.scene, verb, false, "", context.ontology);
    if above.polarity == Polarity::Negative && held.polarity == Polarity::Positive {
        held.polarity = Polarity::Negative;
    }
    if held.modality == Modality::Asserted {
        held.modality = above.modality;
    }
}
