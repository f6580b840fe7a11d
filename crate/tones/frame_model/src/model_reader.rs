//! Reads the numbers, texts and layers of a model's file one after the other. Never trusts a length.

use crate::error::FrameModelError;
use crate::layer::FrameLayer;

/// The bytes that have not been read yet.
pub(crate) struct ModelReader<'a> {
    pub(crate) bytes: &'a [u8],
}

impl<'a> ModelReader<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], FrameModelError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(FrameModelError::TooShort)?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameModelError> {
        self.take(N)?.try_into().map_err(|_| FrameModelError::TooShort)
    }

    pub(crate) fn short(&mut self) -> Result<usize, FrameModelError> {
        Ok(usize::from(u16::from_le_bytes(self.array()?)))
    }

    /// Skips these bytes, if they come next.
    pub(crate) fn skips(&mut self, tag: &[u8]) -> bool {
        let rest = self.bytes.strip_prefix(tag);
        self.bytes = rest.unwrap_or(self.bytes);
        rest.is_some()
    }

    pub(crate) fn text(&mut self) -> Result<String, FrameModelError> {
        let length = self.short()?;
        let text = std::str::from_utf8(self.take(length)?);
        text.map(str::to_owned).map_err(|_| FrameModelError::Damaged { what: "its texts" })
    }

    pub(crate) fn float(&mut self) -> Result<f32, FrameModelError> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    pub(crate) fn floats(&mut self, count: usize) -> Result<Vec<f32>, FrameModelError> {
        let bytes = self.take(4 * count)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect())
    }

    pub(crate) fn layer(&mut self, [inputs, outputs]: [usize; 2]) -> Result<FrameLayer, FrameModelError> {
        let (bias, steps) = (self.floats(outputs)?, self.floats(outputs)?);
        let counts = self.take(inputs * outputs)?;
        let steps = steps.iter().cycle();
        let weights = counts
            .iter()
            .zip(steps)
            .map(|(&count, step)| f32::from(i8::from_le_bytes([count])) * step)
            .collect();
        Ok(FrameLayer { inputs, outputs, weights, bias })
    }
}
