//! What the parser of a small language makes of denials: words that deny, hung on what they stand before; infinitives that
//! are denied, taken for subjects.

use std::{collections::BTreeSet, ops::Range};

use super::frames::Words;
use crate::grammar::{Pos, Role, Word};

/// "X benektet å ha angrepet Y": an infinitive behind a verb that has a subject is no subject of it.
pub(super) fn lower_infinitive(
    words: &mut [Word],
    sentence: &Range<usize>,
    verb: usize,
    infinitive: &BTreeSet<String>,
) {
    let own = |at: &usize| words[*at].head == Some(verb);
    let named = sentence
        .clone()
        .filter(own)
        .any(|at| at < verb && words[at].role == Role::Subject);
    let marked = |word: &Word| {
        let marker = word.marker.as_deref().unwrap_or_default();
        let last = marker.rsplit(' ').next();
        last.is_some_and(|last| infinitive.contains(last))
    };
    let found = sentence
        .clone()
        .filter(own)
        .find(|&at| at > verb && words[at].role == Role::SubjectClause && marked(&words[at]));
    if let Some(clause) = found.filter(|_| named) {
        words[clause].role = Role::OpenContent;
    }
}

/// "X beklaget aldri overfor Y": what denies right behind a finite verb denies the verb, whatever it was hung on.
pub(super) fn hang_negations(
    words: &mut [Word],
    sentence: &Range<usize>,
    negation: &BTreeSet<String>,
) {
    for index in sentence.clone().skip(1) {
        let before = index - 1;
        // "No longer", "not one" stay together.
        // "vart ikkje samde": a predicate is denied with its verb.
        let nominal = |head: usize| {
            let predicate = words[head].pos == Pos::Adj
                && words[head].role == Role::Attribute
                && words[head].head == Some(before);
            predicate || matches!(words[head].pos, Pos::Noun | Pos::Propn)
        };
        let adverb = matches!(words[index].role, Role::Adverb | Role::Negation)
            && matches!(words[index].pos, Pos::Adv | Pos::Part)
            && words[index].head.is_some_and(nominal);
        let finite = matches!(words[before].pos, Pos::Verb | Pos::Aux)
            && words[before].feature("VerbForm") == Some("Fin");
        if !adverb || !finite || !negation.contains(&words[index].text.to_lowercase()) {
            continue;
        }
        let helps = matches!(
            words[before].role,
            Role::Auxiliary | Role::PassiveAuxiliary | Role::Copula
        );
        let verb = words[before].head.filter(|_| helps).unwrap_or(before);
        if verb != index {
            words[index].head = Some(verb);
        }
    }
}

/// "det ble ikke holdt noen samtaler …": what stands right behind a verb with an expletive and no argument is its object,
/// not the subject of a verb further on.
pub(super) fn keep_behind_expletive(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let has = |role: Role| {
        let mut all = sentence.clone();
        all.any(|at| words[at].head == Some(verb) && words[at].role == role)
    };
    if !has(Role::Expletive) || has(Role::Object) || has(Role::Subject) {
        return;
    }
    let noun = (verb + 1..sentence.end).find(|&at| words[at].pos == Pos::Noun);
    let Some(noun) = noun.filter(|&noun| {
        words[noun].role == Role::Subject && words[noun].head.is_some_and(|head| head > noun)
    }) else {
        return;
    };
    if (verb + 1..noun).all(|at| words[at].head == Some(noun)) {
        words[noun].head = Some(verb);
        words[noun].role = Role::Object;
    }
}

/// "Det avviser X": with a verb of answering the pronoun before it is what is answered, and the name behind it answers.
pub(super) fn seat_fronted(
    words: &mut [Word],
    sentence: &Range<usize>,
    verb: usize,
    known: &Words,
) {
    let own = |at: usize, role: Role| words[at].head == Some(verb) && words[at].role == role;
    let pronoun = verb.checked_sub(1).filter(|&at| {
        at >= sentence.start
            && known.back_pronouns.contains(&words[at].text.to_lowercase())
            && (own(at, Role::Subject) || own(at, Role::Expletive))
    });
    let name = (verb + 1..sentence.end)
        .find(|&at| own(at, Role::Object) && matches!(words[at].pos, Pos::Propn | Pos::Noun));
    let (Some(pronoun), Some(name)) = (pronoun, name) else {
        return;
    };
    let others = (verb + 1..sentence.end)
        .any(|at| own(at, Role::Subject) || own(at, Role::Content) || own(at, Role::OpenContent));
    if known.answering.contains(&words[verb].lemma) && !others {
        words[pronoun].role = Role::Object;
        words[name].role = Role::Subject;
    }
}

