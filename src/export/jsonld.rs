//! JSON-LD, compacted with the context that is published beside the ontology (`ontology/context.jsonld`) and that each file
//! carries, so that nothing need be fetched: short names for the ontology's terms and for those it borrows, prefixes for
//! the rest. Written a part at a time: the default graph's nodes first, then an object per named graph.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use oxigraph::model::{GraphName, Literal, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};

use super::ExportError;
use crate::{
    ontology::{OntologyFiles, vocab},
    rdf::{Prefixes, sort},
};

/// Terms of other vocabularies that get short names of their own.
const BORROWED: [(&str, NamedNodeRef<'static>, Coercion); 26] = [
    ("altLabel", vocab::SKOS_ALT_LABEL, Coercion::None),
    (
        "datePublished",
        vocab::SCHEMA_DATE_PUBLISHED,
        Coercion::None,
    ),
    ("end", vocab::OA_END, Coercion::Integer),
    ("exact", vocab::OA_EXACT, Coercion::None),
    ("exactMatch", vocab::SKOS_EXACT_MATCH, Coercion::Id),
    ("hasActor", vocab::SEM_HAS_ACTOR, Coercion::Id),
    ("hasBegin", vocab::SEM_HAS_BEGIN, Coercion::Date),
    ("hasEnd", vocab::SEM_HAS_END, Coercion::Date),
    ("hasPlace", vocab::SEM_HAS_PLACE, Coercion::Id),
    ("hasSelector", vocab::OA_HAS_SELECTOR, Coercion::Id),
    ("hasSource", vocab::OA_HAS_SOURCE, Coercion::Id),
    ("headline", vocab::SCHEMA_HEADLINE, Coercion::None),
    ("identifier", vocab::DCTERMS_IDENTIFIER, Coercion::None),
    ("language", vocab::DCTERMS_LANGUAGE, Coercion::None),
    ("label", vocab::RDFS_LABEL, Coercion::None),
    ("prefLabel", vocab::SKOS_PREF_LABEL, Coercion::None),
    ("prefix", vocab::OA_PREFIX, Coercion::None),
    ("publisher", vocab::SCHEMA_PUBLISHER, Coercion::None),
    ("semEventType", vocab::SEM_EVENT_TYPE, Coercion::Id),
    ("start", vocab::OA_START, Coercion::Integer),
    ("suffix", vocab::OA_SUFFIX, Coercion::None),
    ("text", vocab::SCHEMA_TEXT, Coercion::None),
    ("url", vocab::SCHEMA_URL, Coercion::None),
    (
        "wasAttributedTo",
        vocab::PROV_WAS_ATTRIBUTED_TO,
        Coercion::Id,
    ),
    ("wasDerivedFrom", vocab::PROV_WAS_DERIVED_FROM, Coercion::Id),
    ("wasGeneratedBy", vocab::PROV_WAS_GENERATED_BY, Coercion::Id),
];

/// What a plain JSON value of a term means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coercion {
    None,
    Id,
    /// An IRI, short names of the vocabulary among them.
    Vocab,
    Integer,
    Decimal,
    Boolean,
    Date,
}

impl Coercion {
    fn of_range(range: &str) -> Self {
        match range.rsplit_once('#').map(|(_, name)| name) {
            Some("integer") => Self::Integer,
            Some("decimal") => Self::Decimal,
            Some("boolean") => Self::Boolean,
            Some("date") => Self::Date,
            _ => Self::None,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Id => Some("@id"),
            Self::Vocab => Some("@vocab"),
            Self::Integer => Some("xsd:integer"),
            Self::Decimal => Some("xsd:decimal"),
            Self::Boolean => Some("xsd:boolean"),
            Self::Date => Some("xsd:date"),
        }
    }
}

/// Short names for IRIs.
#[derive(Clone, Debug)]
pub struct Context {
    prefixes: Prefixes,
    /// Short name and coercion by IRI.
    terms: BTreeMap<String, (String, Coercion)>,
}

