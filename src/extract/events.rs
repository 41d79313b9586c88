//! PLOVER's code for a claim: what the act becomes when it is only promised, threatened, asked for, refused or ended.

use super::{
    factuality::{self, Held},
    frames::{Embedded, Formal, Kind},
    matching::Context,
    propose,
    scene::Scene,
    tree::Tree,
};
use crate::{
    claim::{Modality, Name, Polarity},
    grammar::Role,
    ontology::Ontology,
};

/// PLOVER's code for demonstrations.
pub(super) const PROTEST: &str = "PROTEST";
/// PLOVER's code for threats.
const AGREE: &str = "AGREE";
const THREATEN: &str = "THREATEN";
const SANCTION: &str = "SANCTION";

/// The event code of an act that is held so, whether it is told by itself or as the end of another.
pub(super) fn of(
    context: &Context<'_>,
    word: usize,
    relation: &str,
    formal: Option<&Formal>,
    held: &Held,
    (polarity, modality): (Polarity, Modality),
) -> Option<Name> {
    let ahead = lies_ahead(context, held);
    // "announced the expulsion of X": an official act that is announced is done.
    let errand = modality == Modality::Planned && propose::is_errand(context, word, held);
    let modality = if errand || is_announced(context, relation, held, modality) {
        Modality::Asserted
    } else {
        modality
    };
    let own = |modality, ahead| {
        code(
            relation,
            formal,
            polarity,
            modality,
            ahead,
            context.ontology,
        )
    };
    let ahead_of_it = matches!(modality, Modality::Planned | Modality::Demanded);
    if polarity == Polarity::Positive && ahead_of_it && propose::is_agreed(context, word) {
        return context
            .ontology
            .relation(AGREE)
            .map(|relation| relation.code.clone());
    }
    if polarity == Polarity::Positive && propose::is_chanted(context, word, relation) {
        return context
            .ontology
            .relation(PROTEST)
            .map(|relation| relation.code.clone());
    }
    if polarity == Polarity::Positive && propose::is_ultimatum(context, word, relation) {
        return context
            .ontology
            .relation(THREATEN)
            .map(|relation| relation.code.clone());
    }
    let aimed_at = polarity == Polarity::Positive && modality != Modality::Asserted;
    let Some(means) = held.means.filter(|_| aimed_at) else {
        return own(modality, ahead);
    };
    let done = factuality::hold(context.scene, means, false, "", context.ontology);
    let class = |relation: &str| {
        let known = context.ontology.relation(relation);
        known.and_then(|known| known.quad_class)
    };
    // "deployed police to contain X": between hostile acts the deed counts, not its end.
    let hostile = class(relation).is_some_and(|class| class >= 3);
    let given = context.article.mentions.is_some();
    let mut deeds = vec![means];
    if given {
        // "began a strike to force X": what was begun.
        deeds.extend(context.scene.tree.objects(means));
    }
    let material = |&word: &usize| {
        propose::meaning(context, word).filter(|deed| hostile && class(deed) == Some(4))
    };
    let deed = deeds.iter().find_map(material);
    if let Some(deed) = deed {
        let ahead = lies_ahead(context, &done);
        return code(
            &deed,
            None,
            done.polarity,
            done.modality,
            ahead,
            context.ontology,
        );
    }
    // "flew to X to meet Y": who did the one thing is taken to have done the other.
    let told = (done.polarity, done.modality) == (Polarity::Positive, Modality::Asserted);
    if told && !done.dropped {
        own(Modality::Asserted, false)
    } else {
        own(modality, ahead)
    }
}

/// The relation of help and dealings that end: what somebody will no longer do is more than a refusal (where the actors are
/// given).
pub(super) fn ended(context: &Context<'_>, relation: &str, held: &Held) -> Option<Name> {
    let known = context.ontology.relation(relation)?;
    let tree = &context.scene.tree;
    let ends = |&word: &usize| {
        let mut near = tree.sentence(word);
        near.any(|at| {
            (at == word || at == word + 1) && context.frames.words.ending.contains(tree.lower(at))
        })
    };
    let given = context.article.mentions.is_some();
    let ends = given && known.quad_class == Some(2) && held.negated.iter().any(ends);
    let cut = context.ontology.relation(SANCTION).filter(|_| ends)?;
    Some(cut.code.clone())
}

