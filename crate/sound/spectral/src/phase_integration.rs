//! The phase of one frame after the other from magnitudes alone, by real-time phase gradient heap integration,
//! RTPGHI. The work of a frame can be done in pieces. Never allocates after construction.
//!
//! Sources: Průša and Søndergaard, "Real-time spectrogram inversion using phase gradient heap integration", DAFx
//! 2016. The gradient is that of Průša, Balazs and Søndergaard, 2017, and of Průša and Holighaus, "Phase vocoder
//! done right", 2017.
//!
//! Phases are those of windows whose middle is at time zero: neighbouring bins of a partial have equal phases.

use std::f32::consts::{PI, TAU};

use crate::bin_heap::{BinHeap, HeapEntry};
use crate::layout::FrameLayout;
use crate::window::HANN_RATIO;

/// The number of later frames that the phase of a frame may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookahead {
    /// No later frame: RTPGHI(0). Differences in time are backward differences of second order.
    Causal,
    /// The next frame: RTPGHI(1), one hop later. Differences in time are central.
    OneFrame,
}

/// Bins this far below the strongest of two frames get a random phase: 10⁻⁶, as in the paper.
const TOLERANCE: f32 = 1e-6;
/// Replaces a magnitude of zero before the logarithm.
const LEAST_MAGNITUDE: f32 = 1e-20;
/// Magnitudes above this are clipped, so that sums of them stay finite. A sine at full scale has 512.
const GREATEST_MAGNITUDE: f32 = 1e9;

/// Work units of one bin's logarithm, of one bin's gradient and of one entry taken from the heap: ratios of measured
/// times.
const LOGARITHM_WORK: u32 = 2;
const GRADIENT_WORK: u32 = 1;
const POP_WORK: u32 = 6;

/// The next step of a frame's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IntegrationStage {
    Logarithms(usize),
    Gradients(usize),
    Heap,
    Done,
}

/// One frame: its magnitudes and all values that are derived from them.
#[derive(Clone)]
struct GradientFrame {
    magnitudes: Vec<f32>,
    levels: Vec<f32>,
    /// The growth of the phase from this frame to the next.
    time_steps: Vec<f32>,
    strongest: f32,
}

impl GradientFrame {
    fn silent(bins: usize) -> Self {
        Self {
            magnitudes: vec![0.0; bins],
            levels: vec![LEAST_MAGNITUDE.ln(); bins],
            time_steps: vec![0.0; bins],
            strongest: 0.0,
        }
    }
}

/// Finds the phases of frames in the order of time.
#[derive(Clone)]
pub struct PhaseIntegrator {
    layout: FrameLayout,
    lookahead: Lookahead,
    /// The newest frame first; with [`Lookahead::OneFrame`] the phases are those of the second.
    frames: [GradientFrame; 4],
    phases: Vec<f32>,
    last_phases: Vec<f32>,
    frequency_steps: Vec<f32>,
    is_pending: Vec<bool>,
    heap: BinHeap,
    stage: IntegrationStage,
    random: u32,
}

impl PhaseIntegrator {
    /// An integrator for frames with Hann windows, before the first of which is silence.
    pub fn new(layout: FrameLayout, lookahead: Lookahead) -> Self {
        let bins = layout.bins();
        Self {
            layout,
            lookahead,
            frames: std::array::from_fn(|_| GradientFrame::silent(bins)),
            phases: vec![0.0; bins],
            last_phases: vec![0.0; bins],
            frequency_steps: vec![0.0; bins],
            is_pending: vec![false; bins],
            heap: BinHeap::new(2 * bins),
            stage: IntegrationStage::Done,
            random: 1,
        }
    }

    /// The most work that a frame can need, in the units of [`Self::advance`].
    pub fn greatest_work(&self) -> u32 {
        self.layout.bins() as u32 * (LOGARITHM_WORK + GRADIENT_WORK + 2 * POP_WORK)
    }

    /// Takes the magnitudes of the next frame; a magnitude that is missing or not a positive number counts as
    /// zero. Finishes the work of the frame before first.
    pub fn begin(&mut self, magnitudes: &[f32]) {
        self.advance(u32::MAX);
        self.frames.rotate_right(1);
        std::mem::swap(&mut self.phases, &mut self.last_phases);
        let given = magnitudes.iter().copied().chain(std::iter::repeat(0.0));
        for (own, magnitude) in self.frames[0].magnitudes.iter_mut().zip(given) {
            *own = if magnitude.is_finite() { magnitude.clamp(0.0, GREATEST_MAGNITUDE) } else { 0.0 };
        }
        self.stage = IntegrationStage::Logarithms(0);
    }

    /// Does at least `work` units of the frame's work, or all that is left, and returns how many it did.
    pub fn advance(&mut self, work: u32) -> u32 {
        let mut done = 0;
        while done < work && self.stage != IntegrationStage::Done {
            done += match self.stage {
                IntegrationStage::Logarithms(first) => self.take_logarithms(first),
                IntegrationStage::Gradients(first) => self.take_gradients(first),
                IntegrationStage::Heap => self.take_from_heap(),
                IntegrationStage::Done => 0,
            };
        }
        done
    }

