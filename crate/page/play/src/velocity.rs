//! How hard a note is played: always the same, from the height of a touch, or from its pressure. Pure.

pub use path::strokes::USUAL_VELOCITY;
use serde::{Deserialize, Serialize};

/// Velocities of the lowest and the highest touch, and of the lightest and the hardest one: soft but audible, MIDI's
/// greatest.
const VELOCITIES: [f32; 2] = [30.0, 127.0];
/// The pressures that browsers report for a device that measures none: 0 and 0.5 (Pointer Events, `pressure`), and 1
/// on some phones.
const UNMEASURED: [f32; 3] = [0.0, 0.5, 1.0];

/// The source of a note's velocity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VelocitySource {
    /// It is always [`USUAL_VELOCITY`].
    #[default]
    Constant,
    /// The higher a touch is on the map, and the nearer to the end of a key, the louder.
    Height,
    /// The harder a finger or a pen presses, the louder; constant on devices that measure no pressure.
    Pressure,
}

impl VelocitySource {
    /// All sources, in menu order.
    pub const ALL: [Self; 3] = [Self::Constant, Self::Height, Self::Pressure];

    /// The velocity, 30…127, of a touch at this height with this pressure, each 0…1.
    pub fn velocity(self, height: f32, pressure: f32) -> u8 {
        match self {
            Self::Constant => USUAL_VELOCITY,
            Self::Height => scaled(height),
            Self::Pressure if UNMEASURED.contains(&pressure) => USUAL_VELOCITY,
            Self::Pressure => scaled(pressure),
        }
    }
}

fn scaled(share: f32) -> u8 {
    let share = if share.is_nan() { 0.5 } else { share.clamp(0.0, 1.0) };
    (VELOCITIES[0] + (VELOCITIES[1] - VELOCITIES[0]) * share).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_chosen_source_counts() {
        use VelocitySource::{Constant, Height, Pressure};
        assert_eq!([0.0, 0.3, 1.0].map(|height| Constant.velocity(height, 0.9)), [100; 3]);
        assert_eq!([0.0, 1.0, 9.0].map(|height| Height.velocity(height, 0.3)), [30, 127, 127]);
        assert!(Pressure.velocity(1.0, 0.2) < Pressure.velocity(0.0, 0.8));
        assert_eq!(UNMEASURED.map(|pressure| Pressure.velocity(0.1, pressure)), [100; 3]);
    }

    proptest! {
        #[test]
        fn every_velocity_is_a_midi_velocity(height: f32, pressure: f32, source in 0usize..3) {
            let velocity = VelocitySource::ALL[source].velocity(height, pressure);
            prop_assert!((30..=127).contains(&velocity));
        }
    }
}
