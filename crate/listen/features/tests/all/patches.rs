//! The features of patches are plausible, and do not depend on earlier measurements or the thread. A few dozen
//! renders: under two seconds.

use features::{COMPONENT_COUNT, FeatureExtractor, PerceptualDistance, Projection, SPECTRAL_COUNT};
use patch::{Parameter, Patch};

/// A patch whose continuous parameters wander over their ranges with `seed`.
fn some_patch(seed: u32) -> Patch {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut patch = Patch::default();
    for parameter in [Parameter::FilterCutoff, Parameter::AmpSustain, Parameter::OscMix, Parameter::Osc2Pitch]
    {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (min, max) = (parameter.info().min, parameter.info().max);
        patch.set(parameter, min + (state >> 8) as f32 / (1 << 24) as f32 * (max - min));
    }
    patch
}

fn with(parameter: Parameter, value: f32) -> Patch {
    let mut patch = Patch::default();
    patch.set(parameter, value);
    patch
}

#[test]
fn a_darker_filter_sounds_darker() {
    let mut extractor = FeatureExtractor::new();
    let bright = extractor.extract(&with(Parameter::FilterCutoff, 1.5));
    let dark = extractor.extract(&with(Parameter::FilterCutoff, -0.3));
    assert!(dark.scales()[2] + 10.0 < bright.scales()[2], "{:?} {:?}", dark.scales(), bright.scales());
    assert!(dark.spectrum[SPECTRAL_COUNT - 1] < bright.spectrum[SPECTRAL_COUNT - 1]);
    assert!(dark.loudness_lufs < bright.loudness_lufs && bright.loudness_lufs < 0.0);
}

#[test]
fn a_silent_patch_has_features() {
    let silent = FeatureExtractor::new().extract(&with(Parameter::MasterVol, 0.0));
    assert_eq!((silent.descriptors, silent.loudness_lufs), (None, features::SILENCE_LUFS));
    assert_eq!((silent.scales(), silent.is_reverberant()), ([0.0; 7], false));
}

#[test]
fn parallel_and_sequential_extraction_agree() {
    let patches: Vec<Patch> = (0..6).map(some_patch).collect();
    let mut extractor = FeatureExtractor::new();
    let one_by_one: Vec<_> = patches.iter().map(|patch| extractor.extract(patch)).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let together = features::extract_all(&patches, || {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(one_by_one, together);
    assert_eq!(count.into_inner(), 6);
    assert_eq!(extractor.spectrum(&patches[2]), together[2].spectrum);
    let spectra: Vec<_> = together.iter().map(|features| features.spectrum).collect();
    assert_eq!(features::spectra_all(&patches), spectra);
}

#[test]
fn phi_keeps_differences_and_the_mean_is_its_origin() {
    let patches: Vec<Patch> = (0..40).map(some_patch).collect();
    let spectra = features::spectra_all(&patches);
    let projection = Projection::fit(&spectra);
    let components = projection.components();
    for (a, first) in components.iter().enumerate() {
        for (b, second) in components.iter().enumerate() {
            let product: f32 = first.iter().zip(second).map(|(a, b)| a * b).sum();
            assert!((product - f32::from(u8::from(a == b))).abs() < 1e-4, "{a} · {b} = {product}");
        }
    }
    let mut sums = [0.0_f32; COMPONENT_COUNT];
    let (mut kept, mut whole) = (0.0, 0.0);
    for features in &spectra {
        let phi = projection.phi(features);
        sums.iter_mut().zip(phi).for_each(|(sum, value)| *sum += value);
        kept += phi.iter().map(|value| value * value).sum::<f32>();
        whole += features.iter().zip(projection.mean()).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
    }
    assert!(sums.iter().all(|sum| sum.abs() < 0.1), "{sums:?}");
    assert!(kept <= 1.001 * whole && kept > 0.95 * whole, "{kept} of {whole}");
}

#[test]
fn similar_sounds_are_near() {
    let patches: Vec<Patch> = (0..30).map(some_patch).collect();
    let all = features::extract_all(&patches, || {});
    let metric = PerceptualDistance::fit(&all);
    let [base, near, far] = [0.8, 0.78, -0.4].map(|cutoff| {
        metric.project(&FeatureExtractor::new().extract(&with(Parameter::FilterCutoff, cutoff)))
    });
    assert_eq!(metric.between(&base, &base), 0.0);
    assert!(10.0 * metric.between(&base, &near) < metric.between(&base, &far));
    assert_eq!(metric.between(&base, &far), metric.between(&far, &base));
}
