//! The files that the instrument takes, as bytes: decoder, fallback grid, tuning. May allocate; a rejected file
//! changes nothing.

use model::PatchDecoder;
use plane::FallbackGrid;
use protocol::constants::{FILE_SIZE_LIMIT, PART_COUNT};

use super::{Instrument, Outcome};
use crate::decoder::{PointDecoder, warm_up};
use crate::tuning;

/// Decodes after loading: the engine compiles the code of the first ones, which takes 10 ms, and
/// must not do so while a note sounds.
const WARM_UP_COUNT: u32 = 100;

impl Instrument {
    /// A buffer for the bytes of files; none if they are too large.
    pub fn buffer(&mut self, length: usize) -> Option<&mut [u8]> {
        if length > FILE_SIZE_LIMIT {
            return None;
        }
        self.bytes.resize(length, 0);
        Some(&mut self.bytes)
    }

    /// Loads the decoder from the first `length` bytes of the buffer, then frees the buffer. If the file is rejected
    /// or fails on the plane, the old decoder stays.
    ///
    /// # Errors
    /// [`error`](Self::error) says why.
    #[expect(
        clippy::result_unit_err,
        reason = "an owned sentence would be an allocation of the audio thread"
    )]
    pub fn load_decoder(&mut self, length: usize) -> Result<(), ()> {
        let bytes = std::mem::take(&mut self.bytes);
        let warm = PatchDecoder::from_onnx(&bytes[..length.min(bytes.len())]).and_then(|mut decoder| {
            warm_up(&mut decoder, WARM_UP_COUNT).1?;
            for part in &self.parts {
                PointDecoder::decode(&mut decoder, part.source.point())?;
            }
            Ok(decoder)
        });
        match warm {
            Ok(decoder) => self.decode_by(Box::new(decoder)),
            Err(error) => {
                self.error.set(error);
                Err(())
            }
        }
    }

    /// Loads the coarse grid, which plays until a decoder is loaded, from the first `length` bytes of the buffer.
    ///
    /// # Errors
    /// If the bytes are no grid; the parts keep their patches.
    #[expect(clippy::result_unit_err, reason = "nobody is told: the decoder follows")]
    pub fn load_grid(&mut self, length: usize) -> Result<(), ()> {
        let bytes = std::mem::take(&mut self.bytes);
        let grid = FallbackGrid::from_bytes(&bytes[..length.min(bytes.len())]).ok_or(())?;
        self.decode_by(Box::new(grid))
    }

    fn decode_by(&mut self, decoder: Box<dyn PointDecoder>) -> Result<(), ()> {
        self.decoder = Some(decoder);
        self.parts.iter_mut().for_each(|part| part.source.decode_again());
        // Decode all parts at once, so that each has its patch before the first block.
        if self.decode_points(PART_COUNT) == Outcome::Rendered { Ok(()) } else { Err(()) }
    }

    /// Decodes `count` points all over the plane; returns how many succeeded before the first failure.
    pub fn warm_up(&mut self, count: u32) -> u32 {
        let Some(decoder) = &mut self.decoder else { return 0 };
        let (done, outcome) = warm_up(decoder.as_mut(), count);
        if let Err(error) = outcome {
            self.error.set(error);
        }
        done
    }

    /// Tunes all parts by two of Scala's files, one after the other in the buffer; a length of 0 means no file.
    /// Sounding notes keep their pitch.
    ///
    /// # Errors
    /// [`error`](Self::error) says why; the old tuning stays.
    #[expect(clippy::result_unit_err, reason = "as for `load_decoder`")]
    pub fn set_tuning(&mut self, scale_length: usize, map_length: usize) -> Result<(), ()> {
        let bytes = std::mem::take(&mut self.bytes);
        let (scale, rest) = bytes.split_at(scale_length.min(bytes.len()));
        match tuning::read(scale, &rest[..map_length.min(rest.len())]) {
            Ok(tuning) => {
                self.sound.set_tuning(tuning);
                Ok(())
            }
            Err(error) => {
                self.error.set(error);
                Err(())
            }
        }
    }
}
