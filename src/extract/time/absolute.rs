//! Dates that name a day, month or year: "14 June 2007", "June 14th", "den 14. juni", "14.06.2007", "June 2007", "2007".

use super::{Reader, Told, span, tense::Tense};
use crate::{
    document::PartialDate,
    grammar::{Pos, Role},
};

impl Reader<'_> {
    /// A date with a name or number of its own at a word.
    pub(super) fn absolute(&self, at: usize) -> Option<Told> {
        self.digits(at)
            .or_else(|| self.day_and_month(at))
            .or_else(|| self.month_and_day(at))
            .or_else(|| self.season_of_year(at))
            .or_else(|| self.lone_year(at))
    }

    /// A four-digit year.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let text = self.text(at)?;
        let digits = text.trim_end_matches(['.', ',']);
        if digits.len() != 4 {
            return None;
        }
        digits
            .parse()
            .ok()
            .filter(|year| (1600..=2199).contains(year))
    }

    /// A month by name.
    pub(super) fn month_name(&self, at: usize) -> Option<i8> {
        let word = self.words.get(at)?;
        let capital = word.text.starts_with(char::is_uppercase);
        // Where months are small, a name that is a month's is somebody's ("Juni Holm").
        let somebody = !self.known.capitals && capital && word.pos == Pos::Propn;
        if word.pos == Pos::Aux || somebody || (self.known.capitals && !capital) {
            return None;
        }
        let text = self.text(at)?;
        // "the October attack" may be written with a hyphen: the name is the word's first part.
        let name = text.split(['-', '\u{2011}']).next()?;
        let months = &self.known.months;
        months
            .get(text)
            .or_else(|| months.get(name.trim_end_matches('.')))
            .copied()
    }

    /// "2007-06-14", "14.06.2007", "14/6/2007", "2006-valget", "1990s".
    fn digits(&self, at: usize) -> Option<Told> {
        let text = self.text(at)?;
        if !text.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        if let Ok(date) = text.parse::<PartialDate>()
            && date.day.is_some()
        {
            return Some((1, Some(date)));
        }
        let parts: Vec<&str> = text
            .trim_end_matches('.')
            .split(['.', '/', '-', '\u{2013}'])
            .collect();
        match parts.as_slice() {
            [one, two, year] if year.len() == 4 => self.numeric(one, two, year),
            [year, rest] if year.len() == 4 && rest.starts_with(char::is_alphabetic) => {
                // "1990-tallet" is no year; "2006-valget" is.
                let year: i16 = year
                    .parse()
                    .ok()
                    .filter(|year| (1600..=2199).contains(year))?;
                let decade = self.known.decades.contains(*rest);
                Some((1, span::year(year).filter(|_| !decade)))
            }
            [first, last] if first.len() == 4 && last.len() >= 2 && text.len() <= 9 => {
                let first = first
                    .parse()
                    .ok()
                    .filter(|year| (1600..=2199).contains(year))?;
                last.parse::<i16>().ok()?;
                Some((1, span::year(first)))
            }
            _ => {
                let decade = text.strip_suffix('s').filter(|digits| digits.len() == 4)?;
                decade.parse::<i16>().ok().map(|_| (1, None))
            }
        }
    }

    fn numeric(&self, one: &str, two: &str, year: &str) -> Option<Told> {
        let (one, two): (i8, i8) = (one.parse().ok()?, two.parse().ok()?);
        let year: i16 = year.parse().ok()?;
        let (day, month) = if self.known.day_first || one > 12 {
            (one, two)
        } else {
            (two, one)
        };
        // "3/4/2007" may be March or April where both orders are in use.
        let unclear = !self.known.day_first && one <= 12 && two <= 12 && one != two;
        let date = PartialDate {
            year,
            month: Some(month),
            day: Some(day),
        };
        date.to_day()?;
        Some((
            1,
            if unclear {
                span::year(year)
            } else {
                Some(date)
            },
        ))
    }

    fn day(&self, at: usize) -> Option<i8> {
        let text = self.text(at)?;
        let mut digits = text.trim_end_matches(['.', ',']);
        for ending in &self.known.ordinals {
            digits = digits.strip_suffix(ending.as_str()).unwrap_or(digits);
        }
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    }

    /// "14 June 2007", "14th of June", "14. juni", "14.-16. juni", "3 and 4 May".
    fn day_and_month(&self, at: usize) -> Option<Told> {
        let day = self.day(at)?;
        let mut month_at = at + 1;
        if self.text(month_at) == Some(".") {
            month_at += 1;
        }
        let joined = |text: Option<&str>| {
            text.is_some_and(|text| {
                matches!(text, "-" | "\u{2013}") || self.known.range_to.contains(text)
            })
        };
        if joined(self.text(month_at)) && self.day(month_at + 1).is_some() {
            month_at += 2;
        } else if self.text(month_at) == Some("of") {
            month_at += 1;
        }
        let month = self.month_name(month_at)?;
        Some(self.with_year(at, month_at + 1, month, Some(day)))
    }

    /// "June 14, 2007", "Oct. 7", "June 14-16", "June 2007", "June".
    fn month_and_day(&self, at: usize) -> Option<Told> {
        let month = self.month_name(at)?;
        let word = &self.words[at];
        // A month's name before a name is a part of it ("April Jones").
        let named = |at: Option<usize>| {
            let word = at.and_then(|at| self.words.get(at));
            word.is_some_and(|word| {
                word.pos == Pos::Propn && word.text.starts_with(char::is_uppercase)
            })
        };
        let before = at
            .checked_sub(1)
            .filter(|&before| self.weekday_name(before).is_none());
        let first = matches!(word.role, Role::Flat | Role::Compound) && named(Some(at + 1));
        if first
            || (word.role == Role::Flat && named(before))
            || (self.known.capitals && named(before))
        {
            return None;
        }
        let mut next = at + 1;
        if self.text(next) == Some(".") {
            next += 1;
        }
        if let Some(day) = self.day(next) {
            let mut after = next + 1;
            let dash = matches!(self.text(after), Some("-" | "\u{2013}"));
            if dash && self.day(after + 1).is_some() {
                after += 2;
            }
            let comma = self.text(after) == Some(",");
            if comma && self.year(after + 1).is_some() {
                after += 1;
            }
            return Some(self.with_year(at, after, month, Some(day)));
        }
        if self.text(next) == Some("of") && self.year(next + 1).is_some() {
            next += 1;
        }
        let comma = self.text(next) == Some(",") && self.year(next + 1).is_some();
        let preposed = at > 0 && self.is(at - 1, &self.known.within);
        Some(self.with_year(
            at,
            if comma && preposed { next + 1 } else { next },
            month,
            None,
        ))
    }

    /// With the year that follows ("2007", "last year", "i fjor"), or the one that the tense and publication give.
    fn with_year(&self, at: usize, next: usize, month: i8, day: Option<i8>) -> Told {
        let dated = |year| {
            let date = PartialDate {
                year,
                month: Some(month),
                day,
            };
            let exists = day.is_none() || date.to_day().is_some();
            exists.then_some(date)
        };
        if let Some(year) = self.year(next) {
            return (next + 1 - at, dated(year));
        }
        if let Some((length, year)) = self.year_told(next) {
            return (next + length - at, dated(year));
        }
        (next - at, self.nearest(at, month, day).and_then(dated))
    }

    /// "last year", "i fjor" as the year of a month.
    fn year_told(&self, at: usize) -> Option<(usize, i16)> {
        let published = self.published?;
        let (length, shift) = self.phrase(at, &self.known.years).or_else(|| {
            let (length, shift) = self.phrase(at, &self.known.shifts)?;
            let unit = self.known.units.get(self.text(at + length)?)?;
            (*unit == super::words::Unit::Year).then_some((length + 1, shift))
        })?;
        Some((
            length,
            published.year.checked_add(i16::try_from(shift).ok()?)?,
        ))
    }

    /// The year of a month without one: the last up to publication, the next for what is to come.
    fn nearest(&self, at: usize, month: i8, day: Option<i8>) -> Option<i16> {
        let published = self.published?;
        let now = (published.month?, published.day.unwrap_or(31));
        let then = (month, day.unwrap_or(if month == now.0 { now.1 } else { 1 }));
        let before = at.checked_sub(1).and_then(|before| self.text(before));
        let shift = before.and_then(|before| self.known.shifts.get(before).copied());
        match (shift, (self.tense)()) {
            (Some(shift), _) if shift > 0 => Some(published.year + i16::from(then <= now)),
            (Some(0), _) => Some(published.year),
            (None, Tense::Future) => Some(published.year + i16::from(then < now)),
            (None, Tense::Unclear) => None,
            _ => Some(published.year - i16::from(then > now)),
        }
    }

    /// "the summer of 2007", "sommeren 2014".
    fn season_of_year(&self, at: usize) -> Option<Told> {
        self.known.seasons.get(self.text(at)?)?;
        let of = usize::from(self.text(at + 1) == Some("of"));
        let year = self.year(at + 1 + of)?;
        Some((2 + of, span::year(year)))
    }

    /// A year by itself: after a preposition, or before a noun with an article ("the 2012 talks").
    fn lone_year(&self, at: usize) -> Option<Told> {
        let year = self.year(at)?;
        let word = &self.words[at.checked_sub(1)?];
        let mut before = at;
        while before > 0 && self.is(before - 1, &self.known.loose) {
            before -= 1;
        }
        let before = before.saturating_sub(1);
        let noun_follows = self
            .words
            .get(at + 1)
            .is_some_and(|next| next.pos == Pos::Noun);
        let known = self.known;
        let lists = [&known.within, &known.since, &known.beside, &known.range];
        let mut phrases = lists.into_iter().flatten();
        let preposed = phrases.any(|phrase| self.ends(before + 1, phrase).is_some());
        let article = matches!(word.pos, Pos::Det | Pos::Part)
            || word.role == Role::Possessor
            || word.feature("Poss") == Some("Yes");
        let past = self
            .published
            .is_none_or(|published| year <= published.year + 20);
        let dated = if noun_follows { article } else { preposed };
        (dated && past).then_some((1, span::year(year)))
    }
}
