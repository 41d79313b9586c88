//! The files that frames and word lists are read from: a folder's, or those in the program.

use std::path::Path as FilePath;

use super::FrameError;
use crate::{document::Lang, ontology};

/// A file of frames or words.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) embedded: bool,
}

/// The files of a part (`frames`, `words`) and language in the order of their names: a folder's, or the program's own.
pub(super) fn sources(
    part: &str,
    lang: Lang,
    folder: Option<&FilePath>,
) -> Result<Vec<Source>, FrameError> {
    let place = format!("{part}/{}", lang.tag());
    let mut files = match folder {
        Some(folder) => files_of(folder, &place)?,
        None => embedded_files(&place),
    };
    let operators = format!("{place}/operators.toml");
    if part == "frames" && !files.iter().any(|file| file.name == operators) {
        let mut general = embedded_files(&place);
        general.retain(|file| file.name == operators);
        files.append(&mut general);
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn embedded_files(part: &str) -> Vec<Source> {
    let found = ontology::FILES.get_dir(part).into_iter();
    let files = found.flat_map(include_dir::Dir::files).map(|file| Source {
        name: file.path().to_string_lossy().into_owned(),
        text: file.contents_utf8().unwrap_or_default().to_owned(),
        embedded: true,
    });
    files.collect()
}

/// The TOML files of a part of a folder, if it has that part.
fn files_of(folder: &FilePath, part: &str) -> Result<Vec<Source>, FrameError> {
    let directory = folder.join(part);
    let io = |source| FrameError::Io {
        file: directory.display().to_string(),
        source,
    };
    let mut files = vec![];
    if !directory.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(&directory).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let ending = path.extension();
        if ending.is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            let text = std::fs::read_to_string(&path).map_err(|source| FrameError::Io {
                file: path.display().to_string(),
                source,
            })?;
            files.push(Source {
                name: name.to_string_lossy().into_owned(),
                text,
                embedded: false,
            });
        }
    }
    Ok(files)
}
