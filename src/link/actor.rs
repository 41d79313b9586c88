//! One line of the gazetteer.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::claim::{Entity, Name};

/// An actor or place of the gazetteer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Its id, unique in the gazetteer.
    pub id: Name,
    /// Local name of its class.
    #[serde(rename = "type")]
    pub kind: Name,
    /// Wikidata id, only where verified.
    #[serde(default)]
    pub wikidata: Option<String>,
    /// ISO 3166 code of a country.
    #[serde(default)]
    pub iso: Option<String>,
    /// Preferred label by language.
    pub labels: BTreeMap<String, String>,
    /// Other names by language. Names without small letters and those of up to three letters match as they are
    /// written; others need their first capital.
    #[serde(default)]
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Whether its names count only where the recogniser sees a place (small capitals with common names).
    #[serde(default)]
    pub weak: bool,
    /// Adjectives and words for its people.
    #[serde(default)]
    pub demonyms: Demonyms,
    /// Descriptions that may refer to it once it has been named, by language.
    #[serde(default)]
    pub descriptions: BTreeMap<String, Vec<String>>,
    /// Its capital, a city whose name may stand for the government.
    #[serde(default)]
    pub capital: Option<Name>,
    /// The actor that its name may stand for ("the Kremlin"); a capital stands for its state without saying so.
    #[serde(default)]
    pub stands_for: Option<Name>,
    /// The country that it belongs to or lies in.
    #[serde(default)]
    pub country: Option<Name>,
    /// Offices and memberships, with dates where known.
    #[serde(default)]
    pub affiliations: Vec<Affiliation>,
}

/// Words made from a name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demonyms {
    /// English.
    #[serde(default)]
    pub en: Demonym,
    /// Norwegian, base forms; inflected forms are made by rule.
    #[serde(default)]
    pub nb: Demonym,
    /// The only heads before which the adjective means this actor (`office`).
    #[serde(default)]
    pub only_before: Option<String>,
}

/// Adjectives and inhabitants in one language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demonym {
    /// "Norwegian".
    #[serde(default)]
    pub adjective: Vec<String>,
    /// "Norwegian", singular.
    #[serde(default)]
    pub inhabitant: Vec<String>,
}

/// An office, a membership or another tie.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Affiliation {
    /// Id of the organisation, state or body.
    pub org: Name,
    /// `leader`, `member`, `part-of`, ...
    pub role: String,
    /// Title by language.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// Start, ISO, as precise as known.
    #[serde(default)]
    pub from: Option<String>,
    /// End, ISO.
    #[serde(default)]
    pub to: Option<String>,
}

impl Actor {
    /// The entity that mentions refer to.
    #[must_use]
    pub fn entity(&self) -> Entity {
        let mut aliases = self.aliases.clone();
        for names in aliases.values_mut() {
            names.sort();
            names.dedup();
        }
        Entity {
            id: Arc::clone(&self.id),
            kind: Arc::clone(&self.kind),
            labels: self.labels.clone(),
            aliases,
            wikidata: self.wikidata.clone(),
            known: true,
        }
    }
}
