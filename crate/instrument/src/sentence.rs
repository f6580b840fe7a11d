//! The last error as one sentence, in memory that is asked for once: the audio thread writes it, too.

use std::fmt::{self, Display, Write};

/// Bytes of a sentence: none of ours is longer. Of what is longer the beginning is kept.
const CAPACITY: usize = 1024;

/// What was told last.
pub struct Sentence(String);

impl Sentence {
    /// Nothing was told yet. Allocates all it will ever need.
    pub fn new() -> Self {
        Self(String::with_capacity(CAPACITY))
    }

    /// Replaces what was told before.
    pub fn tell(&mut self, sentence: impl Display) {
        self.0.clear();
        // What does not fit is left out.
        let _ = write!(self, "{sentence}");
    }

    /// The sentence; empty as long as nothing was told.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Write for Sentence {
    /// An error as soon as the room is used up.
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
    fn a_sentence_of_any_length_stays_in_the_memory_it_has() {
        let mut sentence = Sentence::new();
        let memory = sentence.as_str().as_ptr();
        for told in ["", "short", &"long ".repeat(500), "−", &"x−".repeat(500), "short again"] {
            sentence.tell(told);
            assert!(told.starts_with(sentence.as_str()));
            assert!(sentence.as_str().len() >= told.len().min(CAPACITY - 2));
            assert_eq!((sentence.as_str().as_ptr(), sentence.0.capacity()), (memory, CAPACITY));
        }
    }
}
