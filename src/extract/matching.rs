//! Frames against grammar: every word that calls up a frame is tried, the most specific frame first; where roles are
//! filled by actors, claims come out.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    events, factuality,
    factuality::Held,
    frames::{Frame, Frames, Kind, Path, Slot},
    offices, place,
    scene::{Actor, Filler, Scene},
    speakers, time,
};
use crate::{
    claim::{Claim, MentionKind, Modality, Name, Polarity},
    document::Article,
    grammar::Pos,
    ontology::Ontology,
    text::Span,
};

/// What every step of extraction may look at.
pub(super) struct Context<'a> {
    pub(super) article: &'a Article,
    pub(super) scene: &'a Scene<'a>,
    pub(super) frames: &'a Frames,
    pub(super) ontology: &'a Ontology,
    /// Class of each entity, by id.
    pub(super) kinds: &'a BTreeMap<&'a str, &'a str>,
    /// The known country of an actor.
    pub(super) countries: &'a BTreeMap<Name, Name>,
    /// Dates that the paragraph names.
    pub(super) dates: &'a [time::Dated],
    /// The last dates that the text names before the paragraph.
    pub(super) earlier: time::Last,
}

impl Context<'_> {
    /// Whether an actor's class is `kind` or below it.
    pub(super) fn is_a(&self, actor: &Actor, kind: &str) -> bool {
        self.kinds
            .get(&*actor.argument.entity)
            .is_some_and(|own| self.ontology.is_a(own, kind))
    }

    /// Whether an actor is of one of these classes. One that the input names without a class may be of any class of actors
    /// and places, if that is `assumed`.
    fn fits(&self, actor: &Actor, kinds: &[Name], assumed: bool) -> bool {
        let acts = |kind: &Name| {
            let of = |above| self.ontology.is_a(kind, above);
            of("Actor") || of("Place")
        };
        kinds.is_empty()
            || kinds.iter().any(|kind| self.is_a(actor, kind))
            || (assumed && self.is_untyped(actor) && kinds.iter().any(acts))
    }

    /// The classes that a frame's relation admits as its source and target.
    fn admitted(&self, frame: &Frame) -> (&[Name], &[Name]) {
        let (domain, range) = self
            .ontology
            .relation(&frame.relation)
            .map_or((&[][..], &[][..]), |relation| {
                (&*relation.domain, &*relation.range)
            });
        if frame.reverse {
            (range, domain)
        } else {
            (domain, range)
        }
    }

    /// Whether two actors are of the classes that a frame and its relation ask for, in the frame's order.
    pub(super) fn suits(&self, frame: &Frame, source: &Actor, target: &Actor) -> bool {
        let (domain, range) = self.admitted(frame);
        let assumed = self.article.mentions.is_some();
        self.fits(source, &frame.source_kinds, assumed)
            && self.admits(domain, source)
            && self.fits(target, &frame.target_kinds, assumed)
            && self.admits(range, target)
    }

    /// Whether a relation with these classes takes an actor: one that it refuses must not keep a better slot from being read.
    fn admits(&self, classes: &[Name], actor: &Actor) -> bool {
        let kind = self.kinds.get(&*actor.argument.entity);
        kind.is_none_or(|kind| self.ontology.admits(classes, kind))
    }

    /// Whether the input names an actor without saying what it is.
    fn is_untyped(&self, actor: &Actor) -> bool {
        self.kinds.get(&*actor.argument.entity) == Some(&"Actor")
    }
}

/// A frame that fits: its word, its actors, and whether its noun is carried by a verb.
struct Match<'a> {
    frame: &'a Frame,
    word: usize,
    pairs: Vec<(Actor, Actor)>,
    light: bool,
    /// Whether its source was found as the subject of an operator verb.
    intended: bool,
    /// Whether an actor was found only as the owner of what stands in a slot.
    owned: bool,
}

/// How freely a frame's slots are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Strict,
    /// An actor without a class is taken to be of the right one.
    Assumed,
    /// Besides, whose something is stands for it.
    Owned,
}

/// An actor who only owns what stands in a slot makes a claim less sure by this factor: never sure enough for an edge.
const OWNED: f64 = 0.45;

/// A reference that is no name makes a claim less sure by this factor.
const REFERENCE: f64 = 0.85;

