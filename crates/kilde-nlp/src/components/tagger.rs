//! The tagger: one linear layer over the token rows, the best label is the fine-grained tag. Its network is that of the
//! morphologizer and the trainable lemmatizer too.

use serde::Deserialize;

use super::{Context, Encoder, Workspace};
use crate::annotation::{Label, closed_label};
use crate::batch::Batch;
use crate::error::{LoadError, read_json};
use crate::layers::linear::{Linear, argmax};
use crate::model::Model;
use crate::tok2vec::expect_architecture;

/// Scores every token for every label.
#[derive(Debug)]
pub(crate) struct Classifier {
    encoder: Encoder,
    output: Linear,
}

/// Sets `tag`.
#[derive(Debug)]
pub(crate) struct Tagger {
    classifier: Classifier,
    labels: Vec<Label>,
    overwrite: bool,
}

#[derive(Deserialize)]
struct TaggerConfig {
    labels: Vec<String>,
    #[serde(default)]
    overwrite: bool,
}

impl Classifier {
    /// Reads the network of `component`, which must have that many labels.
    pub(crate) fn load(
        context: &Context<'_>,
        component: &str,
        labels: usize,
    ) -> Result<Self, LoadError> {
        let section = format!("components.{component}.model");
        expect_architecture(context.config, component, &section, "spacy.Tagger.v2")?;
        let model = Model::read(&context.folder.join(component))?;
        let encoder = Encoder::load(context, component, &model)?;
        let node = model.referred("softmax")?;
        let weights = model.param(node, "W", &[labels, encoder.width()])?;
        let bias = model.param(node, "b", &[labels])?;
        if labels == 0 {
            return Err(model.wrong("there are no labels".to_owned()));
        }
        let output = Linear::new(&weights, bias, encoder.width());
        Ok(Self { encoder, output })
    }

    /// The scores of all tokens of `batch`, one row per token. (Softmax would not change their order.)
    pub(crate) fn scores<'w>(
        &self,
        batch: &Batch,
        work: &'w mut Workspace,
    ) -> impl Iterator<Item = &'w [f32]> + use<'w> {
        let rows = self
            .encoder
            .rows(batch, &work.shared, &mut work.scratch, &mut work.own);
        self.output.apply(rows, &mut work.scores);
        let outputs = self.output.outputs();
        let rows = work.scores.chunks_exact(self.output.stride());
        rows.map(move |row| &row[..outputs])
    }
}

impl Tagger {
    /// Reads the tagger `component`.
    pub(crate) fn load(context: &Context<'_>, component: &str) -> Result<Self, LoadError> {
        let config: TaggerConfig = read_json(&context.folder.join(component).join("cfg"))?;
        Ok(Self {
            classifier: Classifier::load(context, component, config.labels.len())?,
            labels: config
                .labels
                .iter()
                .map(|label| closed_label(label))
                .collect(),
            overwrite: config.overwrite,
        })
    }

    /// Tags all tokens.
    pub(crate) fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        let scores = self.classifier.scores(batch, work);
        let tokens = batch.docs.iter_mut().flat_map(|doc| &mut doc.tokens);
        for (token, scores) in tokens.zip(scores) {
            if self.overwrite || token.tag.is_empty() {
                token.tag = Label::clone(&self.labels[argmax(scores)]);
            }
        }
    }
}
