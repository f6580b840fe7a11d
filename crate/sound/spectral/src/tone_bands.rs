//! The mel bands of the sound of a frame's features, without its synthesis, and their gradient with respect to
//! each feature, from which a network learns. Never allocates after construction.
//!
//! Harmonics are sines with the main lobe of a Hann window, noise counts with its mean power, and both add up in power.
//! The noise that fills the spectrum of a low tone above its last harmonic does not count.

use crate::decibels::DB;
use crate::error::SpectralError;
use crate::knots::Knots;
use crate::layout::FrameLayout;
use crate::mel_bands::MelBands;
use crate::noise_bands::NoiseBands;
use crate::tone_features::{ENVELOPE_COUNT, NOISE_LEVEL_COUNT, ToneFeatureMap, density_width};
use crate::tone_frame::{HARMONIC_COUNT, NOISE_BAND_COUNT};
use crate::window::hann;

/// Places between two bins at which a sine's bands are known.
const PLACES_A_BIN: usize = 8;
/// The distance to which the window's lobe is followed, in bins: the first side lobe, −31 dB, is the last that
/// counts.
const LOBE_BINS: f32 = 4.0;
/// Levels of features beyond these count as these, in dB.
const RANGE_DB: [f32; 2] = [-100.0, 40.0];
/// The least power of a band or a frame.
const LEAST_POWER: f32 = 1e-15;

/// For a place of a sine the first band that it reaches, and the range of its shares among those of all places.
type SineReach = (usize, std::ops::Range<usize>);

/// Computes the levels of mel bands from features.
#[derive(Clone)]
pub struct ToneBands {
    map: ToneFeatureMap,
    bin_hz: f32,
    count: usize,
    sines: Vec<SineReach>,
    shares: Vec<f32>,
    /// For each band the share of each band of noise.
    noise_shares: Vec<[f32; NOISE_BAND_COUNT]>,
    /// The share of each band of noise in the power of the frame.
    noise_powers: [f32; NOISE_BAND_COUNT],
    /// The values of the last frame: the harmonics' places and powers, their number, the powers of noise and
    /// bands, and the total power.
    /// total power.
    harmonics: [(usize, (usize, f32), f32); HARMONIC_COUNT],
    harmonic_count: usize,
    noise: [f32; NOISE_BAND_COUNT],
    bands: Vec<f32>,
    whole: f32,
}

impl ToneBands {
    /// `count` bands of [`MelBands`] for frames with this layout.
    ///
    /// # Errors
    /// As [`ToneFeatureMap::new`].
    pub fn new(count: usize, layout: FrameLayout, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        let map = ToneFeatureMap::new(layout, sample_rate_hz)?;
        let mel_bands = MelBands::new(count, layout, sample_rate_hz);
        let (sines, shares) = sine_shares(&mel_bands, count, layout);
        let noise_bands = NoiseBands::new(NOISE_BAND_COUNT, layout.bins(), sample_rate_hz);
        let bin_hz = sample_rate_hz / layout.window() as f32;
        let mut noise_powers = [0.0; NOISE_BAND_COUNT];
        noise_powers.iter_mut().zip(noise_bands.shares()).for_each(|(power, share)| *power = share);
        Ok(Self {
            map,
            bin_hz,
            count,
            sines,
            shares,
            noise_shares: noise_shares(&mel_bands, &noise_bands, count, (layout, bin_hz)),
            noise_powers,
            harmonics: [(0, (0, 0.0), 0.0); HARMONIC_COUNT],
            harmonic_count: 0,
            noise: [0.0; NOISE_BAND_COUNT],
            bands: vec![LEAST_POWER; count],
            whole: LEAST_POWER,
        })
    }

    /// Number of bands.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Writes the level of each band of an envelope, levels of noise and a pitch, all as in
    /// [`crate::ToneFeatures`]. The levels are in dB relative to the frame's level, with 0 dB for a power of 1.
    pub fn levels(
        &mut self,
        envelope_db: &[f32],
        noise_db: &[f32],
        frequency_hz: f32,
        levels_db: &mut [f32],
    ) {
        let power = |level_db: f32| (level_db.clamp(RANGE_DB[0], RANGE_DB[1]) / DB).exp();
        self.bands.fill(LEAST_POWER);
        self.whole = LEAST_POWER;
        self.harmonic_count = 0;
        let width = density_width(frequency_hz);
        for (frequency_hz, place) in self.map.harmonics(frequency_hz) {
            let level_db = Knots::level(envelope_db, place);
            let squared = 2.0 * width * power(level_db);
            let sine = (frequency_hz / self.bin_hz * PLACES_A_BIN as f32).round() as usize;
            let sine = sine.min(self.sines.len() - 1);
            let (first, range) = self.sines[sine].clone();
            for (band, share) in self.bands[first..].iter_mut().zip(&self.shares[range]) {
                *band += squared * share;
            }
            self.whole += 0.5 * squared;
            self.harmonics[self.harmonic_count] = (sine, place, squared);
            self.harmonic_count += 1;
        }
        for ((noise, place), share) in
            self.noise.iter_mut().zip(self.map.noise_places()).zip(self.noise_powers)
        {
            *noise = power(Knots::level(noise_db, place));
            self.whole += *noise * share;
        }
        for (band, shares) in self.bands.iter_mut().zip(&self.noise_shares) {
            *band += self.noise.iter().zip(shares).map(|(noise, share)| noise * share).sum::<f32>();
        }
        for (level, band) in levels_db.iter_mut().zip(&self.bands) {
            *level = DB * (band / self.whole).ln();
        }
    }