/// All claims of a paragraph that frames give, and the words that called those frames up.
pub(super) fn claims(context: &Context<'_>) -> (Vec<Claim>, Vec<usize>) {
    let all: Vec<Match<'_>> = (0..context.scene.tree.paragraph.words.len())
        .flat_map(|word| matches(context, word))
        .collect();
    let mut claims = vec![];
    for matched in &all {
        // "adopted sanctions against X": the verb's own frame has told it.
        // "refused to voice its support for X": so has it where both have the same actors.
        let verb = context.scene.governor(matched.word);
        let twice = all.iter().any(|other| {
            Some(other.word) == verb
                && other.frame.relation == matched.frame.relation
                && (matched.intended || joins_same(other, matched))
        });
        if !twice {
            let told = told(context, matched).into_iter();
            claims.extend(told.map(|claim| (matched.word, claim)));
        }
    }
    let claims = code_wholes(context, claims);
    let words = all.iter().map(|matched| matched.word).collect();
    (claims, words)
}

/// Whether two matches join the same actors.
fn joins_same(one: &Match<'_>, other: &Match<'_>) -> bool {
    let ends = |matched: &Match<'_>| -> Vec<(Name, Name)> {
        let ends = |(source, target): &(Actor, Actor)| {
            (
                source.argument.entity.clone(),
                target.argument.entity.clone(),
            )
        };
        matched.pairs.iter().map(ends).collect()
    };
    ends(one) == ends(other)
}

/// "wants talks with X": what is not yet done is coded as the act above it that one of the two has done to the other.
fn code_wholes(context: &Context<'_>, claims: Vec<(usize, Claim)>) -> Vec<Claim> {
    let done: Vec<(usize, Claim)> = claims
        .iter()
        .filter(|(_, claim)| {
            let state = (claim.polarity, claim.modality);
            claim.event.is_some() && state == (Polarity::Positive, Modality::Asserted)
        })
        .cloned()
        .collect();
    let coded = |(word, mut claim): (usize, Claim)| {
        let same = |(above, whole): &&(usize, Claim)| {
            (&whole.subject.entity, &whole.object.entity)
                == (&claim.subject.entity, &claim.object.entity)
                && context.scene.tree.word(word).head == Some(*above)
        };
        if claim.modality != Modality::Asserted
            && claim.event.is_some()
            && let Some((_, whole)) = done.iter().find(same)
        {
            claim.event.clone_from(&whole.event);
        }
        claim
    };
    claims.into_iter().map(coded).collect()
}

/// The frames that fit at a word; of those that differ in how much they ask for, only the most demanding.
fn matches<'a>(context: &Context<'a>, word: usize) -> Vec<Match<'a>> {
    let mut calls: Vec<(usize, usize, Kind)> = vec![];
    for &kind in kinds_of(context, word) {
        let called = context.scene.calls(kind, word);
        // Where a longer office stands ("vice president"), the shorter one does not, whether or not its holder is found.
        let longest = called
            .iter()
            .map(|&(_, words)| words)
            .max()
            .filter(|_| kind == Kind::Office);
        for (of, words) in called {
            if longest.is_some_and(|longest| words < longest) {
                continue;
            }
            let frame = &context.frames.frames[of];
            let weights = frame
                .with
                .iter()
                .map(|condition| context.scene.weight(word, condition));
            let Some(asked) = weights.sum::<Option<usize>>() else {
                continue;
            };
            calls.push((frame.specificity(words, asked), of, kind));
        }
    }
    calls.sort_by_key(|&(specificity, of, _)| (Reverse(specificity), of));
    let found = most_demanding(context, word, &calls, Reading::Strict);
    // What is true only if an actor without a class is of the right one comes last, and then what is done to their own.
    if found.is_empty() && context.article.mentions.is_some() {
        let found = most_demanding(context, word, &calls, Reading::Assumed);
        if found.is_empty() {
            return most_demanding(context, word, &calls, Reading::Owned);
        }
        return found;
    }
    found
}

