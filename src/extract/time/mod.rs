//! When an act happened: dates that the text names, read against the day of publication and the text's last date, and
//! bound to acts by grammar. Takes the words of a paragraph and gives partial dates; the words that name dates (months,
//! "yesterday", "two days later") are data (`ontology/words/LANG/time.toml`).

mod absolute;
mod bind;
mod relative;
mod sequel;
mod span;
mod tense;
mod words;

pub(super) use bind::{Act, of};
pub(super) use sequel::of as sequel;
pub(super) use words::TimeWords;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::{Bound, Range},
};

use super::{frames::Frames, scene::Scene};
use crate::{
    document::{Article, PartialDate},
    grammar::{Pos, Word},
    text::Span,
};
use tense::Tense;

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    /// The word that grammar hangs it on.
    pub word: usize,
    /// The words that name it.
    pub span: Span,
    /// What they name.
    pub date: PartialDate,
    /// How it stands to what happened.
    pub bounds: Bounds,
    /// Whether it stands before a noun without a preposition ("the 2012 talks", "Tuesday's election").
    pub modifier: bool,
    /// The act that it dates, where its distance from another act tells it ("two days after X left").
    pub act: Option<usize>,
}

/// How a date stands to what it dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bounds {
    /// It happened then.
    At,
    /// It began then ("since 2009", "from 2007 to 2014").
    From,
    /// It happened before, after or until then: the date is of something else.
    Beside,
}

/// The text's last date, and its last that is known to the day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    pub(super) date: Option<PartialDate>,
    pub(super) day: Option<PartialDate>,
}

/// The dates that a paragraph names, in order. `last` is the text's last date before it, and after it.
pub(super) fn dates(
    scene: &Scene<'_>,
    article: &Article,
    frames: &Frames,
    last: &mut Last,
) -> Vec<Dated> {
    let words = &scene.tree.paragraph.words;
    let (mut found, mut at) = (vec![], 0);
    while at < words.len() {
        let tense = || tense::at(scene, at);
        let reader = Reader {
            words,
            lower: scene.tree.lowered(),
            known: &frames.words.time,
            published: article.meta.date,
            last: last.date,
            last_day: last.day,
            tense: &tense,
        };
        let Some(reading) = reader.expression(at) else {
            at += 1;
            continue;
        };
        at = reading.words.end;
        let Some(date) = reading.date else {
            continue;
        };
        let act = reading
            .after
            .then(|| relative::act_after(scene, at))
            .flatten();
        if reading.after && !(act.is_some() && same_sentence(scene, &found, at)) {
            continue;
        }
        if reading.bounds == Bounds::At && !reading.after && is_past(date, article) {
            last.date = Some(date);
            last.day = Some(date).filter(|date| date.day.is_some()).or(last.day);
        }
        found.push(Dated {
            word: top(scene, reading.words.clone()),
            span: scene.tree.paragraph.span(reading.words),
            date,
            bounds: reading.bounds,
            modifier: reading.modifier,
            act,
        });
    }
    found
}

/// What is to come is no date from which a text counts on.
fn is_past(date: PartialDate, article: &Article) -> bool {
    let published = article.meta.date;
    published.is_none_or(|published| date.earliest() <= published.latest())
}

/// Whether the last date found stands in the sentence of a word.
fn same_sentence(scene: &Scene<'_>, found: &[Dated], word: usize) -> bool {
    let sentence = |word| scene.tree.sentence(word);
    found
        .last()
        .is_some_and(|dated| sentence(dated.word) == sentence(word))
}

/// The word of a range that hangs on something outside it.
fn top(scene: &Scene<'_>, range: Range<usize>) -> usize {
    let outside = |&word: &usize| {
        let head = scene.tree.word(word).head;
        head.is_none_or(|head| !range.contains(&head))
    };
    range.clone().find(outside).unwrap_or(range.start)
}

/// What words name: which words, and the date if they tell one ("the 1990s" and "two weeks" tell none).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reading {
    words: Range<usize>,
    date: Option<PartialDate>,
    bounds: Bounds,
    modifier: bool,
    /// Whether it dates what follows it ("two days after X left").
    after: bool,
}

/// Reads dates from words.
struct Reader<'a> {
    words: &'a [Word],
    /// The words in small letters.
    lower: &'a [Cow<'a, str>],
    known: &'a TimeWords,
    published: Option<PartialDate>,
    last: Option<PartialDate>,
    last_day: Option<PartialDate>,
    tense: &'a dyn Fn() -> Tense,
}

/// Words and the date that they tell; `None` inside where they tell none.
type Told = (usize, Option<PartialDate>);

