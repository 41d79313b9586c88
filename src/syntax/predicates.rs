//! Sentences that the parser read as a mere noun phrase: "Maduro, his rival, severed relations", with the verb as a participle
//! of the name or of what stands beside it. The verb becomes the sentence's head again.

use super::repair::first_word;
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Makes a participle behind a closed apposition the head of its sentence where no other verb is.
pub(super) fn raise_participles(paragraph: &mut Paragraph) {
    for sentence in paragraph.sentences.clone() {
        let words = &paragraph.words;
        let Some(top) = sentence.clone().find(|&word| words[word].head.is_none()) else {
            continue;
        };
        let verbless = matches!(words[top].pos, Pos::Propn | Pos::Noun)
            && !words[sentence.clone()]
                .iter()
                .any(|word| word.head == Some(top) && word.role == Role::Copula);
        let last = sentence.clone().last().map(|last| &*words[last].text);
        if !verbless || !matches!(last, Some("." | "!" | "\u{201d}" | "\"")) {
            continue;
        }
        if let Some(verb) = sentence
            .clone()
            .find(|&verb| is_stray(paragraph, top, verb))
        {
            raise(paragraph, top, verb, sentence.end);
        }
    }
}

/// Whether `verb` is a past form behind a comma that closes an apposition, hung on the sentence's noun.
fn is_stray(paragraph: &Paragraph, top: usize, verb: usize) -> bool {
    let words = &paragraph.words;
    let word = &words[verb];
    if verb < top + 3 || word.pos != Pos::Verb || !is_past(word) {
        return false;
    }
    let start = first_word(words, verb);
    // One comma opens what stands beside the name, the other closes it.
    let closed = start > top + 2
        && is_break(&words[start - 1])
        && words[top + 1..start - 1].iter().any(is_break);
    let hung = match word.role {
        Role::NounClause | Role::RelativeClause => word
            .head
            .is_some_and(|noun| noun == top || hangs_on(words, noun, top)),
        Role::Adjective => word
            .head
            .is_some_and(|noun| noun > verb && hangs_on(words, noun, top)),
        _ => false,
    };
    let relative = paragraph.children(verb).any(|child| {
        words[child]
            .feature("PronType")
            .is_some_and(|kind| kind.contains("Rel") || kind.contains("Int"))
    });
    let passive = paragraph
        .children_with(
            verb,
            &[
                Role::Agent,
                Role::Subject,
                Role::PassiveSubject,
                Role::Marker,
            ],
        )
        .next()
        .is_some();
    closed && hung && !passive && !relative
}

/// Whether a mark opens or closes what stands beside a name.
fn is_break(word: &Word) -> bool {
    matches!(&*word.text, "," | "-" | "\u{2013}" | "\u{2014}") && word.pos == Pos::Punct
}

fn is_past(word: &Word) -> bool {
    word.feature("Tense") == Some("Past")
}

/// Whether a noun stands beside `top`, or beside what does.
fn hangs_on(words: &[Word], noun: usize, top: usize) -> bool {
    let mut at = noun;
    for _ in 0..6 {
        match (words[at].role, words[at].head) {
            (Role::Apposition | Role::Conjunct, Some(head)) if head == top => return true,
            (Role::Apposition | Role::Conjunct, Some(head)) => at = head,
            _ => return false,
        }
    }
    false
}

fn raise(paragraph: &mut Paragraph, top: usize, verb: usize, end: usize) {
    let object = paragraph.words[verb]
        .head
        .filter(|_| paragraph.words[verb].role == Role::Adjective);
    let passive = paragraph
        .children_with(verb, &[Role::PassiveAuxiliary])
        .next()
        .is_some();
    let words = &mut paragraph.words;
    if let Some(object) = object {
        words[object].head = Some(verb);
        words[object].role = Role::Object;
    }
    words[verb].head = None;
    words[verb].role = Role::Root;
    words[verb].features = words[verb]
        .features
        .replace("VerbForm=Part", "VerbForm=Fin");
    words[top].head = Some(verb);
    words[top].role = if passive {
        Role::PassiveSubject
    } else {
        Role::Subject
    };
    // What follows the verb and was hung on the noun tells of the verb.
    for word in &mut words[verb + 1..end] {
        let adverbial = matches!(
            word.role,
            Role::AdverbialClause
                | Role::Content
                | Role::Oblique
                | Role::Parataxis
                | Role::Punctuation
        );
        if word.head == Some(top) && adverbial {
            word.head = Some(verb);
        }
    }
}
