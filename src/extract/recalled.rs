//! "Togo bombed Ghana. Benin condemned the strike": an act that was told before, taken up again by a noun that does not say
//! whose it is. Who did it then is whom the verb above the noun speaks of.

use super::{
    factuality::{self, Held},
    frames::{Frame, Kind, Slot},
    matching::{self, Context, Told},
    reach,
    scene::Actor,
};
use crate::{
    claim::{Argument, Claim, MentionKind, Modality, Polarity},
    grammar::Role,
};

/// What is not said by the sentence itself makes a claim less sure by this factor.
const RECALLED: f64 = 0.7;

/// So many bytes before its noun an act may have been told: about four sentences.
const NEAR: usize = 700;

/// Claims of a paragraph whose frames gave `told`, called up by the words `used`; `before`: those of the document so far;
/// `answered`: what is known already of its sentences, and not told again.
pub(super) fn claims(
    context: &Context<'_>,
    before: &[Claim],
    told: &[Claim],
    used: &[usize],
    answered: &[Claim],
) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let words = 0..context.scene.tree.paragraph.words.len();
    let verbs = words.filter(|word| context.scene.tree.is_verb(*word) && !used.contains(word));
    let known: Vec<&Claim> = before.iter().chain(told).collect();
    let mut found = vec![];
    for verb in verbs {
        found.extend(of_verb(context, &known, verb));
        found.extend(denials(context, &known, verb));
    }
    found.retain(|claim| {
        let same = |one: &Claim| {
            one.evidence.overlaps(claim.evidence)
                && one.subject.entity == claim.subject.entity
                && one.relation == claim.relation
                && one.polarity == claim.polarity
        };
        !answered.iter().any(same)
    });
    found
}

/// "Togo accused Ghana of arming rebels. Ghana denied the charge", "Ghana denied the attack": what a subject denies having
/// done.
fn denials(context: &Context<'_>, known: &[&Claim], verb: usize) -> Vec<Claim> {
    let scene = context.scene;
    let denies = |&(of, _): &(usize, usize)| {
        let operator = &context.frames.operators[of];
        let with = operator.with.iter().all(|with| scene.holds(verb, with));
        operator.flip && operator.speaker && operator.slots.contains(&Slot::Object) && with
    };
    if !scene.calls(Kind::OperatorVerb, verb).iter().any(denies) {
        return vec![];
    }
    let nouns = scene.filler_words(verb, &vec![Slot::Object]).into_iter();
    let nouns: Vec<usize> = nouns.filter(|&noun| scene.is_taken_up(noun)).collect();
    let above = factuality::hold(scene, verb, false, "", context.ontology);
    if above.polarity == Polarity::Negative || above.modality != Modality::Asserted {
        return vec![];
    }
    let mut claims = vec![];
    for source in scene.fill(verb, &vec![Slot::Subject]) {
        for &noun in &nouns {
            let deeds = denied(context, known, noun, &source);
            claims.extend(deeds.map(|deed| undone(context, noun, deed, &source)));
        }
    }
    claims
}

/// The deeds of an actor that a noun for them, or for the charge of them, takes up.
fn denied<'k>(
    context: &Context<'_>,
    known: &'k [&Claim],
    noun: usize,
    source: &Actor,
) -> impl Iterator<Item = &'k Claim> {
    let called = context.scene.calls(Kind::Noun, noun);
    let relations: Vec<_> = called
        .into_iter()
        .map(|(of, _)| context.frames.frames[of].relation.clone())
        .collect();
    let allegation = context.frames.words.allegation.as_deref();
    let charge = relations.iter().any(|one| Some(&**one) == allegation);
    let start = context.scene.tree.word(noun).span.start;
    let who = source.argument.entity.clone();
    known.iter().copied().filter(move |claim| {
        let near = claim.evidence.end <= start && start - claim.evidence.end < NEAR;
        let own = claim.subject.entity == who && claim.polarity == Polarity::Positive;
        let act = relations.contains(&claim.relation);
        let charged = charge && claim.modality == Modality::Possible && claim.speaker.is_some();
        near && own && claim.event.is_some() && (act || charged)
    })
}

