//! What a person does that can be undone: going somewhere, editing the patch, marking places,
//! setting the notes. All of it is one `play::State` with its history.

use ::patch::{Parameter, Patch};
use play::compare::Place;
use play::{Landmark, Notes, Point, State};

use crate::page::{Page, Parts};

/// The kind of a step of moving: all moves until the finger lifts are undone as one.
const MOVE: &str = "move";

impl Page {
    /// Does one thing that can be undone.
    pub fn change(&self, act: impl FnOnce(&mut State)) {
        let parts = &mut *self.parts();
        parts.history.change(act);
        parts.follow_state();
    }

    /// Does a part of something continuous, such as a dragged slider: undone as one with the parts of
    /// the same kind before it, until [`Page::settle`].
    pub fn adjust(&self, kind: &'static str, act: impl FnOnce(&mut State)) {
        let parts = &mut *self.parts();
        parts.history.adjust(kind, act);
        parts.follow_state();
    }

    /// The continuous thing is over.
    pub fn settle(&self) {
        self.parts().history.settle();
    }

    /// Everything that a person has set, as it is now.
    pub fn state(&self) -> State {
        self.parts().history.present().clone()
    }

    /// Goes one step back.
    pub fn undo(&self) {
        let parts = &mut *self.parts();
        if parts.history.undo() {
            parts.follow_state();
        }
    }

    /// Takes an undo back.
    pub fn redo(&self) {
        let parts = &mut *self.parts();
        if parts.history.redo() {
            parts.follow_state();
        }
    }

    /// Goes to a place and, if it has one, its own patch.
    pub fn go(&self, place: Place) {
        self.change(|state| state.go(place));
    }

    /// Goes to the landmark at a position of their list, if there is one.
    pub fn go_to_landmark(&self, position: usize) {
        if let Ok(Landmark { point, patch, .. }) = self.state().landmarks.get(position).cloned() {
            self.go(Place { point, patch });
            self.parts().pad.look_at(point);
        }
    }

    /// Goes to a known preset's place and plays its own patch, not the decoded one.
    pub fn go_to_known(&self, row: usize) {
        let parts = &mut *self.parts();
        let Some(known) = parts.known.as_ref().filter(|known| row < known.len()) else { return };
        let point = Point::on_plane(known.x[row], known.y[row]);
        let patch = parts.presets.as_ref().map(|presets| Box::new(presets.patch(row)));
        parts.history.change(|state| state.go(Place { point, patch }));
        parts.pad.look_at(point);
        parts.follow_state();
    }

    /// Sets a stored value of the patch you hear; of what holds in every patch, the value that holds.
    pub fn edit(&self, parameter: Parameter, value: f32) {
        let parts = &mut *self.parts();
        let Some(mut patch) = parts.patch().copied() else { return };
        patch.set(parameter, value);
        parts.history.adjust(parameter.name(), |state| match parameter {
            Parameter::KeyboardMode => state.notes.keyboard_mode = value,
            Parameter::PortamentoTime => state.notes.portamento_time = value,
            _ => state.patch = Some(Box::new(patch)),
        });
        parts.follow_state();
    }

    /// Drops a landmark where you are, named after what is near.
    pub fn mark(&self) {
        let parts = &mut *self.parts();
        let state = parts.history.present();
        let (point, patch) = (state.place, state.patch.clone());
        let near = parts.known.as_ref().and_then(|known| {
            let nearest = *known.nearest(point.x, point.y, 1).first()?;
            Some(parts.language.named(&known.name[nearest.position]).to_owned())
        });
        let name = near.unwrap_or_else(|| parts.language.unnamed.clone());
        // Refused when there are as many as a bank holds; then the list says so by its length.
        parts.history.change(|state| drop(state.landmarks.drop_at(point, &name, patch)));
        parts.change();
    }

    /// What part 0 sounds like: the patch of its own, or the decoded one once that is known.
    pub fn patch(&self) -> Option<Patch> {
        let parts = self.parts();
        parts.patch().map(|patch| with_held(patch, &parts.history.present().notes))
    }
}

/// A patch with what the notes hold in every patch: what is heard of it.
pub fn with_held(patch: &Patch, notes: &Notes) -> Patch {
    let mut patch = *patch;
    patch.set(Parameter::KeyboardMode, notes.keyboard_mode);
    patch.set(Parameter::PortamentoTime, notes.portamento_time);
    patch
}

impl Parts {
    /// What part 0 sounds like.
    pub(super) fn patch(&self) -> Option<&Patch> {
        self.history.present().patch.as_deref().or(self.decoded.as_deref())
    }

    /// The hand went somewhere: the state follows. A patch of its own stays behind.
    pub(super) fn follow_place(&mut self) {
        let place = self.hand.place();
        if self.history.present().place != place {
            self.history.adjust(MOVE, |state| {
                state.place = place;
                state.patch = None;
            });
            self.drift();
        }
    }

    /// What a press means besides its point: the landmark whose flag is there, or, with snap, a preset's
    /// dot; each with its own patch, if that is here already.
    pub(super) fn meant(&self, landed: Point, reach_px: f64) -> Option<Place> {
        let landmarks = self.history.present().landmarks.all();
        if let Some(landmark) = self.pad.flag_near(landed, landmarks, reach_px) {
            return Some(Place { point: landmark.point, patch: landmark.patch.clone() });
        }
        let (row, point) = self.pad.snap(landed, reach_px)?;
        Some(Place { point, patch: self.presets.as_ref().map(|presets| Box::new(presets.patch(row))) })
    }

    /// A finger landed on a place of its own: that very patch sounds, or what is decoded there.
    pub(super) fn sound_exactly(&mut self, part: usize, Place { point, patch }: Place) {
        if part == 0 {
            self.history.adjust(MOVE, |state| state.patch = patch);
            self.tell_patch();
        } else if let Some(sound) = &mut self.sound {
            match patch {
                Some(patch) => sound.set_patch(part, &patch, point, true),
                None => sound.take_patch_back(part),
            }
        }
    }

    /// The state changed by something else than the hand: hand and sound follow.
    pub(super) fn follow_state(&mut self) {
        let state = self.history.present();
        let (place, notes) = (state.place, state.notes);
        if self.hand.place() != place {
            self.hand.step_to(place);
            self.pad.begin_trail();
        }
        self.hand.set_notes(notes);
        // First where and what, then the notes.
        self.lead_sound();
        self.perform();
        self.change();
    }

    /// The worklet is told of the patch and the notes, if they are not those it knows.
    pub(super) fn tell_patch(&mut self) {
        let Some(sound) = &mut self.sound else { return };
        let state = self.history.present();
        if self.told.patch != state.patch {
            match &state.patch {
                Some(patch) => sound.set_patch(0, patch, state.place, false),
                None => sound.take_patch_back(0),
            }
            self.told.patch.clone_from(&state.patch);
        }
        if self.told.notes != Some(state.notes) {
            sound.set_notes(&state.notes);
            self.told.notes = Some(state.notes);
        }
    }
}
