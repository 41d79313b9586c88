//! The index on disk: oxigraph over RocksDB in the store's folder `index/`, with a catalog of the files that it holds.
//! Whoever brings it up to date has it alone; then any number of processes read it. The catalog is taken away before
//! the first change and written after the last one, so an index without a catalog is unfinished, and is made anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use fs4::{FileExt, TryLockError};
use oxigraph::store::{StorageError, Store as Oxigraph};
use serde::{Deserialize, Serialize};

use super::{Catalog, Changes, Index, Live, Refreshed, Tallies, failed, fill, follow};
use crate::store::{Store, StoreError, bytes_hash, quads::PROGRAM};

/// Layout of the index; an index of another layout is made anew.
const LAYOUT: u32 = 5;
const LOCK: &str = ".lock";
const CATALOG: &str = "catalog";
const GRAPH: &str = "graph";
const TALLIES: &str = "tallies";

/// How often and how long to wait for others to let go of the index.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// The lock under which an index is read; none while it is being opened anew.
pub(super) struct Shared {
    _lock: Option<File>,
    place: PathBuf,
    /// The graph of tallies and names, once it was asked for: most who read know whom they mean by id.
    names: Mutex<Option<Oxigraph>>,
}

impl Shared {
    fn new(lock: Option<File>, place: &Path) -> Self {
        Self {
            _lock: lock,
            place: place.to_owned(),
            names: Mutex::new(None),
        }
    }

    pub(super) fn names(&self) -> Result<Oxigraph, StorageError> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*names {
            return Ok(open.clone());
        }
        let open = Oxigraph::open_read_only(self.place.join(TALLIES))?;
        Ok(names.insert(open).clone())
    }
}

/// The first line of the catalog file: all else that the derived triples depend on, and the digests of the folders whose
/// documents are listed in the lines that follow, each a document's hash and the hash of its file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    layout: u32,
    program: String,
    base: String,
    ontology: String,
    folders: Digests,
}

/// What folders of documents hold, by their names.
type Digests = BTreeMap<String, String>;

impl Head {
    fn of(store: &Store, folders: Digests) -> Self {
        Self {
            layout: LAYOUT,
            program: PROGRAM.to_owned(),
            base: store.base().as_str().to_owned(),
            ontology: ontology_hash(store),
            folders,
        }
    }

    /// Whether it was made for the same base, ontology and program.
    fn fits(&self, other: &Self) -> bool {
        let of = |one: &Self| {
            let Self {
                layout,
                program,
                base,
                ontology,
                ..
            } = one;
            (*layout, program.clone(), base.clone(), ontology.clone())
        };
        of(self) == of(other)
    }
}

/// Opens the index, up to date; `None` where the folder cannot be written to, so that an index in memory must do.
pub(super) fn open(store: &Store) -> Result<Option<Index>, StoreError> {
    Ok(open_counting(store)?.map(|(index, _)| index))
}

/// Closes the index, brings it up to date and opens it again.
pub(super) fn refresh(index: &mut Index, store: &Store) -> Result<Refreshed, StoreError> {
    // An open graph cannot be changed under a reader; an empty one stands in meanwhile.
    index.oxigraph = Oxigraph::new().map_err(failed(store))?;
    index.disk = Some(Shared::new(None, &store.path().join("index")));
    if let Some((fresh, count)) = open_counting(store)? {
        *index = fresh;
        return Ok(count);
    }
    *index = Index::in_memory(store)?;
    Ok(Refreshed {
        added: store.hashes()?.len(),
        ..Refreshed::default()
    })
}

fn open_counting(store: &Store) -> Result<Option<(Index, Refreshed)>, StoreError> {
    let place = store.path().join("index");
    let Some(lock) = lock_file(&place)? else {
        return Ok(None);
    };
    let mut count = Refreshed::default();
    let now = Head::of(store, store.digests_now()?);
    FileExt::lock_shared(&lock).map_err(StoreError::io(&place, "lock the index"))?;
    if read_head(&place).as_ref() != Some(&now) {
        // The lock cannot be traded for a stronger one in a single step, so the catalog is read again under it.
        FileExt::unlock(&lock).map_err(StoreError::io(&place, "unlock the index"))?;
        lock_alone(&lock, &place, store)?;
        count = update(&place, store, &now)?;
        FileExt::unlock(&lock).map_err(StoreError::io(&place, "unlock the index"))?;
        FileExt::lock_shared(&lock).map_err(StoreError::io(&place, "lock the index"))?;
    }
    let index = Index {
        oxigraph: Oxigraph::open_read_only(place.join(GRAPH)).map_err(failed(store))?,
        live: None,
        disk: Some(Shared::new(Some(lock), &place)),
    };
    Ok(Some((index, count)))
}

/// Brings the index up to date; a graph that cannot be opened or changed is made anew from nothing.
fn update(place: &Path, store: &Store, now: &Head) -> Result<Refreshed, StoreError> {
    let text = read_catalog(place, now);
    let known = text.as_deref().and_then(|text| text.split_once('\n'));
    let known = known.and_then(|(head, lines)| Some((serde_json::from_str(head).ok()?, lines)));
    if let Some((head, _)) = &known
        && head == now
    {
        return Ok(Refreshed::default());
    }
    remove_file(&place.join(CATALOG))?;
    let (count, lines) = match known {
        Some((head, lines)) => match catch_up(place, store, &head, lines, now) {
            Err(StoreError::Index { .. }) => from_nothing(place, store)?,
            other => other?,
        },
        None => from_nothing(place, store)?,
    };
    write_catalog(place, now, &lines)?;
    Ok(count)
}

