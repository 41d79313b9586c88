//! What one given actor will do if, or unless, the other does something, does despite what the other asks, or does while
//! the other does something else.

use super::{
    super::{factuality, matching::Context, tree::Tree},
    Placed,
    meaning::{class, meaning},
    path::Path,
    telling::is_subject,
};
use crate::{
    claim::{Modality, Polarity},
    grammar::Role,
};

/// Speech is embedded in speech no deeper.
const STEPS: usize = 4;

/// Who threatens or defies whom, and the word for what will be done or is.
pub(super) struct Threat<'p> {
    pub(super) ends: [&'p Placed; 2],
    pub(super) word: usize,
}

/// "X will close the strait if Y attacks", "X said that there would be a strike unless Y gave way": what one will do if the
/// other acts is a threat, but for a favour; what it will do unless the other acts always is.
pub(super) fn threat<'p>(context: &Context<'_>, ends: [&'p Placed; 2]) -> Option<Threat<'p>> {
    let [one, other] = ends;
    [[one, other], [other, one]]
        .into_iter()
        .find_map(|[source, target]| {
            let word = threatened(context, source, target)?;
            Some(Threat {
                ends: [source, target],
                word,
            })
        })
}

/// "Despite a plea from X, Y went ahead": who acts against what the other asks, offers or threatens refuses it.
pub(super) fn defied<'p>(context: &Context<'_>, ends: [&'p Placed; 2]) -> Option<Threat<'p>> {
    let [one, other] = ends;
    [[one, other], [other, one]]
        .into_iter()
        .find_map(|[source, target]| {
            let word = acts_despite(context, target.head)?;
            is_subject(&context.scene.tree, word, source.head).then_some(Threat {
                ends: [source, target],
                word,
            })
        })
}

/// The verb that stands against the request, offer or threat that somebody made.
fn acts_despite(context: &Context<'_>, maker: usize) -> Option<usize> {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    let ways = std::iter::successors(tree.word(maker).head, |&at| {
        tree.word(at).head.filter(|&head| tree.is_nominal(head))
    });
    let despite = |&at: &usize| {
        let marker = tree.word(at).marker.as_ref();
        tree.is_nominal(at) && marker.is_some_and(|marker| words.despite.contains(marker))
    };
    let noun = ways.take(STEPS).find(despite)?;
    let asked = meaning(context, noun)?;
    let known = [
        &words.demand,
        &words.threat,
        &words.promise,
        &words.allegation,
    ];
    let verb = tree.word(noun).head.filter(|&verb| tree.is_verb(verb))?;
    known.contains(&&Some(asked)).then_some(verb)
}

fn threatened(context: &Context<'_>, source: &Placed, target: &Placed) -> Option<usize> {
    let tree = &context.scene.tree;
    let (condition, strong) = condition(context, target.head)?;
    if !is_subject(tree, condition, target.head) || is_below(context, source.head, condition) {
        return None;
    }
    let word = tree.word(condition).head?;
    let held = factuality::hold(context.scene, word, false, "", context.ontology);
    let ahead = matches!(held.modality, Modality::Planned | Modality::Possible);
    let act = meaning(context, word);
    let favour = act.is_some_and(|act| class(context, &act).is_some_and(|class| class <= 2));
    let ours = ahead && held.polarity == Polarity::Positive && (strong || !favour);
    (ours && answers(context, source, word)).then_some(word)
}

/// The clause with "if" or "unless" that a word stands in, and whether it is one with "unless".
fn condition(context: &Context<'_>, word: usize) -> Option<(usize, bool)> {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    let mut ways = std::iter::successors(Some(word), |&at| tree.word(at).head)
        .take(tree.paragraph.words.len());
    ways.find_map(|at| {
        let marker = tree.word(at).marker.as_deref()?;
        let cue = words.subordinators.get(marker)?;
        let opens = cue.modality == Some(Modality::Hypothetical) && tree.is_verb(at);
        opens.then(|| (at, words.unless.contains(marker)))
    })
}

/// Whether an actor does what `word` tells, or says it.
fn answers(context: &Context<'_>, source: &Placed, word: usize) -> bool {
    let tree = &context.scene.tree;
    let mut at = word;
    for _ in 0..STEPS {
        if is_subject(tree, at, source.head) {
            return true;
        }
        let own = tree.word(at);
        let above = matches!(
            own.role,
            Role::Content | Role::OpenContent | Role::Parataxis
        );
        match own.head.filter(|_| above) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

fn is_below(context: &Context<'_>, word: usize, above: usize) -> bool {
    let tree = &context.scene.tree;
    let ways = std::iter::successors(Some(word), |&at| tree.word(at).head);
    ways.take(tree.paragraph.words.len()).any(|at| at == above)
}

/// The side of an actor who is the subject of an adverbial clause of time or cause under the other's verb ("X called up
/// its reserves after Y occupied the island").
pub(super) fn meanwhile(path: &Path, tree: &Tree<'_>) -> Vec<usize> {
    let subject = |side: &[usize]| match side {
        [only] => matches!(tree.word(*only).role, Role::Subject),
        _ => false,
    };
    let clause = |side: &[usize]| match side {
        [clause, actor] => {
            let own = tree.word(*clause);
            let factual =
                |marker: &String| tree.frames.words.factual_subordinators.contains(marker);
            own.role == Role::AdverbialClause
                && own.marker.as_ref().is_some_and(factual)
                && tree.word(*actor).role == Role::Subject
        }
        _ => false,
    };
    let [first, second] = &path.sides;
    let later = [(first, second), (second, first)]
        .into_iter()
        .find(|(main, other)| subject(main) && clause(other));
    later.map_or_else(Vec::new, |(_, other)| other.clone())
}
