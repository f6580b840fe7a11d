//! Keys of every keyboard, and what MIDI devices send.

use patch::Parameter;

use crate::action::{Edit, KeyAction};
use crate::effect::{AudioCommand, Effect};
use crate::held_keys::KeyHolder;
use crate::midi::MidiMessage;
use crate::midi_channels::MidiChannels;
use crate::reduce::Reducer;

/// The controller of the sustain pedal (MIDI 1.0, table of control changes).
const SUSTAIN_PEDAL: u8 = 64;
/// The one that gives all but the volume their initial values (the same).
const RESET_CONTROLLERS: u8 = 121;
/// The controller of the expression, a share of the volume (the same).
const EXPRESSION: u8 = 11;

/// True if a control change ends the notes of its device: all sound off, all notes off, and the four modes, which imply
/// it (MIDI 1.0, channel mode messages).
fn ends_all_notes(controller: u8, value: u8) -> bool {
    matches!((controller, value), (120 | 123, 0) | (124..=127, _))
}

impl Reducer<'_> {
    /// A key's event at a time. A take records the keys that it begins and ends.
    pub(crate) fn key_at(&mut self, action: KeyAction, now_ms: f64) {
        if self.state.gesture.take.is_none() {
            return self.key(action);
        }
        let before = self.state.keys.held_by_hand();
        self.key(action);
        let (after, point) = (self.state.keys.held_by_hand(), self.state.point());
        let gesture = &mut self.state.gesture;
        for (holder, ..) in before.iter().filter(|own| !after.contains(own)) {
            gesture.released(holder, now_ms);
        }
        for (holder, key, velocity) in after.iter().filter(|own| !before.contains(own)) {
            gesture.pressed(holder, point, *key, *velocity, now_ms);
        }
    }

    pub(crate) fn key(&mut self, action: KeyAction) {
        match action {
            KeyAction::Press(holder, key, velocity) => self.press_key(holder, key, velocity),
            KeyAction::Slide(holder, key, velocity) => {
                let held = self.state.keys.keys_of(&holder);
                if held.first().is_some_and(|&held| held != key) {
                    self.press_key(holder, key, velocity);
                }
            }
            KeyAction::Release(holder) => self.release_key(&holder),
            KeyAction::ReleasePressed => {
                let events = self.state.keys.release_pressed();
                self.send_notes(events, None);
            }
            KeyAction::ReleaseTyped => {
                let events = self.state.keys.release_typed();
                self.send_notes(events, None);
            }
            KeyAction::Midi(message) => self.midi(message),
            KeyAction::MidiOfChannel(channel, message) => self.midi_of_channel(channel, message),
            KeyAction::VoiceGain(None) => self.end_voice(),
            KeyAction::VoiceGain(gain) => self.set_voice_gain(gain),
            KeyAction::MidiLost => {
                self.release_midi();
                self.state.keys.channels = MidiChannels::default();
                self.audio(AudioCommand::ControlChange(SUSTAIN_PEDAL, 0));
                self.move_pedal(false);
                // While a voice sings, the bend is its own.
                if self.state.keys.keys_of(&KeyHolder::Voice).is_empty() {
                    self.audio(AudioCommand::PitchBend(0));
                }
            }
            KeyAction::LearnAxis(axis) => {
                let is_learning = self.state.controllers.learning() == Some(axis);
                self.state.controllers.learn((!is_learning).then_some(axis));
                self.mark_dirty();
            }
        }
    }

    /// A press is a user gesture, which may also wake a sleeping sound.
    fn press_key(&mut self, holder: KeyHolder, key: u8, velocity: u8) {
        self.audio(AudioCommand::Wake);
        // The clock of the frames stands while nothing changes: after a rest a hint may go with the second key.
        self.play_on(self.state.frame.last_ms);
        let is_legato = self.state.notes().is_legato();
        let events = self.state.keys.press(holder, key.min(127), velocity, is_legato);
        self.send_notes(events, None);
    }

    fn release_key(&mut self, holder: &KeyHolder) {
        let events = self.state.keys.release(holder, self.state.notes().latch);
        self.send_notes(events, None);
        self.mark_dirty();
    }

    pub(crate) fn release_keyboards(&mut self) {
        let events = self.state.keys.release_keyboards();
        self.send_notes(events, None);
    }

    fn release_midi(&mut self) {
        self.state.keys.channels.release_all();
        let events = self.state.keys.release_midi();
        self.send_notes(events, None);
    }

    fn midi_of_channel(&mut self, channel: u8, message: MidiMessage) {
        let channels = &mut self.state.keys.channels;
        match message {
            MidiMessage::PitchBend(value) => {
                if let Some(value) = channels.bend(channel, value) {
                    self.midi(MidiMessage::PitchBend(value));
                }
                return;
            }
            MidiMessage::NoteOn { key, .. } => {
                if let Some(value) = channels.press(channel, key) {
                    self.midi(MidiMessage::PitchBend(value));
                }
            }
            // Another channel still holds the key.
            MidiMessage::NoteOff { key } if !channels.release(channel, key) => return,
            _ => {}
        }
        self.midi(message);
    }

    fn midi(&mut self, message: MidiMessage) {
        match message {
            MidiMessage::NoteOn { key, velocity } => self.press_key(KeyHolder::Midi(key), key, velocity),
            MidiMessage::NoteOff { key } => self.release_key(&KeyHolder::Midi(key)),
            MidiMessage::PitchBend(value) => self.audio(AudioCommand::PitchBend(value)),
            MidiMessage::ControlChange { controller, value } => self.control_change(controller, value),
            MidiMessage::Program(number) => self.edit(Edit::GoToLandmark(number.into())),
        }
    }

    /// amSynth holds the volume, so that it lasts while the sound changes; a domain has a controller. The law of both
    /// is a square.
    fn set_voice_gain(&mut self, gain: Option<f32>) {
        self.state.keys.is_voiced = gain.is_some();
        let root = gain.map(|gain| gain.clamp(0.0, 1.0).sqrt());
        if !self.state.is_amsynth() {
            let value = (127.0 * root.unwrap_or(1.0)).round();
            return self.audio(AudioCommand::ControlChange(EXPRESSION, value as u8));
        }
        let lock = self.state.document().locks.get(Parameter::MasterVol);
        let own = || Some(self.state.heard_patch()?.get(Parameter::MasterVol));
        let value = root.and_then(|root| Some(lock.or_else(own)? * root));
        self.audio(AudioCommand::HoldParameter(Parameter::MasterVol, value.or(lock)));
    }

    /// The instrument that plays has its own volume again, and the pitch of a voice that has ended, before another one
    /// plays.
    pub(crate) fn release_voice_gain(&mut self) {
        self.rest_voice();
        if self.state.keys.is_voiced {
            self.set_voice_gain(None);
        }
    }

    /// Where nothing but the release of the last sung note sounds, that keeps its pitch and volume to its end.
    fn end_voice(&mut self) {
        let state = &self.state;
        let is_release = !state.keys.is_any_down() && state.gesture.playing().is_empty();
        if !state.keys.is_voiced || state.sound.voices_sounding == 0 || !is_release {
            self.free_voice();
        }
    }

    /// While a live voice rests, what else plays has its own pitch and volume. The voice sets both anew before it sings
    /// on.
    pub(crate) fn rest_voice(&mut self) {
        if self.state.keys.is_voiced && self.state.keys.keys_of(&KeyHolder::Voice).is_empty() {
            self.free_voice();
        }
    }

    fn free_voice(&mut self) {
        self.set_voice_gain(None);
        self.audio(AudioCommand::PitchBend(0));
    }

    /// A key that the pedal holds keeps its part.
    fn move_pedal(&mut self, is_down: bool) {
        self.state.keys.pedal.is_down = is_down;
        self.claim_parts();
    }

    fn control_change(&mut self, controller: u8, value: u8) {
        // While an axis of the plane learns its controller, that comes first.
        let is_learning = self.state.controllers.learning().is_some();
        if !is_learning && self.turn_macro_controller(controller, value) {
            return;
        }
        let point = self.state.point();
        let controllers = &mut self.state.controllers;
        let was_learning = controllers.learning().is_some();
        let led_to = controllers.hear(controller, value, point);
        if was_learning {
            let learned = controllers.controllers();
            self.effects.push(Effect::KeepControllers(learned));
            self.mark_dirty();
        }
        match led_to {
            Some(point) => {
                self.move_to(point);
                self.sync_sound();
            }
            None => {
                self.audio(AudioCommand::ControlChange(controller, value));
                let ends_notes = ends_all_notes(controller, value);
                if ends_notes || controller == SUSTAIN_PEDAL || controller == RESET_CONTROLLERS {
                    self.move_pedal(controller == SUSTAIN_PEDAL && value > 0);
                }
                if ends_notes {
                    self.release_midi();
                    // The instrument has ended these, too.
                    let events = self.state.keys.release_latched();
                    self.send_notes(events, None);
                }
            }
        }
    }
}
