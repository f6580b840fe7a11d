//! A frame as a timbre, a pitch and a loudness: 104 numbers that do not depend on pitch and loudness, and these
//! beside them. Never allocates after construction.
//!
//! The envelope is a density: the power of the harmonics per 100 Hz. So the same envelope has about the same
//! level at every pitch.

use vectors::{exp, log2, widest};

use crate::decibels::{DB, DB_PER_OCTAVE};
use crate::error::SpectralError;
use crate::knots::{Knots, LEVEL_RANGE_DB};
use crate::layout::FrameLayout;
use crate::noise_bands::NoiseBands;
use crate::pitch_tracker::check_rate;
use crate::tone_frame::{HARMONIC_COUNT, NOISE_BAND_COUNT, ToneFrame};

/// Values of the spectral envelope.
pub const ENVELOPE_COUNT: usize = 64;
/// Values of the noise.
pub const NOISE_LEVEL_COUNT: usize = 40;
/// Frequencies of the first and the last value of the envelope.
const ENVELOPE_RANGE_HZ: [f32; 2] = [60.0, 16_000.0];
/// Frequencies of the first and the last value of the noise.
const NOISE_RANGE_HZ: [f32; 2] = [40.0, 18_000.0];
/// The width that the envelope's density refers to.
const DENSITY_HZ: f32 = 100.0;
/// The fall of the spectrum above the last harmonic, in dB an octave: that of low notes of double basses.
const FALL_DB: f32 = 10.0;
/// Levels of silence, in dB relative to full scale.
const SILENCE_DB: f32 = -120.0;

/// The features of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct ToneFeatures {
    /// The power of the harmonics per 100 Hz, in dB relative to the frame's level, −100…20; −100 throughout
    /// without a pitch. The frequencies are equally far apart on the mel scale from 60 Hz to 16 kHz (or to 0.45 of
    /// the sample rate).
    pub envelope_db: [f32; ENVELOPE_COUNT],
    /// The density of the noise, in dB relative to white noise with the frame's level, −100…20, likewise from 40 Hz to
    /// 18 kHz.
    pub noise_db: [f32; NOISE_LEVEL_COUNT],
    /// The mean power of the frame, in dB relative to 1; −120 for silence.
    pub level_db: f32,
    /// The fundamental frequency in Hz; if the frame has no pitch, the frequency of the last frame with one.
    pub frequency_hz: f32,
}

impl Default for ToneFeatures {
    /// Silence.
    fn default() -> Self {
        Self {
            envelope_db: [LEVEL_RANGE_DB[0]; ENVELOPE_COUNT],
            noise_db: [LEVEL_RANGE_DB[0]; NOISE_LEVEL_COUNT],
            level_db: SILENCE_DB,
            frequency_hz: 0.0,
        }
    }
}

/// Converts between [`ToneFrame`]s and [`ToneFeatures`].
#[derive(Clone)]
pub struct ToneFeatureMap {
    highest_hz: f32,
    envelope: Knots,
    noise: Knots,
    /// The places of the bands of noise between the knots, and their shares of the spectrum.
    noise_places: Vec<(usize, f32)>,
    noise_shares: Vec<f32>,
    /// The middle of each band of noise: the logarithm to base 2 of its frequency, and its place in the envelope.
    noise_octaves: Vec<(f32, (usize, f32))>,
    points: Vec<((usize, f32), f32)>,
}

