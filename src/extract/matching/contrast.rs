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
    let children = tree.children(verb);
    for (index, &argument) in children.iter().enumerate() {
        // "met with X but not with Y", and where the parser joins the name to the verb.
        let role = tree.word(argument).role;
        let joined = role == Role::Conjunct && tree.is_nominal(argument) || role == Role::Oblique;
        if joined && argument > verb && context.scene.is_told_apart(argument) {
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
                if beside && other > argument && context.scene.is_told_apart(other) {
                    add(argument, other);
                }
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
