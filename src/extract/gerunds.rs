//! "interested in mediating between X and Y", "accused of training fighters": gerunds right behind a preposition that were read
//! as nouns, or as part of the noun that is their object. Which endings a gerund has is data; a language without any has none.

use std::ops::Range;

use super::{
    frames::{Frames, Kind, Slot},
    inflection::Forms,
};
use crate::grammar::{Pos, Role, Word};

/// Makes verbs of the gerunds of a sentence.
pub(super) fn find(words: &mut [Word], sentence: &Range<usize>, frames: &Frames, forms: &Forms) {
    let endings = &frames.words.inflection.gerund_endings;
    for at in sentence.clone().skip(1) {
        let text = words[at].text.as_str();
        if !endings.iter().any(|ending| text.ends_with(ending)) || is_name(&words[at]) {
            continue;
        }
        let Some(lemma) = forms.verb(text) else {
            continue;
        };
        if let Some(top) = stands_alone(words, sentence, at, forms) {
            let fronted = top > at;
            call_gerund(&mut words[at], lemma);
            words[at].role = if fronted {
                Role::AdverbialClause
            } else {
                Role::OpenContent
            };
        } else if let Some(noun) = is_before_its_object(words, at, frames) {
            call_gerund(&mut words[at], lemma);
            words[at].head = words[noun].head;
            words[at].role = Role::OpenContent;
            words[at].marker = words[noun].marker.take();
            words[at - 1].head = Some(at);
            words[noun].head = Some(at);
            words[noun].role = Role::Object;
        }
    }
}

fn is_name(word: &Word) -> bool {
    word.pos == Pos::Propn
}

fn call_gerund(word: &mut Word, lemma: String) {
    word.pos = Pos::Verb;
    word.lemma = lemma;
    "Aspect=Prog|Tense=Pres|VerbForm=Part".clone_into(&mut word.features);
}

/// "in mediating between X and Y": a bare noun under the preposition before it that is no listed noun; gives its head.
fn stands_alone(
    words: &[Word],
    sentence: &Range<usize>,
    at: usize,
    forms: &Forms,
) -> Option<usize> {
    let own = &words[at];
    let bare = !sentence.clone().any(|child| {
        words[child].head == Some(at)
            && matches!(
                words[child].role,
                Role::Determiner | Role::Adjective | Role::Possessor | Role::Compound
            )
    });
    let under = words[at - 1].role == Role::Case && words[at - 1].head == Some(at);
    let noun = own.pos == Pos::Noun && own.role == Role::Oblique && !forms.is_noun(&own.text);
    own.head.filter(|_| bare && under && noun)
}

/// "accused of training fighters": a part of the noun behind it, of a verb that takes a clause under that preposition.
fn is_before_its_object(words: &[Word], at: usize, frames: &Frames) -> Option<usize> {
    let own = &words[at];
    let noun = own
        .head
        .filter(|&noun| noun > at && matches!(own.role, Role::Compound | Role::Adjective))?;
    let under = words[at - 1].role == Role::Case && words[at - 1].head == Some(noun);
    let (verb, marker) = (words[noun].head?, words[noun].marker.as_ref()?);
    let takes = frames
        .calls(Kind::OperatorVerb, &words[verb].lemma)
        .iter()
        .any(|call| {
            let slots = &frames.operators[call.of].slots;
            slots.contains(&Slot::Under(marker.clone()))
        });
    (under && takes && words[noun].role == Role::Oblique && words[verb].pos == Pos::Verb)
        .then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::Lang,
        extract::{
            frames::Lexicon,
            samples::{paragraph, place},
        },
        grammar::Paragraph,
        ontology::Ontology,
    };

    fn mended(rows: &[(&str, Pos, Role, usize)]) -> Paragraph {
        let lexicon = Lexicon::embedded(Ontology::embedded()).expect("the program's frames load");
        let frames = lexicon.of(Lang::En).expect("English is known");
        let mut read = paragraph(rows);
        let sentence = 0..read.words.len();
        find(&mut read.words, &sentence, frames, &frames.forms);
        read
    }

    #[test]
    fn a_bare_gerund_under_a_preposition_is_a_verb() {
        let read = mended(&[
            ("keen", Pos::Adj, Role::Root, 0),
            ("on", Pos::Adp, Role::Case, 3),
            ("mediating/on", Pos::Noun, Role::Oblique, 1),
            ("Vestia", Pos::Propn, Role::Oblique, 3),
        ]);
        assert_eq!(place(&read, 3), (Role::OpenContent, 1));
        assert_eq!(read.words[2].lemma, "mediate");
    }

    #[test]
    fn a_gerund_before_its_object_is_no_part_of_it() {
        let read = mended(&[
            ("accuse", Pos::Verb, Role::Root, 0),
            ("of", Pos::Adp, Role::Case, 4),
            ("training", Pos::Noun, Role::Compound, 4),
            ("fighters/of", Pos::Noun, Role::Oblique, 1),
        ]);
        assert_eq!(place(&read, 3), (Role::OpenContent, 1));
        assert_eq!(place(&read, 4), (Role::Object, 3));
        assert_eq!(read.words[2].marker.as_deref(), Some("of"));
    }
}
