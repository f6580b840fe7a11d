//! Measures the place of a patch's sound in a latent space of audio: the principal components of its mel
//! spectrogram's features, from which the plane's networks learn, too.

use features::test_note::render;
use features::{COMPONENT_COUNT, FeatureExtractor, PerceptualDistance, extract_each, loudness_lufs};
use patch::Patch;

use crate::meter::ScaledSound;

/// The root mean square distance of the known presets' sounds from their mean on a component, in points. It is
/// about the same on a timbral scale, for which the constants of the search were chosen.
const SPREAD: f64 = 15.0;

/// The components of each patch on all cores, in order; `done` is called for each. `None` for a silent one.
pub fn measure_latent(
    patches: &[Patch],
    distance: &PerceptualDistance,
    done: impl Fn(usize) + Sync,
) -> Vec<Option<ScaledSound<COMPONENT_COUNT>>> {
    let factor = SPREAD / f64::sqrt(f64::from(distance.phi_spread()) / COMPONENT_COUNT as f64);
    let measure = |extractor: &mut FeatureExtractor, patch: &Patch| {
        let [left, right] = render(patch);
        let is_silent =
            [&left, &right].into_iter().all(|channel| channel.iter().all(|&sample| sample == 0.0));
        let phi = distance.projection().phi(&extractor.spectrum(patch));
        done(1);
        let scales = phi.map(|component| f64::from(component) * factor);
        (!is_silent).then(|| ScaledSound { scales, loudness_lufs: loudness_lufs(&[&left, &right]) })
    };
    extract_each(patches, measure)
}
