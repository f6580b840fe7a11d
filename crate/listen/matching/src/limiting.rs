//! amSynth's limiter, as it lowers a candidate that is as loud as the given file. Candidates are rendered without it, at
//! any volume; the file may have been flattened by it, and an answer will be.

use std::ops::Range;
use voice::limiter::THRESHOLD;

use crate::preparation::{TOGETHER, peak_of, sum_of_squares};

/// Steps towards the gain before the limiter, at most; and the change of its logarithm below which it is found.
const STEPS: usize = 12;
const ENOUGH: f32 = 1e-3;
/// The most that the gain before the limiter grows, as a factor: 24 dB.
const MOST: f32 = 16.0;

/// Lowers a sound as the limiter does where the counted part of the limited sound has the wanted level: a root mean
/// square of its samples. `peaks` are those of the limiter at the sound's own gain; `filtered` is the sound without what is
/// too low to hear, which has that level. False if the limiter leaves the sound alone.
pub(crate) fn limit(
    samples: &mut [f32],
    peaks: &[f32],
    (filtered, counted): (&[f32], Range<usize>),
    wanted: f32,
) -> bool {
    let counted = counted.start.min(samples.len())..counted.end.min(samples.len());
    let sound = CountedSound { samples: &filtered[counted.clone()], peaks: &peaks[counted] };
    let Some(gain) = sound.gain_to(wanted) else { return false };
    let limit = THRESHOLD as f32 / gain;
    samples.iter_mut().zip(peaks).for_each(|(sample, &peak)| *sample *= (limit / peak).min(1.0));
    true
}

/// A sound before the limiter, and the limiter's peaks.
struct CountedSound<'a> {
    samples: &'a [f32],
    peaks: &'a [f32],
}

impl CountedSound<'_> {
    /// The gain before the limiter that gives the wanted level behind it; `None` if the limiter leaves it alone. By
    /// Newton's method in logarithms: the power grows with the square of the gain where the limiter does not act, and
    /// not at all where it does.
    fn gain_to(&self, wanted: f32) -> Option<f32> {
        let wanted_power = wanted * wanted * self.samples.len() as f32;
        let unlimited = (wanted_power / sum_of_squares(self.samples)).sqrt();
        let highest = peak_of(self.peaks);
        let most = MOST * unlimited;
        let mut gain = unlimited;
        for _ in 0..STEPS {
            if !gain.is_finite() || gain * highest <= THRESHOLD as f32 {
                return None;
            }
            let [free, limited] = self.powers(gain);
            let power = free + limited;
            let step = 0.5 * (wanted_power / power).ln() * power / free.max(f32::MIN_POSITIVE);
            gain = (gain * step.min(1.0).exp()).min(most);
            if step.abs() < ENOUGH {
                break;
            }
        }
        Some(gain)
    }

    /// The power with a gain: that of the frames that are not limited, and that of the others.
    fn powers(&self, gain: f32) -> [f32; 2] {
        let limit = THRESHOLD as f32 / gain;
        let (samples, more_samples) = self.samples.as_chunks::<TOGETHER>();
        let (peaks, more_peaks) = self.peaks.as_chunks::<TOGETHER>();
        let mut sums = [[0.0; TOGETHER]; 2];
        for (samples, peaks) in samples.iter().zip(peaks) {
            for lane in 0..TOGETHER {
                let [free, limited] = powers(gain * samples[lane], peaks[lane] / limit);
                sums[0][lane] += free;
                sums[1][lane] += limited;
            }
        }
        let mut powers_of_all = sums.map(|lanes| lanes.iter().sum::<f32>());
        for (sample, peak) in more_samples.iter().zip(more_peaks) {
            let more = powers(gain * sample, peak / limit);
            powers_of_all.iter_mut().zip(more).for_each(|(sum, power)| *sum += power);
        }
        powers_of_all
    }
}

/// The power of a frame as an unlimited one and as a limited one: one of them is 0.
#[inline(always)]
fn powers(sample: f32, excess: f32) -> [f32; 2] {
    let free = sample * sample;
    let limited = free / (excess * excess);
    if excess > 1.0 { [0.0, limited] } else { [free, 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{TargetNote, render_stereo};
    use crate::preparation::level_of;
    use crate::testing::known_sounds;
    use features::test_note::SAMPLE_RATE_HZ;
    use patch::Parameter;
    use voice::limiter::PeakFollower;

    #[test]
    fn a_quiet_sound_is_limited_as_the_voice_limits_it_at_a_greater_volume() {
        let patch = known_sounds().1[2];
        let at_volume = |volume: f32| {
            let mut patch = patch;
            patch.set(Parameter::MasterVol, volume);
            render_stereo(&patch, &TargetNote::TEST)
        };
        let mean = |[left, right]: &[Vec<f32>; 2]| -> Vec<f32> {
            left.iter().zip(right).map(|(left, right)| 0.5 * (left + right)).collect()
        };
        let loud = mean(&at_volume(0.9));
        let quiet = at_volume(0.1);
        let mut follower = PeakFollower::new(SAMPLE_RATE_HZ as f32);
        let peaks: Vec<f32> =
            quiet[0].iter().zip(&quiet[1]).map(|(left, right)| follower.next([*left, *right])).collect();
        let quiet = mean(&quiet);
        let difference = |samples: &[f32]| {
            let gain = level_of(&loud) / level_of(samples);
            let parts = samples.iter().zip(&loud).map(|(own, loud)| gain * own - loud);
            level_of(&parts.collect::<Vec<_>>()) / level_of(&loud)
        };
        let mut limited = quiet.clone();
        assert!(limit(&mut limited, &peaks, (&quiet, 0..quiet.len()), level_of(&loud)));
        let [before, after] = [&quiet, &limited].map(|samples| difference(samples));
        assert!(before > 0.03 && after < 0.001, "{before} {after}");
    }
}
