//! The values that one tab hands to itself over a reload, as when the language changes: its session, its undo history,
//! its panel, the visible part of the map and whether it is muted. The stored session alone may be another tab's.

use serde::Serialize;

use crate::field_by_field::field_by_field;
use crate::page::Tab;
use crate::viewport::Viewport;
use crate::{Document, History, Point, Session};

/// The state of one tab of the browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TabSession {
    /// Its session.
    pub session: Session,
    /// The documents that undo returns to, oldest first.
    pub past: Vec<Document>,
    /// The documents that redo returns to, nearest last.
    pub future: Vec<Document>,
    /// The selected panel.
    pub panel: Tab,
    /// The map's zoom; 1 and less show the whole plane.
    pub zoom: f64,
    /// The middle of the visible part of the map.
    pub middle: Point,
    /// True if the sound is muted.
    pub is_muted: bool,
}

field_by_field!(TabSession { session, past, future, panel, zoom, middle, is_muted });

impl TabSession {
    /// The history with its present.
    pub fn history(&self) -> History<Document> {
        History::restored(self.past.clone(), self.session.document.clone(), self.future.clone())
    }

    /// A viewport of a pad of any size that shows the same part of the map; of no pad without zoom.
    pub fn viewport(&self) -> Viewport {
        match self.zoom > 1.0 {
            true => Viewport::fit(1.0, 1.0).zoomed(self.zoom, 0.5, 0.5).centered(self.middle),
            false => Viewport::default(),
        }
    }

    /// The same with at most this many steps to undo and to redo, for a browser that has no room for all of them.
    pub fn shortened(&self, steps: usize) -> Self {
        let nearest = |list: &[Document]| list[list.len().saturating_sub(steps)..].to_vec();
        Self { past: nearest(&self.past), future: nearest(&self.future), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;

    #[test]
    fn a_tab_is_restored_with_its_undo_and_redo() {
        let at = |x: f32| Document { point: Point { x, y: 0.0 }, ..Document::default() };
        let session = Session { document: at(2.0), ..Session::default() };
        let (past, future) = (vec![at(0.0), at(1.0)], vec![at(3.0)]);
        let tab = TabSession { session, past, future, panel: Tab::Places, ..TabSession::default() };
        let read: TabSession = serde_json::from_value(serde_json::to_value(&tab).unwrap()).unwrap();
        assert_eq!(read, tab);
        let mut history = read.history();
        assert!(history.redo() && history.present().point.x == 3.0);
        while history.undo() {}
        assert_eq!(history.present().point.x, 0.0);
        assert_eq!(tab.shortened(1).past, [at(1.0)]);
        let longer = TabSession { future: vec![at(4.0), at(3.0)], ..tab };
        assert_eq!(longer.shortened(1).future, [at(3.0)], "the nearest");
        assert_eq!((longer.shortened(0).past.len(), longer.shortened(0).future.len()), (0, 0));
    }

    #[test]
    fn a_tab_shows_the_same_part_of_the_map_on_a_pad_of_any_size() {
        let middle = Point { x: 1.5, y: -2.0 };
        let tab = TabSession { zoom: 4.0, middle, ..TabSession::default() };
        for (width, height) in [(390.0, 500.0), (900.0, 600.0)] {
            let viewport = tab.viewport().refit(width, height);
            let shown = viewport.middle();
            assert!((viewport.zoom() - 4.0).abs() < 1e-9 && shown.distance(middle) < 1e-3, "{viewport:?}");
        }
        for zoom in [0.0, 1.0, f64::NAN] {
            assert_eq!(TabSession { zoom, ..tab.clone() }.viewport(), Viewport::default());
        }
        let far = TabSession { zoom: f64::INFINITY, middle: Point { x: f32::INFINITY, y: 0.0 }, ..tab };
        assert!(far.viewport().refit(390.0, 500.0).zoom() <= crate::viewport::GREATEST_ZOOM);
    }

    #[test]
    fn an_invalid_part_affects_no_other() {
        let odd = serde_json::json!({ "panel": "Attic", "past": 3, "session": { "layer": 2 } });
        let read: TabSession = serde_json::from_value(odd).unwrap();
        assert_eq!((read.panel, read.past.len(), read.session.layer), (Tab::Play, 0, 2));
    }
}
