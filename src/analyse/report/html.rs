//! A report as one page of HTML, with plots drawn into it; it needs no other file and no script.

use super::{Cell, Report, Section, plot, shown};
use crate::text::printable;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1d2329}\
h1,h2{line-height:1.2}table{border-collapse:collapse;margin:1rem 0;width:100%}\
th,td{border-bottom:1px solid #d5dae0;padding:.3rem .6rem;text-align:left;vertical-align:top}\
td.n{text-align:right;white-space:nowrap}a{color:#0b5394}code{font-size:.85em;overflow-wrap:anywhere}\
svg{max-width:100%;height:auto}li:target{background:#fff3bf}";

pub(super) fn write(report: &Report) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>What the graph tells</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>What the graph tells</h1>\n"
    );
    for section in &report.sections {
        out += &self::section(section);
    }
    out += "<h2>Queries</h2>\n<p>Every number above leads to the query that gives it, or that it is worked out from.</p>\n<ol>\n";
    for (number, query) in report.queries.iter().enumerate() {
        out += &format!(
            "<li id=\"q{}\"><code>{}</code></li>\n",
            number + 1,
            escaped(query)
        );
    }
    out + "</ol>\n</body>\n</html>\n"
}

fn section(section: &Section) -> String {
    let mut out = format!("<h2>{}</h2>\n", escaped(&section.title));
    if !section.about.is_empty() {
        out += &format!("<p>{}</p>\n", escaped(&section.about));
    }
    if let Some(plot) = &section.plot {
        out += &plot::months(plot);
        out.push('\n');
    }
    if section.rows.is_empty() {
        return out + "<p>Nothing of the kind.</p>\n";
    }
    out += "<table>\n<tr>";
    for head in &section.head {
        out += &format!("<th>{head}</th>");
    }
    out += "</tr>\n";
    for row in &section.rows {
        let cells: String = row.iter().map(cell).collect();
        out += &format!("<tr>{cells}</tr>\n");
    }
    out + "</table>\n"
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => format!("<td>{}</td>", escaped(text)),
        Cell::Number(number, decimals, query) => format!(
            "<td class=\"n\"><a href=\"#q{}\">{}</a></td>",
            query + 1,
            shown(*number, *decimals)
        ),
    }
}

fn escaped(text: &str) -> String {
    printable(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
