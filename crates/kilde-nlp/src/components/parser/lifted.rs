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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::tests::tokens;

    /// Heads and decorated labels in, heads out; the expected ones are those of spaCy's `nonproj.deprojectivize`.
    #[track_caller]
    fn check(words: &str, heads: &[usize], labels: &str, expected: &[usize]) {
        let mut tokens = tokens(words);
        let mut owners = Vec::new();
        for ((token, head), label) in tokens.iter_mut().zip(heads).zip(labels.split(' ')) {
            let (name, owner) = label.split_once("||").unwrap_or((label, ""));
            token.head = *head;
            token.dep = Label::from(name);
            owners.push((!owner.is_empty()).then(|| Label::from(owner)));
        }
        lower(&mut tokens, &owners);
        let found: Vec<usize> = tokens.iter().map(|token| token.head).collect();
        assert_eq!(found, expected, "{labels}");
    }

    #[test]
    fn finds_the_nearest_owner() {
        let heads = [1, 1, 1, 1, 3, 1];
        check(
            "a b c d e f",
            &heads,
            "nsubj ROOT obj obl case acl||obj",
            &[1, 1, 1, 1, 3, 2],
        );
        check(
            "a b c d e f",
            &heads,
            "nsubj ROOT obj obl case acl||case",
            &[1, 1, 1, 1, 3, 4],
        );
        check(
            "a b c d e f",
            &heads,
            "nsubj ROOT obj obl case acl||none",
            &[1, 1, 1, 1, 3, 1],
        );
    }

    #[test]
    fn goes_from_left_to_right() {
        check(
            "a b c d e f",
            &[1; 6],
            "nsubj ROOT x||y obl y||obl z||x",
            &[1, 1, 1, 1, 3, 2],
        );
    }

    #[test]
    fn passes_white_space_over() {
        check(
            "a b \u{2003} d e",
            &[1; 5],
            "nsubj ROOT obj obj acl||obj",
            &[1, 1, 1, 1, 3],
        );
    }

    #[test]
    fn sentence_starts_follow_the_roots() {
        let mut tokens = tokens("a b c d e f");
        for (token, head) in tokens.iter_mut().zip([1, 1, 3, 3, 3, 3]) {
            token.head = head;
        }
        super::super::edges::set_sentence_starts(&mut tokens);
        let starts: Vec<bool> = tokens.iter().map(|token| token.sent_start).collect();
        assert_eq!(starts, [true, false, true, false, false, false]);
    }
}
