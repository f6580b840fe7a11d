//! Spectrograms of targets and of the guesses for them, side by side.

use evaluate::MatchPicture;

use super::canvas::{Align, Canvas};
use super::{TEXT, colour};

/// Pixels of a frame and of a band.
const CELL: [f32; 2] = [2.0, 3.0];
/// Levels from the least to the greatest colour, in dB.
const RANGE_DB: f32 = 80.0;
const MARGIN: f32 = 12.0;
const TITLE: f32 = 34.0;
const SIZE: f32 = 16.0;

/// Draws a row for each pair, the target left, as a PNG file.
pub fn spectrograms(pairs: &[MatchPicture]) -> Vec<u8> {
    let sounds = || pairs.iter().flat_map(|pair| &pair.levels_db);
    let frames = sounds().map(Vec::len).max().unwrap_or(0);
    let bands = sounds().flatten().map(Vec::len).max().unwrap_or(0);
    let [width, height] = [frames as f32 * CELL[0], bands as f32 * CELL[1]];
    let row = TITLE + height;
    let size = [2.0 * width + 3.0 * MARGIN, pairs.len() as f32 * row + MARGIN];
    let mut canvas = Canvas::new(size[0] as u32, size[1] as u32);
    for (at, pair) in pairs.iter().enumerate() {
        for (side, (levels_db, title)) in pair.levels_db.iter().zip([&pair.name, "the guess"]).enumerate() {
            let corner = [MARGIN + side as f32 * (width + MARGIN), at as f32 * row + TITLE];
            canvas.text(title, [corner[0], corner[1] - 0.6 * SIZE], SIZE, Align::Left, TEXT);
            canvas.rectangle(corner, [width, height], colour(0.0));
            for (frame, levels_db) in levels_db.iter().enumerate() {
                for (band, level_db) in levels_db.iter().enumerate() {
                    let above = (bands - 1 - band) as f32 * CELL[1];
                    let at = [corner[0] + frame as f32 * CELL[0], corner[1] + above];
                    canvas.rectangle(at, CELL, colour(1.0 + level_db / RANGE_DB));
                }
            }
        }
    }
    canvas.png()
}
