//! Where an act happened: the place under a locative preposition of the word that names it, or of its verb.

use super::{matching::Context, scene::Actor};
use crate::{claim::Argument, grammar::Role};

/// The place of the act at `word`, if the sentence names one by grammar; never one of the act's own actors.
pub(super) fn of(context: &Context<'_>, word: usize, taken: &[&Actor]) -> Option<Argument> {
    let scene = context.scene;
    let mut at = word;
    for _ in 0..4 {
        if let Some(found) = beside(context, at, taken) {
            return Some(found);
        }
        // A noun's place may stand with the verb that carries it; a coordinated verb's with the first.
        let own = scene.tree.word(at);
        let upward = matches!(
            own.role,
            Role::Object | Role::PassiveSubject | Role::Subject | Role::Oblique
        );
        match own.head {
            Some(head) if upward && scene.tree.is_nominal(at) && scene.tree.is_verb(head) => {
                at = head
            }
            _ => return None,
        }
    }
    None
}

fn beside(context: &Context<'_>, word: usize, taken: &[&Actor]) -> Option<Argument> {
    let scene = context.scene;
    let locative = &scene.tree.frames.words.locative;
    let obliques = scene.tree.children(word).iter().copied().filter(|&child| {
        let own = scene.tree.word(child);
        own.role == Role::Oblique
            && own
                .marker
                .as_ref()
                .is_some_and(|marker| locative.contains(marker))
    });
    let actors = obliques.flat_map(|child| scene.actors(child));
    let free = |actor: &Actor| {
        !taken
            .iter()
            .any(|other| other.argument.entity == actor.argument.entity)
    };
    actors
        .filter(|actor| context.is_a(actor, "Place") && free(actor))
        .map(|actor| actor.argument)
        .next()
}
