//! Rows as a Parquet file, column by column.

use super::columns::{ColumnType, MeasuredValues, columns};
use super::error::TableError;
use super::rows::TableRow;
use crate::files;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use patch::PARAMETER_COUNT;
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group, which readers load at once.
const ROWS_PER_GROUP: usize = 8192;

/// Columns before the parameters.
const PLACE_COLUMNS: usize = 5;

/// Writes or replaces the table.
pub fn write(
    path: &Path,
    rows: &[TableRow],
    measured: &[MeasuredValues],
) -> std::result::Result<(), TableError> {
    let bytes =
        encode(rows, measured).map_err(|source| TableError::Parquet { path: path.to_owned(), source })?;
    Ok(files::write(path, &bytes)?)
}

fn encode(rows: &[TableRow], measured: &[MeasuredValues]) -> Result<Vec<u8>> {
    let columns = columns();
    let fields: String = columns.iter().map(|(name, kind)| declaration(name, *kind)).collect();
    let message = format!("message presets {{ {fields} }}");
    let schema = Arc::new(parse_message_type(&message)?);
    let optional = columns.iter().filter(|(_, kind)| kind.is_optional());
    // fastparquet cannot read the empty dictionary of a column that has no value.
    let properties = optional.fold(WriterProperties::builder(), |properties, (name, _)| {
        properties.set_column_dictionary_enabled(ColumnPath::from(name.as_str()), false)
    });
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
    for (rows, measured) in rows.chunks(ROWS_PER_GROUP).zip(measured.chunks(ROWS_PER_GROUP)) {
        let mut group = writer.next_row_group()?;
        for position in 0..columns.len() {
            let Some(mut column) = group.next_column()? else {
                return Err(ParquetError::General("the schema has too few columns".to_owned()));
            };
            write_column(column.untyped(), position, rows, measured)?;
            column.close()?;
        }
        group.close()?;
    }
    writer.into_inner()
}

/// A column in Parquet's schema language.
fn declaration(name: &str, kind: ColumnType) -> String {
    match kind {
        ColumnType::Text => format!("required binary {name} (STRING); "),
        ColumnType::Integer => format!("required int32 {name}; "),
        ColumnType::OptionalInteger => format!("optional int32 {name}; "),
        ColumnType::Real => format!("required float {name}; "),
        ColumnType::OptionalReal => format!("optional float {name}; "),
        ColumnType::OptionalTruth => format!("optional boolean {name}; "),
    }
}

fn write_column(
    writer: &mut ColumnWriter<'_>,
    position: usize,
    rows: &[TableRow],
    measured: &[MeasuredValues],
) -> Result<()> {
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let text = |row: &TableRow| match position {
                0 => ByteArray::from(row.bank.as_str()),
                2 => ByteArray::from(row.name.as_str()),
                _ => ByteArray::from(row.row_use.name()),
            };
            writer.write_batch(&rows.iter().map(text).collect::<Vec<_>>(), None, None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) if position == 1 => {
            let indices: Vec<i32> = rows.iter().map(|row| row.index as i32).collect();
            writer.write_batch(&indices, None, None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let (values, levels) = optional(rows.iter().map(|row| row.paper_row.map(|row| row as i32)));
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let truth = |number: f32| (!number.is_nan()).then_some(number > 0.5);
            let (values, levels) =
                optional(measured.iter().map(|measured| truth(number(measured, position))));
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::FloatColumnWriter(writer) => {
            let parameter = position - PLACE_COLUMNS;
            if parameter < PARAMETER_COUNT {
                let values: Vec<f32> = rows.iter().map(|row| row.patch.values()[parameter]).collect();
                writer.write_batch(&values, None, None)?;
            } else {
                let numbers = measured.iter().map(|measured| number(measured, position));
                let (values, levels) = optional(numbers.map(|number| (!number.is_nan()).then_some(number)));
                // Columns without nulls have no levels and ignore these.
                writer.write_batch(&values, Some(&levels), None)?;
            }
        }
        _ => return Err(ParquetError::General(format!("column {position} has an unexpected type"))),
    }
    Ok(())
}

fn number(measured: &MeasuredValues, position: usize) -> f32 {
    measured[position - PLACE_COLUMNS - PARAMETER_COUNT]
}

/// Parquet's encoding of nulls: the present values, and for each row 1 if it has one or 0.
fn optional<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let mut present = Vec::new();
    let levels = values
        .map(|value| match value {
            Some(value) => {
                present.push(value);
                1
            }
            None => 0,
        })
        .collect();
    (present, levels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::columns::MEASURED_COUNT;
    use crate::table::rows::RowUse;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use patch::Patch;

    #[test]
    fn a_column_without_a_value_has_no_dictionary() {
        let row = |index| TableRow {
            bank: "own.bank".to_owned(),
            index,
            name: format!("Preset {index}"),
            patch: Patch::default(),
            row_use: RowUse::Train,
            paper_row: None,
        };
        let bytes = encode(&[row(0), row(1)], &[[0.0; MEASURED_COUNT]; 2]).unwrap();
        let path = std::env::temp_dir().join(format!("latent-pad-nulls-{}.parquet", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        std::fs::remove_file(&path).unwrap();
        let group = reader.metadata().row_group(0);
        for (chunk, (name, kind)) in group.columns().iter().zip(columns()) {
            assert_eq!(chunk.num_values(), 2, "{name}");
            assert!(chunk.dictionary_page_offset().is_none() || !kind.is_optional(), "{name}");
        }
        assert_eq!(reader.get_row_iter(None).unwrap().count(), 2);
    }
}