    /// The frame that the phases belong to: its magnitudes and, as far as its work is done, its phases in radians,
    /// −π…π.
    pub fn frame(&self) -> (&[f32], &[f32]) {
        (&self.frames[self.newest()].magnitudes, &self.phases)
    }

    /// The index of the frame whose phases are being found.
    fn newest(&self) -> usize {
        match self.lookahead {
            Lookahead::Causal => 0,
            Lookahead::OneFrame => 1,
        }
    }

    /// The logarithms of a few bins.
    fn take_logarithms(&mut self, first: usize) -> u32 {
        let frame = &mut self.frames[0];
        let end = (first + PIECE).min(self.layout.bins());
        for (level, magnitude) in frame.levels[first..end].iter_mut().zip(&frame.magnitudes[first..end]) {
            *level = magnitude.max(LEAST_MAGNITUDE).ln();
        }
        let strongest = frame.magnitudes[first..end].iter().fold(0.0, |most: f32, &one| most.max(one));
        frame.strongest = if first == 0 { strongest } else { strongest.max(frame.strongest) };
        self.stage = if end < self.layout.bins() {
            IntegrationStage::Logarithms(end)
        } else {
            self.heap.clear();
            IntegrationStage::Gradients(0)
        };
        (end - first) as u32 * LOGARITHM_WORK
    }

    /// The phase gradient of a few bins (Průša and Søndergaard, equations 8 to 12); the bins that are strong enough go
    /// into the heap, the others get a random phase.
    fn take_gradients(&mut self, first: usize) -> u32 {
        let (bins, newest) = (self.layout.bins(), self.newest());
        let end = (first + PIECE).min(bins);
        let (window, hop) = (self.layout.window() as f32, self.layout.hop() as f32);
        let ratio = HANN_RATIO * window * window;
        let time_scale = hop * window / (2.0 * ratio);
        let frequency_scale = -ratio / (2.0 * hop * window);
        for bin in first..end {
            let level = |age: usize| self.frames[age].levels[bin];
            let difference = match self.lookahead {
                Lookahead::Causal => 3.0 * level(0) - 4.0 * level(1) + level(2),
                Lookahead::OneFrame => level(0) - level(2),
            };
            self.frequency_steps[bin] = frequency_scale * difference;
            let levels = &self.frames[newest].levels;
            let slope = levels[(bin + 1).min(bins - 1)] - levels[bin.saturating_sub(1)];
            let turns = (bin * self.layout.hop()) % self.layout.window();
            self.frames[newest].time_steps[bin] = time_scale * slope + TAU * turns as f32 / window;
        }
        let strongest = self.frames[newest].strongest.max(self.frames[newest + 1].strongest);
        for bin in first..end {
            let magnitude = self.frames[newest].magnitudes[bin];
            self.is_pending[bin] = magnitude > TOLERANCE * strongest;
            if self.is_pending[bin] {
                let level = self.frames[newest + 1].levels[bin];
                self.heap.push(HeapEntry { level, bin: bin as u32, is_new: false });
            } else {
                self.phases[bin] = self.random_phase();
            }
        }
        self.stage = if end < bins { IntegrationStage::Gradients(end) } else { IntegrationStage::Heap };
        (end - first) as u32 * GRADIENT_WORK
    }

    /// Continues the phase from the strongest bin that has one: forward in time from the frame before, and to both
    /// neighbours in frequency within the frame.
    fn take_from_heap(&mut self) -> u32 {
        let Some(entry) = self.heap.pop() else {
            self.stage = IntegrationStage::Done;
            return 0;
        };
        let (bin, newest) = (entry.bin as usize, self.newest());
        if entry.is_new {
            let mean = |a: f32, b: f32| 0.5 * (a + b);
            if bin + 1 < self.is_pending.len() && self.is_pending[bin + 1] {
                let step = mean(self.frequency_steps[bin], self.frequency_steps[bin + 1]);
                self.assign(bin + 1, self.phases[bin] + step);
            }
            if bin > 0 && self.is_pending[bin - 1] {
                let step = mean(self.frequency_steps[bin], self.frequency_steps[bin - 1]);
                self.assign(bin - 1, self.phases[bin] - step);
            }
        } else if self.is_pending[bin] {
            let step = 0.5 * (self.frames[newest].time_steps[bin] + self.frames[newest + 1].time_steps[bin]);
            self.assign(bin, self.last_phases[bin] + step);
        }
        POP_WORK
    }

    fn assign(&mut self, bin: usize, phase: f32) {
        self.phases[bin] = wrapped(phase);
        self.is_pending[bin] = false;
        let level = self.frames[self.newest()].levels[bin];
        self.heap.push(HeapEntry { level, bin: bin as u32, is_new: true });
    }

    /// A phase of −π…π by a linear congruential generator (Numerical Recipes): the same at every run.
    fn random_phase(&mut self) -> f32 {
        self.random = self.random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        PI * ((self.random >> 8) as f32 / (1 << 23) as f32 - 1.0)
    }
}

/// Bins of one piece of work.
const PIECE: usize = 64;

/// The same angle between −π and π.
fn wrapped(phase: f32) -> f32 {
    phase - TAU * (phase / TAU).round()
}
