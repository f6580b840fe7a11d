//! The operations of the networks that guess patches. A network is a function of a [`Computation`]: run with tensors it
//! is trained, run with the names of values it is exported, so that both compute the same.

use candle_core::Result;

/// Computes with rows of numbers.
pub trait Computation {
    /// A row.
    type Row: Clone;

    /// A layer y = W x + b that is called `name`; its weights begin at random.
    fn dense(&mut self, name: &str, input: &Self::Row, outputs: usize) -> Result<Self::Row>;
    /// A layer whose weights begin as 0 and whose bias is everywhere `bias`.
    fn quiet(&mut self, name: &str, input: &Self::Row, outputs: usize, bias: f32) -> Result<Self::Row>;
    /// A layer applied to every second window of four times of a row of `times` times: `outputs` numbers for each of
    /// `times` / 2 − 1 windows. (A convolution of kernel 4 and stride 2.)
    fn convolution(
        &mut self,
        name: &str,
        input: &Self::Row,
        times: usize,
        outputs: usize,
    ) -> Result<Self::Row>;
    /// x · sigmoid(x).
    fn silu(&mut self, input: &Self::Row) -> Result<Self::Row>;
    /// Hyperbolic tangent.
    fn tanh(&mut self, input: &Self::Row) -> Result<Self::Row>;
    /// Exponential function.
    fn exp(&mut self, input: &Self::Row) -> Result<Self::Row>;
    /// Sum of two rows.
    fn add(&mut self, a: &Self::Row, b: &Self::Row) -> Result<Self::Row>;
    /// Product of two rows, number by number.
    fn multiply(&mut self, a: &Self::Row, b: &Self::Row) -> Result<Self::Row>;
    /// A row times a constant.
    fn scale(&mut self, input: &Self::Row, factor: f32) -> Result<Self::Row>;
    /// `count` numbers of a row from `start`.
    fn part(&mut self, input: &Self::Row, start: usize, count: usize) -> Result<Self::Row>;
    /// One row after the other.
    fn join(&mut self, a: &Self::Row, b: &Self::Row) -> Result<Self::Row>;
    /// The count of numbers of a row.
    fn length(&self, input: &Self::Row) -> Result<usize>;
}
