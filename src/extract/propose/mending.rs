//! Puts the tree right, before frames read it, where the input names the actors: who is counted stands where the counting
//! word stood, who acts in a passive hangs on its verb, and an object behind a weekday is one again.

use std::ops::Range;

use super::{
    super::frames::{Frames, Kind},
    reduced,
};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Nouns in between a passive and its agent.
const STEPS: usize = 4;

/// The paragraph as the frames read it.
pub(in crate::extract) fn mend(paragraph: &mut Paragraph, frames: &Frames) {
    for sentence in paragraph.sentences.clone() {
        reduced::mend(&mut paragraph.words, &sentence, frames);
        for at in sentence.clone() {
            lower_quantity(&mut paragraph.words, &sentence, at, frames);
        }
        for at in sentence.clone() {
            seat_object(&mut paragraph.words, &sentence, at, frames);
            hang_agent(&mut paragraph.words, &sentence, at, frames);
            return_agent(&mut paragraph.words, &sentence, at, frames);
        }
    }
}

/// "dozens of villagers who …": the villagers, and what is said of them.
fn lower_quantity(words: &mut [Word], sentence: &Range<usize>, many: usize, frames: &Frames) {
    let counts = match words[many].pos {
        Pos::Noun => {
            let collective = &frames.words.collective;
            collective.contains(&words[many].lemma)
                || collective.contains(&words[many].text.to_lowercase())
        }
        Pos::Num | Pos::Det | Pos::Pron | Pos::Adj => is_argument(words[many].role),
        _ => false,
    };
    let counted = sentence.clone().find(|&noun| {
        let own = &words[noun];
        let under = |marker: &String| frames.words.owner.first() == Some(marker);
        own.head == Some(many)
            && noun > many
            && own.role == Role::Oblique
            && matches!(own.pos, Pos::Noun | Pos::Propn)
            && own.marker.as_ref().is_some_and(under)
    });
    let Some(noun) = counted.filter(|_| counts) else {
        return;
    };
    words[noun].head = words[many].head;
    words[noun].role = words[many].role;
    words[noun].marker = words[many].marker.take();
    words[many].head = Some(noun);
    words[many].role = Role::Number;
    let of_number = |role| matches!(role, Role::Determiner | Role::Number | Role::Adjective);
    for child in sentence.clone() {
        if child != noun && words[child].head == Some(many) && !of_number(words[child].role) {
            words[child].head = Some(noun);
        }
    }
}

fn is_argument(role: Role) -> bool {
    matches!(
        role,
        Role::Subject | Role::PassiveSubject | Role::Object | Role::IndirectObject | Role::Oblique
    )
}

/// "eased on Tuesday restrictions": no Tuesday's restrictions.
fn seat_object(words: &mut [Word], sentence: &Range<usize>, day: usize, frames: &Frames) {
    let own = &words[day];
    let weekday = own.role == Role::Compound && frames.words.time.weekdays.contains_key(&own.lemma);
    let Some(noun) = own.head.filter(|_| weekday) else {
        return;
    };
    let Some(verb) = words[noun].head.filter(|&verb| is_verb(&words[verb])) else {
        return;
    };
    let object = sentence
        .clone()
        .any(|child| words[child].head == Some(verb) && words[child].role == Role::Object);
    let known = &frames.words.time;
    let part = known.day_parts.contains(&words[noun].lemma);
    if words[noun].role == Role::Oblique && noun > day && verb < day && !object && !part {
        words[day].marker = words[noun].marker.take();
        words[day].role = Role::Oblique;
        words[day].head = Some(verb);
        words[noun].role = Role::Object;
    }
}

/// "were flown out of the town by X", "the expulsion of villagers by X": the parser gave X the last noun, which names no act
/// that X could do.
fn hang_agent(words: &mut [Word], sentence: &Range<usize>, agent: usize, frames: &Frames) {
    let own = &words[agent];
    let by = |marker: &String| frames.words.doer.contains(marker);
    if own.role != Role::Oblique || !own.marker.as_ref().is_some_and(by) {
        return;
    }
    let acts = |noun: usize| !frames.calls(Kind::Noun, &words[noun].lemma).is_empty();
    let mut at = own.head;
    for _ in 0..STEPS {
        let Some(above) = at else { return };
        if is_verb(&words[above]) {
            let passive = is_passive(words, sentence, above) && above < agent;
            if passive && at != words[agent].head {
                words[agent].head = Some(above);
                words[agent].role = Role::Agent;
            }
            return;
        }
        let steps = matches!(
            words[above].role,
            Role::Oblique | Role::BareOblique | Role::Attribute | Role::Object | Role::Adjective
        );
        // "the expulsion of villagers by X": the villagers expelled nobody.
        // "was offered a team of doctors by X"
        let kept = words[above].role == Role::Object
            && words[above]
                .head
                .is_some_and(|verb| verb < above && is_passive(words, sentence, verb));
        if acts(above) && at != words[agent].head && !kept {
            words[agent].head = Some(above);
            return;
        }
        if !steps || acts(above) && !kept {
            return;
        }
        at = words[above].head;
    }
}

