//! Reads MessagePack into a tree that borrows from the bytes. Model files come from strangers, so nothing in them is
//! believed: lengths are checked against what is left before anything is allocated, and nesting is bounded.

/// The deepest nesting that is read; spaCy's files use six levels.
const MAX_DEPTH: usize = 32;

/// One MessagePack value. Strings and binary data are both [`Value::Bytes`]: srsly writes keys in either form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nil.
    Nil,
    /// True or false.
    Bool(bool),
    /// Any integer.
    Int(i128),
    /// Any float.
    Float(f64),
    /// A string or binary data.
    Bytes(&'a [u8]),
    /// A list.
    Array(Vec<Value<'a>>),
    /// Pairs, in the file's order.
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The value under a text key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        pairs
            .iter()
            .find(|(name, _)| matches!(name, Value::Bytes(bytes) if *bytes == key.as_bytes()))
            .map(|(_, value)| value)
    }

    /// The list's elements.
    pub(crate) fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The map's pairs.
    pub(crate) fn as_map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The bytes of a string or of binary data.
    pub(crate) fn as_bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text of a string.
    pub(crate) fn as_str(&self) -> Option<&'a str> {
        self.as_bytes()
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// A non-negative integer.
    pub(crate) fn as_u64(&self) -> Option<u64> {
        match self {
            Value::Int(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// A non-negative integer that fits memory sizes.
    pub(crate) fn as_usize(&self) -> Option<usize> {
        self.as_u64().and_then(|number| usize::try_from(number).ok())
    }
}

/// Parses one value that takes up all of `bytes`; the error says where parsing stopped and why.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value<'_>, String> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    if reader.at == bytes.len() {
        Ok(value)
    } else {
        Err(format!("data after the end at byte {}", reader.at))
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value<'a>, String> {
        if depth > MAX_DEPTH {
            return Err(format!("nested too deeply at byte {}", self.at));
        }
        let marker = self.take(1)?[0];
        Ok(match marker {
            0x00..=0x7f => Value::Int(i128::from(marker)),
            0x80..=0x8f => self.map(usize::from(marker & 0x0f), depth)?,
            0x90..=0x9f => self.array(usize::from(marker & 0x0f), depth)?,
            0xa0..=0xbf => Value::Bytes(self.take(usize::from(marker & 0x1f))?),
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 | 0xd9 => self.sized_bytes(1)?,
            0xc5 | 0xda => self.sized_bytes(2)?,
            0xc6 | 0xdb => self.sized_bytes(4)?,
            0xca => Value::Float(f64::from(f32::from_bits(self.bits32()?))),
            0xcb => Value::Float(f64::from_bits(self.unsigned(8)?)),
            0xcc..=0xcf => Value::Int(i128::from(self.unsigned(1 << (marker - 0xcc))?)),
            0xd0..=0xd3 => self.signed(1 << (marker - 0xd0))?,
            0xdc | 0xdd => {
                let count = self.length(if marker == 0xdc { 2 } else { 4 })?;
                self.array(count, depth)?
            }
            0xde | 0xdf => {
                let count = self.length(if marker == 0xde { 2 } else { 4 })?;
                self.map(count, depth)?
            }
            0xe0..=0xff => Value::Int(i128::from(marker) - 256),
            _ => return Err(format!("unknown marker {marker:#x} at byte {}", self.at - 1)),
        })
    }

    fn array(&mut self, count: usize, depth: usize) -> Result<Value<'a>, String> {
        self.check_count(count, 1)?;
        let items: Result<_, _> = (0..count).map(|_| self.value(depth + 1)).collect();
        items.map(Value::Array)
    }

    fn map(&mut self, count: usize, depth: usize) -> Result<Value<'a>, String> {
        self.check_count(count, 2)?;
        let pairs: Result<_, _> = (0..count)
            .map(|_| Ok((self.value(depth + 1)?, self.value(depth + 1)?)))
            .collect();
        pairs.map(Value::Map)
    }

    /// Every element takes a byte at least: refuses counts that the rest of the data cannot hold.
    fn check_count(&self, count: usize, bytes_each: usize) -> Result<(), String> {
        if count.saturating_mul(bytes_each) > self.bytes.len() - self.at {
            return Err(format!("{count} elements announced at byte {}, but the data ends before", self.at));
        }
        Ok(())
    }

    fn sized_bytes(&mut self, width: usize) -> Result<Value<'a>, String> {
        let count = self.length(width)?;
        self.take(count).map(Value::Bytes)
    }

    fn length(&mut self, width: usize) -> Result<usize, String> {
        usize::try_from(self.unsigned(width)?).map_err(|error| error.to_string())
    }

    fn signed(&mut self, width: usize) -> Result<Value<'a>, String> {
        let unsigned = i128::from(self.unsigned(width)?);
        let bits = 8 * width;
        let negative = unsigned >> (bits - 1) == 1;
        Ok(Value::Int(if negative { unsigned - (1 << bits) } else { unsigned }))
    }

    fn bits32(&mut self) -> Result<u32, String> {
        u32::try_from(self.unsigned(4)?).map_err(|error| error.to_string())
    }

    /// A big-endian number of `width` bytes.
    fn unsigned(&mut self, width: usize) -> Result<u64, String> {
        let bytes = self.take(width)?;
        Ok(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let rest = &self.bytes[self.at..];
        if count > rest.len() {
            return Err(format!("the data ends at byte {}, {count} more were announced", self.bytes.len()));
        }
        self.at += count;
        Ok(&rest[..count])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_kind() {
        let bytes = [
            0x87, 0xa1, b'a', 0xff, 0xa1, b'b', 0xcd, 0x01, 0x00, 0xc4, 0x01, b'c', 0xc0, 0xa1, b'd', 0xc3, 0xa1, b'e', 0x92, 0x01,
            0x02, 0xa1, b'f', 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xa1, b'g', 0xd1, 0xff, 0x7f,
        ];
        let value = parse(&bytes).expect("valid");
        assert_eq!(value.get("a"), Some(&Value::Int(-1)));
        assert_eq!(value.get("b").and_then(Value::as_usize), Some(256));
        assert_eq!(value.get("c"), Some(&Value::Nil));
        assert_eq!(value.get("d"), Some(&Value::Bool(true)));
        assert_eq!(value.get("e").and_then(Value::as_array).map(<[_]>::len), Some(2));
        assert_eq!(value.get("f"), Some(&Value::Float(1.5)));
        assert_eq!(value.get("g"), Some(&Value::Int(-129)));
        assert_eq!(value.get("h"), None);
    }

    #[test]
    fn refuses_truncated_data_at_every_byte() {
        let bytes = [0x82, 0xa1, b'a', 0x92, 0x01, 0xcd, 0x01, 0x00, 0xa1, b'b', 0xc4, 0x02, 9, 9];
        assert!(parse(&bytes).is_ok());
        for end in 0..bytes.len() {
            assert!(parse(&bytes[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn refuses_absurd_lengths_and_depths() {
        assert!(parse(&[0xdd, 0xff, 0xff, 0xff, 0xff, 1]).is_err());
        assert!(parse(&[0xdf, 0xff, 0xff, 0xff, 0xff, 1]).is_err());
        assert!(parse(&[0xc6, 0xff, 0xff, 0xff, 0xff, 1]).is_err());
        assert!(parse(&[0x91; 1000]).is_err());
        assert!(parse(&[0xc1]).is_err());
        assert!(parse(&[0x01, 0x01]).is_err());
    }
}
