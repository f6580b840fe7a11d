//! A target from a sound: how the descriptor goes over the sound's time. A task reads the file, and another one
//! measures its parts. A person who does something else with the target meanwhile wants the sound no more.

use path::target::contour;

use super::{PathsCurveRemark, PathsDescriptor, PathsShape, STEPS};
use crate::panels::paths::{PathsFile, PathsTask};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The rate at which sounds are read, in Hz: that of www/match/decode.js.
pub(super) const RATE_HZ: u32 = 44_100;
/// The page reads at most this many seconds from the beginning of a sound:
/// as many as www/match/decode.js, and a frame more.
const LATEST_S: f64 = 60.0;
/// The shortest path from a sound, in seconds.
const LEAST_S: f64 = 0.5;

/// The sound that is the target.
#[derive(Clone, Debug)]
pub(super) struct SoundContour {
    name: String,
    /// True if the file goes on after the part that is read.
    is_beginning: bool,
    is_damaged: bool,
    /// Each scale in each part.
    parts: Vec<Vec<f32>>,
}

/// A sound that is read or measured.
#[derive(Clone, Debug)]
struct Reading {
    task: TaskNumber,
    name: String,
    /// Its frames, once it is read.
    frames: usize,
    /// True if parts of the file are missing.
    is_damaged: bool,
}

/// The sound of the target, and the one that is read.
#[derive(Clone, Debug, Default)]
pub(super) struct ContourState {
    pub sound: Option<SoundContour>,
    reading: Option<Reading>,
}

impl ContourState {
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    pub fn has_task(&self, task: TaskNumber) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.task == task)
    }
}

impl SoundContour {
    /// A scale from its least value, 0, to its greatest, 1; `None` if it hardly changes.
    fn shares(&self, descriptor: PathsDescriptor) -> Option<Vec<f32>> {
        let scale = descriptor as usize;
        let values: Vec<f32> =
            self.parts.iter().map(|part| part.get(scale).copied().unwrap_or(f32::NAN)).collect();
        contour::shares(&values).filter(|shares| shares.len() == STEPS)
    }

    fn is_silent(&self) -> bool {
        let scales = PathsDescriptor::ALL.len();
        !self.parts.iter().flat_map(|part| part.iter().take(scales)).any(|value| value.is_finite())
    }
}

impl Reducer<'_> {
    /// A person gives a sound.
    pub(super) fn give_target_sound(&mut self, file: PathsFile) {
        self.interrupt_path_search();
        self.cancel_contour();
        self.say_of_curve(PathsCurveRemark::Reading { file: file.name.clone() });
        let name = file.name.clone();
        let task = self.begin_task(PathsTask::ReadSound { file });
        self.curve().contour.reading = Some(Reading { task, name, frames: 0, is_damaged: false });
    }

    /// A sound that is still read or measured is not wanted any more.
    pub(super) fn cancel_contour(&mut self) {
        let reading = self.curve().contour.reading.take();
        self.cancel_task(reading.map(|reading| reading.task));
    }

    /// The file is read: its parts are measured.
    pub(in super::super) fn take_target_sound(
        &mut self,
        task: TaskNumber,
        sound: SoundNumber,
        frames: usize,
        is_damaged: bool,
    ) {
        if !self.curve().contour.has_task(task) {
            return;
        }
        let part = |index| {
            let part = contour::part(frames, RATE_HZ, STEPS, index);
            [part.start, part.end]
        };
        let parts = (0..STEPS).map(part).collect();
        self.use_path_workers();
        let next = self.begin_task(PathsTask::MeasureSound { sound, parts });
        if let Some(reading) = &mut self.curve().contour.reading {
            reading.task = next;
            (reading.frames, reading.is_damaged) = (frames, is_damaged);
        }
    }

    /// The parts are measured: their contour is the target.
    pub(in super::super) fn take_contour(&mut self, task: TaskNumber, parts: Vec<Vec<f32>>) {
        let reading = &mut self.curve().contour.reading;
        let Some(Reading { name, frames, is_damaged, .. }) = reading.take_if(|reading| reading.task == task)
        else {
            return;
        };
        let length_s = (frames as f64 / f64::from(RATE_HZ)).max(LEAST_S);
        let is_beginning = length_s > LATEST_S;
        let sound = SoundContour { name, is_beginning, is_damaged, parts };
        if sound.is_silent() {
            return self.say_of_curve(PathsCurveRemark::NoContour { file: sound.name, is_beginning: false });
        }
        let curve = self.curve();
        curve.contour.sound = Some(sound);
        curve.target.length_s = (10.0 * length_s).round() / 10.0;
        self.follow_contour();
    }

    /// The sound cannot be read or measured, for the reason of this word.
    pub(super) fn fail_contour(&mut self, task: TaskNumber, word: &str) {
        let reading = self.curve().contour.reading.take_if(|reading| reading.task == task);
        if let Some(reading) = reading {
            self.say_of_curve(PathsCurveRemark::Unread { file: reading.name, word: word.to_owned() });
        }
    }

    /// The target is the contour of the sound.
    pub(super) fn follow_contour(&mut self) {
        let curve = self.curve();
        let descriptor = curve.target.descriptor;
        let Some(sound) = &curve.contour.sound else { return };
        let (file, is_beginning, is_damaged) = (sound.name.clone(), sound.is_beginning, sound.is_damaged);
        let Some(shares) = sound.shares(descriptor) else {
            self.choose_shape(PathsShape::Line);
            return self.say_of_curve(PathsCurveRemark::NoContour { file, is_beginning });
        };
        curve.target.drawn = shares;
        self.choose_shape(PathsShape::Sound);
        self.say_of_curve(PathsCurveRemark::Contour { file, is_beginning, is_damaged, descriptor });
    }
}
