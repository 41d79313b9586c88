//! "Y criticised X. X rejected the criticism": acts that an actor answers, named by a noun without an owner or by a
//! pronoun. Whose they are was told before.

mod doers;
mod echoes;

use super::{
    factuality,
    frames::{Frame, Kind, Operator, Path, Slot},
    matching::{self, Context, Told},
    scene::Actor,
};
use crate::{
    claim::{Argument, Claim, MentionKind, Name},
    grammar::Role,
    text::Span,
};
use doers::{Back, asked, back, doers, is_mutual, names_somebody};

/// How sure a refusal of something that is not named is.
const REFUSED: f64 = 0.8;

/// Claims of a paragraph that answer acts of `earlier` ones and of this paragraph's `told`; `used` are the words that frames
/// have told something of. `sentences` are where all sentences of the article begin.
pub(super) fn claims(
    context: &Context<'_>,
    earlier: &[Claim],
    told: &[Claim],
    used: &[usize],
    sentences: &[usize],
) -> Vec<Claim> {
    if context.article.mentions.is_some() {
        return vec![];
    }
    let tree = &context.scene.tree;
    let before: Vec<&Claim> = earlier.iter().chain(told).collect();
    if before.is_empty() {
        return vec![];
    }
    let mut echoed = echoes::claims(context, told);
    let verbs =
        (0..tree.paragraph.words.len()).filter(|word| tree.is_verb(*word) && !used.contains(word));
    let answered = verbs.flat_map(|verb| {
        let found = answers(context, verb, &before, sentences);
        if !found.is_empty() {
            return found;
        }
        let refused = refusals(context, verb, &before, sentences);
        if refused.is_empty() {
            threats(context, verb, &before, sentences)
        } else {
            refused
        }
    });
    echoed.extend(answered);
    echoed
}

/// "Y asked X to leave. X refused": a verb of refusing that says nothing of what is refused.
fn refusals(
    context: &Context<'_>,
    verb: usize,
    before: &[&Claim],
    sentences: &[usize],
) -> Vec<Claim> {
    let scene = context.scene;
    let tree = &scene.tree;
    let refusal = context.frames.words.refusal.as_ref();
    let says = |&child: &usize| match tree.word(child).role {
        Role::Object | Role::Oblique | Role::Content => true,
        // "refused to do so"
        Role::OpenContent => !echoes::is_echo(context, child),
        // "refused, saying that …"
        Role::AdverbialClause => {
            let marker = tree.word(child).marker.as_deref();
            marker.is_some_and(|marker| context.frames.words.purpose.contains(marker))
        }
        _ => false,
    };
    let alone = !tree.children(verb).iter().any(says);
    let calls = scene.calls(Kind::OperatorVerb, verb).into_iter();
    let mut operators = calls.map(|(of, _)| &context.frames.operators[of]);
    let refuses = |operator: &&Operator| refusal.is_some() && operator.emit.as_ref() == refusal;
    let Some(operator) = operators.find(refuses).filter(|_| alone) else {
        return vec![];
    };
    let (Some(relation), false) = (operator.emit.clone(), tree.is_passive(verb)) else {
        return vec![];
    };
    let answer = Answer {
        relation,
        rule: operator.rule.clone(),
        event: None,
        confidence: REFUSED,
        verb,
        at: tree.word(verb).span,
        back: Back::Demand,
    };
    answer.claims(context, scene.agents(verb), before, sentences, |_, _| true)
}

/// What the first frame of a verb that fits tells.
fn answers(
    context: &Context<'_>,
    verb: usize,
    before: &[&Claim],
    sentences: &[usize],
) -> Vec<Claim> {
    let calls = context.scene.calls(Kind::Verb, verb).into_iter();
    let mut frames: Vec<(usize, &Frame)> = calls
        .map(|(of, words)| (words, &context.frames.frames[of]))
        .filter(|(_, frame)| {
            let scene = context.scene;
            let back = |path| owned(context, frame, path).is_some();
            !frame.given
                && frame.target.iter().any(back)
                && frame.with.iter().all(|with| scene.holds(verb, with))
                && !frame
                    .without
                    .iter()
                    .any(|without| scene.holds(verb, without))
        })
        .collect();
    frames.sort_by_key(|(words, frame)| std::cmp::Reverse((*words, frame.with.len())));
    let told = frames.into_iter().map(|(_, frame)| {
        let nouns = frame
            .target
            .iter()
            .filter_map(|path| owned(context, frame, path));
        let mut nouns = nouns.flat_map(|(path, between)| {
            let found = context.scene.filler_words(verb, &path).into_iter();
            found.map(move |noun| (noun, between))
        });
        nouns
            .find_map(|(noun, between)| Some((noun, back(context, noun, between)?)))
            .map_or_else(Vec::new, |(noun, back)| {
                let scene = context.scene;
                let filled = frame.source.iter().map(|path| scene.fill(verb, path));
                let sources = filled.into_iter().find(|found| !found.is_empty());
                let at = scene.tree.word(noun).span;
                let asked = || asked(context, verb, &back, at, before, sentences);
                let sources = sources.or_else(asked);
                let answer = Answer {
                    relation: frame.relation.clone(),
                    rule: frame.rule.clone(),
                    event: frame.event.clone(),
                    confidence: frame.confidence,
                    verb,
                    at,
                    back,
                };
                let suit = |source: &Actor, target: &Actor| context.suits(frame, source, target);
                answer.claims(
                    context,
                    sources.unwrap_or_default(),
                    before,
                    sentences,
                    suit,
                )
            })
    });
    told.into_iter()
        .find(|claims| !claims.is_empty())
        .unwrap_or_default()
}

