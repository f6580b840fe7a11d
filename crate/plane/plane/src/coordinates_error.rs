//! The version of the table of known patches, and the errors of a table that is refused.

/// Version of the table that is written and read.
pub const VERSION: u32 = 1;

/// The reason why a table cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CoordinatesError {
    /// Written by another version.
    #[error("the coordinates have version {0}, expected {VERSION}; make them with `latent-pad train`")]
    Version(u32),
    /// Columns of different lengths.
    #[error("the coordinates have {names} names but {rows} entries in the column \"{column}\"")]
    Length {
        /// The column that differs.
        column: &'static str,
        /// Its length.
        rows: usize,
        /// Length of the column of names.
        names: usize,
    },
    /// A row names a bank that does not exist.
    #[error("row {row} of the coordinates is in bank {bank}, but there are {banks} banks (counted from 0)")]
    Bank {
        /// The row, from 0.
        row: usize,
        /// Its bank.
        bank: u16,
        /// The number of banks.
        banks: usize,
    },
    /// A packed column that is not a text of coordinates.
    #[error("a text of the coordinates is damaged; make them with `latent-pad train`")]
    Text,
    /// A point that is not finite.
    #[error("row {0} of the coordinates has a point that is not finite")]
    Point(usize),
}
