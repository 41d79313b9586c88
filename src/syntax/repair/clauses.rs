//! Main verbs and speakers that were taken for something lower.

use super::{first_word, hang, subject_of, subject_role};
use crate::grammar::{Paragraph, Pos, Role};

/// "X's ally Anna Holm travelled": a sentence taken for a noun with a relative clause whose subject is the name after it.
pub(super) fn turn_fragments(paragraph: &mut Paragraph) {
    for name in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let role = words[name].role;
        if words[name].pos != Pos::Propn || !matches!(role, Role::Subject | Role::PassiveSubject) {
            continue;
        }
        let (Some(noun), Some(verb)) = (first_word(words, name).checked_sub(1), words[name].head)
        else {
            continue;
        };
        let top = |word: usize| words[word].role == Role::Root && words[word].head.is_none();
        let first = words[noun]
            .head
            .filter(|&head| words[noun].role == Role::Conjunct && words[head].pos == Pos::Noun);
        let fragment = words[noun].pos == Pos::Noun && (top(noun) || first.is_some_and(top));
        if fragment && words[verb].role == Role::RelativeClause && words[verb].head == Some(noun) {
            let subject = first.unwrap_or(noun);
            paragraph.words[verb].head = None;
            paragraph.words[verb].role = Role::Root;
            hang(paragraph, subject, verb, role);
            hang(paragraph, name, noun, Role::Apposition);
        }
    }
}

/// "Hamas, which rules Gaza, named X": a main verb taken for a relative clause of its subject, without a pronoun or subject.
pub(super) fn raise_verbs(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let word = &paragraph.words[verb];
        let Some(noun) = word
            .head
            .filter(|&noun| noun < verb && word.role == Role::RelativeClause)
        else {
            continue;
        };
        let bare = |child: &usize| {
            let own = &paragraph.words[*child];
            let pronoun = own
                .feature("PronType")
                .is_some_and(|kind| kind.contains("Rel") || kind.contains("Int"));
            matches!(
                own.role,
                Role::Subject | Role::PassiveSubject | Role::Marker
            ) || pronoun
                || own.role == Role::Case
        };
        let roles = [
            Role::Subject,
            Role::PassiveSubject,
            Role::Marker,
            Role::Adverb,
            Role::Oblique,
            Role::Object,
            Role::Determiner,
        ];
        let finite = word.feature("VerbForm") == Some("Fin");
        let top = &paragraph.words[noun];
        let nominal = matches!(top.pos, Pos::Propn | Pos::Noun)
            && top.role == Role::Root
            && top.head.is_none();
        if finite
            && nominal
            && word.marker.is_none()
            && !paragraph
                .children_with(verb, &roles)
                .any(|child| bare(&child))
        {
            paragraph.words[verb].head = None;
            paragraph.words[verb].role = Role::Root;
            hang(paragraph, noun, verb, Role::Subject);
        }
    }
}

/// "X has left Y, Anna Holm, the head of Z, said": a speaker taken for one more member of the last noun before the comma,
/// and the verb of speech for one more act of X.
pub(super) fn free_speakers(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let subjects = [Role::Subject, Role::PassiveSubject];
        let finite = paragraph.words[verb].feature("VerbForm") == Some("Fin");
        if !finite || paragraph.children_with(verb, &subjects).next().is_some() {
            continue;
        }
        let reported = paragraph
            .children_with(verb, &[Role::Content])
            .find(|&content| content < verb);
        let Some(act) = reported.or_else(|| listed_act(paragraph, verb)) else {
            continue;
        };
        if let Some(speaker) = speaker_before(paragraph, act, verb) {
            let above = &paragraph.words[act];
            if above.head != Some(verb) {
                let (head, role) = (above.head, above.role);
                hang(paragraph, act, verb, Role::Content);
                paragraph.words[verb].head = head;
                paragraph.words[verb].role = role;
            }
            hang(paragraph, speaker, verb, Role::Subject);
        }
    }
}

/// The verb before it that a verb was joined to without a conjunction or an object of its own.
fn listed_act(paragraph: &Paragraph, verb: usize) -> Option<usize> {
    let words = &paragraph.words;
    let listed = words[verb].role == Role::Conjunct;
    let first = words[verb].head.filter(|&first| listed && first < verb)?;
    let own = [Role::Object, Role::Coordinator];
    let alone = paragraph.children_with(verb, &own).next().is_none();
    let joined = paragraph
        .children_with(first, &[Role::Coordinator])
        .any(|word| word > first && word < verb);
    (words[first].pos == Pos::Verb && alone && !joined).then_some(first)
}

/// The nominal between two commas, or a comma and the verb, that hangs on a noun before the first comma without a
/// conjunction.
fn speaker_before(paragraph: &Paragraph, first: usize, verb: usize) -> Option<usize> {
    let words = &paragraph.words;
    let nominal = |at: &usize| matches!(words[*at].pos, Pos::Propn | Pos::Noun);
    let listed = |at: &usize| matches!(words[*at].role, Role::Conjunct | Role::Apposition);
    (first + 1..verb)
        .filter(nominal)
        .filter(listed)
        .find(|&at| {
            let start = first_word(words, at);
            let comma = start > first + 1 && words[start - 1].text == ",";
            let outside = words[at].head.is_some_and(|head| head < start);
            let below = |mut word: usize| {
                while let Some(head) = words[word].head.filter(|_| word != at) {
                    word = head;
                }
                word == at
            };
            let rest = (at + 1..verb).all(|word| words[word].pos == Pos::Punct || below(word));
            let coordinated = (first + 1..verb).any(|word| {
                words[word].role == Role::Coordinator && words[word].head == words[at].head
            });
            comma && outside && rest && !coordinated
        })
}

