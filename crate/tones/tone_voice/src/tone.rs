//! One voice: turns a key of a part into frames, one a hop, and into samples. Never allocates after construction.

use frame_model::{FrameCoder, LATENT_LIMIT, ToneCoder, TonePitch};
use spectral::{ToneFeatureMap, ToneFeatures, ToneFrame, ToneSynthesizer};

use crate::block::BLOCK_SAMPLES;
use crate::controls::ToneControls;
use crate::envelope::{EnvelopeSlopes, ToneEnvelope};

/// The mean power of a tone of full velocity at volume 100, in dB relative to 1: with velocity 100 it is 2 dB below the
/// median of amSynth's presets (README.md), which fall while a tone is steady.
const LEVEL_DB: f32 = -15.0;
/// A timbre is decoded again if the pitch has moved by this much: the envelope differs with the register, not with
/// a vibrato.
const DECODE_OCTAVES: f32 = 25.0 / 1200.0;
/// The share of the way to the next key of a legato that a hop goes: 15 ms.
const GLIDE: f32 = 0.3;

/// The tone that begins at the voice's next hop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ToneStart {
    pub(crate) part: usize,
    pub(crate) key: u8,
    pub(crate) velocity: u8,
    /// The logarithm to base 2 of its frequency in Hz.
    pub(crate) octave: f32,
}

/// The values of its part that a voice needs in a hop.
pub(crate) struct HopInput<'a> {
    pub(crate) controls: &'a ToneControls,
    pub(crate) latent: &'a [f32; LATENT_LIMIT],
    /// The sine of the vibrato, −1…1.
    pub(crate) vibrato_turn: f32,
    pub(crate) slopes: EnvelopeSlopes,
}

/// The present state of a voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ToneStage {
    /// No sound.
    #[default]
    Free,
    /// A tone.
    Sounding,
    /// The hop in which a tone fades to silence.
    Fading,
}

/// A voice.
#[derive(Clone)]
pub(crate) struct SoundingTone {
    stage: ToneStage,
    start: Option<ToneStart>,
    pub(crate) part: usize,
    pub(crate) key: u8,
    pub(crate) is_held: bool,
    pub(crate) is_down: bool,
    /// True if another model is loaded: the tone ends with its present timbre.
    pub(crate) is_left: bool,
    /// The running number of its beginning or its last release.
    pub(crate) turn: u32,
    velocity_gain: f32,
    /// The logarithm to base 2 of its frequency in Hz, without bend and vibrato, and of the frequency to which it
    /// glides.
    octave: f32,
    goal_octave: f32,
    envelope: ToneEnvelope,
    timbre: DecodedTimbre,
    synthesizer: ToneSynthesizer,
}

/// A timbre as the model has decoded it, and its frame.
#[derive(Clone)]
struct DecodedTimbre {
    latent: [f32; LATENT_LIMIT],
    octave: f32,
    features: ToneFeatures,
    /// The frame with a mean power of 1.
    tone: ToneFrame,
    /// The frame at the level of this hop.
    frame: ToneFrame,
}

impl SoundingTone {
    /// A free voice with a synthesizer for blocks of [`BLOCK_SAMPLES`].
    pub(crate) fn new(synthesizer: ToneSynthesizer) -> Self {
        Self {
            stage: ToneStage::Free,
            start: None,
            part: 0,
            key: 0,
            is_held: false,
            is_down: false,
            is_left: false,
            turn: 0,
            velocity_gain: 0.0,
            octave: 0.0,
            goal_octave: 0.0,
            envelope: ToneEnvelope::default(),
            timbre: DecodedTimbre {
                latent: [f32::NAN; LATENT_LIMIT],
                octave: 0.0,
                features: ToneFeatures::default(),
                tone: ToneFrame::default(),
                frame: ToneFrame::default(),
            },
            synthesizer,
        }
    }

    /// True if the voice neither sounds nor waits.
    pub(crate) fn is_free(&self) -> bool {
        self.stage == ToneStage::Free && self.start.is_none()
    }

    /// True if the voice plays a key of a part, or is about to.
    pub(crate) fn belongs_to(&self, part: usize) -> bool {
        !self.is_free() && self.part == part
    }

    /// Begins a tone at the next hop, after the fading of a sounding one.
    pub(crate) fn begin(&mut self, start: ToneStart, turn: u32) {
        (self.part, self.key, self.turn) = (start.part, start.key, turn);
        (self.is_held, self.is_down) = (true, true);
        self.start = Some(start);
    }

