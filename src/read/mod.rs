//! scratch
mod decode;
mod error;
mod language;
pub use error::{Place, Problem, ReadError};
