//! One instrument: a synthesizer whose patch follows a point of the latent plane. Checks every
//! number that comes from outside. `render` never allocates unless the point moved.

use latent::Decoder;
use latent::contract::LATENT_LIMIT;
use latent::network::SIZE_LIMIT;
use patch::{Parameter, Patch};
use voice::{MAX_BLOCK, Synthesizer};

/// Decodes after loading: the engine compiles the code of the first ones, which takes 10 ms, and
/// must not do so while a note sounds.
const WARM_UP_COUNT: u32 = 100;

/// MIDI keys.
const KEYS: usize = 128;

/// Strikes that wait for one block; a browser has 128 keys to press and lift, and more come early.
const STRUCK_CAPACITY: usize = 256;

/// The least length of a note, s. The shortest taps press and lift within one block and would make no
/// sound at all; shorter than this nobody can hold a key.
const LEAST_NOTE_S: f32 = 0.03;

/// How a block came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Outcome {
    /// As wished.
    Rendered = 0,
    /// The decoder failed; the block was played with the patch of before.
    DecoderFailed = 1,
    /// The sound was infinite or not a number; all that sounded was ended.
    SoundBroken = 2,
}

/// Synthesizer, decoder and the block that was rendered last.
pub struct Instrument {
    synthesizer: Synthesizer,
    /// Keys and velocities of the block to come, in order; never grows.
    struck: Vec<(u8, u8)>,
    /// By key: frames until it may be let go.
    held_frames: [usize; KEYS],
    /// By key: let go already, waiting for that.
    lifted: [bool; KEYS],
    least_note_frames: usize,
    decoder: Option<Decoder>,
    model: Vec<u8>,
    error: String,
    /// The point that was decoded last.
    latent: Option<[f32; 2]>,
    patch_revision: u32,
    left: [f32; MAX_BLOCK],
    right: [f32; MAX_BLOCK],
}

impl Instrument {
    /// `None` for what no audio device has as a rate.
    pub fn new(sample_rate_hz: f64) -> Option<Box<Self>> {
        if !(1_000.0..=768_000.0).contains(&sample_rate_hz) {
            return None;
        }
        Some(Box::new(Self {
            synthesizer: Synthesizer::new(sample_rate_hz as f32),
            struck: Vec::with_capacity(STRUCK_CAPACITY),
            held_frames: [0; KEYS],
            lifted: [false; KEYS],
            least_note_frames: (LEAST_NOTE_S * sample_rate_hz as f32) as usize,
            decoder: None,
            model: Vec::new(),
            error: String::new(),
            latent: None,
            patch_revision: 0,
            left: [0.0; MAX_BLOCK],
            right: [0.0; MAX_BLOCK],
        }))
    }

    /// Room for the bytes of a model; null if there are too many.
    pub fn buffer(&mut self, length: usize) -> *mut u8 {
        if length > SIZE_LIMIT {
            return std::ptr::null_mut();
        }
        self.model.resize(length, 0);
        self.model.as_mut_ptr()
    }

    /// Loads the decoder from the first `length` bytes of the buffer, then gives the buffer back.
    pub fn load_decoder(&mut self, length: usize) -> Result<(), ()> {
        let model = std::mem::take(&mut self.model);
        let onnx = &model[..length.min(model.len())];
        match Decoder::from_onnx(onnx) {
            Ok(decoder) => self.decoder = Some(decoder),
            Err(error) => {
                self.error = error.to_string();
                return Err(());
            }
        }
        self.latent = None;
        if self.warm_up(WARM_UP_COUNT) < WARM_UP_COUNT {
            self.decoder = None;
            return Err(());
        }
        Ok(())
    }

    /// Decodes `count` points on a spiral over the plane; returns how many succeeded before the
    /// first that did not.
    pub fn warm_up(&mut self, count: u32) -> u32 {
        let Some(decoder) = &mut self.decoder else { return 0 };
        for done in 0..count {
            let (turn, radius) = (0.1 * done as f32, LATENT_LIMIT * done as f32 / count as f32);
            if let Err(error) = decoder.decode([radius * turn.cos(), radius * turn.sin()]) {
                self.error = error.to_string();
                return done;
            }
        }
        count
    }

    /// The last error as one sentence.
    pub fn error(&self) -> &str {
        &self.error
    }

    /// Strikes a key; velocity 0 lets it go, as in MIDI. It sounds from the next block on, after that
    /// block's point is decoded: a tap elsewhere must begin with the sound of where it landed.
    pub fn note_on(&mut self, key: u32, velocity: u32) {
        if let (Some(key), Some(velocity)) = (seven_bits(key), seven_bits(velocity)) {
            if self.struck.len() == self.struck.capacity() {
                self.play_struck();
            }
            self.struck.push((key, velocity));
        }
    }

