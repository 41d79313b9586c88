//! A report as Markdown: tables, and months as small bars. Numbers link to the list of queries at the end.

use super::{Cell, Plot, Report, Section, shown};
use crate::{analyse::changes, text::printable};

/// Months that bars are drawn for.
const BARS: usize = 48;

pub(super) fn write(report: &Report) -> String {
    let mut out = "# What the graph tells\n".to_owned();
    for section in &report.sections {
        out += &self::section(section);
    }
    out += "\n## Queries\n\nEvery number above leads to the query that gives it, or that it is worked out from.\n\n";
    for (number, query) in report.queries.iter().enumerate() {
        out += &format!("<a id=\"q{0}\"></a>{0}. `{query}`\n\n", number + 1);
    }
    out
}

fn section(section: &Section) -> String {
    let mut out = format!("\n## {}\n", escaped(&section.title));
    if !section.about.is_empty() {
        out += &format!("\n{}\n", escaped(&section.about));
    }
    if let Some(plot) = &section.plot {
        out += &bars(plot);
    }
    if section.rows.is_empty() {
        return out + "\nNothing of the kind.\n";
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out += "\n";
    out += &line(section.head.iter().map(|&head| head.to_owned()).collect());
    out += &line(section.head.iter().map(|_| "---".to_owned()).collect());
    for row in &section.rows {
        out += &line(row.iter().map(cell).collect());
    }
    out
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => escaped(text),
        Cell::Number(number, decimals, query) => {
            format!("[{}](#q{})", shown(*number, *decimals), query + 1)
        }
    }
}

/// A row of bars for cooperation and one for conflict, up to the last month.
fn bars(plot: &Plot) -> String {
    let skipped = plot.counts.len().saturating_sub(BARS);
    let counts = &plot.counts[skipped..];
    let most = counts
        .iter()
        .map(|one| one.cooperation.max(one.conflict))
        .max();
    let most = most.unwrap_or(0).max(1);
    let row = |of: fn(&changes::Count) -> usize| -> String {
        let bar = |one: &changes::Count| match of(one) {
            0 => '\u{b7}',
            count => [
                '\u{2581}', '\u{2582}', '\u{2583}', '\u{2584}', '\u{2585}', '\u{2586}', '\u{2587}',
                '\u{2588}',
            ][(count * 8).div_ceil(most).saturating_sub(1).min(7)],
        };
        counts.iter().map(bar).collect()
    };
    let skipped = changes::Month::try_from(skipped).unwrap_or(0);
    let last = changes::Month::try_from(plot.counts.len()).unwrap_or(1) - 1;
    format!(
        "\n```\n{} to {}, the highest bar is {most}\ncooperation {}\nconflict    {}\n```\n",
        changes::name(plot.first + skipped),
        changes::name(plot.first + last),
        row(|one| one.cooperation),
        row(|one| one.conflict),
    )
}

/// Text of others must not be taken for markup, nor end a cell.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in printable(&text.replace(['\n', '\r'], " ")).chars() {
        if matches!(
            character,
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
