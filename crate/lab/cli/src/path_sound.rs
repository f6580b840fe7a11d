//! The sound of a path: crate `instrument` plays it exactly as on the page, sample by sample.

use crate::error::CliError;
use instrument::Instrument;
use instrument::path_player::{PathDirection, PathPace, PathStart};
use model::PatchDecoder;
use path::{LatentPath, score};

/// Frames of a block.
const BLOCK: usize = 64;
/// The pace of a path as it was made: forward, one second in a second.
const PACE: PathPace = PathPace { rate: 1.0, direction: PathDirection::Forward };
/// The number under which it plays.
const NUMBER: usize = 0;

/// The settings of a performance.
#[derive(Clone, Copy, Debug)]
pub struct PathPerformance {
    /// The MIDI key of notes without one.
    pub key: u8,
    /// Seconds of sound after the end of the path.
    pub tail_s: f64,
    /// The sample rate, in Hz.
    pub sample_rate_hz: u32,
}

/// Renders a path of the plane once, left and right.
pub fn render_path(
    path: &LatentPath,
    decoder: PatchDecoder,
    performance: PathPerformance,
) -> Result<[Vec<f32>; 2], CliError> {
    let PathPerformance { key, tail_s, sample_rate_hz } = performance;
    let rate_hz = f64::from(sample_rate_hz);
    let failed = |instrument: &Instrument| CliError::Playing(instrument.error().to_owned());
    let mut instrument = Instrument::new(rate_hz)
        .ok_or_else(|| CliError::Playing(format!("{sample_rate_hz} Hz is not a rate at which it plays")))?;
    instrument.set_decoder(Box::new(decoder)).map_err(|_refused| failed(&instrument))?;
    let (words, length_s) = (score(&path.to_strokes(), path.length_s()), path.length_s());
    instrument.path_room(words.len()).ok_or(CliError::PathSize)?.copy_from_slice(&words);
    // One lane with one key: bit n of four words stands for key n.
    instrument.lane_words()[usize::from(key / 32)] = 1 << (key % 32);
    instrument.set_path_keys(1, false);
    let start = PathStart { length_s, repeats: false, pace: PACE, at_s: 0.0, lock: None };
    instrument.play_path(NUMBER, &start).map_err(|_refused| failed(&instrument))?;

    let frames = ((length_s + tail_s) * rate_hz).round() as usize;
    let mut sound = [Vec::with_capacity(frames), Vec::with_capacity(frames)];
    while sound[0].len() < frames {
        let count = BLOCK.min(frames - sound[0].len());
        if instrument.render(count) == instrument::Outcome::DecoderFailed {
            return Err(failed(&instrument));
        }
        sound[0].extend_from_slice(&instrument.left()[..count]);
        sound[1].extend_from_slice(&instrument.right()[..count]);
    }
    Ok(sound)
}
