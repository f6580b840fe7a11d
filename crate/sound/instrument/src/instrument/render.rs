//! Renders a block: decodes points, plays waiting notes, renders the voices and records the result. Never allocates,
//! unless the network decodes.

use protocol::constants::{BLOCK_FRAMES, PART_COUNT, TOUCH_PART_COUNT};

use super::Instrument;
use crate::part_set::{CURRENT_POINT, PartSet};

/// The most points that a block decodes of the parts of touches, and as many of those of paths, besides those where a
/// note begins. Five moving points take three blocks, 4 ms, which their 20 ms crossfades hide; ten take five.
const DECODES_PER_BLOCK: usize = 2;

/// The most cuts of a block where paths begin or end notes, as amSynth's blocks end at events. More events, which ten
/// paths hardly have within a millisecond, wait for the next block, and a stroke that begins and ends before that is
/// not played.
const CUTS_PER_BLOCK: usize = 8;

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
        let mut decodes_left = [DECODES_PER_BLOCK; 2];
        self.parts.begin(self.paths.transport());
        let (mut start, mut cuts) = (0, 0);
        while start < frames {
            self.parts.go_to(start);
            let due = self.play_paths(start, frames - start);
            let passed = if cuts < CUTS_PER_BLOCK { due.clamp(1, frames - start) } else { frames - start };
            let decoded = self.decode_points(&mut decodes_left);
            // Keep the first error of a block.
            if outcome == Outcome::Rendered {
                outcome = decoded;
            }
            // A point that has moved waits for the next block, unless a note begins there.
            decodes_left = [0; 2];
            self.parts.begin_pieces();
            self.paths.pass(passed);
            start += passed;
            cuts += 1;
        }
        let is_broken = self.parts.finish(frames);
        let Self { parts, history, end_ramp, .. } = self;
        let [left, right] = parts.sound.channels(frames);
        end_ramp.add(left, right);
        history.record(&parts.sound.left()[..frames], &parts.sound.right()[..frames]);
        // One message a block: this one waits if the decoder has an error.
        if is_broken && outcome == Outcome::Rendered {
            self.error.set("a sound became infinite and was reset; play on");
            outcome = Outcome::SoundBroken;
        }
        outcome
    }

    /// Decodes moved points, at most `left` of the parts of touches and of those of paths, from which it takes them;
    /// the others follow in the next block. Does not retry a point where the decoder fails.
    pub(super) fn decode_points(&mut self, left: &mut [usize; 2]) -> Outcome {
        let Self { parts, error, decoder, turns, .. } = self;
        let Some(decoder) = decoder else { return Outcome::Rendered };
        let mut outcome = Outcome::Rendered;
        // The page shows the patch of the current point, also while a path leads the part. A failure is reported
        // when the point itself sounds.
        let current = &mut parts.all[CURRENT_POINT].source;
        if left[0] > 0
            && parts.sound.needs_patch(CURRENT_POINT)
            && let Some(point) = current.take_own()
        {
            left[0] -= 1;
            if let Ok(patch) = decoder.decode(point) {
                current.set_own(&patch);
            }
        }
        let groups = [0..TOUCH_PART_COUNT, TOUCH_PART_COUNT..PART_COUNT];
        for ((group, left), turn) in groups.into_iter().zip(left).zip(turns) {
            let (first, mut next) = ((*turn).max(group.start), None);
            for number in (first..group.end).chain(group.start..first) {
                let PartSet { all, sound, held, .. } = &mut *parts;
                let part = &mut all[number];
                if part.has_fixed_patch() || !sound.needs_patch(number) {
                    continue;
                }
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
            *turn = next.unwrap_or(group.start);
        }
        outcome
    }
}
