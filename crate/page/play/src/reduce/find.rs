//! The search for presets: what is searched for, and its results on the map.

use std::rc::Rc;

use plane::Tag;

use crate::PresetFilter;
use crate::action::FindAction;
use crate::finder::SoundReference;
use crate::panels::PanelId;
use crate::reduce::Reducer;

/// The zoom at which a region fills the map, and its quarters have names.
const REGION_ZOOM: f64 = 2.2;

impl Reducer<'_> {
    pub(crate) fn find(&mut self, action: FindAction) {
        let like = match action {
            FindAction::LikeHere => self.sound_here(),
            FindAction::LikePreset(row) => self.sound_of(row),
            _ => None,
        };
        if action == FindAction::LikeHere {
            // Its results take the place of the codebook.
            self.close_panel(PanelId::SoundCodebook);
        }
        let filter = &mut self.state.map.finder.filter;
        match action {
            FindAction::Query(query) => filter.query = query,
            FindAction::Bank(bank) => filter.bank = bank,
            FindAction::ToggleKind(kind) => self.toggle_kind(kind),
            FindAction::ToggleFavourites => filter.only_favourites ^= true,
            FindAction::Descriptor(position) => (filter.descriptor, filter.range) = (Some(position), None),
            FindAction::Range(range) => self.limit(range),
            FindAction::LikeHere | FindAction::LikePreset(_) => filter.like = like,
            FindAction::LikeAny => filter.like = None,
            FindAction::DropWord(position) => self.drop_word(position),
            FindAction::ChangeSound => {
                if let Some(change) = self.state.map.finder.reading.change {
                    self.change_sound(change);
                }
                return;
            }
            FindAction::Clear => *filter = PresetFilter::default(),
        }
        self.update_found();
        self.mark_dirty();
    }

    /// A kind without a region moves no view.
    fn toggle_kind(&mut self, kind: Tag) {
        let state = &mut *self.state;
        let finder = &mut state.map.finder;
        let was_chosen = finder.filter.kind == Some(kind);
        finder.filter.kind = (!was_chosen).then_some(kind);
        if was_chosen {
            return self.show_all();
        }
        let region = finder.sounds(&state.library).regions(&state.library).of(kind).copied();
        if let Some(region) = region {
            let viewport = &mut state.map.viewport;
            let middle = viewport.to_screen(region.point);
            let zoomed = viewport.zoomed(REGION_ZOOM / viewport.zoom(), middle.0, middle.1);
            *viewport = zoomed.centered(region.point);
        }
    }

    /// The query becomes its other words.
    fn drop_word(&mut self, position: usize) {
        let finder = &mut self.state.map.finder;
        let reading = Rc::clone(&finder.reading);
        let Some(dropped) = reading.words.get(position).map(|word| word.text.as_str()) else { return };
        // Two meanings of one compound word stand for that word.
        let mut texts: Vec<&str> = reading.words.iter().map(|word| word.text.as_str()).collect();
        texts.dedup();
        texts.retain(|text| *text != dropped);
        finder.filter.query = texts.join(" ");
    }

    /// Limits the descriptor's values. A range over all of them limits nothing.
    fn limit(&mut self, [one, other]: [f32; 2]) {
        let Some(map) = self.state.library.map.as_deref() else { return };
        let filter = &mut self.state.map.finder.filter;
        let Some((position, layer)) = filter.descriptor_of(map, self.state.map.layer) else { return };
        let [least, greatest] = layer.range();
        let range = [one.min(other), one.max(other)];
        let limits = range[0] > least.floor() || range[1] < greatest.ceil();
        (filter.range, filter.descriptor) = (limits.then_some(range), Some(position));
    }

    /// The current sound.
    fn sound_here(&self) -> Option<SoundReference> {
        let state = &*self.state;
        let (known, point) = (state.library.known.as_deref()?, state.point());
        let nearest = || known.closest(point.x, point.y);
        let row = state.exact_preset().or_else(nearest)?;
        Some(SoundReference {
            name: known.name[row].clone(),
            point,
            patch: state.patch().copied().map(Box::new),
        })
    }

    fn sound_of(&self, row: usize) -> Option<SoundReference> {
        let (point, patch) = self.preset(row)?;
        let name = self.state.library.known.as_deref()?.name[row].clone();
        Some(SoundReference { name, point, patch })
    }

    /// Searches again with the same filter, since rows, patches or the map have changed.
    pub(crate) fn find_again(&mut self) {
        self.state.map.finder.outdate();
        self.update_found();
    }

    pub(crate) fn update_found(&mut self) {
        let state = &mut *self.state;
        let known = state.library.known.as_deref();
        let favourites = match known {
            Some(known) if state.map.finder.filter.only_favourites => {
                state.history.present().favourites.rows(known)
            }
            _ => Vec::new(),
        };
        let found = state.map.finder.find(&state.library, state.map.layer, &favourites);
        state.map.found_whole = found.whole_count;
        // The map repaints its dots for a new list.
        if *state.map.found != found.rows {
            state.map.found = Rc::new(found.rows);
        }
    }
}
