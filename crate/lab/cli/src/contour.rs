//! The contour of a sound: the course of a timbral scale in it over time, as the shape of a target.

use crate::error::CliError;
use crate::region_arguments::RegionArguments;
use crate::sound_input::read_measured_region;
use matching::mono;
use path::target::{TargetShape, contour};
use rayon::prelude::*;
use sound_file::SoundFile;
use std::path::Path;
use timbre::{Analyzer, Descriptor};

/// The longest part of a sound that is a target, in seconds: as on the page.
const LONGEST_S: usize = 60;
/// The shortest path, in seconds: the page takes it, too, for a shorter sound.
const LEAST_S: f64 = 0.5;

/// The shape of a scale in a part of a sound, and the part's length in tenths of a second.
pub fn contour_of(
    (path, region): (&Path, &RegionArguments),
    scale: &str,
    steps: usize,
) -> Result<(TargetShape, f64), CliError> {
    let SoundFile { channels, sample_rate_hz, .. } = read_measured_region(path, region)?;
    let end = channels[0].len().min(LONGEST_S * sample_rate_hz as usize);
    let channels: Vec<&[f32]> = channels.iter().map(|channel| &channel[..end]).collect();
    if !channels.iter().copied().flatten().all(|sample| sample.is_finite()) {
        return Err(CliError::NotFinite { path: path.to_owned() });
    }
    let mixed;
    let [left, right] = match *channels.as_slice() {
        [left, right] => [left, right],
        _ => {
            mixed = mono(&channels).ok_or_else(|| CliError::NoContour { path: path.to_owned() })?;
            [mixed.as_slice(); 2]
        }
    };
    let descriptor = Descriptor::from_name(scale);
    let unusable = |source| CliError::Timbre { path: path.to_owned(), source };
    Analyzer::new(sample_rate_hz).map_err(unusable)?;
    let value = |analyzer: &mut Option<Analyzer>, index: usize| {
        let part = contour::part(end, sample_rate_hz, steps, index);
        let [left, right] = [&left[part.clone()], &right[part]];
        // Silence and sounds that are too short have no value.
        let described = analyzer.as_mut().and_then(|own| own.analyze_stereo(left, right).ok());
        described.zip(descriptor).map_or(f32::NAN, |(own, scale)| own.clipped().get(scale) as f32)
    };
    let analyzer = || Analyzer::new(sample_rate_hz).ok();
    let values: Vec<f32> = (0..steps).into_par_iter().map_init(analyzer, value).collect();
    let shares =
        contour::shares(&values).ok_or_else(|| match values.iter().any(|value| value.is_finite()) {
            true => CliError::FlatContour { path: path.to_owned(), scale: scale.to_owned() },
            false => CliError::NoContour { path: path.to_owned() },
        })?;
    let length_s = end as f64 / f64::from(sample_rate_hz);
    Ok((TargetShape::Drawn(shares), (length_s.max(LEAST_S) * 10.0).round() / 10.0))
}
