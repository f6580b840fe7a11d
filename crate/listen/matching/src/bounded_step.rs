//! The step of a damped least-squares problem within bounds. A number that would leave its bounds stays at one of
//! them, and the rest is solved anew (Stark and Parker, "Bounded-variable least-squares", Computational Statistics
//! 10, 1995, without freeing fixed numbers again). If the unbounded step were cut off instead, the others would
//! keep values that only suit the part that was cut off.

use nalgebra::{Cholesky, DMatrix, DVector};

/// The step that minimises ½ step·squares·step − downhill·step with each number within its bounds, lowest and
/// highest, of which the first is at most 0 and the second at least 0. `None` if `squares` is not positive definite.
pub fn bounded_step(
    squares: &DMatrix<f32>,
    downhill: &DVector<f32>,
    bounds: &[[f32; 2]],
) -> Option<DVector<f32>> {
    let mut free: Vec<usize> = (0..bounds.len()).collect();
    let mut step = DVector::zeros(bounds.len());
    while !free.is_empty() {
        // So far `step` only has the parts that stay at a bound.
        let rest = downhill - squares * &step;
        let matrix = DMatrix::from_fn(free.len(), free.len(), |a, b| squares[(free[a], free[b])]);
        let solved = Cholesky::new(matrix)?.solve(&DVector::from_fn(free.len(), |at, _| rest[free[at]]));
        let leaves = |&(&at, &value): &(&usize, &f32)| value < bounds[at][0] || value > bounds[at][1];
        let (fixed, inner): (Vec<_>, Vec<_>) = free.iter().zip(&solved).partition(leaves);
        if fixed.is_empty() {
            inner.into_iter().for_each(|(&at, &value)| step[at] = value);
            break;
        }
        for (&at, &value) in fixed {
            step[at] = value.clamp(bounds[at][0], bounds[at][1]);
        }
        free = inner.into_iter().map(|(&at, _)| at).collect();
    }
    Some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares() -> DMatrix<f32> {
        DMatrix::from_row_slice(2, 2, &[1.0, 0.9, 0.9, 1.0])
    }

    #[test]
    fn free_numbers_compensate_one_that_stays_at_its_bound() {
        // Without bounds the second parameter falls by 5.3 to compensate the 5.8 of the first.
        let downhill = DVector::from_vec(vec![1.0, -0.1]);
        let wide = bounded_step(&squares(), &downhill, &[[-9.0, 9.0]; 2]).unwrap();
        assert!((squares() * &wide - &downhill).norm() < 1e-4, "{wide}");
        let narrow = bounded_step(&squares(), &downhill, &[[-1.0, 0.5], [-9.0, 9.0]]).unwrap();
        assert_eq!(narrow[0], 0.5);
        // The least along the second: −.1 − .9 × .5.
        assert!((narrow[1] + 0.55).abs() < 1e-5, "{narrow}");
    }

    #[test]
    fn a_step_never_leaves_its_bounds() {
        let downhill = DVector::from_vec(vec![50.0, -40.0]);
        for bounds in [[[0.0, 0.0]; 2], [[-0.1, 0.0], [0.0, 0.1]], [[-0.5, 0.2], [-0.3, 0.5]]] {
            let step = bounded_step(&squares(), &downhill, &bounds).unwrap();
            for (value, [low, high]) in step.iter().zip(bounds) {
                assert!((low..=high).contains(value), "{step} {bounds:?}");
            }
        }
    }

    #[test]
    fn a_problem_without_a_least_has_no_step() {
        let flat = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 1.0]);
        assert!(bounded_step(&flat, &DVector::from_vec(vec![1.0, 1.0]), &[[-1.0, 1.0]; 2]).is_none());
    }
}
