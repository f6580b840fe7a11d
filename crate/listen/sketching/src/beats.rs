//! Beatbox: a patch for each kind of a rhythm's hits.

use features::test_note::SAMPLE_RATE_HZ;
use matching::{KnownSounds, MatchSettings, Strand, Target, as_loud_as};
use patch::Patch;

use crate::contours::HOP;
use crate::error::{FEWEST_HITS, SketchError};
use crate::hits::{VoiceHit, find_hits, kinds, samples_of};
use crate::notes::SketchedNote;
use crate::performance::SketchPerformance;

/// The settings of a rhythm's sketch, and with them its cost.
#[derive(Clone, Copy, Debug)]
pub struct BeatSettings {
    /// The same seed gives the same patches.
    pub seed: u64,
    /// The most patches that are rendered for each kind of hits.
    pub renders: u32,
    /// The most kinds of hits.
    pub most_kinds: usize,
}

impl Default for BeatSettings {
    /// At most six kinds: beatboxed rhythms do not have more.
    fn default() -> Self {
        Self { seed: 1, renders: 150, most_kinds: 6 }
    }
}

/// Hits that sound alike, and the patch that plays them.
#[derive(Clone, Debug, PartialEq)]
pub struct HitClass {
    /// In the order of time.
    pub hits: Vec<VoiceHit>,
    /// The patch.
    pub patch: Patch,
    /// The MIDI key that plays it.
    pub key: u8,
    /// The distance of the hits' pitch from that key, in cents: the patch was searched with this bend.
    pub bend_cents: f32,
}

/// A sketched rhythm.
#[derive(Clone, Debug, PartialEq)]
pub struct BeatSketch {
    /// Its kinds of hits, in the order in which they first occur.
    pub classes: Vec<HitClass>,
    /// Length of the rhythm in seconds.
    pub length_s: f32,
}

/// The search for a rhythm's patches: a search for each kind of hits.
pub struct BeatSearch {
    kinds: Vec<HitKind>,
    settings: BeatSettings,
    length_s: f32,
}

/// Hits that sound alike, and the sound of the loudest one.
struct HitKind {
    hits: Vec<VoiceHit>,
    target: Target,
}

impl BeatSearch {
    /// Finds the hits of a recording and their kinds.
    ///
    /// # Errors
    /// If there are too few hits.
    pub fn new(recording: &Target, settings: BeatSettings) -> Result<Self, SketchError> {
        let samples = recording.sounding();
        let hits = find_hits(samples);
        if hits.len() < FEWEST_HITS {
            return Err(SketchError::FewHits { found: hits.len() });
        }
        let kinds = kinds(samples, &hits, settings.most_kinds.max(1));
        let kind = |kind: usize| {
            let own = hits.iter().zip(&kinds).filter(|(_, own)| **own == kind);
            let hits: Vec<VoiceHit> = own.map(|(hit, _)| *hit).collect();
            let loudest = hits.iter().max_by_key(|hit| hit.velocity)?;
            let part = samples_of(samples, loudest);
            // A very short hit gets its silence back: a patch may ring when the voice stops.
            let padded: Vec<f32> = part.iter().copied().chain([0.0; 4 * HOP]).collect();
            let target = Target::padded(&[&padded], SAMPLE_RATE_HZ).map(Target::with_one_note);
            Some(target.map(|target| HitKind { hits, target }))
        };
        let count = kinds.iter().max().map_or(0, |kind| kind + 1);
        let kinds = (0..count).filter_map(kind).collect::<Result<_, _>>()?;
        Ok(Self { kinds, settings, length_s: samples.len() as f32 / SAMPLE_RATE_HZ as f32 })
    }

    /// The settings.
    pub fn settings(&self) -> BeatSettings {
        self.settings
    }

    /// The hits of each kind and the MIDI key that plays them, in the order in which the kinds first occur.
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = (&[VoiceHit], u8)> {
        self.kinds.iter().map(|kind| (kind.hits.as_slice(), kind.target.note().key))
    }

