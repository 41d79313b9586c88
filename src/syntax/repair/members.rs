//! Members of coordinations that were hung on something else.

use super::{first_word, hang, is_below, is_person};
use crate::grammar::{Paragraph, Pos, Role};

/// "Ostland's A and Vestia's B met": a first member that was taken for a part of the last one's name.
pub(super) fn part_members(paragraph: &mut Paragraph) {
    for last in 2..paragraph.words.len() {
        if paragraph.words[last].pos != Pos::Propn {
            continue;
        }
        let first = paragraph
            .children_with(last, &[Role::Compound])
            .find(|&first| first < last && paragraph.words[first].pos == Pos::Propn);
        let Some((first, and)) = first.and_then(|first| {
            let mut joins = paragraph.children_with(first, &[Role::Coordinator]);
            joins
                .find(|&and| and > first && and < last)
                .map(|and| (first, and))
        }) else {
            continue;
        };
        let whole = |name: &std::ops::Range<usize>| name.contains(&first) && name.contains(&last);
        let one_name = paragraph.names.iter().any(|name| whole(&name.words));
        if !one_name && let Some(second) = second_member(paragraph, first, and, last) {
            let owner = match second {
                Second::Bare => None,
                Second::Under(owner) => Some(owner),
            };
            part(paragraph, (first, and, last), owner);
        }
    }
}

/// How the second member stands.
enum Second {
    /// By itself.
    Bare,
    /// Under a genitive that was taken for it.
    Under(usize),
}

/// Whether what follows the conjunction is a name of its own: under a genitive, which may have been taken for the second
/// member (then it is given), or as the recogniser sees it.
fn second_member(paragraph: &Paragraph, first: usize, and: usize, last: usize) -> Option<Second> {
    let words = &paragraph.words;
    let member = paragraph
        .children_with(first, &[Role::Conjunct])
        .find(|&member| member > and && member < last);
    let genitive = |word: usize| {
        paragraph
            .children_with(word, &[Role::Case])
            .any(|case| case > word && case < last)
    };
    if let Some(member) = member.filter(|&member| !is_title(paragraph, member, last)) {
        return genitive(member).then_some(Second::Under(member));
    }
    let own = (and + 1..last).all(|word| {
        is_below(words, word, last) || member.is_some_and(|member| is_below(words, word, member))
    });
    let owned = (and + 1..last).any(|word| {
        words[word].role == Role::Possessor && words[word].head == Some(last) && genitive(word)
    });
    let mut names = paragraph.names.iter();
    let named = names.any(|name| name.words.start == and + 1 && name.words.contains(&last))
        || member.is_some();
    (own && (owned || named)).then_some(Second::Bare)
}

/// Whether a word is what stands right before a person's name.
fn is_title(paragraph: &Paragraph, word: usize, last: usize) -> bool {
    let mut names = paragraph.names.iter();
    names.any(|name| {
        name.label == "PERSON" && name.words.start == word + 1 && name.words.contains(&last)
    })
}

fn part(
    paragraph: &mut Paragraph,
    (first, and, last): (usize, usize, usize),
    owner: Option<usize>,
) {
    let words = &mut paragraph.words;
    words[first].head = words[last].head;
    words[first].role = words[last].role;
    words[first].marker = words[last].marker.take();
    for child in 0..and {
        if child != first && words[child].head == Some(last) {
            words[child].head = Some(first);
        }
    }
    hang(paragraph, last, first, Role::Conjunct);
    // A title that was taken for the second member.
    let title = paragraph
        .children_with(first, &[Role::Conjunct])
        .find(|&title| title > and && title < last);
    if let Some(title) = title.filter(|&title| owner != Some(title)) {
        hang(paragraph, title, last, Role::Compound);
    }
    if let Some(owner) = owner {
        hang(paragraph, owner, last, Role::Possessor);
    }
}

/// "A, head of X, and B, head of Y, met": a name behind a closed apposition that was joined to it instead of to the name.
pub(super) fn raise_members(paragraph: &mut Paragraph) {
    for member in 3..paragraph.words.len() {
        let words = &paragraph.words;
        if words[member].pos != Pos::Propn || words[member].role != Role::Conjunct {
            continue;
        }
        let Some(beside) = words[member].head.filter(|&beside| beside < member) else {
            continue;
        };
        let and = paragraph
            .children_with(beside, &[Role::Coordinator])
            .find(|&and| and > beside && and < member);
        let Some(and) = and else { continue };
        let start = first_word(words, and);
        if start == 0 || words[start - 1].text != "," {
            continue;
        }
        if let Some(name) = apposed_name(paragraph, beside, member) {
            hang(paragraph, and, name, Role::Coordinator);
            hang(paragraph, member, name, Role::Conjunct);
        }
    }
}

