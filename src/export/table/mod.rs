//! The graph as three tables for whatever reads rows: nodes, edges (all claims of one relation between two), claims (one
//! a row, with its words). Columns have types. Labels, types and counts of all nodes are held in memory, some hundred bytes for
//! each; edges and claims are handed out one after the other.

use std::{borrow::Cow, collections::BTreeMap};

use super::ExportError;
use crate::{
    claim::{Argument, Claim, Modality, Name, Polarity},
    ontology::{Ontology, Relation},
    store::{Bundle, Described, Gist, Store, StoredDocument},
    text::CodePoints,
};

mod directory;

use directory::{Directory, Known};

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Actors, places and whatever else claims are about.
    Nodes,
    /// Pairs of them with a relation.
    Edges,
    /// Claims with their words.
    Claims,
}

impl Table {
    /// All tables by the names that users give.
    pub const ALL: [(&'static str, Self); 3] = [
        ("nodes", Self::Nodes),
        ("edges", Self::Edges),
        ("claims", Self::Claims),
    ];

    /// Its columns, in order.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Nodes => NODES,
            Self::Edges => EDGES,
            Self::Claims => CLAIMS,
        }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A share or other number.
    Number,
    /// Yes or no.
    Boolean,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

/// A value in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// None.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

impl Cell<'_> {
    /// The value as words; nothing for none.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(number) => number.to_string().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        }
    }
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const NODES: &[Column] = &[
    column("id", Kind::Text),
    column("label", Kind::Text),
    column("type", Kind::Text),
    column("wikidata", Kind::Text),
    column("iri", Kind::Text),
    column("claims", Kind::Integer),
];

const EDGES: &[Column] = &[
    column("source", Kind::Text),
    column("target", Kind::Text),
    column("property", Kind::Text),
    column("relation", Kind::Text),
    column("label", Kind::Text),
    column("quad_class", Kind::Integer),
    column("symmetric", Kind::Boolean),
    column("plain", Kind::Boolean),
    column("disputed", Kind::Boolean),
    column("claims", Kind::Integer),
    column("denials", Kind::Integer),
    column("first", Kind::Text),
    column("last", Kind::Text),
];

const CLAIMS: &[Column] = &[
    column("claim", Kind::Text),
    column("source", Kind::Text),
    column("source_label", Kind::Text),
    column("property", Kind::Text),
    column("relation", Kind::Text),
    column("target", Kind::Text),
    column("target_label", Kind::Text),
    column("act", Kind::Text),
    column("event", Kind::Text),
    column("polarity", Kind::Text),
    column("modality", Kind::Text),
    column("speaker", Kind::Text),
    column("speaker_label", Kind::Text),
    column("via", Kind::Text),
    column("date", Kind::Text),
    column("earliest", Kind::Text),
    column("latest", Kind::Text),
    column("reported", Kind::Text),
    column("place", Kind::Text),
    column("place_label", Kind::Text),
    column("quote", Kind::Text),
    column("start", Kind::Integer),
    column("end", Kind::Integer),
    column("document", Kind::Text),
    column("title", Kind::Text),
    column("publisher", Kind::Text),
    column("url", Kind::Text),
    column("rule", Kind::Text),
    column("confidence", Kind::Number),
    column("plain", Kind::Boolean),
];

/// From, relation's code, to.
type Key = (Name, Name, Name);

/// Which claims are wanted: a claim and the document that it stands in.
pub type Wanted<'a> = &'a (dyn Fn(&Claim, &StoredDocument) -> bool + Sync);

/// A store to make tables of.
pub struct Tables<'a> {
    store: &'a Store,
    lang: &'a str,
    wanted: Wanted<'a>,
    directory: Directory,
}

impl<'a> Tables<'a> {
    /// Reads who there is in a store. `lang` is the language of labels.
    ///
    /// # Errors
    /// If a document's file is damaged.
    pub fn new(store: &'a Store, lang: &'a str, wanted: Wanted<'a>) -> Result<Self, ExportError> {
        Ok(Self {
            store,
            lang,
            wanted,
            directory: Directory::new(store, lang, wanted)?,
        })
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.store
    }

    /// Whether somebody is of a class, or of a finer one.
    #[must_use]
    pub fn is_a(&self, id: &str, class: &str) -> bool {
        let known = self.directory.get(id);
        known.is_some_and(|one| self.store.ontology().is_a(&one.kind, class))
    }

    /// The label of somebody; the id if there is none.
    #[must_use]
    pub fn label<'b>(&'b self, id: &'b str) -> &'b str {
        self.directory.get(id).map_or(id, Known::label)
    }

    /// Hands out who there is, with all names, sorted by id.
    ///
    /// # Errors
    /// If a document's file is damaged, or `take` fails.
    pub fn described(
        &self,
        mut take: impl FnMut(&str, &Described) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        self.store.said(|id, said| take(&id, &said.described()))
    }

