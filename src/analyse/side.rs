//! One side of a comparison: a store, a store as of a day, or an export, as documents by hash that can be looked into, and
//! the graph of entities and edges. Documents that are alike on both sides are told by their hashes, and never opened.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use oxigraph::{
    io::{RdfFormat, RdfParseError, RdfParser},
    model::{GraphName, NamedOrBlankNode, Quad, Term},
};

use crate::{
    document::PartialDate,
    ontology::vocab,
    store::{Base, Scope, Store, StoreError, bytes_hash, sorted_lines},
};

/// Why two sides cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// A store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An export could not be read.
    #[error("{}: {source}", .file.display())]
    Export {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        source: RdfParseError,
    },
    /// What stands behind the `@` is no day.
    #[error("{name}: {message}; write STORE@YYYY-MM-DD")]
    Day {
        /// The side as the user wrote it.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// The sides name things after different bases.
    #[error("the two sides have different bases: {one} and {other}; they have no name in common")]
    Bases {
        /// One base.
        one: String,
        /// The other.
        other: String,
    },
}

/// One side of a comparison.
pub(super) struct Side {
    pub(super) base: Base,
    /// What tells a document from another state of it, by hash.
    pub(super) keys: BTreeMap<String, String>,
    /// Entities and edges, where they were given.
    derived: Option<Vec<Quad>>,
    /// Statements about corrections.
    pub(super) corrections: Vec<Quad>,
    holds: Holds,
}

enum Holds {
    Store(Box<Store>),
    Documents(BTreeMap<String, Vec<Quad>>),
}

impl Side {
    /// Opens both sides; documents of two stores that are corrected alike are compared by their files.
    pub(super) fn both(before: &str, after: &str) -> Result<(Self, Self), DiffError> {
        let (one, other) = (open(before)?, open(after)?);
        let plain = |holds: &Opened| match holds {
            Opened::Store(store) => store.corrections().is_empty(),
            Opened::Export { .. } => true,
        };
        let by_file = plain(&one) && plain(&other);
        let (one, other) = (Self::of(one, by_file)?, Self::of(other, by_file)?);
        // An export without documents does not say what its base is.
        if one.base != other.base && !one.keys.is_empty() && !other.keys.is_empty() {
            return Err(DiffError::Bases {
                one: one.base.as_str().to_owned(),
                other: other.base.as_str().to_owned(),
            });
        }
        Ok((one, other))
    }

    /// Whether entities and edges can be worked out for some entities alone.
    pub(super) fn can_choose(&self) -> bool {
        self.derived.is_none()
    }

    /// Entities, edges and how many tell an event; if some entities and events are given, only what is about them.
    pub(super) fn derived(
        &self,
        about: Option<&(BTreeSet<String>, BTreeSet<String>)>,
    ) -> Result<Vec<Quad>, StoreError> {
        match (&self.holds, &self.derived, about) {
            (Holds::Store(store), _, Some((entities, events))) => {
                let facts = store.facts_about(entities, events)?;
                Ok(facts.quads(store.base(), store.ontology()))
            }
            (Holds::Store(store), _, None) => store.default_graph(),
            (_, derived, _) => Ok(derived.clone().unwrap_or_default()),
        }
    }

    /// The quads of a document.
    pub(super) fn document(&self, hash: &str) -> Result<Vec<Quad>, StoreError> {
        match &self.holds {
            Holds::Store(store) => store.quads(hash),
            Holds::Documents(documents) => Ok(documents.get(hash).cloned().unwrap_or_default()),
        }
    }

    fn of(opened: Opened, by_file: bool) -> Result<Self, DiffError> {
        match opened {
            Opened::Store(store) => {
                let mut keys = BTreeMap::new();
                for (hash, card) in store.cards()? {
                    let key = if by_file {
                        card.bytes
                    } else {
                        bytes_hash(sorted_lines(&store.quads(&hash)?).as_bytes())
                    };
                    keys.insert(hash, key);
                }
                Ok(Self {
                    base: store.base().clone(),
                    keys,
                    derived: None,
                    corrections: store.corrections().quads(store.base()),
                    holds: Holds::Store(store),
                })
            }
            Opened::Export {
                base,
                derived,
                documents,
                corrections,
            } => {
                let key = |quads: &Vec<Quad>| bytes_hash(sorted_lines(quads).as_bytes());
                Ok(Self {
                    keys: documents
                        .iter()
                        .map(|(hash, quads)| (hash.clone(), key(quads)))
                        .collect(),
                    base,
                    derived: Some(derived),
                    corrections,
                    holds: Holds::Documents(documents),
                })
            }
        }
    }
}

enum Opened {
    Store(Box<Store>),
    Export {
        base: Base,
        derived: Vec<Quad>,
        documents: BTreeMap<String, Vec<Quad>>,
        corrections: Vec<Quad>,
    },
}

fn open(name: &str) -> Result<Opened, DiffError> {
    if Path::new(name).is_file() {
        return export(Path::new(name));
    }
    let (folder, day) = match name.rsplit_once('@') {
        Some((folder, day)) if !Path::new(name).exists() => (folder, Some(day)),
        _ => (name, None),
    };
    let as_of = day.map(str::parse::<PartialDate>).transpose();
    let as_of = as_of.map_err(|message| DiffError::Day {
        name: name.to_owned(),
        message,
    })?;
    let scope = Scope {
        as_of,
        during: None,
    };
    let store = Store::open(Path::new(folder))?.with_scope(scope)?;
    Ok(Opened::Store(Box::new(store)))
}

