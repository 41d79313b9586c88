//! What parser and entity recogniser share: a network that scores the next action from a few tokens of the current state.
//! Actions and states are theirs; see [`super::parser`] and [`super::ner`].

pub(crate) mod actions;

use crate::error::{LoadError, read_json};
use crate::layers::gemm::{Rows, Weights};
use crate::layers::linear::{Linear, add};
use crate::layers::maxout::by_piece;
use crate::layers::vectors::vectorized;
use crate::model::{Model, Node};
use crate::tok2vec::{expect_architecture, size};

use super::{Context, Encoder, Workspace};
use crate::batch::Batch;

/// Actions that are scored together: their sums fit the processor's vector registers.
const TILE: usize = 32;

/// The network: token rows are narrowed, multiplied once per token and feature, summed per state, and scored.
#[derive(Debug)]
pub(crate) struct TransitionNetwork {
    encoder: Encoder,
    narrow: Linear,
    /// One block of outputs per feature, ordered by piece, then hidden unit.
    lower: Weights,
    /// What stands for a missing token, per feature.
    missing: Vec<f32>,
    bias: Vec<f32>,
    /// For each tile of actions, one line of weights per hidden unit.
    upper: Vec<[f32; TILE]>,
    upper_bias: Vec<f32>,
    hidden: usize,
    features: usize,
    actions: usize,
}

/// Which actions are allowed: zero for those that are, minus infinity for the others.
#[derive(Debug)]
pub(crate) struct Allowed(Vec<f32>);

/// Buffers of a run.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    narrowed: Vec<f32>,
    /// For each token of a document and each feature, its part of the hidden layer before bias and maximum.
    table: Vec<f32>,
    step: Step,
}

/// Buffers for scoring one state.
#[derive(Debug, Default)]
pub(crate) struct Step {
    hidden: Vec<f32>,
    /// The score of each action, in whole tiles.
    scores: Vec<f32>,
}

