//! The words that name dates, as `ontology/words/LANG/time.toml` lists them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Hours and less.
    Hour,
    /// A day.
    Day,
    /// A Saturday and Sunday.
    Weekend,
    /// A week from Monday on.
    Week,
    /// A calendar month.
    Month,
    /// Spring, summer, autumn or winter: known to the year only.
    Season,
    /// A calendar year.
    Year,
}

/// Words that name dates. Phrases are written in small letters with a space between words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TimeWords {
    /// Whether months and weekdays are written with a capital.
    pub capitals: bool,
    /// Whether "3/4/2007" is the third of April.
    pub day_first: bool,
    /// Names of months, 1 to 12.
    pub months: BTreeMap<String, i8>,
    /// Names of weekdays, 1 (Monday) to 7.
    pub weekdays: BTreeMap<String, i8>,
    /// Endings after a day of the month ("st", "nd").
    pub ordinals: BTreeSet<String>,
    /// Seasons, with the month in which each ends.
    pub seasons: BTreeMap<String, i8>,
    /// Parts of a day, which may follow a weekday ("Monday evening") or hold a date ("the early hours of Monday").
    pub day_parts: BTreeSet<String>,
    /// Phrases for days counted from publication ("yesterday" = -1).
    pub days: BTreeMap<String, i32>,
    /// Phrases for years counted from publication ("i fjor" = -1).
    pub years: BTreeMap<String, i32>,
    /// Phrases for spans counted from publication, other than years: unit and shift ("i helgen").
    pub spans: BTreeMap<String, (Unit, i32)>,
    /// Phrases counted from the text's last date: unit and shift ("the next day").
    pub running: BTreeMap<String, (Unit, i32)>,
    /// Words that shift a unit, weekday or month from publication ("last", "this", "next").
    pub shifts: BTreeMap<String, i32>,
    /// Names of units, in every form.
    pub units: BTreeMap<String, Unit>,
    /// Number words.
    pub numbers: BTreeMap<String, i32>,
    /// Second parts of words for decades ("1990-tallet").
    pub decades: BTreeSet<String>,
    /// Articles; "the last week" tells a length, not a date.
    pub articles: BTreeSet<String>,
    /// Phrases for a number that is not told ("a few").
    pub vague: BTreeSet<String>,
    /// What follows a count of units before publication ("two years ago").
    pub ago: BTreeSet<String>,
    /// What follows a count of units after the text's last date ("two days later").
    pub later: BTreeSet<String>,
    /// What follows a count of units before the text's last date ("two days earlier").
    pub earlier: BTreeSet<String>,
    /// What follows a count of units between two acts, the later one named first ("two days after").
    pub counted_after: BTreeSet<String>,
    /// The same, the earlier one named first.
    pub counted_before: BTreeSet<String>,
    /// What follows those before a clause ("at").
    pub counted_clause: BTreeSet<String>,
    /// Phrases that belong to the date after them ("natt til").
    pub lead: BTreeSet<String>,
    /// Words that may stand between a preposition and a date and say nothing of it ("early").
    pub loose: BTreeSet<String>,
    /// Prepositions of a date at which something happened.
    pub within: BTreeSet<String>,
    /// Words before a date from which on something is so.
    pub since: BTreeSet<String>,
    /// Words before the first date of a range.
    pub range: BTreeSet<String>,
    /// Words before the second date of a range.
    pub range_to: BTreeSet<String>,
    /// Words before a date that is not the act's own ("before", "until").
    pub beside: BTreeSet<String>,
    /// Verbs that carry a noun's act, as its subject or object ("the talks began", "held talks").
    pub carriers: BTreeSet<String>,
    /// Prepositions under which an act happens when its verb's act does ("killed in an attack").
    pub same_time: BTreeSet<String>,
    /// Subordinators of a clause that tells the same time ("when").
    pub same_time_clauses: BTreeSet<String>,
}

impl TimeWords {
    /// Adds another list's words.
    pub fn extend(&mut self, other: Self) {
        self.capitals |= other.capitals;
        self.day_first |= other.day_first;
        self.months.extend(other.months);
        self.weekdays.extend(other.weekdays);
        self.ordinals.extend(other.ordinals);
        self.seasons.extend(other.seasons);
        self.day_parts.extend(other.day_parts);
        self.days.extend(other.days);
        self.years.extend(other.years);
        self.spans.extend(other.spans);
        self.running.extend(other.running);
        self.shifts.extend(other.shifts);
        self.units.extend(other.units);
        self.numbers.extend(other.numbers);
        self.decades.extend(other.decades);
        self.articles.extend(other.articles);
        self.vague.extend(other.vague);
        self.ago.extend(other.ago);
        self.later.extend(other.later);
        self.earlier.extend(other.earlier);
        self.counted_after.extend(other.counted_after);
        self.counted_before.extend(other.counted_before);
        self.counted_clause.extend(other.counted_clause);
        self.lead.extend(other.lead);
        self.loose.extend(other.loose);
        self.within.extend(other.within);
        self.since.extend(other.since);
        self.range.extend(other.range);
        self.range_to.extend(other.range_to);
        self.beside.extend(other.beside);
        self.carriers.extend(other.carriers);
        self.same_time.extend(other.same_time);
        self.same_time_clauses.extend(other.same_time_clauses);
    }
}
