//! Levels at fixed frequencies that give the levels between them: a curve of straight lines in dB. Never allocates
//! after construction.

use crate::curve_fit::CurveFit;
use crate::mel_bands::mel;
use crate::tone_frame::{HARMONIC_COUNT, NOISE_BAND_COUNT};

/// The least and the greatest level of a knot, in dB.
pub(crate) const LEVEL_RANGE_DB: [f32; 2] = [-100.0, 20.0];
/// The number of corrections of a curve towards its points.
const CORRECTIONS: usize = 12;
/// The most points of a curve.
const POINT_LIMIT: usize = if HARMONIC_COUNT > NOISE_BAND_COUNT { HARMONIC_COUNT } else { NOISE_BAND_COUNT };

/// Frequencies that are equally far apart on the mel scale.
#[derive(Clone, Debug)]
pub(crate) struct Knots {
    lowest_mel: f32,
    step_mel: f32,
    count: usize,
    fit: CurveFit,
}

impl Knots {
    /// `count` knots, at least two, between two frequencies.
    pub(crate) fn new(count: usize, lowest_hz: f32, highest_hz: f32) -> Self {
        let step_mel = (mel(highest_hz) - mel(lowest_hz)) / (count - 1) as f32;
        Self { lowest_mel: mel(lowest_hz), step_mel, count, fit: CurveFit::new(count, POINT_LIMIT) }
    }

    /// The place of a frequency: a knot, and the nearness to the next one, 0…1.
    #[inline(always)]
    pub(crate) fn place(&self, frequency_hz: f32) -> (usize, f32) {
        self.place_of(self.position(frequency_hz))
    }

    /// The position of a frequency, counted in knots.
    #[inline(always)]
    pub(crate) fn position(&self, frequency_hz: f32) -> f32 {
        ((mel(frequency_hz) - self.lowest_mel) / self.step_mel).clamp(0.0, (self.count - 1) as f32)
    }

    /// The knot of a position, and the nearness to the next one.
    #[inline(always)]
    pub(crate) fn place_of(&self, position: f32) -> (usize, f32) {
        let knot = (position as usize).min(self.count - 2);
        (knot, position - knot as f32)
    }

    /// The level of the curve at a place, in dB.
    #[inline(always)]
    pub(crate) fn level(levels_db: &[f32], (knot, nearness): (usize, f32)) -> f32 {
        levels_db[knot] + (levels_db[knot + 1] - levels_db[knot]) * nearness
    }

    /// Takes the points of a curve (place and level in dB) in the order of their frequencies, and begins with the
    /// lines between them. Without points all knots have the least level.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(crate) fn begin_fit(&mut self, points: &[((usize, f32), f32)]) {
        let levels_db = self.fit.begin(points);
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            levels_db.fill(LEVEL_RANGE_DB[0]);
            return;
        };
        let position = |(knot, nearness): (usize, f32)| knot as f32 + nearness;
        let mut upper = 0;
        for (knot, level) in levels_db.iter_mut().enumerate() {
            while upper < points.len() && position(points[upper].0) < knot as f32 {
                upper += 1;
            }
            *level = if upper == 0 {
                first.1
            } else if upper == points.len() {
                last.1
            } else {
                let [(low, from), (high, to)] = [points[upper - 1], points[upper]];
                let [low, high] = [low, high].map(position);
                from + (to - from) * (knot as f32 - low) / (high - low).max(1e-6)
            };
        }
    }

    /// Corrects two curves until they meet their points. If several points share a knot, the curve meets their
    /// mean power: the mean of the levels would lose the strong ones among weak ones.
    #[inline(always)]
    pub(crate) fn fit_both([one, other]: [&mut Self; 2]) {
        for _ in 0..CORRECTIONS {
            CurveFit::correct_both([&mut one.fit, &mut other.fit]);
        }
    }

    /// Writes the levels of the knots of the curve.
    #[inline(always)]
    pub(crate) fn write_fit(&self, levels_db: &mut [f32]) {
        let [least, greatest] = LEVEL_RANGE_DB;
        for (level, fitted) in levels_db.iter_mut().zip(self.fit.levels_db()) {
            *level = fitted.clamp(least, greatest);
        }
    }
}
