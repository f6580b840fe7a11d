//! The sounds of the known presets, from which every search starts. Kept in a file beside the model, so that a
//! search need not render thousands of presets first. Opens no file.
//!
//! The file `preset_sounds.bin` begins with eight bytes `PRESETS1` and the fingerprints of `presets.bin` and of
//! `distance.json`, 16 letters each. Then come the spread of the spectrum's coordinates as f32, the mean of the
//! 162 features and the 24 components as f32, and the number of presets as u32. The coordinates follow: for each
//! of the 24 the values of all presets, as i16 in steps of 0.05 dB. First come their low bytes, then the high
//! ones, which compress better apart. All numbers are little-endian. The presets have the order of `presets.bin`.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT};
use features::{COMPONENT_COUNT, PerceptualDistance, Phi, Projection, SPECTRAL_COUNT, SpectralFeatures};

/// Change its number if the voice's or the spectrum's results change.
const HEAD: &[u8; 8] = b"PRESETS1";
/// Letters of a fingerprint.
const FINGERPRINT_LENGTH: usize = 16;
/// Steps of the kept coordinates, in dB: a hundredth of the distance of two presets that are hard to tell apart.
const STEP_DB: f32 = 0.05;

/// The known presets as their mel features' principal components, and the projection to these.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownSounds {
    projection: Projection,
    spread: f32,
    sounds: Vec<Phi>,
}

/// The reason why a file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KnownSoundsError {
    /// It ends early or late, or is of another kind or version.
    #[error("the sounds of the presets are damaged: make them anew with `latent-pad train`")]
    Damaged,
    /// It belongs to other presets.
    #[error("there are sounds of {found} presets for {expected}: make both anew with `latent-pad train`")]
    Rows {
        /// Sounds of the file.
        found: usize,
        /// Known presets.
        expected: usize,
    },
}

impl KnownSounds {
    /// The known sounds with these features of the presets.
    pub fn new(metric: &PerceptualDistance, presets: &[SpectralFeatures]) -> Self {
        let projection = metric.projection().clone();
        let sounds = presets.iter().map(|features| projection.phi(features).map(kept)).collect();
        Self { projection, spread: metric.phi_spread(), sounds }
    }

    /// The sounds of other presets along the same axes.
    pub fn of_others(&self, presets: &[SpectralFeatures]) -> Self {
        let sounds = presets.iter().map(|features| self.projection.phi(features).map(kept)).collect();
        Self { projection: self.projection.clone(), spread: self.spread, sounds }
    }

    /// The projection to the coordinates.
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// The factor of coordinates and features in a comparison: it makes the squared distance of a usual preset
    /// from the mean of all 1.
    pub fn scale(&self) -> f32 {
        self.spread.sqrt().recip()
    }

    /// The change of the coordinates with a dB of gain.
    pub fn level_direction(&self) -> Phi {
        level_direction(&self.projection)
    }

    /// The coordinates of each preset.
    pub fn sounds(&self) -> &[Phi] {
        &self.sounds
    }

    /// The presets nearest to a sound at any volume: rows and squared distances, the nearest first.
    pub(crate) fn nearest(&self, features: &SpectralFeatures, count: usize) -> Vec<(usize, f32)> {
        let sound = self.projection.phi(features);
        let level = level_direction(&self.projection);
        let distance = |other: &Phi| volume_and_distance(&sound, other, &level).1;
        let mut rows: Vec<(usize, f32)> = self.sounds.iter().map(distance).enumerate().collect();
        rows.sort_by(|a, b| a.1.total_cmp(&b.1));
        rows.truncate(count);
        rows
    }

