//! The named entity recogniser: spaCy's BILUO transition system, greedy. Sets `ent_iob` and `ent_type`; entities neither start
//! on white space nor cross a sentence start, so the parser should have run before.

use super::transition::actions;
use super::transition::{Allowed, TOKENS, TransitionNetwork, View, Walk};
use super::{Context, Workspace};
use crate::annotation::{Iob, Label, Token};
use crate::batch::Batch;
use crate::error::LoadError;

/// Tokens of a state that the network sees. All but the first are those of entities, which are few.
const FEATURES: usize = 3;
/// How many kinds of actions spaCy has, the one for missing values included.
const KINDS: u8 = 6;

/// Sets entities.
#[derive(Debug)]
pub(crate) struct EntityRecognizer {
    network: TransitionNetwork,
    /// Kind and type number of each action; the type is 0 for none.
    actions: Vec<(Move, usize)>,
    /// Which actions are allowed, by [`Place::number`].
    allowed: Vec<Allowed>,
    /// Entity types by number; the first is empty.
    types: Vec<Label>,
}

/// A kind of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// What decides which actions are allowed at a token.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The type of the entity that is open.
    open: Option<usize>,
    is_space: bool,
    is_last: bool,
    next_starts_sentence: bool,
}

impl EntityRecognizer {
    /// Reads the recogniser `component`.
    pub(crate) fn load(context: &Context<'_>, component: &str) -> Result<Self, LoadError> {
        let mut types: Vec<Label> = vec![Label::from("")];
        let mut actions = Vec::new();
        for action in actions::load(&context.folder.join(component), KINDS)? {
            let Some(kind) = Move::from_number(action.kind) else {
                continue;
            };
            if kind == Move::Out && !action.label.is_empty() {
                continue;
            }
            let number = types
                .iter()
                .position(|known| *known == action.label)
                .unwrap_or(types.len());
            if number == types.len() {
                types.push(action.label);
            }
            actions.push((kind, number));
        }
        // What goes on with an entity is never allowed when what begins one is.
        let goes_on = |kind| matches!(kind, Move::In | Move::Last);
        let ranks = actions.iter().map(|(kind, _)| usize::from(goes_on(*kind)));
        let ranks: Vec<usize> = ranks.collect();
        let network = TransitionNetwork::load(context, component, (FEATURES, 1), &ranks)?;
        let places = (0..Place::count(types.len())).map(Place::of_number);
        let allowed = places.map(|place| {
            network.allowed(|action| place.allows(actions[action].0, actions[action].1))
        });
        Ok(Self {
            allowed: allowed.collect(),
            network,
            actions,
            types,
        })
    }

    /// Finds the entities of all documents.
    pub(crate) fn apply(&self, batch: &mut Batch, work: &mut Workspace) {
        self.network.prepare(batch, work);
        let walks = batch.docs.iter_mut().map(|doc| {
            let walk = Search {
                recognizer: self,
                tokens: &mut doc.tokens,
                index: 0,
                open: None,
            };
            (walk.tokens.len(), walk)
        });
        self.network.walk(walks, &mut work.transition);
    }
}

/// The search for a document's entities.
struct Search<'p, 'd> {
    recognizer: &'p EntityRecognizer,
    tokens: &'d mut [Token],
    index: usize,
    /// First token and type of the entity that is open.
    open: Option<(usize, usize)>,
}

impl<'p> Walk<'p> for Search<'p, '_> {
    fn look(&mut self) -> Option<View<'p>> {
        let token = self.tokens.get(self.index)?;
        let next = self.tokens.get(self.index + 1);
        let place = Place {
            open: self.open.map(|(_, kind)| kind),
            is_space: token.is_space,
            is_last: next.is_none(),
            next_starts_sentence: next.is_some_and(|token| token.sent_start),
        };
        let start = self.open.map(|(start, _)| start);
        let before = start.and(self.index.checked_sub(1));
        let mut tokens = [None; TOKENS];
        tokens[..FEATURES].copy_from_slice(&[Some(self.index), start, before]);
        Some(View {
            tokens,
            allowed: &self.recognizer.allowed[place.number()],
        })
    }

    fn act(&mut self, action: usize) {
        let (kind, entity) = self.recognizer.actions[action];
        match kind {
            Move::Begin => self.open = Some((self.index, entity)),
            Move::Last => {
                let open = self.open.take();
                self.close(open);
            }
            Move::Unit => self.close(Some((self.index, entity))),
            Move::In | Move::Out => {}
        }
        self.index += 1;
    }

    // Entities are set as they are found.
    fn finish(self) {}
}

