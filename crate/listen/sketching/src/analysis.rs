//! The analysis of a voice over time: pitch, level, brightness, noise, notes and vibrato.

use matching::Target;

use crate::contours::{ContourMeter, SoundContours};
use crate::error::SketchError;
use crate::notes::{NoteGroup, find_groups};
use crate::pitch_track::{PitchTrack, track_pitch};
use crate::vibrato::{Vibrato, find_vibrato};

/// Frames this far below the loudest have no pitch: a room's noise, in dB.
const VOICED_DB: f32 = 36.0;
/// Frames within this many dB of the loudest count in shares.
const COUNTED_DB: f32 = 24.0;
/// A recording has no pitch if a smaller share of it is voiced.
const VOICED_SHARE: f32 = 0.15;
/// Frames within this many dB of the loudest are audible. At least this share of a melody's frames has a pitch: of
/// hummed and plucked melodies .86 or more, of beatboxed rhythms .4.
const HEARD_DB: f32 = 40.0;
const MELODY_SHARE: f32 = 0.6;
/// The key if no pitch is found: that of the test note.
const FALLBACK_KEY: u8 = 60;

/// The analysis of a recorded voice.
#[derive(Clone, Debug, PartialEq)]
pub struct VoiceAnalysis {
    /// Level and brightness.
    pub contours: SoundContours,
    /// Pitch and noise.
    pub track: PitchTrack,
    /// Its notes.
    pub groups: Vec<NoteGroup>,
    /// The vibrato of its longest note.
    pub vibrato: Option<Vibrato>,
    /// The share of the power of its voiced parts that is noise, 0…1.
    pub noise_share: f32,
}

impl VoiceAnalysis {
    /// Analyses a prepared recording.
    ///
    /// # Errors
    /// If it has no pitch.
    pub fn new(recording: &Target) -> Result<Self, SketchError> {
        let samples = recording.sounding();
        let contours = ContourMeter::new().measure(samples);
        let track = track_pitch(samples, &contours.loud(VOICED_DB));
        let counted = contours.loud(COUNTED_DB);
        if track.voiced_share(&counted) < VOICED_SHARE {
            return Err(SketchError::NoPitch);
        }
        let groups = find_groups(&contours, &track, FALLBACK_KEY);
        if groups.is_empty() {
            return Err(SketchError::NoPitch);
        }
        let (mut noise, mut power) = (0.0, f32::MIN_POSITIVE);
        for at in (0..counted.len()).filter(|&at| counted[at] && track.is_clear(at)) {
            let square = contours.level[at].powi(2);
            noise += square * track.noise[at];
            power += square;
        }
        let vibrato = find_vibrato(&track, &groups);
        Ok(Self { contours, groups, vibrato, noise_share: noise / power, track })
    }

    /// True if so few frames have a pitch that the recording may be a rhythm, if it has hits (see
    /// [`crate::is_rhythm`]).
    pub fn is_mostly_unvoiced(&self) -> bool {
        self.track.voiced_share(&self.contours.loud(HEARD_DB)) < MELODY_SHARE
    }

    /// The group that lasts longest.
    pub fn longest(&self) -> &NoteGroup {
        let longest = self.groups.iter().max_by_key(|group| group.end - group.first);
        longest.expect("an analysis has at least one group")
    }
}
