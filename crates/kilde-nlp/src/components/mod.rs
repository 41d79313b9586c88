//! The components of a pipeline that work by rules: each reads its own folder and sets fields of tokens.

pub mod attribute_ruler;
pub mod edit_tree_lemmatizer;
pub mod rule_lemmatizer;
