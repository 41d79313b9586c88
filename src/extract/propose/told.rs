//! A proposal as a claim: its direction, and what operators make of it.

use super::{
    super::{
        events,
        factuality::{self, Held},
        frames::Path as Slots,
        matching::{self, Context, Told},
        tree::Tree,
    },
    Placed,
    meaning::{best, class, event_of, is_mutual},
    path::Path,
    telling, whole,
};
use crate::{
    claim::{Claim, Modality, Name, Polarity},
    grammar::Role,
};

/// How far up a noun phrase an actor may stand in it.
const DEPTH: usize = 4;
/// Confidence of a charge, a demand or a threat that only the telling makes one.
const SAID: f64 = 0.3;
/// Confidence of what an act that was not done says.
const UNDONE: f64 = 0.4;

/// The claim that an act at `word` joins the two.
pub(super) fn claim(
    context: &Context<'_>,
    path: &Path,
    [one, other]: [&Placed; 2],
    word: usize,
    relation: Name,
    confidence: f64,
) -> Claim {
    let tree = &context.scene.tree;
    let carried = tree.is_nominal(word) && context.scene.governor(word).is_some();
    let mut held = factuality::hold(context.scene, word, carried, &relation, context.ontology);
    // "was offered a loan": what the words themselves only promise.
    let planned = best(context, word).filter(|frame| *frame.relation == *relation);
    if let (Some(modality), Modality::Asserted) =
        (planned.and_then(|frame| frame.modality), held.modality)
    {
        held.modality = modality;
    }
    let turned = by_slots(context, word, &relation, [one, other]);
    let (mut source, mut target) = if turned.unwrap_or_else(|| path.turned(context.scene)) {
        (other, one)
    } else {
        (one, other)
    };
    let relation = if let Some(own) = whole::own_need(context, &held, word, &relation) {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        own
    } else if let Some((allegation, ends)) =
        alleged(context, path, word, &relation, &held, [source, target])
    {
        [source, target] = ends;
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        allegation
    } else if let Some(together) = together(context, word, &relation, [one, other]) {
        together
    } else {
        settled(context, &mut held, word, relation)
    };
    let told = Told {
        rule: rule(context, &relation),
        event: event_of(context, word, &relation),
        relation,
        act: tree.word(word).lemma.clone(),
        confidence,
        light: carried,
    };
    matching::claim(context, word, told, &held, &source.actor, &target.actor)
}

/// Whether the frame that gives the act its meaning has the second of the two where the one who acts stands, or the first
/// where the one acted upon does; nothing where its slots hold neither or both.
fn by_slots(
    context: &Context<'_>,
    word: usize,
    relation: &str,
    ends: [&Placed; 2],
) -> Option<bool> {
    let frame = best(context, word).filter(|frame| *frame.relation == *relation)?;
    let second = |paths: &[Slots]| {
        paths.iter().find_map(|path| {
            let words = context.scene.filler_words(word, path);
            let [one, other] = ends.map(|end| is_in(&context.scene.tree, end.head, &words));
            (one != other).then_some(other)
        })
    };
    let turned = second(&frame.source).or_else(|| second(&frame.target).map(|second| !second));
    turned.map(|turned| turned != frame.reverse)
}

/// Whether a word is one of those or stands in a noun phrase of one.
fn is_in(tree: &Tree<'_>, word: usize, heads: &[usize]) -> bool {
    let ways = std::iter::successors(Some(word), |&at| {
        tree.word(at).head.filter(|&head| tree.is_nominal(head))
    });
    ways.take(DEPTH).any(|at| heads.contains(&at))
}

/// What a claim without a code says of its two: "failed to free X" refuses. The claim's word is one of `words`.
pub(super) fn undone<'w>(
    context: &Context<'_>,
    claim: &Claim,
    mut words: impl Iterator<Item = &'w usize>,
    [one, other]: [&Placed; 2],
) -> Option<Claim> {
    let tree = &context.scene.tree;
    let word = *words.find(|&&word| {
        let own = &tree.word(word).lemma;
        claim.act.split(' ').any(|part| part == own) && tree.is_verb(word)
    })?;
    let known = context.ontology.relation(&claim.relation)?;
    if !known.event || claim.polarity != Polarity::Negative || claim.modality != Modality::Asserted
    {
        return None;
    }
    let (source, target) = if claim.subject.entity == one.actor.argument.entity {
        (one, other)
    } else {
        (other, one)
    };
    let mut held = factuality::hold(
        context.scene,
        word,
        false,
        &claim.relation,
        context.ontology,
    );
    let relation = settled(context, &mut held, word, claim.relation.clone());
    let act = Told {
        rule: rule(context, &relation),
        event: None,
        relation,
        act: claim.act.clone(),
        confidence: UNDONE,
        light: false,
    };
    Some(matching::claim(
        context,
        word,
        act,
        &held,
        &source.actor,
        &target.actor,
    ))
}

