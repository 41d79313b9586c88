//! What a graph holds, for catalogues and for query planners: VoID (counts, class and property partitions) and DCAT (title,
//! licence, version, time covered, distributions). All of it is counted from the graph; the version is a hash of its
//! documents, so the same graph has the same description.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use oxigraph::{
    io::RdfFormat,
    model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term},
};

use super::{
    ExportError,
    rdf::{Options, parts},
};
use crate::{
    claim::content_hash,
    ontology::vocab,
    rdf::{FORMATS, Prefixes, Writer, sort},
    store::Store,
};

/// What the publisher says of the graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Title; by default the store's base.
    pub title: Option<&'a str>,
    /// IRI of the licence.
    pub licence: Option<&'a str>,
    /// Where the files will lie (an IRI that ends in `/`): a distribution for each RDF format, `graph.EXTENSION`.
    pub published_at: Option<&'a str>,
}

#[derive(Default)]
struct Counts {
    triples: usize,
    documents: usize,
    classes: BTreeMap<String, usize>,
    properties: BTreeMap<String, usize>,
    entities: usize,
    dates: BTreeSet<String>,
}

impl Counts {
    fn add(&mut self, quad: &Quad) {
        self.triples += 1;
        *self
            .properties
            .entry(quad.predicate.as_str().to_owned())
            .or_default() += 1;
        match &quad.object {
            Term::NamedNode(class) if quad.predicate == vocab::RDF_TYPE => {
                *self.classes.entry(class.as_str().to_owned()).or_default() += 1;
                self.documents += usize::from(*class == vocab::SCHEMA_NEWS_ARTICLE);
                self.entities += usize::from(quad.graph_name == GraphName::DefaultGraph);
            }
            Term::Literal(date) if quad.predicate == vocab::SCHEMA_DATE_PUBLISHED => {
                self.dates.insert(date.value().to_owned());
                if self.dates.len() > 2 {
                    // Only the first and the last matter.
                    let middle = self.dates.iter().nth(1).cloned();
                    middle.map(|one| self.dates.remove(&one));
                }
            }
            _ => {}
        }
    }
}

/// Writes the description of a store's graph.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(
    store: &Store,
    format: RdfFormat,
    options: &Options<'_>,
    about: &About<'_>,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let mut counts = Counts::default();
    parts(store, options, false, |mut quads| {
        sort(&mut quads);
        quads.iter().for_each(|quad| counts.add(quad));
        Ok(())
    })?;
    let hashes: Vec<String> = store.hashes()?.into_iter().collect();
    let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
    let mut quads = Description::new(store).all(&counts, &content_hash(&hashes), about);
    sort(&mut quads);
    let prefixes = Prefixes::new(store.base()).used_by(&quads);
    let mut writer = Writer::new(format, &prefixes, &mut *out);
    for quad in &quads {
        writer.write(quad)?;
    }
    writer.finish()?;
    Ok(out.flush()?)
}

struct Description<'a> {
    store: &'a Store,
    dataset: NamedNode,
    quads: Vec<Quad>,
}

impl<'a> Description<'a> {
    fn new(store: &'a Store) -> Self {
        let dataset = NamedNode::new_unchecked(format!("{}dataset", store.base().as_str()));
        Self {
            store,
            dataset,
            quads: Vec::new(),
        }
    }

