//! Left and right edges of subtrees, and the sentence starts that follow from them, as spaCy's `set_children_from_heads`.

use crate::annotation::Token;

/// After so many passes spaCy gives up on heads outside their sentence.
const MAX_PASSES: usize = 11;

/// The first and the last token of each token's subtree.
pub(crate) fn edges(tokens: &[Token]) -> Vec<(usize, usize)> {
    let mut edges: Vec<(usize, usize)> = (0..tokens.len()).map(|index| (index, index)).collect();
    for _ in 0..=MAX_PASSES {
        for child in (0..tokens.len()).chain((0..tokens.len()).rev()) {
            let (left, right) = edges[child];
            let head = &mut edges[tokens[child].head];
            *head = (head.0.min(left), head.1.max(right));
        }
        if heads_within_sentences(tokens, &edges) {
            break;
        }
    }
    edges
}

/// Sets `sent_start` at the left edge of each root.
pub(crate) fn set_sentence_starts(tokens: &mut [Token]) {
    let edges = edges(tokens);
    for token in &mut *tokens {
        token.sent_start = false;
    }
    for (index, (left, _)) in edges.iter().enumerate() {
        if tokens[index].head == index {
            tokens[*left].sent_start = true;
        }
    }
}

fn heads_within_sentences(tokens: &[Token], edges: &[(usize, usize)]) -> bool {
    let mut starts = vec![false; tokens.len()];
    for (index, (left, _)) in edges.iter().enumerate() {
        starts[*left] |= tokens[index].head == index;
    }
    let mut start = 0;
    for end in 0..tokens.len() {
        if (end > 0 && starts[end]) || end + 1 == tokens.len() {
            if tokens[start..end]
                .iter()
                .any(|token| token.head < start || token.head > end)
            {
                return false;
            }
            start = end;
        }
    }
    true
}
