//! The difference that a found patch leaves to the target, by band.

use features::spectrum::{BAND_COUNT, SEGMENT_COUNT, Spectrum, band_edges_hz};
use patch::Patch;

use crate::note::{TargetNote, render};
use crate::preparation::aligned;
use crate::target::Target;

/// Bands of the report: each joins this many mel bands.
const JOINED: usize = 4;

/// The difference of a band of the patch from the target's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandResidual {
    /// Its lower edge, in Hz.
    pub from_hz: f32,
    /// Its upper edge, in Hz.
    pub to_hz: f32,
    /// The patch's level minus the target's, in dB, over the whole sound; both are at the same overall level.
    pub difference_db: f32,
}

/// The differences of eight bands, low ones first. Silent bands count at the level of silence, 60 dB below the whole.
pub fn residual(target: &Target, patch: &Patch, note: &TargetNote) -> Vec<BandResidual> {
    let mut spectrum = Spectrum::with_ends(target.note().segment_ends_s());
    let [wanted, found] = [target.samples(), &aligned(render(patch, note), note.frames())]
        .map(|samples| shares_db(&mut spectrum, samples));
    let band = |(at, (wanted, found)): (usize, (f32, f32))| {
        let [from_hz, to_hz] = band_edges_hz(at * JOINED..(at + 1) * JOINED);
        BandResidual { from_hz, to_hz, difference_db: found - wanted }
    };
    wanted.into_iter().zip(found).enumerate().map(band).collect()
}

/// The power of the joined bands relative to that of all, in dB.
fn shares_db(spectrum: &mut Spectrum, samples: &[f32]) -> Vec<f32> {
    const LEAST: f32 = 1e-6;
    let features = spectrum.measure(samples);
    let power = |segment: usize, band: usize| 10.0_f32.powf(features[segment * BAND_COUNT + band] / 10.0);
    let joined = |first: usize| -> f32 {
        let bands = first..first + JOINED;
        bands.map(|band| (0..SEGMENT_COUNT).map(|segment| power(segment, band)).sum::<f32>()).sum()
    };
    let powers: Vec<f32> = (0..BAND_COUNT).step_by(JOINED).map(joined).collect();
    let all: f32 = powers.iter().sum();
    powers.into_iter().map(|power| 10.0 * (power / all).max(LEAST).log10()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::TargetNote;
    use patch::Parameter;

    #[test]
    fn a_patch_leaves_nothing_of_itself_and_a_closed_filter_leaves_the_treble() {
        let mut patch = Patch::default();
        let target = Target::of_note(render(&patch, &TargetNote::TEST), TargetNote::TEST);
        assert!(residual(&target, &patch, &target.note()).iter().all(|band| band.difference_db == 0.0));
        patch.set(Parameter::FilterCutoff, 0.3);
        let bands = residual(&target, &patch, &target.note());
        assert!(
            bands.len() == 8 && bands[7].difference_db < -20.0 && bands[0].difference_db > 0.0,
            "{bands:?}"
        );
        assert!(bands.windows(2).all(|pair| pair[0].from_hz < pair[1].from_hz));
    }
}
