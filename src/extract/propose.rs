//! Proposals where the user names the actors: a sentence with two given actors and no event between them gets one from the
//! nearest predicate on the grammatical path that joins them, whatever slots they fill.
//!
//! What the predicate means is looked up among the frames; how it is held is read as for every claim. Too unsure for an
//! edge: the confidence lies below one half, and falls with the distance from the path.

use std::{collections::BTreeMap, ops::Range};

use super::{
    factuality::{self, Held},
    frames::{Embedded, Kind},
    matching::{self, Context, Told},
    scene::Actor,
    tree::Tree,
};
use crate::{
    claim::{Claim, Modality, Name, Polarity},
    grammar::{Pos, Role},
};

/// Confidence of a proposal from the path itself, from what hangs on it, and from anything else in the sentence.
const CONFIDENCE: [f64; 3] = [0.4, 0.3, 0.2];

/// A given actor and the word that heads its mention.
struct Placed {
    actor: Actor,
    head: usize,
}

/// Proposals for the sentences of a paragraph whose two given actors no claim of `told` joins in an event.
pub(super) fn claims(context: &Context<'_>, told: &[Claim]) -> Vec<Claim> {
    if context.article.mentions.is_none() {
        return vec![];
    }
    let sentences = context.scene.tree.paragraph.sentences.clone();
    sentences
        .into_iter()
        .filter_map(|sentence| propose(context, sentence, told))
        .collect()
}

fn propose(context: &Context<'_>, sentence: Range<usize>, told: &[Claim]) -> Option<Claim> {
    let placed = placed(context, &sentence);
    let [one, other] = placed.as_slice() else {
        return None;
    };
    let within = context.scene.tree.paragraph.span(sentence.clone());
    let joins = |claim: &&Claim| {
        let ends = [&claim.subject.entity, &claim.object.entity];
        claim.event.is_some()
            && within.overlaps(claim.evidence)
            && ends.contains(&&one.actor.argument.entity)
            && ends.contains(&&other.actor.argument.entity)
    };
    if told.iter().any(|claim| joins(&claim)) {
        return None;
    }
    let path = Path::between(&context.scene.tree, one.head, other.head);
    let taken = |word: &usize| {
        let span = context.scene.tree.word(*word).span;
        [one, other]
            .iter()
            .any(|placed| placed.actor.argument.span.overlaps(span))
    };
    let mut tiers = [path.words(), path.beside(context), path.rest(sentence)];
    for tier in &mut tiers {
        tier.retain(|word| !taken(word));
    }
    let found = tiers
        .iter()
        .zip(CONFIDENCE)
        .find_map(|(words, confidence)| {
            let meant = first_meant(context, words, meaning);
            let meant = meant.or_else(|| first_meant(context, words, likely_meaning))?;
            Some((meant, confidence))
        });
    let ends = [one, other];
    match found {
        Some(((word, relation), confidence)) => {
            Some(claim(context, &path, ends, word, relation, confidence))
        }
        None => guess(context, &path, ends),
    }
}

/// A proposal from how the unknown act of the path is held: demanded, or planned.
fn guess(context: &Context<'_>, path: &Path, ends: [&Placed; 2]) -> Option<Claim> {
    let words = &context.frames.words;
    path.words().into_iter().find_map(|word| {
        if !context.scene.tree.is_verb(word) {
            return None;
        }
        let held = factuality::hold(context.scene, word, false, "", context.ontology);
        let promises = operators(context, word).any(|number| {
            let operator = &context.frames.operators[number];
            operator.speaker && operator.embedded == Embedded::As(Modality::Planned)
        });
        let relation = match held.modality {
            Modality::Demanded => words.demand.clone()?,
            Modality::Planned => words.promise.clone()?,
            // "promised X access": what is promised need not be known.
            Modality::Asserted if promises => words.promise.clone()?,
            _ => return None,
        };
        Some(claim(context, path, ends, word, relation, CONFIDENCE[2]))
    })
}

