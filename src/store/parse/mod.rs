//! A document's file back into what was read: the article, its entities, mentions and claims. Everything is checked on
//! the way: the file's quads lie in the document's graph, the text has the hash that names the document, and every quote
//! stands where it is said to stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use oxigraph::{
    io::{RdfFormat, RdfParseError, RdfParser},
    model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term},
};

use super::{StoreError, base::Base};
use crate::{
    claim::{Claim, Entity, Mention, Name, content_hash, document_hash},
    document::{Article, Lang, Metadata, PartialDate},
    ontology::{Ontology, vocab},
    text::CodePoints,
};

mod node;
mod reader;

pub(super) use node::Node;
use node::literal;
use reader::Reader;

/// A document as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDocument {
    /// Hash of the document's id and text: its name in the graph and on disk.
    pub hash: String,
    /// The article: id, language, text, metadata and further fields. How it was laid out for reading (paragraphs, what
    /// was set aside, the user's own mentions) is not stored and stands empty.
    pub article: Article,
    /// Entities as this document's reading knew them, sorted by id.
    pub entities: Vec<Entity>,
    /// Mentions in the order of the text.
    pub mentions: Vec<Mention>,
    /// Claims in the order of their evidence.
    pub claims: Vec<Claim>,
    /// The program that read it and its version.
    pub written_by: String,
}

/// Reads the quads of a document's file; `file` is for messages.
///
/// # Errors
/// [`StoreError::Damaged`] with the line, if the bytes are no N-Quads in the graph of the document `hash`.
pub fn document_file_quads(
    bytes: &[u8],
    hash: &str,
    base: &Base,
    file: &Path,
) -> Result<Vec<Quad>, StoreError> {
    let graph = GraphName::NamedNode(base.document(hash));
    let mut quads = Vec::new();
    for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(bytes) {
        let quad = quad.map_err(|error| syntax_error(file, &error.into()))?;
        if quad.graph_name != graph {
            let needle = quad.graph_name.to_string();
            let message = format!(
                "a quad lies outside the graph {graph}: was the file renamed, or written for another base?"
            );
            return Err(damaged(file, bytes, &format!(" {needle} ."), message));
        }
        quads.push(quad);
    }
    Ok(quads)
}

/// Reads a document from the bytes of its file; `file` is for messages.
///
/// # Errors
/// [`StoreError::Damaged`] with the line, if the bytes are not what [`super::document_bytes`] writes.
pub fn parse_document(
    bytes: &[u8],
    hash: &str,
    base: &Base,
    ontology: &Ontology,
    file: &Path,
) -> Result<StoredDocument, StoreError> {
    let quads = document_file_quads(bytes, hash, base, file)?;
    document_from_quads(&quads, hash, base, ontology)
        .map_err(|flaw| damaged(file, bytes, &format!("<{}> ", flaw.subject), flaw.message))
}

/// Id, publisher and date of the document in a file, without reading the rest of it.
pub(super) fn document_head(
    bytes: &[u8],
    hash: &str,
    base: &Base,
    file: &Path,
) -> Result<(String, Option<String>, Option<PartialDate>), StoreError> {
    let document = base.document(hash);
    let start = format!("{document} ");
    let wanted = [
        vocab::DCTERMS_IDENTIFIER,
        vocab::SCHEMA_PUBLISHER,
        vocab::SCHEMA_DATE_PUBLISHED,
    ];
    let quads = own_quads(&wanted, bytes, hash, base, file)?;
    let mut node = Node::new(document.as_str());
    for quad in &quads {
        node.add(quad.predicate.as_str(), &quad.object);
    }
    let facts = || {
        if node.all(vocab::DCTERMS_IDENTIFIER).is_empty() {
            let message =
                "the document has no id: was the file renamed, or written for another base?";
            return Err(node.flaw(message));
        }
        Ok((
            node.text(vocab::DCTERMS_IDENTIFIER)?.to_owned(),
            node.optional_text(vocab::SCHEMA_PUBLISHER)?
                .map(str::to_owned),
            node.date(vocab::SCHEMA_DATE_PUBLISHED)?,
        ))
    };
    facts().map_err(|flaw: Flaw| damaged(file, bytes, &start, flaw.message))
}

/// The text of the document in a file, without reading the rest of it; nothing if there is none.
pub(super) fn document_text(
    bytes: &[u8],
    hash: &str,
    base: &Base,
    file: &Path,
) -> Result<Option<String>, StoreError> {
    let quads = own_quads(&[vocab::SCHEMA_TEXT], bytes, hash, base, file)?;
    Ok(quads.into_iter().find_map(|quad| match quad.object {
        Term::Literal(text) => Some(text.destruct().0),
        _ => None,
    }))
}

/// The quads with the document as subject and some predicates.
fn own_quads(
    predicates: &[NamedNodeRef<'_>],
    bytes: &[u8],
    hash: &str,
    base: &Base,
    file: &Path,
) -> Result<Vec<Quad>, StoreError> {
    let document = base.document(hash);
    let starts = predicates.iter();
    let starts: Vec<String> = starts.map(|one| format!("{document} {one} ")).collect();
    let mut found = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if starts.iter().any(|one| line.starts_with(one.as_bytes())) {
            found.extend_from_slice(line);
        }
    }
    document_file_quads(&found, hash, base, file)
}

/// What is wrong with the triples of a subject.
#[derive(Debug)]
pub(super) struct Flaw {
    /// IRI of the subject.
    pub(super) subject: String,
    /// What is wrong: a phrase.
    pub(super) message: String,
}

