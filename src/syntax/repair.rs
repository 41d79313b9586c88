//! Mends what lifting may leave odd, and what parsers often get wrong where claims need it right.

use crate::grammar::{Paragraph, Pos, Role, Word};

/// Applies the repairs to a paragraph, in order.
pub(super) fn repair(paragraph: &mut Paragraph) {
    join_names(paragraph);
    join_titles(paragraph);
    lower_appositions(paragraph);
    join_subjects(paragraph);
    raise_persons(paragraph);
    turn_fragments(paragraph);
    raise_verbs(paragraph);
    free_speakers(paragraph);
}

/// Lifting may close a ring where the parser's tree was odd; the ring is cut at its first word.
pub(super) fn break_cycles(words: &mut [Word]) {
    for start in 0..words.len() {
        let mut at = start;
        let mut steps = 0;
        while let Some(head) = words[at].head {
            steps += 1;
            if head == start || steps > words.len() {
                words[start].head = None;
                break;
            }
            at = head;
        }
    }
}

/// "A and B, the leader of X, signed": an apposition in the singular belongs to the nearest of the coordinated names.
fn lower_appositions(paragraph: &mut Paragraph) {
    for index in 0..paragraph.words.len() {
        let word = &paragraph.words[index];
        let Some(head) = word.head.filter(|&head| head < index) else {
            continue;
        };
        let singular = word.pos == Pos::Noun && word.feature("Number") != Some("Plur");
        if word.role != Role::Apposition || !singular || paragraph.words[head].pos != Pos::Propn {
            continue;
        }
        let mut nearest = head;
        while let Some(next) = paragraph
            .children_with(nearest, &[Role::Conjunct])
            .filter(|&next| next < index)
            .last()
        {
            nearest = next;
        }
        // "A, the leader of X, and B": the comma must follow the last one.
        let between = &paragraph.words[nearest + 1..index];
        if nearest != head
            && paragraph.words[nearest].pos == Pos::Propn
            && between.iter().any(|word| word.text == ",")
        {
            paragraph.words[index].head = Some(nearest);
        }
    }
}

/// A name directly after a noun that it hangs on ("presidenten Abbas", "the group Hamas") stands in apposition to it,
/// whatever the parser called it.
fn join_titles(paragraph: &mut Paragraph) {
    for index in 1..paragraph.words.len() {
        let word = &paragraph.words[index];
        let Some(head) = word.head else { continue };
        let beside = head + 1 == index && paragraph.words[head].pos == Pos::Noun;
        if beside
            && word.pos == Pos::Propn
            && matches!(word.role, Role::Compound | Role::Flat | Role::BareOblique)
        {
            paragraph.words[index].role = Role::Apposition;
        }
    }
}

/// The words of a recognised name that all hang on one word outside it hang on the last of them.
fn join_names(paragraph: &mut Paragraph) {
    for number in 0..paragraph.names.len() {
        let range = paragraph.names[number].words.clone();
        let words = &paragraph.words;
        let outside: Vec<usize> = range
            .clone()
            .filter(|&word| words[word].head.is_none_or(|head| !range.contains(&head)))
            .collect();
        let [first @ .., top] = outside.as_slice() else {
            continue;
        };
        let head = words[*top].head;
        if head.is_none()
            || first
                .iter()
                .any(|&word| words[word].head != head || words[word].role == Role::Coordinator)
        {
            continue;
        }
        for &word in first {
            paragraph.words[word].head = Some(*top);
            paragraph.words[word].role = Role::Compound;
        }
    }
}

/// "The head of the agency, Anna Holm, said": a person after a comma, taken for an apposition to the last noun before it.
fn raise_persons(paragraph: &mut Paragraph) {
    let is_person = |paragraph: &Paragraph, word: usize| {
        let mut names = paragraph.names.iter();
        names.any(|name| name.words.contains(&word) && matches!(&*name.label, "PERSON" | "PER"))
    };
    for name in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let apposed = words[name].role == Role::Apposition;
        let Some(beside) = words[name].head.filter(|&beside| apposed && beside < name) else {
            continue;
        };
        let comma = words[beside + 1..name].iter().any(|word| word.text == ",");
        // A common noun may well be what the name explains ("the killing of the leader, Anna Holm").
        if !comma || !is_person(paragraph, name) || words[beside].pos != Pos::Propn {
            continue;
        }
        let mut top = beside;
        while let (Role::Oblique, Some(head)) = (words[top].role, words[top].head) {
            if head > top || words[head].pos != Pos::Noun {
                break;
            }
            top = head;
        }
        paragraph.words[name].head = Some(top);
    }
}

/// "X's lawyer Anna Holm complained": a noun and the name right after it, taken for two subjects of one verb.
fn join_subjects(paragraph: &mut Paragraph) {
    let subject = |word: &Word| matches!(word.role, Role::Subject | Role::PassiveSubject);
    for name in 1..paragraph.words.len() {
        let word = &paragraph.words[name];
        let before = first_word(&paragraph.words, name).checked_sub(1);
        let Some(noun) = before.filter(|_| word.pos == Pos::Propn && subject(word)) else {
            continue;
        };
        let title = &paragraph.words[noun];
        if title.pos == Pos::Noun && subject(title) && title.head == word.head {
            hang(paragraph, name, noun, Role::Apposition);
        }
    }
}

