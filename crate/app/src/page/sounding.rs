//! The page's sound: whether it is there, awake and well, and what a person reads about it.

use js_sys::{ArrayBuffer, Uint8Array};
use protocol::Command;
use protocol::field::Unused;

use crate::hand::Finger;
use crate::kept;
use crate::load::Loaded;
use crate::outlet::Outlet;
use crate::page::{Page, Parts, Told};
use crate::recording::Piece;
use crate::sound::{AudioOutput, PageCommand};
use crate::trouble::Trouble;
use ::patch::Patch;

impl Page {
    /// Where a new sound goes.
    ///
    /// # Errors
    /// If the browser gives no way to the loudspeaker.
    pub fn outlet(&self) -> Result<Outlet, Trouble> {
        self.parts().outlet.clone().map_or_else(Outlet::loudspeaker, Ok)
    }

    /// Takes an open sound, still without a node; an older one is closed.
    pub fn set_sound(&self, sound: AudioOutput) {
        self.unprepare();
        if let Some(old) = self.parts().sound.replace(sound) {
            old.close();
        }
    }

    /// The sound has to be prepared anew.
    pub fn unprepare(&self) {
        self.set_voices(0);
        let parts = &mut *self.parts();
        parts.prepared = false;
        parts.decodes = false;
        parts.is_confirmed = false;
        parts.faulty = false;
    }

    /// All that is loaded now may have been all that was missing.
    pub fn settle_loading(&self) {
        self.parts().settle();
    }

    /// Does something with the sound, if there is one.
    pub fn with_sound<T>(&self, act: impl FnOnce(&mut AudioOutput) -> T) -> Option<T> {
        self.parts().sound.as_mut().map(act)
    }

    /// Decodes by another model the next time the sound is prepared; none: by the page's own. Answers
    /// whether that is a change: then the sound has to be prepared anew.
    pub fn set_decoder(&self, decoder: Option<ArrayBuffer>) -> bool {
        let parts = &mut *self.parts();
        let changes = decoder.is_some() || parts.decoder.is_some();
        parts.decoder = decoder;
        parts.refused_decoder = None;
        parts.prepared &= !changes;
        changes
    }

    /// The sound refuses the decoder that a person brought: the next one to be prepared takes the page's own. Answers
    /// whether there was one.
    pub fn refuse_decoder(&self, reason: &str) -> bool {
        let parts = &mut *self.parts();
        let was_brought = parts.decoder.take().is_some();
        if was_brought {
            parts.refused_decoder = Some(reason.to_owned());
            parts.prepared = false;
        }
        was_brought
    }

    /// Why the decoder that a person brought is not played.
    pub fn refused_decoder(&self) -> Option<String> {
        self.parts().refused_decoder.clone()
    }