/// What the network knows of the tokens of one document.
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
        let upper_weights = model.param(upper, "W", &[actions, hidden])?;
        let mut upper_bias = model.param(upper, "b", &[actions])?;
        upper_bias.resize(actions.next_multiple_of(TILE), 0.0);
        let lower_weights = model.param(lower, "W", &[features, hidden, pieces, hidden])?;
        let missing = model.param(lower, "pad", &[1, features, hidden, pieces])?;
        let bias = model.param(lower, "b", &[hidden, pieces])?;
        Ok(Self {
            narrow: load_narrow(&model, upper, hidden, encoder.width())?,
            lower: Weights::new(
                &by_feature(&lower_weights, features, hidden, pieces, hidden),
                hidden,
            ),
            missing: by_feature(&missing, features, hidden, pieces, 1),
            bias: by_piece(&bias, hidden, pieces, 1),
            upper: in_tiles(&upper_weights, hidden),
            upper_bias,
            encoder,
            hidden,
            features,
            actions,
        })
    }

    /// The set of the actions (by number) that `allows` lets through.
    pub(crate) fn allowed(&self, allows: impl Fn(usize) -> bool) -> Allowed {
        let penalty = |action| {
            let is_allowed = action < self.actions && allows(action);
            if is_allowed { 0.0 } else { f32::NEG_INFINITY }
        };
        Allowed((0..self.upper_bias.len()).map(penalty).collect())
    }

    /// Computes what `table` needs of all tokens of `batch`.
    pub(crate) fn prepare(&self, batch: &Batch, work: &mut Workspace) {
        let rows = self
            .encoder
            .rows(batch, &work.shared, &mut work.scratch, &mut work.own);
        let buffers = &mut work.transition;
        self.narrow.apply(rows, &mut buffers.narrowed);
        buffers.step.hidden.resize(self.bias.len(), 0.0);
        buffers.step.scores.resize(self.upper_bias.len(), 0.0);
    }

    /// The table of the document whose `length` tokens start at `first` in the batch, and the buffers for its states.
    pub(crate) fn table<'b>(
        &self,
        buffers: &'b mut Buffers,
        first: usize,
        length: usize,
    ) -> (Table<'b>, &'b mut Step) {
        let stride = self.narrow.stride();
        let narrowed = Rows {
            data: &buffers.narrowed[first * stride..],
            count: length,
            width: self.hidden,
            stride,
        };
        buffers.table.resize(length * self.lower.stride(), 0.0);
        self.lower.multiply(narrowed, &mut buffers.table);
        let rows = &buffers.table;
        (Table { rows }, &mut buffers.step)
    }

    /// The best allowed action, the first of several, in a state that shows these tokens (one per feature).
    pub(crate) fn best(
        &self,
        table: Table<'_>,
        tokens: &[Option<usize>],
        allowed: &Allowed,
        step: &mut Step,
    ) -> Option<usize> {
        let greatest = vectorized(
            #[inline(always)]
            || {
                self.hide(table, tokens, &mut step.hidden);
                let tiles = self.upper.chunks_exact(self.hidden.max(1));
                let scores = step.scores.chunks_exact_mut(TILE);
                for (tile, scores) in tiles.zip(scores) {
                    let hidden = step.hidden[..self.hidden].iter();
                    let mut sums = [0.0_f32; TILE];
                    for (number, weights) in hidden.zip(tile) {
                        for (sum, weight) in sums.iter_mut().zip(weights) {
                            *sum += number * weight;
                        }
                    }
                    scores.copy_from_slice(&sums);
                }
                add(&mut step.scores, &self.upper_bias);
                add(&mut step.scores, &allowed.0);
                greatest(&step.scores)
            },
        );
        if greatest.is_infinite() {
            return None;
        }
        step.scores.iter().position(|score| *score >= greatest)
    }

    /// The hidden layer of a state, at the start of `hidden`.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "part of loops that are compiled for each processor"
    )]
    fn hide(&self, table: Table<'_>, tokens: &[Option<usize>], hidden: &mut [f32]) {
        let width = self.bias.len();
        hidden.copy_from_slice(&self.bias);
        for (feature, token) in tokens[..self.features].iter().enumerate() {
            let part = feature * width;
            let values = match token {
                Some(token) => &table.rows[token * self.lower.stride() + part..][..width],
                None => &self.missing[part..part + width],
            };
            add(hidden, values);
        }
        let (best, others) = hidden.split_at_mut(self.hidden);
        for piece in others.chunks_exact(self.hidden) {
            for (number, other) in best.iter_mut().zip(piece) {
                *number = if *other > *number { *other } else { *number };
            }
        }
    }
}

/// The greatest of the scores, which come in whole tiles.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "part of loops that are compiled for each processor"
)]
fn greatest(scores: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; TILE];
    for tile in scores.chunks_exact(TILE) {
        for (lane, score) in lanes.iter_mut().zip(tile) {
            *lane = if *score > *lane { *score } else { *lane };
        }
    }
    lanes.into_iter().fold(f32::NEG_INFINITY, f32::max)
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
        &weights,
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

/// Rows of `width` weights, one per action, as tiles: lines of one weight per action of the tile.
fn in_tiles(weights: &[f32], width: usize) -> Vec<[f32; TILE]> {
    let mut lines = Vec::new();
    for rows in weights.chunks(TILE * width.max(1)) {
        for column in 0..width {
            let mut line = [0.0; TILE];
            for (number, row) in line.iter_mut().zip(rows.chunks_exact(width)) {
                *number = row[column];
            }
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lays_out_tiles() {
        // Two inputs, one action more than fit a tile.
        let weights: Vec<f32> = (0..2 * TILE + 2).map(|number| number as f32).collect();
        let lines = in_tiles(&weights, 2);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1][..3], [1.0, 3.0, 5.0]);
        assert_eq!(lines[2][..2], [2.0 * TILE as f32, 0.0]);
    }

    #[test]
    fn finds_the_greatest() {
        let mut scores = vec![f32::NEG_INFINITY; 2 * TILE];
        assert!(greatest(&scores).is_infinite());
        scores[TILE + 3] = -7.0;
        scores[2] = -8.0;
        assert_eq!(greatest(&scores).to_bits(), (-7.0_f32).to_bits());
    }
}