impl Context {
    /// The context of an ontology: a term for each property that it declares, and for those that it borrows.
    #[must_use]
    pub fn new(prefixes: &Prefixes, ontology: &OntologyFiles) -> Self {
        let mut terms = BTreeMap::new();
        for quad in &ontology.quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
                continue;
            };
            let Some(local) = subject.as_str().strip_prefix(vocab::KILDE) else {
                continue;
            };
            let is = |class: NamedNodeRef<'_>| {
                quad.predicate == vocab::RDF_TYPE && quad.object == class.into()
            };
            if is(vocab::OWL_OBJECT_PROPERTY) {
                let names_terms = [
                    "predicate",
                    "polarity",
                    "modality",
                    "mentionKind",
                    "entityType",
                    "eventType",
                    "ploverType",
                ];
                let coercion = if names_terms.contains(&local) {
                    Coercion::Vocab
                } else {
                    Coercion::Id
                };
                terms.insert(subject.as_str().to_owned(), (local.to_owned(), coercion));
            } else if is(vocab::OWL_DATATYPE_PROPERTY) {
                let range = ontology
                    .quads
                    .iter()
                    .find(|one| one.subject == quad.subject && one.predicate == vocab::RDFS_RANGE);
                let range = range.map_or(String::new(), |one| one.object.to_string());
                let coercion = Coercion::of_range(range.trim_matches(['<', '>']));
                terms.insert(subject.as_str().to_owned(), (local.to_owned(), coercion));
            }
        }
        for (name, iri, coercion) in BORROWED {
            terms.insert(iri.as_str().to_owned(), (name.to_owned(), coercion));
        }
        Self {
            prefixes: prefixes.clone(),
            terms,
        }
    }

    /// The context as it is published and written.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".to_owned(), json!(1.1));
        context.insert("@vocab".to_owned(), json!(vocab::KILDE));
        for (name, keyword) in [("id", "@id"), ("type", "@type"), ("graph", "@graph")] {
            context.insert(name.to_owned(), json!(keyword));
        }
        for (name, iri) in self.prefixes.iter() {
            // Whatever its last character, it may begin a compact IRI.
            context.insert(name.to_owned(), json!({"@id": iri, "@prefix": true}));
        }
        let mut terms: Vec<_> = self.terms.iter().collect();
        terms.sort_by_key(|(_, (name, _))| name);
        for (iri, (name, coercion)) in terms {
            let id = self.compact(iri);
            let term = match coercion.name() {
                Some(kind) => json!({"@id": id, "@type": kind}),
                None => json!({"@id": id}),
            };
            context.insert(name.clone(), term);
        }
        Value::Object(context)
    }

    /// An IRI as `prefix:rest`, if a prefix begins it and nothing else would be read from it.
    fn compact(&self, iri: &str) -> String {
        let fitting = self
            .prefixes
            .iter()
            .filter(|(_, space)| iri.starts_with(space));
        let Some((name, space)) = fitting.max_by_key(|(_, space)| space.len()) else {
            return iri.to_owned();
        };
        let rest = &iri[space.len()..];
        if rest.starts_with("//") || rest.is_empty() {
            return iri.to_owned();
        }
        format!("{name}:{rest}")
    }

    fn key(&self, iri: &str) -> (String, Coercion) {
        let known = self.terms.get(iri).cloned();
        known.unwrap_or_else(|| (self.compact(iri), Coercion::None))
    }

    /// An IRI where names of the vocabulary are understood.
    fn vocabulary(&self, iri: &str) -> String {
        let local = iri.strip_prefix(vocab::KILDE).filter(|local| {
            !local.is_empty() && local.chars().all(|one| one.is_ascii_alphanumeric())
        });
        let clashes = |local: &str| {
            let other = self
                .terms
                .iter()
                .any(|(own, (name, _))| name == local && own != iri);
            other || self.prefixes.get(local).is_some() || ["id", "type", "graph"].contains(&local)
        };
        match local {
            Some(local) if !clashes(local) => local.to_owned(),
            _ => self.compact(iri),
        }
    }

    fn value(&self, term: &Term, coercion: Coercion) -> Value {
        match (term, coercion) {
            (Term::NamedNode(node), Coercion::Id) => json!(self.compact(node.as_str())),
            (Term::NamedNode(node), Coercion::Vocab) => json!(self.vocabulary(node.as_str())),
            (Term::NamedNode(node), _) => json!({"id": self.compact(node.as_str())}),
            (Term::BlankNode(node), Coercion::Id) => json!(node.to_string()),
            (Term::BlankNode(node), _) => json!({"id": node.to_string()}),
            (Term::Literal(literal), coercion) => self.literal(literal, coercion),
            // The profile of RDF 1.2 is not written as JSON-LD.
            (Term::Triple(_), _) => Value::Null,
        }
    }

    fn literal(&self, literal: &Literal, coercion: Coercion) -> Value {
        let (value, kind) = (literal.value(), literal.datatype());
        if let Some(language) = literal.language() {
            return json!({"@value": value, "@language": language});
        }
        let plain = match coercion {
            Coercion::None => kind.as_str().ends_with("#string"),
            _ => coercion
                .name()
                .is_some_and(|name| self.compact(kind.as_str()) == name),
        };
        let native = || match coercion {
            Coercion::Integer => value.parse::<i64>().ok().map(Value::from),
            Coercion::Boolean => value.parse::<bool>().ok().map(Value::from),
            _ => None,
        };
        if plain {
            let same = native().filter(|native| format!("{native}").as_str() == value);
            return same.unwrap_or_else(|| json!(value));
        }
        json!({"@value": value, "@type": self.compact(kind.as_str())})
    }
}

