//! `latent-pad codebook`: the known presets and the points of the plane by what they sound like, as a picture or as a
//! table.

use crate::arguments::CodebookArguments;
use crate::error::CliError;
use crate::model::{ModelFile, distance, plane_of};
use crate::output::{say, write_whole};
use crate::picture::{DotSet, scatter};
use dataset::fingerprint;
use matching::KnownSounds;
use path::codebook::{Codebook, CodebookError, histogram};
use plane::{Layer, Map};
use search::PlaneSounds;
use std::io::Write;

/// Bars of the histogram.
const BARS: usize = 24;

/// Computes, prints what the axes mean, and draws or lists.
pub fn run(arguments: &CodebookArguments) -> Result<(), CliError> {
    let map = plane_of(None, None)?.1;
    let name = &arguments.descriptor;
    let layer = map.layer(name).ok_or_else(|| {
        let known: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
        path::target::TargetPathError::Unknown { name: name.clone(), known: known.join(", ") }
    })?;
    let book = codebook(&map)?;
    if let Some(output) = &arguments.png {
        let png = picture(&book, layer);
        write_whole(output, |file| file.write_all(&png).map_err(CliError::write(output)))?;
    }
    if arguments.csv {
        return say(&table(&book, &map));
    }
    for (number, axis) in (1..).zip(&book.axes) {
        say(&format!(
            "axis {number} explains {:.0} % of how sounds differ, mostly {} ({} to {}, correlation {:.2})",
            100.0 * axis.share,
            axis.descriptor,
            axis.ends[0],
            axis.ends[1],
            axis.correlation
        ))?;
    }
    say(&format!("{} presets and {} points of the plane", book.presets.len(), book.cells.len()))
}

/// The codebook of the shipped presets and plane.
fn codebook(map: &Map) -> Result<Codebook, CliError> {
    let (_, distance) = distance(None, None)?;
    let (path, bytes) = ModelFile::Sounds.read(None)?;
    let damaged = |path| CliError::Codebook { path, source: CodebookError };
    let sounds =
        PlaneSounds::from_bytes(&bytes, [&map.model, &distance]).map_err(|_| damaged(path.clone()))?;
    let (known_path, bytes) = ModelFile::PresetSounds.read(None)?;
    let (_, presets) = ModelFile::Presets.read(None)?;
    let fits = KnownSounds::fingerprints(&bytes).is_some_and(|own| own == [fingerprint(&presets), distance]);
    let (coordinates_path, json) = ModelFile::Coordinates.read(None)?;
    let known: plane::Coordinates =
        serde_json::from_slice(&json).map_err(|source| CliError::Json { path: coordinates_path, source })?;
    let read = KnownSounds::from_bytes(&bytes, known.len()).ok().filter(|_| fits);
    let known = read.ok_or_else(|| damaged(known_path))?;
    let presets: Vec<Vec<f32>> = known.sounds().iter().map(|phi| phi.to_vec()).collect();
    let cells: Vec<Vec<f32>> = sounds.iter().map(|(_, sound)| sound.phi.to_vec()).collect();
    Codebook::new(&presets, &cells, map).map_err(|source| CliError::Codebook { path, source })
}

/// A line for each dot.
fn table(book: &Codebook, map: &Map) -> String {
    let names: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
    let mut text = format!("kind,number,axis_1,axis_2,{}", names.join(","));
    for (number, [x, y]) in book.presets.iter().enumerate() {
        text += &format!("\npreset,{number},{x:.3},{y:.3}{}", ",".repeat(names.len()));
    }
    for (number, [x, y]) in book.cells.iter().enumerate() {
        let value = |layer: &Layer| format!("{}", f32::from(layer.values[number]) / 10.0);
        let values: Vec<String> = map.layers.iter().map(value).collect();
        text += &format!("\npoint,{number},{x:.3},{y:.3},{}", values.join(","));
    }
    text
}

fn picture(book: &Codebook, layer: &Layer) -> Vec<u8> {
    let values: Vec<f32> = layer.values.iter().map(|value| f32::from(*value) / 10.0).collect();
    let labels = [0, 1].map(|number| {
        let axis = &book.axes[number];
        format!("axis {}: {:.0} %, {} to {}", number + 1, 100.0 * axis.share, axis.ends[0], axis.ends[1])
    });
    let mut title = layer.name.clone();
    title[..1].make_ascii_uppercase();
    let counts = histogram(&values, layer.range(), BARS);
    let shares = values.iter().map(|value| layer.share(*value)).collect();
    let dots = DotSet { faint: book.presets.clone(), coloured: book.cells.clone(), shares };
    scatter(&title, &labels, [&layer.ends[0], &layer.ends[1]], &dots, &counts)
}
