//! A sketch: from an analysed voice to the patch and its performance.

use features::loudness_lufs;
use features::test_note::SAMPLE_RATE_HZ;
use matching::guess::Guess;
use matching::{KnownSounds, Strand, Target, TargetError, with_gain};
use patch::{Parameter, Patch};

use crate::analysis::VoiceAnalysis;
use crate::contour_following;
use crate::contours::HOP;
use crate::decisions::Decisions;
use crate::error::SketchError;
use crate::performance::SketchPerformance;
use crate::refinement::{SketchRefinement, balance};
use crate::voice_judge::VoiceJudge;

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

/// A sketched patch, and its performance.
#[derive(Clone, Debug, PartialEq)]
pub struct VoiceSketch {
    /// The patch.
    pub patch: Patch,
    /// The notes with their bends and the contour of the cutoff.
    pub performance: SketchPerformance,
}

/// Steps towards the voice's loudness.
const LOUDNESS_STEPS: usize = 4;

/// A running sketch, step by step: callers can stop between two steps, and judge in several threads or workers,
/// each with a `SketchSearch` of its own for the same voice.
///
/// First comes a [`Strand`] within the limits that the voice decides ([`SketchSearch::strand`]). Whole
/// performances follow, from its best patch on ([`SketchSearch::refine`]): [`SketchSearch::losses`] judges the
/// [`SketchSearch::candidates`], and [`SketchSearch::record`] takes the losses, until no candidates are left.
pub struct SketchSearch {
    samples: Vec<f32>,
    voice: VoiceAnalysis,
    decisions: Decisions,
    settings: SketchSettings,
    note: Target,
    judge: VoiceJudge,
    refinement: Option<SketchRefinement>,
}

impl SketchSearch {
    /// A sketch of an analysed recording.
    ///
    /// # Errors
    /// If the matched part of the voice is too short.
    pub fn new(
        recording: &Target,
        voice: VoiceAnalysis,
        settings: SketchSettings,
    ) -> Result<Self, SketchError> {
        let note = longest_note(recording, &voice)?;
        let samples = recording.sounding().to_vec();
        let decisions = Decisions::new(&voice, samples.len() as f32 / SAMPLE_RATE_HZ as f32);
        let judge = VoiceJudge::new(voice.clone(), &samples);
        Ok(Self { samples, voice, decisions, settings, note, judge, refinement: None })
    }

    /// Holds a parameter at a value, which the patch of the sketch has. Call it before the strand begins.
    pub fn hold(&mut self, parameter: Parameter, value: f32) {
        self.decisions.hold(parameter, value);
    }

    /// The search for the longest note within the limits. `guess` runs the network that guesses patches.
    pub fn strand(&self, (known, presets): (&KnownSounds, &[Patch]), guess: Option<Box<Guess>>) -> Strand {
        let SketchSettings { seed, match_renders, .. } = self.settings;
        let settings = self.decisions.match_settings(seed, match_renders);
        let strand = Strand::new(&self.note, known, presets, &settings, 0, 1);
        match guess {
            Some(guess) => strand.with_guesses(guess),
            None => strand,
        }
    }

    /// Goes on from the patch that the strand has found, which also decides the loudness of each note. Call it
    /// once.
    pub fn refine(&mut self, matched: &Patch) {
        let SketchSettings { seed, refine_renders, .. } = self.settings;
        let settings = self.decisions.match_settings(seed, refine_renders);
        let matched = settings.limited(*matched);
        balance(&self.voice, &mut self.decisions.performance, &matched);
        self.refinement = Some(SketchRefinement::new(settings, matched));
    }

    /// The patches to judge next; empty before [`SketchSearch::refine`] and at the end.
    pub fn candidates(&self) -> &[Patch] {
        self.refinement.as_ref().map_or(&[], SketchRefinement::candidates)
    }

    /// The distances of patches' performances from the voice: 0 for equal ones. Renders each once.
    pub fn losses(&mut self, patches: &[Patch]) -> Vec<f64> {
        let sounds = self.decisions.performance.render_all(patches);
        sounds.iter().map(|sound| self.judge.loss(sound)).collect()
    }

    /// Takes the losses of the candidates, in their order. Half-way the performance changes: it follows the voice
    /// with the best patch, and from then on patches are judged with its bends and cutoffs. So each search that
    /// judges has to record all losses.
    pub fn record(&mut self, losses: &[f64]) {
        let Some(refinement) = &mut self.refinement else { return };
        refinement.record(losses);
        if refinement.is_half_way() {
            let patch = refinement.best().0;
            let performance = &mut self.decisions.performance;
            *performance = contour_following::followed(&mut self.judge, &patch, performance.clone());
            refinement.judge_anew(self.judge.loss(&performance.render(&patch)));
        }
    }

    /// The best patch of all that were recorded, and its loss: at first the given patch; `None` before
    /// [`SketchSearch::refine`].
    pub fn best(&self) -> Option<(Patch, f64)> {
        self.refinement.as_ref().map(SketchRefinement::best)
    }

    /// The sketch with a patch: its brightness follows the voice's, and each note and the whole are as loud as the
    /// voice.
    pub fn finish(&mut self, patch: &Patch) -> VoiceSketch {
        let mut performance = self.decisions.performance.clone();
        balance(&self.voice, &mut performance, patch);
        performance = contour_following::followed(&mut self.judge, patch, performance);
        balance(&self.voice, &mut performance, patch);
        let patch = match self.decisions.is_fixed(Parameter::MasterVol) {
            true => *patch,
            false => performed_as_loud_as(&performance, patch, &self.samples),
        };
        VoiceSketch { patch, performance }
    }
}

/// Finds the patch for a voice, on one thread. `guess` runs the network that guesses patches; `rendered` gets the
/// number of newly rendered sounds.
///
/// # Errors
/// If the matched part of the voice is too short.
pub fn sketch(
    recording: &Target,
    voice: &VoiceAnalysis,
    known: (&KnownSounds, &[Patch]),
    guess: Option<Box<Guess>>,
    settings: &SketchSettings,
    mut rendered: impl FnMut(usize),
) -> Result<VoiceSketch, SketchError> {
    let mut search = SketchSearch::new(recording, voice.clone(), *settings)?;
    let mut strand = search.strand(known, guess);
    let mut before = 0;
    while strand.step() {
        rendered((strand.renders() - before) as usize);
        before = strand.renders();
    }
    let matched = strand.best().patch;
    search.refine(&matched);
    loop {
        let patches = search.candidates().to_vec();
        if patches.is_empty() {
            break;
        }
        let losses = search.losses(&patches);
        search.record(&losses);
        rendered(patches.len());
    }
    let (patch, _) = search.best().unwrap_or((matched, f64::INFINITY));
    Ok(search.finish(&patch))
}

/// The longest note alone, as a sound to be matched.
///
/// # Errors
/// If it is too short.
pub fn longest_note(recording: &Target, voice: &VoiceAnalysis) -> Result<Target, SketchError> {
    let group = voice.longest();
    let samples = recording.sounding();
    let first = (group.first * HOP).saturating_sub(HOP).min(samples.len());
    let part = &samples[first..(group.end * HOP).clamp(first, samples.len())];
    let target = Target::new(&[part], SAMPLE_RATE_HZ).map_err(|error| match error {
        TargetError::TooShort { seconds } => SketchError::ShortNotes { seconds },
        other => other.into(),
    })?;
    let key = group.notes.first().map_or(60, |note| note.1);
    let target = if target.pitch().is_some() { target } else { target.with_key(key) };
    // The performance has the bends and the lengths of its notes.
    Ok(target.with_one_note())
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
