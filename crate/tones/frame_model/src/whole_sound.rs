//! Whole sounds to latent numbers and back, changed on the way: interpolation and extrapolation of two sounds, and
//! the timbre of a domain for any sound. For a live sound see [`crate::ToneCoder`].

use spectral::{SpectralError, ToneFrame, analyze_tone, synthesize_tone};

use crate::alignment::SoundAlignment;
use crate::frame_series::FrameSeriesCoder;
use crate::frame_times::{FrameTimes, TimedFrames};
use crate::latent_frame::LatentFrame;
use crate::model::FrameModel;
use crate::tone_coder::{TonePitch, frame_layout};

/// The greatest peak of a written sound: −1 dBFS, as that of tones that are played, so that no converter overflows
/// between two samples.
pub const PEAK_LIMIT: f32 = 0.891_25;

/// The frames of a sound of one channel.
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn encode_sound(
    model: &FrameModel,
    samples: &[f32],
    sample_rate_hz: f32,
) -> Result<Vec<LatentFrame>, SpectralError> {
    let layout = frame_layout(sample_rate_hz);
    let mut coder = FrameSeriesCoder::new(model, layout, sample_rate_hz)?;
    Ok(coder.encode(&analyze_tone(samples, layout, sample_rate_hz)?))
}

/// The sound of `length` samples with these frames: the same samples every time.
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn decode_sound(
    model: &FrameModel,
    frames: &[LatentFrame],
    sample_rate_hz: f32,
    length: usize,
) -> Result<Vec<f32>, SpectralError> {
    let layout = frame_layout(sample_rate_hz);
    let decoded = FrameSeriesCoder::new(model, layout, sample_rate_hz)?.decode(frames);
    synthesize_tone(&decoded, layout, sample_rate_hz, length)
}

/// A sound with the timbre of the model's domain, at its own pitch and level. Each frame's latent numbers are
/// limited to those common in the domain ([`FrameModel::limit_to_domain`]), so that also a sound of the domain
/// loses its extremes. `strength` is the share of that timbre in the power of every harmonic and every band of
/// noise, 0…1: 0 is the analysed sound itself.
///
/// # Errors
/// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
pub fn transferred(
    model: &FrameModel,
    samples: &[f32],
    sample_rate_hz: f32,
    strength: f32,
) -> Result<Vec<f32>, SpectralError> {
    let layout = frame_layout(sample_rate_hz);
    let mut coder = FrameSeriesCoder::new(model, layout, sample_rate_hz)?;
    let mut frames = analyze_tone(samples, layout, sample_rate_hz)?;
    let mut encoded = coder.encode(&frames);
    encoded.iter_mut().for_each(|frame| model.limit_to_domain(&mut frame.latent));
    for ((_, frame), decoded) in frames.iter_mut().zip(coder.decode(&encoded)) {
        blend(frame, &decoded, strength);
    }
    synthesize_tone(frames.iter().map(|(_, frame)| frame), layout, sample_rate_hz, samples.len())
}

/// Gives the harmonics and noise of `frame` this share of another frame's power, at the frame's own pitch. Never
/// allocates.
pub fn blend(frame: &mut ToneFrame, other: &ToneFrame, share: f32) {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let own = frame.amplitudes.iter_mut().chain(&mut frame.noise);
    for (own, other) in own.zip(other.amplitudes.iter().chain(&other.noise)) {
        *own = ((1.0 - share) * *own * *own + share * other * other).sqrt();
    }
}

