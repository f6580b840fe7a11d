//! Sketches with the voice. A sung, hummed or spoken recording becomes a patch and the notes that play it; a
//! beatboxed rhythm becomes a pattern and a patch for each kind of hit. No threads, files or web; compiles to
//! wasm.
//!
//! The pipeline: a recording becomes a [`VoiceAnalysis`], with pitch, level, brightness and noise every 10 ms, and
//! the notes. [`Decisions`] sets envelopes, vibrato and noise, and the limits of the search. `matching` searches
//! within these limits, and `refinement` renders whole performances to find the [`VoiceSketch`]. [`beat_sketch`]
//! does the same for hits.
//!
//! Functions for any sound use the same contours, hits and pitches: [`kind_of_sound`], and [`remarks`] on the
//! difference of an answer from its target. [`compare_patch`] and [`compare_sketch`] bring both to one level first.
#![forbid(unsafe_code)]

mod analysis;
mod beats;
mod comparison;
mod contour_following;
mod contours;
mod cutoff_controller;
mod decisions;
mod envelope_fit;
mod error;
mod evolution;
mod hits;
mod kind_of_sound;
mod loudest_part;
mod midi;
mod noisiness;
mod notes;
mod performance;
mod pitch_track;
mod polyphony;
mod refinement;
mod remark;
mod remarks;
mod rhythm;
mod sketch;
mod swing;
mod vibrato;
mod voice_judge;

pub use analysis::VoiceAnalysis;
pub use beats::{BeatSearch, BeatSettings, BeatSketch, HitClass, beat_sketch};
pub use comparison::{compare_patch, compare_sketch};
pub use contours::{ContourMeter, HOP, HOP_S, SoundContours};
pub use decisions::Decisions;
pub use envelope_fit::FittedEnvelope;
pub use error::SketchError;
pub use hits::{VoiceHit, find_hits, is_rhythm};
pub use kind_of_sound::{KindOfSound, goes_on_at_its_end, kind_of_sound};
pub use loudest_part::loudest_part;
pub use midi::{MidiTrack, write_beats, write_performance};
pub use notes::{NoteGroup, SketchedNote};
pub use performance::SketchPerformance;
pub use pitch_track::{PitchTrack, track_pitch};
pub use remark::Remark;
pub use remarks::remarks;
pub use sketch::{SketchSearch, SketchSettings, VoiceSketch, longest_note, performed_as_loud_as, sketch};
pub use vibrato::Vibrato;
pub use voice_judge::attack_s;
