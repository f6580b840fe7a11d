//! The instrument: a part for each finger, whose patch follows a point of the latent plane, and one
//! decoder for all. Checks every number that comes from outside. `render` never allocates unless a
//! point moved.

use model::{ModelError, PatchDecoder};
use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::{LATENT_LIMIT, MODEL_SIZE_LIMIT_BYTES, Point};
use voice::{MAX_BLOCK, Parts, SAMPLE_RATES_HZ, Synthesizer};

use crate::arpeggio::{Arpeggio, Pattern};
use crate::course::Course;
use crate::held::Held;
use crate::notes::Notes;
use crate::recent::{PIECE_FRAMES, Recent};
use crate::sentence::Sentence;
use crate::tuning;

/// Part 0 is the place, which keys play; the others are further fingers.
pub const PART_COUNT: usize = 5;

/// Decodes after loading: the engine compiles the code of the first ones, which takes 10 ms, and
/// must not do so while a note sounds.
const WARM_UP_COUNT: u32 = 100;

/// Points that a block decodes, besides those where a note is struck. Five moving fingers are all decoded
/// within three blocks, 4 ms, which their glides of 20 ms hide; one finger in each.
const DECODES_PER_BLOCK: usize = 2;

/// The controller that takes all others back.
const RESET_CONTROLLERS: u8 = 121;

/// What frees a parameter that is held.
const FREE: f32 = f32::NAN;

/// How a block came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Outcome {
    /// As wished.
    Rendered = 0,
    /// The decoder failed; the part was played with its patch of before.
    DecoderFailed = 1,
    /// The sound of a part was infinite or not a number; all that sounded in that part was ended.
    SoundBroken = 2,
}

/// Voices, decoder and the block that was rendered last.
pub struct Instrument {
    sample_rate_hz: f64,
    voices: Parts,
    parts: [Part; PART_COUNT],
    held: Held,
    recent: Recent,
    decoder: Option<PatchDecoder>,
    /// The part that is decoded first.
    turn: usize,
    /// Files on their way to their readers.
    bytes: Vec<u8>,
    error: Sentence,
    /// Stored values on their way to a part.
    values: [f32; PARAMETER_COUNT],
    left: [f32; MAX_BLOCK],
    right: [f32; MAX_BLOCK],
}

/// What one finger does.
struct Part {
    notes: Notes,
    arpeggio: Arpeggio,
    course: Course,
    /// What its controllers turned, above what is held in all parts: who moves last counts.
    turned: Held,
    /// Where the finger is.
    point: [f32; 2],
}

impl Part {
    /// Lets the voice go to the part's patch, with what the hands hold and turned.
    fn sound(&self, held: &Held, voice: &mut Synthesizer) {
        voice.morph_to(&self.turned.apply(&held.apply(&self.course.patch)));
    }
}

