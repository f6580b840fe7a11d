//! The last error message, in memory allocated once, since the audio thread writes it, too.

use std::fmt::{self, Display, Write};

/// The instrument refuses an input, and plays on. [`crate::Instrument::error`] has the sentence that says why: its
/// memory is allocated once, and a caller in another language reads it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the instrument refuses it")]
pub struct Refused;

/// Most bytes of a message; longer ones are truncated. None of ours is longer.
const CAPACITY: usize = 1024;

/// The last error.
pub struct ErrorBuffer(String);

impl ErrorBuffer {
    /// No error yet. Allocates all its memory.
    pub fn new() -> Self {
        Self(String::with_capacity(CAPACITY))
    }

    /// Replaces the last error.
    pub fn set(&mut self, sentence: impl Display) -> Refused {
        self.0.clear();
        // Drops the text that does not fit.
        let _ = write!(self, "{sentence}");
        Refused
    }

    /// The message; empty before the first error.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Write for ErrorBuffer {
    /// An error once the buffer is full.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = CAPACITY - self.0.len();
        let fitting = text.char_indices().map(|(start, letter)| start + letter.len_utf8());
        let end = fitting.take_while(|end| *end <= room).last().unwrap_or(0);
        self.0.push_str(&text[..end]);
        if end == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_any_length_fits_the_allocated_memory() {
        let mut buffer = ErrorBuffer::new();
        let memory = buffer.as_str().as_ptr();
        for text in ["", "short", &"long ".repeat(500), "−", &"x−".repeat(500), "short again"] {
            buffer.set(text);
            assert!(text.starts_with(buffer.as_str()));
            assert!(buffer.as_str().len() >= text.len().min(CAPACITY - 2));
            assert_eq!((buffer.as_str().as_ptr(), buffer.0.capacity()), (memory, CAPACITY));
        }
    }
}
