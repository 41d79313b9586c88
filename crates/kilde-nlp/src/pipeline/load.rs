//! Loads a pipeline directory: reads which components it has and checks that each is one that this runtime implements. Disabled
//! components are skipped, whatever they are.

use std::panic::resume_unwind;
use std::path::Path;
use std::thread::ScopedJoinHandle;

use serde::Deserialize;

use super::{Component, Pipeline};
use crate::components::Context;
use crate::components::attribute_ruler::AttributeRuler;
use crate::components::morphologizer::Morphologizer;
use crate::components::ner::EntityRecognizer;
use crate::components::parser::Parser;
use crate::components::rule_lemmatizer::RuleLemmatizer;
use crate::components::tagger::Tagger;
use crate::components::trainable_lemmatizer::TrainableLemmatizer;
use crate::config::Config;
use crate::error::{LoadError, read_json};
use crate::layers::static_vectors::Vectors;
use crate::model::Model;
use crate::tok2vec::{Tok2Vec, expect_architecture, expect_registered};
use crate::tokenizer::Tokenizer;

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    name: String,
    #[serde(default)]
    version: String,
}

/// Loads the pipeline in `folder`.
pub(super) fn load(folder: &Path) -> Result<Pipeline, LoadError> {
    let config = Config::load(folder)?;
    let meta: Meta = read_json(&folder.join("meta.json"))?;
    let lang = config.text("nlp", "lang")?;
    let vectors = load_vectors(&config, folder)?;
    let (tokenizer, components) = std::thread::scope(|scope| {
        let tokenizer = scope.spawn(|| load_tokenizer(&config, folder, &lang));
        let components = load_components(&config, folder, vectors.as_ref());
        let tokenizer = tokenizer
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic));
        (tokenizer, components)
    });
    Ok(Pipeline {
        tokenizer: tokenizer?,
        components: components?,
        lang,
        name: meta.name,
        version: meta.version,
        idle: std::sync::Mutex::default(),
    })
}

fn load_tokenizer(config: &Config, folder: &Path, lang: &str) -> Result<Tokenizer, LoadError> {
    expect_registered(
        config,
        "tokenizer",
        "nlp.tokenizer",
        "@tokenizers",
        "spacy.Tokenizer.v1",
    )?;
    Tokenizer::load(folder, lang)
}

/// Reads the word vectors if a component that is on uses them.
fn load_vectors(config: &Config, folder: &Path) -> Result<Option<Vectors>, LoadError> {
    for name in enabled(config)? {
        for section in [
            format!("components.{name}.model.embed"),
            format!("components.{name}.model.tok2vec.embed"),
        ] {
            if config.has_section(&section)
                && config.flag(&section, "include_static_vectors", false)?
            {
                return Vectors::load(folder).map(Some);
            }
        }
    }
    Ok(None)
}

/// Loads the components side by side, but those that others take their input from at once. Of several errors the first
/// component's counts.
fn load_components(
    config: &Config,
    folder: &Path,
    vectors: Option<&Vectors>,
) -> Result<Vec<Component>, LoadError> {
    let names = enabled(config)?;
    std::thread::scope(|scope| {
        let mut loading = Vec::new();
        let mut shared: Option<(&str, usize)> = None;
        for name in &names {
            let context = Context {
                config,
                folder,
                vectors,
                shared,
            };
            loading.push(if is_shared(config, name)? {
                let component = load_component(&context, name)?;
                if let Component::Tok2Vec(network) = &component {
                    shared = Some((name, network.width()));
                }
                Loading::Done(Box::new(component))
            } else {
                Loading::Running(scope.spawn(move || load_component(&context, name)))
            });
        }
        loading.into_iter().map(Loading::wait).collect()
    })
}

/// A component that is loaded, or about to be.
enum Loading<'scope> {
    Done(Box<Component>),
    Running(ScopedJoinHandle<'scope, Result<Component, LoadError>>),
}

impl Loading<'_> {
    fn wait(self) -> Result<Component, LoadError> {
        match self {
            Self::Done(component) => Ok(*component),
            Self::Running(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        }
    }
}

/// Whether later components may take their input from this one.
fn is_shared(config: &Config, name: &str) -> Result<bool, LoadError> {
    Ok(config.text(&format!("components.{name}"), "factory")? == "tok2vec")
}

fn load_component(context: &Context<'_>, name: &str) -> Result<Component, LoadError> {
    let factory = context
        .config
        .text(&format!("components.{name}"), "factory")?;
    Ok(match factory.as_str() {
        "tok2vec" => Component::Tok2Vec(load_tok2vec(context, name)?),
        "tagger" => Component::Tagger(Tagger::load(context, name)?),
        "morphologizer" => Component::Morphologizer(Morphologizer::load(context, name)?),
        "parser" => Component::Parser(Parser::load(context, name)?),
        "attribute_ruler" => {
            Component::AttributeRuler(AttributeRuler::load(&context.folder.join(name))?)
        }
        "lemmatizer" => Component::RuleLemmatizer(load_lemmatizer(context, name)?),
        "trainable_lemmatizer" => {
            Component::TrainableLemmatizer(TrainableLemmatizer::load(context, name)?)
        }
        "ner" => Component::EntityRecognizer(EntityRecognizer::load(context, name)?),
        _ => {
            return Err(LoadError::Unsupported {
                component: name.to_owned(),
                what: format!("the factory '{factory}'"),
                path: context.config.path().to_owned(),
            });
        }
    })
}

fn load_lemmatizer(context: &Context<'_>, name: &str) -> Result<RuleLemmatizer, LoadError> {
    let section = format!("components.{name}");
    let mode = context.config.text(&section, "mode")?;
    let overwrite = context.config.flag(&section, "overwrite", false)?;
    RuleLemmatizer::load(
        &context.folder.join(name),
        &context.config.text("nlp", "lang")?,
        &mode,
        overwrite,
    )
}

fn load_tok2vec(context: &Context<'_>, name: &str) -> Result<Tok2Vec, LoadError> {
    let section = format!("components.{name}.model");
    expect_architecture(context.config, name, &section, "spacy.Tok2Vec.v2")?;
    let model = Model::read(&context.folder.join(name))?;
    Tok2Vec::load(context.config, name, &section, &model, context.vectors)
}

/// The components that are on, in order.
fn enabled(config: &Config) -> Result<Vec<String>, LoadError> {
    let disabled = config.texts("nlp", "disabled")?;
    let mut names = config.texts("nlp", "pipeline")?;
    names.retain(|name| !disabled.contains(name));
    Ok(names)
}
