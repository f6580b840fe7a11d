//! The kind of a given sound: one note, one sound without a pitch, a chord, a melody, a rhythm or several sounds.

use matching::{Pitch, Target};

use crate::contours::ContourMeter;
use crate::error::FEWEST_HITS;
use crate::hits::{VoiceHit, find_hits};
use crate::noisiness::noise_share;
use crate::pitch_track::{PitchTrack, track_pitch};
use crate::polyphony::chord_keys;
use crate::rhythm::{is_tremolo, on_grid};

/// The kind of a sound.
#[derive(Clone, Debug, PartialEq)]
pub enum KindOfSound {
    /// A note.
    OneNote {
        /// Its pitch.
        pitch: Pitch,
    },
    /// A sound without a pitch: a hit, a noise, a bell.
    Unpitched,
    /// Several pitches at once.
    Chord {
        /// In semitones above MIDI key 0, the lowest first.
        keys: Vec<f32>,
    },
    /// Notes of one voice after one another.
    Melody {
        /// The number of notes.
        notes: usize,
    },
    /// Hits after one another.
    Rhythm {
        /// The number of hits.
        hits: usize,
    },
    /// Sounds that are no melody and no rhythm, such as speech.
    SeveralSounds {
        /// The number of sounds.
        sounds: usize,
    },
}

/// Frames this far below the loudest have no pitch, in dB.
const VOICED_DB: f32 = 36.0;
/// Frames within this of the loudest are audible.
const HEARD_DB: f32 = 40.0;
/// The least share of a melody's audible frames that has a pitch.
const MELODY_SHARE: f32 = 0.6;
/// The same for a short rhythm, which is a word otherwise.
const WORD_SHARE: f32 = 0.25;
/// A note of a melody moves by no more than this, in semitones, for at least this many frames; syllables glide.
const STEADY_KEYS: f32 = 0.6;
const SHORTEST_NOTE: usize = 8;
/// A smaller step is no other note: the fall of a drum's pitch.
const STEP_KEYS: f32 = 0.9;
/// The share of all frames with a pitch that belongs to such notes.
const STEADY_SHARE: f32 = 0.8;
/// The pitch of one note moves less than this within nine tenths of its frames, in semitones.
const ONE_PITCH_KEYS: f32 = 1.0;
/// Notes of a melody without any hit.
const LEGATO_NOTES: usize = 3;
/// From this many hits on their times tell a rhythm from speech.
const MANY_HITS: usize = 8;
/// How well the hits of a rhythm lie on a grid. On ten seconds of drum loops .81 or more was measured, of speech .46
/// or less.
const ON_GRID: f32 = 0.65;
/// A chord has less noise than this: in noise there are always some peaks that fit.
const CHORD_NOISE: f32 = 0.25;

/// A note of a voice.
struct HeardNote {
    key: f32,
    /// Frames of 10 ms.
    frames: usize,
}

/// The kind of a prepared sound.
pub fn kind_of_sound(recording: &Target) -> KindOfSound {
    let samples = recording.sounding();
    let contours = ContourMeter::new().measure(samples);
    let track = track_pitch(samples, &contours.loud(VOICED_DB));
    let voiced = track.voiced_share(&contours.loud(HEARD_DB));
    let mut hits = find_hits(samples);
    if is_tremolo(samples, &hits) {
        hits.truncate(1);
    }
    let is_moving = hits.len() >= FEWEST_HITS
        && !(voiced >= MELODY_SHARE && (has_one_pitch(&track) || recording.pitch().is_some()));
    let notes = notes(&track);
    let is_sung = voiced >= MELODY_SHARE && is_steady(&notes, &track);
    if is_moving && is_sung && distinct(&notes) > 1 {
        return KindOfSound::Melody { notes: notes.len() };
    }
    if is_moving {
        return match is_rhythm_of(&hits, voiced) {
            true => KindOfSound::Rhythm { hits: hits.len() },
            false => KindOfSound::SeveralSounds { sounds: hits.len() },
        };
    }
    if is_sung && notes.len() >= LEGATO_NOTES && distinct(&notes) > 1 {
        return KindOfSound::Melody { notes: notes.len() };
    }
    // A voice that glides has several pitches, too, but one at a time.
    let glides = voiced >= MELODY_SHARE && !has_one_pitch(&track);
    if glides && notes.len() > 1 && distinct(&notes) > 1 {
        return KindOfSound::Melody { notes: notes.len() };
    }
    let keys = if glides { Vec::new() } else { chord_keys(samples) };
    if !keys.is_empty() && noise_share(samples) < CHORD_NOISE {
        return KindOfSound::Chord { keys };
    }
    match recording.pitch() {
        Some(pitch) => KindOfSound::OneNote { pitch },
        None if recording.is_cut() && goes_on_at_its_end(recording) => {
            KindOfSound::SeveralSounds { sounds: hits.len().max(2) }
        }
        None => KindOfSound::Unpitched,
    }
}

/// True for a tone that sounds as loud at its end as if it went on: a recording that was cut off, or a pad without an
/// end.
pub fn goes_on_at_its_end(recording: &Target) -> bool {
    matching::is_cut_off(recording.sounding())
}

fn is_rhythm_of(hits: &[VoiceHit], voiced: f32) -> bool {
    match hits.len() >= MANY_HITS {
        true => voiced < MELODY_SHARE && on_grid(hits) >= ON_GRID,
        false => voiced < WORD_SHARE,
    }
}

fn has_one_pitch(track: &PitchTrack) -> bool {
    let mut keys: Vec<f32> = track.keys.iter().copied().flatten().collect();
    keys.sort_by(f32::total_cmp);
    let twentieth = keys.len() / 20;
    let ends = keys.get(twentieth).zip(keys.len().checked_sub(1 + twentieth).and_then(|at| keys.get(at)));
    ends.is_some_and(|(low, high)| high - low < ONE_PITCH_KEYS)
}

/// The parts of a track in which the pitch stays near to one key. `notes` divides at slower steps only: a vibrato must
/// not divide a voice's notes.
fn notes(track: &PitchTrack) -> Vec<HeardNote> {
    let mut notes: Vec<HeardNote> = Vec::new();
    for part in track.keys.split(Option::is_none) {
        let keys: Vec<f32> = part.iter().copied().flatten().collect();
        let mut first = 0;
        while first < keys.len() {
            let (mut low, mut high, mut end) = (keys[first], keys[first], first + 1);
            while let Some(&key) = keys.get(end).filter(|&&key| high.max(key) - low.min(key) <= STEADY_KEYS) {
                (low, high, end) = (low.min(key), high.max(key), end + 1);
            }
            if end - first >= SHORTEST_NOTE {
                let key = statistics::median(&keys[first..end]);
                match notes.last_mut().filter(|last| (last.key - key).abs() < STEP_KEYS) {
                    Some(last) => *last = HeardNote { key, frames: last.frames + end - first },
                    None => notes.push(HeardNote { key, frames: end - first }),
                }
                first = end;
            } else {
                first += 1;
            }
        }
    }
    notes
}

/// True if most of a voice stays on keys.
fn is_steady(notes: &[HeardNote], track: &PitchTrack) -> bool {
    let frames: usize = notes.iter().map(|note| note.frames).sum();
    frames as f32 >= STEADY_SHARE * track.keys.iter().flatten().count() as f32
}

/// The number of keys within an octave: a voice's partials may be taken for its pitch.
fn distinct(notes: &[HeardNote]) -> usize {
    let mut keys: Vec<i32> = notes.iter().map(|note| note.key.round() as i32 % 12).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}
