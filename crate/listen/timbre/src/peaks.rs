//! Spectral peaks with a prominence of at least a threshold, interpolated between bins.
//!
//! Constants from timbral_models 0.4.0, `detect_peaks`; the rule is that of MIRtoolbox's `mirpeaks`
//! (O. Lartillot and P. Toiviainen, 2007): between two peaks there must be a notch at least as
//! deep as the threshold.

use vectors::widest;

/// Bins that are left out together if all are below the threshold.
const CHUNK: usize = 16;

/// One peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Peak {
    /// Its bin.
    pub(crate) bin: usize,
    /// Its position in bins, by parabolic interpolation.
    pub(crate) position: f64,
    /// Its height by parabolic interpolation, in units of the spectrum.
    pub(crate) level: f64,
}

/// Peaks of `spectrum` in ascending order of frequency. `threshold` is the least height of a peak and the least
/// depth of a notch, as a share of the spectrum's range: `offset` is the least value and `scale` the
/// reciprocal of the range.
pub(crate) fn peaks(spectrum: &[f32], offset: f64, scale: f64, threshold: f64, peaks: &mut Vec<Peak>) {
    let height = |bin: usize| (f64::from(spectrum[bin]) - offset) * scale;
    peaks.clear();
    let mut keep = |bin: usize| peaks.push(interpolate(spectrum, bin));
    // The candidate for the next peak, the lowest value after it, and the lowest value before it.
    let mut candidate: Option<(usize, f64)> = None;
    let mut notch = f64::INFINITY;
    let mut before = f64::NEG_INFINITY;
    let mut previous = 0;
    for bin in maxima(spectrum, (threshold / scale + offset) as f32) {
        if height(bin) < threshold {
            continue;
        }
        let level = height(bin);
        let Some((best, best_level)) = candidate else {
            candidate = Some((bin, level));
            previous = bin;
            continue;
        };
        // As in the original, the notch excludes the bin before a peak.
        let between = previous..(bin - 1).max(previous + 1);
        notch = spectrum[between]
            .iter()
            .fold(notch, |lowest, &value| lowest.min((f64::from(value) - offset) * scale));
        previous = bin;
        if best_level - notch < threshold {
            if level > best_level {
                candidate = Some((bin, level));
                before = before.min(notch);
                notch = f64::INFINITY;
            } else {
                before = before.min(notch);
            }
        } else {
            if best_level - before < threshold {
                before = before.min(notch);
            } else {
                keep(best);
                before = notch;
            }
            candidate = Some((bin, level));
            notch = f64::INFINITY;
        }
    }
    if let Some((best, level)) = candidate
        && level - before >= threshold
    {
        keep(best);
    }
}

/// The bins of local maxima that reach `least`, in ascending order; of equal neighbours the first.
fn maxima(spectrum: &[f32], least: f32) -> impl Iterator<Item = usize> {
    let (chunks, rest) = spectrum.as_chunks::<CHUNK>();
    let reach = move |chunk: &[f32; CHUNK]| {
        widest(
            #[inline(always)]
            || chunk.iter().fold(false, |any, &value| any | (value >= least)),
        )
    };
    let high = (0..chunks.len()).filter(move |&index| reach(&chunks[index]));
    let bins = high.flat_map(|index| index * CHUNK..(index + 1) * CHUNK);
    bins.chain(spectrum.len() - rest.len()..spectrum.len()).filter(move |&bin| {
        let value = spectrum[bin];
        let rises = bin == 0 || value > spectrum[bin - 1];
        let ends = bin + 1 == spectrum.len() || spectrum[bin + 1] <= value;
        let is_low = value < least;
        rises && ends && !is_low
    })
}

/// The vertex of the parabola through a bin and its neighbours; the bin itself at the ends.
fn interpolate(spectrum: &[f32], bin: usize) -> Peak {
    if bin == 0 || bin + 1 >= spectrum.len() {
        return Peak { bin, position: bin as f64, level: f64::from(spectrum[bin]) };
    }
    let [below, here, above] = [bin - 1, bin, bin + 1].map(|bin| f64::from(spectrum[bin]));
    let shift = (above - below) / (2.0 * (2.0 * here - above - below));
    Peak { bin, position: bin as f64 + shift, level: here - 0.25 * (below - above) * shift }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(spectrum: &[f32]) -> Vec<usize> {
        let mut found = Vec::new();
        peaks(spectrum, 0.0, 1.0, 0.1, &mut found);
        found.iter().map(|peak| peak.bin).collect()
    }

    #[test]
    fn shallow_notches_do_not_separate_peaks() {
        assert_eq!(bins(&[0.0, 0.5, 0.0, 0.0, 1.0, 0.0]), [1, 4]);
        assert_eq!(bins(&[0.0, 0.5, 0.45, 0.45, 0.6, 0.0]), [4]);
        assert_eq!(bins(&[0.0, 0.05, 0.0]), [0_usize; 0]);
    }

    #[test]
    fn only_maxima_that_reach_the_threshold_are_peaks_of_a_long_spectrum() {
        let mut spectrum = [0.0; 3 * CHUNK];
        spectrum[CHUNK + 4] = 0.11;
        spectrum[2 * CHUNK + 4] = 0.09;
        assert_eq!(bins(&spectrum), [CHUNK + 4]);
    }

    #[test]
    fn a_peak_between_bins_is_interpolated() {
        let spectrum: Vec<f32> = (0..9).map(|bin| 1.0 - (bin as f32 - 4.25).powi(2) / 32.0).collect();
        let mut found = Vec::new();
        peaks(&spectrum, 0.0, 1.0, 0.1, &mut found);
        assert!((found[0].position - 4.25).abs() < 1e-4 && (found[0].level - 1.0).abs() < 1e-4, "{found:?}");
    }
}