/// The frames among `calls`, the most demanding first, that fit and ask for as much as the first that does.
fn most_demanding<'a>(
    context: &Context<'a>,
    word: usize,
    calls: &[(usize, usize, Kind)],
    reading: Reading,
) -> Vec<Match<'a>> {
    let mut found: Vec<Match<'a>> = vec![];
    let mut most = 0;
    for &(specificity, of, kind) in calls {
        let frame = &context.frames.frames[of];
        if !found.is_empty() && specificity < most {
            break;
        }
        if let Some(matched) = try_frame(context, frame, word, kind, reading)
            && !found
                .iter()
                .any(|other| other.frame.relation == frame.relation)
        {
            most = specificity;
            found.push(matched);
        }
    }
    found
}

fn kinds_of(context: &Context<'_>, word: usize) -> &'static [Kind] {
    let own = context.scene.tree.word(word);
    let participle = own.feature("VerbForm") == Some("Part");
    match own.pos {
        Pos::Verb if participle => &[Kind::Verb, Kind::Adjective],
        Pos::Verb | Pos::Aux => &[Kind::Verb],
        Pos::Noun | Pos::Propn => &[Kind::Noun, Kind::Office],
        Pos::Adj | Pos::Adv => &[Kind::Adjective],
        _ => &[],
    }
}

fn try_frame<'a>(
    context: &Context<'a>,
    frame: &'a Frame,
    word: usize,
    kind: Kind,
    reading: Reading,
) -> Option<Match<'a>> {
    let scene = context.scene;
    let (assumed, owned) = (reading != Reading::Strict, reading == Reading::Owned);
    if frame
        .without
        .iter()
        .any(|condition| scene.holds(word, condition))
    {
        return None;
    }
    let (domain, range) = context.admitted(frame);
    let source_admits = |actor: &Actor| {
        context.fits(actor, &frame.source_kinds, assumed) && context.admits(domain, actor)
    };
    let target_admits = |actor: &Actor| {
        context.fits(actor, &frame.target_kinds, assumed) && context.admits(range, actor)
    };
    let (from, to) = if kind == Kind::Adjective && scene.tree.is_passive(word) {
        (passive(&frame.source), passive(&frame.target))
    } else {
        (frame.source.clone(), frame.target.clone())
    };
    let (mut sources, moved) = if kind == Kind::Office {
        (offices::holders(scene, word), false)
    } else {
        first_filled(context, word, &from, &source_admits, owned)
    };
    sources.retain(&source_admits);
    let (mut targets, carried) = first_filled(context, word, &to, &target_admits, owned);
    if kind == Kind::Office {
        // "Home" is no country that the Home Secretary is of.
        let own = offices::words_before(scene, word);
        let inside = |target: &Actor| own.is_some_and(|own| own.contains(target.argument.span));
        targets.retain(|target| !(inside(target) && context.is_a(target, "Place")));
        if targets.is_empty()
            && let [holder] = sources.as_slice()
        {
            targets = behind_name(context, word, holder, &to, &target_admits);
        }
    }
    // "A and B want to name X", "A and B mediated between the sides": the same two in other words are no counterpart.
    let shared = to.iter().any(|path| from.contains(path));
    let same = targets.len() > 1 && !shared && is_same_group(&sources, &targets);
    let pairs = if same {
        vec![]
    } else if kind == Kind::Office && respectively(context, word, &sources, &targets) {
        sources.iter().cloned().zip(targets).collect()
    } else if targets.is_empty() && has_counterpart(scene, word, &to) {
        vec![]
    } else {
        pair(frame, &sources, &targets)
    };
    (!pairs.is_empty()).then_some(Match {
        frame,
        word,
        pairs,
        light: moved || carried,
        intended: intends(scene, word, &from, &sources),
        owned,
    })
}

/// Whether the targets are the sources, found in other slots than these; "talks between A and B" fills both by one.
fn is_same_group(sources: &[Actor], targets: &[Actor]) -> bool {
    let all_in = |ones: &[Actor], others: &[Actor]| {
        ones.iter().all(|one| {
            let mut others = others.iter();
            others.any(|other| other.argument.entity == one.argument.entity)
        })
    };
    all_in(sources, targets) && all_in(targets, sources)
}

/// Whether sources were found as the subject of an operator verb that takes the noun as its object.
fn intends(scene: &Scene<'_>, word: usize, from: &[Path], sources: &[Actor]) -> bool {
    let path = vec![Slot::Intender];
    from.contains(&path) && scene.fill(word, &path) == sources
}

