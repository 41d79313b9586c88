//! Names and the nouns around them, put right where the parser tore them apart: owners in the genitive, descriptions beside
//! names, titles read as verbs, participles joined to names. Takes and changes a paragraph's words.

use std::{collections::BTreeSet, ops::Range};

use super::{
    frames::{Frames, Kind},
    inflection::Forms,
};
use crate::{
    claim::{Mention, MentionKind},
    grammar::{Paragraph, Pos, Role, Word},
};

/// Names that a genitive s follows own what comes next ("Solbergs Høyre"), whatever the parser made of the two.
pub(super) fn find_owners(paragraph: &mut Paragraph, mentions: &[Mention]) {
    for index in 0..paragraph.words.len().saturating_sub(1) {
        let span = paragraph.words[index].span;
        let text = &paragraph.words[index].text;
        let genitive = text.ends_with('s')
            && paragraph.words[index].pos == Pos::Propn
            && mentions.iter().any(|mention| {
                mention.kind == MentionKind::Name
                    && mention.span.end + 1 == span.end
                    && mention.span.end > span.start
            });
        if genitive {
            own_next(&mut paragraph.words, index);
        }
    }
}

fn own_next(words: &mut [Word], last: usize) {
    let Some(owned) = owned_after(words, last) else {
        return;
    };
    let top = top_of_name(words, last);
    if words[owned].head == Some(top) && words[owned].role == Role::Flat {
        words[owned].head = words[top].head;
        words[owned].role = words[top].role;
        words[owned].marker = words[top].marker.take();
        for other in owned + 1..words.len() {
            if words[other].head == Some(top) {
                words[other].head = Some(owned);
            }
        }
    } else if words[top].head != Some(owned)
        && words[owned].head != Some(top)
        && words[owned].head != words[top].head
    {
        return;
    }
    words[top].head = Some(owned);
    words[top].role = Role::Possessor;
}

/// The noun that the words after a genitive lead to; an adjective or a verb before a noun may be one ("Irans allierte X").
fn owned_after(words: &[Word], last: usize) -> Option<usize> {
    let mut owned = last + 1;
    while words.get(owned).is_some_and(|word| word.pos == Pos::Adj) {
        owned += 1;
    }
    let noun = words.get(owned).is_some_and(|word| {
        matches!(word.pos, Pos::Noun | Pos::Propn)
            || (word.pos == Pos::Verb && word.role == Role::Adjective)
    });
    let named = owned > last + 1 && words.get(owned).is_some_and(|word| word.pos == Pos::Propn);
    if noun && !named {
        return Some(owned);
    }
    (owned > last + 1).then(|| owned - 1)
}

/// The head of a name, from one of its later words.
fn top_of_name(words: &[Word], mut word: usize) -> usize {
    while words[word].role == Role::Flat
        && let Some(head) = words[word].head.filter(|&head| head < word)
    {
        word = head;
    }
    word
}

/// "Leder i Arbeiderpartiet Anna Holm": the name behind that of the organisation is its holder's; the office hangs on it as a
/// title does.
pub(super) fn seat_holders(paragraph: &mut Paragraph, mentions: &[Mention], frames: &Frames) {
    for name in 2..paragraph.words.len() {
        let words = &paragraph.words;
        let own = words[name].span;
        let mut names = mentions
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name);
        let (Role::Flat, Some(organisation)) = (words[name].role, words[name].head) else {
            continue;
        };
        let holder = names.find(|mention| {
            mention.span.start == own.start
                && mention.span.end > own.end
                && mention.span.start > words[organisation].span.end
        });
        let (Role::Oblique, Some(office)) = (words[organisation].role, words[organisation].head)
        else {
            continue;
        };
        let held = words[office].pos == Pos::Noun
            && office < organisation
            && !frames.calls(Kind::Office, &words[office].lemma).is_empty();
        let Some(end) = holder.map(|mention| mention.span.end).filter(|_| held) else {
            continue;
        };
        let words = &mut paragraph.words;
        (words[name].head, words[name].role) = (words[office].head, words[office].role);
        words[name].marker = words[office].marker.take();
        (words[office].head, words[office].role) = (Some(name), Role::Compound);
        let mut at = name + 1;
        while at < words.len()
            && words[at].role == Role::Flat
            && words[at].head == Some(organisation)
            && words[at].span.start < end
        {
            words[at].head = Some(name);
            at += 1;
        }
    }
}