    /// Releases a key.
    pub fn note_off(&mut self, key: u32) {
        self.note_on(key, 0);
    }

    fn play_struck(&mut self) {
        for (key, velocity) in self.struck.drain(..) {
            let index = usize::from(key);
            self.lifted[index] = velocity == 0 && self.held_frames[index] > 0;
            if self.lifted[index] {
                continue;
            }
            if velocity > 0 {
                self.held_frames[index] = self.least_note_frames;
            }
            // The synthesizer takes velocity 0 for a note off.
            self.synthesizer.note_on(key, velocity);
        }
    }

    /// Lets the keys go that were lifted too early and have sounded long enough by now.
    fn let_go(&mut self, frames: usize) {
        for (key, (held, lifted)) in (0..).zip(self.held_frames.iter_mut().zip(&mut self.lifted)) {
            *held = held.saturating_sub(frames);
            if *held == 0 && std::mem::take(lifted) {
                self.synthesizer.note_off(key);
            }
        }
    }

    /// −8192…8191; clamped.
    pub fn pitch_bend(&mut self, value: i32) {
        self.synthesizer.pitch_bend(value.clamp(-8192, 8191) as i16);
    }

    /// A MIDI controller.
    pub fn control_change(&mut self, controller: u32, value: u32) {
        if let (Some(controller), Some(value)) = (seven_bits(controller), seven_bits(value)) {
            // In order: a pedal or an end of all notes means the keys struck before it.
            self.play_struck();
            self.synthesizer.control_change(controller, value);
        }
    }

    /// Sets a stored value; the next decoded patch sets it again.
    pub fn set_parameter(&mut self, index: usize, value: f32) {
        if let Some(parameter) = Parameter::from_index(index) {
            let mut patch = *self.synthesizer.patch();
            patch.set(parameter, value);
            self.synthesizer.morph_to(&patch);
        }
    }

    /// Silence at once.
    pub fn all_sound_off(&mut self) {
        self.struck.clear();
        self.held_frames.fill(0);
        self.lifted.fill(false);
        self.synthesizer.all_sound_off();
    }

    /// Renders the next `frames` (1…64, clamped) at a latent point.
    pub fn render(&mut self, frames: usize, latent: [f32; 2]) -> Outcome {
        let decoded = self.follow(latent.map(on_the_plane));
        self.play_struck();
        let frames = frames.clamp(1, MAX_BLOCK);
        let (left, right) = (&mut self.left[..frames], &mut self.right[..frames]);
        self.synthesizer.render_block(left, right);
        self.let_go(frames);
        if !self.synthesizer.take_fault() {
            return decoded;
        }
        self.error = "the sound became infinite and was reset; play on".to_owned();
        Outcome::SoundBroken
    }

    /// Decodes a point if it is not the one of before. A point that fails is not tried again.
    fn follow(&mut self, latent: [f32; 2]) -> Outcome {
        let Some(decoder) = &mut self.decoder else { return Outcome::Rendered };
        if self.latent == Some(latent) {
            return Outcome::Rendered;
        }
        self.latent = Some(latent);
        match decoder.decode(latent) {
            Ok(patch) => {
                self.synthesizer.morph_to(&patch);
                self.patch_revision = self.patch_revision.wrapping_add(1);
                Outcome::Rendered
            }
            Err(error) => {
                self.error = error.to_string();
                Outcome::DecoderFailed
            }
        }
    }

    /// The block that was rendered last.
    pub fn left(&self) -> &[f32; MAX_BLOCK] {
        &self.left
    }

    /// The block that was rendered last.
    pub fn right(&self) -> &[f32; MAX_BLOCK] {
        &self.right
    }

    /// The patch that sounds.
    pub fn patch(&self) -> &Patch {
        self.synthesizer.patch()
    }

    /// Counts the decoded patches.
    pub fn patch_revision(&self) -> u32 {
        self.patch_revision
    }

    /// Sounding voices.
    pub fn active_voices(&self) -> usize {
        self.synthesizer.active_voices()
    }
}

fn seven_bits(value: u32) -> Option<u8> {
    u8::try_from(value).ok().filter(|&value| value < 128)
}

fn on_the_plane(coordinate: f32) -> f32 {
    if coordinate.is_nan() { 0.0 } else { coordinate.clamp(-LATENT_LIMIT, LATENT_LIMIT) }
}