/// What is said of the subject of a participle in the passive ("controlled by X") is said of what is acted upon.
fn passive(paths: &[Path]) -> Vec<Path> {
    let turned = |path: &Path| match path.as_slice() {
        [Slot::Subject] => vec![Slot::Object],
        _ => path.clone(),
    };
    paths.iter().map(turned).collect()
}

/// Whether somebody or something that is no actor stands where the counterpart would ("A and B met the strikers"): the
/// sources are not each other's counterparts then.
fn has_counterpart(scene: &Scene<'_>, word: usize, paths: &[Path]) -> bool {
    let locative = &scene.tree.frames.words.locative;
    paths.iter().any(|path| {
        let argument = match path.as_slice() {
            [Slot::Object | Slot::Indirect] => scene.tree.is_verb(word),
            [Slot::Under(preposition)] => !locative.contains(preposition),
            _ => false,
        };
        let told = |&found: &usize| scene.tree.is_nominal(found);
        argument && scene.filler_words(word, path).iter().any(told)
    })
}

/// "The foreign ministers of X and Y, A and B": as many holders as places, each in the order of the text.
fn respectively(context: &Context<'_>, word: usize, holders: &[Actor], places: &[Actor]) -> bool {
    let plural = context.scene.tree.word(word).feature("Number") == Some("Plur");
    plural && places.len() > 1 && holders.len() == places.len()
}

/// The actors of the first slot that holds any of a fitting class; and whether the path went by the noun's verb.
fn first_filled(
    context: &Context<'_>,
    word: usize,
    paths: &[Path],
    admits: &dyn Fn(&Actor) -> bool,
    owned: bool,
) -> (Vec<Actor>, bool) {
    for path in paths {
        let mut actors = context.scene.fill(word, path);
        actors.retain(admits);
        if !actors.is_empty() {
            return (actors, path.contains(&Slot::Mover));
        }
    }
    // "signed a contract with X's gas company": where the actors are given, their own stands for them.
    for path in paths.iter().filter(|_| owned) {
        let theirs = context.scene.filler_words(word, path).into_iter();
        let mut actors: Vec<Actor> = theirs
            .filter(|&noun| context.scene.tree.is_nominal(noun))
            .flat_map(|noun| context.scene.fill(noun, &vec![Slot::Owner]))
            .collect();
        actors.retain(admits);
        if !actors.is_empty() {
            return (actors, path.contains(&Slot::Mover));
        }
    }
    (vec![], false)
}

/// "Rector Anna Holm at the University of Oslo", "nestleder Anna Holm i Høyre": whose office it is stands behind the name of
/// its holder. Not a place: there they may just be.
fn behind_name(
    context: &Context<'_>,
    office: usize,
    holder: &Actor,
    paths: &[Path],
    admits: &dyn Fn(&Actor) -> bool,
) -> Vec<Actor> {
    let tree = &context.scene.tree;
    let words = &tree.paragraph.words;
    let first = words.partition_point(|word| word.span.end <= holder.argument.span.start);
    let last = words.partition_point(|word| word.span.start < holder.argument.span.end);
    // Only of a title right before the name.
    if first != office + 1 {
        return vec![];
    }
    let scene = context.scene;
    let locative = &scene.tree.frames.words.locative;
    let at =
        |path: &&Path| matches!(path.as_slice(), [Slot::Under(under)] if locative.contains(under));
    let slots: Vec<&Slot> = paths.iter().filter(at).flatten().collect();
    let beside = (first..last).flat_map(|word| {
        let found = slots.iter().flat_map(move |slot| scene.direct(word, slot));
        found.collect::<Vec<_>>()
    });
    let actors = beside.flat_map(|filler| match filler {
        Filler::Word(word) => scene.actors(word),
        Filler::Mention(number) => scene.named(number),
    });
    actors
        .filter(|actor| admits(actor) && !context.is_a(actor, "Place"))
        .take(1)
        .collect()
}

fn pair(frame: &Frame, sources: &[Actor], targets: &[Actor]) -> Vec<(Actor, Actor)> {
    let mut pairs = pair_one_way(frame, sources, targets);
    if frame.mutual {
        let turned: Vec<_> = pairs
            .iter()
            .map(|(one, other)| (other.clone(), one.clone()))
            .collect();
        pairs.extend(turned);
    }
    pairs
}

