//! Sounds that are held back from every choice: random patches of three kinds that play random notes, as files would
//! have them. The n-th sound of a kind and a seed is always the same. Never clips: amSynth's limiter leaves it alone.

use crate::given_file::GivenFile;
use crate::sound_kinds::SoundKind;
use crate::stereo_note::PlayedPatch;
use features::loudness_lufs;
use features::test_note::SAMPLE_RATE_HZ;
use matching::{TargetNote, render_stereo, with_gain};
use patch::{Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// The seed of the sounds by which nothing may be chosen.
pub const HELD_BACK_SEED: u64 = 7_301;
/// The sounds of each kind.
pub const HELD_BACK_COUNT: u32 = 24;

/// A volume at which amSynth's limiter leaves every patch alone.
const QUIET: f32 = 0.05;
/// The sum of both channels' peaks above which amSynth's limiter lowers the sound.
const LIMIT: f32 = voice::limiter::THRESHOLD as f32;
/// A sound's peak is below the limit by a random level between these.
const BELOW_LIMIT_DB: [f32; 2] = [0.3, 6.0];
/// Quieter sounds are drawn anew: they are hardly audible.
const LEAST_LUFS: f64 = -45.0;
/// The range of keys: a half octave more than that of the sounds by which the search was developed.
const KEYS: [u8; 2] = [36, 78];
const VELOCITIES: [u8; 2] = [40, 127];
/// The time of the release, evenly in its logarithm.
const HELD_S: [f32; 2] = [0.25, 2.2];
/// The time after the release at which a file ends.
const AFTER_S: [f32; 2] = [0.8, 3.0];

/// A made sound.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeSound {
    /// The patch.
    pub patch: Patch,
    /// The note that it plays.
    pub note: TargetNote,
    /// Left and right at 44.1 kHz, rounded to 16 bits.
    pub channels: [Vec<f32>; 2],
}

/// The first sounds of a kind.
pub fn made_sounds(kind: SoundKind, seed: u64, count: u32) -> Vec<MadeSound> {
    (0..count).into_par_iter().map(|number| made_sound(kind, seed, number)).collect()
}

fn made_sound(kind: SoundKind, seed: u64, number: u32) -> MadeSound {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(((kind as u64) << 32) | u64::from(number));
    loop {
        let patch = kind.patch(&mut random);
        let [shortest_s, longest_s] = HELD_S;
        let held_s = shortest_s * (longest_s / shortest_s).powf(random.random_range(0.0..=1.0));
        let note = TargetNote {
            key: random.random_range(KEYS[0]..=KEYS[1]),
            bend_cents: 0.0,
            velocity: random.random_range(VELOCITIES[0]..=VELOCITIES[1]),
            held_s,
            length_s: held_s + random.random_range(AFTER_S[0]..=AFTER_S[1]),
        };
        let below_db = random.random_range(BELOW_LIMIT_DB[0]..=BELOW_LIMIT_DB[1]);
        let patch = below_the_limit(&patch, &note, below_db);
        let channels = render_stereo(&patch, &note).map(rounded);
        let [left, right] = &channels;
        if loudness_lufs(&[left, right]) > LEAST_LUFS {
            return MadeSound { patch, note, channels };
        }
    }
}

/// The patch at the volume at which the peak of its note is `below_db` below the limit, as far as its volume goes.
fn below_the_limit(patch: &Patch, note: &TargetNote, below_db: f32) -> Patch {
    let mut quiet = *patch;
    quiet.set(Parameter::MasterVol, QUIET);
    let [left, right] = render_stereo(&quiet, note);
    let peak =
        left.iter().zip(&right).fold(0.0_f32, |peak, (left, right)| peak.max(left.abs() + right.abs()));
    let missing_db = 20.0 * (LIMIT / peak.max(f32::MIN_POSITIVE)).log10() - below_db;
    with_gain(&quiet, missing_db).0
}

/// As a file of 16 bits has it.
pub(crate) fn rounded(channel: Vec<f32>) -> Vec<f32> {
    channel.iter().map(|sample| (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) / 32_768.0).collect()
}

