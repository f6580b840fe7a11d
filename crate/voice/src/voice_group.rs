//! Renders the sounding voices of a synthesizer in groups of eight, four, two or one, a voice per lane.
//!
//! What draws noise comes first, voice after voice: the order of draws is amSynth's. So is the order in which
//! voices are added up. Never allocates.

use crate::controls::ControlValues;
use crate::keys::keys;
use crate::lanes;
use crate::noise::Noise;
use crate::voice::Voice;

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
        for (lane, index) in indices.into_iter().enumerate() {
            let fades_in = self.fading_in >> index & 1 == 1;
            let sum = if fades_in { &mut *self.incoming } else { &mut *self.mix };
            for (sum, frame) in sum.iter_mut().zip(output) {
                *sum += frame[lane];
            }
        }
    }
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
) -> u128 {
    let frames = sums.mix.len();
    let (mut sounding, mut ended) = (0u128, 0u128);
    for index in keys(active).map(usize::from) {
        let Some(voice) = voices.get_mut(index).filter(|voice| !voice.is_silent()) else {
            ended |= 1 << index;
            continue;
        };
        voice.begin_oscillators(frames, controls, bend, noise);
        sounding |= 1 << index;
    }
    while sounding != 0 {
        match sounding.count_ones() {
            8.. => render_group::<8>(voices, &mut sounding, sums, controls),
            4.. => render_group::<4>(voices, &mut sounding, sums, controls),
            2.. => render_group::<2>(voices, &mut sounding, sums, controls),
            _ => render_group::<1>(voices, &mut sounding, sums, controls),
        }
    }
    ended
}

/// Renders the first `N` voices of the set `sounding`, and removes them from it.
fn render_group<const N: usize>(
    voices: &mut [Voice],
    sounding: &mut u128,
    sums: &mut VoiceSums,
    controls: &ControlValues,
) {
    let mut indices = [0; N];
    for (index, key) in indices.iter_mut().zip(keys(*sounding)) {
        *index = usize::from(key);
        *sounding &= !(1 << key);
    }
    if let Ok(voices) = voices.get_disjoint_mut(indices) {
        pulp::Arch::new().dispatch(GroupRender { voices, indices, controls, sums });
    }
}

/// Renders a group, compiled for the widest vector instructions of the machine. Only what is inlined benefits;
/// no sample depends on them, because every lane computes on its own.
struct GroupRender<'a, 'b, const N: usize> {
    voices: [&'a mut Voice; N],
    indices: [usize; N],
    controls: &'a ControlValues,
    sums: &'a mut VoiceSums<'b>,
}

impl<const N: usize> pulp::NullaryFnOnce for GroupRender<'_, '_, N> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { mut voices, indices, controls, sums } = self;
        let output = &mut lanes::silence()[..sums.mix.len()];
        Voice::begin_filters(voices.each_mut().map(|voice| &mut **voice), output.len(), [controls; N]);
        Voice::render(voices, output);
        sums.add(indices, output);
    }
}
