//! A sound is found where it is made, or nearer to it than any point of the grid. A plane of its own,
//! 5 × 5 points, so that this takes a second.

use features::{FeatureExtractor, PerceptualDistance};
use patch::{Parameter, Patch};
use plane::Point;
use plane::map::Map;
use search::{PerceptualSearch, PlaneSounds};
use std::convert::Infallible;

/// Brighter to the right, longer upwards.
fn decode(Point { x, y }: Point) -> Result<Patch, Infallible> {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, 0.5 + x / 8.0);
    patch.set(Parameter::AmpDecay, 1.2 + y / 8.0);
    patch.set(Parameter::AmpSustain, 0.0);
    Ok(patch)
}

#[test]
fn a_sound_is_found_where_it_is_made() {
    let patches: Vec<Patch> = Map::points(5, 4.0).map(|point| decode(point).unwrap()).collect();
    let plane = features::extract_all(&patches, || {});
    let metric = PerceptualDistance::fit(&plane);
    let plane_sounds = PlaneSounds::new(&metric, &plane, 5);
    let search = PerceptualSearch::new(&metric, &plane_sounds);
    let sound_at = |point| metric.project(&FeatureExtractor::new().extract(&decode(point).unwrap()));
    let wanted = [[0.0, 2.0], [-1.3, 0.8], [3.9, -3.5]].map(Point::from);
    let sounds = wanted.map(sound_at);
    let found = search.find(&sounds, decode, |_, _| {}).unwrap();
    assert_eq!((found[0].point, found[0].distance), (wanted[0], 0.0));
    let on_grid =
        |sound| plane.iter().map(|point| metric.between(sound, &metric.project(point))).reduce(f32::min);
    for (scored, sound) in found.iter().zip(&sounds).skip(1) {
        assert!(
            Some(scored.distance) < on_grid(sound),
            "{scored:?} sounds no nearer than a point of the grid"
        );
        assert_eq!(scored.distance, metric.between(sound, &sound_at(scored.point)));
    }
    assert_eq!(found, search.find(&sounds, decode, |_, _| {}).unwrap());
}
