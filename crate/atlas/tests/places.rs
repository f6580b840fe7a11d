//! A sound is found where it is made, or nearer to it than any point of the grid. A plane of its own,
//! 5 × 5 points, so that this takes a second.

use atlas::places::Places;
use ear::{Ear, Hearing};
use patch::{Parameter, Patch};
use plane::map::Map;
use std::convert::Infallible;

/// Brighter to the right, longer upwards.
fn decode([x, y]: [f32; 2]) -> Result<Patch, Infallible> {
    let mut patch = Patch::default();
    patch.set(Parameter::FilterCutoff, 0.5 + x / 8.0);
    patch.set(Parameter::AmpDecay, 1.2 + y / 8.0);
    patch.set(Parameter::AmpSustain, 0.0);
    Ok(patch)
}

#[test]
fn a_sound_is_found_where_it_is_made() {
    let patches: Vec<Patch> = Map::points(5, 4.0).map(|point| decode(point).unwrap()).collect();
    let heard = ear::hear_all(&patches, || {});
    let hearing = Hearing::fit(&heard);
    let places = Places::new(&hearing, &heard, 5);
    let wanted = [[0.0, 2.0], [-1.3, 0.8], [3.9, -3.5]];
    let sounds = wanted.map(|point| hearing.sound(&Ear::new().hear(&decode(point).unwrap())));
    let found = places.find(&sounds, decode, |_, _| {}).unwrap();
    assert_eq!((found[0].point, found[0].distance), (wanted[0], 0.0));
    let on_grid =
        |sound| heard.iter().map(|heard| hearing.distance(sound, &hearing.sound(heard))).reduce(f32::min);
    for (place, sound) in found.iter().zip(&sounds).skip(1) {
        assert!(Some(place.distance) < on_grid(sound), "{place:?} sounds no nearer than a point of the grid");
        assert_eq!(
            place.distance,
            hearing.distance(sound, &hearing.sound(&Ear::new().hear(&decode(place.point).unwrap())))
        );
    }
    assert_eq!(found, places.find(&sounds, decode, |_, _| {}).unwrap());
}