/// Two names side by side that the parser took for one ("siterte Al Jazeera RSF") are two arguments.
pub(super) fn part_names(paragraph: &mut Paragraph, mentions: &[Mention]) {
    let named = |word: &Word| {
        mentions
            .iter()
            .find(|mention| mention.kind == MentionKind::Name && mention.span.overlaps(word.span))
    };
    for index in 1..paragraph.words.len() {
        let words = &paragraph.words;
        let (Role::Flat, Some(top)) = (words[index].role, words[index].head) else {
            continue;
        };
        let (Some(own), Some(first)) = (named(&words[index]), named(&words[top])) else {
            continue;
        };
        // The recogniser's name may have been joined under its last word.
        let whole = own.span.end >= words[index].span.end && own.span.start > words[top].span.start;
        // "møtte Anna Holm Kari Vik": the rest of the second name stays with its first word.
        let first_word = (top + 1..index).find(|&at| words[at].span.start == own.span.start);
        if let Some(beginning) = first_word.filter(|_| whole) {
            paragraph.words[index].head = Some(beginning);
            continue;
        }
        let apart = whole && first.span.end < own.span.start;
        if !apart || words[index].marker.is_some() {
            continue;
        }
        if words[top + 1..index]
            .iter()
            .any(|word| word.pos == Pos::Cconj)
        {
            paragraph.words[index].role = Role::Conjunct;
            let before = index - 1;
            if paragraph.words[before].pos == Pos::Noun && paragraph.words[before].head == Some(top)
            {
                paragraph.words[before].head = Some(index);
                paragraph.words[before].role = Role::Compound;
            }
            continue;
        }
        let role = match words[top].role {
            Role::Subject | Role::Object => Role::Object,
            _ => continue,
        };
        paragraph.words[index].head = paragraph.words[top].head;
        paragraph.words[index].role = role;
    }
}

/// "hans viktigste allierte, X", "Irans erkefiende": what is owned is a noun, also where it looks like an adjective.
pub(super) fn name_owned_nouns(
    words: &mut [Word],
    sentence: &Range<usize>,
    owners: &BTreeSet<String>,
    forms: &Forms,
) {
    for index in sentence.clone() {
        let owner = sentence.clone().find(|&other| {
            let own = &words[other];
            let pronoun = own.pos == Pos::Pron
                && own.marker.is_none()
                && owners.contains(&own.text.to_lowercase());
            own.head == Some(index) && other < index && (own.role == Role::Possessor || pronoun)
        });
        let mistaken = match words[index].pos {
            Pos::Adj => true,
            Pos::Verb => words[index].role == Role::Adjective,
            _ => false,
        };
        let Some(owner) = owner.filter(|_| mistaken) else {
            continue;
        };
        if words[index].role == Role::Adjective
            && words[index]
                .head
                .is_some_and(|head| words[head].pos != Pos::Propn)
        {
            continue;
        }
        words[owner].role = Role::Possessor;
        words[owner].role = Role::Possessor;
        words[index].pos = Pos::Noun;
        words[index].features = String::new();
        if let Some(lemma) = forms.noun(&words[index].text) {
            words[index].lemma = lemma;
        }
        if words[index].role == Role::Adjective {
            words[index].role = Role::Compound;
        }
    }
}

/// "Iran, Israels erkefiende og Hizbollahs allierte, …": after a name and a comma, nouns with owners say who it is.
pub(super) fn find_appositions(words: &mut [Word], sentence: &Range<usize>) {
    for noun in sentence.clone() {
        let owner = (sentence.start + 2..noun)
            .find(|&other| words[other].head == Some(noun) && words[other].role == Role::Possessor);
        let Some(owner) = owner.filter(|_| words[noun].pos == Pos::Noun) else {
            continue;
        };
        let first = (sentence.start..owner)
            .find(|&part| words[part].head == Some(owner) && words[part].role == Role::Compound)
            .unwrap_or(owner);
        let name = words[noun].head.filter(|&name| name < first);
        if words[first.saturating_sub(1)].text != "," {
            join_description(words, name, noun, first);
        } else if let Some(name) = name.filter(|&name| words[name].pos == Pos::Propn) {
            let role = words[noun].role;
            if matches!(role, Role::Conjunct | Role::Compound | Role::BareOblique) && name < first {
                words[noun].role = Role::Apposition;
            }
        } else {
            seat_name(words, owner, noun);
        }
    }
}

/// "…, A's enemy and B's ally": the second description hangs on the first.
fn join_description(words: &mut [Word], name: Option<usize>, noun: usize, first: usize) {
    let coordinated = first > 0 && words[first - 1].pos == Pos::Cconj;
    let Some(name) = name.filter(|_| coordinated && words[noun].role == Role::Conjunct) else {
        return;
    };
    let described = (name..first)
        .find(|&other| words[other].head == Some(name) && words[other].role == Role::Apposition);
    if let Some(described) = described {
        words[noun].head = Some(described);
    }
}