/// The path to what somebody owns or, for a mediator, to what two have with each other, if a path goes by it.
fn owned(context: &Context<'_>, frame: &Frame, path: &Path) -> Option<(Path, bool)> {
    let mediates = || !frame.pairs && is_mutual(context, &frame.relation);
    match path.as_slice() {
        [before @ .., Slot::Owner | Slot::Possessor] if !before.is_empty() => {
            Some((before.to_vec(), false))
        }
        [before @ .., Slot::Under(_)] if !before.is_empty() && mediates() => {
            Some((before.to_vec(), true))
        }
        _ => None,
    }
}

/// "X closed its border with Y and threatened to use force": a threat that names nobody is at whom the same actor did harm
/// before in the sentence.
fn threats(
    context: &Context<'_>,
    verb: usize,
    before: &[&Claim],
    sentences: &[usize],
) -> Vec<Claim> {
    let scene = context.scene;
    let tree = &scene.tree;
    let threat = context.frames.words.threat.as_ref();
    let calls = scene.calls(Kind::Verb, verb).into_iter();
    let mut frames = calls.map(|(of, _)| &context.frames.frames[of]);
    let frame = frames.find(|frame| threat == Some(&frame.relation) && !frame.given);
    let (Some(frame), Role::Conjunct) = (frame, tree.word(verb).role) else {
        return vec![];
    };
    if tree.is_passive(verb) || names_somebody(context, verb) {
        return vec![];
    }
    let answer = Answer {
        relation: frame.relation.clone(),
        rule: frame.rule.clone(),
        event: frame.event.clone(),
        confidence: REFUSED,
        verb,
        at: tree.word(verb).span,
        back: Back::Harm,
    };
    answer.claims(context, scene.agents(verb), before, sentences, |_, _| true)
}

/// What is told of an answer, and what it points back to.
struct Answer {
    relation: Name,
    rule: Name,
    event: Option<Name>,
    confidence: f64,
    verb: usize,
    /// The words that point back.
    at: Span,
    back: Back,
}

impl Answer {
    /// The claims from each of `sources` to who did what is answered, if the two `suit`.
    fn claims(
        &self,
        context: &Context<'_>,
        sources: Vec<Actor>,
        before: &[&Claim],
        sentences: &[usize],
        suit: impl Fn(&Actor, &Actor) -> bool,
    ) -> Vec<Claim> {
        let scene = context.scene;
        let held = factuality::hold(scene, self.verb, false, &self.relation, context.ontology);
        let mut found: Vec<Claim> = vec![];
        for source in sources.into_iter().filter(|_| !held.dropped) {
            for doer in doers(context, &self.back, &source, self.at, before, sentences) {
                let target = Actor {
                    argument: Argument {
                        entity: doer.entity.clone(),
                        span: self.at,
                    },
                    kind: MentionKind::Nominal,
                };
                if !suit(&source, &target) {
                    continue;
                }
                let told = Told {
                    relation: self.relation.clone(),
                    rule: self.rule.clone(),
                    event: self.event.clone(),
                    act: scene.head_lemma(self.verb).to_owned(),
                    confidence: self.confidence,
                    light: false,
                };
                let mut claim = matching::claim(context, self.verb, told, &held, &source, &target);
                let noun = self.at.slice(&context.article.text);
                let act = doer.span.slice(&context.article.text);
                claim.because.push(format!(
                    "\u{201c}{noun}\u{201d} answers what was told before of \u{201c}{act}\u{201d}."
                ));
                found.push(claim);
            }
        }
        found
    }
}
