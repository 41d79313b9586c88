//! Who holds an office, and what a person belongs to: by what the document says, else by the gazetteer at the date of
//! publication. Two that fit are none.

use std::sync::Arc;

use super::{
    Actor, Affiliation, Reader,
    office_words::Office,
    offices::{Description, Fact},
    words::holds,
};
use crate::{claim::Name, document::PartialDate};

/// The organisations of a person as the document tells them, of any of `kinds`.
pub(super) fn organisation_of(
    reader: &Reader,
    facts: &[Fact],
    person: &Name,
    kinds: &[String],
) -> Option<Name> {
    let told: Vec<&Name> = facts
        .iter()
        .filter(|fact| fact.person == *person && !fact.former)
        .filter_map(|fact| fact.owner.as_ref())
        .collect();
    let fitting = |name: &&Name| {
        reader.is_any(name, kinds) && kinds.iter().any(|kind| **kind == *reader.kind_of(name))
    };
    if let Some(told) = single(told.into_iter().filter(fitting)) {
        return Some(told);
    }
    let actor = reader.gazetteer.actor(person)?;
    let ties = actor
        .affiliations
        .iter()
        .filter(|tie| held(tie, reader.article.meta.date));
    // The bureau of a party is not "his organisation".
    let part = |org: &Actor| org.affiliations.iter().any(|tie| tie.role == "part-of");
    let fits = |name: &&Name| {
        let org = reader.gazetteer.actor(name).filter(|org| !part(org));
        org.is_some_and(|org| kinds.iter().any(|kind| **kind == *org.kind))
    };
    single(ties.map(|tie| &tie.org).filter(fits))
}

/// The one person of whom the document says that he holds the office.
pub(super) fn by_document(reader: &Reader, facts: &[Fact], found: &Description) -> Option<Name> {
    let owned = |fact: &&Fact| match (&found.owner, &fact.owner) {
        (None, _) => true,
        (Some(owner), Some(said)) => owner == said || part_of(reader, said, owner),
        (Some(owner), None) => belongs(reader, &fact.person, owner),
    };
    let exact = |fact: &&Fact| {
        std::ptr::eq(fact.office, found.office) && (found.former || !fact.former) && owned(fact)
    };
    if let Some(person) = single(facts.iter().filter(exact).map(|fact| &fact.person)) {
        return Some(person);
    }
    if facts.iter().any(|fact| exact(&fact)) || !found.office.general || found.owner.is_none() {
        return None;
    }
    let heads = facts.iter().filter(|fact| {
        (fact.office.head || fact.office.slug == "chair") && !fact.former && owned(fact)
    });
    single(heads.map(|fact| &fact.person))
}

/// Whether a body is part of an owner, as the gazetteer knows.
fn part_of(reader: &Reader, body: &Name, owner: &Name) -> bool {
    let actor = reader.gazetteer.actor(body);
    actor.is_some_and(|actor| {
        let tied = actor
            .affiliations
            .iter()
            .any(|tie| tie.org == *owner && tie.role == "part-of");
        tied || actor.country.as_ref() == Some(owner) && &*actor.kind == "GovernmentBody"
    })
}

/// Whether a person whose office the document gives without an owner is one of this owner's.
fn belongs(reader: &Reader, person: &Name, owner: &Name) -> bool {
    reader.gazetteer.actor(person).is_some_and(|actor| {
        actor.country.as_ref() == Some(owner)
            || actor.affiliations.iter().any(|tie| tie.org == *owner)
    })
}

/// The one holder of an office at the date of publication; of a bare one, in the state that the document is about.
pub(super) fn by_gazetteer(reader: &Reader, found: &Description) -> Option<Name> {
    if found.former || found.office.titles.is_empty() {
        return None;
    }
    let date = reader.article.meta.date?;
    let owner = match &found.owner {
        Some(owner) => Arc::clone(owner),
        None => reader.main_state().filter(|_| !found.office.general)?,
    };
    let of_owner = |org: &Name| *org == owner || part_of(reader, org, &owner);
    let fits = |actor: &&Actor| {
        &*actor.kind == "Person"
            && actor.affiliations.iter().any(|tie| {
                tie.from.is_some()
                    && of_owner(&tie.org)
                    && held(tie, Some(date))
                    && titled(reader, tie, found.office)
            })
    };
    single(
        reader
            .gazetteer
            .actors()
            .iter()
            .filter(fits)
            .map(|actor| &actor.id),
    )
}

/// Whether a tie is this office: its English title without the owner's name.
fn titled(reader: &Reader, tie: &Affiliation, office: &Office) -> bool {
    if office.general {
        return tie.role == "leader";
    }
    let Some(title) = tie.title.get("en") else {
        return false;
    };
    let mut title = title.to_lowercase();
    if let Some(owner) = reader.gazetteer.actor(&tie.org) {
        for label in owner.labels.values() {
            let label = label.to_lowercase();
            for of in [format!(" of {label}"), format!(" of the {label}")] {
                title = title.strip_suffix(&*of).unwrap_or(&title).to_owned();
            }
        }
    }
    holds(&office.titles, &title)
}

/// Whether a tie holds at a date; one without dates always does.
fn held(tie: &Affiliation, date: Option<PartialDate>) -> bool {
    let Some(date) = date else {
        return tie.to.is_none();
    };
    let read = |text: &Option<String>| {
        text.as_ref()
            .and_then(|text| text.parse::<PartialDate>().ok())
    };
    let begun = read(&tie.from).is_none_or(|from| from.earliest() <= date.latest());
    let lasts = read(&tie.to).is_none_or(|to| to.latest() >= date.earliest());
    begun && lasts
}

/// The one name that all are; none if there are two, or nothing.
fn single<'a>(mut all: impl Iterator<Item = &'a Name>) -> Option<Name> {
    let first = all.next()?;
    all.all(|other| other == first).then(|| Arc::clone(first))
}
