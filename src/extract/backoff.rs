//! Proposals from found mentions: a word whose frame fits but whose slots held no two actors gets them from where they stand
//! around it in its clause: inside its subject, inside its object, behind its preposition, as the subject of the verb above.
//!
//! A proposal says by its rule (`en/proposal/SOURCE-TARGET`) where its actors stood. All are too unsure for an edge.

use std::cmp::Reverse;

use super::{
    factuality::{self, Held},
    frames::{Frame, Kind, Slot},
    matching::{self, Context, Told},
    scene::Actor,
};
use crate::{
    claim::{Claim, Modality, Polarity},
    grammar::{Pos, Role},
};

/// What share of such proposals was right on texts with gold claims, rounded down.
const CONFIDENCE: f64 = 0.4;

/// Actors, where they stood, and the verb that was asked for them where it is another word than the act's.
#[derive(Clone)]
struct Found {
    actors: Vec<Actor>,
    place: &'static str,
    verb: Option<usize>,
}

impl Found {
    fn new(actors: Vec<Actor>, place: &'static str) -> Option<Self> {
        let verb = None;
        (!actors.is_empty()).then_some(Self {
            actors,
            place,
            verb,
        })
    }
}

/// Proposals for a paragraph in which frames told `told`, called up by the words `used`.
pub(super) fn claims(context: &Context<'_>, told: &[Claim], used: &[usize]) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let words = 0..context.scene.tree.paragraph.words.len();
    let mut found: Vec<Claim> = vec![];
    for word in words.filter(|word| !used.contains(word)) {
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

/// The frames of events whose conditions hold at a word, the most demanding first.
pub(super) fn fitting<'a>(context: &Context<'a>, word: usize) -> Vec<&'a Frame> {
    let scene = context.scene;
    let kind = match scene.tree.word(word).pos {
        Pos::Verb | Pos::Aux => Kind::Verb,
        Pos::Noun => Kind::Noun,
        _ => return vec![],
    };
    let mut found: Vec<(usize, &Frame)> = vec![];
    for (of, words) in scene.calls(kind, word) {
        let frame = &context.frames.frames[of];
        let known = context.ontology.relation(&frame.relation);
        let event = known.is_some_and(|known| known.event);
        if !event || frame.without.iter().any(|not| scene.holds(word, not)) {
            continue;
        }
        let weights = frame.with.iter().map(|with| scene.weight(word, with));
        if let Some(asked) = weights.sum::<Option<usize>>() {
            found.push((frame.specificity(words, asked), frame));
        }
    }
    found.sort_by_key(|&(specificity, _)| Reverse(specificity));
    found.into_iter().map(|(_, frame)| frame).collect()
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
    if held.dropped {
        return vec![];
    }
    let (pairs, place) = match (sources, targets) {
        (Some(from), Some(to)) => {
            let each = |one: &Actor| {
                to.actors
                    .iter()
                    .map(|other| (one.clone(), other.clone()))
                    .collect()
            };
            let pairs: Vec<(Actor, Actor)> = from
                .actors
                .iter()
                .flat_map(|one| -> Vec<_> { each(one) })
                .collect();
            (pairs, format!("{}-{}", from.place, to.place))
        }
        (Some(group), None) if group.verb.is_some() => {
            (pairs_of(context, frame, &group.actors), "group".to_owned())
        }
        _ => return vec![],
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

/// "After talks in X, A and B signed a deal": the subjects of the verb are each other's counterparts.
fn pairs_of(context: &Context<'_>, frame: &Frame, group: &[Actor]) -> Vec<(Actor, Actor)> {
    let known = context.ontology.relation(&frame.relation);
    if !frame.pairs || !known.is_some_and(|known| known.symmetric) {
        return vec![];
    }
    let later = |at: usize| group[at + 1..].iter();
    (0..group.len())
        .flat_map(|at| later(at).map(move |other| (group[at].clone(), other.clone())))
        .collect()
}

/// Who acts and who is acted upon: by the frame's own slots, else from around the word.
fn ends(context: &Context<'_>, word: usize, frame: &Frame) -> (Option<Found>, Option<Found>) {
    let own = |paths: &[Vec<Slot>]| {
        let mut filled = paths.iter().map(|path| context.scene.fill(word, path));
        Found::new(filled.find(|actors| !actors.is_empty())?, "own")
    };
    let (source, target) = (own(&frame.source), own(&frame.target));
    let by_subject = |paths: &[Vec<Slot>]| {
        paths
            .iter()
            .any(|path| path.first() == Some(&Slot::Subject))
    };
    // "came under attack from X": what stands around such a word is not told apart.
    if by_subject(&frame.target) && !by_subject(&frame.source) {
        return (None, None);
    }
    let noun = context.scene.tree.is_nominal(word);
    let source = source.or_else(|| {
        if noun {
            noun_sources(context, word)
        } else {
            subjects(context, word)
        }
    });
    let taken: Vec<Actor> = source
        .iter()
        .flat_map(|found| found.actors.clone())
        .collect();
    let target = target.or_else(|| {
        if noun {
            noun_targets(context, word, source.as_ref(), &taken)
        } else {
            verb_targets(context, word, &taken)
        }
    });
    (source, target)
}

/// A verb's subjects, else who stands inside the noun phrase that is its subject ("workers at X").
fn subjects(context: &Context<'_>, verb: usize) -> Option<Found> {
    let subjects = context.scene.tree.subjects(verb);
    if let Some(found) = Found::new(all(context, &subjects), "subject") {
        return Some(found);
    }
    let nouns = subjects
        .into_iter()
        .filter(|&subject| context.scene.tree.word(subject).pos == Pos::Noun);
    nouns
        .flat_map(|subject| [1, 2].map(|depth| (subject, depth)))
        .find_map(|(subject, depth)| Found::new(at_depth(context, subject, depth), "inside"))
}

fn all(context: &Context<'_>, heads: &[usize]) -> Vec<Actor> {
    heads
        .iter()
        .flat_map(|&head| context.scene.actors(head))
        .collect()
}

/// Who does what a noun names: its agent, who is charged with it, the subject of the verb under which it stands.
fn noun_sources(context: &Context<'_>, noun: usize) -> Option<Found> {
    let scene = context.scene;
    let tree = &scene.tree;
    if let Some(found) = Found::new(scene.agents(noun), "agent") {
        return Some(found);
    }
    let givers = context.frames.words.giver.iter();
    let given = givers.flat_map(|giver| scene.fill(noun, &vec![Slot::Under(giver.clone())]));
    if let Some(found) = Found::new(given.collect(), "giver") {
        return Some(found);
    }
    let mut at = noun;
    while let Some(head) = tree.word(at).head.filter(|&head| tree.is_nominal(head)) {
        at = head;
    }
    let own = tree.word(at);
    let verb = own.head.filter(|&verb| tree.is_verb(verb))?;
    if matches!(own.role, Role::Subject | Role::PassiveSubject) {
        return None;
    }
    if at == noun && is_charge(context, noun, verb) {
        let charged = Found::new(all(context, &tree.objects(verb)), "charged");
        if charged.is_some() {
            return charged;
        }
    }
    let found = subjects(context, verb)?;
    Some(Found {
        place: "above",
        verb: Some(verb),
        ..found
    })
}

/// "accuses X of ties to Y": a noun in the slot of what an operator's object is charged with.
fn is_charge(context: &Context<'_>, noun: usize, verb: usize) -> bool {
    let own = context.scene.tree.word(noun);
    let calls = context.scene.calls(Kind::OperatorVerb, verb);
    let under =
        |slot: &Slot| matches!(slot, Slot::Under(under) if Some(under) == own.marker.as_ref());
    let slots = calls
        .iter()
        .flat_map(|&(of, _)| &context.frames.operators[of].slots);
    own.role == Role::Oblique && slots.into_iter().any(under)
}

fn apart(mut actors: Vec<Actor>, taken: &[Actor]) -> Vec<Actor> {
    let is = |one: &Actor, other: &Actor| one.argument.entity == other.argument.entity;
    actors.retain(|actor| !taken.iter().any(|other| is(actor, other)));
    actors
}

/// Cities, areas and buildings are where things happen more often than whom they happen to.
fn is_where(context: &Context<'_>, actor: &Actor) -> bool {
    ["City", "Territory", "Facility"]
        .iter()
        .any(|kind| context.is_a(actor, kind))
}

/// The nearest actors in a verb's object or behind its prepositions; or who breaks the condition under which it is done.
fn verb_targets(context: &Context<'_>, verb: usize, taken: &[Actor]) -> Option<Found> {
    let tree = &context.scene.tree;
    let objects = tree.objects(verb).into_iter().chain(tree.receivers(verb));
    let mut heads: Vec<(usize, &'static str, usize)> =
        objects.map(|head| (head, "object", 1)).collect();
    let locative = &tree.frames.words.locative;
    let behind = tree
        .with_role(verb, Role::Oblique)
        .into_iter()
        .filter(|&child| {
            let marker = tree.word(child).marker.as_ref();
            !marker.is_some_and(|marker| locative.contains(marker))
        });
    heads.extend(behind.map(|head| (head, "behind", 2)));
    for depth in 0..=2 {
        for &(head, place, deepest) in &heads {
            let mut found = apart(at_depth(context, head, depth), taken);
            found.retain(|actor| !is_where(context, actor));
            if depth <= deepest && !found.is_empty() {
                return Found::new(found, place);
            }
        }
    }
    // "If X breaks the truce, Y will attack."
    let conditions = tree
        .with_role(verb, Role::AdverbialClause)
        .into_iter()
        .filter(|&clause| {
            let marker = tree.word(clause).marker.as_ref();
            let known =
                marker.is_none_or(|marker| tree.frames.words.subordinators.contains_key(marker));
            clause < verb && known && tree.is_verb(clause)
        });
    let breakers = conditions.flat_map(|clause| all(context, &tree.subjects(clause)));
    Found::new(apart(breakers.collect(), taken), "condition")
}

/// The actor who owns what stands under the noun; or the subject of the verb that takes what somebody gave.
fn noun_targets(
    context: &Context<'_>,
    noun: usize,
    source: Option<&Found>,
    taken: &[Actor],
) -> Option<Found> {
    let tree = &context.scene.tree;
    let mut owners = apart(at_depth(context, noun, 1), taken);
    owners.retain(|actor| !is_where(context, actor));
    if let Some(found) = Found::new(owners, "inside") {
        return Some(found);
    }
    let verb = tree.word(noun).head.filter(|&head| tree.is_verb(head))?;
    let given = source.is_some_and(|found| found.place == "giver");
    let takers = all(context, &tree.subjects(verb));
    Found::new(apart(takers, taken), "receiver").filter(|_| given)
}

/// The actors that a noun phrase stands for (depth 0), that own it (1), or that stand under its prepositions (2).
pub(super) fn at_depth(context: &Context<'_>, head: usize, depth: usize) -> Vec<Actor> {
    let scene = context.scene;
    let tree = &scene.tree;
    let mut heads = tree.coordinated(head);
    if depth == 2 {
        heads = heads
            .into_iter()
            .flat_map(|head| tree.with_role(head, Role::Oblique))
            .flat_map(|head| tree.coordinated(head))
            .collect();
    }
    let mut found: Vec<Actor> = vec![];
    for head in heads.into_iter().filter(|&head| tree.is_nominal(head)) {
        let actors = if depth == 1 {
            scene.fill(head, &vec![Slot::Owner])
        } else {
            scene.actors(head)
        };
        for actor in actors {
            if !found.contains(&actor) {
                found.push(actor);
            }
        }
    }
    found
}
