//! Events on a map: a GeoJSON point for each event (and each claim without one) that has a place whose coordinates are
//! known, with who did what to whom, when, and the words. Coordinates come from `seeds/places/coordinates.csv`.

use std::{collections::BTreeMap, io::Write, sync::OnceLock};

use serde_json::{Value, json};

use super::{
    ExportError,
    table::{Tables, modality, polarity, property},
};
use crate::{claim::Claim, store::StoredDocument};

const COORDINATES: &str = include_str!("../../seeds/places/coordinates.csv");

/// Longitude and latitude in degrees (WGS 84).
type Point = (f64, f64);

/// Where a place of the gazetteer lies: longitude and latitude.
#[must_use]
pub fn coordinates(place: &str) -> Option<Point> {
    static POINTS: OnceLock<BTreeMap<&str, Point>> = OnceLock::new();
    let points = POINTS.get_or_init(|| COORDINATES.lines().skip(1).filter_map(point).collect());
    points.get(place).copied()
}

fn point(line: &str) -> Option<(&str, Point)> {
    let mut fields = line.split(',');
    let (id, latitude, longitude) = (fields.next()?, fields.next()?, fields.next()?);
    Some((id, (longitude.parse().ok()?, latitude.parse().ok()?)))
}

/// An event with its claims.
struct Happening {
    place: String,
    at: Point,
    claims: Vec<Value>,
    words: String,
    dates: Vec<(String, String)>,
}

/// Writes all events that can be placed.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(tables: &Tables<'_>, out: &mut impl Write) -> Result<(), ExportError> {
    let mut events: BTreeMap<(String, String), Happening> = BTreeMap::new();
    tables.claims(|claim, document| {
        if let Some(place) = &claim.place
            && let Some(at) = coordinates(&place.entity)
        {
            let name = claim
                .event_id
                .clone()
                .unwrap_or_else(|| format!("claim {}", claim.id));
            let event = events
                .entry((name, place.entity.to_string()))
                .or_insert_with(|| Happening {
                    place: tables.label(&place.entity).to_owned(),
                    at,
                    claims: Vec::new(),
                    words: words(claim, tables),
                    dates: Vec::new(),
                });
            event.claims.push(told(claim, document, tables));
            event
                .dates
                .extend(claim.date.map(|date| (date.earliest(), date.latest())));
        }
        Ok(())
    })?;
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (number, ((name, place), event)) in events.iter().enumerate() {
        out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        write!(out, "{}", feature(name, place, event, tables))?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(out.flush()?)
}

fn feature(name: &str, place: &str, event: &Happening, tables: &Tables<'_>) -> Value {
    let base = tables.store().base();
    let iri = match name.strip_prefix("claim ") {
        Some(claim) => base.claim(claim),
        None => base.event(name),
    };
    json!({
        "type": "Feature",
        "id": iri.as_str(),
        "geometry": {"type": "Point", "coordinates": [event.at.0, event.at.1]},
        "properties": {
            "name": event.words,
            "place": event.place,
            "place_id": place,
            "earliest": event.dates.iter().map(|(first, _)| first).max(),
            "latest": event.dates.iter().map(|(_, last)| last).min(),
            "claims": event.claims,
        },
    })
}

fn words(claim: &Claim, tables: &Tables<'_>) -> String {
    let relation = tables.store().ontology().relation(&claim.relation);
    let verb = relation.map_or(&*claim.relation, |one| tables.relation_label(one));
    let (subject, object) = (&claim.subject.entity, &claim.object.entity);
    format!("{} {verb} {}", tables.label(subject), tables.label(object))
}

fn told(claim: &Claim, document: &StoredDocument, tables: &Tables<'_>) -> Value {
    json!({
        "claim": claim.id,
        "subject": &*claim.subject.entity,
        "property": property(claim, tables.store().ontology()),
        "object": &*claim.object.entity,
        "polarity": polarity(claim.polarity),
        "modality": modality(claim.modality),
        "date": claim.date,
        "quote": claim.evidence.slice(&document.article.text),
        "document": document.article.id,
        "reported": document.article.meta.date,
    })
}