impl Instrument {
    /// `None` for a rate that the voice does not have: it would play out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Box<Self>> {
        if !SAMPLE_RATES_HZ.contains(&(sample_rate_hz as f32)) {
            return None;
        }
        let part = |_| Part {
            notes: Notes::new(sample_rate_hz),
            arpeggio: Arpeggio::new(sample_rate_hz),
            course: Course::new(sample_rate_hz),
            turned: Held::nothing(),
            point: [0.0; 2],
        };
        Some(Box::new(Self {
            sample_rate_hz,
            voices: Parts::new(sample_rate_hz as f32, PART_COUNT),
            parts: std::array::from_fn(part),
            held: Held::nothing(),
            recent: Recent::new(sample_rate_hz),
            decoder: None,
            turn: 0,
            bytes: Vec::new(),
            error: Sentence::new(),
            values: [0.0; PARAMETER_COUNT],
            left: [0.0; MAX_BLOCK],
            right: [0.0; MAX_BLOCK],
        }))
    }

    /// Room for the bytes of files; none if there are too many.
    pub fn buffer(&mut self, length: usize) -> Option<&mut [u8]> {
        if length > MODEL_SIZE_LIMIT_BYTES {
            return None;
        }
        self.bytes.resize(length, 0);
        Some(&mut self.bytes)
    }

    /// Loads the decoder from the first `length` bytes of the buffer, then gives the buffer back. One
    /// that is refused, or fails on the plane, leaves the decoder of before in its place.
    ///
    /// # Errors
    /// [`error`](Self::error) tells why.
    #[expect(
        clippy::result_unit_err,
        reason = "an owned sentence would be an allocation of the audio thread"
    )]
    pub fn load_decoder(&mut self, length: usize) -> Result<(), ()> {
        let bytes = std::mem::take(&mut self.bytes);
        let warm = PatchDecoder::from_onnx(&bytes[..length.min(bytes.len())]).and_then(|mut decoder| {
            warm_up(&mut decoder, WARM_UP_COUNT).1?;
            self.parts.iter().try_for_each(|part| decoder.decode(point_of(part.point)).map(drop))?;
            Ok(decoder)
        });
        match warm {
            Ok(decoder) => self.decoder = Some(decoder),
            Err(error) => {
                self.error.tell(error);
                return Err(());
            }
        }
        self.parts.iter_mut().for_each(|part| part.course.begin_anew());
        // Nothing has to be hurried yet: every part has its patch before the first block.
        let decoded = self.follow(0, PART_COUNT);
        if decoded == Outcome::Rendered { Ok(()) } else { Err(()) }
    }

    /// Decodes `count` points all over the plane; returns how many succeeded before the first that did
    /// not.
    pub fn warm_up(&mut self, count: u32) -> u32 {
        let Some(decoder) = &mut self.decoder else { return 0 };
        let (done, outcome) = warm_up(decoder, count);
        if let Err(error) = outcome {
            self.error.tell(error);
        }
        done
    }

    /// The last error as one sentence.
    pub fn error(&self) -> &str {
        self.error.as_str()
    }

    /// Strikes a key; velocity 0 lets it go, as in MIDI. It sounds from the next block on, after the
    /// part's point is decoded: a tap elsewhere must begin with the sound of where it landed.
    pub fn note_on(&mut self, part: usize, key: u32, velocity: u32) {
        let (Some(key), Some(velocity)) = (seven_bits(key), seven_bits(velocity)) else { return };
        if self.parts.get_mut(part).is_some_and(|part| !part.notes.push(key, velocity)) {
            self.play_struck(part);
            self.parts[part].notes.push(key, velocity);
        }
    }

    /// Releases a key.
    pub fn note_off(&mut self, part: usize, key: u32) {
        self.note_on(part, key, 0);
    }

    fn play_struck(&mut self, part: usize) {
        let beat = self.parts.iter().find_map(|part| part.arpeggio.to_next_step());
        if let (Some(hand), Some(voice)) = (self.parts.get_mut(part), self.voices.part(part)) {
            let Part { notes, arpeggio, .. } = hand;
            notes.play(voice.binds(), |key, velocity| {
                arpeggio.key(key, velocity, beat, |key, velocity| voice.note_on(key, velocity));
            });
        }
    }

    /// −8192…8191; clamped.
    pub fn pitch_bend(&mut self, part: usize, value: i32) {
        if let Some(voice) = self.voices.part(part) {
            voice.pitch_bend(value.clamp(-8192, 8191) as i16);
        }
    }

    /// A MIDI controller. A parameter that it turns stays so, wherever the point moves, until another call
    /// sets it, the part is given a patch, or all controllers but the volume are reset (121).
    pub fn control_change(&mut self, part: usize, controller: u32, value: u32) {
        let (Some(controller), Some(value)) = (seven_bits(controller), seven_bits(value)) else { return };
        // In order: a pedal or an end of all notes means the keys struck before it.
        self.play_struck(part);
        let (Some(hand), Some(voice)) = (self.parts.get_mut(part), self.voices.part(part)) else { return };
        voice.control_change(controller, value);
        if let Some(parameter) = voice.controlled(controller) {
            hand.turned.set(parameter, voice.patch().get(parameter));
        } else if controller == RESET_CONTROLLERS {
            // All but the volume (MIDI Association, RP-015).
            hand.turned = hand.turned.only(Parameter::MasterVol);
            hand.sound(&self.held, voice);
        }
        // The channel modes that end all notes: what was let go must not be let go once more.
        if matches!((controller, value), (120 | 123, 0) | (124..=127, _)) {
            hand.notes.forget();
            hand.arpeggio.forget();
        }
    }

    /// Sets a stored value of a part, until its point moves. Not-a-number changes nothing.
    pub fn set_parameter(&mut self, part: usize, index: usize, value: f32) {
        let Some(parameter) = Parameter::from_index(index).filter(|_| !value.is_nan()) else { return };
        if let (Some(part), Some(voice)) = (self.parts.get_mut(part), self.voices.part(part)) {
            part.turned.set(parameter, FREE);
            part.course.patch.set(parameter, value);
            part.sound(&self.held, voice);
        }
    }

    /// Sets a stored value in every patch of every part from now on; not-a-number frees it.
    pub fn hold_parameter(&mut self, index: usize, value: f32) {
        let Some(parameter) = Parameter::from_index(index) else { return };
        self.held.set(parameter, value);
        for (number, part) in self.parts.iter_mut().enumerate() {
            if let Some(voice) = self.voices.part(number) {
                if !value.is_nan() {
                    part.turned.set(parameter, FREE);
                }
                part.sound(&self.held, voice);
            }
        }
    }

    /// Room for the 41 stored values of [`set_patch`](Self::set_patch), where each becomes the nearest that
    /// is allowed, and not-a-number the parameter's default.
    pub fn values(&mut self) -> &mut [f32; PARAMETER_COUNT] {
        &mut self.values
    }

    /// Gives a part this very patch until its point moves: away from `point`, or, if that is not a
    /// number, from where it is now.
    pub fn set_patch(&mut self, part: usize, point: [f32; 2]) {
        if let (Some(part), Some(voice)) = (self.parts.get_mut(part), self.voices.part(part)) {
            let patch = Patch::from_values(&self.values);
            let belongs = !point.iter().any(|coordinate| coordinate.is_nan());
            part.course.give(&patch, belongs.then(|| point.map(on_the_plane)));
            part.turned = Held::nothing();
            part.sound(&self.held, voice);
        }
    }

    /// Takes a given patch back: the part plays again what is decoded at its point.
    pub fn decode_anew(&mut self, part: usize) {
        if let Some(part) = self.parts.get_mut(part) {
            part.course.begin_anew();
        }
    }

    /// Plays the keys of each part in steps, which fall together; the numbers are those of the export `arpeggio`. A
    /// pattern that does not exist changes nothing.
    pub fn arpeggio(&mut self, pattern: u32, steps_per_second: f64, gate: f64) {
        let Some(pattern) = Pattern::from_number(pattern) else { return };
        for number in 0..PART_COUNT {
            self.play_struck(number);
            if let Some(voice) = self.voices.part(number) {
                let play = |key, velocity| voice.note_on(key, velocity);
                self.parts[number].arpeggio.set(pattern, steps_per_second, gate, play);
            }
        }
    }

    /// The most voices of each part in poly; 0 = one for each key.
    pub fn voice_limit(&mut self, voices: usize) {
        for part in 0..PART_COUNT {
            if let Some(voice) = self.voices.part(part) {
                voice.set_voice_limit(voices);
            }
        }
    }

    /// Tunes all parts by two of Scala's files, one after the other in the buffer; a length of 0 is no
    /// file. What sounds keeps its pitch. May allocate.
    ///
    /// # Errors
    /// [`error`](Self::error) tells why; the tuning of before stays.
    #[expect(clippy::result_unit_err, reason = "as for `load_decoder`")]
    pub fn set_tuning(&mut self, scale_length: usize, map_length: usize) -> Result<(), ()> {
        let bytes = std::mem::take(&mut self.bytes);
        let (scale, rest) = bytes.split_at(scale_length.min(bytes.len()));
        match tuning::read(scale, &rest[..map_length.min(rest.len())]) {
            Ok(tuning) => {
                for part in 0..PART_COUNT {
                    if let Some(voice) = self.voices.part(part) {
                        voice.set_tuning(tuning);
                    }
                }
                Ok(())
            }
            Err(error) => {
                self.error.tell(error);
                Err(())
            }
        }
    }

    /// Begins to give back what sounded last; how many pieces it is.
    pub fn recall(&mut self, seconds: f64) -> usize {
        self.recent.recall((seconds * self.sample_rate_hz) as usize)
    }

    /// Makes the next piece ready; its frames, 0 after the last.
    pub fn next_piece(&mut self) -> usize {
        self.recent.next_piece()
    }

    /// The piece, left and right.
    pub fn piece(&self) -> &[[f32; PIECE_FRAMES]; 2] {
        self.recent.piece()
    }

    /// Silence at once, in all parts.
    pub fn all_sound_off(&mut self) {
        for part in &mut self.parts {
            part.notes.forget();
            part.arpeggio.forget();
        }
        self.voices.all_sound_off();
    }

    /// Where a part's finger is from the next block on; clamped to the plane, not-a-number as 0.
    pub fn move_to(&mut self, part: usize, point: [f32; 2]) {
        if let Some(part) = self.parts.get_mut(part) {
            part.point = point.map(on_the_plane);
        }
    }

    /// Renders the next `frames` (1…64, clamped).
    pub fn render(&mut self, frames: usize) -> Outcome {
        let frames = frames.clamp(1, MAX_BLOCK);
        let followed = self.follow(frames, DECODES_PER_BLOCK);
        (0..PART_COUNT).for_each(|part| self.play_struck(part));
        self.render_voices(frames);
        self.recent.keep(&self.left[..frames], &self.right[..frames]);
        let mut broken = false;
        for (number, part) in self.parts.iter_mut().enumerate() {
            if let Some(voice) = self.voices.part(number) {
                let Part { notes, arpeggio, .. } = part;
                notes.pass(frames, |key, velocity| {
                    arpeggio.key(key, velocity, None, |key, velocity| voice.note_on(key, velocity));
                });
                // One sentence a block: this one can wait until the decoder has told its own.
                broken |= followed == Outcome::Rendered && voice.take_fault();
            }
        }
        if !broken {
            return followed;
        }
        self.error.tell("a sound became infinite and was reset; play on");
        Outcome::SoundBroken
    }

    /// A block ends where a step of an arpeggio begins, as amSynth's blocks end at events.
    fn render_voices(&mut self, frames: usize) {
        let mut start = 0;
        while start < frames {
            let mut passed = frames - start;
            for (number, part) in self.parts.iter_mut().enumerate() {
                if let Some(voice) = self.voices.part(number) {
                    // The synthesizer takes velocity 0 for a note off.
                    passed = part.arpeggio.play_due(passed, |key, velocity| voice.note_on(key, velocity));
                }
            }
            self.parts.iter_mut().for_each(|part| part.arpeggio.pass(passed));
            let block = start..start + passed;
            self.voices.render_block(&mut self.left[block.clone()], &mut self.right[block]);
            start += passed;
        }
    }

    /// Decodes the points that are not those of before, at most so many in a block; the others have their
    /// turn in the next one. A point that fails is not tried again.
    fn follow(&mut self, frames: usize, most: usize) -> Outcome {
        let Some(decoder) = &mut self.decoder else { return Outcome::Rendered };
        let mut outcome = Outcome::Rendered;
        let (first, mut left, mut next) = (self.turn, most, None);
        for number in (first..PART_COUNT).chain(0..first) {
            let Some(voice) = self.voices.part(number) else { continue };
            let part = &mut self.parts[number];
            let point = part.point;
            if !part.course.turns_to(point, frames) {
                continue;
            }
            if left == 0 && !part.notes.wait() {
                next = next.or(Some(number));
                continue;
            }
            left = left.saturating_sub(1);
            part.course.decode_at(point);
            match decoder.decode(point_of(point)) {
                Ok(patch) => {
                    part.course.decoded(&patch);
                    part.sound(&self.held, voice);
                }
                // The first of a block is told.
                Err(error) if outcome == Outcome::Rendered => {
                    self.error.tell(error);
                    outcome = Outcome::DecoderFailed;
                }
                Err(_) => {}
            }
        }
        self.turn = next.unwrap_or(0);
        outcome
    }

    /// The block that was rendered last.
    pub fn left(&self) -> &[f32; MAX_BLOCK] {
        &self.left
    }

    /// The block that was rendered last.
    pub fn right(&self) -> &[f32; MAX_BLOCK] {
        &self.right
    }

    /// The patch that sounds in a part.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.voices.part(part).map(|voice| voice.patch())
    }

    /// The point that a part's patch belongs to; 0, 0 before the first was decoded.
    pub fn point(&self, part: usize) -> [f32; 2] {
        self.parts.get(part).map_or([0.0; 2], |part| part.course.point())
    }

    /// Counts the decoded patches of a part.
    pub fn patch_revision(&self, part: usize) -> u32 {
        self.parts.get(part).map_or(0, |part| part.course.revision)
    }

    /// Sounding voices of all parts.
    pub fn active_voices(&self) -> usize {
        self.voices.active_voices()
    }
}

fn point_of([x, y]: [f32; 2]) -> Point {
    Point { x, y }
}

/// Decodes `count` points on a spiral over the plane; how many succeeded before the first that did not.
fn warm_up(decoder: &mut PatchDecoder, count: u32) -> (u32, Result<(), ModelError>) {
    for done in 0..count {
        let (turn, radius) = (0.1 * done as f32, LATENT_LIMIT * done as f32 / count as f32);
        if let Err(error) = decoder.decode(point_of([radius * turn.cos(), radius * turn.sin()])) {
            return (done, Err(error));
        }
    }
    (count, Ok(()))
}

fn seven_bits(value: u32) -> Option<u8> {
    u8::try_from(value).ok().filter(|&value| value < 128)
}

fn on_the_plane(coordinate: f32) -> f32 {
    if coordinate.is_nan() { 0.0 } else { coordinate.clamp(-LATENT_LIMIT, LATENT_LIMIT) }
}
