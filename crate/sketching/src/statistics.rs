//! Comparisons of two contours: cosine and rank correlation.

/// The cosine of two contours: 1 if one is a multiple of the other, 0 if either is silent.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    product(a, b) / (product(a, a) * product(b, b)).sqrt().max(f64::MIN_POSITIVE)
}

/// Spearman's rank correlation, −1…1; 0 if either does not change.
pub fn rank_correlation(a: &[f32], b: &[f32]) -> f64 {
    let [a, b] = [ranks(a), ranks(b)];
    let count = a.len().min(b.len());
    if count == 0 {
        return 0.0;
    }
    let middle = |ranks: &[f64]| ranks.iter().sum::<f64>() / count as f64;
    let [middle_a, middle_b] = [middle(&a), middle(&b)];
    let (mut both, mut own, mut other) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(&b) {
        let [a, b] = [a - middle_a, b - middle_b];
        both += a * b;
        own += a * a;
        other += b * b;
    }
    if own > 0.0 && other > 0.0 { both / (own * other).sqrt() } else { 0.0 }
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

/// The middle of some values; 0 of none.
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
    fn a_cosine_ignores_the_gain() {
        assert!((cosine(&[1.0, 2.0], &[3.0, 6.0]) - 1.0).abs() < 1e-9);
        assert_eq!(cosine(&[0.0, 0.0], &[3.0, 6.0]), 0.0);
    }
}
