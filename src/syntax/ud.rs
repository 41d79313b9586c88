//! Universal Dependencies (universaldependencies.org/u/dep) in the grammar view.

use super::children_of;
use crate::grammar::{Pos, Role, Word};

/// Gives every word its role; `labels` are the parser's, one per word.
pub(super) fn convert(words: &mut [Word], labels: &[&str]) {
    for (word, label) in words.iter_mut().zip(labels) {
        word.role = role(label);
    }
    for index in 0..words.len() {
        lift_markers(words, index);
    }
    for index in 0..words.len() {
        refine(words, index);
    }
}

fn role(label: &str) -> Role {
    match label {
        "ROOT" | "root" => Role::Root,
        "nsubj:pass" => Role::PassiveSubject,
        "csubj" | "csubj:pass" => Role::SubjectClause,
        "nmod:poss" => Role::Possessor,
        "aux:pass" => Role::PassiveAuxiliary,
        "compound:prt" => Role::Particle,
        "acl:relcl" | "acl:cleft" => Role::RelativeClause,
        "obl:agent" => Role::Agent,
        _ => match label.split(':').next().unwrap_or(label) {
            "nsubj" => Role::Subject,
            "obj" => Role::Object,
            "iobj" => Role::IndirectObject,
            "obl" | "nmod" => Role::Oblique,
            "appos" => Role::Apposition,
            "compound" => Role::Compound,
            "flat" => Role::Flat,
            "amod" => Role::Adjective,
            "nummod" => Role::Number,
            "det" => Role::Determiner,
            "aux" => Role::Auxiliary,
            "cop" => Role::Copula,
            "conj" => Role::Conjunct,
            "cc" => Role::Coordinator,
            "ccomp" => Role::Content,
            "xcomp" => Role::OpenContent,
            "advcl" => Role::AdverbialClause,
            "acl" => Role::NounClause,
            "mark" => Role::Marker,
            "case" => Role::Case,
            "advmod" => Role::Adverb,
            "expl" => Role::Expletive,
            "parataxis" => Role::Parataxis,
            "punct" => Role::Punctuation,
            _ => Role::Other,
        },
    }
}

/// Prepositions and subordinators become markers of their heads, several of them as one ("på grunn av").
fn lift_markers(words: &mut [Word], index: usize) {
    let mut marker: Vec<String> = vec![];
    for child in children_of(words, index) {
        if child < index && matches!(words[child].role, Role::Case | Role::Marker) {
            marker.push(words[child].text.to_lowercase());
            let fixed = children_of(words, child);
            marker.extend(
                fixed
                    .iter()
                    .filter(|&&part| part > child && part < index)
                    .map(|&part| words[part].text.to_lowercase()),
            );
        }
    }
    if !marker.is_empty() {
        words[index].marker = Some(marker.join(" "));
    }
}

fn refine(words: &mut [Word], index: usize) {
    let Some(head) = words[index].head else {
        return;
    };
    let nominal_head = matches!(
        words[head].pos,
        Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num
    );
    let negative = words[index].feature("Polarity") == Some("Neg");
    words[index].role = match words[index].role {
        // A nominal without a preposition stands before a noun as a title or measure, or is a bare adverbial.
        Role::Oblique if words[index].marker.is_none() && nominal_head => Role::Compound,
        Role::Oblique if words[index].marker.is_none() => Role::BareOblique,
        Role::Oblique
            if words[index].marker.as_deref() == Some("av") && is_passive(words, head) =>
        {
            Role::Agent
        }
        Role::Adverb | Role::Determiner if negative => Role::Negation,
        // "ble enige", "ble leder": the complement is a predicate noun or adjective, no clause.
        Role::OpenContent if matches!(words[index].pos, Pos::Adj | Pos::Noun | Pos::Propn) => {
            Role::Attribute
        }
        // A subject of a verb in the s-passive is what is acted upon, whatever the label says.
        Role::Subject
            if is_passive(words, head) && words[head].feature("VerbForm") == Some("Fin") =>
        {
            Role::PassiveSubject
        }
        role => role,
    };
}

fn is_passive(words: &[Word], verb: usize) -> bool {
    words[verb].feature("Voice") == Some("Pass")
        || (words[verb].feature("VerbForm") == Some("Part") && !has_auxiliary(words, verb))
        || (0..words.len()).any(|child| {
            words[child].head == Some(verb)
                && matches!(
                    words[child].role,
                    Role::PassiveAuxiliary | Role::PassiveSubject
                )
        })
}

/// Whether a participle has an auxiliary of its own ("har drept"), which makes it active.
fn has_auxiliary(words: &[Word], verb: usize) -> bool {
    (0..words.len())
        .any(|child| words[child].head == Some(verb) && words[child].role == Role::Auxiliary)
}
