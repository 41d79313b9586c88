//! What parser and entity recogniser share: a network that scores the next action from a few tokens of the current state.
//! Actions and states are theirs; see [`super::parser`] and [`super::ner`].

pub(crate) mod actions;

use crate::error::{LoadError, read_json};
use crate::layers::gemm::{Rows, product};
use crate::layers::linear::{Linear, add};
use crate::layers::maxout::by_piece;
use crate::model::{Model, Node};
use crate::tok2vec::{expect_architecture, size};

use super::{Context, Encoder, Workspace};
use crate::batch::Batch;

/// The network: token rows are narrowed, multiplied once per token and feature, summed per state, and scored.
#[derive(Debug)]
pub(crate) struct TransitionNetwork {
    encoder: Encoder,
    narrow: Linear,
    /// One block of rows per feature, ordered by piece, then hidden unit.
    lower: Vec<f32>,
    /// What stands for a missing token, per feature.
    missing: Vec<f32>,
    bias: Vec<f32>,
    /// One row of weights per hidden unit.
    upper: Vec<f32>,
    upper_bias: Vec<f32>,
    narrow_width: usize,
    hidden: usize,
    features: usize,
}

/// Buffers of a run.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    narrowed: Vec<f32>,
    /// For each token and feature, its part of the hidden layer before bias and maximum.
    table: Vec<f32>,
    /// Those of one state.
    pub(crate) step: Step,
}

/// Buffers for scoring one state.
#[derive(Debug, Default)]
pub(crate) struct Step {
    hidden: Vec<f32>,
    /// The score of each action.
    pub(crate) scores: Vec<f32>,
}

/// The part of the table that belongs to one document.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    rows: &'a [f32],
}

impl TransitionNetwork {
    /// Reads the network of `component`, whose states have `features` tokens and which chooses among `actions`.
    pub(crate) fn load(
        context: &Context<'_>,
        component: &str,
        features: usize,
        actions: usize,
    ) -> Result<Self, LoadError> {
        let section = format!("components.{component}.model");
        check_supported(context, component, &section)?;
        let hidden = size(context.config, &section, "hidden_width")?;
        let pieces = size(context.config, &section, "maxout_pieces")?;
        let model = Model::read(&context.folder.join(component))?;
        let encoder = Encoder::load(context, component, &model)?;
        let (lower, upper) = (model.referred("lower")?, model.referred("upper")?);
        let weights = model.param(upper, "W", &[actions, hidden])?;
        Ok(Self {
            narrow: load_narrow(&model, upper, hidden, encoder.width())?,
            lower: by_feature(
                &model.param(lower, "W", &[features, hidden, pieces, hidden])?,
                features,
                hidden,
                pieces,
                hidden,
            ),
            missing: by_feature(
                &model.param(lower, "pad", &[1, features, hidden, pieces])?,
                features,
                hidden,
                pieces,
                1,
            ),
            bias: by_piece(
                &model.param(lower, "b", &[hidden, pieces])?,
                hidden,
                pieces,
                1,
            ),
            upper: transposed(&weights, hidden),
            upper_bias: model.param(upper, "b", &[actions])?,
            narrow_width: hidden,
            encoder,
            hidden,
            features,
        })
    }

    /// Fills the buffers' table for all tokens of `batch`.
    pub(crate) fn prepare(&self, batch: &Batch, work: &mut Workspace) {
        let rows = self
            .encoder
            .rows(batch, &work.shared, &mut work.scratch, &mut work.own);
        let buffers = &mut work.transition;
        self.narrow.apply(rows, &mut buffers.narrowed);
        let narrowed = Rows::dense(&buffers.narrowed, self.narrow_width);
        buffers.table.resize(narrowed.count * self.row(), 0.0);
        product(narrowed, &self.lower, &mut buffers.table);
        buffers.step.hidden.resize(self.bias.len(), 0.0);
        buffers.step.scores.resize(self.upper_bias.len(), 0.0);
    }

