//! The latent plane as data: its points, the known patches on it, the timbral map, and a coarse grid of its patches.
//! Reads and writes tables; runs no network, renders no sound, knows no browser.
#![forbid(unsafe_code)]

pub mod coordinates;
mod coordinates_error;
pub mod decoder;
pub mod excerpt;
mod fingerprint;
pub mod grid;
pub mod likelihood;
pub mod map;
mod map_error;
pub mod order;
mod packed_map;
mod packed_points;
pub mod point;
pub mod preset_layers;
mod preset_rows;
pub mod presets;
pub mod principal;
pub mod tags;

pub use coordinates::{Coordinates, bank_name};
pub use decoder::{DecodeError, PointDecoder};
pub use fingerprint::fingerprint;
pub use grid::FallbackGrid;
pub use map::{Layer, Map};
pub use point::{LATENT_LIMIT, Point};
pub use presets::Presets;
pub use principal::PrincipalPlane;
pub use tags::{Tag, TagSet};

/// Largest model file that page, worklet and command read, in bytes. Ours have some hundred thousand.
pub const MODEL_SIZE_LIMIT_BYTES: usize = 8 << 20;
