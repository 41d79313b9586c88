//! That pictures can be read, as numbers: how many words lie on other words, and through how many a line runs. Where a
//! layout puts words without looking for room, those are up to a quarter and up to a half of the words of 60 actors.

use std::{process::Command, sync::LazyLock, time::Duration};

use kilde::{
    export::{Picture, svg},
    ontology::Ontology,
    query::{Filter, View},
};
use regex::Regex;

use crate::world::{crowd, stored};

/// Words in a picture.
struct Words {
    /// The element that they belong to: the lines of one name lie close.
    group: usize,
    /// Left, top, right, bottom.
    area: [f64; 4],
    /// Whether something filled lies between them and what was drawn before.
    on_ground: bool,
    text: String,
}

/// What a picture shows, in the order in which it is drawn.
#[derive(Default)]
struct Drawing {
    words: Vec<Words>,
    /// Points of lines, with the number of words that were drawn before.
    strokes: Vec<(usize, [f64; 2])>,
}

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<(/?[a-z]+)\b([^>]*)>([^<]*)").unwrap());
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\b([a-z-]+)="([^"]*)""#).unwrap());
static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"-?\d+(\.\d+)?").unwrap());

impl Drawing {
    fn of(svg: &str) -> Self {
        let mut drawing = Self::default();
        let (mut group, mut ground) = (0, false);
        for tag in TAG.captures_iter(svg) {
            let attribute = |name: &str| {
                ATTRIBUTE
                    .captures_iter(tag.get(2).unwrap().as_str())
                    .find(|one| &one[1] == name)
                    .map(|one| one[2].to_owned())
            };
            let number = |name: &str| attribute(name).and_then(|text| text.parse::<f64>().ok());
            let fill = attribute("fill").unwrap_or_default();
            let filled = !fill.is_empty() && fill != "none";
            match &tag[1] {
                "g" => (group, ground) = (group + 1, false),
                "polygon" if attribute("class").is_none() => ground = filled,
                "ellipse" | "rect" => (group, ground) = (group + 1, filled),
                "path" if filled => ground = true,
                "path" => {
                    let points = curve(&attribute("d").unwrap());
                    let before = drawing.words.len();
                    drawing
                        .strokes
                        .extend(points.into_iter().map(|point| (before, point)));
                }
                "text" => {
                    let size = number("font-size").unwrap_or(12.0);
                    let text = tag[3].to_owned();
                    // Narrower than most fonts, and lower: only what surely overlaps counts.
                    let width = text.chars().count() as f64 * size * 0.5;
                    let (x, y) = (number("x").unwrap(), number("y").unwrap());
                    let start = match attribute("text-anchor").as_deref() {
                        Some("middle") => x - width / 2.0,
                        _ => x,
                    };
                    drawing.words.push(Words {
                        group,
                        area: [start, y - size * 0.7, start + width, y],
                        on_ground: ground,
                        text,
                    });
                }
                _ => {}
            }
        }
        drawing
    }

    /// Shares of the words that lie on others, and of those through which a line runs.
    fn unreadable(&self) -> (f64, f64) {
        let covered = |one: &&Words| {
            self.words.iter().any(|other| {
                let ([left, top, right, bottom], [l, t, r, b]) = (one.area, other.area);
                one.group != other.group && left < r && l < right && top < b && t < bottom
            })
        };
        let crossed = |(index, one): &(usize, &Words)| {
            let [left, top, right, bottom] = one.area;
            self.strokes.iter().any(|&(before, [x, y])| {
                let over = before > *index || !one.on_ground;
                over && left < x && x < right && top < y && y < bottom
            })
        };
        let count = self.words.len() as f64;
        (
            self.words.iter().filter(covered).count() as f64 / count,
            self.words.iter().enumerate().filter(crossed).count() as f64 / count,
        )
    }
}

/// Points on a path of Graphviz or of the plain layout: pieces of cubic curves, or one quadratic one.
fn curve(path: &str) -> Vec<[f64; 2]> {
    let numbers: Vec<f64> = NUMBER
        .find_iter(path)
        .map(|number| number.as_str().parse().unwrap())
        .collect();
    let ends: Vec<[f64; 2]> = numbers
        .chunks_exact(2)
        .map(|pair| [pair[0], pair[1]])
        .collect();
    let degree = if path.contains('Q') { 2 } else { 3 };
    let mut points = Vec::new();
    for piece in 0..(ends.len() - 1) / degree {
        let piece = &ends[piece * degree..=(piece + 1) * degree];
        points.extend((0..=60).map(|step| along(piece, f64::from(step) / 60.0)));
    }
    points
}

/// De Casteljau's algorithm.
fn along(ends: &[[f64; 2]], share: f64) -> [f64; 2] {
    if let [only] = ends {
        return *only;
    }
    let between: Vec<[f64; 2]> = ends
        .windows(2)
        .map(|pair| [0, 1].map(|axis| pair[0][axis] * (1.0 - share) + pair[1][axis] * share))
        .collect();
    along(&between, share)
}

fn draw(actors: usize, edges: usize, program: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let store = stored(folder.path(), &crowd(actors, edges));
    let graph = View::of_store(&store).unwrap().graph(&Filter::default());
    let picture = Picture {
        title: "",
        lang: "en",
        ontology: Ontology::embedded(),
    };
    let mut out = Vec::new();
    svg::write(
        &graph,
        &picture,
        program,
        Duration::from_secs(120),
        &mut out,
    )
    .unwrap();
    String::from_utf8(out).unwrap()
}

/// Graphviz, if it is installed, and the plain layout.
fn programs() -> Vec<&'static str> {
    let mut programs = vec!["no-such-program"];
    if Command::new("dot").arg("-V").output().is_ok() {
        programs.push("dot");
    }
    programs
}

#[test]
fn words_in_pictures_lie_on_no_others_and_under_no_line() {
    for program in programs() {
        for (actors, edges) in [(30, 50), (60, 150), (300, 600), (1000, 2000)] {
            let picture = draw(actors, edges, program);
            let drawing = Drawing::of(&picture);
            let (covered, crossed) = drawing.unreadable();
            let told = format!("{program} {actors}: {covered:.3} covered, {crossed:.3} crossed");
            assert!(covered <= 0.01, "{told}");
            assert!(crossed <= 0.01, "{told}");
            // What is left out to be readable must not be nearly all.
            let expected = if actors > 400 { 400 } else { actors };
            assert!(drawing.words.len() >= expected, "{told}");
            assert!(
                drawing.words.iter().any(|one| one.text.contains('×')) || actors > 400,
                "{told}"
            );
        }
    }
}

#[test]
fn the_same_graph_gives_the_same_picture() {
    for program in programs() {
        assert_eq!(draw(60, 120, program), draw(60, 120, program));
    }
}
