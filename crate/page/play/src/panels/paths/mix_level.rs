//! The level of a mix of four paths. Once the finger is up, the places of the mix are measured in notes that are struck
//! as it strikes them, and it gets a level by which they are equally loud. A mix that changes meanwhile keeps its own.

use std::rc::Rc;

use path::LatentPath;
use path::target::level;
use plane::preset_layers::LAYERS;

use super::loop_path::{finger_path, of_path};
use super::{PathsRemark, PathsTask};
use crate::loops::RecordedLoop;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The places of a mix that are measured, evenly over its time.
const PLACES: usize = 64;

/// A mix whose places are measured.
#[derive(Clone, Debug)]
pub(super) struct MeasuredMix {
    task: TaskNumber,
    /// The loop as it was then: another form of it has other places.
    own: Rc<RecordedLoop>,
    path: LatentPath,
}

impl MeasuredMix {
    /// The task that measures.
    pub fn task(&self) -> TaskNumber {
        self.task
    }
}

impl Reducer<'_> {
    /// Measures the places of the mix under the finger, if it is a mix of struck notes; returns whether it does.
    pub(super) fn measure_mix(&mut self) -> bool {
        self.drop_mix_measurement();
        let map = self.state.library.map.as_ref();
        let is_measurable =
            map.is_some_and(|map| map.layers.iter().map(|layer| layer.name.as_str()).eq(LAYERS));
        let four = &self.state.panels.paths.four;
        let number = four.number();
        let own = self.state.document().loops.all().iter().find(|own| own.number == number).cloned();
        let is_measurable = is_measurable && four.is_mixed() && self.state.is_amsynth();
        let Some(own) = own.filter(|_| is_measurable) else { return false };
        let Some(path) = finger_path(&own, 0).filter(|path| path.notes().len() > 1) else { return false };
        let last = (PLACES - 1) as f64;
        let place = |number: usize| path.point_at(path.length_s() * number as f64 / last);
        let points = (0..PLACES).map(place).map(|point| [point.x, point.y]).collect();
        let note_s = Some(path.length_s() / path.notes().len() as f64);
        let task = self.begin_task(PathsTask::Measure { points, tones: None, note_s });
        self.use_path_workers();
        self.paths().four.measuring = Some(MeasuredMix { task, own, path });
        true
    }

    /// The places of the mix are measured: it gets its level, within its step of undo.
    pub(super) fn take_measured_mix(&mut self, task: TaskNumber, values: &[f32]) {
        let Some(MeasuredMix { own, mut path, .. }) =
            self.paths().four.measuring.take_if(|measured| measured.task == task)
        else {
            return;
        };
        let is_same = self.state.document().loops.all().iter().any(|other| Rc::ptr_eq(other, &own));
        let loudness = LAYERS.iter().position(|name| *name == "loudness");
        let rows = values.chunks_exact(LAYERS.len());
        let loudness: Option<Vec<f32>> = loudness.map(|at| rows.map(|row| row[at]).collect());
        let is_number =
            |values: &Vec<f32>| values.len() == PLACES && values.iter().all(|own| own.is_finite());
        if let Some(loudness) = loudness.filter(|values| is_same && is_number(values)) {
            let [before_db, after_db] = level(&mut path, &loudness).map(f64::from);
            let mixed = of_path(RecordedLoop::clone(&own), &path);
            let name = self.state.panels.paths.words.name(&mixed);
            if self.put_path(mixed).is_some() {
                self.say_of_paths(PathsRemark::MixIsEven { name, before_db, after_db });
                self.show_changed_path(own.number);
            }
        }
        self.state.history.finish_step();
    }

    /// The places of the mix are not measured any more: it keeps the level that it has.
    pub(super) fn drop_mix_measurement(&mut self) {
        if let Some(measured) = self.paths().four.measuring.take() {
            self.cancel_task(Some(measured.task));
            self.state.history.finish_step();
        }
    }
}
