//! Two files for Neo4j's `neo4j-admin database import`: nodes with a label of their type, and a relationship per claim, of
//! the relation's type, with the claim's words and speaker. The header gives each property its type.

use std::io::Write;

use super::{
    ExportError,
    csv::{Options, failed, writer},
    table::{Cell, Column, Kind, Table, Tables},
};

/// The files' names and tables.
pub const FILES: [(&str, Table); 2] = [
    ("nodes.csv", Table::Nodes),
    ("relationships.csv", Table::Claims),
];

/// Writes one of the two files.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(tables: &Tables<'_>, table: Table, out: impl Write) -> Result<(), ExportError> {
    let mut writer = writer(Options::default(), out);
    let mut header: Vec<String> = table
        .columns()
        .iter()
        .map(|column| head(table, column))
        .collect();
    header.push(
        if table == Table::Nodes {
            ":LABEL"
        } else {
            ":TYPE"
        }
        .to_owned(),
    );
    writer.write_record(&header).map_err(failed)?;
    let key = if table == Table::Nodes {
        "type"
    } else {
        "relation"
    };
    let place = table.columns().iter().position(|column| column.name == key);
    tables.rows(table, |row| {
        let mut fields: Vec<_> = row.iter().map(Cell::text).collect();
        let kind = place
            .and_then(|at| fields.get(at))
            .cloned()
            .unwrap_or_default();
        let kind = if table == Table::Nodes {
            format!("Entity;{kind}").into()
        } else {
            kind
        };
        fields.push(kind);
        writer
            .write_record(fields.iter().map(|field| field.as_bytes()))
            .map_err(failed)
    })?;
    Ok(writer.flush()?)
}

fn head(table: Table, column: &Column) -> String {
    match (table, column.name) {
        (Table::Nodes, "id") => "id:ID".to_owned(),
        (Table::Claims, "source") => ":START_ID".to_owned(),
        (Table::Claims, "target") => ":END_ID".to_owned(),
        (_, name) => {
            let kind = match column.kind {
                Kind::Text => "string",
                Kind::Integer => "long",
                Kind::Number => "double",
                Kind::Boolean => "boolean",
            };
            format!("{name}:{kind}")
        }
    }
}
