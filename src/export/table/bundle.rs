//! All claims of a relation between two, as numbers.

use serde::{Deserialize, Serialize};

use crate::{
    claim::{Claim, Modality, Name, Polarity},
    document::PartialDate,
    store::Merge,
};

/// From, relation's code, to.
pub(super) type Key = (Name, Name, Name);

/// What a row of the table of edges says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Bundle {
    pub(super) claims: usize,
    pub(super) denials: usize,
    pub(super) plain: bool,
    pub(super) affirmed: bool,
    pub(super) denied: bool,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Bundle {
    /// Adds a claim from a document of this day.
    pub(super) fn add(&mut self, claim: &Claim, reported: Option<PartialDate>) {
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