    /// The label of a relation.
    #[must_use]
    pub fn relation_label<'b>(&self, relation: &'b Relation) -> &'b str {
        relation.label(self.lang)
    }

    /// Hands out each wanted claim with its document, by document and place in it.
    ///
    /// # Errors
    /// If a document's file is damaged, or `take` fails.
    pub fn claims(
        &self,
        mut take: impl FnMut(&Claim, &StoredDocument) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        for document in self.store.documents()? {
            let document = document?;
            for claim in document
                .claims
                .iter()
                .filter(|one| (self.wanted)(one, &document))
            {
                take(claim, &document)?;
            }
        }
        Ok(())
    }

    /// Hands out the rows of a table: as many cells as it has columns.
    ///
    /// # Errors
    /// If a document's file is damaged, or `take` fails.
    pub fn rows(
        &self,
        table: Table,
        mut take: impl FnMut(&[Cell<'_>]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        match table {
            Table::Nodes => self
                .directory
                .iter()
                .try_for_each(|one| take(&self.node(one))),
            Table::Edges => self.store.by_key(
                |gists| self.bundles(&gists),
                |key, bundle| self.edge(&key, &bundle).map_or(Ok(()), |row| take(&row)),
            ),
            Table::Claims => self.claim_rows(take),
        }
    }

    fn claim_rows(
        &self,
        mut take: impl FnMut(&[Cell<'_>]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        // The positions of a text are counted once for all of its claims.
        let mut counted: Option<(String, CodePoints)> = None;
        self.claims(|claim, document| {
            if counted
                .as_ref()
                .is_none_or(|(hash, _)| *hash != document.hash)
            {
                let points = CodePoints::new(&document.article.text);
                counted = Some((document.hash.clone(), points));
            }
            let range = counted
                .as_ref()
                .map(|(_, points)| points.of(claim.evidence));
            take(&self.claim(claim, document, range.unwrap_or_default()))
        })
    }

    fn node<'b>(&'b self, one: &'b Known) -> Vec<Cell<'b>> {
        vec![
            text(&one.id),
            text(one.label()),
            text(&one.kind),
            optional(one.wikidata.as_deref()),
            owned(self.store.base().entity(&one.id).into_string()),
            count(one.claims),
        ]
    }

    fn bundles(&self, gists: &[Gist]) -> BTreeMap<Key, Bundle> {
        let mut bundles: BTreeMap<Key, Bundle> = BTreeMap::new();
        for document in gists.iter().map(|gist| &gist.document) {
            for claim in &document.claims {
                if (self.wanted)(claim, document)
                    && let Some(relation) = self.store.ontology().relation(&claim.relation)
                {
                    let bundle = bundles.entry(self.key(claim, relation)).or_default();
                    bundle.add(claim, document.article.meta.date);
                }
            }
        }
        bundles
    }

    /// Of an edge that goes both ways the smaller id is "from".
    fn key(&self, claim: &Claim, relation: &Relation) -> Key {
        let (from, to) = (claim.subject.entity.clone(), claim.object.entity.clone());
        if self.goes_both_ways(relation, &to) && to < from {
            (to, claim.relation.clone(), from)
        } else {
            (from, claim.relation.clone(), to)
        }
    }

    fn goes_both_ways(&self, relation: &Relation, object: &str) -> bool {
        relation.symmetric && self.is_a(object, "Actor")
    }

    fn edge<'b>(&'b self, (from, code, to): &'b Key, bundle: &'b Bundle) -> Option<Vec<Cell<'b>>> {
        let relation = self.store.ontology().relation(code)?;
        Some(vec![
            text(from),
            text(to),
            text(&relation.property),
            text(code),
            text(relation.label(self.lang)),
            relation
                .quad_class
                .map_or(Cell::Empty, |class| Cell::Integer(class.into())),
            Cell::Boolean(self.goes_both_ways(relation, to)),
            Cell::Boolean(bundle.plain),
            Cell::Boolean(bundle.affirmed && bundle.denied),
            count(bundle.claims),
            count(bundle.denials),
            optional(bundle.first.as_deref()),
            optional(bundle.last.as_deref()),
        ])
    }

    fn claim<'b>(
        &'b self,
        claim: &'b Claim,
        document: &'b StoredDocument,
        (start, end): (usize, usize),
    ) -> Vec<Cell<'b>> {
        let meta = &document.article.meta;
        let id = |one: Option<&'b Argument>| optional(one.map(|one| &*one.entity));
        let label = |one: Option<&'b Argument>| optional(one.map(|one| self.label(&one.entity)));
        let via: Vec<&str> = claim.via.iter().map(|one| &*one.entity).collect();
        let (speaker, place) = (claim.speaker.as_ref(), claim.place.as_ref());
        vec![
            text(&claim.id),
            text(&claim.subject.entity),
            text(self.label(&claim.subject.entity)),
            text(property(claim, self.store.ontology())),
            text(&claim.relation),
            text(&claim.object.entity),
            text(self.label(&claim.object.entity)),
            text(&claim.act),
            optional(claim.event.as_deref()),
            text(polarity(claim.polarity)),
            text(modality(claim.modality)),
            id(speaker),
            label(speaker),
            if via.is_empty() {
                Cell::Empty
            } else {
                owned(via.join(" "))
            },
            claim
                .date
                .map_or(Cell::Empty, |date| owned(date.to_string())),
            claim
                .date
                .map_or(Cell::Empty, |date| owned(date.earliest())),
            claim.date.map_or(Cell::Empty, |date| owned(date.latest())),
            meta.date
                .map_or(Cell::Empty, |date| owned(date.to_string())),
            id(place),
            label(place),
            text(claim.evidence.slice(&document.article.text)),
            count(start),
            count(end),
            text(&document.article.id),
            optional(meta.title.as_deref()),
            optional(meta.publisher.as_deref()),
            optional(meta.url.as_deref()),
            text(&claim.rule),
            Cell::Number(claim.confidence),
            Cell::Boolean(claim.makes_edge()),
        ]
    }
}

/// Local name of a claim's property.
pub(super) fn property<'a>(claim: &'a Claim, ontology: &'a Ontology) -> &'a str {
    let relation = ontology.relation(&claim.relation);
    relation.map_or(&*claim.relation, |one| &*one.property)
}

/// The word for a polarity.
pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

/// The word for a modality.
pub(super) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Demanded => "demanded",
        Modality::Hypothetical => "hypothetical",
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn owned(text: String) -> Cell<'static> {
    Cell::Text(Cow::Owned(text))
}

fn optional(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Empty, text)
}

fn count(number: usize) -> Cell<'static> {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
