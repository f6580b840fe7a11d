//! The codebook: known patches and the points of the map, placed by their sounds on two axes by principal components,
//! with the words that explain the axes; and the histogram of a descriptor. The caller provides each sound as numbers.

use plane::{Layer, Map};

/// Axes that are computed.
pub const AXIS_COUNT: usize = 2;
/// Rounds of Jacobi's method: it converges quadratically, after about six for some tens of numbers.
const ROUNDS: usize = 30;

/// An axis and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct CodebookAxis {
    /// The share of the variance of all sounds that it explains, 0…1.
    pub share: f64,
    /// The name of the map's layer that correlates most with it; empty without a map.
    pub descriptor: String,
    /// Its words for the least and the greatest end of the axis.
    pub ends: [String; 2],
    /// The size of the correlation, 0…1.
    pub correlation: f64,
    /// The weight of each number of a sound in the axis: a direction of length 1.
    pub weights: Vec<f64>,
}

impl CodebookAxis {
    /// The positions of the two numbers with the greatest weights, the greater first.
    pub fn heaviest(&self) -> [usize; AXIS_COUNT] {
        let sizes: Vec<f64> = self.weights.iter().map(|weight| weight.abs()).collect();
        greatest(&sizes)
    }
}

/// Sounds on two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Codebook {
    /// The place of each known patch, in the order given.
    pub presets: Vec<[f32; AXIS_COUNT]>,
    /// The place of each point of the map, in the map's order.
    pub cells: Vec<[f32; AXIS_COUNT]>,
    /// The axes in falling order of the variance that they explain.
    pub axes: Vec<CodebookAxis>,
    /// The mean of all sounds, which lies at the origin.
    mean: Vec<f64>,
}

/// The sounds do not make a codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sounds of presets and map do not belong together; make both anew with `latent-pad train`")]
pub struct CodebookError;

impl Codebook {
    /// The codebook of the sounds of presets and of the map's points, each as the same number of coordinates in which
    /// the distance of two sounds is Euclidean.
    ///
    /// # Errors
    /// If there are fewer than two coordinates, not as many cells as the map has points,
    /// or numbers that are not finite.
    pub fn new(presets: &[Vec<f32>], cells: &[Vec<f32>], map: &Map) -> Result<Self, CodebookError> {
        let rows: Vec<&Vec<f32>> = presets.iter().chain(cells).collect();
        let width = rows.first().ok_or(CodebookError)?.len();
        let points = usize::from(map.grid) * usize::from(map.grid);
        let fits = |row: &&Vec<f32>| row.len() == width && row.iter().all(|value| value.is_finite());
        if width < AXIS_COUNT || cells.len() != points || !rows.iter().all(fits) {
            return Err(CodebookError);
        }
        let mean = mean(&rows, width);
        let (variances, directions) = principal(covariance(&rows, &mean));
        let total: f64 = variances.iter().sum();
        let mut axes = Vec::new();
        for number in greatest(&variances) {
            let mut weights = directions[number].clone();
            let along: Vec<f32> = cells.iter().map(|cell| project(cell, &mean, &weights)).collect();
            let (mut meaning, is_turned) = meaning(&along, map);
            // The greater end of the descriptor lies to the right and above.
            if is_turned {
                weights.iter_mut().for_each(|weight| *weight = -*weight);
            }
            meaning.share = if total > 0.0 { variances[number] / total } else { 0.0 };
            meaning.weights = weights;
            axes.push(meaning);
        }
        let mut book = Self { presets: Vec::new(), cells: Vec::new(), axes, mean };
        book.presets = presets.iter().map(|sound| book.place(sound)).collect();
        book.cells = cells.iter().map(|sound| book.place(sound)).collect();
        Ok(book)
    }

    /// The place of a sound, which is given by the same numbers.
    pub fn place(&self, sound: &[f32]) -> [f32; AXIS_COUNT] {
        std::array::from_fn(|axis| project(sound, &self.mean, &self.axes[axis].weights))
    }
}

