//! What was read from an article as the quads of its document, and those as the bytes of its file: sorted N-Quads,
//! all in the document's graph, no blank nodes, every number and date in the form that oxigraph gives back.
//! Rejected claims are not among them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::base::{Base, segment};
use crate::{
    claim::{
        Argument, Claim, Entity, Mention, MentionKind, Modality, Polarity, Reading, content_hash,
        document_hash,
    },
    document::PartialDate,
    ontology::{Ontology, vocab},
    text::{CodePoints, Span},
};

/// The program and its version, as documents name it.
pub(super) const PROGRAM: &str = concat!("kilde ", env!("CARGO_PKG_VERSION"));

/// Words around a quote that are kept to find it again in a changed text, in code points.
const CONTEXT: usize = 32;

/// The quads of a document's graph, in no particular order, some perhaps twice.
#[must_use]
pub fn document_quads(reading: &Reading, base: &Base, ontology: &Ontology) -> Vec<Quad> {
    quads_by(reading, PROGRAM, base, ontology)
}

/// The quads of a document's graph, read by the program and version `program`.
pub(super) fn quads_by(
    reading: &Reading,
    program: &str,
    base: &Base,
    ontology: &Ontology,
) -> Vec<Quad> {
    let hash = document_hash(&reading.article);
    let mut graph = Graph {
        reading,
        program,
        base,
        ontology,
        points: CodePoints::new(&reading.article.text),
        document: base.document(&hash),
        mentions: mention_names(&reading.mentions),
        quads: Vec::new(),
    };
    graph.article(&hash);
    graph.entities();
    graph.mentions();
    for claim in &reading.claims {
        graph.claim(claim);
    }
    graph.events();
    graph.quads
}

/// The bytes of a document's file: a quad a line, sorted, none twice.
#[must_use]
pub fn document_bytes(reading: &Reading, base: &Base, ontology: &Ontology) -> String {
    sorted_lines(&document_quads(reading, base, ontology))
}

/// Quads as sorted N-Quads, none twice.
#[must_use]
pub fn sorted_lines(quads: &[Quad]) -> String {
    sorted_unique(quads).0
}

/// Quads as sorted N-Quads, none twice, and the places of those that stand there.
pub(super) fn sorted_unique(quads: &[Quad]) -> (String, Vec<usize>) {
    let (mut text, mut ends) = (String::new(), Vec::with_capacity(quads.len()));
    for quad in quads {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{quad} .");
        ends.push(text.len());
    }
    let line = |at: usize| {
        let start = if at == 0 { 0 } else { ends[at - 1] };
        &text[start..ends[at]]
    };
    let mut places: Vec<usize> = (0..quads.len()).collect();
    places.sort_unstable_by(|one, other| line(*one).cmp(line(*other)));
    places.dedup_by(|one, other| line(*one) == line(*other));
    let mut sorted = String::with_capacity(text.len());
    sorted.extend(places.iter().map(|at| line(*at)));
    (sorted, places)
}

/// The individual that stands for a polarity.
pub(super) fn polarity_node(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Positive => vocab::POSITIVE,
        Polarity::Negative => vocab::NEGATIVE,
    }
}

/// The individual that stands for a modality.
pub(super) fn modality_node(modality: Modality) -> NamedNodeRef<'static> {
    match modality {
        Modality::Asserted => vocab::ASSERTED,
        Modality::Planned => vocab::PLANNED,
        Modality::Possible => vocab::POSSIBLE,
        Modality::Demanded => vocab::DEMANDED,
        Modality::Hypothetical => vocab::HYPOTHETICAL,
    }
}

/// The individual that stands for a kind of mention.
pub(super) fn mention_kind_node(kind: MentionKind) -> NamedNodeRef<'static> {
    match kind {
        MentionKind::Name => vocab::NAME_MENTION,
        MentionKind::Nominal => vocab::NOMINAL_MENTION,
        MentionKind::Pronoun => vocab::PRONOUN_MENTION,
    }
}

