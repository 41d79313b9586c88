//! What is proposed of two given actors where no word between them means an act.

use super::{
    super::{factuality, frames::Embedded, matching::Context},
    CONFIDENCE, Placed, operators,
    path::Path,
    told,
};
use crate::{
    claim::{Claim, Modality},
    grammar::Role,
};

/// A proposal from how the unknown act of the path is held: demanded, or planned.
pub(super) fn held(context: &Context<'_>, path: &Path, ends: [&Placed; 2]) -> Option<Claim> {
    let words = &context.frames.words;
    path.words().into_iter().find_map(|word| {
        if !context.scene.tree.is_verb(word) {
            return None;
        }
        let held = factuality::hold(context.scene, word, false, "", context.ontology);
        let promises = operators(context, word).into_iter().any(|number| {
            let operator = &context.frames.operators[number];
            operator.speaker && operator.embedded == Embedded::As(Modality::Planned)
        });
        let relation = match held.modality {
            // "there will be no money for X"
            Modality::Planned if denies_noun(context, word) => words.refusal.clone()?,
            Modality::Demanded => words.demand.clone()?,
            Modality::Planned => words.promise.clone()?,
            // "promised X access": what is promised need not be known.
            Modality::Asserted if promises => words.promise.clone()?,
            _ => return None,
        };
        Some(told::claim(
            context,
            path,
            ends,
            word,
            relation,
            CONFIDENCE[3],
        ))
    })
}

/// Whether what a verb is about is denied by its determiner.
fn denies_noun(context: &Context<'_>, verb: usize) -> bool {
    let tree = &context.scene.tree;
    let denied = |&noun: &usize| {
        let about = matches!(
            tree.word(noun).role,
            Role::Attribute | Role::Object | Role::Subject | Role::PassiveSubject
        );
        let no = |at: usize| tree.frames.words.negation.contains(&tree.word(at).lemma);
        about && tree.with_role(noun, Role::Determiner).into_iter().any(no)
    };
    tree.children(verb).iter().any(denied)
}

/// Two who are named together do together what nothing is known of.
pub(super) fn together(context: &Context<'_>, path: &Path, ends: [&Placed; 2]) -> Option<Claim> {
    let tree = &context.scene.tree;
    let [one, other] = ends.map(|end| end.head);
    let joined = told::are_coordinated(tree, one, other);
    let together = context.frames.words.together.clone().filter(|_| joined)?;
    let word = path.top.unwrap_or(one);
    let word = tree.word(word).head.unwrap_or(word);
    Some(told::claim(
        context,
        path,
        ends,
        word,
        together,
        CONFIDENCE[3],
    ))
}