impl Search<'_, '_> {
    /// Sets an entity that ends at the token at hand.
    fn close(&mut self, entity: Option<(usize, usize)>) {
        let Some((start, kind)) = entity else { return };
        let tokens = self.tokens[..=self.index].iter_mut().enumerate();
        for (index, token) in tokens.skip(start) {
            token.ent_iob = if index == start {
                Iob::Begin
            } else {
                Iob::Inside
            };
            token.ent_type = Label::clone(&self.recognizer.types[kind]);
        }
    }
}

impl Move {
    /// The kind with spaCy's number, but for 0, which stands for missing values and is never an output.
    fn from_number(number: u8) -> Option<Self> {
        let kinds = [Self::Begin, Self::In, Self::Last, Self::Unit, Self::Out];
        kinds.get(usize::from(number).checked_sub(1)?).copied()
    }
}

impl Place {
    /// How many places there are with so many types.
    fn count(types: usize) -> usize {
        (types + 1) * 8
    }

    /// All that decides, as one number.
    fn number(self) -> usize {
        let flags = [self.is_space, self.is_last, self.next_starts_sentence];
        let open = self.open.map_or(0, |kind| kind + 1);
        flags
            .into_iter()
            .fold(open, |number, flag| number * 2 + usize::from(flag))
    }

    /// The place with that number.
    fn of_number(number: usize) -> Self {
        Self {
            open: (number / 8).checked_sub(1),
            is_space: number & 4 != 0,
            is_last: number & 2 != 0,
            next_starts_sentence: number & 1 != 0,
        }
    }

    fn allows(self, kind: Move, entity: usize) -> bool {
        match (kind, self.open) {
            (Move::Begin, None) => {
                entity != 0 && !self.is_last && !self.next_starts_sentence && !self.is_space
            }
            (Move::Unit, None) => entity != 0 && !self.is_space,
            (Move::Out, None) => true,
            (Move::In, Some(open)) => entity == open && !self.is_last && !self.next_starts_sentence,
            (Move::Last, Some(open)) => entity == open,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Place = Place {
        open: None,
        is_space: false,
        is_last: false,
        next_starts_sentence: false,
    };

    /// The kinds of action that are allowed for entity type 1.
    #[track_caller]
    fn check(place: Place, expected: &[Move]) {
        let all = [Move::Begin, Move::In, Move::Last, Move::Unit, Move::Out];
        let allowed: Vec<Move> = all
            .into_iter()
            .filter(|kind| place.allows(*kind, 1))
            .collect();
        assert_eq!(allowed, expected, "{place:?}");
    }

    #[test]
    fn what_is_allowed_where() {
        check(PLAIN, &[Move::Begin, Move::Unit, Move::Out]);
        check(
            Place {
                is_last: true,
                ..PLAIN
            },
            &[Move::Unit, Move::Out],
        );
        check(
            Place {
                next_starts_sentence: true,
                ..PLAIN
            },
            &[Move::Unit, Move::Out],
        );
        check(
            Place {
                is_space: true,
                ..PLAIN
            },
            &[Move::Out],
        );
        check(
            Place {
                open: Some(1),
                ..PLAIN
            },
            &[Move::In, Move::Last],
        );
        check(
            Place {
                open: Some(1),
                is_space: true,
                ..PLAIN
            },
            &[Move::In, Move::Last],
        );
        check(
            Place {
                open: Some(1),
                is_last: true,
                ..PLAIN
            },
            &[Move::Last],
        );
        check(
            Place {
                open: Some(1),
                next_starts_sentence: true,
                ..PLAIN
            },
            &[Move::Last],
        );
        check(
            Place {
                open: Some(2),
                ..PLAIN
            },
            &[],
        );
    }

    #[test]
    fn numbers_of_places_come_back() {
        for number in 0..Place::count(3) {
            assert_eq!(Place::of_number(number).number(), number);
        }
    }

    #[test]
    fn no_entity_without_a_type() {
        assert!(
            !PLAIN.allows(Move::Unit, 0)
                && !PLAIN.allows(Move::Begin, 0)
                && PLAIN.allows(Move::Out, 0)
        );
    }
}
