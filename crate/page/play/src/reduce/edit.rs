//! Undoable edits: moves without a touch, the patch, notes, landmarks, A and B.

use patch::{Group, Parameter, Patch};

use crate::action::Edit;
use crate::compare::{Comparison, Location};
use crate::error::AppError;
use crate::hints::Hint;
use crate::onboarding::first_document;
use crate::reduce::Reducer;
use crate::tone_domain::ToneDomain;
use crate::{Document, History, Link, Notes};

impl Reducer<'_> {
    pub(crate) fn edit(&mut self, edit: Edit) {
        let left = self.state.document().instrument;
        self.answer_edit(&edit);
        match edit {
            Edit::MoveTo(point) => return self.move_to(point),
            Edit::FinishStep => return self.state.history.finish_step(),
            Edit::CancelStep => {
                if !self.state.history.cancel_step() {
                    return;
                }
            }
            Edit::Undo => {
                if !self.state.history.undo() {
                    return;
                }
                self.follow_kept_work();
            }
            Edit::Redo => {
                if !self.state.history.redo() {
                    return;
                }
                self.follow_kept_work();
            }
            Edit::GoTo(location) => self.go_to(location),
            Edit::GoToLandmark(position) => self.go_to_landmark(position),
            Edit::GoToPreset(row) => self.go_to_preset(row),
            Edit::Surprise(seed) => self.surprise(seed),
            Edit::Glide(location) => self.adjust("glide", |document| document.go(location)),
            Edit::SwitchSides => self.change(Document::switch_sides),
            Edit::EndComparison => self.change(|document| document.comparison = Comparison::default()),
            Edit::BackToYours => self.back_to_kept_work(),
            Edit::SetTitle(title) => {
                self.adjust("title", |document| document.title = crate::landmarks::tidy_name(&title));
            }
            Edit::OpenLink(link) => self.open_link(*link, left.domain()),
            Edit::SetParameter(parameter, value) => {
                self.set_parameters(&[(parameter, value)], parameter.name())
            }
            Edit::SetParameters(values) => self.set_parameters(&values, "graph"),
            Edit::ToggleLock(group) => self.toggle_lock(group),
            Edit::RestoreEdit => self.restore_edit(),
            Edit::SetPatch(patch) => self.set_patch(patch),
            Edit::ClearPatch => self.discard_edit(),
            Edit::SetNotes(notes, None) => self.change(|document| document.notes = notes.tidy()),
            Edit::SetNotes(notes, Some(kind)) => self.adjust(kind, |document| document.notes = notes.tidy()),
            Edit::SetShownNotes(notes, kind) => self.set_shown_notes(notes, kind),
            Edit::ChooseRoot(root) => {
                self.change(|document| document.notes = document.notes.with_root(root).tidy());
            }
            Edit::TapTempo(now_ms) => self.tap_tempo(now_ms),
            Edit::ToggleLatch => self.change(|document| document.notes.latch ^= true),
            Edit::ToggleFavourite(row) => self.toggle_favourite(row),
            Edit::AddLandmark(name) => self.add_landmark(&name),
            Edit::RenameLandmark(position, name) => {
                self.change(|document| drop(document.landmarks.rename(position, &name)));
            }
            Edit::DeleteLandmark(position) => {
                self.change(|document| drop(document.landmarks.delete(position)));
            }
            Edit::PutLoop(own) => {
                self.adjust("loop shape", |document| document.loops.put(*own, document.instrument));
            }
        }
        self.follow_instrument(left);
        self.follow_document();
    }

    /// The hints that answer an edit, before it is done.
    fn answer_edit(&mut self, edit: &Edit) {
        match edit {
            Edit::ToggleLatch if !self.state.notes().latch => self.answer(Hint::Latch),
            Edit::AddLandmark(_) if !self.state.document().landmarks.are_full() => {
                self.answer(Hint::Landmark)
            }
            Edit::SwitchSides if self.state.document().comparison.other.is_none() => {
                self.answer(Hint::Compare)
            }
            // B exists, or is not wanted any more: what the hint asks for is done.
            Edit::SwitchSides | Edit::EndComparison => {
                self.state.page.onboarding.hints.withdraw(Hint::Compare);
            }
            _ => {}
        }
    }

    pub(crate) fn change(&mut self, act: impl FnOnce(&mut Document)) {
        self.state.history.change(act);
    }

    pub(crate) fn adjust(&mut self, kind: &'static str, act: impl FnOnce(&mut Document)) {
        self.state.history.adjust(kind, act);
    }

    /// Goes where a link leads, with what it sets. `domain` is that of the instrument which is left.
    fn open_link(&mut self, link: Link, domain: Option<ToneDomain>) {
        // Another one that loads is wanted no more.
        self.want_instrument(domain);
        let before = self.state.document().clone();
        let is_first =
            !self.state.history.can_undo() && [Document::default(), first_document()].contains(&before);
        self.change(|document| {
            let sent = link.document;
            document.go(sent.here());
            document.notes = sent.notes;
            document.locks = sent.locks;
            sent.landmarks.all().iter().for_each(|landmark| document.landmarks.take(landmark));
            if !sent.loops.all().is_empty() {
                (document.title, document.beat, document.loops) = (sent.title, sent.beat, sent.loops);
            }
        });
        self.keep_work(before.clone());
        // A first visit has nothing to return to, but amSynth is still where it begins.
        if is_first {
            self.state.history = History::new(self.state.document().clone());
            self.state.sound.instruments.home = before.here();
        }
        if let Some((name, heard)) = link.name.zip(self.state.heard_patch()) {
            self.state.panels.sound_match.name_kept(name, heard);
        }
        self.offer_shared();
    }

    /// Without the edits, a preset at the point plays as itself again: of several, the one that the edited patch
    /// differs least from. Elsewhere, what the model decodes there.
    fn discard_edit(&mut self) {
        let Some(edited) = self.state.own_patch().filter(|_| self.state.is_edited()) else { return };
        let changes = |own: &Patch| {
            Parameter::ALL
                .into_iter()
                .filter(|&parameter| own.get(parameter) != edited.get(parameter))
                .count()
        };
        let here = self.state.library.presets_at(self.state.point());
        let own = here.map(|(_, own)| own).min_by_key(changes).map(Box::new);
        self.change(|document| document.patch = own);
    }

    fn restore_edit(&mut self) {
        if let Some(location) = self.state.editing.discarded.take() {
            self.change(|document| document.go(location));
        }
    }

    fn set_patch(&mut self, patch: Box<Patch>) {
        self.change(|document| {
            document.notes.keyboard_mode = patch.get(Parameter::KeyboardMode);
            document.notes.portamento_time = patch.get(Parameter::PortamentoTime);
            document.patch = Some(patch);
        });
    }

    fn set_shown_notes(&mut self, notes: Notes, kind: Option<&'static str>) {
        let number = self.state.noted_loop().map(|own| own.number);
        let act = |document: &mut Document| match number {
            Some(number) => document.loops.change(number, |own| own.set_notes(notes.tidy())),
            None => document.notes = notes.tidy(),
        };
        match kind {
            Some(kind) => self.adjust(kind, act),
            None => self.change(act),
        }
    }

    fn tap_tempo(&mut self, now_ms: f64) {
        match self.state.taps.tap(now_ms) {
            Some(bpm) => self.adjust("bpm", |document| document.notes.bpm = bpm),
            // A series of taps is a step of its own.
            None => self.state.history.finish_step(),
        }
    }

    fn toggle_favourite(&mut self, row: usize) {
        if let Some(known) = self.state.library.known.clone() {
            self.change(|document| document.favourites.toggle(&known, row));
        }
    }

    fn add_landmark(&mut self, name: &str) {
        if self.state.document().landmarks.are_full() {
            return self.report(AppError::LandmarksFull);
        }
        let here = self.state.shared_document().here();
        self.change(|document| drop(document.landmarks.drop_at(here, name)));
    }

    /// Moves to a location that was chosen elsewhere than on the map, and brings it into view.
    fn go_to(&mut self, location: Location) {
        let map = &mut self.state.map;
        map.viewport = map.viewport.showing(location.point);
        self.state.touches.forget_roots(0);
        self.change(|document| document.go(location));
    }

    fn go_to_landmark(&mut self, position: usize) {
        let Ok(landmark) = self.state.document().landmarks.get(position).cloned() else { return };
        self.go_to(landmark.location());
    }

    fn go_to_preset(&mut self, row: usize) {
        let Some((point, patch)) = self.preset(row) else { return };
        self.go_to(self.state.location(point, patch));
    }

    fn surprise(&mut self, seed: u64) {
        let state = &mut *self.state;
        let here = state.exact_preset();
        if let Some(row) = state.map.finder.surprise(&state.library, here, seed) {
            self.go_to_preset(row);
        }
    }

    /// A parameter that notes or locks override changes these; any other one makes the patch an edited one.
    fn set_parameters(&mut self, values: &[(Parameter, f32)], kind: &'static str) {
        let Some(patch) = self.state.patch().copied() else { return };
        self.adjust(kind, |document| {
            for &(parameter, value) in values {
                match parameter {
                    Parameter::KeyboardMode => document.notes.keyboard_mode = value,
                    Parameter::PortamentoTime => document.notes.portamento_time = value,
                    _ if document.locks.set(parameter, value) => {}
                    _ => document.patch.get_or_insert_with(|| Box::new(patch)).set(parameter, value),
                }
            }
        });
        // Values that return within one edit leave the point's own patch.
        let was_unedited = self.state.history.before_edit().is_some_and(|before| before.patch.is_none());
        if was_unedited && self.state.document().patch == self.state.sound.decoded {
            self.adjust(kind, |document| document.patch = None);
        }
    }

    /// Neither changes the sound: unlocked values become an edit of the patch, until the point moves.
    fn toggle_lock(&mut self, group: Group) {
        let Some((patch, heard)) = self.state.patch().copied().zip(self.state.heard_patch()) else { return };
        self.change(|document| {
            if !document.locks.holds(group) {
                return document.locks.lock(group, &heard);
            }
            let edited = document.locks.unlock(group).apply(&patch);
            if edited != patch {
                document.patch = Some(Box::new(edited));
            }
        });
    }

    /// Updates touches, keys and sound after a change of the document without a touch.
    pub(crate) fn follow_document(&mut self) {
        if self.state.document().patch.is_some() {
            self.end_offer();
        }
        self.follow_current_point();
        self.state.gesture.keep_only(&self.state.history.present().loops);
        if self.state.map.finder.filter.only_favourites {
            self.update_found();
        }
        if !self.state.notes().latch {
            self.end_touches(|touch| touch.source.is_none());
            let events = self.state.keys.release_latched();
            self.send_notes(events, None);
        }
        // Send point and patch before the notes.
        self.sync_sound();
        self.update_keys();
        self.mark_dirty();
    }
}
