//! The folder that a store is: its settings, its lock, and a file per document, written under a temporary name and
//! renamed, so that whoever kills a writer finds whole documents only.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, DirEntry, File, OpenOptions},
    io::{ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::{StoreError, base::Base, quads::PROGRAM};

mod files;
mod lock;

use files::{entries, remove_file, rename, temporary, written};
use lock::lock;

/// The format that this program reads and writes.
const FORMAT: u64 = 1;
const SETTINGS: &str = "kilde.toml";
const LOCK: &str = ".lock";
const DOCUMENTS: &str = "documents";
const RUNS: &str = "runs.jsonl";
const SOURCES: &str = "sources.jsonl";
/// See [`super::cards`].
const LEDGER: &str = "folders.json";
/// Is there while the store is open for writing.
const WRITING: &str = ".writing";
const GISTS: &str = "gists";
/// An ontology of the user's own.
const ONTOLOGY: &str = "ontology";
/// Where corrections stand unless the settings name another place.
const CORRECTIONS: &str = "corrections";
/// Notes which document is about to take whose place, so that a writer killed between the two steps leaves no doubt.
const REPLACING: &str = ".replacing";
const TEMPORARY: &str = ".tmp-";

/// A file that comes within this time of another may be given the same one: systems count time in steps of up to 10 ms.
pub(super) const TICK: Duration = Duration::from_millis(20);

/// What `kilde.toml` holds.
#[derive(Debug, Serialize, Deserialize)]
struct Settings {
    format: u64,
    base: String,
    #[serde(default)]
    written_by: String,
    /// Where corrections stand, seen from the store's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrections: Option<PathBuf>,
}

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
        let settings = Settings {
            format: FORMAT,
            base: base.as_str().to_owned(),
            written_by: PROGRAM.to_owned(),
            corrections: None,
        };
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
        let settings = settings(path)?;
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

    /// Hashes of the documents, sorted. Files that are none are passed over.
    pub(super) fn hashes(&self) -> Result<BTreeSet<String>, StoreError> {
        let shards: Vec<PathBuf> = entries(&self.path.join(DOCUMENTS))?;
        let shards = shards.par_iter().filter(|shard| shard.is_dir());
        let found = shards.map(|shard| self.listed(shard, |_| ()));
        let found = found.collect::<Result<Vec<_>, StoreError>>()?;
        Ok(found.into_iter().flatten().map(|(hash, ())| hash).collect())
    }

    /// The documents in a folder of them, by hash, with the stamps of their files.
    pub(super) fn stamps_in(&self, name: &str) -> Result<Vec<(String, String)>, StoreError> {
        let shard = self.path.join(DOCUMENTS).join(name);
        if !shard.is_dir() {
            return Ok(Vec::new());
        }
        self.listed(&shard, |entry| {
            let stamp = entry.metadata().ok().and_then(|one| stamp(&one));
            stamp.unwrap_or_default()
        })
    }

    /// What `make` makes of each document in a folder of them, by hash, sorted.
    fn listed<R>(
        &self,
        shard: &Path,
        make: impl Fn(&DirEntry) -> R,
    ) -> Result<Vec<(String, R)>, StoreError> {
        let action = "list the folder";
        let gone = self.replaced();
        let prefix = shard.file_name().unwrap_or_default();
        let mut found = Vec::new();
        for entry in fs::read_dir(shard).map_err(StoreError::io(shard, action))? {
            let entry = entry.map_err(StoreError::io(shard, action))?;
            let name = entry.file_name();
            let hash = name.to_str().and_then(|name| name.strip_suffix(".nq"));
            if let Some(hash) = hash.filter(|hash| is_hash(hash))
                && prefix == &hash[..2]
                && gone.as_deref() != Some(hash)
            {
                found.push((hash.to_owned(), make(&entry)));
            }
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(found)
    }

    /// When names last came or went in the folders of documents, by their names; see [`Folder::time`].
    pub(super) fn times(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let shards = entries(&self.path.join(DOCUMENTS))?;
        let names = shards
            .iter()
            .filter_map(|shard| shard.file_name()?.to_str());
        Ok(names
            .filter_map(|name| Some((name.to_owned(), self.time(name)?)))
            .collect())
    }

    /// When a name last came or went in a folder of documents. Empty if that is so short ago, or told so coarsely, that the
    /// next one may come at the same time; nothing if there is no such folder.
    pub(super) fn time(&self, name: &str) -> Option<String> {
        let shard = self.path.join(DOCUMENTS).join(name);
        let metadata = fs::metadata(shard).ok().filter(fs::Metadata::is_dir)?;
        let time = metadata.modified().unwrap_or(UNIX_EPOCH);
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let is_old = SystemTime::now()
            .duration_since(time)
            .is_ok_and(|age| age > TICK);
        let is_told = is_old && since.subsec_nanos() != 0;
        Some(if is_told {
            since.as_nanos().to_string()
        } else {
            String::new()
        })
    }

    /// Folders of documents in which names came or went since the last [`Folder::sync`].
    pub(super) fn changed(&self) -> BTreeSet<String> {
        let changed = self.lock_changed();
        let names = changed
            .iter()
            .filter_map(|shard| shard.file_name()?.to_str());
        names.map(str::to_owned).collect()
    }

    /// What was noted of the folders of documents.
    pub(super) fn ledger(&self) -> Result<String, StoreError> {
        self.text(Path::new(LEDGER))
    }

    /// Bytes of the list of sources.
    pub(super) fn sources_length(&self) -> usize {
        let length = fs::metadata(self.path.join(SOURCES)).map_or(0, |one| one.len());
        usize::try_from(length).unwrap_or(usize::MAX)
    }

    /// The file of a document.
    pub(super) fn file(&self, hash: &str) -> PathBuf {
        let shard = hash.get(..2).unwrap_or("__");
        self.path
            .join(DOCUMENTS)
            .join(shard)
            .join(format!("{hash}.nq"))
    }

    /// The bytes of a document's file.
    pub(super) fn read(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let file = self.file(hash);
        fs::read(&file).map_err(StoreError::io(file, "read the document"))
    }

    /// Writes a document's file beside its place; it lasts, but is not yet there.
    pub(super) fn prepare(&self, hash: &str, bytes: &[u8]) -> Result<NamedTempFile, StoreError> {
        let file = self.file(hash);
        let shard = file.parent().unwrap_or(&self.path);
        if !shard.exists() {
            fs::create_dir_all(shard).map_err(StoreError::io(shard, "make the folder"))?;
        }
        written(&file, bytes)
    }

    /// Puts a document's file in its place.
    pub(super) fn put_in_place(
        &self,
        hash: &str,
        prepared: NamedTempFile,
    ) -> Result<(), StoreError> {
        let file = self.file(hash);
        self.has_changed(file.parent().unwrap_or(&self.path));
        rename(prepared, &file)
    }

    /// Notes that `new` is to take the place of `old`.
    pub(super) fn begin_replacing(&self, old: &str, new: &str) -> Result<(), StoreError> {
        let note = format!("{old} {new}\n");
        self.write_whole(&self.path.join(REPLACING), note.as_bytes())
    }

    /// Removes the file of `old` and the note.
    pub(super) fn end_replacing(&self, old: &str) -> Result<(), StoreError> {
        self.remove(old)?;
        remove_file(&self.path.join(REPLACING))
    }

    /// Removes a document's file.
    pub(super) fn remove(&self, hash: &str) -> Result<(), StoreError> {
        let file = self.file(hash);
        self.has_changed(file.parent().unwrap_or(&self.path));
        remove_file(&file)
    }

    /// Size and time of a document's file; `None` if the system does not tell.
    pub(super) fn stamp(&self, hash: &str) -> Option<String> {
        stamp(&fs::metadata(self.file(hash)).ok()?)
    }

    /// Appends a line to the log of runs.
    pub(super) fn log(&self, line: &str) -> Result<(), StoreError> {
        self.append(RUNS, &format!("{line}\n"))
    }

    /// What is known of the documents besides their files.
    pub(super) fn sources(&self) -> Result<String, StoreError> {
        self.text(Path::new(SOURCES))
    }

    /// The text of a file within the store; empty if it is not there.
    pub(super) fn text(&self, name: &Path) -> Result<String, StoreError> {
        let path = self.path.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(String::from_utf8(bytes)
                .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(StoreError::io(path, "read the file")(error)),
        }
    }

    /// Appends a line that ends in a line break to the list of sources.
    pub(super) fn note_source(&self, line: &str) -> Result<(), StoreError> {
        self.append(SOURCES, line)
    }

    /// Appends a line to a file of gists.
    pub(super) fn note_gist(&self, name: &Path, line: &str) -> Result<(), StoreError> {
        let folder = self.path.join(GISTS);
        if !folder.is_dir() {
            fs::create_dir_all(&folder).map_err(StoreError::io(&folder, "make the folder"))?;
        }
        self.end_torn_line(name)?;
        self.append(name, line)
    }

    /// Puts another list of sources in the place of the old one.
    pub(super) fn write_sources(&self, text: &str) -> Result<(), StoreError> {
        self.write_derived(Path::new(SOURCES), text)
    }

    /// Puts other notes of the folders of documents in the place of the old ones.
    pub(super) fn write_ledger(&self, text: &str) -> Result<(), StoreError> {
        self.write_derived(Path::new(LEDGER), text)
    }

    /// Writes a file that can be made again, under a path within the store: whole, but it need not last through a loss of power.
    pub(super) fn write_derived(&self, name: &Path, text: &str) -> Result<(), StoreError> {
        let file = self.path.join(name);
        rename(temporary(&file, text.as_bytes())?, &file)
    }

    /// The folder or file that holds the corrections.
    pub(super) fn corrections(&self) -> PathBuf {
        let place = self.settings.corrections.as_deref();
        self.path.join(place.unwrap_or(Path::new(CORRECTIONS)))
    }

    /// Notes where corrections stand: a path that is absolute, or seen from the store's folder.
    pub(super) fn set_corrections(&mut self, place: PathBuf) -> Result<(), StoreError> {
        self.settings.corrections = Some(place);
        self.write_settings()
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

    fn write_settings(&self) -> Result<(), StoreError> {
        // A struct of numbers and strings always has a TOML form.
        let text = toml::to_string(&self.settings).unwrap_or_default();
        self.write_whole(&self.path.join(SETTINGS), text.as_bytes())
    }

    /// One write, so that a kill leaves a torn last line at worst.
    fn append(&self, name: impl AsRef<Path>, text: &str) -> Result<(), StoreError> {
        let path = self.path.join(name);
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .open(&path)
            .map_err(StoreError::io(&path, "open the file"))?;
        file.write_all(text.as_bytes())
            .map_err(StoreError::io(&path, "write the file"))
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

    /// Notes that somebody writes; whoever finds the note of another, who was killed, tidies up.
    fn begin(&self) -> Result<(), StoreError> {
        let note = self.path.join(WRITING);
        if note.exists() || self.path.join(REPLACING).exists() {
            self.tidy()?;
        }
        fs::write(&note, "").map_err(StoreError::io(note, "write the file"))
    }

    /// Finishes what a killed writer left: a replacement half done, temporary files.
    fn tidy(&self) -> Result<(), StoreError> {
        if let Some((old, new)) = self.replacing() {
            if self.file(&new).exists() {
                self.remove(&old)?;
            }
            remove_file(&self.path.join(REPLACING))?;
        }
        for name in [SOURCES, RUNS] {
            self.end_torn_line(name)?;
        }
        let documents = self.path.join(DOCUMENTS);
        let mut folders = vec![self.path.clone()];
        folders.extend(entries(&documents)?.into_iter().filter(|one| one.is_dir()));
        for folder in folders {
            for file in entries(&folder)? {
                let name = file.file_name().and_then(|name| name.to_str());
                if name.is_some_and(|name| name.starts_with(TEMPORARY)) {
                    remove_file(&file)?;
                }
            }
        }
        Ok(())
    }

    /// What is appended next must not run into a line that was cut short.
    fn end_torn_line(&self, name: impl AsRef<Path>) -> Result<(), StoreError> {
        let path = self.path.join(name.as_ref());
        let Ok(mut file) = File::open(&path) else {
            return Ok(());
        };
        let mut last = [b'\n'];
        let read = file
            .seek(SeekFrom::End(-1))
            .and_then(|_| file.read_exact(&mut last));
        if read.is_ok() && last != *b"\n" {
            return self.append(name, "\n");
        }
        Ok(())
    }

    /// The document whose place another one has taken already, though its file is still there.
    fn replaced(&self) -> Option<String> {
        let (old, new) = self.replacing()?;
        self.file(&new).exists().then_some(old)
    }

    fn replacing(&self) -> Option<(String, String)> {
        let note = fs::read_to_string(self.path.join(REPLACING)).ok()?;
        let (old, new) = note.trim().split_once(' ')?;
        (is_hash(old) && is_hash(new)).then(|| (old.to_owned(), new.to_owned()))
    }
}

impl Drop for Folder {
    /// What is left of a folder of a process that ended in order needs no tidying.
    fn drop(&mut self) {
        if self.writable {
            let _ = fs::remove_file(self.path.join(WRITING));
        }
    }
}

/// Size and time of a file.
fn stamp(metadata: &fs::Metadata) -> Option<String> {
    let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{}", metadata.len(), time.as_nanos()))
}

fn settings(path: &Path) -> Result<Settings, StoreError> {
    let file = path.join(SETTINGS);
    let text = fs::read_to_string(&file).map_err(StoreError::io(&file, "read the settings"))?;
    let settings: Settings = toml::from_str(&text).map_err(|error| {
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

pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