fn pair_one_way(frame: &Frame, sources: &[Actor], targets: &[Actor]) -> Vec<(Actor, Actor)> {
    let apart = |one: &Actor, other: &Actor| one.argument.entity != other.argument.entity;
    let mut pairs = vec![];
    for source in sources {
        for target in targets.iter().filter(|target| apart(source, target)) {
            let (source, target) = (source.clone(), target.clone());
            pairs.push(if frame.reverse {
                (target, source)
            } else {
                (source, target)
            });
        }
    }
    if !pairs.is_empty() || !frame.pairs {
        return pairs;
    }
    // "negotiated with A and B" says nothing of A and B.
    let group = if sources.len() > 1 && targets.is_empty() {
        sources
    } else {
        return pairs;
    };
    for (at, one) in group.iter().enumerate() {
        for other in group[at + 1..].iter().filter(|other| apart(one, other)) {
            pairs.push((one.clone(), other.clone()));
        }
    }
    pairs
}

/// The claims of a match: the act itself as it is held, and what operators above it say of their own.
fn told(context: &Context<'_>, matched: &Match<'_>) -> Vec<Claim> {
    let frame = matched.frame;
    let mut held = factuality::hold(
        context.scene,
        matched.word,
        matched.light,
        &frame.relation,
        context.ontology,
    );
    let mut claims = vec![];
    for (source, target) in &matched.pairs {
        for &(operator, word) in &held.emitters {
            for claim in emitted(context, matched, operator, word, source, target) {
                // Coordinated embedded actors may point to one and the same.
                if !claims.contains(&claim) {
                    claims.push(claim);
                }
            }
        }
    }
    if held.dropped {
        return claims;
    }
    undo_own_negation(context, matched, &mut held);
    let emitted = claims.clone();
    if frame.polarity == Some(Polarity::Negative) {
        held.polarity = opposite(held.polarity);
    }
    if let (Some(modality), Modality::Asserted) = (frame.modality, held.modality) {
        held.modality = modality;
    }
    for (source, target) in &matched.pairs {
        let told = Told {
            relation: frame.relation.clone(),
            rule: frame.rule.clone(),
            event: frame.event.clone(),
            act: act(context, matched),
            confidence: if matched.owned {
                frame.confidence * OWNED
            } else {
                frame.confidence
            },
            light: matched.light,
        };
        let mut claim = claim(context, matched.word, told, &held, source, target);
        claim.evidence = asked_for(context, matched).fold(claim.evidence, Span::cover);
        // "threatened to veto": the whole of it is coded as a threat.
        let same = |whole: &&Claim| {
            (&whole.subject.entity, &whole.object.entity)
                == (&claim.subject.entity, &claim.object.entity)
        };
        if let Some(whole) = emitted.iter().find(same)
            && claim.event.is_some()
            && whole.event.is_some()
        {
            claim.event.clone_from(&whole.event);
        }
        claims.push(claim);
    }
    claims
}

/// "said no to X", "wants no part of X": the negation that a frame asks for is part of what it means.
fn undo_own_negation(context: &Context<'_>, matched: &Match<'_>, held: &mut Held) {
    let tree = &context.scene.tree;
    let asked = |word: &str| {
        let conditions = matched.frame.with.iter();
        let mut phrases = conditions.flat_map(|(_, lemmas)| lemmas);
        let verb = &tree.word(matched.word).lemma;
        let mut verbs = matched.frame.verbs.iter().filter(|verbs| verbs[0] == *verb);
        // A "non - aggression pact" denies nothing.
        phrases.any(|phrase| !phrase.contains('-') && phrase.split(' ').any(|part| part == word))
            || verbs.any(|verbs| verbs[1..].iter().any(|part| part == word))
    };
    let own = held.negated.iter().filter(|&&word| {
        let own = tree.word(word);
        asked(&own.lemma) || asked(&own.text.to_lowercase())
    });
    if own.count() % 2 == 1 {
        held.polarity = opposite(held.polarity);
    }
}

