//! Claims and mentions as JSON objects, one per line in the outputs; offsets in Unicode code points.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Argument, Claim, Entity, Mention};
use crate::{
    document::{Article, PartialDate},
    ontology::Ontology,
    text::{CodePoints, Span},
};

/// What is needed to write the claims and mentions of one article as JSON.
#[derive(Debug)]
pub struct JsonView<'a> {
    article: &'a Article,
    entities: BTreeMap<&'a str, &'a Entity>,
    points: CodePoints,
    ontology: &'a Ontology,
}

impl<'a> JsonView<'a> {
    /// Prepares for an article and the entities that its claims and mentions refer to.
    #[must_use]
    pub fn new(article: &'a Article, entities: &'a [Entity], ontology: &'a Ontology) -> Self {
        Self {
            article,
            entities: entities.iter().map(|one| (&*one.id, one)).collect(),
            points: CodePoints::new(&article.text),
            ontology,
        }
    }

    /// A claim as an object. `relation` is the code of the broadest relation, the one that gold files know; `property`
    /// is the relation's own, which may be finer.
    #[must_use]
    pub fn claim(&self, claim: &Claim) -> Value {
        let relation = self.ontology.relation(&claim.relation);
        let code = relation.and_then(|one| self.ontology.with_broader(one).last());
        json!({
            "id": claim.id,
            "document": self.article.id,
            "subject": self.argument(&claim.subject),
            "relation": code.map_or(&*claim.relation, |one| &*one.code),
            "property": relation.map(|one| &*one.property),
            "event": claim.event.as_deref(),
            "act": claim.act,
            "object": self.argument(&claim.object),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "speaker": claim.speaker.as_ref().map(|one| self.argument(one)),
            "via": claim.via.iter().map(|one| self.argument(one)).collect::<Vec<_>>(),
            "date": claim.date,
            "place": claim.place.as_ref().map(|one| self.argument(one)),
            "evidence": self.words(claim.evidence),
            "rule": &*claim.rule,
            "confidence": claim.confidence,
            "earliest": claim.date.map(PartialDate::earliest),
            "latest": claim.date.map(PartialDate::latest),
            "reportedOn": self.article.meta.date,
            "event_id": claim.event_id,
            "edge": claim.makes_edge(),
        })
    }

    /// A mention as an object.
    #[must_use]
    pub fn mention(&self, mention: &Mention) -> Value {
        let (start, end) = self.points.of(mention.span);
        json!({
            "document": self.article.id,
            "entity": self.entity(&mention.entity),
            "text": mention.span.slice(&self.article.text),
            "start": start,
            "end": end,
            "kind": mention.kind,
        })
    }

    fn argument(&self, argument: &Argument) -> Value {
        let mut entity = self.entity(&argument.entity);
        if let Some(object) = entity.as_object_mut() {
            object.insert("mention".to_owned(), self.words(argument.span));
        }
        entity
    }

    fn entity(&self, id: &str) -> Value {
        let entity = self.entities.get(id);
        json!({
            "id": id,
            "label": self.label(id),
            "type": entity.map(|one| &*one.kind),
            "wikidata": entity.and_then(|one| one.wikidata.as_deref()),
        })
    }

    fn label<'b>(&'b self, id: &'b str) -> &'b str {
        self.entities
            .get(id)
            .map_or(id, |one| one.label(self.article.lang.tag()))
    }

    fn words(&self, span: Span) -> Value {
        let (start, end) = self.points.of(span);
        json!({"text": span.slice(&self.article.text), "start": start, "end": end})
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        claim::{MentionKind, Modality, Polarity},
        document::{Lang, Metadata},
    };

    fn argument(text: &str, id: &str, words: &str) -> Argument {
        let start = text.find(words).unwrap();
        Argument {
            entity: id.into(),
            span: Span::new(start, start + words.len()),
        }
    }

