//! A sketch: from an analysed voice to the patch and its performance.

use features::loudness_lufs;
use features::test_note::SAMPLE_RATE_HZ;
use matching::guess::Guess;
use matching::{KnownSounds, Strand, Target, with_gain};
use patch::Patch;

use crate::analysis::VoiceAnalysis;
use crate::contours::HOP;
use crate::decisions::Decisions;
use crate::error::SketchError;
use crate::performance::SketchPerformance;
use crate::refinement::{VoiceJudge, balance, refine};

/// The settings of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SketchSettings {
    /// The same seed gives the same patch.
    pub seed: u64,
    /// The most patches that the search within the limits renders.
    pub match_renders: u32,
    /// The most performances that the refinement renders.
    pub refine_renders: u32,
}

impl Default for SketchSettings {
    fn default() -> Self {
        Self { seed: 1, match_renders: 120, refine_renders: 900 }
    }
}

impl SketchSettings {
    /// All renders.
    pub fn renders(&self) -> usize {
        (self.match_renders + self.refine_renders) as usize
    }
}

/// A sketched patch, and how it is played.
#[derive(Clone, Debug, PartialEq)]
pub struct VoiceSketch {
    /// The patch.
    pub patch: Patch,
    /// The notes with their bends.
    pub performance: SketchPerformance,
}

/// Steps towards the voice's loudness.
const LOUDNESS_STEPS: usize = 4;

/// Finds the patch for a voice. `guess` runs the network that guesses patches; `rendered` gets how many more sounds are
/// rendered.
///
/// # Errors
/// If the part of the voice that is matched is too short.
pub fn sketch(
    recording: &Target,
    voice: &VoiceAnalysis,
    (known, presets): (&KnownSounds, &[Patch]),
    guess: Option<Box<Guess>>,
    settings: &SketchSettings,
    mut rendered: impl FnMut(usize),
) -> Result<VoiceSketch, SketchError> {
    let samples = recording.samples();
    let length_s = samples.len() as f32 / SAMPLE_RATE_HZ as f32;
    let mut decisions = Decisions::new(voice, length_s);
    let target = longest_note(recording, voice)?;
    let match_settings = decisions.match_settings(settings.seed, settings.match_renders);
    let mut strand = Strand::new(&target, known, presets, &match_settings, 0, 1);
    if let Some(guess) = guess {
        strand = strand.with_guesses(guess);
    }
    let mut before = 0;
    while strand.step() {
        rendered((strand.renders() - before) as usize);
        before = strand.renders();
    }
    let matched = strand.best().patch;
    balance(voice, &mut decisions.performance, &matched);
    let mut judge = VoiceJudge::new(voice, samples);
    let budget = (settings.seed, settings.refine_renders);
    let found = refine(&mut judge, &decisions, &matched, budget, rendered);
    balance(voice, &mut decisions.performance, &found);
    let patch = performed_as_loud_as(&decisions.performance, &found, samples);
    Ok(VoiceSketch { patch, performance: decisions.performance })
}

/// The longest note alone, as a sound to be matched.
///
/// # Errors
/// If it is too short.
pub fn longest_note(recording: &Target, voice: &VoiceAnalysis) -> Result<Target, SketchError> {
    let group = voice.longest();
    let samples = recording.samples();
    let first = (group.first * HOP).saturating_sub(HOP).min(samples.len());
    let part = &samples[first..(group.end * HOP).clamp(first, samples.len())];
    let target = Target::new(&[part], SAMPLE_RATE_HZ)?;
    let key = group.notes.first().map_or(60, |note| note.1);
    Ok(if target.pitch().is_some() { target } else { target.with_key(key) })
}

/// The patch at the volume at which its performance is as loud as the voice.
pub fn performed_as_loud_as(performance: &SketchPerformance, patch: &Patch, samples: &[f32]) -> Patch {
    let wanted = loudness_lufs(&[samples]);
    let mut patch = *patch;
    for _ in 0..LOUDNESS_STEPS {
        let missing_db = wanted - loudness_lufs(&[&performance.render(&patch)]);
        if !missing_db.is_finite() || missing_db.abs() < 0.1 {
            break;
        }
        patch = with_gain(&patch, missing_db as f32).0;
    }
    patch
}
