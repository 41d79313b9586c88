//! Norwegian past forms that are nouns as well ("Israel angrep Gaza"): where the grammar took one for the noun, its clause
//! is left without a verb, and the tree is of little use. Here it becomes the verb, before roles are given.

use std::{collections::BTreeMap, ops::Range, sync::OnceLock};

use crate::grammar::{Pos, RecognisedName, Word};

/// The forms and the dictionary forms of their verbs.
fn forms() -> &'static BTreeMap<String, String> {
    static FORMS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    FORMS.get_or_init(|| {
        toml::from_str(include_str!("../../ontology/words/past-forms.toml"))
            .expect("a test reads the compiled list")
    })
}

fn verb_of(word: &Word) -> Option<&'static String> {
    let free = matches!(word.pos, Pos::Noun | Pos::Adj);
    forms().get(&word.text).filter(|_| free)
}

fn is_finite(word: &Word) -> bool {
    word.feature("VerbForm") == Some("Fin")
}

/// Joins a sentence that ends in such a form to the rest of it ("Israel angrep" | "Gaza natt til søndag.").
pub(super) fn join(words: &mut [Word], sentences: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at + 1 < sentences.len() {
        let (first, next) = (sentences[at].clone(), sentences[at + 1].clone());
        let cut = first.len() > 1 && verb_of(&words[first.end - 1]).is_some();
        let verbless = |range: &Range<usize>| !words[range.clone()].iter().any(is_finite);
        if cut && verbless(&first) && verbless(&next) {
            let verb = first.end - 1;
            for word in &mut words[next.clone()] {
                word.head = word.head.or(Some(verb));
            }
            sentences[at] = first.start..next.end;
            sentences.remove(at + 1);
        }
        at += 1;
    }
}

/// Makes the form the verb of its clause. `start` is where the sentence begins, in whose words heads count from 0.
pub(super) fn raise(
    words: &mut [Word],
    labels: &mut [&str],
    start: usize,
    names: &mut Vec<RecognisedName>,
) {
    for verb in 1..words.len() {
        let Some(lemma) = verb_of(&words[verb]) else {
            continue;
        };
        if words[verb - 1].text == "som" {
            raise_relative(words, labels, verb, lemma);
            continue;
        }
        let clause = clause_of(words, verb);
        let named = |word: usize| {
            let mut names = names.iter();
            names.any(|name| name.words.contains(&(start + word)))
        };
        // "Irans allierte Hizbollah": what the parser hangs on a noun as an adjective is no verb.
        let mut inside = clause.clone();
        if inside.any(|at| is_finite(&words[at]) && labels[at] != "amod") {
            continue;
        }
        let Some(arguments) = arguments(words, &clause, verb, &named) else {
            continue;
        };
        hang(words, labels, &clause, verb, arguments);
        part(names, start + arguments.0, start + arguments.1);
        // "Nato-fly" before a verb is no adjective.
        if words[arguments.0].pos == Pos::Adj {
            words[arguments.0].pos = Pos::Noun;
        }
        make_verb(&mut words[verb], lemma);
    }
}

fn make_verb(word: &mut Word, lemma: &str) {
    word.pos = Pos::Verb;
    lemma.clone_into(&mut word.lemma);
    "Mood=Ind|Tense=Past|VerbForm=Fin".clone_into(&mut word.features);
}

