//! The index on disk: oxigraph over RocksDB in the store's folder `index/`, with a catalog of the files that it holds.
//! Whoever brings it up to date has it alone; then any number of processes read it. The catalog is taken away before
//! the first change and written after the last one, so an index without a catalog is unfinished, and is made anew.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use fs4::{FileExt, TryLockError};
use oxigraph::store::Store as Oxigraph;
use serde::{Deserialize, Serialize};

use super::{Catalog, Changes, Index, Refreshed, apply, failed, file_hash, load_ontology};
use crate::store::{Store, StoreError, quads::PROGRAM};

/// Layout of the index; an index of another layout is made anew.
const LAYOUT: u32 = 2;
const LOCK: &str = ".lock";
const CATALOG: &str = "catalog.json";
const GRAPH: &str = "graph";

/// How often and how long to wait for others to let go of the index.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// The lock under which an index is read; none while it is being opened anew.
pub(super) struct Shared {
    _lock: Option<File>,
}

/// What the catalog file holds: the files in the index, and all else that the derived triples depend on.
#[derive(Serialize, Deserialize)]
struct CatalogFile {
    layout: u32,
    program: String,
    base: String,
    ontology: String,
    documents: Catalog,
}

/// Opens the index, up to date; `None` where the folder cannot be written to, so that an index in memory must do.
pub(super) fn open(store: &Store) -> Result<Option<Index>, StoreError> {
    Ok(open_counting(store)?.map(|(index, _)| index))
}

/// Closes the index, brings it up to date and opens it again.
pub(super) fn refresh(index: &mut Index, store: &Store) -> Result<Refreshed, StoreError> {
    // An open graph cannot be changed under a reader; an empty one stands in meanwhile.
    index.oxigraph = Oxigraph::new().map_err(failed(store))?;
    index.catalog = Catalog::new();
    index.disk = Some(Shared { _lock: None });
    if let Some((fresh, count)) = open_counting(store)? {
        *index = fresh;
        return Ok(count);
    }
    *index = Index::in_memory(store)?;
    Ok(Refreshed {
        added: index.catalog.len(),
        ..Refreshed::default()
    })
}

fn open_counting(store: &Store) -> Result<Option<(Index, Refreshed)>, StoreError> {
    let place = store.path().join("index");
    let Some(lock) = lock_file(&place)? else {
        return Ok(None);
    };
    let ontology = ontology_hash(store);
    let mut count = Refreshed::default();
    FileExt::lock_shared(&lock).map_err(StoreError::io(&place, "lock the index"))?;
    let mut catalog = read_catalog(&place, store, &ontology);
    if !up_to_date(catalog.as_mut(), &place, store, &ontology)? {
        // The lock cannot be traded for a stronger one in a single step, so the catalog is read again under it.
        FileExt::unlock(&lock).map_err(StoreError::io(&place, "unlock the index"))?;
        lock_alone(&lock, &place, store)?;
        let (now, changes) = update(&place, store, &ontology)?;
        count = changes;
        catalog = Some(now);
        FileExt::unlock(&lock).map_err(StoreError::io(&place, "unlock the index"))?;
        FileExt::lock_shared(&lock).map_err(StoreError::io(&place, "lock the index"))?;
    }
    let index = Index {
        oxigraph: Oxigraph::open_read_only(place.join(GRAPH)).map_err(failed(store))?,
        catalog: catalog.unwrap_or_default(),
        disk: Some(Shared { _lock: Some(lock) }),
    };
    Ok(Some((index, count)))
}

/// Whether nothing changed. Files found to be as they were need not be read the next time.
fn up_to_date(
    catalog: Option<&mut Catalog>,
    place: &Path,
    store: &Store,
    ontology: &str,
) -> Result<bool, StoreError> {
    let Some(catalog) = catalog else {
        return Ok(false);
    };
    let changes = Changes::find(catalog, store)?;
    let same = changes.is_empty();
    if same
        && changes
            .settled
            .iter()
            .any(|(_, file)| !file.stamp.is_empty())
    {
        catalog.extend(changes.settled);
        write_catalog(place, store, ontology, catalog)?;
    }
    Ok(same)
}

/// Brings the index up to date; a graph that cannot be opened or changed is made anew from nothing.
fn update(place: &Path, store: &Store, ontology: &str) -> Result<(Catalog, Refreshed), StoreError> {
    let known = read_catalog(place, store, ontology);
    remove_file(&place.join(CATALOG))?;
    let (catalog, count) = match known {
        Some(known) => match change(place, store, known) {
            Err(StoreError::Index { .. }) => from_nothing(place, store)?,
            other => other?,
        },
        None => from_nothing(place, store)?,
    };
    write_catalog(place, store, ontology, &catalog)?;
    Ok((catalog, count))
}

fn from_nothing(place: &Path, store: &Store) -> Result<(Catalog, Refreshed), StoreError> {
    let graph = place.join(GRAPH);
    match fs::remove_dir_all(&graph) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(StoreError::io(graph, "remove the old index")(error));
        }
        _ => {}
    }
    change(place, store, Catalog::new())
}

/// Opens the graph for writing, applies what changed since the catalog, and closes it.
fn change(
    place: &Path,
    store: &Store,
    mut catalog: Catalog,
) -> Result<(Catalog, Refreshed), StoreError> {
    let oxigraph = Oxigraph::open(place.join(GRAPH)).map_err(failed(store))?;
    if oxigraph.is_empty().map_err(failed(store))? {
        load_ontology(store, &oxigraph)?;
    }
    let changes = Changes::find(&catalog, store)?;
    apply(&changes, &oxigraph, &mut catalog, store)?;
    oxigraph.flush().map_err(failed(store))?;
    Ok((catalog, changes.count()))
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

/// The catalog, if it is whole and made for the same base, ontology and program.
fn read_catalog(place: &Path, store: &Store, ontology: &str) -> Option<Catalog> {
    let text = fs::read_to_string(place.join(CATALOG)).ok()?;
    let file: CatalogFile = serde_json::from_str(&text).ok()?;
    let same = file.layout == LAYOUT
        && file.program == PROGRAM
        && file.base == store.base().as_str()
        && file.ontology == ontology;
    same.then_some(file.documents)
}

fn write_catalog(
    place: &Path,
    store: &Store,
    ontology: &str,
    catalog: &Catalog,
) -> Result<(), StoreError> {
    let file = CatalogFile {
        layout: LAYOUT,
        program: PROGRAM.to_owned(),
        base: store.base().as_str().to_owned(),
        ontology: ontology.to_owned(),
        documents: catalog.clone(),
    };
    let path: PathBuf = place.join(CATALOG);
    // Several readers may do this at once.
    let temporary = place.join(format!("{CATALOG}.{}.tmp", std::process::id()));
    let written = serde_json::to_vec(&file)
        .map_err(io::Error::from)
        .and_then(|bytes| fs::write(&temporary, bytes))
        .and_then(|()| fs::rename(&temporary, &path));
    written.map_err(StoreError::io(path, "write the catalog of the index"))
}

/// The derived triples follow from the ontology and the corrections too, and their own triples lie in the index.
fn ontology_hash(store: &Store) -> String {
    let corrections = store.corrections().quads(store.base());
    let lines: Vec<String> = store
        .ontology
        .quads
        .iter()
        .chain(&corrections)
        .map(ToString::to_string)
        .collect();
    file_hash(lines.join("\n").as_bytes())
}

fn remove_file(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::io(file, "remove the file")(error))
        }
        _ => Ok(()),
    }
}
