//! The dependency parser: spaCy's arc-eager transition system, greedy. Sets heads, labels and sentence starts; arcs that were
//! lifted to make training trees projective are put back at the end.

mod edges;
mod lifted;
mod state;

use std::collections::BTreeSet;
use std::path::Path;

use super::transition::actions::{self, Action};
use super::transition::{Allowed, TOKENS, TransitionNetwork, View, Walk};
use super::{Context, Workspace};
use crate::annotation::{Label, Token, closed_label};
use crate::batch::Batch;
use crate::error::LoadError;
use state::{KINDS, Move, State};

/// Kind, and number of the arc's label.
type NumberedAction = (Move, usize);

/// Sets `head`, `dep` and `sent_start`.
#[derive(Debug)]
pub(crate) struct Parser {
    network: TransitionNetwork,
    /// Kind, and number of the arc's label, of each action.
    actions: Vec<NumberedAction>,
    /// The actions of the allowed kinds, by a bit for each kind.
    allowed: Vec<Allowed>,
    /// The action that is the only one at a text's end.
    reduce: Option<usize>,
    /// The labels of arcs, by the numbers in `actions`.
    labels: Vec<ArcLabel>,
    root: Label,
}

/// The label of an arc; of a lifted one, also the label of the token that it belongs to.
#[derive(Clone, Debug, PartialEq)]
struct ArcLabel {
    name: Label,
    belongs_to: Option<Label>,
}

impl Parser {
    /// Reads the parser `component`.
    pub(crate) fn load(context: &Context<'_>, component: &str) -> Result<Self, LoadError> {
        let folder = context.folder.join(component);
        let read = actions::load(&folder, KINDS)?;
        let (actions, labels) = number_labels(&read, &folder)?;
        // Often no arc is allowed.
        let ranks = actions.iter().map(|(kind, _)| usize::from(kind.is_arc()));
        let ranks: Vec<usize> = ranks.collect();
        let network = TransitionNetwork::load(context, component, (TOKENS, TOKENS), &ranks)?;
        let reduce = actions.iter().position(|(kind, _)| *kind == Move::Reduce);
        let of_kinds =
            |kinds: usize| network.allowed(|action| kinds & 1 << actions[action].0 as usize != 0);
        Ok(Self {
            allowed: (0..1 << KINDS).map(of_kinds).collect(),
            network,
            reduce,
            actions,
            labels,
            root: closed_label("ROOT"),
        })
    }

    /// The labels that the parser can give, sorted.
    pub(crate) fn labels(&self) -> Vec<&str> {
        let labels = self
            .labels
            .iter()
            .map(|label| &*label.name)
            .filter(|name| !name.is_empty());
        labels
            .chain([&*self.root])
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// Parses all documents.
    pub(crate) fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        self.network.prepare(batch, work);
        let walks = batch.docs.iter_mut().map(|doc| {
            let tokens = doc.tokens.as_mut_slice();
            let state = State::new(tokens.len());
            let walk = Parse {
                parser: self,
                state,
                tokens,
            };
            (walk.tokens.len(), walk)
        });
        self.network.walk(walks, &mut work.transition);
    }

    fn annotate(&self, state: &State, tokens: &mut [Token]) {
        let mut lifted = false;
        for (index, token) in tokens.iter_mut().enumerate() {
            let arc = state.arc(index);
            token.head = arc.map_or(index, |(head, _)| head);
            let label = arc.map(|(_, label)| &self.labels[label]);
            token.dep = Label::clone(label.map_or(&self.root, |label| &label.name));
            lifted |= label.is_some_and(|label| label.belongs_to.is_some());
        }
        if lifted {
            let owners: Vec<Option<Label>> = (0..tokens.len())
                .map(|index| {
                    state
                        .arc(index)
                        .and_then(|(_, label)| self.labels[label].belongs_to.clone())
                })
                .collect();
            lifted::lower(tokens, &owners);
        }
        edges::set_sentence_starts(tokens);
    }
}

/// The parse of a document.
struct Parse<'p, 'd> {
    parser: &'p Parser,
    state: State,
    tokens: &'d mut [Token],
}

impl<'p> Walk<'p> for Parse<'p, '_> {
    fn look(&mut self) -> Option<View<'p>> {
        let parser = self.parser;
        while !self.state.is_final() {
            let valid = self.state.valid();
            if only(valid) == Some(Move::Reduce) {
                self.act(parser.reduce?);
                continue;
            }
            return Some(View {
                tokens: self.state.features(),
                allowed: &parser.allowed[bits(valid)],
            });
        }
        None
    }

    fn act(&mut self, action: usize) {
        let (kind, label) = self.parser.actions[action];
        self.state.apply(kind, label);
    }

    fn finish(self) {
        self.parser.annotate(&self.state, self.tokens);
    }
}

/// The only valid kind of action, if there is just one.
fn only(valid: [bool; KINDS as usize]) -> Option<Move> {
    let mut kinds = Move::ALL.into_iter().filter(|kind| valid[*kind as usize]);
    let first = kinds.next()?;
    kinds.next().is_none().then_some(first)
}

/// One bit for each valid kind.
fn bits(valid: [bool; KINDS as usize]) -> usize {
    let kinds = valid.into_iter().enumerate();
    kinds.fold(0, |bits, (kind, valid)| bits | usize::from(valid) << kind)
}

/// Gives each distinct arc label a number.
fn number_labels(
    read: &[Action],
    folder: &Path,
) -> Result<(Vec<NumberedAction>, Vec<ArcLabel>), LoadError> {
    let path = folder.join("moves");
    let mut labels: Vec<ArcLabel> = Vec::new();
    let mut numbered = Vec::new();
    for action in read {
        let kind = Move::from_number(action.kind)
            .ok_or_else(|| LoadError::malformed(&path, "an action of unknown kind"))?;
        let is_arc = kind.is_arc();
        if is_arc && (action.label.is_empty() || &*action.label == "subtok") {
            return Err(LoadError::malformed(
                &path,
                format!("an arc with the label '{}'", action.label),
            ));
        }
        let label = split_label(if is_arc { &action.label } else { "" });
        let number = labels
            .iter()
            .position(|known| *known == label)
            .unwrap_or(labels.len());
        if number == labels.len() {
            labels.push(label);
        }
        numbered.push((kind, number));
    }
    Ok((numbered, labels))
}

/// Splits "X||Y", which says: label X, lifted from a token labelled Y.
fn split_label(label: &str) -> ArcLabel {
    let (name, belongs_to) = match label.split_once("||") {
        Some((name, owner)) => (name, Some(closed_label(owner))),
        None => (label, None),
    };
    ArcLabel {
        name: closed_label(name),
        belongs_to,
    }
}
