//! amSynth, the sources of tones beside it, and the block that all have played. Each part has its source: that of its
//! path, or else the chosen one. A source that plays no part ends its notes and then costs nothing. Never allocates.

mod mixing;

use std::ops::Range;

use patch::{Parameter, Patch};
use plane::Point;
use protocol::constants::{BLOCK_FRAMES, PART_COUNT, TONE_SOURCE_COUNT};
use voice::BusLimiter;
use voice::tuning::Tuning;

use crate::amsynth::AmSynth;
use crate::controllers::{NOTES_OFF, NRPN, PEDAL, RESET_CONTROLLERS, RPN, VOLUME, ends_all_notes};
use crate::fade::Fade;
use crate::kept_controls::{INITIAL_VOLUME, KeptControls};
use crate::sound_source::SoundSource;
use mixing::{MixedBlock, SynthRest};

/// The number of amSynth among the sources; those of tones follow from 1 on.
pub const AMSYNTH: usize = 0;

/// The sound that a source of tones transforms.
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

/// All sources and their mixed output.
pub struct SoundSources {
    synth: AmSynth,
    tones: [Option<Box<dyn SoundSource>>; TONE_SOURCE_COUNT],
    /// The number of the source that takes new notes.
    chosen: usize,
    /// The number of the source of tones that was chosen last, which transforms a live sound.
    transforms: usize,
    live: LiveSound,
    /// The numbers of the sources of parts that paths play.
    routes: [Option<usize>; PART_COUNT],
    gains: [f32; PART_COUNT],
    /// The tuning and the limit of voices for a source that comes later.
    tuning: Option<Tuning>,
    voice_limit: usize,
    controls: [KeptControls; PART_COUNT],
    rest: SynthRest,
    /// The gain of amSynth's own sound: 0 while another source transforms it.
    own: Fade,
    output: MixedBlock,
    /// Each source has a limiter of its own; this one is for their sum.
    bus: BusLimiter,
}

