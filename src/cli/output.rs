//! Files that commands write: whole under another name first, then put in their place; `-` is standard output.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use tempfile::NamedTempFile;

/// Lets `write` fill a file, or standard output.
pub(super) fn to(output: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if output == Path::new("-") {
        let mut out = io::BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()?;
        return Ok(());
    }
    let shown = || output.display().to_string();
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).with_context(shown)?;
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
    file.persist(output)
        .map_err(|error| error.error)
        .with_context(shown)?;
    Ok(())
}
