//! When a person hears a moment of the audio thread: its frames reach the ear later, by the delay of the output.

use js_sys::{Function, Reflect};
use play::tracks::transport::ClockReport;
use wasm_bindgen::JsCast;
use web_sys::AudioContext;

use crate::dom;

/// The clock of bars was at a beat at a time of the context, in seconds; none while it stands.
pub fn report(context: &AudioContext, beats: f64, time_s: f64) -> Option<ClockReport> {
    beats.is_finite().then(|| {
        let received_ms = dom::now_ms();
        let heard_ms = heard_ms(context, time_s).unwrap_or(received_ms + 1000.0 * delay_s(context));
        ClockReport { beats, heard_ms, received_ms }
    })
}

/// The delay of the output in seconds; 0 where the browser does not tell.
fn delay_s(context: &AudioContext) -> f64 {
    let latency = Reflect::get(context, &"outputLatency".into()).ok();
    latency.and_then(|latency| latency.as_f64()).filter(|seconds| seconds.is_finite()).unwrap_or_default()
}

/// The time of the page at which a time of the context leaves the output; none where the browser does not tell.
fn heard_ms(context: &AudioContext, time_s: f64) -> Option<f64> {
    // web-sys does not have this method.
    let method: Function = Reflect::get(context, &"getOutputTimestamp".into()).ok()?.dyn_into().ok()?;
    let stamp = method.call0(context).ok()?;
    let number = |name: &str| Reflect::get(&stamp, &name.into()).ok()?.as_f64();
    let (at_s, at_ms) = (number("contextTime")?, number("performanceTime")?);
    // Before the first sound both are 0.
    (at_s > 0.0 && at_ms > 0.0).then_some(at_ms + 1000.0 * (time_s - at_s))
}