/// The sentence's given actors, each once, if they are two.
fn placed(context: &Context<'_>, sentence: &Range<usize>) -> Vec<Placed> {
    let mut found: Vec<Placed> = vec![];
    for (head, actor) in context.scene.given(sentence.clone()) {
        if !found
            .iter()
            .any(|placed| placed.actor.argument.entity == actor.argument.entity)
        {
            found.push(Placed { actor, head });
        }
    }
    found
}

/// The first word that means an event, passing over what only promises the next one.
fn first_meant(
    context: &Context<'_>,
    words: &[usize],
    meaning: fn(&Context<'_>, usize) -> Option<Name>,
) -> Option<(usize, Name)> {
    let mut passed = None;
    for (at, &word) in words.iter().enumerate() {
        let Some(relation) = meaning(context, word) else {
            continue;
        };
        if plans(context, word, &words[at + 1..]) {
            passed.get_or_insert((word, relation));
        } else {
            return Some((word, relation));
        }
    }
    passed.or_else(|| {
        let refused = |&word: &usize| Some((word, emitted_by(context, word)?));
        words.iter().find_map(refused)
    })
}

/// Whether `word` holds as planned a clause headed by one of `below`.
fn plans(context: &Context<'_>, word: usize, below: &[usize]) -> bool {
    let tree = &context.scene.tree;
    let embeds = below.iter().any(|&next| {
        let own = tree.word(next);
        let subordinate = |marker: &String| context.frames.words.subordinators.contains_key(marker);
        own.head == Some(word)
            && !own.marker.as_ref().is_some_and(subordinate)
            && matches!(
                own.role,
                Role::OpenContent | Role::Content | Role::AdverbialClause | Role::NounClause
            )
    });
    embeds
        && operators(context, word).any(|number| {
            matches!(
                context.frames.operators[number].embedded,
                Embedded::As(Modality::Planned | Modality::Demanded)
            )
        })
}

fn operators(context: &Context<'_>, word: usize) -> impl Iterator<Item = usize> {
    let tree = &context.scene.tree;
    let kind = if tree.is_verb(word) {
        Kind::OperatorVerb
    } else if tree.is_nominal(word) {
        Kind::OperatorNoun
    } else {
        Kind::OperatorAdjective
    };
    let called: Vec<usize> = context
        .scene
        .calls(kind, word)
        .into_iter()
        .map(|(number, _)| number)
        .collect();
    called.into_iter()
}

fn emitted_by(context: &Context<'_>, word: usize) -> Option<Name> {
    operators(context, word).find_map(|number| context.frames.operators[number].emit.clone())
}

/// What a word means whatever stands in its slots: the frame that asks most and whose conditions hold.
pub(super) fn meaning(context: &Context<'_>, word: usize) -> Option<Name> {
    let scene = context.scene;
    let mut best: Option<(usize, &Name)> = None;
    for (of, words) in called(context, word) {
        let frame = &context.frames.frames[of];
        let weights = frame.with.iter().map(|with| scene.weight(word, with));
        if let Some(asked) = weights.sum::<Option<usize>>() {
            let specificity = frame.specificity(words, asked);
            if best.is_none_or(|(most, _)| specificity > most) {
                best = Some((specificity, &frame.relation));
            }
        }
    }
    best.map(|(_, relation)| relation.clone())
}

/// The relation of more than half of the frames of a word, whether their conditions hold or not.
fn likely_meaning(context: &Context<'_>, word: usize) -> Option<Name> {
    let called = called(context, word);
    let mut votes: BTreeMap<&Name, usize> = BTreeMap::new();
    for &(of, _) in &called {
        *votes
            .entry(&context.frames.frames[of].relation)
            .or_default() += 1;
    }
    let most = votes.iter().find(|(_, count)| **count * 2 > called.len());
    most.map(|(relation, _)| (*relation).clone())
}

/// The frames of events that a word calls up and that nothing in the sentence forbids.
fn called(context: &Context<'_>, word: usize) -> Vec<(usize, usize)> {
    let scene = context.scene;
    let kinds: &[Kind] = match scene.tree.word(word).pos {
        Pos::Verb | Pos::Aux => &[Kind::Verb, Kind::Adjective],
        Pos::Noun | Pos::Propn => &[Kind::Noun],
        Pos::Adj | Pos::Adv => &[Kind::Adjective, Kind::Verb],
        _ => &[],
    };
    let mut found: Vec<(usize, usize)> = kinds
        .iter()
        .flat_map(|&kind| scene.calls(kind, word))
        .collect();
    found.retain(|&(of, _)| {
        let frame = &context.frames.frames[of];
        let known = context.ontology.relation(&frame.relation);
        known.is_some_and(|relation| relation.event)
            && !frame.without.iter().any(|not| scene.holds(word, not))
    });
    found
}

/// The words that join two actors in the tree.
pub(super) struct Path {
    /// The word where both ways up meet.
    top: Option<usize>,
    /// From below the top down to each actor, the actors left out.
    sides: [Vec<usize>; 2],
}

impl Path {
    pub(super) fn between(tree: &Tree<'_>, one: usize, other: usize) -> Self {
        let up = |from: usize| {
            let mut way = vec![from];
            while let Some(head) = tree.word(way[way.len() - 1]).head {
                if way.contains(&head) {
                    break;
                }
                way.push(head);
            }
            way
        };
        let (first, second) = (up(one), up(other));
        let top = first.iter().copied().find(|word| second.contains(word));
        let down = |way: &[usize]| -> Vec<usize> {
            let below = way.iter().take_while(|word| Some(**word) != top);
            let mut side: Vec<usize> = below.copied().collect();
            side.reverse();
            side
        };
        Self {
            top,
            sides: [down(&first), down(&second)],
        }
    }

    /// The top, then down to the actor that stands deeper or later, then down to the other.
    pub(super) fn words(&self) -> Vec<usize> {
        let [first, second] = &self.sides;
        let (near, far) = if first.len() > second.len() + 1 {
            (first, second)
        } else {
            (second, first)
        };
        let mut words: Vec<usize> = self.top.into_iter().collect();
        words.extend(near.iter().chain(far));
        words
    }

    /// Objects, complements and modifiers of the path's words ("staged a sit-in", "went on strike").
    fn beside(&self, context: &Context<'_>) -> Vec<usize> {
        let tree = &context.scene.tree;
        let mut found = vec![];
        let mut at = self.words();
        for _ in 0..2 {
            at = at
                .iter()
                .flat_map(|&word| tree.children(word).to_vec())
                .filter(|child| !found.contains(child))
                .collect();
            found.extend(at.iter().copied());
        }
        found
    }

    /// Everything in the sentence, the nearest to the top first.
    fn rest(&self, sentence: Range<usize>) -> Vec<usize> {
        let middle = self.top.unwrap_or(sentence.start);
        let mut words: Vec<usize> = sentence.collect();
        words.sort_by_key(|word| word.abs_diff(middle));
        words
    }

    /// Whether the first actor is the one acted upon: the agent of a passive stands second.
    fn turned(&self, context: &Context<'_>) -> bool {
        let tree = &context.scene.tree;
        let role = |side: &Vec<usize>| side.first().map(|&word| tree.word(word).role);
        let [first, second] = &self.sides;
        let agent = |side| matches!(role(side), Some(Role::Agent | Role::Subject));
        let spoken = matches!(role(first), Some(Role::Content));
        let undergoes = matches!(
            role(first),
            Some(Role::PassiveSubject | Role::Object | Role::IndirectObject)
        );
        agent(second) && (undergoes || spoken)
    }
}

fn claim(
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
    let (mut source, mut target) = if path.turned(context) {
        (other, one)
    } else {
        (one, other)
    };
    let told = Allegation {
        relation: &relation,
        held: &held,
        words: [vec![word], path.words()].concat(),
    };
    let relation = match alleged(context, &told, [source, target]) {
        Some((allegation, ends)) => {
            [source, target] = ends;
            (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
            allegation
        }
        None => settled(context, &mut held, relation),
    };
    let told = Told {
        rule: rule(context, &relation),
        event: None,
        relation,
        act: tree.word(word).lemma.clone(),
        confidence,
        light: carried,
    };
    matching::claim(context, word, told, &held, &source.actor, &target.actor)
}

/// What may have been told by one of the two of the other.
struct Allegation<'p> {
    relation: &'p str,
    held: &'p Held,
    /// The word of the act, and those that join the two.
    words: Vec<usize>,
}

/// "X said that Y had shelled the town", "Y shelled the town, according to X": whoever tells of a hostile act of the other
/// accuses them.
fn alleged<'p>(
    context: &Context<'_>,
    told: &Allegation<'_>,
    [one, other]: [&'p Placed; 2],
) -> Option<(Name, [&'p Placed; 2])> {
    let held = told.held;
    let known = context.ontology.relation(told.relation);
    let hostile = known
        .and_then(|known| known.quad_class)
        .is_some_and(|class| class >= 3);
    let held_so = matches!(
        held.modality,
        Modality::Asserted | Modality::Possible | Modality::Planned | Modality::Hypothetical
    ) && held.polarity == Polarity::Positive;
    let tree = &context.scene.tree;
    let telling = |&verb: &usize| {
        let calls = context.scene.calls(Kind::OperatorVerb, verb);
        let mut operators = calls
            .iter()
            .map(|&(number, _)| &context.frames.operators[number]);
        tree.is_verb(verb) && verb != told.words[0] && operators.any(|operator| operator.speaker)
    };
    let tells = |end: &Placed| {
        let entity = &end.actor.argument.entity;
        let spoken = held.speakers.iter().chain(&held.via);
        let words = held.words.iter().chain(&told.words);
        let mut verbs = words.filter(|verb| telling(verb));
        spoken.into_iter().any(|speaker| speaker.entity == *entity)
            || verbs.any(|&verb| tree.subjects(verb).contains(&end.head))
    };
    let acts = |end: &Placed| {
        let mut verbs = told.words.iter().filter(|verb| !telling(verb));
        verbs.any(|&verb| tree.subjects(verb).contains(&end.head))
    };
    let ends = [[one, other], [other, one]]
        .into_iter()
        .find(|[teller, agent]| acts(agent) && !acts(teller) && tells(teller))?;
    let allegation = context.frames.words.allegation.clone();
    Some((allegation.filter(|_| hostile && held_so)?, ends))
}

fn rule(context: &Context<'_>, relation: &str) -> Name {
    let language = context.article.lang.family().tag();
    format!("{language}/proposal/{}", relation.to_lowercase()).into()
}

/// What operators above make of the act as a whole: what is threatened, refused or asked for is told as that.
fn settled(context: &Context<'_>, held: &mut Held, relation: Name) -> Name {
    let class = |relation: &str| {
        let known = context.ontology.relation(relation);
        known.and_then(|known| known.quad_class)
    };
    let emitted = held.emitters.iter().find_map(|&(number, _)| {
        let operator = &context.frames.operators[number];
        let suits = operator.emit_on.suits(class(&relation));
        operator.emit.clone().filter(|_| suits)
    });
    if let Some(emitted) = emitted {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        return emitted;
    }
    let demand = context.frames.words.demand.clone();
    if let (Modality::Demanded, Some(demand)) = (held.modality, demand) {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        return demand;
    }
    let cooperative = class(&relation).is_some_and(|class| class <= 2);
    let refusal = context.frames.words.refusal.clone();
    if let (true, Polarity::Negative, Some(refusal)) = (cooperative, held.polarity, refusal) {
        (held.polarity, held.modality) = (Polarity::Positive, Modality::Asserted);
        return refusal;
    }
    relation
}
