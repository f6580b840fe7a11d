//! The edited path: its kept original, and the changed path.

use path::{LatentPath, LinkedLoop, LinkedLoopError, PathNote, operators};
use wasm_bindgen::prelude::*;

use crate::curves;
use crate::operate::{self, Operands};
use crate::page_loop::PageLoop;
use crate::refusal;

/// A longer path is drawn from a coarse copy while an operator's amount moves: the whole one takes longer than a frame.
const DRAFT_STEPS: usize = 6000;
/// The count of numbers of a note: start and length in seconds, key (−1 without one), velocity.
const NOTE_NUMBERS: usize = 4;

/// The path that the page edits.
#[wasm_bindgen]
pub struct PathEditor {
    page_loop: PageLoop,
    original: LatentPath,
    path: LatentPath,
    /// While an amount moves, if the path is long: the original and the path with fewer steps.
    draft: Option<[LatentPath; 2]>,
    /// The path to mix with.
    other: Option<LatentPath>,
    /// The known patches.
    points: Vec<Vec<f32>>,
}

#[wasm_bindgen]
impl PathEditor {
    /// Opens a finger, from 0, of a loop (JSON).
    ///
    /// # Errors
    /// If the text is not a loop.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, finger: usize) -> Result<Self, JsError> {
        let (page_loop, path) = PageLoop::read(text, finger)?;
        Ok(Self { page_loop, original: path.clone(), path, draft: None, other: None, points: Vec::new() })
    }

    /// The steps of a path file (JSON) as a new loop (JSON).
    ///
    /// # Errors
    /// If the text is not a path file of the plane.
    pub fn import(text: &str) -> Result<String, JsError> {
        let path = path::read(text).map_err(|reason| refusal::of_file(&reason))?;
        if path.lanes().len() != 2 {
            return Err(refusal::of_dimensions(path.lanes().len()));
        }
        Ok(PageLoop::of_one_finger("")?.write(&path))
    }

    /// A loop (JSON) as the fragment of a link, without its `#`; empty if it is too long for one.
    ///
    /// # Errors
    /// If the text is not a loop.
    pub fn link(text: &str) -> Result<String, JsError> {
        Ok(PageLoop::linked(text)?.write().unwrap_or_default())
    }

    /// The new loop (JSON) in the fragment of a link; `damaged` or `version` if it cannot be read.
    pub fn of_link(fragment: &str) -> String {
        match LinkedLoop::read(fragment) {
            Ok(own) => PageLoop::of_link(&own),
            Err(LinkedLoopError::Version) => "version".to_owned(),
            Err(_) => "damaged".to_owned(),
        }
    }

    /// The path as a path file (JSON).
    pub fn file(&self) -> String {
        let mut path = self.path.clone();
        path.set_beats(self.beats());
        path::write(&path)
    }

    /// Its length in beats; `None` if its length is in seconds.
    pub fn beats(&self) -> Option<f64> {
        self.page_loop.beats(&self.path, self.path.length_s())
    }

    /// The loop with the path as it is now (JSON).
    pub fn page_loop(&self) -> String {
        self.page_loop.write(&self.path)
    }

    /// Steps of a lane.
    pub fn steps(&self) -> usize {
        self.path.steps()
    }

    /// Steps a second.
    pub fn rate_hz(&self) -> f64 {
        self.path.rate_hz()
    }

    /// Its length in seconds.
    pub fn length_s(&self) -> f64 {
        self.path.length_s()
    }

    /// Names it.
    pub fn rename(&mut self, name: &str) {
        self.path.set_name(name);
        self.original.set_name(name);
    }

    /// Makes the present path the original of the next change.
    pub fn keep(&mut self) {
        self.draft = None;
        self.original = self.path.clone();
    }

    /// Least and greatest value of a curve in each of `pixels` parts of a range of positions in seconds, pair by pair;
    /// of the kept original, if wished.
    pub fn extremes(
        &self,
        curve: usize,
        is_original: bool,
        from_s: f64,
        to_s: f64,
        pixels: usize,
    ) -> Vec<f32> {
        let path = match (&self.draft, is_original) {
            (Some([original, _]), true) => original,
            (Some([_, path]), false) => path,
            (None, true) => &self.original,
            (None, false) => &self.path,
        };
        let [from, to] = [from_s, to_s].map(|time_s| time_s * path.rate_hz());
        curves::extremes(&curves::values(path, curve), from, to, pixels.min(8192))
    }

    /// The value of a curve at a time.
    pub fn value(&self, curve: usize, time_s: f64) -> f32 {
        let path = self.draft.as_ref().map_or(&self.path, |[_, path]| path);
        curves::value_at(&curves::values(path, curve), time_s * path.rate_hz())
    }

    /// Bends a curve of the original to a value at a time; the change ends at two other times.
    pub fn bend(&mut self, curve: usize, time_s: f64, value: f32, from_s: f64, to_s: f64) {
        let [at, from, to] = [time_s, from_s, to_s].map(|time_s| time_s * self.path.rate_hz());
        let (first, values) = curves::bend(&curves::full_length(&self.original, curve), at, value, from, to);
        curves::set(&mut self.path, curve, first, &values);
    }

    /// Draws a straight line into a curve of the path.
    pub fn line(&mut self, curve: usize, from_s: f64, from: f32, to_s: f64, to: f32) {
        if from_s > to_s {
            return self.line(curve, to_s, to, from_s, from);
        }
        let rate_hz = self.path.rate_hz();
        let last = self.path.steps() - 1;
        let [first, end] =
            [from_s, to_s].map(|time_s| ((time_s * rate_hz).round().max(0.0) as usize).min(last));
        let share = |step: usize| (step - first) as f32 / (end - first).max(1) as f32;
        let values: Vec<f32> = (first..=end).map(|step| from + (to - from) * share(step)).collect();
        curves::set(&mut self.path, curve, first, &values);
    }

    /// Erases a range of times of the original: a curve goes straight there.
    pub fn erase(&mut self, curve: usize, from_s: f64, to_s: f64) {
        let rate_hz = self.path.rate_hz();
        let [from, to] =
            [from_s.min(to_s), from_s.max(to_s)].map(|time_s| (time_s * rate_hz).round().max(0.0) as usize);
        self.path = operators::erase(&self.original, curves::scope(curve), from..to + 1);
    }

    /// Applies an operator to the original, see `operate::apply`. A draft of a long path changes only what is drawn, until
    /// the operator is applied in full. Returns whether it could.
    pub fn operate(&mut self, name: &str, amount: f64, curve: usize, seed: u32, is_draft: bool) -> bool {
        let operands =
            Operands { curve, seed: seed.into(), other: self.other.as_ref(), points: &self.points };
        if is_draft && self.original.steps() > DRAFT_STEPS {
            let coarse = || self.original.at_rate(DRAFT_STEPS as f64 / self.original.length_s());
            let original = self.draft.take().map_or_else(coarse, |[original, _]| original);
            let changed = operate::apply(name, &original, amount, &operands);
            let is_changed = changed.is_some();
            self.draft = changed.map(|path| [original, path]);
            return is_changed;
        }
        self.draft = None;
        let changed = operate::apply(name, &self.original, amount, &operands);
        let is_changed = changed.is_some();
        if let Some(path) = changed {
            self.path = path;
        }
        is_changed
    }

    /// Chooses the path to mix with: the first finger of a loop (JSON).
    ///
    /// # Errors
    /// If the text is not a loop.
    pub fn mix_with(&mut self, text: &str) -> Result<(), JsError> {
        self.other = Some(PageLoop::read(text, 0)?.1);
        Ok(())
    }

    /// The points of the known patches: x and y of each.
    pub fn set_points(&mut self, points: &[f32]) {
        self.points = points.chunks_exact(2).map(<[f32]>::to_vec).collect();
    }

    /// The notes: start and length in seconds, key (−1: the key that the page plays) and velocity of each.
    pub fn notes(&self) -> Vec<f64> {
        let numbers = |note: &PathNote| {
            [note.start_s, note.length_s, note.key.map_or(-1.0, f64::from), f64::from(note.velocity)]
        };
        self.path.notes().iter().flat_map(numbers).collect()
    }

    /// Replaces the notes by others, as [`PathEditor::notes`] gives them.
    pub fn set_notes(&mut self, numbers: &[f64]) {
        let note = |numbers: &[f64]| PathNote {
            start_s: numbers[0],
            length_s: numbers[1],
            key: (numbers[2] >= 0.0).then_some(numbers[2] as u8),
            velocity: numbers[3] as u8,
        };
        let notes: Vec<PathNote> = numbers.chunks_exact(NOTE_NUMBERS).map(note).collect();
        self.path.set_notes(&notes);
    }
}
