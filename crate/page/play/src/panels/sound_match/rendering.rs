//! The sounds of the answers: a worker renders each once, and the page keeps the last ones.

use patch::Patch;

use super::{
    AnswerNote, MatchKind, MatchRefusal, MatchSentence, MatchSound, MatchTask, SoundMatch, StrandReport,
};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::SoundNumber;

/// The number of rendered sounds that the page keeps: one of each strand, and those that are played or drawn meanwhile.
const KEPT_RENDERS: usize = 6;

/// An answer whose sound can be rendered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum MatchRender {
    /// The patch of a strand, which plays this note.
    Patch(usize, Box<Patch>, AnswerNote),
    /// The rhythm, with the patches of its first kinds.
    Rhythm(Vec<Patch>),
    /// One kind of hits, with its patch.
    Hits(usize, Box<Patch>),
    /// The sketch of a melody, which is rendered already.
    Sketch(SoundNumber),
}

/// The source of a sound.
pub(super) enum MatchSource {
    /// The page has it.
    Sound(SoundNumber),
    /// It is to be rendered first.
    Render(MatchRender),
}

/// The rendered sounds.
#[derive(Clone, Debug, Default)]
pub(super) struct Renders {
    known: Vec<(MatchRender, SoundNumber)>,
    asked: Vec<(TaskNumber, MatchRender)>,
}

impl SoundMatch {
    /// The sound of a strand's answer as it is heard.
    pub(super) fn render_of(&self, strand: usize) -> Option<MatchRender> {
        let StrandReport { patch, note, .. } = self.search.strand(strand)?.report.clone();
        match self.kind {
            MatchKind::Sound => Some(MatchRender::Patch(strand, patch, note?)),
            MatchKind::Voice => self.sketch.as_ref().map(|sketch| MatchRender::Sketch(sketch.sound)),
            MatchKind::Rhythm if self.hearing.is_alone => Some(MatchRender::Hits(strand, patch)),
            MatchKind::Rhythm => {
                Some(MatchRender::Rhythm(self.first_patches(None))).filter(MatchRender::is_audible)
            }
        }
    }

    /// The patches of the first kinds of hits, as far as they are found; others may take that of a kind that is heard
    /// alone, for which they do not matter.
    pub(super) fn first_patches(&self, other: Option<&Patch>) -> Vec<Patch> {
        let found = |kind| self.search.strand(kind).map(|strand| *strand.report.patch).or(other.copied());
        (0..self.hit_kinds()).map_while(found).collect()
    }

    fn task(&self, render: &MatchRender) -> Option<MatchTask> {
        let values = |patch: &Patch| patch.values().to_vec();
        let all = |patches: &[Patch]| patches.iter().map(values).collect();
        match render {
            MatchRender::Patch(strand, patch, note) => {
                Some(MatchTask::Render { patch: values(patch), note: *note, strand: *strand })
            }
            MatchRender::Rhythm(patches) => {
                Some(MatchTask::RenderRhythm { patches: all(patches), kind: None })
            }
            MatchRender::Hits(kind, patch) => {
                let patches = all(&self.first_patches(Some(patch)));
                Some(MatchTask::RenderRhythm { patches, kind: Some(*kind) })
            }
            MatchRender::Sketch(_) => None,
        }
    }

    pub(super) fn source(&self, heard: MatchSound) -> Option<MatchSource> {
        match heard {
            MatchSound::Target => Some(MatchSource::Sound(self.target.as_ref()?.sound)),
            MatchSound::Strand(strand) => Some(self.source_of(self.render_of(strand)?)),
        }
    }

    pub(super) fn source_of(&self, render: MatchRender) -> MatchSource {
        if let MatchRender::Sketch(sound) = render {
            return MatchSource::Sound(sound);
        }
        let known = self.renders.known.iter().find(|(known, _)| *known == render);
        known.map_or(MatchSource::Render(render), |(_, sound)| MatchSource::Sound(*sound))
    }
}

impl MatchRender {
    fn is_audible(&self) -> bool {
        !matches!(self, Self::Rhythm(patches) if patches.is_empty())
    }
}

impl Reducer<'_> {
    /// Renders an answer, unless that is on its way.
    pub(super) fn ask_for_render(&mut self, render: MatchRender) {
        let own = self.sound_match();
        if own.renders.asked.iter().any(|(_, asked)| *asked == render) {
            return;
        }
        if let Some(task) = own.task(&render) {
            let task = self.begin_task(task);
            self.sound_match().renders.asked.push((task, render));
        }
    }

    pub(super) fn take_rendered(&mut self, task: TaskNumber, sound: SoundNumber) {
        let renders = &mut self.sound_match().renders;
        let Some(position) = renders.asked.iter().position(|(asked, _)| *asked == task) else {
            return self.forget_sounds(vec![sound]);
        };
        let (_, render) = renders.asked.swap_remove(position);
        renders.known.push((render.clone(), sound));
        let extra = renders.known.len().saturating_sub(KEPT_RENDERS);
        let old: Vec<SoundNumber> = renders.known.drain(..extra).map(|(_, sound)| sound).collect();
        self.forget_sounds(old);
        self.play_rendered(&render, sound);
        self.draw_rendered(&render, sound);
    }

    pub(super) fn fail_render(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        let renders = &mut self.sound_match().renders;
        let Some(position) = renders.asked.iter().position(|(asked, _)| *asked == task) else { return };
        let (_, render) = renders.asked.swap_remove(position);
        self.leave_undrawn(&render);
        if self.leave_unrendered(&render) {
            let name =
                self.sound_match().target.as_ref().map(|target| target.name.clone()).unwrap_or_default();
            self.say_match(vec![MatchSentence::Refused { refusal, name }]);
        }
    }

    /// The answers of the last search are gone, with their sounds and pictures.
    pub(super) fn drop_found_sounds(&mut self) {
        self.clear_match_pictures();
        self.forget_differences();
        self.hear_nothing_found();
        let own = self.sound_match();
        let tasks: Vec<TaskNumber> = own.renders.asked.drain(..).map(|(task, _)| task).collect();
        let mut sounds: Vec<SoundNumber> = own.renders.known.drain(..).map(|(_, sound)| sound).collect();
        sounds.extend(own.sketch.take().map(|sketch| sketch.sound));
        tasks.into_iter().for_each(|task| self.cancel_task(Some(task)));
        self.forget_sounds(sounds);
    }
}