fn opposite(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

/// The words that the frame's conditions ask for ("agreement" in "reached an agreement"), as far as the sentence holds them.
fn asked_for<'a>(
    context: &'a Context<'_>,
    matched: &'a Match<'_>,
) -> impl Iterator<Item = Span> + 'a {
    let tree = &context.scene.tree;
    let sentence = tree.sentence(matched.word);
    let conditions = matched.frame.with.iter();
    let held = conditions.flat_map(|(path, lemmas)| {
        let fillers = context.scene.filler_words(matched.word, path).into_iter();
        fillers.filter(|&filler| context.scene.is_one_of(filler, lemmas))
    });
    held.filter(move |word| sentence.contains(word))
        .map(|word| tree.word(word).span)
}

/// "refused to recognise X": claims of the operator's relation from its subject to what the embedded act is aimed at.
fn emitted(
    context: &Context<'_>,
    matched: &Match<'_>,
    number: usize,
    word: usize,
    source: &Actor,
    target: &Actor,
) -> Vec<Claim> {
    let operator = &context.frames.operators[number];
    let class = context
        .ontology
        .relation(&matched.frame.relation)
        .and_then(|relation| relation.quad_class);
    let Some(relation) = operator
        .emit
        .clone()
        .filter(|_| operator.emit_on.suits(class))
    else {
        return vec![];
    };
    let subjects: Vec<Actor> = context.scene.agents(word);
    let is = |one: &Actor, other: &Actor| one.argument.entity == other.argument.entity;
    // "A and B refused to recognise X": each for itself, neither against the other.
    let own = |actor: &Actor| subjects.iter().any(|subject| is(subject, actor));
    let directed: Vec<(&Actor, &Actor)> = if own(source) {
        vec![(source, target)]
    } else {
        subjects.iter().map(|subject| (subject, source)).collect()
    };
    let directed = directed
        .into_iter()
        .filter(|(subject, aimed_at)| !is(subject, aimed_at) && !own(aimed_at));
    let held = factuality::hold(context.scene, word, false, &relation, context.ontology);
    // "did not rule out talks with X" says no more than that they may be.
    if operator.flip && held.polarity == Polarity::Negative {
        return vec![];
    }
    let act = format!(
        "{} {}",
        context.scene.tree.word(word).lemma,
        act(context, matched)
    );
    let emit = |(subject, aimed_at): (&Actor, &Actor)| {
        let told = Told {
            relation: relation.clone(),
            rule: operator.rule.clone(),
            event: None,
            act: act.clone(),
            confidence: matched.frame.confidence,
            light: false,
        };
        let mut claim = claim(context, word, told, &held, subject, aimed_at);
        claim.evidence = claim
            .evidence
            .cover(context.scene.tree.word(matched.word).span);
        claim
    };
    directed.map(emit).collect()
}

/// The dictionary form of the act, for people.
fn act(context: &Context<'_>, matched: &Match<'_>) -> String {
    if let Some(act) = &matched.frame.act {
        return act.clone();
    }
    let scene = context.scene;
    let mut words = vec![scene.head_lemma(matched.word).to_owned()];
    for (path, lemmas) in &matched.frame.with {
        let held = scene
            .filler_words(matched.word, path)
            .into_iter()
            .map(|word| scene.tree.word(word));
        let named = held
            .filter(|word| lemmas.contains(&word.lemma))
            .map(|word| word.lemma.clone());
        if let Some(Slot::Under(preposition)) = path.first() {
            words.push(preposition.clone());
        }
        words.extend(named.take(1));
    }
    words.join(" ")
}

/// What a claim says, before who says it of whom.
pub(super) struct Told {
    pub(super) relation: Name,
    pub(super) rule: Name,
    /// Event code of the act as such; `None`: the relation.
    pub(super) event: Option<Name>,
    pub(super) act: String,
    pub(super) confidence: f64,
    /// Whether the act is a noun whose verb only carries it.
    pub(super) light: bool,
}