    /// The table of the document whose tokens start at `first` in the batch, and the buffers for its states.
    pub(crate) fn table<'b>(
        &self,
        buffers: &'b mut Buffers,
        first: usize,
    ) -> (Table<'b>, &'b mut Step) {
        let rows = &buffers.table[first * self.row()..];
        (Table { rows }, &mut buffers.step)
    }

    /// Scores all actions in a state that shows these tokens (one per feature), into `step.scores`.
    pub(crate) fn score(&self, table: Table<'_>, tokens: &[Option<usize>], step: &mut Step) {
        let width = self.bias.len();
        step.hidden.fill(0.0);
        for (feature, token) in tokens.iter().enumerate() {
            let part = feature * width;
            let values = match token {
                Some(token) => &table.rows[token * self.row() + part..][..width],
                None => &self.missing[part..part + width],
            };
            add(&mut step.hidden, values);
        }
        add(&mut step.hidden, &self.bias);
        let (best, others) = step.hidden.split_at_mut(self.hidden);
        for piece in others.chunks_exact(self.hidden) {
            for (number, other) in best.iter_mut().zip(piece) {
                *number = if *other > *number { *other } else { *number };
            }
        }
        multiply(best, &self.upper, &mut step.scores);
        add(&mut step.scores, &self.upper_bias);
    }

    /// Numbers in the table for one token.
    fn row(&self) -> usize {
        self.features * self.bias.len()
    }
}

/// `scores = input * weights` for one row, four weights' rows at a time.
fn multiply(input: &[f32], weights: &[f32], scores: &mut [f32]) {
    let width = scores.len();
    scores.fill(0.0);
    let blocks = input.chunks(4).zip(weights.chunks(4 * width));
    for (numbers, rows) in blocks {
        if let [a, b, c, d] = *numbers {
            let (first, rest) = rows.split_at(width);
            let (second, rest) = rest.split_at(width);
            let (third, fourth) = rest.split_at(width);
            for ((((score, w), x), y), z) in scores
                .iter_mut()
                .zip(first)
                .zip(second)
                .zip(third)
                .zip(fourth)
            {
                *score += (a * w + b * x) + (c * y + d * z);
            }
        } else {
            for (number, row) in numbers.iter().zip(rows.chunks_exact(width)) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += number * weight;
                }
            }
        }
    }
}

fn check_supported(context: &Context<'_>, component: &str, section: &str) -> Result<(), LoadError> {
    expect_architecture(
        context.config,
        component,
        section,
        "spacy.TransitionBasedParser.v2",
    )?;
    let refuse = |what: &str| {
        Err(LoadError::Unsupported {
            component: component.to_owned(),
            what: what.to_owned(),
            path: context.config.path().to_owned(),
        })
    };
    if !context.config.flag(section, "use_upper", true)? {
        return refuse("a network without upper layer");
    }
    if context.config.flag(section, "extra_state_tokens", false)? {
        return refuse("'extra_state_tokens'");
    }
    let settings: serde_json::Value = read_json(&context.folder.join(component).join("cfg"))?;
    if settings
        .get("beam_width")
        .is_some_and(|width| width.as_u64() != Some(1))
    {
        return refuse("beam search");
    }
    if settings
        .get("learn_tokens")
        .is_some_and(|learns| learns.as_bool() != Some(false))
    {
        return refuse("'learn_tokens'");
    }
    Ok(())
}

/// The linear layer after the encoder: the one that is not the upper layer, which comes before it in the file.
fn load_narrow(
    model: &Model,
    upper: &Node,
    outputs: usize,
    width: usize,
) -> Result<Linear, LoadError> {
    let node = model
        .named("linear")
        .find(|node| !std::ptr::eq(*node, upper));
    let node =
        node.ok_or_else(|| model.wrong("there is no linear layer after the encoder".to_owned()))?;
    let weights = model.param(node, "W", &[outputs, width])?;
    Ok(Linear::new(
        weights,
        model.param(node, "b", &[outputs])?,
        width,
    ))
}

fn by_feature(
    weights: &[f32],
    features: usize,
    outputs: usize,
    pieces: usize,
    width: usize,
) -> Vec<f32> {
    let blocks = weights.chunks_exact((weights.len() / features.max(1)).max(1));
    blocks
        .flat_map(|block| by_piece(block, outputs, pieces, width))
        .collect()
}

fn transposed(weights: &[f32], width: usize) -> Vec<f32> {
    let columns = 0..width;
    columns
        .flat_map(|column| weights.iter().skip(column).step_by(width.max(1)).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplies_a_row() {
        // Six hidden units (a block of four and a rest of two), three actions.
        let input = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let weights = [
            1.0, 0.0, 2.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0,
            0.0,
        ];
        let mut scores = [9.0; 3];
        multiply(&input, &weights, &mut scores);
        assert!(
            scores
                .iter()
                .zip([21.0, 6.0, 2.0])
                .all(|(score, expected)| (score - expected).abs() < 1e-6)
        );
    }

    #[test]
    fn transposes() {
        let rows = transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3);
        assert!(
            rows.iter()
                .zip([1.0, 4.0, 2.0, 5.0, 3.0, 6.0])
                .all(|(one, other)| (one - other).abs() < 1e-6)
        );
    }
}
