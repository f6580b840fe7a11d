//! The life cycle of the sound: start, wake, errors, stop and restart.

use crate::action::{LoadAction, SoundAction};
use crate::effect::{AppEvent, AudioCommand, Effect};
use crate::error::AppError;
use crate::page::SheetStop;
use crate::reduce::Reducer;
use crate::sound_state::{DecoderChoice, LastSent, SoundPhase};
use crate::touches::{TOUCH_PART_COUNT, TouchSource};

impl Reducer<'_> {
    pub(crate) fn sound(&mut self, action: SoundAction) {
        match action {
            SoundAction::Wake => self.audio(AudioCommand::Wake),
            SoundAction::WakeAgain if self.state.sound.has_run => self.audio(AudioCommand::Wake),
            SoundAction::WakeAgain => {}
            SoundAction::ContextChanged(is_running) => self.context_changed(is_running),
            SoundAction::ContextLost => self.stop_sound(AppError::SoundLost),
            SoundAction::NodeReady => self.node_ready(),
            SoundAction::DecoderAssumed if self.state.sound.phase == SoundPhase::Grid => {
                self.decoder_ready(SoundPhase::Assumed);
            }
            SoundAction::DecoderAssumed => {}
            SoundAction::DecoderReady => self.decoder_ready(SoundPhase::Decoding),
            SoundAction::DecoderRefused(words) => self.refuse_decoder(words),
            SoundAction::LoopRefused(number) => {
                self.state.gesture.stop_loop(number.saturating_add(1));
                self.report(AppError::LoopsTooLong);
            }
            SoundAction::Fault(words) => self.fault(words),
            SoundAction::Stopped => {
                if !self.state.sound.phase.is_confirmed() {
                    self.effects.push(Effect::ForgetSoundFiles);
                }
                self.stop_sound(AppError::SoundStopped);
            }
            SoundAction::Decoded(patch) => {
                self.state.sound.decoded = Some(patch);
                self.mark_moved();
            }
            SoundAction::VoicesSounding(count) => self.voices_sounding(count),
            SoundAction::Level(rms) => self.take_level(rms),
            SoundAction::SetGain(gain) => {
                self.state.sound.gain = gain;
                self.audio(AudioCommand::SetGain(gain));
                self.show_now();
            }
            SoundAction::LimitVoices(limit) => {
                self.state.sound.voice_limit = limit;
                self.audio(AudioCommand::LimitVoices(limit));
            }
            SoundAction::DecoderImported(is_imported) => {
                let choice = if is_imported { DecoderChoice::Imported } else { DecoderChoice::Own };
                let before = std::mem::replace(&mut self.state.sound.decoder, choice);
                // The page's own decoder plays already unless the imported one did.
                if is_imported || before == DecoderChoice::Imported {
                    self.state.sound.phase = SoundPhase::Preparing;
                    self.state.sound.decoders += 1;
                    self.mark_dirty();
                }
            }
            SoundAction::Panic => self.end_all_sound(),
            SoundAction::PageHidden => {
                self.hide_panels();
                self.end_preset_round();
                self.lose_all_but_loops();
                self.release_keyboards();
                self.keep_session();
            }
            SoundAction::PageLeft => {
                self.silence_panels();
                self.end_preset_round();
                self.keep_recording(self.state.frame.last_ms);
                self.lose_all();
                self.release_keyboards();
                self.keep_session();
            }
            SoundAction::LoopsPlayed(report) => self.follow_loops(&report),
        }
    }

    /// Ends every sound at once. A take ends, too, and becomes a loop that does not play yet.
    pub(super) fn end_all_sound(&mut self) {
        self.silence_panels();
        self.silence_match();
        self.end_preset_round();
        self.keep_recording(self.state.frame.last_ms);
        self.lose_all();
        self.state.keys.clear();
        self.audio(AudioCommand::Silence);
    }

    fn context_changed(&mut self, is_running: bool) {
        self.state.sound.is_running = is_running;
        self.state.sound.has_run |= is_running;
        self.update_audible();
        if is_running {
            // The level of what has sounded on is measured again.
            self.voices_sounding(self.state.sound.voices_sounding);
        }
    }

    /// Updates whether playing is audible. A touch that is down when the sound wakes begins to sound.
    fn update_audible(&mut self) {
        let sound = &mut self.state.sound;
        let is_audible = sound.is_running && sound.phase.plays();
        let was_audible = std::mem::replace(&mut sound.is_audible, is_audible);
        if is_audible && !was_audible {
            self.update_keys();
            if self.state.touches.holds(TouchSource::Tap) {
                self.end_tap();
            }
        } else if was_audible && !is_audible {
            self.silence_touches();
        }
        self.show_now();
    }

    /// Releases the keys of touches and of the latch while nothing is audible.
    fn silence_touches(&mut self) {
        self.end_touches(|touch| touch.source.is_none());
        let own =
            self.state.touches.all().iter().filter(|touch| !touch.source.is_some_and(TouchSource::is_loop));
        let touches: Vec<_> = own.map(|touch| (touch.id, touch.part)).collect();
        for (id, part) in touches {
            let events = self.state.keys.set_touch(id, part, &[], 0, false);
            self.send_notes(events, None);
        }
    }

    /// Sends a new node the complete state, with the keys that are down.
    fn node_ready(&mut self) {
        let sound = &mut self.state.sound;
        sound.phase = SoundPhase::Grid;
        sound.sent = LastSent::default();
        self.state.keys.pedal.is_down = false;
        for part in 0..TOUCH_PART_COUNT {
            // Set the points before the first note.
            let point = self.state.point_of(part);
            self.state.sound.sent.points[part] = Some(point);
            self.audio(AudioCommand::JumpTo(part, point));
        }
        if !self.state.is_amsynth() {
            self.send_instrument();
        }
        self.sync_sound();
        self.state.keys.forget_touches();
        self.update_keys();
        let note_ons = self.state.keys.keyboard_note_ons();
        self.send_notes(note_ons, None);
        if self.state.sound.voice_limit > 0 {
            self.audio(AudioCommand::LimitVoices(self.state.sound.voice_limit));
        }
        self.begin_sound_in_panels();
        self.update_audible();
    }

    fn decoder_ready(&mut self, phase: SoundPhase) {
        if self.state.sound.phase.plays() {
            self.state.sound.phase = phase;
            // Send an edited patch again.
            self.state.sound.sent.patch = None;
            self.sync_patch();
            self.complete();
        }
    }

    fn fault(&mut self, words: String) {
        // The error of a sound that has stopped is shown already.
        if self.state.sound.phase.plays() {
            self.state.sound.phase = SoundPhase::Faulty;
            self.report(AppError::SoundFault(words));
        }
    }

    fn refuse_decoder(&mut self, words: String) {
        let sound = &mut self.state.sound;
        if sound.phase.is_confirmed() {
            // The decoder before plays on.
            self.fault(words);
        } else if sound.phase == SoundPhase::Stopped {
            // An error is shown already.
        } else if sound.decoder == DecoderChoice::Imported {
            sound.decoder = DecoderChoice::Refused(words.clone());
            sound.decoders += 1;
            sound.phase = SoundPhase::Preparing;
            self.effects.push(Effect::DropImportedDecoder);
            self.report(AppError::ModelRefused(words));
            self.load(LoadAction::Begin);
        } else {
            self.effects.push(Effect::ForgetSoundFiles);
            self.stop_sound(AppError::DecoderRefused(words));
        }
    }

    /// Marks the sound as stopped until a restart.
    fn stop_sound(&mut self, error: AppError) {
        self.silence_match();
        self.voices_sounding(0);
        self.state.sound.phase = SoundPhase::Stopped;
        self.lose_sound_in_panels();
        self.update_audible();
        self.report(error);
    }

    pub(crate) fn voices_sounding(&mut self, count: u32) {
        let was_sounding = std::mem::replace(&mut self.state.sound.voices_sounding, count) > 0;
        let is_sounding = count > 0;
        if !is_sounding {
            self.rest_voice();
        }
        if is_sounding && !std::mem::replace(&mut self.state.sound.is_measured, true) {
            self.effects.push(Effect::MeasureLevel(0));
        }
        if was_sounding != is_sounding {
            self.effects.push(Effect::KeepScreenLit(is_sounding));
            self.effects.push(Effect::Notify(AppEvent::Sounding(is_sounding)));
        }
    }

    /// Shows an error.
    pub(crate) fn report(&mut self, error: AppError) {
        if !error.is_minor() {
            self.state.loading.status = crate::state::LoadStatus::Failed(error.clone());
            // The strip of the map over a full sheet has no room for the button that tries again.
            if self.state.page.stop == SheetStop::Full {
                self.move_sheet(SheetStop::Half);
            }
        }
        self.show_now();
        self.effects.push(Effect::Notify(AppEvent::Error(error)));
    }

    fn keep_session(&mut self) {
        self.load(LoadAction::KeepSession);
    }
}
