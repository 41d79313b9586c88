//! Words with a prefix that the tokenizer took apart ("re", "-", "elected").

use super::{is_below, subject_role};
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Hangs a prefix and its hyphen on the word that they belong to, which takes over what hung on them. A verb's dictionary
/// form gets the prefix ("re-elect"), since that may be another act; frames look at the parts of nouns themselves.
pub(super) fn join_prefixes(paragraph: &mut Paragraph) {
    for hyphen in 1..paragraph.words.len().saturating_sub(1) {
        if is_prefixed(&paragraph.words, hyphen) {
            join(paragraph, hyphen);
        }
    }
}

/// Whether a hyphen joins a prefix to a common word. The tagger gives the hyphen of a prefix the tag of the word, that of
/// a compound ("US-backed", "far-right") its own.
fn is_prefixed(words: &[Word], hyphen: usize) -> bool {
    let (prefix, own, word) = (&words[hyphen - 1], &words[hyphen], &words[hyphen + 1]);
    let beside = prefix.span.end == own.span.start && own.span.end == word.span.start;
    let plain = |word: &Word| word.text.chars().all(char::is_alphabetic);
    own.text == "-"
        && beside
        && matches!(own.pos, Pos::Verb | Pos::Noun | Pos::Adj | Pos::Adv)
        && plain(prefix)
        && prefix.pos != Pos::Propn
        && plain(word)
        && word.text.starts_with(char::is_lowercase)
        && matches!(word.pos, Pos::Verb | Pos::Noun | Pos::Adj | Pos::Propn)
}

fn join(paragraph: &mut Paragraph, hyphen: usize) {
    let (prefix, word) = (hyphen - 1, hyphen + 1);
    let words = &paragraph.words;
    let parts = [word, prefix, hyphen];
    // The part that hangs on something outside, the word itself if it does.
    let outside = |part: &usize| {
        words[*part].head.is_none_or(|head| {
            !parts
                .iter()
                .any(|other| is_below(words, head, *other) && !is_below(words, *other, head))
                && !parts.contains(&head)
        })
    };
    let Some(top) = parts.into_iter().find(outside) else {
        return;
    };
    let verb = words[word].pos == Pos::Verb || words[prefix].pos == Pos::Verb;
    let words = &mut paragraph.words;
    for part in [prefix, hyphen] {
        for child in words.iter_mut() {
            if child.head == Some(part) {
                child.head = Some(word);
            }
        }
    }
    let (head, role, marker) = (words[top].head, words[top].role, words[top].marker.take());
    words[word].head = head.filter(|&head| head != word);
    words[word].role = role;
    words[word].marker = marker;
    for (part, role) in [(prefix, Role::Compound), (hyphen, Role::Punctuation)] {
        words[part].head = Some(word);
        words[part].role = role;
    }
    if verb {
        words[word].pos = Pos::Verb;
        words[word].lemma = format!(
            "{}-{}",
            words[prefix].text.to_lowercase(),
            words[word].lemma
        );
        seat_arguments(paragraph, prefix, word, role);
    }
}

/// What was read as a part of the prefix is the verb's subject; with a subject and no auxiliary the verb is finite.
fn seat_arguments(paragraph: &mut Paragraph, prefix: usize, verb: usize, role: Role) {
    let as_subject = subject_role(paragraph, verb);
    let roles = [Role::Compound, Role::Subject, Role::PassiveSubject];
    let subject = paragraph
        .children_with(verb, &roles)
        .filter(|&child| child < prefix)
        .filter(|&child| {
            matches!(
                paragraph.words[child].pos,
                Pos::Propn | Pos::Noun | Pos::Pron
            )
        })
        .last();
    if let Some(subject) = subject {
        paragraph.words[subject].role = as_subject;
    }
    let auxiliaries = [Role::Auxiliary, Role::PassiveAuxiliary];
    let alone = paragraph.children_with(verb, &auxiliaries).next().is_none();
    let clause = matches!(role, Role::Root | Role::RelativeClause | Role::Content);
    let word = &mut paragraph.words[verb];
    if alone && clause && word.feature("Tense") == Some("Past") {
        word.features = word.features.replace("VerbForm=Part", "VerbForm=Fin");
    }
}