/// "X, Ukrainas president, besøkte …": a name that hangs on the owner behind it is the clause's own argument.
fn seat_name(words: &mut [Word], owner: usize, noun: usize) {
    let top = (0..owner.saturating_sub(1)).find(|&top| {
        words[top].pos == Pos::Propn
            && words[top].head == Some(owner)
            && words[top + 1..owner].iter().any(|word| word.text == ",")
    });
    if let Some(top) = top {
        words[top].head = words[noun].head;
        words[top].role = words[noun].role;
        words[top].marker = words[noun].marker.take();
        words[noun].head = Some(top);
        words[noun].role = Role::Apposition;
    }
}

/// A title that was read as a verb ("Forbundskansler Angela Merkel møtte …"): what follows is the clause, with the name as
/// its subject. A verb of speech is none, though it looks like a noun ("Norway says Chad attacked X").
pub(super) fn lower_titles(
    words: &mut [Word],
    sentence: &Range<usize>,
    forms: &Forms,
    frames: &Frames,
) {
    for title in sentence.clone() {
        let name = title + 1;
        let calls = frames.calls(Kind::OperatorVerb, &words[title].lemma);
        let mut called = calls.iter().map(|call| &frames.operators[call.of]);
        if words[title].pos != Pos::Verb
            || called.any(|operator| operator.speaker)
            || !words
                .get(name)
                .is_some_and(|word| word.pos == Pos::Propn && word.role == Role::Subject)
        {
            continue;
        }
        let Some(verb) = words[name]
            .head
            .filter(|&verb| words[verb].head == Some(title))
        else {
            continue;
        };
        let owned = title > 0
            && words[title - 1].pos == Pos::Propn
            && words[title - 1].head == Some(title)
            && words[title - 1].text.ends_with('s');
        let office = forms.noun(&words[title].text).is_some() && !is_helped(words, title);
        if !(owned || office) || words[verb].marker.is_some() {
            continue;
        }
        (words[verb].head, words[verb].role) = (words[title].head, words[title].role);
        words[verb].marker = words[title].marker.take();
        for index in sentence.clone() {
            if words[index].head == Some(title) && index != name {
                words[index].head = Some(verb);
            }
        }
        if owned {
            words[title - 1].head = Some(title);
            words[title - 1].role = Role::Possessor;
        }
        words[title].head = Some(name);
        words[title].role = Role::Compound;
        words[title].pos = Pos::Noun;
        words[title].features = String::new();
        if let Some(lemma) = forms.noun(&words[title].text) {
            words[title].lemma = lemma;
        }
    }
}

fn is_helped(words: &[Word], verb: usize) -> bool {
    words.iter().any(|word| {
        word.head == Some(verb) && matches!(word.role, Role::Auxiliary | Role::PassiveAuxiliary)
    })
}

/// "den syriske byen Aleppo", "erkefiendene Iran og Israel": a described noun heads the name beside it, as in other
/// languages; the name stands in apposition, with all that it is coordinated with.
pub(super) fn lower_names(words: &mut [Word], sentence: &Range<usize>) {
    for noun in sentence.clone() {
        // "den israelske ambassadøren, X": a comma may stand between.
        let comma = words.get(noun + 1).is_some_and(|word| word.text == ",")
            && words[noun].role == Role::Compound;
        let name = noun + if comma { 2 } else { 1 };
        if words[noun].pos != Pos::Noun
            || !sentence.contains(&name)
            || words[name].pos != Pos::Propn
        {
            continue;
        }
        if words[noun].head == Some(name) && words[noun].role == Role::Compound {
            let described = words[noun].feature("Definite") == Some("Def")
                || sentence.clone().any(|child| {
                    words[child].head == Some(noun)
                        && matches!(words[child].role, Role::Adjective | Role::Possessor)
                });
            if described {
                change_places(words, sentence, noun, name);
            }
        } else if words[name].head == Some(noun)
            && matches!(words[name].role, Role::Flat | Role::Apposition)
        {
            words[name].role = Role::Apposition;
            let later = name + 1..sentence.end;
            for other in later {
                let conjunct = words[other].head == Some(noun)
                    && words[other].role == Role::Conjunct
                    && words[other].pos == Pos::Propn;
                if conjunct {
                    words[other].head = Some(name);
                }
            }
        }
    }
}

/// "Norges regjering og fagforbundet LO": where the name beside the second noun was taken for the head of both, the first
/// noun is.
pub(super) fn lower_joint_names(words: &mut [Word], sentence: &Range<usize>) {
    for second in sentence.clone() {
        let name = second + 1;
        let (Role::Conjunct, Some(first)) = (words[second].role, words[second].head) else {
            continue;
        };
        let nouns = words[second].pos == Pos::Noun && words[first].pos == Pos::Noun;
        let headed = sentence.contains(&name)
            && words[name].pos == Pos::Propn
            && words[first].head == Some(name)
            && words[first].role == Role::Compound;
        if nouns && headed && first < second {
            words[first].head = words[name].head;
            words[first].role = words[name].role;
            words[first].marker = words[name].marker.take();
            words[name].head = Some(second);
            words[name].role = Role::Apposition;
        }
    }
}

