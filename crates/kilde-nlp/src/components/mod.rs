//! The components of a pipeline, one per module, and what those with a network have in common: where their token rows come from
//! and the buffers that they compute in. Each component reads its own directory and annotates a batch of documents.

pub(crate) mod attribute_ruler;
pub(crate) mod edit_tree_lemmatizer;
pub(crate) mod morphologizer;
pub(crate) mod ner;
pub(crate) mod parser;
pub(crate) mod rule_lemmatizer;
pub(crate) mod tagger;
pub(crate) mod trainable_lemmatizer;
pub(crate) mod transition;

#[cfg(test)]
pub(crate) mod tests;

use crate::batch::Batch;
use crate::config::Config;
use crate::error::LoadError;
use crate::layers::static_vectors::Vectors;
use crate::model::Model;
use crate::tok2vec::{Scratch, Tok2Vec, expect_architecture};
use crate::tokenizer::ChunkCache;

/// Where components look for what they load.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The configuration.
    pub(crate) config: &'a Config,
    /// The pipeline's directory.
    pub(crate) folder: &'a std::path::Path,
    /// The word vectors, if the pipeline has some.
    pub(crate) vectors: Option<&'a Vectors>,
    /// Name and width of the shared token-to-vector component, if one comes before.
    pub(crate) shared: Option<(&'a str, usize)>,
}

/// Where a component's token rows come from.
#[derive(Debug)]
pub(crate) enum Encoder {
    /// From the pipeline's shared token-to-vector component.
    Shared(usize),
    /// From a network of its own.
    Own(Box<Tok2Vec>),
}

/// Buffers that all components of a run use in turn; they grow to the largest batch and stay.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// The rows of the shared network.
    pub(crate) shared: Vec<f32>,
    /// The rows of a component's own network.
    pub(crate) own: Vec<f32>,
    /// The networks' intermediate results.
    pub(crate) scratch: Scratch,
    /// Scores of all tokens for all labels.
    pub(crate) scores: Vec<f32>,
    /// How chunks of text were split into tokens.
    pub(crate) chunks: ChunkCache,
    /// What transition systems compute in.
    pub(crate) transition: transition::Buffers,
}

impl Encoder {
    /// Reads the encoder of `component`, whose network is in `model`.
    pub(crate) fn load(
        context: &Context<'_>,
        component: &str,
        model: &Model,
    ) -> Result<Self, LoadError> {
        let section = format!("components.{component}.model.tok2vec");
        if context.config.text(&section, "@architectures")? != "spacy.Tok2VecListener.v1" {
            expect_architecture(context.config, component, &section, "spacy.Tok2Vec.v2")?;
            let own = Tok2Vec::load(context.config, component, &section, model, context.vectors)?;
            return Ok(Self::Own(Box::new(own)));
        }
        let upstream = context.config.text(&section, "upstream")?;
        let shared = context
            .shared
            .filter(|(name, _)| upstream == "*" || upstream == *name);
        let (_, width) = shared.ok_or_else(|| LoadError::Unsupported {
            component: component.to_owned(),
            what: format!("listening to '{upstream}', which is no tok2vec component before it,"),
            path: context.config.path().to_owned(),
        })?;
        Ok(Self::Shared(width))
    }

    /// Numbers in a row.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Shared(width) => *width,
            Self::Own(network) => network.width(),
        }
    }

    /// The rows of all tokens of `batch`: those in `shared`, or new ones in `own`.
    pub(crate) fn rows<'r>(
        &self,
        batch: &Batch,
        shared: &'r [f32],
        scratch: &mut Scratch,
        own: &'r mut Vec<f32>,
    ) -> &'r [f32] {
        match self {
            Self::Shared(_) => shared,
            Self::Own(network) => {
                network.apply(batch, scratch, own);
                own
            }
        }
    }
}
