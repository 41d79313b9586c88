//! Universal Dependencies (universaldependencies.org/u/dep) in the grammar view.

use super::children_of;
use crate::grammar::{Pos, Role, Word};

mod verbs;

use verbs::{is_passive, mend_objects, mend_passive, mend_subjects, raise_finite, raise_subjects};

/// Gives every word its role; `labels` are the parser's, one per word.
pub(super) fn convert(words: &mut [Word], labels: &[&str]) {
    for (word, label) in words.iter_mut().zip(labels) {
        word.role = role(label);
    }
    for index in 0..words.len() {
        lift_markers(words, index);
    }
    for index in 0..words.len() {
        raise_from_names(words, index);
        raise_from_auxiliaries(words, index);
        raise_particles(words, index);
        mend_flat(words, index);
        if index + 1 < words.len() {
            pass_markers(words, index);
        }
    }
    for index in 0..words.len() {
        lower_located_copulas(words, index);
    }
    for index in 0..words.len() {
        refine(words, index);
    }
    for index in 0..words.len() {
        raise_finite(words, index);
    }
    for index in 0..words.len() {
        mend_passive(words, index);
        mend_subjects(words, index);
        mend_particles(words, index);
        mend_objects(words, index);
        raise_subjects(words, index);
        mend_apposition(words, index);
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

/// What hangs on a later part of a name belongs to the name.
fn raise_from_names(words: &mut [Word], index: usize) {
    let Some(part) = words[index].head else {
        return;
    };
    if words[part].role == Role::Flat
        && words[index].role != Role::Flat
        && let Some(top) = words[part].head.filter(|&top| top != index)
    {
        words[index].head = Some(top);
    }
}

/// "Israel skal innen fredag trekke seg ut": what hangs on an auxiliary hangs on its verb.
fn raise_from_auxiliaries(words: &mut [Word], index: usize) {
    let Some(auxiliary) = words[index].head else {
        return;
    };
    if matches!(
        words[auxiliary].role,
        Role::Auxiliary | Role::PassiveAuxiliary
    ) && words[index].role != Role::Conjunct
    {
        words[index].head = words[auxiliary].head.filter(|&verb| verb != index);
    }
}

/// "tørnet sammen ved grensen": the adverb before another preposition is the verb's.
fn raise_particles(words: &mut [Word], index: usize) {
    let Some(noun) = words[index].head.filter(|&noun| noun > index) else {
        return;
    };
    let own = &words[index];
    let stray = own.role == Role::Adverb
        && JOINED.contains(&own.text.to_lowercase().as_str())
        && words[noun].role == Role::Oblique
        && words[index + 1].text != "med";
    if stray {
        words[index].head = words[noun].head;
        words[index].role = Role::Particle;
    }
}

/// "sammen med FN-styrken UNIFIL": the preposition before a noun that stands with a name is the name's.
fn pass_markers(words: &mut [Word], noun: usize) {
    let name = noun + 1;
    let titled = words[noun].pos == Pos::Noun
        && words[noun].head == Some(name)
        && words[name].pos == Pos::Propn
        && words[name].marker.is_none();
    if titled && words[noun].marker.is_some() && words[noun].role == Role::Oblique {
        words[name].marker = words[noun].marker.take();
        if matches!(words[name].role, Role::Object | Role::BareOblique) {
            words[name].role = Role::Oblique;
        }
    }
}

/// Adverbs that parsers take for prepositions of the object after them ("slapp inn FN", "gikk imot planen").
const PARTICLES: [&str; 13] = [
    "inn", "ut", "opp", "ned", "fram", "frem", "bort", "hjem", "tilbake", "imot", "igjen", "løs",
    "heim",
];

/// "slapp inn FN": a verb's particle is no preposition, and what follows it is the object.
fn mend_particles(words: &mut [Word], verb: usize) {
    if words[verb].pos != Pos::Verb {
        return;
    }
    let children = children_of(words, verb);
    // Without a subject the first object is one ("I går tok X imot Y").
    let has = |role: Role| children.iter().any(|&child| words[child].role == role);
    if has(Role::Object) && has(Role::Subject) {
        return;
    }
    for child in children {
        let particle = child.checked_sub(1).filter(|&before| {
            child > verb
                && words[child].role == Role::Oblique
                && words[child]
                    .marker
                    .as_deref()
                    .is_some_and(|marker| PARTICLES.contains(&marker))
                && words[before..child]
                    .iter()
                    .all(|word| word.head == Some(child))
        });
        if particle.is_none() {
            continue;
        }
        let case = children_of(words, child)
            .into_iter()
            .find(|&case| words[case].role == Role::Case);
        if let Some(case) = case {
            words[case].head = Some(verb);
            words[case].role = Role::Particle;
            words[child].marker = None;
            words[child].role = Role::Object;
        }
        return;
    }
}

/// Adverbs that make one preposition with the one that follows ("sammen med").
const JOINED: [&str; 2] = ["sammen", "saman"];

/// Prepositions and subordinators become markers of their heads, several of them as one ("på grunn av").
fn lift_markers(words: &mut [Word], index: usize) {
    let mut marker: Vec<String> = vec![];
    for child in children_of(words, index) {
        let joined = words[child].role == Role::Adverb
            && JOINED.contains(&words[child].text.to_lowercase().as_str())
            && words.get(child + 1).is_some_and(|next| {
                next.head == Some(index) && next.role == Role::Case && next.text == "med"
            });
        let marks = matches!(words[child].role, Role::Case | Role::Marker);
        if child < index && (marks || joined) {
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

/// What is called a later part of a name and is none: under a preposition of its own ("fra Iran til Houthi") it hangs on
/// what the name hangs on; a common noun after a name that is an object ("erklærte Ukraina krig") is the object itself.
fn mend_flat(words: &mut [Word], index: usize) {
    let (Role::Flat, Some(name)) = (words[index].role, words[index].head) else {
        return;
    };
    if words[index].marker.is_some() && name < index {
        let locative = matches!(
            words[index].marker.as_deref(),
            Some("i" | "ved" | "utenfor")
        );
        let above = words[name]
            .head
            .filter(|_| words[name].marker.is_some() && !locative);
        words[index].head = above.or(Some(name));
        words[index].role = Role::Oblique;
        return;
    }
    let common = words[index].pos == Pos::Noun && words[index].text.starts_with(char::is_lowercase);
    if common && words[name].role == Role::Object && words[name].pos == Pos::Propn {
        words[index].head = words[name].head;
        words[index].role = Role::Object;
        words[name].role = Role::IndirectObject;
    }
}

/// "er i krig med X", "var på besøk hos X": under a preposition the predicate is no content head; the copula takes the
/// clause, as it does under other label schemes.
fn lower_located_copulas(words: &mut [Word], predicate: usize) {
    let children = children_of(words, predicate);
    // "er med i EU": the particle is no predicate either.
    let particle = words[predicate].pos == Pos::Adp;
    let marked = particle
        || words[predicate].marker.is_some()
            && children
                .iter()
                .any(|&child| words[child].role == Role::Case && child < predicate);
    let copula = children
        .iter()
        .copied()
        .find(|&child| words[child].role == Role::Copula);
    let Some(copula) = copula.filter(|_| marked) else {
        return;
    };
    words[copula].head = words[predicate].head;
    words[copula].role = words[predicate].role;
    words[predicate].head = Some(copula);
    words[predicate].role = if particle {
        Role::Particle
    } else {
        Role::Oblique
    };
    for child in children {
        let of_noun = matches!(
            words[child].role,
            Role::Case
                | Role::Determiner
                | Role::Adjective
                | Role::Possessor
                | Role::Number
                | Role::Compound
                | Role::Flat
                | Role::Oblique
                | Role::Apposition
                | Role::NounClause
                | Role::RelativeClause
        );
        if child != copula && (particle || !of_noun) {
            words[child].head = Some(copula);
        }
    }
}

/// "Erdogan, presidenten i Tyrkia, …": without a coordinator anywhere, what a comma joins is an apposition.
fn mend_apposition(words: &mut [Word], index: usize) {
    let Some(head) = words[index].head else {
        return;
    };
    list_names(words, head, index);
    let titled = words[index].pos == Pos::Noun && words[head].pos == Pos::Propn;
    let named = words[index].pos == Pos::Propn && words[head].pos == Pos::Noun;
    if words[index].role != Role::Conjunct || index < head || !(titled || named) {
        return;
    }
    let comma = words[head + 1..index].iter().any(|word| word.text == ",");
    let coordinated = (0..words.len()).any(|other| {
        words[other].role == Role::Conjunct
            && words[other].head == Some(head)
            && children_of(words, other)
                .iter()
                .any(|&child| words[child].role == Role::Coordinator)
    });
    if comma && !coordinated {
        words[index].role = Role::Apposition;
    }
}

/// "X, Y og Z": a name after a comma is no apposition of the one before where a third is coordinated with it.
fn list_names(words: &mut [Word], first: usize, second: usize) {
    let names = words[first].pos == Pos::Propn && words[second].pos == Pos::Propn;
    if !names || words[second].role != Role::Apposition || second < first {
        return;
    }
    let listed = (second + 1..words.len()).any(|third| {
        words[third].role == Role::Conjunct
            && words[third].head == Some(first)
            && words[third].pos == Pos::Propn
    });
    if listed {
        words[second].role = Role::Conjunct;
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
        Role::Oblique
            if words[index].feature("Case") == Some("Gen") && nominal_head && index < head =>
        {
            Role::Possessor
        }
        Role::Oblique if words[index].marker.is_none() && nominal_head => Role::Compound,
        Role::Oblique if words[index].marker.is_none() => Role::BareOblique,
        Role::Oblique
            if words[index].marker.as_deref() == Some("av") && is_passive(words, head) =>
        {
            Role::Agent
        }
        Role::Adverb | Role::Determiner if negative => Role::Negation,
        // "samarbeide med de borgerlige": an adjective with an article stands for those who are so.
        Role::Adverb
            if words[index].pos == Pos::Adj
                && words[index].marker.is_some()
                && children_of(words, index)
                    .iter()
                    .any(|&child| words[child].role == Role::Determiner) =>
        {
            Role::Oblique
        }
        // "stemplet som terrorgruppe", "tiltrådte som president": what "som" marks is a nominal under a preposition.
        Role::OpenContent
            if words[index].marker.as_deref() == Some("som")
                && matches!(words[index].pos, Pos::Adj | Pos::Noun | Pos::Propn) =>
        {
            Role::Oblique
        }
        // "holder X fengslet": a participle, whatever its features say.
        Role::OpenContent
            if words[index].pos == Pos::Verb
                && words[index].marker.is_none()
                && words[index].feature("VerbForm") != Some("Inf")
                && children_of(words, index).is_empty() =>
        {
            Role::Attribute
        }
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
