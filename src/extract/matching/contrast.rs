//! "X, not Y", "X but not Y": what is told of one name is denied of the name that is told apart from it; "not X but Y": what
//! is denied of one is told of the other.

use super::Context;
use crate::{extract::scene::Actor, grammar::Role, text::Span};

/// An actor of a verb and the one that is told apart from it.
pub(super) struct Contrast {
    /// Where the one stands for whom the sentence holds.
    pub(super) affirmed: Span,
    pub(super) denied: Actor,
}

/// The contrasts among the arguments of a verb.
pub(super) fn contrasts(context: &Context<'_>, verb: usize) -> Vec<Contrast> {
    let tree = &context.scene.tree;
    if !tree.is_verb(verb) {
        return vec![];
    }
    let fills = |word: usize| {
        matches!(
            tree.word(word).role,
            Role::Subject | Role::PassiveSubject | Role::Object | Role::Oblique | Role::Agent
        )
    };
    let mut found = vec![];
    let mut add = |affirmed: usize, other: usize| {
        let denied = context.scene.heading(other).into_iter();
        found.extend(denied.map(|denied| Contrast {
            affirmed: tree.word(affirmed).span,
            denied,
        }));
    };
    // "It is not X but Y that does": the clause hangs on the one that is told apart.
    if let (Role::RelativeClause, Some(affirmed)) = (tree.word(verb).role, tree.word(verb).head)
        && let Some(other) = denied_before(context, affirmed)
    {
        add(affirmed, other);
    }
    let children = tree.children(verb);
    for (index, &argument) in children.iter().enumerate() {
        // "met with X but not with Y", and where the parser joins the name to the verb.
        let role = tree.word(argument).role;
        let joined = role == Role::Conjunct && tree.is_nominal(argument)
            || matches!(role, Role::Oblique | Role::BareOblique);
        if joined && argument > verb && is_apart(context, argument) {
            let mut before = children[..index].iter().copied().rev();
            if let Some(first) = before.find(|&one| one > verb && fills(one)) {
                add(first, argument);
            }
        } else if fills(argument) {
            for &other in tree.children(argument) {
                let beside = matches!(
                    tree.word(other).role,
                    Role::Conjunct | Role::Apposition | Role::Oblique
                );
                if beside && other > argument && is_apart(context, other) {
                    add(argument, other);
                }
            }
        }
    }
    found
}

/// Whether a name is told apart from the one before it ("X, not Y", "X rather than Y").
fn is_apart(context: &Context<'_>, name: usize) -> bool {
    let tree = &context.scene.tree;
    let marker = tree.word(name).marker.as_ref();
    let replaces = marker.is_some_and(|marker| tree.frames.words.replacing.contains(marker));
    replaces || context.scene.is_told_apart(name)
}

/// "not X but Y": X, for Y.
fn denied_before(context: &Context<'_>, affirmed: usize) -> Option<usize> {
    let tree = &context.scene.tree;
    let words = &tree.frames.words;
    let own = tree.word(affirmed);
    let first = own.head.filter(|_| own.role == Role::Conjunct)?;
    let opposed = affirmed > 0 && words.opposing.contains(tree.lower(affirmed - 1));
    let mut children = tree.children(first).iter();
    let negated = children.any(|&child| {
        let child_word = tree.word(child);
        child < first
            && (child_word.role == Role::Negation || words.negation.contains(&child_word.lemma))
    });
    (opposed && negated).then_some(first)
}

/// "Unlike X, Y has not left": those of whom the opposite is told.
pub(super) fn unlike(context: &Context<'_>, verb: usize) -> Vec<Actor> {
    let scene = context.scene;
    let tree = &scene.tree;
    let known = &tree.frames.words.unlike;
    let mut found = vec![];
    for child in tree.with_role(verb, Role::Oblique) {
        let own = tree.word(child);
        let marker = own.marker.as_deref().unwrap_or_default();
        if known.contains(marker) {
            found.extend(scene.heading(child));
        }
        // "i motsetning til X"
        for below in tree.with_role(child, Role::Oblique) {
            let inner = tree.word(below).marker.as_deref().unwrap_or_default();
            if known.contains(&format!("{marker} {} {inner}", tree.lower(child))) {
                found.extend(scene.heading(below));
            }
        }
    }
    found
}

/// "did not attack X but Y": where the names stand of which a verb is told that is denied of the one before them.
pub(super) fn instead(context: &Context<'_>, verb: usize, negated: &[usize]) -> Vec<Span> {
    let tree = &context.scene.tree;
    let [by] = negated else {
        return vec![];
    };
    let opposing = &tree.frames.words.opposing;
    let mut found = vec![];
    for &argument in tree.children(verb) {
        let denied = [Some(verb), Some(argument)].contains(&tree.word(*by).head);
        for other in tree.with_role(argument, Role::Conjunct) {
            let joined = other > argument
                && tree.is_nominal(other)
                && opposing.contains(tree.lower(other - 1));
            if denied && joined {
                found.push(tree.word(other).span);
            }
        }
    }
    found
}
