//! Banks of presets as data: reading a folder of them, the rows to learn from and to test with, the coordinates
//! table of the known patches, and every preset with its features as one Parquet table. Trains nothing and runs no
//! network.
#![forbid(unsafe_code)]

mod banks;
pub mod coordinates;
mod error;
pub mod files;
mod fingerprint;
mod split;
pub mod table;

pub use banks::{Dataset, PresetRow, identity, read_text};
pub use error::{DatasetError, TableError};
pub use fingerprint::fingerprint;
pub use split::Split;
