//! Running median of 31 values along the rows of a table, for many columns in parallel. Never interprets
//! the values, which are 16-bit codes.
//!
//! Eight neighbouring windows share 24 of their values, which a sorting network sorts once. The seven
//! others of each window are inserted, in steps that several windows share; each insertion discards the
//! two extremes, which can no longer be the median.

/// Values in a window.
pub(crate) const WINDOW: usize = 31;

/// Columns that are processed in parallel; a row's length is a multiple of it.
pub(crate) const LANES: usize = 16;

const HALF: isize = (WINDOW / 2) as isize;
const BLOCK: usize = 8;
const SHARED: usize = WINDOW - BLOCK + 1;

type Lanes = [i16; LANES];

/// A planned running median.
pub(crate) struct RunningMedian {
    /// Batcher's odd-even merge sort of the shared values, as pairs of indices.
    network: Vec<(usize, usize)>,
}

impl RunningMedian {
    pub(crate) fn new() -> Self {
        Self { network: batcher(SHARED) }
    }

    /// Writes the medians of `table` (rows of `row_length` values) to `medians`, which has the same
    /// shape. Beyond its ends the table is mirrored with the edge row repeated, as in
    /// `scipy.ndimage.median_filter`.
    pub(crate) fn run(&self, table: &[i16], row_length: usize, medians: &mut [i16]) {
        let rows = table.len() / row_length;
        for column in (0..row_length).step_by(LANES) {
            let load = |row: isize| lanes(table, mirror(row, rows) * row_length + column);
            for first in (0..rows).step_by(BLOCK) {
                let block = self.block(|offset| load(first as isize + offset));
                for (row, median) in (first..rows.min(first + BLOCK)).zip(&block) {
                    let at = row * row_length + column;
                    medians[at..at + LANES].copy_from_slice(median);
                }
            }
        }
    }

    /// Eight medians centred on offsets 0 to 7.
    fn block(&self, load: impl Fn(isize) -> Lanes) -> [Lanes; BLOCK] {
        let mut shared: [Lanes; SHARED] = std::array::from_fn(|index| load(index as isize + 7 - HALF));
        for &(low, high) in &self.network {
            let (a, b) = (shared[low], shared[high]);
            shared[low] = smaller(a, b);
            shared[high] = larger(a, b);
        }
        let middle: [Lanes; 8] = std::array::from_fn(|index| shared[8 + index]);
        // Window `k` adds the offsets k-15 … -9 on the left and 16 … k+15 on the right.
        let left = |k: isize| load(k - HALF);
        let right = |k: isize| load(HALF + k);
        let mut medians = [[0; LANES]; BLOCK];
        for (half, four) in [[left(3), left(4), left(5), left(6)], [right(1), right(2), right(3), right(4)]]
            .iter()
            .enumerate()
        {
            let rest7: [Lanes; 7] = insert(&middle, four[0]);
            let rest6: [Lanes; 6] = insert(&rest7, four[1]);
            let rest5: [Lanes; 5] = insert(&rest6, four[2]);
            let rest4: [Lanes; 4] = insert(&rest5, four[3]);
            let base = 4 * half as isize;
            for (quarter, two) in
                [[left(base + 1), left(base + 2)], [right(base + 1), right(base + 2)]].iter().enumerate()
            {
                let rest3: [Lanes; 3] = insert(&rest4, two[0]);
                let rest2: [Lanes; 2] = insert(&rest3, two[1]);
                let start = base + 2 * quarter as isize;
                for (offset, one) in [left(start), right(start + 1)].into_iter().enumerate() {
                    let [median]: [Lanes; 1] = insert(&rest2, one);
                    medians[start as usize + offset] = median;
                }
            }
        }
        medians
    }
}

/// Inserts `value` into the sorted `values` and removes the smallest and the largest.
#[inline(always)]
fn insert<const FROM: usize, const TO: usize>(values: &[Lanes; FROM], value: Lanes) -> [Lanes; TO] {
    let mut carried = larger(values[0], value);
    std::array::from_fn(|index| {
        let rest = smaller(values[index + 1], carried);
        carried = larger(values[index + 1], carried);
        rest
    })
}

#[inline(always)]
fn smaller(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|lane| a[lane].min(b[lane]))
}

#[inline(always)]
fn larger(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|lane| a[lane].max(b[lane]))
}

#[inline(always)]
fn lanes(table: &[i16], at: usize) -> Lanes {
    let mut lanes = [0; LANES];
    lanes.copy_from_slice(&table[at..at + LANES]);
    lanes
}

/// The row at index `row` of the table mirrored at both ends as often as needed.
fn mirror(row: isize, rows: usize) -> usize {
    if (0..rows as isize).contains(&row) {
        return row as usize;
    }
    let folded = row.rem_euclid(2 * rows as isize) as usize;
    folded.min(2 * rows - 1 - folded)
}

/// Comparisons that sort `count` values (K. E. Batcher 1968, for any count as in Knuth 5.2.2 M).
fn batcher(count: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let top = count.next_power_of_two() / 2;
    let mut p = top;
    while p > 0 {
        let (mut q, mut r, mut d) = (top, 0, p);
        loop {
            pairs.extend((0..count - d).filter(|i| i & p == r).map(|i| (i, i + d)));
            if q == p {
                break;
            }
            d = q - p;
            q /= 2;
            r = p;
        }
        p /= 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_median_equals_sorting_each_window() {
        let mut state = 1_u32;
        for rows in [1, 2, 7, 8, 14, 31, 100] {
            let table: Vec<i16> = (0..rows * LANES)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 17) as i16
                })
                .collect();
            let mut medians = vec![0; table.len()];
            RunningMedian::new().run(&table, LANES, &mut medians);
            for row in 0..rows as isize {
                for lane in 0..LANES {
                    let mut window: Vec<i16> = (row - HALF..=row + HALF)
                        .map(|row| table[mirror(row, rows) * LANES + lane])
                        .collect();
                    window.sort_unstable();
                    assert_eq!(
                        medians[row as usize * LANES + lane],
                        window[WINDOW / 2],
                        "row {row} of {rows}"
                    );
                }
            }
        }
    }
}
