//! Statistics of one or two series of numbers: correlations, cosine, median. Pure;
//! knows nothing of the compared things.
#![forbid(unsafe_code)]

/// The cosine of two contours: 1 if one is a multiple of the other, 0 if either is silent.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    product(a, b) / (product(a, a) * product(b, b)).sqrt().max(f64::MIN_POSITIVE)
}

/// Pearson's correlation, −1…1; 0 if either does not change.
pub fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let count = one.len().min(other.len()).max(1) as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / count;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut product, mut power_one, mut power_other) = (0.0, 0.0, 0.0);
    for (one, other) in one.iter().zip(other) {
        let (one, other) = (one - mean_one, other - mean_other);
        product += one * other;
        power_one += one * one;
        power_other += other * other;
    }
    let power = (power_one * power_other).sqrt();
    if power > 0.0 { product / power } else { 0.0 }
}

/// Spearman's rank correlation, −1…1; 0 if either does not change.
pub fn rank_correlation(one: &[f32], other: &[f32]) -> f64 {
    correlation(&ranks(one), &ranks(other))
}

/// The rank of each value; equal values share the mean of theirs.
fn ranks(values: &[f32]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let first = equal.first().map_or(0, |at| order.partition_point(|&other| values[other] < values[*at]));
        let rank = first as f64 + (equal.len() - 1) as f64 / 2.0;
        equal.iter().for_each(|&at| ranks[at] = rank);
    }
    ranks
}

/// The median of some values, of an even number the upper one; 0 for no values.
pub fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_correlation_sees_only_the_order() {
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[1.0, 8.0, 900.0]), 1.0);
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), -1.0);
        assert_eq!(rank_correlation(&[1.0, 1.0, 1.0], &[3.0, 2.0, 1.0]), 0.0);
        assert!((rank_correlation(&[1.0, 2.0, 2.0, 4.0], &[1.0, 2.0, 3.0, 4.0]) - 0.948_7).abs() < 1e-4);
    }

    #[test]
    fn a_correlation_ignores_offset_and_scale() {
        assert!((correlation(&[1.0, 2.0, 4.0], &[13.0, 11.0, 7.0]) + 1.0).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]) - 0.5).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
        assert_eq!(correlation(&[], &[]), 0.0);
    }

    #[test]
    fn a_cosine_ignores_the_gain() {
        assert!((cosine(&[1.0, 2.0], &[3.0, 6.0]) - 1.0).abs() < 1e-9);
        assert_eq!(cosine(&[0.0, 0.0], &[3.0, 6.0]), 0.0);
    }
}
