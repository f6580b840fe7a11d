//! Extremes of long signals, taken in eight strands so that they vectorise.

/// Lowest and highest value; infinities the wrong way round if there is none.
pub(crate) fn range(values: &[f64]) -> (f64, f64) {
    let mut low = [f64::INFINITY; 8];
    let mut high = [f64::NEG_INFINITY; 8];
    for chunk in values.chunks(8) {
        for ((low, high), &value) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = if value < *low { value } else { *low };
            *high = if value > *high { value } else { *high };
        }
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// Largest magnitude; zero if there is no value.
pub(crate) fn peak(values: &[f64]) -> f64 {
    let (low, high) = range(values);
    high.max(-low).max(0.0)
}

/// Index of the first largest element; zero if there is none.
pub(crate) fn first_highest(values: &[f64]) -> usize {
    let (_, highest) = range(values);
    values.iter().position(|&value| value == highest).unwrap_or(0)
}

/// Index and value of the first smallest element.
pub(crate) fn first_lowest(values: &[f64]) -> Option<(usize, f64)> {
    let (lowest, _) = range(values);
    values.iter().position(|&value| value == lowest).map(|index| (index, lowest))
}