/// The name that a noun explains after a comma. From within the apposition only a person may be joined to a person.
fn apposed_name(paragraph: &Paragraph, beside: usize, member: usize) -> Option<usize> {
    let words = &paragraph.words;
    let mut at = beside;
    while matches!(words[at].role, Role::Oblique | Role::Possessor) {
        at = words[at].head.filter(|&head| head < at)?;
    }
    let name = words[at].head.filter(|&name| name < at)?;
    let apposed = words[at].role == Role::Apposition
        && words[at].pos == Pos::Noun
        && words[name].pos == Pos::Propn;
    let opened = words[name + 1..at].iter().any(|word| word.text == ",");
    let alike = at == beside
        || is_person(paragraph, name)
            && is_person(paragraph, member)
            && !is_person(paragraph, beside);
    (apposed && opened && alike).then_some(name)
}

/// "A, B, C and D met": the second of several persons or places taken for an apposition to the first.
pub(super) fn list_names(paragraph: &mut Paragraph) {
    for second in 2..paragraph.words.len() {
        let words = &paragraph.words;
        let Some(first) = words[second].head.filter(|&first| first < second) else {
            continue;
        };
        let start = first_word(words, second);
        let apposed = words[second].role == Role::Apposition && words[second].pos == Pos::Propn;
        if !apposed || start <= first || words[start - 1].text != "," {
            continue;
        }
        let Some(third) = next_member(paragraph, second) else {
            continue;
        };
        let persons = is_person(paragraph, first)
            && [second, third].iter().any(|&at| is_person(paragraph, at));
        // "Paris, France and London" is a list of two: places make one from four on.
        let places = [first, second, third]
            .iter()
            .all(|&at| is_place(paragraph, at))
            && next_member(paragraph, third).is_some();
        if persons || places {
            hang(paragraph, second, first, Role::Conjunct);
        }
    }
}

fn next_member(paragraph: &Paragraph, member: usize) -> Option<usize> {
    paragraph
        .children_with(member, &[Role::Conjunct])
        .find(|&next| next > member && paragraph.words[next].pos == Pos::Propn)
}

fn is_place(paragraph: &Paragraph, word: usize) -> bool {
    let mut names = paragraph.names.iter();
    names.any(|name| name.words.contains(&word) && name.label == "GPE")
}

/// "met A in Cairo and B in Amman": a name joined to the first of two phrases with the same preposition is one more
/// object, not one more place.
pub(super) fn fill_gaps(paragraph: &mut Paragraph) {
    for member in 4..paragraph.words.len() {
        let words = &paragraph.words;
        let Some(phrase) = words[member]
            .head
            .filter(|&phrase| phrase < member && words[member].role == Role::Conjunct)
        else {
            continue;
        };
        let Some(verb) = words[phrase].head.filter(|&verb| verb < phrase) else {
            continue;
        };
        let oblique = words[phrase].role == Role::Oblique && words[verb].pos == Pos::Verb;
        let object = paragraph
            .children_with(verb, &[Role::Object])
            .find(|&object| object < phrase && words[object].pos == Pos::Propn);
        let second = paragraph
            .children_with(verb, &[Role::Oblique])
            .any(|next| next > member && words[next].marker == words[phrase].marker);
        let Some(object) = object.filter(|_| oblique && second) else {
            continue;
        };
        let name = words[member].pos == Pos::Propn;
        let alike = is_person(paragraph, object) && is_person(paragraph, member)
            || words[phrase].pos == Pos::Noun;
        if name && alike && !is_person(paragraph, phrase) {
            hang(paragraph, member, object, Role::Conjunct);
        }
    }
}

/// "the chairman A, B and C travelled": a title in the singular belongs to the first name alone; the others are members
/// beside the title, not beside the name.
pub(super) fn raise_from_titles(paragraph: &mut Paragraph) {
    for title in 0..paragraph.words.len() {
        let word = &paragraph.words[title];
        if word.pos != Pos::Noun || word.feature("Number") != Some("Sing") {
            continue;
        }
        let named = paragraph
            .children_with(title, &[Role::Apposition])
            .find(|&name| name > title && paragraph.words[name].pos == Pos::Propn);
        let Some(name) = named else { continue };
        let roles = [Role::Conjunct, Role::Coordinator];
        let members: Vec<usize> = paragraph
            .children_with(name, &roles)
            .filter(|&member| member > name)
            .collect();
        let joined = members
            .iter()
            .any(|&member| paragraph.words[member].role == Role::Conjunct);
        for member in members.into_iter().filter(|_| joined) {
            paragraph.words[member].head = Some(title);
        }
    }
}
