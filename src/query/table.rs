//! Solutions as a table for people: IRIs shortened by the prefixes, literals as their text, control characters spelt out.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use oxigraph::{
    model::{Literal, Term},
    sparql::Variable,
};

use super::Row;
use crate::{rdf::Prefixes, text::printable};

/// Columns of a table where nobody says how wide the page is.
pub const DEFAULT_WIDTH: u16 = 120;

/// Lays out a table for `width` columns; `None`: as wide as it gets. No line break at the end.
#[must_use]
pub fn table(
    variables: &[Variable],
    rows: &[Row],
    prefixes: &Prefixes,
    width: Option<u16>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(variables.iter().map(|one| Cell::new(one.as_str())));
    if let Some(width) = width {
        table.set_width(width);
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    for row in rows {
        table.add_row(row.iter().map(|term| cell(term.as_ref(), prefixes)));
    }
    table.to_string()
}

fn cell(term: Option<&Term>, prefixes: &Prefixes) -> Cell {
    match term {
        None => Cell::new(""),
        Some(Term::NamedNode(node)) => {
            let short = prefixes.shorten(node.as_str());
            Cell::new(printable(&short.unwrap_or_else(|| node.to_string())))
        }
        Some(Term::BlankNode(node)) => Cell::new(node.to_string()),
        Some(Term::Triple(triple)) => Cell::new(printable(&triple.to_string())),
        Some(Term::Literal(literal)) => {
            let cell = Cell::new(printable(literal.value()));
            if is_number(literal) {
                cell.set_alignment(CellAlignment::Right)
            } else {
                cell
            }
        }
    }
}

fn is_number(literal: &Literal) -> bool {
    let kind = literal.datatype().as_str();
    ["#integer", "#decimal", "#double", "#float"]
        .iter()
        .any(|end| kind.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Base;

    #[test]
    fn cells_are_short_and_safe() {
        let base = Base::default();
        let variables = ["who", "n", "words"].map(|name| Variable::new(name).unwrap());
        let rows = vec![
            vec![
                Some(base.entity("hamas").into()),
                Some(Literal::from(12).into()),
                Some(Literal::new_simple_literal("a\u{1b}[31mb\nc").into()),
            ],
            vec![Some(base.entity("a b").into()), None, None],
        ];
        assert_eq!(
            table(&variables, &rows, &Prefixes::new(&base), None),
            "\
┌──────────────────────────────────────────┬────┬─────────────────┐
│ who                                      ┆ n  ┆ words           │
╞══════════════════════════════════════════╪════╪═════════════════╡
│ ent:hamas                                ┆ 12 ┆ a\\u{1b}[31mb\\nc │
│ <https://w3id.org/kilde/id/entity/a%20b> ┆    ┆                 │
└──────────────────────────────────────────┴────┴─────────────────┘"
        );
        let narrow = table(&variables, &rows, &Prefixes::new(&base), Some(40));
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 40),
            "{narrow}"
        );
    }
}
