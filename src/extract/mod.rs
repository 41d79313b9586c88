//! Grammar and mentions to claims: frames decide relation and roles, then factuality, speaker, time and place.

pub mod frames;
mod load;
mod tree;

pub use frames::Lexicon;
pub use load::FrameError;
