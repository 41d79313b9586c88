//! Tables as Parquet (feature `parquet`): a column a column, Snappy, row groups small enough that a table of any length
//! takes little memory. Empty fields are null.

use std::{io::Write, sync::Arc};

use parquet::{
    basic::Compression,
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::{parser::parse_message_type, types::TypePtr},
};

use super::{
    ExportError,
    table::{Cell, Column, Kind, Table, Tables},
};

/// Rows in a row group.
const GROUP: usize = 20_000;

/// The values of a column, and where there are some.
#[derive(Default)]
struct Values {
    present: Vec<i16>,
    texts: Vec<ByteArray>,
    integers: Vec<i64>,
    numbers: Vec<f64>,
    booleans: Vec<bool>,
}

impl Values {
    fn add(&mut self, cell: &Cell<'_>) {
        self.present.push(i16::from(*cell != Cell::Empty));
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.texts.push(ByteArray::from(text.as_bytes().to_vec())),
            Cell::Integer(number) => self.integers.push(*number),
            Cell::Number(number) => self.numbers.push(*number),
            Cell::Boolean(yes) => self.booleans.push(*yes),
        }
    }
}

/// Writes a table.
///
/// # Errors
/// If a document's file is damaged, or the system refuses.
pub fn write(tables: &Tables<'_>, table: Table, out: impl Write + Send) -> Result<(), ExportError> {
    let columns = table.columns();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // No version of a library in the file: the same graph gives the same bytes.
        .set_created_by("kilde".to_owned())
        .build();
    let mut writer =
        SerializedFileWriter::new(out, schema(columns)?, Arc::new(properties)).map_err(failed)?;
    let empty = || {
        columns
            .iter()
            .map(|_| Values::default())
            .collect::<Vec<_>>()
    };
    let (mut values, mut count) = (empty(), 0);
    tables.rows(table, |row| {
        for (values, cell) in values.iter_mut().zip(row) {
            values.add(cell);
        }
        count += 1;
        if count == GROUP {
            count = 0;
            group(
                &mut writer,
                columns,
                &std::mem::replace(&mut values, empty()),
            )?;
        }
        Ok(())
    })?;
    if count > 0 {
        group(&mut writer, columns, &values)?;
    }
    writer.close().map_err(failed)?;
    Ok(())
}

fn schema(columns: &[Column]) -> Result<TypePtr, ExportError> {
    let fields: String = columns
        .iter()
        .map(|column| match column.kind {
            Kind::Text => format!("optional binary {} (STRING); ", column.name),
            Kind::Integer => format!("optional int64 {}; ", column.name),
            Kind::Number => format!("optional double {}; ", column.name),
            Kind::Boolean => format!("optional boolean {}; ", column.name),
        })
        .collect();
    let parsed = parse_message_type(&format!("message table {{ {fields}}}"));
    parsed.map(Arc::new).map_err(failed)
}

fn group<W: Write + Send>(
    writer: &mut SerializedFileWriter<W>,
    columns: &[Column],
    values: &[Values],
) -> Result<(), ExportError> {
    let mut group = writer.next_row_group().map_err(failed)?;
    for (column, values) in columns.iter().zip(values) {
        let Some(mut out) = group.next_column().map_err(failed)? else {
            continue;
        };
        let present = Some(&*values.present);
        let written = match column.kind {
            Kind::Text => out
                .typed::<ByteArrayType>()
                .write_batch(&values.texts, present, None),
            Kind::Integer => out
                .typed::<Int64Type>()
                .write_batch(&values.integers, present, None),
            Kind::Number => out
                .typed::<DoubleType>()
                .write_batch(&values.numbers, present, None),
            Kind::Boolean => out
                .typed::<BoolType>()
                .write_batch(&values.booleans, present, None),
        };
        written.map_err(failed)?;
        out.close().map_err(failed)?;
    }
    group.close().map_err(failed)?;
    Ok(())
}

fn failed(error: ParquetError) -> ExportError {
    std::io::Error::other(error).into()
}