impl SoundSources {
    /// amSynth plays; `None` for a rate at which it would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Self> {
        Some(Self {
            synth: AmSynth::new(sample_rate_hz)?,
            tones: std::array::from_fn(|_| None),
            chosen: AMSYNTH,
            transforms: AMSYNTH,
            live: LiveSound::default(),
            routes: [None; PART_COUNT],
            gains: [1.0; PART_COUNT],
            tuning: None,
            voice_limit: 0,
            controls: [KeptControls::INITIAL; PART_COUNT],
            rest: SynthRest::new(sample_rate_hz),
            own: Fade::new(sample_rate_hz),
            output: MixedBlock::new(),
            bus: BusLimiter::new(sample_rate_hz as f32),
        })
    }

    /// Takes a source of tones under a number from 1 on, in place of the one of that number.
    pub fn load(&mut self, number: usize, mut tones: Box<dyn SoundSource>) {
        let Some(slot) = number.checked_sub(1).and_then(|slot| self.tones.get_mut(slot)) else { return };
        if let Some(tuning) = &self.tuning {
            tones.set_tuning(tuning);
        }
        tones.set_voice_limit(self.voice_limit);
        for (part, controls) in self.controls.iter().enumerate() {
            controls.send(part, tones.as_mut());
            tones.set_gain(part, self.gains[part]);
        }
        *slot = Some(tones);
    }

    /// Lets a source take new notes, unless it transforms amSynth; all keys that are down on parts of touches end,
    /// unless amSynth was chosen and is again. Returns whether they do.
    pub fn choose(&mut self, number: usize) -> bool {
        let must_end = number != AMSYNTH || self.chosen != AMSYNTH;
        self.change(number, self.live, must_end)
    }

    /// Sets the sound that the source of tones transforms that was chosen last. Returns true if new notes play another
    /// source than before; the notes that sound have then ended on the old one.
    pub fn set_live(&mut self, live: LiveSound) -> bool {
        self.change(self.chosen, live, false)
    }

    /// Ends the sounding notes of the source that has taken notes, if another one takes them or it `must_end`
    /// them. Returns true if they end.
    #[inline(never)]
    fn change(&mut self, chosen: usize, live: LiveSound, must_end: bool) -> bool {
        let before = self.takes_notes();
        (self.chosen, self.live) = (chosen, live);
        if chosen != AMSYNTH {
            self.transforms = chosen;
        }
        let next = self.takes_notes();
        if next == before && !must_end {
            return false;
        }
        for part in 0..PART_COUNT {
            if self.is_unrouted(part) {
                self.move_keys(part, before, next);
            }
        }
        true
    }

    /// Ends the keys of a part on one source; a pedal that is down goes down on the next.
    fn move_keys(&mut self, part: usize, before: usize, next: usize) {
        let pedal = self.controls[part].pedal();
        if before == AMSYNTH {
            self.rest.end();
            self.synth.release_keys(part, pedal > 0);
        } else if let Some(tones) = self.tones_of(before) {
            tones.control_change(part, PEDAL, 0);
            tones.control_change(part, NOTES_OFF, 0);
        }
        // Its pedal went up when its keys ended. A pedal that is up stays so: lifting it again would change the
        // notes that still sound.
        if pedal > 0 {
            self.control_source(next, part, PEDAL, pedal);
        }
    }

    /// Gives a part the source of a number, that of a path, or with `None` the chosen one. Returns true if that is
    /// another source; the part's keys have then ended on the old one.
    pub fn set_route(&mut self, part: usize, route: Option<usize>) -> bool {
        let before = self.source_of(part);
        self.routes[part] = route;
        let next = self.source_of(part);
        if next != before {
            self.move_keys(part, before, next);
        }
        next != before
    }

    /// True if the chosen source plays a part, not that of a path.
    pub fn is_unrouted(&self, part: usize) -> bool {
        self.routes[part].is_none()
    }

    /// Sets the level of a part, 0…2, in front of all limiters but amSynth's own of each part.
    pub fn set_gain(&mut self, part: usize, gain: f32) {
        if std::mem::replace(&mut self.gains[part], gain) != gain {
            self.synth.set_gain(part, gain);
            self.each_tones(|tones| tones.set_gain(part, gain));
        }
    }

    /// The number of the source that takes new notes of touches.
    fn takes_notes(&self) -> usize {
        if self.live == LiveSound::Own { AMSYNTH } else { self.chosen }
    }

    /// The number of a part's source.
    pub fn source_of(&self, part: usize) -> usize {
        self.routes.get(part).copied().flatten().unwrap_or(self.takes_notes())
    }

    /// True if amSynth must have the patch of a part's point, because the part is heard.
    pub fn needs_patch(&self, part: usize) -> bool {
        self.source_of(part) == AMSYNTH || self.synth.sounds(part) && !self.rest.is_resting()
    }

    /// True if a part makes a sound, as far as its source tells.
    pub fn sounds(&self, part: usize) -> bool {
        let tones = self.source_of(part).checked_sub(1).and_then(|slot| self.tones.get(slot)?.as_ref());
        self.synth.sounds(part) && !self.rest.is_resting()
            || tones.is_some_and(|tones| tones.active_voices() > 0)
    }

    fn tones_of(&mut self, number: usize) -> Option<&mut (dyn SoundSource + 'static)> {
        self.tones.get_mut(number.checked_sub(1)?)?.as_deref_mut()
    }

    fn each_tones(&mut self, mut act: impl FnMut(&mut dyn SoundSource)) {
        self.tones.iter_mut().flatten().for_each(|tones| act(tones.as_mut()));
    }

    /// A key of a part goes down on its source, or up with velocity 0.
    #[inline(never)]
    pub fn note(&mut self, part: usize, key: u8, velocity: u8) {
        match self.source_of(part) {
            AMSYNTH => self.synth.note(part, key, velocity),
            number => {
                if let Some(tones) = self.tones_of(number) {
                    tones.note(part, key, velocity);
                }
            }
        }
    }

    /// True if a part's next key is legato or glides from a key that is down.
    pub fn is_legato(&mut self, part: usize) -> bool {
        match self.source_of(part) {
            AMSYNTH => self.synth.is_legato(part),
            number => self.tones_of(number).is_some_and(|tones| tones.is_legato(part)),
        }
    }

    /// Moves a part's pitch wheel, −8192…8191, on all sources.
    pub fn pitch_bend(&mut self, part: usize, value: i16) {
        if let Some(own) = self.controls.get_mut(part) {
            own.bend = value;
        }
        self.synth.pitch_bend(part, value);
        self.each_tones(|tones| tones.pitch_bend(part, value));
    }

    fn control_source(&mut self, number: usize, part: usize, controller: u8, value: u8) {
        if number == AMSYNTH {
            let _ = self.synth.set_controller(part, controller, value);
        } else if let Some(tones) = self.tones_of(number) {
            tones.control_change(part, controller, value);
        }
    }

    /// A MIDI controller 0…127 for all sources; the parameter of amSynth that it sets, if any, with its stored value.
    pub fn control_change(&mut self, part: usize, controller: u8, value: u8) -> Option<(Parameter, f32)> {
        // No source has a parameter that is not registered: data entry must change nothing then.
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
        self.each_tones(|tones| tones.control_change(part, controller, value));
    }

    /// Sets the volume of the sources of tones in a part, 0…1 as amSynth's stored volume; `None`: their initial one.
    #[inline(never)]
    pub fn set_tone_volume(&mut self, part: usize, volume: Option<f32>) {
        let value = volume.map_or(INITIAL_VOLUME, |volume| (volume * 127.0) as u8);
        self.control_tones(part, VOLUME, value);
    }

    /// Moves a part's point on its source of tones, and on that of a live sound if the part is one of touches.
    pub fn move_to(&mut self, part: usize, point: Point) {
        let follows = self.live != LiveSound::Off && self.is_unrouted(part);
        let number = self.source_of(part);
        for number in [number, if follows && self.transforms != number { self.transforms } else { AMSYNTH }] {
            if let Some(tones) = self.tones_of(number) {
                tones.move_to(part, point);
            }
        }
    }

    /// Changes a part's patch of amSynth by a short crossfade. Returns whether another keyboard mode has ended the
    /// keys that amSynth plays; a pedal that is down stays so.
    pub fn morph_to(&mut self, part: usize, patch: &Patch) -> bool {
        let has_ended = self.synth.morph_to(part, patch) && self.source_of(part) == AMSYNTH;
        if has_ended {
            self.control_source(AMSYNTH, part, PEDAL, self.controls[part].pedal());
        }
        has_ended
    }

    /// The patch that sounds in a part of amSynth.
    pub fn patch(&mut self, part: usize) -> Option<&Patch> {
        self.synth.patch(part)
    }

    /// Sets the most voices of each part; 0 = as many as there are.
    pub fn set_voice_limit(&mut self, voices: usize) {
        self.voice_limit = voices;
        self.synth.set_voice_limit(voices);
        self.each_tones(|tones| tones.set_voice_limit(voices));
    }

    /// Tunes all parts; sounding notes keep their pitch.
    pub fn set_tuning(&mut self, tuning: Tuning) {
        self.synth.set_tuning(&tuning);
        self.each_tones(|tones| tones.set_tuning(&tuning));
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
        self.each_tones(|tones| tones.all_sound_off());
    }

    /// Sounding voices of all sources.
    pub fn active_voices(&self) -> usize {
        let tones = self.tones.iter().flatten().map(|tones| tones.active_voices());
        self.synth.active_voices() + tones.sum::<usize>()
    }

    /// True if a part's sound was infinite or not a number since the last call; its notes have ended then.
    pub fn take_fault(&mut self, part: usize) -> bool {
        let mut is_broken = self.synth.take_fault(part);
        self.each_tones(|tones| is_broken |= tones.take_fault(part));
        is_broken
    }

    /// Renders frames of the present block of a part, as far as they depend on no other part: those of amSynth. Tones
    /// take effect by blocks.
    pub fn render_part(&mut self, part: usize, frames: Range<usize>) {
        if self.uses_synth() {
            self.synth.render_part(part, frames);
        }
    }

    fn uses_synth(&self) -> bool {
        !self.rest.is_resting() || (0..PART_COUNT).any(|part| self.source_of(part) == AMSYNTH)
    }

    /// Ends the block of this many frames: renders the tones and adds up everything.
    pub fn finish(&mut self, frames: usize) {
        let uses_synth = self.uses_synth();
        let plays_synth = (0..PART_COUNT).any(|part| self.source_of(part) == AMSYNTH);
        let Self { synth, tones, live, transforms, rest, own, output, bus, .. } = self;
        output.begin(frames);
        let was_quiet = rest.is_quiet();
        if uses_synth {
            let [left, right] = output.channels(frames);
            synth.mix(left, right);
            rest.hear(synth.active_voices(), plays_synth, [left, right]);
        }
        let transformer = tones.get_mut(transforms.wrapping_sub(1)).and_then(Option::as_mut);
        let is_transformed = *live == LiveSound::Own && transformer.is_some();
        let [left, right] = output.channels(frames);
        if let (true, Some(tones)) = (is_transformed, transformer) {
            tones.listen(left, right);
        }
        if was_quiet {
            own.finish(!is_transformed);
        }
        own.apply(!is_transformed, left, right);
        let mut sounds = false;
        for (slot, tones) in tones.iter_mut().enumerate() {
            let is_live = *live != LiveSound::Off && slot + 1 == *transforms;
            if let Some(tones) = tones.as_mut().filter(|tones| is_live || tones.active_voices() > 0) {
                output.add(frames, tones.as_mut(), !sounds);
                sounds = true;
            }
        }
        if sounds || bus.limits() {
            output.limit(frames, bus, sounds);
        }
    }

    /// The first frames of the block, left and right, to change them.
    pub fn channels(&mut self, frames: usize) -> [&mut [f32]; 2] {
        self.output.channels(frames)
    }

    /// The left channel of the block.
    pub fn left(&self) -> &[f32; BLOCK_FRAMES] {
        self.output.left()
    }

    /// The right channel of the block.
    pub fn right(&self) -> &[f32; BLOCK_FRAMES] {
        self.output.right()
    }
}
