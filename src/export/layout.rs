//! Where Graphviz puts the actors of a picture. It is given boxes and how far apart they like to be, but no words: what it
//! answers then depends neither on fonts nor on what the words are.

use std::{collections::BTreeMap, fmt::Write, time::Duration};

use super::{
    forces::Point,
    scene::{CROWD, Density, Scene, labels, metrics, relations},
    svg::run,
};

/// Points in an inch.
const INCH: f64 = 72.0;
/// A picture whose width is a smaller share of its height is turned on its side: screens and pages are wider than high.
const TURN: f64 = 0.85;

/// Asks Graphviz; why it does not answer, if so.
pub(super) fn places(
    scene: &Scene<'_>,
    program: &str,
    patience: Duration,
) -> Result<Vec<Point>, String> {
    let count = scene.spots.len();
    let ask = |places: Option<&[Point]>| {
        let options: &[&str] = match places {
            Some(_) => &["-Kneato", "-n", "-Tplain"],
            None => &["-Tplain"],
        };
        let plain = run(
            program,
            options,
            skeleton(scene, places).into_bytes(),
            patience,
        )?;
        read(&String::from_utf8_lossy(&plain), count)
            .ok_or_else(|| format!("{program} failed: it left the layout unfinished"))
    };
    let places = ask(None)?;
    let (width, height) = extent(&places);
    if width >= height * TURN {
        return Ok(places);
    }
    let turned: Vec<Point> = places
        .iter()
        .map(|place| Point {
            x: place.y,
            y: place.x,
        })
        .collect();
    ask(Some(&turned))
}

fn extent(places: &[Point]) -> (f64, f64) {
    let range = |along: fn(&Point) -> f64| {
        let all = places.iter().map(along);
        let (low, high) = (
            all.clone().fold(f64::MAX, f64::min),
            all.fold(f64::MIN, f64::max),
        );
        (high - low).max(0.0)
    };
    (range(|place| place.x), range(|place| place.y))
}

/// The graph without words. Few actors are placed by stress, so that lines are as long as their words need; many by forces,
/// which is faster.
fn skeleton(scene: &Scene<'_>, places: Option<&[Point]>) -> String {
    let many = scene.spots.len() > CROWD;
    let layout = if many {
        "layout=sfdp, K=0.6, repulsiveforce=1.6, sep=\"+7\""
    } else {
        "layout=neato, mode=major, pack=18, sep=\"+12\", overlap_scaling=0, overlap_shrink=false"
    };
    let mut source = format!(
        "graph {{\n  graph [{layout}, overlap=prism, splines=false, start=1];\n  node [shape=box, fixedsize=true, label=\"\"];\n"
    );
    for (index, spot) in scene.spots.iter().enumerate() {
        let place = places.map_or_else(String::new, |places| {
            format!(", pos=\"{:.2},{:.2}\"", places[index].x, places[index].y)
        });
        // Writing to a string cannot fail.
        let _ = writeln!(
            source,
            "  n{index} [width={:.3}, height={:.3}{place}];",
            spot.half.x * 2.0 / INCH,
            spot.half.y * 2.0 / INCH
        );
    }
    for ((one, other), length) in lengths(scene) {
        let _ = writeln!(source, "  n{one} -- n{other} [len={length:.3}];");
    }
    source.push_str("}\n");
    source
}

/// How long the line between two actors should be, in inches: room for both and for the words between them, and the more
/// the more others each of them has, for these need room too.
fn lengths(scene: &Scene<'_>) -> Vec<((usize, usize), f64)> {
    let pairs = scene.pairs();
    let mut near = vec![Vec::new(); scene.spots.len()];
    for &(one, other) in &pairs {
        near[one].push(other);
        near[other].push(one);
    }
    // The widest words on lines between two actors, and how many lines these are.
    let mut between: BTreeMap<(usize, usize), (f64, usize)> = BTreeMap::new();
    for line in &scene.lines {
        let pair = (line.from.min(line.to), line.from.max(line.to));
        let (widest, count) = between.entry(pair).or_default();
        *count += 1;
        if scene.density == Density::Labelled {
            *widest = widest.max(metrics::area(&relations(line), labels::SIZE).x);
        }
    }
    pairs
        .into_iter()
        .map(|(one, other)| {
            let shared = near[one]
                .iter()
                .filter(|third| near[other].contains(third))
                .count();
            let apart = near[one].len() + near[other].len() - 2 * shared;
            let size = |index: usize| {
                let half = scene.spots[index].half;
                half.x * 0.8 + half.y * 0.2
            };
            let (words, lines) = between.get(&(one, other)).copied().unwrap_or_default();
            let room = size(one) + size(other) + words + 28.0;
            let others = apart.saturating_sub(2) + lines.saturating_sub(1);
            ((one, other), room / INCH + APART * others as f64)
        })
        .collect()
}

/// By how much a line gets longer for each other that one of its ends has to do with, and for each line beside it.
const APART: f64 = 0.1;

/// The places in Graphviz's plain format: `node NAME X Y …`, in inches.
fn read(plain: &str, count: usize) -> Option<Vec<Point>> {
    let mut places = vec![None; count];
    for line in plain.lines() {
        let mut words = line.split(' ');
        if words.next() != Some("node") {
            continue;
        }
        let index: usize = words.next()?.strip_prefix('n')?.parse().ok()?;
        let mut inches = || {
            words
                .next()?
                .parse::<f64>()
                .ok()
                .filter(|one| one.is_finite())
        };
        let place = Point {
            x: inches()? * INCH,
            y: inches()? * INCH,
        };
        *places.get_mut(index)? = Some(place);
    }
    places.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_from_the_plain_format() {
        let plain = "graph 1 2 2\nnode n1 0.5 1 1 1 \"\" solid box black lightgrey\nnode n0 1 2 1 1\nedge n0 n1 0\nstop\n";
        let places = read(plain, 2).unwrap();
        assert_eq!(places[1], Point { x: 36.0, y: 72.0 });
        assert!(read(plain, 3).is_none());
        assert!(read("node n0 1 nan 1 1", 1).is_none());
        assert!(read("node n7 1 1 1 1", 1).is_none());
    }
}
