//! Measures the timbral scales of a patch's sound: a note of a key and a length, rendered by the voice.

use features::loudness_lufs;
use features::test_note::{KEY, SAMPLE_RATE_HZ, VELOCITY};
use patch::Patch;
use timbre::{Analyzer, Descriptor};
use voice::render::{Event, EventKind, PATCHES_TOGETHER, render_many};

/// The number of scales: all descriptors of the AudioCommons models but the reverb, which is a yes or no.
pub const SCALE_COUNT: usize = Descriptor::ALL.len() - 1;

/// Frames per buffer of the host: whole blocks of amSynth.
const HOST_BLOCK: usize = 64;
/// The shortest and the longest time that a measured key is held, in seconds: shorter sounds have too little timbre,
/// longer ones change little more.
const HELD_S: [f32; 2] = [0.25, 4.0];
/// The shortest measured sound, in seconds.
const LEAST_SOUND_S: f32 = 1.0;

/// The note by which sounds are compared, as a person plays it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedNote {
    /// MIDI key, 0…127.
    pub key: u8,
    /// The time that it is held, in seconds; measured are 0.25 to 4.
    pub held_s: f32,
}

impl PlayedNote {
    /// The test note: C4 for two seconds.
    pub const TEST: Self = Self { key: KEY, held_s: 2.0 };

    /// Its events, and the length of its sound in frames: the time that it is held, and as much after it.
    fn events(self) -> ([Event; 2], usize) {
        let held_s = if self.held_s.is_nan() { HELD_S[1] } else { self.held_s.clamp(HELD_S[0], HELD_S[1]) };
        let frames = |seconds: f32| (seconds * SAMPLE_RATE_HZ as f32).round() as usize;
        let off_frame = frames(held_s) / HOST_BLOCK * HOST_BLOCK;
        let key = self.key.min(127);
        let events = [
            Event { frame: 0, kind: EventKind::NoteOn { key, velocity: VELOCITY } },
            Event { frame: off_frame, kind: EventKind::NoteOff { key } },
        ];
        (events, frames((2.0 * held_s).max(LEAST_SOUND_S)))
    }
}

/// The measures of a sound: its places on some scales.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaledSound<const N: usize> {
    /// Each scale in points: 100 points are the distance of its ends.
    pub scales: [f64; N],
    /// Integrated loudness (ITU-R BS.1770-4) in LUFS.
    pub loudness_lufs: f64,
}

/// The timbral scales of a sound in the order of [`Descriptor::ALL`], 0…100 points.
pub type MeasuredScales = ScaledSound<SCALE_COUNT>;

/// Measures sounds one after the other; plans once. A result does not depend on earlier sounds.
pub struct ScaleMeter(Analyzer);

impl Default for ScaleMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl ScaleMeter {
    /// Plans all transforms.
    pub fn new() -> Self {
        Self(Analyzer::new(SAMPLE_RATE_HZ).expect("44.1 kHz is a rate of the timbre models"))
    }

    /// Renders the note of each patch and measures it; `None` if there is too little sound.
    pub fn measure_patches(&mut self, patches: &[Patch], note: PlayedNote) -> Vec<Option<MeasuredScales>> {
        let (events, frames) = note.events();
        let render = |group| render_many(group, &events, SAMPLE_RATE_HZ as f32, HOST_BLOCK, frames);
        let sounds = patches.chunks(PATCHES_TOGETHER).flat_map(render);
        sounds.map(|sound| self.measure(&sound)).collect()
    }

    fn measure(&mut self, [left, right]: &[Vec<f32>; 2]) -> Option<MeasuredScales> {
        let timbre = self.0.analyze_stereo(left, right).ok()?.clipped();
        let scales = std::array::from_fn(|at| timbre.get(Descriptor::ALL[at]));
        let measured = MeasuredScales { scales, loudness_lufs: loudness_lufs(&[left, right]) };
        scales.iter().all(|value| value.is_finite()).then_some(measured)
    }
}

/// Renders and measures the note of every patch, on all cores; in the order of the patches. `done` is called with the
/// number of finished sounds, from any thread.
#[cfg(not(target_family = "wasm"))]
pub fn measure_scales(
    patches: &[Patch],
    note: PlayedNote,
    done: impl Fn(usize) + Sync,
) -> Vec<Option<MeasuredScales>> {
    let measure = |meter: &mut ScaleMeter, group: &[Patch]| meter.measure_patches(group, note);
    features::measure_groups(patches, ScaleMeter::new, measure, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_note_of_a_person_is_the_one_of_the_features() {
        let patches = [Patch::default()];
        let (events, frames) = PlayedNote::TEST.events();
        let own = render_many(&patches, &events, SAMPLE_RATE_HZ as f32, HOST_BLOCK, frames);
        assert_eq!(own, features::test_note::render_many(&patches));
    }

    #[test]
    fn a_higher_key_is_brighter_and_every_length_can_be_measured() {
        let patch = [Patch::default()];
        let mut meter = ScaleMeter::new();
        let mut measure = |key, held_s| meter.measure_patches(&patch, PlayedNote { key, held_s })[0];
        let [low, high] = [48, 84].map(|key| measure(key, 1.0).expect("a sound").scales[2]);
        assert!(high > low + 2.0, "{low} {high}");
        for held_s in [0.0, 0.01, 100.0, f32::NAN] {
            assert!(measure(200, held_s).is_some(), "{held_s} s");
        }
    }
}
