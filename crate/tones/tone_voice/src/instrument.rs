//! Twelve voices for all parts, and the block that they play. Voices begin their hops in different blocks, so that each
//! block has about the same work.

mod rendering;

use frame_model::{FrameCoder, FrameModel, LATENT_LIMIT, PLANE_AXES, frame_layout};
use spectral::{SpectralError, ToneFeatureMap, ToneSynthesizer};

use crate::block::BLOCK_SAMPLES;
use crate::controls::ControlOutcome;
use crate::ending::FadingEnd;
use crate::envelope::EnvelopeSlopes;
use crate::limiter::ToneLimiter;
use crate::live_tone::{LiveMode, LiveTone};
use crate::part::{KEY_COUNT, TonePart};
use crate::tone::{SoundingTone, ToneStart};

/// Voices of all parts together.
pub const VOICE_COUNT: usize = 12;
/// The vibrato's frequency: that of singers and string players lies about here (Prame, 1994).
const VIBRATO_HZ: f32 = 5.5;

/// An instrument of several parts that plays the tones of one model. It is silent until a model is loaded.
///
/// A key sounds at the latest a hop after it went down (5.3 ms at 48 kHz), since the hops of the voices begin in
/// different blocks. If it takes the voice of a sounding tone, that ends first: then it sounds a hop later.
pub struct ToneInstrument {
    blocks_per_hop: usize,
    map: ToneFeatureMap,
    coder: Option<FrameCoder>,
    tones: Vec<SoundingTone>,
    parts: Vec<TonePart>,
    offsets: [f32; LATENT_LIMIT],
    follow: LiveFollow,
    key_octaves: [f32; KEY_COUNT],
    slopes: EnvelopeSlopes,
    /// The share of the contours, 0…1.
    life: f32,
    /// Voices of each part.
    limit: usize,
    /// Counts beginnings and ends of tones.
    turn: u32,
    clock: BlockClock,
    live: LiveTone,
    output: ToneOutput,
}

/// The block that is being returned, the number of its samples already returned, and a buffer for a voice.
struct ToneOutput {
    limiter: ToneLimiter,
    block: [f32; BLOCK_SAMPLES],
    given: usize,
    scratch: [f32; BLOCK_SAMPLES],
    /// The ends of tones that were silenced.
    end: FadingEnd,
}

/// The part whose point a live sound follows: the part that moved last.
struct LiveFollow {
    part: usize,
    /// The first part that has moved since the last block.
    moved: Option<usize>,
}

/// The present time, in blocks.
struct BlockClock {
    block: usize,
    /// Turns of the vibrato, 0…1, and the turns of a block.
    turns: f32,
    step: f32,
}

