//! Renders the sounding voices of a synthesizer in groups of eight, four, two or one, a voice per lane; in the browser
//! of four or one: other sizes would take longer to load than they save.
//!
//! What draws noise comes first, voice after voice: the order of draws is amSynth's. So is the order in which
//! voices are added up. Never allocates.

use crate::controls::ControlValues;
use crate::lanes::Scratch;
use crate::noise::Noise;
use crate::voice::Voice;
use crate::widest::{Kernel, widest};

/// Where the voices are added up, blocks of the same length (1…64).
pub struct VoiceSums<'a> {
    /// All voices but those of `fading_in`.
    pub mix: &'a mut [f32],
    /// The voices of `fading_in`; may be empty if there are none.
    pub incoming: &'a mut [f32],
    /// Bit n: voice n fades in.
    pub fading_in: u128,
}

impl VoiceSums<'_> {
    #[inline(always)]
    fn add<const N: usize>(&mut self, indices: [usize; N], output: &[[f32; N]]) {
        if self.fading_in == 0 {
            for (sum, frame) in self.mix.iter_mut().zip(output) {
                *sum = frame.iter().fold(*sum, |sum, sample| sum + sample);
            }
            return;
        }
        let fades_in = indices.map(|index| self.fading_in >> index & 1 == 1);
        for ((mix, incoming), frame) in self.mix.iter_mut().zip(&mut *self.incoming).zip(output) {
            for (sample, fades_in) in frame.iter().zip(fades_in) {
                *(if fades_in { &mut *incoming } else { &mut *mix }) += sample;
            }
        }
    }
}

/// Room for what groups of each size compute.
#[derive(Clone, Default)]
pub struct GroupScratch {
    #[cfg(not(target_family = "wasm"))]
    eight: Scratch<8>,
    four: Scratch<4>,
    #[cfg(not(target_family = "wasm"))]
    two: Scratch<2>,
    one: Scratch<1>,
}

/// Adds a block of the voices in the set `active` to the sums. Returns the set of those whose note had ended,
/// which are not rendered.
pub fn render_voices(
    voices: &mut [Voice],
    active: u128,
    sums: &mut VoiceSums,
    controls: &ControlValues,
    bend: f32,
    noise: &mut Noise,
    scratch: &mut GroupScratch,
) -> u128 {
    let frames = sums.mix.len();
    let (mut rest, mut sounding, mut ended) = (active, 0, 0);
    while rest != 0 {
        let bit = rest & rest.wrapping_neg();
        rest ^= bit;
        let voice = voices.get_mut(bit.trailing_zeros() as usize);
        if let Some(voice) = voice.filter(|voice| !voice.is_silent()) {
            voice.begin_oscillators(frames, controls, bend, noise);
            sounding |= bit;
        } else {
            ended |= bit;
        }
    }
    #[cfg(not(target_family = "wasm"))]
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.eight);
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.four);
    #[cfg(not(target_family = "wasm"))]
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.two);
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.one);
    ended
}

/// Renders as many groups of `N` voices of the set `sounding` as there are, and removes them from it.
fn render_groups<const N: usize>(
    voices: &mut [Voice],
    sounding: &mut u128,
    sums: &mut VoiceSums,
    controls: &ControlValues,
    scratch: &mut Scratch<N>,
) {
    while sounding.count_ones() >= N as u32 {
        let mut indices = [0; N];
        for index in &mut indices {
            *index = sounding.trailing_zeros() as usize;
            *sounding &= *sounding - 1;
        }
        if let Ok(voices) = voices.get_disjoint_mut(indices) {
            widest(GroupRender { voices, indices, controls, sums, scratch });
        }
    }
}

/// Renders a group, compiled for the widest vector instructions of the machine. Only what is inlined benefits;
/// no sample depends on them, because every lane computes on its own.
struct GroupRender<'a, 'b, const N: usize> {
    voices: [&'a mut Voice; N],
    indices: [usize; N],
    controls: &'a ControlValues,
    sums: &'a mut VoiceSums<'b>,
    scratch: &'a mut Scratch<N>,
}

impl<const N: usize> Kernel for GroupRender<'_, '_, N> {
    #[inline(always)]
    fn run(self) {
        let Self { mut voices, indices, controls, sums, scratch } = self;
        let frames = sums.mix.len();
        Voice::begin_filters(voices.each_mut().map(|voice| &mut **voice), frames, [controls; N], scratch);
        sums.add(indices, Voice::render(voices, frames, scratch));
    }
}
