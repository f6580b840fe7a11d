//! Window functions. Never applies them to samples.

use std::f64::consts::TAU;

use crate::layout::FrameLayout;

/// The periodic Hann window: for frames that overlap.
pub fn hann(length: usize) -> Vec<f32> {
    (0..length).map(|n| (0.5 - 0.5 * (TAU * n as f64 / length as f64).cos()) as f32).collect()
}

/// The time-frequency ratio of the Gaussian window that is most like a Hann window, per squared sample of its length
/// (Průša, Balazs and Søndergaard, "A noniterative method for reconstruction of phase from STFT magnitude", 2017,
/// table I; LTFAT's `pghi_findgamma`).
pub(crate) const HANN_RATIO: f32 = 0.256_45;

/// The Hann window with the gain that makes the inverse transforms of a sound's frames add up to the sound.
pub(crate) fn synthesis_window(layout: FrameLayout) -> Vec<f32> {
    let gain = layout.overlap_gain() / layout.window() as f32;
    hann(layout.window()).into_iter().map(|weight| weight * gain).collect()
}
