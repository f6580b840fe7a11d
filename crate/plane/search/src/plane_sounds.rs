//! The sounds of a plane at the points of a grid, as a perceptual distance compares them. They are kept in a file
//! beside the model, so that a search need not render and measure the plane again. Opens no file.
//!
//! The file `sounds.bin` begins with eight bytes `SOUNDS 1`, the fingerprints of `decoder.onnx` and of `distance.json`
//! in 16 letters each, and the number of points of a side as u16. Then, for each point in the order of [`Map::points`],
//! come its 24 coordinates of the spectrum and its seven timbral scales as f32. All numbers are little-endian. The
//! numbers are exact, so that a search finds the same point as with a plane that was just measured.

use features::{AudioFeatures, COORDINATE_COUNT, PerceptualDistance, ProjectedSound};
use plane::map::{GRID_LIMIT, Map};
use plane::{LATENT_LIMIT, Point};

/// Change its number with the voice's, the spectrum's or the timbre models' results.
const HEAD: &[u8; 8] = b"SOUNDS 1";

/// Letters of a fingerprint.
const FINGERPRINT_LENGTH: usize = 16;

/// The sounds at the points of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneSounds {
    grid: u16,
    sounds: Vec<ProjectedSound>,
}

/// The reason why kept sounds cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaneSoundsError {
    /// The file ends early or late, or is of another kind or version.
    #[error("the plane's sounds are damaged")]
    Damaged,
    /// The sounds are those of another decoder.
    #[error("the plane's sounds are those of another decoder")]
    OtherDecoder,
    /// The sounds are projected for another perceptual distance.
    #[error("the plane's sounds are for another perceptual distance")]
    OtherDistance,
}

impl PlaneSounds {
    /// From the features at the points of a grid, in the order of [`Map::points`].
    ///
    /// # Panics
    /// If there are not `grid` × `grid` of them, or less than 2 × 2.
    pub fn new(metric: &PerceptualDistance, features: &[AudioFeatures], grid: u16) -> Self {
        let points = usize::from(grid) * usize::from(grid);
        assert!(grid > 1 && features.len() == points, "{} sounds on a grid of {grid}", features.len());
        Self { grid, sounds: features.iter().map(|features| metric.project(features)).collect() }
    }

    /// Points of the grid along each axis.
    pub fn grid(&self) -> u16 {
        self.grid
    }

    /// Distance between two neighbouring points of the grid, in latent units.
    pub fn spacing(&self) -> f32 {
        2.0 * LATENT_LIMIT / f32::from(self.grid - 1)
    }

    /// The points and their sounds.
    pub fn iter(&self) -> impl Iterator<Item = (Point, &ProjectedSound)> {
        Map::points(self.grid, LATENT_LIMIT).zip(&self.sounds)
    }

    /// The bytes of the file, with the fingerprints of the decoder and of the distance.
    pub fn to_bytes(&self, fingerprints: [&str; 2]) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        bytes.extend(fingerprints.into_iter().flat_map(str::bytes));
        bytes.extend(self.grid.to_le_bytes());
        let numbers = self.sounds.iter().flat_map(|sound| sound.phi.iter().chain(&sound.scales));
        bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
        bytes
    }

    /// Reads the bytes of a file for a decoder and a distance with these fingerprints.
    ///
    /// # Errors
    /// If the file is damaged or belongs to others.
    pub fn from_bytes(bytes: &[u8], [decoder, distance]: [&str; 2]) -> Result<Self, PlaneSoundsError> {
        let damaged = PlaneSoundsError::Damaged;
        let rest = bytes.strip_prefix(HEAD).ok_or(damaged)?;
        let (of_decoder, rest) = rest.split_at_checked(FINGERPRINT_LENGTH).ok_or(damaged)?;
        let (of_distance, rest) = rest.split_at_checked(FINGERPRINT_LENGTH).ok_or(damaged)?;
        let (grid, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let grid = u16::from_le_bytes(*grid);
        let (numbers, after) = rest.as_chunks();
        let numbers: Vec<f32> = numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let expected = usize::from(grid) * usize::from(grid) * COORDINATE_COUNT;
        let is_whole = after.is_empty() && numbers.len() == expected && (2..=GRID_LIMIT).contains(&grid);
        if !is_whole || !numbers.iter().all(|number| number.is_finite()) {
            return Err(damaged);
        }
        if of_decoder != decoder.as_bytes() {
            return Err(PlaneSoundsError::OtherDecoder);
        }
        if of_distance != distance.as_bytes() {
            return Err(PlaneSoundsError::OtherDistance);
        }
        let sound = |numbers: &[f32; COORDINATE_COUNT]| {
            let mut sound = ProjectedSound { phi: [0.0; _], scales: [0.0; _] };
            let (phi, scales) = numbers.split_at(sound.phi.len());
            sound.phi.copy_from_slice(phi);
            sound.scales.copy_from_slice(scales);
            sound
        };
        Ok(Self { grid, sounds: numbers.as_chunks().0.iter().map(sound).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINGERPRINTS: [&str; 2] = ["0123456789abcdef", "fedcba9876543210"];

    fn sounds() -> PlaneSounds {
        let sound = |point: u8| ProjectedSound { phi: [f32::from(point) / 3.0; _], scales: [1e-3; _] };
        PlaneSounds { grid: 3, sounds: (0..9).map(sound).collect() }
    }

    #[test]
    fn kept_sounds_are_read_unchanged_and_lie_at_their_points() {
        let bytes = sounds().to_bytes(FINGERPRINTS);
        let read = PlaneSounds::from_bytes(&bytes, FINGERPRINTS).unwrap();
        assert_eq!((&read, read.spacing()), (&sounds(), 4.0));
        let (point, sound) = read.iter().nth(5).unwrap();
        assert_eq!((point, sound.phi[0]), (Point { x: 4.0, y: 0.0 }, 5.0 / 3.0));
    }

    #[test]
    fn sounds_of_another_model_are_refused() {
        let bytes = sounds().to_bytes(FINGERPRINTS);
        let [decoder, distance] = FINGERPRINTS;
        let read = |fingerprints| PlaneSounds::from_bytes(&bytes, fingerprints);
        assert_eq!(read([distance, distance]), Err(PlaneSoundsError::OtherDecoder));
        assert_eq!(read([decoder, decoder]), Err(PlaneSoundsError::OtherDistance));
        assert_eq!(read([decoder, ""]), Err(PlaneSoundsError::OtherDistance));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let bytes = sounds().to_bytes(FINGERPRINTS);
        let read = |bytes: &[u8]| PlaneSounds::from_bytes(bytes, FINGERPRINTS);
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), Err(PlaneSoundsError::Damaged));
        }
        assert_eq!(read(&[&bytes[..], &[0; 4]].concat()), Err(PlaneSoundsError::Damaged));
        let mut nan = bytes.clone();
        let last = nan.len() - 4;
        nan[last..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(read(&nan), Err(PlaneSoundsError::Damaged));
        let none = [&bytes[..40], &[0, 0]].concat();
        assert_eq!(read(&none), Err(PlaneSoundsError::Damaged));
    }
}
