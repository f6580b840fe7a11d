//! The contours in the file of a model, after its layers. A file without them ends there. Never trusts a byte.
//!
//! All numbers are little-endian. `CONTOUR1` and the number of contours (u16) come first. Each contour has its key
//! (u8), its release in milliseconds, its steps and the first step of its loop (u16 each), and its place (f32 each).
//! Then come its tracks: level (i16, 1/256 dB), noise (i8, 1/4 dB), pitch (i8, cents), and of each latent number every
//! second step (i8, 1/50 of the axis' width). Each value of a track is the difference from the one before it, which
//! compresses well.

use crate::contour::{CONTOUR_LIMIT, CONTOUR_STEPS_LIMIT, STEPS_A_LATENT, ToneContour};
use crate::error::FrameModelError;
use crate::model_reader::ModelReader;

pub(crate) const CONTOUR_TAG: &[u8; 8] = b"CONTOUR1";
/// Steps of a dB of level and of noise, and of a width of an axis.
const LEVEL_STEPS: f32 = 256.0;
const NOISE_STEPS: f32 = 4.0;
const WIDTH_STEPS: f32 = 50.0;

pub(crate) fn write_contours(contours: &[ToneContour], bytes: &mut Vec<u8>) {
    if contours.is_empty() {
        return;
    }
    bytes.extend(CONTOUR_TAG);
    bytes.extend((contours.len() as u16).to_le_bytes());
    for contour in contours {
        bytes.push(contour.key);
        let release_ms = (1e3 * contour.release_s).round() as u16;
        for number in [release_ms, contour.steps() as u16, contour.loop_start as u16] {
            bytes.extend(number.to_le_bytes());
        }
        contour.place.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        let mut last = 0_i16;
        for level_db in &contour.level_db {
            let level = (level_db * LEVEL_STEPS).round() as i16;
            bytes.extend(level.wrapping_sub(last).to_le_bytes());
            last = level;
        }
        write_track(contour.noise_db.iter().copied(), NOISE_STEPS, bytes);
        write_track(contour.cents.iter().copied(), 1.0, bytes);
        for index in 0..contour.place.len() {
            write_track(contour.latent.iter().map(|numbers| numbers[index]), WIDTH_STEPS, bytes);
        }
    }
}

fn write_track(values: impl Iterator<Item = f32>, steps: f32, bytes: &mut Vec<u8>) {
    let mut last = 0_i8;
    for value in values {
        let value = (value * steps).round() as i8;
        bytes.extend(value.wrapping_sub(last).to_le_bytes());
        last = value;
    }
}

/// The contours after the layers; none at the end of the file.
pub(crate) fn read_contours(
    reader: &mut ModelReader,
    latents: usize,
) -> Result<Vec<ToneContour>, FrameModelError> {
    if !reader.skips(CONTOUR_TAG) {
        return Ok(Vec::new());
    }
    let count = reader.short()?;
    if !(1..=CONTOUR_LIMIT).contains(&count) {
        return Err(FrameModelError::Damaged { what: "the contours" });
    }
    (0..count).map(|_| read_contour(reader, latents)).collect()
}

fn read_contour(reader: &mut ModelReader, latents: usize) -> Result<ToneContour, FrameModelError> {
    let [key] = reader.array()?;
    let [release_ms, steps, loop_start] = [reader.short()?, reader.short()?, reader.short()?];
    if steps > CONTOUR_STEPS_LIMIT {
        return Err(FrameModelError::Damaged { what: "the contours" });
    }
    let place = reader.floats(latents)?;
    let mut level = 0_i16;
    let mut level_db = Vec::with_capacity(steps);
    for _ in 0..steps {
        level = level.wrapping_add(i16::from_le_bytes(reader.array()?));
        level_db.push(f32::from(level) / LEVEL_STEPS);
    }
    let noise_db = read_track(reader, steps, NOISE_STEPS)?;
    let cents = read_track(reader, steps, 1.0)?;
    let mut latent = vec![vec![0.0; latents]; steps.div_ceil(STEPS_A_LATENT)];
    for index in 0..latents {
        for (numbers, value) in
            latent.iter_mut().zip(read_track(reader, steps.div_ceil(STEPS_A_LATENT), WIDTH_STEPS)?)
        {
            numbers[index] = value;
        }
    }
    let release_s = release_ms as f32 / 1e3;
    Ok(ToneContour { key, release_s, loop_start, place, level_db, noise_db, cents, latent })
}

fn read_track(reader: &mut ModelReader, count: usize, steps: f32) -> Result<Vec<f32>, FrameModelError> {
    let mut value = 0_i8;
    let add = |&byte: &u8| {
        value = value.wrapping_add(i8::from_le_bytes([byte]));
        f32::from(value) / steps
    };
    Ok(reader.take(count)?.iter().map(add).collect())
}
