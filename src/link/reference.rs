//! stub
use super::Reader;
/// Adds references.
pub(super) fn read(_reader: &mut Reader) {}
