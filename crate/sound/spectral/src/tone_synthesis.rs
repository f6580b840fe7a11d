//! Frames of harmonics and noise in, sound out, in real time. Never allocates after construction.

use crate::additive::{HarmonicOscillator, HarmonicRamp};
use crate::error::SpectralError;
use crate::filtered_noise::FilteredNoise;
use crate::layout::FrameLayout;
use crate::noise_bands::NoiseBands;
use crate::pitch_tracker::check_rate;
use crate::tone_frame::{NOISE_BAND_COUNT, ToneFrame};

/// Amplitudes and levels above this are clipped, so that everything stays finite.
const GREATEST_LEVEL: f32 = 1e3;

/// Synthesises sound from one [`ToneFrame`] a hop.
///
/// A hop consists of [`Self::begin_frame`], then [`Self::render_block`] `hop / block` times; at its end the sound
/// is that of the frame.
#[derive(Clone)]
pub struct ToneSynthesizer {
    layout: FrameLayout,
    sample_rate_hz: f32,
    block: usize,
    oscillator: HarmonicOscillator,
    noise: FilteredNoise,
    /// The frames at the beginning and at the end of the hop.
    frames: [ToneFrame; 2],
    /// The place of each sample of a hop between the two, 0…1.
    places: Vec<f32>,
    blocks_done: usize,
}

impl ToneSynthesizer {
    /// A synthesizer for blocks of `block` samples, for frames of an analysis with this layout.
    ///
    /// # Errors
    /// [`SpectralError::Block`] if the block does not divide the hop; [`SpectralError::SampleRate`] outside of 8 to
    /// 192 kHz; [`SpectralError::Layout`] if there are fewer bins than bands of noise.
    pub fn new(layout: FrameLayout, block: usize, sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        if block == 0 || !layout.hop().is_multiple_of(block) {
            return Err(SpectralError::Block { block, hop: layout.hop() });
        }
        if layout.bins() < 2 * NOISE_BAND_COUNT {
            return Err(SpectralError::Layout { window: layout.window(), hop: layout.hop() });
        }
        let bands = NoiseBands::new(NOISE_BAND_COUNT, layout.bins(), sample_rate_hz);
        Ok(Self {
            layout,
            sample_rate_hz,
            block,
            oscillator: HarmonicOscillator::new(sample_rate_hz, block),
            noise: FilteredNoise::new(layout.hop(), &bands, sample_rate_hz),
            frames: [ToneFrame::default(), ToneFrame::default()],
            places: (1..=layout.hop()).map(|n| n as f32 / layout.hop() as f32).collect(),
            blocks_done: 0,
        })
    }

    /// The delay of the sound in samples, if the frames are made of the last window of samples just before each
    /// hop. It is half a window and a hop without the block: 25.3 ms at 48 kHz with the default layout and blocks
    /// of 64.
    pub fn latency(&self) -> usize {
        self.layout.window() / 2 + self.layout.hop() - self.block
    }

    /// Goes back to silence and to the beginning of a hop, with noise that begins at this seed: synthesizers of other
    /// seeds have other noise.
    pub fn reset(&mut self, seed: u32) {
        self.oscillator.reset();
        self.noise.reset(seed);
        self.frames = [ToneFrame::default(), ToneFrame::default()];
        self.blocks_done = 0;
    }

    /// Gives this hop's frame, before its first block. A value that is not finite counts as zero.
    pub fn begin_frame(&mut self, frame: &ToneFrame) {
        self.frames.swap(0, 1);
        let checked = |value: f32| if value.is_finite() { value.clamp(0.0, GREATEST_LEVEL) } else { 0.0 };
        self.frames[1] = ToneFrame {
            frequency_hz: frame.frequency_hz,
            amplitudes: frame.amplitudes.map(checked),
            noise: frame.noise.map(checked),
        };
        let [last, next] = &mut self.frames;
        let has_tone = |frame: &ToneFrame| frame.amplitudes.iter().any(|&amplitude| amplitude > 0.0);
        let is_valid = next.frequency_hz > 0.0 && next.frequency_hz < 0.5 * self.sample_rate_hz;
        // If only one of the two frames has a tone, the tone keeps its own frequency.
        if !is_valid || !has_tone(next) {
            next.frequency_hz = last.frequency_hz;
            next.amplitudes.fill(0.0);
        } else if !has_tone(last) {
            last.frequency_hz = next.frequency_hz;
        }
        self.noise.begin_hop(&next.noise);
        self.blocks_done = 0;
    }

    /// Renders the next block: at most a block of `out`.
    pub fn render_block(&mut self, out: &mut [f32]) {
        let length = self.block.min(out.len());
        let out = &mut out[..length];
        let blocks = self.layout.hop() / self.block;
        let index = self.blocks_done % blocks;
        out.fill(0.0);
        self.noise.add(index * self.block, out);
        let [last, next] = &self.frames;
        let ramp = HarmonicRamp {
            frequencies_hz: [last.frequency_hz, next.frequency_hz],
            amplitudes: [&last.amplitudes, &next.amplitudes],
            places: &self.places[index * self.block..],
        };
        self.oscillator.add(&ramp, out);
        self.blocks_done = index + 1;
    }
}
