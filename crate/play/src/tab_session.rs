//! What one tab hands to itself over a reload, as when the language changes: its session, its undo history and its
//! panel. The stored session alone may be another tab's.

use serde::Serialize;

use crate::field_by_field::field_by_field;
use crate::page::Tab;
use crate::{Document, History, Session};

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
}

field_by_field!(TabSession { session, past, future, panel });

impl TabSession {
    /// The history with its present.
    pub fn history(&self) -> History<Document> {
        History::restored(self.past.clone(), self.session.document.clone(), self.future.clone())
    }

    /// The same with at most this many steps to undo, for a browser that has no room for all of them.
    pub fn shortened(&self, steps: usize) -> Self {
        let first = self.past.len().saturating_sub(steps);
        Self { past: self.past[first..].to_vec(), ..self.clone() }
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
        let tab =
            TabSession { session, past: vec![at(0.0), at(1.0)], future: vec![at(3.0)], panel: Tab::Places };
        let read: TabSession = serde_json::from_value(serde_json::to_value(&tab).unwrap()).unwrap();
        assert_eq!(read, tab);
        let mut history = read.history();
        assert!(history.redo() && history.present().point.x == 3.0);
        while history.undo() {}
        assert_eq!(history.present().point.x, 0.0);
        assert_eq!(tab.shortened(1).past, [at(1.0)]);
    }

    #[test]
    fn an_invalid_part_affects_no_other() {
        let odd = serde_json::json!({ "panel": "Attic", "past": 3, "session": { "layer": 2 } });
        let read: TabSession = serde_json::from_value(odd).unwrap();
        assert_eq!((read.panel, read.past.len(), read.session.layer), (Tab::Play, 0, 2));
    }
}
