//! Where boxes stand in a plain picture: actors push each other apart, edges pull them together (Fruchterman and Reingold,
//! "Graph drawing by force-directed placement", 1991), then boxes that overlap make room. Only basic arithmetic and square
//! roots, so that every machine draws the same picture.

use std::ops::{Add, Mul, Sub};

use petgraph::visit::EdgeRef;

use crate::graph::Graph;

/// The distance that two actors like to keep, in pixels.
const DISTANCE: f64 = 150.0;
/// Rounds for small graphs; large ones get fewer, so that the work stays within bounds.
const ROUNDS: usize = 400;
const WORK: usize = 60_000_000;
/// Rounds of making room.
const ROOM_ROUNDS: usize = 200;
/// Space around boxes.
const GAP: f64 = 14.0;

/// A place, or a way from one to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }
}

impl Mul<f64> for Point {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
        }
    }
}

impl Point {
    pub(super) fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// Of length 1 and turned a quarter to the left.
    pub(super) fn normal(self) -> Self {
        let length = self.length().max(1e-9);
        Self {
            x: -self.y / length,
            y: self.x / length,
        }
    }
}

/// A place and half the size of what stands there.
pub(super) type Frame = (Point, Point);

/// Where the forces leave the nodes.
pub(super) fn places(graph: &Graph) -> Vec<Point> {
    let count = graph.node_count();
    let mut places = start(count);
    let links: Vec<(usize, usize)> = graph
        .edge_references()
        .map(|edge| (edge.source().index(), edge.target().index()))
        .collect();
    let rounds = (WORK / (count * count).max(1)).clamp(20, ROUNDS);
    for round in 0..rounds {
        let heat = DISTANCE * (1.0 - round as f64 / rounds as f64) + 1.0;
        let moves = forces(&places, &links);
        for (place, step) in places.iter_mut().zip(moves) {
            let length = step.length();
            if length > 0.0 {
                *place = *place + step * (length.min(heat) / length);
            }
        }
    }
    places
}

/// A grid, in an order that has nothing to do with that of the ids.
fn start(count: usize) -> Vec<Point> {
    let side = (1..=count.max(1))
        .find(|side| side * side >= count)
        .unwrap_or(1);
    let cells = side * side;
    // A step without a common factor with the number of cells reaches each of them once.
    let shares_factor = |step: usize| {
        (2..=step).any(|factor| step.is_multiple_of(factor) && cells.is_multiple_of(factor))
    };
    let step = (cells * 5 / 8..=cells)
        .find(|&step| step > 0 && !shares_factor(step))
        .unwrap_or(1);
    (0..count)
        .map(|index| {
            let cell = index * step % cells;
            Point {
                // Never two in one line: forces along a line cannot leave it.
                x: (cell % side) as f64 * DISTANCE + (index % 7) as f64,
                y: (cell / side) as f64 * DISTANCE + (index % 5) as f64,
            }
        })
        .collect()
}

fn forces(places: &[Point], links: &[(usize, usize)]) -> Vec<Point> {
    let mut forces = vec![Point::default(); places.len()];
    for one in 0..places.len() {
        for other in one + 1..places.len() {
            let way = places[one] - places[other];
            let length = way.length().max(1.0);
            let push = way * (DISTANCE * DISTANCE / (length * length));
            forces[one] = forces[one] + push;
            forces[other] = forces[other] - push;
        }
    }
    for &(one, other) in links {
        let way = places[one] - places[other];
        let pull = way * (way.length() / DISTANCE);
        forces[one] = forces[one] - pull;
        forces[other] = forces[other] + pull;
    }
    let sum = places
        .iter()
        .fold(Point::default(), |sum, &place| sum + place);
    let middle = sum * (1.0 / places.len().max(1) as f64);
    for (force, &place) in forces.iter_mut().zip(places) {
        *force = *force + (middle - place) * 0.3;
    }
    forces
}

/// Pushes boxes that overlap apart, each time along the way on which they overlap less.
pub(super) fn make_room(frames: &mut [Frame]) {
    for _ in 0..ROOM_ROUNDS {
        let mut moved = false;
        for one in 0..frames.len() {
            for other in one + 1..frames.len() {
                let way = frames[other].0 - frames[one].0;
                let need = frames[one].1 + frames[other].1 + Point { x: GAP, y: GAP };
                let (lack_x, lack_y) = (need.x - way.x.abs(), need.y - way.y.abs());
                if lack_x <= 0.0 || lack_y <= 0.0 {
                    continue;
                }
                let toward = |way: f64| if way < 0.0 { -0.5 } else { 0.5 };
                let step = if lack_x < lack_y {
                    Point {
                        x: (lack_x + 0.5) * toward(way.x),
                        y: 0.0,
                    }
                } else {
                    Point {
                        x: 0.0,
                        y: (lack_y + 0.5) * toward(way.y),
                    }
                };
                frames[one].0 = frames[one].0 - step;
                frames[other].0 = frames[other].0 + step;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_do_not_overlap() {
        let half = Point { x: 40.0, y: 12.0 };
        let mut frames: Vec<Frame> = start(50).into_iter().map(|at| (at * 0.3, half)).collect();
        make_room(&mut frames);
        for (index, one) in frames.iter().enumerate() {
            for other in &frames[..index] {
                let way = one.0 - other.0;
                assert!(way.x.abs() >= 80.0 || way.y.abs() >= 24.0);
            }
        }
    }

    #[test]
    fn everybody_starts_at_a_place_of_their_own() {
        for count in [0, 1, 2, 3, 7, 50, 301] {
            let places = start(count);
            for (index, one) in places.iter().enumerate() {
                assert!(!places[..index].contains(one), "{count}");
            }
        }
    }
}
