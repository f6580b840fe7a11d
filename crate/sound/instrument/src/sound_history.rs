//! Records the last thirty seconds of sound and returns them in pieces while the sound continues. Allocates only in
//! `new`.

use protocol::constants::RECORDING_S;

/// Spare length of the ring, s: new sound overwrites the oldest frames while they are being read.
const SPARE_S: f64 = 2.0;
/// The longest silence that is recorded, s; the rest of a longer one is left out.
const REST_S: f64 = 2.0;
/// Above this rate fewer seconds fit.
const HIGHEST_RATE_HZ: f64 = 192_000.0;
/// Frames of a piece. One piece per quantum of 128 frames returns 30 s within half a second.
pub const PIECE_FRAMES: usize = 8_192;

/// A ring of frames, left and right.
pub struct SoundHistory {
    left: Box<[f32]>,
    right: Box<[f32]>,
    /// The place of the next frame in the ring.
    end: usize,
    /// The number of recorded frames, at most `longest`.
    filled: usize,
    longest: usize,
    rest_frames: usize,
    silent_frames: usize,
    /// The next frame to return, and how many are left.
    next: usize,
    left_over: usize,
    piece: [[f32; PIECE_FRAMES]; 2],
}

impl SoundHistory {
    /// Nothing has sounded.
    pub fn new(sample_rate_hz: f64) -> Self {
        let frames = |seconds: f64| (seconds * sample_rate_hz.min(HIGHEST_RATE_HZ)) as usize;
        let ring =
            || vec![0.0; frames(RECORDING_S) + frames(SPARE_S).max(2 * PIECE_FRAMES)].into_boxed_slice();
        let rest_frames = frames(REST_S);
        Self {
            left: ring(),
            right: ring(),
            end: 0,
            filled: 0,
            longest: frames(RECORDING_S),
            rest_frames,
            // Record no silence before the first sound.
            silent_frames: rest_frames,
            next: 0,
            left_over: 0,
            piece: [[0.0; PIECE_FRAMES]; 2],
        }
    }

    /// Records a block, left and right of the same length, unless silence has lasted longer than `REST_S`.
    pub fn record(&mut self, left: &[f32], right: &[f32]) {
        let silent = left.iter().chain(right).all(|sample| *sample == 0.0);
        self.silent_frames = if silent { self.silent_frames.saturating_add(left.len()) } else { 0 };
        if self.silent_frames > self.rest_frames {
            return;
        }
        let capacity = self.left.len();
        let first = left.len().min(capacity - self.end);
        for (ring, block) in [(&mut self.left, left), (&mut self.right, right)] {
            ring[self.end..self.end + first].copy_from_slice(&block[..first]);
            ring[..block.len() - first].copy_from_slice(&block[first..]);
        }
        self.end = (self.end + left.len()) % capacity;
        self.filled = (self.filled + left.len()).min(self.longest);
    }

    /// Begins to return the last `frames`, or as many as there are; returns the number of pieces.
    pub fn recall(&mut self, frames: usize) -> usize {
        self.left_over = frames.min(self.filled);
        self.next = (self.end + self.left.len() - self.left_over) % self.left.len();
        self.left_over.div_ceil(PIECE_FRAMES)
    }

    /// Prepares the next piece; returns its frames, 0 after the last.
    pub fn next_piece(&mut self) -> usize {
        let capacity = self.left.len();
        let frames = self.left_over.min(PIECE_FRAMES);
        let first = frames.min(capacity - self.next);
        for (piece, ring) in self.piece.iter_mut().zip([&self.left, &self.right]) {
            piece[..first].copy_from_slice(&ring[self.next..self.next + first]);
            piece[first..frames].copy_from_slice(&ring[..frames - first]);
        }
        self.next = (self.next + frames) % capacity;
        self.left_over -= frames;
        frames
    }

    /// The piece, left and right.
    pub fn piece(&self) -> &[[f32; PIECE_FRAMES]; 2] {
        &self.piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rate at which 30 s are quick to play.
    const RATE_HZ: f64 = 8_000.0;
    const LONGEST: usize = 240_000;

    /// Plays frames numbered from `from` on, in blocks of 64.
    fn play(history: &mut SoundHistory, frames: std::ops::Range<usize>) {
        for start in frames.clone().step_by(64) {
            let end = frames.end.min(start + 64);
            let left: Vec<f32> = (start..end).map(|frame| frame as f32 + 1.0).collect();
            let right: Vec<f32> = left.iter().map(|sample| -sample).collect();
            history.record(&left, &right);
        }
    }

    /// The recording, read while the sound continues, with a quantum of 128 frames for each piece.
    fn recall(history: &mut SoundHistory, frames: usize, mut now: usize) -> Vec<f32> {
        let count = history.recall(frames);
        let mut samples = Vec::new();
        for _ in 0..count {
            play(history, now..now + 128);
            now += 128;
            let frames = history.next_piece();
            let [left, right] = history.piece();
            assert!(left[..frames].iter().zip(&right[..frames]).all(|(left, right)| *left == -right));
            samples.extend_from_slice(&left[..frames]);
        }
        assert_eq!(history.next_piece(), 0);
        samples
    }

    fn numbered(frames: std::ops::Range<usize>) -> Vec<f32> {
        frames.map(|frame| frame as f32 + 1.0).collect()
    }

    #[test]
    fn the_recording_is_returned_while_the_sound_continues() {
        let mut history = SoundHistory::new(RATE_HZ);
        assert_eq!(recall(&mut history, LONGEST, 0), [0.0; 0]);
        play(&mut history, 0..10_000);
        assert_eq!(recall(&mut history, 100_000, 10_000), numbered(0..10_000));
        assert_eq!(recall(&mut history, 77, 10_256), numbered(10_179..10_256));
    }

    #[test]
    fn the_last_thirty_seconds_are_returned_at_any_position_of_the_ring() {
        for length in [LONGEST, 300_007, 512_000, 1_000_000] {
            let mut history = SoundHistory::new(RATE_HZ);
            play(&mut history, 0..length);
            assert!(
                recall(&mut history, usize::MAX, length) == numbered(length - LONGEST..length),
                "{length}"
            );
        }
    }

    #[test]
    fn short_silence_is_recorded_and_long_silence_is_left_out() {
        let mut history = SoundHistory::new(RATE_HZ);
        (0..1_000).for_each(|_| history.record(&[0.0; 64], &[0.0; 64]));
        play(&mut history, 0..640);
        (0..1_000).for_each(|_| history.record(&[0.0; 64], &[0.0; 64]));
        play(&mut history, 640..1_280);
        let rest = vec![0.0; 16_000];
        assert_eq!(
            recall(&mut history, LONGEST, 1_280),
            [numbered(0..640), rest, numbered(640..1_280)].concat()
        );
    }
}
