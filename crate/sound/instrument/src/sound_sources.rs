//! amSynth, another source of sound beside it, and the block that both have played. One of them takes new notes;
//! the other one ends its sounding notes, and then costs nothing. Never allocates.

use patch::{Parameter, Patch};
use plane::Point;
use protocol::constants::{BLOCK_FRAMES, PART_COUNT};
use voice::BusLimiter;
use voice::tuning::Tuning;

use crate::amsynth::AmSynth;
use crate::controllers::{
    DATA_ENTRY, EXPRESSION, LEGATO_PEDAL, MODULATION, NOTES_OFF, NRPN, PEDAL, RESET_CONTROLLERS, RPN, VOLUME,
    ends_all_notes,
};
use crate::fade::Fade;
use crate::sound_source::SoundSource;

/// −100 dB: samples below this are inaudible.
const INAUDIBLE: f32 = 1e-5;
/// amSynth rests after this time of silence: longer than any echo of its reverb.
const REST_S: f64 = 0.25;
/// The controllers whose values a newly chosen source gets.
const KEPT: [u8; 7] = [VOLUME, MODULATION, EXPRESSION, PEDAL, LEGATO_PEDAL, RPN[0], RPN[1]];
/// Their initial values; 127 selects no RPN.
const INITIAL: [u8; KEPT.len()] = [INITIAL_VOLUME, 0, 127, 0, 0, 127, 127];
/// General MIDI's initial volume.
const INITIAL_VOLUME: u8 = 100;

/// The sound that the source beside amSynth transforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveSound {
    /// Nothing.
    #[default]
    Off,
    /// Sound that comes to it from elsewhere, such as a microphone.
    Foreign,
    /// amSynth's output, which is heard only transformed; new notes play amSynth.
    Own,
}

/// The values of a part's controls, for a newly chosen source.
#[derive(Clone, Copy)]
struct KeptControls {
    values: [u8; KEPT.len()],
    bend: i16,
    bend_range_semitones: u8,
}

impl KeptControls {
    const INITIAL: Self = Self { values: INITIAL, bend: 0, bend_range_semitones: 2 };

    fn change(&mut self, controller: u8, value: u8) {
        if controller == RESET_CONTROLLERS {
            self.values[1..].copy_from_slice(&INITIAL[1..]);
            self.bend = 0;
        } else if let Some(at) = KEPT.iter().position(|&kept| kept == controller) {
            self.values[at] = value;
        } else if controller == DATA_ENTRY && self.values.ends_with(&[0; RPN.len()]) {
            self.bend_range_semitones = value;
        }
    }

    fn pedal(&self) -> u8 {
        KEPT.iter().position(|&kept| kept == PEDAL).map_or(0, |at| self.values[at])
    }

    fn send(&self, part: usize, tones: &mut dyn SoundSource) {
        let range = [(RPN[0], 0), (RPN[1], 0), (DATA_ENTRY, self.bend_range_semitones)];
        // The selected RPN comes after the range, which selects RPN 0.
        for (controller, value) in range.into_iter().chain(KEPT.into_iter().zip(self.values)) {
            tones.control_change(part, controller, value);
        }
        tones.pitch_bend(part, self.bend);
    }
}

/// Both sources and their mixed output.
pub struct SoundSources {
    synth: AmSynth,
    tones: Option<Box<dyn SoundSource>>,
    has_tones: bool,
    live: LiveSound,
    /// The tuning and the limit of voices for a newly chosen source.
    tuning: Option<Tuning>,
    voice_limit: usize,
    controls: [KeptControls; PART_COUNT],
    /// The number of frames for which amSynth has been inaudible, and the number after which it rests.
    quiet_frames: usize,
    rest_frames: usize,
    /// True if amSynth made no sound in the last block.
    is_quiet: bool,
    /// The gain of amSynth's own sound: 0 while the other source transforms it.
    own: Fade,
    left: [f32; BLOCK_FRAMES],
    right: [f32; BLOCK_FRAMES],
    /// The output of the other source.
    added: [[f32; BLOCK_FRAMES]; 2],
    /// Each source has a limiter of its own; this one is for their sum.
    bus: BusLimiter,
}

