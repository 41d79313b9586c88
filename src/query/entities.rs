//! Actors and places by what people call them: an id, an IRI, a Wikidata id, a label or another name.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use oxigraph::model::{GraphNameRef, NamedOrBlankNode, Quad, Term};

use super::QueryError;
use crate::{
    claim::Name,
    ontology::vocab,
    store::{Base, Descriptions, Index},
    text::{fold_name, label_in},
};

/// How alike two names are at least (Jaro-Winkler, 0 to 1) to be taken for a slip of the pen.
const LIKE: f64 = 0.78;
/// How many similar names are offered.
const OFFERED: usize = 5;

/// What the graph says of an actor, place or other entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityCard {
    /// Its id.
    pub id: Name,
    /// Local name of its class (`Person`); empty if the graph gives none.
    pub kind: Name,
    /// Preferred label by language tag.
    pub labels: BTreeMap<String, String>,
    /// Other names.
    pub aliases: BTreeSet<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
}

impl EntityCard {
    /// The label in `lang` (Nynorsk falls back on Bokmål), else English, else the first there is, else the id.
    #[must_use]
    pub fn label(&self, lang: &str) -> &str {
        let first = || self.labels.values().next().map(String::as_str);
        label_in(&self.labels, lang)
            .or_else(first)
            .unwrap_or(&self.id)
    }
}

/// All entities of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    cards: BTreeMap<Name, EntityCard>,
    base: Base,
}

impl Entities {
    /// The entities of an index.
    ///
    /// # Errors
    /// If the index fails.
    pub fn of_index(index: &Index, base: &Base) -> Result<Self, QueryError> {
        let quads = index
            .oxigraph()
            .quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self::of_quads(&quads, base))
    }

    /// The entities that these statements of the default graph describe.
    #[must_use]
    pub fn of_quads(quads: &[Quad], base: &Base) -> Self {
        let mut entities = Self {
            cards: BTreeMap::new(),
            base: base.clone(),
        };
        for quad in quads {
            entities.add(quad);
        }
        entities
    }

    /// The entities that documents describe.
    #[must_use]
    pub fn of_descriptions(descriptions: Descriptions, base: &Base) -> Self {
        let cards = descriptions.described().into_iter().map(|(id, one)| {
            let card = EntityCard {
                id: id.clone(),
                kind: one.kind.unwrap_or_default().into(),
                labels: one.labels,
                aliases: one.aliases.into_values().flatten().collect(),
                wikidata: one.wikidata,
            };
            (id, card)
        });
        Self {
            cards: cards.collect(),
            base: base.clone(),
        }
    }

    /// The entity with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&EntityCard> {
        self.cards.get(id)
    }

    /// All of them, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &EntityCard> {
        self.cards.values()
    }

    /// The entity that a user means: an id (`hamas`), an IRI (in full or as `ent:hamas`), a Wikidata id (`Q38799`,
    /// `wd:Q38799`), a label or another name, in that order; of names the preferred ones come first.
    ///
    /// # Errors
    /// If nobody is called so (with the nearest ids), or several are.
    pub fn find(&self, text: &str) -> Result<&EntityCard, QueryError> {
        let asked = Asked::new(text, &self.base);
        if let Some(card) = asked.ids().find_map(|id| self.get(id)) {
            return Ok(card);
        }
        let named = |name: &String| fold_name(name) == asked.folded;
        let ways: [&dyn Fn(&EntityCard) -> bool; 3] = [
            &|card| card.wikidata.as_deref() == Some(asked.item),
            &|card| card.labels.values().any(named),
            &|card| card.aliases.iter().any(named),
        ];
        for way in ways {
            let found: Vec<&EntityCard> = self.iter().filter(|card| way(card)).collect();
            match found[..] {
                [] => {}
                [one] => return Ok(one),
                _ => {
                    let ids = found.iter().map(|card| card.id.to_string());
                    return Err(ambiguous(text, ids));
                }
            }
        }
        Err(QueryError::UnknownEntity {
            text: text.to_owned(),
            nearest: self.nearest(&asked.folded),
        })
    }

    /// Ids whose id or name is like `folded`, the most similar first.
    fn nearest(&self, folded: &str) -> Vec<String> {
        let likeness = |card: &EntityCard| {
            let names = card.labels.values().chain(&card.aliases);
            let names = names.map(|name| fold_name(name));
            names
                .chain([card.id.to_string()])
                .map(|name| strsim::jaro_winkler(folded, &name))
                .fold(0.0, f64::max)
        };
        let mut scored: Vec<(f64, &Name)> = self
            .iter()
            .map(|card| (likeness(card), &card.id))
            .filter(|(score, _)| *score >= LIKE)
            .collect();
        scored.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
        let ids = scored.into_iter().map(|(_, id)| id.to_string());
        ids.take(OFFERED).collect()
    }

    fn add(&mut self, quad: &Quad) {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            return;
        };
        let Some(id) = self.base.entity_id(subject.as_str()) else {
            return;
        };
        let id: Name = id.into();
        let card = self.cards.entry(id.clone()).or_insert_with(|| EntityCard {
            id,
            kind: Name::default(),
            labels: BTreeMap::new(),
            aliases: BTreeSet::new(),
            wikidata: None,
        });
        let predicate = quad.predicate.as_ref();
        match &quad.object {
            Term::NamedNode(node) if predicate == vocab::RDF_TYPE => {
                card.kind = node
                    .as_str()
                    .strip_prefix(vocab::KILDE)
                    .unwrap_or("")
                    .into();
            }
            Term::NamedNode(node) if predicate == vocab::SKOS_EXACT_MATCH => {
                card.wikidata = node
                    .as_str()
                    .strip_prefix(vocab::WIKIDATA)
                    .map(str::to_owned);
            }
            Term::Literal(label) if predicate == vocab::SKOS_PREF_LABEL => {
                let lang = label.language().unwrap_or("und").to_owned();
                card.labels.insert(lang, label.value().to_owned());
            }
            Term::Literal(label) if predicate == vocab::SKOS_ALT_LABEL => {
                card.aliases.insert(label.value().to_owned());
            }
            _ => {}
        }
    }
}

