//! The curve of a property before it is followed: where slopes predict that it leads. No sound is measured for it.

use crate::curve::MacroCurve;
use crate::meter::MeasuredProperties;
use crate::property::SoundProperty;
use crate::side::{MeasuredPlace, SCALE, WEIGHT};
use crate::slopes::{PropertyChange, Slopes, StepGoal};
use crate::start::MacroStart;

/// Steps of a side: a step follows slopes that hold near the start.
const STEPS: usize = 2;
/// Wanted change of the property in a step, in points.
const DISTANCE: f64 = 10.0;
/// The damping of a step in points², see [`StepGoal`]: between that of a prediction and that of a careful one.
const DAMPING: f64 = 600.0;
/// A side that is predicted to change the property by less, in points, does not exist.
const LEAST: f64 = 1.0;

/// The predicted curve of a property around a sound.
pub(crate) fn predicted_curve(
    property: SoundProperty,
    start: &MacroStart,
    sound: &MeasuredProperties,
    slopes: &Slopes,
) -> MacroCurve {
    let [more, less] = [1.0, -1.0].map(|sign| side(property, sign, start, sound, slopes));
    MacroCurve::predicted(property, &less, &more)
}

fn side(
    property: SoundProperty,
    sign: f64,
    start: &MacroStart,
    sound: &MeasuredProperties,
    slopes: &Slopes,
) -> Vec<MeasuredPlace> {
    let own = property.index();
    let mut places = vec![MeasuredPlace { position: start.position, sound: *sound }];
    for _ in 0..STEPS {
        let from = places[places.len() - 1];
        let [least, greatest] = SCALE;
        let value = from.sound.values[own];
        let left = if sign > 0.0 { greatest - value } else { value - least };
        let mut wanted = PropertyChange::from(sound.values) - PropertyChange::from(from.sound.values);
        wanted[own] = sign * left.clamp(0.0, DISTANCE);
        let weights = PropertyChange::from_fn(|row, _| if row == own { WEIGHT } else { 1.0 });
        let goal = StepGoal { wanted, weights, damping: DAMPING };
        let position = slopes.step(start, &from.position, &goal);
        let change = slopes.predict(start, [&from.position, &position]);
        if sign * change[own] < LEAST {
            break;
        }
        let values = std::array::from_fn(|row| from.sound.values[row] + change[row]);
        places.push(MeasuredPlace { position, sound: MeasuredProperties { values, ..from.sound } });
    }
    places
}
