//! When an act happened: dates that the text names, read against the day of publication, and bound to acts by grammar.
//! The words (months, weekdays, "yesterday") are data (`ontology/words/LANG/time.toml`).

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use super::{frames::Frames, matching::Context, scene::Scene};
use crate::{
    document::{Article, PartialDate},
    grammar::{Pos, Role},
    text::Span,
};

/// Words that name dates.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeWords {
    /// Names of months, 1 to 12.
    pub months: BTreeMap<String, i8>,
    /// Names of weekdays, 1 (Monday) to 7.
    pub weekdays: BTreeMap<String, i8>,
    /// Words for days counted from publication ("yesterday" = -1).
    pub days: BTreeMap<String, i32>,
    /// "last", "this", "next" and the like, in years and months from publication.
    pub shifts: BTreeMap<String, i32>,
    /// Words for a year and a month after a shift.
    pub units: BTreeMap<String, String>,
    /// Phrases that stand for a whole year counted from publication ("i fjor" = -1).
    pub years: BTreeMap<String, i32>,
}

impl TimeWords {
    /// Adds another list's words.
    pub fn extend(&mut self, other: Self) {
        self.months.extend(other.months);
        self.weekdays.extend(other.weekdays);
        self.days.extend(other.days);
        self.shifts.extend(other.shifts);
        self.units.extend(other.units);
        self.years.extend(other.years);
    }
}

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The word that grammar hangs it on.
    pub word: usize,
    /// The words that name it.
    pub span: Span,
    /// What they name.
    pub date: PartialDate,
}

