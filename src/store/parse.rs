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

use super::{
    StoreError,
    base::{Base, unsegment},
    quads::{mention_kind_node, modality_node, polarity_node},
};
use crate::{
    claim::{
        Argument, Claim, Entity, Mention, MentionKind, Modality, Name, Polarity, content_hash,
        document_hash,
    },
    document::{Article, Lang, Metadata, PartialDate},
    ontology::{Ontology, vocab},
    text::{CodePoints, Span},
};

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
    let starts: Vec<String> = [
        vocab::DCTERMS_IDENTIFIER,
        vocab::SCHEMA_PUBLISHER,
        vocab::SCHEMA_DATE_PUBLISHED,
    ]
    .map(|predicate| format!("{start}{predicate} "))
    .into();
    let mut head = Vec::new();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if starts
            .iter()
            .any(|start| line.starts_with(start.as_bytes()))
        {
            head.extend_from_slice(line);
        }
    }
    let quads = document_file_quads(&head, hash, base, file)?;
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

/// What is wrong with the triples of a subject.
#[derive(Debug)]
pub(super) struct Flaw {
    /// IRI of the subject.
    pub(super) subject: String,
    /// What is wrong: a phrase.
    pub(super) message: String,
}

/// Reads a document from its quads.
pub(super) fn document_from_quads(
    quads: &[Quad],
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

/// The triples of one subject.
pub(super) struct Node<'a> {
    subject: &'a str,
    facts: BTreeMap<&'a str, Vec<&'a Term>>,
}

