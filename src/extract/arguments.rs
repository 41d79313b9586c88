//! Who belongs to which verb, put right where Norwegian word order leads parsers astray: subjects behind the verb,
//! speakers behind a quote, receivers, relative clauses. Takes and changes the words of a paragraph, one sentence at a time.

use std::{collections::BTreeSet, ops::Range};

use super::frames::{Frames, Kind};
use crate::grammar::{Pos, Role, Word};

/// "lovet X nye våpen": a name before an adjective and an object is the receiver.
pub(super) fn seat_receivers(words: &mut [Word], sentence: &Range<usize>) {
    for name in sentence.clone() {
        let Some(noun) = words[name].head.filter(|&noun| noun > name + 1) else {
            continue;
        };
        let receiver = words[name].pos == Pos::Propn
            && words[name].role == Role::Compound
            && words[noun].pos == Pos::Noun
            && words[noun].role == Role::Object
            && words[name + 1..noun]
                .iter()
                .any(|word| matches!(word.pos, Pos::Adj | Pos::Det | Pos::Num));
        let verb = words[noun].head.filter(|&verb| receiver && verb < name);
        if let Some(verb) = verb.filter(|&verb| words[verb].pos == Pos::Verb) {
            words[name].head = Some(verb);
            words[name].role = Role::IndirectObject;
        }
    }
}

/// "…, advarte Netanyahu": a verb of speech after a comma has its subject behind it.
pub(super) fn find_speakers(words: &mut [Word], sentence: &Range<usize>, frames: &Frames) {
    for verb in sentence.clone() {
        let comma = verb > sentence.start
            && matches!(&*words[verb - 1].text, "," | "»" | "\"" | "\u{201d}");
        if !comma || words[verb].pos != Pos::Verb || words[verb].role != Role::Conjunct {
            continue;
        }
        let has = |role: Role| {
            sentence
                .clone()
                .find(|&child| words[child].head == Some(verb) && words[child].role == role)
        };
        let speech = frames
            .calls(Kind::OperatorVerb, &words[verb].lemma)
            .iter()
            .any(|call| frames.operators[call.of].speaker);
        if !speech || has(Role::Coordinator).is_some() {
            continue;
        }
        let object = has(Role::Object).filter(|&object| object > verb);
        match (has(Role::Subject), object) {
            (None, Some(object)) => words[object].role = Role::Subject,
            (Some(subject), _) if subject > verb => {}
            _ => continue,
        }
        words[verb].role = Role::Parataxis;
    }
}

/// In a main clause that begins with something else the subject stands right behind the verb ("I Oslo tok X imot Y"); and
/// a bare name behind a verb that has a subject is its object ("møtte mandag X").
pub(super) fn order_arguments(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    if words[verb].pos != Pos::Verb || words[verb].feature("VerbForm") == Some("Inf") {
        return;
    }
    let children: Vec<usize> = sentence
        .clone()
        .filter(|&child| words[child].head == Some(verb))
        .collect();
    let has = |role: Role| children.iter().any(|&child| words[child].role == role);
    let passive = has(Role::PassiveSubject) || words[verb].feature("Voice") == Some("Pass");
    if passive || has(Role::Expletive) || has(Role::SubjectClause) || has(Role::PassiveAuxiliary) {
        return;
    }
    let finite = words[verb].feature("VerbForm") == Some("Fin");
    let fronted = children.iter().any(|&child| {
        child < verb
            && matches!(
                words[child].role,
                Role::Oblique | Role::BareOblique | Role::Adverb | Role::AdverbialClause
            )
    });
    let main = matches!(
        words[verb].role,
        Role::Root | Role::Conjunct | Role::Parataxis
    ) && words[verb].marker.is_none();
    let named = |&child: &usize| {
        child > verb && words[child].pos == Pos::Propn && words[child].marker.is_none()
    };
    if !has(Role::Subject) && main && fronted && finite {
        let behind = children
            .iter()
            .copied()
            .find(|child| named(child) && first_word(words, *child, verb));
        if let Some(behind) = behind.filter(|&behind| {
            matches!(
                words[behind].role,
                Role::Object | Role::BareOblique | Role::IndirectObject
            )
        }) {
            words[behind].role = Role::Subject;
            return;
        }
    }
    if has(Role::Subject) && !has(Role::Object) {
        // "I valget slo Arbeiderpartiet klart Høyre": of two subjects the second is the object.
        let subjects = children
            .iter()
            .copied()
            .filter(|&child| words[child].role == Role::Subject);
        let second = subjects.skip(1).last().filter(named);
        let object = second.or_else(|| {
            children
                .iter()
                .copied()
                .find(|child| named(child) && words[*child].role == Role::BareOblique)
        });
        if let Some(object) = object {
            words[object].role = Role::Object;
        }
    }
}

