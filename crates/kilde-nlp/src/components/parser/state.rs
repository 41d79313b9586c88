//! The state of an arc-eager parse: a stack, a buffer to which words may be put back, the arcs so far, and which sentence
//! starts were set. `spaCy/pipeline/_parser_internals/{_state.pxd,arc_eager.pyx}` tell the rules.
//!
//! One oddity of spaCy's cannot happen and is left out: removing an arc that is not its head's last has no effect there. Only
//! `LeftArc` replaces an arc, that of the word on top of the stack, and no later arc of its head can exist, because its head
//! comes to the top only after it.

use crate::components::transition::TOKENS;

/// How many kinds of actions there are.
pub(crate) const KINDS: u8 = 5;

/// A kind of action, numbered as spaCy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// First word of the buffer to the stack.
    Shift = 0,
    /// Top of the stack away, or back to the buffer if it has no head yet.
    Reduce = 1,
    /// Arc from the buffer's first word to the top of the stack, which goes away.
    LeftArc = 2,
    /// Arc from the top of the stack to the buffer's first word, which goes onto the stack.
    RightArc = 3,
    /// A sentence starts at the second word of the buffer.
    Break = 4,
}

/// The state.
#[derive(Debug)]
pub(crate) struct State {
    length: usize,
    next: usize,
    stack: Vec<usize>,
    /// Words that were put back, the next one last.
    put_back: Vec<usize>,
    words: Vec<Word>,
}

/// What the state knows of one word.
#[derive(Clone, Debug, Default)]
struct Word {
    arc: Option<(usize, usize)>,
    last_left: Option<usize>,
    last_right: Option<usize>,
    /// The right child that its head had before it.
    right_before: Option<usize>,
    was_put_back: bool,
    starts_sentence: bool,
}

impl Move {
    /// All kinds, by number.
    pub(crate) const ALL: [Self; KINDS as usize] = [
        Self::Shift,
        Self::Reduce,
        Self::LeftArc,
        Self::RightArc,
        Self::Break,
    ];

    /// The kind with that number.
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Whether it makes an arc.
    pub(crate) fn is_arc(self) -> bool {
        matches!(self, Self::LeftArc | Self::RightArc)
    }
}

impl State {
    /// The state before the first of `length` words.
    pub(crate) fn new(length: usize) -> Self {
        Self {
            length,
            next: 0,
            stack: Vec::new(),
            put_back: Vec::new(),
            words: vec![Word::default(); length],
        }
    }

    /// Whether the parse is complete.
    pub(crate) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// Head and label number of a word, if it has a head.
    pub(crate) fn arc(&self, word: usize) -> Option<(usize, usize)> {
        self.words[word].arc
    }

    /// Which kinds of action are allowed.
    pub(crate) fn valid(&self) -> [bool; KINDS as usize] {
        let (depth, left) = (self.stack.len(), self.buffer_length());
        let first = self.buffer(0);
        let starts = first.is_some_and(|word| self.words[word].starts_sentence);
        let put_back = first.is_some_and(|word| self.words[word].was_put_back);
        let arc = depth > 0 && left > 0 && !starts;
        [
            depth == 0 || (left >= 2 && !starts && !put_back),
            depth > 0,
            arc,
            arc,
            left >= 2 && self.may_break(),
        ]
    }

    /// Does an action, which must be allowed; `label` is the number of an arc's label.
    pub(crate) fn apply(&mut self, kind: Move, label: usize) {
        match kind {
            Move::Shift => self.shift(),
            Move::Reduce => self.reduce(),
            Move::LeftArc => self.left_arc(label),
            Move::RightArc => self.right_arc(label),
            Move::Break => {
                if let Some(second) = self.buffer(1) {
                    self.words[second].starts_sentence = true;
                }
            }
        }
    }

    /// The words that the network sees: two of the buffer, three of the stack, left child of the buffer's first, left and right
    /// child of the stack's top.
    pub(crate) fn features(&self) -> [Option<usize>; TOKENS] {
        let (first, top) = (self.buffer(0), self.stack(0));
        [
            first,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            first.and_then(|word| self.words[word].last_left),
            top.and_then(|word| self.words[word].last_left),
            top.and_then(|word| self.words[word].last_right),
        ]
    }

