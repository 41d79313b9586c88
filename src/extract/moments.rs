//! Days and years that the parser hung on the wrong word: a weekday taken for the last part of a name, a stretch of time
//! taken for a subject, a year that swallowed the full stop behind it. Takes and changes a paragraph's words.

use std::ops::Range;

use super::time::TimeWords;
use crate::grammar::{Paragraph, Pos, Role, Word};

/// "siden 2014.": where the full stop stayed with the year, the year is a number again and hangs on what is before it.
pub(super) fn free_years(paragraph: &mut Paragraph) {
    for index in 0..paragraph.words.len() {
        let text = &paragraph.words[index].text;
        let year = text
            .strip_suffix('.')
            .filter(|year| year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()));
        let Some(year) = year.map(str::to_owned) else {
            continue;
        };
        let word = &mut paragraph.words[index];
        (word.lemma, word.text) = (year.clone(), year);
        word.span.end -= 1;
        word.pos = Pos::Num;
        rejoin(paragraph, index);
        hang(paragraph, index);
    }
}

/// A year that was taken for a sentence of its own ends the sentence before it.
fn rejoin(paragraph: &mut Paragraph, year: usize) {
    let own = paragraph
        .sentences
        .iter()
        .position(|sentence| *sentence == (year..year + 1));
    if let Some(own) = own.filter(|&own| own > 0 && paragraph.sentences[own - 1].end == year) {
        paragraph.sentences[own - 1].end = year + 1;
        paragraph.sentences.remove(own);
    }
}

/// Under a month it is part of the date, under a preposition an adverbial of the verb.
fn hang(paragraph: &mut Paragraph, year: usize) {
    let words = &mut paragraph.words;
    let loose = words[year].head.is_none() || words[year].role == Role::Punctuation;
    let Some(sentence) = paragraph
        .sentences
        .iter()
        .find(|sentence| sentence.contains(&year))
    else {
        return;
    };
    let Some(before) = year
        .checked_sub(1)
        .filter(|before| loose && sentence.contains(before))
    else {
        return;
    };
    if words[before].pos == Pos::Noun {
        (words[year].head, words[year].role) = (Some(before), Role::Flat);
        return;
    }
    let verb = sentence
        .clone()
        .take_while(|&at| at < year)
        .filter(|&at| words[at].pos == Pos::Verb)
        .last();
    let Some(verb) = verb else { return };
    if words[before].pos == Pos::Adp || words[before].pos == Pos::Sconj {
        words[year].marker = Some(words[before].text.to_lowercase());
        (words[before].head, words[before].role) = (Some(year), Role::Case);
        (words[year].head, words[year].role) = (Some(verb), Role::Oblique);
    }
}

/// "fagforbundet LO mandag undertegnet …": a weekday is no part of the name before it but an adverbial of its verb.
pub(super) fn hang_weekdays(words: &mut [Word], sentence: &Range<usize>, known: &TimeWords) {
    for day in sentence.clone() {
        let own = &words[day];
        let named = known.weekdays.contains_key(&own.lemma);
        // "Syria natt til søndag"
        let part = known.day_parts.contains(&*own.text);
        let weekday = own.pos == Pos::Noun && (named || part);
        let attached = matches!(
            words[day].role,
            Role::Flat | Role::Compound | Role::Apposition | Role::BareOblique
        );
        let Some(name) = words[day]
            .head
            .filter(|&name| weekday && attached && name < day)
        else {
            continue;
        };
        if words[name].pos != Pos::Propn {
            continue;
        }
        let mut above = words[name].head;
        while let Some(at) = above.filter(|&at| words[at].pos != Pos::Verb) {
            above = words[at].head;
        }
        if let Some(verb) = above {
            (words[day].head, words[day].role) = (Some(verb), Role::BareOblique);
        }
    }
}

