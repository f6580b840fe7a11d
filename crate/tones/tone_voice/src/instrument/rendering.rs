//! The blocks of an instrument: the sum of its tones, of its live sound, and of the ends of tones that were silenced.

use super::{ToneInstrument, ToneOutput};
use crate::block::BLOCK_SAMPLES;
use crate::ending::END_BLOCKS;
use crate::live_tone::LiveMode;
use crate::part::TonePart;
use crate::tone::{HopInput, SoundingTone};

impl ToneInstrument {
    /// Silence in all parts: what sounds fades within four blocks, 5.3 ms at 48 kHz, and new keys begin at
    /// once. Feedback ends; a live input goes on.
    pub fn all_sound_off(&mut self) {
        self.parts.iter_mut().for_each(TonePart::lift_all);
        self.silence_tones(|_| true);
        if self.live.mode() == LiveMode::Feedback {
            self.fade(|own, _, sum| own.add_live(sum));
        }
        self.live.end();
        self.output.limiter.reset();
    }

    /// Ends tones by the fade.
    pub(super) fn silence_tones(&mut self, which: impl Fn(&SoundingTone) -> bool) {
        self.fade(|own, block, sum| own.add_tones(block, &which, sum));
        self.tones.iter_mut().filter(|tone| which(tone)).for_each(SoundingTone::silence);
    }

    /// Keeps the next blocks of what `add` adds to a sum, for the number of the block in the hop, as an end that fades.
    fn fade(&mut self, mut add: impl FnMut(&mut Self, usize, &mut [f32; BLOCK_SAMPLES])) {
        for index in 0..END_BLOCKS {
            let mut sum = [0.0; BLOCK_SAMPLES];
            add(self, (self.clock.block + index) % self.blocks_per_hop, &mut sum);
            let ToneOutput { end, limiter, .. } = &mut self.output;
            end.keep(index, &sum.map(|sample| limiter.as_before(sample)));
        }
    }

    /// Writes the next samples, for the left and the right channel alike; below −1 dBFS.
    pub fn render(&mut self, mut out: &mut [f32]) {
        while !out.is_empty() {
            if self.output.given == BLOCK_SAMPLES {
                self.follow.part = self.follow.moved.take().unwrap_or(self.follow.part);
                let is_silent = self.active_voices() == 0 && self.output.end.is_over();
                if is_silent && self.live.mode() == LiveMode::Off {
                    out.fill(0.0);
                    self.output.limiter.reset();
                    return;
                }
                self.render_block();
                self.output.given = 0;
            }
            let count = out.len().min(BLOCK_SAMPLES - self.output.given);
            let (now, later) = out.split_at_mut(count);
            now.copy_from_slice(&self.output.block[self.output.given..self.output.given + count]);
            self.output.given += count;
            out = later;
        }
    }

    fn render_block(&mut self) {
        let mut sum = [0.0; BLOCK_SAMPLES];
        self.add_tones(self.clock.block, &|_| true, &mut sum);
        self.add_live(&mut sum);
        let Self { clock, blocks_per_hop, output, .. } = self;
        output.end.add(&mut sum);
        output.limiter.limit(&mut sum);
        output.block = sum;
        clock.block = (clock.block + 1) % *blocks_per_hop;
        clock.turns = (clock.turns + clock.step).fract();
    }

    /// Adds the next block of these tones, the `block`-th of a hop.
    fn add_tones(
        &mut self,
        block: usize,
        which: &impl Fn(&SoundingTone) -> bool,
        sum: &mut [f32; BLOCK_SAMPLES],
    ) {
        let Self { tones, parts, coder, map, slopes, life, clock, blocks_per_hop, output, .. } = self;
        let vibrato_turn = (std::f32::consts::TAU * clock.turns).sin();
        for (index, tone) in tones.iter_mut().enumerate().filter(|(_, tone)| which(tone)) {
            if index % *blocks_per_hop == block {
                let part = &parts[tone.part];
                let input = HopInput {
                    controls: &part.controls,
                    latent: &part.latent,
                    vibrato_turn,
                    slopes: *slopes,
                    life: *life,
                };
                tone.begin_hop(coder.as_mut(), map, &input);
            }
            if !tone.is_silent() {
                tone.add(&mut output.scratch, sum);
            }
        }
    }

    /// Adds the next block of the live sound, whose hops count their blocks themselves.
    fn add_live(&mut self, sum: &mut [f32; BLOCK_SAMPLES]) {
        let Self { parts, coder, map, live, follow, .. } = self;
        if let (Some(coder), true) = (coder, live.mode() != LiveMode::Off) {
            let sound = live.render(coder, map, &parts[follow.part].latent);
            sum.iter_mut().zip(sound).for_each(|(sum, sample)| *sum += sample);
        }
    }
}