/// Whether nothing but titles and articles stands between a verb and the nominal behind it.
fn first_word(words: &[Word], nominal: usize, verb: usize) -> bool {
    words[verb + 1..nominal]
        .iter()
        .all(|word| word.head == Some(nominal) || word.pos == Pos::Adj || word.pos == Pos::Det)
}

/// A nominative pronoun right behind a finite verb without a subject is the subject ("tirsdag anklaget han X").
pub(super) fn seat_pronoun(
    words: &mut [Word],
    sentence: &Range<usize>,
    verb: usize,
    nominative: &BTreeSet<String>,
) {
    let pronoun = verb + 1;
    let subjects = [Role::Subject, Role::PassiveSubject];
    let has = sentence
        .clone()
        .any(|child| words[child].head == Some(verb) && subjects.contains(&words[child].role));
    let seated = sentence.contains(&pronoun)
        && words[pronoun].pos == Pos::Pron
        && words[pronoun].marker.is_none()
        && nominative.contains(&words[pronoun].text);
    if !has
        && seated
        && words[verb].pos == Pos::Verb
        && words[verb].feature("VerbForm") == Some("Fin")
        && !subjects.contains(&words[pronoun].role)
    {
        words[pronoun].head = Some(verb);
        words[pronoun].role = Role::Subject;
    }
}

/// "blokaden som X innførte mot Y": the clause right behind "som" belongs to the noun before it.
pub(super) fn hang_relatives(words: &mut [Word], sentence: &Range<usize>) {
    for som in sentence.clone() {
        if som == sentence.start
            || &*words[som].text != "som"
            || !matches!(words[som].role, Role::Case | Role::Marker)
            || !matches!(words[som - 1].pos, Pos::Noun | Pos::Propn)
        {
            continue;
        }
        let Some(subject) = (som + 1..sentence.end).find(|&at| words[at].role == Role::Subject)
        else {
            continue;
        };
        let Some(verb) = words[subject].head.filter(|&verb| verb > subject) else {
            continue;
        };
        let near = words[som + 1..subject]
            .iter()
            .all(|word| word.head == Some(subject));
        let loose = matches!(
            words[verb].role,
            Role::AdverbialClause | Role::Content | Role::Conjunct | Role::NounClause
        );
        if near && loose && words[verb].head.is_some_and(|head| head < som) {
            words[verb].head = Some(som - 1);
            words[verb].role = Role::RelativeClause;
            words[verb].marker = None;
            words[subject].marker = None;
        }
    }
}

/// "Gaza, der X styrer": a clause of place right behind a name and a comma belongs to that name.
pub(super) fn hang_places(words: &mut [Word], sentence: &Range<usize>, places: &BTreeSet<String>) {
    for place in sentence.start + 1..sentence.end {
        let lower = words[place].text.to_lowercase();
        let comma = place >= sentence.start + 2 && words[place - 1].text == ",";
        let noun = place - 1 - usize::from(comma);
        let name = words[noun].pos == Pos::Propn;
        let Some(verb) = words[place].head.filter(|&verb| verb > place) else {
            continue;
        };
        let loose = matches!(
            words[verb].role,
            Role::AdverbialClause | Role::Content | Role::Conjunct | Role::NounClause
        );
        let outside = words[verb].head.is_some_and(|head| head <= noun);
        if places.contains(&lower) && name && loose && outside && is_verb(&words[verb]) {
            words[verb].head = Some(noun);
            words[verb].role = Role::RelativeClause;
            words[verb].marker = Some(lower);
        }
    }
}

