//! An engine beside amSynth that plays notes of the parts. amSynth plays the patch of a point of the plane, the other
//! engine its timbre; keys, controllers, arpeggio, paths and recording are the same. Never allocates.

use plane::Point;
use voice::tuning::Tuning;

/// An engine that plays any of the parts. Ignores parts that do not exist.
pub trait SoundSource {
    /// A key 0…127 goes down, or up with velocity 0.
    fn note(&mut self, part: usize, key: u8, velocity: u8);

    /// True if a part's next key is legato or glides from a key that is down.
    fn is_legato(&mut self, part: usize) -> bool;

    /// Moves a part's pitch wheel, −8192…8191.
    fn pitch_bend(&mut self, part: usize, value: i16);

    /// A MIDI controller 0…127. 123, all notes off, ends them as a release of their keys does.
    fn control_change(&mut self, part: usize, controller: u8, value: u8);

    /// Sets the level of a part, 0…2, in front of every limiter that parts share. It changes without a click.
    fn set_gain(&mut self, part: usize, gain: f32);

    /// Moves a part's point on the plane. Called before each block while the source plays the part.
    fn move_to(&mut self, part: usize, point: Point);

    /// The most voices of each part; 0 = as many as there are.
    fn set_voice_limit(&mut self, voices: usize);

    /// Tunes all parts; sounding notes keep their pitch.
    fn set_tuning(&mut self, tuning: &Tuning);

    /// Silence at once, in all parts.
    fn all_sound_off(&mut self);

    /// Sounding voices of all parts.
    fn active_voices(&self) -> usize;

    /// Takes frames of amSynth's output, as many as it renders next: only a source that transforms sound listens.
    fn listen(&mut self, _left: &[f32], _right: &[f32]) {}

    /// True if a part's sound was infinite or not a number since the last call. All notes of the part have ended
    /// then.
    fn take_fault(&mut self, part: usize) -> bool;

    /// Writes the next frames, at most a block; both slices have the same length.
    fn render(&mut self, left: &mut [f32], right: &mut [f32]);
}
