//! Onsets of notes with a resolution of one sample: traces candidate frames back along the envelope, then
//! removes onsets that are too weak, too close to each other or noise.
//!
//! Constants from timbral_models 0.4.0, `calculate_onsets` and `return_loop`.

use crate::onset_strength::candidates;
use crate::scan::{first_highest, lowest, range};
use crate::stft::HOP;

/// Range of one search for a lower value, in milliseconds.
const LOOK_BACK_MS: f64 = 20.0;

/// Longest slow rise, in milliseconds.
const HYSTERESIS_MS: f64 = 300.0;

/// Smallest rise of a separate event, as a share of the envelope's range.
const SEPARATE_SHARE: f64 = 0.1;

/// Onsets closer than this, in milliseconds, are merged.
const SEPARATION_MS: f64 = 100.0;

/// Least onset strength, in dB per frame.
const LEAST_STRENGTH: f64 = 3.0;

/// The signal's envelope and onset strengths.
#[derive(Clone, Copy)]
pub(crate) struct OnsetInput<'a> {
    pub(crate) envelope: &'a [f64],
    pub(crate) strengths: &'a [f64],
    pub(crate) sample_rate_hz: f64,
    /// Onsets traced back to this many samples or fewer from the start count as the start.
    pub(crate) margin: usize,
}

/// Onsets in samples, in order; a single zero if no onset is found.
pub(crate) fn onsets(input: OnsetInput) -> Vec<usize> {
    let OnsetInput { envelope, strengths, sample_rate_hz, .. } = input;
    let (low, high) = range(envelope);
    let threshold = (high - low) * SEPARATE_SHARE;
    let mut found: Vec<usize> = Vec::new();
    let mut any = false;
    for frame in candidates(strengths, sample_rate_hz) {
        let sample = frame * HOP;
        if sample > 0 && any && sample + HOP > envelope.len() {
            continue;
        }
        let onset =
            if sample == 0 { 0 } else { trace_back(input, sample.min(envelope.len() - 1), threshold) };
        // A zero means "no valid onset" unless it is the first.
        if !found.contains(&onset) && (onset > 0 || !any) {
            found.push(onset);
        }
        any = true;
    }
    drop_noise(&mut found, envelope, threshold);
    drop_close(&mut found, SEPARATION_MS * 0.001 * sample_rate_hz);
    let mut strong = drop_weak(&found, strengths);
    strong.sort_unstable();
    if strong.is_empty() { vec![0] } else { strong }
}

/// Traces `onset` back while the envelope falls; zero if it reaches the start.
fn trace_back(input: OnsetInput, mut onset: usize, threshold: f64) -> usize {
    let OnsetInput { envelope, sample_rate_hz, margin, .. } = input;
    let look_back = (LOOK_BACK_MS * 0.001 * sample_rate_hz) as usize;
    let hysteresis = (HYSTERESIS_MS * 0.001 * sample_rate_hz) as usize;
    loop {
        let window = match onset.checked_sub(look_back + 1) {
            Some(start) => &envelope[start..onset],
            None => &envelope[..onset.saturating_sub(1)],
        };
        let least = lowest(window);
        if least <= envelope[onset] {
            let index = window.iter().position(|&value| value == least).unwrap_or(0);
            // As in the original, counted from a full range even where the start of the sound cuts it short.
            onset = (onset + index).saturating_sub(look_back + 1);
            if onset <= margin {
                return 0;
            }
            continue;
        }
        match earlier_rise(envelope, onset, hysteresis, threshold) {
            Some(earlier) if earlier >= margin => onset = earlier,
            Some(_) => return 0,
            None => return onset,
        }
    }
}

/// The closest earlier sample with a lower value, unless a separate event lies between.
fn earlier_rise(envelope: &[f64], onset: usize, hysteresis: usize, threshold: f64) -> Option<usize> {
    let start = onset.saturating_sub(hysteresis + 1);
    let lower = envelope[start..onset].iter().rposition(|&value| value < envelope[onset])?;
    let (low, high) = range(&envelope[start + lower..onset]);
    (high - low < threshold).then_some(start + lower)
}

/// Removes onsets whose attack spans less than `threshold`, from the last to the first.
fn drop_noise(onsets: &mut Vec<usize>, envelope: &[f64], threshold: f64) {
    if onsets.len() < 2 {
        return;
    }
    for index in (0..onsets.len()).rev() {
        let end = onsets.get(index + 1).copied().unwrap_or(envelope.len());
        let segment = envelope.get(onsets[index]..end).unwrap_or_default();
        let peak = first_highest(segment);
        let span = if peak == 0 { f64::NEG_INFINITY } else { segment[peak] - range(&segment[..peak]).0 };
        if span < threshold || peak == 0 {
            onsets.remove(index);
        }
    }
}

/// Removes onsets that follow another too closely, until none does.
fn drop_close(onsets: &mut Vec<usize>, separation: f64) {
    loop {
        let is_close = |pair: &[usize]| (pair[0].abs_diff(pair[1]) as f64) < separation;
        let keep: Vec<bool> =
            std::iter::once(true).chain(onsets.windows(2).map(|pair| !is_close(pair))).collect();
        let before = onsets.len();
        let mut keep = keep.into_iter();
        onsets.retain(|_| keep.next().unwrap_or(true));
        if onsets.len() == before {
            return;
        }
    }
}

/// The onsets in whose segment the strength reaches [`LEAST_STRENGTH`], last first. The segment of
/// an onset ends where that of the next remaining one begins.
fn drop_weak(onsets: &[usize], strengths: &[f64]) -> Vec<usize> {
    let mut strong = Vec::new();
    let mut next = strengths.len();
    for &onset in onsets.iter().rev() {
        let frame = onset / HOP;
        let segment = strengths.get(frame..next.max(frame)).unwrap_or_default();
        if segment.iter().any(|&strength| strength >= LEAST_STRENGTH) {
            strong.push(onset);
            next = frame;
        }
    }
    strong
}
