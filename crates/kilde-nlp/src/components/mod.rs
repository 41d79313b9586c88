//! The components of a pipeline that work by rules: each reads its own folder and sets fields of tokens.

pub(crate) mod attribute_ruler;
pub(crate) mod edit_tree_lemmatizer;
pub(crate) mod rule_lemmatizer;
