//! An animation frame: advances gestures, sends points to the instrument, and updates the views.

use patch::Parameter;

use crate::action::{Action, LoadAction};
use crate::effect::{AudioCommand, Effect};
use crate::reduce::Reducer;
use crate::touches::TOUCH_PART_COUNT;

/// The least time between two updates of a moving point's words, in milliseconds: faster is unreadable, and each
/// costs a layout of the page.
const WORDS_MS: f64 = 100.0;
/// How long after a change to store the session, in milliseconds: a drag writes once, not each frame.
const KEEP_AFTER_MS: i32 = 800;
/// A frame that comes later than this, in milliseconds, must not make a gesture jump.
const LONGEST_FRAME_MS: f64 = 1000.0;

impl Reducer<'_> {
    pub(crate) fn frame(&mut self, now_ms: f64) {
        let frame = &mut self.state.frame;
        frame.is_requested = false;
        let elapsed_s = (now_ms - frame.last_ms).clamp(0.0, LONGEST_FRAME_MS) / 1000.0;
        frame.last_ms = now_ms;
        self.advance_walk(elapsed_s);
        self.advance_take(now_ms);
        self.advance_onboarding(now_ms);
        self.update_keys();
        self.update_crowded();
        self.sync_sound();
        if self.state.frame.is_dirty || self.state.frame.has_moved {
            self.follow_panels();
        }
        self.show(now_ms);
        self.effects.push(Effect::DrawMap(now_ms));
        if self.state.gesture.is_walking() {
            self.request_frame();
        }
    }

    fn show(&mut self, now_ms: f64) {
        let frame = &mut self.state.frame;
        let (is_dirty, has_moved) = (frame.is_dirty, frame.has_moved);
        if is_dirty || has_moved && now_ms - frame.shown_ms >= WORDS_MS {
            (frame.is_dirty, frame.has_moved, frame.shown_ms) = (false, false, now_ms);
            self.effects.push(Effect::ShowViews);
        } else if has_moved {
            // The last words are still to be shown.
            self.request_frame();
        }
        if is_dirty || has_moved {
            self.effects.push(Effect::FollowPoint);
            self.follow_heard_patch();
            self.want_measured_presets();
        }
        if is_dirty
            && !self.state.page.is_embedded
            && !std::mem::replace(&mut self.state.keeping.is_waiting, true)
        {
            self.after(KEEP_AFTER_MS, Action::Load(LoadAction::KeepSession));
        }
    }

    /// Sends the instrument all changes: points, patch, notes.
    pub(crate) fn sync_sound(&mut self) {
        if !self.state.sound.phase.plays() {
            return;
        }
        for part in 0..TOUCH_PART_COUNT {
            let point = self.state.point_of(part);
            if self.state.sound.sent.points[part].replace(point) != Some(point) {
                self.audio(AudioCommand::GlideTo(part, point));
            }
        }
        self.sync_patch();
        let notes = self.state.played_notes();
        if self.state.sound.sent.notes.replace(notes) != Some(notes) {
            self.audio(AudioCommand::SetNotes(notes));
            self.audio(AudioCommand::SetLaneKeys(notes.lane_keys(), notes.is_legato()));
        }
        self.claim_parts();
        self.sync_loops();
        self.sync_locks();
    }

    /// Sends the instrument all changes of locked values.
    fn sync_locks(&mut self) {
        let own = self.state.document().locks;
        // Of recorded tones, which have no patch, this parameter alone would change the sound.
        let locks = if self.state.is_amsynth() { own } else { own.without(Parameter::MasterVol) };
        let sent = std::mem::replace(&mut self.state.sound.sent.locks, locks);
        for parameter in Parameter::ALL {
            let value = locks.get(parameter);
            if sent.get(parameter) != value {
                self.audio(AudioCommand::HoldParameter(parameter, value));
            }
        }
    }

    /// Sends the instrument the patch of part 0, or returns it to decoding.
    pub(crate) fn sync_patch(&mut self) {
        if !self.state.sound.phase.plays() {
            return;
        }
        let point = self.state.point();
        let patch = self.state.own_patch().map(|patch| (Box::new(*patch), point));
        if self.state.sound.sent.patch == patch {
            return;
        }
        self.state.sound.sent.patch.clone_from(&patch);
        self.audio(match patch {
            Some((patch, point)) => AudioCommand::SetPatch(0, patch, point),
            None => AudioCommand::Decode(0),
        });
    }
}
