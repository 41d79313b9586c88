//! Sentences whose head the parser saw in their subject, with the verb as a participle of something.

use super::{first_word, hang, is_below};
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

/// "A imposed sanctions on B": a verb right behind a name that was taken for a participle of its object, and the object
/// for something beside the name.
pub(super) fn raise_adjectives(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let word = &words[verb];
        let past = word.pos == Pos::Verb && word.feature("Tense") == Some("Past");
        let Some(object) = word
            .head
            .filter(|&object| past && object > verb && word.role == Role::Adjective)
        else {
            continue;
        };
        let Some(name) = root_above(paragraph, object) else {
            continue;
        };
        let beside = matches!(
            words[object].role,
            Role::Object | Role::Apposition | Role::Conjunct | Role::BareOblique
        );
        let behind = words[verb - 1].pos == Pos::Propn && is_below(words, verb - 1, name);
        if name < verb && beside && behind && first_word(words, object) == first_word(words, verb) {
            raise(paragraph, verb, name);
            hang(paragraph, object, verb, Role::Object);
        }
    }
}

/// "A threatened B": a verb that has its subject, taken for a participle of its object.
pub(super) fn raise_subjected(paragraph: &mut Paragraph) {
    for verb in 1..paragraph.words.len() {
        let word = &paragraph.words[verb];
        let Some(object) = word
            .head
            .filter(|&object| object > verb && word.role == Role::Adjective)
        else {
            continue;
        };
        let subject = paragraph
            .children_with(verb, &[Role::Subject])
            .any(|subject| subject < verb);
        let root = paragraph.words[object].head.is_none();
        if word.pos == Pos::Verb && subject && root {
            let word = &mut paragraph.words[verb];
            word.head = None;
            word.role = Role::Root;
            word.features = word.features.replace("VerbForm=Part", "VerbForm=Fin");
            hang(paragraph, object, verb, Role::Object);
        }
    }
}

/// The name that heads the sentence without a verb in which a word stands.
fn root_above(paragraph: &Paragraph, word: usize) -> Option<usize> {
    let words = &paragraph.words;
    let mut top = word;
    for _ in 0..words.len() {
        match words[top].head {
            Some(head) => top = head,
            None => break,
        }
    }
    let mut copula = paragraph.children_with(top, &[Role::Copula]);
    (words[top].pos == Pos::Propn && top != word && copula.next().is_none()).then_some(top)
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