/// "rallied against the dismissal of a judge by X": an active verb has no agent, but the act before it may.
fn return_agent(words: &mut [Word], sentence: &Range<usize>, agent: usize, frames: &Frames) {
    let Some(verb) = words[agent]
        .head
        .filter(|_| words[agent].role == Role::Agent)
    else {
        return;
    };
    let has = |role| {
        sentence
            .clone()
            .any(|child| words[child].head == Some(verb) && words[child].role == role)
    };
    if !has(Role::Subject) || has(Role::PassiveAuxiliary) || verb > agent {
        return;
    }
    let act = |&noun: &usize| {
        words[noun].pos == Pos::Noun && !frames.calls(Kind::Noun, &words[noun].lemma).is_empty()
    };
    if let Some(noun) = (verb + 1..agent).rev().find(act) {
        words[agent].head = Some(noun);
        words[agent].role = Role::Oblique;
    }
}

/// Whether a verb is a passive without an agent.
fn is_passive(words: &[Word], sentence: &Range<usize>, verb: usize) -> bool {
    let has = |role| {
        sentence
            .clone()
            .any(|child| words[child].head == Some(verb) && words[child].role == role)
    };
    let own = &words[verb];
    let participle = own.role == Role::NounClause
        && own.feature("Aspect") == Some("Perf")
        && !has(Role::Auxiliary);
    (has(Role::PassiveAuxiliary) || participle) && !has(Role::Agent)
}

fn is_verb(word: &Word) -> bool {
    matches!(word.pos, Pos::Verb | Pos::Aux)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    fn mended(rows: &[(&str, Pos, Role, usize)]) -> Paragraph {
        let mut paragraph = paragraph(rows);
        let mut frames = Frames::default();
        frames.words.doer.insert("by".to_owned());
        frames.words.owner.push("of".to_owned());
        frames.words.collective.insert("dozens".to_owned());
        frames.words.time.weekdays.insert("friday".to_owned(), 5);
        mend(&mut paragraph, &frames);
        paragraph
    }

    #[test]
    fn who_is_counted_stands_where_the_counting_word_stood() {
        let mended = mended(&[
            ("Dozens", Pos::Noun, Role::Subject, 4),
            ("miners/of", Pos::Noun, Role::Oblique, 1),
            ("shouting", Pos::Verb, Role::NounClause, 1),
            ("marched", Pos::Verb, Role::Root, 0),
        ]);
        assert_eq!(place(&mended, 2), (Role::Subject, 4));
        assert_eq!(place(&mended, 1), (Role::Number, 2));
        assert_eq!(place(&mended, 3), (Role::NounClause, 2));
    }

    #[test]
    fn the_agent_of_a_passive_hangs_on_no_noun_in_between() {
        let mended = mended(&[
            ("Miners", Pos::Noun, Role::PassiveSubject, 3),
            ("were", Pos::Aux, Role::PassiveAuxiliary, 3),
            ("flown", Pos::Verb, Role::Root, 0),
            ("town/from", Pos::Noun, Role::Oblique, 3),
            ("Peru/by", Pos::Propn, Role::Oblique, 4),
        ]);
        assert_eq!(place(&mended, 5), (Role::Agent, 3));
    }

    #[test]
    fn an_object_behind_a_weekday_is_one() {
        let mended = mended(&[
            ("Peru", Pos::Propn, Role::Subject, 2),
            ("eased", Pos::Verb, Role::Root, 0),
            ("Friday", Pos::Propn, Role::Compound, 4),
            ("curbs/on", Pos::Noun, Role::Oblique, 2),
        ]);
        assert_eq!(place(&mended, 4), (Role::Object, 2));
        assert_eq!(place(&mended, 3), (Role::Oblique, 2));
    }
}