/// "Hamas, which rules Gaza, named X": a main verb taken for a relative clause of its subject, without a pronoun or subject.
fn raise_verbs(paragraph: &mut Paragraph) {
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

/// "X's ally Anna Holm travelled": a sentence taken for a noun with a relative clause whose subject is the name after it.
fn turn_fragments(paragraph: &mut Paragraph) {
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

/// "X has left Y, Anna Holm, the head of Z, said": a speaker taken for one more member of the last noun before the comma,
/// and the verb of speech for one more act of X.
fn free_speakers(paragraph: &mut Paragraph) {
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

fn hang(paragraph: &mut Paragraph, word: usize, head: usize, role: Role) {
    paragraph.words[word].head = Some(head);
    paragraph.words[word].role = role;
}

/// The first word of what hangs on `top`, itself counted.
fn first_word(words: &[Word], top: usize) -> usize {
    let mut first = top;
    while first > 0 {
        let mut at = first - 1;
        // Heads never make a ring here (`break_cycles`), but repairs before this one moved some.
        for _ in 0..words.len() {
            match words[at].head {
                Some(head) if head != top => at = head,
                head => {
                    if head.is_none() {
                        return first;
                    }
                    break;
                }
            }
        }
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{grammar::RecognisedName, text::Span};

    /// A paragraph of one sentence from (form, part of speech, head, role) of each word; `head` at the root is itself.
    fn paragraph(rows: &[(&str, Pos, usize, Role)]) -> Paragraph {
        let mut at = 0;
        let mut words = vec![];
        for (index, &(text, pos, head, role)) in rows.iter().enumerate() {
            let features = if pos == Pos::Verb { "VerbForm=Fin" } else { "" };
            words.push(Word {
                span: Span::new(at, at + text.len()),
                text: text.to_owned(),
                lemma: text.to_lowercase(),
                pos,
                features: features.to_owned(),
                head: (head != index).then_some(head),
                role,
                marker: None,
            });
            at += text.len() + 1;
        }
        let whole = 0..words.len();
        Paragraph {
            sentences: vec![whole],
            names: vec![],
            words,
        }
    }

    #[track_caller]
    fn check(paragraph: &Paragraph, word: usize, head: Option<usize>, role: Role) {
        let own = &paragraph.words[word];
        assert_eq!((own.head, own.role), (head, role));
    }

    #[test]
    fn two_subjects_side_by_side_are_one() {
        let mut read = paragraph(&[
            ("lawyer", Pos::Noun, 3, Role::Subject),
            ("Anna", Pos::Propn, 2, Role::Compound),
            ("Holm", Pos::Propn, 3, Role::Subject),
            ("complained", Pos::Verb, 3, Role::Root),
        ]);
        repair(&mut read);
        check(&read, 0, Some(3), Role::Subject);
        check(&read, 2, Some(0), Role::Apposition);
    }

    #[test]
    fn a_sentence_is_no_noun_with_a_relative_clause() {
        let mut read = paragraph(&[
            ("ally", Pos::Noun, 0, Role::Root),
            ("Holm", Pos::Propn, 2, Role::Subject),
            ("travelled", Pos::Verb, 0, Role::RelativeClause),
        ]);
        repair(&mut read);
        check(&read, 2, None, Role::Root);
        check(&read, 0, Some(2), Role::Subject);
        check(&read, 1, Some(0), Role::Apposition);
    }

    #[test]
    fn a_person_after_a_comma_belongs_to_the_office() {
        let mut read = paragraph(&[
            ("head", Pos::Noun, 5, Role::Subject),
            ("Unesco", Pos::Propn, 0, Role::Oblique),
            (",", Pos::Punct, 1, Role::Punctuation),
            ("Holm", Pos::Propn, 1, Role::Apposition),
            (",", Pos::Punct, 0, Role::Punctuation),
            ("spoke", Pos::Verb, 5, Role::Root),
        ]);
        let label = "PERSON".to_owned();
        read.names.push(RecognisedName { words: 3..4, label });
        repair(&mut read);
        check(&read, 3, Some(0), Role::Apposition);
    }

    #[test]
    fn a_speaker_after_a_comma_is_no_member_of_the_last_noun() {
        let mut read = paragraph(&[
            ("Ostland", Pos::Propn, 1, Role::Subject),
            ("left", Pos::Verb, 1, Role::Root),
            ("Vestia", Pos::Propn, 1, Role::Object),
            (",", Pos::Punct, 2, Role::Punctuation),
            ("Holm", Pos::Propn, 2, Role::Conjunct),
            (",", Pos::Punct, 4, Role::Punctuation),
            ("envoy", Pos::Noun, 4, Role::Apposition),
            (",", Pos::Punct, 1, Role::Punctuation),
            ("said", Pos::Verb, 1, Role::Conjunct),
        ]);
        repair(&mut read);
        check(&read, 4, Some(8), Role::Subject);
        check(&read, 1, Some(8), Role::Content);
        check(&read, 8, None, Role::Root);
        check(&read, 6, Some(4), Role::Apposition);
    }

    #[test]
    fn a_main_verb_is_no_relative_clause_of_its_subject() {
        let mut read = paragraph(&[
            ("Unesco", Pos::Propn, 0, Role::Root),
            ("named", Pos::Verb, 0, Role::RelativeClause),
            ("Holm", Pos::Propn, 1, Role::Object),
        ]);
        repair(&mut read);
        check(&read, 1, None, Role::Root);
        check(&read, 0, Some(1), Role::Subject);
    }
}