    /// The bytes of the file, with the fingerprints of the presets and of the distance.
    pub fn to_bytes(&self, fingerprints: [&str; 2]) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        bytes.extend(fingerprints.into_iter().flat_map(str::bytes));
        bytes.extend(self.spread.to_le_bytes());
        let rows = [self.projection.mean()].into_iter();
        let rows = rows.chain(self.projection.components().iter().map(Vec::as_slice));
        bytes.extend(rows.flatten().flat_map(|number| number.to_le_bytes()));
        bytes.extend(u32::try_from(self.sounds.len()).unwrap_or(u32::MAX).to_le_bytes());
        for at in 0..COMPONENT_COUNT {
            let steps = self.sounds.iter().map(|sound| ((sound[at] / STEP_DB).round() as i16).to_le_bytes());
            bytes.extend(steps.clone().map(|[low, _]| low));
            bytes.extend(steps.map(|[_, high]| high));
        }
        bytes
    }

    /// Reads the bytes of a file for so many presets.
    ///
    /// # Errors If the file is damaged or belongs to other presets.
    pub fn from_bytes(bytes: &[u8], presets: usize) -> Result<Self, KnownSoundsError> {
        let (known, found) = Self::read(bytes).ok_or(KnownSoundsError::Damaged)?;
        if found == presets { Ok(known) } else { Err(KnownSoundsError::Rows { found, expected: presets }) }
    }

    /// The fingerprints in the bytes of a file: of the presets and of the distance.
    pub fn fingerprints(bytes: &[u8]) -> Option<[&str; 2]> {
        let rest = bytes.strip_prefix(HEAD)?;
        let (presets, rest) = rest.split_at_checked(FINGERPRINT_LENGTH)?;
        let (distance, _) = rest.split_at_checked(FINGERPRINT_LENGTH)?;
        Some([str::from_utf8(presets).ok()?, str::from_utf8(distance).ok()?])
    }

    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        Self::fingerprints(bytes)?;
        let rest = bytes.get(HEAD.len() + 2 * FINGERPRINT_LENGTH..)?;
        let (spread, rest) = rest.split_first_chunk()?;
        let spread = f32::from_le_bytes(*spread);
        let (numbers, rest) = rest.split_at_checked(4 * SPECTRAL_COUNT * (1 + COMPONENT_COUNT))?;
        let numbers: Vec<f32> =
            numbers.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let (mean, components) = numbers.as_chunks().0.split_first()?;
        let projection = Projection::from_parts(mean, components)?;
        let (count, rest) = rest.split_first_chunk()?;
        let count = u32::from_le_bytes(*count) as usize;
        if Some(rest.len()) != count.checked_mul(2 * COMPONENT_COUNT) || !(spread.is_finite() && spread > 0.0)
        {
            return None;
        }
        let step = |row: usize, at: usize| {
            let column = 2 * at * count;
            i16::from_le_bytes([rest[column + row], rest[column + count + row]])
        };
        let sound = |row| std::array::from_fn(|at| f32::from(step(row, at)) * STEP_DB);
        Some((Self { projection, spread, sounds: (0..count).map(sound).collect() }, count))
    }
}

/// The gain in dB that brings a sound nearest to another one, and the squared distance that is left; `level` is
/// [`KnownSounds::level_direction`].
pub fn volume_and_distance(wanted: &Phi, other: &Phi, level: &Phi) -> (f32, f32) {
    let square: f32 = level.iter().map(|part| part * part).sum();
    let along: f32 = (0..COMPONENT_COUNT).map(|at| (wanted[at] - other[at]) * level[at]).sum();
    let gain = along / square.max(f32::MIN_POSITIVE);
    let left = (0..COMPONENT_COUNT).map(|at| (wanted[at] - other[at] - gain * level[at]).powi(2)).sum();
    (gain, left)
}

/// The change of a sound's coordinates with a dB of gain.
fn level_direction(projection: &Projection) -> Phi {
    let mut louder: SpectralFeatures = [0.0; SPECTRAL_COUNT];
    for (feature, mean) in louder.iter_mut().zip(projection.mean()) {
        *feature = *mean;
    }
    louder[..BAND_COUNT * SEGMENT_COUNT].iter_mut().for_each(|level| *level += 1.0);
    projection.phi(&louder)
}

/// A coordinate in the precision of the file, so that writing and reading change nothing.
fn kept(coordinate: f32) -> f32 {
    f32::from((coordinate / STEP_DB).round() as i16) * STEP_DB
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::known_sounds;

    const FINGERPRINTS: [&str; 2] = ["0123456789abcdef", "fedcba9876543210"];

    #[test]
    fn kept_sounds_are_read_unchanged() {
        let known = known_sounds().0;
        let bytes = known.to_bytes(FINGERPRINTS);
        assert_eq!(KnownSounds::from_bytes(&bytes, known.sounds().len()), Ok(known));
        assert_eq!(KnownSounds::fingerprints(&bytes), Some(FINGERPRINTS));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let (known, presets) = known_sounds();
        let bytes = known.to_bytes(FINGERPRINTS);
        let read = |bytes: &[u8]| KnownSounds::from_bytes(bytes, presets.len());
        for end in (0..bytes.len()).step_by(7) {
            assert_eq!(read(&bytes[..end]), Err(KnownSoundsError::Damaged));
        }
        assert_eq!(read(&[&bytes[..], &[0]].concat()), Err(KnownSoundsError::Damaged));
        let mut nan = bytes.clone();
        nan[40..44].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(read(&nan), Err(KnownSoundsError::Damaged));
        let error = KnownSounds::from_bytes(&bytes, 99).unwrap_err().to_string();
        assert!(error.contains("for 99"), "{error}");
    }
}
