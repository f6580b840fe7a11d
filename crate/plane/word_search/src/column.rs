//! The values of one property of all known patches: which are in its upper half, and how far.

use plane::order::positions;

/// From this share on, a quarter has as much.
const UPPER_QUARTILE: f32 = 0.75;

/// The values of a property, one for each row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundColumn {
    values: Vec<f32>,
    /// The share of the rows with less, 0…1; those with equal values count half.
    shares: Vec<f32>,
    median: f32,
    /// True if half of the rows have the least, or the greatest, value.
    is_least_usual: bool,
    is_greatest_usual: bool,
}

impl SoundColumn {
    /// The column of these values; none is known of not-a-numbers.
    pub fn new(values: Vec<f32>) -> Self {
        let known: Vec<usize> = (0..values.len()).filter(|&row| !values[row].is_nan()).collect();
        let value = |position: usize| values[known[position]];
        let order = positions(known.len(), &mut |one, other| value(one).total_cmp(&value(other)));
        let mut shares = vec![f32::NAN; values.len()];
        let count = order.len().max(1) as f32;
        let mut first = 0;
        for equal in order.chunk_by(|&one, &other| value(one) == value(other)) {
            let share = (first as f32 + equal.len() as f32 / 2.0) / count;
            equal.iter().for_each(|&position| shares[known[position]] = share);
            first += equal.len();
        }
        let at = |place: usize| order.get(place).map_or(0.0, |&position| value(position));
        let median = at(order.len() / 2);
        let (is_least_usual, is_greatest_usual) =
            (median == at(0), median == at(order.len().saturating_sub(1)));
        Self { values, shares, median, is_least_usual, is_greatest_usual }
    }

    /// The value of a row, if it is known.
    pub fn value(&self, row: usize) -> Option<f32> {
        self.values.get(row).copied().filter(|value| !value.is_nan())
    }

    /// The value that divides the rows into two halves.
    pub fn median(&self) -> f32 {
        self.median
    }

    /// True if a row lies in a half. Where half of the rows have the least value, as those without reverb, they are the
    /// lower half.
    pub fn is_in_half(&self, row: usize, is_upper: bool) -> bool {
        self.value(row).is_some_and(|value| {
            if is_upper {
                value > self.median || self.is_greatest_usual && value == self.median && !self.is_least_usual
            } else {
                value < self.median || self.is_least_usual && value == self.median
            }
        })
    }

    /// How far a row lies in a half: 0 at the median, 1 at its end, less than 0 in the other one.
    pub fn depth(&self, row: usize, is_upper: bool) -> f32 {
        let share = self.shares.get(row).copied().filter(|share| !share.is_nan()).unwrap_or(0.5);
        let depth = 2.0 * share - 1.0;
        if is_upper { depth } else { -depth }
    }

    /// True if only a quarter of the rows lies as far in the half.
    pub fn is_in_quarter(&self, row: usize, is_upper: bool) -> bool {
        self.depth(row, is_upper) >= 2.0 * UPPER_QUARTILE - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_are_those_of_the_median() {
        let column = SoundColumn::new(vec![3.0, -1.0, 2.0, f32::NAN, 7.0]);
        assert_eq!(column.median(), 3.0);
        assert!(column.is_in_half(4, true) && !column.is_in_half(0, true) && column.is_in_half(1, false));
        assert!(!column.is_in_half(3, true) && !column.is_in_half(3, false), "nothing is known of it");
        assert!(column.depth(4, true) > column.depth(0, true) && column.depth(4, false) < 0.0);
    }

    #[test]
    fn rows_without_reverb_are_its_lower_half() {
        let column = SoundColumn::new(vec![0.0, 0.0, 0.0, 1.0]);
        assert!(column.is_in_half(0, false) && !column.is_in_half(0, true) && column.is_in_half(3, true));
        let none = SoundColumn::new(vec![0.0; 4]);
        assert!(!none.is_in_half(0, true), "nobody has any");
    }

    proptest! {
        #[test]
        fn greater_values_lie_farther_up(values in prop::collection::vec(-9.0f32..9.0, 0..40)) {
            let column = SoundColumn::new(values.clone());
            for one in 0..values.len() {
                prop_assert!(!(column.is_in_half(one, true) && column.is_in_half(one, false)));
                for other in 0..values.len() {
                    if values[one] > values[other] {
                        prop_assert!(column.depth(one, true) > column.depth(other, true));
                    }
                }
            }
        }
    }
}