/// A label or name in a language; a tag that is none is written as undetermined.
pub(super) fn tagged(text: &str, lang: &str) -> Literal {
    Literal::new_language_tagged_literal(text, lang)
        .unwrap_or_else(|_| Literal::new_language_tagged_literal_unchecked(text, "und"))
}

/// For each mention of an entity at a place: its number among the mentions of that very place, from 1.
fn mention_names(mentions: &[Mention]) -> BTreeMap<(Span, &str), usize> {
    let all: BTreeSet<(Span, &str)> = mentions
        .iter()
        .map(|one| (one.span, &*one.entity))
        .collect();
    let mut counts: BTreeMap<Span, usize> = BTreeMap::new();
    let number = |(span, entity)| {
        let count = counts.entry(span).or_default();
        *count += 1;
        ((span, entity), *count)
    };
    all.into_iter().map(number).collect()
}

struct Graph<'a> {
    reading: &'a Reading,
    program: &'a str,
    base: &'a Base,
    ontology: &'a Ontology,
    points: CodePoints,
    document: NamedNode,
    mentions: BTreeMap<(Span, &'a str), usize>,
    quads: Vec<Quad>,
}

impl Graph<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(
            subject.clone(),
            predicate,
            object,
            self.document.clone(),
        ));
    }

    fn add_text(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: &str) {
        self.add(subject, predicate, Literal::new_simple_literal(text));
    }

    fn add_if(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, text: Option<&str>) {
        if let Some(text) = text {
            self.add_text(subject, predicate, text);
        }
    }

    fn article(&mut self, hash: &str) {
        let article = &self.reading.article;
        let document = self.document.clone();
        self.add(&document, vocab::RDF_TYPE, vocab::SCHEMA_NEWS_ARTICLE);
        self.add_text(&document, vocab::DCTERMS_IDENTIFIER, &article.id);
        self.add_text(&document, vocab::DCTERMS_LANGUAGE, article.lang.tag());
        self.add_text(&document, vocab::SCHEMA_TEXT, &article.text);
        self.add_text(
            &document,
            vocab::TEXT_HASH,
            &content_hash(&["text", &article.text]),
        );
        let meta = &article.meta;
        self.add_if(&document, vocab::SCHEMA_HEADLINE, meta.title.as_deref());
        self.add_if(
            &document,
            vocab::SCHEMA_PUBLISHER,
            meta.publisher.as_deref(),
        );
        self.add_if(&document, vocab::SCHEMA_URL, meta.url.as_deref());
        if let Some(date) = meta.date {
            self.add(&document, vocab::SCHEMA_DATE_PUBLISHED, date_literal(date));
        }
        for (key, value) in &article.extra {
            let key = key.replace('%', "%25").replace(':', "%3A");
            self.add_text(&document, vocab::FRONT_MATTER, &format!("{key}: {value}"));
        }
        let run = self.base.run(&content_hash(&["run", hash, self.program]));
        self.add(&document, vocab::PROV_WAS_GENERATED_BY, run.clone());
        self.add(&run, vocab::RDF_TYPE, vocab::PROV_ACTIVITY);
        self.add_text(&run, vocab::PROGRAM_VERSION, self.program);
    }

    fn entities(&mut self) {
        for entity in &self.reading.entities {
            self.entity(entity);
        }
    }

    /// What this reading knows of an entity. The entity's own triples are derived from all such records, so that each
    /// triple lives in one graph only.
    fn entity(&mut self, entity: &Entity) {
        let record = self.part(&format!("entity={}", segment(&entity.id)));
        self.add(&record, vocab::RDF_TYPE, vocab::CLASS_RECORD);
        self.add(
            &record,
            vocab::DESCRIBES_ENTITY,
            self.base.entity(&entity.id),
        );
        self.add(&record, vocab::ENTITY_TYPE, kilde_checked(&entity.kind));
        self.add(
            &record,
            vocab::IN_GAZETTEER,
            Literal::new_typed_literal(entity.known.to_string(), vocab::XSD_BOOLEAN),
        );
        for (lang, label) in &entity.labels {
            self.add(&record, vocab::NAME, tagged(label, lang));
        }
        for (lang, aliases) in &entity.aliases {
            for alias in aliases {
                self.add(&record, vocab::ALIAS, tagged(alias, lang));
            }
        }
        if let Some(id) = &entity.wikidata {
            self.add(&record, vocab::WIKIDATA_ITEM, vocab::wikidata(&segment(id)));
        }
    }

    fn mentions(&mut self) {
        for mention in &self.reading.mentions {
            let Some(node) = self.mention_node(mention.span, &mention.entity) else {
                continue;
            };
            let document = self.document.clone();
            self.add(&node, vocab::RDF_TYPE, vocab::CLASS_MENTION);
            self.add(&node, vocab::IN_DOCUMENT, document);
            self.add(&node, vocab::REFERS_TO, self.base.entity(&mention.entity));
            self.add(&node, vocab::MENTION_KIND, mention_kind_node(mention.kind));
            self.add_text(&node, vocab::BECAUSE, &mention.why);
            self.position(&node, mention.span);
            let words = mention.span.slice(&self.reading.article.text);
            self.add_text(&node, vocab::OA_EXACT, words);
        }
    }

    fn claim(&mut self, claim: &Claim) {
        let node = self.base.claim(&claim.id);
        let relation = self.ontology.relation(&claim.relation);
        let property = relation.map_or(&claim.relation, |one| &one.property);
        self.add(&node, vocab::RDF_TYPE, vocab::CLASS_CLAIM);
        self.argument(
            &node,
            &claim.subject,
            vocab::SUBJECT,
            vocab::SUBJECT_MENTION,
        );
        self.add(&node, vocab::PREDICATE, kilde_checked(property));
        self.argument(&node, &claim.object, vocab::OBJECT, vocab::OBJECT_MENTION);
        let lang = self.reading.article.lang.tag();
        self.add(&node, vocab::ACT, tagged(&claim.act, lang));
        if let Some(event) = &claim.event {
            self.add(&node, vocab::EVENT_TYPE, vocab::plover(&segment(event)));
        }
        self.add(&node, vocab::POLARITY, polarity_node(claim.polarity));
        self.add(&node, vocab::MODALITY, modality_node(claim.modality));
        self.speakers(&node, claim);
        if let Some(date) = claim.date {
            self.add(&node, vocab::EVENT_DATE, date_literal(date));
            self.add(&node, vocab::EARLIEST, day_literal(date.earliest()));
            self.add(&node, vocab::LATEST, day_literal(date.latest()));
        }
        if let Some(date) = self.reading.article.meta.date {
            self.add(&node, vocab::REPORTED_ON, date_literal(date));
        }
        if let Some(place) = &claim.place {
            self.argument(&node, place, vocab::PLACE, vocab::PLACE_MENTION);
        }
        self.add_text(&node, vocab::RULE, &claim.rule);
        if let Some(maker) = maker(&claim.rule) {
            let agent = self.base.maker(maker);
            self.add(&node, vocab::PROV_WAS_ATTRIBUTED_TO, agent.clone());
            self.add(&agent, vocab::RDF_TYPE, vocab::PROV_AGENT);
            self.add_text(&agent, vocab::RDFS_LABEL, maker);
        }
        self.add(
            &node,
            vocab::CONFIDENCE,
            Literal::new_typed_literal(decimal(claim.confidence), vocab::XSD_DECIMAL),
        );
        if !claim.because.is_empty() {
            // A sentence a line: the graph keeps no order among several values.
            let lines: Vec<String> = claim
                .because
                .iter()
                .map(|one| one.replace(['\n', '\r'], " "))
                .collect();
            self.add_text(&node, vocab::BECAUSE, &lines.join("\n"));
        }
        if let Some(event) = &claim.event_id {
            self.add(&node, vocab::DESCRIBES, self.base.event(event));
        }
        let evidence = self.evidence(claim.evidence);
        self.add(&node, vocab::PROV_WAS_DERIVED_FROM, evidence);
    }

    fn speakers(&mut self, node: &NamedNode, claim: &Claim) {
        if let Some(speaker) = &claim.speaker {
            self.argument(node, speaker, vocab::ACCORDING_TO, vocab::SPEAKER_MENTION);
        }
        for (index, speaker) in claim.via.iter().enumerate() {
            let order = index + 1;
            let relay = NamedNode::new_unchecked(format!("{}#via={order}", node.as_str()));
            self.add(node, vocab::VIA, self.base.entity(&speaker.entity));
            self.add(node, vocab::RELAY, relay.clone());
            self.add(&relay, vocab::RDF_TYPE, vocab::CLASS_RELAY);
            self.add(&relay, vocab::ORDER, integer(order));
            self.argument(&relay, speaker, vocab::REFERS_TO, vocab::RELAY_MENTION);
        }
    }

    /// An entity in a role, and the words that stand for it: the mention, or a position of its own where no mention
    /// has just these words.
    fn argument(
        &mut self,
        node: &NamedNode,
        argument: &Argument,
        role: NamedNodeRef<'_>,
        words: NamedNodeRef<'_>,
    ) {
        self.add(node, role, self.base.entity(&argument.entity));
        let mention = self.mention_node(argument.span, &argument.entity);
        let place = mention.unwrap_or_else(|| {
            let place = self.part(&format!("{}&pos", self.fragment("char", argument.span)));
            self.add(&place, vocab::RDF_TYPE, vocab::OA_POSITION_SELECTOR);
            self.position(&place, argument.span);
            place
        });
        self.add(node, words, place);
    }

    fn evidence(&mut self, span: Span) -> NamedNode {
        let text = &self.reading.article.text;
        let fragment = self.fragment("char", span);
        let [node, position, quote] =
            ["", "&pos", "&quote"].map(|end| self.part(&format!("{fragment}{end}")));
        let document = self.document.clone();
        self.add(&node, vocab::RDF_TYPE, vocab::OA_SPECIFIC_RESOURCE);
        self.add(&node, vocab::OA_HAS_SOURCE, document);
        self.add(&node, vocab::OA_HAS_SELECTOR, position.clone());
        self.add(&node, vocab::OA_HAS_SELECTOR, quote.clone());
        self.add(&position, vocab::RDF_TYPE, vocab::OA_POSITION_SELECTOR);
        self.position(&position, span);
        self.add(&quote, vocab::RDF_TYPE, vocab::OA_QUOTE_SELECTOR);
        self.add_text(&quote, vocab::OA_EXACT, span.slice(text));
        let (before, after) = context(text, span);
        if !before.is_empty() {
            self.add_text(&quote, vocab::OA_PREFIX, before);
        }
        if !after.is_empty() {
            self.add_text(&quote, vocab::OA_SUFFIX, after);
        }
        node
    }

    /// The events that the claims tell: who, what, when, where, and how the surest claim holds it.
    fn events(&mut self) {
        let mut told: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
        for claim in &self.reading.claims {
            if let Some(event) = &claim.event_id {
                told.entry(event).or_default().push(claim);
            }
        }
        for (event, claims) in told {
            let node = self.base.event(event);
            self.add(&node, vocab::RDF_TYPE, vocab::SEM_EVENT);
            for claim in &claims {
                for actor in [&claim.subject, &claim.object] {
                    self.add(&node, vocab::SEM_HAS_ACTOR, self.base.entity(&actor.entity));
                }
                if let Some(kind) = &claim.event {
                    self.add(&node, vocab::SEM_EVENT_TYPE, vocab::plover(&segment(kind)));
                }
                if let Some(place) = &claim.place {
                    self.add(&node, vocab::SEM_HAS_PLACE, self.base.entity(&place.entity));
                }
            }
            let dates = || claims.iter().filter_map(|claim| claim.date);
            if let Some(day) = dates().map(PartialDate::earliest).max() {
                self.add(&node, vocab::SEM_HAS_BEGIN, day_literal(day));
            }
            if let Some(day) = dates().map(PartialDate::latest).min() {
                self.add(&node, vocab::SEM_HAS_END, day_literal(day));
            }
            let surest = claims
                .iter()
                .map(|claim| (claim.modality, claim.polarity))
                .min();
            if let Some((modality, polarity)) = surest {
                self.add(&node, vocab::MODALITY, modality_node(modality));
                self.add(&node, vocab::POLARITY, polarity_node(polarity));
            }
        }
    }

    fn position(&mut self, node: &NamedNode, span: Span) {
        let (start, end) = self.points.of(span);
        self.add(node, vocab::OA_START, integer(start));
        self.add(node, vocab::OA_END, integer(end));
    }

    fn mention_node(&self, span: Span, entity: &str) -> Option<NamedNode> {
        let number = *self.mentions.get(&(span, entity))?;
        let fragment = self.fragment("mention", span);
        Some(if number == 1 {
            self.part(&fragment)
        } else {
            self.part(&format!("{fragment}&n={number}"))
        })
    }

    fn fragment(&self, kind: &str, span: Span) -> String {
        let (start, end) = self.points.of(span);
        format!("{kind}={start},{end}")
    }

    fn part(&self, fragment: &str) -> NamedNode {
        let mut iri = self.document.as_str().to_owned();
        // Writing to a string cannot fail.
        let _ = write!(iri, "#{fragment}");
        NamedNode::new_unchecked(iri)
    }
}