/// Writes parts of a graph, one after the other.
pub(super) struct Writer<'a, W> {
    context: &'a Context,
    out: W,
    any: bool,
}

impl<'a, W: Write> Writer<'a, W> {
    /// Begins a file.
    pub(super) fn new(context: &'a Context, mut out: W) -> io::Result<Self> {
        write!(out, "{{\"@context\":{},\n\"graph\":[", context.json())?;
        Ok(Self {
            context,
            out,
            any: false,
        })
    }

    /// Writes a part, whatever graphs its statements stand in.
    pub(super) fn part(&mut self, mut quads: Vec<Quad>) -> Result<(), ExportError> {
        sort(&mut quads);
        for graph in quads.chunk_by(|one, other| one.graph_name == other.graph_name) {
            let nodes = graph.chunk_by(|one, other| one.subject == other.subject);
            let nodes = nodes.map(|facts| self.node(facts));
            match graph.first().map(|quad| &quad.graph_name) {
                None => {}
                Some(GraphName::DefaultGraph) => {
                    for node in nodes.collect::<Vec<_>>() {
                        self.item(&node)?;
                    }
                }
                Some(name) => {
                    let name = match name {
                        GraphName::NamedNode(node) => self.context.compact(node.as_str()),
                        other => other.to_string(),
                    };
                    let nodes: Vec<Value> = nodes.collect();
                    self.item(&json!({"id": name, "graph": nodes}))?;
                }
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")
    }

    fn item(&mut self, node: &Value) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        write!(self.out, "{node}")
    }

    fn node(&self, facts: &[Quad]) -> Value {
        let mut node = Map::new();
        if let Some(first) = facts.first() {
            let id = match &first.subject {
                NamedOrBlankNode::NamedNode(subject) => self.context.compact(subject.as_str()),
                NamedOrBlankNode::BlankNode(subject) => subject.to_string(),
            };
            node.insert("id".to_owned(), json!(id));
        }
        for same in facts.chunk_by(|one, other| one.predicate == other.predicate) {
            let iri = same[0].predicate.as_str();
            let is_type = same[0].predicate == vocab::RDF_TYPE;
            let (key, coercion) = if is_type {
                ("type".to_owned(), Coercion::Vocab)
            } else {
                self.context.key(iri)
            };
            let value = |quad: &Quad| self.context.value(&quad.object, coercion);
            let mut values: Vec<Value> = same.iter().map(value).collect();
            let value = match values.len() {
                1 => values.remove(0),
                _ => Value::Array(values),
            };
            node.insert(key, value);
        }
        Value::Object(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Base;

    #[test]
    fn the_published_context_is_the_one_that_files_carry() {
        let prefixes = Prefixes::new(&Base::default());
        let context = Context::new(&prefixes, OntologyFiles::embedded()).json();
        let published = serde_json::to_string_pretty(&json!({"@context": context})).unwrap() + "\n";
        expect_test::expect_file!["../../ontology/context.jsonld"].assert_eq(&published);
    }
}
