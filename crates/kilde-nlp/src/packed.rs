//! Reads the msgpack files of a pipeline (tokenizer, look-up tables, patterns, edit trees) into plain values.
//! Takes a path, gives a [`Packed`] tree. Truncated or hostile bytes give an error, never a panic or a huge allocation.

use std::fmt;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use smol_str::SmolStr;

use crate::error::{LoadError, read_file};

/// A msgpack value. Maps keep the order of the file, which spaCy's own dictionaries keep too.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Packed {
    Nil,
    Bool(bool),
    Int(i64),
    /// Whole numbers from zero up, as ids and lengths are.
    UInt(u64),
    Float(f64),
    /// Short ones take no memory of their own.
    Text(SmolStr),
    Bytes(Vec<u8>),
    List(Vec<Packed>),
    Map(Vec<(Packed, Packed)>),
}

impl Packed {
    /// Reads a whole file.
    pub(crate) fn read(path: &Path) -> Result<Self, LoadError> {
        let bytes = read_file(path)?;
        Self::parse(&bytes).map_err(|what| LoadError::malformed(path, what))
    }

    /// Parses a value; the error says what is wrong.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        rmp_serde::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes of binary data or of a text: spaCy writes some keys and values in the one form, some in the other.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(text) => Some(text.as_bytes()),
            _ => None,
        }
    }

    /// The number, if it is a whole one from zero up.
    pub(crate) fn uint(&self) -> Option<u64> {
        match self {
            Self::UInt(number) => Some(*number),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub(crate) fn list(&self) -> Option<&[Packed]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The pairs, if it is a map.
    pub(crate) fn map(&self) -> Option<&[(Packed, Packed)]> {
        match self {
            Self::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The number, if it is one that fits memory sizes.
    pub(crate) fn size(&self) -> Option<usize> {
        self.uint().and_then(|number| usize::try_from(number).ok())
    }

    /// The value under a text or binary key, if it is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Packed> {
        self.map()?
            .iter()
            .find(|(name, _)| name.bytes() == Some(key.as_bytes()))
            .map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PackedVisitor)
    }
}

struct PackedVisitor;

impl<'de> Visitor<'de> for PackedVisitor {
    type Value = Packed;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a msgpack value")
    }

    fn visit_unit<E>(self) -> Result<Packed, E> {
        Ok(Packed::Nil)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Packed, E> {
        Ok(Packed::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Packed, E> {
        Ok(u64::try_from(value).map_or(Packed::Int(value), Packed::UInt))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Packed, E> {
        Ok(Packed::UInt(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Packed, E> {
        Ok(Packed::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Packed, E> {
        Ok(Packed::Text(SmolStr::new(value)))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Packed, E> {
        Ok(Packed::Bytes(value.to_vec()))
    }

    // Lengths come from the file: nothing is reserved from them, so that a lying header costs nothing.
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Packed, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Packed::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Packed, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = access.next_entry()? {
            pairs.push(pair);
        }
        Ok(Packed::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Option<Packed> {
        rmp_serde::from_slice(bytes).ok()
    }

    #[test]
    fn reads_nested_values() {
        // {"a": [1, -1, nil, true], 65: "x"}
        let bytes = b"\x82\xa1a\x94\x01\xff\xc0\xc3\x41\xa1x";
        let value = parse(bytes).unwrap();
        let list = [
            Packed::UInt(1),
            Packed::Int(-1),
            Packed::Nil,
            Packed::Bool(true),
        ];
        assert_eq!(value.get("a").and_then(Packed::list), Some(&list[..]));
        assert_eq!(value.map().unwrap()[1].0.uint(), Some(65));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = b"\x82\xa1a\x94\x01\xff\xc0\xc3\x41\xa1x";
        for end in 0..bytes.len() {
            assert_eq!(parse(&bytes[..end]), None, "{end} bytes");
        }
    }

    #[test]
    fn hostile_lengths_and_depths_are_errors() {
        assert_eq!(parse(b"\xdd\xff\xff\xff\xff"), None);
        assert_eq!(parse(b"\xdf\xff\xff\xff\xff\x01"), None);
        assert_eq!(parse(b"\xdb\xff\xff\xff\xffabc"), None);
        assert_eq!(parse(&vec![0x91; 1_000_000]), None);
    }
}
