//! Gives a live sound the timbre of a model, at its own pitch and level, block by block. Or feeds its own output
//! back through a band-pass. Never allocates after construction.

use frame_model::{FrameCoder, FrameModel, LATENT_LIMIT, ToneCoder, TonePitch};
use spectral::{
    FrameLayout, SpectralError, ToneEncoder, ToneFeatureMap, ToneFeatures, ToneFrame, ToneSynthesizer,
};

use crate::block::BLOCK_SAMPLES;
use crate::feedback::FeedbackLoop;

/// Samples that wait for their block; more are dropped.
const QUEUE_SAMPLES: usize = 4 * BLOCK_SAMPLES;

/// The sound that becomes tones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveMode {
    /// No sound.
    #[default]
    Off,
    /// The samples given to [`crate::ToneInstrument::listen`].
    Input,
    /// The tones themselves: a resonance that a band-pass shapes, at most −1 dBFS, and never silent. The samples
    /// given to [`crate::ToneInstrument::excite`] go through the band-pass with them.
    Feedback,
}

/// The state of the change to another mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ModeChange {
    /// No change is requested.
    None,
    /// The hop of the request still plays.
    Waiting,
    /// The hop in which the sound fades to silence plays.
    Fading,
}

/// A live sound that becomes tones.
pub(crate) struct LiveTone {
    mode: LiveMode,
    /// The last requested mode.
    goal: LiveMode,
    change: ModeChange,
    encoder: ToneEncoder,
    synthesizer: ToneSynthesizer,
    features: ToneFeatures,
    frame: ToneFrame,
    pub(crate) feedback: FeedbackLoop,
    /// The seed of the feedback's noise after the change to another mode.
    next_seed: Option<u32>,
    /// The latent numbers of the pad's middle.
    middle: [f32; LATENT_LIMIT],
    latency_s: f32,
    queue: [f32; QUEUE_SAMPLES],
    waiting: usize,
    block: [f32; BLOCK_SAMPLES],
}

impl LiveTone {
    /// A live tone that is off, with a synthesizer for blocks of [`BLOCK_SAMPLES`].
    pub(crate) fn new(
        synthesizer: ToneSynthesizer,
        layout: FrameLayout,
        sample_rate_hz: f32,
    ) -> Result<Self, SpectralError> {
        Ok(Self {
            mode: LiveMode::Off,
            goal: LiveMode::Off,
            change: ModeChange::None,
            encoder: ToneEncoder::new(layout, sample_rate_hz)?,
            synthesizer,
            features: ToneFeatures::default(),
            frame: ToneFrame::default(),
            feedback: FeedbackLoop::new(sample_rate_hz),
            next_seed: None,
            middle: [0.0; LATENT_LIMIT],
            latency_s: (layout.window() / 2 + layout.hop()) as f32 / sample_rate_hz,
            queue: [0.0; QUEUE_SAMPLES],
            waiting: 0,
            block: [0.0; BLOCK_SAMPLES],
        })
    }

    pub(crate) fn mode(&self) -> LiveMode {
        self.mode
    }

    /// True while the sound fades to silence, after which another mode begins.
    pub(crate) fn is_ending(&self) -> bool {
        self.change != ModeChange::None
    }

    pub(crate) fn latency_s(&self) -> f32 {
        self.latency_s
    }

    pub(crate) fn set_model(&mut self, model: &FrameModel) {
        model.latent_at([0.0; 2], &[], &mut self.middle);
    }

    /// Changes the mode. The new one begins in silence, after the sound of the old one has faded: at most two hops
    /// later.
    pub(crate) fn set_mode(&mut self, mode: LiveMode) {
        self.goal = mode;
        if self.mode == LiveMode::Off {
            self.change_mode();
        } else if self.mode != mode && !self.is_ending() {
            self.change = ModeChange::Waiting;
        }
    }

    /// Silence at once. Feedback turns off; an input goes on.
    pub(crate) fn end(&mut self) {
        if self.goal == LiveMode::Feedback {
            self.goal = LiveMode::Off;
        }
        self.change_mode();
    }

    /// Begins the last requested mode, in silence.
    pub(crate) fn change_mode(&mut self) {
        (self.mode, self.change) = (self.goal, ModeChange::None);
        self.silence();
        if let Some(seed) = self.next_seed.take() {
            self.feedback.seed(seed);
        }
    }

    /// Begins the noise of the feedback anew; if a sound is about to end, after it.
    pub(crate) fn seed_feedback(&mut self, seed: u32) {
        if self.is_ending() {
            self.next_seed = Some(seed);
        } else {
            self.feedback.seed(seed);
        }
    }

    /// Forgets all samples that it has taken and the sound that they would become.
    fn silence(&mut self) {
        self.waiting = 0;
        self.encoder.reset();
        self.feedback.silence();
        self.synthesizer.reset(1);
        self.frame = ToneFrame::default();
    }

    /// Takes samples for the blocks to come.
    pub(crate) fn listen(&mut self, samples: &[f32]) {
        let taken = samples.len().min(QUEUE_SAMPLES - self.waiting);
        self.queue[self.waiting..self.waiting + taken].copy_from_slice(&samples[..taken]);
        self.waiting += taken;
    }

    /// Makes the next block. The latent numbers of each frame move by the distance of `place` from the pad's
    /// middle.
    pub(crate) fn render(
        &mut self,
        coder: &mut FrameCoder,
        map: &mut ToneFeatureMap,
        place: &[f32; LATENT_LIMIT],
    ) -> &[f32; BLOCK_SAMPLES] {
        // A block may not be complete yet: the first one, if blocks are cut.
        if self.waiting < BLOCK_SAMPLES {
            self.block.fill(0.0);
        } else {
            self.block.copy_from_slice(&self.queue[..BLOCK_SAMPLES]);
            self.queue.copy_within(BLOCK_SAMPLES.., 0);
            self.waiting -= BLOCK_SAMPLES;
        }
        if self.mode == LiveMode::Feedback {
            self.feedback.next_input(&mut self.block);
        }
        match (self.encoder.push(&self.block), self.change) {
            (None, _) => {}
            (Some(_), ModeChange::Waiting) => {
                self.change = ModeChange::Fading;
                self.frame = ToneFrame::default();
                self.synthesizer.begin_frame(&self.frame);
            }
            (Some(_), ModeChange::Fading) => {
                self.change_mode();
                self.block.fill(0.0);
                return &self.block;
            }
            (Some(frame), ModeChange::None) => {
                map.features(frame, &mut self.features);
                let mut latent = [0.0; LATENT_LIMIT];
                let latent = &mut latent[..coder.model().latents()];
                coder.encode(&self.features, latent);
                for ((number, place), middle) in latent.iter_mut().zip(place).zip(&self.middle) {
                    *number += place - middle;
                }
                let pitch = TonePitch::of(frame, &self.features);
                coder.decode(latent, pitch.frequency_hz, &mut self.features);
                ToneCoder::frame_of(map, &mut self.features, pitch, &mut self.frame);
                self.synthesizer.begin_frame(&self.frame);
            }
        }
        self.synthesizer.render_block(&mut self.block);
        if self.mode == LiveMode::Feedback {
            self.feedback.take_output(&mut self.block);
        }
        &self.block
    }
}