/// The frames of a sound between two sounds, each stretched to its length, with the times of both that belong
/// together. `share` gives the place between the sounds for each time, 0…1 of the whole: 0 is the first sound, 1
/// the second. Beyond both the latent numbers go on straight, and pitch and level stay those of the nearer end.
/// Between them the level is that of the mixed powers: levels in dB would give a hole wherever one sound is quiet.
pub fn interpolated(
    [first, second]: [TimedFrames; 2],
    alignment: &SoundAlignment,
    made: FrameTimes,
    share: impl Fn(f32) -> f32,
) -> Vec<LatentFrame> {
    let frame = |index: usize| {
        let (time, outside) = made.of(index);
        let share = share(time);
        let share = if share.is_finite() { share } else { 0.0 };
        let inside = share.clamp(0.0, 1.0);
        let [time_a, time_b] = alignment.at(time, inside);
        let (a, b) = (at(first, (time_a, outside)), at(second, (time_b, outside)));
        let level_db = mixed_level_db(a.pitch.level_db, b.pitch.level_db, inside);
        LatentFrame {
            pitch: TonePitch { level_db, ..pitch_between(a.pitch, b.pitch, inside) },
            latent: a.latent.iter().zip(&b.latent).map(|(a, b)| a + (b - a) * share).collect(),
        }
    };
    (0..made.count()).map(frame).collect()
}

/// The level of a mixture that has this share of the second power.
fn mixed_level_db(first_db: f32, second_db: f32, share: f32) -> f32 {
    let power = |level_db: f32| 10.0_f32.powf(0.1 * level_db);
    match share {
        0.0 => first_db,
        1.0 => second_db,
        _ => 10.0 * ((1.0 - share) * power(first_db) + share * power(second_db)).max(1e-20).log10(),
    }
}

/// Turns a sound that is to be written down as a whole, if it peaks above [`PEAK_LIMIT`]. Returns the gain, which is at
/// most 1.
pub fn below_full_scale(samples: &mut [f32]) -> f32 {
    let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if peak <= PEAK_LIMIT {
        return 1.0;
    }
    let gain = PEAK_LIMIT / peak;
    samples.iter_mut().for_each(|sample| *sample *= gain);
    gain
}

/// A curve through these values at equally many times of 0…1, straight between them; 0 without values.
pub fn curve_at(curve: &[f32], time: f32) -> f32 {
    let place = time.clamp(0.0, 1.0) * curve.len().saturating_sub(1) as f32;
    let low = place as usize;
    let Some(&a) = curve.get(low) else { return 0.0 };
    let b = curve.get(low + 1).copied().unwrap_or(a);
    a + (b - a) * place.fract()
}

/// The frame at a time of [`FrameTimes::of`]; silence if the sound has no frames.
fn at(TimedFrames { frames, times }: TimedFrames, time: (f32, f32)) -> LatentFrame {
    let place = times.place(time).max(0.0).min(frames.len().saturating_sub(1) as f32);
    let (low, nearness) = (place as usize, place.fract());
    let Some(a) = frames.get(low) else {
        let silence = TonePitch { level_db: -120.0, ..TonePitch::default() };
        return LatentFrame { pitch: silence, latent: Vec::new() };
    };
    let b = frames.get(low + 1).unwrap_or(a);
    LatentFrame {
        pitch: pitch_between(a.pitch, b.pitch, nearness),
        latent: a.latent.iter().zip(&b.latent).map(|(a, b)| a + (b - a) * nearness).collect(),
    }
}

/// The pitch between two: frequencies in octaves, levels in dB. If only one is voiced, its frequency counts. The
/// nearer one decides whether the result is voiced.
fn pitch_between(a: TonePitch, b: TonePitch, share: f32) -> TonePitch {
    let nearer = if share < 0.5 { a } else { b };
    let frequency_hz = match (a.is_voiced, b.is_voiced) {
        (true, true) => a.frequency_hz * (b.frequency_hz / a.frequency_hz).powf(share),
        (true, false) => a.frequency_hz,
        (false, true) => b.frequency_hz,
        (false, false) => nearer.frequency_hz,
    };
    TonePitch {
        frequency_hz,
        is_voiced: nearer.is_voiced,
        level_db: a.level_db + (b.level_db - a.level_db) * share,
    }
}
