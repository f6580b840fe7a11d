//! “From a sound…”: the button that opens it, and the state for the script that shows the rest.

use play::State;
use play::error::AppError;
use play::sound_match::{MatchSound, MatchStrand, SoundMatch};
use web_sys::Element;

use crate::app::App;
use crate::effects::matching::{self, kept_bits};
use crate::view::View;
use crate::views::controls::on_click;

/// The button and what follows it.
pub struct MatchView {
    app: App,
    shown: Option<(SoundMatch, bool)>,
}

impl MatchView {
    /// Finds its elements and listens to the button.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let status: Element = app.root().element("match-status")?;
        on_click(app, "match-open", move |app| {
            let status = status.clone();
            status.set_text_content(None);
            matching::open(app, None, move |sentence| status.set_text_content(Some(sentence)));
        })?;
        Ok(Self { app: app.clone(), shown: None })
    }
}

impl View for MatchView {
    fn show(&mut self, state: &State) {
        let Some(script) = self.app.executor().matcher().script() else { return };
        let own = &state.page.sound_match;
        let chosen = own.chosen().map(|strand| &strand.report.patch);
        let is_current = chosen.is_some() && chosen == state.document().patch.as_ref();
        if self.shown.as_ref().is_some_and(|(shown, was_current)| shown == own && *was_current == is_current)
        {
            return;
        }
        self.shown = Some((own.clone(), is_current));
        let heard = match own.heard {
            MatchSound::Target => -1,
            MatchSound::Strand(strand) => strand as i32,
        };
        let numbers = |strand: &Option<MatchStrand>| match strand {
            Some(MatchStrand { report, .. }) => [report.renders as f32, report.share, report.distance],
            None => [f32::NAN; 3],
        };
        let strands: Vec<f32> = own.strands.iter().flat_map(numbers).collect();
        let kept = kept_bits(own);
        let (chosen, playing) = (own.chosen as u32, own.playing as u8);
        script.show(own.run, own.is_running, chosen, heard, playing, kept, is_current, &strands);
    }
}
