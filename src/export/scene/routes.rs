//! Lines between actors: straight where nothing is in the way, else bent around what is. Several lines between the same two
//! lie side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::forces::Point,
    Line, Spot,
    grid::{Area, Grid},
};

/// How far lines between the same two actors are apart.
const APART: f64 = 13.0;
/// Bends that are tried, as shares of the distance.
const BENDS: [f64; 11] = [
    0.0, 0.05, -0.05, 0.1, -0.1, 0.16, -0.16, 0.24, -0.24, 0.34, -0.34,
];
/// Length of an arrowhead.
pub(super) const HEAD: f64 = 7.0;
/// Space that lines keep to boxes.
const CLEAR: f64 = 3.0;
/// Length of a piece that is taken to fill its rectangle.
const PIECE: f64 = 6.0;
/// Points of a line that are looked at.
const STEPS: usize = 24;

/// A curve from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in super::super) struct Route {
    /// Where it leaves the one shape.
    pub(in super::super) start: Point,
    /// What it is drawn towards.
    pub(in super::super) bend: Point,
    /// Where it reaches the other.
    pub(in super::super) end: Point,
}

impl Route {
    /// The point at this share of the way.
    pub(in super::super) fn at(&self, share: f64) -> Point {
        let rest = 1.0 - share;
        self.start * (rest * rest) + self.bend * (2.0 * rest * share) + self.end * (share * share)
    }

    /// The middle of a box at this share of the way: on the line (0), or touching it from one side (1) or the other (-1).
    pub(super) fn beside(&self, share: f64, half: Point, side: f64) -> Point {
        let way = (self.bend - self.start) * (1.0 - share) + (self.end - self.bend) * share;
        let normal = way.normal();
        let reach = normal.x.abs() * half.x + normal.y.abs() * half.y + 1.0;
        self.at(share) + normal * (side * reach)
    }

    /// The same without the room for arrowheads.
    pub(in super::super) fn without_heads(&self, heads: [bool; 2]) -> Self {
        let back = |tip: Point, has: bool| {
            let way = self.bend - tip;
            let length = way.length();
            if has && length > 0.0 {
                tip + way * (HEAD.min(length) / length)
            } else {
                tip
            }
        };
        Self {
            start: back(self.start, heads[0]),
            bend: self.bend,
            end: back(self.end, heads[1]),
        }
    }

    /// The line in pieces so short that a rectangle around each is the line itself.
    pub(super) fn pieces(&self, owner: usize) -> impl Iterator<Item = Area> + use<> {
        let route = *self;
        let length = (self.end - self.start).length();
        let count = (4..400_usize)
            .find(|&count| count as f64 * PIECE >= length)
            .unwrap_or(400);
        (0..count).map(move |step| {
            let (one, other) = (
                route.at(step as f64 / count as f64),
                route.at((step + 1) as f64 / count as f64),
            );
            Area {
                at: (one + other) * 0.5,
                half: Point {
                    x: (other.x - one.x).abs() / 2.0,
                    y: (other.y - one.y).abs() / 2.0,
                },
                owner,
            }
        })
    }
}

/// Gives each line its way.
pub(super) fn draw(spots: &[Spot], lines: &mut [Line<'_>]) {
    let mut boxes = Grid::default();
    for (owner, spot) in spots.iter().enumerate() {
        boxes.add(Area {
            at: spot.at,
            half: spot.half,
            owner,
        });
    }
    let mut pairs: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let pair = (line.from.min(line.to), line.from.max(line.to));
        pairs.entry(pair).or_default().push(index);
    }
    for ((one, other), members) in pairs {
        let bend = clearest(one, other, spots, &boxes);
        for (nth, &index) in members.iter().enumerate() {
            let aside = (nth as f64 - (members.len() as f64 - 1.0) / 2.0) * APART;
            let route = route(&spots[one], &spots[other], bend, aside);
            let line = &mut lines[index];
            line.route = if line.from == one {
                route
            } else {
                Route {
                    start: route.end,
                    bend: route.bend,
                    end: route.start,
                }
            };
        }
    }
}

/// The bend that leads past the most boxes, the smallest of those.
fn clearest(one: usize, other: usize, spots: &[Spot], boxes: &Grid) -> f64 {
    let hits = |bend: f64| {
        let way = route(&spots[one], &spots[other], bend, 0.0);
        let mut met = BTreeSet::new();
        for step in 1..STEPS {
            let area = Area {
                at: way.at(step as f64 / STEPS as f64),
                half: Point::default(),
                owner: one,
            };
            let near = boxes.near(&area, CLEAR).map(|area| area.owner);
            met.extend(near.filter(|&owner| owner != one && owner != other));
        }
        met.len()
    };
    let mut best = (usize::MAX, 0.0);
    for bend in BENDS {
        let count = hits(bend);
        if count < best.0 {
            best = (count, bend);
        }
        if count == 0 {
            break;
        }
    }
    best.1
}

fn route(one: &Spot, other: &Spot, bend: f64, aside: f64) -> Route {
    let way = other.at - one.at;
    let normal = way.normal();
    // Where lines lie side by side, they also start so, as far as the shapes are wide.
    let shifted = |spot: &Spot| {
        let room = spot.half.x.min(spot.half.y) * 0.7;
        spot.at + normal * (aside * 0.6).clamp(-room, room)
    };
    let (start, end) = (shifted(one), shifted(other));
    let middle = (one.at + other.at) * 0.5 + normal * (aside * 1.4 + 2.0 * bend * way.length());
    Route {
        start: border(one, start, middle),
        bend: middle,
        end: border(other, end, middle),
    }
}

/// Where the way from a point within a shape leaves it.
fn border(spot: &Spot, from: Point, to: Point) -> Point {
    let way = to - from;
    let inside = from - spot.at;
    let share = if matches!(spot.look.outline, "ellipse" | "octagon") || spot.dot {
        ellipse(spot.half, inside, way)
    } else {
        let reach = |half: f64, place: f64, way: f64| {
            if way.abs() < 1e-9 {
                f64::MAX
            } else {
                (half * way.signum() - place) / way
            }
        };
        reach(spot.half.x, inside.x, way.x).min(reach(spot.half.y, inside.y, way.y))
    };
    from + way * share.clamp(0.0, 1.0)
}

/// The share of a way at which it crosses an ellipse, from a point within.
fn ellipse(half: Point, inside: Point, way: Point) -> f64 {
    let scaled = |point: Point| Point {
        x: point.x / half.x.max(1e-9),
        y: point.y / half.y.max(1e-9),
    };
    let (inside, way) = (scaled(inside), scaled(way));
    let square = way.x * way.x + way.y * way.y;
    if square < 1e-12 {
        return 0.0;
    }
    let along = inside.x * way.x + inside.y * way.y;
    let rest = inside.x * inside.x + inside.y * inside.y - 1.0;
    ((along * along - square * rest).max(0.0).sqrt() - along) / square
}
