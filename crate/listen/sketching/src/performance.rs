//! The performance of a sketched patch: notes, the pitch's contour as pitch bend, the brightness's as cutoff; and
//! its sound.

use features::test_note::SAMPLE_RATE_HZ;
use patch::{Parameter, Patch};
use voice::MAX_BLOCK;
use voice::render::{Event, EventKind};

use crate::contours::{HOP, HOP_S};
use crate::cutoff_controller::stored_cutoff;
use crate::notes::SketchedNote;

/// Semitones that amSynth bends until it receives another range.
const USUAL_RANGE_SEMITONES: u8 = 2;

/// Notes, and a bend and a cutoff for each 10 ms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SketchPerformance {
    /// In the order of their starts.
    pub notes: Vec<SketchedNote>,
    /// The bend of the pitch from the played key, in cents, every 10 ms.
    pub bend_cents: Vec<f32>,
    /// The filter's cutoff every 10 ms, as a MIDI controller's value: 0…127 over the parameter's range. Empty if
    /// the patch keeps its own.
    pub cutoff: Vec<u8>,
    /// Length of the sound in seconds.
    pub length_s: f32,
}

impl SketchPerformance {
    /// The range of the bend wheel that reaches all bends, in semitones: 2, 12 or 24.
    pub fn range_semitones(&self) -> u8 {
        let widest = self.bend_cents.iter().fold(0.0_f32, |widest, cents| widest.max(cents.abs()));
        [USUAL_RANGE_SEMITONES, 12]
            .into_iter()
            .find(|&range| widest <= 100.0 * f32::from(range))
            .unwrap_or(24)
    }

    /// Each changed position of the bend wheel, −8192…8191, with its frame of 10 ms.
    pub fn bends(&self) -> Vec<(usize, i16)> {
        let full = 100.0 * f32::from(self.range_semitones());
        let mut before = 0;
        let position = |(at, cents): (usize, &f32)| {
            let position = (cents / full * 8192.0).round().clamp(-8192.0, 8191.0) as i16;
            (position != std::mem::replace(&mut before, position)).then_some((at, position))
        };
        self.bend_cents.iter().enumerate().filter_map(position).collect()
    }

    /// Each changed value of the cutoff, with its frame of 10 ms.
    pub fn cutoffs(&self) -> Vec<(usize, u8)> {
        let mut before = None;
        let changed =
            |(at, &value): (usize, &u8)| (before.replace(value) != Some(value)).then_some((at, value));
        self.cutoff.iter().enumerate().filter_map(changed).collect()
    }

    /// The same notes later by this many seconds: at the times of a recording that begins with a silence.
    #[must_use]
    pub fn later(mut self, lead_s: f32) -> Self {
        let hops = (lead_s / HOP_S).round() as usize;
        for note in &mut self.notes {
            note.start_s += lead_s;
            note.end_s += lead_s;
        }
        // The first values hold from the beginning on. Without any the patch's own cutoff stays.
        if let Some(&first) = self.bend_cents.first() {
            self.bend_cents.splice(0..0, std::iter::repeat_n(first, hops));
        }
        if let Some(&first) = self.cutoff.first() {
            self.cutoff.splice(0..0, std::iter::repeat_n(first, hops));
        }
        self.length_s += lead_s;
        self
    }

    /// Length in frames at 44.1 kHz.
    pub fn frames(&self) -> usize {
        (self.length_s * SAMPLE_RATE_HZ as f32).round() as usize
    }

    /// All events, for the voice.
    pub fn events(&self) -> Vec<Event> {
        let frame = |seconds: f32| (seconds.max(0.0) * SAMPLE_RATE_HZ as f32).round() as usize;
        let mut events = Vec::new();
        if self.range_semitones() != USUAL_RANGE_SEMITONES {
            let select = [(101, 0), (100, 0), (6, self.range_semitones())];
            events.extend(select.map(|(controller, value)| Event {
                frame: 0,
                kind: EventKind::ControlChange { controller, value },
            }));
        }
        let bend = |(at, position)| Event { frame: held_from(at), kind: EventKind::PitchBend(position) };
        events.extend(self.bends().into_iter().map(bend));
        let cutoff = |(at, value)| {
            let kind = EventKind::Parameter(Parameter::FilterCutoff, stored_cutoff(value));
            Event { frame: held_from(at), kind }
        };
        events.extend(self.cutoffs().into_iter().map(cutoff));
        for &SketchedNote { start_s, end_s, key, velocity } in &self.notes {
            let start = frame(start_s);
            events.push(Event { frame: start, kind: EventKind::NoteOn { key, velocity } });
            let end = frame(end_s).max(start + MAX_BLOCK);
            events.push(Event { frame: end, kind: EventKind::NoteOff { key } });
        }
        events
    }

    /// The sound of a patch: the mean of both channels at 44.1 kHz.
    pub fn render(&self, patch: &Patch) -> Vec<f32> {
        self.render_all(&[*patch]).pop().unwrap_or_default()
    }

    /// As [`SketchPerformance::render`] for each patch.
    pub fn render_all(&self, patches: &[Patch]) -> Vec<Vec<f32>> {
        let rate_hz = SAMPLE_RATE_HZ as f32;
        let sounds = voice::render::render_many(patches, &self.events(), rate_hz, MAX_BLOCK, self.frames());
        let mono = |[mut left, right]: [Vec<f32>; 2]| {
            left.iter_mut().zip(right).for_each(|(left, right)| *left = 0.5 * (*left + right));
            left
        };
        sounds.into_iter().map(mono).collect()
    }
}

/// The sample from which a bend and a cutoff hold: half a frame of 10 ms before the middle of the measured frame.
pub(crate) fn held_from(at: usize) -> usize {
    (at * HOP).saturating_sub(HOP / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_bends_ask_for_a_wider_range() {
        let of =
            |cents: f32| SketchPerformance { bend_cents: vec![0.0, cents], ..SketchPerformance::default() };
        assert_eq!([150.0, 350.0, -1300.0].map(|cents| of(cents).range_semitones()), [2, 12, 24]);
        assert_eq!(of(-200.0).bends(), [(1, -8192)]);
        assert_eq!(of(600.0).bends(), [(1, 4096)]);
        assert!(of(0.0).bends().is_empty());
    }

    #[test]
    fn a_glide_over_an_octave_sounds_at_its_end() {
        let note = SketchedNote { start_s: 0.0, end_s: 1.0, key: 60, velocity: 100 };
        let bend_cents = (0..100).map(|at| if at < 50 { 0.0 } else { 1200.0 }).collect();
        let performance = SketchPerformance {
            notes: vec![note],
            bend_cents,
            length_s: 1.0,
            ..SketchPerformance::default()
        };
        let sound = performance.render(&Patch::default());
        let end = matching::find_pitch(&sound[26_000..]).unwrap();
        assert!((end.keys() - 72.0).abs() < 0.1, "{end:?}");
    }
}
