//! Counts behind precision and recall.

use serde_json::{Value, json};

use super::rounded;

/// `right` and `wrong` count what was said, `found` and `missed` what should have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Said, and in the gold (required or not).
    pub right: usize,
    /// Said, and not in the gold.
    pub wrong: usize,
    /// Required, and said.
    pub found: usize,
    /// Required, and not said.
    pub missed: usize,
}

impl Tally {
    /// Adds the counts of another.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.found += other.found;
        self.missed += other.missed;
    }

    /// Share of what was said that is right; 0 if nothing was said.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    /// Share of what is required that was said; 0 if nothing is required.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.found, self.missed)
    }

    /// Harmonic mean of both; 0 if both are 0.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }

    /// Figures and counts as an object.
    #[must_use]
    pub fn json(self) -> Value {
        json!({
            "precision": rounded(self.precision()), "recall": rounded(self.recall()), "f1": rounded(self.f1()),
            "right": self.right, "wrong": self.wrong, "found": self.found, "missed": self.missed,
        })
    }

    /// Figures and counts as a line.
    #[must_use]
    pub fn line(self, name: &str) -> String {
        format!(
            "{name:<28} P {:.3}  R {:.3}  F1 {:.3}   right {} wrong {} found {} missed {}",
            rounded(self.precision()),
            rounded(self.recall()),
            rounded(self.f1()),
            self.right,
            self.wrong,
            self.found,
            self.missed
        )
    }
}

fn share(part: usize, rest: usize) -> f64 {
    if part + rest > 0 {
        part as f64 / (part + rest) as f64
    } else {
        0.0
    }
}
