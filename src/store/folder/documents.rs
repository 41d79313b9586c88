//! The documents of a store: a file each, in 256 folders by the start of their hashes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, DirEntry},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rayon::prelude::*;
use tempfile::NamedTempFile;

use super::{
    Folder,
    files::{entries, remove_file, rename, written},
};
use crate::store::StoreError;

pub(super) const DOCUMENTS: &str = "documents";

/// A file that comes within this time of another may be given the same one: systems count time in steps of up to 10 ms.
pub(in crate::store) const TICK: Duration = Duration::from_millis(20);

impl Folder {
    /// Hashes of the documents, sorted. Files that are none are passed over.
    pub(in crate::store) fn hashes(&self) -> Result<BTreeSet<String>, StoreError> {
        let shards: Vec<PathBuf> = entries(&self.path.join(DOCUMENTS))?;
        let shards = shards.par_iter().filter(|shard| shard.is_dir());
        let found = shards.map(|shard| self.listed(shard, |_| ()));
        let found = found.collect::<Result<Vec<_>, StoreError>>()?;
        Ok(found.into_iter().flatten().map(|(hash, ())| hash).collect())
    }

    /// The documents in a folder of them, by hash, with the stamps of their files.
    pub(in crate::store) fn stamps_in(
        &self,
        name: &str,
    ) -> Result<Vec<(String, String)>, StoreError> {
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
    pub(in crate::store) fn times(&self) -> Result<BTreeMap<String, String>, StoreError> {
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
    pub(in crate::store) fn time(&self, name: &str) -> Option<String> {
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
    pub(in crate::store) fn changed(&self) -> BTreeSet<String> {
        let changed = self.lock_changed();
        let names = changed
            .iter()
            .filter_map(|shard| shard.file_name()?.to_str());
        names.map(str::to_owned).collect()
    }

    /// The file of a document.
    pub(in crate::store) fn file(&self, hash: &str) -> PathBuf {
        let shard = hash.get(..2).unwrap_or("__");
        self.path
            .join(DOCUMENTS)
            .join(shard)
            .join(format!("{hash}.nq"))
    }

    /// The bytes of a document's file.
    pub(in crate::store) fn read(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let file = self.file(hash);
        fs::read(&file).map_err(StoreError::io(file, "read the document"))
    }

    /// Writes a document's file beside its place; it lasts, but is not yet there.
    pub(in crate::store) fn prepare(
        &self,
        hash: &str,
        bytes: &[u8],
    ) -> Result<NamedTempFile, StoreError> {
        let file = self.file(hash);
        let shard = file.parent().unwrap_or(&self.path);
        if !shard.exists() {
            fs::create_dir_all(shard).map_err(StoreError::io(shard, "make the folder"))?;
        }
        written(&file, bytes)
    }

    /// Puts a document's file in its place.
    pub(in crate::store) fn put_in_place(
        &self,
        hash: &str,
        prepared: NamedTempFile,
    ) -> Result<(), StoreError> {
        let file = self.file(hash);
        self.has_changed(file.parent().unwrap_or(&self.path));
        rename(prepared, &file)
    }

    /// Removes a document's file.
    pub(in crate::store) fn remove(&self, hash: &str) -> Result<(), StoreError> {
        let file = self.file(hash);
        self.has_changed(file.parent().unwrap_or(&self.path));
        remove_file(&file)
    }

    /// Size and time of a document's file; `None` if the system does not tell.
    pub(in crate::store) fn stamp(&self, hash: &str) -> Option<String> {
        stamp(&fs::metadata(self.file(hash)).ok()?)
    }
}

/// Size and time of a file.
fn stamp(metadata: &fs::Metadata) -> Option<String> {
    let time = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{}", metadata.len(), time.as_nanos()))
}

/// Whether a text can be the hash that names a document.
pub(in crate::store) fn is_hash(text: &str) -> bool {
    text.len() == 32
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
