//! What a picture shows and where: actors as boxes or dots, lines between them, words on the lines. Lengths are in points;
//! sizes of letters are estimated, so that a picture is laid out the same whatever fonts a machine has.

mod bundle;
mod crowd;
mod grid;
pub(super) mod labels;
pub(super) mod metrics;
mod routes;

use std::collections::BTreeSet;

use petgraph::{Direction, graph::NodeIndex};

use super::{
    Picture, READABLE_ACTORS,
    forces::Point,
    style::{self, LABELLED_EDGES, Shape},
    words::wrapped,
};
use crate::graph::Graph;
use bundle::lines;
pub(super) use bundle::{Line, relations};
pub(super) use labels::Label;
pub(super) use routes::Route;

/// Actors beyond which a picture is a crowd: most are dots then.
pub(super) const CROWD: usize = 400;

/// How much there is to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Density {
    /// Relations are written on their lines.
    Labelled,
    /// Lines are fainter; words stand only where nothing is in their way.
    Many,
    /// Seen from far away: the busiest actors stand out, the others are dots.
    Crowd,
}

impl Density {
    pub(super) fn of(graph: &Graph) -> Self {
        if graph.node_count() > CROWD {
            Self::Crowd
        } else if graph.edge_count() > LABELLED_EDGES && graph.node_count() > READABLE_ACTORS {
            Self::Many
        } else {
            Self::Labelled
        }
    }

    /// The size of a name: by the logarithm of its actor's claims from 10 to 20 points, in a crowd by their root.
    pub(super) fn font_size(self, weight: usize) -> usize {
        if self == Self::Crowd {
            return (8 + 2 * weight.max(1).isqrt()).min(48);
        }
        let doublings = usize::try_from(weight.max(1).ilog2()).unwrap_or(0);
        (10 + 2 * doublings).min(20)
    }
}

/// An actor in the picture.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) at: Point,
    /// Half its width and height.
    pub(super) half: Point,
    pub(super) look: Shape,
    /// The lines of its name.
    pub(super) name: Vec<String>,
    /// Size of the name's letters.
    pub(super) size: usize,
    /// Whether it is a dot, beside which its name stands if there is room.
    pub(super) dot: bool,
}

/// All of a picture.
#[derive(Clone, Debug)]
pub(super) struct Scene<'a> {
    pub(super) density: Density,
    pub(super) spots: Vec<Spot>,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) labels: Vec<Label>,
}

impl<'a> Scene<'a> {
    /// What is to be drawn, before anything has its place.
    pub(super) fn of(graph: &'a Graph, picture: &Picture<'_>) -> Self {
        let density = Density::of(graph);
        let weights: Vec<usize> = graph
            .node_indices()
            .map(|index| weight(graph, index))
            .collect();
        let boxed = crowd::boxed(&weights, density);
        let spots = graph
            .node_weights()
            .zip(&weights)
            .enumerate()
            .map(|(index, (node, &weight))| {
                let look = style::shape_of(&node.kind, picture.ontology);
                let dot = !boxed.contains(&index);
                let name = wrapped(&node.label);
                let size = if dot {
                    crowd::NAME
                } else {
                    density.font_size(weight)
                };
                let half = if dot {
                    crowd::dot(weight)
                } else {
                    metrics::half(&name, size, &look)
                };
                Spot {
                    at: Point::default(),
                    half,
                    look,
                    name,
                    size,
                    dot,
                }
            })
            .collect();
        Self {
            density,
            spots,
            lines: lines(graph, density),
            labels: Vec::new(),
        }
    }

    /// Puts the actors in their places, draws the lines between them and the words on these.
    pub(super) fn place(&mut self, places: &[Point]) {
        for (spot, &place) in self.spots.iter_mut().zip(places) {
            spot.at = place;
        }
        routes::draw(&self.spots, &mut self.lines);
        self.labels = if self.density == Density::Crowd {
            crowd::names(&self.spots)
        } else {
            labels::place(self)
        };
    }

