//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16 with one, and for HTML the encoding that the page
//! declares where it is no UTF-8. Line ends become LF. What is no text is refused with a word on what it seems to be.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{Place, Problem, ReadError};

/// How far into a page a declaration of its encoding may stand (the HTML standard says 1024 bytes; real pages exceed it).
const DECLARATION_WITHIN: usize = 4096;

/// Beginnings of files that are no text, and what such a file is.
const MAGIC: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
];

/// The text that `bytes` hold, with LF as line end and no byte order mark.
pub(super) fn text(bytes: Vec<u8>, place: &Place) -> Result<String, ReadError> {
    utf16_or_utf8(bytes, place)
        .map(unify_line_ends)
        .map_err(|(error, _)| error)
}

/// As `text`, for a page: where the bytes are no UTF-8, the encoding that the page declares is believed.
pub(super) fn page(bytes: Vec<u8>, place: &Place) -> Result<String, ReadError> {
    let decoded = utf16_or_utf8(bytes, place).or_else(|(error, bytes)| {
        let declared = declared_encoding(&bytes).filter(|encoding| *encoding != UTF_8);
        match declared {
            Some(encoding) if error.kind() == "encoding" => {
                Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned())
            }
            _ => Err(error),
        }
    });
    decoded.map(unify_line_ends)
}

/// CRLF and CR to LF, and the byte order mark off.
pub(super) fn unify_line_ends(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// What the bytes are if they are no text: by their first bytes, or because there is a NUL among them.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    let by_magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    let by_nul = || bytes.contains(&0).then_some("a binary file");
    by_magic.map(|&(_, what)| what).or_else(by_nul)
}

/// The UTF-8 in `bytes`, or where it breaks.
pub(super) fn utf8(bytes: Vec<u8>, place: &Place) -> Result<String, (ReadError, Vec<u8>)> {
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let before = &bytes[..offset];
        let line = place.line.unwrap_or(1) + count_lines(before);
        let problem = Problem::Encoding {
            byte: bytes[offset],
            offset,
        };
        (place.at_line(line).error(problem), bytes)
    })
}

/// Whether a byte order mark says UTF-16, and which.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

fn utf16_or_utf8(bytes: Vec<u8>, place: &Place) -> Result<String, (ReadError, Vec<u8>)> {
    if let Some(encoding) = utf16(&bytes) {
        return match encoding.decode_with_bom_removal(&bytes) {
            (text, false) => Ok(text.into_owned()),
            (_, true) => Err((place.error(Problem::Utf16), bytes)),
        };
    }
    match binary(&bytes) {
        Some(what) => Err((place.error(Problem::Binary { what }), bytes)),
        None => utf8(bytes, place),
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head =
        String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_WITHIN)]).to_ascii_lowercase();
    let after = ["charset=", "encoding="]
        .iter()
        .find_map(|mark| head.find(mark).map(|at| &head[at + mark.len()..]))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|&character| character.is_ascii_alphanumeric() || "-_:.".contains(character))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn place() -> Place {
        Place::of(Path::new("a.txt"))
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes.to_vec(), &place()).unwrap(), expected);
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], kind: &str, message: &str) {
        let error = text(bytes.to_vec(), &place()).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn marks_and_line_ends_are_taken_off() {
        check(
            "\u{feff}Støre\r\nreiste\rhjem\n".as_bytes(),
            "Støre\nreiste\nhjem\n",
        );
        check(b"\xff\xfeS\0\xf8\0r\0", "Sør");
        check(b"\xfe\xff\0S\0\xf8\0r", "Sør");
        check(b"", "");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check_refused(b"a\0b", "binary", "a binary file, not text");
        check_refused(b"%PDF-1.7 ...", "binary", "a PDF");
        check_refused(b"\xff\xfeS\0\x00\xd8", "encoding", "iconv -f UTF-16");
        check_refused(
            b"Ro\nS\xf8r",
            "encoding",
            "a.txt:2: the byte 0xf8 at offset 4 is no UTF-8",
        );
    }

    #[test]
    fn a_page_may_declare_its_encoding() {
        let html = b"<meta charset='iso-8859-1'><p>S\xf8r</p>";
        assert!(page(html.to_vec(), &place()).unwrap().contains("Sør"));
        let html = "<meta charset='iso-8859-1'><p>Sør</p>";
        assert!(page(html.into(), &place()).unwrap().contains("Sør"));
        let undeclared = page(b"<p>S\xf8r</p>".to_vec(), &place()).unwrap_err();
        assert_eq!(undeclared.kind(), "encoding");
    }
}
