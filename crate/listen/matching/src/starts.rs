//! The known presets from which a strand starts: the presets nearest to the target, distributed so that the
//! strands begin unlike each other.

use features::spectrum::Spectrum;
use features::{Phi, SpectralFeatures};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::known::KnownSounds;
use crate::note::TargetNote;
use crate::preparation::transpose;
use crate::target::Target;

/// Presets of a strand.
pub const START_COUNT: usize = 32;

/// Semitones from the key that is heard to others that may have been played.
const OTHER_KEYS: [i16; 8] = [12, -12, 24, -24, 19, -19, 7, -7];
/// A preset that plays another key than the heard one counts as this many times as far: people expect the heard one.
/// Not tuned.
const OTHER_KEY: f32 = 1.5;
/// The keys that are tried.
const KEYS: RangeInclusive<i16> = 24..=108;

/// A known preset that plays a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownStart {
    /// Its row.
    pub row: usize,
    /// The key.
    pub key: u8,
}

/// The starts of strand `index` of `of`, the nearest first. The leader of the first strand is the preset nearest to
/// the target. The leader of each other strand is the nearby preset that is least like the leaders before it. All
/// other presets join the leader that they are most like.
pub fn starts(target: &Target, known: &KnownSounds, index: u8, of: u8) -> Vec<KnownStart> {
    let of = usize::from(of.max(1));
    let near = nearest(target, known, START_COUNT * of);
    let sound = |start: KnownStart| &known.sounds()[start.row];
    let mut leaders: Vec<KnownStart> = near.first().copied().into_iter().collect();
    while leaders.len() < of.min(near.len()) {
        let apart = |start: KnownStart| {
            let distances = leaders.iter().map(|&leader| square_distance(sound(start), sound(leader)));
            distances.fold(f32::INFINITY, f32::min)
        };
        let candidates = near.iter().copied().filter(|start| !leaders.contains(start));
        leaders.extend(candidates.max_by(|&a, &b| apart(a).total_cmp(&apart(b))));
    }
    // With fewer presets than strands some share a leader.
    let Some(&own) = leaders.get(usize::from(index) % leaders.len().max(1)) else { return Vec::new() };
    let leader = |start: KnownStart| {
        let distance = |leader: KnownStart| square_distance(sound(start), sound(leader));
        leaders.iter().copied().min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
    };
    let mut own_starts: Vec<KnownStart> =
        near.iter().copied().filter(|&start| leader(start) == Some(own)).collect();
    own_starts.truncate(START_COUNT);
    own_starts
}

/// The keys that may have made a target, the likeliest first: oscillators sound octaves or a twelfth beside their key, and
/// two of them a fifth apart have a common fundamental below both.
fn keys(target: &Target) -> Vec<u8> {
    let own = target.note().key;
    let others: &[i16] = if target.is_key_free() { &OTHER_KEYS } else { &[] };
    let others = others.iter().map(|interval| i16::from(own) + interval).filter(|key| KEYS.contains(key));
    let ringing = target.ringing().filter(|_| target.is_key_free()).map(|pitch| pitch.key);
    let mut keys: Vec<u8> = std::iter::once(own).chain(ringing).chain(others.map(|key| key as u8)).collect();
    let mut seen = BTreeSet::new();
    keys.retain(|&key| seen.insert(key));
    keys
}

/// The presets nearest to a target at any of its keys, the nearest first.
fn nearest(target: &Target, known: &KnownSounds, count: usize) -> Vec<KnownStart> {
    let heard = [Some(target.note().key), target.ringing().map(|pitch| pitch.key)];
    let at_key = |key: u8| {
        let near = known.nearest(&features_at_test_key(target, key), count);
        let factor = if heard.contains(&Some(key)) { 1.0 } else { OTHER_KEY };
        near.into_iter().map(move |(row, distance)| (KnownStart { row, key }, factor * distance))
    };
    let mut near: Vec<(KnownStart, f32)> = keys(target).into_iter().flat_map(at_key).collect();
    near.sort_by(|a, b| a.1.total_cmp(&b.1));
    near.truncate(count);
    near.into_iter().map(|(start, _)| start).collect()
}

fn square_distance(a: &Phi, b: &Phi) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

/// The target's features as if a patch that made it with a key had played the test note's key, so that its harmonics
/// have the frequencies of the known presets' harmonics.
fn features_at_test_key(target: &Target, key: u8) -> SpectralFeatures {
    let mut note = target.note();
    let mut samples = target.samples().to_vec();
    if target.has_ended() {
        // As much silence follows as after the test note.
        note.length_s = note.length_s.max(note.held_s + TargetNote::TEST.length_s - TargetNote::TEST.held_s);
        samples.resize(note.frames().max(samples.len()), 0.0);
    }
    let keys = f32::from(TargetNote::TEST.key) - f32::from(key) - note.bend_cents / 100.0;
    let factor = if target.pitch().is_some() { 2.0_f64.powf(f64::from(keys) / 12.0) } else { 1.0 };
    if factor == 1.0 {
        return Spectrum::with_ends(note.segment_ends_s()).measure(&samples);
    }
    let ends = note.segment_ends_s().map(|end| end / factor);
    Spectrum::with_ends(ends).measure(&transpose(&samples, factor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::render;
    use crate::testing::known_sounds;
    use patch::{Parameter, Patch};

    #[test]
    fn strands_share_no_start_and_one_alone_has_the_nearest() {
        let (known, presets) = known_sounds();
        let target = Target::of_note(render(&presets[5], &TargetNote::TEST), TargetNote::TEST);
        assert_eq!(starts(&target, &known, 0, 1)[0].row, 5);
        let dealt: Vec<Vec<KnownStart>> = (0..4).map(|index| starts(&target, &known, index, 4)).collect();
        let mut all = dealt.concat();
        all.sort_unstable_by_key(|start| (start.row, start.key));
        all.dedup();
        assert_eq!(all.len(), dealt.iter().map(Vec::len).sum::<usize>());
        assert!(dealt.iter().all(|rows| !rows.is_empty()) && dealt[0][0].row == 5, "{dealt:?}");
    }

    #[test]
    fn a_preset_that_sounds_an_octave_below_its_key_is_found_at_that_key() {
        let (known, mut presets) = known_sounds();
        let mut patch = Patch::default();
        for (parameter, value) in [
            (Parameter::OscMix, 1.0),
            (Parameter::OscMixMode, 0.0),
            (Parameter::Osc2Waveform, 2.0),
            (Parameter::Osc2Range, -1.0),
            // A release that does not depend on some milliseconds.
            (Parameter::AmpRelease, 0.6),
        ] {
            patch.set(parameter, value);
        }
        presets[5] = patch;
        let features = presets.iter().map(|patch| {
            Spectrum::with_ends(TargetNote::TEST.segment_ends_s()).measure(&render(patch, &TargetNote::TEST))
        });
        let known = known.of_others(&features.collect::<Vec<_>>());
        let sound = render(&patch, &TargetNote { key: 50, ..TargetNote::TEST });
        let target = Target::new(&[&sound], 44_100).unwrap();
        assert_eq!(target.note().key, 38);
        let found = starts(&target, &known, 0, 1);
        assert!(found[..4].contains(&KnownStart { row: 5, key: 50 }), "{found:?}");
        // A person's key is the only one.
        assert!(starts(&target.with_key(40), &known, 0, 1).iter().all(|start| start.key == 40));
    }
}
