//! A Cypher script for Neo4j and other property-graph stores: a node per entity with a label of its type, a relationship
//! per claim with its words and speaker. Running it again changes nothing; a statement a line.

use std::{fmt::Write as _, io::Write};

use super::{
    ExportError,
    table::{Cell, Table, Tables},
};

/// Writes all claims.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(tables: &Tables<'_>, out: &mut impl Write) -> Result<(), ExportError> {
    writeln!(
        out,
        "CREATE CONSTRAINT kilde_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;"
    )?;
    tables.rows(Table::Nodes, |row| {
        let (id, kind) = (quoted(&row[0].text()), row[2].text());
        let label = if kind.is_empty() || kind == "Entity" {
            String::new()
        } else {
            format!("n:{}, ", name(&kind))
        };
        writeln!(
            out,
            "MERGE (n:Entity {{id: {id}}}) SET {label}n += {};",
            map(Table::Nodes, row, &["id"])
        )?;
        Ok(())
    })?;
    tables.rows(Table::Claims, |row| {
        let place = |name| Table::Claims.columns().iter().position(|one| one.name == name);
        let cell = |name| place(name).and_then(|at| row.get(at)).map(Cell::text).unwrap_or_default();
        writeln!(
            out,
            "MATCH (a:Entity {{id: {}}}), (b:Entity {{id: {}}}) MERGE (a)-[r:{} {{claim: {}}}]->(b) SET r += {};",
            quoted(&cell("source")),
            quoted(&cell("target")),
            name(&cell("relation")),
            quoted(&cell("claim")),
            map(Table::Claims, row, &["claim", "source", "target", "relation"])
        )?;
        Ok(())
    })?;
    Ok(out.flush()?)
}

/// The row as a map, without some of its columns.
fn map(table: Table, row: &[Cell<'_>], without: &[&str]) -> String {
    let mut map = String::from("{");
    for (column, cell) in table.columns().iter().zip(row) {
        if *cell == Cell::Empty || without.contains(&column.name) {
            continue;
        }
        if map.len() > 1 {
            map.push_str(", ");
        }
        let value = match cell {
            Cell::Text(text) => quoted(text),
            Cell::Number(number) => format!("{number:?}"),
            other => other.text().into_owned(),
        };
        // Writing to a string cannot fail.
        let _ = write!(map, "{}: {value}", column.name);
    }
    map.push('}');
    map
}

/// A label or type; in backticks, in which only the backtick means something, unless it is plain.
fn name(name: &str) -> String {
    let plain = |one: char| one.is_ascii_alphanumeric() || one == '_';
    if name.starts_with(|one: char| one.is_ascii_alphabetic()) && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("`{}`", name.replace('`', "``"))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('\'');
    quoted
}
