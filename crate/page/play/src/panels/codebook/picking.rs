//! The dots that a person picks: by the bars of a histogram, and as codes, which stand for all others.

use plane::Map;

use crate::reduce::Reducer;

/// The layer whose values the bars count, and what is pressed.
#[derive(Clone, Debug, Default)]
pub(super) struct DotPicking {
    /// The name of the layer that colours the dots: another map may have it, too.
    layer: Option<String>,
    /// True if the codes are shown alone.
    pub(super) shows_codes: bool,
    /// The pressed bars, in their order. None: all dots are picked.
    pub(super) bars: Vec<usize>,
    /// The number of bars for which there is room.
    pub(super) room: usize,
}

impl DotPicking {
    /// The number of the layer that colours the dots.
    pub(super) fn layer_of(&self, map: &Map) -> Option<usize> {
        map.layers.iter().position(|layer| Some(&layer.name) == self.layer.as_ref())
    }

    /// Another map: its layer of the same name, else the one that weighs most.
    pub(super) fn follow(&mut self, map: &Map, heaviest: usize) {
        if self.layer_of(map).is_none() {
            self.layer = map.layers.get(heaviest).map(|layer| layer.name.clone());
        }
    }
}

impl Reducer<'_> {
    pub(super) fn choose_codebook_layer(&mut self, layer: usize) {
        let map = self.state.library.map.as_ref();
        let Some(name) = map.and_then(|map| map.layers.get(layer)).map(|layer| layer.name.clone()) else {
            return;
        };
        self.change_picking(|picking| {
            picking.layer = Some(name);
            picking.bars.clear();
        });
    }

    pub(super) fn toggle_codes(&mut self) {
        self.change_picking(|picking| {
            picking.shows_codes ^= true;
            picking.bars.clear();
        });
    }

    pub(super) fn toggle_codebook_bar(&mut self, bar: usize) {
        self.change_picking(|picking| match picking.bars.binary_search(&bar) {
            Ok(place) => {
                picking.bars.remove(place);
            }
            Err(place) if bar < picking.room => picking.bars.insert(place, bar),
            Err(_) => {}
        });
    }

    pub(super) fn release_codebook_bars(&mut self) {
        self.change_picking(|picking| picking.bars.clear());
    }

    /// Another number of bars has other ranges, so none of them is pressed.
    pub(super) fn give_room_for_bars(&mut self, bars: usize) {
        if self.codebook().picking.room != bars {
            self.change_picking(|picking| {
                picking.room = bars;
                picking.bars.clear();
            });
        }
    }

    /// Another choice ends what plays of the last one.
    fn change_picking(&mut self, change: impl FnOnce(&mut DotPicking)) {
        self.end_preset_round();
        change(&mut self.codebook().picking);
    }
}