/// The claim that the first asks, accuses or threatens the second by what it says at `word`.
pub(super) fn said(
    context: &Context<'_>,
    word: usize,
    relation: Name,
    [source, target]: [&Placed; 2],
) -> Claim {
    let held = Held::told();
    let act = Told {
        rule: rule(context, &relation),
        event: None,
        relation,
        act: context.scene.tree.word(word).lemma.clone(),
        confidence: SAID,
        light: false,
    };
    matching::claim(context, word, act, &held, &source.actor, &target.actor)
}

/// "X said that Y had shelled the town": whoever tells of a hostile act of the other accuses them.
fn alleged<'p>(
    context: &Context<'_>,
    path: &Path,
    word: usize,
    relation: &str,
    held: &Held,
    ends: [&'p Placed; 2],
) -> Option<(Name, [&'p Placed; 2])> {
    let hostile = class(context, relation).is_some_and(|class| class >= 3);
    let held_so = matches!(
        held.modality,
        Modality::Asserted | Modality::Possible | Modality::Planned | Modality::Hypothetical
    ) && held.polarity == Polarity::Positive;
    // "X said that Y had never helped": so is a favour that was not done.
    let (hostile, held_so) = if held.polarity == Polarity::Negative {
        (!hostile, held.modality == Modality::Asserted)
    } else {
        (hostile, held_so)
    };
    let tree = &context.scene.tree;
    let [one, other] = ends;
    // "according to X, Y has …"
    let spoken = |teller: &Placed, agent: &Placed| {
        let speakers = held.speakers.iter().chain(&held.via);
        let mut own = speakers.filter(|speaker| speaker.entity == teller.actor.argument.entity);
        own.next().is_some()
            && telling::is_subject(tree, word, agent.head)
            && !telling::is_subject(tree, word, teller.head)
    };
    let beside = [[one, other], [other, one]]
        .into_iter()
        .find(|[teller, agent]| spoken(teller, agent));
    let ends = telling::found(context, path, ends)
        .map(|told| told.ends)
        .or(beside)?;
    let allegation = context.frames.words.allegation.clone();
    Some((allegation.filter(|_| hostile && held_so)?, ends))
}

/// "X and Y police raided a ranch": who does to a third what is not done to each other cooperates.
fn together(
    context: &Context<'_>,
    word: usize,
    relation: &str,
    [one, other]: [&Placed; 2],
) -> Option<Name> {
    let tree = &context.scene.tree;
    let joined = are_coordinated(tree, one.head, other.head);
    let done = class(context, relation).is_some_and(|class| class >= 2);
    let together = context.frames.words.together.clone();
    together.filter(|_| joined && done && !is_mutual(context, word, relation))
}

/// Whether two words are members of one coordination, or describe one noun.
pub(super) fn are_coordinated(tree: &Tree<'_>, one: usize, other: usize) -> bool {
    let first = |word: usize| {
        let mut at = word;
        while let Some(head) = tree
            .word(at)
            .head
            .filter(|&head| tree.word(at).role == Role::Conjunct && head < at)
        {
            at = head;
        }
        at
    };
    first(one) == first(other) && one != other
}

/// The name of the rule that proposes a relation.
pub(super) fn rule(context: &Context<'_>, relation: &str) -> Name {
    let language = context.article.lang.family().tag();
    format!("{language}/proposal/{}", relation.to_lowercase()).into()
}

/// What operators above make of the act as a whole: what is threatened, refused or asked for is told as that.
fn settled(context: &Context<'_>, held: &mut Held, word: usize, relation: Name) -> Name {
    let words = &context.frames.words;
    let quad = class(context, &relation);
    let emitted = held.emitters.iter().find_map(|&(number, _)| {
        let operator = &context.frames.operators[number];
        operator
            .emit
            .clone()
            .filter(|_| operator.emit_on.suits(quad))
    });
    let whole = emitted.or_else(|| {
        let demand = words.demand.clone();
        demand.filter(|_| held.modality == Modality::Demanded)
    });
    if quad == Some(4) && whole::is_ordered_done(context, held, word) {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        return relation;
    }
    let whole = whole.or_else(|| {
        if held.polarity == Polarity::Positive {
            return None;
        }
        if let Some(ended) = events::ended(context, &relation, held) {
            return Some(ended);
        }
        // Who denies or will not do something refuses; who does not fight keeps the peace.
        let own = words.refusal.as_ref() == Some(&relation);
        if quad.is_some_and(|class| class <= 2) || is_denial(context, held) && !own {
            words.refusal.clone()
        } else {
            words.promise.clone()
        }
    });
    if let Some(whole) = whole {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        return whole;
    }
    relation
}

/// Whether somebody says that it was not so.
fn is_denial(context: &Context<'_>, held: &Held) -> bool {
    held.negated.iter().any(|&word| {
        super::operators(context, word).into_iter().any(|number| {
            let operator = &context.frames.operators[number];
            operator.speaker && operator.flip
        })
    })
}