impl Reader<'_> {
    /// The date that begins at a word, with what stands before it and, for a range, its end.
    fn expression(&self, at: usize) -> Option<Reading> {
        if let Some(reading) = self.distance(at) {
            return Some(reading);
        }
        let (start, length, date) = self.named(at)?;
        let mut end = at + length;
        let (mut bounds, prepositions) = self.before(start);
        if let Some(last) = self.range_end(end, start) {
            (end, bounds) = (last, Bounds::From);
        }
        let modifier = self.is_modifier(start..end, prepositions);
        Some(Reading {
            words: start..end,
            date,
            bounds,
            modifier,
            after: false,
        })
    }

    /// Any date that begins at a word: where it starts with what leads into it ("natt til"), its length, the date.
    fn named(&self, at: usize) -> Option<(usize, usize, Option<PartialDate>)> {
        let (length, date) = self.absolute(at).or_else(|| self.relative(at))?;
        let led = self
            .known
            .lead
            .iter()
            .filter_map(|phrase| self.ends(at, phrase));
        Some((at - led.max().unwrap_or(0), length, date))
    }

    /// How a date that starts at `at` is bounded by the preposition before it or before the noun before it ("since the
    /// election in 2006"), and how many prepositions stand right before it.
    fn before(&self, at: usize) -> (Bounds, usize) {
        let mut before = at;
        while before > 0 && self.is(before - 1, &self.known.loose) {
            before -= 1;
        }
        let known = self.known;
        let listed = |list: &BTreeSet<String>| {
            list.iter()
                .any(|phrase| self.ends(before, phrase).is_some())
        };
        if listed(&known.since) {
            return (Bounds::From, 1);
        }
        if listed(&known.beside) {
            return (Bounds::Beside, 1);
        }
        let prepositions = usize::from(listed(&known.within));
        let noun = before.checked_sub(1 + prepositions);
        let marker = noun
            .filter(|&noun| {
                self.words[noun].pos == Pos::Noun && !known.day_parts.contains(&*self.lower[noun])
            })
            .and_then(|noun| self.words[noun].marker.as_deref());
        let bounds = match marker {
            Some(marker) if known.since.contains(marker) => Bounds::From,
            Some(marker) if known.beside.contains(marker) => Bounds::Beside,
            _ => Bounds::At,
        };
        (bounds, prepositions)
    }

    /// "from 2007 to 2014", "between May and June", "1987-1993": where the second date ends.
    fn range_end(&self, at: usize, start: usize) -> Option<usize> {
        let opened = self
            .known
            .range
            .iter()
            .any(|phrase| self.ends(start, phrase).is_some());
        let dash = matches!(self.text(at), Some("-" | "\u{2013}"));
        let joined = self.is(at, &self.known.range_to);
        if !(dash || (opened && joined)) {
            return None;
        }
        let (length, _) = self
            .absolute(at + 1)
            .or_else(|| self.relative(at + 1))
            .or_else(|| self.year(at + 1).map(|_| (1, None)))?;
        Some(at + 1 + length)
    }

    /// Whether a date stands before the noun that it hangs on: "the 2012 talks", "Tuesday's election", "fredagens møte".
    fn is_modifier(&self, range: Range<usize>, prepositions: usize) -> bool {
        let next = self.words.get(range.end);
        let noun = next.is_some_and(|next| matches!(next.pos, Pos::Noun | Pos::Adj | Pos::Part));
        let genitive = self
            .text(range.end - 1)
            .is_some_and(|text| text.ends_with('s'));
        let hangs = |word: &Word| word.head.is_some_and(|head| head >= range.end);
        (prepositions == 0 || genitive)
            && noun
            && (self.known.capitals || genitive)
            && self.words[range.clone()].iter().any(hangs)
    }

    /// A word in small letters.
    fn text(&self, at: usize) -> Option<&str> {
        self.lower.get(at).map(|word| &**word)
    }

    fn is(&self, at: usize, list: &BTreeSet<String>) -> bool {
        self.text(at).is_some_and(|text| list.contains(text))
    }

    /// How many words a phrase has if they stand from `at` on.
    fn starts(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut length = 0;
        for word in phrase.split(' ') {
            if self.text(at + length) != Some(word) {
                return None;
            }
            length += 1;
        }
        Some(length)
    }

    /// How many words a phrase has if they stand right before `at`.
    fn ends(&self, at: usize, phrase: &str) -> Option<usize> {
        let length = phrase.split(' ').count();
        at.checked_sub(length)
            .and_then(|start| self.starts(start, phrase))
    }

    /// The longest phrase of a table that stands at a word, and its value.
    fn phrase<T: Copy>(&self, at: usize, table: &BTreeMap<String, T>) -> Option<(usize, T)> {
        let first = self.text(at)?;
        table
            .range::<str, _>((Bound::Included(first), Bound::Unbounded))
            .take_while(|(phrase, _)| phrase.starts_with(first))
            .filter_map(|(phrase, &value)| Some((self.starts(at, phrase)?, value)))
            .max_by_key(|&(length, _)| length)
    }

    /// How many words the longest phrase of a list has that stands at a word.
    fn listed(&self, at: usize, list: &BTreeSet<String>) -> Option<usize> {
        let first = self.text(at)?;
        list.range::<str, _>((Bound::Included(first), Bound::Unbounded))
            .take_while(|phrase| phrase.starts_with(first))
            .filter_map(|phrase| self.starts(at, phrase))
            .max()
    }
}

#[cfg(test)]
mod tests;
