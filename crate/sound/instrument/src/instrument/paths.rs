//! Paths on the parts, their sounds and levels, and the transport. Never allocates.

use protocol::constants::TOUCH_PART_COUNT;
use protocol::path_score::LANE_LIMIT;

use super::Instrument;
use crate::arpeggio::ArpeggioSettings;
use crate::error_buffer::Refused;
use crate::parameter_overrides::ParameterOverrides;
use crate::part_set::CURRENT_POINT;
use crate::path_player::{DueParts, PathPace, PathStart, TransportState};
use crate::path_sounds::PathSound;

/// The settings of a path's sound, as numbers of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathSoundSettings {
    /// True if the buffer for the values of a patch has overrides; false if the path follows the page's.
    pub has_overrides: bool,
    /// The number of lanes in the buffer for them; 0: the path plays the keys of touches.
    pub lanes: usize,
    /// True if the next keys go down before the last ones go up.
    pub is_legato: bool,
    /// The arpeggio, as in [`Instrument::arpeggio`].
    pub pattern: u32,
    /// Steps a second.
    pub steps_per_second: f64,
    /// The part of a step that sounds, 0…1.
    pub gate: f64,
    /// The number of the source: 0 is amSynth, n the tones with number n.
    pub source: usize,
    /// Added to the stored cutoff of each decoded patch, if the overrides do not replace it.
    pub cutoff_shift: f32,
}

impl Instrument {
    /// Room for this many words of the next path (`protocol::path_score`); `None` if one path may not have so
    /// many.
    pub fn path_room(&mut self, words: usize) -> Option<&mut [u32]> {
        let room = self.paths.room(words);
        if room.is_none() {
            self.error.set("the path is too long to play; make it shorter");
        }
        room
    }

    /// Plays the path in the room under a number, 0…9.
    ///
    /// # Errors
    /// If the words are no path, or too many beside the paths that play under other numbers; nothing changes.
    pub fn play_path(&mut self, number: usize, start: &PathStart) -> Result<(), Refused> {
        let Self { paths, parts, error, .. } = self;
        match paths.play(number, start, &mut |event| parts.perform(event)) {
            true => Ok(()),
            false if paths.fits(number) => {
                Err(error.set("the path is damaged and does not play; draw it again"))
            }
            false => Err(error.set("the paths are too long to play together; stop one of them")),
        }
    }

    /// Sets the transport, to which paths are locked.
    pub fn set_transport(&mut self, bpm: f64, state: TransportState) {
        self.paths.set_transport(bpm, state);
    }

    /// The position of the transport at the next frame, in beats; `None` while it is stopped.
    pub fn transport_beats(&self) -> Option<f64> {
        self.paths.transport().beats()
    }

    /// Changes a path's pace. A free path goes on from its present time, a locked one where the transport is.
    pub fn set_path_pace(&mut self, number: usize, pace: PathPace) {
        self.paths.set_pace(number, pace);
    }

    /// Stops a path; its notes end, and with them its sound and level.
    pub fn stop_path(&mut self, number: usize) {
        let Self { paths, parts, .. } = self;
        paths.stop(number, &mut |event| parts.perform(event));
        parts.forget_path(number);
    }

    /// Sets the sound of a path until it stops, before it plays or while it does. Its overrides are the values of
    /// [`values`](Self::values) that are numbers, its keys those of [`lane_words`](Self::lane_words). Keys that are
    /// down end on one source and go down on the next. Ignores numbers that do not exist, and not-a-number in the
    /// arpeggio.
    pub fn set_path_sound(&mut self, number: usize, settings: &PathSoundSettings) {
        let &PathSoundSettings { pattern, steps_per_second, gate, source, .. } = settings;
        let Some(arpeggio) = ArpeggioSettings::new(pattern, steps_per_second, gate) else { return };
        let Self { paths, parts, values, lane_words, .. } = self;
        let overrides = settings
            .has_overrides
            .then(|| ParameterOverrides::from_values(values).with_cutoff_shift(settings.cutoff_shift));
        if !parts.path_sounds.set(number, PathSound { overrides, arpeggio, source }) {
            return;
        }
        paths.set_path_lanes(number, key_sets(lane_words, settings.lanes), settings.is_legato);
        for part in 0..parts.all.len() {
            if parts.all[part].path == Some(number) && parts.take_path_sound(part) {
                paths.press_again(1 << part);
            }
        }
    }

    /// Sets the level of a path, 0…2 (clamped), until it stops. Not-a-number changes nothing.
    pub fn set_path_gain(&mut self, number: usize, gain: f32) {
        self.parts.set_path_gain(number, gain);
    }

    /// Sets the keys that paths play without keys of their own: lanes from left to right, each four words of the room
    /// with bit n for key n.
    pub fn set_path_keys(&mut self, lanes: usize, is_legato: bool) {
        self.paths.set_lanes(key_sets(&self.lane_words, lanes), is_legato);
    }

    /// The words for [`Self::set_path_keys`].
    pub fn lane_words(&mut self) -> &mut [u32] {
        &mut self.lane_words
    }

    /// Takes parts of touches for the caller's own notes, bit n for part n, and gives the others to paths. A part
    /// returns to the point of its AudioParams and to its patch's volume.
    pub fn claim_parts(&mut self, claimed: u32) {
        let Self { paths, parts, .. } = self;
        paths.claim(claimed, &mut |event| parts.perform(event));
        for part in (0..TOUCH_PART_COUNT).filter(|part| claimed & 1 << part != 0) {
            parts.return_from_path(part);
        }
    }

    /// The state of the fingers of all paths, four numbers each: see `PathPlayer::report`.
    pub fn path_report(&mut self) -> &[f32] {
        self.paths.report()
    }

    /// Plays the events of paths that are due in a frame of the block; returns how many of the next `frames` may pass.
    pub(super) fn play_paths(&mut self, start: usize, frames: usize) -> usize {
        let Self { paths, parts, .. } = self;
        let is_given = parts.all[CURRENT_POINT].source.is_given();
        let due = DueParts {
            reserved: u32::from(is_given) << CURRENT_POINT,
            sounding: parts.sounding(),
            moves: start == 0,
        };
        paths.play_due(frames, &due, &mut |event| parts.perform(event))
    }
}

/// The sets of keys of lanes: four words each, bit n for key n.
fn key_sets(words: &[u32; 4 * LANE_LIMIT], lanes: usize) -> impl ExactSizeIterator<Item = u128> {
    let words = words.as_chunks::<4>().0;
    let key_set =
        |words: &[u32; 4]| words.iter().rev().fold(0, |set: u128, &word| set << 32 | u128::from(word));
    words[..lanes.min(words.len())].iter().map(key_set)
}
