//! Finds the trained pipelines and loads each when the first article in its language comes.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use kilde_nlp::{LoadError, Pipeline};

use crate::{claim::content_hash, document::Lang, syntax::Scheme};

/// Why there is no pipeline for a language.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ModelError {
    /// There is no folder with the language's pipeline.
    #[error(
        "no model for '{lang}': looked in {looked}; run `make models`, or name the folder that holds '{lang}' with --models or KILDE_MODELS"
    )]
    Missing {
        /// The language's tag.
        lang: &'static str,
        /// Where it was looked for.
        looked: String,
    },
    /// The pipeline cannot be loaded.
    #[error("the model for '{lang}' cannot be loaded: {cause}")]
    Load {
        /// The language's tag.
        lang: &'static str,
        /// Why.
        cause: Arc<LoadError>,
    },
}

/// A loaded pipeline and its parser's label scheme.
#[derive(Debug)]
pub struct Model {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// How its labels are read.
    pub scheme: Scheme,
}

/// The pipelines of all languages, in folders called by the language's tag.
#[derive(Debug)]
pub struct Models {
    folders: Vec<PathBuf>,
    english: OnceLock<Result<Model, ModelError>>,
    norwegian: OnceLock<Result<Model, ModelError>>,
    fingerprints: [OnceLock<Option<String>>; 2],
}

impl Models {
    /// Looks for pipelines in `asked`, if given, and nowhere else; otherwise in the folder that `KILDE_MODELS` names, in
    /// `models` of the working folder and of the program's own, and in the user's data folder. Loads nothing yet.
    #[must_use]
    pub fn find(asked: Option<&Path>) -> Self {
        let folders = match asked {
            Some(folder) => vec![folder.to_owned()],
            None => usual_folders(),
        };
        Self {
            folders,
            english: OnceLock::new(),
            norwegian: OnceLock::new(),
            fingerprints: Default::default(),
        }
    }

    /// The pipeline that serves `lang`, loaded at the first call.
    ///
    /// # Errors
    /// If there is none, or it cannot be loaded; the same error at every call.
    pub fn of(&self, lang: Lang) -> Result<&Model, ModelError> {
        self.slot(lang)
            .get_or_init(|| self.load(lang.family()))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Whether the pipeline that serves `lang` has been loaded, or could not be.
    #[must_use]
    pub fn is_loaded(&self, lang: Lang) -> bool {
        self.slot(lang).get().is_some()
    }

    fn slot(&self, lang: Lang) -> &OnceLock<Result<Model, ModelError>> {
        if lang.family() == Lang::En {
            &self.english
        } else {
            &self.norwegian
        }
    }

    /// Tells the pipeline that serves `lang` from others without loading it: a hash of its description and of the names
    /// and sizes of its files. `None` if there is none. Found out at the first call.
    #[must_use]
    pub fn fingerprint(&self, lang: Lang) -> Option<&str> {
        let family = lang.family();
        let slot = &self.fingerprints[usize::from(family != Lang::En)];
        slot.get_or_init(|| self.find_fingerprint(family))
            .as_deref()
    }

    fn find_fingerprint(&self, lang: Lang) -> Option<String> {
        let folder = self.folder(lang.tag())?;
        let mut files: Vec<String> = walkdir::WalkDir::new(&folder)
            .sort_by_file_name()
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let size = entry.metadata().map_or(0, |metadata| metadata.len());
                format!("{} {size}", entry.file_name().to_string_lossy())
            })
            .collect();
        files.extend(std::fs::read_to_string(folder.join("meta.json")).ok());
        Some(content_hash(&[&files.join("\n")]))
    }

    fn folder(&self, lang: &str) -> Option<PathBuf> {
        self.folders
            .iter()
            .map(|folder| folder.join(lang))
            .find(|folder| folder.is_dir())
    }

    fn load(&self, lang: Lang) -> Result<Model, ModelError> {
        let lang = lang.tag();
        let Some(folder) = self.folder(lang) else {
            let looked: Vec<String> = self
                .folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return Err(ModelError::Missing {
                lang,
                looked: looked.join(", "),
            });
        };
        let pipeline = Pipeline::load(&folder).map_err(|error| ModelError::Load {
            lang,
            cause: Arc::new(error),
        })?;
        let scheme = Scheme::of_labels(pipeline.parser_labels());
        Ok(Model { pipeline, scheme })
    }
}

fn usual_folders() -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os("KILDE_MODELS").filter(|named| !named.is_empty()) {
        return vec![named.into()];
    }
    let mut folders = vec![PathBuf::from("models")];
    let program = std::env::current_exe().ok();
    folders.extend(program.and_then(|program| Some(program.parent()?.join("models"))));
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share")));
    folders.extend(data.map(|data| data.join("kilde/models")));
    folders
}
