//! The analysis of a sound, in the order in which the models depend on each other. Filters and transforms
//! are planned once per sample rate. Never carries results from one sound to the next.

use fourier::{ExactPlanner, Planner};

use crate::bands::Bands;
use crate::boominess::boominess;
use crate::brightness::Brightness;
use crate::depth::Depth;
use crate::envelope::peak_hold;
use crate::hardness::{Hardness, HardnessInput, PADDING};
use crate::input::{LOWEST_RATE_HZ, RATES_HZ, check, normalise, upsample};
use crate::onset::{OnsetInput, onsets};
use crate::onset_strength::StrengthMeter;
use crate::percussive::HarmonicPercussiveSplit;
use crate::reverb::{ReverbEstimator, is_reverberant};
use crate::roughness::Roughness;
use crate::sharpness::sharpness;
use crate::stft::Stft;
use crate::third_octave::ThirdOctaves;
use crate::warmth::{MARGIN, Warmth};
use crate::{Descriptors, TimbreError, bark};

/// Decay time of the peak-hold envelope: for hardness and warmth, and for depth.
const FALL_S: f64 = 0.1;
const DEPTH_FALL_S: f64 = 0.2;

/// Margin of the onsets at the start for depth, in samples.
const DEPTH_MARGIN: usize = 512;

/// Analyses sounds of one sample rate. The result depends on the samples alone, not on earlier sounds.
pub struct Analyzer {
    sample_rate_hz: u32,
    rate_hz: f64,
    bank: ThirdOctaves,
    stft: Stft,
    meter: StrengthMeter,
    percussion: HarmonicPercussiveSplit,
    bands: Bands,
    hardness: Hardness,
    depth: Depth,
    brightness: Brightness,
    roughness: Roughness,
    warmth: Warmth,
    reverb: ReverbEstimator,
    buffers: SoundBuffers,
}

/// Memory that is reused from sound to sound.
#[derive(Default)]
struct SoundBuffers {
    /// The sound after [`PADDING`] + 1 zeros.
    padded: Vec<f64>,
    /// The same in single precision.
    padded_single: Vec<f32>,
    /// Envelope of `padded`.
    envelope: Vec<f64>,
    /// Envelope from which the onsets of depth are read.
    depth_envelope: Vec<f64>,
}

impl Analyzer {
    /// Plans the analysis of sounds of `sample_rate_hz` (8000 to 192000 Hz; the models are made for
    /// 44.1 kHz and more; lower rates are resampled to 44.1 kHz).
    ///
    /// # Errors
    /// [`TimbreError::SampleRate`] outside of that range.
    pub fn new(sample_rate_hz: u32) -> Result<Self, TimbreError> {
        if !RATES_HZ.contains(&sample_rate_hz) {
            return Err(TimbreError::SampleRate { sample_rate_hz });
        }
        let rate_hz = f64::from(sample_rate_hz.max(LOWEST_RATE_HZ));
        let (mut planner, mut exact) = (Planner::new(), ExactPlanner::new());
        Ok(Self {
            sample_rate_hz,
            rate_hz,
            bank: ThirdOctaves::new(rate_hz),
            stft: Stft::new(&mut planner),
            meter: StrengthMeter::new(rate_hz),
            percussion: HarmonicPercussiveSplit::new(&mut planner),
            bands: Bands::default(),
            hardness: Hardness::new(&mut planner, &mut exact, rate_hz),
            depth: Depth::new(&mut planner),
            brightness: Brightness::new(&mut planner),
            roughness: Roughness::new(&mut planner, rate_hz),
            warmth: Warmth::new(&mut exact),
            reverb: ReverbEstimator::new(rate_hz),
            buffers: SoundBuffers::default(),
        })
    }

    /// The sample rate this was planned for, in Hz.
    pub fn sample_rate_hz(&self) -> u32 {
        self.sample_rate_hz
    }

    /// Analyses one channel of samples (full scale ±1; the level is normalised).
    ///
    /// # Errors
    /// Silence, too few samples (less than about 46 ms), samples that are not finite, or a sound
    /// that never reaches -70 LUFS.
    pub fn analyze(&mut self, samples: &[f32]) -> Result<Descriptors, TimbreError> {
        check(samples, self.sample_rate_hz)?;
        let mono = samples.iter().map(|&sample| f64::from(sample)).collect();
        self.measure(mono, &[samples])
    }

    /// Analyses a stereo sound: the sum of both channels, but reverb from the mean of the channels'
    /// reverberation times.
    ///
    /// # Errors
    /// As [`Self::analyze`], and channels of different lengths.
    pub fn analyze_stereo(&mut self, left: &[f32], right: &[f32]) -> Result<Descriptors, TimbreError> {
        if left.len() != right.len() {
            return Err(TimbreError::Channels { left: left.len(), right: right.len() });
        }
        let sum: Vec<f64> =
            left.iter().zip(right).map(|(&left, &right)| f64::from(left) + f64::from(right)).collect();
        let audible: Vec<f32> = sum.iter().map(|&sample| sample as f32).collect();
        check(&audible, self.sample_rate_hz)?;
        self.measure(sum, &[left, right])
    }

