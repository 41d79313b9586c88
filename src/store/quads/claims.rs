//! Claims and what they rest on, and the events that they tell.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::{
    Graph,
    terms::{
        date_literal, day_literal, decimal, integer, kilde_checked, modality_node, polarity_node,
        tagged,
    },
};
use crate::{
    claim::{Argument, Claim},
    document::PartialDate,
    ontology::vocab,
    store::base::segment,
    text::Span,
};

/// Words around a quote that are kept to find it again in a changed text, in code points.
const CONTEXT: usize = 32;

impl Graph<'_> {
    pub(super) fn claim(&mut self, claim: &Claim) {
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
    pub(super) fn events(&mut self) {
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
}

/// Who made a claim that was brought in from elsewhere: its rule is called `import/MAKER/…`.
fn maker(rule: &str) -> Option<&str> {
    let (maker, _) = rule.strip_prefix("import/")?.split_once('/')?;
    (!maker.is_empty()).then_some(maker)
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
    fn context_is_counted_in_code_points() {
        let text = format!("{}X{}", "å".repeat(40), "ø".repeat(40));
        let (before, after) = context(&text, Span::new(80, 81));
        assert_eq!((before, after), (&*"å".repeat(32), &*"ø".repeat(32)));
        assert_eq!(context("X", Span::new(0, 1)), ("", ""));
    }
}
