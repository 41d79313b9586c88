//! SPARQL CONSTRUCT over one part of a graph after the other: the RDF 1.2 profile and the alignments. A part is the default
//! graph or a document's; what is constructed from it belongs to it. Only one part is in memory at a time.

use oxigraph::{
    model::{GraphName, GraphNameRef, Quad},
    sparql::{PreparedSparqlQuery, QueryResults, SparqlEvaluator},
    store::Store as Oxigraph,
};

use super::ExportError;
use crate::ontology::{FILES, OntologyFiles, vocab};

const RDF12: &str = include_str!("../../ontology/profiles/rdf12.rq");

/// Queries of the program, to run over parts.
pub(super) struct Constructor {
    graph: Oxigraph,
    queries: Vec<PreparedSparqlQuery>,
    /// Whether what is constructed joins the part or takes its place.
    adds: bool,
}

impl Constructor {
    /// Turns claims into reifiers of triple terms.
    pub(super) fn rdf12() -> Result<Self, ExportError> {
        Ok(Self {
            graph: Oxigraph::new().map_err(ExportError::rules)?,
            queries: vec![prepared(RDF12)?],
            adds: false,
        })
    }

    /// Adds what the ontology's alignments say: the rules of `ontology/rules/`, in the order of their names.
    pub(super) fn alignments(ontology: &OntologyFiles) -> Result<Self, ExportError> {
        let graph = Oxigraph::new().map_err(ExportError::rules)?;
        let wanted = [vocab::ONTOLOGY_GRAPH, vocab::ALIGNMENTS_GRAPH]
            .map(|graph| GraphName::NamedNode(graph.into_owned()));
        for quad in &ontology.quads {
            if wanted.contains(&quad.graph_name) {
                let mut quad = quad.clone();
                quad.graph_name = vocab::ONTOLOGY_GRAPH.into_owned().into();
                graph.insert(&quad).map_err(ExportError::rules)?;
            }
        }
        let folder = FILES.get_dir("rules");
        let mut files: Vec<_> = folder
            .into_iter()
            .flat_map(include_dir::Dir::files)
            .collect();
        files.sort_by_key(|file| file.path());
        let texts = files.iter().filter_map(|file| file.contents_utf8());
        Ok(Self {
            graph,
            queries: texts.map(prepared).collect::<Result<_, _>>()?,
            adds: true,
        })
    }

    /// The part as the queries make it, in the graph that it stands in.
    pub(super) fn run(&self, part: Vec<Quad>) -> Result<Vec<Quad>, ExportError> {
        let Some(name) = part.first().map(|quad| quad.graph_name.clone()) else {
            return Ok(part);
        };
        let mut load = self.graph.bulk_loader();
        let own = part.iter().cloned().map(|mut quad| {
            quad.graph_name = GraphName::DefaultGraph;
            quad
        });
        load.load_quads(own).map_err(ExportError::rules)?;
        load.commit().map_err(ExportError::rules)?;
        let mut made = if self.adds { part } else { Vec::new() };
        for query in &self.queries {
            let results = query.clone().on_store(&self.graph).execute();
            let QueryResults::Graph(triples) = results.map_err(ExportError::rules)? else {
                continue;
            };
            let found: Vec<Quad> = triples
                .map(|triple| Ok(triple.map_err(ExportError::rules)?.in_graph(name.clone())))
                .collect::<Result<_, ExportError>>()?;
            if self.adds {
                for quad in &found {
                    let triple = oxigraph::model::TripleRef::new(
                        &quad.subject,
                        &quad.predicate,
                        &quad.object,
                    );
                    let quad = triple.in_graph(GraphNameRef::DefaultGraph);
                    self.graph.insert(quad).map_err(ExportError::rules)?;
                }
            }
            made.extend(found);
        }
        self.graph
            .clear_graph(GraphNameRef::DefaultGraph)
            .map_err(ExportError::rules)?;
        Ok(made)
    }
}

fn prepared(text: &str) -> Result<PreparedSparqlQuery, ExportError> {
    SparqlEvaluator::new()
        .parse_query(text)
        .map_err(ExportError::rules)
}
