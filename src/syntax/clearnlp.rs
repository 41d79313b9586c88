//! ClearNLP's labels (clearnlp.github.io, as trained into spaCy's English models) in the grammar view.

use super::children_of;
use crate::grammar::{Pos, Role, Word};

/// Gives every word its role; `labels` are the parser's, one per word.
pub(super) fn convert(words: &mut [Word], labels: &[&str]) {
    for (word, label) in words.iter_mut().zip(labels) {
        word.role = role(label);
    }
    lift_prepositions(words, labels);
    lift_markers(words, labels);
    lift_copulas(words);
    turn_small_clauses(words, labels);
    turn_predicates(words, labels);
}

fn role(label: &str) -> Role {
    match label {
        "ROOT" => Role::Root,
        "nsubj" => Role::Subject,
        "nsubjpass" => Role::PassiveSubject,
        "csubj" | "csubjpass" => Role::SubjectClause,
        "dobj" => Role::Object,
        "dative" => Role::IndirectObject,
        "agent" | "prep" => Role::Case,
        "attr" | "acomp" | "oprd" => Role::Attribute,
        "amod" => Role::Adjective,
        "appos" => Role::Apposition,
        "aux" => Role::Auxiliary,
        "auxpass" => Role::PassiveAuxiliary,
        "neg" => Role::Negation,
        "det" | "predet" => Role::Determiner,
        "poss" => Role::Possessor,
        "case" => Role::Case,
        "compound" | "nmod" => Role::Compound,
        "npadvmod" => Role::BareOblique,
        "nummod" => Role::Number,
        "conj" => Role::Conjunct,
        "cc" | "preconj" => Role::Coordinator,
        "ccomp" => Role::Content,
        "xcomp" => Role::OpenContent,
        "advcl" => Role::AdverbialClause,
        "relcl" => Role::RelativeClause,
        "acl" => Role::NounClause,
        "mark" => Role::Marker,
        "prt" => Role::Particle,
        "advmod" | "quantmod" => Role::Adverb,
        "expl" => Role::Expletive,
        "parataxis" => Role::Parataxis,
        "punct" => Role::Punctuation,
        _ => Role::Other,
    }
}

/// `attack -prep-> on -pobj-> Gaza` becomes `attack -Oblique(on)-> Gaza`; chains ("out of") give one marker.
fn lift_prepositions(words: &mut [Word], labels: &[&str]) {
    for index in 0..words.len() {
        if !is_complement(words, labels, index) {
            continue;
        }
        let Some(preposition) = words[index].head else {
            continue;
        };
        let (top, marker) = preposition_chain(words, labels, preposition);
        let (top, marker) = with_adverb(words, labels, preposition, top, marker);
        let agent = labels[preposition] == "agent";
        // "After meeting A, B accused C": before its verb a clause is no complement of it and has its subject.
        let fronted =
            top.is_some_and(|top| index < top && matches!(words[top].pos, Pos::Verb | Pos::Aux));
        words[index].role = match (labels[index], words[index].pos) {
            ("pcomp", Pos::Verb | Pos::Aux) if fronted => Role::AdverbialClause,
            ("pcomp", Pos::Verb | Pos::Aux) => Role::OpenContent,
            _ if agent => Role::Agent,
            _ => Role::Oblique,
        };
        words[index].marker = Some(marker);
        words[index].head = top;
        words[preposition].head = Some(index);
        words[preposition].role = Role::Case;
    }
}

/// Whether a word is what a preposition governs, an adjective too ("described as unacceptable").
fn is_complement(words: &[Word], labels: &[&str], index: usize) -> bool {
    let governed = |label: &str| matches!(label, "pobj" | "pcomp");
    let Some(head) = words[index].head.filter(|_| labels[index] == "amod") else {
        return governed(labels[index]);
    };
    let alone = || {
        let mut others = words.iter().zip(labels);
        !others.any(|(word, label)| word.head == Some(head) && governed(label))
    };
    labels[head] == "prep" && words[index].pos == Pos::Adj && index > head && alone()
}

/// The word that a chain of prepositions hangs on, and the chain's words. Coordinated prepositions share that word.
fn preposition_chain(words: &[Word], labels: &[&str], last: usize) -> (Option<usize>, String) {
    let mut marker = words[last].text.to_lowercase();
    let mut at = last;
    for _ in 0..words.len() {
        let Some(head) = words[at].head else { break };
        // A preposition that was lifted already hangs on its own noun, to its right.
        let chained =
            matches!(labels[head], "prep" | "agent" | "dative") && words[head].role == Role::Case;
        if labels[at] == "conj" && chained {
            at = head;
        } else if chained && head < at {
            marker = format!("{} {marker}", words[head].text.to_lowercase());
            at = head;
        } else {
            return (climb_lifted(words, labels, at), marker);
        }
        if words[at]
            .head
            .is_some_and(|next| next > at && labels[next] == "pobj")
        {
            return (climb_lifted(words, labels, at), marker);
        }
    }
    (words[at].head, marker)
}

