//! The actors of a frame: what fills its slots, and who stands against whom.

use super::{
    Context, Match, Reading,
    named::{is_named, is_others},
};
use crate::{
    extract::{
        frames::{Frame, Kind, Path, Slot},
        offices,
        scene::{Actor, Filler, Scene},
    },
    grammar::{Pos, Role},
};

pub(super) fn try_frame<'a>(
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
        .any(|condition| scene.holds(word, condition) && !is_named(scene, word, &condition.0))
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
    if sources.is_empty() && kind == Kind::Noun && context.is_meeting(frame) {
        let heads = scene.attenders(word).into_iter();
        sources = heads.flat_map(|head| scene.actors(head)).collect();
    }
    sources.retain(&source_admits);
    let (mut targets, carried) = first_filled(context, word, &to, &target_admits, owned);
    if kind == Kind::Office {
        // "Home" is no country that the Home Secretary is of.
        let own = offices::words_before(scene, word);
        let inside = |target: &Actor| own.is_some_and(|own| own.contains(target.argument.span));
        targets.retain(|target| !(inside(target) && context.is_a(target, "Place")));
        // "Nestleder i Rødt og LO-leder": the second office is of another one.
        targets.retain(|target| !heads_other_office(scene, word, target));
        if passed_over(scene, word, &to, &targets) {
            return None;
        }
        // "the towns of A, B and C": who is named under the noun along with its holder is another one.
        let held = |target: &Actor| {
            let mut own = sources.iter();
            own.any(|source| source.argument.span == target.argument.span)
        };
        if !frame.pairs && targets.iter().any(held) {
            return None;
        }
        if targets.is_empty()
            && let [holder] = sources.as_slice()
        {
            targets = behind_name(context, word, holder, &to, &target_admits);
        }
    }
    // "councillors A of the Blue Party and B of the Red Party": each is of their own.
    let (own_sources, several) = (sources.clone(), kind == Kind::Office && sources.len() > 1);
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
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter(|(source, target)| !(several && is_others(scene, &own_sources, source, target)))
        .collect();
    (!pairs.is_empty()).then_some(Match {
        frame,
        word,
        pairs,
        light: moved || carried,
        intended: intends(scene, word, &from, &sources),
        owned,
    })
}

/// Whether a name is the beginning of a word for another office than this.
fn heads_other_office(scene: &Scene<'_>, office: usize, target: &Actor) -> bool {
    let tree = &scene.tree;
    let span = target.argument.span;
    let holds = |&word: &usize| {
        let own = tree.word(word).span;
        own.start == span.start && span.end < own.end
    };
    let mut words = tree.sentence(office).filter(holds);
    words.any(|word| word != office && !scene.calls(Kind::Office, word).is_empty())
}

/// "The director for Northern Aid in Chad": the target is only where another name's office is, whether or not that name is
/// an actor.
fn passed_over(scene: &Scene<'_>, word: usize, paths: &[Path], targets: &[Actor]) -> bool {
    let tree = &scene.tree;
    let locative = &tree.frames.words.locative;
    let holds = |path: &&Path| {
        let found = scene.fill(word, path);
        found.iter().any(|one| targets.contains(one))
    };
    let located = paths.iter().find(holds).is_some_and(
        |path| matches!(path.as_slice(), [Slot::Under(preposition)] if locative.contains(preposition)),
    );
    let mut below = tree.with_role(word, Role::Oblique).into_iter();
    located
        && below.any(|at| {
            let own = tree.word(at);
            let marker = own.marker.as_ref();
            own.pos == Pos::Propn && marker.is_some_and(|marker| !locative.contains(marker))
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
        // "with the conservatives": an adjective without a noun is somebody as well.
        let told =
            |&found: &usize| scene.tree.is_nominal(found) || scene.tree.word(found).pos == Pos::Adj;
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
