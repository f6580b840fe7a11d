//! Beatbox: where a rhythm's hits are, which of them sound alike, and a patch for each kind.

use features::spectrum::{BAND_COUNT, Spectrum};
use features::test_note::SAMPLE_RATE_HZ;
use matching::{KnownSounds, MatchSettings, Strand, Target, as_loud_as};
use patch::Patch;

use crate::contours::{ContourMeter, HOP, HOP_S};
use crate::error::{FEWEST_HITS, SketchError};
use crate::notes::SketchedNote;
use crate::performance::SketchPerformance;

/// The most kinds of hits: one for each finger and thumb would be ten, and nobody beatboxes more than this.
const MOST_CLASSES: usize = 6;
/// A hit's level rises by at least this within 50 ms, in dB.
const RISE_DB: f32 = 9.0;
const RISE_FRAMES: usize = 5;
/// Quieter hits, in dB below the loudest, are noise of the room.
const QUIETEST_DB: f32 = 26.0;
/// Hits follow each other after at least so many frames.
const APART: usize = 8;
/// The longest part of a hit that is heard, in frames.
const LONGEST: usize = 40;
/// Hits whose bands differ by less on average, in dB, are of one kind.
const ALIKE_DB: f32 = 7.5;
/// What lies this far below a hit's loudest band does not count.
const RANGE_DB: f32 = 40.0;

/// A hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceHit {
    /// When it begins, in seconds.
    pub start_s: f32,
    /// How long its key is held, in seconds.
    pub held_s: f32,
    /// MIDI velocity, 1…127.
    pub velocity: u8,
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
}

/// A sketched rhythm.
#[derive(Clone, Debug, PartialEq)]
pub struct BeatSketch {
    /// Its kinds of hits, in the order in which they first occur.
    pub classes: Vec<HitClass>,
    /// Length of the rhythm in seconds.
    pub length_s: f32,
}

/// The hits of a recording.
pub fn find_hits(samples: &[f32]) -> Vec<VoiceHit> {
    let level = ContourMeter::new().measure(samples).level;
    let loudest = level.iter().copied().fold(0.0, f32::max);
    if loudest <= 0.0 {
        return Vec::new();
    }
    let levels: Vec<f32> = level.iter().map(|level| 20.0 * (level / loudest).max(1e-4).log10()).collect();
    let mut starts: Vec<usize> = Vec::new();
    for at in 0..levels.len() {
        // Silence comes before the recording.
        let before = (1..=RISE_FRAMES).map(|back| at.checked_sub(back).map_or(-80.0, |at| levels[at]));
        let lowest = before.fold(f32::MAX, f32::min);
        let peak = levels[at..(at + RISE_FRAMES).min(levels.len())].iter().copied().fold(f32::MIN, f32::max);
        let is_new = starts.last().is_none_or(|last| at - last >= APART);
        if levels[at] - lowest >= RISE_DB && peak >= -QUIETEST_DB && is_new {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([levels.len()]);
    let hit = |(start, end): (usize, usize)| {
        let end = end.min(start + LONGEST);
        let own = &levels[start..end.max(start + 1)];
        let peak = own.iter().copied().fold(f32::MIN, f32::max);
        // It is held until it has fallen by 20 dB for good.
        let held = own.iter().rposition(|&level| level >= peak - 20.0).unwrap_or(0) + 1;
        let velocity = (110.0 * 10.0_f32.powf(peak / 20.0)).round().clamp(1.0, 127.0) as u8;
        VoiceHit { start_s: start as f32 * HOP_S, held_s: held as f32 * HOP_S, velocity }
    };
    starts.iter().copied().zip(ends).map(hit).collect()
}

/// Whether a recording has enough hits.
pub fn is_rhythm(samples: &[f32]) -> bool {
    find_hits(samples).len() >= FEWEST_HITS
}

impl BeatSketch {
    /// The sound of all patches that play their hits, mono at 44.1 kHz.
    pub fn render(&self) -> Vec<f32> {
        let frames = (self.length_s * SAMPLE_RATE_HZ as f32).round() as usize;
        let mut sound = vec![0.0; frames];
        for HitClass { hits, patch, key } in &self.classes {
            let note = |hit: &VoiceHit| SketchedNote {
                start_s: hit.start_s,
                end_s: hit.start_s + hit.held_s,
                key: *key,
                velocity: hit.velocity,
            };
            let notes = hits.iter().map(note).collect();
            let part = SketchPerformance { notes, length_s: self.length_s, ..SketchPerformance::default() };
            sound.iter_mut().zip(part.render(patch)).for_each(|(whole, part)| *whole += part);
        }
        sound
    }
}

fn samples_of<'a>(samples: &'a [f32], hit: &VoiceHit) -> &'a [f32] {
    let start = ((hit.start_s / HOP_S).round() as usize * HOP).saturating_sub(HOP).min(samples.len());
    let length = ((hit.held_s / HOP_S).round() as usize + 3) * HOP;
    &samples[start..(start + length).min(samples.len())]
}