impl<'a> Node<'a> {
    pub(super) fn new(subject: &'a str) -> Self {
        Self {
            subject,
            facts: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, predicate: &'a str, object: &'a Term) {
        self.facts.entry(predicate).or_default().push(object);
    }

    pub(super) fn flaw(&self, message: &str) -> Flaw {
        Flaw {
            subject: self.subject.to_owned(),
            message: message.to_owned(),
        }
    }

    fn all(&self, predicate: NamedNodeRef<'_>) -> &[&'a Term] {
        self.facts
            .get(predicate.as_str())
            .map_or(&[], Vec::as_slice)
    }

    fn optional(&self, predicate: NamedNodeRef<'_>) -> Result<Option<&'a Term>, Flaw> {
        match self.all(predicate) {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(self.flaw(&format!("{predicate} stands more than once"))),
        }
    }

    fn one(&self, predicate: NamedNodeRef<'_>) -> Result<&'a Term, Flaw> {
        self.optional(predicate)?
            .ok_or_else(|| self.flaw(&format!("{predicate} is missing")))
    }

    fn optional_text(&self, predicate: NamedNodeRef<'_>) -> Result<Option<&'a str>, Flaw> {
        Ok(self.optional(predicate)?.and_then(literal))
    }

    /// The one literal's value.
    pub(super) fn text(&self, predicate: NamedNodeRef<'_>) -> Result<&'a str, Flaw> {
        literal(self.one(predicate)?)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no literal")))
    }

    fn iri(&self, predicate: NamedNodeRef<'_>) -> Result<&'a str, Flaw> {
        named(self.one(predicate)?).ok_or_else(|| self.flaw(&format!("{predicate} is no IRI")))
    }

    /// The id of the one entity.
    pub(super) fn entity(&self, predicate: NamedNodeRef<'_>, base: &Base) -> Result<Name, Flaw> {
        let id = base.entity_id(self.iri(predicate)?);
        id.map(Name::from)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no entity of this base")))
    }

    /// The one IRI's name within a namespace.
    pub(super) fn local(&self, predicate: NamedNodeRef<'_>, space: &str) -> Result<String, Flaw> {
        self.iri(predicate)?
            .strip_prefix(space)
            .and_then(unsegment)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no term of {space}")))
    }

    fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.all(vocab::RDF_TYPE)
            .iter()
            .any(|term| named(term) == Some(class.as_str()))
    }

    fn tagged(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all(predicate).iter().filter_map(|term| match term {
            Term::Literal(literal) => Some((literal.language()?, literal.value())),
            _ => None,
        })
    }

    fn date(&self, predicate: NamedNodeRef<'_>) -> Result<Option<PartialDate>, Flaw> {
        self.optional_text(predicate)?
            .map(|date| date.parse().map_err(|error: String| self.flaw(&error)))
            .transpose()
    }

    /// The one of `choices` whose node the property names.
    pub(super) fn choice<T: Copy>(
        &self,
        predicate: NamedNodeRef<'_>,
        choices: &[T],
        node: impl Fn(T) -> NamedNodeRef<'static>,
    ) -> Result<T, Flaw> {
        let found = self.iri(predicate)?;
        choices
            .iter()
            .copied()
            .find(|&choice| node(choice).as_str() == found)
            .ok_or_else(|| self.flaw(&format!("{predicate} has no such value: <{found}>")))
    }

    /// The claim's polarity.
    pub(super) fn polarity(&self) -> Result<Polarity, Flaw> {
        let all = [Polarity::Positive, Polarity::Negative];
        self.choice(vocab::POLARITY, &all, polarity_node)
    }

    /// The claim's modality.
    pub(super) fn modality(&self) -> Result<Modality, Flaw> {
        let all = [
            Modality::Asserted,
            Modality::Planned,
            Modality::Possible,
            Modality::Demanded,
            Modality::Hypothetical,
        ];
        self.choice(vocab::MODALITY, &all, modality_node)
    }

    /// The claim's confidence.
    pub(super) fn confidence(&self) -> Result<f64, Flaw> {
        self.text(vocab::CONFIDENCE)?
            .parse()
            .map_err(|_| self.flaw("the confidence is no number"))
    }

    /// The code of the claim's relation.
    pub(super) fn relation(&self, ontology: &Ontology) -> Result<Name, Flaw> {
        let property = self.local(vocab::PREDICATE, vocab::KILDE)?;
        let relation = ontology.relation_by_property(&property).ok_or_else(|| {
            self.flaw(&format!(
                "kilde:{property} is no relation of the ontology; open the store with the ontology it was written with"
            ))
        })?;
        Ok(relation.code.clone())
    }
}

struct Reader<'a> {
    base: &'a Base,
    ontology: &'a Ontology,
    document: &'a str,
    points: CodePoints,
    text: &'a str,
    nodes: &'a BTreeMap<&'a str, Node<'a>>,
}

impl Reader<'_> {
    fn entities(&self) -> Result<Vec<Entity>, Flaw> {
        let records = self
            .nodes
            .values()
            .filter(|one| one.is(vocab::CLASS_RECORD));
        let mut entities = records
            .map(|one| entity(one, self.base))
            .collect::<Result<Vec<_>, _>>()?;
        entities.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(entities)
    }

    fn mentions(&self) -> Result<Vec<Mention>, Flaw> {
        let nodes = self
            .nodes
            .values()
            .filter(|one| one.is(vocab::CLASS_MENTION));
        let mut mentions = nodes
            .map(|one| self.mention(one))
            .collect::<Result<Vec<_>, _>>()?;
        mentions.sort_by(|one, other| (one.span, &one.entity).cmp(&(other.span, &other.entity)));
        Ok(mentions)
    }

    fn mention(&self, node: &Node) -> Result<Mention, Flaw> {
        let kinds = [
            MentionKind::Name,
            MentionKind::Nominal,
            MentionKind::Pronoun,
        ];
        Ok(Mention {
            span: self.quoted(node, node)?,
            entity: node.entity(vocab::REFERS_TO, self.base)?,
            kind: node.choice(vocab::MENTION_KIND, &kinds, mention_kind_node)?,
            why: node.text(vocab::BECAUSE)?.to_owned(),
        })
    }

    fn claims(&self) -> Result<Vec<Claim>, Flaw> {
        let nodes = self.nodes.values().filter(|one| one.is(vocab::CLASS_CLAIM));
        let mut claims = nodes
            .map(|one| self.claim(one))
            .collect::<Result<Vec<_>, _>>()?;
        // The order in which claims are resolved.
        let key = |one: &Claim| {
            (
                (one.evidence, one.subject.span, one.object.span),
                (one.relation.clone(), one.polarity, one.modality),
                (one.subject.entity.clone(), one.object.entity.clone()),
                one.id.clone(),
            )
        };
        claims.sort_by_cached_key(key);
        Ok(claims)
    }

    fn claim(&self, node: &Node) -> Result<Claim, Flaw> {
        let id = self
            .base
            .claim_id(node.subject)
            .filter(|id| !id.is_empty())
            .ok_or_else(|| node.flaw("a claim without a name of this base"))?;
        let optional = |role, words| {
            let given = !node.all(role).is_empty();
            given.then(|| self.argument(node, role, words)).transpose()
        };
        let event = match node.all(vocab::EVENT_TYPE) {
            [] => None,
            _ => Some(node.local(vocab::EVENT_TYPE, vocab::PLOVER)?.into()),
        };
        let event_id = match node.all(vocab::DESCRIBES) {
            [] => None,
            _ => self.base.event_id(node.iri(vocab::DESCRIBES)?),
        };
        Ok(Claim {
            id,
            subject: self.argument(node, vocab::SUBJECT, vocab::SUBJECT_MENTION)?,
            relation: node.relation(self.ontology)?,
            object: self.argument(node, vocab::OBJECT, vocab::OBJECT_MENTION)?,
            act: node.text(vocab::ACT)?.to_owned(),
            event,
            polarity: node.polarity()?,
            modality: node.modality()?,
            speaker: optional(vocab::ACCORDING_TO, vocab::SPEAKER_MENTION)?,
            via: self.via(node)?,
            date: node.date(vocab::EVENT_DATE)?,
            place: optional(vocab::PLACE, vocab::PLACE_MENTION)?,
            evidence: self.evidence(node)?,
            rule: node.text(vocab::RULE)?.into(),
            confidence: node.confidence()?,
            because: node
                .optional_text(vocab::BECAUSE)?
                .map(|lines| lines.split('\n').map(str::to_owned).collect())
                .unwrap_or_default(),
            event_id,
        })
    }

    fn via(&self, claim: &Node) -> Result<Vec<Argument>, Flaw> {
        let mut via = Vec::new();
        for term in claim.all(vocab::RELAY) {
            let relay = named(term)
                .and_then(|iri| self.nodes.get(iri))
                .ok_or_else(|| claim.flaw("a further speaker is missing"))?;
            let order: usize = relay
                .text(vocab::ORDER)?
                .parse()
                .map_err(|_| relay.flaw("the order is no number"))?;
            let speaker = self.argument(relay, vocab::REFERS_TO, vocab::RELAY_MENTION)?;
            via.push((order, speaker));
        }
        via.sort_by_key(|(order, _)| *order);
        Ok(via.into_iter().map(|(_, speaker)| speaker).collect())
    }

    fn argument(
        &self,
        node: &Node,
        role: NamedNodeRef<'_>,
        words: NamedNodeRef<'_>,
    ) -> Result<Argument, Flaw> {
        let entity = node.entity(role, self.base)?;
        let place = self
            .nodes
            .get(node.iri(words)?)
            .ok_or_else(|| node.flaw(&format!("the words of {words} are missing")))?;
        let span = self.span(place)?;
        Ok(Argument { entity, span })
    }

    fn evidence(&self, claim: &Node) -> Result<Span, Flaw> {
        let missing = || claim.flaw("the evidence is missing");
        let iri = claim.iri(vocab::PROV_WAS_DERIVED_FROM)?;
        let node = self.nodes.get(iri).ok_or_else(missing)?;
        if node.iri(vocab::OA_HAS_SOURCE)? != self.document {
            return Err(node.flaw("the evidence lies in another document"));
        }
        let selectors = || {
            node.all(vocab::OA_HAS_SELECTOR)
                .iter()
                .filter_map(|term| self.nodes.get(named(term)?))
        };
        let position = selectors().find(|one| one.is(vocab::OA_POSITION_SELECTOR));
        let quote = selectors().find(|one| one.is(vocab::OA_QUOTE_SELECTOR));
        match (position, quote) {
            (Some(position), Some(quote)) => self.quoted(position, quote),
            _ => Err(missing()),
        }
    }

    /// The span at a position, if the quote stands there.
    fn quoted(&self, position: &Node, quote: &Node) -> Result<Span, Flaw> {
        let span = self.span(position)?;
        if span.is_empty() || span.slice(self.text) != quote.text(vocab::OA_EXACT)? {
            return Err(quote.flaw("the quote does not stand in the text where it should"));
        }
        Ok(span)
    }

    fn span(&self, node: &Node) -> Result<Span, Flaw> {
        let number = |predicate| node.text(predicate).map(|text| text.parse::<usize>().ok());
        let (start, end) = (number(vocab::OA_START)?, number(vocab::OA_END)?);
        start
            .zip(end)
            .and_then(|(start, end)| self.points.bytes(start, end))
            .ok_or_else(|| node.flaw("the position lies outside the text"))
    }
}

fn named(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn literal(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
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
