//! Verbs with their subjects and objects: passives, copulas and finite verbs that the parser called otherwise.

use super::super::children_of;
use crate::grammar::{Pos, Role, Word};

/// "I fjor ble X leder": what becomes something is the verb's subject, not that of the noun.
pub(super) fn raise_subjects(words: &mut [Word], attribute: usize) {
    let (Role::Attribute, Some(verb)) = (words[attribute].role, words[attribute].head) else {
        return;
    };
    let subject = |head: usize| {
        children_of(words, head)
            .into_iter()
            .find(|&child| matches!(words[child].role, Role::Subject | Role::PassiveSubject))
    };
    if let (None, Some(own)) = (subject(verb), subject(attribute)) {
        words[own].head = Some(verb);
    }
}

/// "ga Israel klarsignal": of two objects side by side the first is the receiver.
pub(super) fn mend_objects(words: &mut [Word], verb: usize) {
    let objects: Vec<usize> = children_of(words, verb)
        .into_iter()
        .filter(|&child| words[child].role == Role::Object && child > verb)
        .collect();
    let [first, second] = objects[..] else { return };
    let apart = words[first..second].iter().any(|word| word.text == ",");
    if words[verb].pos == Pos::Verb && !apart && words[first].marker.is_none() {
        words[first].role = Role::IndirectObject;
    }
}

/// "Iran skjøt raketter mot X": a finite verb before a noun is no adjective of it.
pub(super) fn raise_finite(words: &mut [Word], verb: usize) {
    let own = &words[verb];
    let finite = own.pos == Pos::Verb && own.feature("VerbForm") == Some("Fin");
    let Some(noun) = own.head.filter(|&noun| {
        finite && own.role == Role::Adjective && noun > verb && own.marker.is_none()
    }) else {
        return;
    };
    // Where the clause has another verb it may be one ("Irans allierte X").
    let others = words.iter().enumerate();
    let mut others =
        others.filter(|&(at, word)| at != verb && word.feature("VerbForm") == Some("Fin"));
    let nominal = matches!(words[noun].pos, Pos::Noun | Pos::Propn) && words[noun].marker.is_none();
    let before = verb.checked_sub(1);
    let owned = before.is_some_and(|before| words[before].feature("Case") == Some("Gen"));
    if owned || !nominal || words[noun].head.is_some() || others.next().is_some() {
        return;
    }
    (words[verb].head, words[verb].role) = (words[noun].head, words[noun].role);
    for child in children_of(words, noun) {
        let of_verb = matches!(
            words[child].role,
            Role::Oblique | Role::BareOblique | Role::Adverb | Role::Punctuation | Role::Subject
        );
        if child < verb || child > noun && of_verb {
            words[child].head = Some(verb);
        }
    }
    (words[noun].head, words[noun].role) = (Some(verb), Role::Object);
}

/// "er tiltalt av X": a participle with an agent is passive, also where its auxiliary is called one of the active.
pub(super) fn mend_passive(words: &mut [Word], verb: usize) {
    mend_s_passive(words, verb);
    if words[verb].pos != Pos::Verb || words[verb].feature("VerbForm") != Some("Part") {
        return;
    }
    mend_copula(words, verb);
    let children = children_of(words, verb);
    let of = |role: Role| {
        children
            .iter()
            .copied()
            .find(|&child| words[child].role == role)
    };
    let agent = children.iter().copied().find(|&child| {
        words[child].role == Role::Oblique
            && words[child].marker.as_deref() == Some("av")
            && child > verb
    });
    let auxiliary = of(Role::Auxiliary)
        .filter(|&child| words[child].lemma == "være" || words[child].lemma == "vere");
    if let (Some(agent), Some(auxiliary), Some(subject)) = (agent, auxiliary, of(Role::Subject)) {
        words[agent].role = Role::Agent;
        words[auxiliary].role = Role::PassiveAuxiliary;
        words[subject].role = Role::PassiveSubject;
    }
}

/// "er avlyst": whether the parser calls the auxiliary of a participle a copula is chance.
fn mend_copula(words: &mut [Word], verb: usize) {
    let children = children_of(words, verb);
    let of = |role: Role| {
        let mut children = children.iter().copied();
        children.find(|&child| words[child].role == role)
    };
    let (copula, subject) = (of(Role::Copula), of(Role::Subject));
    let helped = of(Role::Auxiliary).is_some();
    let copula = copula.filter(|&child| !helped && child + 1 == verb);
    if let (Some(copula), Some(subject)) = (copula, subject) {
        words[copula].role = Role::PassiveAuxiliary;
        words[subject].role = Role::PassiveSubject;
    }
}

/// "ledes av X": a finite verb in -s with an agent and no object.
fn mend_s_passive(words: &mut [Word], verb: usize) {
    let finite = words[verb].pos == Pos::Verb && words[verb].feature("VerbForm") != Some("Part");
    if !finite || words[verb].feature("Voice") == Some("Pass") || !words[verb].text.ends_with('s') {
        return;
    }
    let children = children_of(words, verb);
    let agent = children.iter().copied().find(|&child| {
        child > verb
            && words[child].role == Role::Oblique
            && words[child].marker.as_deref() == Some("av")
    });
    let object = children
        .iter()
        .any(|&child| words[child].role == Role::Object);
    let Some(agent) = agent.filter(|_| !object) else {
        return;
    };
    words[agent].role = Role::Agent;
    words[verb].features.push_str("|Voice=Pass");
    for child in children {
        if words[child].role == Role::Subject {
            words[child].role = Role::PassiveSubject;
        }
    }
}

/// A clause has one subject: a second one behind the verb is its object, or the receiver before an object; a bare name in
/// front of a verb without subject is the subject, whatever the parser called it.
pub(super) fn mend_subjects(words: &mut [Word], verb: usize) {
    if !matches!(words[verb].pos, Pos::Verb | Pos::Aux) {
        return;
    }
    let children = children_of(words, verb);
    let mut subjects: Vec<usize> = children
        .iter()
        .copied()
        .filter(|&child| words[child].role == Role::Subject)
        .collect();
    let passive = children
        .iter()
        .any(|&child| words[child].role == Role::PassiveSubject);
    let front = children.iter().copied().find(|&child| {
        let own = &words[child];
        // The first word of a sentence is a capital anyway; it must stand right before the verb to be taken for a name.
        let name = own.pos == Pos::Propn
            || (child == 0
                && verb == 1
                && own.text.starts_with(char::is_uppercase)
                && subjects.is_empty());
        let stray = matches!(
            own.role,
            Role::Adverb
                | Role::BareOblique
                | Role::Adjective
                | Role::Compound
                | Role::Auxiliary
                | Role::Case
                | Role::Other
        );
        child < verb && own.marker.is_none() && name && stray
    });
    let has_front = subjects.iter().any(|&subject| subject < verb);
    if let Some(front) =
        front.filter(|&front| !has_front && !passive && (subjects.is_empty() || front + 1 == verb))
    {
        if is_passive(words, verb) && words[verb].feature("VerbForm") != Some("Part") {
            words[front].role = Role::PassiveSubject;
            return;
        }
        words[front].role = Role::Subject;
        subjects.insert(0, front);
    }
    if subjects.len() != 2 || subjects[0] > verb || subjects[1] < verb {
        return;
    }
    let object = children
        .iter()
        .any(|&child| words[child].role == Role::Object && child > subjects[1]);
    words[subjects[1]].role = if object {
        Role::IndirectObject
    } else {
        Role::Object
    };
}

pub(super) fn is_passive(words: &[Word], verb: usize) -> bool {
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
