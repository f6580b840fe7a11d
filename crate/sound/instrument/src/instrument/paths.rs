//! Paths on the parts: turns the events of a path's fingers into points, notes and volumes. Never allocates.

use crate::path_player::{PathEvent, PathPace, PathStart, TransportState};
use protocol::constants::{PART_COUNT, TOUCH_PART_COUNT};

use super::{Instrument, Part};
use crate::controllers::VOLUME;
use crate::error_buffer::Refused;
use crate::parameter_overrides::ParameterOverrides;
use crate::sound_sources::SoundSources;

/// The part of the current point, whose given patch stays.
pub(super) const CURRENT_POINT: usize = 0;

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
        let Self { paths, parts, sound, held, error, .. } = self;
        match paths.play(number, start, &mut |event| perform(parts, sound, held, event)) {
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

    /// Stops a path; its notes end.
    pub fn stop_path(&mut self, number: usize) {
        let Self { paths, parts, sound, held, .. } = self;
        paths.stop(number, &mut |event| perform(parts, sound, held, event));
    }

    /// Sets the keys that paths play without keys of their own: lanes from left to right, each four words of the room
    /// with bit n for key n.
    pub fn set_path_keys(&mut self, lanes: usize, is_legato: bool) {
        let Self { paths, lane_words, .. } = self;
        let words = lane_words.as_chunks::<4>().0;
        let key_set =
            |words: &[u32; 4]| words.iter().rev().fold(0, |set: u128, &word| set << 32 | u128::from(word));
        paths.set_lanes(words[..lanes.min(words.len())].iter().map(key_set), is_legato);
    }

    /// The words for [`Self::set_path_keys`].
    pub fn lane_words(&mut self) -> &mut [u32] {
        &mut self.lane_words
    }

    /// Takes parts of touches for the caller's own notes, bit n for part n, and gives the others to paths. A part returns to the
    /// point of its AudioParams and to its patch's volume.
    pub fn claim_parts(&mut self, claimed: u32) {
        let Self { paths, parts, sound, held, .. } = self;
        paths.claim(claimed, &mut |event| perform(parts, sound, held, event));
        let touches = parts[..TOUCH_PART_COUNT].iter_mut().enumerate();
        for (number, part) in touches.filter(|(number, _)| claimed & 1 << number != 0) {
            part.source.return_from_path();
            part.end_path_volume(held, number, sound);
        }
    }

    /// The state of the fingers of all paths, four numbers each: see `PathPlayer::report`.
    pub fn path_report(&mut self) -> &[f32] {
        self.paths.report()
    }

    /// Plays the events of paths that are due; returns how many of the next `frames` may pass.
    pub(super) fn play_paths(&mut self, frames: usize) -> usize {
        let Self { paths, parts, sound, held, .. } = self;
        let reserved = u32::from(parts[CURRENT_POINT].source.is_given()) << CURRENT_POINT;
        paths.play_due(frames, reserved, &mut |event| perform(parts, sound, held, event))
    }
}

impl Part {
    /// Gives the part its own volume again, if a path has set another one.
    pub(super) fn end_path_volume(
        &mut self,
        held: &ParameterOverrides,
        number: usize,
        sound: &mut SoundSources,
    ) {
        if self.path_volume.take().is_some() {
            self.play_patch(held, number, sound);
            self.play_volume(held, number, sound);
        }
    }
}

#[inline(never)]
fn perform(
    parts: &mut [Part; PART_COUNT],
    sound: &mut SoundSources,
    held: &ParameterOverrides,
    event: PathEvent,
) {
    match event {
        PathEvent::Land(number, point) => {
            let part = &mut parts[number];
            part.source.take_back();
            part.source.lead_to(point);
            part.end_path_volume(held, number, sound);
        }
        PathEvent::Move(number, point) => parts[number].source.lead_to(point),
        PathEvent::Key(number, key, velocity) => Part::push_note(parts, sound, number, key, velocity),
        PathEvent::Volume(number, Some(value)) => {
            if let Some((_, volume)) = sound.control_change(number, VOLUME, value) {
                parts[number].path_volume = Some(volume);
            }
        }
        PathEvent::Volume(number, None) => parts[number].end_path_volume(held, number, sound),
    }
}
