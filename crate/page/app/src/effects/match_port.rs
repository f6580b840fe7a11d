//! What `match.js` may do: report what its search finds, and hear, choose and keep it. Each call is an action.

use colorous::{Color, VIRIDIS};
use js_sys::{Array, Promise};
use patch::{PARAMETER_COUNT, Patch};
use play::action::Action;
use play::sound_match::{MatchAction, MatchPart, MatchPlaying, MatchSound, StrandReport};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::GainNode;

use crate::app::App;

/// The page, as `match.js` sees it.
#[wasm_bindgen]
pub struct MatchPort(App);

impl MatchPort {
    /// Of a page.
    pub fn new(app: &App) -> Self {
        Self(app.clone())
    }

    fn act(&self, action: MatchAction) {
        self.0.dispatch(Action::Match(action));
    }
}

#[wasm_bindgen]
impl MatchPort {
    /// The volume node, to which every sound goes; undefined without a sound.
    pub fn volume(&self) -> Option<GainNode> {
        self.0.executor().with_audio(|audio| audio.volume().clone())
    }

    /// The colours from the least to the greatest of a perceptually uniform scale: red, green and blue of each.
    pub fn palette(&self) -> Vec<u8> {
        let steps: u8 = u8::MAX;
        let color = |step| VIRIDIS.eval_continuous(f64::from(step) / f64::from(steps));
        (0..=steps).map(color).flat_map(|Color { r, g, b }| [r, g, b]).collect()
    }

    /// The address of a file.
    pub fn address(&self, name: &str) -> String {
        self.0.executor().assets().address(name)
    }

    /// A promise of what a search's worker needs: its module, the address of its script, and that of its program. Rejects
    /// with a sentence.
    pub fn program(&self) -> Promise {
        let app = self.0.clone();
        future_to_promise(async move {
            let (module, script, program) = app.executor().analysis().program().await?;
            Ok(Array::of3(&module, &script.into(), &program.into()).into())
        })
    }

    /// A search of so many strands begins, with this name of its job; an earlier one ends. Returns its number.
    pub fn begin(&self, job: String, strands: usize) -> u32 {
        let run = self.0.executor().next_job();
        self.act(MatchAction::Begin(run, job, strands));
        run
    }

    /// Whether a search goes on.
    #[wasm_bindgen(js_name = goesOn)]
    pub fn goes_on(&self, run: u32) -> bool {
        let state = self.0.state();
        state.page.sound_match.run == run && state.page.sound_match.is_running
    }

    /// A strand of a search has found something: its report, see `protocol::ScriptCall::BeginStrand`.
    pub fn found(&self, run: u32, strand: usize, report: &[f32]) {
        let Some((&[share, renders, distance], values)) = report.split_first_chunk() else { return };
        let Ok(values) = <&[f32; PARAMETER_COUNT]>::try_from(values) else { return };
        let patch = Box::new(Patch::from_values(values));
        let report = StrandReport { strand, renders: renders as u32, share, distance, patch };
        self.act(MatchAction::Found(run, report));
    }

    /// A search has ended.
    pub fn ended(&self, run: u32) {
        self.act(MatchAction::Ended(run));
    }

    /// Ends the search and what it plays; its answers stay.
    pub fn close(&self) {
        self.act(MatchAction::Close);
    }

    /// Plays the target (−1) or a strand.
    pub fn hear(&self, sound: i32) {
        self.act(MatchAction::Hear(usize::try_from(sound).map_or(MatchSound::Target, MatchSound::Strand)));
    }

    /// Plays on repeat, or stops.
    #[wasm_bindgen(js_name = togglePlaying)]
    pub fn toggle_playing(&self) {
        self.act(MatchAction::TogglePlaying);
    }

    /// What played has reached its end; returns whether it begins again.
    pub fn played(&self) -> bool {
        self.act(MatchAction::Played);
        self.0.state().page.sound_match.playing == MatchPlaying::Repeating
    }

    /// The chosen patch becomes the current one, and is saved under the name of the sound that was searched for, with a
    /// number.
    pub fn keep(&self, sound: &str) {
        self.act(MatchAction::Keep);
        let patch = self.0.state().heard_patch();
        if let Some(patch) = patch {
            self.0.executor().name_patch(sound, patch);
        }
    }

    /// The next run keeps the pitch (0), the envelopes (1) or the timbre (2), or finds it again.
    #[wasm_bindgen(js_name = toggleKept)]
    pub fn toggle_kept(&self, part: usize) {
        if let Some(&part) = MatchPart::ALL.get(part) {
            self.act(MatchAction::ToggleKept(part));
        }
    }
}
