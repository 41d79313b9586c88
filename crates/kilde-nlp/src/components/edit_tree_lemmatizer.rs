//! Turns a word into its dictionary form by an edit tree, which says what to keep and what to replace ("keep all but the last two
//! characters, put `e` in their place"). A network ranks the trees of a word (see the classifier); this module applies the first
//! that fits. Reads `trees` and `cfg` of spaCy's trainable lemmatizer.

use std::path::Path;

use serde::Deserialize;

use crate::annotation::Label;
use crate::error::{LoadError, read_json};
use crate::packed::Packed;
use crate::strings::Strings;

/// Stands for "no tree" in the file.
const NO_TREE: u64 = u32::MAX as u64;
/// Trees of real words are less than ten deep; deeper ones would only exhaust the stack.
const DEEPEST: usize = 64;

/// The edit trees of a trainable lemmatizer.
#[derive(Debug)]
pub(crate) struct EditTrees {
    trees: Vec<Tree>,
    /// The tree of each of the network's labels.
    labels: Vec<usize>,
    /// Whether the word itself is the answer where no tree fits.
    backs_off: bool,
}

#[derive(Debug)]
enum Tree {
    /// Keeps the middle; the outer parts have trees of their own, or go.
    Match {
        prefix_length: usize,
        suffix_length: usize,
        prefix: Option<usize>,
        suffix: Option<usize>,
    },
    /// Replaces one string by another.
    Replace { from: Label, to: Label },
}

#[derive(Deserialize)]
struct Settings {
    labels: Vec<usize>,
}

impl EditTrees {
    /// Reads the component's folder. `strings` are the pipeline's, `backoff` is the component's setting in `config.cfg`.
    ///
    /// # Errors
    /// If a file is missing or damaged, or if the backoff is neither the word itself (`"orth"`) nor none.
    pub(crate) fn load(
        folder: &Path,
        strings: &Strings,
        backoff: Option<&str>,
    ) -> Result<Self, LoadError> {
        if let Some(other) = backoff.filter(|name| *name != "orth") {
            return Err(LoadError::Unsupported {
                component: "trainable_lemmatizer".to_owned(),
                what: format!("the backoff '{other}'"),
                path: folder.join("cfg"),
            });
        }
        let path = folder.join("trees");
        let trees = read_trees(&Packed::read(&path)?, strings)
            .map_err(|what| LoadError::malformed(&path, what))?;
        let path = folder.join("cfg");
        let Settings { labels } = read_json(&path)?;
        if let Some(label) = labels.iter().find(|label| **label >= trees.len()) {
            return Err(LoadError::malformed(
                &path,
                format!("there is no tree {label}"),
            ));
        }
        let backs_off = backoff.is_some();
        Ok(Self {
            trees,
            labels,
            backs_off,
        })
    }

    /// How many labels the network gives.
    #[must_use]
    pub(crate) fn label_count(&self) -> usize {
        self.labels.len()
    }

    /// The lemma of a word: by the first of the ranked labels (best first) whose tree fits, else the word itself if the component
    /// backs off to it.
    #[must_use]
    pub(crate) fn lemma(&self, ranked_labels: &[usize], form: &str) -> Option<Label> {
        let mut trees = ranked_labels
            .iter()
            .filter_map(|label| self.labels.get(*label));
        let lemma = trees.find_map(|tree| self.apply(*tree, form));
        lemma.or_else(|| self.backs_off.then(|| Label::new(form)))
    }

    fn apply(&self, tree: usize, form: &str) -> Option<Label> {
        let mut lemma = String::with_capacity(form.len() + 4);
        self.apply_part(tree, form, &mut lemma)?;
        Some(lemma.into())
    }

    fn apply_part(&self, tree: usize, part: &str, lemma: &mut String) -> Option<()> {
        match self.trees.get(tree)? {
            Tree::Replace { from, to } => (part == &**from).then(|| lemma.push_str(to)),
            Tree::Match {
                prefix_length,
                suffix_length,
                prefix,
                suffix,
            } => {
                let (head, middle, tail) =
                    split_by_characters(part, *prefix_length, *suffix_length)?;
                if let Some(prefix) = prefix {
                    self.apply_part(*prefix, head, lemma)?;
                }
                lemma.push_str(middle);
                match suffix {
                    Some(suffix) => self.apply_part(*suffix, tail, lemma),
                    None => Some(()),
                }
            }
        }
    }
}

/// So many first and last characters, and what lies between; none if there are too few.
fn split_by_characters(text: &str, first: usize, last: usize) -> Option<(&str, &str, &str)> {
    let middle = text.chars().count().checked_sub(first)?.checked_sub(last)?;
    let place = |count| {
        text.char_indices()
            .nth(count)
            .map_or(text.len(), |(place, _)| place)
    };
    let (start, end) = (place(first), place(first + middle));
    Some((&text[..start], &text[start..end], &text[end..]))
}

