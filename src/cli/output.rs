//! Files that commands write: whole under another name first, then put in their place; `-` is standard output. What is there
//! and is no file, as a pipe or `/dev/null`, is written to as it is.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

/// Lets `write` fill a file, or standard output.
pub(super) fn to(
    output: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
) -> Result<()> {
    if output == Path::new("-") {
        return standard(write);
    }
    let Some(file) = file(output)? else {
        return through(output, write);
    };
    persist(filled(&file, write)?, &file)
}

/// Lets `write` fill several files, each told apart by what stands beside its path; all are written before the first is
/// put in its place. Folders are made where there are none.
pub(super) fn all<T>(
    files: &[(PathBuf, T)],
    mut write: impl FnMut(&T, &mut (dyn Write + Send)) -> Result<()>,
) -> Result<()> {
    if let [(output, which)] = files {
        return to(output, |out| write(which, out));
    }
    let mut written = Vec::new();
    for (path, which) in files {
        let folder = folder(path);
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        written.push((filled(path, |out| write(which, out))?, path));
    }
    written
        .into_iter()
        .try_for_each(|(file, path)| persist(file, path))
}

/// The file that is to be written, which is another one where a link leads to it; `None` for a pipe or a device.
fn file(output: &Path) -> Result<Option<PathBuf>> {
    let Ok(there) = std::fs::metadata(output) else {
        return Ok(Some(output.to_owned()));
    };
    if !there.is_file() && !there.is_dir() {
        return Ok(None);
    }
    if !output.is_symlink() {
        return Ok(Some(output.to_owned()));
    }
    let file = output.canonicalize();
    Ok(Some(file.with_context(|| output.display().to_string())?))
}

/// Writes to what is there.
fn through(output: &Path, write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    let shown = || output.display().to_string();
    let opened = OpenOptions::new().write(true).open(output);
    let mut out = io::BufWriter::new(opened.with_context(shown)?);
    write(&mut out).with_context(shown)?;
    out.flush().with_context(shown)
}

fn standard(write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout());
    write(&mut out)?;
    Ok(out.flush()?)
}

/// A file beside the one that it is to become.
fn filled(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
) -> Result<NamedTempFile> {
    let shown = || path.display().to_string();
    let mut file = NamedTempFile::new_in(folder(path)).with_context(shown)?;
    {
        let mut out = io::BufWriter::new(&mut file);
        write(&mut out).with_context(shown)?;
        out.flush().with_context(shown)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is its owner's alone; the output is as readable as others.
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o644))
            .with_context(shown)?;
    }
    Ok(file)
}

fn persist(file: NamedTempFile, path: &Path) -> Result<()> {
    let persisted = file.persist(path).map_err(|error| error.error);
    persisted.with_context(|| path.display().to_string())?;
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