    fn shift(&mut self) {
        let word = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn reduce(&mut self) {
        let Some(top) = self.stack.pop() else { return };
        if self.words[top].arc.is_none() && !self.stack.is_empty() {
            self.words[top].was_put_back = true;
            self.put_back.push(top);
        }
    }

    fn left_arc(&mut self, label: usize) {
        let Some((head, child)) = self.buffer(0).zip(self.stack.pop()) else {
            return;
        };
        self.remove_arc(child);
        self.words[child].arc = Some((head, label));
        self.words[head].last_left = Some(child);
        self.words[head].was_put_back = false;
    }

    fn right_arc(&mut self, label: usize) {
        let Some((head, child)) = self.stack(0).zip(self.buffer(0)) else {
            return;
        };
        self.words[child].arc = Some((head, label));
        self.words[child].right_before = self.words[head].last_right.replace(child);
        self.shift();
    }

    fn remove_arc(&mut self, child: usize) {
        if let Some((head, _)) = self.words[child].arc.take()
            && self.words[head].last_right == Some(child)
        {
            self.words[head].last_right = self.words[child].right_before;
        }
    }

    fn may_break(&self) -> bool {
        let (first, second) = (self.buffer(0), self.buffer(1));
        let neighbours = first
            .zip(second)
            .filter(|(first, second)| *second == first + 1);
        neighbours.is_some_and(|(_, second)| !self.words[second].starts_sentence)
    }

    fn buffer_length(&self) -> usize {
        self.length - self.next + self.put_back.len()
    }

    fn buffer(&self, index: usize) -> Option<usize> {
        let back = self.put_back.len();
        match back.checked_sub(index + 1) {
            Some(place) => Some(self.put_back[place]),
            None => Some(self.next + index - back).filter(|word| *word < self.length),
        }
    }

    fn stack(&self, index: usize) -> Option<usize> {
        let place = self.stack.len().checked_sub(index + 1)?;
        Some(self.stack[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(length: usize, moves: &[(Move, usize)]) -> State {
        let mut state = State::new(length);
        for (kind, label) in moves {
            assert!(state.valid()[*kind as usize], "{kind:?} in {state:?}");
            state.apply(*kind, *label);
        }
        state
    }

    #[test]
    fn only_shift_and_break_on_an_empty_stack() {
        assert_eq!(State::new(2).valid(), [true, false, false, false, true]);
        assert_eq!(State::new(1).valid(), [true, false, false, false, false]);
    }

    #[test]
    fn builds_arcs_both_ways() {
        // "she reads books": she <- reads -> books
        let state = after(
            3,
            &[
                (Move::Shift, 0),
                (Move::LeftArc, 7),
                (Move::Shift, 0),
                (Move::RightArc, 8),
                (Move::Reduce, 0),
                (Move::Reduce, 0),
            ],
        );
        assert!(state.is_final());
        assert_eq!(
            [state.arc(0), state.arc(1), state.arc(2)],
            [Some((1, 7)), None, Some((1, 8))]
        );
    }

    #[test]
    fn puts_headless_words_back_once() {
        let state = after(3, &[(Move::Shift, 0), (Move::Shift, 0), (Move::Reduce, 0)]);
        assert_eq!(state.features()[..3], [Some(1), Some(2), Some(0)]);
        assert!(
            !state.valid()[Move::Shift as usize],
            "a word that was put back is not shifted again"
        );
        assert!(state.valid()[Move::RightArc as usize]);
    }

    #[test]
    fn the_last_headless_word_goes_away() {
        let state = after(2, &[(Move::Shift, 0), (Move::Reduce, 0)]);
        assert_eq!(state.features()[0], Some(1));
        assert!(!state.is_final());
    }

    #[test]
    fn left_arc_replaces_a_head_and_restores_the_child_before() {
        let state = after(
            4,
            &[
                (Move::Shift, 0),
                (Move::RightArc, 1),
                (Move::Reduce, 0),
                (Move::RightArc, 2),
                (Move::LeftArc, 3),
            ],
        );
        assert_eq!(state.arc(2), Some((3, 3)));
        assert_eq!(
            state.features()[7],
            Some(1),
            "the right child of word 0 is word 1 again"
        );
    }

    #[test]
    fn no_arc_over_a_sentence_start() {
        let state = after(3, &[(Move::Break, 0), (Move::Shift, 0)]);
        assert_eq!(state.valid(), [false, true, false, false, true]);
    }
}
