//! A whole sound at another sample rate.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

/// Frames that are transformed together.
const CHUNK: usize = 4096;

/// One channel in single precision, from one sample rate to another, in Hz.
///
/// # Errors
/// Why the library refuses the rates.
pub fn resampled(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, String> {
    let resampler = Fft::<f32>::new(from_hz as usize, to_hz as usize, CHUNK, 1, FixedSync::Input);
    let mut resampler = resampler.map_err(|error| error.to_string())?;
    let input = InterleavedSlice::new(samples, 1, samples.len()).map_err(|error| error.to_string())?;
    let output = resampler.process_all(&input, samples.len(), None).map_err(|error| error.to_string())?;
    Ok(output.take_data())
}

/// One channel in double precision, from one sample rate to another, in Hz.
///
/// # Errors
/// Why the library refuses the rates.
pub fn resampled_exactly(samples: &[f64], from_hz: u32, to_hz: u32) -> Result<Vec<f64>, String> {
    let resampler = Fft::<f64>::new(from_hz as usize, to_hz as usize, CHUNK, 1, FixedSync::Input);
    let mut resampler = resampler.map_err(|error| error.to_string())?;
    let input = InterleavedSlice::new(samples, 1, samples.len()).map_err(|error| error.to_string())?;
    let output = resampler.process_all(&input, samples.len(), None).map_err(|error| error.to_string())?;
    Ok(output.take_data())
}
