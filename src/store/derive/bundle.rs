//! All claims of a relation between two, as numbers.

use serde::{Deserialize, Serialize};

use crate::{
    claim::{Claim, Modality, Polarity},
    document::PartialDate,
    store::Merge,
};

/// What claims of one relation between two say together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// How many there are.
    pub claims: usize,
    /// How many of them deny it.
    pub denials: usize,
    /// Whether one makes the plain edge stand.
    pub plain: bool,
    /// Whether somebody holds it to be so, if only possibly.
    pub affirmed: bool,
    /// Whether somebody holds it not to be so, if only possibly.
    pub denied: bool,
    /// The first day that they speak of, or were reported on.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
}

impl Bundle {
    /// Adds a claim from a document of this day.
    pub fn add(&mut self, claim: &Claim, reported: Option<PartialDate>) {
        let denies = claim.polarity == Polarity::Negative;
        let held = matches!(claim.modality, Modality::Asserted | Modality::Possible);
        let date = claim.date.or(reported);
        self.merge(Self {
            claims: 1,
            denials: usize::from(denies),
            plain: claim.makes_edge(),
            affirmed: held && !denies,
            denied: held && denies,
            first: date.map(PartialDate::earliest),
            last: date.map(PartialDate::latest),
        });
    }
}

impl Merge for Bundle {
    fn merge(&mut self, other: Self) {
        self.claims += other.claims;
        self.denials += other.denials;
        self.plain |= other.plain;
        self.affirmed |= other.affirmed;
        self.denied |= other.denied;
        self.first = self.first.take().into_iter().chain(other.first).min();
        self.last = self.last.take().into_iter().chain(other.last).max();
    }
}
