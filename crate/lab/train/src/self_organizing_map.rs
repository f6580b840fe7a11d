//! A self-organizing map (Kohonen 1982) of the training sounds, in its batch form: it initialises the presets' points
//! for the untrained decoder. Each cell of a grid has a sound; updates include neighbouring cells, within a radius
//! that shrinks from round to round.

use crate::nearest::nearest;
use features::{COORDINATE_COUNT, SoundCoordinates};
use plane::{LATENT_LIMIT, Point};

/// Cells along each axis.
const GRID: usize = 32;
/// Rounds of finding the nearest cell and moving the cells.
const ROUNDS: usize = 24;
/// Radius of the neighbourhood, in latent units: in the first round, a third of the square; in the last one, a cell.
const RADIUS: [f32; 2] = [3.0, 0.25];

/// Centres of the cells of a `grid` × `grid` of the square, row by row, y upwards.
pub fn centres(grid: usize) -> Vec<Point> {
    let centre = |at: usize| (2.0 * (at as f32 + 0.5) / grid as f32 - 1.0) * LATENT_LIMIT;
    (0..grid * grid).map(|cell| Point { x: centre(cell % grid), y: centre(cell / grid) }).collect()
}

/// A point of the square for each of `sounds`, so that neighbours sound alike.
pub fn self_organizing_map(sounds: &[SoundCoordinates]) -> Vec<Point> {
    let cells = centres(GRID);
    let mut map = tilted_mean(&cells, sounds);
    for round in 0..ROUNDS {
        let progress = round as f32 / (ROUNDS - 1) as f32;
        let radius = RADIUS[0] * (RADIUS[1] / RADIUS[0]).powf(progress);
        let Some(found) = nearest(sounds, &map) else { break };
        map = update(sounds, &found, radius, map);
    }
    let found = nearest(sounds, &map).unwrap_or_default();
    found.into_iter().map(|(cell, _)| cells[cell]).collect()
}

/// The mean sound, tilted along the first two principal components, which are the first two
/// coordinates; sounds have a standard deviation of about half a unit there.
fn tilted_mean(cells: &[Point], sounds: &[SoundCoordinates]) -> Vec<SoundCoordinates> {
    let mut mean = [0.0; COORDINATE_COUNT];
    for sound in sounds {
        mean.iter_mut().zip(sound).for_each(|(sum, value)| *sum += value / sounds.len() as f32);
    }
    let tilted = |&cell: &Point| {
        let mut sound = mean;
        sound.iter_mut().zip(<[f32; 2]>::from(cell)).for_each(|(value, along)| *value += 0.25 * along);
        sound
    };
    cells.iter().map(tilted).collect()
}

/// Each cell becomes the mean of all sounds, weighted by the nearness of their cells. The weight is the product of a
/// weight along x and one along y, so the sums are taken axis by axis.
fn update(
    sounds: &[SoundCoordinates],
    found: &[(usize, f32)],
    radius: f32,
    before: Vec<SoundCoordinates>,
) -> Vec<SoundCoordinates> {
    const LENGTH: usize = COORDINATE_COUNT + 1;
    let mut sums = vec![[0.0f32; LENGTH]; GRID * GRID];
    for (sound, &(cell, _)) in sounds.iter().zip(found) {
        sums[cell].iter_mut().zip(sound).for_each(|(sum, value)| *sum += value);
        sums[cell][COORDINATE_COUNT] += 1.0;
    }
    let step = 2.0 * LATENT_LIMIT / GRID as f32;
    let weight = |a: usize, b: usize| (-0.5 * (a.abs_diff(b) as f32 * step / radius).powi(2)).exp();
    for stride in [1, GRID] {
        let mut blurred = vec![[0.0f32; LENGTH]; GRID * GRID];
        for (cell, to) in blurred.iter_mut().enumerate() {
            let at = cell / stride % GRID;
            for other in 0..GRID {
                let weight = weight(at, other);
                let from = &sums[cell - at * stride + other * stride];
                to.iter_mut().zip(from).for_each(|(to, from)| *to += weight * from);
            }
        }
        sums = blurred;
    }
    let mean = |(sums, before): (&[f32; LENGTH], SoundCoordinates)| match sums[COORDINATE_COUNT] {
        count if count > f32::MIN_POSITIVE => std::array::from_fn(|coordinate| sums[coordinate] / count),
        _ => before,
    };
    sums.iter().zip(before).map(mean).collect()
}
