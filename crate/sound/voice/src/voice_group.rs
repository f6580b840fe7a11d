//! Renders sounding voices in groups, a voice per lane. The voices of one synthesizer are rendered in groups of
//! eight, four, two or one, in the browser of four or one: other sizes would take longer to load than they save.
//! The voices of several synthesizers, which play different patches, are rendered in groups of one size.
//!
//! Oscillators draw noise before that, voice after voice, in amSynth's order. The voices of a synthesizer are also
//! added up in amSynth's order. Only the functions for several synthesizers allocate.

use crate::MAX_BLOCK;
use crate::controls::ControlValues;
use crate::lanes::Scratch;
use crate::noise::Noise;
use crate::voice::Voice;
use crate::widest::{Kernel, widest};

/// The blocks into which the voices are added, of the same length (1…64).
pub struct VoiceSums<'a> {
    /// All voices but those of `fading_in`.
    pub mix: &'a mut [f32],
    /// The voices of `fading_in`; may be empty if no voice fades in.
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

/// Buffers for the groups of each size.
#[derive(Clone, Default)]
pub struct GroupScratch {
    #[cfg(not(target_family = "wasm"))]
    eight: Scratch<8>,
    four: Scratch<4>,
    #[cfg(not(target_family = "wasm"))]
    two: Scratch<2>,
    one: Scratch<1>,
}

/// Adds a block of the voices in the set `active` to the sums. Does not render voices whose note had ended, and
/// returns the set of them.
pub fn render_voices(
    voices: &mut [Voice],
    active: u128,
    sums: &mut VoiceSums,
    controls: &ControlValues,
    bend: f32,
    noise: &mut Noise,
    scratch: &mut GroupScratch,
) -> u128 {
    let mut sounding = begin_voices(voices, active, sums.mix.len(), controls, bend, noise);
    let ended = active & !sounding;
    #[cfg(not(target_family = "wasm"))]
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.eight);
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.four);
    #[cfg(not(target_family = "wasm"))]
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.two);
    render_groups(voices, &mut sounding, sums, controls, &mut scratch.one);
    ended
}

/// Begins a block of the voices in the set `active`. Returns the set of the voices that sound: the notes of the
/// others have ended.
pub fn begin_voices(
    voices: &mut [Voice],
    active: u128,
    frames: usize,
    controls: &ControlValues,
    bend: f32,
    noise: &mut Noise,
) -> u128 {
    let (mut rest, mut sounding) = (active, 0);
    while rest != 0 {
        let bit = rest & rest.wrapping_neg();
        rest ^= bit;
        let voice = voices.get_mut(bit.trailing_zeros() as usize);
        if let Some(voice) = voice.filter(|voice| !voice.is_silent()) {
            voice.begin_oscillators(frames, controls, bend, noise);
            sounding |= bit;
        }
    }
    sounding
}

/// Renders as many groups of `N` voices of the set `sounding` as there are, and removes them from it.
fn render_groups<const N: usize>(
    voices: &mut [Voice],
    sounding: &mut u128,
    sums: &mut VoiceSums,
    controls: &ControlValues,
    scratch: &mut Scratch<N>,
) {
    let frames = sums.mix.len();
    while sounding.count_ones() >= N as u32 {
        let mut indices = [0; N];
        for index in &mut indices {
            *index = sounding.trailing_zeros() as usize;
            *sounding &= *sounding - 1;
        }
        if let Ok(voices) = voices.get_disjoint_mut(indices) {
            let sums = LaneSums::Voices(sums, indices);
            render_group(GroupRender { voices, controls: [controls; N], frames, scratch, sums });
        }
    }
}

/// A voice of one of several synthesizers. Its block has begun.
pub struct PartVoice<'a> {
    /// The number of its synthesizer.
    pub part: usize,
    /// The voice.
    pub voice: &'a mut Voice,
    /// The settings of its synthesizer.
    pub controls: &'a ControlValues,
}

/// Room for groups of `N` voices of several synthesizers.
pub struct PartScratch<const N: usize> {
    scratch: Box<Scratch<N>>,
    /// Voices for the lanes that no other voice needs: every group has `N` voices, so that its code exists once.
    spare: Vec<Voice>,
}

impl<const N: usize> PartScratch<N> {
    /// Room at this sample rate. Allocates.
    pub fn new(sample_rate_hz: f32) -> Self {
        Self { scratch: Box::default(), spare: vec![Voice::new(sample_rate_hz); N - 1] }
    }
}

/// Adds a block of `frames` (1…64) frames of each voice to the sum of its synthesizer, `N` voices side by side.
/// Allocates.
pub fn render_parts<const N: usize>(
    voices: &mut [PartVoice],
    frames: usize,
    sums: &mut [[f32; MAX_BLOCK]],
    scratch: &mut PartScratch<N>,
) {
    let PartScratch { scratch, spare } = scratch;
    for group in voices.chunks_mut(N) {
        let mut controls = [group[0].controls; N];
        controls.iter_mut().zip(&*group).for_each(|(controls, voice)| *controls = voice.controls);
        // Copies of the first one, so that as many lanes as possible have the same waveforms.
        let spare = &mut spare[..N - group.len()];
        spare.iter_mut().for_each(|spare| spare.clone_from(group[0].voice));
        let parts: Vec<usize> = group.iter().map(|voice| voice.part).collect();
        let sums = LaneSums::Parts(sums, &parts);
        let lanes: Vec<&mut Voice> = group.iter_mut().map(|voice| &mut *voice.voice).chain(spare).collect();
        if let Ok(voices) = lanes.try_into() {
            render_group(GroupRender { voices, controls, frames, scratch, sums });
        }
    }
}

/// Where the lanes of a group are added up.
enum LaneSums<'a, 'b, const N: usize> {
    /// The voices with these indices, of one synthesizer.
    Voices(&'a mut VoiceSums<'b>, [usize; N]),
    /// One sum for each synthesizer, and the number of the synthesizer of each lane; no sum for the lanes after those.
    Parts(&'a mut [[f32; MAX_BLOCK]], &'a [usize]),
}

impl<const N: usize> LaneSums<'_, '_, N> {
    #[inline(always)]
    fn add(self, output: &[[f32; N]]) {
        match self {
            Self::Voices(sums, indices) => sums.add(indices, output),
            Self::Parts(sums, parts) => {
                for (lane, &part) in parts.iter().enumerate() {
                    for (sum, frame) in sums[part].iter_mut().zip(output) {
                        *sum += frame[lane];
                    }
                }
            }
        }
    }
}

/// Renders a group. Not inlined, and one type for both kinds of sums: this code is most of what the crate compiles, and
/// would exist once for each caller.
#[inline(never)]
fn render_group<const N: usize>(group: GroupRender<N>) {
    widest(group);
}

/// Renders a group, compiled for the widest vector instructions of the machine. Only inlined code benefits;
/// no sample depends on them, because every lane computes on its own.
struct GroupRender<'a, 'b, const N: usize> {
    voices: [&'a mut Voice; N],
    controls: [&'a ControlValues; N],
    frames: usize,
    scratch: &'a mut Scratch<N>,
    sums: LaneSums<'a, 'b, N>,
}

impl<const N: usize> Kernel for GroupRender<'_, '_, N> {
    #[inline(always)]
    fn run(self) {
        let Self { mut voices, controls, frames, scratch, sums } = self;
        Voice::begin_filters(voices.each_mut().map(|voice| &mut **voice), frames, controls, scratch);
        sums.add(Voice::render(voices, frames, scratch));
    }
}