/// An export with a named graph per document, in any format that can hold them.
fn export(file: &Path) -> Result<Opened, DiffError> {
    let wrong = |source: RdfParseError| DiffError::Export {
        file: file.to_owned(),
        source,
    };
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let format = RdfFormat::from_extension(&extension).unwrap_or(RdfFormat::NQuads);
    let reader = File::open(file).map_err(|error| wrong(error.into()))?;
    let mut derived = Vec::new();
    let mut graphs: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    for quad in RdfParser::from_format(format).for_reader(BufReader::new(reader)) {
        let quad = quad.map_err(&wrong)?;
        match &quad.graph_name {
            GraphName::NamedNode(graph) => {
                let name = graph.as_str().to_owned();
                graphs.entry(name).or_default().push(quad);
            }
            _ => derived.push(quad),
        }
    }
    let base = graphs
        .keys()
        .find_map(|graph| base_of(graph))
        .unwrap_or_default();
    let (mut documents, mut corrections) = (BTreeMap::new(), Vec::new());
    for (graph, quads) in graphs {
        if let Some(hash) = base.document_hash(&graph) {
            documents.insert(hash, quads);
        } else if graph == base.corrections().as_str() {
            corrections = quads;
        }
    }
    Ok(Opened::Export {
        base,
        derived,
        documents,
        corrections,
    })
}

/// The base of a document's graph.
fn base_of(graph: &str) -> Option<Base> {
    let (start, hash) = graph.rsplit_once("doc/")?;
    let is_hash = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| Base::new(start).ok()).flatten()
}

/// What a document says, as far as two states of it are compared.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its id.
    pub(super) id: String,
    /// Claims by id.
    pub(super) claims: BTreeMap<String, Told>,
    /// Ids of the entities that it describes.
    pub(super) entities: BTreeSet<String>,
    /// Ids of the events that it tells.
    pub(super) events: BTreeSet<String>,
    /// Whom its words stand for, by their place.
    pub(super) mentions: BTreeMap<String, BTreeSet<String>>,
}

/// A claim as far as two states of it are compared; actors by id, all else by local name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// Who or what acts.
    pub subject: String,
    /// The property.
    pub relation: String,
    /// Whom or what it concerns.
    pub object: String,
    /// `Positive` or `Negative`.
    pub polarity: String,
    /// `Asserted`, `Planned` and so on.
    pub modality: String,
    /// The innermost speaker, if there is one.
    pub speaker: String,
    /// Id of its document.
    pub document: String,
    /// The words that it rests on.
    pub quote: String,
}

/// Reads what is compared from the quads of a document, whole or without its text.
pub(super) fn said(quads: &[Quad], base: &Base) -> Said {
    let mut nodes: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            nodes.entry(subject.as_str()).or_default().push(quad);
        }
    }
    let mut said = Said::default();
    for quad in quads {
        if quad.predicate == vocab::DCTERMS_IDENTIFIER {
            said.id = text(&quad.object).to_owned();
        } else if quad.predicate == vocab::DESCRIBES_ENTITY {
            said.entities.extend(base.entity_id(text(&quad.object)));
        } else if quad.predicate == vocab::DESCRIBES {
            said.events.extend(base.event_id(text(&quad.object)));
        }
    }
    for (subject, own) in &nodes {
        let get = |predicate| {
            let found = own.iter().find(|quad| quad.predicate.as_ref() == predicate);
            found.map_or("", |quad| text(&quad.object))
        };
        let is = |class: oxigraph::model::NamedNodeRef<'_>| {
            own.iter().any(|quad| {
                quad.predicate == vocab::RDF_TYPE && text(&quad.object) == class.as_str()
            })
        };
        let entity = |predicate| base.entity_id(get(predicate)).unwrap_or_default();
        let local = |predicate| {
            get(predicate)
                .strip_prefix(vocab::KILDE)
                .unwrap_or("")
                .to_owned()
        };
        if let Some(id) = base.claim_id(subject).filter(|_| is(vocab::CLASS_CLAIM)) {
            let quote = nodes.get(&*format!("{}&quote", get(vocab::PROV_WAS_DERIVED_FROM)));
            let quote = quote.into_iter().flatten();
            let quote = quote.clone().find(|quad| quad.predicate == vocab::OA_EXACT);
            let told = Told {
                subject: entity(vocab::SUBJECT),
                relation: local(vocab::PREDICATE),
                object: entity(vocab::OBJECT),
                polarity: local(vocab::POLARITY),
                modality: local(vocab::MODALITY),
                speaker: entity(vocab::ACCORDING_TO),
                document: said.id.clone(),
                quote: quote.map_or("", |quad| text(&quad.object)).to_owned(),
            };
            said.claims.insert(id, told);
        } else if is(vocab::CLASS_MENTION) {
            let place = format!("{}-{}", get(vocab::OA_START), get(vocab::OA_END));
            let entity = entity(vocab::REFERS_TO);
            said.mentions.entry(place).or_default().insert(entity);
        }
    }
    said
}

fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(_) | Term::Triple(_) => "",
    }
}
