//! Files that are written whole or not at all.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::TEMPORARY;
use crate::store::StoreError;

/// What a folder holds, sorted.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let action = "list the folder";
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(StoreError::io(folder, action))? {
        paths.push(entry.map_err(StoreError::io(folder, action))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A file with these bytes beside the place where it is to be, written to the disk.
pub(super) fn written(file: &Path, bytes: &[u8]) -> Result<NamedTempFile, StoreError> {
    let temporary = temporary(file, bytes)?;
    temporary
        .as_file()
        .sync_all()
        .map_err(StoreError::io(file, "write the file"))?;
    Ok(temporary)
}

/// A file with these bytes beside the place where it is to be.
pub(super) fn temporary(file: &Path, bytes: &[u8]) -> Result<NamedTempFile, StoreError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let action = "write the file";
    let mut temporary = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(folder)
        .map_err(StoreError::io(file, action))?;
    temporary
        .write_all(bytes)
        .map_err(StoreError::io(file, action))?;
    make_readable(temporary.as_file());
    Ok(temporary)
}

pub(super) fn rename(temporary: NamedTempFile, file: &Path) -> Result<(), StoreError> {
    let renamed = temporary.persist(file);
    renamed.map_err(|error| StoreError::io(file, "write the file")(error.error))?;
    Ok(())
}

pub(super) fn remove_file(file: &Path) -> Result<(), StoreError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StoreError::io(file, "remove the file")(error))
        }
        _ => Ok(()),
    }
}

/// Temporary files are made for their owner alone; what is in a store is for all who may read the folder.
fn make_readable(file: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.set_permissions(fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = file;
}