    /// Goes on to another key without a new beginning.
    pub(crate) fn glide_to(&mut self, key: u8, octave: f32) {
        self.key = key;
        match &mut self.start {
            Some(start) => (start.key, start.octave) = (key, octave),
            None => self.goal_octave = octave,
        }
    }

    /// The tone falls from now on.
    pub(crate) fn release(&mut self, turn: u32) {
        if self.is_held {
            (self.is_held, self.is_down, self.turn) = (false, false, turn);
        }
    }

    /// Silence at once.
    pub(crate) fn silence(&mut self) {
        (self.stage, self.start) = (ToneStage::Free, None);
        (self.is_held, self.is_down) = (false, false);
    }

    /// Makes the frame of the next hop.
    pub(crate) fn begin_hop(
        &mut self,
        mut coder: Option<&mut FrameCoder>,
        map: &ToneFeatureMap,
        input: &HopInput,
    ) {
        if self.stage != ToneStage::Sounding {
            self.stage = ToneStage::Free;
            let Some(start) = self.start.take() else { return };
            self.synthesizer.reset(0x9e37_79b9_u32.wrapping_mul(self.turn));
            self.stage = ToneStage::Sounding;
            self.envelope = ToneEnvelope::default();
            // Amplitudes in proportion to the square of the velocity, as the DLS standard says.
            self.velocity_gain = (f32::from(start.velocity) / 127.0).powi(2);
            (self.octave, self.goal_octave) = (start.octave, start.octave);
            self.is_left = false;
            self.timbre.latent[0] = f32::NAN;
        }
        let amplitude = self.envelope.next(input.slopes, self.is_held);
        if self.start.is_some() || self.envelope.is_over() {
            self.stage = ToneStage::Fading;
            self.timbre.frame = ToneFrame::default();
            self.synthesizer.begin_frame(&self.timbre.frame);
            return;
        }
        self.octave += GLIDE * (self.goal_octave - self.octave);
        let octave = self.octave + input.controls.octaves(input.vibrato_turn);
        if self.is_left {
            coder = None;
        }
        self.timbre.follow(coder, map, input.latent, octave);
        let level = 10.0_f32.powf(LEVEL_DB / 20.0);
        let gain = level * amplitude * self.velocity_gain * input.controls.gain();
        let DecodedTimbre { tone, frame, .. } = &mut self.timbre;
        frame.frequency_hz = tone.frequency_hz;
        for (wanted, given) in frame.amplitudes.iter_mut().zip(&tone.amplitudes) {
            *wanted = gain * given;
        }
        for (wanted, given) in frame.noise.iter_mut().zip(&tone.noise) {
            *wanted = gain * given;
        }
        self.synthesizer.begin_frame(frame);
    }

    /// True if the voice's blocks are silence.
    pub(crate) fn is_silent(&self) -> bool {
        self.stage == ToneStage::Free
    }

    /// Adds the next block of a hop.
    pub(crate) fn add(&mut self, scratch: &mut [f32; BLOCK_SAMPLES], sum: &mut [f32; BLOCK_SAMPLES]) {
        self.synthesizer.render_block(scratch);
        for (sum, sample) in sum.iter_mut().zip(scratch) {
            *sum += *sample;
        }
    }
}

impl DecodedTimbre {
    /// Decodes if the place or the pitch has moved; the pitch itself is always exact.
    fn follow(
        &mut self,
        coder: Option<&mut FrameCoder>,
        map: &ToneFeatureMap,
        latent: &[f32; LATENT_LIMIT],
        octave: f32,
    ) {
        let frequency_hz = octave.exp2();
        let has_moved = self.latent != *latent || (self.octave - octave).abs() > DECODE_OCTAVES;
        let mut is_new = false;
        if let Some(coder) = coder.filter(|_| has_moved) {
            let latents = coder.model().latents();
            coder.decode(&latent[..latents], frequency_hz, &mut self.features);
            (self.latent, self.octave, is_new) = (*latent, octave, true);
        }
        if is_new || self.tone.frequency_hz != frequency_hz {
            let pitch = TonePitch { frequency_hz, is_voiced: true, level_db: 0.0 };
            ToneCoder::frame_of(map, &mut self.features, pitch, &mut self.tone);
        }
    }
}
