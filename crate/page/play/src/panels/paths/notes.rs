//! The notes of the edited path: the chosen one, and its changes. A note stays between its neighbours, because one
//! finger plays one note at a time.

use path::PathNote;
use serde::Deserialize;

use super::lanes::PathsLane;
use crate::reduce::Reducer;

/// The shortest note, in seconds.
const SHORTEST_S: f64 = 0.02;
/// The step of a note by keys in a path that lasts seconds, where the timeline has none.
const STEP_S: f64 = 0.1;
/// The key from which a note without a key moves: C4.
const MIDDLE_KEY: u8 = 60;
/// The highest MIDI key, and the highest velocity.
const HIGHEST: u8 = 127;

/// The lane of notes.
#[derive(Clone, Debug, Default)]
pub(super) struct NoteState {
    pub chosen: usize,
    /// Counts the moments at which the chosen note takes the focus.
    pub focuses: u32,
}

/// A key press on a note.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum PathsNoteStep {
    /// A semitone higher.
    Higher,
    /// A semitone lower.
    Lower,
    /// Later by a step.
    Later,
    /// Earlier by a step.
    Earlier,
    /// Longer by a step.
    Longer,
    /// Shorter by a step.
    Shorter,
}

/// A typed value of a note.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum PathsNoteValue {
    /// Its MIDI key; null: the key that the page plays.
    Key { key: Option<u8> },
    /// Its beginning in seconds.
    Start { start_s: f64 },
    /// Its length in seconds.
    Length { length_s: f64 },
    /// Its velocity.
    Velocity { velocity: f64 },
}