fn change_places(words: &mut [Word], sentence: &Range<usize>, noun: usize, name: usize) {
    words[noun].head = words[name].head;
    words[noun].role = words[name].role;
    words[noun].marker = words[name].marker.take();
    words[name].head = Some(noun);
    words[name].role = Role::Apposition;
    for child in sentence.clone() {
        let frame = matches!(
            words[child].role,
            Role::Case | Role::Determiner | Role::Copula
        );
        if child < noun && words[child].head == Some(name) && frame {
            words[child].head = Some(noun);
        }
    }
}

/// "Det Hamas-styrte Gaza": a participle joined to a name by a hyphen is an adjective of what comes next.
pub(super) fn join_participles(words: &mut [Word], sentence: &Range<usize>) {
    for index in sentence.clone() {
        let next = index + 1;
        let joined =
            words[index].text.starts_with(char::is_uppercase) && words[index].text.contains('-');
        if joined && words[index].pos == Pos::Adj && words[index].role == Role::Compound {
            words[index].role = Role::Adjective;
        }
        let hyphenated = joined && words[index].pos == Pos::Verb;
        if !hyphenated || !sentence.contains(&next) {
            continue;
        }
        if !matches!(words[next].pos, Pos::Noun | Pos::Propn) || words[next].head == Some(index) {
            continue;
        }
        let (above, role) = (words[index].head, words[index].role);
        if let Some(clause) = words[next]
            .head
            .filter(|&clause| words[clause].head == Some(index))
        {
            words[clause].head = above;
            words[clause].role = role;
        }
        for child in sentence.clone() {
            if words[child].head == Some(index) {
                words[child].head = Some(next);
                if words[child].role == Role::Subject {
                    words[child].role = Role::Determiner;
                }
            }
        }
        words[index].pos = Pos::Adj;
        words[index].role = Role::Adjective;
        words[index].head = Some(next);
    }
}

/// "flere av sanksjonene": what is counted stands where the counting word stood.
pub(super) fn lower_quantities(words: &mut [Word], sentence: &Range<usize>) {
    for many in sentence.clone() {
        let argument = matches!(
            words[many].role,
            Role::Object | Role::Subject | Role::PassiveSubject | Role::Oblique
        );
        let counts = matches!(words[many].pos, Pos::Adj | Pos::Pron | Pos::Num | Pos::Det);
        if !argument || !counts {
            continue;
        }
        let counted = sentence.clone().find(|&noun| {
            words[noun].head == Some(many)
                && words[noun].pos == Pos::Noun
                && words[noun].role == Role::Oblique
                && words[noun].marker.as_deref() == Some("av")
        });
        let Some(noun) = counted else { continue };
        words[noun].head = words[many].head;
        words[noun].role = words[many].role;
        words[noun].marker = words[many].marker.take();
        words[many].head = Some(noun);
        words[many].role = Role::Number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn a_described_noun_heads_the_name_beside_it() {
        let mut mended = paragraph(&[
            ("syriske", Pos::Adj, Role::Adjective, 2),
            ("byen", Pos::Noun, Role::Compound, 3),
            ("Aleppo", Pos::Propn, Role::Subject, 4),
            ("falt", Pos::Verb, Role::Root, 0),
        ]);
        lower_names(&mut mended.words, &(0..4));
        assert_eq!(place(&mended, 2), (Role::Subject, 4));
        assert_eq!(place(&mended, 3), (Role::Apposition, 2));
    }

    #[test]
    fn a_bare_title_stays_with_its_name() {
        let rows = [
            ("statsminister", Pos::Noun, Role::Compound, 2),
            ("Solberg", Pos::Propn, Role::Subject, 3),
            ("gikk", Pos::Verb, Role::Root, 0),
        ];
        let mut mended = paragraph(&rows);
        lower_names(&mut mended.words, &(0..3));
        assert_eq!(mended, paragraph(&rows));
    }

    #[test]
    fn of_two_nouns_the_first_heads_the_name_beside_the_second() {
        let mut mended = paragraph(&[
            ("regjering", Pos::Noun, Role::Compound, 4),
            ("og", Pos::Cconj, Role::Coordinator, 3),
            ("fagforbundet", Pos::Noun, Role::Conjunct, 1),
            ("LO", Pos::Propn, Role::Subject, 5),
            ("undertegnet", Pos::Verb, Role::Root, 0),
        ]);
        lower_joint_names(&mut mended.words, &(0..5));
        assert_eq!(place(&mended, 1), (Role::Subject, 5));
        assert_eq!(place(&mended, 4), (Role::Apposition, 3));
    }
}