/// The dates that a paragraph names, in order; a date inside a longer one ("June" in "June 2007") is not told apart.
pub(super) fn dates(scene: &Scene<'_>, article: &Article, frames: &Frames) -> Vec<Dated> {
    let reader = DateReader {
        scene,
        words: &frames.words.time,
        published: article.meta.date,
    };
    let mut found = vec![];
    let mut at = 0;
    while at < scene.tree.paragraph.words.len() {
        match reader.absolute(at).or_else(|| reader.relative(at)) {
            Some((length, date)) => {
                let range = at..at + length;
                let word = reader.top(range.clone());
                found.push(Dated {
                    word,
                    span: scene.tree.paragraph.span(range),
                    date,
                });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// The date of the act at `word`: one that hangs on it, or, for a noun, on the verb that carries it.
pub(super) fn of<'a>(context: &Context<'a>, word: usize) -> Option<&'a Dated> {
    let tree = &context.scene.tree;
    let clause = |mut at: usize| {
        for _ in 0..8 {
            if tree.is_verb(at) || tree.word(at).role == Role::Root {
                break;
            }
            match tree.word(at).head {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    };
    let hangs = |dated: &&Dated| tree.word(dated.word).head == Some(word);
    let shares = |dated: &&Dated| {
        // A date inside another noun's phrase ("the 2012 talks") is that noun's.
        let verbal = tree
            .word(dated.word)
            .head
            .is_none_or(|head| tree.is_verb(head));
        verbal
            && tree.sentence(dated.word) == tree.sentence(word)
            && clause(dated.word) == clause(word)
    };
    context
        .dates
        .iter()
        .find(hangs)
        .or_else(|| context.dates.iter().find(shares))
}

struct DateReader<'a> {
    scene: &'a Scene<'a>,
    words: &'a TimeWords,
    published: Option<PartialDate>,
}

impl DateReader<'_> {
    fn text(&self, at: usize) -> Option<String> {
        self.scene
            .tree
            .paragraph
            .words
            .get(at)
            .map(|word| word.text.to_lowercase())
    }

    fn month(&self, at: usize) -> Option<i8> {
        self.words
            .months
            .get(self.text(at)?.trim_end_matches('.'))
            .copied()
    }

    fn number(&self, at: usize, low: i16, high: i16) -> Option<i16> {
        let text = self.text(at)?;
        let digits = text.trim_end_matches(['.', ','].as_slice());
        let digits = digits
            .trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th");
        digits
            .parse()
            .ok()
            .filter(|number| (low..=high).contains(number))
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.number(at, 1, 31)
            .and_then(|day| i8::try_from(day).ok())
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.number(at, 1800, 2199)
    }

    /// "14 June 2007", "June 14, 2007", "14. juni", "June 2007", "2007"; with the number of words.
    fn absolute(&self, at: usize) -> Option<(usize, PartialDate)> {
        if let (Some(day), Some(month)) = (self.day(at), self.month(at + 1)) {
            return Some(self.with_year(at + 2, 2, month, Some(day)));
        }
        if let Some(month) = self.month(at) {
            if self.scene.tree.word(at).pos == Pos::Aux {
                return None;
            }
            if let Some(day) = self.day(at + 1).filter(|_| self.year(at + 1).is_none()) {
                let comma = usize::from(self.text(at + 2).as_deref() == Some(","));
                let with_comma = self.year(at + 2 + comma).is_some();
                let after = at + 2 + if with_comma { comma } else { 0 };
                return Some(self.with_year(after, after - at, month, Some(day)));
            }
            return Some(self.with_year(at + 1, 1, month, None));
        }
        let year = self.year(at)?;
        let before = at.checked_sub(1).and_then(|before| self.text(before));
        let own = self.scene.tree.word(at);
        let dated = own.marker.is_some() || before.as_deref() == Some("since");
        dated.then_some((
            1,
            PartialDate {
                year,
                month: None,
                day: None,
            },
        ))
    }

    /// A month without a year is the last one before publication.
    fn with_year(
        &self,
        at: usize,
        length: usize,
        month: i8,
        day: Option<i8>,
    ) -> (usize, PartialDate) {
        if let Some(year) = self.year(at) {
            return (
                length + 1,
                PartialDate {
                    year,
                    month: Some(month),
                    day,
                },
            );
        }
        let published = self.published;
        let year = published.map_or(1, |date| {
            date.year - i16::from(date.month.is_some_and(|now| month > now))
        });
        (
            length,
            PartialDate {
                year,
                month: Some(month),
                day,
            },
        )
    }

    fn relative(&self, at: usize) -> Option<(usize, PartialDate)> {
        let text = self.text(at)?;
        let two = self.text(at + 1).map(|next| format!("{text} {next}"));
        let published = self.published?;
        for (length, phrase) in [(2, two.as_deref()), (1, Some(text.as_str()))] {
            let Some(phrase) = phrase else { continue };
            if let Some(&years) = self.words.years.get(phrase) {
                let year = published.year + i16::try_from(years).ok()?;
                return Some((
                    length,
                    PartialDate {
                        year,
                        month: None,
                        day: None,
                    },
                ));
            }
            if let (Some(&days), Some(today)) = (self.words.days.get(phrase), published.to_day()) {
                return Some((length, today.checked_add(days.days()).ok()?.into()));
            }
        }
        if let (Some(&weekday), Some(today)) = (self.words.weekdays.get(&text), published.to_day())
        {
            return Some((1, last_weekday(today, weekday)?.into()));
        }
        self.shifted(at, &text, published)
    }

    /// "last month", "next year".
    fn shifted(
        &self,
        at: usize,
        text: &str,
        published: PartialDate,
    ) -> Option<(usize, PartialDate)> {
        let shift = *self.words.shifts.get(text)?;
        let unit = self.words.units.get(&self.text(at + 1)?)?;
        if unit == "year" {
            let year = published.year + i16::try_from(shift).ok()?;
            return Some((
                2,
                PartialDate {
                    year,
                    month: None,
                    day: None,
                },
            ));
        }
        let first = Date::new(published.year, published.month?, 1).ok()?;
        let moved = first.checked_add(shift.months()).ok()?;
        Some((
            2,
            PartialDate {
                year: moved.year(),
                month: Some(moved.month()),
                day: None,
            },
        ))
    }

    /// The word of the range that hangs on something outside it.
    fn top(&self, range: std::ops::Range<usize>) -> usize {
        let outside = |&word: &usize| {
            self.scene
                .tree
                .word(word)
                .head
                .is_none_or(|head| !range.contains(&head))
        };
        range.clone().find(outside).unwrap_or(range.start)
    }
}

/// The last such weekday up to the day of publication: news names the days behind it.
fn last_weekday(today: Date, weekday: i8) -> Option<Date> {
    let back = (today.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    today.checked_sub(i64::from(back).days()).ok()
}
