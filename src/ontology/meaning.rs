//! What the ontology's triples mean: types of entities from the classes, relations from the properties.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::{EntityType, OntologyError, Relation, vocab};

/// The triples by subject and predicate, with the source they came from for messages.
pub(super) struct Facts<'a> {
    file: &'a Path,
    text: &'a str,
    subjects: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Term>>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(file: &'a Path, text: &'a str, triples: &'a [Triple]) -> Self {
        let mut facts = Self {
            file,
            text,
            subjects: BTreeMap::new(),
        };
        for triple in triples {
            if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
                let properties = facts.subjects.entry(subject.as_str()).or_default();
                let objects = properties.entry(triple.predicate.as_str()).or_default();
                objects.push(&triple.object);
            }
        }
        facts
    }

    /// The classes of entities, by local name.
    pub(super) fn types(&self) -> Result<BTreeMap<Arc<str>, EntityType>, OntologyError> {
        let mut types = BTreeMap::new();
        for &class in self.subjects.keys() {
            let ancestors = self.ancestors(class, vocab::RDFS_SUB_CLASS_OF);
            let root = vocab::CLASS_ENTITY.as_str();
            if class != root && !ancestors.contains(&root) {
                continue;
            }
            let name = self.local(class)?;
            let ancestors = ancestors
                .into_iter()
                .filter_map(|one| one.strip_prefix(vocab::KILDE))
                .map(Arc::from)
                .collect();
            let labels = self.labels(class, &name);
            types.insert(
                name.clone(),
                EntityType {
                    name,
                    ancestors,
                    labels,
                },
            );
        }
        if types.is_empty() {
            return Err(self.wrong(
                vocab::CLASS_ENTITY.as_str(),
                "no class is a subclass of kilde:Entity",
            ));
        }
        Ok(types)
    }

    /// The relations, by code; `types` are the classes that they may name.
    pub(super) fn relations(
        &self,
        types: &BTreeMap<Arc<str>, EntityType>,
    ) -> Result<BTreeMap<Arc<str>, Relation>, OntologyError> {
        let mut relations: BTreeMap<Arc<str>, Relation> = BTreeMap::new();
        for &property in self.subjects.keys() {
            if !self.is_relation(property) {
                continue;
            }
            let relation = self.relation(property, types)?;
            if let Some(other) = relations.get(&relation.code) {
                return Err(self.wrong(
                    property,
                    &format!(
                        "the code {} is taken by kilde:{}; give the relation a code of its own",
                        relation.code, other.property
                    ),
                ));
            }
            relations.insert(relation.code.clone(), relation);
        }
        Ok(relations)
    }

    fn is_relation(&self, property: &str) -> bool {
        let types = self.named(property, vocab::RDF_TYPE);
        types.contains(&vocab::CLASS_EVENT_RELATION.as_str())
            || types.contains(&vocab::CLASS_STATE_RELATION.as_str())
    }

    fn relation(
        &self,
        property: &str,
        types: &BTreeMap<Arc<str>, EntityType>,
    ) -> Result<Relation, OntologyError> {
        let name = self.local(property)?;
        let kinds = self.named(property, vocab::RDF_TYPE);
        let event = kinds.contains(&vocab::CLASS_EVENT_RELATION.as_str());
        let broader: Vec<&str> = self
            .ancestors(property, vocab::RDFS_SUB_PROPERTY_OF)
            .into_iter()
            .filter(|one| self.is_relation(one))
            .collect();
        let quad_class = self.inherited(property, &broader, vocab::QUAD_CLASS);
        let quad_class = quad_class
            .first()
            .and_then(|term| literal(term)?.parse().ok());
        if event && !quad_class.is_some_and(|class| (1..=4).contains(&class)) {
            return Err(self.wrong(
                property,
                &format!("the event relation kilde:{name} needs a kilde:quadClass of 1 to 4"),
            ));
        }
        let momentary = self.inherited(property, &broader, vocab::MOMENTARY);
        let momentary = momentary.first().and_then(|term| literal(term)) == Some("true");
        Ok(Relation {
            code: self.code(property)?,
            labels: self.labels(property, &name),
            symmetric: kinds.contains(&vocab::OWL_SYMMETRIC.as_str()),
            event,
            momentary: event || momentary,
            quad_class,
            one_subject: kinds.contains(&vocab::CLASS_ONE_SUBJECT.as_str()),
            domain: self.classes(property, &broader, vocab::SCHEMA_DOMAIN_INCLUDES, types)?,
            range: self.classes(property, &broader, vocab::SCHEMA_RANGE_INCLUDES, types)?,
            broader: broader.first().map(|one| self.code(one)).transpose()?,
            property: name,
        })
    }

    fn code(&self, property: &str) -> Result<Arc<str>, OntologyError> {
        let notation = self
            .get(property, vocab::SKOS_NOTATION)
            .first()
            .copied()
            .and_then(literal);
        notation.map(Arc::from).ok_or_else(|| {
            let name = property.strip_prefix(vocab::KILDE).unwrap_or(property);
            self.wrong(
                property,
                &format!("the relation kilde:{name} needs a code (skos:notation)"),
            )
        })
    }

    /// The classes that a property names, or that the nearest broader one does.
    fn classes(
        &self,
        property: &str,
        broader: &[&str],
        predicate: NamedNodeRef<'_>,
        types: &BTreeMap<Arc<str>, EntityType>,
    ) -> Result<Vec<Arc<str>>, OntologyError> {
        let mut classes = Vec::new();
        for term in self.inherited(property, broader, predicate) {
            let known = named(term)
                .and_then(|iri| iri.strip_prefix(vocab::KILDE))
                .and_then(|name| types.get_key_value(name));
            let Some((name, _)) = known else {
                return Err(self.wrong(property, &format!("{term} is no type of entity")));
            };
            classes.push(name.clone());
        }
        classes.sort();
        Ok(classes)
    }

    fn inherited(
        &self,
        property: &str,
        broader: &[&str],
        predicate: NamedNodeRef<'_>,
    ) -> &[&'a Term] {
        std::iter::once(&property)
            .chain(broader)
            .map(|one| self.get(one, predicate))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// Everything above `term` over `predicate`, nearest first, siblings sorted; a circle ends where it closes.
    fn ancestors(&self, term: &str, predicate: NamedNodeRef<'_>) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        let mut level = self.named(term, predicate);
        while !level.is_empty() {
            level.sort_unstable();
            level.dedup();
            level.retain(|one| *one != term && !found.contains(one));
            found.extend(&level);
            level = level
                .iter()
                .flat_map(|one| self.named(one, predicate))
                .collect();
        }
        found
    }

    fn labels(&self, term: &str, name: &str) -> BTreeMap<String, String> {
        let mut labels: BTreeMap<String, String> = self
            .get(term, vocab::RDFS_LABEL)
            .iter()
            .filter_map(|label| match label {
                Term::Literal(label) => {
                    Some((label.language()?.to_owned(), label.value().to_owned()))
                }
                _ => None,
            })
            .collect();
        if labels.is_empty() {
            labels.insert("en".to_owned(), name.to_owned());
        }
        labels
    }

    fn named(&self, term: &str, predicate: NamedNodeRef<'_>) -> Vec<&'a str> {
        self.get(term, predicate)
            .iter()
            .filter_map(|term| named(term))
            .collect()
    }

    fn get(&self, term: &str, predicate: NamedNodeRef<'_>) -> &[&'a Term] {
        self.subjects
            .get(term)
            .and_then(|properties| properties.get(predicate.as_str()))
            .map_or(&[], Vec::as_slice)
    }

    fn local(&self, iri: &str) -> Result<Arc<str>, OntologyError> {
        iri.strip_prefix(vocab::KILDE)
            .map(Arc::from)
            .ok_or_else(|| {
                self.wrong(
                    iri,
                    &format!(
                        "<{iri}> does not lie in the namespace {}; types and relations do",
                        vocab::KILDE
                    ),
                )
            })
    }

    /// An error at the line that first names the term as a subject, as far as the text shows it.
    fn wrong(&self, iri: &str, message: &str) -> OntologyError {
        let local = iri.rsplit(['#', '/']).next().unwrap_or(iri);
        let names = |line: &str| {
            let first = line.split_whitespace().next().unwrap_or("");
            first
                .trim_matches(['<', '>'])
                .rsplit([':', '#', '/'])
                .next()
                == Some(local)
        };
        let line = self.text.lines().position(names).unwrap_or(0);
        OntologyError::Meaning {
            file: self.file.to_owned(),
            line: line as u64 + 1,
            message: message.to_owned(),
        }
    }
}

fn named(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(NamedNode::as_str(node)),
        _ => None,
    }
}

fn literal(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}