/// "langt fra å støtte": an adverb before a marker is part of it, where the two together are a known one.
pub(super) fn lengthen_markers(
    words: &mut [Word],
    sentence: &Range<usize>,
    known: impl Fn(&str) -> bool,
) {
    for index in sentence.clone() {
        let Some(marker) = words[index].marker.clone() else {
            continue;
        };
        let first = marker.split(' ').next().unwrap_or_default();
        let start = (sentence.start..index).rfind(|&at| {
            words[at].head == Some(index)
                && words[at].text.to_lowercase() == first
                && matches!(words[at].role, Role::Marker | Role::Case)
        });
        let before = start.filter(|&at| at > sentence.start).map(|at| at - 1);
        let Some(before) = before else { continue };
        let longer = format!("{} {marker}", words[before].text.to_lowercase());
        if words[before].head == Some(index) && known(&longer) {
            words[index].marker = Some(longer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn what_denies_behind_a_finite_verb_denies_the_verb() {
        let mut mended = paragraph(&[
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("takket", Pos::Verb, Role::Root, 0),
            ("aldri", Pos::Adv, Role::Adverb, 4),
            ("Chile", Pos::Propn, Role::Object, 2),
        ]);
        mended.words[1].features = "VerbForm=Fin".to_owned();
        let negation = BTreeSet::from(["aldri".to_owned()]);
        hang_negations(&mut mended.words, &(0..4), &negation);
        assert_eq!(place(&mended, 3), (Role::Adverb, 2));
    }

    #[test]
    fn what_is_answered_may_stand_before_the_verb() {
        let mut mended = paragraph(&[
            ("Det", Pos::Pron, Role::Subject, 2),
            ("avvise", Pos::Verb, Role::Root, 0),
            ("Peru", Pos::Propn, Role::Object, 2),
        ]);
        let set = |word: &str| BTreeSet::from([word.to_owned()]);
        let words = Words {
            answering: set("avvise"),
            back_pronouns: set("det"),
            ..Words::default()
        };
        seat_fronted(&mut mended.words, &(0..3), 1, &words);
        assert_eq!(place(&mended, 1), (Role::Object, 2));
        assert_eq!(place(&mended, 3), (Role::Subject, 2));
    }

    #[test]
    fn behind_an_expletive_and_its_verb_stands_the_object() {
        let mut mended = paragraph(&[
            ("det", Pos::Pron, Role::Expletive, 2),
            ("holdt", Pos::Verb, Role::Root, 0),
            ("noen", Pos::Det, Role::Determiner, 4),
            ("samtaler", Pos::Noun, Role::Subject, 5),
            ("angrep", Pos::Verb, Role::Conjunct, 2),
        ]);
        keep_behind_expletive(&mut mended.words, &(0..5), 1);
        assert_eq!(place(&mended, 4), (Role::Object, 2));
    }

    #[test]
    fn an_adverb_before_a_marker_may_be_part_of_it() {
        let mut mended = paragraph(&[
            ("Langt", Pos::Adj, Role::Adverb, 3),
            ("fra", Pos::Sconj, Role::Marker, 3),
            ("støtte/fra", Pos::Verb, Role::AdverbialClause, 4),
            ("angrep", Pos::Verb, Role::Root, 0),
        ]);
        lengthen_markers(&mut mended.words, &(0..4), |marker| marker == "langt fra");
        assert_eq!(mended.words[2].marker.as_deref(), Some("langt fra"));
    }

    #[test]
    fn an_infinitive_behind_a_verb_with_a_subject_is_none() {
        let mut mended = paragraph(&[
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("benektet", Pos::Verb, Role::Root, 0),
            ("angripe/å", Pos::Verb, Role::SubjectClause, 2),
            ("Chile", Pos::Propn, Role::Object, 3),
        ]);
        let infinitive = BTreeSet::from(["å".to_owned()]);
        lower_infinitive(&mut mended.words, &(0..4), 1, &infinitive);
        assert_eq!(place(&mended, 3), (Role::OpenContent, 2));
    }
}
