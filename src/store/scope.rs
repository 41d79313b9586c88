//! A store as it was known on a day, or as far as it tells of a time: the documents and claims that count then.

use std::str::FromStr;

use crate::{claim::Claim, document::PartialDate};

/// What of a store counts. The default is all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only what had been reported by then. Of a month or year, its end counts; a document without a date never does.
    pub as_of: Option<PartialDate>,
    /// Only claims about this time, and the documents that hold some.
    pub during: Option<During>,
}

/// A stretch of time, both ends included; an end that is missing lies beyond all time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct During {
    /// The first year, month or day.
    pub from: Option<PartialDate>,
    /// The last one.
    pub to: Option<PartialDate>,
}

impl FromStr for During {
    type Err = String;

    /// Reads `2017`, `2017-03..2018`, `2017..`, `..2018-05-01`.
    fn from_str(text: &str) -> Result<Self, String> {
        let end = |part: &str| match part.trim() {
            "" => Ok(None),
            date => date.parse().map(Some),
        };
        let during = match text.split_once("..") {
            Some((from, to)) => Self {
                from: end(from)?,
                to: end(to)?,
            },
            None => Self {
                from: end(text)?,
                to: end(text)?,
            },
        };
        match during {
            Self {
                from: None,
                to: None,
            } => Err(format!("'{text}' is no time: write FROM..TO")),
            Self {
                from: Some(from),
                to: Some(to),
            } if from.earliest() > to.latest() => Err(format!("'{text}' ends before it begins")),
            during => Ok(during),
        }
    }
}

impl Scope {
    /// Whether everything counts.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a document that was published then counts.
    #[must_use]
    pub fn admits_report(&self, date: Option<PartialDate>) -> bool {
        self.as_of
            .is_none_or(|as_of| date.is_some_and(|date| date.latest() <= as_of.latest()))
    }

    /// Whether a claim counts; one without a date counts by the day of its report.
    #[must_use]
    pub fn admits_claim(&self, claim: &Claim, reported: Option<PartialDate>) -> bool {
        let Some(during) = self.during else {
            return true;
        };
        let Some(date) = claim.date.or(reported) else {
            return false;
        };
        let after = during
            .from
            .is_none_or(|from| date.latest() >= from.earliest());
        let before = during.to.is_none_or(|to| date.earliest() <= to.latest());
        after && before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_report(as_of: &str, date: &str, expected: bool) {
        let scope = Scope {
            as_of: as_of.parse().ok(),
            during: None,
        };
        assert_eq!(scope.admits_report(date.parse().ok()), expected);
    }

    #[test]
    fn what_may_have_been_reported_later_does_not_count() {
        check_report("2024-02-15", "2024-02-15", true);
        check_report("2024-02-15", "2024-02-16", false);
        check_report("2024-02-15", "2024-02", false);
        check_report("2024-02", "2024-02", true);
        check_report("2024", "2024-12-31", true);
        check_report("2024", "", false);
    }

    #[test]
    fn times_are_read() {
        let during = |text: &str| text.parse::<During>();
        let both = during("2017-03..2018").unwrap();
        assert_eq!(both.from, "2017-03".parse().ok());
        assert_eq!(both.to, "2018".parse().ok());
        assert_eq!(during("2017..").unwrap().to, None);
        assert_eq!(during("2017").unwrap().to, "2017".parse().ok());
        for wrong in ["", "..", "2018..2017", "march..2018"] {
            assert!(during(wrong).is_err(), "{wrong}");
        }
    }
}
