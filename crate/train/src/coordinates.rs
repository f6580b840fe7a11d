//! The table of the known patches' points, and to which decoder they belong.

use crate::dataset::Dataset;
use plane::coordinates::Coordinates;

/// The table that the page draws its dots from; `model` is the [`fingerprint`] of the decoder.
pub fn table(dataset: &Dataset, rows: &[usize], points: &[[f32; 2]], model: String) -> Coordinates {
    let chosen = || rows.iter().map(|&row| &dataset.rows[row]);
    Coordinates {
        version: plane::coordinates::VERSION,
        model,
        banks: dataset.banks.clone(),
        name: chosen().map(|row| row.name.clone()).collect(),
        bank: chosen().map(|row| row.bank as u16).collect(),
        index: chosen().map(|row| row.index as u16).collect(),
        x: points.iter().map(|point| four_decimals(point[0])).collect(),
        y: points.iter().map(|point| four_decimals(point[1])).collect(),
        by_ear: vec![0; points.len()],
    }
}

/// Four decimals are 1/80,000 of the pad's width: finer than a screen, and half the download.
fn four_decimals(value: f32) -> f32 {
    (value * 1e4).round() / 1e4
}

/// Says which decoder a table of coordinates belongs to: FNV-1a of the file with 64 bits, as hex.
/// Tells files apart; proves nothing about who made them.
pub fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values published with the algorithm by its authors (Fowler, Noll, Vo).
    #[test]
    fn the_fingerprint_is_fnv_1a() {
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert_eq!(fingerprint(b"a"), "af63dc4c8601ec8c");
        assert_eq!(fingerprint(b"foobar"), "85944171f73967e8");
    }
}
