//! Other forms in which one document gives an unknown name: a person's name with one letter more, less or other
//! ("Aleksandr Petrenko", "Aleksander Petrenko"), a body's without its end ("the Dawn Front of Aria", "the Dawn Front").

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Reader,
    names::{Candidate, Source},
    words::holds,
};
use crate::{claim::Name, text::fold_name};

/// Shorter words differ by one letter too often, and are other words then.
const LETTERS: usize = 5;

/// A name of several words as the document gives it first.
struct Written {
    words: Vec<String>,
    entity: Name,
    person: bool,
    known: bool,
    /// Whether it is one word behind "the" for a body ("the Front").
    bare: bool,
}

/// Gives names that are only written in another way the entity of the one that they mean.
pub(super) fn read(reader: &Reader, candidates: &[Candidate], entities: &mut [Name]) {
    let names = written(reader, candidates, entities);
    let mut meant: BTreeMap<Name, Name> = BTreeMap::new();
    for (index, one) in names.iter().enumerate().filter(|(_, one)| !one.known) {
        let fits = |at: usize, other: &Written| {
            let earlier = at < index || other.known;
            let same = if one.person && other.person {
                earlier && is_misspelt(&one.words, &other.words)
            } else if one.bare {
                let end = other.words.len() > 1 && other.words.last() == one.words.last();
                earlier && !other.person && (end || is_shorter(reader, &one.words, &other.words))
            } else if one.words.len() == 1 {
                false
            } else {
                !one.person && !other.person && is_shorter(reader, &one.words, &other.words)
            };
            one.entity != other.entity && same
        };
        let all = names.iter().enumerate();
        let mut found: Vec<&Name> = all
            .filter(|&(at, other)| fits(at, other))
            .map(|(_, other)| meant.get(&other.entity).unwrap_or(&other.entity))
            .collect();
        found.dedup();
        if let [only] = found[..] {
            let only = Arc::clone(only);
            meant.insert(Arc::clone(&one.entity), only);
        }
    }
    for entity in entities {
        if let Some(other) = meant.get(entity) {
            *entity = Arc::clone(other);
        }
    }
}

/// The names of several words, each of an entity's once.
fn written(reader: &Reader, candidates: &[Candidate], entities: &[Name]) -> Vec<Written> {
    let mut names: Vec<Written> = Vec::new();
    for (one, entity) in candidates.iter().zip(entities) {
        let words = spelt(one.span.slice(&reader.article.text));
        let again = names
            .iter()
            .any(|name| name.entity == *entity && name.words == words);
        let person = reader.kind_of(entity) == "Person";
        let surname = person && words.len() == 1 && matches!(one.source, Source::Unknown(_));
        let known = matches!(one.source, Source::Known(..));
        let bare = words.len() == 1 && is_bare(reader, one, entity);
        if (words.len() > 1 || surname || bare) && !again {
            names.push(Written {
                words,
                entity: Arc::clone(entity),
                person,
                known: known && !bare,
                bare,
            });
        }
    }
    // "the Commission" of a body that the document names in full is that body's.
    let full: Vec<Name> = names
        .iter()
        .filter(|name| name.words.len() > 1)
        .map(|name| Arc::clone(&name.entity))
        .collect();
    names.retain(|name| !name.bare || !full.contains(&name.entity));
    names
}

/// The folded words of a name; Norwegian letters as foreign keyboards write them ("Haaland" for "Håland").
fn spelt(name: &str) -> Vec<String> {
    let folded = fold_name(name);
    let plain = folded.replace('å', "aa").replace('ø', "oe");
    let plain = plain.replace('æ', "ae");
    let parts: Vec<&str> = plain.split_whitespace().collect();
    // "Anna B. Holm" is Anna Holm.
    let initial = |at: usize| {
        at > 0 && at + 1 < parts.len() && parts[at].trim_end_matches('.').chars().count() == 1
    };
    let words = (0..parts.len()).filter(|&at| !initial(at));
    words.map(|at| parts[at].to_owned()).collect()
}

/// Whether two names are the same, or differ by one letter inside one long word; a first name that has another letter in the place of one is
/// "the Front", "the Commission": one word behind an article for a body that is called otherwise in full.
fn is_bare(reader: &Reader, one: &Candidate, entity: &Name) -> bool {
    let body = reader.is_any(entity, &["Organization".to_owned()]);
    let article = one
        .words
        .start
        .checked_sub(1)
        .map(|before| reader.lower(one.paragraph, before));
    let the = article.is_some_and(|word| holds(&reader.words.references.definite, &word));
    let short = reader.gazetteer.actor(entity).is_none_or(|actor| {
        let label = actor.labels.get("en");
        label.is_none_or(|label| label.split(' ').count() > 1)
    });
    body && the && short
}

/// Whether two names differ by one letter inside one long word; a first name that has another letter in the place of one is
/// another name.
fn is_misspelt(one: &[String], other: &[String]) -> bool {
    // "Maurer" alone may be the slip for a surname.
    if let ([name], [_, .., surname]) = (one, other) {
        let slip = is_misspelt(std::slice::from_ref(surname), std::slice::from_ref(name));
        return slip && name != surname && name.chars().count() > LETTERS;
    }
    if one.len() != other.len() {
        return false;
    }
    if one == other {
        return true;
    }
    let several = one.len() > 1;
    let pairs = one.iter().zip(other).enumerate();
    let mut apart = pairs.filter(|(_, (one, other))| one != other);
    let (Some((at, (one, other))), None) = (apart.next(), apart.next()) else {
        return false;
    };
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let outer = one.first() == other.first() && one.last() == other.last();
    let replaced = one.len() == other.len() && at == 0 && several;
    outer && !replaced && one.len().min(other.len()) >= LETTERS && is_one_edit(&one, &other)
}

/// Whether one letter was put in, left out, exchanged, or changed places with the next.
fn is_one_edit(one: &[char], other: &[char]) -> bool {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let (backward, forward) = (one.iter().rev(), other.iter().rev());
    let end = backward.zip(forward).take_while(|(a, b)| a == b).count();
    let end = end.min(one.len()).min(other.len());
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    match (one, other) {
        ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether `one` is `other` without an end that short forms leave out.
fn is_shorter(reader: &Reader, one: &[String], other: &[String]) -> bool {
    let next = other.get(one.len());
    next.is_some_and(|next| holds(&reader.words.names.left_out, next)) && other.starts_with(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(is_misspelt(&spelt(one), &spelt(other)), expected);
    }

    #[test]
    fn one_letter_inside_a_long_word_is_a_slip() {
        check("Aleksandr Petrenko", "Aleksander Petrenko", true);
        check("Kari Falkholt", "Kari Falkhotl", false);
        check("Kari Falkholdt", "Kari Falkholt", true);
        check("Kari Faklholt", "Kari Falkholt", true);
        check("Martin Holm", "Martina Holm", false);
        check("Martin Holm", "Marvin Holm", false);
        check("Anna Holm", "Anne Holm", false);
        check("Kari Hansen", "Kari Jansen", false);
        check("Kari Holm", "Kari Berg", false);
        check("Falkhotl", "Kari Falkholt", false);
        check("Faklholt", "Kari Falkholt", true);
        check("Falkholt", "Kari Falkholt", false);
        check("Pål Håland", "Paal Haaland", true);
        check("Pål Håland", "Pål Høland", false);
        check("Anna B. Holm", "Anna Holm", true);
        check("A. Holm", "B. Holm", false);
    }
}
