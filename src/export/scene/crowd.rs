//! Pictures of so many actors that not all can have a box: the busiest have one with their name, the others are dots, with a
//! small name beside them where there is room.

use std::collections::BTreeSet;

use super::{
    super::forces::Point,
    Density, Label, Spot,
    grid::{Area, Grid},
    metrics,
};

/// So many actors have boxes.
const BOXES: usize = 150;
/// Size of a name beside a dot.
pub(super) const NAME: usize = 7;
/// Characters of a name beside a dot.
const SHORT: usize = 24;

/// The actors that have a box: in a crowd the busiest, else all.
pub(super) fn boxed(weights: &[usize], density: Density) -> BTreeSet<usize> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    if density == Density::Crowd {
        order.sort_by_key(|&index| (std::cmp::Reverse(weights[index]), index));
        order.truncate(BOXES);
    }
    order.into_iter().collect()
}

/// Half the size of a dot.
pub(super) fn dot(weight: usize) -> Point {
    let radius = 3.0 + (weight.min(36) as f64).sqrt() * 0.5;
    Point {
        x: radius,
        y: radius,
    }
}

/// Names beside dots, those of the larger dots first.
pub(super) fn names(spots: &[Spot]) -> Vec<Label> {
    let mut taken = Grid::default();
    for (owner, spot) in spots.iter().enumerate() {
        taken.add(Area {
            at: spot.at,
            half: spot.half,
            owner,
        });
    }
    let mut dots: Vec<usize> = (0..spots.len()).filter(|&index| spots[index].dot).collect();
    dots.sort_by(|&one, &other| {
        let (one, other) = (spots[one].half.x, spots[other].half.x);
        other.total_cmp(&one)
    });
    let mut labels = Vec::new();
    for owner in dots {
        let spot = &spots[owner];
        let text = vec![short(&spot.name.join(" "))];
        let half = metrics::area(&text, NAME) * 0.5;
        let beside = [
            (spot.half.x + half.x + 1.0, 0.0),
            (-spot.half.x - half.x - 1.0, 0.0),
            (0.0, spot.half.y + half.y),
            (0.0, -spot.half.y - half.y),
        ];
        let free = beside
            .into_iter()
            .map(|(x, y)| Area {
                at: spot.at + Point { x, y },
                half,
                owner,
            })
            .find(|area| taken.is_free(area, 0.0));
        if let Some(area) = free {
            taken.add(area);
            labels.push(Label {
                at: area.at,
                half,
                text,
                owner,
            });
        }
    }
    labels
}

fn short(name: &str) -> String {
    if name.chars().count() <= SHORT {
        return name.to_owned();
    }
    let start: String = name.chars().take(SHORT - 1).collect();
    format!("{}…", start.trim_end())
}
