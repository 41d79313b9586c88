//! Spans of days as partial dates: the most precise year, month or day that holds a whole span, so that its bounds
//! never leave out a day that was meant.

use jiff::{ToSpan, civil::Date};

use super::words::Unit;
use crate::document::PartialDate;

/// The most precise date that holds all days from `first` to `last`; none if they lie in two years.
pub(super) fn holding(first: Date, last: Date) -> Option<PartialDate> {
    if first.year() != last.year() {
        return None;
    }
    let month = (first.month() == last.month()).then(|| first.month());
    let day = month
        .filter(|_| first.day() == last.day())
        .map(|_| first.day());
    Some(PartialDate {
        year: first.year(),
        month,
        day,
    })
}

/// A year.
pub(super) fn year(year: i16) -> Option<PartialDate> {
    (1..=9999).contains(&year).then_some(PartialDate {
        year,
        month: None,
        day: None,
    })
}

/// A month.
pub(super) fn month(year: i16, month: i8) -> Option<PartialDate> {
    Date::new(year, month, 1).ok()?;
    Some(PartialDate {
        year,
        month: Some(month),
        day: None,
    })
}

/// The unit that lies `shift` units from the one that holds `date` ("last week", "next month").
pub(super) fn shifted(date: PartialDate, unit: Unit, shift: i32) -> Option<PartialDate> {
    match unit {
        Unit::Hour => (shift == 0).then_some(date),
        Unit::Day => days(date, shift, shift),
        Unit::Week => week(date, shift, 0, 6),
        Unit::Weekend => week(date, shift, 5, 6),
        Unit::Month => {
            let first = Date::new(date.year, date.month?, 1).ok()?;
            let moved = first.checked_add(shift.months()).ok()?;
            month(moved.year(), moved.month())
        }
        Unit::Season | Unit::Year => year(date.year.checked_add(i16::try_from(shift).ok()?)?),
    }
}

/// The time `count` units from `date`, as precise as such counts are meant ("two weeks ago" is no day).
pub(super) fn counted(date: PartialDate, unit: Unit, count: i32) -> Option<PartialDate> {
    match unit {
        Unit::Week => days(date, count * 7 - 3, count * 7 + 3),
        _ => shifted(date, unit, count),
    }
}

/// "a few days later": somewhere in the units that such a number may mean, on one side of `date`.
pub(super) fn vaguely(date: PartialDate, unit: Unit, forward: bool) -> Option<PartialDate> {
    let (low, high) = match unit {
        Unit::Hour => (0, 0),
        Unit::Day => (2, 7),
        Unit::Week => (10, 45),
        _ => return None,
    };
    if forward {
        days(date, low, high)
    } else {
        days(date, -high, -low)
    }
}

fn days(date: PartialDate, from: i32, to: i32) -> Option<PartialDate> {
    let first: Date = date.earliest().parse().ok()?;
    let last: Date = date.latest().parse().ok()?;
    holding(
        first.checked_add(from.days()).ok()?,
        last.checked_add(to.days()).ok()?,
    )
}

/// Days `first` to `last` (0 is Monday) of the week `shift` weeks from that of `date`.
fn week(date: PartialDate, shift: i32, first: i32, last: i32) -> Option<PartialDate> {
    let today = date.to_day()?;
    let monday = 1 - i32::from(today.weekday().to_monday_one_offset()) + shift * 7;
    holding(
        today.checked_add((monday + first).days()).ok()?,
        today.checked_add((monday + last).days()).ok()?,
    )
}