/// A sound's coordinate along a direction.
fn project(sound: &[f32], mean: &[f64], weights: &[f64]) -> f32 {
    let terms = sound.iter().zip(mean).zip(weights);
    terms.map(|((value, mean), weight)| (f64::from(*value) - mean) * weight).sum::<f64>() as f32
}

/// The layer that correlates most with values at the map's points, and true if the correlation is negative.
fn meaning(along: &[f32], map: &Map) -> (CodebookAxis, bool) {
    let correlate = |layer: &Layer| {
        let values: Vec<f32> = layer.values.iter().map(|value| f32::from(*value)).collect();
        crate::target::outcome::correlation(along, &values)
    };
    let mut best = (0.0, None);
    for layer in &map.layers {
        let correlation = correlate(layer);
        if correlation.abs() > f64::abs(best.0) {
            best = (correlation, Some(layer));
        }
    }
    let axis = CodebookAxis {
        share: 0.0,
        descriptor: best.1.map_or(String::new(), |layer| layer.name.clone()),
        ends: best.1.map_or_else(Default::default, |layer| layer.ends.clone()),
        correlation: best.0.abs(),
        weights: Vec::new(),
    };
    (axis, best.0 < 0.0)
}

/// The number of values in each of `bars` equal parts of a range; values outside count for the first or last.
pub fn histogram(values: &[f32], [least, greatest]: [f32; 2], bars: usize) -> Vec<usize> {
    let mut counts = vec![0; bars];
    for value in values.iter().filter(|value| value.is_finite()) {
        if let Some(bar) = bar_of(*value, [least, greatest], bars) {
            counts[bar] += 1;
        }
    }
    counts
}

/// The bar of a value in such a histogram.
pub fn bar_of(value: f32, [least, greatest]: [f32; 2], bars: usize) -> Option<usize> {
    let last = bars.checked_sub(1)?;
    let share = (value - least) / (greatest - least).max(f32::MIN_POSITIVE);
    // The conversion of not-a-number gives 0.
    Some(((share * bars as f32).max(0.0) as usize).min(last))
}

fn mean(rows: &[&Vec<f32>], width: usize) -> Vec<f64> {
    let mut mean = vec![0.0; width];
    for row in rows {
        mean.iter_mut().zip(*row).for_each(|(mean, value)| *mean += f64::from(*value) / rows.len() as f64);
    }
    mean
}

fn covariance(rows: &[&Vec<f32>], mean: &[f64]) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; mean.len()]; mean.len()];
    for row in rows {
        let centred: Vec<f64> = row.iter().zip(mean).map(|(value, mean)| f64::from(*value) - mean).collect();
        for (sums, one) in sums.iter_mut().zip(&centred) {
            sums.iter_mut().zip(&centred).for_each(|(sum, other)| *sum += one * other / rows.len() as f64);
        }
    }
    sums
}

/// The positions of the two greatest of at least two values, the greater first.
fn greatest(values: &[f64]) -> [usize; AXIS_COUNT] {
    let mut found = if values[0] >= values[1] { [0, 1] } else { [1, 0] };
    for (at, value) in values.iter().enumerate().skip(AXIS_COUNT) {
        if *value > values[found[0]] {
            found = [at, found[0]];
        } else if *value > values[found[1]] {
            found[1] = at;
        }
    }
    found
}

