//! Which claims of a document tell one event: the same two actors, the same act and type, and dates that agree.

use crate::{
    claim::{Claim, Name, content_hash},
    document::PartialDate,
    ontology::Ontology,
};

/// An event as far as the claims before have told it.
struct Told {
    key: (Name, Name, Name, Name),
    earliest: String,
    latest: String,
    dated: bool,
    id: String,
}

/// Fills `event_id` of claims that stand in order and have ids. An event is named by the first claim that tells it;
/// a claim joins the first event that its date fits, and a claim without a date the first event of its kind. States and
/// offices tell no event.
pub(super) fn join(claims: &mut [Claim], ontology: &Ontology) {
    let mut told: Vec<Told> = Vec::new();
    for claim in claims {
        let Some(key) = key(claim, ontology) else {
            claim.event_id = None;
            continue;
        };
        let event = told
            .iter_mut()
            .find(|one| one.key == key && one.fits(claim.date));
        if let Some(event) = event {
            event.narrow(claim.date);
            claim.event_id = Some(event.id.clone());
        } else {
            let mut event = Told {
                key,
                earliest: String::new(),
                latest: String::new(),
                dated: false,
                id: content_hash(&["event", &claim.id]),
            };
            event.narrow(claim.date);
            claim.event_id = Some(event.id.clone());
            told.push(event);
        }
    }
}

impl Told {
    /// Days in ISO form compare as text.
    fn fits(&self, date: Option<PartialDate>) -> bool {
        date.is_none_or(|date| {
            !self.dated || (date.earliest() <= self.latest && self.earliest <= date.latest())
        })
    }

    fn narrow(&mut self, date: Option<PartialDate>) {
        let Some(date) = date else { return };
        let (earliest, latest) = (date.earliest(), date.latest());
        if !self.dated || earliest > self.earliest {
            self.earliest = earliest;
        }
        if !self.dated || latest < self.latest {
            self.latest = latest;
        }
        self.dated = true;
    }
}

fn key(claim: &Claim, ontology: &Ontology) -> Option<(Name, Name, Name, Name)> {
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
