//! What is known before an article is read: the program's own, or a folder of the user's.

use std::{fs, io, ops::Deref, path::Path, sync::OnceLock};

use crate::{
    claim::content_hash,
    document::Lang,
    extract::{FrameError, Lexicon},
    link::{Gazetteer, GazetteerError, Identities, IdentitiesError},
    ontology::{Ontology, OntologyError, OntologyFiles},
};

/// A part of the knowledge: compiled into the program, or the user's.
#[derive(Debug)]
pub enum Held<T: 'static> {
    /// The program's, read when it is first asked for.
    Embedded(fn() -> &'static T),
    /// The user's.
    Own(Box<T>),
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Embedded(part) => part(),
            Self::Own(part) => part,
        }
    }
}

/// What is known before any article is read: actors, the meaning of words, relations and types, who is who.
pub struct Knowledge {
    /// Actors and places by name.
    pub gazetteer: Held<Gazetteer>,
    /// Frames, operators and small words of each language.
    pub lexicon: Lexicon,
    /// Relations and types, with their triples.
    pub files: Held<OntologyFiles>,
    /// Corrections of who is who.
    pub identities: Identities,
    /// Names all that is not part of the program; empty if nothing is.
    pub hash: String,
}

/// Why knowledge of the user's own cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// The folder holds nothing of what it may hold.
    #[error(
        "{folder}: there is neither kilde.ttl nor frames, words or actors in it; --ontology takes a folder laid out as the program's own ontology/ is"
    )]
    Nothing {
        /// The folder.
        folder: String,
    },
    /// A file cannot be read.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// Relations or types.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// Frames or words.
    #[error(transparent)]
    Frames(#[from] FrameError),
    /// Actors.
    #[error(transparent)]
    Actors(#[from] GazetteerError),
    /// Who is who.
    #[error(transparent)]
    Identities(#[from] IdentitiesError),
}

impl Knowledge {
    /// What was compiled into the program, read once.
    ///
    /// # Errors
    /// If a frame or word list is wrong; a test makes sure that none is.
    pub fn embedded() -> Result<&'static Self, &'static KnowledgeError> {
        static EMBEDDED: OnceLock<Result<Knowledge, KnowledgeError>> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::load(None, None)).as_ref()
    }

    /// Knowledge from a folder laid out as the program's `ontology/` is, and may hold the actors in `actors/*.jsonl`. What
    /// of `kilde.ttl`, `frames/`, `words/` and `actors/` it does not hold is the program's own. `identities` is a file that
    /// says who is who.
    ///
    /// # Errors
    /// If the folder holds none of these, or a file cannot be read or is wrong; with file and line, and nothing is used.
    pub fn load(folder: Option<&Path>, identities: Option<&Path>) -> Result<Self, KnowledgeError> {
        let holds = |part: &str| folder.filter(|folder| folder.join(part).exists());
        if let Some(folder) = folder {
            let parts = ["kilde.ttl", "frames", "words", "actors"];
            if parts.into_iter().all(|part| holds(part).is_none()) {
                let folder = folder.display().to_string();
                return Err(KnowledgeError::Nothing { folder });
            }
        }
        let files = match holds("kilde.ttl") {
            Some(folder) => Held::Own(Box::new(OntologyFiles::load(folder)?)),
            None => Held::Embedded(OntologyFiles::embedded),
        };
        let gazetteer = match holds("actors") {
            Some(folder) => Held::Own(Box::new(Gazetteer::load(&folder.join("actors"))?)),
            None => Held::Embedded(Gazetteer::embedded),
        };
        let lexicon = Lexicon::of_folder(holds("frames"), holds("words"), &files.ontology)?;
        let hash = hash(folder, identities)?;
        let identities = match identities {
            Some(file) => Identities::load(file, &gazetteer)?,
            None => Identities::default(),
        };
        Ok(Self {
            gazetteer,
            lexicon,
            files,
            identities,
            hash,
        })
    }

    /// Reads what of the program's own is needed for a language and was not read yet.
    pub fn prepare(&self, lang: Lang) {
        // Side by side: nobody waits longer than for the larger of the two.
        rayon::join(
            || {
                // Knowledge that is wrong tells when it is used.
                let _ = self.lexicon.of(lang);
            },
            || {
                let _ = &*self.gazetteer;
            },
        );
    }

    /// Relations and types.
    #[must_use]
    pub fn ontology(&self) -> &Ontology {
        &self.files.ontology
    }
}

/// Names the content of all files that are used: in the folder, by their place in it, and the file of identities.
fn hash(folder: Option<&Path>, identities: Option<&Path>) -> Result<String, KnowledgeError> {
    if folder.is_none() && identities.is_none() {
        return Ok(String::new());
    }
    let mut parts = Vec::new();
    let mut add = |name: String, path: &Path| {
        let bytes = fs::read(path).map_err(|source| KnowledgeError::Io {
            file: path.display().to_string(),
            source,
        })?;
        parts.extend([name, String::from_utf8_lossy(&bytes).into_owned()]);
        Ok::<_, KnowledgeError>(())
    };
    if let Some(folder) = folder {
        let files = walkdir::WalkDir::new(folder).sort_by_file_name();
        for entry in files.into_iter().flatten() {
            let used = ["toml", "ttl", "jsonl"].map(std::ffi::OsStr::new);
            let ending = entry.path().extension();
            if entry.file_type().is_file() && ending.is_some_and(|ending| used.contains(&ending)) {
                let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                add(name.display().to_string(), entry.path())?;
            }
        }
    }
    if let Some(file) = identities {
        add("identities".to_owned(), file)?;
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(content_hash(&parts))
}
