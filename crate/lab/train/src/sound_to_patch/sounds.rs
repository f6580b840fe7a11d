//! The training data, rendered by the voice: groups of sounds of one note, made of a preset of the training rows and of
//! changes of it. Each sound is a target whose start is another one of its group. No test row and no descendant of one
//! is among them.

use features::Phi;
use features::spectrum::Spectrum;
use matching::{KnownSounds, LevelGrid, TargetNote, canonical, render, volume_and_distance};
use patch::Patch;
use patch::encoding::{CATEGORICAL, CONTINUOUS, class_range};
use patch::full_encoding::{FULL_COUNT, FullColumns, decode, encode};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// Sounds of a group: a preset, and changes of it.
pub const GROUP: usize = 10;
/// Standard deviations of the change of a column; each patch has one of them.
const CHANGES: [f32; 3] = [0.05, 0.12, 0.25];
/// Shares of the parameters that change; each patch has one of them.
const SHARES: [f64; 3] = [0.15, 0.4, 0.8];
/// The probability that a categorical is drawn again.
const NEW_CLASS: f64 = 0.05;
/// Share of the groups that play the test note.
const TEST_NOTES: f64 = 0.6;
/// A start is one of this many sounds nearest to the target.
const STARTS: usize = 5;
/// Steps of the kept levels, in dB: small beside audible differences.
const STEP_DB: f32 = 0.4;
/// The lowest level.
const SILENCE_DB: f32 = -90.0;

/// A patch and its sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Sound {
    /// The canonical patch.
    pub patch: Patch,
    /// Its columns.
    pub columns: FullColumns,
    /// Its principal components, on the judge's scale.
    pub components: Phi,
    /// Its levels, in steps.
    pub levels: Vec<u8>,
}

impl Sound {
    /// Renders a patch.
    fn new(patch: &Patch, note: &TargetNote, spectrum: &mut Spectrum, known: &KnownSounds) -> Self {
        let patch = canonical(patch);
        let mut grid = LevelGrid::new(note);
        let features =
            spectrum.measure_with(&render(&patch, note), |seconds, powers| grid.add(seconds, powers));
        let components = known.projection().phi(&features).map(|component| component * known.scale());
        let kept = |level: &f32| ((level - SILENCE_DB) / STEP_DB).round() as u8;
        Self { patch, columns: encode(&patch), components, levels: grid.levels().iter().map(kept).collect() }
    }

    /// Its levels on the grid that networks read, in dB.
    pub fn levels_db(&self) -> impl Iterator<Item = f32> + '_ {
        self.levels.iter().map(|&level| SILENCE_DB + STEP_DB * f32::from(level))
    }
}

/// Sounds of one note.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundGroup {
    /// The note.
    pub note: TargetNote,
    /// The sounds.
    pub sounds: Vec<Sound>,
    /// For each sound its possible starts: positions in the group.
    pub starts: Vec<Vec<usize>>,
}

/// `count` groups, one for each preset in turn; with fewer groups than presets the last presets have no group. `done`
/// is called after each.
pub fn groups(
    origins: &[Patch],
    known: &KnownSounds,
    count: usize,
    seed: u64,
    done: impl Fn() + Sync,
) -> Vec<SoundGroup> {
    let level = known.level_direction().map(|part| part * known.scale());
    let make = |index: usize| {
        let mut random = ChaCha8Rng::seed_from_u64(seed ^ ((index as u64) << 20));
        let group = group(&origins[index % origins.len()], known, &level, &mut random);
        done();
        group
    };
    (0..count).into_par_iter().with_max_len(1).map(make).collect()
}

fn group(preset: &Patch, known: &KnownSounds, level: &Phi, random: &mut impl Rng) -> SoundGroup {
    let columns = encode(&canonical(preset));
    let mut patches = vec![*preset];
    patches.extend((1..GROUP).map(|_| decode(&changed(&columns, random), preset)));
    let note = note(random);
    let mut spectrum = Spectrum::with_ends(note.segment_ends_s());
    let sounds: Vec<Sound> =
        patches.iter().map(|patch| Sound::new(patch, &note, &mut spectrum, known)).collect();
    let starts = (0..sounds.len()).map(|target| starts(&sounds, target, level)).collect();
    SoundGroup { note, sounds, starts }
}

/// The columns with random changes of some parameters. A rise is as likely as a fall, so that a network does not change
/// parameters that the sound does not determine.
fn changed(columns: &FullColumns, random: &mut impl Rng) -> FullColumns {
    let mut changed = *columns;
    let change = CHANGES[random.random_range(0..CHANGES.len())];
    let share = SHARES[random.random_range(0..SHARES.len())];
    for column in (0..CONTINUOUS.len()).chain([FULL_COUNT - 1]) {
        if random.random_bool(share) {
            let moved = changed[column] + change * random.sample::<f32, _>(StandardNormal);
            changed[column] = moved.clamp(0.0, 1.0);
        }
    }
    for classes in CATEGORICAL.into_iter().map(class_range) {
        if random.random_bool(NEW_CLASS) {
            let class = random.random_range(classes.clone());
            changed[classes].fill(0.0);
            changed[class] = 1.0;
        }
    }
    changed
}

fn starts(sounds: &[Sound], target: usize, level: &Phi) -> Vec<usize> {
    let distance =
        |other: usize| volume_and_distance(&sounds[target].components, &sounds[other].components, level).1;
    let mut starts: Vec<usize> = (0..sounds.len()).filter(|&other| other != target).collect();
    starts.sort_by(|&a, &b| distance(a).total_cmp(&distance(b)));
    starts.truncate(STARTS);
    starts
}

fn note(random: &mut impl Rng) -> TargetNote {
    if random.random_bool(TEST_NOTES) {
        return TargetNote::TEST;
    }
    let held_s = random.random_range(0.1_f32.ln()..3.0_f32.ln()).exp();
    TargetNote {
        key: random.random_range(36..=84),
        bend_cents: 0.0,
        velocity: random.random_range(64..=127),
        held_s,
        length_s: held_s + random.random_range(0.1..2.0),
    }
}