impl SoundSources {
    /// amSynth plays; `None` for a rate at which it would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Self> {
        Some(Self {
            synth: AmSynth::new(sample_rate_hz)?,
            tones: None,
            has_tones: false,
            live: LiveSound::default(),
            tuning: None,
            voice_limit: 0,
            controls: [KeptControls::INITIAL; PART_COUNT],
            quiet_frames: 0,
            rest_frames: (REST_S * sample_rate_hz) as usize,
            is_quiet: true,
            own: Fade::new(sample_rate_hz),
            left: [0.0; BLOCK_FRAMES],
            right: [0.0; BLOCK_FRAMES],
            added: [[0.0; BLOCK_FRAMES]; 2],
            bus: BusLimiter::new(sample_rate_hz as f32),
        })
    }

    /// Lets another source take new notes, unless it transforms amSynth; all keys that are down end.
    pub fn choose_tones(&mut self, mut tones: Box<dyn SoundSource>) {
        if let Some(tuning) = &self.tuning {
            tones.set_tuning(tuning);
        }
        tones.set_voice_limit(self.voice_limit);
        for (part, controls) in self.controls.iter().enumerate() {
            controls.send(part, tones.as_mut());
        }
        self.tones = Some(tones);
        self.change(true, self.live, true);
    }

    /// Lets amSynth take new notes; all keys that are down end, unless it was chosen before. Returns whether they do.
    pub fn choose_synth(&mut self) -> bool {
        self.change(false, self.live, self.has_tones)
    }

    /// Sets the sound that the other source transforms. Returns true if new notes play another source than before;
    /// the notes that sound have then ended on the old one.
    pub fn set_live(&mut self, live: LiveSound) -> bool {
        self.change(self.has_tones, live, false)
    }

    /// Ends the sounding notes of the source that has taken notes, if another one takes them or it `must_end`
    /// them. Returns true if they end.
    #[inline(never)]
    fn change(&mut self, has_tones: bool, live: LiveSound, must_end: bool) -> bool {
        let before = self.plays_tones();
        (self.has_tones, self.live) = (has_tones, live);
        let plays_tones = self.plays_tones();
        if plays_tones == before && !must_end {
            return false;
        }
        if !before {
            self.quiet_frames = 0;
            for (part, own) in self.controls.iter().enumerate() {
                self.synth.release_keys(part, own.pedal() > 0);
            }
        } else if let Some(tones) = &mut self.tones {
            for part in 0..PART_COUNT {
                tones.control_change(part, PEDAL, 0);
                tones.control_change(part, NOTES_OFF, 0);
            }
        }
        let next: &mut dyn SoundSource = match &mut self.tones {
            Some(tones) if plays_tones => tones.as_mut(),
            _ => &mut self.synth,
        };
        // Its pedals went up when its keys ended. A pedal that is up stays so: lifting it again would change the
        // notes that still sound.
        for (part, own) in self.controls.iter().enumerate().filter(|(_, own)| own.pedal() > 0) {
            next.control_change(part, PEDAL, own.pedal());
        }
        true
    }

    /// True if the source beside amSynth takes new notes.
    pub fn plays_tones(&self) -> bool {
        self.has_tones && self.live != LiveSound::Own
    }

    /// True if the other source follows points.
    pub fn needs_points(&self) -> bool {
        self.has_tones || self.live != LiveSound::Off
    }

    /// True if amSynth must follow points, because it is heard.
    pub fn needs_patches(&self) -> bool {
        !self.plays_tones() || self.quiet_frames < self.rest_frames
    }

    fn tones(&mut self, act: impl FnOnce(&mut dyn SoundSource)) {
        if let Some(tones) = &mut self.tones {
            act(tones.as_mut());
        }
    }

    /// As [`SoundSource::note`], on the source that takes new notes.
    #[inline(never)]
    pub fn note(&mut self, part: usize, key: u8, velocity: u8) {
        let plays_tones = self.plays_tones();
        match &mut self.tones {
            Some(tones) if plays_tones => tones.note(part, key, velocity),
            _ => self.synth.note(part, key, velocity),
        }
    }

    /// As [`SoundSource::is_legato`], of the source that takes new notes.
    pub fn is_legato(&mut self, part: usize) -> bool {
        let plays_tones = self.plays_tones();
        match &mut self.tones {
            Some(tones) if plays_tones => tones.is_legato(part),
            _ => self.synth.is_legato(part),
        }
    }

    /// As [`SoundSource::pitch_bend`], on both.
    pub fn pitch_bend(&mut self, part: usize, value: i16) {
        if let Some(own) = self.controls.get_mut(part) {
            own.bend = value;
        }
        self.synth.pitch_bend(part, value);
        self.tones(|tones| tones.pitch_bend(part, value));
    }

    /// A MIDI controller 0…127 for both; the parameter of amSynth that it sets, if any, with its stored value.
    pub fn control_change(&mut self, part: usize, controller: u8, value: u8) -> Option<(Parameter, f32)> {
        // Neither source has a parameter that is not registered: data entry must change nothing then.
        let (controller, value) =
            if NRPN.contains(&controller) { (RPN[0], 127) } else { (controller, value) };
        let has_pedal = self.controls.get(part).is_some_and(|own| own.pedal() > 0);
        if controller == RESET_CONTROLLERS {
            // amSynth itself leaves the pedal and the RPN that is selected.
            for (controller, value) in [(PEDAL, 0), (RPN[0], 127), (RPN[1], 127)] {
                if has_pedal || controller != PEDAL {
                    let _ = self.synth.set_controller(part, controller, value);
                }
            }
        } else if has_pedal && ends_all_notes(controller, value) {
            // As in amSynth, whose pedal is then up.
            self.control_tones(part, PEDAL, 0);
        }
        self.control_tones(part, controller, value);
        self.synth.set_controller(part, controller, value)
    }

    #[inline(never)]
    fn control_tones(&mut self, part: usize, controller: u8, value: u8) {
        if let Some(own) = self.controls.get_mut(part) {
            own.change(controller, value);
        }
        self.tones(|tones| tones.control_change(part, controller, value));
    }

    /// Sets the volume of the source beside amSynth in a part, 0…1 as amSynth's stored volume; `None`: its initial
    /// one.
    #[inline(never)]
    pub fn set_tone_volume(&mut self, part: usize, volume: Option<f32>) {
        let value = volume.map_or(INITIAL_VOLUME, |volume| (volume * 127.0) as u8);
        self.control_tones(part, VOLUME, value);
    }

    /// Moves a part's point on the source beside amSynth.
    pub fn move_to(&mut self, part: usize, point: Point) {
        self.tones(|tones| tones.move_to(part, point));
    }

    /// Changes a part's patch of amSynth by a short crossfade. Returns whether another keyboard mode has ended the
    /// keys that amSynth plays; a pedal that is down stays so.
    pub fn morph_to(&mut self, part: usize, patch: &Patch) -> bool {
        let has_ended = self.synth.morph_to(part, patch) && !self.plays_tones();
        if has_ended {
            self.synth.control_change(part, PEDAL, self.controls[part].pedal());
        }
        has_ended
    }

    /// The patch that sounds in a part of amSynth.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.synth.patch(part)
    }

    /// As [`SoundSource::set_voice_limit`], on both.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.voice_limit = voices;
        self.synth.set_voice_limit(voices);
        self.tones(|tones| tones.set_voice_limit(voices));
    }

    /// As [`SoundSource::set_tuning`], on both.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.synth.set_tuning(&tuning);
        self.tones(|tones| tones.set_tuning(&tuning));
        self.tuning = Some(tuning);
    }

    /// Silence at once, everywhere; all pedals are up then, as amSynth's are.
    pub fn all_sound_off(&mut self) {
        for part in 0..PART_COUNT {
            if self.controls[part].pedal() > 0 {
                self.control_tones(part, PEDAL, 0);
            }
        }
        self.synth.all_sound_off();
        self.tones(|tones| tones.all_sound_off());
    }

    /// Sounding voices of both.
    pub fn active_voices(&self) -> usize {
        self.synth.active_voices() + self.tones.as_ref().map_or(0, |tones| tones.active_voices())
    }

    /// As [`SoundSource::take_fault`], of either.
    pub fn take_fault(&mut self, part: usize) -> bool {
        let is_broken = self.tones.as_mut().is_some_and(|tones| tones.take_fault(part));
        self.synth.take_fault(part) || is_broken
    }

    /// Renders these frames of the block.
    pub fn render(&mut self, frames: std::ops::Range<usize>) {
        let needs_patches = self.needs_patches();
        let (plays_tones, live) = (self.plays_tones(), self.live);
        let Self { synth, tones, quiet_frames, is_quiet, own, left, right, added, bus, .. } = self;
        let (left, right) = (&mut left[frames.clone()], &mut right[frames.clone()]);
        let was_quiet = *is_quiet;
        if needs_patches {
            synth.render(left, right);
            *is_quiet = synth.active_voices() == 0
                && left.iter().chain(right.iter()).all(|sample| sample.abs() < INAUDIBLE);
            if plays_tones {
                *quiet_frames = if *is_quiet { *quiet_frames + frames.len() } else { 0 };
            }
        } else {
            left.fill(0.0);
            right.fill(0.0);
        }
        let sounds = |tones: &&mut Box<dyn SoundSource>| live != LiveSound::Off || tones.active_voices() > 0;
        let mut tones = tones.as_mut().filter(sounds);
        let is_transformed = live == LiveSound::Own && tones.is_some();
        if is_transformed && let Some(tones) = &mut tones {
            tones.listen(left, right);
        }
        if was_quiet {
            own.finish(!is_transformed);
        }
        own.apply(!is_transformed, left, right);
        let added = added.each_mut().map(|channel| &mut channel[frames.clone()]);
        let [added_left, added_right] = added;
        match tones {
            Some(tones) => tones.render(added_left, added_right),
            // The gain recovers.
            None if bus.limits() => {
                added_left.fill(0.0);
                added_right.fill(0.0);
            }
            None => return,
        }
        let added = added_left.iter().zip(added_right.iter());
        for ((left, right), (added_left, added_right)) in left.iter_mut().zip(right).zip(added) {
            // Not the sum of the channels: both of tones may have the highest level.
            let peak = |left: f32, right: f32| left.abs().max(right.abs());
            let loudest = peak(*left, *right).max(peak(*added_left, *added_right));
            *left += added_left;
            *right += added_right;
            bus.limit(peak(*left, *right), loudest, [left, right]);
        }
    }

    /// The left channel of the block.
    pub fn left(&self) -> &[f32; BLOCK_FRAMES] {
        &self.left
    }

    /// The right channel of the block.
    pub fn right(&self) -> &[f32; BLOCK_FRAMES] {
        &self.right
    }
}
