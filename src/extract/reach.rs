//! Where the actors of an act stand around its word when its frame's own slots do not hold them. What each place is called
//! becomes part of a proposal's rule.

use std::cmp::Reverse;

use super::{
    frames::{Frame, Kind, Slot},
    matching::Context,
    scene::Actor,
};
use crate::grammar::{Pos, Role};

/// Actors, where they stood, and the verb that was asked for them where it is another word than the act's.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) actors: Vec<Actor>,
    pub(super) place: &'static str,
    pub(super) verb: Option<usize>,
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

/// Who acts and who is acted upon: by the frame's own slots, else from around the word.
pub(super) fn ends(
    context: &Context<'_>,
    word: usize,
    frame: &Frame,
) -> (Option<Found>, Option<Found>) {
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
    let nouns = subjects.into_iter().filter(|&subject| {
        context.scene.tree.word(subject).pos == Pos::Noun
            && !context.scene.is_kin(subject)
            && !context.scene.is_former(subject)
    });
    let pairs = nouns.flat_map(|subject| [1, 2].map(|depth| (subject, depth)));
    pairs.into_iter().find_map(|(subject, depth)| {
        let mut inside = at_depth(context, subject, depth);
        // "tribes along the border of X" are not X's.
        let tree = &context.scene.tree;
        let owned = tree
            .with_role(subject, Role::Oblique)
            .into_iter()
            .all(|under| {
                let marker = tree.word(under).marker.as_ref();
                marker.is_some_and(|marker| {
                    tree.frames.words.owner.contains(marker)
                        || tree.frames.words.locative.contains(marker)
                })
            });
        if depth == 2 && !owned {
            inside.retain(|actor| !context.is_a(actor, "Place") && !context.is_a(actor, "State"));
        }
        // "Norwegian militants" and "Danish teachers" are not their countries; the minister is.
        let people = &context.frames.words.people;
        let follower = context.scene.is_follower(subject)
            || people.contains(&context.scene.tree.word(subject).lemma);
        let origins = context.scene.fill(subject, &vec![Slot::Modifier]);
        inside.retain(|actor| {
            let place = context.is_a(actor, "Place") || context.is_a(actor, "State");
            !(follower && place && origins.contains(actor))
        });
        Found::new(inside, "inside")
    })
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
    let owners = [Slot::Possessor, Slot::Modifier].into_iter();
    let owned = owners.flat_map(|slot| scene.fill(noun, &vec![slot]));
    if let Some(found) = Found::new(owned.collect(), "owner") {
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
    // Who condemns an act did not do it; who does something during talks takes part in them.
    let during = own
        .marker
        .as_ref()
        .is_some_and(|marker| context.frames.words.time.same_time.contains(marker));
    // "named X after the killing of Y": nor is who does something else before or after a hostile act its doer.
    let apart = &context.frames.words.time.beside;
    let beside = at == noun
        && own
            .marker
            .as_ref()
            .is_some_and(|marker| apart.contains(marker))
        && is_hostile(context, noun);
    if !during && (beside || !fitting(context, verb).is_empty()) {
        return None;
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
    // Where somebody goes is no counterpart.
    if tree.frames.words.motion.contains(&tree.word(verb).lemma) {
        return None;
    }
    let objects = tree.objects(verb).into_iter().chain(tree.receivers(verb));
    let mut heads: Vec<(usize, &'static str, usize)> =
        objects.map(|head| (head, "object", 1)).collect();
    let locative = &tree.frames.words.locative;
    let behind = tree
        .with_role(verb, Role::Oblique)
        .into_iter()
        .filter(|&child| {
            // "was carried out after requests from X": what it followed is no end of it.
            let other = &tree.frames.words.factual_subordinators;
            let marker = tree.word(child).marker.as_ref();
            !marker.is_some_and(|marker| locative.contains(marker) || other.contains(marker))
        });
    heads.extend(behind.map(|head| (head, "behind", 2)));
    for depth in 0..=2 {
        for &(head, place, deepest) in &heads {
            let mut found = apart(at_depth(context, head, depth), taken);
            found.retain(|actor| !is_where(context, actor));
            // "called for talks between X and Y": behind a preposition only who takes part in an act.
            let act = !context.scene.calls(Kind::Noun, head).is_empty();
            let near = if place == "behind" {
                act && depth > 0
            } else {
                true
            };
            let allowed = near && depth <= deepest && (depth == 0 || !is_hostile(context, head));
            if allowed && !found.is_empty() {
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
    if let Some(found) = Found::new(apart(breakers.collect(), taken), "condition") {
        return Some(found);
    }
    // "signed a deal after talks hosted by X": those who talked.
    let acts = tree
        .objects(verb)
        .into_iter()
        .filter(|&noun| tree.is_nominal(noun) && !context.scene.calls(Kind::Noun, noun).is_empty());
    let takers = acts
        .filter_map(|noun| noun_sources(context, noun))
        .find(|found| found.place == "above")?;
    Found::new(apart(takers.actors, taken), "participants")
}

/// Whether a noun names a hostile act: its owner may be its victim ("denounced the killing of X").
fn is_hostile(context: &Context<'_>, noun: usize) -> bool {
    let calls = context.scene.calls(Kind::Noun, noun).into_iter();
    calls
        .filter_map(|(of, _)| {
            let relation = &context.frames.frames[of].relation;
            context.ontology.relation(relation)?.quad_class
        })
        .any(|class| class == 4)
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
    // "received aid from X", "with the support of X"
    let own = tree.word(noun);
    let helped = own.role == Role::Oblique
        && own
            .marker
            .as_ref()
            .is_some_and(|marker| context.frames.words.helped.contains(marker));
    let given = helped || source.is_some_and(|found| found.place == "giver");
    let takers = all(context, &tree.subjects(verb));
    Found::new(apart(takers, taken), "receiver").filter(|_| given)
}

/// The actors that a noun phrase stands for (depth 0), that own it (1), or that stand under its prepositions (2).
fn at_depth(context: &Context<'_>, head: usize, depth: usize) -> Vec<Actor> {
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
        let actors = if depth == 1 && scene.is_kin(head) {
            vec![]
        } else if depth == 1 {
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