/// "If X attacks Y, Z will answer": a subordinator that was hung on the main verb belongs to the clause before the comma.
pub(super) fn part_conditions(words: &mut [Word], sentence: &Range<usize>) {
    for marker in sentence.clone() {
        let Some(main) = words[marker].head.filter(|&main| main > marker + 2) else {
            continue;
        };
        let opens = words[marker].role == Role::Marker && is_verb(&words[main]);
        let comma = (marker..main).rfind(|&at| words[at].text == ",");
        let Some(comma) = comma.filter(|_| opens) else {
            continue;
        };
        let clause = (marker + 1..comma).find(|&verb| {
            words[verb].head == Some(main)
                && is_verb(&words[verb])
                && matches!(
                    words[verb].role,
                    Role::Subject | Role::SubjectClause | Role::Content | Role::Parataxis
                )
        });
        let Some(clause) = clause else { continue };
        words[clause].role = Role::AdverbialClause;
        words[clause].marker = Some(words[marker].text.to_lowercase());
        words[main].marker = None;
        words[marker].head = Some(clause);
        let object = (clause + 1..comma).find(|&at| {
            words[at].head == Some(clause)
                && words[at].role == Role::BareOblique
                && words[at].pos == Pos::Propn
        });
        if let Some(object) = object {
            words[object].role = Role::Object;
        }
    }
}

/// "nektet å møte X eller å anerkjenne Y": a coordinated infinitive goes with the infinitive before it, not with the verb
/// that governs both.
pub(super) fn join_infinitives(words: &mut [Word], sentence: &Range<usize>) {
    for second in sentence.clone() {
        let Some(above) = words[second].head.filter(|&above| above < second) else {
            continue;
        };
        let bare = words[second].role == Role::Conjunct
            && words[second].feature("VerbForm") == Some("Inf")
            && words[above].feature("VerbForm") == Some("Fin")
            && is_verb(&words[above])
            && !sentence.clone().any(|child| {
                words[child].head == Some(second)
                    && matches!(words[child].role, Role::Auxiliary | Role::Subject)
            });
        let first = (above + 1..second).find(|&first| {
            words[first].head == Some(above)
                && words[first].feature("VerbForm") == Some("Inf")
                && matches!(
                    words[first].role,
                    Role::OpenContent | Role::Content | Role::AdverbialClause
                )
        });
        if let Some(first) = first.filter(|_| bare) {
            words[second].head = Some(first);
        }
    }
}

fn is_verb(word: &Word) -> bool {
    matches!(word.pos, Pos::Verb | Pos::Aux)
}

/// "Sweden, which sent an envoy, on Monday named X as envoy": a name on which a participle with an object of its own hangs
/// is the subject of that verb.
pub(super) fn find_main_verb(words: &mut [Word], sentence: &Range<usize>) {
    let root = sentence
        .clone()
        .find(|&at| words[at].head.is_none() && words[at].role == Role::Root);
    let Some(name) = root.filter(|&at| words[at].pos == Pos::Propn) else {
        return;
    };
    let has = |words: &[Word], head: usize, role: Role| {
        sentence
            .clone()
            .any(|child| words[child].head == Some(head) && words[child].role == role)
    };
    let verb = sentence.clone().find(|&verb| {
        words[verb].head == Some(name)
            && words[verb].role == Role::NounClause
            && words[verb].pos == Pos::Verb
            && words[verb].feature("Tense") == Some("Past")
            && [Role::Object, Role::Content]
                .into_iter()
                .any(|role| has(words, verb, role))
            && !has(words, verb, Role::Agent)
    });
    let (Some(verb), false) = (verb, has(words, name, Role::Copula)) else {
        return;
    };
    (words[verb].head, words[verb].role) = (None, Role::Root);
    (words[name].head, words[name].role) = (Some(verb), Role::Subject);
    words[verb].features = words[verb]
        .features
        .replace("VerbForm=Part", "VerbForm=Fin");
    for at in verb + 1..sentence.end {
        if words[at].head == Some(name) {
            words[at].head = Some(verb);
        }
    }
}