/// "A, said B, will join C": the first of two subjects of a verb of speech that stands between them belongs to what is said.
pub(super) fn part_subjects(paragraph: &mut Paragraph) {
    for verb in 2..paragraph.words.len() {
        let subjects: Vec<usize> = paragraph.children_with(verb, &[Role::Subject]).collect();
        let [first, second] = subjects[..] else {
            continue;
        };
        let words = &paragraph.words;
        if first > verb || second < verb || words[verb - 1].text != "," {
            continue;
        }
        let said = paragraph
            .children_with(verb, &[Role::Content])
            .find(|&said| said > second)
            .or(words[verb]
                .head
                .filter(|_| words[verb].role == Role::Parataxis));
        if let Some(said) = said.filter(|&said| subject_of(paragraph, said).is_none()) {
            let role = subject_role(paragraph, said);
            hang(paragraph, first, said, role);
        }
    }
}

/// "A, awarded the prize, left": a participle behind its noun that was taken for the main verb, and the main verb for one
/// more act without a conjunction.
pub(super) fn part_verbs(paragraph: &mut Paragraph) {
    for verb in 3..paragraph.words.len() {
        let words = &paragraph.words;
        let Some(participle) = words[verb]
            .head
            .filter(|&first| first < verb && words[verb].role == Role::Conjunct)
        else {
            continue;
        };
        let verbs = words[verb].pos == Pos::Verb && words[participle].pos == Pos::Verb;
        let joined = paragraph
            .children_with(participle, &[Role::Coordinator])
            .any(|and| and < verb);
        let comma = |before: usize| before > 0 && words[before - 1].text == ",";
        let enclosed = comma(participle) && comma(first_word(words, verb));
        let Some(subject) = subject_of(paragraph, participle)
            .filter(|&subject| subject < participle && words[subject].role == Role::Subject)
        else {
            continue;
        };
        let alone = subject_of(paragraph, verb).is_none();
        let auxiliaries = [Role::Auxiliary, Role::PassiveAuxiliary, Role::Coordinator];
        let bare = paragraph
            .children_with(participle, &auxiliaries)
            .next()
            .is_none();
        if verbs && !joined && enclosed && alone && bare {
            let (head, role) = (words[participle].head, words[participle].role);
            paragraph.words[verb].head = head;
            paragraph.words[verb].role = role;
            let as_subject = subject_role(paragraph, verb);
            hang(paragraph, subject, verb, as_subject);
            hang(paragraph, participle, subject, Role::NounClause);
        }
    }
}

/// "It is X that does Y", "not X but Y that does": the clause that is taken for a complement tells of the name before it.
pub(super) fn turn_clefts(paragraph: &mut Paragraph) {
    for clause in 0..paragraph.words.len() {
        let words = &paragraph.words;
        let Some(named) = words[clause]
            .head
            .filter(|&named| words[clause].role == Role::Content && named < clause)
        else {
            continue;
        };
        let is = |word: usize, texts: &[&str]| texts.contains(&&*words[word].text.to_lowercase());
        let subject = |of: usize| paragraph.children_with(of, &[Role::Subject]).next();
        let relative = subject(clause).is_some_and(|word| is(word, &["that", "who", "which"]));
        let cleft = subject(named).is_some_and(|word| is(word, &["it"]))
            && words[named].pos == Pos::Propn
            && paragraph
                .children_with(named, &[Role::Copula])
                .next()
                .is_some();
        if !relative || !cleft {
            continue;
        }
        let last = paragraph
            .children_with(named, &[Role::Conjunct])
            .filter(|&other| other < clause)
            .last();
        hang(
            paragraph,
            clause,
            last.unwrap_or(named),
            Role::RelativeClause,
        );
    }
}

/// "X supports Y, Anna Holm told Z": the object before the comma that was taken for the subject of the verb of speech behind it.
pub(super) fn part_speakers(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let own = &words[verb];
        let Some(act) = own
            .head
            .filter(|&act| own.role == Role::Content && own.marker.is_none() && act < verb)
        else {
            continue;
        };
        let object = paragraph
            .children_with(verb, &[Role::Subject])
            .find(|&object| act < object && object < verb);
        let taken = paragraph.children_with(act, &[Role::Object]).next();
        let (Some(object), None) = (object, taken) else {
            continue;
        };
        let speaker = paragraph
            .children_with(object, &[Role::Conjunct, Role::Apposition])
            .find(|&speaker| {
                let start = first_word(words, speaker);
                start > object && speaker < verb && words[start - 1].text == ","
            });
        let joined = paragraph
            .children_with(object, &[Role::Coordinator])
            .next()
            .is_some();
        let Some(speaker) = speaker.filter(|_| !joined && words[act].pos == Pos::Verb) else {
            continue;
        };
        let (head, role) = (words[act].head, words[act].role);
        hang(paragraph, object, act, Role::Object);
        hang(paragraph, speaker, verb, Role::Subject);
        hang(paragraph, act, verb, Role::Content);
        paragraph.words[verb].head = head;
        paragraph.words[verb].role = role;
    }
}
