//! Puts lifted arcs back (Nivre & Nilsson 2005, scheme "head"): a token labelled "X||Y" hangs too high; it belongs to the nearest
//! token labelled Y below its present head, breadth first. spaCy's order of search and its use of edges computed before any
//! arc was moved are kept.

use super::edges::edges;
use crate::annotation::{Label, Token};

/// Moves each token that has an owner's label in `owners` below that owner; `tokens` have their labels without it.
pub(crate) fn lower(tokens: &mut [Token], owners: &[Option<Label>]) {
    let edges = edges(tokens);
    let mut decorated: Vec<bool> = owners.iter().map(Option::is_some).collect();
    for (index, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            tokens[index].head = find_head(tokens, &edges, &decorated, index, owner);
            decorated[index] = false;
        }
    }
}

/// The new head of `index`, or its present one when there is no token labelled `owner`. Tokens that still carry a decorated
/// label match no label.
fn find_head(
    tokens: &[Token],
    edges: &[(usize, usize)],
    decorated: &[bool],
    index: usize,
    owner: &str,
) -> usize {
    let mut queue = vec![tokens[index].head];
    // A token is looked at once at most: what a damaged model could tie into a circle does not hang.
    let mut seen = vec![false; tokens.len()];
    while !queue.is_empty() {
        let mut next = Vec::new();
        for head in queue {
            for child in children(tokens, edges, head) {
                if tokens[child].is_space || child == index || seen[child] {
                    continue;
                }
                if !decorated[child] && *tokens[child].dep == *owner {
                    return child;
                }
                seen[child] = true;
                next.push(child);
            }
        }
        queue = next;
    }
    tokens[index].head
}

fn children(
    tokens: &[Token],
    edges: &[(usize, usize)],
    head: usize,
) -> impl Iterator<Item = usize> {
    let (left, right) = edges[head];
    (left..=right).filter(move |child| *child != head && tokens[*child].head == head)
}
