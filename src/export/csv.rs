//! Tables as CSV or TSV. Fields that a spreadsheet would take for a formula are left as they are, so that they come back as
//! they were; who opens the file in a spreadsheet can have them made harmless. TSV has no quotation marks in most readers'
//! eyes, so its tabs, line breaks and backslashes are escaped with a backslash (as PostgreSQL and others read it).

use std::{borrow::Cow, io::Write};

use super::{
    ExportError,
    table::{Kind, Table, Tables},
};

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Tabs between fields instead of commas.
    pub tabs: bool,
    /// Puts an apostrophe before what a spreadsheet would calculate.
    pub spreadsheet_safe: bool,
}

/// Writes a table.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(
    tables: &Tables<'_>,
    table: Table,
    options: Options,
    out: impl Write,
) -> Result<(), ExportError> {
    let mut writer = writer(options, out);
    writer
        .write_record(table.columns().iter().map(|column| column.name))
        .map_err(failed)?;
    let columns = table.columns();
    tables.rows(table, |row| {
        let fields = row.iter().zip(columns).map(|(cell, column)| {
            let text = cell.text();
            let text = if options.spreadsheet_safe && column.kind == Kind::Text {
                Cow::Owned(harmless(&text).into_owned())
            } else {
                text
            };
            if options.tabs {
                Cow::Owned(escaped(&text))
            } else {
                text
            }
        });
        let fields: Vec<Cow<'_, str>> = fields.collect();
        writer
            .write_record(fields.iter().map(|field| field.as_bytes()))
            .map_err(failed)
    })?;
    Ok(writer.flush()?)
}

/// A writer of records.
pub(super) fn writer<W: Write>(options: Options, out: W) -> csv::Writer<W> {
    let mut builder = csv::WriterBuilder::new();
    if options.tabs {
        builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
    }
    builder.from_writer(out)
}

pub(super) fn failed(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => std::io::Error::other(format!("{other:?}")).into(),
    }
}

/// A field that no spreadsheet takes for a formula (OWASP, "CSV injection").
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_nothing_else() {
        for (text, expected) in [
            ("=cmd()", "'=cmd()"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn tabs_and_breaks_are_escaped() {
        assert_eq!(escaped("a\tb\\n\r\n"), "a\\tb\\\\n\\r\\n");
    }
}