impl ToneInstrument {
    /// An instrument of this many parts.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn new(sample_rate_hz: f32, parts: usize) -> Result<Self, SpectralError> {
        let layout = frame_layout(sample_rate_hz);
        // Its tables are the same for all: they are computed once.
        let synthesizer = ToneSynthesizer::new(layout, BLOCK_SAMPLES, sample_rate_hz)?;
        let slopes = EnvelopeSlopes::new(layout.hop() as f32 / sample_rate_hz);
        Ok(Self {
            blocks_per_hop: (layout.hop() / BLOCK_SAMPLES).max(1),
            map: ToneFeatureMap::new(layout, sample_rate_hz)?,
            coder: None,
            tones: vec![SoundingTone::new(synthesizer.clone(), slopes); VOICE_COUNT],
            parts: vec![TonePart::default(); parts],
            offsets: [0.0; LATENT_LIMIT],
            follow: LiveFollow { part: 0, moved: None },
            key_octaves: std::array::from_fn(|key| 440.0_f32.log2() + (key as f32 - 69.0) / 12.0),
            slopes,
            life: 1.0,
            limit: VOICE_COUNT,
            turn: 0,
            clock: BlockClock {
                block: 0,
                turns: 0.0,
                step: VIBRATO_HZ * BLOCK_SAMPLES as f32 / sample_rate_hz,
            },
            live: LiveTone::new(synthesizer, layout, sample_rate_hz)?,
            output: ToneOutput {
                limiter: ToneLimiter::new(sample_rate_hz),
                block: [0.0; BLOCK_SAMPLES],
                given: BLOCK_SAMPLES,
                scratch: [0.0; BLOCK_SAMPLES],
                end: FadingEnd::default(),
            },
        })
    }

    /// Plays this model from now on. Tones that sound end with their present timbre. All offsets become 0.
    /// Allocates.
    pub fn load(&mut self, model: FrameModel) {
        if self.coder.is_none() {
            // Without a model nothing has taken the waiting samples.
            self.live.change_mode();
        }
        self.release_all();
        self.tones.iter_mut().for_each(|tone| tone.is_left = true);
        self.live.set_model(&model);
        self.coder = Some(FrameCoder::new(model));
        self.offsets = [0.0; LATENT_LIMIT];
        self.place_all();
    }

    /// The model.
    pub fn model(&self) -> Option<&FrameModel> {
        self.coder.as_ref().map(FrameCoder::model)
    }

    /// Presses a key 0…127 of a part, or releases it with velocity 0. This function and those below ignore parts
    /// and keys that do not exist.
    pub fn note(&mut self, part: usize, key: u8, velocity: u8) {
        if part >= self.parts.len() || usize::from(key) >= KEY_COUNT || self.coder.is_none() {
            return;
        }
        if velocity > 0 {
            let octave = self.key_octaves[usize::from(key)];
            // A key without a pitch stays silent.
            if octave.is_finite() {
                self.press(ToneStart { part, key, velocity: velocity.min(127), octave });
            }
        } else {
            self.lift(part, key);
        }
    }

    fn press(&mut self, start: ToneStart) {
        let ToneStart { part, key, octave, .. } = start;
        self.turn = self.turn.wrapping_add(1);
        let turn = self.turn;
        let is_legato = self.is_legato(part);
        self.parts[part].press(key);
        let own = |tone: &&mut SoundingTone| tone.belongs_to(part) && tone.is_held;
        if is_legato && let Some(tone) = self.tones.iter_mut().filter(own).find(|tone| tone.is_down) {
            tone.glide_to(key, octave);
            return;
        }
        // The same key again begins anew.
        self.tones.iter_mut().filter(own).filter(|tone| tone.key == key).for_each(|tone| tone.release(turn));
        let free = self.free_voice(part);
        self.tones[free].begin(start, turn);
    }

    fn lift(&mut self, part: usize, key: u8) {
        let Self { parts, tones, turn, key_octaves, .. } = self;
        let own = &mut parts[part];
        own.lift(key);
        // A tuning may have left keys that are down without a pitch.
        let last = own.last_pressed(|key| key_octaves[key].is_finite());
        for tone in tones.iter_mut().filter(|tone| tone.belongs_to(part) && tone.is_down && tone.key == key) {
            if let (true, Some(last)) = (own.controls.is_legato, last) {
                tone.glide_to(last, key_octaves[usize::from(last)]);
                continue;
            }
            tone.is_down = false;
            if !own.controls.has_pedal {
                *turn = turn.wrapping_add(1);
                tone.release(*turn);
            }
        }
    }

    /// The voice for a new tone of a part: a free voice whose hop begins in the blocks with the fewest voices, and
    /// soon; else the voice that was released first, else the voice that began first.
    fn free_voice(&self, part: usize) -> usize {
        let own = self.tones.iter().filter(|tone| tone.belongs_to(part)).count();
        let order = |tone: &SoundingTone| (tone.is_held, tone.turn);
        let indexed = || self.tones.iter().enumerate();
        if own < self.limit {
            let load = |phase: usize| {
                indexed()
                    .filter(|(index, tone)| index % self.blocks_per_hop == phase && !tone.is_free())
                    .count()
            };
            let free = indexed().filter(|(_, tone)| tone.is_free()).map(|(index, _)| index);
            let best = free.min_by_key(|index| {
                let phase = index % self.blocks_per_hop;
                let wait = (phase + self.blocks_per_hop - self.clock.block) % self.blocks_per_hop;
                (load(phase), wait)
            });
            if let Some(best) = best {
                return best;
            }
        }
        let taken = indexed().filter(|(_, tone)| own < self.limit || tone.belongs_to(part));
        taken.min_by_key(|(_, tone)| order(tone)).map_or(0, |(index, _)| index)
    }

    /// True if a part's next key glides from a key that is down: controller 68, the legato pedal.
    pub fn is_legato(&self, part: usize) -> bool {
        self.parts
            .get(part)
            .is_some_and(|part| part.controls.is_legato && part.last_pressed(|_| true).is_some())
    }

    /// Moves a part's pitch wheel, −8192…8191: two semitones to each side, or the range that RPN 0 has set.
    pub fn pitch_bend(&mut self, part: usize, value: i16) {
        if let Some(part) = self.parts.get_mut(part) {
            part.controls.bend(value);
        }
    }

    /// A controller 0…127 of a part: 1 vibrato, 7 and 11 volume, 64 and 68 pedals, RPN 0, and the channel modes.
    pub fn control_change(&mut self, part: usize, controller: u8, value: u8) {
        let Some(own) = self.parts.get_mut(part) else { return };
        match own.controls.change(controller, value) {
            ControlOutcome::None => {}
            ControlOutcome::PedalUp => self.release(part, |tone| !tone.is_down),
            ControlOutcome::NotesOff => {
                own.lift_all();
                self.release(part, |_| true);
            }
            ControlOutcome::SoundOff => {
                own.lift_all();
                self.silence_tones(|tone| tone.belongs_to(part));
            }
        }
    }

    /// Sets the gain of a part, 0…2, clamped, in front of the limiter; not-a-number changes nothing. Its tones follow
    /// from their next hops on, which overlap.
    pub fn set_gain(&mut self, part: usize, gain: f32) {
        if let Some(part) = self.parts.get_mut(part) {
            part.controls.set_part_gain(gain);
        }
    }

    fn release(&mut self, part: usize, which: impl Fn(&SoundingTone) -> bool) {
        self.turn = self.turn.wrapping_add(1);
        let own = self.tones.iter_mut().filter(|tone| tone.belongs_to(part) && which(tone));
        own.for_each(|tone| tone.release(self.turn));
    }

    /// Releases all keys of all parts, and the pedals.
    pub fn release_all(&mut self) {
        for part in 0..self.parts.len() {
            self.control_change(part, 64, 0);
            self.control_change(part, 123, 0);
        }
    }

    /// Moves a part's point on the pad; its tones follow within a hop.
    pub fn move_to(&mut self, part: usize, point: [f32; 2]) {
        let Self { parts, offsets, coder, follow, .. } = self;
        let Some(own) = parts.get_mut(part) else { return };
        if !own.move_to(point) {
            return;
        }
        // If a finger and a path move in one block, the finger counts.
        follow.moved = Some(follow.moved.map_or(part, |other| other.min(part)));
        if let Some(coder) = coder {
            own.place(coder.model(), &offsets[PLANE_AXES..]);
        }
    }

    /// Sets the offset of an axis from 2 on, for all parts: −1…1 from the 5th to the 95th percentile, 0 is the middle.
    pub fn set_offset(&mut self, axis: usize, offset: f32) {
        if (PLANE_AXES..LATENT_LIMIT).contains(&axis) {
            self.offsets[axis] = if offset.is_finite() { offset.clamp(-2.0, 2.0) } else { 0.0 };
            self.place_all();
        }
    }

    /// Sets how much the tones live, for all parts: 1 follows the attack, the vibrato and the changes of recorded
    /// notes, 0 is a steady tone. A model without contours has only steady tones.
    pub fn set_life(&mut self, life: f32) {
        self.life = if life.is_finite() { life.clamp(0.0, 1.0) } else { 1.0 };
    }

    fn place_all(&mut self) {
        let Self { parts, offsets, coder: Some(coder), .. } = self else { return };
        parts.iter_mut().for_each(|part| part.place(coder.model(), &offsets[PLANE_AXES..]));
    }

    /// Tunes a key: its frequency in Hz, or 0 for a key without a sound. Tones that sound keep their pitch.
    pub fn tune(&mut self, key: u8, frequency_hz: f32) {
        if let Some(octave) = self.key_octaves.get_mut(usize::from(key)) {
            // A key that sounds must have a pitch.
            let is_pitch = (1.0..40_000.0).contains(&frequency_hz);
            *octave = if is_pitch { frequency_hz.log2() } else { f32::NAN };
        }
    }

    /// The most voices of each part; 0: as many as there are. If more tones are held, the oldest end.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.limit = if voices == 0 { VOICE_COUNT } else { voices.min(VOICE_COUNT) };
        for part in 0..self.parts.len() {
            let held = |tone: &&SoundingTone| tone.belongs_to(part) && tone.is_held;
            let beyond = self.tones.iter().filter(held).count().saturating_sub(self.limit);
            for _ in 0..beyond {
                let oldest = self.tones.iter().filter(held).map(|tone| tone.turn).min();
                self.release(part, |tone| tone.is_held && Some(tone.turn) == oldest);
            }
        }
    }

    /// Sets the sound that becomes tones from now on. Each of its frames keeps pitch and level, and gets the
    /// timbre that the model gives it, moved by the point that moved last and by the offsets; the middle moves
    /// nothing. The result comes half a window and a hop later, see [`Self::latency_s`], and keys sound beside it.
    /// The sound of another mode ends first, without a click, in at most two hops.
    pub fn set_live(&mut self, mode: LiveMode) {
        self.live.set_mode(mode);
        // Without a model there is no sound to end.
        if self.coder.is_none() {
            self.live.change_mode();
        }
    }

    /// The latency of a live sound, in seconds: 26.7 ms at 48 kHz.
    pub fn latency_s(&self) -> f32 {
        self.live.latency_s()
    }

    /// Takes the next samples of a live sound, as many as are rendered next, and at most 256.
    pub fn listen(&mut self, samples: &[f32]) {
        if self.live.mode() == LiveMode::Input {
            self.live.listen(samples);
        }
    }

    /// Takes the next samples of a sound that starts the feedback, as many as are rendered next, and at most 256.
    pub fn excite(&mut self, samples: &[f32]) {
        if self.live.mode() == LiveMode::Feedback {
            self.live.listen(samples);
        }
    }

    /// Begins the noise of the feedback anew: if it is off and no key sounds, the same number gives the same samples
    /// from its beginning on.
    pub fn seed_feedback(&mut self, seed: u32) {
        self.live.seed_feedback(seed);
    }

    /// Sets the band-pass of the feedback: its frequency, 40…5,000 Hz, and its Q, 0.3…100. Not-a-number changes
    /// nothing.
    pub fn set_feedback(&mut self, frequency_hz: f32, q: f32) {
        self.live.feedback.set(frequency_hz, q);
    }

    /// The number of sounding voices of all parts, with ending ones and a live sound that is ending.
    pub fn active_voices(&self) -> usize {
        self.tones.iter().filter(|tone| !tone.is_free()).count() + usize::from(self.live.is_ending())
    }
}