/// Who made a claim that was brought in from elsewhere: its rule is called `import/MAKER/…`.
fn maker(rule: &str) -> Option<&str> {
    let (maker, _) = rule.strip_prefix("import/")?.split_once('/')?;
    (!maker.is_empty()).then_some(maker)
}

/// A term of the ontology's namespace whose name comes from outside the program.
fn kilde_checked(local: &str) -> NamedNode {
    vocab::kilde(&segment(local))
}

fn integer(number: usize) -> Literal {
    Literal::new_typed_literal(number.to_string(), vocab::XSD_INTEGER)
}

/// A share with four digits, in the canonical form: no zero at the end, no point without digits.
fn decimal(share: f64) -> String {
    let text = format!("{share:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn day_literal(day: String) -> Literal {
    Literal::new_typed_literal(day, vocab::XSD_DATE)
}

/// A date with the type that says how precise it is.
pub(super) fn date_literal(date: PartialDate) -> Literal {
    let kind = match (date.month, date.day) {
        (None, _) => vocab::XSD_YEAR,
        (_, None) => vocab::XSD_YEAR_MONTH,
        _ => vocab::XSD_DATE,
    };
    Literal::new_typed_literal(date.to_string(), kind)
}

/// The words just before and after a span.
fn context(text: &str, span: Span) -> (&str, &str) {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let start = before
        .char_indices()
        .rev()
        .take(CONTEXT)
        .last()
        .map_or(before.len(), |(at, _)| at);
    let end = after
        .char_indices()
        .nth(CONTEXT)
        .map_or(after.len(), |(at, _)| at);
    (&before[start..], &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_canonical() {
        for (share, expected) in [
            (0.94, "0.94"),
            (1.0, "1"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.123_456, "0.1235"),
            (0.5, "0.5"),
        ] {
            assert_eq!(decimal(share), expected);
        }
    }

    #[test]
    fn context_is_counted_in_code_points() {
        let text = format!("{}X{}", "å".repeat(40), "ø".repeat(40));
        let (before, after) = context(&text, Span::new(80, 81));
        assert_eq!((before, after), (&*"å".repeat(32), &*"ø".repeat(32)));
        assert_eq!(context("X", Span::new(0, 1)), ("", ""));
    }
}
