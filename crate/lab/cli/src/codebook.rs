//! `latent-pad codebook`: the known presets and the points of the plane by their sounds, as a picture or as a table.

use crate::arguments::CodebookArguments;
use crate::error::CliError;
use crate::model::{ModelFile, known_points, plane_of};
use crate::named_files::NamedFiles;
use crate::output::{say, write_whole};
use crate::picture::{DotSet, capitalised, scatter};
use path::codebook::{CodebookAxis, histogram};
use path::codebook_dots::CodebookDots;
use path::target::scales;
use plane::preset_layers::PresetLayers;
use plane::{Map, Point};

/// Bars of the histogram.
const BARS: usize = 24;

/// Computes the codebook, prints the meaning of the axes, and draws or lists the dots.
pub fn run(arguments: &CodebookArguments) -> Result<(), CliError> {
    NamedFiles::default()
        .found([ModelFile::Decoder, ModelFile::Map, ModelFile::Coordinates, ModelFile::PresetLayers])
        .write("--png", arguments.png.as_deref())
        .check()?;
    let map = plane_of(None, None, "make one with `latent-pad map -o models/map.json`")?.1;
    let name = &arguments.descriptor;
    let layer = map.layers.iter().position(|layer| layer.name == *name).ok_or_else(|| {
        let known: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
        path::target::TargetPathError::Unknown { name: name.clone(), known: known.join(", ") }
    })?;
    let dots = dots(&map)?;
    if let Some(output) = &arguments.png {
        let png = picture(&dots, &map, layer);
        write_whole(output, |file| file.write_all(&png).map_err(CliError::write(output)))?;
    }
    if arguments.csv {
        return say(&table(&dots, &map));
    }
    for (number, axis) in (1..).zip(&dots.book.axes) {
        say(&format!(
            "axis {number}: {}; explains {:.0} % of how the sounds differ",
            meaning(axis, &map),
            100.0 * axis.share
        ))?;
    }
    say(&format!("{} presets and {} points of the plane", dots.book.presets.len(), dots.book.cells.len()))
}

/// The two scales that weigh most in an axis, with the words for its ends: the same as on the page.
fn meaning(axis: &CodebookAxis, map: &Map) -> String {
    let [one, other] = axis.heaviest().map(|number| (scales(map).nth(number), axis.weights[number] > 0.0));
    let Some((one, other)) = one.0.zip(other.0).map(|(first, second)| ((first, one.1), (second, other.1)))
    else {
        return String::new();
    };
    let end = |greater: bool| {
        [one, other].map(|(layer, rises)| layer.ends[usize::from(rises == greater)].as_str()).join(" and ")
    };
    format!("{} and {} ({} to {})", one.0.name, other.0.name, end(false), end(true))
}

/// The known presets and the plane of the same model.
fn dots(map: &Map) -> Result<CodebookDots, CliError> {
    let known = known_points(None, None, &ModelFile::Decoder.read(None)?.1, "")?;
    let (path, bytes) = ModelFile::PresetLayers.read(None)?;
    let names = known.name.iter().map(String::as_str);
    let own = PresetLayers::from_bytes(&bytes, names, map.layers.len())
        .map_err(|_| CliError::PresetLayers { path: path.clone() })?;
    let points: Vec<Point> = known.x.iter().zip(&known.y).map(|(&x, &y)| Point { x, y }).collect();
    CodebookDots::new(map, &points, Some(&own)).map_err(|_| CliError::PresetLayers { path })
}

/// A line for each dot.
fn table(dots: &CodebookDots, map: &Map) -> String {
    let names: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
    let mut text = format!("kind,number,axis_1,axis_2,{}", names.join(","));
    let book = &dots.book;
    let presets = book.presets.iter().enumerate().map(|(number, place)| ("preset", number, place));
    let cells = book.cells.iter().enumerate().map(|(number, place)| ("point", number, place));
    for (dot, (kind, number, [x, y])) in presets.chain(cells).enumerate() {
        let values: Vec<String> = (0..names.len()).map(|layer| dots.values(layer)[dot].to_string()).collect();
        text += &format!("\n{kind},{number},{x:.3},{y:.3},{}", values.join(","));
    }
    text
}

fn picture(dots: &CodebookDots, map: &Map, number: usize) -> Vec<u8> {
    let (layer, values) = (&map.layers[number], dots.values(number));
    let [least, most] = dots.range(number);
    let labels = [0, 1].map(|number| {
        let axis = &dots.book.axes[number];
        format!("axis {}: {}, explains {:.0} %", number + 1, meaning(axis, map), 100.0 * axis.share)
    });
    let title = capitalised(&layer.name);
    let counts = histogram(values, [least, most], BARS);
    let shares = values.iter().map(|value| (value - least) / (most - least).max(f32::MIN_POSITIVE)).collect();
    let places = dots.book.presets.iter().chain(&dots.book.cells).copied().collect();
    scatter(&title, &labels, [&layer.ends[0], &layer.ends[1]], &DotSet { places, shares }, &counts)
}