impl Reducer<'_> {
    fn path_notes(&mut self) -> Vec<PathNote> {
        self.paths().edited.as_ref().map_or_else(Vec::new, |edited| edited.notes().to_vec())
    }

    /// The chosen note is one that there is.
    fn tidy_path_note(&mut self) {
        let count = self.path_notes().len();
        let notes = &mut self.paths().notes;
        notes.chosen = notes.chosen.min(count.saturating_sub(1));
    }

    pub(super) fn choose_path_note(&mut self, index: usize) {
        self.paths().notes.chosen = index;
        self.tidy_path_note();
        self.choose_path_lane(PathsLane::Notes);
    }

    /// A note has the focus: a person who only passes by with the keyboard chooses no other lane.
    pub(super) fn focus_path_note(&mut self, index: usize) {
        self.paths().notes.chosen = index;
        self.tidy_path_note();
    }

    fn focus_chosen_note(&mut self) {
        let notes = &mut self.paths().notes;
        notes.focuses = notes.focuses.wrapping_add(1);
    }

    fn write_path_notes(&mut self, notes: &[PathNote]) {
        self.commit_path_operator();
        if let Some(edited) = &mut self.paths().edited {
            edited.set_notes(notes);
        }
        self.path_changed();
    }

    /// Changes the chosen note within its room.
    fn change_path_note(&mut self, change: impl FnOnce(&mut PathNote)) {
        let mut notes = self.path_notes();
        let at = self.paths().notes.chosen;
        let end_s = self.paths().edited.as_ref().map_or(1.0, |edited| edited.length_s());
        let from_s =
            at.checked_sub(1).and_then(|before| notes.get(before)).map_or(0.0, |before| before.end_s());
        let to_s = notes.get(at + 1).map_or(end_s, |next| next.start_s);
        let Some(note) = notes.get_mut(at) else { return };
        let before = *note;
        change(note);
        let has_moved = note.start_s != before.start_s;
        if has_moved {
            note.start_s = note.start_s.min(to_s - before.length_s).max(from_s);
        }
        let has_length = note.length_s != before.length_s;
        if has_length {
            note.length_s = note.length_s.max(SHORTEST_S);
        }
        // A chord of a file overlaps its neighbours, and may: another key makes it no shorter.
        if has_moved || has_length {
            let room_s = (to_s - note.start_s).max(0.0);
            let within_s = note.length_s.min(room_s);
            note.length_s = if within_s > 0.0 { within_s } else { note.length_s.min(SHORTEST_S) };
        }
        self.write_path_notes(&notes);
    }

    /// A pointer drags a note: its beginning, or its end.
    pub(super) fn drag_path_note(&mut self, start_s: Option<f64>, end_s: Option<f64>) {
        let timeline = self.paths().lanes.timeline;
        if let Some(start_s) = start_s.filter(|time_s| time_s.is_finite()) {
            let start_s = timeline.snapped(start_s).max(0.0);
            self.change_path_note(|note| note.start_s = start_s);
        }
        if let Some(end_s) = end_s.filter(|time_s| time_s.is_finite()) {
            let end_s = timeline.snapped(end_s);
            self.change_path_note(|note| note.length_s = (end_s - note.start_s).max(SHORTEST_S));
        }
    }

    /// The pointer is up.
    pub(super) fn drop_path_note(&mut self, has_moved: bool) {
        if has_moved {
            self.path_done();
        }
        self.focus_chosen_note();
    }

    pub(super) fn step_path_note(&mut self, step: PathsNoteStep) {
        self.choose_path_lane(PathsLane::Notes);
        let snapped_s = self.paths().lanes.timeline.snapped(0.5);
        let step_s = if snapped_s > 0.0 { snapped_s } else { STEP_S };
        self.change_path_note(|note| match step {
            PathsNoteStep::Higher => {
                note.key = Some(note.key.unwrap_or(MIDDLE_KEY).saturating_add(1).min(HIGHEST));
            }
            PathsNoteStep::Lower => note.key = Some(note.key.unwrap_or(MIDDLE_KEY).saturating_sub(1)),
            PathsNoteStep::Later => note.start_s += step_s,
            PathsNoteStep::Earlier => note.start_s = (note.start_s - step_s).max(0.0),
            PathsNoteStep::Longer => note.length_s += step_s,
            PathsNoteStep::Shorter => note.length_s = (note.length_s - step_s).max(SHORTEST_S),
        });
        self.path_done();
        self.focus_chosen_note();
    }

    /// The next note (1) or the one before (−1) is chosen.
    pub(super) fn go_to_path_note(&mut self, by: i32) {
        let chosen = self.paths().notes.chosen;
        let next = chosen.saturating_add_signed(by.clamp(-1, 1) as isize);
        self.choose_path_note(next);
        self.focus_chosen_note();
    }

    pub(super) fn type_path_note(&mut self, value: PathsNoteValue) {
        self.change_path_note(|note| match value {
            PathsNoteValue::Key { key } => note.key = key.map(|key| key.min(HIGHEST)),
            PathsNoteValue::Start { start_s } if start_s.is_finite() => note.start_s = start_s,
            PathsNoteValue::Length { length_s } if length_s.is_finite() => note.length_s = length_s,
            PathsNoteValue::Velocity { velocity } if velocity.is_finite() => {
                note.velocity = velocity.round().clamp(1.0, f64::from(HIGHEST)) as u8;
            }
            PathsNoteValue::Start { .. }
            | PathsNoteValue::Length { .. }
            | PathsNoteValue::Velocity { .. } => {}
        });
        self.path_done();
    }

    /// Adds a note after the chosen one.
    pub(super) fn add_path_note(&mut self) {
        let mut notes = self.path_notes();
        let at = self.paths().notes.chosen;
        let end_s = self.paths().edited.as_ref().map_or(1.0, |edited| edited.length_s());
        let to_s = notes.get(at + 1).map_or(end_s, |next| next.start_s);
        let Some(last) = notes.get_mut(at) else { return };
        let mut start_s = last.end_s();
        if start_s > to_s - 2.0 * SHORTEST_S {
            // No room behind it: it is divided.
            last.length_s /= 2.0;
            start_s = last.end_s();
        }
        let added = PathNote { start_s, length_s: last.length_s.min(to_s - start_s), ..*last };
        notes.push(added);
        self.write_path_notes(&notes);
        self.paths().notes.chosen = at + 1;
        self.path_done();
    }

    /// Deletes the chosen note; the last one stays.
    pub(super) fn delete_path_note(&mut self) {
        let mut notes = self.path_notes();
        let at = self.paths().notes.chosen;
        if notes.len() < 2 || at >= notes.len() {
            return;
        }
        notes.remove(at);
        self.paths().notes.chosen = at.saturating_sub(1);
        self.write_path_notes(&notes);
        self.path_done();
        self.focus_chosen_note();
    }
}
