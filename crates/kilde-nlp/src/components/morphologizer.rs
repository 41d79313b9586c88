//! The morphologizer: a classifier whose labels stand for a part of speech and a set of features together.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::tagger::Classifier;
use super::{Context, Workspace};
use crate::annotation::{Label, closed_label};
use crate::batch::Batch;
use crate::error::{LoadError, read_json};
use crate::layers::linear::argmax;

/// spaCy's universal parts of speech, by number from [`FIRST_POS`] on (`spacy/symbols.pxd`).
const POS: [&str; 20] = [
    "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
    "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "EOL", "SPACE",
];
const FIRST_POS: u64 = 84;

/// Sets `pos` and `morph`.
#[derive(Debug)]
pub(crate) struct Morphologizer {
    classifier: Classifier,
    /// Part of speech and features of each label.
    labels: Vec<(Label, Label)>,
    overwrite: bool,
}

#[derive(Deserialize)]
struct MorphologizerConfig {
    labels_morph: Map<String, Value>,
    labels_pos: Map<String, Value>,
    #[serde(default)]
    overwrite: bool,
    #[serde(default)]
    extend: bool,
}

impl Morphologizer {
    /// Reads the morphologizer `component`.
    pub(crate) fn load(context: &Context<'_>, component: &str) -> Result<Self, LoadError> {
        let path = context.folder.join(component).join("cfg");
        let config: MorphologizerConfig = read_json(&path)?;
        if config.extend {
            return Err(LoadError::Unsupported {
                component: component.to_owned(),
                what: "'extend', which adds to features set before,".to_owned(),
                path,
            });
        }
        let labels = config.labels_morph.iter().map(|(label, morph)| {
            let pos = config.labels_pos.get(label).and_then(pos_name)?;
            Some((closed_label(pos), closed_label(morph.as_str()?)))
        });
        let labels: Option<Vec<(Label, Label)>> = labels.collect();
        let labels = labels.ok_or_else(|| {
            LoadError::malformed(&path, "a label without part of speech or features")
        })?;
        Ok(Self {
            classifier: Classifier::load(context, component, labels.len())?,
            labels,
            overwrite: config.overwrite,
        })
    }

    /// Sets part of speech and features of all tokens.
    pub(crate) fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        let scores = self.classifier.scores(batch, work);
        let tokens = batch.docs.iter_mut().flat_map(|doc| &mut doc.tokens);
        for (token, scores) in tokens.zip(scores) {
            let (pos, morph) = &self.labels[argmax(scores)];
            if self.overwrite || token.morph.is_empty() {
                token.morph = Label::clone(morph);
            }
            if self.overwrite || token.pos.is_empty() {
                token.pos = Label::clone(pos);
            }
        }
    }
}

/// The name of a part of speech by spaCy's number; 0 is none.
fn pos_name(number: &Value) -> Option<&'static str> {
    let number = number.as_u64()?;
    if number == 0 {
        return Some("");
    }
    let index = usize::try_from(number.checked_sub(FIRST_POS)?).ok()?;
    POS.get(index).copied()
}
