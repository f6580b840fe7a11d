//! The inputs of the instrument besides notes: a decoder, other sources of sound, and as bytes the fallback grid
//! and a tuning. May allocate; a rejected file changes nothing.

use plane::{FallbackGrid, PointDecoder};
use protocol::constants::{FILE_SIZE_LIMIT, PART_COUNT, TONE_SOURCE_COUNT};

use super::{Instrument, Outcome};
use crate::error_buffer::Refused;
use crate::part_set::PartSet;
use crate::sound_source::SoundSource;
use crate::sound_sources::LiveSound;
use crate::tuning;

impl Instrument {
    /// A buffer for the bytes of files; `None` if they are too large.
    pub fn buffer(&mut self, length: usize) -> Option<&mut [u8]> {
        if length > FILE_SIZE_LIMIT {
            return None;
        }
        self.bytes.resize(length, 0);
        Some(&mut self.bytes)
    }

    /// Decodes by this decoder from now on. If it fails at the point of a part, the old one stays. (One that calls a
    /// module decodes by the network that the module has then.)
    ///
    /// # Errors
    /// [`error`](Self::error) says why.
    pub fn set_decoder(&mut self, mut decoder: Box<dyn PointDecoder>) -> Result<(), Refused> {
        let points = self.parts.all.iter().map(|part| part.source.point());
        if let Some(failure) = points.filter_map(|point| decoder.decode(point).err()).next() {
            return Err(self.error.set(failure));
        }
        self.decode_by(decoder)
    }

    /// Takes tones under a number, 1…5, in place of those of that number. Keys that are down there go down again.
    pub fn load_tones(&mut self, number: usize, tones: Box<dyn SoundSource>) {
        let PartSet { all, sound, .. } = &mut self.parts;
        sound.load(number, tones);
        for (part, own) in all.iter().enumerate() {
            if sound.source_of(part) == number {
                own.press_again(part, sound);
            }
        }
    }

    /// Lets a source take new notes: 0 is amSynth, n the tones with number n. The notes that sound on parts of touches,
    /// and of paths without a sound of their own, end as after a release, and their keys count as up; paths press their
    /// keys again. A pedal that has moved for the next block moves on the new source.
    pub fn choose_source(&mut self, number: usize) {
        if number <= TONE_SOURCE_COUNT && self.parts.sound.choose(number) {
            let unrouted = self.parts.unrouted();
            let parts = self.parts.all.iter_mut().enumerate();
            let own = parts.filter(|(part, _)| unrouted & 1 << part != 0);
            own.for_each(|(_, part)| part.keyboard.lift_all());
            self.paths.press_again(unrouted);
        }
    }

    /// Sets the sound that the tones that were chosen last transform. If new notes then play another source, the notes
    /// that sound end on the old one as after a release, and their keys go down on the new one.
    pub fn set_live(&mut self, live: LiveSound) {
        if self.parts.sound.set_live(live) {
            let unrouted = self.parts.unrouted();
            let PartSet { all, sound, .. } = &mut self.parts;
            for (number, part) in all.iter().enumerate().filter(|(number, _)| unrouted & 1 << number != 0) {
                part.press_again(number, sound);
            }
        }
    }

    /// Loads the coarse grid, which plays until a decoder is loaded, from the first `length` bytes of the buffer.
    ///
    /// # Errors If the bytes are no grid. The parts keep their patches; [`error`](Self::error) does not mention
    /// it, since the decoder follows.
    pub fn load_grid(&mut self, length: usize) -> Result<(), Refused> {
        let bytes = std::mem::take(&mut self.bytes);
        let grid = FallbackGrid::from_bytes(&bytes[..length.min(bytes.len())]).ok_or(Refused)?;
        self.decode_by(Box::new(grid))
    }

    fn decode_by(&mut self, decoder: Box<dyn PointDecoder>) -> Result<(), Refused> {
        self.decoder = Some(decoder);
        self.parts.all.iter_mut().for_each(|part| part.source.decode_again());
        // Decode all parts at once, so that each has its patch before the first block; and the point of the part that
        // a path leads.
        if self.decode_points(&mut [PART_COUNT + 1; 2]) == Outcome::Rendered { Ok(()) } else { Err(Refused) }
    }

    /// Tunes all parts by two of Scala's files, one after the other in the buffer; a length of 0 means no file.
    /// Sounding notes keep their pitch.
    ///
    /// # Errors
    /// [`error`](Self::error) says why; the old tuning stays.
    pub fn set_tuning(&mut self, scale_length: usize, map_length: usize) -> Result<(), Refused> {
        let bytes = std::mem::take(&mut self.bytes);
        let (scale, rest) = bytes.split_at(scale_length.min(bytes.len()));
        match tuning::read(scale, &rest[..map_length.min(rest.len())]) {
            Ok(tuning) => {
                self.parts.sound.set_tuning(tuning);
                Ok(())
            }
            Err(error) => Err(self.error.set(error)),
        }
    }
}
