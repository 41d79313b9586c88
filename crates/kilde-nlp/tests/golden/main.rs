//! Compares whole pipelines with real spaCy, token by token, on texts of our own (`make.py` wrote the `.jsonl` files). Every layer
//! must be equal everywhere. English pipelines are looked for in `models/en` and `models/en-md` of the workspace, or in `en` and
//! `en-md` of the folder that the environment variable `KILDE_MODELS` names.

mod expected;
mod pipeline;
mod tokens;

use std::env;
use std::path::{Path, PathBuf};

/// The folder of a pipeline (`"en"`, `"en-md"`, `"nb"`); fails with what to do if it is not there.
#[track_caller]
fn pipeline_folder(name: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let models = match env::var_os("KILDE_MODELS") {
        Some(folder) if name != "nb" => PathBuf::from(folder),
        _ => workspace,
    };
    let folder = models.join(name);
    assert!(
        folder.join("config.cfg").is_file(),
        "there is no pipeline in {}: run `make models` (`make models-md` for en-md), or set KILDE_MODELS to the folder that holds {name}",
        folder.display()
    );
    folder
}