fn read_trees(file: &Packed, strings: &Strings) -> Result<Vec<Tree>, String> {
    let items = file
        .get("trees")
        .and_then(Packed::list)
        .ok_or("there is no list of trees")?;
    let mut trees = Vec::new();
    let mut depths: Vec<usize> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let tree =
            read_tree(item, strings).ok_or_else(|| format!("tree {index} is no edit tree"))?;
        // Trees come after their parts, so that no tree can hold itself.
        let depth = depth(&tree, &depths).filter(|depth| *depth <= DEEPEST);
        depths
            .push(depth.ok_or_else(|| format!("tree {index} holds a later tree or is too deep"))?);
        trees.push(tree);
    }
    Ok(trees)
}

fn read_tree(item: &Packed, strings: &Strings) -> Option<Tree> {
    let number = |key| item.get(key).and_then(Packed::uint);
    if let Some(prefix_length) = number("prefix_len") {
        let subtree = |key| match number(key)? {
            NO_TREE => Some(None),
            index => usize::try_from(index).ok().map(Some),
        };
        return Some(Tree::Match {
            prefix_length: usize::try_from(prefix_length).ok()?,
            suffix_length: usize::try_from(number("suffix_len")?).ok()?,
            prefix: subtree("prefix_tree")?,
            suffix: subtree("suffix_tree")?,
        });
    }
    let string = |key| match number(key)? {
        0 => Some(Label::default()),
        id => strings.get(id).cloned(),
    };
    Some(Tree::Replace {
        from: string("orig")?,
        to: string("subst")?,
    })
}

fn depth(tree: &Tree, depths: &[usize]) -> Option<usize> {
    let Tree::Match { prefix, suffix, .. } = tree else {
        return Some(1);
    };
    let mut deepest = 0;
    for part in [prefix, suffix].into_iter().flatten() {
        deepest = deepest.max(*depths.get(*part)?);
    }
    Some(deepest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: u64) -> Packed {
        Packed::UInt(value)
    }

    fn item(pairs: &[(&str, u64)]) -> Packed {
        Packed::Map(
            pairs
                .iter()
                .map(|(key, value)| (Packed::Text((*key).into()), number(*value)))
                .collect(),
        )
    }

    fn match_tree(prefix_length: u64, suffix_length: u64, prefix: u64, suffix: u64) -> Packed {
        item(&[
            ("prefix_len", prefix_length),
            ("suffix_len", suffix_length),
            ("prefix_tree", prefix),
            ("suffix_tree", suffix),
        ])
    }

    fn file(trees: Vec<Packed>) -> Packed {
        Packed::Map(vec![(Packed::Text("trees".into()), Packed::List(trees))])
    }

    fn edit_trees(backs_off: bool) -> EditTrees {
        let mut strings = Strings::new();
        let [er, e, et] = ["er", "e", "Æ"].map(|text| strings.add(text));
        let lower = strings.add("æ");
        let replace = |from, to| item(&[("orig", from), ("subst", to)]);
        let items = vec![
            replace(er, e),
            replace(et, lower),
            match_tree(0, 2, NO_TREE, 0),
            match_tree(1, 2, 1, 0),
            replace(er, 0),
        ];
        let trees = read_trees(&file(items), &strings).unwrap();
        EditTrees {
            trees,
            labels: vec![2, 3, 4],
            backs_off,
        }
    }

    #[test]
    fn the_first_tree_that_fits_decides() {
        let trees = edit_trees(true);
        assert_eq!(trees.lemma(&[1, 0], "Ætter").as_deref(), Some("ætte"));
        assert_eq!(trees.lemma(&[1, 0], "jenter").as_deref(), Some("jente"));
        assert_eq!(trees.lemma(&[2], "er").as_deref(), Some(""));
        assert_eq!(trees.lemma(&[0, 1], "år").as_deref(), Some("år"));
        assert_eq!(trees.lemma(&[9], "å").as_deref(), Some("å"));
        assert_eq!(edit_trees(false).lemma(&[0, 1], "år"), None);
    }

    #[test]
    fn trees_that_hold_themselves_are_refused() {
        let strings = Strings::new();
        assert!(read_trees(&file(vec![match_tree(0, 0, 0, NO_TREE)]), &strings).is_err());
        assert!(read_trees(&file(vec![match_tree(0, 0, 7, NO_TREE)]), &strings).is_err());
        let mut deep = vec![match_tree(0, 0, NO_TREE, NO_TREE)];
        deep.extend((0..100).map(|index| match_tree(0, 0, index, NO_TREE)));
        assert!(read_trees(&file(deep), &strings).is_err());
        assert!(read_trees(&file(vec![item(&[("orig", 5000), ("subst", 6)])]), &strings).is_err());
    }
}
