//! Names beside the nouns of a frame: whose something is among several holders, and who a noun that would rule a frame out is.

use crate::{
    claim::MentionKind,
    extract::{
        frames::Path,
        scene::{Actor, Scene},
    },
    grammar::{Pos, Role},
};

/// Whether what one holder of an office has behind their name belongs to that one alone.
pub(super) fn is_others(
    scene: &Scene<'_>,
    holders: &[Actor],
    holder: &Actor,
    target: &Actor,
) -> bool {
    let words = &scene.tree.paragraph.words;
    let own = |one: &Actor| {
        let at = words.partition_point(|word| word.span.end < one.argument.span.end);
        let behind = scene.tree.with_role(at, Role::Oblique).into_iter();
        behind
            .flat_map(|word| scene.actors(word))
            .map(|actor| actor.argument.entity)
            .collect::<Vec<_>>()
    };
    let theirs = |one: &Actor| own(one).contains(&target.argument.entity);
    let apart = |one: &&Actor| one.argument.entity != holder.argument.entity;
    !own(holder).is_empty() && !theirs(holder) && holders.iter().filter(apart).any(theirs)
}

/// "criticised his successor, X": whether a name beside the noun of a slot says who is meant.
pub(super) fn is_named(scene: &Scene<'_>, word: usize, path: &Path) -> bool {
    let tree = &scene.tree;
    let name = |name: usize| tree.word(name).pos == Pos::Propn && !scene.mentioned(name).is_empty();
    let named = |&noun: &usize| {
        let mentioned = scene.mentioned(noun);
        // "threatened its neighbour"
        let nominal = |one: &Actor| one.kind == MentionKind::Nominal;
        let meant = scene.is_kin(noun) && mentioned.iter().any(nominal);
        let beside = tree.with_role(noun, Role::Apposition).into_iter();
        tree.word(noun).pos == Pos::Noun && (meant || beside.into_iter().any(name))
    };
    scene.filler_words(word, path).iter().any(named)
}