/// An adverb before a preposition that hangs on it ("away from", "instead of") is part of the marker.
fn with_adverb(
    words: &[Word],
    labels: &[&str],
    preposition: usize,
    top: Option<usize>,
    marker: String,
) -> (Option<usize>, String) {
    let adverb = top.filter(|&top| {
        top < preposition && words[top].pos == Pos::Adv && matches!(labels[top], "advmod" | "prt")
    });
    match adverb {
        Some(adverb) if words[adverb].head.is_some() => (
            words[adverb].head,
            format!("{} {marker}", words[adverb].text.to_lowercase()),
        ),
        // "Instead of attacking X, Y …": the adverb hangs on the preposition.
        _ => {
            let before = preposition
                .checked_sub(1)
                .filter(|&before| words[before].head == Some(preposition));
            let both =
                before.map(|adverb| format!("{} {marker}", words[adverb].text.to_lowercase()));
            (
                top,
                both.filter(|both| COMPOUND.contains(&both.as_str()))
                    .unwrap_or(marker),
            )
        }
    }
}

/// Prepositions of two words that parsers take apart.
const COMPOUND: [&str; 2] = ["instead of", "rather than"];

/// The word that a preposition hangs on; if it was lifted before, the word that its noun hangs on now.
fn climb_lifted(words: &[Word], labels: &[&str], preposition: usize) -> Option<usize> {
    let head = words[preposition].head?;
    if matches!(labels[head], "pobj" | "pcomp")
        && head > preposition
        && words[head].marker.is_some()
    {
        words[head].head
    } else {
        Some(head)
    }
}

/// Subordinators ("that", "if", "to") become markers of their clauses.
fn lift_markers(words: &mut [Word], labels: &[&str]) {
    for index in 0..words.len() {
        let Some(head) = words[index].head else {
            continue;
        };
        let infinitive = labels[index] == "aux" && words[index].pos == Pos::Part;
        // "after", "before" and the like come as `mark`, "when" as `advmod` of an adverbial clause's verb.
        let adverb = labels[index] == "advmod"
            && words[head].role == Role::AdverbialClause
            && index < head
            && matches!(words[index].pos, Pos::Sconj);
        if infinitive && matches!(words[head].pos, Pos::Noun | Pos::Adj | Pos::Propn) {
            // What follows the infinitive's "to" is a verb, whatever the tagger says ("decided to sanction X").
            words[head].pos = Pos::Verb;
            words[head].lemma = words[head].text.to_lowercase();
            "VerbForm=Inf".clone_into(&mut words[head].features);
        }
        if labels[index] == "mark" || infinitive || adverb {
            words[index].role = Role::Marker;
            if words[head].marker.is_none() {
                words[head].marker = Some(words[index].text.to_lowercase());
            }
        }
    }
}

/// `holds -ccomp-> responsible -nsubj-> Syria` becomes an object with a predicate, as "called Syria responsible" has.
fn turn_small_clauses(words: &mut [Word], labels: &[&str]) {
    for predicate in 0..words.len() {
        let nominal = matches!(words[predicate].pos, Pos::Adj | Pos::Noun);
        let Some(verb) = words[predicate]
            .head
            .filter(|&verb| nominal && verb < predicate)
        else {
            continue;
        };
        let children = children_of(words, predicate);
        let clause = |&child: &usize| {
            matches!(
                words[child].role,
                Role::Copula | Role::Auxiliary | Role::Marker
            )
        };
        if labels[predicate] != "ccomp"
            || words[verb].pos != Pos::Verb
            || children.iter().any(clause)
        {
            continue;
        }
        let subject = children
            .into_iter()
            .find(|&child| words[child].role == Role::Subject && verb < child && child < predicate);
        if let Some(subject) = subject {
            words[subject].head = Some(verb);
            words[subject].role = Role::Object;
            words[predicate].role = Role::Attribute;
        }
    }
}

/// "named Anna Holm as chief" with the name as a predicate: where the verb has no object, the name is it.
fn turn_predicates(words: &mut [Word], labels: &[&str]) {
    for name in 0..words.len() {
        let Some(verb) = words[name]
            .head
            .filter(|_| labels[name] == "oprd" && words[name].pos == Pos::Propn)
        else {
            continue;
        };
        let taken = |&child: &usize| {
            matches!(
                words[child].role,
                Role::Object | Role::PassiveSubject | Role::PassiveAuxiliary
            )
        };
        if words[verb].pos == Pos::Verb && !children_of(words, verb).iter().any(taken) {
            words[name].role = Role::Object;
        }
    }
}

/// `is -attr-> leader` becomes `leader -Copula-> is`; what hung on the copula hangs on the predicate.
fn lift_copulas(words: &mut [Word]) {
    for copula in 0..words.len() {
        if words[copula].lemma != "be" || !matches!(words[copula].pos, Pos::Aux | Pos::Verb) {
            continue;
        }
        let children = children_of(words, copula);
        let Some(&predicate) = children
            .iter()
            .find(|&&child| words[child].role == Role::Attribute)
        else {
            continue;
        };
        let expletive = children
            .iter()
            .any(|&child| words[child].role == Role::Expletive);
        if expletive {
            continue;
        }
        words[predicate].head = words[copula].head;
        words[predicate].role = words[copula].role;
        if words[predicate].marker.is_none() {
            words[predicate].marker = words[copula].marker.take();
        }
        for child in children {
            if child != predicate {
                words[child].head = Some(predicate);
            }
        }
        words[copula].head = Some(predicate);
        words[copula].role = Role::Copula;
    }
}
