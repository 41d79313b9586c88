//! The trainable lemmatizer: a classifier whose labels are edit trees; the best of the first few that fits the word makes its lemma.

use super::edit_tree_lemmatizer::EditTrees;
use super::tagger::Classifier;
use super::{Context, Workspace};
use crate::annotation::Label;
use crate::batch::Batch;
use crate::error::LoadError;
use crate::layers::linear::ranked;
use crate::strings::Strings;
use crate::tok2vec::size;

/// Sets `lemma`.
#[derive(Debug)]
pub(crate) struct TrainableLemmatizer {
    classifier: Classifier,
    trees: EditTrees,
    top_k: usize,
    overwrite: bool,
}

impl TrainableLemmatizer {
    /// Reads the lemmatizer `component`.
    pub(crate) fn load(context: &Context<'_>, component: &str) -> Result<Self, LoadError> {
        let section = format!("components.{component}");
        let backoff = context.config.get(&section, "backoff")?;
        let strings = Strings::load(context.folder)?;
        let trees = EditTrees::load(&context.folder.join(component), &strings, backoff.as_str())?;
        Ok(Self {
            classifier: Classifier::load(context, component, trees.label_count())?,
            trees,
            top_k: size(context.config, &section, "top_k")?,
            overwrite: context.config.flag(&section, "overwrite", false)?,
        })
    }

    /// Sets the lemmas of all tokens.
    pub(crate) fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        let mut scores = self.classifier.scores(batch, work);
        let mut labels = Vec::with_capacity(self.top_k);
        for doc in &mut batch.docs {
            for (token, scores) in doc.tokens.iter_mut().zip(&mut scores) {
                if !self.overwrite && !token.lemma.is_empty() {
                    continue;
                }
                ranked(scores, self.top_k, &mut labels);
                let form = &doc.text[token.start..token.end];
                if let Some(lemma) = self.trees.lemma(&labels, form) {
                    token.lemma = Label::clone(&lemma);
                }
            }
        }
    }
}