/// The same deed, denied by who is said to have done it.
fn undone(context: &Context<'_>, noun: usize, deed: &Claim, source: &Actor) -> Claim {
    let target = Actor {
        argument: Argument {
            entity: deed.object.entity.clone(),
            span: context.scene.tree.word(noun).span,
        },
        kind: MentionKind::Nominal,
    };
    let held = Held {
        polarity: Polarity::Negative,
        speakers: vec![source.argument.clone()],
        ..Held::told()
    };
    let language = context.article.lang.family().tag();
    let told = Told {
        rule: format!("{language}/recalled/denial").into(),
        event: None,
        relation: deed.relation.clone(),
        act: deed.act.clone(),
        confidence: RECALLED,
        light: false,
    };
    matching::claim(context, noun, told, &held, source, &target)
}

/// The claims of the first frame of a verb that answers an act told before.
fn of_verb(context: &Context<'_>, known: &[&Claim], verb: usize) -> Vec<Claim> {
    let answers = &context.frames.words.answers;
    let sentence = context.scene.tree.sentence(verb);
    let mut behind = sentence.filter(|&word| word > verb);
    if answers.is_empty() || !behind.any(|noun| context.scene.is_taken_up(noun)) {
        return vec![];
    }
    let frames = reach::fitting(context, verb).into_iter();
    let mut found = frames
        .filter(|frame| answers.contains(&*frame.relation) && frame.polarity.is_none())
        .map(|frame| of_frame(context, known, verb, frame));
    found.find(|claims| !claims.is_empty()).unwrap_or_default()
}

fn of_frame(context: &Context<'_>, known: &[&Claim], verb: usize, frame: &Frame) -> Vec<Claim> {
    let scene = context.scene;
    let sources = frame.source.iter().map(|path| scene.fill(verb, path));
    let sources = sources.into_iter().find(|found| !found.is_empty());
    let sources = sources.unwrap_or_default();
    if sources.is_empty() {
        return vec![];
    }
    let held = factuality::hold(scene, verb, false, &frame.relation, context.ontology);
    if held.dropped {
        return vec![];
    }
    let doers = nouns(context, verb, frame)
        .into_iter()
        .map(|noun| doers(context, known, noun))
        .find(|doers| !doers.is_empty());
    let language = context.article.lang.family().tag();
    let mut claims = vec![];
    for target in doers.unwrap_or_default() {
        let others = sources.iter().filter(|source| {
            source.argument.entity != target.argument.entity
                && context.suits(frame, source, &target)
        });
        for source in others {
            let told = Told {
                rule: format!("{language}/recalled/act").into(),
                event: frame.event.clone(),
                relation: frame.relation.clone(),
                act: scene.tree.word(verb).lemma.clone(),
                confidence: frame.confidence * RECALLED,
                light: false,
            };
            claims.push(matching::claim(context, verb, told, &held, source, &target));
        }
    }
    claims
}

/// The nouns in whose owner a frame looks for its target.
fn nouns(context: &Context<'_>, verb: usize, frame: &Frame) -> Vec<usize> {
    let giver = &context.frames.words.giver;
    let owned = frame
        .target
        .iter()
        .filter_map(|path| match path.as_slice() {
            [slot, Slot::Owner | Slot::Possessor] => Some(vec![slot.clone()]),
            [slot, Slot::Under(by)] if giver.contains(by) => Some(vec![slot.clone()]),
            _ => None,
        });
    let mut found: Vec<usize> = owned
        .flat_map(|path| context.scene.filler_words(verb, &path))
        .filter(|&noun| noun > verb && context.scene.is_taken_up(noun))
        .collect();
    found.dedup();
    found
}