/// "deltok da partiet X fredag demonstrerte": the bare nominal in front of a clause that has no subject is the clause's,
/// not the other verb's.
pub(super) fn return_subject(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let clause = matches!(words[verb].role, Role::Content | Role::AdverbialClause)
        && words[verb].marker.is_none()
        && words[verb].feature("VerbForm") == Some("Fin");
    let Some(above) = words[verb].head.filter(|&above| clause && above < verb) else {
        return;
    };
    let subjects = [Role::Subject, Role::PassiveSubject, Role::Expletive];
    let has = sentence
        .clone()
        .any(|child| words[child].head == Some(verb) && subjects.contains(&words[child].role));
    let before = (above + 1..verb)
        .filter(|&at| words[at].head == Some(above) && words[at].marker.is_none())
        .find(|&at| {
            matches!(words[at].pos, Pos::Noun | Pos::Propn)
                && matches!(words[at].role, Role::Object | Role::BareOblique)
        });
    let (false, Some(subject)) = (has, before) else {
        return;
    };
    let rest = subject + 1..verb;
    for at in rest {
        if words[at].head == Some(above) && words[at].role == Role::BareOblique {
            words[at].head = Some(verb);
        }
    }
    words[subject].head = Some(verb);
    words[subject].role = Role::Subject;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn behind_a_fronted_adverbial_the_subject_follows_the_verb() {
        let mut mended = paragraph(&[
            ("Fredag", Pos::Noun, Role::BareOblique, 2),
            ("roste", Pos::Verb, Role::Root, 0),
            ("Macron", Pos::Propn, Role::Object, 2),
        ]);
        mended.words[1].features = "VerbForm=Fin".to_owned();
        order_arguments(&mut mended.words, &(0..3), 1);
        assert_eq!(place(&mended, 3), (Role::Subject, 2));
    }

    #[test]
    fn a_bare_name_behind_a_verb_with_a_subject_is_its_object() {
        let mut mended = paragraph(&[
            ("Macron", Pos::Propn, Role::Subject, 2),
            ("møtte", Pos::Verb, Role::Root, 0),
            ("fredag", Pos::Noun, Role::BareOblique, 2),
            ("Scholz", Pos::Propn, Role::BareOblique, 2),
        ]);
        order_arguments(&mut mended.words, &(0..4), 1);
        assert_eq!(place(&mended, 4), (Role::Object, 2));
        assert_eq!(place(&mended, 3), (Role::BareOblique, 2));
    }

    #[test]
    fn a_relative_clause_hangs_on_the_noun_before_it() {
        let mut mended = paragraph(&[
            ("lettet", Pos::Verb, Role::Root, 0),
            ("blokaden", Pos::Noun, Role::Object, 1),
            ("som", Pos::Adp, Role::Case, 4),
            ("Mubarak/som", Pos::Propn, Role::Subject, 5),
            ("innførte", Pos::Verb, Role::AdverbialClause, 1),
        ]);
        hang_relatives(&mut mended.words, &(0..5));
        assert_eq!(place(&mended, 5), (Role::RelativeClause, 2));
        assert_eq!(mended.words[3].marker, None);
    }

    #[test]
    fn a_subordinator_belongs_to_the_clause_before_the_comma() {
        let mut mended = paragraph(&[
            ("If", Pos::Sconj, Role::Marker, 7),
            ("Chad", Pos::Propn, Role::Subject, 3),
            ("attacks", Pos::Verb, Role::Subject, 7),
            ("Mali", Pos::Propn, Role::BareOblique, 3),
            (",", Pos::Punct, Role::Punctuation, 7),
            ("Niger", Pos::Propn, Role::Subject, 7),
            ("answers", Pos::Verb, Role::Root, 0),
        ]);
        part_conditions(&mut mended.words, &(0..7));
        assert_eq!(place(&mended, 3), (Role::AdverbialClause, 7));
        assert_eq!(place(&mended, 4), (Role::Object, 3));
        assert_eq!(mended.words[2].marker.as_deref(), Some("if"));
    }

    #[test]
    fn a_name_with_a_participle_that_has_an_object_is_its_subject() {
        let mut mended = paragraph(&[
            ("Sweden", Pos::Propn, Role::Root, 0),
            ("named", Pos::Verb, Role::NounClause, 1),
            ("Holm", Pos::Propn, Role::Object, 2),
        ]);
        mended.words[1].features = "Tense=Past|VerbForm=Part".to_owned();
        find_main_verb(&mut mended.words, &(0..3));
        assert_eq!(place(&mended, 1), (Role::Subject, 2));
        assert_eq!(place(&mended, 2), (Role::Root, 0));
    }

    #[test]
    fn a_coordinated_infinitive_goes_with_the_one_before_it() {
        let mut mended = paragraph(&[
            ("nektet", Pos::Verb, Role::Root, 0),
            ("møte", Pos::Verb, Role::OpenContent, 1),
            ("anerkjenne", Pos::Verb, Role::Conjunct, 1),
        ]);
        mended.words[0].features = "VerbForm=Fin".to_owned();
        mended.words[1].features = "VerbForm=Inf".to_owned();
        mended.words[2].features = "VerbForm=Inf".to_owned();
        join_infinitives(&mut mended.words, &(0..3));
        assert_eq!(place(&mended, 3), (Role::Conjunct, 2));
    }
}
