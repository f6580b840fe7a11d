//! A macro-control: spectrograms, the properties of the sound and the parameters at rising amounts.

use super::canvas::{Align, Canvas, Ink};
use super::{FAINT, TEXT, capitalised, colour};
use macro_control::{MeasuredProperties, SoundProperty};
use matching::{FREQUENCY_COUNT, MOMENT_COUNT};
use patch::{Info, Parameter, Patch};

/// The data of the picture; the lists have one value for each amount.
pub struct MacroPicture {
    /// Name of the preset.
    pub preset: String,
    /// The property that changes.
    pub property: SoundProperty,
    /// The amounts, rising, −1…1.
    pub amounts: Vec<f32>,
    /// The spectrograms, as [`matching::spectrogram`] makes them.
    pub spectrograms: Vec<Vec<f32>>,
    /// `None` for silence.
    pub measured: Vec<Option<MeasuredProperties>>,
    /// The patches.
    pub patches: Vec<Patch>,
}

/// Pixels of a level of a spectrogram.
const CELL: [f32; 2] = [0.75, 1.5];
const COLUMN: f32 = MOMENT_COUNT as f32 * CELL[0];
const LEFT: f32 = 190.0;
const RIGHT: f32 = 330.0;
const MARGIN: f32 = 12.0;
const TITLE: f32 = 24.0;
const LABEL: f32 = 15.0;
/// Heights of the row of a property or a parameter, and of the curve in it.
const ROW: f32 = 40.0;
const CURVE: f32 = 30.0;
/// The most parameters that are drawn; the parameters that move farthest are.
const PARAMETERS: usize = 12;
/// A parameter that moves less than this share of its range is not drawn.
const LEAST_SHARE: f32 = 0.01;
const LINE: Ink = [0x54, 0x27, 0x88, 255];
const OTHER: Ink = [0x8c, 0x8c, 0x98, 255];
const RULE: Ink = [0xe4, 0xe4, 0xe8, 255];

/// A curve with its name and the text beside it.
struct CurveRow {
    name: String,
    /// Values of 0…1; The value at each amount, 0…1; `None` for silence.
    shares: Vec<Option<f32>>,
    text: String,
    ink: Ink,
}

/// Draws the picture as a PNG file.
pub fn macro_picture(picture: &MacroPicture) -> Vec<u8> {
    let columns = picture.amounts.len();
    let (properties, parameters) = (property_rows(picture), parameter_rows(picture));
    let spectra = FREQUENCY_COUNT as f32 * CELL[1];
    let width = LEFT + columns as f32 * (COLUMN + MARGIN) + RIGHT;
    let top = 3.0 * TITLE;
    let rows = (properties.len() + parameters.len() + 2) as f32;
    let mut canvas = Canvas::new(width as u32, (top + spectra + 2.5 * LABEL + rows * ROW) as u32);
    let name = capitalised(picture.property.name());
    let [less, more] = picture.property.ends();
    let title = format!("{name} of {}: {less} to {more}", picture.preset);
    canvas.text(&title, [MARGIN, 1.5 * TITLE], TITLE, Align::Left, TEXT);
    let left = |column: usize| LEFT + column as f32 * (COLUMN + MARGIN);
    for (column, levels) in picture.spectrograms.iter().enumerate() {
        for (at, level) in levels.iter().enumerate() {
            let corner = [
                left(column) + (at % MOMENT_COUNT) as f32 * CELL[0],
                top + (at / MOMENT_COUNT) as f32 * CELL[1],
            ];
            canvas.rectangle(corner, [1.0, 2.0], colour(*level));
        }
        let amount = format!("{:+.2}", picture.amounts[column]).replace('-', "−");
        let below = [left(column) + COLUMN / 2.0, top + spectra + 1.3 * LABEL];
        canvas.text(&amount, below, LABEL, Align::Centre, FAINT);
    }
    let mut y = top + spectra + 2.5 * LABEL;
    for (heading, rows) in [("Properties, in points", properties), ("Parameters", parameters)] {
        canvas.text(heading, [MARGIN, y + 0.75 * ROW], LABEL, Align::Left, FAINT);
        y += ROW;
        for row in rows {
            let ends = [left(0) + COLUMN / 2.0, left(columns - 1) + COLUMN / 2.0];
            canvas.rectangle([ends[0], y + ROW - 4.0], [ends[1] - ends[0], 1.0], RULE);
            canvas.text(&row.name, [MARGIN, y + 0.75 * ROW], LABEL, Align::Left, TEXT);
            let place = |(column, share): (usize, &Option<f32>)| {
                let up = share.map(|share| y + ROW - 4.0 - CURVE * share.clamp(0.0, 1.0));
                up.map(|up| [left(column) + COLUMN / 2.0, up])
            };
            let points: Vec<[f32; 2]> = row.shares.iter().enumerate().filter_map(place).collect();
            canvas.line(&points, if row.ink == LINE { 2.4 } else { 1.6 }, row.ink);
            canvas.dots(&points, 2.4, row.ink);
            canvas.text(&row.text, [left(columns), y + 0.75 * ROW], LABEL, Align::Left, FAINT);
            y += ROW;
        }
    }
    canvas.png()
}

fn property_rows(picture: &MacroPicture) -> Vec<CurveRow> {
    let row = |property: SoundProperty| {
        let value =
            |sound: &Option<MeasuredProperties>| sound.map(|sound| sound.values[property.index()] as f32);
        let values: Vec<Option<f32>> = picture.measured.iter().map(value).collect();
        let text = |at: usize| {
            let value = values.get(at).copied().flatten();
            value.map_or("silent".to_owned(), |value| format!("{value:.0}").replace('-', "−"))
        };
        let texts = [0, values.len() / 2, values.len() - 1].map(text);
        CurveRow {
            name: property.name().to_owned(),
            text: texts.join("  |  "),
            shares: values.iter().map(|value| value.map(|value| value / 100.0)).collect(),
            ink: if property == picture.property { LINE } else { OTHER },
        }
    };
    SoundProperty::ALL.into_iter().map(row).collect()
}

/// The parameters that move, the farthest first.
fn parameter_rows(picture: &MacroPicture) -> Vec<CurveRow> {
    let row = |parameter: Parameter| {
        let &Info { min, max, label, group, .. } = parameter.info();
        let values: Vec<f32> = picture.patches.iter().map(|patch| patch.get(parameter)).collect();
        let shares: Vec<f32> = values.iter().map(|value| (value - min) / (max - min)).collect();
        let ends = |fold: fn(f32, f32) -> f32| shares.iter().copied().reduce(fold).unwrap_or(0.0);
        let texts = [0, values.len() / 2, values.len() - 1].map(|at| parameter.text(values[at]));
        let row = CurveRow {
            name: format!("{}: {label}", group.label()),
            text: texts.join("  |  "),
            shares: shares.iter().copied().map(Some).collect(),
            ink: LINE,
        };
        (ends(f32::max) - ends(f32::min), row)
    };
    let mut rows: Vec<(f32, CurveRow)> = Parameter::ALL.into_iter().map(row).collect();
    rows.retain(|(moved, _)| *moved >= LEAST_SHARE);
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().take(PARAMETERS).map(|(_, row)| row).collect()
}