impl ToneFeatureMap {
    /// A map for frames of an analysis with this layout.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz; [`SpectralError::Layout`] if there are fewer bins than
    /// bands of noise.
    pub fn new(layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        if layout.bins() < 2 * NOISE_BAND_COUNT {
            return Err(SpectralError::Layout { window: layout.window(), hop: layout.hop() });
        }
        let highest_hz = 0.45 * sample_rate_hz;
        let knots = |count, [lowest, highest]: [f32; 2]| Knots::new(count, lowest, highest.min(highest_hz));
        let noise = knots(NOISE_LEVEL_COUNT, NOISE_RANGE_HZ);
        let bands = NoiseBands::new(NOISE_BAND_COUNT, layout.bins(), sample_rate_hz);
        let envelope = knots(ENVELOPE_COUNT, ENVELOPE_RANGE_HZ);
        let octave = |&middle: &f32| (middle.max(1.0).log2(), envelope.place(middle));
        Ok(Self {
            highest_hz,
            noise_octaves: bands.middles_hz().iter().map(octave).collect(),
            envelope,
            noise_places: bands.middles_hz().iter().map(|&middle| noise.place(middle)).collect(),
            noise_shares: bands.shares().collect(),
            noise,
            points: Vec::with_capacity(HARMONIC_COUNT.max(NOISE_BAND_COUNT)),
        })
    }

    /// The mean power of a frame.
    pub fn power(&self, frame: &ToneFrame) -> f32 {
        let noise = frame.noise.iter().zip(&self.noise_shares).map(|(level, share)| level * level * share);
        harmonic_power(frame) + noise.sum::<f32>()
    }

    /// The features of a frame.
    pub fn features(&mut self, frame: &ToneFrame, features: &mut ToneFeatures) {
        let (harmonics, power) = (harmonic_power(frame), self.power(frame));
        features.frequency_hz = frame.frequency_hz;
        if !(power.is_finite() && power > 10.0_f32.powf(SILENCE_DB / 10.0)) {
            *features = ToneFeatures { frequency_hz: frame.frequency_hz, ..ToneFeatures::default() };
            return;
        }
        features.level_db = 10.0 * power.log10();
        widest(
            #[inline(always)]
            || self.fit(frame, harmonics > 0.0, features),
        );
    }

    /// Writes the envelope and the noise, relative to the level.
    #[inline(always)]
    fn fit(&mut self, frame: &ToneFrame, has_harmonics: bool, features: &mut ToneFeatures) {
        let level_db = features.level_db;
        let [least, _] = LEVEL_RANGE_DB;
        let relative_db = |power: f32| (DB_PER_OCTAVE * log2(power.max(1e-20)) - level_db).max(least);

        self.points.clear();
        if has_harmonics && frame.frequency_hz > 0.0 {
            let (positions, count) = self.positions(frame.frequency_hz);
            let scale = 0.5 / density_width(frame.frequency_hz);
            let mut levels = frame.amplitudes;
            for level in &mut levels {
                *level = relative_db(scale * *level * *level);
            }
            let places = positions[..count].iter().map(|&position| self.envelope.place_of(position));
            self.points.extend(places.zip(levels));
        }
        self.envelope.begin_fit(&self.points);

        let mut levels = frame.noise;
        for level in &mut levels {
            *level = relative_db(*level * *level);
        }
        self.points.clear();
        self.points.extend(self.noise_places.iter().copied().zip(levels));
        self.noise.begin_fit(&self.points);

        Knots::fit_both([&mut self.envelope, &mut self.noise]);
        self.envelope.write_fit(&mut features.envelope_db);
        self.noise.write_fit(&mut features.noise_db);
    }