    fn sample() -> (Article, Vec<Entity>, Claim) {
        let text = "Støre møtte Stubb i Oslo, sa NRK.";
        let article = Article {
            id: "oslo".to_owned(),
            lang: Lang::Nb,
            text: text.to_owned(),
            paragraphs: vec![Span::new(0, text.len())],
            set_aside: Vec::new(),
            meta: Metadata {
                date: "2024-02-03".parse().ok(),
                ..Metadata::default()
            },
            mentions: None,
            extra: BTreeMap::new(),
        };
        let entity = |id: &str, kind: &str, label: &str, wikidata: Option<&str>| Entity {
            id: id.into(),
            kind: kind.into(),
            labels: BTreeMap::from([("nb".to_owned(), label.to_owned())]),
            aliases: BTreeMap::new(),
            wikidata: wikidata.map(str::to_owned),
            known: wikidata.is_some(),
        };
        let entities = vec![
            entity("jonas-gahr-store", "Person", "Jonas Gahr Støre", Some("Q1")),
            entity("nrk", "MediaOrganization", "NRK", None),
            entity("oslo", "City", "Oslo", None),
            entity("stubb", "Person", "Stubb", None),
        ];
        let claim = Claim {
            id: "c1".to_owned(),
            subject: argument(text, "jonas-gahr-store", "Støre"),
            relation: "VISIT".into(),
            object: argument(text, "stubb", "Stubb"),
            act: "møte".to_owned(),
            event: Some(Arc::from("CONSULT")),
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            speaker: Some(argument(text, "nrk", "NRK")),
            via: Vec::new(),
            date: "2024-02".parse().ok(),
            place: Some(argument(text, "oslo", "Oslo")),
            evidence: Span::new(0, text.find(',').unwrap()),
            rule: "nb/consult/møte".into(),
            confidence: 0.9,
            because: Vec::new(),
            event_id: Some("e1".to_owned()),
        };
        (article, entities, claim)
    }

    #[test]
    fn a_claim_is_written_key_by_key() {
        let (article, entities, claim) = sample();
        let view = JsonView::new(&article, &entities, Ontology::embedded());
        let expected = concat!(
            r#"{"id":"c1","document":"oslo","subject":{"id":"jonas-gahr-store","label":"Jonas Gahr Støre","type":"Person","#,
            r#""wikidata":"Q1","mention":{"text":"Støre","start":0,"end":5}},"relation":"CONSULT","property":"visits","#,
            r#""event":"CONSULT","act":"møte","object":{"id":"stubb","label":"Stubb","type":"Person","wikidata":null,"#,
            r#""mention":{"text":"Stubb","start":12,"end":17}},"polarity":"positive","modality":"asserted","#,
            r#""speaker":{"id":"nrk","label":"NRK","type":"MediaOrganization","wikidata":null,"mention":{"text":"NRK","start":29,"end":32}},"via":[],"date":"2024-02","place":{"id":"oslo","label":"Oslo","type":"City","wikidata":null,"mention":{"text":"Oslo","start":20,"end":24}},"#,
            r#""evidence":{"text":"Støre møtte Stubb i Oslo","start":0,"end":24},"rule":"nb/consult/møte","#,
            r#""confidence":0.9,"earliest":"2024-02-01","latest":"2024-02-29","reportedOn":"2024-02-03","#,
            r#""event_id":"e1","edge":true}"#,
        );
        assert_eq!(view.claim(&claim).to_string(), expected);
    }

    #[test]
    fn a_mention_is_written_key_by_key() {
        let (article, entities, claim) = sample();
        let view = JsonView::new(&article, &entities, Ontology::embedded());
        let mention = Mention {
            span: claim.object.span,
            entity: claim.object.entity.clone(),
            kind: MentionKind::Name,
            why: "A name.".to_owned(),
        };
        assert_eq!(
            view.mention(&mention).to_string(),
            r#"{"document":"oslo","entity":{"id":"stubb","label":"Stubb","type":"Person","wikidata":null},"text":"Stubb","start":12,"end":17,"kind":"name"}"#
        );
    }
}
