//! The sketch of a voice, step by step, so that several workers judge for one search. No web types.

use matching::{Strand, Target};
use patch::{Parameter, Patch};
use sketching::{
    ContourMeter, SketchError, SketchSearch, SketchSettings, VoiceAnalysis, VoiceSketch, is_rhythm,
    longest_note, track_pitch,
};

use crate::between::values_of;
use crate::performance_numbers::numbers_of;
use crate::strands::{SEED, SearchError, SoundSearch, hear, problem_of};

/// Frames this far below the loudest have no pitch in a drawing: a room's noise, in dB.
const DRAWN_DB: f32 = 36.0;

/// A search, and the sketch that it has found last.
#[derive(Default)]
pub struct SketchFinder {
    search: Option<(SketchSearch, SketchSettings)>,
    strand: Option<Strand>,
    found: Option<VoiceSketch>,
    /// Seconds of the given sound before its onset.
    lead_s: f32,
}

impl SketchFinder {
    /// Takes a recording as a voice whose sketch has these values of parameters. A recording that cannot be sketched
    /// changes nothing.
    ///
    /// # Errors
    /// If it cannot be sketched.
    pub fn begin(&mut self, recording: &Target, locked: &[(Parameter, [f32; 2])]) -> Result<(), SketchError> {
        let settings = SketchSettings { seed: SEED, ..SketchSettings::default() };
        let mut search = SketchSearch::new(recording, VoiceAnalysis::new(recording)?, settings)?;
        locked.iter().for_each(|&(parameter, [value, _])| search.hold(parameter, value));
        *self =
            Self { search: Some((search, settings)), strand: None, found: None, lead_s: recording.lead_s() };
        Ok(())
    }

    /// Goes on with the search for the longest note. Returns its share of all renders, 1 when it is over, the distance
    /// of its best patch, and that patch.
    ///
    /// # Errors
    /// Without a voice or the presets.
    pub fn step(&mut self, sounds: &SoundSearch) -> Result<Vec<f32>, SearchError> {
        let (search, settings) = self.search.as_ref().ok_or(SearchError::NothingToSearch)?;
        let strand = match &mut self.strand {
            Some(strand) => strand,
            none => none.insert(search.strand(sounds.known()?, Some(sounds.guess()))),
        };
        let goes_on = strand.step();
        let share = if goes_on { strand.renders() as f32 / settings.renders() as f32 } else { 1.0 };
        let best = strand.best();
        Ok([share, best.distance].into_iter().chain(*best.patch.values()).collect())
    }

    /// Goes on from the patch for the longest note. Returns the patches to judge.
    ///
    /// # Errors
    /// Without a voice.
    pub fn refine(&mut self, matched: &Patch) -> Result<Vec<f32>, SearchError> {
        let (search, _) = self.search.as_mut().ok_or(SearchError::NothingToSearch)?;
        search.refine(matched);
        Ok(values_of(search.candidates()))
    }

    /// The distances of the patches' performances from the voice.
    ///
    /// # Errors
    /// Without a voice.
    pub fn judge(&mut self, patches: &[Patch]) -> Result<Vec<f64>, SearchError> {
        let (search, _) = self.search.as_mut().ok_or(SearchError::NothingToSearch)?;
        Ok(search.losses(patches))
    }

    /// Takes the distances of the judged patches from the voice. Returns the least distance, the values of its patch,
    /// and the next patches to judge, none at the end.
    ///
    /// # Errors
    /// Without a voice.
    pub fn record(&mut self, losses: &[f64]) -> Result<Vec<f32>, SearchError> {
        let (search, _) = self.search.as_mut().ok_or(SearchError::NothingToSearch)?;
        search.record(losses);
        let (best, loss) = search.best().ok_or(SearchError::NothingToSearch)?;
        let next = values_of(search.candidates());
        Ok([loss as f32].into_iter().chain(*best.values()).chain(next).collect())
    }

    /// The sketch with a patch: the patch as loud as the voice; then for each note its begin and its end in seconds,
    /// its key and its velocity.
    ///
    /// # Errors
    /// Without a voice.
    pub fn finish(&mut self, patch: &Patch) -> Result<Vec<f32>, SearchError> {
        let (search, _) = self.search.as_mut().ok_or(SearchError::NothingToSearch)?;
        let found = self.found.insert(search.finish(patch));
        let notes = found.performance.notes.iter();
        let numbers =
            notes.flat_map(|note| [note.start_s, note.end_s, f32::from(note.key), f32::from(note.velocity)]);
        Ok(found.patch.values().iter().copied().chain(numbers).collect::<Vec<f32>>())
    }

    /// The sound of the last finished sketch.
    ///
    /// # Errors
    /// If no sketch is finished.
    pub fn sound(&self) -> Result<Vec<f32>, SearchError> {
        let found = self.found.as_ref().ok_or(SearchError::NothingToSearch)?;
        Ok(found.performance.render(&found.patch))
    }

    /// Its notes, bends and cutoffs as numbers, at the times of the given sound.
    ///
    /// # Errors
    /// If no sketch is finished.
    pub fn performance(&self) -> Result<Vec<f32>, SearchError> {
        let found = self.found.as_ref().ok_or(SearchError::NothingToSearch)?;
        Ok(numbers_of(&found.performance.clone().later(self.lead_s)))
    }
}

/// Three numbers about a sketch of a sound. The first is the reason why it cannot be sketched as a melody: 0 if it can,
/// 1 to 3 as [`SoundSearch::hear`], 4 if it has no pitch, 5 if its notes are too short. The second is 1 if it can be
/// sketched as a rhythm, the third is 1 if most of it has no pitch; otherwise they are 0.
pub fn problem(left: &[f32], right: &[f32], sample_rate_hz: u32) -> [f32; 3] {
    let recording = match hear(left, right, sample_rate_hz) {
        Ok(recording) => recording,
        Err(error) => return [problem_of(error), 0.0, 0.0],
    };
    let voice = VoiceAnalysis::new(&recording);
    let is_unvoiced = voice.as_ref().map_or(true, VoiceAnalysis::is_mostly_unvoiced);
    let problem = match voice.and_then(|voice| longest_note(&recording, &voice)) {
        Ok(_) => 0.0,
        Err(SketchError::Recording(error)) => problem_of(error),
        Err(SketchError::ShortNotes { .. }) => 5.0,
        Err(_) => 4.0,
    };
    [problem, f32::from(is_rhythm(recording.sounding())), f32::from(is_unvoiced)]
}

/// The contours of a sound, every 10 ms: its level, 0…1, and its pitch in semitones above MIDI key 0, not-a-number
/// without one.
pub fn contours(samples: &[f32]) -> Vec<f32> {
    let contours = ContourMeter::new().measure(samples);
    let keys = track_pitch(samples, &contours.loud(DRAWN_DB)).keys;
    contours.level.iter().zip(keys).flat_map(|(&level, key)| [level, key.unwrap_or(f32::NAN)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_tones_are_a_rhythm_and_no_sound_that_is_too_short() {
        let beep = (0..1764).map(|n| {
            let ends = (n.min(1764 - n) as f32 / 200.0).min(1.0);
            0.5 * ends * (n as f32 * 440.0 / 44_100.0 * std::f32::consts::TAU).sin()
        });
        let beeps = [beep.collect(), vec![0.0; 22_050]].concat().repeat(5);
        assert_eq!(problem(&beeps, &[], 44_100)[..2], [5.0, 1.0]);
        assert_eq!(problem(&beeps[..1764], &[], 44_100)[..2], [2.0, 0.0]);
    }
}