/// "Gruppen som angrep Israel": the form behind a relative pronoun, with a nominal behind it.
fn raise_relative(words: &mut [Word], labels: &mut [&str], verb: usize, lemma: &str) {
    let som = verb - 1;
    let nominal = |at: usize| matches!(words[at].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    let mut object = verb + 1;
    while object < words.len() && matches!(words[object].pos, Pos::Det | Pos::Adj | Pos::Num) {
        object += 1;
    }
    let before = (0..som).rev().find(|&at| words[at].pos != Pos::Punct);
    let Some(mut noun) = before.filter(|&at| nominal(at)) else {
        return;
    };
    if object >= words.len() || !nominal(object) {
        return;
    }
    while labels[noun].starts_with("flat") && words[noun].head.is_some_and(|head| head < noun) {
        noun = words[noun].head.unwrap_or(noun);
    }
    if words[noun]
        .head
        .is_some_and(|head| head == object || head == verb)
    {
        let above = if words[verb].head == Some(object) || words[noun].head == Some(object) {
            object
        } else {
            verb
        };
        (words[noun].head, labels[noun]) = (words[above].head, labels[above]);
        for at in (0..som).filter(|&at| at != noun) {
            if words[at].head.is_some_and(|head| head >= verb) {
                words[at].head = Some(noun);
            }
        }
    }
    (words[som].head, labels[som]) = (Some(verb), "nsubj");
    words[som].pos = Pos::Pron;
    (words[verb].head, labels[verb]) = (Some(noun), "acl:relcl");
    (words[object].head, labels[object]) = (Some(verb), "obj");
    make_verb(&mut words[verb], lemma);
}

/// The words around it that no punctuation, subordinator or coordinator of clauses parts from it.
fn clause_of(words: &[Word], verb: usize) -> Range<usize> {
    let parts = |word: &Word| matches!(word.pos, Pos::Punct | Pos::Sconj);
    let start = words[..verb].iter().rposition(parts).map_or(0, |at| at + 1);
    let end = words[verb..].iter().position(parts);
    start..end.map_or(words.len(), |at| verb + at)
}

/// Subject and object, if nominals stand where those do.
fn arguments(
    words: &[Word],
    clause: &Range<usize>,
    verb: usize,
    named: &dyn Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let name = |at: usize| words[at].pos == Pos::Propn || named(at);
    let before = verb.checked_sub(1).filter(|at| clause.contains(at))?;
    let last = &words[before];
    let genitive = last.feature("Case") == Some("Gen") || last.text.ends_with(['\'', '\u{2019}']);
    let several = last.pos == Pos::Noun
        && (last.feature("Number") == Some("Plur") || last.feature("Definite") == Some("Def"));
    let collective = last.text.contains('-') && last.text.starts_with(char::is_uppercase);
    let pronoun = last.pos == Pos::Pron && last.feature("Case") != Some("Acc");
    // Under a preposition it opens the clause ("natt til fredag angrep Russland Odesa").
    let opening = (clause.start..verb)
        .any(|at| words[at].pos == Pos::Adp && !named(at) && verb - at <= 2)
        || matches!(last.pos, Pos::Adv);
    let mut after = verb + 1;
    while after < clause.end && matches!(words[after].pos, Pos::Det | Pos::Adj | Pos::Num) {
        after += 1;
    }
    let nominal =
        |at: usize| at < clause.end && (name(at) || matches!(words[at].pos, Pos::Noun | Pos::Pron));
    if !nominal(after) {
        return None;
    }
    if !opening {
        let subject = !genitive && (name(before) || several || collective || pronoun);
        return subject.then(|| (top(words, clause.start..verb, before), after));
    }
    let mut object = after + 1;
    while object < clause.end && words[object].pos == Pos::Cconj {
        object += 2;
    }
    (name(after) && nominal(object)).then_some((after, object))
}

/// A name that was recognised over subject and object is two.
fn part(names: &mut Vec<RecognisedName>, subject: usize, object: usize) {
    let both =
        |name: &RecognisedName| name.words.contains(&subject) && name.words.contains(&object);
    if let Some(at) = names.iter().position(both).filter(|_| subject < object) {
        let label = names[at].label.clone();
        let words = object..names[at].words.end;
        names[at].words.end = object;
        names.insert(at + 1, RecognisedName { words, label });
    }
}

/// The word of a range that the others between it and `word` hang on.
fn top(words: &[Word], range: Range<usize>, word: usize) -> usize {
    let mut at = word;
    for _ in 0..range.len() {
        match words[at].head.filter(|head| range.contains(head)) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

/// Hangs the clause on its verb: what belongs to subject and object stays with them.
fn hang(
    words: &mut [Word],
    labels: &mut [&str],
    clause: &Range<usize>,
    verb: usize,
    (subject, object): (usize, usize),
) {
    let is_top = |at: usize| !words[at].head.is_some_and(|head| clause.contains(&head));
    let tops: Vec<usize> = clause.clone().filter(|&at| is_top(at)).collect();
    let outer = tops
        .iter()
        .find_map(|&at| Some((words[at].head?, labels[at])));
    for at in clause.clone().filter(|&at| at != verb) {
        let beside = words[at]
            .head
            .filter(|&head| clause.contains(&head) && head != verb && (head < verb) == (at < verb));
        let loose = at > object.max(subject)
            && beside.is_some_and(|head| tops.contains(&head))
            && matches!(labels[at], "obl" | "nmod" | "advmod");
        if at == subject {
            (words[at].head, labels[at]) = (Some(verb), "nsubj");
        } else if at == object {
            (words[at].head, labels[at]) = (Some(verb), "obj");
        } else if at > verb && at < object {
            words[at].head = Some(if subject < verb { object } else { subject });
        } else if loose || beside.is_none() {
            words[at].head = Some(verb);
            labels[at] = if labels[at] == "advmod" {
                "advmod"
            } else {
                "obl"
            };
        }
    }
    words[verb].head = outer.map(|(head, _)| head);
    labels[verb] = match outer {
        None => "root",
        Some((_, label @ ("ccomp" | "advcl" | "acl" | "acl:relcl" | "conj" | "parataxis"))) => {
            label
        }
        Some(_) => "ccomp",
    };
    for at in (0..words.len()).filter(|at| !clause.contains(at)) {
        let inside = words[at].head.is_some_and(|head| clause.contains(&head));
        if inside && !matches!(labels[at], "acl" | "acl:relcl" | "appos" | "conj") {
            words[at].head = Some(verb);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_list_is_read() {
        assert_eq!(forms().get("angrep").map(String::as_str), Some("angripe"));
    }
}
