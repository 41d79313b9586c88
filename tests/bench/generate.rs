//! A store of any size for measuring: the documents of a small store again and again, each time about other actors, on
//! another day, under another id. What is made has the shapes of real claims, and the same numbers give the same bytes.
//! A fifth of the actors stay who they are, so that some are in thousands of documents and most in few, as in real news.
//!
//!     generate FROM STORE CLAIMS

use std::{collections::BTreeMap, error::Error, path::Path};

use kilde::{
    claim::{Argument, Entity, Name, Reading},
    document::PartialDate,
    ontology::Ontology,
    resolve::name,
    store::{Store, StoredDocument},
};
use rayon::prelude::*;

/// Documents that are written side by side.
const BATCH: usize = 256;
/// The dates of documents and claims are spread over so many days.
const DAYS: usize = 5000;
/// One actor of so many keeps its name.
const KEPT: usize = 5;
/// Others that an actor may become, the first ones more often.
const OTHERS: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, claims] = &*arguments else {
        return Err("write: generate FROM STORE CLAIMS".into());
    };
    let (from, wanted) = (Store::open(Path::new(from))?, claims.parse()?);
    let shapes: Vec<StoredDocument> = from.documents()?.collect::<Result<_, _>>()?;
    if shapes.iter().all(|one| one.claims.is_empty()) {
        return Err("the store holds no claims".into());
    }
    let to = Store::open_or_create(Path::new(to), Some(from.base()))?;
    let (mut next, mut made) = (0, 0);
    while made < wanted {
        let mut numbers = Vec::new();
        while numbers.len() < BATCH && made < wanted {
            made += shapes[next % shapes.len()].claims.len();
            numbers.push(next);
            next += 1;
        }
        numbers.into_par_iter().try_for_each(|number| {
            let shape = &shapes[number % shapes.len()];
            to.put(&document(shape, number, to.ontology())).map(|_| ())
        })?;
    }
    to.sync()?;
    Ok(())
}

/// The document with this number: the first ones are the shapes themselves but for their ids and texts.
fn document(shape: &StoredDocument, number: usize, ontology: &Ontology) -> Reading {
    let mut dice = Dice(number as u64 + 1);
    let days = dice.below(DAYS);
    let mut entities = Vec::new();
    let mut names: BTreeMap<Name, Name> = BTreeMap::new();
    for entity in &shape.entities {
        let other = other(entity, &mut dice);
        names.insert(entity.id.clone(), other.id.clone());
        entities.push(other);
    }
    entities.sort_by(|one, other| one.id.cmp(&other.id));
    let rename = |id: &mut Name| *id = names[id].clone();
    let mut mentions = shape.mentions.clone();
    mentions.iter_mut().for_each(|one| rename(&mut one.entity));
    mentions.sort_by(|one, other| (one.span, &one.entity).cmp(&(other.span, &other.entity)));
    let mut article = shape.article.clone();
    article.id = format!("{}-{number}", article.id);
    // Its own words, so that it is no copy of the others of its shape.
    let words: Vec<String> = (0..120).map(|_| format!("w{}", dice.below(9999))).collect();
    article.text = format!("{}\n\nReport {number}. {}.", article.text, words.join(" "));
    article.meta.date = article.meta.date.map(|date| later(date, days));
    let mut claims = shape.claims.clone();
    for claim in &mut claims {
        let all: [&mut Argument; 2] = [&mut claim.subject, &mut claim.object];
        let others = claim
            .speaker
            .iter_mut()
            .chain(&mut claim.place)
            .chain(&mut claim.via);
        all.into_iter()
            .chain(others)
            .for_each(|one| rename(&mut one.entity));
        claim.date = claim.date.map(|date| later(date, days));
    }
    name(&mut claims, &article, ontology);
    Reading {
        article,
        entities,
        mentions,
        claims,
        rejected: Vec::new(),
    }
}

/// The actor itself, or another one of its kind.
fn other(entity: &Entity, dice: &mut Dice) -> Entity {
    if dice.below(KEPT) == 0 {
        return entity.clone();
    }
    let number = dice.skewed(OTHERS);
    let named = |text: &String| format!("{text} {number}");
    let mut other = entity.clone();
    other.id = format!("{}-{number}", entity.id).into();
    other
        .labels
        .values_mut()
        .for_each(|label| *label = named(label));
    other
        .aliases
        .values_mut()
        .flatten()
        .for_each(|alias| *alias = named(alias));
    other.wikidata = None;
    other.known = false;
    other
}

fn later(date: PartialDate, days: usize) -> PartialDate {
    let Some(day) = date.to_day() else {
        return date;
    };
    let days = i64::try_from(days).unwrap_or_default();
    day.checked_add(jiff::Span::new().days(days))
        .map_or(date, Into::into)
}

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        usize::try_from((mixed >> 33) % bound as u64).unwrap_or_default()
    }

    /// Small numbers more often.
    fn skewed(&mut self, bound: usize) -> usize {
        let below = self.below(bound) + 1;
        let below = self.below(below) + 1;
        self.below(below)
    }
}
