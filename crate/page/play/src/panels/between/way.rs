//! The way from A to B: along one of three ways, whose patches workers compute. The way by sound is measured, which a
//! person can stop; until then the way is straight. Both ends are the chosen sounds.

use patch::{PARAMETER_COUNT, Patch};
use plane::Point;
use serde::{Deserialize, Serialize};

use super::comparison::{EVERY, WayComparison};
use super::ends::patch_of;
use super::known::KnownPlaces;
use super::{BetweenNote, BetweenProblem, BetweenTask};
use crate::action::Edit;
use crate::compare::Location;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;

/// The patches of a way, with both ends: those of a search, and eleven more between two of them.
pub(super) const WAY_COUNT: usize = 97;
/// The last step of the slider.
pub(super) const LAST_STEP: usize = WAY_COUNT - 1;
const _: () = assert!(LAST_STEP.is_multiple_of(EVERY), "both ends are measured");

/// A way from A to B.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum BetweenWay {
    /// Every parameter moves evenly.
    #[default]
    Straight,
    /// Through the sounds that the map has on the line.
    Plane,
    /// Measured, so that the sound changes evenly.
    Sound,
}

/// The slider and the ways that it can go.
#[derive(Clone, Debug, Default)]
pub(super) struct WaySlider {
    pub way: BetweenWay,
    /// The patches of each way, once they are computed.
    series: [Option<Vec<Patch>>; 3],
    /// The position of the slider.
    pub step: usize,
    /// The sounds that the slider has led to, and where it was.
    pub known: KnownPlaces<usize>,
    /// The task that computes a way at once, and that way.
    preparing: Option<(TaskNumber, BetweenWay)>,
    /// The task that measures the way by sound, and its done share.
    measuring: Option<(TaskNumber, f32)>,
    /// The note for which it is measured.
    measured_note: Option<BetweenNote>,
    /// The ways, compared as they are played.
    pub comparison: WayComparison,
}

impl WaySlider {
    /// The position of the slider in percent.
    pub fn percent(&self) -> u8 {
        (100.0 * self.step as f32 / LAST_STEP as f32).round() as u8
    }

    /// True once a way is known.
    pub fn is_ready(&self) -> bool {
        self.has(BetweenWay::Straight)
    }

    /// True if the chosen way is to be measured.
    pub fn is_unmeasured(&self) -> bool {
        self.is_ready() && self.way == BetweenWay::Sound && !self.has(BetweenWay::Sound)
    }

    /// True if the button that measures it, or stops that, is of use to a person who plays this note.
    pub fn can_measure(&self, played: BetweenNote) -> bool {
        let is_chosen = self.is_ready() && self.way == BetweenWay::Sound;
        is_chosen && (self.is_unmeasured() || self.share().is_some() || self.comparison.note != Some(played))
    }

    /// The done share of the measurement; `None` while nothing is measured.
    pub fn share(&self) -> Option<f32> {
        self.measuring.map(|(_, share)| share)
    }

    /// The patches of a way, once it is computed.
    pub fn patches(&self, way: BetweenWay) -> Option<&[Patch]> {
        self.series[way as usize].as_deref()
    }

    fn has(&self, way: BetweenWay) -> bool {
        self.patches(way).is_some()
    }

    fn is_measuring_as(&self, task: TaskNumber) -> bool {
        self.measuring.is_some_and(|(own, _)| own == task)
    }

    fn is_preparing_as(&self, task: TaskNumber) -> bool {
        self.preparing.is_some_and(|(own, _)| own == task)
    }

    /// The measurement has done this share.
    pub fn progress(&mut self, task: TaskNumber, share: f32) {
        if self.is_measuring_as(task) {
            self.measuring = Some((task, share));
        }
    }

    /// The patch at a step of the way; a way that is not computed is straight.
    fn patch(&self, step: usize) -> Option<Patch> {
        let straight = || self.series[BetweenWay::Straight as usize].as_ref();
        self.series[self.way as usize].as_ref().or_else(straight)?.get(step).copied()
    }
}

