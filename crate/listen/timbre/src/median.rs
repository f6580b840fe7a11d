//! Running median of 31 values along the rows of a table, for many columns in parallel. Never interprets
//! the values, which are 16-bit codes.
//!
//! Eight neighbouring windows share 24 of their values: three groups of eight, each of which is sorted once for
//! three such blocks. The eight in the middle of the 24 are found by merging. The seven other values of each window
//! are inserted, in steps that several windows share; each insertion discards the two extremes, which can no longer
//! be the median.
//!
//! The networks are those of K. E. Batcher, "Sorting networks and their applications", AFIPS 1968.

use wide::i16x8;

/// Values in a window.
pub(crate) const WINDOW: usize = 31;

/// Columns that are processed in parallel; a row's length is a multiple of it.
pub(crate) const LANES: usize = 8;

const HALF: isize = (WINDOW / 2) as isize;
const BLOCK: usize = 8;

type Lanes = i16x8;

/// Values of each lane from eight rows.
type EightRows = [Lanes; BLOCK];

/// Puts the values at pairs of places in order, one pair after the other. Compilers would not unroll a loop over pairs.
macro_rules! order {
    ($values:ident: $($low:literal $high:literal),+) => {
        $(($values[$low], $values[$high]) =
            (smaller($values[$low], $values[$high]), larger($values[$low], $values[$high]));)+
    };
}

/// Writes the medians of `table` (rows of `row_length` values) to `medians`, which has the same shape. Beyond its ends
/// the table is mirrored with the edge row repeated, as in `scipy.ndimage.median_filter`.
pub(crate) fn running_median(table: &[i16], row_length: usize, medians: &mut [i16]) {
    let rows = table.len() / row_length;
    for column in (0..row_length).step_by(LANES) {
        let load = |row: isize| lanes(table, mirror(row, rows) * row_length + column);
        let sorted = |first: isize| sort([0, 1, 2, 3, 4, 5, 6, 7].map(|row| load(first + row)));
        let step = BLOCK as isize;
        let mut groups = [sorted(-step), sorted(0), sorted(step)];
        for first in (0..rows).step_by(BLOCK) {
            let block = medians_of_8(&middle(groups), |offset| load(first as isize + offset));
            groups = [groups[1], groups[2], sorted(first as isize + 2 * step)];
            for (row, median) in (first..rows.min(first + BLOCK)).zip(&block) {
                let at = row * row_length + column;
                medians[at..at + LANES].copy_from_slice(&median.to_array());
            }
        }
    }
}

/// Sorts eight values.
#[inline(always)]
fn sort(mut v: EightRows) -> EightRows {
    order!(v: 0 1, 2 3, 4 5, 6 7, 0 2, 1 3, 4 6, 5 7, 1 2, 5 6);
    order!(v: 0 4, 1 5, 2 6, 3 7, 2 4, 3 5, 1 2, 3 4, 5 6);
    v
}

/// Sorts eight values that rise and then fall, or fall and then rise.
#[inline(always)]
fn sort_bitonic(mut v: EightRows) -> EightRows {
    order!(v: 0 4, 1 5, 2 6, 3 7, 0 2, 1 3, 4 6, 5 7, 0 1, 2 3, 4 5, 6 7);
    v
}

/// Merges two sorted groups.
#[inline(always)]
fn merge([a, b, c, d, e, f, g, h]: EightRows, [i, j, k, l, m, n, o, p]: EightRows) -> [Lanes; 2 * BLOCK] {
    let mut v = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p];
    order!(v: 0 8, 1 9, 2 10, 3 11, 4 12, 5 13, 6 14, 7 15, 4 8, 5 9, 6 10, 7 11);
    order!(v: 2 4, 3 5, 6 8, 7 9, 10 12, 11 13, 1 2, 3 4, 5 6, 7 8, 9 10, 11 12, 13 14);
    v
}

/// The eight in the middle of three sorted groups, sorted.
#[inline(always)]
fn middle([first, second, third]: [EightRows; 3]) -> EightRows {
    let both = merge(first, second);
    let places = [0, 1, 2, 3, 4, 5, 6, 7];
    // All but the eight smallest of the 24 are these and the upper half of both; of them the eight smallest remain.
    let upper = sort_bitonic(places.map(|place| larger(both[place], third[BLOCK - 1 - place])));
    sort_bitonic(places.map(|place| smaller(upper[place], both[2 * BLOCK - 1 - place])))
}

/// Eight medians centred on offsets 0 to 7, from the `middle` of the values that all eight windows contain.
#[inline(always)]
fn medians_of_8(middle: &EightRows, load: impl Fn(isize) -> Lanes) -> EightRows {
    // Window `k` adds the offsets k-15 … -9 on the left and 16 … k+15 on the right.
    let left = |k: isize| load(k - HALF);
    let right = |k: isize| load(HALF + k);
    let mut medians = [Lanes::ZERO; BLOCK];
    for (half, four) in
        [[left(3), left(4), left(5), left(6)], [right(1), right(2), right(3), right(4)]].iter().enumerate()
    {
        let rest7: [Lanes; 7] = insert(middle, four[0]);
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
    a.min(b)
}

#[inline(always)]
fn larger(a: Lanes, b: Lanes) -> Lanes {
    a.max(b)
}

#[inline(always)]
fn lanes(table: &[i16], at: usize) -> Lanes {
    let mut lanes = [0; LANES];
    lanes.copy_from_slice(&table[at..at + LANES]);
    Lanes::new(lanes)
}

/// The row at index `row` of the table mirrored at both ends as often as needed.
fn mirror(row: isize, rows: usize) -> usize {
    if (0..rows as isize).contains(&row) {
        return row as usize;
    }
    let folded = row.rem_euclid(2 * rows as isize) as usize;
    folded.min(2 * rows - 1 - folded)
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
            running_median(&table, LANES, &mut medians);
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