    fn all(mut self, counts: &Counts, version: &str, about: &About<'_>) -> Vec<Quad> {
        let dataset = self.dataset.clone();
        self.add(&dataset, vocab::RDF_TYPE, vocab::VOID_DATASET);
        self.add(&dataset, vocab::RDF_TYPE, vocab::DCAT_DATASET);
        let title = about.title.unwrap_or(self.store.base().as_str()).to_owned();
        self.add(
            &dataset,
            vocab::DCTERMS_TITLE,
            Literal::new_simple_literal(title),
        );
        for (text, lang) in [
            (
                "Who did what to whom, according to whom, and the words that say so.",
                "en",
            ),
            (
                "Hvem gjorde hva mot hvem, ifølge hvem, og ordene som sier det.",
                "nb",
            ),
        ] {
            let text = Literal::new_language_tagged_literal_unchecked(text, lang);
            self.add(&dataset, vocab::DCTERMS_DESCRIPTION, text);
        }
        if let Some(licence) = about.licence.and_then(|iri| NamedNode::new(iri).ok()) {
            self.add(&dataset, vocab::DCTERMS_LICENSE, licence);
        }
        self.add(
            &dataset,
            vocab::DCAT_VERSION,
            Literal::new_simple_literal(version),
        );
        self.add(&dataset, vocab::DCTERMS_CONFORMS_TO, vocab::ONTOLOGY_GRAPH);
        self.add(&dataset, vocab::VOID_VOCABULARY, vocab::ONTOLOGY_GRAPH);
        let space = Literal::new_simple_literal(self.store.base().as_str());
        self.add(&dataset, vocab::VOID_URI_SPACE, space);
        for (key, number) in [
            (vocab::VOID_TRIPLES, counts.triples),
            (vocab::VOID_ENTITIES, counts.entities),
            (vocab::VOID_DOCUMENTS, counts.documents),
            (vocab::VOID_CLASSES, counts.classes.len()),
            (vocab::VOID_PROPERTIES, counts.properties.len()),
        ] {
            self.count(&dataset, key, number);
        }
        self.period(&counts.dates);
        self.partitions(counts);
        self.distributions(about);
        self.quads
    }

    fn period(&mut self, dates: &BTreeSet<String>) {
        let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
            return;
        };
        let (dataset, period) = (self.dataset.clone(), self.part("period"));
        self.add(&dataset, vocab::DCTERMS_TEMPORAL, period.clone());
        for (key, date) in [
            (vocab::DCAT_START_DATE, first),
            (vocab::DCAT_END_DATE, last),
        ] {
            let kind = match date.len() {
                0..=4 => vocab::XSD_YEAR,
                5..=7 => vocab::XSD_YEAR_MONTH,
                _ => vocab::XSD_DATE,
            };
            self.add(&period, key, Literal::new_typed_literal(date, kind));
        }
    }

    fn partitions(&mut self, counts: &Counts) {
        let dataset = self.dataset.clone();
        for (number, (class, entities)) in counts.classes.iter().enumerate() {
            let part = self.part(&format!("class-{}", number + 1));
            self.add(&dataset, vocab::VOID_CLASS_PARTITION, part.clone());
            self.add(&part, vocab::VOID_CLASS, NamedNode::new_unchecked(class));
            self.count(&part, vocab::VOID_ENTITIES, *entities);
        }
        for (number, (property, triples)) in counts.properties.iter().enumerate() {
            let part = self.part(&format!("property-{}", number + 1));
            self.add(&dataset, vocab::VOID_PROPERTY_PARTITION, part.clone());
            self.add(
                &part,
                vocab::VOID_PROPERTY,
                NamedNode::new_unchecked(property),
            );
            self.count(&part, vocab::VOID_TRIPLES, *triples);
        }
    }

    fn distributions(&mut self, about: &About<'_>) {
        let Some(folder) = about.published_at else {
            return;
        };
        let dataset = self.dataset.clone();
        for (extension, format, title) in FORMATS {
            let Ok(place) = NamedNode::new(format!("{folder}graph.{extension}")) else {
                continue;
            };
            let file = self.part(&format!("file-{extension}"));
            self.add(&dataset, vocab::DCAT_DISTRIBUTION, file.clone());
            self.add(&file, vocab::RDF_TYPE, vocab::DCAT_DISTRIBUTION_CLASS);
            self.add(
                &file,
                vocab::DCTERMS_TITLE,
                Literal::new_simple_literal(*title),
            );
            self.add(&file, vocab::DCAT_DOWNLOAD_URL, place);
            let media = format!(
                "https://www.iana.org/assignments/media-types/{}",
                format.media_type()
            );
            self.add(
                &file,
                vocab::DCAT_MEDIA_TYPE,
                NamedNode::new_unchecked(media),
            );
        }
    }

    fn part(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}#{name}", self.dataset.as_str()))
    }

    fn count(&mut self, subject: &NamedNode, key: NamedNodeRef<'_>, number: usize) {
        self.add(
            subject,
            key,
            Literal::new_typed_literal(number.to_string(), vocab::XSD_INTEGER),
        );
    }

    fn add(&mut self, subject: &NamedNode, key: NamedNodeRef<'_>, value: impl Into<Term>) {
        self.quads.push(Quad::new(
            subject.clone(),
            key,
            value,
            GraphName::DefaultGraph,
        ));
    }
}
