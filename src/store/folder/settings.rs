//! `kilde.toml`, the settings of a store.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::Folder;
use crate::store::{StoreError, base::Base, quads::PROGRAM};

/// The format that this program reads and writes.
const FORMAT: u64 = 1;
pub(super) const SETTINGS: &str = "kilde.toml";
/// Where corrections stand unless the settings name another place.
const CORRECTIONS: &str = "corrections";

/// What `kilde.toml` holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Settings {
    format: u64,
    pub(super) base: String,
    #[serde(default)]
    written_by: String,
    /// Where corrections stand, seen from the store's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrections: Option<PathBuf>,
}

impl Folder {
    /// The folder or file that holds the corrections.
    pub(in crate::store) fn corrections(&self) -> PathBuf {
        let place = self.settings.corrections.as_deref();
        self.path.join(place.unwrap_or(Path::new(CORRECTIONS)))
    }

    /// Notes where corrections stand: a path that is absolute, or seen from the store's folder.
    pub(in crate::store) fn set_corrections(&mut self, place: PathBuf) -> Result<(), StoreError> {
        self.settings.corrections = Some(place);
        self.write_settings()
    }

    pub(super) fn write_settings(&self) -> Result<(), StoreError> {
        // A struct of numbers and strings always has a TOML form.
        let text = toml::to_string(&self.settings).unwrap_or_default();
        self.write_whole(&self.path.join(SETTINGS), text.as_bytes())
    }
}

impl Settings {
    /// Those of a new store.
    pub(super) fn new(base: &Base) -> Self {
        Self {
            format: FORMAT,
            base: base.as_str().to_owned(),
            written_by: PROGRAM.to_owned(),
            corrections: None,
        }
    }

    /// What the store at `path` holds of them.
    pub(super) fn read(path: &Path) -> Result<Self, StoreError> {
        let file = path.join(SETTINGS);
        let text = fs::read_to_string(&file).map_err(StoreError::io(&file, "read the settings"))?;
        let settings: Self = toml::from_str(&text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let before = text.get(..at).unwrap_or("");
            StoreError::NotAStore {
                folder: path.to_owned(),
                reason: format!(
                    "kilde.toml:{}: {}",
                    before.matches('\n').count() + 1,
                    error.message()
                ),
            }
        })?;
        if settings.format != FORMAT {
            return Err(StoreError::Format {
                folder: path.to_owned(),
                found: settings.format,
                supported: FORMAT,
                written_by: settings.written_by,
            });
        }
        Ok(settings)
    }
}
