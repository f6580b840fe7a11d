//! The messages from the page to the worklet. A command is a list: its code, then its fields in their order; the part
//! is always the fourth value, and 0 where it is missing.

use patch::Patch;
use plane::Point;

use crate::declare::lists;
use crate::field::Unused;

lists! {
    /// A command of the page to the worklet. `File` and `Program` are the types that hold a file's bytes and a compiled
    /// WebAssembly file on the sending side.
    pub enum Command<File, Program>;

    /// A key goes down: key 0…127, velocity 1…127. With a point, the part's point is there from this note on.
    NoteOn = 1 {
        /// The MIDI key.
        key: u8,
        /// The MIDI velocity; 0 releases the key.
        velocity: u8,
        /// The part, 0…4.
        part: u8,
        /// The point where the note begins.
        point: Option<Point>,
    }
    /// A key comes up: key 0…127.
    NoteOff = 2 {
        /// The MIDI key.
        key: u8,
        /// Nothing.
        unused: Unused,
        /// The part, 0…4.
        part: u8,
    }
    /// The pitch wheel: −8192…8191.
    PitchBend = 3 {
        /// The wheel's position.
        value: i16,
        /// Nothing.
        unused: Unused,
        /// The part, 0…4.
        part: u8,
    }
    /// A MIDI controller: number and value 0…127 each.
    ControlChange = 4 {
        /// The controller's number.
        controller: u8,
        /// Its value.
        value: u8,
        /// The part, 0…4.
        part: u8,
    }
    /// Ends every sound at once, in all parts, tails included.
    AllSoundOff = 5 {}
    /// Sets one stored value of a part's patch until another patch is decoded or given. It is heard unless it is held.
    SetParameter = 6 {
        /// Index of the parameter, 0…40.
        parameter: u8,
        /// The stored value; not-a-number changes nothing.
        value: f32,
        /// The part, 0…4.
        part: u8,
    }
    /// Ends the node.
    Dispose = 7 {}
    /// Overrides one stored value in every patch of every part.
    HoldParameter = 8 {
        /// Index of the parameter, 0…40.
        parameter: u8,
        /// The stored value; not-a-number removes the override.
        value: f32,
    }
    /// Gives a part a patch, which it keeps wherever its point moves, until null removes it: then the part plays the
    /// patch decoded at its point. With a point, the part moves there.
    SetPatch = 9 {
        /// The patch; `None` removes the given one.
        patch: Option<Box<Patch>>,
        /// The point that it belongs to.
        point: Option<Point>,
        /// The part, 0…4.
        part: u8,
    }
    /// Plays the held keys of each part in frame-accurate steps, synchronized between parts. With a gate of 1 legato
    /// connects the steps.
    Arpeggio = 10 {
        /// 0 off, 1 up, 2 down, 3 up and down, 4 all at once.
        pattern: u8,
        /// Steps a second, 0.1…50.
        steps_per_second: f64,
        /// The part of a step that sounds, 0…1.
        gate: f64,
    }
    /// Requests the last seconds of the recording, 0…30 (15 at 384 kHz: less above 192 kHz), without long silence. The
    /// worklet sends `recent` pieces.
    Recent = 11 {
        /// Length, seconds.
        seconds: f64,
    }
    /// Sets the most voices of each part in poly; 0 gives one to each key.
    VoiceLimit = 12 {
        /// The number of voices.
        voices: u8,
    }
    /// Tunes all parts by a Scala scale (.scl) and a keyboard map (.kbm), without both to equal temperament.
    Tuning = 13 {
        /// The bytes of the scale.
        scale: Option<File>,
        /// The bytes of the keyboard map.
        keyboard_map: Option<File>,
    }
    /// The bytes of `decoder.onnx`, and with the first one the module of the network. Loaded in silence, since loading
    /// blocks the audio thread for a moment, and after 5 s at the latest. Until then the parts play the fallback grid.
    Decoder = 14 {
        /// The bytes.
        decoder: File,
        /// `decoder.wasm`, compiled.
        network: Option<Program>,
    }
    /// Plays a path on parts that are free, in place of the path of the same number. With a time the fingers of that
    /// path lift; without one they go on. A path with beats is locked to the transport: it is (transport − origin) ×
    /// rate / beats rounds from its beginning, whenever the command comes. It rests before its origin and while the
    /// transport is stopped. Locked paths of the same seconds a beat (`length_s` / `beats`) play the same beat in the
    /// same frame.
    PlayPath = 15 {
        /// Its words (`path_score`); `None` stops the path.
        score: Option<File>,
        /// Its number: 0…7 is a loop, 8 and 9 are the beat.
        number: u8,
        /// The length of a round, seconds of the path.
        length_s: f64,
        /// 1 if it repeats, 0 if it plays once.
        repeats: u8,
        /// Seconds of the path that pass in a second; of a locked path how many times as fast its rounds are.
        rate: f64,
        /// 0 forward, 1 backward, 2 there and back.
        direction: u8,
        /// The time at which a free path begins, seconds; not-a-number: the fingers of the path of its number go on, a
        /// free path also at its present time.
        at_s: f64,
        /// The length of a round of a locked path, beats; 0: a free path.
        beats: f64,
        /// The beat of the transport at which the first round of a locked path begins.
        origin_beats: f64,
    }
    /// Changes a path's pace. A free path goes on without a jump; a locked one jumps to where the transport is.
    PathPace = 16 {
        /// Its number, 0…9.
        number: u8,
        /// As in `PlayPath`.
        rate: f64,
        /// 0 forward, 1 backward, 2 there and back.
        direction: u8,
    }
    /// The keys of the notes of paths that have no key of their own.
    PathKeys = 17 {
        /// For each lane of the plane from left to right a set of keys: 128 bits, little-endian, bit n for key n.
        keys: File,
        /// 1: the next keys go down before the last ones go up.
        legato: u8,
    }
    /// Takes parts for the page's own touches and keys: paths leave them.
    ClaimParts = 18 {
        /// Bit n: part n, 0…4. The parts from 5 on are for paths.
        parts: u8,
    }
    /// Chooses the source that plays new notes of touches, and of paths without a source; keys that are down there end,
    /// and a pedal stays where it is. The worklet answers with `source`, or with `sourceRefused` if the old source
    /// stays.
    SoundSource = 19 {
        /// The bytes of a model of tones (`timbre/*.frames`), which is loaded under the number and plays from now on;
        /// `None` if amSynth plays, or tones that are loaded.
        model: Option<File>,
        /// `tone-source.wasm`, compiled; with the first model.
        program: Option<Program>,
        /// 0 is amSynth, 1…5 are tones.
        number: u8,
    }
    /// The offsets of the tones that were chosen last on their axes from the third on, −1…1: from the 5th to the 95th
    /// percentile of its domain. Each model begins with 0. The AudioParams `axis3` to `axis8` add to them, block by
    /// block.
    ToneOffsets = 20 {
        /// One for each axis; missing ones stay.
        offsets: Vec<f32>,
    }
    /// Chooses the sound that becomes tones of the model that was chosen last, at its own pitch and level, half a
    /// window and a hop later (26.7 ms at 48 kHz). The point that moved last, a finger's or a path's, and the offsets
    /// change its timbre; in the middle they change nothing. Keys that are down sound on.
    LiveTones = 21 {
        /// 1 the node's audio input, 2 amSynth's own output, which keys then play, 3 the tones themselves, through the
        /// band-pass, until all sound ends; any other number no sound.
        kind: u8,
    }
    /// The band-pass of tones that become tones again.
    ToneFeedback = 22 {
        /// Its frequency, 40…5,000 Hz.
        frequency_hz: f32,
        /// Its quality, 0.3…100.
        quality: f32,
    }
    /// The life of tones: 1 follows the attack, the vibrato and the changes of recorded notes, 0 is a steady tone. It
    /// counts for all models that are loaded later, too.
    ToneLife = 23 {
        /// The share, 0…1.
        life: f32,
    }
    /// Sets the transport, the clock in beats to which paths are locked. It counts frames and never drifts. Another
    /// tempo goes on from the present beat.
    Transport = 24 {
        /// Beats a minute, 1…1,000, clamped; not-a-number changes nothing.
        bpm: f64,
        /// 0 stops, 1 runs on from where it is, 2 begins anew at beat 0 with the next frame.
        state: u8,
    }
    /// Loads a model of tones without choosing it: paths may play it. Tones that sound with the old model of the number
    /// end, and keys that are down there go down again. The worklet answers with `sourceRefused` if it cannot.
    LoadTones = 25 {
        /// The number of the tones, 1…5.
        number: u8,
        /// The bytes of the model.
        model: File,
        /// `tone-source.wasm`, compiled; with the first model.
        program: Option<Program>,
    }
    /// Sets the sound of a path, before it plays or while it does, until it stops. Keys that are down end on one source
    /// and go down on the next; nothing else is cut.
    PathSound = 26 {
        /// The path's number, 0…9.
        number: u8,
        /// 41 stored values in place of those that are held for touches, not-a-number: the path plays the decoded
        /// value. If all are numbers, its points decode nothing. An empty list: it follows the settings of touches.
        overrides: Vec<f32>,
        /// The keys of its notes that have none of their own, as in `PathKeys`; without bytes those of `PathKeys`.
        keys: File,
        /// 1: the next keys go down before the last ones go up.
        legato: u8,
        /// Its arpeggio, as in `Arpeggio`: 0 off.
        pattern: u8,
        /// Steps a second, 0.1…50. While the transport runs, the steps lie at multiples of their length from beat 0; a
        /// whole number of steps in a beat, or of beats in a step, is exact although the page rounds. Another tempo
        /// leaves it.
        steps_per_second: f64,
        /// The part of a step that sounds, 0…1.
        gate: f64,
        /// Its source: 0 is amSynth, 1…5 the tones with this number, silent until they are loaded.
        source: u8,
        /// Added to the stored cutoff of each decoded patch, if the list does not replace it.
        cutoff_shift: f32,
    }
    /// Sets the level of a path until it stops and its last note is over, in front of everything that parts share. A
    /// path at level 0 goes on in time.
    PathGain = 27 {
        /// The path's number, 0…9.
        number: u8,
        /// Linear, 0…2; it changes within 10 ms. Not-a-number changes nothing.
        gain: f32,
    }
}
