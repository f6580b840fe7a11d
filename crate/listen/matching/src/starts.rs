//! The known presets from which a strand starts: the presets nearest to the target, distributed so that the
//! strands begin unlike each other.

use features::spectrum::Spectrum;
use features::{Phi, SpectralFeatures};

use crate::known::KnownSounds;
use crate::note::TargetNote;
use crate::preparation::transpose;
use crate::target::Target;

/// Presets of a strand.
pub const START_COUNT: usize = 32;

/// The rows of strand `index` of `of`, the nearest first. The leader of the first strand is the preset nearest to
/// the target. The leader of each other strand is the nearby preset that is least like the leaders before it. All
/// other presets join the leader that they are most like.
pub fn starts(target: &Target, known: &KnownSounds, index: u8, of: u8) -> Vec<usize> {
    let of = usize::from(of.max(1));
    let nearest = known.nearest(&features_at_test_key(target), START_COUNT * of);
    let rows: Vec<usize> = nearest.into_iter().map(|(row, _)| row).collect();
    let sound = |row: usize| &known.sounds()[row];
    let mut leaders: Vec<usize> = rows.first().copied().into_iter().collect();
    while leaders.len() < of.min(rows.len()) {
        let apart = |row: usize| {
            let distances = leaders.iter().map(|&leader| square_distance(sound(row), sound(leader)));
            distances.fold(f32::INFINITY, f32::min)
        };
        let candidates = rows.iter().copied().filter(|row| !leaders.contains(row));
        leaders.extend(candidates.max_by(|&a, &b| apart(a).total_cmp(&apart(b))));
    }
    // With fewer presets than strands some share a leader.
    let Some(&own) = leaders.get(usize::from(index) % leaders.len().max(1)) else { return Vec::new() };
    let leader = |row: usize| {
        let distance = |leader: usize| square_distance(sound(row), sound(leader));
        leaders.iter().copied().min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
    };
    let mut own_rows: Vec<usize> = rows.iter().copied().filter(|&row| leader(row) == Some(own)).collect();
    own_rows.truncate(START_COUNT);
    own_rows
}

fn square_distance(a: &Phi, b: &Phi) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

/// The target's features as if it had been played at the test note's key, so that its harmonics have the
/// frequencies of the known presets' harmonics.
fn features_at_test_key(target: &Target) -> SpectralFeatures {
    let note = target.note();
    let keys = f32::from(TargetNote::TEST.key) - f32::from(note.key) - note.bend_cents / 100.0;
    let factor = if target.pitch().is_some() { 2.0_f64.powf(f64::from(keys) / 12.0) } else { 1.0 };
    if factor == 1.0 {
        return Spectrum::with_ends(note.segment_ends_s()).measure(target.samples());
    }
    let ends = note.segment_ends_s().map(|end| end / factor);
    Spectrum::with_ends(ends).measure(&transpose(target.samples(), factor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::render;
    use crate::testing::known_sounds;

    #[test]
    fn strands_share_no_start_and_one_alone_has_the_nearest() {
        let (known, presets) = known_sounds();
        let target = Target::of_note(render(&presets[5], &TargetNote::TEST), TargetNote::TEST);
        assert_eq!(starts(&target, &known, 0, 1)[0], 5);
        let dealt: Vec<Vec<usize>> = (0..4).map(|index| starts(&target, &known, index, 4)).collect();
        let mut all = dealt.concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), dealt.iter().map(Vec::len).sum::<usize>());
        assert!(dealt.iter().all(|rows| !rows.is_empty()) && dealt[0][0] == 5, "{dealt:?}");
    }
}
