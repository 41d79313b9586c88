//! Participles behind their noun that the parser took for the verb of a clause, or hung on the wrong noun ("women forced
//! to work", "a trader wanted for murder was put on a plane", "a ban on imports from X, imposed by Y").

use std::ops::Range;

use super::super::frames::{Frames, Kind};
use crate::grammar::{Pos, Role, Word};

/// Nouns that a participle may have to climb over.
const STEPS: usize = 4;

/// Puts them right in one sentence.
pub(super) fn mend(words: &mut [Word], sentence: &Range<usize>, frames: &Frames) {
    for at in sentence.clone() {
        find_main_verb(words, sentence, at);
        lower_participle(words, sentence, at, frames);
        lift_participle(words, at, frames);
        seat_described(words, sentence, at, frames);
    }
}

/// "a trader wanted for murder was put on a plane": "wanted" is no main verb.
fn find_main_verb(words: &mut [Word], sentence: &Range<usize>, verb: usize) {
    let Some(noun) = bare_past(words, sentence, verb) else {
        return;
    };
    let clause = sentence.clone().find(|&clause| {
        let has = |role| child(words, sentence, clause, role).is_some();
        let helped = has(Role::PassiveAuxiliary) || has(Role::Auxiliary);
        clause > verb
            && words[verb..clause]
                .iter()
                .all(|word| word.pos != Pos::Punct)
            && words[clause].head == Some(verb)
            && words[clause].role == Role::Content
            && words[clause].marker.is_none()
            && helped
            && !has(Role::Subject)
            && !has(Role::PassiveSubject)
            && !has(Role::Marker)
    });
    let Some(clause) = clause else { return };
    let passive = child(words, sentence, clause, Role::PassiveAuxiliary).is_some();
    words[clause].head = words[verb].head;
    words[clause].role = words[verb].role;
    words[clause].marker = words[verb].marker.take();
    words[noun].head = Some(clause);
    words[noun].role = if passive {
        Role::PassiveSubject
    } else {
        Role::Subject
    };
    words[verb].head = Some(noun);
    words[verb].role = Role::NounClause;
}

/// "to women forced to work": the women stand under the preposition.
fn lower_participle(words: &mut [Word], sentence: &Range<usize>, verb: usize, frames: &Frames) {
    let Some(noun) = bare_past(words, sentence, verb) else {
        return;
    };
    let known = &frames.words;
    let nominal = |marker: &String| {
        !known.factual_subordinators.contains(marker) && !known.subordinators.contains_key(marker)
    };
    let clause = matches!(words[verb].role, Role::OpenContent | Role::AdverbialClause);
    if clause && words[verb].marker.as_ref().is_some_and(nominal) {
        words[noun].head = words[verb].head;
        words[noun].role = Role::Oblique;
        words[noun].marker = words[verb].marker.take();
        words[verb].head = Some(noun);
        words[verb].role = Role::NounClause;
    }
}

/// "a ban on imports from X, imposed by Y": what is imposed is the ban.
fn lift_participle(words: &mut [Word], verb: usize, frames: &Frames) {
    let own = &words[verb];
    let made = own.role == Role::NounClause
        && matches!(own.pos, Pos::Verb)
        && frames.words.creating.contains(&own.lemma);
    let Some(noun) = own.head.filter(|&noun| made && noun < verb) else {
        return;
    };
    // Only behind a comma may it be another noun than the nearest.
    if words[verb - 1].pos != Pos::Punct {
        return;
    }
    let (mut at, mut top) = (noun, None);
    for _ in 0..STEPS {
        let inside = matches!(words[at].role, Role::Oblique | Role::Conjunct);
        let Some(head) = words[at].head.filter(|_| inside) else {
            break;
        };
        if words[head].pos != Pos::Noun {
            break;
        }
        at = head;
        if !frames.calls(Kind::Noun, &words[at].lemma).is_empty() {
            top = Some(at);
        }
    }
    if let Some(top) = top {
        words[verb].head = Some(top);
    }
}

/// "demands by striking miners": the miners strike; nobody strikes them.
fn seat_described(words: &mut [Word], sentence: &Range<usize>, verb: usize, frames: &Frames) {
    let own = &words[verb];
    let doer = |marker: &String| frames.words.doer.contains(marker);
    let described = own.pos == Pos::Verb
        && own.feature("Aspect") == Some("Prog")
        && frames.words.describing.contains(&own.lemma)
        && own.marker.as_ref().is_some_and(doer);
    let Some(noun) = child(words, sentence, verb, Role::Object).filter(|_| described) else {
        return;
    };
    let bare = words[verb + 1..noun]
        .iter()
        .all(|word| matches!(word.pos, Pos::Adj | Pos::Noun | Pos::Propn));
    if noun < verb || !bare {
        return;
    }
    words[noun].head = words[verb].head;
    words[noun].role = Role::Oblique;
    words[noun].marker = words[verb].marker.take();
    words[verb].head = Some(noun);
    words[verb].role = Role::Adjective;
    words[verb].pos = Pos::Adj;
    for other in sentence.clone().filter(|&other| other != noun) {
        if words[other].head == Some(verb) {
            words[other].head = Some(noun);
        }
    }
}

/// The subject of a verb in a bare past form, which may be a participle.
fn bare_past(words: &[Word], sentence: &Range<usize>, verb: usize) -> Option<usize> {
    let own = &words[verb];
    let past = own.feature("Tense") == Some("Past");
    let helped = child(words, sentence, verb, Role::Auxiliary).is_some()
        || child(words, sentence, verb, Role::PassiveAuxiliary).is_some();
    let subject = child(words, sentence, verb, Role::Subject);
    subject.filter(|&noun| {
        own.pos == Pos::Verb && past && !helped && noun < verb && words[noun].pos == Pos::Noun
    })
}

fn child(words: &[Word], sentence: &Range<usize>, head: usize, role: Role) -> Option<usize> {
    sentence
        .clone()
        .find(|&child| words[child].head == Some(head) && words[child].role == role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        extract::samples::{paragraph, place},
        grammar::Paragraph,
    };

    fn mended(rows: &[(&str, Pos, Role, usize)], past: usize) -> Paragraph {
        let mut paragraph = paragraph(rows);
        paragraph.words[past - 1].features = "Tense=Past".to_owned();
        let sentence = paragraph.sentences[0].clone();
        mend(&mut paragraph.words, &sentence, &Frames::default());
        paragraph
    }

    #[test]
    fn a_participle_is_no_main_verb() {
        let mended = mended(
            &[
                ("trader", Pos::Noun, Role::Subject, 2),
                ("wanted", Pos::Verb, Role::Root, 0),
                ("was", Pos::Aux, Role::PassiveAuxiliary, 4),
                ("sent", Pos::Verb, Role::Content, 2),
            ],
            2,
        );
        assert_eq!(place(&mended, 4), (Role::Root, 0));
        assert_eq!(place(&mended, 1), (Role::PassiveSubject, 4));
        assert_eq!(place(&mended, 2), (Role::NounClause, 1));
    }

    #[test]
    fn who_stands_under_a_preposition_is_no_subject() {
        let mended = mended(
            &[
                ("apologised", Pos::Verb, Role::Root, 0),
                ("women", Pos::Noun, Role::Subject, 3),
                ("forced/to", Pos::Verb, Role::OpenContent, 1),
            ],
            3,
        );
        assert_eq!(place(&mended, 2), (Role::Oblique, 1));
        assert_eq!(place(&mended, 3), (Role::NounClause, 2));
    }
}
