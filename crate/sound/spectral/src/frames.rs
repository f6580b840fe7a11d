//! Frames of equal length in one vector: complex bins, or magnitudes.

use fourier::Complex32;

/// Frames of `bins` values each, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct SpectralFrames<T> {
    bins: usize,
    values: Vec<T>,
}

/// The magnitudes of frames.
pub type Magnitudes = SpectralFrames<f32>;

impl<T: Copy + Default> SpectralFrames<T> {
    /// `count` frames of `bins` zeros.
    pub fn zeros(bins: usize, count: usize) -> Self {
        Self { bins, values: vec![T::default(); bins * count] }
    }

    /// Adds a frame; values that are missing count as zero, further ones are left out.
    pub fn push(&mut self, frame: &[T]) {
        let end = self.values.len() + self.bins;
        self.values.extend_from_slice(&frame[..frame.len().min(self.bins)]);
        self.values.resize(end, T::default());
    }
}

impl<T> SpectralFrames<T> {
    /// Values of a frame.
    pub fn bins(&self) -> usize {
        self.bins
    }

    /// Number of frames.
    pub fn count(&self) -> usize {
        self.values.len().checked_div(self.bins).unwrap_or(0)
    }

    /// All values, frame by frame.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// All values, frame by frame.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The frames in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.values.chunks_exact(self.bins.max(1))
    }

    /// The frames in order.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = &mut [T]> {
        self.values.chunks_exact_mut(self.bins.max(1))
    }
}

impl SpectralFrames<Complex32> {
    /// The magnitude of every bin.
    pub fn magnitudes(&self) -> Magnitudes {
        SpectralFrames { bins: self.bins, values: self.values.iter().map(magnitude).collect() }
    }
}

/// The magnitude of a bin, at most the greatest finite number. The compiler computes many at once, which `norm`
/// would prevent.
#[inline(always)]
pub(crate) fn magnitude(bin: &Complex32) -> f32 {
    bin.norm_sqr().sqrt().min(f32::MAX)
}
