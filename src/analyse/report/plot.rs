//! Months drawn as lines, in SVG: cooperation above all in green, conflict in red.

use plotters::prelude::*;

use super::Plot;
use crate::analyse::changes::{self, Count, Month};

const SIZE: (u32, u32) = (760, 220);
const COOPERATION: RGBColor = RGBColor(0x2b, 0x8a, 0x3e);
const CONFLICT: RGBColor = RGBColor(0xc9, 0x2a, 0x2a);

/// The plot as an `svg` element; empty if it cannot be drawn.
pub(super) fn months(plot: &Plot) -> String {
    let mut out = String::new();
    match draw(plot, &mut out) {
        Ok(()) => out,
        // Nothing but the backend itself can fail here, and a report without a picture is still one.
        Err(_) => String::new(),
    }
}

fn draw(plot: &Plot, out: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let highest = plot
        .counts
        .iter()
        .map(|one| one.cooperation.max(one.conflict))
        .max();
    let highest = i32::try_from(highest.unwrap_or(0))?.max(1);
    let last = plot.first + Month::try_from(plot.counts.len())?.max(2) - 1;
    let root = SVGBackend::with_string(out, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(36)
        .build_cartesian_2d(plot.first..last, 0..highest)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .x_labels(8)
        .y_labels(4)
        .x_label_formatter(&|month| changes::name(*month))
        .draw()?;
    let lines: [(&str, RGBColor, fn(&Count) -> usize); 2] = [
        ("cooperation", COOPERATION, |one| one.cooperation),
        ("conflict", CONFLICT, |one| one.conflict),
    ];
    for (name, colour, of) in lines {
        let counts = (plot.first..).zip(&plot.counts);
        let points = counts.map(|(month, one)| (month, i32::try_from(of(one)).unwrap_or(i32::MAX)));
        chart
            .draw_series(LineSeries::new(points, colour.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .background_style(WHITE)
        .border_style(RGBColor(0xd5, 0xda, 0xe0))
        .draw()?;
    root.present()?;
    Ok(())
}
