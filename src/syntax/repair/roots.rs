//! Sentences whose head the parser saw in their subject, with the verb as a participle of something.

use super::{first_word, hang};
use crate::grammar::{Paragraph, Pos, Role};

/// "Anna Holm called A a hero": a past form right after its subject that was taken for a participle of it, although an
/// object follows.
pub(super) fn raise_naming_verbs(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let word = &paragraph.words[verb];
        let Some(name) = bare_root(paragraph, verb) else {
            continue;
        };
        let past = word.pos == Pos::Verb && word.feature("Tense") == Some("Past");
        let hung = word.role == Role::NounClause && word.head == Some(name);
        let object = paragraph
            .children_with(verb, &[Role::Object])
            .any(|object| object > verb);
        let passive = [Role::Agent, Role::PassiveAuxiliary, Role::Subject];
        if past && hung && object && paragraph.children_with(verb, &passive).next().is_none() {
            raise(paragraph, verb, name);
        }
    }
}

/// "A imposed sanctions on B": a verb that was taken for a participle of its object, and the object for one of a name.
pub(super) fn raise_adjectives(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let word = &paragraph.words[verb];
        let Some(name) = bare_root(paragraph, verb) else {
            continue;
        };
        let Some(object) = word.head.filter(|&object| object > verb) else {
            continue;
        };
        let own = &paragraph.words[object];
        let past = word.pos == Pos::Verb && word.feature("Tense") == Some("Past");
        let hung = word.role == Role::Adjective
            && own.role == Role::Object
            && own.head == Some(name)
            && first_word(&paragraph.words, object) == first_word(&paragraph.words, verb);
        if past && hung {
            raise(paragraph, verb, name);
            hang(paragraph, object, verb, Role::Object);
        }
    }
}

/// The name right before a word, if the parser made it the head of a sentence without a verb.
fn bare_root(paragraph: &Paragraph, verb: usize) -> Option<usize> {
    let mut name = verb.checked_sub(1)?;
    // "A on Monday named B": what tells when may stand between.
    while let Some(head) = words_between(paragraph, name, verb) {
        name = head;
    }
    let word = &paragraph.words[name];
    let root = word.role == Role::Root && word.head.is_none();
    let mut copula = paragraph.children_with(name, &[Role::Copula]);
    (root && word.pos == Pos::Propn && copula.next().is_none()).then_some(name)
}

/// The word before what ends at `last` and tells the time or place of a verb.
fn words_between(paragraph: &Paragraph, last: usize, verb: usize) -> Option<usize> {
    let words = &paragraph.words;
    let adverbial = [Role::Oblique, Role::BareOblique, Role::Adverb];
    let start = first_word(words, last);
    let own = words[last].head == Some(verb) || words[last].head.is_some_and(|head| head < start);
    (own && adverbial.contains(&words[last].role) && words[last].pos != Pos::Verb)
        .then(|| start.checked_sub(1))
        .flatten()
}

/// Makes a verb the head of its sentence and the noun that was it its subject; what tells of the sentence goes with it.
fn raise(paragraph: &mut Paragraph, verb: usize, name: usize) {
    let adverbial = [
        Role::AdverbialClause,
        Role::Oblique,
        Role::BareOblique,
        Role::Content,
        Role::Parataxis,
        Role::Punctuation,
    ];
    let beside: Vec<usize> = paragraph
        .children_with(name, &adverbial)
        .filter(|&child| child != verb)
        .collect();
    for child in beside {
        paragraph.words[child].head = Some(verb);
    }
    let word = &mut paragraph.words[verb];
    word.head = None;
    word.role = Role::Root;
    word.features = word.features.replace("VerbForm=Part", "VerbForm=Fin");
    hang(paragraph, name, verb, Role::Subject);
}
