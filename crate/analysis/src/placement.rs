//! Where a patch lies on the plane: first by the encoder, then by perceptual search: of the points
//! around, the one whose sound is nearest. (The command line searches the whole plane first; a phone has
//! no minute for that.) No web types.

use atlas::descent::{Descent, Place};
use ear::{Ear, Features};
use model::{Decoder, Encoder, ModelError};
use patch::Patch;
use patch::encoding::learned;
use plane::LATENT_LIMIT;

/// The first step from the encoder's point and the smallest one, in latent units: about the encoder's own
/// uncertainty, and a step that is hardly heard.
const STEPS: [f32; 2] = [0.4, 0.05];
/// The most points that are rendered: each takes some tens of milliseconds.
const PATIENCE: usize = 40;
/// Points of the plane at which a decoder is tried, in each direction, corners included: a decode takes microseconds.
const TRIED_A_SIDE: u8 = 9;

/// A model, and what compares sounds.
pub struct Placement {
    encoder: Encoder,
    decoder: Decoder,
    ear: Ear,
}

impl Placement {
    /// From the bytes of both files. All over the plane the decoder is tried, since the sound has to rely on it.
    ///
    /// # Errors
    /// If one of them is no model of ours, or the decoder's results are no numbers somewhere.
    pub fn new(encoder: &[u8], decoder: &[u8]) -> Result<Self, ModelError> {
        let (encoder, mut decoder) = (Encoder::from_onnx(encoder)?, Decoder::from_onnx(decoder)?);
        for column in 0..TRIED_A_SIDE {
            for row in 0..TRIED_A_SIDE {
                let point = [column, row]
                    .map(|step| (2.0 * step as f32 / (TRIED_A_SIDE - 1) as f32 - 1.0) * LATENT_LIMIT);
                decoder.decode(point)?;
            }
        }
        Ok(Self { encoder, decoder, ear: Ear::new() })
    }

    /// The patch at a point.
    ///
    /// # Errors
    /// If the point or a result is not finite.
    pub fn decode(&mut self, point: [f32; 2]) -> Result<Patch, ModelError> {
        self.decoder.decode(point)
    }

    /// Where the encoder places a patch; within the plane. If not `with_timbre`, its timbre is not judged, which
    /// would take most of the time.
    ///
    /// # Errors
    /// If a result is not finite.
    pub fn encode(&mut self, patch: &Patch, with_timbre: bool) -> Result<[f32; 2], ModelError> {
        let heard = self.encoder.listens().then(|| match with_timbre {
            true => self.ear.hear(&learned(*patch)).numbers(),
            false => ear::numbers(&self.ear.features(&learned(*patch)), None),
        });
        Ok(on_plane(self.encoder.encode(patch, heard.as_ref())?.mean))
    }

    /// Goes from a place to ever better ones around it, with ever smaller steps. Distances are root mean
    /// squares over the mel features, in dB.
    ///
    /// # Errors
    /// If a point cannot be decoded.
    pub fn search_nearby(&mut self, patch: &Patch, start: [f32; 2]) -> Result<Place, ModelError> {
        let wanted = self.ear.features(patch);
        let start = self.sound_at(on_plane(start), &wanted)?;
        let mut descent = Descent::new(start, STEPS[0], STEPS[1], PATIENCE);
        loop {
            let heard: Result<Vec<Place>, ModelError> =
                descent.wants().map(|point| self.sound_at(point, &wanted)).collect();
            let heard = heard?;
            if heard.is_empty() {
                return Ok(descent.best());
            }
            descent.hear(&heard);
        }
    }

    fn sound_at(&mut self, point: [f32; 2], wanted: &Features) -> Result<Place, ModelError> {
        let heard = self.ear.features(&self.decoder.decode(point)?);
        Ok(Place { point, distance: distance_db(&heard, wanted) })
    }
}

fn on_plane(point: [f32; 2]) -> [f32; 2] {
    point.map(|coordinate| coordinate.clamp(-LATENT_LIMIT, LATENT_LIMIT))
}

fn distance_db(one: &Features, other: &Features) -> f32 {
    let squares = one.iter().zip(other).map(|(one, other)| (one - other) * (one - other));
    (squares.sum::<f32>() / one.len() as f32).sqrt()
}
