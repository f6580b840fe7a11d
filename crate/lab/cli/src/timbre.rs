//! `latent-pad timbre`: sounds to the latent numbers of a domain and back, changed on the way. The same input gives the
//! same bytes on the same machine.

use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::{warn, write_wav, write_whole};
use crate::timbre_arguments::{
    TimbreArguments, TimbreDecoding, TimbreEncoding, TimbreInterpolation, TimbreTask, TimbreTransfer,
};
use crate::timbre_files::{MOST_DB, MonoSound, RATES_HZ, any_model};
use crate::{timbre_contours, timbre_feedback, timbre_plane};
use frame_model::{
    FrameTimes, LatentFrame, SoundAlignment, TimbreModel, TimedFrames, TonePitch, below_full_scale, curve_at,
    interpolated,
};
use serde::{Deserialize, Serialize};
use spectral::SpectralError;
use std::path::Path;

/// The longest sound that is decoded.
const LONGEST_S: u64 = 600;

/// A sound in a latent space, as JSON.
#[derive(Debug, Deserialize, Serialize)]
struct FrameFile {
    /// The domain's name, and its fingerprint as a hexadecimal number.
    domain: String,
    fingerprint: String,
    sample_rate_hz: u32,
    /// Length in samples.
    samples: usize,
    frames: Vec<FrameLine>,
}

/// A frame of it.
#[derive(Debug, Deserialize, Serialize)]
struct FrameLine {
    /// The fundamental frequency; `voiced` says whether it has harmonics.
    frequency_hz: f32,
    voiced: bool,
    level_db: f32,
    latent: Vec<f32>,
}

impl FrameLine {
    /// True if no recording has such a frame.
    fn is_absurd(&self) -> bool {
        let numbers = self.latent.iter().chain([&self.level_db, &self.frequency_hz]);
        self.level_db > MOST_DB || !numbers.into_iter().all(|number| number.is_finite())
    }

    /// True if it is voiced at a frequency of which no harmonic can be played at this sample rate.
    fn is_beyond(&self, sample_rate_hz: u32) -> bool {
        self.voiced && !(self.frequency_hz > 0.0 && self.frequency_hz < 0.5 * sample_rate_hz as f32)
    }
}

/// Runs the task.
pub fn run(arguments: &TimbreArguments) -> Result<(), CliError> {
    match &arguments.task {
        TimbreTask::Encode(arguments) => encode(arguments),
        TimbreTask::Decode(arguments) => decode(arguments),
        TimbreTask::Interpolate(arguments) => interpolate(arguments),
        TimbreTask::Transfer(arguments) => transfer(arguments),
        TimbreTask::Feedback(arguments) => timbre_feedback::run(arguments),
        TimbreTask::Plane(arguments) => timbre_plane::run(arguments),
        TimbreTask::Contours(arguments) => timbre_contours::run(arguments),
    }
}

fn encode(arguments: &TimbreEncoding) -> Result<(), CliError> {
    let model = any_model(&arguments.model.domain)?;
    named(&arguments.model.domain, &arguments.output).read("SOUND", [arguments.sound.as_path()]).check()?;
    let sound = MonoSound::read(&arguments.sound)?;
    let line = |frame: LatentFrame| {
        let TonePitch { frequency_hz, is_voiced: voiced, level_db } = frame.pitch;
        let mut line = FrameLine { frequency_hz, voiced, level_db, latent: frame.latent };
        // The decoder would refuse such a frame; it occurs only at very low sample rates.
        line.voiced = voiced && !line.is_beyond(sound.sample_rate_hz);
        line
    };
    let frames: Vec<FrameLine> = sound.encoded(&model)?.into_iter().map(line).collect();
    // Such frames could not be decoded again: a frame may have a little more level than the sound.
    if frames.iter().any(FrameLine::is_absurd) {
        return Err(CliError::TooLoud { path: arguments.sound.clone(), most_db: MOST_DB });
    }
    let file = FrameFile {
        domain: model.parts().domain.name.clone(),
        fingerprint: fingerprint(&model),
        sample_rate_hz: sound.sample_rate_hz,
        samples: sound.samples.len(),
        frames,
    };
    let text = serde_json::to_string(&file).map_err(CliError::Figures)?;
    write_whole(&arguments.output, |output| {
        output.write_all(text.as_bytes()).map_err(CliError::write(&arguments.output))
    })
}

