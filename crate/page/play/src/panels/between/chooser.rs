//! The list in which a person chooses a sound: the landmarks, and the known presets by a part of their names.

use std::rc::Rc;

use plane::{Coordinates, Point};
use serde::{Deserialize, Serialize};

use super::{BetweenName, END_COUNT};
use crate::compare::Location;
use crate::reduce::Reducer;
use crate::state::State;

/// The most presets that are listed.
const PRESET_LIMIT: usize = 60;

/// A sound of the list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum ListedSound {
    /// The landmark at this position among those of the instrument.
    Landmark { position: usize },
    /// The preset in this row.
    Preset { row: usize },
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SoundLine {
    /// The sound.
    pub sound: ListedSound,
    /// Its name; empty for a preset without one.
    pub name: String,
}

/// The list.
#[derive(Clone, Debug, Default)]
pub(super) struct SoundChooser {
    /// The end for which a sound is chosen; `None` while the list is closed.
    pub end: Option<usize>,
    /// The text in the field.
    pub query: String,
    /// The lines.
    pub lines: Vec<SoundLine>,
    /// The presets and the landmarks' names, from which the lines were made.
    known: Option<Rc<Coordinates>>,
    landmarks: Vec<String>,
}

impl SoundChooser {
    /// True if other presets have come or the landmarks have changed.
    fn is_outdated(&self, state: &State) -> bool {
        let is_same = match (&self.known, &state.library.known) {
            (Some(own), Some(known)) => Rc::ptr_eq(own, known),
            (own, known) => own.is_none() && known.is_none(),
        };
        !is_same || !state.landmarks_here().map(|(_, landmark)| &landmark.name).eq(&self.landmarks)
    }

    fn list(&mut self, state: &State) {
        self.known.clone_from(&state.library.known);
        self.landmarks = state.landmarks_here().map(|(_, landmark)| landmark.name.clone()).collect();
        let query = self.query.trim().to_lowercase();
        let fits = |name: &str| name.to_lowercase().contains(&query);
        let line = |sound, name: &str| SoundLine { sound, name: name.trim().to_owned() };
        let names = self.landmarks.iter().enumerate();
        let landmarks = names.filter(|(_, name)| fits(name));
        let landmarks = landmarks.map(|(position, name)| line(ListedSound::Landmark { position }, name));
        let mut presets: Vec<(usize, &String)> = match &self.known {
            Some(known) if !query.is_empty() => {
                known.name.iter().enumerate().filter(|(_, name)| fits(name)).collect()
            }
            _ => Vec::new(),
        };
        // The shortest name is the nearest to the typed text.
        presets.sort_by_key(|(_, name)| name.chars().count());
        let presets = presets.into_iter().take(PRESET_LIMIT);
        let presets = presets.map(|(row, name)| line(ListedSound::Preset { row }, name));
        self.lines = landmarks.chain(presets).collect();
    }
}

/// A sound of the list and its name, if it is still there.
fn listed(state: &State, sound: ListedSound) -> Option<(Location, String)> {
    match sound {
        ListedSound::Landmark { position } => {
            let (_, landmark) = state.landmarks_here().nth(position)?;
            Some((state.location(landmark.point, landmark.patch.clone()), landmark.name.clone()))
        }
        ListedSound::Preset { row } => {
            let known = state.library.known.as_ref().filter(|known| row < known.len())?;
            let presets = state.library.presets.as_ref().filter(|presets| row < presets.all().len())?;
            let point = Point::on_plane(known.x[row], known.y[row]);
            let sound = state.location(point, Some(Box::new(presets.patch(row))));
            Some((sound, known.name[row].trim().to_owned()))
        }
    }
}

impl Reducer<'_> {
    /// Opens the list for an end, or closes it if it is open for that one.
    pub(super) fn toggle_sound_chooser(&mut self, end: usize) {
        if end >= END_COUNT {
            return;
        }
        let chooser = &mut self.between().chooser;
        let was_open = chooser.end == Some(end);
        *chooser = SoundChooser { end: (!was_open).then_some(end), ..SoundChooser::default() };
        self.list_sounds();
    }

    pub(super) fn close_sound_chooser(&mut self) {
        self.between().chooser = SoundChooser::default();
    }

    pub(super) fn find_sound(&mut self, query: String) {
        self.between().chooser.query = query;
        self.list_sounds();
    }

    /// A person may delete a landmark, or import a bank, while the list is open.
    pub(super) fn follow_sound_chooser(&mut self) {
        if self.state.panels.between.chooser.is_outdated(self.state) {
            self.list_sounds();
        }
    }

    fn list_sounds(&mut self) {
        let mut chooser = std::mem::take(&mut self.between().chooser);
        if chooser.end.is_some() {
            chooser.list(self.state);
        }
        self.between().chooser = chooser;
    }

    /// Chooses the current sound.
    pub(super) fn choose_sound_here(&mut self) {
        let Some(end) = self.between().chooser.end else { return };
        self.close_sound_chooser();
        self.choose_end_here(end);
    }

    /// Chooses the sound of the first line.
    pub(super) fn choose_first_sound(&mut self) {
        if let Some(line) = self.between().chooser.lines.first().cloned() {
            self.choose_listed_sound(line.sound, &line.name);
        }
    }

    /// Chooses a sound of the list. If another one is there meanwhile, the list is shown anew instead.
    pub(super) fn choose_listed_sound(&mut self, sound: ListedSound, name: &str) {
        let Some(end) = self.between().chooser.end else { return };
        match listed(self.state, sound) {
            Some((sound, own)) if own == name => {
                self.close_sound_chooser();
                self.choose_end(end, sound, BetweenName::own(name));
            }
            _ => self.list_sounds(),
        }
    }
}
