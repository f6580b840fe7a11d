//! amSynth's envelope as a function of time: straight lines to the peak, to the sustained level and to silence.

use patch::{Parameter, Patch};

use crate::space::set_control;

/// The settings of an envelope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnvelopeShape {
    /// Seconds to the peak.
    pub attack_s: f32,
    /// Seconds from the peak to the sustained level.
    pub decay_s: f32,
    /// The sustained level beside the peak, 0…1.
    pub sustain: f32,
    /// Seconds to silence.
    pub release_s: f32,
}

impl EnvelopeShape {
    /// The value beside the peak, some seconds after the press of a key that is held for `held_s`.
    pub fn value(&self, held_s: f32, time_s: f32) -> f32 {
        if time_s < held_s {
            return self.held_value(time_s);
        }
        self.held_value(held_s) * (1.0 - (time_s - held_s) / self.release_s).max(0.0)
    }

    fn held_value(&self, time_s: f32) -> f32 {
        let after_s = time_s - self.attack_s;
        if after_s < 0.0 {
            return time_s / self.attack_s;
        }
        1.0 - (1.0 - self.sustain) * (after_s / self.decay_s).min(1.0)
    }

    /// Sets a patch's parameters of attack, decay, sustain and release.
    pub fn set(&self, patch: &mut Patch, parameters: [Parameter; 4]) {
        let controls = [self.attack_s, self.decay_s, self.sustain, self.release_s];
        parameters
            .into_iter()
            .zip(controls)
            .for_each(|(parameter, control)| set_control(patch, parameter, control));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_rises_falls_and_is_released_from_where_it_is() {
        let shape = EnvelopeShape { attack_s: 0.2, decay_s: 0.4, sustain: 0.5, release_s: 1.0 };
        let of = |held_s: f32, times_s: [f32; 3]| times_s.map(|time_s| shape.value(held_s, time_s));
        let near = |found: [f32; 3], wanted: [f32; 3]| {
            found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-6)
        };
        assert!(near(of(2.0, [0.1, 0.2, 0.4]), [0.5, 1.0, 0.75]));
        assert!(near(of(2.0, [1.0, 2.5, 4.0]), [0.5, 0.25, 0.0]));
        assert!(near(of(0.1, [0.1, 0.6, 1.2]), [0.5, 0.25, 0.0]), "released while it rises");
    }
}