impl Reducer<'_> {
    fn way(&mut self) -> &mut WaySlider {
        &mut self.between().slider
    }

    /// A or B is another sound: nothing is known of the ways. The slider is at that end.
    pub(super) fn take_way_end(&mut self, end: usize) {
        self.drop_way();
        let between = self.between();
        let slider = &mut between.slider;
        slider.series = Default::default();
        slider.comparison = WayComparison::default();
        slider.known.clear();
        for (end, step) in between.ends.chosen.iter().zip([0, LAST_STEP]) {
            if let Some(end) = end {
                slider.known.add(end.key.clone(), step);
            }
        }
        slider.step = end * LAST_STEP;
    }

    /// A and B change places; the current sound stays.
    pub(super) fn swap_way(&mut self) {
        let was_measuring = self.way().measuring.is_some();
        let note = self.way().comparison.note;
        // The measured way would be the other way round.
        self.drop_way();
        let slider = self.way();
        slider.series.iter_mut().flatten().for_each(|series| series.reverse());
        slider.known.change_places(|step| LAST_STEP - step);
        slider.step = LAST_STEP - slider.step;
        self.restart_comparison(note);
        if was_measuring {
            self.measure_way()
        } else {
            self.prepare_way()
        }
        self.compare_ways();
    }

    pub(super) fn choose_way(&mut self, way: BetweenWay) {
        self.way().way = way;
        if way != BetweenWay::Sound {
            self.stop_way();
        }
        self.prepare_way();
    }

    /// Computes what is missing of the chosen way, and goes on by it.
    pub(super) fn prepare_way(&mut self) {
        let Some(values) = self.way_ends() else { return };
        let slider = self.way();
        let missing = match slider.way {
            _ if !slider.is_ready() => Some(BetweenWay::Straight),
            BetweenWay::Plane if !slider.has(BetweenWay::Plane) => Some(BetweenWay::Plane),
            _ => None,
        };
        let Some(way) = missing else {
            if slider.way == BetweenWay::Sound && !slider.has(BetweenWay::Sound) {
                return self.measure_way();
            }
            return self.follow_way();
        };
        if slider.preparing.is_some_and(|(_, preparing)| preparing == way) {
            return;
        }
        self.compute_way(way, values);
    }

    fn compute_way(&mut self, way: BetweenWay, values: Vec<f32>) {
        let former = self.way().preparing.take();
        self.cancel_task(former.map(|(task, _)| task));
        let count = WAY_COUNT as u8;
        let points = self.way_points();
        let task = self.begin_task(match way {
            BetweenWay::Plane => BetweenTask::OverPlane { values, points, count },
            BetweenWay::Straight | BetweenWay::Sound => BetweenTask::Straight { values, count },
        });
        self.way().preparing = Some((task, way));
    }

    /// A way that is to be compared is not computed yet.
    pub(super) fn compute_compared_way(&mut self, way: BetweenWay) {
        let Some(values) = self.way_ends().filter(|_| self.way().preparing.is_none()) else { return };
        if way != BetweenWay::Sound {
            self.compute_way(way, values);
        }
    }

    /// The 41 stored values of A, then of B.
    fn way_ends(&mut self) -> Option<Vec<f32>> {
        let ends = self.between().ends.pair()?;
        Some(ends.iter().flat_map(|end| end.patch.values()).copied().collect())
    }

    /// x and y of A, then of B.
    fn way_points(&mut self) -> Vec<f32> {
        let ends = self.between().ends.pair();
        ends.iter().flatten().flat_map(|end| [end.sound.point.x, end.sound.point.y]).collect()
    }

    pub(super) fn toggle_way_measuring(&mut self) {
        match self.way().measuring {
            Some(_) => self.stop_way(),
            None => self.measure_way(),
        }
    }

    fn measure_way(&mut self) {
        let Some(values) = self.way_ends().filter(|_| self.way().measuring.is_none()) else { return };
        let note = self.state.played_note();
        let task = self.begin_task(BetweenTask::BySound { values, count: WAY_COUNT as u8, note });
        let slider = self.way();
        slider.measuring = Some((task, 0.0));
        slider.measured_note = Some(note);
        self.follow_way();
    }

    fn stop_way(&mut self) {
        let measuring = self.way().measuring.take();
        self.cancel_task(measuring.map(|(task, _)| task));
    }

    /// Ends the computation of the ways.
    pub(super) fn drop_way(&mut self) {
        self.stop_way();
        self.stop_comparison();
        let preparing = self.way().preparing.take();
        self.cancel_task(preparing.map(|(task, _)| task));
    }

    /// A worker has computed a way: the 41 stored values of each patch.
    pub(super) fn take_way(&mut self, task: TaskNumber, values: &[f32]) {
        let patches: Vec<Patch> = values.chunks(PARAMETER_COUNT).filter_map(patch_of).collect();
        if patches.len() != WAY_COUNT {
            return self.fail_way(task, BetweenProblem::Lost);
        }
        let slider = self.way();
        if slider.is_measuring_as(task) {
            slider.measuring = None;
            slider.series[BetweenWay::Sound as usize] = Some(patches);
            let note = slider.measured_note;
            self.restart_comparison(note);
            self.follow_way();
            self.compare_ways();
        } else if let Some((_, way)) = slider.preparing.take_if(|(own, _)| *own == task) {
            slider.series[way as usize] = Some(patches);
            self.prepare_way();
            self.compare_ways();
        }
    }

    /// A worker could not compute a way; the slider goes on by the straight one.
    pub(super) fn fail_way(&mut self, task: TaskNumber, problem: BetweenProblem) {
        let slider = self.way();
        if slider.is_measuring_as(task) {
            slider.measuring = None;
            self.follow_way();
        } else if slider.is_preparing_as(task) {
            slider.preparing = None;
        } else {
            return;
        }
        self.between().problem = Some(problem);
    }

    /// The current sound follows the way, if it is on one; both ends stay.
    fn follow_way(&mut self) {
        let before = self.between_here();
        let step = self.way().known.get(&before).unwrap_or(0);
        if step.is_multiple_of(LAST_STEP) {
            return;
        }
        self.glide_on_way(step);
        self.edit(Edit::FinishStep);
        if self.between_here() != before {
            self.sample_between();
        }
    }

    /// The slider moves to a step, which is heard.
    pub(super) fn move_way_slider(&mut self, step: usize) {
        let step = step.min(LAST_STEP);
        self.way().step = step;
        self.glide_on_way(step);
        self.sample_between();
    }

    fn glide_on_way(&mut self, step: usize) {
        let Some(sound) = self.sound_on_way(step) else { return };
        self.edit(Edit::Glide(sound));
        let here = self.between_here();
        self.way().known.add(here, step);
    }

    /// The sound at a step of the way.
    fn sound_on_way(&mut self, step: usize) -> Option<Location> {
        let between = &self.state.panels.between;
        let [a, b] = between.ends.pair()?.map(|end| &end.sound);
        let patch = between.slider.patch(step)?;
        match step {
            0 => Some(a.clone()),
            LAST_STEP => Some(b.clone()),
            _ => {
                let share = step as f32 / LAST_STEP as f32;
                let at = |from: f32, to: f32| from + share * (to - from);
                let point = Point::on_plane(at(a.point.x, b.point.x), at(a.point.y, b.point.y));
                Some(self.state.location(point, Some(Box::new(patch))))
            }
        }
    }
}
