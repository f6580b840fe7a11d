//! Two periods of an oscillator or of the LFO, as a small picture.

use patch::{Parameter, Patch};

use super::GraphPoint;

/// Whose shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The first oscillator's.
    Oscillator,
    /// The LFO's.
    Lfo,
}

/// Steps of a period.
const STEPS: usize = 24;
/// Levels of noise: no random numbers, so that the picture stays.
const NOISE: [f32; 8] = [0.1, 0.8, -0.6, 0.4, -0.9, 0.6, -0.2, -0.7];

/// The waveform over two periods.
pub fn shape(of: Shape, patch: &Patch) -> Vec<GraphPoint> {
    let (waveform, width) = match of {
        Shape::Oscillator => (patch.get(Parameter::Osc1Waveform), patch.get(Parameter::Osc1Pulsewidth)),
        Shape::Lfo => (patch.get(Parameter::LfoWaveform), 0.0),
    };
    let level = |step: usize| {
        let phase = step as f32 / STEPS as f32 % 1.0;
        match (of, waveform as u8) {
            (_, 0) => (std::f32::consts::TAU * phase).sin(),
            // Source: voice::oscillator; 0 = square, 0.9 and above = 95 % high.
            (_, 1) => {
                if phase < 0.5 + 0.5 * width.min(0.9) {
                    1.0
                } else {
                    -1.0
                }
            }
            (Shape::Oscillator, 2) => saw(phase, (width + 1.0) / 4.0),
            (Shape::Lfo, 2) => saw(phase, 0.25),
            (Shape::Lfo, 5) => 2.0 * phase - 1.0,
            (Shape::Lfo, 6) => 1.0 - 2.0 * phase,
            (Shape::Oscillator, 3) | (Shape::Lfo, 3) => NOISE[step * 5 % NOISE.len()],
            _ => NOISE[step / 6 % NOISE.len()],
        }
    };
    let points = (0..=2 * STEPS).map(|step| (step as f32 / (2 * STEPS) as f32, 0.5 + 0.45 * level(step)));
    points.collect()
}

/// A saw that rises from 0 to its peak in `half_rise` of the period: 0.25 is a triangle, 0.5 a perfect saw.
fn saw(phase: f32, half_rise: f32) -> f32 {
    if phase < half_rise {
        phase / half_rise
    } else if phase > 1.0 - half_rise {
        (phase - 1.0) / half_rise
    } else {
        (1.0 - 2.0 * phase) / (1.0 - 2.0 * half_rise).max(1e-3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_waveform_has_a_picture_of_its_own() {
        for (of, parameter) in
            [(Shape::Oscillator, Parameter::Osc1Waveform), (Shape::Lfo, Parameter::LfoWaveform)]
        {
            let pictures: Vec<_> = (0..=parameter.info().max as usize)
                .map(|waveform| {
                    let mut patch = Patch::default();
                    patch.set(parameter, waveform as f32);
                    shape(of, &patch)
                })
                .collect();
            for (number, picture) in pictures.iter().enumerate() {
                assert!(picture.iter().all(|(_, y)| (0.0..=1.0).contains(y)));
                assert!(pictures[number + 1..].iter().all(|other| other != picture), "{of:?} {number}");
            }
        }
    }
}
