//! Damaged and mistaken model files give errors, or load if the damage is harmless; they never panic or take memory without end.

use std::fs;
use std::path::{Path, PathBuf};

use super::morphologizer::Morphologizer;
use super::ner::EntityRecognizer;
use super::parser::Parser;
use super::trainable_lemmatizer::TrainableLemmatizer;
use super::{Context, Workspace};
use crate::config::Config;
use crate::error::LoadError;
use crate::model::Model;
use crate::pipeline::batch_of;
use crate::tokenizer::Tokenizer;

/// The Norwegian pipeline of the repository.
pub(crate) fn bokmaal() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/nb")
}

/// A context with the shared network of [`bokmaal`].
pub(crate) fn context<'a>(config: &'a Config, folder: &'a Path) -> Context<'a> {
    Context {
        config,
        folder,
        vectors: None,
        shared: Some(("tok2vec", 96)),
    }
}

/// A folder that holds one component of [`bokmaal`] and is removed at the end.
struct Copy(tempfile::TempDir);

impl Copy {
    fn new(component: &str, files: &[&str]) -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        fs::create_dir(copy.0.path().join(component)).unwrap();
        for file in files {
            let place = Path::new(component).join(file);
            fs::copy(bokmaal().join(&place), copy.0.path().join(&place)).unwrap();
        }
        copy
    }

    /// Loads the copied parser after `bytes` have been written to one of its files.
    fn load_parser(&self, config: &Config, file: &str, bytes: &[u8]) -> Result<Parser, LoadError> {
        fs::write(self.0.path().join("parser").join(file), bytes).unwrap();
        Parser::load(&context(config, self.0.path()), "parser")
    }
}

