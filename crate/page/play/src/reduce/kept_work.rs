//! A link with loops replaces a person's work: it is kept, and a person can return to it. Undo and redo lead there and
//! away from it, too.

use crate::Document;
use crate::kept_work::{KeptWork, marks};
use crate::reduce::Reducer;

impl Reducer<'_> {
    /// A link has been opened. If its loops have taken the place of others, the work with these is kept, unless it has
    /// only loops that an earlier link has brought.
    pub(crate) fn keep_work(&mut self, before: Document) {
        let brought = &self.state.history.present().loops;
        if before.loops == *brought {
            return;
        }
        let onboarding = &mut self.state.page.onboarding;
        onboarding.invitation = None;
        let brought = marks(brought);
        match onboarding.yours.as_mut().filter(|kept| !kept.is_back && kept.has_brought(&before.loops)) {
            Some(kept) => kept.brought = brought,
            None => {
                let document = (!before.loops.all().is_empty()).then(|| Box::new(before));
                onboarding.yours = Some(KeptWork { document, brought, is_back: false });
            }
        }
        self.state.gesture.stop_loops();
    }

    /// A person returns to their own work. The stars of presets are of all work.
    pub(crate) fn back_to_kept_work(&mut self) {
        let Some(yours) = self.state.kept_work().cloned() else { return };
        let onboarding = &mut self.state.page.onboarding;
        onboarding.yours.iter_mut().for_each(|kept| kept.is_back = true);
        onboarding.invitation = None;
        self.state.gesture.stop_loops();
        self.change(|document| {
            let favourites = document.favourites.clone();
            *document = Document { favourites, ..yours };
        });
    }

    /// After undo and redo: whether a person is at their own work again, or has left it.
    pub(crate) fn follow_kept_work(&mut self) {
        let history = &self.state.history;
        let Some(kept) = &mut self.state.page.onboarding.yours else { return };
        if kept.is_at(&history.present().loops) {
            kept.is_back = true;
        } else if history.left().is_some_and(|left| kept.is_at(&left.loops)) {
            kept.is_back = false;
        }
    }
}
