//! The file of a model. Never trusts a byte: a wrong one gives an error.
//!
//! All numbers are little-endian. The file begins with `LPFRAME1`, or `LPTEXTR1` of a texture, then latents and
//! width (u16 each), name and notices (length as u16, UTF-8) and the fingerprint (u64). The scaling follows: means
//! and spreads (105 f32 each, 513 of a texture), and low, high and share (f32) of each axis. Then come the layers
//! of encoder, decoder and scales. Each layer has its biases (f32), a step for each output (f32), and its weights
//! as whole numbers of steps (i8), input by input. One byte for a weight makes the file half as large as two
//! would. A model of tones may have contours after the layers (`contour_file.rs`).

use crate::contour_file::{read_contours, write_contours};
use crate::error::FrameModelError;
use crate::latent_axis::{LATENT_LIMIT, LatentAxis};
use crate::layer::FrameLayer;
use crate::model::{FrameModel, SoundDomain, WIDTH_LIMIT, layer_shapes};
use crate::model_reader::ModelReader;
use crate::normalisation::{COLUMN_COUNT, FEATURE_COUNT, FrameNormalisation};

pub(crate) const MAGIC: &[u8; 8] = b"LPFRAME1";
/// A model of textures: 513 means and spreads, and no pitch.
pub(crate) const TEXTURE_MAGIC: &[u8; 8] = b"LPTEXTR1";
/// The greatest number of steps of a weight.
const STEPS: f32 = 127.0;

impl FrameModel {
    /// The file. Weights are rounded: the model that is read from it differs a little from this one, and gives the
    /// same bytes again.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_bytes_after(MAGIC)
    }

    pub(crate) fn to_bytes_after(&self, magic: &[u8; 8]) -> Vec<u8> {
        let mut bytes = magic.to_vec();
        let short = |number: usize| (number as u16).to_le_bytes();
        bytes.extend(short(self.latents()));
        bytes.extend(short(self.width()));
        for text in [&self.domain.name, &self.domain.notices] {
            bytes.extend(short(text.len()));
            bytes.extend(text.as_bytes());
        }
        bytes.extend(self.domain.fingerprint.to_le_bytes());
        let mut floats =
            |numbers: &[f32]| numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        floats(&self.normalisation.means);
        floats(&self.normalisation.spreads);
        self.axes.iter().for_each(|axis| floats(&[axis.low, axis.high, axis.share]));
        for layer in self.encoder.iter().chain(&self.decoder).chain([&self.scales]) {
            write_layer(layer, &mut bytes);
        }
        write_contours(&self.contours, &mut bytes);
        bytes
    }

    /// The model in a file.
    ///
    /// # Errors
    /// If the bytes are no such file, or a damaged one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrameModelError> {
        if bytes.starts_with(TEXTURE_MAGIC) {
            return Err(FrameModelError::Texture);
        }
        Self::from_bytes_after(bytes, MAGIC, [COLUMN_COUNT, FEATURE_COUNT])
    }

    /// The model of so many columns and features, after these first bytes of a file.
    pub(crate) fn from_bytes_after(
        bytes: &[u8],
        magic: &[u8; 8],
        columns: [usize; 2],
    ) -> Result<Self, FrameModelError> {
        let bytes = bytes.strip_prefix(magic).ok_or(FrameModelError::NoModel)?;
        let mut reader = ModelReader { bytes };
        let (latents, width) = (reader.short()?, reader.short()?);
        if !(1..=LATENT_LIMIT).contains(&latents) || !(1..=WIDTH_LIMIT).contains(&width) {
            return Err(FrameModelError::Damaged { what: "its size" });
        }
        let domain = SoundDomain {
            name: reader.text()?,
            notices: reader.text()?,
            fingerprint: u64::from_le_bytes(reader.array()?),
        };
        let normalisation =
            FrameNormalisation { means: reader.floats(columns[0])?, spreads: reader.floats(columns[0])? };
        let mut axes = Vec::with_capacity(latents);
        for _ in 0..latents {
            let [low, high, share] = [reader.float()?, reader.float()?, reader.float()?];
            axes.push(LatentAxis { low, high, share });
        }
        let [a, b, c, d, e, f, g] = layer_shapes(latents, width, columns);
        let mut layer = |shape| reader.layer(shape);
        let encoder = [layer(a)?, layer(b)?, layer(c)?];
        let decoder = [layer(d)?, layer(e)?, layer(f)?];
        let scales = layer(g)?;
        let contours = if magic == MAGIC { read_contours(&mut reader, latents)? } else { Vec::new() };
        if !reader.bytes.is_empty() {
            return Err(FrameModelError::TooLong { count: reader.bytes.len() });
        }
        Self { domain, normalisation, encoder, decoder, axes, scales, contours }.checked_as(columns)
    }
}

fn write_layer(layer: &FrameLayer, bytes: &mut Vec<u8>) {
    let mut steps = vec![0.0_f32; layer.outputs];
    for column in layer.weights.chunks_exact(layer.outputs) {
        for (step, weight) in steps.iter_mut().zip(column) {
            *step = step.max(weight.abs() / STEPS);
        }
    }
    // A step below the normal numbers has too few bits to be found again from the weights that it gives. Such
    // weights are inaudible.
    steps.iter_mut().filter(|step| !step.is_normal()).for_each(|step| *step = 0.0);
    layer.bias.iter().chain(&steps).for_each(|number| bytes.extend(number.to_le_bytes()));
    for column in layer.weights.chunks_exact(layer.outputs) {
        for (weight, step) in column.iter().zip(&steps) {
            let count = if *step > 0.0 { (weight / step).round().clamp(-STEPS, STEPS) } else { 0.0 };
            bytes.extend((count as i8).to_le_bytes());
        }
    }
}