/// Puts a claim together: evidence, date and place belong to the word that names the act.
pub(super) fn claim(
    context: &Context<'_>,
    word: usize,
    told: Told,
    held: &Held,
    source: &Actor,
    target: &Actor,
) -> Claim {
    let Told {
        mut relation,
        rule,
        mut event,
        act,
        mut confidence,
        light,
    } = told;
    let (mut polarity, mut modality) = (held.polarity, held.modality);
    let mut because = held.because.clone();
    let cooperative = context
        .ontology
        .relation(&relation)
        .and_then(|relation| relation.quad_class)
        .is_some_and(|class| class <= 2);
    let refusal = context
        .frames
        .words
        .refusal
        .as_ref()
        .filter(|_| cooperative && held.intended);
    if let (Some(refusal), Polarity::Negative, Modality::Planned) = (refusal, polarity, modality) {
        because.push(format!(
            "What an actor will not do for another is {refusal}."
        ));
        (relation, polarity, modality) = (refusal.clone(), Polarity::Positive, Modality::Asserted);
        event = None;
    }
    for actor in [source, target] {
        if actor.kind != MentionKind::Name {
            confidence *= REFERENCE;
        }
    }
    let lasts = !context
        .ontology
        .relation(&relation)
        .is_some_and(|relation| relation.momentary);
    // "was named envoy on Monday": a state has the date of the act that began it.
    let began = offices::appointment(context.scene, word).filter(|_| lasts);
    let asked = time::Act {
        word: began.unwrap_or(word),
        light,
        lasts: lasts && began.is_none(),
        actors: [source, target],
    };
    let own = time::of(context, &asked).filter(|dated| may_be(context, dated, modality));
    let deed = !lasts
        && context
            .ontology
            .relation(&relation)
            .is_some_and(|relation| relation.quad_class.is_none_or(|class| class % 2 == 0));
    let told = (polarity, modality) == (Polarity::Positive, Modality::Asserted);
    let date = match own {
        Some(dated) => Some((dated.date, Some(dated))),
        None if deed && told => time::sequel(context, word),
        None => None,
    };
    if let Some((_, dated)) = date {
        because.push(match dated {
            Some(dated) => format!(
                "\u{201c}{}\u{201d} {}.",
                dated.span.slice(&context.article.text),
                if own.is_some() {
                    "is the date"
                } else {
                    "dates the deed before it"
                },
            ),
            None => "It is told as news of the month of publication.".to_owned(),
        });
    }
    let place = if lasts {
        None
    } else {
        place::of(context, word, light, &relation, &[source, target])
    };
    let formal = context.frames.words.formal.as_ref().filter(|formal| {
        *formal.relation == *relation && formal.words.contains(&context.scene.tree.word(word).lemma)
    });
    let speaker = speakers::own(
        &held.speakers,
        [&source.argument.entity, &target.argument.entity],
    );
    Claim {
        id: String::new(),
        event: events::of(
            context,
            event.as_ref().unwrap_or(&relation),
            formal,
            held,
            (polarity, modality),
        ),
        subject: source.argument.clone(),
        relation,
        object: target.argument.clone(),
        act,
        polarity,
        modality,
        speaker: speaker.cloned(),
        via: held.via.clone(),
        date: date.map(|(date, _)| date),
        place,
        evidence: evidence(context, word, held, source, target),
        rule,
        confidence: (confidence * 1000.0).round() / 1000.0,
        because,
        event_id: None,
    }
}

/// Whether an act held so can have such a date: what is planned lies ahead, what is told as fact does not.
fn may_be(context: &Context<'_>, dated: &time::Dated, modality: Modality) -> bool {
    let Some(published) = context.article.meta.date else {
        return true;
    };
    match modality {
        Modality::Planned | Modality::Demanded | Modality::Hypothetical => {
            dated.date.latest() >= published.earliest()
        }
        Modality::Asserted => dated.date.earliest() <= published.latest(),
        Modality::Possible => true,
    }
}

/// The stretch of the sentence that carries the act's word, its actors and what decided how it is held.
fn evidence(
    context: &Context<'_>,
    word: usize,
    held: &Held,
    source: &Actor,
    target: &Actor,
) -> Span {
    let tree = &context.scene.tree;
    let sentence = tree.paragraph.span(tree.sentence(word));
    let deciding = held.words.iter().map(|&word| tree.word(word).span);
    let spans = deciding.chain([source.argument.span, target.argument.span]);
    spans
        .filter(|span| sentence.overlaps(*span))
        .fold(tree.word(word).span, Span::cover)
}
