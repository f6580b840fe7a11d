//! A patch and the note that it plays, and the mean of the two channels of its sound.

use matching::TargetNote;
use patch::Patch;

/// A patch and the note that it plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlayedPatch {
    /// The patch.
    pub patch: Patch,
    /// The note.
    pub note: TargetNote,
}

/// The mean of both channels.
pub fn mean_channel([left, right]: &[Vec<f32>; 2]) -> Vec<f32> {
    left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::render_stereo;
    use patch::Parameter;

    #[test]
    fn its_mean_is_the_sound_by_which_a_search_judges() {
        let mut patch = Patch::default();
        patch.set(Parameter::ReverbWet, 0.5);
        patch.set(Parameter::AmpRelease, 0.6);
        for (bend_cents, held_s) in [(0.0, 0.3), (-37.0, 0.0), (12.5, 0.7001)] {
            let note = TargetNote { key: 50, bend_cents, velocity: 71, held_s, length_s: 1.2 };
            let stereo = render_stereo(&patch, &note);
            assert_ne!(stereo[0], stereo[1], "a reverb is wide");
            assert_eq!(mean_channel(&stereo), matching::render(&patch, &note));
        }
    }
}
