//! Runs oscillators side by side: first the phases, each of which depends on the one before, then the samples,
//! each of which depends on its phase alone. Never allocates.

use math::single;

use super::{Oscillator, Waveform};
use crate::lanes::{self, each, least};
use crate::numeric::{TWO_PI, wrap_radians};

impl Oscillator {
    fn is_drawn(&self) -> bool {
        matches!(self.waveform, Waveform::Noise | Waveform::SampleAndHold)
    }

    /// Renders the next frames of the block of each lane.
    #[inline(always)]
    pub fn fill<const N: usize>(mut oscillators: [&mut Self; N], output: &mut [[f32; N]]) {
        Self::run(&mut oscillators, true, output);
    }

    /// As [`fill`](Self::fill). If the oscillators are not `heard`, it advances without computing samples;
    /// `output` then has phases or its earlier content.
    #[inline(always)]
    pub fn run<const N: usize>(oscillators: &mut [&mut Self; N], heard: bool, output: &mut [[f32; N]]) {
        let frequencies = Frequencies::new(oscillators);
        let drawn: [_; N] = each(|lane| oscillators[lane].drawn_position);
        Self::advance(oscillators, output);
        if !heard {
            return;
        }
        let waveform = oscillators[0].waveform;
        if oscillators.iter().all(|oscillator| oscillator.waveform == waveform) {
            shape(oscillators.each_ref().map(|oscillator| &**oscillator), &frequencies, drawn, output);
            return;
        }
        for lane in 0..N {
            shape_lane(oscillators[lane], &frequencies.lane(lane), drawn[lane], lane, output);
        }
    }

    /// Advances each lane by the frames of `phases`. Stores the phases of these frames: a pulse's from before
    /// the step, a sine's or saw's from after it.
    #[inline(always)]
    fn advance<const N: usize>(oscillators: &mut [&mut Self; N], phases: &mut [[f32; N]]) {
        for oscillator in oscillators.iter_mut() {
            oscillator.drawn_position += phases.len();
        }
        if oscillators.iter().all(|oscillator| oscillator.is_drawn()) {
            return;
        }
        let pulses = oscillators.iter().any(|oscillator| oscillator.waveform == Waveform::Pulse);
        let synchronised = oscillators.iter().any(|oscillator| oscillator.master_step.is_some());
        match (pulses, synchronised) {
            (false, false) => advance::<N, false, false>(oscillators, phases),
            (true, false) => advance::<N, true, false>(oscillators, phases),
            (false, true) => advance::<N, false, true>(oscillators, phases),
            (true, true) => advance::<N, true, true>(oscillators, phases),
        }
    }
}

/// The frequency ramps of several lanes.
struct Frequencies<const N: usize> {
    radians_per_hz: [f32; N],
    start: [f32; N],
    increment: [f32; N],
    /// Whole numbers, exact in f32.
    position: [f32; N],
    steps: [f32; N],
}

impl<const N: usize> Frequencies<N> {
    #[inline(always)]
    fn new(oscillators: &[&mut Oscillator; N]) -> Self {
        let ramps: [_; N] = each(|lane| oscillators[lane].frequency.parts());
        Self {
            radians_per_hz: each(|lane| oscillators[lane].radians_per_hz),
            start: each(|lane| ramps[lane].start),
            increment: each(|lane| ramps[lane].increment),
            position: each(|lane| ramps[lane].position),
            steps: each(|lane| ramps[lane].steps),
        }
    }

    /// The frequency ramp of one lane.
    #[inline(always)]
    fn lane(&self, lane: usize) -> Frequencies<1> {
        Frequencies {
            radians_per_hz: [self.radians_per_hz[lane]],
            start: [self.start[lane]],
            increment: [self.increment[lane]],
            position: [self.position[lane]],
            steps: [self.steps[lane]],
        }
    }

    /// The phase of one frame, `frames` after the current one.
    #[inline(always)]
    fn step_after(&self, frames: usize, lane: usize) -> f32 {
        let position = least(self.position[lane] + frames as f32, self.steps[lane]);
        self.radians_per_hz[lane] * (self.start[lane] + self.increment[lane] * position)
    }
}

/// Advances the phases of lanes, of which some are pulses if `PULSES`, and some follow a master if
/// `SYNCHRONISED`. Phases are not wrapped but for those of pulses: amSynth wraps once per block.
#[inline(always)]
fn advance<const N: usize, const PULSES: bool, const SYNCHRONISED: bool>(
    oscillators: &mut [&mut Oscillator; N],
    phases: &mut [[f32; N]],
) {
    let frequencies = Frequencies::new(oscillators);
    let pulse: [_; N] = each(|lane| PULSES & (N == 1 || oscillators[lane].waveform == Waveform::Pulse));
    let follows: [_; N] = each(|lane| N == 1 || oscillators[lane].master_step.is_some());
    let master_step: [_; N] = each(|lane| f64::from(oscillators[lane].master_step.unwrap_or_default()));
    let mut master_phase: [_; N] = each(|lane| oscillators[lane].master_phase);
    let mut phase: [_; N] = each(|lane| oscillators[lane].phase);
    for (i, stored) in phases.iter_mut().enumerate() {
        for lane in 0..N {
            if SYNCHRONISED {
                let next = master_phase[lane] + master_step[lane];
                let ends = follows[lane] & (next >= f64::from(TWO_PI));
                let wrapped = next - f64::from(TWO_PI);
                master_phase[lane] = if ends { wrapped } else { next };
                phase[lane] = if ends { 0.0 } else { phase[lane] };
            }
            let next = phase[lane] + frequencies.step_after(i, lane);
            let (before, wrapped) = (phase[lane], next - TWO_PI);
            phase[lane] = if pulse[lane] & (next >= TWO_PI) { wrapped } else { next };
            stored[lane] = if pulse[lane] { before } else { next };
        }
    }
    for (lane, oscillator) in oscillators.iter_mut().enumerate() {
        if !oscillator.is_drawn() {
            oscillator.phase = phase[lane];
            oscillator.frequency.advance(phases.len());
            if SYNCHRONISED {
                oscillator.master_phase = master_phase[lane];
            }
        }
    }
}

