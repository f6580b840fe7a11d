//! The edited path: its kept original, from which an operator or a drag starts, and what has become of it.

use std::rc::Rc;

use path::{LatentPath, PathNote, operators};

use super::curves;
use super::loop_path;
use crate::loops::RecordedLoop;

/// A longer path is drawn from a coarse copy while an operator's amount moves: the whole one takes longer than a frame.
const DRAFT_STEPS: usize = 6000;
/// The most parts of a drawn curve: more than a screen has pixels.
const MOST_PIXELS: usize = 8192;

/// The finger of a loop that a person edits.
#[derive(Clone, Debug)]
pub(super) struct EditedPath {
    /// The loop as it was read.
    own: Rc<RecordedLoop>,
    finger: usize,
    /// The path as it was read.
    read: LatentPath,
    pub original: LatentPath,
    pub path: LatentPath,
    /// While an amount moves, if the path is long: the original and the path with fewer steps.
    draft: Option<[LatentPath; 2]>,
}

impl EditedPath {
    /// Opens a finger of a loop; `None` if the loop has no such finger.
    pub fn open(own: &Rc<RecordedLoop>, finger: usize) -> Option<Self> {
        let read = loop_path::finger_path(own, finger)?;
        let (original, path) = (read.clone(), read.clone());
        Some(Self { own: Rc::clone(own), finger, read, original, path, draft: None })
    }

    /// The loop with the path as it is now.
    pub fn to_loop(&self) -> RecordedLoop {
        loop_path::with_path(&self.own, self.finger, Some(&self.read), &self.path)
    }

    /// The length in beats; `None` if it lasts seconds.
    pub fn beats(&self) -> Option<u16> {
        loop_path::whole_beats(&self.own, &self.path, self.path.length_s())
    }

    /// The path as a file has it.
    pub fn to_file(&self) -> LatentPath {
        let mut path = self.path.clone();
        path.set_beats(self.beats().map(f64::from));
        path
    }

    pub fn length_s(&self) -> f64 {
        self.path.length_s()
    }

    pub fn rename(&mut self, name: &str) {
        self.path.set_name(name);
        self.original.set_name(name);
    }

    /// The path as it is now becomes the original of the next change.
    pub fn keep(&mut self) {
        self.draft = None;
        self.original = self.path.clone();
    }

    /// Least and greatest value of a curve in each of `pixels` parts of a range of seconds, pair by pair; those of
    /// the kept original, if wished.
    pub fn extremes(
        &self,
        curve: usize,
        is_original: bool,
        [from_s, to_s]: [f64; 2],
        pixels: usize,
    ) -> Vec<f32> {
        let path = match (&self.draft, is_original) {
            (Some([original, _]), true) => original,
            (Some([_, path]), false) => path,
            (None, true) => &self.original,
            (None, false) => &self.path,
        };
        let [from, to] = [from_s, to_s].map(|time_s| time_s * path.rate_hz());
        curves::extremes(&curves::values(path, curve), from, to, pixels.min(MOST_PIXELS))
    }

    /// The value of a curve at a time.
    pub fn value(&self, curve: usize, time_s: f64) -> f32 {
        let path = self.draft.as_ref().map_or(&self.path, |[_, path]| path);
        curves::value_at(&curves::values(path, curve), time_s * path.rate_hz())
    }

    /// Bends a curve of the original to a value at a time; the change ends at two other times.
    pub fn bend(&mut self, curve: usize, value: f32, [from_s, at_s, to_s]: [f64; 3]) {
        let [from, at, to] = [from_s, at_s, to_s].map(|time_s| time_s * self.path.rate_hz());
        let (first, values) = curves::bend(&curves::full_length(&self.original, curve), at, value, from, to);
        curves::set(&mut self.path, curve, first, &values);
    }

    /// Draws a straight line into a curve of the path, from one time and value to another.
    pub fn line(&mut self, curve: usize, from: (f64, f32), to: (f64, f32)) {
        let ((from_s, from), (to_s, to)) = if from.0 > to.0 { (to, from) } else { (from, to) };
        let [first, end] = self.steps_of([from_s, to_s]);
        let share = |step: usize| (step - first) as f32 / (end - first).max(1) as f32;
        let values: Vec<f32> = (first..=end).map(|step| from + (to - from) * share(step)).collect();
        curves::set(&mut self.path, curve, first, &values);
    }

    /// Erases a range of times of the original: a curve goes straight there.
    pub fn erase(&mut self, curve: usize, one_s: f64, other_s: f64) {
        let [from, to] = self.steps_of([one_s.min(other_s), one_s.max(other_s)]);
        self.path = operators::erase(&self.original, curves::scope(curve), from..to + 1);
    }

    /// The steps of two times.
    fn steps_of(&self, times_s: [f64; 2]) -> [usize; 2] {
        let last = self.path.steps() - 1;
        times_s.map(|time_s| ((time_s * self.path.rate_hz()).round().max(0.0) as usize).min(last))
    }

    /// Replaces the path by what `change` makes of the original; returns whether it could. A draft of a long path
    /// changes only what is drawn.
    pub fn operate(&mut self, is_draft: bool, change: impl Fn(&LatentPath) -> Option<LatentPath>) -> bool {
        if is_draft && self.original.steps() > DRAFT_STEPS {
            let coarse = || self.original.at_rate(DRAFT_STEPS as f64 / self.original.length_s());
            let original = self.draft.take().map_or_else(coarse, |[original, _]| original);
            self.draft = change(&original).map(|path| [original, path]);
            return self.draft.is_some();
        }
        self.draft = None;
        let Some(path) = change(&self.original) else { return false };
        self.path = path;
        true
    }

    pub fn notes(&self) -> &[PathNote] {
        self.path.notes()
    }

    pub fn set_notes(&mut self, notes: &[PathNote]) {
        self.path.set_notes(notes);
    }
}
