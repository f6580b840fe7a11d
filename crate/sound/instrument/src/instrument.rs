//! The instrument's inputs: notes, controllers, patches and points, for each part of touches; others are ignored.
//! Checks every number that comes from outside. `files` reads files, `render` makes blocks.

mod files;
mod paths;
mod render;

use crate::part_set::PartSet;
use crate::path_player::PathPlayer;
use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::PointDecoder;
use protocol::constants::{BLOCK_FRAMES, TOUCH_PART_COUNT};
use protocol::path_score::{LANE_LIMIT, PATH_COUNT};

use crate::arpeggio::ArpeggioSettings;
use crate::controllers::{PEDAL, RESET_CONTROLLERS, SOUND_OFF, ends_all_notes};
use crate::end_ramp::EndRamp;
use crate::error_buffer::ErrorBuffer;
use crate::pending_notes::PEDAL_KEY;
use crate::sound_history::{PIECE_FRAMES, SoundHistory};

pub use paths::PathSoundSettings;
pub use render::Outcome;

/// The parts, the decoder of their points, and the block that was rendered last.
pub struct Instrument {
    sample_rate_hz: f64,
    parts: PartSet,
    end_ramp: EndRamp,
    history: SoundHistory,
    /// The paths that play, and the buffer for the sets of keys that they play: four words each.
    paths: PathPlayer,
    lane_words: [u32; 4 * LANE_LIMIT],
    decoder: Option<Box<dyn PointDecoder>>,
    /// The parts to decode first in the next block: of those of touches, and of those of paths.
    turns: [usize; 2],
    /// The buffer for the bytes of files.
    bytes: Vec<u8>,
    error: ErrorBuffer,
    /// The buffer for the stored values of a patch.
    values: [f32; PARAMETER_COUNT],
}

