//! Sentences that the parser broke in the middle ("…, sa parlamentspresident | Nabih Berri"): joined where no mark ends the
//! first half, the second half's root hung where it belongs. Takes and changes a paragraph.

use super::inflection::Forms;
use crate::grammar::{Paragraph, Pos, Role, Word};

/// Joins the halves of broken sentences.
pub(super) fn join(paragraph: &mut Paragraph, forms: &Forms) {
    let mut at = 1;
    while at < paragraph.sentences.len() {
        let (first, second) = (
            paragraph.sentences[at - 1].clone(),
            paragraph.sentences[at].clone(),
        );
        let broken = second.start > 0 && is_break(&paragraph.words, second.start);
        let roots = broken
            .then(|| {
                Some((
                    root(&paragraph.words, first.clone())?,
                    root(&paragraph.words, second.clone())?,
                ))
            })
            .flatten();
        if let Some((one, _)) = roots {
            find_last_verb(&mut paragraph.words, one, second.start - 1, forms);
        }
        if let Some((one, two)) = roots
            && hang(
                &mut paragraph.words,
                one,
                second.start - 1,
                second.start,
                two,
            )
        {
            paragraph.sentences[at - 1] = first.start..second.end;
            paragraph.sentences.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Whether the boundary before `start` is none: no mark ends the sentence, or the next goes on in lower case after a number.
fn is_break(words: &[Word], start: usize) -> bool {
    let (last, next) = (&words[start - 1], &words[start]);
    if last.pos == Pos::Punct {
        return false;
    }
    let ordinal = last.text.ends_with('.');
    let mark = last
        .text
        .ends_with(['.', '!', '?', ':', ';', '…', '»', '"', '\u{201d}']);
    (!mark || (ordinal && next.text.starts_with(char::is_lowercase)))
        && next.span.start <= last.span.end + 1
}

fn root(words: &[Word], mut sentence: std::ops::Range<usize>) -> Option<usize> {
    sentence.find(|&word| words[word].head.is_none() && words[word].role == Role::Root)
}

fn is_nominal(word: &Word) -> bool {
    matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
}

fn is_verb(word: &Word) -> bool {
    matches!(word.pos, Pos::Verb | Pos::Aux)
}

/// Hangs one half on the other; says whether it found how. `last` ends the first half, `next` begins the second.
fn hang(words: &mut [Word], one: usize, last: usize, next: usize, two: usize) -> bool {
    let title = words[last].pos == Pos::Noun
        && words[next].pos == Pos::Propn
        && !matches!(words[last].role, Role::Punctuation | Role::BareOblique);
    if title && two == next {
        take_place(words, last, two);
        return true;
    }
    if is_nominal(&words[two]) {
        return continue_verb(words, last, two);
    }
    let subject = matches!(words[next].role, Role::Subject | Role::PassiveSubject);
    if !subject || !is_nominal(&words[one]) {
        return false;
    }
    if title {
        begin_clause(words, one, last, next);
        return true;
    }
    // "planen om å bombe | X er kjent"
    let infinitive =
        words[last].feature("VerbForm") == Some("Inf") && words[last].head == Some(one);
    if infinitive {
        words[one].head = words[next].head;
        words[one].role = words[next].role;
        words[next].head = Some(last);
        words[next].role = Role::Object;
    }
    infinitive
}

/// A half that ends in its root ends in a verb, if that has the form of one ("en måned senere utpekte | X Y til leder").
fn find_last_verb(words: &mut [Word], one: usize, last: usize, forms: &Forms) {
    if one != last || !matches!(words[last].pos, Pos::Adj | Pos::Noun) {
        return;
    }
    if let Some(lemma) = forms
        .verb(&words[last].text)
        .filter(|_| !forms.is_noun(&words[last].text))
    {
        words[last].pos = Pos::Verb;
        words[last].features = "VerbForm=Fin".to_owned();
        words[last].lemma = lemma;
    }
}

/// "parlamentspresident | Nabih Berri": the name takes the title's place, the title hangs on it.
fn take_place(words: &mut [Word], title: usize, name: usize) {
    words[name].head = words[title].head;
    words[name].role = words[title].role;
    words[name].marker = words[title].marker.take();
    words[title].head = Some(name);
    words[title].role = Role::Compound;
    for word in words.iter_mut() {
        if word.head == Some(title) && word.role == Role::Case {
            word.head = Some(name);
        }
    }
}

/// "har utnevnt | den tidligere lederen X": what goes on after a verb is its object, or an adverbial.
fn continue_verb(words: &mut [Word], last: usize, two: usize) -> bool {
    let mut at = Some(last);
    let mut verb = None;
    for _ in 0..words.len() {
        let Some(word) = at else { break };
        if is_verb(&words[word]) {
            verb = Some(word);
            break;
        }
        at = words[word].head;
    }
    let Some(verb) = verb else { return false };
    let object = words
        .iter()
        .any(|word| word.head == Some(verb) && word.role == Role::Object);
    words[two].head = Some(verb);
    words[two].role = match (&words[two].marker, object) {
        (Some(_), _) => Role::Oblique,
        (None, false) => Role::Object,
        (None, true) => Role::BareOblique,
    };
    true
}

/// "Xs regjering og alliansen | Y undertegnet": the name is the subject, with the title before it and what that is
/// coordinated with.
fn begin_clause(words: &mut [Word], one: usize, last: usize, name: usize) {
    let (verb, role) = (words[name].head, words[name].role);
    let coordinated = last != one && words[last].role == Role::Conjunct;
    let clause = words[one]
        .marker
        .as_deref()
        .is_some_and(|marker| marker == "at" || marker.ends_with(" at"));
    if clause && let Some(verb) = verb {
        words[verb].marker = words[one].marker.take();
    }
    if coordinated {
        words[one].head = verb;
        words[one].role = role;
        words[name].head = Some(one);
        words[name].role = Role::Conjunct;
        words[last].head = Some(name);
        words[last].role = Role::Compound;
    } else {
        words[one].head = Some(name);
        words[one].role = Role::Compound;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn a_name_takes_the_place_of_the_title_before_the_break() {
        let mut broken = paragraph(&[
            ("forhandlet", Pos::Verb, Role::Root, 0),
            ("med", Pos::Adp, Role::Case, 3),
            ("presidenten/med", Pos::Noun, Role::Oblique, 1),
            ("Nabih", Pos::Propn, Role::Root, 0),
            ("Berri", Pos::Propn, Role::Flat, 4),
        ]);
        broken.sentences = vec![0..3, 3..5];
        join(&mut broken, &Forms::default());
        assert_eq!(broken.sentences.len(), 1);
        assert_eq!(place(&broken, 4), (Role::Oblique, 1));
        assert_eq!(place(&broken, 3), (Role::Compound, 4));
        assert_eq!(broken.words[3].marker.as_deref(), Some("med"));
    }

    #[test]
    fn a_mark_keeps_sentences_apart() {
        let mut two = paragraph(&[
            ("presidenten", Pos::Noun, Role::Root, 0),
            (".", Pos::Punct, Role::Punctuation, 1),
            ("Berri", Pos::Propn, Role::Root, 0),
        ]);
        two.sentences = vec![0..2, 2..3];
        let before = two.clone();
        join(&mut two, &Forms::default());
        assert_eq!(two, before);
    }
}