    /// The position of each harmonic of a frequency in the envelope, and the number of audible harmonics.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn positions(&self, frequency_hz: f32) -> ([f32; HARMONIC_COUNT], usize) {
        let mut positions = [0.0; HARMONIC_COUNT];
        for (index, position) in positions.iter_mut().enumerate() {
            *position = self.envelope.position((index + 1) as f32 * frequency_hz);
        }
        (positions, harmonics_hz(frequency_hz, self.highest_hz).count())
    }

    /// The frame with these features; a value that is not finite counts as the least level.
    pub fn frame(&self, features: &ToneFeatures, frame: &mut ToneFrame) {
        widest(
            #[inline(always)]
            || self.write_frame(features, frame),
        );
    }

    #[inline(always)]
    fn write_frame(&self, features: &ToneFeatures, frame: &mut ToneFrame) {
        let [least, greatest] = LEVEL_RANGE_DB;
        let level_db = if features.level_db.is_finite() { features.level_db.min(40.0) } else { SILENCE_DB };
        let amplitude = |relative_db: f32| {
            // The least level stands for silence, and so does a level that is not finite.
            let is_heard = relative_db > least && relative_db.is_finite() && level_db > SILENCE_DB;
            let root = exp((relative_db.min(greatest) + level_db) * (0.5 / DB));
            if is_heard { root } else { 0.0 }
        };
        frame.frequency_hz = features.frequency_hz;
        let (positions, count) = self.positions(features.frequency_hz);
        for (level, &position) in frame.amplitudes.iter_mut().zip(&positions) {
            *level = Knots::level(&features.envelope_db, self.envelope.place_of(position));
        }
        let gain = (2.0 * density_width(features.frequency_hz)).sqrt();
        for level in &mut frame.amplitudes {
            *level = gain * amplitude(*level);
        }
        frame.amplitudes[count..].fill(0.0);
        for (level, &place) in frame.noise.iter_mut().zip(&self.noise_places) {
            *level = Knots::level(&features.noise_db, place);
        }
        if count == HARMONIC_COUNT {
            self.fill_above(features, &mut frame.noise);
        }
        for level in &mut frame.noise {
            *level = amplitude(*level);
        }
    }

    /// Raises the noise above the last harmonic of a low tone to the density that the harmonics would have there:
    /// without them the spectrum would end.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn fill_above(&self, features: &ToneFeatures, noise_db: &mut [f32; NOISE_BAND_COUNT]) {
        let [least, _] = LEVEL_RANGE_DB;
        let last_hz = HARMONIC_COUNT as f32 * features.frequency_hz;
        let last = last_hz.log2();
        let last_db = Knots::level(&features.envelope_db, self.envelope.place(last_hz));
        if features.envelope_db[0] <= least || last_db <= least {
            return;
        }
        // The noise's density refers to half the sample rate.
        let white_db = 10.0 * (self.highest_hz / (0.9 * DENSITY_HZ)).log10();
        for (level_db, &(octave, place)) in noise_db.iter_mut().zip(&self.noise_octaves) {
            if octave > last {
                let falling_db = last_db - FALL_DB * (octave - last);
                let filled_db = Knots::level(&features.envelope_db, place).min(falling_db) + white_db;
                *level_db = level_db.max(filled_db);
            }
        }
    }

    /// The frequency of each audible harmonic in Hz, and its place in the envelope; empty without a frequency.
    pub(crate) fn harmonics(&self, frequency_hz: f32) -> impl Iterator<Item = (f32, (usize, f32))> {
        harmonics_hz(frequency_hz, self.highest_hz).map(|hz| (hz, self.envelope.place(hz)))
    }

    /// The place of each band of noise between the values of the noise.
    pub(crate) fn noise_places(&self) -> impl Iterator<Item = (usize, f32)> {
        self.noise_places.iter().copied()
    }
}

/// The share of a harmonic of this fundamental in the width that the envelope's density refers to.
pub(crate) fn density_width(frequency_hz: f32) -> f32 {
    frequency_hz / DENSITY_HZ
}

fn harmonics_hz(frequency_hz: f32, highest_hz: f32) -> impl Iterator<Item = f32> {
    let count = if frequency_hz > 0.0 && frequency_hz.is_finite() { HARMONIC_COUNT } else { 0 };
    (1..=count).map(move |number| number as f32 * frequency_hz).take_while(move |&hz| hz <= highest_hz)
}

fn harmonic_power(frame: &ToneFrame) -> f32 {
    frame.amplitudes.iter().map(|amplitude| 0.5 * amplitude * amplitude).sum()
}