    /// Which actors have lines between them, each pair once.
    pub(super) fn pairs(&self) -> BTreeSet<(usize, usize)> {
        let pair = |line: &Line<'_>| (line.from.min(line.to), line.from.max(line.to));
        self.lines.iter().map(pair).collect()
    }
}

/// How many claims an actor has part in.
pub(super) fn weight(graph: &Graph, index: NodeIndex) -> usize {
    [Direction::Outgoing, Direction::Incoming]
        .into_iter()
        .flat_map(|direction| graph.edges_directed(index, direction))
        .map(|edge| edge.weight().sources.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claim::{Modality, Polarity},
        graph::{Edge, Node, Source},
        ontology::Ontology,
    };

    fn actor(graph: &mut Graph, id: &str) -> NodeIndex {
        graph.add_node(Node {
            id: id.into(),
            label: id.to_owned(),
            kind: "State".into(),
            wikidata: None,
        })
    }

    fn edge(label: &str, quad_class: u8, claims: usize) -> Edge {
        let source = Source {
            claim: "a-1".into(),
            quote: "as it stands".into(),
            document: "a".into(),
            reported: None,
            date: None,
            speaker: None,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            stands: true,
            act: "act".into(),
            confidence: 1.0,
        };
        Edge {
            relation: label.into(),
            property: label.into(),
            label: label.to_owned(),
            symmetric: false,
            quad_class: Some(quad_class),
            plain: true,
            disputed: false,
            sources: vec![source; claims],
        }
    }

    fn scene<'a>(graph: &'a Graph, places: &[(f64, f64)]) -> Scene<'a> {
        let picture = Picture {
            title: "",
            lang: "en",
            ontology: Ontology::embedded(),
        };
        let mut scene = Scene::of(graph, &picture);
        let places: Vec<Point> = places.iter().map(|&(x, y)| Point { x, y }).collect();
        scene.place(&places);
        scene
    }

    #[test]
    fn relations_of_one_colour_and_direction_are_one_line() {
        let mut graph = Graph::new();
        let (one, other) = (actor(&mut graph, "Norland"), actor(&mut graph, "Vestia"));
        graph.add_edge(one, other, edge("accuses", 3, 1));
        graph.add_edge(one, other, edge("threatens", 3, 4));
        graph.add_edge(one, other, edge("attacks", 4, 1));
        graph.add_edge(other, one, edge("accuses", 3, 1));
        let scene = scene(&graph, &[(0.0, 0.0), (300.0, 0.0)]);
        let words: Vec<Vec<String>> = scene.lines.iter().map(relations).collect();
        assert_eq!(
            words,
            [
                vec!["threatens ×4", "accuses"],
                vec!["attacks"],
                vec!["accuses"]
            ]
        );
        assert_eq!(scene.lines[0].claims(), 5);
    }

    #[test]
    fn a_line_bends_past_an_actor_that_stands_in_its_way() {
        let mut graph = Graph::new();
        let (one, other) = (actor(&mut graph, "Norland"), actor(&mut graph, "Vestia"));
        actor(&mut graph, "Ostland");
        graph.add_edge(one, other, edge("attacks", 4, 1));
        let middle = |third: (f64, f64)| {
            let scene = scene(&graph, &[(0.0, 0.0), (400.0, 0.0), third]);
            let route = scene.lines[0].route;
            route.at(0.5).y.abs()
        };
        assert!(middle((200.0, 90.0)) < 1e-6);
        assert!(middle((200.0, 4.0)) > 12.0);
    }

    #[test]
    fn words_without_room_are_left_out_and_their_number_stays_if_it_fits() {
        let mut graph = Graph::new();
        let (one, other) = (actor(&mut graph, "Norland"), actor(&mut graph, "Vestia"));
        graph.add_edge(one, other, edge("reduces relations with", 4, 7));
        let words = |way: f64| {
            let scene = scene(&graph, &[(0.0, 0.0), (way, 0.0)]);
            scene.labels.into_iter().next().map(|label| label.text)
        };
        assert_eq!(words(300.0).unwrap(), ["reduces relations with ×7"]);
        assert_eq!(words(100.0).unwrap(), ["×7"]);
        assert_eq!(words(62.0), None);
    }
}
