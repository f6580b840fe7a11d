//! The chosen path and its way into the document: a change is heard at once where the path is short, and a finished
//! change is one step of undo. Follows what others do with the loops: undo, a recording, a deletion.

use std::rc::Rc;

use path::LatentPath;

use super::edited::EditedPath;
use super::{PathsRemark, PathsWay};
use crate::action::{Edit, GestureAction};
use crate::loops::RecordedLoop;
use crate::reduce::Reducer;

/// While something moves, a path of more steps than this is heard when the finger lifts: to write it takes longer
/// than a frame.
const LIVE_STEPS: usize = 3000;
/// While something moves, the document gets the path no more often than this, in milliseconds.
const PAUSE_MS: f64 = 50.0;
/// The straight path of the beginning: its steps, its steps a second, and its first and last x.
const BEGUN_STEPS: u16 = 401;
const BEGUN_RATE_HZ: f64 = 100.0;
const BEGUN_X: f32 = 2.0;

impl Reducer<'_> {
    /// Someone else may have changed the loops: then the editor shows them as they are now.
    pub(super) fn follow_loops_of_paths(&mut self) {
        let loops = self.state.document().loops.all();
        let seen = &self.state.panels.paths.seen;
        let is_same =
            loops.len() == seen.len() && loops.iter().zip(seen).all(|(one, other)| Rc::ptr_eq(one, other));
        if !is_same && self.state.panels.is_open(crate::panels::PanelId::Paths) {
            self.take_loops_of_paths();
            self.follow_found_path();
        }
    }

    /// Shows the chosen loop as it is now; the last one if it is gone.
    pub(super) fn take_loops_of_paths(&mut self) {
        let loops = self.see_loops_of_paths();
        let paths = self.paths();
        let (number, finger) = (paths.number, paths.finger);
        if loops.iter().any(|own| own.number == number) {
            self.choose_path(number, finger);
        } else {
            self.choose_path(loops.last().map_or(0, |own| own.number), 0);
        }
        self.follow_loops_in_four();
    }

    /// The loops as they are now are no news.
    fn see_loops_of_paths(&mut self) -> Vec<Rc<RecordedLoop>> {
        let loops = self.state.document().loops.all().to_vec();
        self.paths().seen.clone_from(&loops);
        loops
    }

    /// Opens a finger of a loop in the lanes.
    pub(super) fn choose_path(&mut self, number: u8, finger: usize) {
        let paths = self.paths();
        if (number, finger) != (paths.number, paths.finger) {
            // The result of the open operator is a step of undo.
            self.state.history.finish_step();
        }
        self.show_path(number, finger);
    }

    /// A loop that this editor has just changed is shown, within the same step of undo; if no other one is chosen.
    pub(super) fn show_changed_path(&mut self, changed: u8) {
        let paths = self.paths();
        let (number, finger) = (paths.number, paths.finger);
        if number == 0 || number == changed {
            self.show_path(changed, finger);
        }
        if self.paths().way == PathsWay::Four {
            self.follow_loops_in_four();
        }
    }

    fn show_path(&mut self, number: u8, finger: usize) {
        let paths = self.paths();
        let is_other = (number, finger) != (paths.number, paths.finger);
        let own = self.state.document().loops.all().iter().find(|own| own.number == number).cloned();
        let paths = self.paths();
        let was_none = paths.edited.is_none();
        paths.number = own.as_ref().map_or(0, |own| own.number);
        paths.finger = own.as_ref().map_or(0, |own| finger.min(own.fingers.len().saturating_sub(1)));
        paths.edited = own.and_then(|own| EditedPath::open(&own, paths.finger));
        paths.put.is_changed = false;
        paths.lanes.drop_hands();
        self.fit_path_in_time();
        self.paths().lanes.timeline.open(is_other || was_none);
        self.restart_path_operator();
    }

    fn fit_path_in_time(&mut self) {
        let paths = self.paths();
        if let Some(edited) = &paths.edited {
            paths.lanes.timeline.set_length(edited.length_s(), edited.beats());
        }
    }

    /// The path has changed: it sounds at once if it is short.
    pub(super) fn path_changed(&mut self) {
        self.fit_path_in_time();
        let now_ms = self.state.panels.now_ms;
        let paths = self.paths();
        paths.put.is_changed = true;
        let is_short = paths.edited.as_ref().is_some_and(|edited| edited.path.steps() <= LIVE_STEPS);
        if is_short && now_ms - paths.put.last_ms >= PAUSE_MS {
            paths.put.last_ms = now_ms;
            self.put_edited_path();
        }
    }

    /// A change is over: it is one step of undo, or a part of that of the open operator.
    pub(super) fn path_done(&mut self) {
        if self.paths().edited.is_none() {
            return;
        }
        if self.paths().put.is_changed {
            self.put_edited_path();
        }
        self.paths().lanes.timeline.open(false);
        if !self.paths().operator.is_open() {
            self.state.history.finish_step();
            if let Some(edited) = &mut self.paths().edited {
                edited.keep();
            }
        }
        if self.paths().way == PathsWay::Four {
            self.follow_loops_in_four();
        }
    }

    fn put_edited_path(&mut self) {
        let Some(own) = self.paths().edited.as_ref().map(EditedPath::to_loop) else { return };
        if self.put_path(own).is_some() {
            self.paths().put.is_changed = false;
        }
    }

    /// Gives a loop another form, or adds one of number 0; returns its number, `None` if it is gone or there is no
    /// room.
    pub(super) fn put_path(&mut self, mut own: RecordedLoop) -> Option<u8> {
        let loops = &self.state.document().loops;
        own.number = match own.number {
            0 => loops.free_number()?,
            // Deleted meanwhile, it would come back.
            number => loops.get(number)?.number,
        };
        let number = own.number;
        self.edit(Edit::PutLoop(Box::new(own)));
        self.see_loops_of_paths();
        self.state.document().loops.get(number).map(|own| own.number)
    }

    /// Adds a loop as a step of undo and shows it; returns whether there was room.
    pub(super) fn add_path_loop(&mut self, own: RecordedLoop) -> bool {
        self.state.history.finish_step();
        let number = self.put_path(own);
        self.state.history.finish_step();
        self.clear_remarks_of_paths();
        if let Some(number) = number {
            self.choose_path(number, 0);
        }
        if self.paths().way == PathsWay::Four {
            self.follow_loops_in_four();
        }
        number.is_some()
    }

    /// Adds a straight path across the middle, which plays one note.
    pub(super) fn begin_path(&mut self) {
        let last = f32::from(BEGUN_STEPS - 1);
        let x = (0..BEGUN_STEPS).map(|step| BEGUN_X * (2.0 * f32::from(step) / last - 1.0)).collect();
        let y = vec![0.0; usize::from(BEGUN_STEPS)];
        let Ok(mut path) = LatentPath::new(vec![x, y], BEGUN_RATE_HZ) else { return };
        path.set_loop(true);
        if self.add_path(&path) {
            let counts = &mut self.paths().counts;
            counts.begun = counts.begun.wrapping_add(1);
        } else {
            self.say_of_paths(PathsRemark::NoRoom);
        }
    }

    pub(super) fn rename_path(&mut self, name: &str) {
        if let Some(edited) = &mut self.paths().edited {
            edited.rename(name);
        }
        self.path_changed();
        self.path_done();
    }

    pub(super) fn play_path(&mut self) {
        let number = self.paths().number;
        if number != 0 {
            self.gesture(GestureAction::ToggleLoop(number));
        }
    }

    pub(super) fn set_path_way(&mut self, way: PathsWay) {
        self.paths().way = way;
        if way == PathsWay::Four {
            self.follow_loops_in_four();
        }
        self.follow_ground_of_curve();
    }

    /// The name of a loop.
    pub(super) fn path_name(&mut self, number: u8) -> String {
        let own = self.state.document().loops.get(number);
        own.map_or_else(String::new, |own| self.state.panels.paths.words.name(own))
    }
}