/// "En måned senere utpekte X", "Lørdag møtte X Y": a stretch of time before a verb is no subject.
pub(super) fn unseat_times(words: &mut [Word], sentence: &Range<usize>, known: &TimeWords) {
    let day = &mut words[sentence.start];
    if day.role == Role::Subject && known.weekdays.contains_key(&day.lemma) {
        day.role = Role::BareOblique;
    }
    for time in sentence.clone() {
        let later = words.get(time + 1).is_some_and(|next| {
            known.later.contains(&*next.text) || known.earlier.contains(&*next.text)
        });
        if later && words[time].pos == Pos::Noun && words[time].role == Role::Subject {
            words[time].role = Role::BareOblique;
        }
    }
}

/// "X møtte Y sist helg", "bombet Y natt til søndag": a stretch of time behind an object is no second one. What is counted
/// ("ga Y en uke") may be.
pub(super) fn unseat_objects(words: &mut [Word], sentence: &Range<usize>, known: &TimeWords) {
    for time in sentence.clone() {
        let own = &words[time];
        let named = known.units.contains_key(&*own.text)
            || known.day_parts.contains(&*own.text)
            || known.weekdays.contains_key(&*own.text);
        let counted = time.checked_sub(1).is_some_and(|before| {
            let number = words[before].text.to_lowercase();
            known.numbers.contains_key(&number) || words[before].pos == Pos::Num
        });
        let Some(verb) = own.head.filter(|&verb| {
            own.pos == Pos::Noun && own.role == Role::Object && named && !counted && verb < time
        }) else {
            continue;
        };
        let other = (verb + 1..time).find(|&at| {
            let behind = [Role::Object, Role::IndirectObject, Role::Subject];
            words[at].head == Some(verb) && behind.contains(&words[at].role)
        });
        let Some(other) = other else { continue };
        words[time].role = Role::BareOblique;
        if words[other].role == Role::IndirectObject {
            words[other].role = Role::Object;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::samples::{paragraph, place};

    #[test]
    fn a_year_with_a_full_stop_is_an_adverbial() {
        let mut mended = paragraph(&[
            ("Holm", Pos::Propn, Role::Subject, 2),
            ("ledet", Pos::Verb, Role::Root, 0),
            ("partiet", Pos::Noun, Role::Object, 2),
            ("fra", Pos::Adp, Role::Case, 5),
            ("2012.", Pos::Punct, Role::Punctuation, 2),
        ]);
        free_years(&mut mended);
        assert_eq!(place(&mended, 5), (Role::Oblique, 2));
        assert_eq!(mended.words[4].text, "2012");
        assert_eq!(mended.words[4].marker.as_deref(), Some("fra"));
    }

    #[test]
    fn a_stretch_of_time_behind_an_object_is_none() {
        let mut known = TimeWords::default();
        known.day_parts.insert("natt".to_owned());
        let mut mended = paragraph(&[
            ("Israel", Pos::Propn, Role::Subject, 2),
            ("bombet", Pos::Verb, Role::Root, 0),
            ("Syria", Pos::Propn, Role::IndirectObject, 2),
            ("natt", Pos::Noun, Role::Object, 2),
        ]);
        unseat_objects(&mut mended.words, &(0..4), &known);
        assert_eq!(place(&mended, 3), (Role::Object, 2));
        assert_eq!(place(&mended, 4), (Role::BareOblique, 2));
    }

    #[test]
    fn a_weekday_is_no_part_of_a_name() {
        let mut known = TimeWords::default();
        known.weekdays.insert("mandag".to_owned(), 1);
        let mut mended = paragraph(&[
            ("LO", Pos::Propn, Role::Subject, 3),
            ("mandag", Pos::Noun, Role::Flat, 1),
            ("undertegnet", Pos::Verb, Role::Root, 0),
        ]);
        hang_weekdays(&mut mended.words, &(0..3), &known);
        assert_eq!(place(&mended, 2), (Role::BareOblique, 3));
    }
}