    /// The search for the patch of a kind; `None` if there is no such kind.
    pub fn strand(&self, kind: usize, (known, presets): (&KnownSounds, &[Patch])) -> Option<Strand> {
        let BeatSettings { seed, renders, .. } = self.settings;
        let settings =
            MatchSettings { seed: seed.wrapping_add(kind as u64), renders, ..MatchSettings::default() };
        Some(Strand::new(&self.kinds.get(kind)?.target, known, presets, &settings, 0, 1))
    }

    /// A patch as loud as the hits of a kind.
    pub fn as_loud(&self, kind: usize, patch: &Patch) -> Patch {
        self.kinds.get(kind).map_or(*patch, |kind| as_loud_as(&kind.target, patch, &kind.target.note()))
    }

    /// The rhythm with a patch for each kind; if the last kinds have no patches, they are silent.
    pub fn finish(&self, patches: &[Patch]) -> BeatSketch {
        let class = |(HitKind { hits, target }, &patch): (&HitKind, &Patch)| HitClass {
            hits: hits.clone(),
            patch,
            key: target.note().key,
            bend_cents: target.note().bend_cents,
        };
        BeatSketch { classes: self.kinds.iter().zip(patches).map(class).collect(), length_s: self.length_s }
    }
}

impl HitClass {
    /// The hits as a performance of the patch; the bend holds from the beginning to the end.
    pub(crate) fn performance(&self, length_s: f32) -> SketchPerformance {
        let note = |hit: &VoiceHit| SketchedNote {
            start_s: hit.start_s,
            end_s: hit.start_s + hit.held_s,
            key: self.key,
            velocity: hit.velocity,
        };
        let notes = self.hits.iter().map(note).collect();
        SketchPerformance {
            notes,
            bend_cents: vec![self.bend_cents],
            length_s,
            ..SketchPerformance::default()
        }
    }
}

impl BeatSketch {
    /// The same hits later by this many seconds: at the times of a recording that begins with a silence.
    #[must_use]
    pub fn later(mut self, lead_s: f32) -> Self {
        self.length_s += lead_s;
        self.classes.iter_mut().flat_map(|class| &mut class.hits).for_each(|hit| hit.start_s += lead_s);
        self
    }

    /// The sound of all patches that play their hits, mono at 44.1 kHz.
    pub fn render(&self) -> Vec<f32> {
        let frames = (self.length_s * SAMPLE_RATE_HZ as f32).round() as usize;
        let mut sound = vec![0.0; frames];
        for class in &self.classes {
            sound.iter_mut().zip(self.render_class(class)).for_each(|(whole, part)| *whole += part);
        }
        sound
    }

    /// The sound of one kind of hits in it.
    pub fn render_class(&self, class: &HitClass) -> Vec<f32> {
        class.performance(self.length_s).render(&class.patch)
    }
}

/// Finds the kinds of hits and a patch for each. `rendered` gets the number of newly rendered sounds and of all
/// sounds.
///
/// # Errors
/// If there are too few hits.
pub fn beat_sketch(
    recording: &Target,
    known: (&KnownSounds, &[Patch]),
    settings: BeatSettings,
    mut rendered: impl FnMut(usize, usize),
) -> Result<BeatSketch, SketchError> {
    let search = BeatSearch::new(recording, settings)?;
    let count = search.kinds().len();
    let mut patches = Vec::with_capacity(count);
    for kind in 0..count {
        let Some(mut strand) = search.strand(kind, known) else { continue };
        let mut before = 0;
        loop {
            let goes_on = strand.step();
            rendered((strand.renders() - before) as usize, count * settings.renders as usize);
            before = strand.renders();
            if !goes_on {
                break;
            }
        }
        patches.push(search.as_loud(kind, &strand.best().patch));
    }
    Ok(search.finish(&patches))
}
