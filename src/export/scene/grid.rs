//! Rectangles by where they lie, so that what is near is found without looking at all of them.

use std::collections::BTreeMap;

use super::super::forces::Point;

/// Side of a cell, in points: about a box.
const CELL: f64 = 80.0;

/// A rectangle with its owner's number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) at: Point,
    pub(super) half: Point,
    pub(super) owner: usize,
}

impl Area {
    pub(super) fn overlaps(&self, other: &Self, gap: f64) -> bool {
        let way = self.at - other.at;
        way.x.abs() < self.half.x + other.half.x + gap
            && way.y.abs() < self.half.y + other.half.y + gap
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    cells: BTreeMap<(i64, i64), Vec<Area>>,
}

impl Grid {
    pub(super) fn add(&mut self, area: Area) {
        for cell in cells(&area) {
            self.cells.entry(cell).or_default().push(area);
        }
    }

    /// Those that overlap an area or come nearer to it than the gap. One that lies in several cells may come several times.
    pub(super) fn near<'a>(&'a self, area: &'a Area, gap: f64) -> impl Iterator<Item = &'a Area> {
        let around = Area {
            half: area.half + Point { x: gap, y: gap },
            ..*area
        };
        cells(&around)
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .filter(move |other| other.overlaps(area, gap))
    }

    pub(super) fn is_free(&self, area: &Area, gap: f64) -> bool {
        self.near(area, gap).next().is_none()
    }
}

fn cells(area: &Area) -> impl Iterator<Item = (i64, i64)> + use<> {
    #[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
    let cell = |place: f64| (place / CELL).floor() as i64;
    let (start, end) = (area.at - area.half, area.at + area.half);
    let (top, bottom) = (cell(start.y), cell(end.y));
    (cell(start.x)..=cell(end.x)).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_found_across_cells() {
        let area = |x: f64, y: f64, owner| Area {
            at: Point { x, y },
            half: Point { x: 50.0, y: 10.0 },
            owner,
        };
        let mut grid = Grid::default();
        grid.add(area(0.0, 0.0, 1));
        grid.add(area(-500.0, 0.0, 2));
        assert!(!grid.is_free(&area(95.0, 5.0, 3), 0.0));
        assert!(grid.is_free(&area(105.0, 5.0, 3), 0.0));
        assert!(!grid.is_free(&area(105.0, 5.0, 3), 6.0));
        let near: Vec<usize> = grid
            .near(&area(-420.0, 0.0, 3), 0.0)
            .map(|one| one.owner)
            .collect();
        assert!(near.contains(&2) && !near.contains(&1));
    }
}