    /// Turns derivatives with respect to the level of each band into derivatives with respect to each value of the
    /// envelope and of the noise, for the frame of the last [`Self::levels`].
    pub fn gradient(
        &self,
        of_levels: &[f32],
        of_envelope: &mut [f32; ENVELOPE_COUNT],
        of_noise: &mut [f32; NOISE_LEVEL_COUNT],
    ) {
        of_envelope.fill(0.0);
        of_noise.fill(0.0);
        // DB cancels: the level is DB · ln x, and the derivative of its inverse has the divisor DB.
        let of_whole = -of_levels.iter().sum::<f32>() / self.whole;
        let of_band = |band: usize| of_levels.get(band).map_or(0.0, |of_level| of_level / self.bands[band]);
        for (sine, place, squared) in &self.harmonics[..self.harmonic_count] {
            let (first, range) = self.sines[*sine].clone();
            let shares = self.shares[range].iter().enumerate();
            let of_power: f32 = shares.map(|(at, share)| share * of_band(first + at)).sum();
            add(of_envelope, *place, squared * (of_power + 0.5 * of_whole));
        }
        let mut of_powers = self.noise_powers.map(|share| share * of_whole);
        for (band, shares) in self.noise_shares.iter().enumerate() {
            let of_band = of_band(band);
            of_powers.iter_mut().zip(shares).for_each(|(of_power, share)| *of_power += of_band * share);
        }
        for ((of_power, noise), place) in of_powers.iter().zip(&self.noise).zip(self.map.noise_places()) {
            add(of_noise, place, of_power * noise);
        }
    }
}

/// Adds the change of a level between two knots to both knots.
fn add(knots: &mut [f32], (knot, nearness): (usize, f32), change: f32) {
    knots[knot] += (1.0 - nearness) * change;
    knots[knot + 1] += nearness * change;
}

/// The contributions of sines of power 1 at all places to the power of each band.
fn sine_shares(mel_bands: &MelBands, count: usize, layout: FrameLayout) -> (Vec<SineReach>, Vec<f32>) {
    let bins = layout.bins();
    let (mut spectrum, mut bands) = (vec![0.0; bins], vec![0.0; count]);
    let (mut sines, mut shares) = (Vec::new(), Vec::new());
    for place in 0..=(bins - 1) * PLACES_A_BIN {
        let place = place as f32 / PLACES_A_BIN as f32;
        let [low, high] = [(place - LOBE_BINS).ceil().max(0.0), (place + LOBE_BINS).floor()];
        let lobe = low as usize..=(high as usize).min(bins - 1);
        for bin in lobe.clone() {
            spectrum[bin] = 0.25 * layout.window() as f32 * hann_lobe(bin as f32 - place);
        }
        mel_bands.magnitudes(&spectrum, &mut bands);
        spectrum[lobe].fill(0.0);
        let first = bands.iter().position(|&band| band > 0.0).unwrap_or(0);
        let end = bands.iter().rposition(|&band| band > 0.0).map_or(first, |last| last + 1);
        let from = shares.len();
        shares.extend(bands[first..end].iter().map(|magnitude| magnitude * magnitude));
        sines.push((first, from..shares.len()));
    }
    (sines, shares)
}

/// The contribution of each band of noise to the power of each band, on a layout's bins, which lie `bin_hz` apart.
fn noise_shares(
    mel_bands: &MelBands,
    noise_bands: &NoiseBands,
    count: usize,
    (layout, bin_hz): (FrameLayout, f32),
) -> Vec<[f32; NOISE_BAND_COUNT]> {
    let (mut spectrum, mut bands) = (vec![0.0; layout.bins()], vec![0.0; count]);
    let gain: f32 = hann(layout.window()).iter().map(|weight| weight * weight).sum();
    let mut noise_shares = vec![[0.0; NOISE_BAND_COUNT]; count];
    for band in 0..NOISE_BAND_COUNT {
        for (bin, magnitude) in spectrum.iter_mut().enumerate() {
            let (low, nearness) = noise_bands.between(bin as f32 * bin_hz);
            let share = if band == low {
                1.0 - nearness
            } else if band == low + 1 {
                nearness
            } else {
                0.0
            };
            *magnitude = (gain * share).sqrt();
        }
        mel_bands.magnitudes(&spectrum, &mut bands);
        for (shares, magnitude) in noise_shares.iter_mut().zip(&bands) {
            shares[band] = magnitude * magnitude;
        }
    }
    noise_shares
}

/// The spectrum of a Hann window this many bins from its middle, relative to the middle.
fn hann_lobe(bins: f32) -> f32 {
    let turns = std::f32::consts::PI * bins;
    if bins.abs() < 1e-3 {
        1.0
    } else if (bins.abs() - 1.0).abs() < 1e-3 {
        0.5
    } else {
        turns.sin() / (turns * (1.0 - bins * bins))
    }
}
