//! Promises of the figures of macro-controls.

use evaluate::macro_figures::MacroFigures;
use macro_control::{MeasuredProperties, PROPERTY_COUNT, SoundProperty};
use patch::{Parameter, Patch};

fn sound(brightness: f64, depth: f64) -> Option<MeasuredProperties> {
    let mut values = [50.0; PROPERTY_COUNT];
    values[SoundProperty::Brightness.index()] = brightness;
    values[SoundProperty::Depth.index()] = depth;
    Some(MeasuredProperties { values, loudness_lufs: -20.0, pitch: None })
}

fn brightness(values: &[f64]) -> MacroFigures {
    let sounds: Vec<_> = values.iter().map(|value| sound(*value, 50.0)).collect();
    let patches = vec![Patch::default(); values.len()];
    MacroFigures::new(SoundProperty::Brightness, &sounds, &patches, [None; 3]).unwrap()
}

#[test]
fn a_property_follows_whatever_the_distances_even_if_one_side_does_not_move() {
    let rising = brightness(&[10.0, 11.0, 50.0, 51.0, 53.0]);
    assert!(rising.follows() && rising.is_far && rising.correlation == 1.0 && rising.sides == 2);
    assert_eq!(brightness(&[3.0, 2.0, 1.0]).correlation, -1.0);
    let still = brightness(&[50.0; 9]);
    assert!(!still.follows() && still.sides == 0 && still.correlation == 0.0);
    let half = brightness(&[50.0, 50.0, 50.0, 50.0, 50.0, 52.0, 54.0, 56.0, 58.0]);
    assert!((half.correlation - 0.913).abs() < 1e-3 && half.sides == 1 && !half.is_far);
    assert!(!brightness(&[0.0, 0.5, 1.0]).is_far, "the end of a scale is not far where it begins there");
}

#[test]
fn drift_is_that_of_the_others_and_silence_has_no_figures() {
    let sounds = [sound(40.0, 50.0), sound(50.0, 50.0), sound(70.0, 36.0)];
    let mut patches = [Patch::default(); 3];
    patches[2].set(Parameter::Osc2Pitch, 7.0);
    let pitches = [Some(60.0), Some(60.0), Some(60.2)];
    let figures = MacroFigures::new(SoundProperty::Brightness, &sounds, &patches, pitches).unwrap();
    assert_eq!((figures.moved, figures.drift, figures.range), (30.0, 2.0, 30.0));
    assert_eq!((figures.same_pitch, figures.changed_steps), ([1, 2], 1));
    let silent = [sounds[0], None, sounds[2]];
    assert_eq!(MacroFigures::new(SoundProperty::Brightness, &silent, &patches, pitches), None);
}