/// The event code of an act of `relation` as it is held, done in form if `formal` (`ahead`: what is possible or wished for
/// lies in the future); `None` for states and offices, for the content of demands, and for what did not happen and was
/// not refused.
#[must_use]
pub fn code(
    relation: &str,
    formal: Option<&Formal>,
    polarity: Polarity,
    modality: Modality,
    ahead: bool,
    ontology: &Ontology,
) -> Option<Name> {
    let known = ontology.relation(relation)?;
    if !known.event {
        return None;
    }
    let cooperative = known.quad_class.is_some_and(|class| class <= 2);
    // What is said or done to somebody by words alone stays what it is when it is planned, but for a threat.
    let code = match (polarity, modality) {
        (_, Modality::Demanded) => return None,
        (Polarity::Positive, Modality::Possible | Modality::Hypothetical)
            if ahead && cooperative =>
        {
            "AGREE"
        }
        (Polarity::Positive, Modality::Possible | Modality::Hypothetical) if ahead => {
            planned_conflict(relation, known.quad_class)
        }
        (Polarity::Positive, Modality::Asserted | Modality::Possible) => {
            formal.map_or(relation, |formal| formal.event.as_str())
        }
        (Polarity::Positive, Modality::Planned) if cooperative => "AGREE",
        (Polarity::Positive, Modality::Planned) => planned_conflict(relation, known.quad_class),
        (Polarity::Positive, Modality::Hypothetical) => relation,
        (Polarity::Negative, Modality::Planned) if cooperative => "REJECT",
        // A promise not to fight or to spare is a promise of cooperation.
        (Polarity::Negative, Modality::Planned) if known.quad_class == Some(4) => "AGREE",
        (Polarity::Negative, _) => return None,
    };
    ontology
        .relation(code)
        .map(|relation| relation.code.clone())
}

/// Who plans material conflict threatens; who plans to demand, accuse or reject does so already.
fn planned_conflict(relation: &str, class: Option<u8>) -> &str {
    if class == Some(4) {
        "THREATEN"
    } else {
        relation
    }
}

/// Whether what decided the modality of an act speaks of what may come ("could attack", "wants to meet"), not of what may
/// have been ("may have attacked") or was tried.
fn lies_ahead(context: &Context<'_>, held: &Held) -> bool {
    let scene = context.scene;
    let tree = &scene.tree;
    let given = context.article.mentions.is_some();
    held.words.iter().any(|&word| {
        let own = tree.word(word);
        if own.role == Role::Auxiliary {
            let perfect = |&other: &usize| {
                other > word && tree.frames.words.perfect.contains(&tree.word(other).lemma)
            };
            let verb = own.head.unwrap_or(word);
            return tree.frames.words.modal.contains_key(&own.lemma)
                && !tree.with_role(verb, Role::Auxiliary).iter().any(perfect);
        }
        !embeds_past(tree, word) && wishes(scene, word, given)
    })
}

/// Whether what hangs on a word lies before it ("is believed to have attacked").
fn embeds_past(tree: &Tree<'_>, word: usize) -> bool {
    let perfect = |&helper: &usize| {
        let lemma = &tree.word(helper).lemma;
        tree.frames.words.perfect.contains(lemma)
    };
    tree.children(word).iter().any(|&child| {
        let clause = matches!(
            tree.word(child).role,
            Role::OpenContent | Role::Content | Role::AdverbialClause | Role::NounClause
        );
        clause && tree.with_role(child, Role::Auxiliary).iter().any(perfect)
    })
}

/// Whether the word that makes an act planned announces or decides one that counts as done (where the actors are given).
fn is_announced(context: &Context<'_>, relation: &str, held: &Held, modality: Modality) -> bool {
    let kinds = [Kind::OperatorVerb, Kind::OperatorNoun];
    let counts = |&word: &usize| {
        let called = kinds
            .into_iter()
            .flat_map(|kind| context.scene.calls(kind, word));
        let mut coded = called.flat_map(|(number, _)| {
            let operator = &context.frames.operators[number];
            let with = operator.with.iter();
            let mut missing = with.filter(|with| !context.scene.holds(word, with));
            let fits = missing.next().is_none();
            operator.coded_for.iter().filter(move |_| fits)
        });
        coded.any(|own| **own == *relation)
    };
    context.article.mentions.is_some()
        && modality == Modality::Planned
        && held.polarity == Polarity::Positive
        && held.words.first().is_some_and(counts)
}

/// Whether a word tells of an act that its subject wishes for or has in mind.
fn wishes(scene: &Scene<'_>, word: usize, given: bool) -> bool {
    let kinds = [
        Kind::OperatorVerb,
        Kind::OperatorNoun,
        Kind::OperatorAdjective,
    ];
    // "attempted to": the noun of the same form counts only where there is no such verb.
    let verb = !scene.calls(Kind::OperatorVerb, word).is_empty() && scene.tree.is_verb(word);
    let own = kinds
        .into_iter()
        .filter(|&kind| !(verb && kind == Kind::OperatorNoun));
    let called = own.flat_map(|kind| {
        scene
            .calls(kind, word)
            .into_iter()
            .map(move |(number, _)| (kind, number))
    });
    let mut held = called.map(|(kind, number)| {
        let operator = &scene.tree.frames.operators[number];
        match operator.embedded {
            Embedded::As(Modality::Hypothetical) => operator.asserted_for.is_empty(),
            // "is considering strikes"; who fears or reports an act has not got it in mind.
            Embedded::As(Modality::Possible) => {
                // Where the actors are given, also "is likely to offer", "the possibility of cutting".
                let kinds = kind == Kind::OperatorVerb || given;
                kinds && !operator.speaker && !operator.object_control
            }
            _ => false,
        }
    });
    held.any(|wished| wished)
}
