//! Several synthesizers, with different patches, side by side: their voices, the networks of their reverbs and their
//! limiters run in SIMD lanes, the other effects one after the other. Offline: allocates.

use fundsp::audionode::AudioNode;
use fundsp::buffer::BufferArray;
use fundsp::typenum::{U1, U2};

use super::Synthesizer;
use crate::event::EventKind;
use crate::lanes::{LaneBlock, silence};
use crate::limiter::{Limiter, LimiterBlock};
use crate::midi::ALL_SOUND_OFF;
use crate::reverb::delay::Feedback;
use crate::reverb::delay_network::DelayNetwork;
use crate::voice_group::{PartScratch, PartVoice, render_parts};
use crate::widest::{Kernel, widest};
use crate::{MAX_BLOCK, SAMPLE_RATES_HZ, effects};

/// The event that clears a synthesizer's network of the reverb.
const CLEARS_REVERB: EventKind = EventKind::ControlChange { controller: ALL_SOUND_OFF, value: 0 };
/// Limiters in a group: four fill the widest registers that are used.
const LIMITED_TOGETHER: usize = 4;

/// A block, left and right.
pub(crate) type StereoBlock = [[f32; MAX_BLOCK]; 2];

/// Up to `N` synthesizers with the same blocks. None of them morphs; their own networks of the reverb are not
/// used.
pub(crate) struct Together<const N: usize> {
    synthesizers: Vec<Synthesizer>,
    outputs: Vec<StereoBlock>,
    /// The voices of one synthesizer, and the sound of each synthesizer before the reverb. Kept from block to
    /// block: clearing them would take a twentieth of the time in WebAssembly.
    mix: BufferArray<U1>,
    dry: Vec<BufferArray<U2>>,
    network: DelayNetwork<N>,
    scratch: PartScratch<N>,
    has_limiters: bool,
    /// Limiters that fill up a group, so that the code of groups exists once.
    spare_limiters: Vec<(Limiter, StereoBlock)>,
}

impl<const N: usize> Together<N> {
    /// Takes at most `N` synthesizers in their initial state, of one sample rate, with their limiters or without.
    pub fn new(synthesizers: Vec<Synthesizer>, has_limiters: bool) -> Self {
        let sample_rate_hz =
            synthesizers.first().map_or(*SAMPLE_RATES_HZ.start(), Synthesizer::sample_rate_hz);
        Self {
            outputs: vec![[[0.0; MAX_BLOCK]; 2]; synthesizers.len()],
            mix: BufferArray::new(),
            dry: vec![BufferArray::new(); synthesizers.len()],
            synthesizers,
            network: DelayNetwork::new(sample_rate_hz),
            has_limiters,
            scratch: PartScratch::new(sample_rate_hz),
            spare_limiters: vec![(Limiter::new(sample_rate_hz), [[0.0; MAX_BLOCK]; 2]); LIMITED_TOGETHER - 1],
        }
    }

    /// Sends an event to one of them.
    pub fn send(&mut self, part: usize, event: EventKind) {
        event.send(&mut self.synthesizers[part]);
        if event == CLEARS_REVERB {
            self.network.clear_lane(part);
        }
    }

    /// Renders the next `frames` (1…64) frames of each synthesizer as [`Synthesizer::render_block`] does for one.
    /// Returns left and right of each; samples beyond these frames are meaningless.
    pub fn render_block(&mut self, frames: usize) -> &[StereoBlock] {
        let idle = |synthesizer: &mut Synthesizer| synthesizer.skip_silence(frames);
        let idle: Vec<bool> = self.synthesizers.iter_mut().map(idle).collect();
        self.render_dry(frames, &idle);
        self.reverberate(frames, &idle);
        self.limit(frames, &idle);
        for (part, (synthesizer, output)) in self.synthesizers.iter_mut().zip(&mut self.outputs).enumerate() {
            synthesizer.replace_non_finite(output.each_mut().map(|channel| &mut channel[..frames]));
            if synthesizer.take_fault() {
                self.network.reset_lane(part);
            }
        }
        &self.outputs
    }

