//! Detects underruns of the sound: on a slow device the page reduces voices rather than crackle, and requests a
//! larger buffer from the next visit on. Sends the counts nowhere; an address with `?debug` shows them.
//! `play::overload` decides.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use play::action::{Action, SoundAction};
use play::overload::{UnderrunDetector, VoiceBudget};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AudioContext, Element, VisibilityState};

use crate::app::App;
use crate::dom;
use crate::effects::outlet;

/// Interval between two readings of the clocks, in milliseconds.
const LOOK_MS: i32 = 250;

/// The counts that `?debug` shows: the underruns, and the seconds that they lost.
#[derive(Default)]
struct Tally {
    losses: usize,
    lost_s: f64,
}

/// Watches as long as the page or element lives.
pub fn follow(app: &App) {
    let (owned, ended) = (app.clone(), Rc::new(Cell::new(false)));
    let flag = Rc::clone(&ended);
    app.root().at_end(move || flag.set(true));
    spawn_local(async move { watch(&owned, &ended).await });
}

async fn watch(app: &App, ended: &Cell<bool>) {
    let panel = panel(app);
    let (mut watch, mut budget, mut tally) =
        (UnderrunDetector::default(), VoiceBudget::default(), Tally::default());
    loop {
        dom::wait(LOOK_MS).await;
        if ended.get() {
            return;
        }
        let hidden = dom::document().visibility_state() == VisibilityState::Hidden;
        let playing =
            app.executor().with_audio(|audio| audio.is_running().then(|| audio.context().clone())).flatten();
        // The timers of a hidden page run too rarely.
        let Some(context) = playing.filter(|_| !hidden) else {
            watch.rest();
            continue;
        };
        let now_s = dom::now_ms() / 1e3;
        let Some(lost_s) = watch.look(now_s, context.current_time()) else { continue };
        if lost_s > 0.0 {
            tally.losses += 1;
            tally.lost_s += lost_s;
        }
        if let Some(limit) = budget.lost(now_s, lost_s) {
            app.dispatch(Action::Sound(SoundAction::LimitVoices(limit)));
            if budget.needs_latency() && !app.root().is_embedded() {
                outlet::want_large_buffer();
            }
        }
        if let Some(panel) = &panel {
            panel.set_text_content(Some(&lines(&context, &tally, &budget)));
        }
    }
}

/// The panel of the numbers, if the address requests it.
fn panel(app: &App) -> Option<Element> {
    let search = dom::window().location().search().unwrap_or_default();
    if app.root().is_embedded() || !search.trim_start_matches('?').split('&').any(|word| word == "debug") {
        return None;
    }
    let panel = dom::create("pre", "debug");
    panel.set_id("debug");
    dom::append(&dom::document().body()?.into(), &panel);
    Some(panel)
}

/// The numbers for debugging, by their Web Audio names.
fn lines(context: &AudioContext, tally: &Tally, budget: &VoiceBudget) -> String {
    let number = |name: &str| {
        let value = Reflect::get(context, &JsValue::from_str(name)).ok().and_then(|value| value.as_f64());
        value.unwrap_or(f64::NAN)
    };
    let base_ms = 1e3 * number("baseLatency");
    let Tally { losses, lost_s } = tally;
    format!(
        "sampleRate {} Hz\nbaseLatency {base_ms:.1} ms\nlatencyHint {}\nlost {lost_s:.2} s, {losses} ×\nvoiceLimit {}",
        context.sample_rate(),
        outlet::latency_hint(),
        budget.limit(),
    )
}
