//! The folder that a store is: its settings, its lock, and a file per document, written under a temporary name and
//! renamed, so that whoever kills a writer finds whole documents only.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{StoreError, base::Base};

mod documents;
mod files;
mod lists;
mod lock;
mod recover;
mod settings;

pub(super) use documents::{TICK, is_hash};

use documents::DOCUMENTS;
use files::{entries, rename, written};
use lock::lock;
use recover::WRITING;
use settings::{SETTINGS, Settings};

const LOCK: &str = ".lock";
/// An ontology of the user's own.
const ONTOLOGY: &str = "ontology";
const TEMPORARY: &str = ".tmp-";

/// An open store's folder. The lock is held as long as it lives.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) base: Base,
    pub(super) writable: bool,
    settings: Settings,
    /// Folders of documents in which names came or went since the last [`Folder::sync`].
    changed: Mutex<BTreeSet<PathBuf>>,
    _lock: Option<File>,
}

impl Folder {
    /// Makes a store in a folder that does not exist or is empty, and opens it for writing.
    pub(super) fn create(path: &Path, base: &Base) -> Result<Self, StoreError> {
        if path.join(SETTINGS).exists() {
            return Err(StoreError::Exists {
                folder: path.to_owned(),
            });
        }
        if let Some(stranger) = stranger(path)? {
            return Err(StoreError::NotAStore {
                folder: path.to_owned(),
                reason: format!("it holds {stranger}; name an empty or a new folder"),
            });
        }
        fs::create_dir_all(path.join(DOCUMENTS))
            .map_err(StoreError::io(path, "make the folder"))?;
        let lock = lock(path, true)?;
        // Whoever held the lock before may have made the store meanwhile.
        if path.join(SETTINGS).exists() {
            return Err(StoreError::Exists {
                folder: path.to_owned(),
            });
        }
        let settings = Settings::new(base);
        let folder = Self {
            path: path.to_owned(),
            base: base.clone(),
            writable: true,
            settings,
            changed: Mutex::default(),
            _lock: lock,
        };
        folder.begin()?;
        folder.write_settings()?;
        folder.sync_folder(path);
        Ok(folder)
    }

    /// Opens a store; a writer has it alone, readers share it.
    pub(super) fn open(path: &Path, writable: bool) -> Result<Self, StoreError> {
        let not_a_store = |reason: &str| StoreError::NotAStore {
            folder: path.to_owned(),
            reason: reason.to_owned(),
        };
        if !path.exists() {
            return Err(not_a_store(
                "there is no such folder; make it with `kilde build`",
            ));
        }
        if !path.join(SETTINGS).exists() {
            return Err(not_a_store("it holds no kilde.toml"));
        }
        let lock = lock(path, writable)?;
        let settings = Settings::read(path)?;
        let folder = Self {
            path: path.to_owned(),
            base: Base::new(&settings.base)?,
            writable,
            settings,
            changed: Mutex::default(),
            _lock: lock,
        };
        if writable {
            fs::create_dir_all(path.join(DOCUMENTS))
                .map_err(StoreError::io(path, "make the folder"))?;
            folder.begin()?;
        }
        Ok(folder)
    }

    /// Writes a file of the store whole, under a path within it.
    pub(super) fn write_whole_at(&self, file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = file.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(StoreError::io(folder, "make the folder"))?;
        self.write_whole(file, bytes)
    }

    /// The folder of the store's own ontology, if it has one.
    pub(super) fn ontology(&self) -> Option<PathBuf> {
        let own = self.path.join(ONTOLOGY);
        own.join("kilde.ttl").exists().then_some(own)
    }

    /// Keeps the files of an ontology. The first, which says that there is one, is written last.
    pub(super) fn write_ontology(&self, texts: &[(String, String)]) -> Result<(), StoreError> {
        let own = self.path.join(ONTOLOGY);
        fs::create_dir_all(&own).map_err(StoreError::io(&own, "make the folder"))?;
        for (name, text) in texts.iter().rev() {
            self.write_whole_at(&own.join(name), text.as_bytes())?;
        }
        Ok(())
    }

    /// Makes the names of new and removed files last through a loss of power.
    pub(super) fn sync(&self) {
        let shards = std::mem::take(&mut *self.lock_changed());
        for shard in &shards {
            self.sync_folder(shard);
        }
        if !shards.is_empty() {
            self.sync_folder(&self.path.join(DOCUMENTS));
        }
    }

    /// Whoever panicked while holding these left them whole.
    fn lock_changed(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_changed(&self, shard: &Path) {
        self.lock_changed().insert(shard.to_owned());
    }

    /// Writes a file under a temporary name beside its place and renames it.
    #[expect(clippy::unused_self, reason = "reads as part of the folder's work")]
    fn write_whole(&self, file: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        rename(written(file, bytes)?, file)
    }

    /// Not every system can do this, and none needs it to be whole after a kill.
    #[expect(clippy::unused_self, reason = "reads as part of the folder's work")]
    fn sync_folder(&self, folder: &Path) {
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
    }
}

/// The first thing in a folder that no store would hold.
fn stranger(path: &Path) -> Result<Option<String>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let ours =
        |name: &str| [LOCK, WRITING, DOCUMENTS].contains(&name) || name.starts_with(TEMPORARY);
    let names = entries(path)?.into_iter().map(|entry| {
        entry
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    });
    Ok(names.into_iter().find(|name| !ours(name)))
}