fn decode(arguments: &TimbreDecoding) -> Result<(), CliError> {
    let model = any_model(&arguments.model.domain)?;
    named(&arguments.model.domain, &arguments.output)
        .read("FRAMES.json", [arguments.frames.as_path()])
        .check()?;
    let path = &arguments.frames;
    let text = std::fs::read(path).map_err(CliError::read(path))?;
    let file: FrameFile = serde_json::from_slice(&text)
        .map_err(|source| CliError::FrameFile { path: path.clone(), reason: source.to_string() })?;
    let refused = |reason: String| CliError::FrameFile { path: path.clone(), reason };
    if file.fingerprint != fingerprint(&model) {
        return Err(refused(format!("its numbers are those of another model of “{}”", file.domain)));
    }
    let rate_hz = file.sample_rate_hz;
    if !RATES_HZ.contains(&rate_hz) {
        let source = SpectralError::SampleRate { sample_rate_hz: rate_hz as f32 };
        return Err(refused(source.to_string()));
    }
    if file.samples as u64 > LONGEST_S * u64::from(rate_hz) {
        return Err(refused("it is longer than ten minutes".to_owned()));
    }
    if file.frames.iter().any(|line| line.latent.len() != model.parts().latents()) {
        return Err(refused(format!("each frame must have {} latent numbers", model.parts().latents())));
    }
    if file.frames.is_empty() {
        return Err(refused("it has no frames".to_owned()));
    }
    let (count, expected) = (file.frames.len(), model.layout(rate_hz as f32).frames(file.samples));
    if count != expected {
        return Err(refused(format!("{} samples have {expected} frames, and it has {count}", file.samples)));
    }
    if let Some(at) = file.frames.iter().position(FrameLine::is_absurd) {
        return Err(refused(format!(
            "frame {at} has a level above {MOST_DB} dB, or a number that is not finite"
        )));
    }
    if let Some(at) = file.frames.iter().position(|line| line.is_beyond(rate_hz)) {
        let (own, most) = (file.frames[at].frequency_hz, rate_hz / 2);
        return Err(refused(format!(
            "frame {at} is voiced at {own} Hz, and a frequency above 0 and below {most} Hz is needed"
        )));
    }
    let frame = |line: FrameLine| LatentFrame {
        pitch: TonePitch { frequency_hz: line.frequency_hz, is_voiced: line.voiced, level_db: line.level_db },
        latent: line.latent,
    };
    let frames: Vec<LatentFrame> = file.frames.into_iter().map(frame).collect();
    let samples =
        model.decode(&frames, rate_hz as f32, file.samples).map_err(|source| refused(source.to_string()))?;
    write_sound(&arguments.output, samples, rate_hz)
}

fn interpolate(arguments: &TimbreInterpolation) -> Result<(), CliError> {
    let model = any_model(&arguments.model.domain)?;
    named(&arguments.model.domain, &arguments.output)
        .read("A", [arguments.first.as_path()])
        .read("B", [arguments.second.as_path()])
        .check()?;
    let [first, second] = [MonoSound::read(&arguments.first)?, MonoSound::read(&arguments.second)?];
    let [a, b] = [first.encoded(&model)?, second.encoded(&model)?];
    let times = |rate_hz: u32, length| FrameTimes::new(model.layout(rate_hz as f32), length);
    let timed = |sound: &MonoSound| times(sound.sample_rate_hz, sound.samples.len());
    let sounds =
        [TimedFrames { frames: &a, times: timed(&first) }, TimedFrames { frames: &b, times: timed(&second) }];
    let alignment = if arguments.align {
        SoundAlignment::warped(sounds, &model.parts().axis_widths())
    } else {
        SoundAlignment::even()
    };
    let share = |time: f32| curve_at(&arguments.curve, time);
    // The rate is that of the first sound, and so are the times of the frames.
    let longest_s = first.seconds().max(second.seconds());
    let length = (longest_s * f64::from(first.sample_rate_hz)).round() as usize;
    let frames = interpolated(sounds, &alignment, times(first.sample_rate_hz, length), share);
    let samples = model.decode(&frames, first.sample_rate_hz as f32, length).map_err(first.refused())?;
    write_sound(&arguments.output, samples, first.sample_rate_hz)
}

fn transfer(arguments: &TimbreTransfer) -> Result<(), CliError> {
    let model = any_model(&arguments.model.domain)?;
    named(&arguments.model.domain, &arguments.output).read("SOUND", [arguments.sound.as_path()]).check()?;
    let sound = MonoSound::read(&arguments.sound)?;
    let samples = model
        .transferred(&sound.samples, sound.sample_rate_hz as f32, arguments.strength)
        .map_err(sound.refused())?;
    write_sound(&arguments.output, samples, sound.sample_rate_hz)
}

/// Writes a sound that peaks at −1 dBFS at most, and says by how much it was turned down for that.
fn write_sound(path: &Path, mut samples: Vec<f32>, sample_rate_hz: u32) -> Result<(), CliError> {
    let gain = below_full_scale(&mut samples);
    write_wav(path, &[&samples], sample_rate_hz)?;
    if gain < 1.0 {
        let lower_db = -20.0 * gain.log10();
        warn(format_args!(
            "{} was turned down by {lower_db:.1} dB, so that it peaks at −1 dBFS",
            path.display()
        ));
    }
    Ok(())
}

/// The files of every task.
fn named(domain: &Path, output: &Path) -> NamedFiles {
    NamedFiles::default().read("--domain", [domain]).write("-o", [output])
}

fn fingerprint(model: &TimbreModel) -> String {
    format!("{:016x}", model.parts().domain.fingerprint)
}
