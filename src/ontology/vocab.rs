//! Every IRI that the program writes or asks for, spelt once.

use oxigraph::model::{NamedNode, NamedNodeRef};

/// Namespace of the ontology (prefix `kilde:`).
pub const KILDE: &str = "https://w3id.org/kilde/ns#";
/// Namespace of the PLOVER event types (prefix `plover:`).
pub const PLOVER: &str = "https://w3id.org/kilde/plover#";
/// Base of entities, documents, claims, events and runs unless the user gives another.
pub const DEFAULT_BASE: &str = "https://w3id.org/kilde/id/";
/// Namespace of Wikidata's items; `http`, as Wikidata mints it.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Prefixes for queries and for Turtle, sorted; the store adds its base's own (`ent:`, `doc:`, `claim:`).
pub const PREFIXES: &[(&str, &str)] = &[
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("kilde", KILDE),
    ("np", "http://www.nanopub.org/nschema#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("plover", PLOVER),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("wd", WIKIDATA),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A term of the ontology by its local name (`agreesWith`), which must be one that the ontology declares.
#[must_use]
pub fn kilde(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{KILDE}{local}"))
}

/// A PLOVER event type by its code (`AGREE`).
#[must_use]
pub fn plover(code: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{PLOVER}{code}"))
}

/// A Wikidata item by its id (`Q38799`).
#[must_use]
pub fn wikidata(id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{WIKIDATA}{id}"))
}

/// Declares constants: `NAME = "iri"`, each documented by its own IRI.
macro_rules! terms {
    ($($name:ident = $iri:expr;)*) => {
        $(
            #[doc = concat!("`", $iri, "`")]
            pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);
        )*
    };
}

/// Terms of the ontology's own namespace.
macro_rules! kilde_terms {
    ($($name:ident = $local:literal;)*) => {
        terms! { $($name = concat!("https://w3id.org/kilde/ns#", $local);)* }
    };
}

kilde_terms! {
    CLASS_ENTITY = "Entity";
    CLASS_CLAIM = "Claim";
    CLASS_MENTION = "Mention";
    CLASS_RECORD = "EntityRecord";
    CLASS_RELAY = "Relay";
    CLASS_EVENT_RELATION = "EventRelation";
    CLASS_STATE_RELATION = "StateRelation";
    SUBJECT = "subject";
    PREDICATE = "predicate";
    OBJECT = "object";
    ACT = "act";
    EVENT_TYPE = "eventType";
    POLARITY = "polarity";
    MODALITY = "modality";
    ACCORDING_TO = "accordingTo";
    VIA = "via";
    RELAY = "relay";
    ORDER = "order";
    EVENT_DATE = "eventDate";
    EARLIEST = "earliest";
    LATEST = "latest";
    REPORTED_ON = "reportedOn";
    PLACE = "place";
    RULE = "rule";
    CONFIDENCE = "confidence";
    BECAUSE = "because";
    DESCRIBES = "describes";
    SUBJECT_MENTION = "subjectMention";
    OBJECT_MENTION = "objectMention";
    SPEAKER_MENTION = "speakerMention";
    PLACE_MENTION = "placeMention";
    RELAY_MENTION = "relayMention";
    REFERS_TO = "refersTo";
    MENTION_KIND = "mentionKind";
    IN_DOCUMENT = "inDocument";
    DESCRIBES_ENTITY = "describesEntity";
    ENTITY_TYPE = "entityType";
    NAME = "name";
    ALIAS = "alias";
    WIKIDATA_ITEM = "wikidata";
    IN_GAZETTEER = "inGazetteer";
    TEXT_HASH = "textHash";
    FRONT_MATTER = "frontMatter";
    PROGRAM_VERSION = "programVersion";
    QUAD_CLASS = "quadClass";
    MOMENTARY = "momentary";
    INDEPENDENT_SOURCES = "independentSources";
    CLASS_CORRECTION = "Correction";
    CORRECTION_KIND = "correctionKind";
    CORRECTS = "corrects";
    CORRECTED_TO = "correctedTo";
    CORRECTED_IN = "correctedIn";
    CORRECTED_BY = "correctedBy";
    CORRECTED_ON = "correctedOn";
    CLASS_ONE_SUBJECT = "OneSubjectRelation";
    POSITIVE = "Positive";
    NEGATIVE = "Negative";
    ASSERTED = "Asserted";
    PLANNED = "Planned";
    POSSIBLE = "Possible";
    DEMANDED = "Demanded";
    HYPOTHETICAL = "Hypothetical";
    NAME_MENTION = "NameMention";
    NOMINAL_MENTION = "NominalMention";
    PRONOUN_MENTION = "PronounMention";
}

terms! {
    RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";
    RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
    RDFS_SUB_CLASS_OF = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
    RDFS_SUB_PROPERTY_OF = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
    OWL_SYMMETRIC = "http://www.w3.org/2002/07/owl#SymmetricProperty";
    SKOS_NOTATION = "http://www.w3.org/2004/02/skos/core#notation";
    SKOS_PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
    SKOS_ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
    SKOS_EXACT_MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch";
    SCHEMA_NEWS_ARTICLE = "https://schema.org/NewsArticle";
    SCHEMA_TEXT = "https://schema.org/text";
    SCHEMA_HEADLINE = "https://schema.org/headline";
    SCHEMA_DATE_PUBLISHED = "https://schema.org/datePublished";
    SCHEMA_PUBLISHER = "https://schema.org/publisher";
    SCHEMA_URL = "https://schema.org/url";
    SCHEMA_DOMAIN_INCLUDES = "https://schema.org/domainIncludes";
    SCHEMA_RANGE_INCLUDES = "https://schema.org/rangeIncludes";
    DCTERMS_IDENTIFIER = "http://purl.org/dc/terms/identifier";
    DCTERMS_LANGUAGE = "http://purl.org/dc/terms/language";
    PROV_ACTIVITY = "http://www.w3.org/ns/prov#Activity";
    PROV_WAS_GENERATED_BY = "http://www.w3.org/ns/prov#wasGeneratedBy";
    PROV_WAS_DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom";
    OA_SPECIFIC_RESOURCE = "http://www.w3.org/ns/oa#SpecificResource";
    OA_POSITION_SELECTOR = "http://www.w3.org/ns/oa#TextPositionSelector";
    OA_QUOTE_SELECTOR = "http://www.w3.org/ns/oa#TextQuoteSelector";
    OA_HAS_SOURCE = "http://www.w3.org/ns/oa#hasSource";
    OA_HAS_SELECTOR = "http://www.w3.org/ns/oa#hasSelector";
    OA_START = "http://www.w3.org/ns/oa#start";
    OA_END = "http://www.w3.org/ns/oa#end";
    OA_EXACT = "http://www.w3.org/ns/oa#exact";
    OA_PREFIX = "http://www.w3.org/ns/oa#prefix";
    OA_SUFFIX = "http://www.w3.org/ns/oa#suffix";
    SEM_EVENT = "http://semanticweb.cs.vu.nl/2009/11/sem/Event";
    SEM_HAS_ACTOR = "http://semanticweb.cs.vu.nl/2009/11/sem/hasActor";
    SEM_HAS_PLACE = "http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace";
    SEM_EVENT_TYPE = "http://semanticweb.cs.vu.nl/2009/11/sem/eventType";
    SEM_HAS_BEGIN = "http://semanticweb.cs.vu.nl/2009/11/sem/hasBeginTimeStamp";
    SEM_HAS_END = "http://semanticweb.cs.vu.nl/2009/11/sem/hasEndTimeStamp";
    RDF_REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
    RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
    OWL_OBJECT_PROPERTY = "http://www.w3.org/2002/07/owl#ObjectProperty";
    OWL_DATATYPE_PROPERTY = "http://www.w3.org/2002/07/owl#DatatypeProperty";
    RDFS_RANGE = "http://www.w3.org/2000/01/rdf-schema#range";
    PROV_WAS_ATTRIBUTED_TO = "http://www.w3.org/ns/prov#wasAttributedTo";
    PROV_AGENT = "http://www.w3.org/ns/prov#Agent";
    NP_NANOPUBLICATION = "http://www.nanopub.org/nschema#Nanopublication";
    NP_HAS_ASSERTION = "http://www.nanopub.org/nschema#hasAssertion";
    NP_HAS_PROVENANCE = "http://www.nanopub.org/nschema#hasProvenance";
    NP_HAS_PUBLICATION_INFO = "http://www.nanopub.org/nschema#hasPublicationInfo";
    DCTERMS_CREATED = "http://purl.org/dc/terms/created";
    DCTERMS_LICENSE = "http://purl.org/dc/terms/license";
    DCTERMS_SOURCE = "http://purl.org/dc/terms/source";
    DCTERMS_TITLE = "http://purl.org/dc/terms/title";
    DCTERMS_DESCRIPTION = "http://purl.org/dc/terms/description";
    DCTERMS_FORMAT = "http://purl.org/dc/terms/format";
    DCTERMS_TEMPORAL = "http://purl.org/dc/terms/temporal";
    DCTERMS_CONFORMS_TO = "http://purl.org/dc/terms/conformsTo";
    DCAT_DATASET = "http://www.w3.org/ns/dcat#Dataset";
    DCAT_DISTRIBUTION_CLASS = "http://www.w3.org/ns/dcat#Distribution";
    DCAT_DISTRIBUTION = "http://www.w3.org/ns/dcat#distribution";
    DCAT_MEDIA_TYPE = "http://www.w3.org/ns/dcat#mediaType";
    DCAT_DOWNLOAD_URL = "http://www.w3.org/ns/dcat#downloadURL";
    DCAT_VERSION = "http://www.w3.org/ns/dcat#version";
    DCAT_START_DATE = "http://www.w3.org/ns/dcat#startDate";
    DCAT_END_DATE = "http://www.w3.org/ns/dcat#endDate";
    VOID_DATASET = "http://rdfs.org/ns/void#Dataset";
    VOID_TRIPLES = "http://rdfs.org/ns/void#triples";
    VOID_ENTITIES = "http://rdfs.org/ns/void#entities";
    VOID_DOCUMENTS = "http://rdfs.org/ns/void#documents";
    VOID_CLASSES = "http://rdfs.org/ns/void#classes";
    VOID_PROPERTIES = "http://rdfs.org/ns/void#properties";
    VOID_CLASS_PARTITION = "http://rdfs.org/ns/void#classPartition";
    VOID_CLASS = "http://rdfs.org/ns/void#class";
    VOID_PROPERTY_PARTITION = "http://rdfs.org/ns/void#propertyPartition";
    VOID_PROPERTY = "http://rdfs.org/ns/void#property";
    VOID_VOCABULARY = "http://rdfs.org/ns/void#vocabulary";
    VOID_URI_SPACE = "http://rdfs.org/ns/void#uriSpace";
    VOID_FEATURE = "http://rdfs.org/ns/void#feature";
    XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";
    XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer";
    XSD_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal";
    XSD_DATE = "http://www.w3.org/2001/XMLSchema#date";
    XSD_YEAR_MONTH = "http://www.w3.org/2001/XMLSchema#gYearMonth";
    XSD_YEAR = "http://www.w3.org/2001/XMLSchema#gYear";
    ONTOLOGY_GRAPH = "https://w3id.org/kilde/ns";
    ALIGNMENTS_GRAPH = "https://w3id.org/kilde/alignments";
    SHAPES_GRAPH = "https://w3id.org/kilde/shapes";
}