/// Eigenvalues and unit eigenvectors of a symmetric matrix (Jacobi, 1846).
fn principal(mut matrix: Vec<Vec<f64>>) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    for _ in 0..ROUNDS {
        for p in 0..size {
            for q in p + 1..size {
                let beside = matrix[p][q];
                if beside.abs() < 1e-300 {
                    continue;
                }
                let ratio = (matrix[q][q] - matrix[p][p]) / (2.0 * beside);
                let tangent = ratio.signum() / (ratio.abs() + (ratio * ratio + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                let turn = |one: &mut f64, other: &mut f64| {
                    (*one, *other) = (cosine * *one - sine * *other, sine * *one + cosine * *other);
                };
                for row in &mut matrix {
                    let (left, right) = row.split_at_mut(q);
                    turn(&mut left[p], &mut right[0]);
                }
                let (above, below) = matrix.split_at_mut(q);
                above[p].iter_mut().zip(&mut below[0]).for_each(|(one, other)| turn(one, other));
                let (above, below) = vectors.split_at_mut(q);
                above[p].iter_mut().zip(&mut below[0]).for_each(|(one, other)| turn(one, other));
            }
        }
    }
    ((0..size).map(|at| matrix[at][at].max(0.0)).collect(), vectors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plane::map::VERSION;

    fn map(values: [f32; 4]) -> Map {
        let layer = Layer::new("brightness", "points", ["dark", "bright"], values);
        Map { version: VERSION, model: String::new(), grid: 2, limit: 4.0, layers: vec![layer] }
    }

    #[test]
    fn the_first_axis_is_that_of_the_greatest_variance_and_points_to_the_greater_end() {
        // The sounds differ most along (3, 4)/5.
        let row = |along: f32, across: f32| vec![0.6 * along - 0.8 * across, 0.8 * along + 0.6 * across, 7.0];
        let cells = [row(10.0, 0.0), row(3.0, 1.0), row(-3.0, -1.0), row(-10.0, 0.0)];
        let map = map([10.0, 40.0, 60.0, 90.0]);
        let book = Codebook::new(&[row(0.0, 0.0), row(5.0, 0.0)], &cells, &map).unwrap();
        assert!(book.cells[0][0] < book.cells[3][0], "brighter is to the right");
        assert!((book.cells[3][0] - book.cells[0][0] - 20.0).abs() < 0.1, "distances stay");
        let [first, second] = [&book.axes[0], &book.axes[1]];
        assert!((first.share + second.share - 1.0).abs() < 1e-9 && first.share > 0.95, "{first:?}");
        assert_eq!((first.descriptor.as_str(), first.ends[1].as_str()), ("brightness", "bright"));
        assert!(first.correlation > 0.95);
        assert_eq!(first.heaviest(), [1, 0], "0.8 and 0.6");
        assert!(first.weights[1] < -0.7, "the second number falls towards the bright end: {first:?}");
        assert_eq!(book.place(&cells[3]), book.cells[3]);
        assert_eq!(book.presets.len(), 2);
    }

    #[test]
    fn sounds_that_do_not_belong_together_are_refused() {
        let map = map([0.0; 4]);
        let rows = |count: usize, width: usize| vec![vec![0.0; width]; count];
        assert!(Codebook::new(&rows(3, 4), &rows(4, 4), &map).is_ok(), "all alike");
        for (presets, cells) in [
            (rows(3, 4), rows(5, 4)),
            (rows(3, 3), rows(4, 4)),
            (rows(0, 0), rows(4, 1)),
            (rows(0, 0), rows(0, 0)),
        ] {
            assert_eq!(Codebook::new(&presets, &cells, &map), Err(CodebookError));
        }
        let odd = vec![vec![f32::NAN; 4]; 4];
        assert_eq!(Codebook::new(&[], &odd, &map), Err(CodebookError));
    }

    #[test]
    fn the_two_greatest_are_found_wherever_they_are() {
        assert_eq!(greatest(&[1.0, 2.0]), [1, 0]);
        assert_eq!(greatest(&[3.0, 1.0, 2.0]), [0, 2]);
        assert_eq!(greatest(&[3.0, 1.0, 2.0, 5.0, 4.0]), [3, 4]);
    }

    #[test]
    fn every_value_counts_once() {
        assert_eq!(histogram(&[0.0, 0.4, 0.5, 1.0, -3.0, f32::NAN], [0.0, 1.0], 2), [3, 2]);
        assert_eq!(histogram(&[2.0, 2.0], [2.0, 2.0], 3), [2, 0, 0]);
        assert!(histogram(&[1.0], [0.0, 1.0], 0).is_empty());
    }
}
