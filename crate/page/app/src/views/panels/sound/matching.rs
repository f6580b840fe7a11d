//! “From a sound…”: the button that opens it, and the state for the script that shows the rest.

use play::State;
use play::error::AppError;
use play::page::Tab;
use play::sound_match::{MatchSound, MatchStrand, STRAND_COUNT, SoundMatch};
use play::viewport::FLAG_RADIUS_PX;
use web_sys::Element;

use crate::app::App;
use crate::effects::matching::{self, kept_bits};
use crate::view::View;
use crate::views::controls::on_click;

/// What the script was sent last: the search, whether the chosen patch is the current one, and the strands' marks.
type Shown = (SoundMatch, bool, Marks);

/// Where the strands' marks are on the pad, in CSS pixels; none for one that is not shown.
type Marks = [Option<(f64, f64)>; STRAND_COUNT];

/// The button and what follows it.
pub struct MatchView {
    app: App,
    shown: Option<Shown>,
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
        let marks = marks(state);
        let is_shown = |(shown, was_current, shown_marks): &Shown| {
            shown == own && *was_current == is_current && *shown_marks == marks
        };
        if self.shown.as_ref().is_some_and(is_shown) {
            return;
        }
        self.shown = Some((own.clone(), is_current, marks));
        let heard = match own.heard {
            MatchSound::Target => -1,
            MatchSound::Strand(strand) => strand as i32,
        };
        let numbers = |(strand, mark): (&Option<MatchStrand>, Option<(f64, f64)>)| match strand {
            Some(MatchStrand { report, .. }) => {
                let [x, y] = mark.map_or([f32::NAN; 2], |(x, y)| [x as f32, y as f32]);
                [report.renders as f32, report.share, report.distance, x, y]
            }
            None => [f32::NAN; 5],
        };
        let strands: Vec<f32> = own.strands.iter().zip(marks).flat_map(numbers).collect();
        let kept = kept_bits(own);
        let (chosen, playing) = (own.chosen as u32, own.playing as u8);
        script.show(own.run, own.is_running, chosen, heard, playing, kept, is_current, &strands);
    }
}

/// Shown with the search's panel, but not where the current patch has its ring.
fn marks(state: &State) -> Marks {
    let (patch, own) = (state.document().patch.as_ref(), &state.page.sound_match);
    let mark = |strand: &MatchStrand| {
        let is_shown = state.page.tab == Tab::Sound && !own.is_closed && patch != Some(&strand.report.patch);
        let point = strand.point().filter(|_| is_shown)?;
        Some(state.map.viewport.kept_inside(point, FLAG_RADIUS_PX))
    };
    own.strands.each_ref().map(|strand| strand.as_ref().and_then(mark))
}
