//! Renders a block: decodes points, plays waiting notes, renders the voices and records the result. Never allocates,
//! unless the network decodes.

use std::ops::Range;

use protocol::constants::{BLOCK_FRAMES, PART_COUNT};

use super::Instrument;
use super::paths::CURRENT_POINT;

/// The most points that a block decodes, besides those where a note begins. Five moving points take three blocks, 4
/// ms, which their 20 ms crossfades hide.
const DECODES_PER_BLOCK: usize = 2;

/// The most cuts of a block where a path begins or ends a note, as amSynth's blocks end at events. More events, which
/// no hand draws, wait for the next block, and a stroke that begins and ends before that is not played.
const CUTS_PER_BLOCK: usize = 4;

/// The outcome of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Outcome {
    /// No error.
    Rendered = 0,
    /// The decoder failed; the part kept its patch.
    DecoderFailed = 1,
    /// The sound of a part was infinite or not a number; all notes of that part have ended.
    SoundBroken = 2,
}

impl Instrument {
    /// Renders the next `frames` (1…64, clamped).
    pub fn render(&mut self, frames: usize) -> Outcome {
        let frames = frames.clamp(1, BLOCK_FRAMES);
        let mut outcome = Outcome::Rendered;
        let (mut start, mut cuts, mut decodes_left) = (0, 0, DECODES_PER_BLOCK);
        while start < frames {
            let due = self.play_paths(frames - start);
            let passed = if cuts < CUTS_PER_BLOCK { due.clamp(1, frames - start) } else { frames - start };
            let rendered = self.render_piece(start..start + passed, &mut decodes_left);
            // Keep the first error of a block.
            if outcome == Outcome::Rendered {
                outcome = rendered;
            }
            self.paths.pass(passed);
            start += passed;
            cuts += 1;
        }
        outcome
    }

    /// Renders frames of the block in which no path has an event after the first.
    #[inline(never)]
    fn render_piece(&mut self, frames: Range<usize>, decodes_left: &mut usize) -> Outcome {
        let decoded =
            if self.sound.needs_patches() { self.decode_points(decodes_left) } else { Outcome::Rendered };
        if self.sound.needs_points() {
            for (number, part) in self.parts.iter().enumerate() {
                self.sound.move_to(number, part.source.point());
            }
        }
        (0..PART_COUNT).for_each(|part| self.play_pending(part, false));
        self.render_voices(frames.clone());
        let Self { parts, sound, history, .. } = self;
        history.record(&sound.left()[frames.clone()], &sound.right()[frames.clone()]);
        let mut broken = false;
        for (number, part) in parts.iter_mut().enumerate() {
            part.keyboard.pass(frames.len(), |key, velocity| sound.note(number, key, velocity));
            // One message a block: this one waits if the decoder has an error.
            broken |= decoded == Outcome::Rendered && sound.take_fault(number);
        }
        if !broken {
            return decoded;
        }
        self.error.set("a sound became infinite and was reset; play on");
        Outcome::SoundBroken
    }

    /// A block ends where a step of an arpeggio begins, as amSynth's blocks end at events.
    fn render_voices(&mut self, frames: Range<usize>) {
        let Self { parts, sound, .. } = self;
        let mut start = frames.start;
        while start < frames.end {
            let mut passed = frames.end - start;
            for (number, part) in parts.iter_mut().enumerate() {
                let voice = |key, velocity| sound.note(number, key, velocity);
                passed = part.keyboard.play_due(passed, voice);
            }
            parts.iter_mut().for_each(|part| part.keyboard.pass_steps(passed));
            sound.render(start..start + passed);
            start += passed;
        }
    }

    /// Decodes moved points, at most `left`, from which it takes them; the others follow in the next block. Does not
    /// retry a point where the decoder fails.
    pub(super) fn decode_points(&mut self, left: &mut usize) -> Outcome {
        let Self { parts, sound, held, error, decoder, turn, .. } = self;
        let Some(decoder) = decoder else { return Outcome::Rendered };
        let mut outcome = Outcome::Rendered;
        // The page shows the patch of the current point, also while a path leads the part. A failure is reported
        // when the point itself sounds.
        let current = &mut parts[CURRENT_POINT].source;
        if *left > 0
            && let Some(point) = current.take_own()
        {
            *left -= 1;
            if let Ok(patch) = decoder.decode(point) {
                current.set_own(&patch);
            }
        }
        let (first, mut next) = (*turn, None);
        for number in (first..PART_COUNT).chain(0..first) {
            let part = &mut parts[number];
            if *left == 0 && !part.keyboard.has_pending() {
                next = next.or(part.source.undecoded().map(|_| number));
                continue;
            }
            let Some(point) = part.source.take_undecoded() else { continue };
            *left = left.saturating_sub(1);
            match decoder.decode(point) {
                Ok(patch) => {
                    part.source.set_decoded(&patch);
                    part.play_patch(held, number, sound);
                }
                // Keep the first error of a block.
                Err(failure) if outcome == Outcome::Rendered => {
                    error.set(failure);
                    outcome = Outcome::DecoderFailed;
                }
                Err(_) => {}
            }
        }
        *turn = next.unwrap_or(0);
        outcome
    }
}
