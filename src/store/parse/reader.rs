//! Entities, mentions and claims of a document from the triples of their subjects.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use super::{Flaw, Node, entity, node::named};
use crate::{
    claim::{Argument, Claim, Entity, Mention, MentionKind},
    ontology::{Ontology, vocab},
    store::{base::Base, quads::mention_kind_node},
    text::{CodePoints, Span},
};

/// What the parts of a document are read with.
pub(super) struct Reader<'a> {
    pub(super) base: &'a Base,
    pub(super) ontology: &'a Ontology,
    pub(super) document: &'a str,
    pub(super) points: CodePoints,
    pub(super) text: &'a str,
    pub(super) nodes: &'a BTreeMap<&'a str, Node<'a>>,
}

impl Reader<'_> {
    pub(super) fn entities(&self) -> Result<Vec<Entity>, Flaw> {
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

    pub(super) fn mentions(&self) -> Result<Vec<Mention>, Flaw> {
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

    pub(super) fn claims(&self) -> Result<Vec<Claim>, Flaw> {
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
