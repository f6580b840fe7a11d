//! The limits of a timbral map, and the errors of a map that is refused.

/// Version of the map that is written and read.
pub const VERSION: u32 = 1;

/// Most points along each side: ours has 50. The values of all layers are then 4 MB at most.
pub const GRID_LIMIT: u16 = 256;

/// Most layers: ours has 9, and a person chooses among them.
pub const LAYER_LIMIT: usize = 32;

/// Most characters of a layer's name, unit or word: ours have up to 11; more does not fit in a line on a phone.
pub const WORD_LIMIT: usize = 40;

/// The reason why a map cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// Written by another version.
    #[error("the map has version {0}, expected {VERSION}; make it with `latent-pad map`")]
    Version(u32),
    /// A grid without cells, or with more than are read.
    #[error(
        "the map has a grid of {grid} points along ±{limit}, expected 2 to {GRID_LIMIT} and a finite limit; make it with `latent-pad map`"
    )]
    Grid {
        /// Points along a side.
        grid: u16,
        /// The end of both axes, in latent units.
        limit: f32,
    },
    /// More layers than are read.
    #[error("the map has {0} layers, expected at most {LAYER_LIMIT}; make it with `latent-pad map`")]
    Layers(usize),
    /// A layer with a text that is too long.
    #[error(
        "the map's layer \"{0}\" has a name, unit or word of more than {WORD_LIMIT} characters; make the map with `latent-pad map`"
    )]
    Words(String),
    /// A layer of another length.
    #[error("the map's layer \"{layer}\" has {found} values, expected {expected}")]
    Length {
        /// Name of the layer.
        layer: String,
        /// Its length.
        found: usize,
        /// Points of the grid.
        expected: usize,
    },
    /// Extremes that are not those of the values.
    #[error("the map's layer \"{0}\" says wrong extremes; make the map with `latent-pad map`")]
    Extremes(String),
    /// A text of values with a character that is no digit, or with a number that is too large or has no end.
    #[error("the map's text of values is damaged; make the map with `latent-pad map`")]
    Text,
}