    /// The limiters of all that are not idle; the others are silent.
    fn limit(&mut self, frames: usize, idle: &[bool]) {
        let mut limited: Vec<LimiterBlock> = Vec::with_capacity(idle.len());
        for ((synthesizer, output), idle) in self.synthesizers.iter_mut().zip(&mut self.outputs).zip(idle) {
            let channels = output.each_mut().map(|channel| &mut channel[..frames]);
            if *idle {
                channels.into_iter().for_each(|channel| channel.fill(0.0));
            } else if self.has_limiters {
                limited.push(LimiterBlock { limiter: synthesizer.effects.right_mut(), channels });
            }
        }
        let missing = limited.len().next_multiple_of(LIMITED_TOGETHER) - limited.len();
        limited.extend(self.spare_limiters[..missing].iter_mut().map(|(limiter, output)| LimiterBlock {
            limiter,
            channels: output.each_mut().map(|channel| &mut channel[..frames]),
        }));
        limited.as_chunks_mut().0.iter_mut().for_each(|group| widest(LimiterRun(group)));
    }

    /// The voices of each synthesizer that is not idle, after distortion and pan.
    fn render_dry(&mut self, frames: usize, idle: &[bool]) {
        let mut sums = [[0.0; MAX_BLOCK]; N];
        let mut voices = Vec::with_capacity(idle.len());
        for (part, synthesizer) in self.synthesizers.iter_mut().enumerate().filter(|(part, _)| !idle[*part]) {
            let Synthesizer { allocation, controls, bend, noise, .. } = synthesizer;
            let controls = &*controls;
            let sounding = allocation.begin_block(frames, controls, *bend, noise);
            voices.extend(sounding.map(|voice| PartVoice { part, voice, controls }));
        }
        render_parts(&mut voices, frames, &mut sums, &mut self.scratch);
        let parts = self.synthesizers.iter_mut().zip(&mut self.dry).zip(sums).zip(idle);
        for (((synthesizer, dry), sum), _) in parts.filter(|(_, idle)| !**idle) {
            effects::begin_block(&mut synthesizer.effects, &synthesizer.controls);
            self.mix.channel_f32_mut(0)[..frames].copy_from_slice(&sum[..frames]);
            let before_reverb = synthesizer.effects.left_mut().left_mut();
            before_reverb.process(frames, &self.mix.buffer_ref(), &mut dry.buffer_mut());
        }
    }

    /// The reverbs of all that are not idle.
    fn reverberate(&mut self, frames: usize, idle: &[bool]) {
        let Self { synthesizers, outputs, dry, network, .. } = self;
        let mut sums: LaneBlock<N> = silence();
        let mut wet: [LaneBlock<N>; 2] = [silence(); 2];
        let mut feedback = Feedback { gain: [0.0; N], damping: [0.0; N] };
        let mut runs = [false; N];
        let dry: Vec<_> = dry.iter_mut().map(|dry| dry.buffer_ref()).collect();
        let dry = |part: usize| [0, 1].map(|channel| &dry[part].channel_f32(channel)[..frames]);
        for (part, synthesizer) in synthesizers.iter_mut().enumerate().filter(|(part, _)| !idle[*part]) {
            let mix = &mut effects::reverb(&mut synthesizer.effects).mix;
            let mut sum = [0.0; MAX_BLOCK];
            let sum = &mut sum[..frames];
            runs[part] = mix.begin_network(dry(part), sum, || network.is_empty(part));
            if runs[part] {
                sums.iter_mut().zip(sum).for_each(|(frame, sum)| frame[part] = *sum);
            }
            feedback.gain[part] = mix.feedback().gain[0];
            feedback.damping[part] = mix.feedback().damping[0];
        }
        let [left, right] = wet.each_mut().map(|wet| &mut wet[..frames]);
        if runs.contains(&true) {
            network.run(&sums[..frames], [&mut *left, &mut *right], &feedback);
        }
        for (part, (synthesizer, output)) in
            synthesizers.iter_mut().zip(outputs).enumerate().filter(|(part, _)| !idle[*part])
        {
            let mut wet = [[0.0; MAX_BLOCK]; 2];
            if runs[part] {
                for (wet, frames) in wet.iter_mut().zip([&*left, &*right]) {
                    wet.iter_mut().zip(frames).for_each(|(wet, frame)| *wet = frame[part]);
                }
            }
            let wet = wet.each_ref().map(|wet| &wet[..frames]);
            let output = output.each_mut().map(|channel| &mut channel[..frames]);
            effects::reverb(&mut synthesizer.effects).mix.mix(dry(part), wet, output);
        }
    }
}

/// A group of limiters, compiled for the widest vector instructions of the machine.
struct LimiterRun<'a, 'b>(&'a mut [LimiterBlock<'b>; LIMITED_TOGETHER]);

impl Kernel for LimiterRun<'_, '_> {
    #[inline(always)]
    fn run(self) {
        Limiter::limit(self.0);
    }
}
