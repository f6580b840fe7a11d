//! The curve of one property: places at amounts of −1…1, and straight lines between them.

use matching::space::Position;

use crate::property::SoundProperty;
use crate::side::MeasuredPlace;

/// A place at an amount.
#[derive(Clone, Copy, Debug, PartialEq)]
struct MacroKnot {
    amount: f32,
    position: Position,
    /// How much louder the patch has to be there to be as loud as the start.
    gain_db: f32,
}

/// Patches along which a property changes: 0 is the start, 1 has the most and −1 the least of it. The property changes
/// evenly with the amount, as far as it was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct MacroCurve {
    property: SoundProperty,
    /// By rising amount.
    knots: Vec<MacroKnot>,
    /// The measured change at −1 and at 1, in points; 0 on a side where nothing changes the property.
    reach: [f64; 2],
}

impl MacroCurve {
    /// From two sides, each of which begins with the start.
    pub(crate) fn new(property: SoundProperty, less: &[MeasuredPlace], more: &[MeasuredPlace]) -> Self {
        let side = |places: &[MeasuredPlace], sign: f32| -> (Vec<MacroKnot>, f64) {
            let value = |place: &MeasuredPlace| place.sound.values[property.index()];
            let [Some(first), Some(last)] = [places.first(), places.last()] else { return (Vec::new(), 0.0) };
            let reach = value(last) - value(first);
            let knot = |place: &MeasuredPlace| MacroKnot {
                amount: sign * ((value(place) - value(first)) / reach) as f32,
                position: place.position,
                gain_db: (first.sound.loudness_lufs - place.sound.loudness_lufs) as f32,
            };
            (places.iter().skip(1).map(knot).collect(), reach)
        };
        let ((mut knots, least), (above, most)) = (side(less, -1.0), side(more, 1.0));
        knots.reverse();
        if let Some(start) = more.first().or(less.first()) {
            knots.push(MacroKnot { amount: 0.0, position: start.position, gain_db: 0.0 });
        }
        knots.extend(above);
        Self { property, knots, reach: [least, most] }
    }

    /// What changes.
    pub fn property(&self) -> SoundProperty {
        self.property
    }

    /// The measured change of the property at −1 and at 1, in points; 0 on a side where nothing that was tried changes
    /// it.
    pub fn reach(&self) -> [f64; 2] {
        self.reach
    }

    /// The amounts between which the curve is straight, rising.
    pub fn amounts(&self) -> Vec<f32> {
        self.knots.iter().map(|knot| knot.amount).collect()
    }

    /// The place at an amount, and the gain there in dB; beyond the ends, and for what is no number, the nearest one.
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
