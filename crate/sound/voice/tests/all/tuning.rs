//! Promise: the synthesizer is in tune at every sample rate.

use crate::common::{self, frequency_hz, on, patch};
use patch::Parameter;
use voice::render::{Event, EventKind, render};

fn cents(frequency_hz: f32, expected_hz: f32) -> f32 {
    1200.0 * (frequency_hz / expected_hz).log2()
}

fn heard_hz(rate_hz: f32, events: &[Event]) -> f32 {
    let sine = patch(&[(Parameter::Osc1Waveform, 0.0), (Parameter::OscMix, -1.0)]);
    let [left, _] = render(&sine, events, rate_hz, 64, 2 * rate_hz as usize);
    frequency_hz(&left[rate_hz as usize / 2..], rate_hz)
}

#[test]
fn a4_has_440_hz_at_every_sample_rate() {
    for rate_hz in [22_050.0, 44_100.0, 48_000.0, 96_000.0] {
        let heard_hz = heard_hz(rate_hz, &[on(0, 69)]);
        assert!(cents(heard_hz, 440.0).abs() < 0.05, "{rate_hz}: {heard_hz} Hz");
    }
}

#[test]
fn an_octave_doubles_the_frequency() {
    let [low, high] = [45, 93].map(|key| heard_hz(48_000.0, &[on(0, key)]));
    assert!(cents(low, 110.0).abs() < 0.05 && cents(high, 1760.0).abs() < 0.05, "{low} {high}");
}

#[test]
fn pitch_bend_spans_two_semitones_by_default_and_more_on_request() {
    let bend = Event { frame: 64, kind: EventKind::PitchBend(-8192) };
    let two = heard_hz(48_000.0, &[on(0, 69), bend]);
    assert!((cents(two, 440.0) + 200.0).abs() < 0.1, "{two}");
    let octave: Vec<Event> = [(101, 0), (100, 0), (6, 12)]
        .into_iter()
        .map(|(controller, value)| common::control(0, controller, value))
        .chain([on(0, 69), bend])
        .collect();
    let octave = heard_hz(48_000.0, &octave);
    assert!((cents(octave, 440.0) + 1200.0).abs() < 0.1, "{octave}");
}