    /// The decoder that a person brought, in this visit or in an earlier one.
    pub async fn decoder(&self) -> Option<ArrayBuffer> {
        let looks = !self.root().is_embedded() && self.refused_decoder().is_none();
        if looks && !self.has_brought_decoder() {
            let model = kept::read().await.ok()??.model?;
            self.set_decoder(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
        }
        self.parts().decoder.clone()
    }

    /// Whether a decoder that a person brought plays in place of the page's.
    pub fn has_brought_decoder(&self) -> bool {
        self.parts().decoder.is_some()
    }

    /// A touch will be heard from now on, as soon as the context runs; what it plays may still stand in
    /// for the decoder.
    pub fn set_prepared(&self) {
        {
            let parts = &mut *self.parts();
            parts.prepared = true;
            // A new node knows nothing yet, not even what is held down.
            parts.told = Told::default();
            // What sounds first sounds as it should.
            parts.lead_sound();
            parts.hand.strike_again();
            parts.change();
        }
        let held = self.parts().keys.clone();
        for (key, velocity) in held {
            self.note_on(key, velocity);
        }
        let limit = self.parts().voice_limit;
        if limit > 0 {
            self.limit_voices(limit);
        }
        self.sound_changed();
    }

    /// Sets the most voices of each part; 0: one for each key.
    pub fn limit_voices(&self, limit: u8) {
        self.parts().voice_limit = limit;
        self.send(&Command::VoiceLimit { voices: limit });
    }

    /// The decoder is there: from now on every point sounds as itself.
    pub fn set_decoding(&self) {
        let parts = &mut *self.parts();
        parts.decodes = true;
        parts.change();
        parts.settle();
    }

    /// The worklet says that it decodes.
    pub fn confirm_decoding(&self) {
        self.parts().is_confirmed = true;
        self.set_decoding();
    }

    /// Whether the worklet has said that it decodes: what it complains of from then on is its own fault.
    pub fn is_confirmed(&self) -> bool {
        self.parts().is_confirmed
    }

    /// Whether the decoder is there.
    pub fn decodes(&self) -> bool {
        self.parts().decodes
    }

    /// Whether a touch will be heard, and well.
    pub fn has_sound(&self) -> bool {
        let parts = self.parts();
        parts.prepared && parts.decodes && !parts.faulty
    }

    /// Asks a sleeping sound to wake. Must be called inside a user's gesture.
    pub fn wake(&self) {
        if let Some(sound) = self.parts().sound.as_ref().filter(|sound| !sound.is_running()) {
            sound.wake();
        }
    }

    /// Asks for a sound that ran before something interrupted it. Where that needs a gesture, nothing
    /// happens until there is one.
    pub fn wake_again(&self) {
        if self.parts().has_run {
            self.wake();
        }
    }

    /// The context may have fallen asleep or woken.
    pub fn sound_changed(&self) {
        let tapped = {
            let parts = &mut *self.parts();
            let running = parts.sound.as_ref().is_some_and(AudioOutput::is_running);
            parts.has_run |= running;
            let was_audible = parts.hand.is_audible();
            parts.hand.set_audible(running && parts.prepared);
            parts.perform();
            parts.change();
            parts.notice.show_sound(running, parts.prepared);
            !was_audible && parts.hand.is_audible() && parts.hand.holds(Finger::WakeTap)
        };
        if tapped {
            self.lose_after(Finger::WakeTap, Self::wake_tap_ms(), |_| true);
        }
    }

    /// Sends a command to the worklet.
    pub fn send(&self, command: &PageCommand) {
        if let Some(sound) = &self.parts().sound {
            sound.send(command);
        }
    }

    /// A key goes down at your place (part 0): key 0…127, velocity 1…127.
    pub fn note_on(&self, key: u8, velocity: u8) {
        self.parts().keys.insert(key, velocity);
        self.send(&Command::NoteOn { key, velocity, part: 0, point: None });
    }

    /// The key comes up; where a finger sounds it, too, it ends with that.
    pub fn note_off(&self, key: u8) {
        self.parts().keys.remove(&key);
        if !self.parts().hand.plays(0, key) {
            self.send(&Command::NoteOff { key, unused: Unused, part: 0 });
        }
    }

    /// Sets the volume as a factor of the amplitude, 0…1.
    pub fn set_gain(&self, gain: f32) {
        let parts = &mut *self.parts();
        parts.gain = gain;
        parts.notice.show_muted(gain <= 0.0);
        if let Some(sound) = &parts.sound {
            sound.set_volume(gain);
        }
    }

    /// The volume as a factor of the amplitude, 0…1.
    pub fn gain(&self) -> f32 {
        self.parts().gain
    }

    /// What your place was decoded to.
    pub fn set_decoded(&self, patch: Box<Patch>) {
        let parts = &mut *self.parts();
        parts.decoded = Some(patch);
        parts.drift();
    }

    /// So many voices sound; a sound that has stopped has none.
    pub fn set_voices(&self, count: u32) {
        for tab in &mut self.parts().tabs {
            tab.set_sounding(count > 0);
        }
    }

    /// A piece of a recording arrived.
    pub fn take_piece(&self, piece: &Piece) {
        for tab in &mut self.parts().tabs {
            tab.take_piece(piece);
        }
    }

    /// Loading begins, or begins again.
    pub fn begin_loading(&self) {
        self.parts().notice.begin_loading();
    }

    /// So much has arrived.
    pub fn show_loaded(&self, loaded: Loaded) {
        self.parts().notice.show_loaded(loaded);
    }

    /// Tells a person what went wrong.
    pub fn report(&self, trouble: &Trouble) {
        let parts = &mut *self.parts();
        if !trouble.is_minor() {
            parts.notice.show_trouble(trouble);
        }
        for tab in &mut parts.tabs {
            tab.report(trouble);
        }
        parts.change();
    }

    /// Tells of a fault of the sound, which plays on as it can.
    pub fn report_fault(&self, trouble: &Trouble) {
        self.parts().faulty = true;
        self.report(trouble);
    }

    /// The processor is silent for good: nothing is audible until it is made anew.
    pub fn stopped(&self, trouble: &Trouble) {
        self.set_voices(0);
        self.parts().prepared = false;
        self.sound_changed();
        self.report(trouble);
    }
}

impl Parts {
    pub(super) fn settle(&mut self) {
        if self.prepared && self.decodes && self.known.is_some() {
            self.notice.show_ready();
        }
    }
}
