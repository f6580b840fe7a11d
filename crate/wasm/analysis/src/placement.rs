//! Places a patch on the plane: first by the encoder, then by perceptual search for a nearby point with the most
//! similar sound. The command line searches the whole plane (crate `search`), which would take minutes on a phone. No
//! web types.

use features::{AudioFeatures, FeatureExtractor, SpectralFeatures, test_note};
use model::{ModelError, PatchDecoder, PatchEncoder};
use patch::encoding::learned;
use patch::{Parameter, Patch};
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
    /// If one of them is not a latent-pad model, or the decoder gives a result that is not finite.
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

    /// Moves from `start` to better points around it, by decreasing steps. A point is better if its mel features are
    /// nearer and its timbral scales are no farther: the nearest mel features alone would leave the scales farther off
    /// than the encoder's point does. The search compares with the patch at the volume of every decoded patch, and
    /// without settings that no decoded patch has. The distance of the answer is the root mean square over the 162
    /// spectral features, at equal volume: 160 mel levels in dB, and two of similar weight. It includes the settings
    /// that no point has, such as distortion.
    ///
    /// # Errors
    /// If a point cannot be decoded.
    pub fn search_nearby(&mut self, patch: &Patch, start: Point) -> Result<ScoredPoint, ModelError> {
        let wanted = self.extractor.extract(&learned(*patch));
        let mut nearest = [f32::INFINITY; 2];
        let start = self.sound_at(Point::on_plane(start.x, start.y), &wanted, &mut nearest)?;
        let mut search = PatternSearch::new(start, STEPS[0], STEPS[1], PATIENCE);
        loop {
            let heard: Result<Vec<ScoredPoint>, ModelError> =
                search.candidates().map(|point| self.sound_at(point, &wanted, &mut nearest)).collect();
            let heard = heard?;
            if heard.is_empty() {
                return self.with_whole_distance(patch, search.best());
            }
            search.record(&heard);
        }
    }

    fn with_whole_distance(&mut self, patch: &Patch, best: ScoredPoint) -> Result<ScoredPoint, ModelError> {
        let compared = learned(*patch);
        let mut own = *patch;
        own.set(Parameter::MasterVol, compared.get(Parameter::MasterVol));
        if own == compared {
            return Ok(best);
        }
        let heard = self.extractor.spectrum(&self.decoder.decode(best.point)?);
        let wanted = self.extractor.spectrum(&own);
        Ok(ScoredPoint { distance: distance_db(&heard, &wanted), ..best })
    }

    /// Scores a point. `nearest` is the distances of the best point so far in mel features and in scales: a point with
    /// nearer mel features and farther scales counts as no nearer. The scales take most of the time, and are measured
    /// only where they decide.
    fn sound_at(
        &mut self,
        point: Point,
        wanted: &AudioFeatures,
        nearest: &mut [f32; 2],
    ) -> Result<ScoredPoint, ModelError> {
        let sound = test_note::render(&self.decoder.decode(point)?);
        let mut distance = 0.0;
        let (_, scales) = self.extractor.measure_scales_if(&sound, |spectrum| {
            distance = distance_db(spectrum, &wanted.spectrum);
            distance < nearest[0]
        });
        if let Some(scales) = scales {
            let off: f64 = scales.iter().zip(wanted.scales()).map(|(one, other)| (one - other).abs()).sum();
            if off as f32 <= nearest[1] {
                *nearest = [distance, off as f32];
            } else {
                distance = nearest[0];
            }
        }
        Ok(ScoredPoint { point, distance })
    }
}

fn distance_db(one: &SpectralFeatures, other: &SpectralFeatures) -> f32 {
    let squares = one.iter().zip(other).map(|(one, other)| (one - other) * (one - other));
    (squares.sum::<f32>() / one.len() as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::Presets;

    fn shipped(name: &str) -> Vec<u8> {
        std::fs::read(format!("../../../models/{name}")).expect("a shipped file")
    }

    fn placement() -> Placement {
        Placement::new(&shipped("encoder.onnx"), &shipped("decoder.onnx")).expect("a model")
    }

    #[test]
    fn a_patch_is_found_at_the_same_point_whatever_its_volume() {
        let mut placement = placement();
        let start = Point { x: 0.7, y: -1.2 };
        let mut patch = placement.decode(Point { x: 1.0, y: -1.0 }).expect("a patch");
        let found = placement.search_nearby(&patch, start).expect("a point");
        patch.set(Parameter::MasterVol, 0.2);
        assert_eq!(placement.search_nearby(&patch, start).expect("a point"), found);
    }

    #[test]
    fn what_no_point_has_is_part_of_the_distance() {
        let mut placement = placement();
        let start = Point { x: -2.0, y: 0.5 };
        let mut patch = placement.decode(start).expect("a patch");
        assert!(placement.search_nearby(&patch, start).expect("a point").distance < 0.1);
        patch.set(Parameter::DistortionCrunch, 0.9);
        assert!(placement.search_nearby(&patch, start).expect("a point").distance > 5.0);
    }

    #[test]
    fn the_scales_are_no_farther_off_than_where_the_search_begins() {
        let mut placement = placement();
        let presets = Presets::from_bytes(&shipped("presets.bin")).expect("presets");
        for preset in presets.all().iter().step_by(700) {
            let start = placement.encode(preset, true).expect("a point");
            let found = placement.search_nearby(preset, start).expect("a point");
            let wanted = placement.extractor.extract(&learned(*preset));
            let [before, after] = [start, found.point].map(|point| {
                let patch = placement.decode(point).expect("a patch");
                placement.extractor.extract(&patch)
            });
            let off = |heard: &AudioFeatures| -> f64 {
                heard.scales().iter().zip(wanted.scales()).map(|(one, other)| (one - other).abs()).sum()
            };
            assert!(off(&after) <= off(&before), "{} instead of {}", off(&after), off(&before));
            let distance = |heard: &AudioFeatures| distance_db(&heard.spectrum, &wanted.spectrum);
            assert!(distance(&after) <= distance(&before));
        }
    }
}
