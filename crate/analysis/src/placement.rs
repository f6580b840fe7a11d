//! Places a patch on the plane: first by the encoder, then by perceptual search for a nearby point with the most
//! similar sound. (The command line searches the whole plane, see crate `search`, which would take minutes on a
//! phone.) No web types.

use features::{FeatureExtractor, SpectralFeatures};
use model::{ModelError, PatchDecoder, PatchEncoder};
use patch::Patch;
use patch::encoding::learned;
use plane::{LATENT_LIMIT, Point};
use search::{PatternSearch, ScoredPoint};

/// The first step from the encoder's point and the smallest one, in latent units: about the encoder's own
/// uncertainty, and a step that is barely audible.
const STEPS: [f32; 2] = [0.4, 0.05];
/// The most points to render: each takes some tens of milliseconds.
const PATIENCE: usize = 40;
/// Points per axis at which a new decoder is tested, corners included: a decode takes microseconds.
const TRIED_A_SIDE: u8 = 9;

/// A model with its perceptual distance.
pub struct Placement {
    encoder: PatchEncoder,
    decoder: PatchDecoder,
    extractor: FeatureExtractor,
}

impl Placement {
    /// Loads both files from their bytes. Tests the decoder all over the plane, since the sound relies on it.
    ///
    /// # Errors
    /// If one of them is no latent-pad model, or the decoder gives a result that is not finite.
    pub fn new(encoder: &[u8], decoder: &[u8]) -> Result<Self, ModelError> {
        let (encoder, mut decoder) = (PatchEncoder::from_onnx(encoder)?, PatchDecoder::from_onnx(decoder)?);
        for column in 0..TRIED_A_SIDE {
            for row in 0..TRIED_A_SIDE {
                let point = [column, row]
                    .map(|step| (2.0 * step as f32 / (TRIED_A_SIDE - 1) as f32 - 1.0) * LATENT_LIMIT);
                decoder.decode(point.into())?;
            }
        }
        Ok(Self { encoder, decoder, extractor: FeatureExtractor::new() })
    }

    /// The patch at a point.
    ///
    /// # Errors
    /// If the point or a result is not finite.
    pub fn decode(&mut self, point: Point) -> Result<Patch, ModelError> {
        self.decoder.decode(point)
    }

    /// The encoder's point for a patch, within the plane. Without `with_timbre`, skips the timbre, which takes most
    /// of the time.
    ///
    /// # Errors
    /// If a result is not finite.
    pub fn encode(&mut self, patch: &Patch, with_timbre: bool) -> Result<Point, ModelError> {
        let heard = self.encoder.needs_features().then(|| match with_timbre {
            true => self.extractor.extract(&learned(*patch)).vector(),
            false => features::feature_vector(&self.extractor.spectrum(&learned(*patch)), None),
        });
        let Point { x, y } = self.encoder.encode(patch, heard.as_ref())?.mean;
        Ok(Point::on_plane(x, y))
    }

    /// Moves from `start` to better points around it, by decreasing steps. Distances are root mean squares over the
    /// mel features, in dB.
    ///
    /// # Errors
    /// If a point cannot be decoded.
    pub fn search_nearby(&mut self, patch: &Patch, start: Point) -> Result<ScoredPoint, ModelError> {
        let wanted = self.extractor.spectrum(patch);
        let start = self.sound_at(Point::on_plane(start.x, start.y), &wanted)?;
        let mut search = PatternSearch::new(start, STEPS[0], STEPS[1], PATIENCE);
        loop {
            let heard: Result<Vec<ScoredPoint>, ModelError> =
                search.candidates().map(|point| self.sound_at(point, &wanted)).collect();
            let heard = heard?;
            if heard.is_empty() {
                return Ok(search.best());
            }
            search.record(&heard);
        }
    }

    fn sound_at(&mut self, point: Point, wanted: &SpectralFeatures) -> Result<ScoredPoint, ModelError> {
        let heard = self.extractor.spectrum(&self.decoder.decode(point)?);
        Ok(ScoredPoint { point, distance: distance_db(&heard, wanted) })
    }
}

fn distance_db(one: &SpectralFeatures, other: &SpectralFeatures) -> f32 {
    let squares = one.iter().zip(other).map(|(one, other)| (one - other) * (one - other));
    (squares.sum::<f32>() / one.len() as f32).sqrt()
}