impl MadeSound {
    /// As a file that is given to a search.
    pub fn file(self, name: String) -> GivenFile {
        GivenFile {
            name,
            key: asked_key(&self.patch, self.note.key),
            made_by: Some(PlayedPatch { patch: self.patch, note: self.note }),
            channels: self.channels.to_vec(),
            sample_rate_hz: SAMPLE_RATE_HZ,
        }
    }

    /// A preset's test note as a file.
    pub fn of_preset(patch: &Patch) -> Self {
        let note = TargetNote::TEST;
        Self { patch: *patch, note, channels: render_stereo(patch, &note).map(rounded) }
    }
}

/// The key of a note, unless most of its sound is a noise, which has none.
fn asked_key(patch: &Patch, key: u8) -> Option<u8> {
    let second = 0.5 * (1.0 + patch.get(Parameter::OscMix));
    let oscillators = [(Parameter::Osc1Waveform, 1.0 - second), (Parameter::Osc2Waveform, second)];
    // Sines, pulses and saws.
    let pitched = oscillators.iter().filter(|(waveform, _)| patch.get(*waveform) < 3.0);
    (pitched.map(|(_, share)| share).sum::<f32>() >= 0.5).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: u32 = 12;

    fn peak(sound: &MadeSound) -> f32 {
        let [left, right] = &sound.channels;
        left.iter().zip(right).fold(0.0, |peak, (left, right)| peak.max(left.abs() + right.abs()))
    }

    #[test]
    fn the_same_seed_makes_the_same_sounds_whatever_their_number() {
        for kind in SoundKind::ALL {
            let sounds = made_sounds(kind, 5, 4);
            assert_eq!(sounds[..2], made_sounds(kind, 5, 2)[..]);
            assert_ne!(sounds[0], sounds[1]);
            assert_ne!(sounds[0].patch, made_sounds(kind, 6, 1)[0].patch);
        }
        let first = SoundKind::ALL.map(|kind| made_sounds(kind, 5, 1)[0].note);
        assert!(first[0] != first[1] && first[1] != first[2], "{first:?}");
    }

    #[test]
    fn no_sound_reaches_the_limiter_or_is_too_quiet_to_hear() {
        for kind in SoundKind::ALL {
            for sound in made_sounds(kind, 5, COUNT) {
                let peak = peak(&sound);
                assert!((0.02..LIMIT).contains(&peak), "{kind:?}: {peak}");
                let half = with_gain(&sound.patch, -6.0).0;
                let [left, _] = render_stereo(&half, &sound.note);
                let error = |(half, whole): (&f32, &f32)| (2.0 * half / 1.002_374_5 - whole).abs();
                let greatest = left.iter().zip(&sound.channels[0]).map(error).fold(0.0, f32::max);
                // A distortion begins clean, so that its first samples do not follow the volume.
                let is_clean = sound.patch.get(Parameter::DistortionCrunch) == 0.0;
                let allowed = if is_clean { 1e-4 } else { 0.05 * peak };
                assert!(greatest < allowed, "{kind:?} {:?}: {greatest}", sound.note);
            }
        }
    }

    #[test]
    fn notes_and_lengths_are_random() {
        let sounds = made_sounds(SoundKind::Plain, 5, COUNT);
        let different = |of: &dyn Fn(&MadeSound) -> u32| {
            let mut values: Vec<u32> = sounds.iter().map(of).collect();
            values.sort_unstable();
            values.dedup();
            values.len()
        };
        assert!(different(&|sound| u32::from(sound.note.key)) > 6);
        assert!(different(&|sound| u32::from(sound.note.velocity)) > 6);
        assert_eq!(different(&|sound| sound.note.held_s.to_bits()), COUNT as usize);
        assert_eq!(different(&|sound| sound.channels[0].len() as u32), COUNT as usize);
        assert!(sounds.iter().all(|sound| sound.note.length_s >= sound.note.held_s + AFTER_S[0]));
    }

    #[test]
    fn noises_are_not_asked_for_a_key() {
        let mut noise = Patch::default();
        noise.set(Parameter::Osc1Waveform, 3.0);
        noise.set(Parameter::OscMix, -1.0);
        assert_eq!(asked_key(&noise, 50), None);
        noise.set(Parameter::OscMix, 0.2);
        assert_eq!(asked_key(&noise, 50), Some(50), "the second oscillator is louder");
    }
}
