//! The curve of one property: places at amounts of −1…1, and straight lines between them.

use matching::space::Position;

use crate::property::SoundProperty;
use crate::side::MeasuredPlace;

/// The share of an amount that follows the way of the parameters: it avoids an audible jump of the parameters over
/// a part in which the property stays the same.
const BY_WAY: f64 = 0.15;

/// A place at an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
struct MacroKnot {
    amount: f32,
    position: Position,
    /// The gain in dB that makes the patch there as loud as the start.
    gain_db: f32,
}

/// Patches along which a property changes: 0 is the start, 1 has the most and −1 the least of it. The property changes
/// nearly evenly with the amount, as far as it was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct MacroCurve {
    property: SoundProperty,
    /// The knots by rising amount.
    knots: Vec<MacroKnot>,
    /// The measured change at −1 and at 1, in points; 0 on a side on which no parameter changes the property.
    reach: [f64; 2],
    is_predicted: bool,
}

impl MacroCurve {
    /// A curve of two sides, each of which begins with the start.
    pub(crate) fn new(property: SoundProperty, less: &[MeasuredPlace], more: &[MeasuredPlace]) -> Self {
        let side = |places: &[MeasuredPlace], sign: f32| -> (Vec<MacroKnot>, f64) {
            let values: Vec<f64> = places.iter().map(|place| place.sound.values[property.index()]).collect();
            let Some(first) = places.first() else { return (Vec::new(), 0.0) };
            let reach = values[values.len() - 1] - values[0];
            let knot = |(place, amount): (&MeasuredPlace, f64)| MacroKnot {
                amount: sign * amount as f32,
                position: place.position,
                gain_db: (first.sound.loudness_lufs - place.sound.loudness_lufs) as f32,
            };
            (places.iter().skip(1).zip(amounts(places, &values)).map(knot).collect(), reach)
        };
        let ((mut knots, least), (above, most)) = (side(less, -1.0), side(more, 1.0));
        knots.reverse();
        if let Some(start) = more.first().or(less.first()) {
            knots.push(MacroKnot { amount: 0.0, position: start.position, gain_db: 0.0 });
        }
        knots.extend(above);
        Self { property, knots, reach: [least, most], is_predicted: false }
    }

    /// A curve of two predicted sides.
    pub(crate) fn predicted(property: SoundProperty, less: &[MeasuredPlace], more: &[MeasuredPlace]) -> Self {
        Self { is_predicted: true, ..Self::new(property, less, more) }
    }

    /// True if no sound along the curve was measured yet.
    pub fn is_predicted(&self) -> bool {
        self.is_predicted
    }

    /// The property that changes.
    pub fn property(&self) -> SoundProperty {
        self.property
    }

    /// The change of the property at −1 and at 1, in points, measured or predicted; 0 on a side on which no tried patch
    /// changes it.
    pub fn reach(&self) -> [f64; 2] {
        self.reach
    }

    /// The amounts between which the curve is straight, rising.
    pub fn amounts(&self) -> Vec<f32> {
        self.knots.iter().map(|knot| knot.amount).collect()
    }

    /// The place at an amount, and the gain there in dB; beyond the ends, and for not-a-number, those of the
    /// nearest end.
    pub(crate) fn at(&self, amount: f32) -> Option<(Position, f32)> {
        let (first, last) = (self.knots.first()?, self.knots.last()?);
        let above = self.knots.iter().position(|knot| knot.amount >= amount);
        let (low, high) = match above {
            Some(0) => (first, first),
            Some(at) => (&self.knots[at - 1], &self.knots[at]),
            None => (last, last),
        };
        let span = high.amount - low.amount;
        let share = if span > 0.0 { ((amount - low.amount) / span).clamp(0.0, 1.0) } else { 0.0 };
        let between = |from: f32, to: f32| from + share * (to - from);
        let position = std::array::from_fn(|axis| between(low.position[axis], high.position[axis]));
        Some((position, between(low.gain_db, high.gain_db)))
    }
}

/// For each place of a side after the first, the amount that leads there, up to 1 at the last. It is mostly the
/// share of the property's change, in which a fall counts as 0, and for the rest the share of the way.
fn amounts(places: &[MeasuredPlace], values: &[f64]) -> Vec<f64> {
    let change = values[values.len() - 1] - values[0];
    let (mut risen, mut way) = (0.0_f64, 0.0);
    let passed: Vec<[f64; 2]> = (1..places.len())
        .map(|at| {
            risen = risen.max((values[at] - values[0]) / change);
            way += distance(&places[at - 1].position, &places[at].position);
            [risen, way]
        })
        .collect();
    passed.iter().map(|[risen, part]| risen + BY_WAY * (part / way - risen)).collect()
}

fn distance(a: &Position, b: &Position) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::MeasuredProperties;
    use crate::property::PROPERTY_COUNT;
    use matching::space::SEARCHED_CONTINUOUS;

    /// A place on a straight way, with so many points of brightness.
    fn place(way: f32, points: f64) -> MeasuredPlace {
        let mut values = [50.0; PROPERTY_COUNT];
        values[SoundProperty::Brightness.index()] = points;
        let sound = MeasuredProperties { values, loudness_lufs: -20.0, pitch: None };
        MeasuredPlace { position: [way; SEARCHED_CONTINUOUS.len()], sound }
    }

    fn curve(more: &[(f32, f64)]) -> MacroCurve {
        let start = place(0.0, 30.0);
        let more: Vec<MeasuredPlace> =
            std::iter::once(start).chain(more.iter().map(|&(way, points)| place(way, points))).collect();
        MacroCurve::new(SoundProperty::Brightness, &[start], &more)
    }

    #[test]
    fn amounts_are_shares_of_the_change() {
        let even = curve(&[(0.1, 35.0), (0.2, 40.0)]);
        assert!((even.amounts()[1] - 0.5).abs() < 1e-6, "{:?}", even.amounts());
        // Most of the change is at the end: so is most of the control.
        let late = curve(&[(0.1, 31.0), (0.2, 40.0)]).amounts();
        assert!((late[1] - (0.85 * 0.1 + 0.15 * 0.5)).abs() < 1e-6, "{late:?}");
    }

    #[test]
    fn the_control_goes_on_quickly_over_parts_where_the_property_does_not_rise() {
        for middle in [30.0, 28.0] {
            let amounts = curve(&[(0.1, middle), (0.2, 50.0)]).amounts();
            assert!(amounts[1] > 0.0 && amounts[1] < 0.1 && amounts[2] == 1.0, "{amounts:?}");
        }
        let falling = curve(&[(0.1, 45.0), (0.2, 40.0), (0.3, 50.0)]).amounts();
        assert!(falling.is_sorted_by(|a, b| a < b), "{falling:?}");
    }
}
