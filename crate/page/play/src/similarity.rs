//! How much two sounds differ, from what the page knows of them: their points on the plane, on which neighbours sound
//! alike, the timbral map there, their envelopes and their parameters. Pure; measures no sound.
//!
//! The weights are the best of 16 tried on every second preset of the banks: the ten nearest ones are then 0.72 from
//! the sound by the measured perceptual distance (`features`). By the plane alone they are 0.76, the ten that are
//! really nearest 0.30, any ten 2.15.

use patch::Parameter::{AmpAttack, AmpDecay, AmpRelease, AmpSustain};
use patch::Patch;
use patch::encoding::{COLUMN_COUNT, encode};
use plane::Point;

use crate::library::Library;

/// The timbral scales that are compared.
const SCALES: [&str; 7] =
    ["hardness", "depth", "brightness", "roughness", "warmth", "sharpness", "boominess"];
/// Squared distance for a squared point (of 100) of a scale, where that of a latent unit is 1.
const SCALE_WEIGHT: f32 = 0.02 / 144.0;
/// The same for a factor e of an envelope's time, and for a third of the sustain.
const ENVELOPE_WEIGHT: f32 = 0.003;
/// The same for the whole range of a parameter.
const COLUMN_WEIGHT: f32 = 0.03;
/// Shorter times than this, in seconds, sound alike.
const SHORTEST_S: f32 = 0.005;

/// Compares sounds by what is known of them.
pub struct Similarity<'a> {
    library: &'a Library,
}

/// The traits of one sound that are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoundTraits {
    point: Point,
    scales: [f32; SCALES.len()],
    /// Envelope and parameters; none if the patch is not known.
    patch: Option<([f32; 4], [f32; COLUMN_COUNT])>,
}

impl<'a> Similarity<'a> {
    /// Without a map, only points and envelopes count.
    pub fn new(library: &'a Library) -> Self {
        Self { library }
    }

    /// The traits of a sound; `row` is that of the known patch that it is.
    pub fn traits(&self, point: Point, patch: Option<&Patch>, row: Option<usize>) -> SoundTraits {
        let scale = |name: &str| {
            let layer = self.library.map.as_deref()?.layer(name)?;
            let measured = row.and_then(|row| self.library.measured_value(row, layer));
            measured.or_else(|| self.library.map.as_deref()?.value_of(layer, point.x, point.y))
        };
        SoundTraits {
            point,
            scales: SCALES.map(|name| scale(name).unwrap_or_default()),
            patch: patch.map(|patch| (envelope(patch), encode(patch))),
        }
    }
}

impl SoundTraits {
    /// The squared distance of two sounds, in squared latent units; 0 for equal ones.
    pub fn distance(&self, other: &Self) -> f32 {
        let squares = |one: &[f32], two: &[f32]| -> f32 {
            one.iter().zip(two).map(|(one, two)| (one - two).powi(2)).sum()
        };
        let patches = self.patch.as_ref().zip(other.patch.as_ref()).map_or(0.0, |(one, two)| {
            ENVELOPE_WEIGHT * squares(&one.0, &two.0) + COLUMN_WEIGHT * squares(&one.1, &two.1)
        });
        self.point.distance(other.point).powi(2)
            + SCALE_WEIGHT * squares(&self.scales, &other.scales)
            + patches
    }
}

/// The amplifier's envelope on scales of equal weight: logarithms of times, and the sustain. A decay counts as far as
/// it is heard.
fn envelope(patch: &Patch) -> [f32; 4] {
    let time = |parameter| (patch.control(parameter) + SHORTEST_S).ln();
    let sustain = patch.get(AmpSustain);
    [time(AmpAttack), time(AmpDecay) * (1.0 - sustain), 3.0 * sustain, time(AmpRelease)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;
    use plane::{Layer, Map};
    use proptest::prelude::*;
    use std::rc::Rc;

    fn with(parameter: Parameter, value: f32) -> Patch {
        let mut patch = Patch::default();
        patch.set(parameter, value);
        patch
    }

    #[test]
    fn a_slow_sound_is_farther_than_a_quick_one_at_the_same_point() {
        let library = Library::default();
        let similarity = Similarity::new(&library);
        let traits = |patch: &Patch| similarity.traits(Point::default(), Some(patch), None);
        let (here, quick, slow) =
            (traits(&Patch::default()), traits(&with(AmpAttack, 0.2)), traits(&with(AmpAttack, 1.0)));
        assert!(here.distance(&quick) < here.distance(&slow));
        assert_eq!(here.distance(&similarity.traits(Point::default(), None, None)), 0.0, "an unknown patch");
    }

    #[test]
    fn a_brighter_point_is_farther_than_an_equally_bright_one() {
        let layer = Layer::new("brightness", "points", ["dark", "bright"], [10.0, 90.0, 10.0, 10.0]);
        let map = Map { grid: 2, limit: 4.0, layers: vec![layer], ..Map::default() };
        let library = Library { map: Some(Rc::new(map)), ..Library::default() };
        let similarity = Similarity::new(&library);
        let at = |x: f32, y: f32| similarity.traits(Point { x, y }, None, None);
        assert!(at(-4.0, -4.0).distance(&at(-3.0, -4.0)) > at(-4.0, -4.0).distance(&at(-4.0, -3.0)));
    }

    proptest! {
        #[test]
        fn a_sound_is_nearest_to_itself(x in -4.0f32..4.0, y in -4.0f32..4.0, attack in 0.0f32..2.5) {
            let library = Library::default();
            let similarity = Similarity::new(&library);
            let own = similarity.traits(Point { x, y }, Some(&with(AmpAttack, attack)), None);
            let other = similarity.traits(Point::default(), Some(&Patch::default()), None);
            prop_assert_eq!(own.distance(&own), 0.0);
            prop_assert!(own.distance(&other) >= 0.0 && own.distance(&other) == other.distance(&own));
        }
    }
}
