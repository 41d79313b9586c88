//! Names in the graph: how ids and hashes become IRIs under the store's base, and ids again.

use std::fmt::Write;

use oxigraph::model::NamedNode;

use super::StoreError;
use crate::ontology::vocab;

/// The IRI under which entities, documents, claims, events and runs are named; ends in `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

impl Default for Base {
    fn default() -> Self {
        Self(vocab::DEFAULT_BASE.to_owned())
    }
}

impl Base {
    /// Takes an absolute IRI that ends in `/` or `#`.
    ///
    /// # Errors
    /// If it is no absolute IRI or ends otherwise.
    pub fn new(base: &str) -> Result<Self, StoreError> {
        let wrong = |reason: String| StoreError::Base {
            base: base.to_owned(),
            reason,
        };
        NamedNode::new(base).map_err(|error| wrong(error.to_string()))?;
        if base.ends_with(['/', '#']) {
            Ok(Self(base.to_owned()))
        } else {
            Err(wrong("it must end in / or #".to_owned()))
        }
    }

    /// The IRI itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of an entity.
    #[must_use]
    pub fn entity(&self, id: &str) -> NamedNode {
        self.name("entity", id)
    }

    /// The IRI of a document, which is also its named graph.
    #[must_use]
    pub fn document(&self, hash: &str) -> NamedNode {
        self.name("doc", hash)
    }

    /// The IRI of a claim.
    #[must_use]
    pub fn claim(&self, id: &str) -> NamedNode {
        self.name("claim", id)
    }

    /// The IRI of an event.
    #[must_use]
    pub fn event(&self, id: &str) -> NamedNode {
        self.name("event", id)
    }

    /// The IRI of a run over one document.
    #[must_use]
    pub fn run(&self, hash: &str) -> NamedNode {
        self.name("run", hash)
    }

    /// The IRI of a correction.
    #[must_use]
    pub fn correction(&self, hash: &str) -> NamedNode {
        self.name("correction", hash)
    }

    /// The graph in which corrections are told of.
    #[must_use]
    pub fn corrections(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}corrections", self.0))
    }

    /// The IRI of the nanopublication of a claim.
    #[must_use]
    pub fn nanopub(&self, claim: &str) -> NamedNode {
        self.name("np", claim)
    }

    /// The IRI of whoever made claims that were brought in from elsewhere.
    #[must_use]
    pub fn maker(&self, name: &str) -> NamedNode {
        self.name("maker", name)
    }

    /// The id of the entity with this IRI.
    #[must_use]
    pub fn entity_id(&self, iri: &str) -> Option<String> {
        self.id("entity", iri)
    }

    /// The hash of the document with this IRI.
    #[must_use]
    pub fn document_hash(&self, iri: &str) -> Option<String> {
        self.id("doc", iri)
    }

    /// The id of the claim with this IRI.
    #[must_use]
    pub fn claim_id(&self, iri: &str) -> Option<String> {
        self.id("claim", iri)
    }

    /// The id of the event with this IRI.
    #[must_use]
    pub fn event_id(&self, iri: &str) -> Option<String> {
        self.id("event", iri)
    }

    /// Prefixes of the base's names for queries and Turtle: `ent`, `doc`, `claim`, `event`.
    #[must_use]
    pub fn prefixes(&self) -> [(&'static str, String); 4] {
        [
            ("claim", "claim"),
            ("doc", "doc"),
            ("ent", "entity"),
            ("event", "event"),
        ]
        .map(|(prefix, part)| (prefix, format!("{}{part}/", self.0)))
    }

    fn name(&self, part: &str, id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{part}/{}", self.0, segment(id)))
    }

    fn id(&self, part: &str, iri: &str) -> Option<String> {
        let segment = iri
            .strip_prefix(&self.0)?
            .strip_prefix(part)?
            .strip_prefix('/')?;
        unsegment(segment)
    }
}

/// Writes an id so that it can stand in an IRI: letters and digits of any script, `-`, `.`, `_` and `~` stay, all else
/// is percent-encoded. Ids that users bring along may hold anything.
pub(super) fn segment(id: &str) -> String {
    let only_dots = id.chars().all(|character| character == '.');
    let mut segment = String::with_capacity(id.len());
    for character in id.chars() {
        let plain = match character {
            '.' => !only_dots,
            '-' | '_' | '~' => true,
            '\u{a0}'..='\u{d7ff}'
            | '\u{f900}'..='\u{fdcf}'
            | '\u{fdf0}'..='\u{ffef}'
            | '\u{10000}'..='\u{dffff}' => character.is_alphanumeric(),
            _ => character.is_ascii_alphanumeric(),
        };
        if plain {
            segment.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a string cannot fail.
            let _ = write!(segment, "%{byte:02X}");
        }
    }
    segment
}

/// The id that [`segment`] wrote; `None` for what it never writes.
pub(super) fn unsegment(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = tail.get(2..)?;
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    let id = String::from_utf8(bytes).ok()?;
    (segment(&id) == text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, expected: &str) {
        assert_eq!(segment(id), expected);
        assert_eq!(unsegment(expected).as_deref(), Some(id));
        let iri = Base::default().entity(id);
        assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
        assert_eq!(Base::default().entity_id(iri.as_str()).as_deref(), Some(id));
    }

    #[test]
    fn ids_become_iris_and_ids_again() {
        check("hamas", "hamas");
        check("حماس", "حماس");
        check("50%", "50%25");
        check("a b/<c>#\"", "a%20b%2F%3Cc%3E%23%22");
        check("http://x.org/Q1", "http%3A%2F%2Fx.org%2FQ1");
        check("..", "%2E%2E");
        check("n° 1 \u{e000}\u{fffe}", "n%C2%B0%201%20%EE%80%80%EF%BF%BE");
    }

    #[test]
    fn other_iris_have_no_id() {
        let base = Base::default();
        for iri in [
            "https://example.org/entity/a",
            "https://w3id.org/kilde/id/doc/a",
            "https://w3id.org/kilde/id/entity/a/b",
            "https://w3id.org/kilde/id/entity/%4",
            "https://w3id.org/kilde/id/entity/%61",
        ] {
            assert_eq!(base.entity_id(iri), None, "{iri}");
        }
    }

    #[test]
    fn a_base_is_an_iri_that_names_can_follow() {
        assert!(Base::new("https://news.example/graph/").is_ok());
        for base in [
            "",
            "graph/",
            "https://news.example/a b/",
            "https://news.example",
        ] {
            assert!(Base::new(base).is_err(), "{base}");
        }
    }
}