    /// Everything after the checks: `mono` for the scales, `channels` for the reverb. The functions that it calls
    /// are never inlined: browsers compile one function of this size to slower code (a tenth of the whole time in
    /// V8).
    fn measure(&mut self, mut mono: Vec<f64>, channels: &[&[f32]]) -> Result<Descriptors, TimbreError> {
        // As in the original, the channels are not resampled although the estimator assumes 44.1 kHz.
        let estimates_s: Vec<f64> = channels.iter().map(|channel| self.reverb.estimate_s(channel)).collect();
        if self.sample_rate_hz < LOWEST_RATE_HZ {
            mono = upsample(&mono, self.sample_rate_hz)?;
        }
        normalise(&mut mono, self.rate_hz as u32)?;
        let rate_hz = self.rate_hz;
        self.buffers.padded.clear();
        self.buffers.padded.resize(PADDING + 1, 0.0);
        self.buffers.padded.extend_from_slice(&mono);
        self.buffers.padded_single.clear();
        self.buffers.padded_single.extend(self.buffers.padded.iter().map(|&sample| sample as f32));
        peak_hold(&self.buffers.padded, rate_hz, FALL_S, &mut self.buffers.envelope);
        let windows = bark::windows(&mut self.bank, &mono);
        let (hardness, strengths) = self.hardness(&mono, &windows);
        let (brightness, depth) = self.brightness_and_depth(&mono);
        let warmth = self.warmth(&mono, &windows, &strengths);
        let roughness = self.roughness.measure(&self.buffers.padded_single[PADDING + 1..], rate_hz);
        Ok(Descriptors {
            hardness,
            depth,
            brightness,
            roughness,
            warmth,
            sharpness: sharpness(&windows),
            boominess: boominess(&windows),
            reverb: is_reverberant(&estimates_s),
        })
    }

    /// Onset strengths of a signal.
    fn strengths(stft: &mut Stft, meter: &mut StrengthMeter, signal: &[f32]) -> Vec<f64> {
        meter.clear();
        stft.frames(signal, |bins| meter.push(bins));
        meter.strengths()
    }

    /// Hardness, and the onset strengths of the sound without padding, which warmth needs: both use the same
    /// spectra.
    fn hardness(&mut self, mono: &[f64], windows: &[bark::LoudnessWindow]) -> (f64, Vec<f64>) {
        let strengths = Self::strengths(&mut self.stft, &mut self.meter, &self.buffers.padded_single);
        let onset_input = OnsetInput {
            envelope: &self.buffers.envelope,
            strengths: &strengths,
            sample_rate_hz: self.rate_hz,
            margin: PADDING,
        };
        let Self { stft, meter, percussion, .. } = self;
        percussion.clear();
        meter.clear();
        stft.frames(&self.buffers.padded_single[PADDING + 1..], |bins| {
            percussion.push(bins);
            meter.push(bins);
        });
        let percussive_share = percussion.share(mono, stft.window()).unwrap_or(0.0);
        let hardness = self.hardness.measure(&HardnessInput {
            samples: &self.buffers.padded,
            single: &self.buffers.padded_single,
            envelope: &self.buffers.envelope,
            strengths: &strengths,
            onsets: &onsets(onset_input),
            windows,
            percussive_share,
            sample_rate_hz: self.rate_hz,
        });
        (hardness, self.meter.strengths())
    }

    fn warmth(&mut self, mono: &[f64], windows: &[bark::LoudnessWindow], strengths: &[f64]) -> f64 {
        let onset_input = OnsetInput {
            envelope: &self.buffers.envelope[PADDING + 1..],
            strengths,
            sample_rate_hz: self.rate_hz,
            margin: MARGIN,
        };
        self.warmth.measure(mono, &onsets(onset_input), windows, self.rate_hz)
    }

    fn brightness_and_depth(&mut self, mono: &[f64]) -> (f64, f64) {
        self.bands.fill(mono, self.rate_hz);
        let brightness = self.brightness.measure(&self.bands, self.rate_hz);
        let strengths = Self::strengths(&mut self.stft, &mut self.meter, &self.bands.full);
        peak_hold(&self.bands.exact, self.rate_hz, DEPTH_FALL_S, &mut self.buffers.depth_envelope);
        let onset_input = OnsetInput {
            envelope: &self.buffers.depth_envelope,
            strengths: &strengths,
            sample_rate_hz: self.rate_hz,
            margin: DEPTH_MARGIN,
        };
        let depth = self.depth.measure(&self.bands, &onsets(onset_input), self.rate_hz);
        (brightness, depth)
    }
}
