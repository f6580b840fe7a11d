//! The sound of a path: crate `instrument` plays it as on the page, its point at each block of 64 frames, its notes at
//! their frames.

use crate::error::CliError;
use instrument::Instrument;
use model::PatchDecoder;
use path::LatentPath;

/// Frames of a block.
const BLOCK: usize = 64;
/// The controller of the volume.
const VOLUME: u32 = 7;
/// The part that plays.
const PART: usize = 0;

/// How a path is played.
#[derive(Clone, Copy, Debug)]
pub struct PathPerformance {
    /// The MIDI key of notes without one.
    pub key: u8,
    /// Seconds of sound after the end of the path.
    pub tail_s: f64,
    /// In Hz.
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
        .ok_or_else(|| CliError::Playing(format!("{sample_rate_hz} Hz is no rate at which it plays")))?;
    instrument.move_to(PART, path.point_at(0.0).into());
    instrument.set_decoder(Box::new(decoder)).map_err(|()| failed(&instrument))?;

    // Frame, key and velocity; velocity 0 releases. Releases come first, so that a key can be struck again.
    let frame = |time_s: f64| (time_s * rate_hz).round() as usize;
    let mut events: Vec<(usize, u8, u8)> = Vec::new();
    for note in path.notes() {
        let key = note.key.unwrap_or(key);
        let start = frame(note.start_s);
        events.push((start, key, note.velocity));
        events.push((frame(note.end_s()).max(start + 1), key, 0));
    }
    events.sort_by_key(|event| (event.0, event.2 > 0));
    let mut events = events.into_iter().peekable();

    let frames = frame(path.length_s() + tail_s);
    let mut sound = [Vec::with_capacity(frames), Vec::with_capacity(frames)];
    let mut level = None;
    let mut now = 0;
    while now < frames {
        let time_s = now as f64 / rate_hz;
        instrument.move_to(PART, path.point_at(time_s).into());
        if path.level().is_some() {
            let next = (path.level_at(time_s) * 127.0).round() as u32;
            if level.replace(next) != Some(next) {
                instrument.control_change(PART, VOLUME, next);
            }
        }
        while let Some((_, key, velocity)) = events.next_if(|event| event.0 <= now) {
            instrument.note_on(PART, key.into(), velocity.into());
        }
        // A block ends with the grid of blocks and before the next event, as in amSynth.
        let next_event = events.peek().map_or(frames, |event| event.0);
        let end = ((now / BLOCK + 1) * BLOCK).min(next_event).min(frames);
        if instrument.render(end - now) == instrument::Outcome::DecoderFailed {
            return Err(failed(&instrument));
        }
        sound[0].extend_from_slice(&instrument.left()[..end - now]);
        sound[1].extend_from_slice(&instrument.right()[..end - now]);
        now = end;
    }
    Ok(sound)
}
