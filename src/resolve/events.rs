//! Which claims tell one event: the same two actors, the same act and type, and dates that agree. An event that is known
//! to the day is named by what it is, so that every document that tells it names it alike; another is its document's own.

use crate::{
    claim::{Claim, Name, content_hash},
    document::PartialDate,
    ontology::Ontology,
};

/// Type, relation, subject and object.
type Key = (Name, Name, Name, Name);

/// An event as far as the claims before have told it.
struct Told {
    key: Key,
    earliest: String,
    latest: String,
    dated: bool,
    place: Option<Name>,
    /// Its claims, by number.
    claims: Vec<usize>,
}

/// Fills `event_id` of claims that stand in order and have ids. A claim joins the first event that its date and place
/// fit, and a claim without a date the first event of its kind. States and offices tell no event.
pub(super) fn join(claims: &mut [Claim], ontology: &Ontology) {
    let mut told: Vec<Told> = Vec::new();
    for (number, claim) in claims.iter_mut().enumerate() {
        claim.event_id = None;
        let Some(key) = key(claim, ontology) else {
            continue;
        };
        let known = told
            .iter()
            .position(|one| one.key == key && one.fits(claim));
        let at = known.unwrap_or_else(|| {
            told.push(Told::new(key));
            told.len() - 1
        });
        told[at].take_in(number, claim);
    }
    for event in &told {
        let id = event.id(claims);
        for &number in &event.claims {
            claims[number].event_id = Some(id.clone());
        }
    }
}

impl Told {
    fn new(key: Key) -> Self {
        Self {
            key,
            earliest: String::new(),
            latest: String::new(),
            dated: false,
            place: None,
            claims: vec![],
        }
    }

    /// Days in ISO form compare as text.
    fn fits(&self, claim: &Claim) -> bool {
        let date = claim.date.is_none_or(|date| {
            !self.dated || (date.earliest() <= self.latest && self.earliest <= date.latest())
        });
        let place = match (&self.place, &claim.place) {
            (Some(one), Some(other)) => *one == other.entity,
            _ => true,
        };
        date && place
    }

    fn take_in(&mut self, number: usize, claim: &Claim) {
        self.claims.push(number);
        if self.place.is_none() {
            self.place = claim.place.as_ref().map(|place| place.entity.clone());
        }
        if let Some(date) = claim.date {
            self.narrow(date);
        }
    }

    fn narrow(&mut self, date: PartialDate) {
        let (earliest, latest) = (date.earliest(), date.latest());
        if !self.dated || earliest > self.earliest {
            self.earliest = earliest;
        }
        if !self.dated || latest < self.latest {
            self.latest = latest;
        }
        self.dated = true;
    }

    /// By what, who, when and where if that is known to the day; else by the first claim that tells it.
    fn id(&self, claims: &[Claim]) -> String {
        let (event, relation, subject, object) = &self.key;
        if self.dated && self.earliest == self.latest {
            let place = self.place.as_deref().unwrap_or_default();
            let parts = [&**event, relation, subject, object, &self.earliest, place];
            return content_hash(&["event", &parts.join("\n")]);
        }
        let first = self.claims.first().map(|&number| &*claims[number].id);
        content_hash(&["event", first.unwrap_or_default()])
    }
}

fn key(claim: &Claim, ontology: &Ontology) -> Option<Key> {
    let event = claim.event.clone()?;
    let mut pair = [claim.subject.entity.clone(), claim.object.entity.clone()];
    if ontology
        .relation(&claim.relation)
        .is_some_and(|one| one.symmetric)
    {
        pair.sort();
    }
    let [subject, object] = pair;
    Some((event, claim.relation.clone(), subject, object))
}
