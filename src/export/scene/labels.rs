//! Words on lines: the lines with the most claims first, each where its words cover no actor, no arrowhead and no other words,
//! and as few other lines as can be. Where there is no room for all the words of a line, fewer stand there, or only how
//! many claims it has, or nothing; its tooltip always has them.

use std::collections::BTreeSet;

use super::{
    super::{forces::Point, style},
    Density, Line, Scene,
    grid::{Area, Grid},
    metrics, relations,
    routes::HEAD,
};

/// Size of the letters.
pub(in super::super) const SIZE: usize = 9;
/// Where on its line a label may stand, the best first.
const SHARES: [f64; 11] = [
    0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8,
];
/// Relations that stand on one line at most.
const RELATIONS: usize = 3;
/// Space around labels.
const GAP: f64 = 1.5;

/// Words in the picture.
#[derive(Clone, Debug)]
pub(in super::super) struct Label {
    pub(in super::super) at: Point,
    pub(in super::super) half: Point,
    pub(in super::super) text: Vec<String>,
    /// The number of the line that it belongs to; in a crowd, of the actor.
    pub(in super::super) owner: usize,
}

/// Finds a place for each label that has one.
pub(super) fn place(scene: &Scene<'_>) -> Vec<Label> {
    let mut taken = taken(scene);
    let mut strokes = Grid::default();
    for (owner, line) in scene.lines.iter().enumerate() {
        line.route
            .pieces(owner)
            .for_each(|piece| strokes.add(piece));
    }
    let mut order: Vec<usize> = (0..scene.lines.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(scene.lines[index].claims()), index));
    let mut labels = Vec::new();
    for owner in order {
        let line = &scene.lines[owner];
        let found = variants(line)
            .into_iter()
            .find_map(|text| room(line, owner, text, scene.density, &taken, &strokes));
        if let Some(label) = found {
            taken.add(Area {
                at: label.at,
                half: label.half,
                owner,
            });
            labels.push(label);
        }
    }
    labels
}

/// What no label may cover: actors and arrowheads.
fn taken(scene: &Scene<'_>) -> Grid {
    let mut taken = Grid::default();
    for (owner, spot) in scene.spots.iter().enumerate() {
        taken.add(Area {
            at: spot.at,
            half: spot.half,
            owner,
        });
    }
    for (owner, line) in scene.lines.iter().enumerate() {
        let short = line.route.without_heads(line.heads);
        let tips = [(line.route.start, short.start), (line.route.end, short.end)];
        for (has, (tip, base)) in line.heads.into_iter().zip(tips) {
            if has {
                taken.add(Area {
                    at: (tip + base) * 0.5,
                    half: Point { x: 1.0, y: 1.0 } * (HEAD / 2.0),
                    owner,
                });
            }
        }
    }
    taken
}

/// What may stand on a line: all its relations, fewer, how many claims there are.
fn variants(line: &Line<'_>) -> Vec<Vec<String>> {
    let all = relations(line);
    let mut variants = Vec::new();
    for most in (1..=RELATIONS.min(all.len())).rev() {
        let mut text = all[..most].to_vec();
        if let Some(last) = text.last_mut()
            && most < all.len()
        {
            last.push_str(&format!(" +{}", all.len() - most));
        }
        variants.push(text);
    }
    if line.claims() > 1 {
        variants.push(vec![format!("×{}", line.claims())]);
    }
    variants
}

/// The best place for words on a line, else beside it, if there is any.
fn room(
    line: &Line<'_>,
    owner: usize,
    text: Vec<String>,
    density: Density,
    taken: &Grid,
    strokes: &Grid,
) -> Option<Label> {
    let half = metrics::area(&text, SIZE) * 0.5 + Point { x: 1.5, y: 0.0 };
    let bearable = if density == Density::Many { 0 } else { 2 };
    let sides: &[f64] = if density == Density::Many {
        &[0.0]
    } else {
        &[0.0, 1.0, -1.0]
    };
    let best = |side: f64| {
        let mut best: Option<(usize, Point)> = None;
        for share in SHARES {
            let at = line.route.beside(share, half, side);
            let area = Area { at, half, owner };
            if !taken.is_free(&area, GAP) {
                continue;
            }
            let crossed = crossed(&area, strokes);
            // Beside its line, words that another runs under would seem to belong to that.
            let bearable = if side == 0.0 { bearable } else { 0 };
            if crossed <= bearable && best.is_none_or(|(least, _)| crossed < least) {
                best = Some((crossed, at));
            }
            if crossed == 0 {
                break;
            }
        }
        best
    };
    let (_, at) = sides.iter().find_map(|&side| best(side))?;
    Some(Label {
        at,
        half,
        text,
        owner,
    })
}

/// How many other lines run under an area.
fn crossed(area: &Area, strokes: &Grid) -> usize {
    let others: BTreeSet<usize> = strokes
        .near(area, 0.0)
        .map(|piece| piece.owner)
        .filter(|&other| other != area.owner)
        .collect();
    others.len()
}

/// The colour of a line's words.
pub(in super::super) fn colour(line: &Line<'_>) -> &'static str {
    line.edges
        .first()
        .map_or("#444444", |one| style::tone_of(one.edge).text)
}
