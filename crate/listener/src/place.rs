//! Where a patch lies on the plane: first by the encoder, then by ear: of
//! the places around, the one whose sound is nearest. (The command line listens to the whole plane
//! first, see crate `atlas`; a phone has no minute for that.) No web types.

use ear::{Ear, Features};
use latent::contract::LATENT_LIMIT;
use latent::{Decoder, Encoder, ModelError};
use patch::Patch;
use patch::encoding::learned;

/// First and last distance at which the neighbourhood is listened to, in latent units: about the
/// encoder's own uncertainty, and a step that is hardly heard.
const STEPS: [f32; 2] = [0.4, 0.05];
/// Directions that are tried at each distance.
const DIRECTIONS: [[f32; 2]; 4] = [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]];
/// The most places that are listened to: each takes some tens of milliseconds.
const PATIENCE: usize = 40;

/// A place that was listened to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Latent x, y.
    pub point: [f32; 2],
    /// How far its sound is from the wanted one: root mean square over the mel features, in dB.
    pub distance_db: f32,
}

/// A model and an ear.
pub struct Placer {
    encoder: Encoder,
    decoder: Decoder,
    ear: Ear,
}

impl Placer {
    /// From the bytes of both files.
    ///
    /// # Errors
    /// If one of them is no model of ours.
    pub fn new(encoder: &[u8], decoder: &[u8]) -> Result<Self, ModelError> {
        Ok(Self {
            encoder: Encoder::from_onnx(encoder)?,
            decoder: Decoder::from_onnx(decoder)?,
            ear: Ear::new(),
        })
    }

    /// The patch at a point.
    ///
    /// # Errors
    /// If the point or a result is not finite.
    pub fn decode(&mut self, point: [f32; 2]) -> Result<Patch, ModelError> {
        self.decoder.decode(point)
    }

    /// Where the encoder places a patch; within the plane. If not `carefully`, its timbre is not judged, which
    /// takes most of the time.
    ///
    /// # Errors
    /// If a result is not finite.
    pub fn encode(&mut self, patch: &Patch, carefully: bool) -> Result<[f32; 2], ModelError> {
        let heard = self.encoder.listens().then(|| match carefully {
            true => self.ear.hear(&learned(*patch)).numbers(),
            false => ear::numbers(&self.ear.features(&learned(*patch)), None),
        });
        Ok(on_plane(self.encoder.encode(patch, heard.as_ref())?.mean))
    }

    /// Goes from a place to ever better ones around it, with ever smaller steps.
    ///
    /// # Errors
    /// If a point cannot be decoded.
    pub fn listen(&mut self, patch: &Patch, start: [f32; 2]) -> Result<Found, ModelError> {
        let wanted = self.ear.features(patch);
        let mut best = self.sound_at(on_plane(start), &wanted)?;
        let (mut step, mut listened) = (STEPS[0], 1);
        while step >= STEPS[1] && listened < PATIENCE {
            let mut better = best;
            for [right, up] in DIRECTIONS {
                let point = on_plane([best.point[0] + step * right, best.point[1] + step * up]);
                if point == best.point {
                    continue;
                }
                let found = self.sound_at(point, &wanted)?;
                listened += 1;
                if found.distance_db < better.distance_db {
                    better = found;
                }
            }
            if better == best {
                step /= 2.0;
            }
            best = better;
        }
        Ok(best)
    }

    fn sound_at(&mut self, point: [f32; 2], wanted: &Features) -> Result<Found, ModelError> {
        let heard = self.ear.features(&self.decoder.decode(point)?);
        Ok(Found { point, distance_db: distance_db(&heard, wanted) })
    }
}

fn on_plane(point: [f32; 2]) -> [f32; 2] {
    point.map(|coordinate| coordinate.clamp(-LATENT_LIMIT, LATENT_LIMIT))
}

fn distance_db(one: &Features, other: &Features) -> f32 {
    let squares = one.iter().zip(other).map(|(one, other)| (one - other) * (one - other));
    (squares.sum::<f32>() / one.len() as f32).sqrt()
}