/// The kind of each hit: those that sound nearest to each other are joined until all kinds differ.
fn kinds(samples: &[f32], hits: &[VoiceHit]) -> Vec<usize> {
    let bands = |hit: &VoiceHit| -> [f32; BAND_COUNT] {
        let own = samples_of(samples, hit);
        let length_s = own.len().max(1) as f64 / f64::from(SAMPLE_RATE_HZ);
        let features = Spectrum::with_ends([length_s; 5]).measure(own);
        let loudest = features[..BAND_COUNT].iter().copied().fold(f32::MIN, f32::max);
        std::array::from_fn(|band| (features[band] - loudest).max(-RANGE_DB))
    };
    let bands: Vec<_> = hits.iter().map(bands).collect();
    let between = |a: usize, b: usize| {
        bands[a].iter().zip(&bands[b]).map(|(a, b)| (a - b).abs()).sum::<f32>() / BAND_COUNT as f32
    };
    let mut groups: Vec<Vec<usize>> = (0..hits.len()).map(|hit| vec![hit]).collect();
    while groups.len() > 1 {
        let distance = |a: &[usize], b: &[usize]| {
            let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
            pairs.map(|(a, b)| between(a, b)).sum::<f32>() / (a.len() * b.len()) as f32
        };
        let pairs = (0..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let nearest =
            pairs.map(|(a, b)| (a, b, distance(&groups[a], &groups[b]))).min_by(|a, b| a.2.total_cmp(&b.2));
        let Some((a, b, distance)) = nearest else { break };
        if distance > ALIKE_DB && groups.len() <= MOST_CLASSES {
            break;
        }
        let joined = groups.remove(b);
        groups[a].extend(joined);
    }
    groups.sort_by_key(|group| group.iter().copied().min());
    let kind = |hit: usize| groups.iter().position(|group| group.contains(&hit)).unwrap_or(0);
    (0..hits.len()).map(kind).collect()
}

/// Finds the kinds of hits and a patch for each, after so many renders a kind. `rendered` gets how many more sounds are
/// rendered, of how many.
///
/// # Errors
/// If there are too few hits.
pub fn beat_sketch(
    recording: &Target,
    (known, presets): (&KnownSounds, &[Patch]),
    (seed, renders): (u64, u32),
    mut rendered: impl FnMut(usize, usize),
) -> Result<BeatSketch, SketchError> {
    let samples = recording.samples();
    let hits = find_hits(samples);
    if hits.len() < FEWEST_HITS {
        return Err(SketchError::FewHits { found: hits.len() });
    }
    let kinds = kinds(samples, &hits);
    let count = kinds.iter().max().map_or(0, |kind| kind + 1);
    let mut classes = Vec::with_capacity(count);
    for kind in 0..count {
        let own: Vec<VoiceHit> =
            hits.iter().zip(&kinds).filter(|(_, own)| **own == kind).map(|(hit, _)| *hit).collect();
        let Some(clearest) = own.iter().max_by_key(|hit| hit.velocity) else { continue };
        let part = samples_of(samples, clearest);
        // A very short hit gets its silence back: a patch may ring where the voice stops.
        let padded: Vec<f32> = part.iter().copied().chain([0.0; 4 * HOP]).collect();
        let target = Target::new(&[&padded], SAMPLE_RATE_HZ)?;
        let settings =
            MatchSettings { seed: seed.wrapping_add(kind as u64), renders, ..MatchSettings::default() };
        let mut strand = Strand::new(&target, known, presets, &settings, 0, 1);
        let mut before = 0;
        loop {
            let goes_on = strand.step();
            rendered((strand.renders() - before) as usize, count * renders as usize);
            before = strand.renders();
            if !goes_on {
                break;
            }
        }
        let patch = as_loud_as(&target, &strand.best().patch);
        classes.push(HitClass { hits: own, patch, key: target.note().key });
    }
    Ok(BeatSketch { classes, length_s: samples.len() as f32 / SAMPLE_RATE_HZ as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A low thud and a bright hiss by turns, a quarter of a second apart.
    fn rhythm() -> Vec<f32> {
        let mut state = 1_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as f32 / u32::MAX as f32 - 0.5
        };
        let mut before = 0.0;
        let mut samples = vec![0.0; 2000];
        for hit in 0..8 {
            for n in 0..SAMPLE_RATE_HZ as usize / 4 {
                let fall = (-(n as f32) / 2000.0).exp();
                let now = noise();
                let hiss = now - std::mem::replace(&mut before, now);
                let thud = (n as f32 * 0.012).sin();
                samples.push(fall * if hit % 2 == 0 { 0.4 * thud } else { 0.2 * hiss });
            }
        }
        samples
    }

    #[test]
    fn hits_and_their_kinds_are_found() {
        let samples = rhythm();
        let hits = find_hits(&samples);
        assert_eq!(hits.len(), 8, "{hits:?}");
        for (at, hit) in hits.iter().enumerate() {
            let wanted = 2000.0 / SAMPLE_RATE_HZ as f32 + at as f32 * 0.25;
            assert!((hit.start_s - wanted).abs() < 0.02, "{hit:?}");
        }
        assert_eq!(kinds(&samples, &hits), [0, 1, 0, 1, 0, 1, 0, 1]);
    }

    #[test]
    fn silence_has_no_hits() {
        assert!(find_hits(&[0.0; 20_000]).is_empty());
    }
}
