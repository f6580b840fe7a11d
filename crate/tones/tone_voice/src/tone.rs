//! One voice: turns a key of a part into frames, one a hop, and into samples. Never allocates after construction.

use frame_model::{FrameCoder, FrameModel, LATENT_LIMIT};
use spectral::{ToneFeatureMap, ToneFrame, ToneSynthesizer};

use crate::block::BLOCK_SAMPLES;
use crate::contour_walk::ContourWalk;
use crate::controls::ToneControls;
use crate::envelope::{EnvelopeSlopes, ToneEnvelope};
use crate::timbre::{DecodedTimbre, TimbrePlace};

/// The mean power of a tone of full velocity at volume 100, in dB relative to 1: with velocity 100 it is 2 dB below the
/// median of amSynth's presets (README.md), which fall while a tone is steady.
const LEVEL_DB: f32 = -15.0;
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
    /// The share of the contours, 0…1: 0 is a steady tone.
    pub(crate) life: f32,
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

/// The pitch of a tone without bend and vibrato, and the pitch to which it glides.
#[derive(Clone, Copy, Default)]
struct KeyGlide {
    /// Logarithms to base 2 of frequencies in Hz.
    octave: f32,
    goal_octave: f32,
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
    glide: KeyGlide,
    envelope: ToneEnvelope,
    walk: ContourWalk,
    timbre: DecodedTimbre,
    /// The frame at the level of this hop.
    frame: ToneFrame,
    synthesizer: ToneSynthesizer,
}

impl SoundingTone {
    /// A free voice with a synthesizer for blocks of [`BLOCK_SAMPLES`].
    pub(crate) fn new(synthesizer: ToneSynthesizer, slopes: EnvelopeSlopes) -> Self {
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
            glide: KeyGlide::default(),
            envelope: ToneEnvelope::new(slopes),
            walk: ContourWalk::default(),
            timbre: DecodedTimbre::new(),
            frame: ToneFrame::default(),
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
            None => self.glide.goal_octave = octave,
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
            // Amplitudes in proportion to the square of the velocity, as the DLS standard says.
            self.velocity_gain = (f32::from(start.velocity) / 127.0).powi(2);
            self.glide = KeyGlide { octave: start.octave, goal_octave: start.octave };
            self.is_left = false;
            self.timbre.forget();
            self.begin_walk(coder.as_deref().map(FrameCoder::model), start, input);
        }
        if self.is_left {
            coder = None;
        }
        if let Some(coder) = &coder {
            self.walk.advance(&coder.model().contours);
        }
        let amplitude = self.envelope.next(self.is_held);
        if self.start.is_some() || self.envelope.is_over() {
            self.stage = ToneStage::Fading;
            self.frame = ToneFrame::default();
            self.synthesizer.begin_frame(&self.frame);
            return;
        }
        self.glide.octave += GLIDE * (self.glide.goal_octave - self.glide.octave);
        let glided = self.glide.octave;
        let point = self.walk.point;
        let octave = glided + input.controls.octaves(input.vibrato_turn) + input.life * point.cents / 1200.0;
        let register = glided + input.controls.octaves(0.0);
        let place = TimbrePlace { latent: input.latent, life: input.life, register, octave };
        self.timbre.follow(coder, map, &self.walk, &place);
        let level_db = LEVEL_DB + input.life * point.level_db;
        let gain = 10.0_f32.powf(level_db / 20.0) * amplitude * self.velocity_gain * input.controls.gain();
        self.write_frame(gain, input.life * point.noise_db);
        self.synthesizer.begin_frame(&self.frame);
    }

    /// Chooses the contour of a new tone, and its rise and fall.
    fn begin_walk(&mut self, model: Option<&FrameModel>, start: ToneStart, input: &HopInput) {
        let key = 69.0 + 12.0 * (start.octave - 440.0_f32.log2());
        let contours = model.map_or(&[][..], |model| &model.contours);
        let contour = model.and_then(|model| model.contour_of(key, start.velocity, input.latent));
        self.walk.begin(contours, contour, input.slopes.hop_s(), self.turn);
        let slopes = match self.walk.contour(contours) {
            Some(contour) => input.slopes.living(input.life, contour.release_s),
            None => input.slopes,
        };
        self.envelope = ToneEnvelope::new(slopes);
    }

    /// Writes the frame with a gain, and with more or less noise at the same level.
    fn write_frame(&mut self, gain: f32, noise_db: f32) {
        let Self { timbre: DecodedTimbre { tone, .. }, frame, .. } = self;
        frame.frequency_hz = tone.frequency_hz;
        let mut noise_gain = 1.0;
        let mut whole_gain = gain;
        if noise_db != 0.0 {
            noise_gain = 10.0_f32.powf(noise_db / 20.0);
            // Both together have a mean power of 1.
            let harmonics = tone.amplitudes.iter().map(|amplitude| 0.5 * amplitude * amplitude).sum::<f32>();
            let noise = (1.0 - harmonics).max(0.0);
            whole_gain = gain / (harmonics.min(1.0) + noise * noise_gain * noise_gain).max(1e-6).sqrt();
        }
        for (wanted, given) in frame.amplitudes.iter_mut().zip(&tone.amplitudes) {
            *wanted = whole_gain * given;
        }
        for (wanted, given) in frame.noise.iter_mut().zip(&tone.noise) {
            *wanted = whole_gain * noise_gain * given;
        }
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
