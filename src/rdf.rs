//! RDF on its way out: the prefixes that queries and files know, the formats by name, and a writer that gives the same
//! bytes for the same statements. Query results and exports share it; what to write is their business.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfSerializer, WriterQuadSerializer},
    model::{GraphName, Literal, Quad, Term},
};

use crate::{ontology::vocab, store::Base};

/// The RDF formats: the name that users give, which is also the extension of files; what oxigraph calls it; what it is.
pub const FORMATS: &[(&str, RdfFormat, &str)] = &[
    ("ttl", RdfFormat::Turtle, "Turtle"),
    ("nt", RdfFormat::NTriples, "N-Triples"),
    (
        "nq",
        RdfFormat::NQuads,
        "N-Quads, a named graph per document",
    ),
    ("trig", RdfFormat::TriG, "TriG, a named graph per document"),
    ("rdf", RdfFormat::RdfXml, "RDF/XML"),
    (
        "jsonld",
        RdfFormat::JsonLd {
            profile: JsonLdProfileSet::empty(),
        },
        "JSON-LD, a named graph per document",
    ),
];

/// The format with this name or extension (`ttl`, `rdfxml`, `.jsonld`), whatever its case.
#[must_use]
pub fn format(name: &str) -> Option<RdfFormat> {
    let name = name.trim_start_matches('.').to_ascii_lowercase();
    let name = match &*name {
        "rdfxml" | "xml" => "rdf",
        "turtle" => "ttl",
        "json-ld" => "jsonld",
        other => other,
    };
    FORMATS
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, format, _)| *format)
}

/// Prefixes by name: those of the vocabularies and those of a store's own names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefixes(BTreeMap<String, String>);

impl Prefixes {
    /// The prefixes of a store with this base.
    #[must_use]
    pub fn new(base: &Base) -> Self {
        let fixed = vocab::PREFIXES
            .iter()
            .map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned()));
        let own = base.prefixes().map(|(name, iri)| (name.to_owned(), iri));
        Self(fixed.chain(own).collect())
    }

    /// Names and namespaces, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, iri)| (name.as_str(), iri.as_str()))
    }

    /// The namespace of a prefix.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// An IRI as `prefix:name`, if a prefix fits; the result can be written in a query again.
    #[must_use]
    pub fn shorten(&self, iri: &str) -> Option<String> {
        let (name, namespace) = self
            .iter()
            .filter(|(_, namespace)| iri.starts_with(namespace))
            .max_by_key(|(_, namespace)| namespace.len())?;
        let local = iri.get(namespace.len()..)?;
        is_local_name(local).then(|| format!("{name}:{local}"))
    }

    /// Those among them that these statements use.
    #[must_use]
    pub fn used_by<'a>(&self, quads: impl IntoIterator<Item = &'a Quad>) -> Self {
        let mut used = BTreeMap::new();
        let mut count = |iri: &str| {
            let known = self
                .iter()
                .find(|(_, namespace)| iri.starts_with(namespace));
            if let Some((name, namespace)) = known {
                used.entry(name.to_owned())
                    .or_insert_with(|| namespace.to_owned());
            }
        };
        for quad in quads {
            for text in [quad.subject.to_string(), quad.graph_name.to_string()] {
                count(text.trim_matches(['<', '>']));
            }
            count(quad.predicate.as_str());
            match &quad.object {
                Term::NamedNode(node) => count(node.as_str()),
                Term::Literal(literal) => count(literal.datatype().as_str()),
                Term::BlankNode(_) | Term::Triple(_) => {}
            }
        }
        Self(used)
    }
}

/// Whether what follows a prefix needs no escapes.
fn is_local_name(local: &str) -> bool {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    let inner = |character: char| plain(character) || character == '.';
    local.starts_with(|first: char| plain(first) && first != '-')
        && local.ends_with(plain)
        && local.chars().all(inner)
}

/// Sorts statements as files hold them: by graph (the default graph first), subject, and what the subject is before all
/// else that is said of it; none twice.
pub fn sort(quads: &mut Vec<Quad>) {
    quads.sort_by_cached_key(|quad| {
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            name => name.to_string(),
        };
        (
            graph,
            quad.subject.to_string(),
            quad.predicate.as_ref() != vocab::RDF_TYPE,
            quad.predicate.to_string(),
            quad.object.to_string(),
        )
    });
    quads.dedup();
}

/// Writes statements in one format, in the order in which they come.
pub struct Writer<W: Write> {
    serializer: WriterQuadSerializer<W>,
    format: RdfFormat,
}

impl<W: Write> Writer<W> {
    /// Begins a file. A format that knows no named graphs gets the statements of all graphs.
    #[must_use]
    pub fn new(format: RdfFormat, prefixes: &Prefixes, out: W) -> Self {
        let serializer = prefixes.iter().fold(
            RdfSerializer::from_format(format),
            |serializer, (name, iri)| {
                // A base that is an IRI makes prefixes that are; one that is none is left out.
                let plain = serializer.clone();
                serializer.with_prefix(name, iri).unwrap_or(plain)
            },
        );
        Self {
            serializer: serializer.for_writer(out),
            format,
        }
    }

