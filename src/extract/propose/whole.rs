//! What an act is as a whole where the input names the actors: said in a demonstration, demanded with a threat, or what
//! somebody came for.

use super::{
    super::{
        events::PROTEST,
        factuality::{self, Held},
        matching::Context,
    },
    meaning::{class, may_mean, meaning},
};
use crate::{
    claim::{Modality, Name, Polarity},
    grammar::{Pos, Role},
};

/// What is chanted hangs on the demonstration's verb, or on a place near it.
const STEPS: usize = 3;

/// "marched through the town, accusing X of fraud", "began a strike to force X": what is said or wanted in a demonstration
/// is a part of it (where the actors are given).
pub(in crate::extract) fn is_chanted(context: &Context<'_>, word: usize, relation: &str) -> bool {
    let tree = &context.scene.tree;
    let own = tree.word(word);
    let known = context.ontology.relation(relation);
    let hostile = known.is_some_and(|relation| relation.quad_class.is_some_and(|class| class >= 3));
    let form = own.feature("VerbForm");
    let beside = match own.role {
        Role::AdverbialClause | Role::NounClause if own.marker.is_none() => true,
        Role::AdverbialClause | Role::OpenContent => tree.is_infinitive(word),
        // "farmers angry with X blocked the road"
        Role::Adjective => own.pos == Pos::Adj && own.head.is_some_and(|noun| noun < word),
        _ => false,
    };
    let demonstrates = |head: usize| {
        let mut deeds = tree.objects(head);
        deeds.push(head);
        let done = factuality::hold(context.scene, head, false, PROTEST, context.ontology);
        let told = (done.polarity, done.modality) == (Polarity::Positive, Modality::Asserted);
        // "gathered forces to fight X" is none.
        let moved = meaning(context, head) == context.frames.words.deployment;
        told && !moved
            && deeds
                .into_iter()
                .any(|deed| may_mean(context, deed, PROTEST))
    };
    context.article.mentions.is_some()
        && hostile
        && beside
        && (own.role == Role::Adjective
            || tree.is_verb(word) && matches!(form, Some("Part" | "Inf")))
        && std::iter::successors(own.head, |&at| tree.word(at).head)
            .take(STEPS)
            .find(|&at| tree.is_verb(at))
            .is_some_and(demonstrates)
}

/// "an accord under which X will take over the bases of Y": what an agreement says will be done is agreed (where the actors
/// are given).
pub(in crate::extract) fn is_agreed(context: &Context<'_>, word: usize) -> bool {
    let tree = &context.scene.tree;
    let own = tree.word(word);
    let accord = own.head.filter(|_| own.role == Role::RelativeClause);
    let which = |&child: &usize| {
        tree.word(child).role == Role::Oblique
            && context.frames.words.relative.contains(tree.lower(child))
    };
    context.article.mentions.is_some()
        && tree.children(word).iter().any(which)
        && accord.is_some_and(|accord| {
            let meant = meaning(context, accord);
            meant.is_some() && meant == context.frames.words.promise
        })
}

/// "told X to leave or be shot": a demand with what follows if it is not met (where the actors are given).
pub(in crate::extract) fn is_ultimatum(context: &Context<'_>, word: usize, relation: &str) -> bool {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    let clause = |&child: &usize| {
        matches!(
            tree.word(child).role,
            Role::OpenContent | Role::Content | Role::AdverbialClause
        )
    };
    let otherwise = |child: usize| {
        tree.with_role(child, Role::Coordinator)
            .into_iter()
            .any(|word| words.alternative.contains(&tree.word(word).lemma))
    };
    context.article.mentions.is_some()
        && words.demand.as_deref() == Some(relation)
        && tree
            .children(word)
            .iter()
            .filter(|child| clause(child))
            .any(|&child| {
                let other = |&next: &usize| tree.is_verb(next);
                let mut next = tree
                    .with_role(child, Role::Conjunct)
                    .into_iter()
                    .filter(other);
                tree.is_verb(child) && next.any(|next| otherwise(child) || otherwise(next))
            })
}

/// "was in Oslo to meet X": with a place in between, the infinitive under "be" is no plan but what they came for (where the
/// actors are given).
pub(in crate::extract) fn is_errand(context: &Context<'_>, word: usize, held: &Held) -> bool {
    let tree = &context.scene.tree;
    let place = |&child: &usize| {
        let own = tree.word(child);
        let at = |marker: &String| context.frames.words.locative.contains(marker);
        own.role == Role::Oblique && own.marker.as_ref().is_some_and(at) && child < word
    };
    let came = |&by: &usize| {
        tree.word(by).pos == Pos::Aux
            && tree.is_infinitive(word)
            && tree
                .children(by)
                .iter()
                .filter(|&&child| child > by)
                .any(place)
    };
    context.article.mentions.is_some() && held.words.first().is_some_and(came)
}

/// "said it might have to march into X": what somebody says that they must do to another threatens them.
pub(super) fn own_need(
    context: &Context<'_>,
    held: &Held,
    word: usize,
    relation: &str,
) -> Option<Name> {
    let tree = &context.scene.tree;
    let words = &context.frames.words;
    let own = |&subject: &usize| {
        let form = tree.lower(subject);
        words.reported_thing.contains(form)
            || words.reported_person.contains(form)
            || words.quoted.contains(form)
    };
    let subjects = tree.subjects(word);
    let hostile = class(context, relation) == Some(4);
    let needed = held.modality == Modality::Demanded && held.polarity == Polarity::Positive;
    let spoken = !held.speakers.is_empty() && !subjects.is_empty() && subjects.iter().all(own);
    words.threat.clone().filter(|_| hostile && needed && spoken)
}

/// "ordered X to be deported": who orders that something be done to somebody does it; nobody is asked.
pub(super) fn is_ordered_done(context: &Context<'_>, held: &Held, word: usize) -> bool {
    let tree = &context.scene.tree;
    let orders = |&by: &usize| context.frames.words.ordering.contains(&tree.word(by).lemma);
    held.polarity == Polarity::Positive
        && held.modality == Modality::Demanded
        && held.words.first().is_some_and(orders)
        && tree.has(word, Role::PassiveAuxiliary)
        && !tree.has(word, Role::Agent)
}
