//! How an answer differs from the target, and the kind of a sound, as numbers for the page. No web types.

use matching::{TargetNote, stereo_width};
use patch::Patch;
use sketching::{KindOfSound, Remark, compare_patch, compare_sketch, kind_of_sound, loudest_part};

use crate::strands::{SearchError, SoundSearch, hear};

impl SoundSearch {
    /// The difference of an answer that plays its own note, see `protocol::ScriptCall::CompareAnswer`.
    ///
    /// # Errors
    /// Without a sound.
    pub fn compare(
        &self,
        patch: &Patch,
        note: &TargetNote,
        is_levelled: bool,
    ) -> Result<Vec<f32>, SearchError> {
        let (difference, remarks) = compare_patch(self.target()?, patch, note, is_levelled);
        Ok([vec![difference.percent], numbers_of(&remarks)].concat())
    }

    /// The remarks on the sound of a sketch, see `protocol::ScriptCall::CompareSketch`.
    ///
    /// # Errors
    /// Without a sound.
    pub fn compare_sketch(&self, samples: &[f32]) -> Result<Vec<f32>, SearchError> {
        Ok(numbers_of(&compare_sketch(self.target()?, samples).1))
    }
}

fn numbers_of(remarks: &[Remark]) -> Vec<f32> {
    remarks.iter().flat_map(remark_numbers).collect()
}

/// The number of a remark, and up to three numbers of it.
fn remark_numbers(remark: &Remark) -> [f32; 4] {
    match *remark {
        Remark::TooLoud { by_db } => [0.0, by_db, 0.0, 0.0],
        Remark::TooQuiet { by_db } => [1.0, by_db, 0.0, 0.0],
        Remark::TooBright { from_s, to_s, by_octaves } => [2.0, from_s, to_s, by_octaves],
        Remark::TooDark { from_s, to_s, by_octaves } => [3.0, from_s, to_s, by_octaves],
        Remark::AttackTooSlow { by_s } => [4.0, by_s, 0.0, 0.0],
        Remark::AttackTooFast { by_s } => [5.0, by_s, 0.0, 0.0],
        Remark::EndsTooEarly { by_s } => [6.0, by_s, 0.0, 0.0],
        Remark::EndsTooLate { by_s } => [7.0, by_s, 0.0, 0.0],
        Remark::LacksLow { around_hz } => [8.0, around_hz, 0.0, 0.0],
        Remark::LacksHigh { around_hz } => [9.0, around_hz, 0.0, 0.0],
        Remark::LevelMoves { by_db } => [10.0, by_db, 0.0, 0.0],
        Remark::LevelMovesLess { by_db } => [11.0, by_db, 0.0, 0.0],
        Remark::RhythmMissing { hits } => [12.0, hits as f32, 0.0, 0.0],
        Remark::PitchMoves { by_cents } => [13.0, by_cents, 0.0, 0.0],
        Remark::PitchMovesLess { by_cents } => [14.0, by_cents, 0.0, 0.0],
        Remark::OtherPitch { cents } => [15.0, cents, 0.0, 0.0],
        Remark::MoreNoise { by_share } => [16.0, by_share, 0.0, 0.0],
        Remark::LessNoise { by_share } => [17.0, by_share, 0.0, 0.0],
    }
}

/// The kind of a sound of one or two channels, see `protocol::ScriptCall::SoundKind`; empty for a sound that cannot be
/// searched for.
pub fn kind(left: &[f32], right: &[f32], sample_rate_hz: u32) -> Vec<f32> {
    let Ok(recording) = hear(left, right, sample_rate_hz) else { return Vec::new() };
    let mut loudest = [0.0, 0.0];
    let mut keys = Vec::new();
    let (kind, count) = match kind_of_sound(&recording) {
        KindOfSound::OneNote { .. } => (0.0, 1),
        KindOfSound::Unpitched => (1.0, 1),
        KindOfSound::Chord { keys: own } => {
            keys = own;
            (2.0, keys.len())
        }
        KindOfSound::Melody { notes } => (3.0, notes),
        KindOfSound::Rhythm { hits } => (4.0, hits),
        KindOfSound::SeveralSounds { sounds } => {
            loudest = loudest_part(&recording).unwrap_or_default();
            (5.0, sounds)
        }
    };
    let width = if right.is_empty() { 0.0 } else { stereo_width(left, right) };
    [kind, count as f32, width, loudest[0], loudest[1]].into_iter().chain(keys).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, seconds: f32) -> Vec<f32> {
        let sample = |n: usize| {
            let time_s = n as f32 / 44_100.0;
            0.3 * (-3.0 * time_s).exp() * (std::f32::consts::TAU * hz * time_s).sin()
        };
        (0..(seconds * 44_100.0) as usize).map(sample).collect()
    }

    #[test]
    fn the_kind_and_the_width_of_a_note_are_told_and_silence_has_none() {
        let note = tone(220.0, 1.0);
        assert_eq!(kind(&note, &[], 44_100), [0.0, 1.0, 0.0, 0.0, 0.0]);
        let wide = kind(&note, &note.iter().map(|sample| -0.5 * sample).collect::<Vec<_>>(), 44_100);
        assert!(wide[2] > 0.5, "{wide:?}");
        assert!(kind(&[0.0; 44_100], &[], 44_100).is_empty());
    }

    #[test]
    fn an_answer_is_compared_with_the_target_that_was_heard() {
        let mut search = SoundSearch::default();
        assert!(search.note_of(60, 0.5, 0.0).is_err());
        let sound = tone(220.0, 1.0);
        search.hear(&sound, &[], 44_100);
        let note = search.note_of(60, 0.5, 0.0).expect("a sound");
        let numbers = search.compare(&Patch::default(), &note, true).expect("a comparison");
        assert!((20.0..=100.0).contains(&numbers[0]) && numbers.len() % 4 == 1, "{numbers:?}");
        assert!(search.compare_sketch(&sound).expect("a comparison").is_empty(), "it is the same sound");
        let short = search.compare_sketch(&sound[..22_050]).expect("a comparison");
        assert!(!short.is_empty() && short.len().is_multiple_of(4), "{short:?}");
    }
}
