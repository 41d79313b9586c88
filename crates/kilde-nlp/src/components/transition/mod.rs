//! What parser and entity recogniser share: a network that scores the next action from a few tokens of the current state.
//! Actions and states are theirs; see [`super::parser`] and [`super::ner`].

pub(crate) mod actions;
mod walk;

pub(crate) use walk::{TOKENS, View, Walk};

use crate::error::{LoadError, read_json};
use crate::layers::gemm::Weights;
use crate::layers::linear::Linear;
use crate::layers::maxout::by_piece;
use crate::model::{Model, Node};
use crate::tok2vec::{expect_architecture, size};

use super::{Context, Encoder, Workspace};
use crate::batch::Batch;
use walk::{LANES, Lane};

/// Actions that are scored together: their sums fit the processor's vector registers.
const TILE: usize = 32;

/// The network: token rows are narrowed, multiplied once per token and feature, summed per state, and scored.
#[derive(Debug)]
pub(crate) struct TransitionNetwork {
    encoder: Encoder,
    narrow: Linear,
    /// One block of outputs per feature that most tokens are, ordered by piece, then hidden unit.
    lower: Weights,
    /// The weights of each feature after these, which few tokens ever are.
    rare: Vec<Weights>,
    /// What stands for a missing token, per feature.
    missing: Vec<f32>,
    bias: Vec<f32>,
    /// For each tile of actions, one line of weights per hidden unit.
    upper: Vec<[f32; TILE]>,
    upper_bias: Vec<f32>,
    /// The number of the action at each place of the tiles.
    order: Vec<usize>,
    hidden: usize,
    /// How many features `lower` is of.
    common: usize,
}

/// Which actions are allowed.
#[derive(Debug)]
pub(crate) struct Allowed {
    /// For each place of the tiles zero where its action is allowed, otherwise minus infinity.
    penalties: Vec<f32>,
    /// In which tiles one is.
    tiles: Vec<bool>,
}

/// Buffers of a run.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    narrowed: Vec<f32>,
    lanes: [Lane; LANES],
}

impl TransitionNetwork {
    /// Reads the network of `component`, whose states have `features` tokens, of which those from number `common` on are few
    /// different ones, and which chooses among as many actions as there are `ranks`. Actions with equal ranks are scored together: give those the same that are often allowed when others are not.
    pub(crate) fn load(
        context: &Context<'_>,
        component: &str,
        (features, common): (usize, usize),
        ranks: &[usize],
    ) -> Result<Self, LoadError> {
        let section = format!("components.{component}.model");
        check_supported(context, component, &section)?;
        let hidden = size(context.config, &section, "hidden_width")?;
        let pieces = size(context.config, &section, "maxout_pieces")?;
        let model = Model::read(&context.folder.join(component))?;
        let encoder = Encoder::load(context, component, &model)?;
        let (lower, upper) = (model.referred("lower")?, model.referred("upper")?);
        let upper_weights = model.param(upper, "W", &[ranks.len(), hidden])?;
        let upper_bias = model.param(upper, "b", &[ranks.len()])?;
        let mut order: Vec<usize> = (0..ranks.len()).collect();
        order.sort_by_key(|action| ranks[*action]);
        let upper_weights: Vec<f32> = order
            .iter()
            .flat_map(|action| &upper_weights[action * hidden..(action + 1) * hidden])
            .copied()
            .collect();
        let mut upper_bias: Vec<f32> = order.iter().map(|action| upper_bias[*action]).collect();
        upper_bias.resize(order.len().next_multiple_of(TILE), 0.0);
        let lower_weights = model.param(lower, "W", &[features, hidden, pieces, hidden])?;
        let missing = model.param(lower, "pad", &[1, features, hidden, pieces])?;
        let bias = model.param(lower, "b", &[hidden, pieces])?;
        let lower_weights = by_feature(&lower_weights, features, hidden, pieces, hidden);
        let feature = hidden * pieces * hidden;
        let (lower_weights, rare) = lower_weights.split_at(common.min(features) * feature);
        let rare = rare.chunks_exact(feature.max(1));
        Ok(Self {
            narrow: load_narrow(&model, upper, hidden, encoder.width())?,
            lower: Weights::new(lower_weights, hidden),
            rare: rare.map(|weights| Weights::new(weights, hidden)).collect(),
            missing: by_feature(&missing, features, hidden, pieces, 1),
            bias: by_piece(&bias, hidden, pieces, 1),
            upper: in_tiles(&upper_weights, hidden),
            upper_bias,
            order,
            encoder,
            hidden,
            common,
        })
    }

    /// The set of the actions (by number) that `allows` lets through.
    pub(crate) fn allowed(&self, allows: impl Fn(usize) -> bool) -> Allowed {
        let mut penalties = vec![f32::NEG_INFINITY; self.upper_bias.len()];
        for (penalty, action) in penalties.iter_mut().zip(&self.order) {
            if allows(*action) {
                *penalty = 0.0;
            }
        }
        let tiles = penalties.chunks(TILE).map(|tile| tile.contains(&0.0));
        Allowed {
            tiles: tiles.collect(),
            penalties,
        }
    }

    /// Computes what [`Self::walk`] needs of all tokens of `batch`.
    pub(crate) fn prepare(&self, batch: &Batch, work: &mut Workspace) {
        let rows = self
            .encoder
            .rows(batch, &work.shared, &mut work.scratch, &mut work.own);
        let buffers = &mut work.transition;
        self.narrow.apply(rows, &mut buffers.narrowed);
        for lane in &mut buffers.lanes {
            lane.hidden.resize(self.bias.len(), 0.0);
            lane.scores.resize(self.upper_bias.len(), 0.0);
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
}