/// Numbers that look random and are the same each time.
fn random(seed: &mut usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn truncated_files_are_errors() {
    let config = Config::load(&bokmaal()).unwrap();
    for file in ["model", "moves", "cfg"] {
        let whole = fs::read(bokmaal().join("parser").join(file)).unwrap();
        let copy = Copy::new("parser", &["model", "moves", "cfg"]);
        let step = whole.len() / 60 + 1;
        for end in (0..whole.len()).step_by(step) {
            let loaded = copy.load_parser(&config, file, &whole[..end]);
            assert!(
                matches!(loaded, Err(LoadError::Malformed { .. })),
                "{file} cut at {end}: {loaded:?}"
            );
        }
        assert!(
            copy.load_parser(&config, file, &whole).is_ok(),
            "the whole {file} loads"
        );
    }
}

#[test]
fn flipped_bits_never_panic() {
    let config = Config::load(&bokmaal()).unwrap();
    let tokenizer = Tokenizer::load(&bokmaal(), "nb").unwrap();
    let mut seed = 1;
    for file in ["model", "moves"] {
        let whole = fs::read(bokmaal().join("parser").join(file)).unwrap();
        let copy = Copy::new("parser", &["model", "moves", "cfg"]);
        for round in 0..150 {
            let mut bytes = whole.clone();
            // Most of the file is numbers, where a flip is harmless; half of the rounds hit the structure at its start.
            let reach = if round % 2 == 0 {
                whole.len()
            } else {
                whole.len().min(900)
            };
            bytes[random(&mut seed) % reach] ^= 1 << (random(&mut seed) % 8);
            let Ok(parser) = copy.load_parser(&config, file, &bytes) else {
                continue;
            };
            let mut batch = batch_of(&tokenizer, &["Kari leste boka. Per sov."]);
            let mut work = Workspace {
                shared: vec![0.25; 96 * batch.lengths().sum::<usize>()],
                ..Workspace::default()
            };
            parser.apply(&mut batch, &mut work);
            assert!(
                batch.docs[0]
                    .tokens
                    .iter()
                    .all(|token| token.head < batch.docs[0].tokens.len())
            );
        }
    }
}

#[test]
fn lying_sizes_are_errors() {
    let config = Config::load(&bokmaal()).unwrap();
    let copy = Copy::new("parser", &["model", "moves", "cfg"]);
    let endless: [&[u8]; 4] = [
        b"\xdf\xff\xff\xff\xff",
        b"\x81\xa5nodes\xdd\xff\xff\xff\xff",
        b"\x83\xa5nodes\x91\x81\xa4name\xa1x\xa5attrs\x91\x80\xa6params\x91\x81\xa1W\xc6\xff\xff\xff\xff",
        &[0x91; 5_000],
    ];
    for bytes in endless {
        assert!(matches!(
            copy.load_parser(&config, "model", bytes),
            Err(LoadError::Malformed { .. })
        ));
    }
}

#[test]
fn wrong_models_are_errors() {
    let config = Config::load(&bokmaal()).unwrap();
    let copy = Copy::new("parser", &["model", "moves", "cfg"]);
    for other in ["ner", "tok2vec", "morphologizer", "trainable_lemmatizer"] {
        let bytes = fs::read(bokmaal().join(other).join("model")).unwrap();
        let loaded = copy.load_parser(&config, "model", &bytes);
        assert!(
            matches!(loaded, Err(LoadError::Malformed { .. })),
            "{other} as parser: {loaded:?}"
        );
    }
    let bytes = fs::read(bokmaal().join("ner").join("moves")).unwrap();
    assert!(copy.load_parser(&config, "moves", &bytes).is_err());
}

#[test]
fn changed_sizes_in_the_configuration_are_errors() {
    let text = fs::read_to_string(bokmaal().join("config.cfg")).unwrap();
    let path = bokmaal().join("config.cfg");
    for (was, is) in [
        ("hidden_width = 64", "hidden_width = 128"),
        ("hidden_width = 64", "hidden_width = 99999999999"),
        ("hidden_width = 64", "hidden_width = 0"),
        ("maxout_pieces = 2", "maxout_pieces = 3"),
        ("use_upper = true", "use_upper = false"),
        ("rows = [5000, 1000", "rows = [5001, 1000"),
        ("width = 96\nattrs", "width = 95\nattrs"),
        ("\"PREFIX\", \"SUFFIX\"", "\"SUFFIX\", \"PREFIX\""),
        (
            "spacy.TransitionBasedParser.v2",
            "spacy.TransitionBasedParser.v1",
        ),
        ("spacy.MultiHashEmbed.v2", "spacy.CharacterEmbed.v2"),
    ] {
        assert!(text.contains(was), "{was}");
        let config = Config::parse(&text.replace(was, is), &path).unwrap();
        let loaded = EntityRecognizer::load(&context(&config, &bokmaal()), "ner");
        assert!(loaded.is_err(), "{is}");
    }
}

#[test]
fn what_is_not_supported_is_named() {
    let config = Config::load(&bokmaal()).unwrap();
    let copy = Copy::new("parser", &["model", "moves", "cfg"]);
    let error = copy
        .load_parser(&config, "cfg", br#"{"beam_width": 8}"#)
        .unwrap_err();
    assert!(
        matches!(&error, LoadError::Unsupported { component, .. } if component == "parser"),
        "{error}"
    );
    let folder = bokmaal();
    let alone = Context {
        shared: None,
        ..context(&config, &folder)
    };
    let error = Morphologizer::load(&alone, "morphologizer").unwrap_err();
    assert!(
        matches!(&error, LoadError::Unsupported { component, .. } if component == "morphologizer"),
        "{error}"
    );
    assert!(matches!(
        TrainableLemmatizer::load(&alone, "trainable_lemmatizer"),
        Err(LoadError::Unsupported { .. })
    ));
}

#[test]
fn missing_files_are_named() {
    let config = Config::load(&bokmaal()).unwrap();
    let copy = Copy::new("parser", &["moves", "cfg"]);
    let error = Parser::load(&context(&config, copy.0.path()), "parser").unwrap_err();
    assert!(
        matches!(&error, LoadError::Missing { path, .. } if path.ends_with("parser/model")),
        "{error}"
    );
    assert!(Model::read(Path::new("nowhere")).is_err());
}
