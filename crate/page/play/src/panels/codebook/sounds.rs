//! The sounds whose dots the codebook shows: those of the instrument that plays. An import or another instrument
//! replaces them, and then the script computes other dots.

use std::rc::Rc;

use plane::{Coordinates, Map, Point};

use super::{CodebookTask, SoundCodebook};
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sound_state::DecoderChoice;
use crate::state::State;

/// The known sounds as the dots have them, and the progress of the script.
#[derive(Clone, Debug, Default)]
pub(super) struct CodebookSounds {
    known: Option<Rc<Coordinates>>,
    map: Option<Rc<Map>>,
    /// Counts the computations of dots: the script keeps its dots under this number.
    pub(super) number: u32,
    pub(super) step: CodebookStep,
    /// True once any dots have been shown: until then the search stays in sight.
    pub(super) has_shown: bool,
}

/// The progress of the dots.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum CodebookStep {
    /// Presets or map still load, or nobody has asked for their dots.
    #[default]
    Loading,
    /// The script computes the dots.
    Computing(TaskNumber),
    /// The map has too few qualities.
    FewScales,
    /// A file of the script did not arrive.
    Lost,
    /// The script has the dots.
    Ready,
}

impl CodebookSounds {
    fn are(&self, known: Option<&Rc<Coordinates>>, map: Option<&Rc<Map>>) -> bool {
        same(self.known.as_ref(), known) && same(self.map.as_ref(), map)
    }

    /// Forgets the sounds: their dots are to be computed again.
    fn forget(&mut self, step: CodebookStep) {
        (self.known, self.map, self.step) = (None, None, step);
    }
}

fn same<T>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// The place of a dot on the plane.
pub(super) fn point_of(state: &State, dot: usize) -> Option<Point> {
    let known = state.library.known.as_ref()?;
    if let (Some(&x), Some(&y)) = (known.x.get(dot), known.y.get(dot)) {
        return Some(Point::on_plane(x, y));
    }
    let map = state.library.map.as_ref()?;
    Map::points(map.grid, map.limit).nth(dot.checked_sub(known.len())?)
}

/// True if a person's own model plays and has come without a map.
pub(super) fn lacks_map(state: &State) -> bool {
    state.is_amsynth() && state.library.lacks_map && state.sound.decoder == DecoderChoice::Imported
}

impl SoundCodebook {
    /// True if the script has the dots.
    pub(super) fn is_ready(&self) -> bool {
        self.sounds.step == CodebookStep::Ready
    }
}

impl Reducer<'_> {
    /// Lets the script compute the dots if other sounds are known than those that it has.
    pub(super) fn follow_codebook_sounds(&mut self) {
        let (known, map) = (self.state.library.known.clone(), self.state.library.map.clone());
        if self.codebook().sounds.are(known.as_ref(), map.as_ref()) {
            return;
        }
        self.drop_codebook_dots();
        let is_complete = known.is_some() && map.is_some();
        let sounds = &mut self.codebook().sounds;
        (sounds.known, sounds.map) = (known, map);
        if is_complete {
            sounds.number = sounds.number.wrapping_add(1);
            let number = sounds.number;
            let task = self.begin_task(CodebookTask::Compute { number });
            self.codebook().sounds.step = CodebookStep::Computing(task);
        }
    }

    /// The dots are gone, with all that a person has done with them.
    fn drop_codebook_dots(&mut self) {
        self.stop_computing_dots();
        self.end_preset_round();
        let codebook = self.codebook();
        codebook.sounds.forget(CodebookStep::Loading);
        codebook.chosen = None;
        codebook.picking.bars.clear();
    }

    /// A panel that nobody sees computes nothing.
    pub(super) fn stop_computing_dots(&mut self) {
        if let CodebookStep::Computing(task) = self.codebook().sounds.step {
            self.codebook().sounds.forget(CodebookStep::Loading);
            self.cancel_task(Some(task));
        }
    }

    pub(super) fn take_codebook_dots(&mut self, task: TaskNumber, heaviest: usize) {
        if self.codebook().sounds.step != CodebookStep::Computing(task) {
            return;
        }
        let Some(map) = self.codebook().sounds.map.clone() else { return };
        let codebook = self.codebook();
        codebook.sounds.step = CodebookStep::Ready;
        codebook.sounds.has_shown = true;
        codebook.picking.follow(&map, heaviest);
    }

    /// Without its files the codebook gives its place back to the search; the next press loads them again.
    pub(super) fn fail_codebook_dots(&mut self, task: TaskNumber, reason: &str) {
        if self.codebook().sounds.step != CodebookStep::Computing(task) {
            return;
        }
        if reason == "scales" {
            self.codebook().sounds.step = CodebookStep::FewScales;
        } else {
            self.codebook().sounds.forget(CodebookStep::Lost);
            self.close_panel(PanelId::SoundCodebook);
        }
    }
}
