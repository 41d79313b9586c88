//! The triples of one subject, and what they must hold.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNodeRef, Term};

use super::Flaw;
use crate::{
    claim::{Modality, Name, Polarity},
    document::PartialDate,
    ontology::{Ontology, vocab},
    store::{
        base::{Base, unsegment},
        quads::{modality_node, polarity_node},
    },
};

/// The triples of one subject.
pub(in crate::store) struct Node<'a> {
    pub(in crate::store) subject: &'a str,
    facts: BTreeMap<&'a str, Vec<&'a Term>>,
}

impl<'a> Node<'a> {
    pub(in crate::store) fn new(subject: &'a str) -> Self {
        Self {
            subject,
            facts: BTreeMap::new(),
        }
    }

    pub(in crate::store) fn add(&mut self, predicate: &'a str, object: &'a Term) {
        self.facts.entry(predicate).or_default().push(object);
    }

    pub(in crate::store) fn flaw(&self, message: &str) -> Flaw {
        Flaw {
            subject: self.subject.to_owned(),
            message: message.to_owned(),
        }
    }

    pub(in crate::store) fn all(&self, predicate: NamedNodeRef<'_>) -> &[&'a Term] {
        self.facts
            .get(predicate.as_str())
            .map_or(&[], Vec::as_slice)
    }

    pub(in crate::store) fn optional(
        &self,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<&'a Term>, Flaw> {
        match self.all(predicate) {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(self.flaw(&format!("{predicate} stands more than once"))),
        }
    }

    pub(in crate::store) fn one(&self, predicate: NamedNodeRef<'_>) -> Result<&'a Term, Flaw> {
        self.optional(predicate)?
            .ok_or_else(|| self.flaw(&format!("{predicate} is missing")))
    }

    pub(in crate::store) fn optional_text(
        &self,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<&'a str>, Flaw> {
        Ok(self.optional(predicate)?.and_then(literal))
    }

    /// The one literal's value.
    pub(in crate::store) fn text(&self, predicate: NamedNodeRef<'_>) -> Result<&'a str, Flaw> {
        literal(self.one(predicate)?)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no literal")))
    }

    pub(in crate::store) fn iri(&self, predicate: NamedNodeRef<'_>) -> Result<&'a str, Flaw> {
        named(self.one(predicate)?).ok_or_else(|| self.flaw(&format!("{predicate} is no IRI")))
    }

    /// The id of the one entity.
    pub(in crate::store) fn entity(
        &self,
        predicate: NamedNodeRef<'_>,
        base: &Base,
    ) -> Result<Name, Flaw> {
        let id = base.entity_id(self.iri(predicate)?);
        id.map(Name::from)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no entity of this base")))
    }

    /// The one IRI's name within a namespace.
    pub(in crate::store) fn local(
        &self,
        predicate: NamedNodeRef<'_>,
        space: &str,
    ) -> Result<String, Flaw> {
        self.iri(predicate)?
            .strip_prefix(space)
            .and_then(unsegment)
            .ok_or_else(|| self.flaw(&format!("{predicate} is no term of {space}")))
    }

    pub(in crate::store) fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.all(vocab::RDF_TYPE)
            .iter()
            .any(|term| named(term) == Some(class.as_str()))
    }

    pub(in crate::store) fn tagged(
        &self,
        predicate: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all(predicate).iter().filter_map(|term| match term {
            Term::Literal(literal) => Some((literal.language()?, literal.value())),
            _ => None,
        })
    }

    pub(in crate::store) fn date(
        &self,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<PartialDate>, Flaw> {
        self.optional_text(predicate)?
            .map(|date| date.parse().map_err(|error: String| self.flaw(&error)))
            .transpose()
    }

    /// The one of `choices` whose node the property names.
    pub(in crate::store) fn choice<T: Copy>(
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
    pub(in crate::store) fn polarity(&self) -> Result<Polarity, Flaw> {
        let all = [Polarity::Positive, Polarity::Negative];
        self.choice(vocab::POLARITY, &all, polarity_node)
    }

    /// The claim's modality.
    pub(in crate::store) fn modality(&self) -> Result<Modality, Flaw> {
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
    pub(in crate::store) fn confidence(&self) -> Result<f64, Flaw> {
        self.text(vocab::CONFIDENCE)?
            .parse()
            .map_err(|_| self.flaw("the confidence is no number"))
    }

    /// The code of the claim's relation.
    pub(in crate::store) fn relation(&self, ontology: &Ontology) -> Result<Name, Flaw> {
        let property = self.local(vocab::PREDICATE, vocab::KILDE)?;
        let relation = ontology.relation_by_property(&property).ok_or_else(|| {
            self.flaw(&format!(
                "kilde:{property} is no relation of the ontology; open the store with the ontology it was written with"
            ))
        })?;
        Ok(relation.code.clone())
    }
}

pub(in crate::store) fn named(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

pub(in crate::store) fn literal(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}