fn from_nothing(place: &Path, store: &Store) -> Result<(Refreshed, String), StoreError> {
    for folder in [place.join(GRAPH), place.join(TALLIES)] {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::io(folder, "remove the old index")(error));
            }
            _ => {}
        }
    }
    let files = store.files_now()?;
    let changes = Changes::between(&Catalog::new(), &files);
    apply(place, store, &changes, true)?;
    Ok((changes.count(), lines(&files)))
}

/// Takes in what changed in the folders whose digests are not those that a catalog knows. Gives back the lines of the next.
fn catch_up(
    place: &Path,
    store: &Store,
    head: &Head,
    text: &str,
    now: &Head,
) -> Result<(Refreshed, String), StoreError> {
    let differs = |name: &&String| head.folders.get(*name) != now.folders.get(*name);
    let names = head.folders.keys().chain(now.folders.keys());
    let names: BTreeSet<&String> = names.filter(differs).collect();
    let is_meant = |hash: &str| {
        hash.get(..2)
            .is_some_and(|one| names.iter().any(|name| *name == one))
    };
    let (mut known, mut kept) = (Catalog::new(), String::with_capacity(text.len()));
    for line in text.lines() {
        match line.split_once(' ') {
            Some((hash, bytes)) if is_meant(hash) => {
                known.insert(hash.to_owned(), bytes.to_owned());
            }
            _ => kept.extend([line, "\n"]),
        }
    }
    let mut files = Catalog::new();
    for name in names {
        files.extend(store.files_in(name)?);
    }
    let changes = Changes::between(&known, &files);
    apply(place, store, &changes, head.folders.is_empty())?;
    Ok((changes.count(), kept + &lines(&files)))
}

/// Opens the graph for writing, applies changes, and closes it.
fn apply(place: &Path, store: &Store, changes: &Changes, is_new: bool) -> Result<(), StoreError> {
    let oxigraph = Oxigraph::open(place.join(GRAPH)).map_err(failed(store))?;
    let tallies = Tallies::open(&place.join(TALLIES)).map_err(failed(store))?;
    let mut live = Live {
        catalog: Catalog::new(),
        tallies,
    };
    if is_new {
        fill::fill(changes, &oxigraph, &mut live, store)?;
        // What was loaded at once lies in files that each look-up goes through one by one until they are merged: a
        // fifth of the time of the loading makes those that look things up two to six times as fast.
        oxigraph.optimize().map_err(failed(store))?;
        live.tallies.optimize().map_err(failed(store))?;
    } else {
        follow::follow(changes, &oxigraph, &mut live, store)?;
    }
    oxigraph.flush().map_err(failed(store))?;
    live.tallies.flush().map_err(failed(store))
}

/// Makes the index's folder and opens its lock; `None` where nothing can be written.
fn lock_file(place: &Path) -> Result<Option<File>, StoreError> {
    let opened = fs::create_dir_all(place).and_then(|()| {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(place.join(LOCK))
    });
    match opened {
        Ok(file) => Ok(Some(file)),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(StoreError::io(place, "make the index")(error)),
    }
}

/// Waits a while for others to be done: they are either updating, or reading an index that was up to date until now.
fn lock_alone(lock: &File, place: &Path, store: &Store) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        match FileExt::try_lock(lock) {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => {
                return Err(StoreError::io(place, "lock the index")(error));
            }
        }
    }
    Err(StoreError::Locked {
        folder: store.path().to_owned(),
        doing: "is using",
    })
}

/// The first line of the catalog, if there is one.
fn read_head(place: &Path) -> Option<Head> {
    let mut line = String::new();
    let file = File::open(place.join(CATALOG)).ok()?;
    BufReader::new(file).read_line(&mut line).ok()?;
    serde_json::from_str(&line).ok()
}

/// The catalog's text, if it was made for the same base, ontology and program.
fn read_catalog(place: &Path, now: &Head) -> Option<String> {
    let head = read_head(place)?;
    head.fits(now)
        .then(|| fs::read_to_string(place.join(CATALOG)).ok())?
}

fn write_catalog(place: &Path, head: &Head, lines: &str) -> Result<(), StoreError> {
    let path: PathBuf = place.join(CATALOG);
    let temporary = place.join(format!("{CATALOG}.tmp"));
    let written = serde_json::to_string(head)
        .map_err(io::Error::from)
        .and_then(|head| fs::write(&temporary, format!("{head}\n{lines}")))
        .and_then(|()| fs::rename(&temporary, &path));
    written.map_err(StoreError::io(path, "write the catalog of the index"))
}

fn lines(files: &Catalog) -> String {
    let mut lines = String::with_capacity(files.len() * 66);
    for (hash, bytes) in files {
        lines.extend([hash, " ", bytes, "\n"]);
    }
    lines
}

/// The derived triples follow from the ontology and the corrections too, and their own triples lie in the index.
fn ontology_hash(store: &Store) -> String {
    let corrections = store.corrections().quads(store.base());
    let corrections = corrections.iter().map(ToString::to_string);
    let texts = store.ontology.texts.iter().map(|(_, text)| text.clone());
    bytes_hash(
        texts
            .chain(corrections)
            .collect::<Vec<_>>()
            .join("\n")
            .as_bytes(),
    )
}

fn remove_file(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io(file, "remove the file")(error))
        }
        _ => Ok(()),
    }
}