    /// Writes a statement.
    ///
    /// # Errors
    /// If the system refuses, or the format cannot hold the statement.
    pub fn write(&mut self, quad: &Quad) -> io::Result<()> {
        let fit = if self.format == RdfFormat::RdfXml {
            fit_for_xml(&quad.object)
        } else {
            Cow::Borrowed(&quad.object)
        };
        let graph = if self.format.supports_datasets() {
            quad.graph_name.as_ref()
        } else {
            GraphName::DefaultGraph.as_ref()
        };
        self.serializer.serialize_quad(
            oxigraph::model::TripleRef::new(&quad.subject, &quad.predicate, &*fit).in_graph(graph),
        )
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(self) -> io::Result<W> {
        self.serializer.finish()
    }
}

/// A term that XML 1.0 can hold: each character that it has no way to write becomes U+FFFD, and a lone carriage return
/// becomes the line feed that every XML reader would make of it. Offsets stay right.
#[must_use]
pub fn fit_for_xml(term: &Term) -> Cow<'_, Term> {
    let Term::Literal(literal) = term else {
        return Cow::Borrowed(term);
    };
    let unfit = |character: char| replacement(character) != character;
    if !literal.value().contains(unfit) {
        return Cow::Borrowed(term);
    }
    let value: String = literal.value().chars().map(replacement).collect();
    let literal = match literal.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language),
        None => Literal::new_typed_literal(value, literal.datatype()),
    };
    Cow::Owned(literal.into())
}

fn replacement(character: char) -> char {
    match character {
        '\t' | '\n' => character,
        '\r' => '\n',
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::NamedNode;

    use super::*;

    #[test]
    fn formats_have_names() {
        for (name, format, _) in FORMATS {
            assert_eq!(super::format(name), Some(*format));
            assert_eq!(format.file_extension(), *name);
        }
        assert_eq!(format(".RDFXML"), Some(RdfFormat::RdfXml));
        assert_eq!(format("pdf"), None);
    }

    #[track_caller]
    fn check_short(iri: &str, expected: Option<&str>) {
        let prefixes = Prefixes::new(&Base::default());
        assert_eq!(prefixes.shorten(iri).as_deref(), expected);
    }

    #[test]
    fn iris_are_shortened_by_the_longest_prefix() {
        check_short("https://w3id.org/kilde/ns#leads", Some("kilde:leads"));
        check_short("https://w3id.org/kilde/id/entity/hamas", Some("ent:hamas"));
        check_short("https://w3id.org/kilde/id/entity/حماس", Some("ent:حماس"));
        check_short("https://w3id.org/kilde/id/doc/3f#char=0,9", None);
        check_short("https://w3id.org/kilde/id/entity/a%20b", None);
        check_short("https://w3id.org/kilde/id/entity/a.", None);
        check_short("https://example.org/", None);
    }

    fn quad(object: impl Into<Term>) -> Quad {
        Quad::new(
            Base::default().entity("a"),
            NamedNode::from(vocab::RDFS_LABEL),
            object,
            Base::default().document("d"),
        )
    }

    fn written(format: RdfFormat, quads: &[Quad]) -> String {
        let prefixes = Prefixes::new(&Base::default()).used_by(quads);
        let mut writer = Writer::new(format, &prefixes, Vec::new());
        for quad in quads {
            writer.write(quad).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    #[test]
    fn formats_without_graphs_hold_the_triples_alone() {
        let quads = [quad(Literal::new_simple_literal("A"))];
        assert!(written(RdfFormat::NTriples, &quads).ends_with("#label> \"A\" .\n"));
        assert!(
            written(RdfFormat::NQuads, &quads)
                .ends_with("\"A\" <https://w3id.org/kilde/id/doc/d> .\n")
        );
        let turtle = written(RdfFormat::Turtle, &quads);
        assert!(turtle.ends_with("ent:a rdfs:label \"A\" .\n"), "{turtle}");
        assert!(!turtle.contains("skos"), "{turtle}");
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced_one_for_one() {
        let term: Term =
            Literal::new_language_tagged_literal_unchecked("a\u{1}\rb\u{ffff}\u{85}", "en").into();
        let Term::Literal(fit) = fit_for_xml(&term).into_owned() else {
            panic!("a literal stays one")
        };
        assert_eq!(
            (fit.value(), fit.language()),
            ("a\u{fffd}\nb\u{fffd}\u{85}", Some("en"))
        );
        let xml = written(RdfFormat::RdfXml, &[quad(term)]);
        assert!(xml.contains("a\u{fffd}\nb"), "{xml}");
    }

    #[test]
    fn what_a_thing_is_comes_first() {
        let kind = Quad::new(
            Base::default().entity("a"),
            NamedNode::from(vocab::RDF_TYPE),
            vocab::kilde("State"),
            Base::default().document("d"),
        );
        let label = quad(Literal::new_simple_literal("A"));
        let earlier = Quad::new(
            Base::default().entity("a"),
            vocab::kilde("accuses"),
            vocab::kilde("B"),
            GraphName::DefaultGraph,
        );
        let mut quads = vec![label.clone(), kind.clone(), earlier.clone(), label.clone()];
        sort(&mut quads);
        assert_eq!(quads, [earlier, kind, label]);
    }
}
