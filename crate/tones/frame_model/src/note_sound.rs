//! A recorded note of an instrument: the parts of its name, and the frames that show its timbre.

use crate::normalisation::{COLUMN_COUNT, columns};
use crate::tone_coder::frame_layout;
use spectral::{SpectralError, ToneFeatureMap, ToneFeatures, analyze_tone};

/// A recorded note, one channel.
#[derive(Clone, Debug)]
pub struct NoteSound {
    /// The name of its file without ending. `GROUP_NUMBER_KEY` tells its instrument and its key, 0 to 127; any
    /// other name tells neither.
    pub name: String,
    /// Its samples.
    pub samples: Vec<f32>,
    /// Their rate in Hz.
    pub sample_rate_hz: u32,
}

/// Frames this far below the loudest of the note are left out, in dB: they have more of the room than of the
/// instrument.
pub(crate) const DEPTH_DB: f32 = 40.0;
/// Frames below this level are left out, in dB relative to 1.
pub(crate) const LEAST_LEVEL_DB: f32 = -80.0;
/// A pitch this far from the key is an error of the tracker, in semitones.
const KEY_TOLERANCE: f32 = 0.7;

impl NoteSound {
    /// Group, number and key of a name of that form.
    fn parts(&self) -> Option<(&str, u32, u8)> {
        let mut parts = self.name.rsplitn(3, '_');
        let key = parts.next()?.parse().ok().filter(|&key| key < 128)?;
        let number = parts.next()?.parse().ok()?;
        Some((parts.next()?, number, key))
    }

    /// The MIDI key of a name such as `GROUP_NUMBER_KEY`; `None` for any other name.
    pub fn key(&self) -> Option<u8> {
        self.parts().map(|(_, _, key)| key)
    }

    /// The number before the key.
    pub fn number(&self) -> Option<u32> {
        self.parts().map(|(_, number, _)| number)
    }

    /// The group and the key, or else the whole name: recordings with the same are held back together.
    pub fn identity(&self) -> (&str, Option<u8>) {
        self.parts().map_or((&self.name, None), |(group, _, key)| (group, Some(key)))
    }

    /// Features and pitch of the frames with a pitch; if the key is known, only of frames whose pitch fits it.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn columns(&self) -> Result<Vec<[f32; COLUMN_COUNT]>, SpectralError> {
        Ok(self.features()?.iter().map(columns).collect())
    }

    /// The frames of [`Self::columns`], with their levels.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn features(&self) -> Result<Vec<ToneFeatures>, SpectralError> {
        let rate_hz = self.sample_rate_hz as f32;
        let layout = frame_layout(rate_hz);
        let mut map = ToneFeatureMap::new(layout, rate_hz)?;
        let mut all = Vec::new();
        for (pitch, frame) in analyze_tone(&self.samples, layout, rate_hz)? {
            let mut features = ToneFeatures::default();
            map.features(&frame, &mut features);
            if pitch.is_voiced && self.is_at_key(features.frequency_hz) {
                all.push(features);
            }
        }
        let loudest = all.iter().map(|features| features.level_db).fold(f32::MIN, f32::max);
        all.retain(|features| features.level_db > (loudest - DEPTH_DB).max(LEAST_LEVEL_DB));
        Ok(all)
    }

    fn is_at_key(&self, frequency_hz: f32) -> bool {
        let played = 69.0 + 12.0 * (frequency_hz / 440.0).log2();
        self.key().is_none_or(|key| (played - f32::from(key)).abs() < KEY_TOLERANCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NoteSound {
        NoteSound { name: name.into(), samples: Vec::new(), sample_rate_hz: 44_100 }
    }

    #[test]
    fn a_name_says_something_only_in_its_whole_form() {
        for (name, group) in
            [("flute_3_60", "flute"), ("bank.my preset_7_60", "bank.my preset"), ("a_b_0_60", "a_b")]
        {
            let note = named(name);
            assert_eq!((note.key(), note.identity()), (Some(60), (group, Some(60))), "{name}");
        }
        assert_eq!(named("flute_3_60").number(), Some(3));
        for name in ["take_3", "flute", "flute_x_60", "flute_3_128", "take 2_60", "flute_3_c", ""] {
            let note = named(name);
            assert_eq!((note.key(), note.number(), note.identity()), (None, None, (name, None)));
        }
    }
}
