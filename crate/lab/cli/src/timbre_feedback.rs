//! `latent-pad timbre feedback`: the loop of the page's feedback as a file.

use crate::error::CliError;
use crate::named_files::NamedFiles;
use crate::output::write_wav;
use crate::timbre_arguments::{LONGEST_OUTPUT_S, TimbreFeedback, TimedValue};
use crate::timbre_files::{MonoSound, model};
use tone_voice::{FeedbackCurve, feedback_sound};

/// The time for which the loop continues after its sound unless an option gives the length.
const SOUNDS_ON_S: f32 = 5.0;
/// The highest frequency of the band-pass as a share of the sample rate: the loop limits it to this.
const MOST_OF_RATE: f32 = 0.4;

/// Renders the loop, and writes it.
pub fn run(arguments: &TimbreFeedback) -> Result<(), CliError> {
    let frequency = curve("--frequency", &arguments.frequency)?;
    let quality = curve("--q", &arguments.q)?;
    let model = model(&arguments.model.domain)?;
    NamedFiles::default()
        .read("SOUND", [arguments.sound.as_path()])
        .read("--domain", [arguments.model.domain.as_path()])
        .write("-o", [&arguments.output])
        .check()?;
    let sound = MonoSound::read(&arguments.sound)?;
    let rate_hz = sound.sample_rate_hz as f32;
    let most_hz = MOST_OF_RATE * rate_hz;
    if arguments.frequency.iter().any(|one| one.value > most_hz) {
        return Err(CliError::BandTooHigh { path: arguments.sound.clone(), most_hz });
    }
    let usual_s = (sound.samples.len() as f32 / rate_hz + SOUNDS_ON_S).min(LONGEST_OUTPUT_S);
    let length = (arguments.seconds.unwrap_or(usual_s) * rate_hz).round() as usize;
    let samples =
        feedback_sound(&model, &sound.samples, rate_hz, length, [&frequency, &quality], arguments.seed)
            .map_err(sound.refused())?;
    write_wav(&arguments.output, &[&samples], sound.sample_rate_hz)
}

/// The curve of an option: one value, or several with rising times.
fn curve(option: &'static str, values: &[TimedValue]) -> Result<FeedbackCurve, CliError> {
    let points = match values {
        [only] => Some(vec![[only.time_s.unwrap_or(0.0), only.value]]),
        _ => values.iter().map(|one| Some([one.time_s?, one.value])).collect(),
    };
    points.and_then(FeedbackCurve::new).ok_or(CliError::NoCurve { option })
}
