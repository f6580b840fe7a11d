//! The answer that becomes the current patch, and the places of the answers on the plane. One patch is placed at a
//! time, by the worker that also places imports; a kept one that has no place yet gets it as part of the same step
//! of undo.

use patch::{Parameter, Patch};

use super::naming::KeptNames;
use super::{MatchKind, MatchSentence, MatchTask};
use crate::compare::Location;
use crate::effect::Effect;
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::state::State;
use crate::{Document, Point};

/// The undo step of keeping a patch: its place joins the step when it is known.
const KEEP: &str = "keep a match";

/// The patches that are placed, and the names of those that were kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Placing {
    /// The names of the kept answers.
    pub names: KeptNames,
    /// The patch that is placed now, and the task that does it.
    running: Option<(TaskNumber, PlacedPatch)>,
    /// A kept patch that is to be placed next.
    awaited: Option<PlacedPatch>,
}

/// A patch, and the strand of the search that has found it.
#[derive(Clone, Debug)]
struct PlacedPatch {
    run: u32,
    strand: usize,
    patch: Box<Patch>,
}

/// True if the chosen answer is the current patch.
pub(super) fn is_current(state: &State) -> bool {
    let chosen = state.panels.sound_match.search.chosen().map(|strand| strand.report.patch.as_ref());
    chosen.is_some_and(|chosen| is_heard(state, chosen))
}

/// True if the document's own patch sounds as this answer, which has the locked values.
pub(super) fn is_heard(state: &State, answer: &Patch) -> bool {
    let Document { patch, locks, .. } = state.document();
    patch.as_deref().is_some_and(|patch| locks.apply(patch) == *answer)
}

impl Reducer<'_> {
    /// The chosen patch becomes the current one, at its place if that is known.
    pub(super) fn keep_match(&mut self) {
        let own = &self.state.panels.sound_match;
        let is_new = own.search.is_compared() && !is_current(self.state);
        let Some(strand) = own.search.chosen().filter(|_| is_new) else { return };
        let placed = PlacedPatch {
            run: own.search.run,
            strand: strand.report.strand,
            patch: strand.report.patch.clone(),
        };
        let patch = placed.patch.clone();
        let is_placed = strand.is_placed(&patch);
        let point = strand.point().unwrap_or(self.state.point());
        let kept = MatchSentence::Kept { kind: own.kind, number: placed.strand + 1 };
        let name = own.target.as_ref().map(|target| target.name.clone()).unwrap_or_default();
        if !is_placed {
            self.sound_match().placing.awaited = Some(placed);
        }
        self.state.history.finish_step();
        self.silence_match();
        self.go_to_match(Location { patch: Some(patch.clone()), ..point.into() });
        if let Some(heard) = self.state.heard_patch()
            && let Some(name) = self.sound_match().placing.names.give(&name, heard)
        {
            self.effects.push(Effect::NamePatch(name, Box::new(heard)));
        }
        self.place_next();
        let speech = &mut self.sound_match().speech;
        speech.kept = Some((kept.clone(), patch));
        speech.was_current = true;
        self.say_match(vec![kept]);
    }

    /// Places what waits for it, a kept patch first.
    pub(crate) fn place_next(&mut self) {
        let own = self.sound_match();
        if own.placing.running.is_some() {
            return;
        }
        let run = own.search.run;
        let next = match own.placing.awaited.take() {
            Some(awaited) => {
                if awaited.run == run {
                    own.search.ask_for_place(awaited.strand);
                }
                Some(awaited)
            }
            None => own.search.begin_placing().map(|(strand, patch)| PlacedPatch { run, strand, patch }),
        };
        let Some(next) = next else { return };
        let task = self.state.panels.tasks.begin(PanelId::SoundMatch);
        self.effects.push(Effect::PlacePatch(PanelId::SoundMatch, task, next.patch.clone()));
        self.sound_match().placing.running = Some((task, next));
    }

    pub(super) fn take_place(&mut self, task: TaskNumber, point: Option<[f32; 2]>) {
        let own = self.sound_match();
        let Some((_, placed)) = own.placing.running.take_if(|(running, _)| *running == task) else { return };
        let PlacedPatch { run, strand, patch } = placed;
        let point = point.map(|[x, y]| Point::on_plane(x, y));
        own.placing.awaited.take_if(|awaited| awaited.patch == patch);
        if run == own.search.run {
            own.search.place(strand, patch.clone(), point);
        }
        if let Some(point) = point {
            self.move_kept(&patch, point);
        }
        self.place_next();
    }

    pub(super) fn fail_place(&mut self, task: TaskNumber) {
        self.take_place(task, None);
    }

    /// Another model places patches: all answers are to be placed again.
    pub(crate) fn place_matches_anew(&mut self) {
        self.sound_match().search.forget_places();
        self.place_next();
    }

    fn go_to_match(&mut self, location: Location) {
        self.state.map.viewport = self.state.map.viewport.showing(location.point);
        self.adjust(KEEP, |document| {
            if let Some(patch) = &location.patch {
                document.notes.keyboard_mode = patch.get(Parameter::KeyboardMode);
                document.notes.portamento_time = patch.get(Parameter::PortamentoTime);
            }
            document.go(location);
        });
        self.follow_document();
    }

    /// Moves the current point to where its patch lies, if that is the kept one.
    fn move_kept(&mut self, patch: &Patch, point: Point) {
        let is_kept = self.state.history.is_open(KEEP)
            && self.state.document().patch.as_deref() == Some(patch)
            && self.state.point() != point;
        if is_kept {
            self.go_to_match(Location { patch: Some(Box::new(*patch)), ..point.into() });
        }
    }

    /// True if the patch that was kept last is the current one. A search that goes on may have found a better one.
    fn is_kept_current(&self) -> bool {
        let kept = self.state.panels.sound_match.speech.kept.as_ref();
        kept.is_some_and(|(_, patch)| self.state.document().patch.as_ref() == Some(patch))
    }

    /// Undo leads away from a kept patch, and redo back to it: the sentence follows, unless another one stands there.
    pub(super) fn follow_kept_match(&mut self) {
        let is_current = self.is_kept_current();
        let own = self.sound_match();
        if std::mem::replace(&mut own.speech.was_current, is_current) == is_current {
            return;
        }
        let Some((kept, _)) = own.speech.kept.clone() else { return };
        let (kept, outcome) = (vec![kept], own.outcome());
        if own.speech.said == kept || own.speech.said == outcome {
            self.say_match(if is_current { kept } else { outcome });
        }
    }

    /// The panel is shown again: it says what is true of its answers.
    pub(super) fn say_of_answers(&mut self) {
        let is_current = self.is_kept_current();
        let own = self.sound_match();
        own.speech.was_current = is_current;
        let kept = own.speech.kept.as_ref().filter(|_| is_current).map(|(kept, _)| vec![kept.clone()]);
        let said = kept.unwrap_or_else(|| own.outcome());
        self.say_match(said);
    }

    /// The notes of the sketch become a MIDI file.
    pub(super) fn save_sketch_notes(&mut self) {
        let bpm = self.state.notes().bpm;
        let own = self.sound_match();
        let Some(name) = own.target.as_ref().map(|target| target.name.clone()) else { return };
        let task = match (own.kind, &own.sketch) {
            (MatchKind::Rhythm, _) => MatchTask::SaveRhythm { name, bpm },
            (MatchKind::Voice, Some(sketch)) => MatchTask::SaveMelody { sketch: sketch.sound, name, bpm },
            _ => return,
        };
        self.begin_task(task);
    }
}