/// What a user's text may be: an id, an IRI, a Wikidata id or a name.
pub(super) struct Asked<'a> {
    text: &'a str,
    id: Option<String>,
    item: &'a str,
    folded: String,
}

impl<'a> Asked<'a> {
    pub(super) fn new(text: &'a str, base: &Base) -> Self {
        let text = text.trim();
        let bare = text.trim_start_matches('<').trim_end_matches('>');
        let id = base.entity_id(bare);
        let item = bare
            .strip_prefix(vocab::WIKIDATA)
            .or_else(|| text.strip_prefix("wd:"));
        Self {
            text,
            id: id.or_else(|| text.strip_prefix("ent:").map(str::to_owned)),
            item: item.unwrap_or(text),
            folded: fold_name(text),
        }
    }

    /// The ids that it may be, in the order in which they count.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text).chain(self.id.as_deref())
    }

    /// The Wikidata id that it may be.
    pub(super) const fn item(&self) -> &'a str {
        self.item
    }

    /// The name that it may be, folded.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }
}

pub(super) fn ambiguous(text: &str, ids: impl IntoIterator<Item = String>) -> QueryError {
    let mut ids: Vec<String> = ids.into_iter().collect();
    ids.sort_by_key(|id| (Reverse(id == text), id.clone()));
    QueryError::AmbiguousEntity {
        text: text.to_owned(),
        ids,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{claim::Entity, ontology::Ontology, store::Facts};

    fn entities() -> Entities {
        let entity = |id: &str, label: &str, alias: &str, item: Option<&str>| Entity {
            id: id.into(),
            kind: "Person".into(),
            labels: BTreeMap::from([
                ("en".to_owned(), label.to_owned()),
                ("nb".to_owned(), format!("{label} (nb)")),
            ]),
            aliases: BTreeMap::from([("en".to_owned(), vec![alias.to_owned()])]),
            wikidata: item.map(str::to_owned),
            known: true,
        };
        let mut facts = Facts::default();
        for one in [
            entity("ane-berg", "Åne Berg", "the minister", Some("Q7")),
            entity("ola-berg", "Ola Berg", "Berg", None),
            entity("kari-berg", "Kari Berg", "Berg", None),
        ] {
            facts.add_entity(&one);
        }
        let base = Base::default();
        Entities::of_quads(&facts.quads(&base, Ontology::embedded()), &base)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(&*entities().find(text).unwrap().id, expected, "{text}");
    }

    #[test]
    fn people_are_found_by_all_their_names() {
        for text in [
            "ane-berg",
            "ent:ane-berg",
            "https://w3id.org/kilde/id/entity/ane-berg",
            "<https://w3id.org/kilde/id/entity/ane-berg>",
            "Q7",
            "wd:Q7",
            "http://www.wikidata.org/entity/Q7",
            "Åne Berg",
            "ÅNE  berg",
            "Åne Berg (nb)",
            "the minister",
        ] {
            check(text, "ane-berg");
        }
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        assert_eq!(entities().find(text).unwrap_err().to_string(), expected);
    }

    #[test]
    fn who_cannot_be_found_is_said_with_the_nearest() {
        check_error(
            "ola-breg",
            "nothing in the store is called 'ola-breg'; did you mean ola-berg?",
        );
        check_error("Zzz", "nothing in the store is called 'Zzz'");
        check_error(
            "Berg",
            "'Berg' is the name of several: kari-berg, ola-berg; use one of these ids",
        );
    }

    #[test]
    fn labels_fall_back() {
        let all = entities();
        let card = all.get("ane-berg").unwrap();
        assert_eq!(
            (card.label("nb"), card.label("nn"), card.label("ar")),
            ("Åne Berg (nb)", "Åne Berg (nb)", "Åne Berg")
        );
        assert_eq!(
            (&*card.kind, card.wikidata.as_deref()),
            ("Person", Some("Q7"))
        );
    }
}
