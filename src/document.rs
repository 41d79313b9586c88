//! Articles and what is known about them: plain fields, no input or output.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A language that Kilde reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Norwegian Bokmål.
    Nb,
    /// Norwegian Nynorsk; runs on the Norwegian pipeline and frames.
    Nn,
}

impl Lang {
    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nb => "nb",
            Self::Nn => "nn",
        }
    }

    /// The language whose model and frames serve this one.
    #[must_use]
    pub fn family(self) -> Self {
        if self == Self::Nn { Self::Nb } else { self }
    }

    /// Reads a tag (`en`, `en-GB`, `no`, `nb`, `nn`); `None` for a language that Kilde does not read.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag
            .split(['-', '_'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase()
            .as_str()
        {
            "en" => Some(Self::En),
            "nb" | "no" => Some(Self::Nb),
            "nn" => Some(Self::Nn),
            _ => None,
        }
    }
}

/// A date as precise as it is known: a year, a month or a day (ISO 8601 `2007`, `2007-06`, `2007-06-14`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Year, 1 to 9999.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month; only with a month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// The first day that it may mean, as `YYYY-MM-DD`.
    #[must_use]
    pub fn earliest(self) -> String {
        let (month, day) = self.first();
        format!("{:04}-{month:02}-{day:02}", self.year)
    }

    /// The last day that it may mean, as `YYYY-MM-DD`.
    #[must_use]
    pub fn latest(self) -> String {
        let (month, day) = self.last();
        format!("{:04}-{month:02}-{day:02}", self.year)
    }

    /// The first and the last day that it may mean; `None` for what is no date (a 30th of February).
    #[must_use]
    pub fn days(self) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        let date = |(month, day)| jiff::civil::Date::new(self.year, month, day).ok();
        Some((date(self.first())?, date(self.last())?))
    }

    /// Month and day of the first day that it may mean.
    fn first(self) -> (i8, i8) {
        (self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Month and day of the last one.
    fn last(self) -> (i8, i8) {
        let month = self.month.unwrap_or(12);
        let last = || {
            jiff::civil::Date::new(self.year, month, 1).map_or(31, jiff::civil::Date::days_in_month)
        };
        (month, self.day.unwrap_or_else(last))
    }

    /// The day, if it is known to the day.
    #[must_use]
    pub fn to_day(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl From<jiff::civil::Date> for PartialDate {
    fn from(date: jiff::civil::Date) -> Self {
        Self {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(out, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(out, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = String;

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a date-time that begins so; refuses days that do not exist.
    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("'{text}' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
        let day_part = text.trim().split(['T', ' ']).next().unwrap_or("");
        let mut parts = day_part.split('-');
        let number = |part: Option<&str>| {
            part.map(|part| part.parse::<i16>().map_err(|_| bad()))
                .transpose()
        };
        let (year, month, day) = (
            number(parts.next())?,
            number(parts.next())?,
            number(parts.next())?,
        );
        let year = year
            .filter(|year| (1..=9999).contains(year))
            .ok_or_else(bad)?;
        let narrow = |value: Option<i16>| {
            value
                .map(|value| i8::try_from(value).map_err(|_| bad()))
                .transpose()
        };
        let date = Self {
            year,
            month: narrow(month)?,
            day: narrow(day)?,
        };
        jiff::civil::Date::new(year, date.month.unwrap_or(1), date.day.unwrap_or(1))
            .map_err(|_| bad())?;
        if parts.next().is_some() {
            Err(bad())
        } else {
            Ok(date)
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// What is known of an article besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Headline, if it is not part of the text.
    pub title: Option<String>,
    /// Day (or month, or year) of publication.
    pub date: Option<PartialDate>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// An entity span that the input brings along; used as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenMention {
    /// Where it stands.
    pub span: Span,
    /// The entity's id, as given.
    pub id: String,
    /// The entity's type, if given.
    pub kind: Option<String>,
}

/// One article as read: the text, where its paragraphs lie, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The id given in the input, else the file's stem.
    pub id: String,
    /// Language of the text.
    pub lang: Lang,
    /// The text as read (data-model.md says what is taken off).
    pub text: String,
    /// Paragraphs in order: half-open, no line break at the ends, never empty.
    pub paragraphs: Vec<Span>,
    /// What the language runtime must not see (citation marks and the like), sorted.
    pub set_aside: Vec<Span>,
    /// What is known of it.
    pub meta: Metadata,
    /// Entity spans of the user's own; `None` if the input brings none.
    pub mentions: Option<Vec<GivenMention>>,
    /// Further fields of the front matter, kept as they were.
    pub extra: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, earliest: &str, latest: &str) {
        let date: PartialDate = text.parse().unwrap();
        assert_eq!(
            (date.earliest().as_str(), date.latest().as_str()),
            (earliest, latest)
        );
    }

    #[test]
    fn partial_dates_have_bounds() {
        check("2024", "2024-01-01", "2024-12-31");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2017-10-12T08:00:00Z", "2017-10-12", "2017-10-12");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2023-02-29",
            "2024-13",
            "12.10.2017",
            "",
            "2024-01-01-01",
            "0000",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn languages_have_tags() {
        assert_eq!(Lang::from_tag("no-NO"), Some(Lang::Nb));
        assert_eq!(Lang::from_tag("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_tag("sv"), None);
    }
}