/// Replaces the phases of one lane by samples.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
#[cfg_attr(target_family = "wasm", inline(never))]
fn shape_lane<const N: usize>(
    oscillator: &Oscillator,
    frequencies: &Frequencies<1>,
    drawn: usize,
    lane: usize,
    output: &mut [[f32; N]],
) {
    let samples = &mut lanes::silence()[..output.len()];
    samples.iter_mut().zip(&*output).for_each(|(sample, frame)| sample[0] = frame[lane]);
    shape([oscillator], frequencies, [drawn], samples);
    samples.iter().zip(output).for_each(|(sample, frame)| frame[lane] = sample[0]);
}

/// Replaces phases by samples; all lanes have the same waveform.
#[cfg_attr(not(target_family = "wasm"), inline(always))]
#[cfg_attr(target_family = "wasm", inline(never))]
fn shape<const N: usize>(
    oscillators: [&Oscillator; N],
    frequencies: &Frequencies<N>,
    drawn: [usize; N],
    samples: &mut [[f32; N]],
) {
    match oscillators[0].waveform {
        Waveform::Sine => single::sin_in_place(samples.as_flattened_mut()),
        Waveform::Pulse => {
            let edge: [_; N] = each(|lane| oscillators[lane].form);
            for (i, frame) in samples.iter_mut().enumerate() {
                for lane in 0..N {
                    frame[lane] = pulse(frame[lane], frequencies.step_after(i, lane), edge[lane]);
                }
            }
        }
        Waveform::Saw => {
            let half_rise: [_; N] = each(|lane| (oscillators[lane].form + 1.0) / 2.0 / 2.0);
            let polarity: [_; N] = each(|lane| oscillators[lane].polarity);
            for frame in samples {
                for lane in 0..N {
                    frame[lane] = saw(frame[lane], half_rise[lane]) * polarity[lane];
                }
            }
        }
        Waveform::Noise | Waveform::SampleAndHold => {
            for (i, frame) in samples.iter_mut().enumerate() {
                for lane in 0..N {
                    let Oscillator { drawn: values, held, .. } = oscillators[lane];
                    frame[lane] = values.get(drawn[lane] + i).copied().unwrap_or(*held);
                }
            }
        }
    }
}

// Below, every case is computed and one selected, without `&&` and `||`: branches would keep the compiler from
// computing lanes together.

/// A frame of a pulse whose edges are linear slopes between the sampled phases.
#[inline(always)]
fn pulse(phase: f32, step: f32, edge: f32) -> f32 {
    let next = phase + step;
    let (after_rise, after_fall) = (2.0 * (next - TWO_PI), -(2.0 * (next - edge)));
    // It falls if `next` is beyond the edge and `phase` is not. One selection after the other: joined conditions
    // would be computed lane by lane.
    let select = |rising: f32, falling: f32, level: f32| {
        let beyond = if phase <= edge { falling } else { level };
        let falling = if next > edge { beyond } else { level };
        if next >= TWO_PI { rising } else { falling }
    };
    // One division for all cases: at a level it is 0 / 1.
    let (dividend, divisor) = (select(after_rise, after_fall, 0.0), select(step, step, 1.0));
    let high = if next > edge { -1.0 } else { 1.0 };
    let level = select(-1.0, 1.0, high);
    level + dividend / divisor
}

/// A frame of saw or triangle; `half_rise` is the part of the period from 0 to the peak.
#[inline(always)]
fn saw(phase: f32, half_rise: f32) -> f32 {
    let position = wrap_radians(phase) / TWO_PI;
    let rise = 2.0 * half_rise;
    // The conditions on `rise` and `fall` exclude 0 / 0 and x / 0: amSynth outputs non-finite samples
    // at a rounded end of a falling saw at half the sample rate, and in the middle of a perfect one.
    let (first, last) = ((position < half_rise) & (rise > 0.0), position > 1.0 - half_rise);
    let (rising, ending, fall) = (2.0 * position, 2.0 * position - 2.0, 1.0 - 2.0 * position);
    // One division for all three lines.
    let dividend = if last { ending } else { fall };
    let dividend = if first { rising } else { dividend };
    let divisor = if first | last { rise } else { 1.0 - rise };
    let sample = dividend / divisor;
    if !(first | last) & (fall == 0.0) { 0.0 } else { sample }
}
