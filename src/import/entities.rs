//! The entities that claims from elsewhere speak of: as given, filled up from the document's own, then from the gazetteer.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    claim::{Entity, Name},
    document::Article,
    link::Gazetteer,
    text::slug,
};

/// Entities of a document by id.
pub(super) struct Known<'a> {
    article: &'a Article,
    gazetteer: &'a Gazetteer,
    pub(super) all: BTreeMap<Name, Entity>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        article: &'a Article,
        entities: Vec<Entity>,
        gazetteer: &'a Gazetteer,
    ) -> Self {
        let all = entities
            .into_iter()
            .map(|one| (one.id.clone(), one))
            .collect();
        Self {
            article,
            gazetteer,
            all,
        }
    }

    /// The id of the entity that an object `{"id","label","type","wikidata"}` means. Without an id it is the one that the
    /// gazetteer knows by the label, else one named after it.
    pub(super) fn add(&mut self, given: &Value) -> Result<Name, String> {
        let text = |key: &str| {
            given
                .get(key)
                .and_then(Value::as_str)
                .filter(|text| !text.trim().is_empty())
        };
        let label = text("label");
        let id = match (text("id"), label) {
            (Some(id), _) => id.into(),
            (None, Some(label)) => match &*self.gazetteer.named(label) {
                [one] => (*one).clone(),
                _ => slug(label).into(),
            },
            (None, None) => return Err("It has an actor without id and label.".to_owned()),
        };
        if id.is_empty() {
            return Err(format!("No id can be made from the label {label:?}."));
        }
        let lang = self.article.lang.tag();
        let known = self.gazetteer.actor(&id);
        let entity = self.all.entry(id.clone()).or_insert_with(|| Entity {
            id: id.clone(),
            kind: "".into(),
            labels: BTreeMap::new(),
            aliases: BTreeMap::new(),
            wikidata: None,
            known: known.is_some(),
        });
        if let Some(kind) = text("type").filter(|_| entity.kind.is_empty()) {
            entity.kind = kind.into();
        }
        if let Some(label) = label {
            entity
                .labels
                .entry(lang.to_owned())
                .or_insert_with(|| label.to_owned());
        }
        if let Some(item) = text("wikidata").filter(|_| entity.wikidata.is_none()) {
            entity.wikidata = Some(item.to_owned());
        }
        Ok(id)
    }

    /// All of them, complete: what nobody gave a type or a label has those of the gazetteer.
    pub(super) fn finish(mut self) -> Vec<Entity> {
        for entity in self.all.values_mut() {
            let known = self.gazetteer.actor(&entity.id);
            if entity.kind.is_empty() {
                entity.kind = known.map_or_else(|| "Entity".into(), |actor| actor.kind.clone());
            }
            if entity.labels.is_empty() {
                let own =
                    BTreeMap::from([(self.article.lang.tag().to_owned(), entity.id.to_string())]);
                entity.labels = known.map_or(own, |actor| actor.labels.clone());
            }
        }
        self.all.into_values().collect()
    }
}
