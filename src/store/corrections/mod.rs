//! Corrections by hand: actors merged, split or given another type, claims retracted, confirmed or changed, each with
//! author, date and reason. They stand in TOML files, a line each, and are laid over the documents whenever these are read;
//! the documents' files stay as they were read. Deleting a line undoes it, and reading articles again loses none.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::StoreError;
use crate::{
    claim::{Modality, Name, Polarity},
    document::PartialDate,
    ontology::Ontology,
};

mod apply;
mod plan;
mod quads;
mod read;

use plan::Plan;

/// A correction, and who made it when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What is corrected.
    pub what: What,
    /// Who says so.
    pub author: String,
    /// When it was said.
    pub date: PartialDate,
    /// Why.
    pub reason: String,
    /// The file that it stands in.
    pub file: PathBuf,
    /// The line there, from 1.
    pub line: usize,
}

/// What a correction does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Two actors are one.
    Merge {
        /// The actor that goes.
        from: Name,
        /// The actor that stays.
        into: Name,
    },
    /// In some documents an actor is another one.
    Split {
        /// The actor as it was read.
        from: Name,
        /// The other one.
        into: Name,
        /// Ids of the documents.
        documents: Vec<String>,
        /// Type of the other one, if it differs.
        kind: Option<Name>,
        /// Label of the other one, if it differs; in the documents' languages.
        label: Option<String>,
    },
    /// An actor is of another type.
    Retype {
        /// The actor.
        entity: Name,
        /// The type's local name.
        kind: Name,
    },
    /// A claim is not what the text says.
    Retract {
        /// The claim's id.
        claim: String,
    },
    /// A claim is what the text says.
    Confirm {
        /// The claim's id.
        claim: String,
    },
    /// A claim is not quite what the text says.
    Change {
        /// The claim's id.
        claim: String,
        /// What it should be.
        change: Change,
    },
}

/// How a claim is changed; what is empty stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Who or what acts.
    pub subject: Option<Name>,
    /// Code of the relation.
    pub relation: Option<Name>,
    /// Whom or what it concerns.
    pub object: Option<Name>,
    /// Whether it is so.
    pub polarity: Option<Polarity>,
    /// How it is held.
    pub modality: Option<Modality>,
    /// When it happened.
    pub when: Option<PartialDate>,
}

/// All corrections of a store, in the order of their files and lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    list: Vec<Correction>,
    plan: Plan,
}

impl Corrections {
    /// Reads a file, or all `*.toml` of a folder; none if there is nothing at that place.
    ///
    /// # Errors
    /// If a file cannot be read, holds what is no correction, or two corrections clash; with file and line.
    pub fn load(place: &Path, ontology: &Ontology) -> Result<Self, StoreError> {
        let mut list = Vec::new();
        for file in files(place)? {
            let text =
                fs::read_to_string(&file).map_err(StoreError::io(&file, "read the corrections"))?;
            list.extend(read::read(&text, &file, ontology)?);
        }
        Self::of_list(list)
    }

    /// Corrections from the text of a file.
    ///
    /// # Errors
    /// As [`Corrections::load`].
    pub fn of_text(text: &str, file: &Path, ontology: &Ontology) -> Result<Self, StoreError> {
        Self::of_list(read::read(text, file, ontology)?)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, in the order of files and lines.
    pub fn iter(&self) -> impl Iterator<Item = &Correction> {
        self.list.iter()
    }

    /// The correction that retracts a claim.
    #[must_use]
    pub fn retracting(&self, claim: &str) -> Option<&Correction> {
        self.list
            .iter()
            .find(|one| matches!(&one.what, What::Retract { claim: id } if id == claim))
    }

    /// Whether a claim has been confirmed, changed or retracted already.
    #[must_use]
    pub fn settles(&self, claim: &str) -> bool {
        self.list.iter().any(|one| one.what.claim() == Some(claim))
    }

    fn of_list(list: Vec<Correction>) -> Result<Self, StoreError> {
        let plan = Plan::of(&list)?;
        Ok(Self { list, plan })
    }
}

impl What {
    /// The claim that it is about.
    #[must_use]
    pub fn claim(&self) -> Option<&str> {
        match self {
            Self::Retract { claim } | Self::Confirm { claim } | Self::Change { claim, .. } => {
                Some(claim)
            }
            _ => None,
        }
    }

    /// The actors that must be in the store for it to make sense.
    #[must_use]
    pub fn actors(&self) -> Vec<&Name> {
        match self {
            Self::Merge { from, into } => vec![from, into],
            Self::Split { from, .. } => vec![from],
            Self::Retype { entity, .. } => vec![entity],
            Self::Change { change, .. } => change.subject.iter().chain(&change.object).collect(),
            _ => Vec::new(),
        }
    }

    /// The documents that it is about.
    #[must_use]
    pub fn documents(&self) -> &[String] {
        match self {
            Self::Split { documents, .. } => documents,
            _ => &[],
        }
    }

    /// Its name, as in the files: `merge`, `retract` and so on.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Retype { .. } => "retype",
            Self::Retract { .. } => "retract",
            Self::Confirm { .. } => "confirm",
            Self::Change { .. } => "change",
        }
    }
}

impl Correction {
    /// An error at its place.
    #[must_use]
    pub fn error(&self, message: String) -> StoreError {
        StoreError::Correction {
            file: self.file.clone(),
            line: self.line,
            message,
        }
    }
}

/// What a store holds that corrections can name.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) actors: BTreeSet<Name>,
    pub(super) claims: BTreeSet<String>,
    pub(super) documents: BTreeSet<String>,
}

impl Corrections {
    /// What is wrong with them, given what the store holds: an error for each that names something unknown.
    pub(super) fn unknown(&self, known: &Known) -> Vec<StoreError> {
        // What a split makes may be merged or changed to in its turn.
        let made: BTreeSet<&Name> = self
            .list
            .iter()
            .filter_map(|one| match &one.what {
                What::Split { into, .. } => Some(into),
                _ => None,
            })
            .collect();
        let mut errors = Vec::new();
        for one in &self.list {
            for actor in one.what.actors() {
                if !known.actors.contains(actor) && !made.contains(actor) {
                    errors.push(one.error(format!("no actor of the store has the id '{actor}'")));
                }
            }
            if let Some(claim) = one.what.claim()
                && !known.claims.contains(claim)
            {
                errors.push(one.error(format!("no claim of the store has the id '{claim}'")));
            }
            for document in one.what.documents() {
                if !known.documents.contains(document) {
                    let message = format!("no document of the store has the id '{document}'");
                    errors.push(one.error(message));
                }
            }
        }
        errors
    }
}

/// The files of corrections at a place, sorted.
fn files(place: &Path) -> Result<Vec<PathBuf>, StoreError> {
    if !place.exists() {
        return Ok(Vec::new());
    }
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files: BTreeMap<std::ffi::OsString, PathBuf> = BTreeMap::new();
    let action = "list the folder";
    for entry in fs::read_dir(place).map_err(StoreError::io(place, action))? {
        let entry = entry.map_err(StoreError::io(place, action))?;
        let path = entry.path();
        let is_toml = path.extension().is_some_and(|end| end == "toml");
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if is_toml && !hidden {
            files.insert(entry.file_name(), path);
        }
    }
    Ok(files.into_values().collect())
}
