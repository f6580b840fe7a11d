//! Banks of presets as data: reads a folder of them, splits the rows into training and test, and makes the
//! coordinates table of the known patches and a Parquet table of every preset with its features. Trains nothing and
//! runs no network.
#![forbid(unsafe_code)]

mod banks;
pub mod coordinates;
mod counted;
mod error;
pub mod files;
mod output_stream;
mod split;
pub mod table;

pub use banks::{Dataset, PresetRow, identity, read_text};
pub use counted::counted;
pub use error::DatasetError;
pub use output_stream::OutputStream;
pub use plane::fingerprint;
pub use split::Split;
pub use table::TableError;
