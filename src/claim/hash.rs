//! Content hashes: names that depend on nothing but what they name, the same on every machine.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::document::Article;

/// The first 16 bytes of the SHA-256 of `parts`, in hexadecimal. Each part is preceded by its length, so that no two
/// lists of parts run into one another.
#[must_use]
pub fn content_hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut hash = String::with_capacity(32);
    for byte in &hasher.finalize()[..16] {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// The hash that names a document: of its id and its text.
#[must_use]
pub fn document_hash(article: &Article) -> String {
    content_hash(&["document", &article.id, &article.text])
}

#[cfg(test)]
mod tests {
    use super::content_hash;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(content_hash(&["ab", "c"]), content_hash(&["a", "bc"]));
        assert_ne!(content_hash(&["a", ""]), content_hash(&["a"]));
    }

    #[test]
    fn hashes_never_change() {
        assert_eq!(
            content_hash(&["document", "a", "Støre møtte Stubb."]),
            "a85c412051066210c159168ac184163b"
        );
    }
}