/// Reads a document from its quads, none twice.
pub(super) fn document_from_quads<'a>(
    quads: impl IntoIterator<Item = &'a Quad>,
    hash: &str,
    base: &Base,
    ontology: &Ontology,
) -> Result<StoredDocument, Flaw> {
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            let node = nodes
                .entry(subject.as_str())
                .or_insert_with(|| Node::new(subject.as_str()));
            node.add(quad.predicate.as_str(), &quad.object);
        }
    }
    let document = base.document(hash).into_string();
    let node = nodes.get(&*document).ok_or_else(|| Flaw {
        subject: document.clone(),
        message: "the document's own facts are missing".to_owned(),
    })?;
    let article = article(node)?;
    if document_hash(&article) != hash {
        return Err(node.flaw("id and text are not those that the document is named for"));
    }
    if node.text(vocab::TEXT_HASH)? != content_hash(&["text", &article.text]) {
        return Err(node.flaw("the text does not have its hash"));
    }
    let run = node.iri(vocab::PROV_WAS_GENERATED_BY)?;
    let written_by = match nodes.get(run) {
        Some(run) => run.text(vocab::PROGRAM_VERSION)?.to_owned(),
        None => return Err(node.flaw("the run that read it is missing")),
    };
    let reader = Reader {
        base,
        ontology,
        document: &document,
        points: CodePoints::new(&article.text),
        text: &article.text,
        nodes: &nodes,
    };
    let (entities, mentions, claims) = (reader.entities()?, reader.mentions()?, reader.claims()?);
    if let Some(stranger) = stranger(&entities, &mentions, &claims) {
        return Err(node.flaw(&format!("the entity {stranger} has no record")));
    }
    Ok(StoredDocument {
        hash: hash.to_owned(),
        entities,
        mentions,
        claims,
        written_by,
        article,
    })
}

/// The first entity that the document speaks of and has no record of.
fn stranger(entities: &[Entity], mentions: &[Mention], claims: &[Claim]) -> Option<Name> {
    let known: BTreeSet<&str> = entities.iter().map(|one| &*one.id).collect();
    let in_claims = claims.iter().flat_map(|claim| {
        [&claim.subject, &claim.object]
            .into_iter()
            .chain(&claim.speaker)
            .chain(&claim.via)
            .chain(&claim.place)
            .map(|one| &one.entity)
    });
    mentions
        .iter()
        .map(|one| &one.entity)
        .chain(in_claims)
        .find(|id| !known.contains(&***id))
        .cloned()
}

fn article(node: &Node) -> Result<Article, Flaw> {
    let tag = node.text(vocab::DCTERMS_LANGUAGE)?;
    let lang = Lang::from_tag(tag).ok_or_else(|| node.flaw("the language is none that is read"))?;
    let optional = |predicate| Ok(node.optional_text(predicate)?.map(str::to_owned));
    let mut extra = BTreeMap::new();
    for field in node.all(vocab::FRONT_MATTER) {
        let (key, value) = literal(field)
            .and_then(|field| field.split_once(": "))
            .ok_or_else(|| node.flaw("a field of the front matter has no name"))?;
        extra.insert(
            key.replace("%3A", ":").replace("%25", "%"),
            value.to_owned(),
        );
    }
    Ok(Article {
        id: node.text(vocab::DCTERMS_IDENTIFIER)?.to_owned(),
        lang,
        text: node.text(vocab::SCHEMA_TEXT)?.to_owned(),
        paragraphs: Vec::new(),
        set_aside: Vec::new(),
        meta: Metadata {
            title: optional(vocab::SCHEMA_HEADLINE)?,
            date: node.date(vocab::SCHEMA_DATE_PUBLISHED)?,
            publisher: optional(vocab::SCHEMA_PUBLISHER)?,
            url: optional(vocab::SCHEMA_URL)?,
        },
        mentions: None,
        extra,
    })
}

/// The entity that a record describes.
pub(super) fn entity(node: &Node, base: &Base) -> Result<Entity, Flaw> {
    let mut labels = BTreeMap::new();
    for (lang, label) in node.tagged(vocab::NAME) {
        labels.insert(lang.to_owned(), label.to_owned());
    }
    let mut aliases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (lang, alias) in node.tagged(vocab::ALIAS) {
        aliases
            .entry(lang.to_owned())
            .or_default()
            .push(alias.to_owned());
    }
    for names in aliases.values_mut() {
        names.sort();
    }
    let wikidata = match node.all(vocab::WIKIDATA_ITEM) {
        [] => None,
        _ => Some(node.local(vocab::WIKIDATA_ITEM, vocab::WIKIDATA)?),
    };
    Ok(Entity {
        id: node.entity(vocab::DESCRIBES_ENTITY, base)?,
        kind: node.local(vocab::ENTITY_TYPE, vocab::KILDE)?.into(),
        labels,
        aliases,
        wikidata,
        known: node.text(vocab::IN_GAZETTEER)? == "true",
    })
}

fn syntax_error(file: &Path, error: &RdfParseError) -> StoreError {
    let position = match error {
        RdfParseError::Syntax(error) => error.location().map(|range| range.start),
        RdfParseError::Io(_) => None,
    };
    StoreError::Damaged {
        file: file.to_owned(),
        line: position.map_or(1, |at| at.line + 1),
        message: error.to_string(),
    }
}

/// An error at the first line that holds `needle`.
fn damaged(file: &Path, bytes: &[u8], needle: &str, message: String) -> StoreError {
    let holds = |line: &[u8]| {
        line.windows(needle.len().max(1))
            .any(|part| part == needle.as_bytes())
    };
    let line = bytes
        .split(|&byte| byte == b'\n')
        .position(holds)
        .unwrap_or(0);
    StoreError::Damaged {
        file: file.to_owned(),
        line: line as u64 + 1,
        message,
    }
}