/// Who did the act that a noun takes up, by the last claim that tells of such an act.
fn doers(context: &Context<'_>, known: &[&Claim], noun: usize) -> Vec<Actor> {
    let scene = context.scene;
    let span = scene.tree.word(noun).span;
    let suffered = scene.fill(noun, &vec![Slot::Owner]);
    let named = scene.calls(Kind::Noun, noun).into_iter();
    let relations: Vec<_> = named
        .map(|(of, _)| &context.frames.frames[of].relation)
        .collect();
    let any = context
        .frames
        .words
        .deeds
        .contains(&scene.tree.word(noun).lemma);
    let fits = |claim: &&&Claim| {
        let near = claim.evidence.end <= span.start && span.start - claim.evidence.end < NEAR;
        let act = claim.event.is_some() && (any || relations.contains(&&claim.relation));
        let done = claim.polarity == Polarity::Positive && claim.modality != Modality::Hypothetical;
        let on = |actor: &Actor| actor.argument.entity == claim.object.entity;
        near && act && done && (suffered.is_empty() || suffered.iter().all(on))
    };
    let last = known
        .iter()
        .filter(fits)
        .max_by_key(|claim| claim.evidence.end);
    let Some(last) = last else {
        return makers(context, noun);
    };
    let same = known.iter().filter(fits).filter(|claim| {
        claim.act == last.act
            && claim.relation == last.relation
            && claim.evidence.overlaps(last.evidence)
    });
    let mut doers: Vec<Actor> = vec![];
    for claim in same {
        let relation = context.ontology.relation(&claim.relation);
        let both = relation.is_some_and(|relation| relation.symmetric);
        let ends = [Some(&claim.subject), both.then_some(&claim.object)];
        for end in ends.into_iter().flatten() {
            let actor = Actor {
                argument: Argument {
                    entity: end.entity.clone(),
                    span,
                },
                kind: MentionKind::Nominal,
            };
            if !doers.contains(&actor) {
                doers.push(actor);
            }
        }
    }
    doers
}

/// "Togo put forward a plan. Ghana rejected the plan": who made what the same noun named before.
fn makers(context: &Context<'_>, noun: usize) -> Vec<Actor> {
    let (scene, words) = (context.scene, &context.frames.words);
    let tree = &scene.tree;
    let lemma = &tree.word(noun).lemma;
    if words.deeds.contains(lemma) || !scene.fill(noun, &vec![Slot::Owner]).is_empty() {
        return vec![];
    }
    let made = |earlier: usize| {
        let verb = scene.governor(earlier);
        verb.is_none_or(|verb| words.creating.contains(&tree.word(verb).lemma))
    };
    let earlier = (0..tree.sentence(noun).start)
        .rev()
        .find(|&at| tree.word(at).lemma == *lemma && tree.is_nominal(at));
    let near = |at: &usize| tree.word(noun).span.start - tree.word(*at).span.end < NEAR;
    let agents = earlier
        .filter(|at| near(at) && made(*at))
        .map_or_else(Vec::new, |at| scene.agents(at));
    let taken_up = |actor: Actor| Actor {
        argument: Argument {
            span: tree.word(noun).span,
            ..actor.argument
        },
        kind: MentionKind::Nominal,
    };
    agents.into_iter().map(taken_up).collect()
}

impl super::scene::Scene<'_> {
    /// Whether a noun has an article or owner that takes what it names as known, and says no more of it.
    fn is_taken_up(&self, noun: usize) -> bool {
        let tree = &self.tree;
        let mut taken = false;
        for &child in tree.children(noun) {
            let own = tree.word(child);
            match own.role {
                Role::Determiner => {
                    taken |= own.feature("Definite") == Some("Def")
                        || own.feature("PronType") == Some("Dem");
                }
                Role::Possessor => taken = true,
                // "the strike on X", "the strike that killed X": told here.
                Role::Oblique | Role::RelativeClause | Role::NounClause | Role::Compound => {
                    return false;
                }
                _ => {}
            }
        }
        taken && tree.is_nominal(noun) && self.mentioned(noun).is_empty()
    }
}
