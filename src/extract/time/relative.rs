//! Dates counted from publication ("last week", "on Thursday", "for to år siden") or from the text's last date ("two days
//! later", "samme dag").

use jiff::{ToSpan, civil::Date};

use super::{Bounds, Reader, Reading, Told, span, tense::Tense, words::Unit};
use crate::{
    document::PartialDate,
    extract::scene::Scene,
    grammar::{Pos, Role},
};

/// The act of which "two days after" tells the time: the first word after it that hangs under that preposition.
pub(super) fn act_after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let sentence = scene.tree.sentence(at);
    let beside = &scene.tree.frames.words.time.beside;
    (at..sentence.end.min(at + FAR)).find(|&word| {
        let own = scene.tree.word(word);
        let marker = own.marker.as_deref().unwrap_or_default();
        let under = |preposition: &String| {
            marker
                .strip_prefix(preposition.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        beside.iter().any(under)
            && matches!(
                own.role,
                Role::NounClause
                    | Role::AdverbialClause
                    | Role::Oblique
                    | Role::Content
                    | Role::OpenContent
            )
    })
}

/// What "after" introduces is not farther from it than this.
const FAR: usize = 16;

impl Reader<'_> {
    /// "two days after X left": the day of the sentence's date less the distance; only exact units tell it.
    pub(super) fn distance(&self, at: usize) -> Option<Reading> {
        let (length, count) = self.count(at)?;
        let (count, unit) = (count?, *self.known.units.get(self.text(at + length)?)?);
        let after = at + length + 1;
        let known = self.known;
        let sign = if self.is(after, &known.counted_after) {
            -1
        } else if self.is(after, &known.counted_before) {
            1
        } else {
            return None;
        };
        let opened = self.opens_noun(after, 1) || self.is(after + 1, &known.counted_clause);
        let last = self.last.filter(|_| opened)?;
        let exact = matches!(unit, Unit::Day | Unit::Week | Unit::Year);
        Some(Reading {
            words: at..after + 1,
            date: span::counted(last, unit, sign * count).filter(|_| exact),
            bounds: Bounds::At,
            modifier: false,
            after: true,
        })
    }

    /// A date at a word that is told by its distance.
    pub(super) fn relative(&self, at: usize) -> Option<Told> {
        self.running(at)
            .or_else(|| self.counted(at))
            .or_else(|| self.season(at))
            .or_else(|| self.known_phrase(at))
            .or_else(|| self.shifted(at))
            .or_else(|| self.weekday(at))
    }

    /// "the next day", "samme dag".
    fn running(&self, at: usize) -> Option<Told> {
        let (length, (unit, shift)) = self.phrase(at, &self.known.running)?;
        if self.opens_noun(at, length) {
            return Some((length, None));
        }
        let length = length + self.day_part(at + length);
        Some((
            length,
            self.last_of(unit)
                .and_then(|last| span::shifted(last, unit, shift)),
        ))
    }

    /// The text's last date from which such a unit can be counted: a day only from a day.
    fn last_of(&self, unit: Unit) -> Option<PartialDate> {
        let days = matches!(unit, Unit::Day | Unit::Weekend | Unit::Week | Unit::Hour);
        self.last
            .filter(|last| !days || last.day.is_some())
            .or(self.last_day.filter(|_| days))
    }

    /// "two years ago", "for to år siden", "a few days later"; a count with nothing after it is a duration.
    fn counted(&self, at: usize) -> Option<Told> {
        let (number_length, count) = self.count(at)?;
        let unit = *self.known.units.get(self.text(at + number_length)?)?;
        let after = at + number_length + 1;
        let follows = |list| self.listed(after, list);
        let (length, from, sign) = if let Some(length) = follows(&self.known.ago) {
            (length, self.published, -1)
        } else if let Some(length) = follows(&self.known.later) {
            (length, self.last_of(unit), 1)
        } else if let Some(length) = follows(&self.known.earlier) {
            (length, self.last_of(unit), -1)
        } else {
            return None;
        };
        if self.opens_noun(after, length) {
            return Some((number_length + 1 + length, None));
        }
        let date = from.and_then(|from| match count {
            Some(count) => span::counted(from, unit, sign * count),
            None => span::vaguely(from, unit, sign > 0),
        });
        let date = if unit == Unit::Hour {
            from.filter(|from| from.day.is_some())
        } else {
            date
        };
        Some((number_length + 1 + length, date))
    }

    /// A number in words or digits, or a vague one; a bare "hours" counts as vague.
    fn count(&self, at: usize) -> Option<(usize, Option<i32>)> {
        if let Some(length) = self.listed(at, &self.known.vague) {
            return Some((length, None));
        }
        let text = self.text(at)?;
        let number = self
            .known
            .numbers
            .get(text)
            .copied()
            .or_else(|| text.parse().ok());
        if let Some(number) = number {
            return (0..=200).contains(&number).then_some((1, Some(number)));
        }
        let plural = self.words[at].feature("Number") == Some("Plur");
        (plural && self.known.units.contains_key(text)).then_some((0, None))
    }

    /// "yesterday", "i fjor", "i helgen".
    fn known_phrase(&self, at: usize) -> Option<Told> {
        let published = self.published;
        if let Some((length, shift)) = self.phrase(at, &self.known.years) {
            let date = published.and_then(|date| span::shifted(date, Unit::Year, shift));
            return Some((length, date));
        }
        if let Some((length, (unit, shift))) = self.phrase(at, &self.known.spans) {
            let shift = shift - self.weekend_behind(unit);
            return Some((
                length,
                published.and_then(|date| span::shifted(date, unit, shift)),
            ));
        }
        let (length, shift) = self.phrase(at, &self.known.days)?;
        let today = published.filter(|date| date.day.is_some());
        let length = length + self.day_part(at + length);
        Some((
            length,
            today.and_then(|date| span::shifted(date, Unit::Day, shift)),
        ))
    }

    /// "last month", "this week", "next year", "last Thursday".
    fn shifted(&self, at: usize) -> Option<Told> {
        let (length, shift) = self.phrase(at, &self.known.shifts)?;
        // "over the last week" and "the last year of the war" tell no date.
        let article = at > 0 && shift < 0 && self.is(at - 1, &self.known.articles);
        if article {
            return None;
        }
        let next = at + length;
        if let Some(weekday) = self.weekday_name(next) {
            let part = self.day_part(next + 1);
            return Some((length + 1 + part, self.shifted_weekday(weekday, shift)));
        }
        let unit = *self.known.units.get(self.text(next)?)?;
        if unit == Unit::Hour || (unit == Unit::Day && shift != 0) {
            return None;
        }
        let published = self.published?;
        let shift = if shift == 0 {
            -self.weekend_behind(unit)
        } else {
            shift
        };
        let part = self.day_part(next + 1);
        Some((length + 1 + part, span::shifted(published, unit, shift)))
    }

    /// "last summer", "i fjor høst", "denne våren", "i høst": known to the year.
    fn season(&self, at: usize) -> Option<Told> {
        let published = self.published?;
        if let Some((length, years)) = self.phrase(at, &self.known.years) {
            self.known.seasons.get(self.text(at + length)?)?;
            return Some((length + 1, span::shifted(published, Unit::Year, years)));
        }
        let (length, shift) = self.phrase(at, &self.known.shifts)?;
        let &end = self.known.seasons.get(self.text(at + length)?)?;
        let month = published.month?;
        let year = match shift {
            0 => published.year,
            shift if shift < 0 => published.year - i16::from(month <= end),
            _ => published.year + i16::from(month >= end),
        };
        // A winter lies in two years.
        let winter = end <= 3;
        Some((length + 1, span::year(year).filter(|_| !winter)))
    }

    /// "Thursday", "Monday evening", "fredagens": the last one for what is told as past, the next for what is to come.
    fn weekday(&self, at: usize) -> Option<Told> {
        let weekday = self.weekday_name(at)?;
        let length = 1 + self.day_part(at + 1);
        let today = self.published.and_then(PartialDate::to_day);
        let date = today.and_then(|today| match (self.tense)() {
            Tense::Past => step(today, weekday, -1, 0),
            Tense::Future => step(today, weekday, 1, 0),
            Tense::Unclear => None,
        });
        Some((length, date))
    }

    fn shifted_weekday(&self, weekday: i8, shift: i32) -> Option<PartialDate> {
        let today = self.published?.to_day()?;
        match shift {
            0 => match (self.tense)() {
                Tense::Past => step(today, weekday, -1, 0),
                _ => step(today, weekday, 1, 0),
            },
            shift => step(today, weekday, shift.signum(), 1),
        }
    }

    pub(super) fn weekday_name(&self, at: usize) -> Option<i8> {
        let word = self.words.get(at)?;
        let part = |at: Option<usize>, pos: Pos| {
            let word = at.and_then(|at| self.words.get(at));
            word.is_some_and(|word| word.pos == pos && word.text.starts_with(char::is_uppercase))
        };
        // "Bloody Sunday", "the Good Friday Agreement"
        if self.known.capitals && part(at.checked_sub(1), Pos::Adj) {
            return None;
        }
        if self.known.capitals && !word.text.starts_with(char::is_uppercase) {
            return None;
        }
        let text = self.text(at)?;
        let days = &self.known.weekdays;
        if let Some(day) = days.get(text) {
            return Some(*day);
        }
        // "fredagens", "torsdagskvelden", "Friday's" in one word.
        let (name, &day) = days
            .iter()
            .find(|(name, _)| text.starts_with(name.as_str()))?;
        let rest = text[name.len()..].trim_start_matches(['-', '\u{2019}', '\'']);
        let part = rest.strip_prefix('s').unwrap_or(rest);
        let known = rest == "s" || rest == "ens" || self.known.day_parts.contains(part);
        known.then_some(day)
    }

    /// Whether a phrase that ends in "before" or "after" goes on with a noun ("the day after the attack").
    fn opens_noun(&self, at: usize, length: usize) -> bool {
        let bound = self.is(at + length - 1, &self.known.beside);
        bound
            && self.words.get(at + length).is_some_and(|next| {
                matches!(
                    next.pos,
                    Pos::Noun | Pos::Propn | Pos::Det | Pos::Adj | Pos::Num | Pos::Pron
                )
            })
    }

    /// 1 where "the weekend" is the one before this week: told as past before Saturday.
    fn weekend_behind(&self, unit: Unit) -> i32 {
        let today = self.published.and_then(PartialDate::to_day);
        let early = today.is_some_and(|today| today.weekday().to_monday_one_offset() < 6);
        i32::from(unit == Unit::Weekend && early && (self.tense)() == Tense::Past)
    }

    /// How many words for a part of the day stand at a word.
    fn day_part(&self, at: usize) -> usize {
        usize::from(self.is(at, &self.known.day_parts))
    }
}

/// The weekday at least `least` days from `today` in a direction.
fn step(today: Date, weekday: i8, direction: i32, least: i8) -> Option<PartialDate> {
    let now = today.weekday().to_monday_one_offset();
    let away = if direction < 0 {
        now - weekday
    } else {
        weekday - now
    };
    let mut away = away.rem_euclid(7);
    if away < least {
        away += 7;
    }
    let moved = today
        .checked_add((direction * i32::from(away)).days())
        .ok()?;
    Some(moved.into())
}
