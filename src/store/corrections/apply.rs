//! Corrections laid over a document: first actors are split, then merged, then given their types, then claims are retracted,
//! confirmed and changed. A claim that would then be about one actor alone goes.

use std::collections::BTreeMap;

use super::{
    Corrections,
    plan::{Fate, Other, Plan},
};
use crate::{
    claim::{Argument, Claim, Entity, Name},
    store::StoredDocument,
};

impl Corrections {
    /// The document as it should be; `None` if nothing in it is corrected.
    pub(in crate::store) fn applied(&self, document: &StoredDocument) -> Option<StoredDocument> {
        if self.is_empty() || !self.plan.touches(document) {
            return None;
        }
        let mut corrected = document.clone();
        let names = self.plan.names(document);
        rename(&mut corrected, &names, &self.plan);
        corrected.claims.retain_mut(|claim| {
            let before = (claim.subject.entity.clone(), claim.object.entity.clone());
            match self.plan.claims.get(&claim.id) {
                Some(Fate::Retracted) => return false,
                Some(Fate::Settled(change, sentence)) => {
                    claim.confidence = 1.0;
                    claim.because.push(sentence.clone());
                    claim.subject.entity = change.subject.clone().unwrap_or(before.0);
                    claim.object.entity = change.object.clone().unwrap_or(before.1);
                    if let Some(relation) = &change.relation {
                        claim.relation = relation.clone();
                    }
                    claim.polarity = change.polarity.unwrap_or(claim.polarity);
                    claim.modality = change.modality.unwrap_or(claim.modality);
                    claim.date = change.when.or(claim.date);
                }
                None => {}
            }
            claim.subject.entity != claim.object.entity
        });
        describe_strangers(&mut corrected, document);
        Some(corrected)
    }
}

impl Plan {
    fn touches(&self, document: &StoredDocument) -> bool {
        let id = &document.article.id;
        let actor = |entity: &Entity| {
            self.merges.contains_key(&entity.id)
                || self.types.contains_key(&entity.id)
                || self.splits.contains_key(&(entity.id.clone(), id.clone()))
        };
        document.entities.iter().any(actor)
            || document
                .claims
                .iter()
                .any(|claim| self.claims.contains_key(&claim.id))
    }

    /// What each of the document's actors is called, where that is another name than before.
    fn names(&self, document: &StoredDocument) -> BTreeMap<Name, Name> {
        let mut names = BTreeMap::new();
        for entity in &document.entities {
            let split = self.split(&entity.id, &document.article.id);
            let id = split.map_or(&entity.id, |other| &other.id);
            let id = self.merges.get(id).unwrap_or(id);
            if *id != entity.id {
                names.insert(entity.id.clone(), id.clone());
            }
        }
        names
    }

    fn split(&self, id: &Name, document: &str) -> Option<&Other> {
        self.splits.get(&(id.clone(), document.to_owned()))
    }
}

fn rename(document: &mut StoredDocument, names: &BTreeMap<Name, Name>, plan: &Plan) {
    let renamed = |id: &mut Name| {
        if let Some(name) = names.get(id) {
            *id = name.clone();
        }
    };
    for mention in &mut document.mentions {
        renamed(&mut mention.entity);
    }
    document
        .mentions
        .sort_by(|one, other| (one.span, &one.entity).cmp(&(other.span, &other.entity)));
    document
        .mentions
        .dedup_by(|one, other| one.span == other.span && one.entity == other.entity);
    for claim in &mut document.claims {
        for argument in arguments(claim) {
            renamed(&mut argument.entity);
        }
    }
    let mut entities: BTreeMap<Name, Entity> = BTreeMap::new();
    // Those that keep their names come first: what they are called is what counts.
    let (kept, moved): (Vec<Entity>, Vec<Entity>) = std::mem::take(&mut document.entities)
        .into_iter()
        .partition(|entity| !names.contains_key(&entity.id));
    entities.extend(kept.into_iter().map(|entity| (entity.id.clone(), entity)));
    for mut entity in moved {
        if let Some(other) = plan.split(&entity.id, &document.article.id) {
            describe(&mut entity, other);
        }
        renamed(&mut entity.id);
        // What the gazetteer says of one actor it does not say of the other.
        entity.known = false;
        entity.wikidata = None;
        match entities.get_mut(&entity.id) {
            Some(there) => absorb(there, entity),
            None => {
                entities.insert(entity.id.clone(), entity);
            }
        }
    }
    for (id, entity) in &mut entities {
        if let Some(kind) = plan.types.get(id) {
            entity.kind = kind.clone();
        }
    }
    document.entities = entities.into_values().collect();
}

fn arguments(claim: &mut Claim) -> impl Iterator<Item = &mut Argument> {
    [&mut claim.subject, &mut claim.object]
        .into_iter()
        .chain(&mut claim.speaker)
        .chain(&mut claim.via)
        .chain(&mut claim.place)
}

/// Gives an actor that was split off the type and label of its own. Without a label it keeps those of the other.
fn describe(entity: &mut Entity, other: &Other) {
    if let Some(kind) = &other.kind {
        entity.kind = kind.clone();
    }
    if let Some(label) = &other.label {
        for own in entity.labels.values_mut() {
            *own = label.clone();
        }
        entity.aliases.clear();
    }
}

/// The names of an actor become other names of the one that it is merged into.
fn absorb(there: &mut Entity, other: Entity) {
    let labels = other
        .labels
        .into_iter()
        .map(|(lang, label)| (lang, vec![label]));
    for (lang, names) in labels.chain(other.aliases) {
        let own = there.labels.get(&lang).cloned();
        let aliases = there.aliases.entry(lang).or_default();
        aliases.extend(names.into_iter().filter(|name| Some(name) != own.as_ref()));
        aliases.sort();
        aliases.dedup();
    }
    there.aliases.retain(|_, names| !names.is_empty());
}

/// An actor that a change brought in has a record too: like that of the actor in whose place it stands.
fn describe_strangers(document: &mut StoredDocument, before: &StoredDocument) {
    let mut missing: BTreeMap<Name, Name> = BTreeMap::new();
    for claim in &document.claims {
        let Some(old) = before.claims.iter().find(|one| one.id == claim.id) else {
            continue;
        };
        for (new, old) in [(&claim.subject, &old.subject), (&claim.object, &old.object)] {
            if !document.entities.iter().any(|one| one.id == new.entity) {
                missing.insert(new.entity.clone(), old.entity.clone());
            }
        }
    }
    for (id, like) in missing {
        if let Some(old) = before.entities.iter().find(|one| one.id == like) {
            let label = (document.article.lang.tag().to_owned(), id.to_string());
            document.entities.push(Entity {
                id,
                labels: BTreeMap::from([label]),
                aliases: BTreeMap::new(),
                wikidata: None,
                known: false,
                kind: old.kind.clone(),
            });
        }
    }
    document
        .entities
        .sort_by(|one, other| one.id.cmp(&other.id));
}
