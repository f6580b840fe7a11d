//! The pictures that workers compute: the spectrograms of the target and of the chosen answer, and the left-over of
//! that answer. While a search goes on, the picture of an answer changes at most once a second:
//! it takes a worker's time.

use patch::Patch;
use serde::{Deserialize, Serialize};

use super::differences::AnswerDifferences;
use super::model::answer_name;
use super::rendering::{MatchRender, MatchSource};
use super::{AnswerNote, MatchAction, MatchKind, MatchTask, SoundMatch};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The least time between two pictures of an answer that still changes, in milliseconds.
const PAUSE_MS: i32 = 1000;

/// The pictures.
#[derive(Clone, Debug, Default)]
pub(super) struct MatchPictures {
    /// The target that is drawn.
    target: Option<SoundNumber>,
    /// The answer that is drawn, or is about to be.
    pub answer: Option<MatchRender>,
    answer_state: AnswerPicture,
    /// Counts the pictures of answers.
    count: u32,
    /// The search, and the patch and its note whose left-over is measured.
    left_over_of: Option<(u32, Box<Patch>, AnswerNote)>,
    left_over_task: Option<TaskNumber>,
    pub differences: AnswerDifferences,
    pub left_over: Vec<LeftOverBand>,
}

/// The state of the picture of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum AnswerPicture {
    /// Another one may begin.
    #[default]
    Free,
    /// Its sound is rendered first.
    Rendering,
    /// It is drawn.
    Drawing(TaskNumber),
    /// The next one is to wait.
    Resting,
}

/// A band of the left-over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LeftOverBand {
    /// Its lowest frequency.
    #[serde(rename = "from_hz")]
    pub from_hz: f32,
    /// Its highest frequency.
    #[serde(rename = "to_hz")]
    pub to_hz: f32,
    /// The answer's level there above that of the target.
    #[serde(rename = "difference_db")]
    pub difference_db: f32,
}

impl SoundMatch {
    /// The answer whose picture is wanted: the chosen one, once it was rendered in the search.
    fn wanted_picture(&self) -> Option<MatchRender> {
        let chosen = self.search.chosen().filter(|strand| strand.report.renders > 0)?;
        self.render_of(chosen.report.strand)
    }

    /// The search, and the patch and its note whose left-over is wanted: those of the chosen answer, once the search is
    /// over.
    fn wanted_left_over(&self) -> Option<(u32, Box<Patch>, AnswerNote)> {
        let is_wanted = self.kind == MatchKind::Sound && !self.search.is_running() && self.target.is_some();
        let chosen = self.search.chosen().filter(|strand| is_wanted && strand.report.renders > 0)?;
        Some((self.search.run, chosen.report.patch.clone(), chosen.report.note?))
    }
}

impl Reducer<'_> {
    pub(super) fn follow_match_pictures(&mut self) {
        self.draw_target();
        self.follow_answer_picture();
        self.follow_left_over();
    }

    fn draw_target(&mut self) {
        let own = self.sound_match();
        let target = own.target.as_ref().map(|target| target.sound);
        if std::mem::replace(&mut own.pictures.target, target) != target
            && let Some(sound) = target
        {
            self.begin_task(MatchTask::DrawTarget { sound });
        }
    }

    fn follow_answer_picture(&mut self) {
        let own = self.sound_match();
        let wanted = own.wanted_picture();
        let Some(wanted) = wanted.filter(|wanted| own.pictures.answer.as_ref() != Some(wanted)) else {
            return;
        };
        if own.pictures.answer_state != AnswerPicture::Free {
            return;
        }
        own.pictures.answer = Some(wanted.clone());
        match own.source_of(wanted) {
            MatchSource::Sound(sound) => self.draw_answer(sound),
            MatchSource::Render(render) => {
                own.pictures.answer_state = AnswerPicture::Rendering;
                self.ask_for_render(render);
            }
        }
    }

    fn draw_answer(&mut self, sound: SoundNumber) {
        let name = answer_name(self.sound_match());
        let task = self.begin_task(MatchTask::DrawAnswer { sound, name });
        self.sound_match().pictures.answer_state = AnswerPicture::Drawing(task);
    }

    /// An answer is rendered: its picture is drawn if it waits for that.
    pub(super) fn draw_rendered(&mut self, render: &MatchRender, sound: SoundNumber) {
        let pictures = &self.sound_match().pictures;
        if pictures.answer_state == AnswerPicture::Rendering && pictures.answer.as_ref() == Some(render) {
            self.draw_answer(sound);
        }
    }

    /// An answer cannot be rendered, so it has no picture.
    pub(super) fn leave_undrawn(&mut self, render: &MatchRender) {
        let pictures = &self.sound_match().pictures;
        if pictures.answer_state == AnswerPicture::Rendering && pictures.answer.as_ref() == Some(render) {
            self.rest_pictures();
        }
    }

    pub(super) fn end_picture(&mut self, task: TaskNumber) {
        let pictures = &mut self.sound_match().pictures;
        if pictures.answer_state == AnswerPicture::Drawing(task) {
            self.rest_pictures();
        } else if pictures.left_over_task == Some(task) {
            pictures.left_over_task = None;
        }
    }

    fn rest_pictures(&mut self) {
        let pictures = &mut self.sound_match().pictures;
        pictures.answer_state = AnswerPicture::Resting;
        pictures.count = pictures.count.wrapping_add(1);
        let count = pictures.count;
        self.match_later(PAUSE_MS, MatchAction::EndPicturePause { count });
    }

    pub(super) fn end_picture_pause(&mut self, count: u32) {
        let pictures = &mut self.sound_match().pictures;
        if pictures.answer_state == AnswerPicture::Resting && pictures.count == count {
            pictures.answer_state = AnswerPicture::Free;
        }
    }

    fn follow_left_over(&mut self) {
        let own = self.sound_match();
        let wanted = own.wanted_left_over();
        if own.pictures.left_over_of == wanted {
            return;
        }
        let before = own.pictures.left_over_task.take();
        own.pictures.left_over_of.clone_from(&wanted);
        if wanted.is_none() {
            own.pictures.left_over.clear();
        }
        self.cancel_task(before);
        if let Some((_, patch, note)) = wanted {
            let task = self.begin_task(MatchTask::MeasureLeftOver { patch: patch.values().to_vec(), note });
            self.sound_match().pictures.left_over_task = Some(task);
        }
    }

    pub(super) fn take_left_over(&mut self, task: TaskNumber, bands: Vec<LeftOverBand>) {
        let pictures = &mut self.sound_match().pictures;
        if pictures.left_over_task == Some(task) {
            pictures.left_over = bands;
        }
    }

    /// The answers of the last search are gone.
    pub(super) fn clear_match_pictures(&mut self) {
        let pictures = &mut self.sound_match().pictures;
        let drawing = match pictures.answer_state {
            AnswerPicture::Drawing(task) => Some(task),
            _ => None,
        };
        pictures.answer = None;
        pictures.answer_state = AnswerPicture::Free;
        self.cancel_task(drawing);
    }
}
