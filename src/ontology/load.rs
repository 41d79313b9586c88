//! Reads the ontology's three Turtle files, from the program or from a folder: the relations and types that the
//! program works with, and all their triples as named graphs to load beside the data.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use oxigraph::{
    io::{RdfFormat, RdfParseError, RdfParser},
    model::{BlankNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple},
};

use super::{Ontology, meaning::Facts, vocab};

/// Why an ontology could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum OntologyError {
    /// A file could not be read.
    #[error("{}: {source}; the ontology's folder holds kilde.ttl and may hold alignments.ttl and shapes.ttl", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is no Turtle.
    #[error("{}:{line}:{column}: {message}", .file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What is wrong there.
        message: String,
    },
    /// The triples do not make an ontology.
    #[error("{}:{line}: {message}", .file.display())]
    Meaning {
        /// The file.
        file: PathBuf,
        /// The line where the term is first named, from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}

/// One file of an ontology.
#[derive(Clone, Debug)]
struct Source {
    file: PathBuf,
    text: String,
    graph: NamedNodeRef<'static>,
}

/// The files of an ontology, parsed: what the program works with and the triples to load beside the data.
#[derive(Clone, Debug)]
pub struct OntologyFiles {
    /// Relations and types.
    pub ontology: Ontology,
    /// All triples, each in the named graph of its file; the same at every load of the same files.
    pub quads: Vec<Quad>,
    /// The files' names and texts, `kilde.ttl` first.
    pub texts: Vec<(String, String)>,
}

impl OntologyFiles {
    /// The ontology that is part of the program.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "the files are part of the program and tested"
    )]
    pub fn embedded() -> &'static Self {
        static FILES: OnceLock<OntologyFiles> = OnceLock::new();
        FILES.get_or_init(|| {
            parse(&[
                source(
                    "kilde.ttl",
                    include_str!("../../ontology/kilde.ttl"),
                    vocab::ONTOLOGY_GRAPH,
                ),
                source(
                    "alignments.ttl",
                    include_str!("../../ontology/alignments.ttl"),
                    vocab::ALIGNMENTS_GRAPH,
                ),
                source(
                    "shapes.ttl",
                    include_str!("../../ontology/shapes.ttl"),
                    vocab::SHAPES_GRAPH,
                ),
            ])
            .expect("the ontology in the program is sound: a test loads these very files")
        })
    }

    /// Loads `kilde.ttl` and, where they are there, `alignments.ttl` and `shapes.ttl` from a folder.
    ///
    /// # Errors
    /// If a file cannot be read, is no Turtle, or names relations or types that make no sense; with file and line.
    pub fn load(folder: &Path) -> Result<Self, OntologyError> {
        let mut sources = vec![read(folder, "kilde.ttl", vocab::ONTOLOGY_GRAPH)?];
        for (name, graph) in [
            ("alignments.ttl", vocab::ALIGNMENTS_GRAPH),
            ("shapes.ttl", vocab::SHAPES_GRAPH),
        ] {
            if folder.join(name).exists() {
                sources.push(read(folder, name, graph)?);
            }
        }
        parse(&sources)
    }
}

impl Ontology {
    /// The ontology that is part of the program, parsed once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &OntologyFiles::embedded().ontology
    }

    /// Loads an ontology from a folder, as [`OntologyFiles::load`] does, without its triples.
    ///
    /// # Errors
    /// As [`OntologyFiles::load`].
    pub fn load(folder: &Path) -> Result<Self, OntologyError> {
        OntologyFiles::load(folder).map(|files| files.ontology)
    }
}

fn source(file: &str, text: &str, graph: NamedNodeRef<'static>) -> Source {
    Source {
        file: file.into(),
        text: text.to_owned(),
        graph,
    }
}

fn read(folder: &Path, name: &str, graph: NamedNodeRef<'static>) -> Result<Source, OntologyError> {
    let file = folder.join(name);
    match fs::read_to_string(&file) {
        Ok(text) => Ok(Source { file, text, graph }),
        Err(source) => Err(OntologyError::Read { file, source }),
    }
}

/// The first source holds the relations and types.
fn parse(sources: &[Source]) -> Result<OntologyFiles, OntologyError> {
    let mut quads = Vec::new();
    let mut ontology = Ontology::default();
    for (index, source) in sources.iter().enumerate() {
        let triples = triples(source, index)?;
        if index == 0 {
            let facts = Facts::new(&source.file, &source.text, &triples);
            ontology.types = facts.types()?;
            ontology.relations = facts.relations(&ontology.types)?;
        }
        quads.extend(
            triples
                .into_iter()
                .map(|triple| triple.in_graph(source.graph)),
        );
    }
    let text = |source: &Source| {
        let name = source.file.file_name().unwrap_or_default();
        (name.to_string_lossy().into_owned(), source.text.clone())
    };
    Ok(OntologyFiles {
        ontology,
        quads,
        texts: sources.iter().map(text).collect(),
    })
}

/// The file's triples. Blank nodes are named by file and order, so that two loads give the same triples.
fn triples(source: &Source, index: usize) -> Result<Vec<Triple>, OntologyError> {
    let parser = RdfParser::from_format(RdfFormat::Turtle).without_named_graphs();
    let mut names = BTreeMap::new();
    let mut rename = |node: &str| {
        let count = names.len();
        let number = *names.entry(node.to_owned()).or_insert(count);
        BlankNode::new_unchecked(format!("o{index}x{number}"))
    };
    let mut triples = Vec::new();
    for quad in parser.for_slice(source.text.as_bytes()) {
        let mut quad = quad.map_err(|error| syntax_error(&source.file, &error.into()))?;
        if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
            quad.subject = rename(node.as_str()).into();
        }
        if let Term::BlankNode(node) = &quad.object {
            quad.object = rename(node.as_str()).into();
        }
        triples.push(Triple::new(quad.subject, quad.predicate, quad.object));
    }
    Ok(triples)
}

fn syntax_error(file: &Path, error: &RdfParseError) -> OntologyError {
    let position = match error {
        RdfParseError::Syntax(error) => error.location().map(|range| range.start),
        RdfParseError::Io(_) => None,
    };
    let (line, column) = position.map_or((1, 1), |at| (at.line + 1, at.column + 1));
    OntologyError::Syntax {
        file: file.to_owned(),
        line,
        column,
        message: error.to_string(),
    }
}
