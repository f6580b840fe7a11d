//! Tables of constants, copied bit for bit. Never change a bit: it would change samples.

pub mod exponential;
pub mod logarithm;
pub mod power;
pub mod tangent;

/// Converts rows of bits to rows of numbers.
const fn rows<const WIDTH: usize, const COUNT: usize>(bits: [[u64; WIDTH]; COUNT]) -> [[f64; WIDTH]; COUNT] {
    let mut rows = [[0.0; WIDTH]; COUNT];
    let mut row = 0;
    while row < COUNT {
        let mut column = 0;
        while column < WIDTH {
            rows[row][column] = f64::from_bits(bits[row][column]);
            column += 1;
        }
        row += 1;
    }
    rows
}