impl Instrument {
    /// `None` for a rate at which the voice would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Box<Self>> {
        Some(Box::new(Self {
            sample_rate_hz,
            parts: PartSet::new(sample_rate_hz)?,
            end_ramp: EndRamp::new(sample_rate_hz),
            history: SoundHistory::new(sample_rate_hz),
            paths: PathPlayer::new(sample_rate_hz),
            lane_words: [0; 4 * LANE_LIMIT],
            decoder: None,
            turns: [0; 2],
            bytes: Vec::new(),
            error: ErrorBuffer::new(),
            values: [0.0; PARAMETER_COUNT],
        }))
    }

    /// The last error message.
    pub fn error(&self) -> &str {
        self.error.as_str()
    }

    /// Presses a key; velocity 0 releases it, as in MIDI. It sounds from the next block on, after the part's point is
    /// decoded: a tap must begin with the sound of its own point.
    pub fn note_on(&mut self, part: usize, key: u32, velocity: u32) {
        if let (Some(key), Some(velocity), 0..TOUCH_PART_COUNT) =
            (seven_bits(key), seven_bits(velocity), part)
        {
            self.parts.push_note(part, key, velocity);
        }
    }

    /// Releases a key.
    pub fn note_off(&mut self, part: usize, key: u32) {
        self.note_on(part, key, 0);
    }

    /// −8192…8191; clamped.
    pub fn pitch_bend(&mut self, part: usize, value: i32) {
        if part < TOUCH_PART_COUNT {
            self.parts.sound.pitch_bend(part, value.clamp(-8192, 8191) as i16);
        }
    }

    /// A MIDI controller. A parameter that it sets stays so, wherever the point moves, until another call sets it
    /// ([`set_parameter`](Self::set_parameter) if it is not held), a patch given for the same point changes it, or
    /// all controllers but the volume are reset (121).
    pub fn control_change(&mut self, part: usize, controller: u32, value: u32) {
        let (Some(controller), Some(value), 0..TOUCH_PART_COUNT) =
            (seven_bits(controller), seven_bits(value), part)
        else {
            return;
        };
        if controller == PEDAL {
            // In the order of the notes.
            return self.parts.push_note(part, PEDAL_KEY, value);
        }
        // Keep the order: all-notes-off applies to the notes before it.
        self.parts.play_pending(part, controller >= SOUND_OFF);
        let PartSet { all: parts, sound, held, .. } = &mut self.parts;
        let (number, Some(part)) = (part, parts[..TOUCH_PART_COUNT].get_mut(part)) else { return };
        if let Some((parameter, value)) = sound.control_change(number, controller, value) {
            part.controllers.set(parameter, value);
            if parameter == Parameter::MasterVol {
                (part.path_volume, part.replaced_volume) = (None, None);
            }
        } else if controller == RESET_CONTROLLERS {
            // All but the volume (MIDI Association, RP-015).
            part.controllers.retain(Parameter::MasterVol);
            part.play_patch(held, number, sound);
        }
        // These channel modes end all notes: no key may be released a second time.
        if ends_all_notes(controller, value) {
            part.keyboard.clear();
        }
    }

    /// Sets a stored value of a part, until the next patch is decoded or given. It is heard unless the parameter is
    /// held ([`hold_parameter`](Self::hold_parameter)). Not-a-number changes nothing.
    pub fn set_parameter(&mut self, part: usize, index: usize, value: f32) {
        let Some(parameter) = Parameter::from_index(index).filter(|_| !value.is_nan()) else { return };
        let PartSet { all: parts, sound, held, .. } = &mut self.parts;
        if let (number, Some(part)) = (part, parts[..TOUCH_PART_COUNT].get_mut(part)) {
            if held.get(parameter).is_none() {
                part.controllers.remove(parameter);
            }
            part.source.patch_mut().set(parameter, value);
            part.play_patch(held, number, sound);
            if parameter == Parameter::MasterVol {
                part.play_volume(held, number, sound);
            }
        }
    }

    /// Overrides a stored value in every patch of every part; not-a-number removes the override, after which the
    /// volume of a part's controller returns. A volume that a path has set stays.
    pub fn hold_parameter(&mut self, index: usize, value: f32) {
        let Some(parameter) = Parameter::from_index(index) else { return };
        let PartSet { all: parts, sound, held, .. } = &mut self.parts;
        if value.is_nan() {
            held.remove(parameter);
        } else {
            held.set(parameter, value);
        }
        for (number, part) in parts.iter_mut().enumerate() {
            let is_volume = parameter == Parameter::MasterVol;
            if !value.is_nan() {
                let replaced = part.controllers.take(parameter).filter(|_| is_volume);
                part.replaced_volume = replaced.or(part.replaced_volume);
            } else if let Some(volume) = part.replaced_volume.take_if(|_| is_volume) {
                part.controllers.set(parameter, volume);
            }
            part.play_patch(held, number, sound);
            if is_volume {
                part.play_volume(held, number, sound);
            }
        }
    }

    /// The buffer for the 41 stored values of [`set_patch`](Self::set_patch), which snaps each to the nearest allowed
    /// value, and not-a-number to the parameter's default.
    pub fn values(&mut self) -> &mut [f32; PARAMETER_COUNT] {
        &mut self.values
    }

    /// Gives a part this patch, until [`take_patch_back`](Self::take_patch_back), and moves it to the patch's
    /// point, unless that is not a number. Parameters that controllers have set keep their values, unless the
    /// patch is an edit: it changes the value, and its point is the part's own or not a number.
    pub fn set_patch(&mut self, part: usize, point: [f32; 2]) {
        let (PartSet { all: parts, sound, held, .. }, values) = (&mut self.parts, &self.values);
        if let (number, Some(part)) = (part, parts[..TOUCH_PART_COUNT].get_mut(part)) {
            let has_point = !point.iter().any(|coordinate| coordinate.is_nan());
            let (given, before) = (Patch::from_values(values), *part.source.own_patch());
            // At another point the controllers' values stay, as when the point moves.
            let is_edit = !has_point || part.source.patch_point() == point.into();
            for parameter in Parameter::ALL {
                if is_edit && given.get(parameter) != before.get(parameter) {
                    part.controllers.remove(parameter);
                    part.replaced_volume.take_if(|_| parameter == Parameter::MasterVol);
                }
            }
            // The point to which a path has led the part is not its own.
            part.source.return_from_path();
            part.source.give(&given, has_point.then(|| point.into()));
            part.path_volume = None;
            part.play_patch(held, number, sound);
            part.play_volume(held, number, sound);
        }
    }

    /// Removes a given patch: the part plays again the patch decoded at its point.
    pub fn take_patch_back(&mut self, part: usize) {
        if let Some(part) = self.parts.all[..TOUCH_PART_COUNT].get_mut(part) {
            part.source.take_back();
        }
    }

    /// Moves a part's point from the next block on; clamped to the plane, not-a-number as 0.
    pub fn move_to(&mut self, part: usize, point: [f32; 2]) {
        if let Some(part) = self.parts.all[..TOUCH_PART_COUNT].get_mut(part) {
            part.source.move_to(point.into());
        }
    }

    /// Sets the values of a part's AudioParams for this block. Only a change moves the point, so that the last change
    /// by AudioParams or [`move_to`](Self::move_to) counts.
    pub fn automate(&mut self, part: usize, point: [f32; 2]) {
        if let Some(part) = self.parts.all[..TOUCH_PART_COUNT].get_mut(part) {
            part.source.automate(point.into());
        }
    }

    /// Plays the keys of each part, unless its path has its own arpeggio, in synchronized steps; the numbers are those
    /// of the export `arpeggio`. A pattern that does not exist and not-a-number change nothing.
    pub fn arpeggio(&mut self, pattern: u32, steps_per_second: f64, gate: f64) {
        if let Some(settings) = ArpeggioSettings::new(pattern, steps_per_second, gate) {
            self.parts.set_arpeggio(settings);
        }
    }

    /// The most voices of each part in poly; 0 = one for each key.
    pub fn voice_limit(&mut self, voices: usize) {
        self.parts.sound.set_voice_limit(voices);
    }

    /// Begins to return the last seconds of sound; returns the number of pieces.
    pub fn recall(&mut self, seconds: f64) -> usize {
        self.history.recall((seconds * self.sample_rate_hz) as usize)
    }

    /// Prepares the next piece; returns its frames, 0 after the last.
    pub fn next_piece(&mut self) -> usize {
        self.history.next_piece()
    }

    /// The piece, left and right.
    pub fn piece(&self) -> &[[f32; PIECE_FRAMES]; 2] {
        self.history.piece()
    }

    /// All parts and paths end at once; the output falls to silence within 10 ms, so that it does not click.
    pub fn all_sound_off(&mut self) {
        self.paths.clear();
        (0..PATH_COUNT).for_each(|path| self.parts.forget_path(path));
        self.parts.all.iter_mut().for_each(|part| part.keyboard.clear());
        self.parts.sound.all_sound_off();
        self.end_ramp.begin();
    }

    /// The left channel of the block that was rendered last.
    pub fn left(&self) -> &[f32; BLOCK_FRAMES] {
        self.parts.sound.left()
    }

    /// The right channel of the block that was rendered last.
    pub fn right(&self) -> &[f32; BLOCK_FRAMES] {
        self.parts.sound.right()
    }

    /// The patch that sounds in a part.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.parts.sound.patch(part)
    }

    /// The patch of a part without overrides: decoded or given. While a path leads the part, that of the part's own
    /// point, which only part 0 follows then.
    pub fn source_patch(&self, part: usize) -> Option<&Patch> {
        self.parts.all.get(part).map(|part| part.source.own_patch())
    }

    /// The point that [`source_patch`](Self::source_patch) belongs to; 0, 0 before the first was decoded.
    pub fn patch_point(&self, part: usize) -> [f32; 2] {
        self.parts.all.get(part).map_or([0.0; 2], |part| part.source.patch_point().into())
    }

    /// Counts the decoded patches of a part.
    pub fn patch_revision(&self, part: usize) -> u32 {
        self.parts.all.get(part).map_or(0, |part| part.source.revision())
    }

    /// Sounding voices of all parts.
    pub fn active_voices(&self) -> usize {
        self.parts.sound.active_voices()
    }
}

fn seven_bits(value: u32) -> Option<u8> {
    u8::try_from(value).ok().filter(|&value| value < 128)
}
