//! Corrects the levels of knots until the curve of straight lines between them meets given points. Never allocates
//! after construction.
//!
//! The points lie in rows: the first row has the first point of each stretch between two knots, the second row the
//! second point, and so on. So neighbouring stretches are computed side by side, and no point has to look for its
//! knots.

use vectors::{exp, log2};

use crate::decibels::{DB, DB_PER_OCTAVE};

/// Points that weigh less than this at a knot hardly change it.
const LEAST_WEIGHT: f32 = 1e-3;
/// Stretches that are computed side by side: a vector of AVX2, in the browser one of 128 bits.
const LANES: usize = if cfg!(target_family = "wasm") { 4 } else { 8 };
/// The level of a place without a point: its power counts as nothing.
const NO_POINT_DB: f32 = -1e9;

/// One point of each of some neighbouring stretches.
#[derive(Clone, Copy, Debug)]
struct PointRow {
    /// The levels of the points, in dB.
    levels_db: [f32; LANES],
    /// The nearness of the points to the upper knots, 0…1.
    nearness: [f32; LANES],
    /// The points' powers as shares of the curve's.
    ratios: [f32; LANES],
}

const NO_POINTS: PointRow =
    PointRow { levels_db: [NO_POINT_DB; LANES], nearness: [0.0; LANES], ratios: [0.0; LANES] };

/// Corrects curves with the same number of knots.
#[derive(Clone, Debug)]
pub(crate) struct CurveFit {
    /// For each part, a group of neighbouring stretches, its rows; there is room for the most rows possible.
    rows: Vec<PointRow>,
    row_limit: usize,
    /// The rows of each part that have points.
    row_counts: Vec<usize>,
    /// Points of each stretch.
    point_counts: Vec<usize>,
    /// The level of each knot.
    levels_db: Vec<f32>,
    /// The weights of each knot's points, added up.
    weights: Vec<f32>,
    /// The weighted powers of the points below each knot, as shares of the curve's, added up.
    below: Vec<f32>,
}

impl CurveFit {
    /// A fit for curves of `knots` knots and at most `points` points.
    pub(crate) fn new(knots: usize, points: usize) -> Self {
        let parts = knots.div_ceil(LANES);
        // The last stretches also have upper knots.
        let padded = parts * LANES + 1;
        Self {
            rows: vec![NO_POINTS; points * parts],
            row_limit: points,
            row_counts: vec![0; parts],
            point_counts: vec![0; knots],
            levels_db: vec![0.0; padded],
            weights: vec![LEAST_WEIGHT; padded],
            below: vec![LEAST_WEIGHT; padded],
        }
    }

    /// Takes the points: a knot, the nearness to the next one, and a level in dB. Returns the levels of the knots,
    /// which the caller has to write.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(crate) fn begin(&mut self, points: &[((usize, f32), f32)]) -> &mut [f32] {
        self.place(points);
        let knots = self.point_counts.len();
        &mut self.levels_db[..knots]
    }

    /// Corrects the levels of both curves once, side by side: each alone would wait for its own results.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(crate) fn correct_both([one, other]: [&mut Self; 2]) {
        one.compare();
        other.compare();
        one.correct();
        other.correct();
    }

    /// The levels of the knots.
    pub(crate) fn levels_db(&self) -> &[f32] {
        &self.levels_db
    }

    /// Puts the points into rows, and adds up their weights.
    #[inline(always)]
    fn place(&mut self, points: &[((usize, f32), f32)]) {
        self.point_counts.fill(0);
        self.row_counts.fill(0);
        // A knot without points keeps its level.
        self.weights.fill(LEAST_WEIGHT);
        for &((knot, nearness), level_db) in points {
            let (part, place) = (knot / LANES, knot % LANES);
            let row = self.point_counts[knot];
            self.point_counts[knot] += 1;
            let own = &mut self.rows[part * self.row_limit + row];
            if row == self.row_counts[part] {
                self.row_counts[part] += 1;
                *own = NO_POINTS;
            }
            own.levels_db[place] = level_db;
            own.nearness[place] = nearness;
            self.weights[knot] += 1.0 - nearness;
            self.weights[knot + 1] += nearness;
        }
    }

    /// Writes the points' powers as shares of the curve's, and adds them up for the knots above.
    #[inline(always)]
    fn compare(&mut self) {
        let parts = self.rows.chunks_exact_mut(self.row_limit).zip(&self.row_counts);
        for (part, (rows, &count)) in parts.enumerate() {
            let [lower, upper] = [0, 1].map(|next| *lanes(&self.levels_db[part * LANES + next..]));
            let mut sums = [LEAST_WEIGHT; LANES];
            for row in &mut rows[..count] {
                let mut ratios = [0.0; LANES];
                for n in 0..LANES {
                    let level_db = lower[n] + (upper[n] - lower[n]) * row.nearness[n];
                    ratios[n] = exp((row.levels_db[n] - level_db) * (1.0 / DB));
                    sums[n] += row.nearness[n] * ratios[n];
                }
                row.ratios = ratios;
            }
            self.below[part * LANES + 1..][..LANES].copy_from_slice(&sums);
        }
    }

    /// Corrects each knot by the mean of the points beside it.
    #[inline(always)]
    fn correct(&mut self) {
        let parts = self.rows.chunks_exact(self.row_limit).zip(&self.row_counts);
        for (part, (rows, &count)) in parts.enumerate() {
            let mut sums = *lanes(&self.below[part * LANES..]);
            for row in &rows[..count] {
                for (sum, (nearness, ratio)) in sums.iter_mut().zip(row.nearness.iter().zip(&row.ratios)) {
                    *sum += (1.0 - nearness) * ratio;
                }
            }
            let weights = *lanes(&self.weights[part * LANES..]);
            let mut levels_db = *lanes(&self.levels_db[part * LANES..]);
            for n in 0..LANES {
                levels_db[n] += DB_PER_OCTAVE * log2(sums[n] / weights[n]);
            }
            self.levels_db[part * LANES..][..LANES].copy_from_slice(&levels_db);
        }
    }
}

/// The first values of a padded slice.
#[inline(always)]
fn lanes(values: &[f32]) -> &[f32; LANES] {
    values.first_chunk().expect("the values are padded")
}
