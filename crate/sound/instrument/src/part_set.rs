//! The parts with their sound: keys, points, patches and overrides of each, and what paths set for them. Turns the
//! events of paths into points, notes and volumes, and renders each part apart from the others, so that no event of one
//! changes a sample of another. Never allocates.

use patch::Parameter;
use protocol::constants::{PART_COUNT, TOUCH_PART_COUNT};

use crate::arpeggio::ArpeggioSettings;
use crate::controllers::{PEDAL, VOLUME};
use crate::keyboard::Keyboard;
use crate::parameter_overrides::ParameterOverrides;
use crate::patch_source::PatchSource;
use crate::path_player::{PathEvent, Transport};
use crate::path_sounds::{PathSound, PathSounds};
use crate::pending_notes::PEDAL_KEY;
use crate::sound_sources::SoundSources;

/// The part of the current point, whose given patch stays.
pub const CURRENT_POINT: usize = 0;

/// The state of one part.
pub struct Part {
    pub keyboard: Keyboard,
    pub source: PatchSource,
    /// Parameters set by its controllers, which take precedence over the overrides of all parts if they are newer.
    pub controllers: ParameterOverrides,
    /// The volume of its controller that a newer override of all parts replaces.
    pub replaced_volume: Option<f32>,
    /// The volume that a path has set, which takes precedence over both until a controller sets another one.
    pub path_volume: Option<f32>,
    /// The path that plays the part, or was the last one and still plays elsewhere.
    pub path: Option<usize>,
    /// The sound of the path, if it has its own. It stays until the part is silent after the path.
    pub path_sound: Option<PathSound>,
}

impl Part {
    fn new(sample_rate_hz: f64) -> Self {
        Self {
            keyboard: Keyboard::new(sample_rate_hz),
            source: PatchSource::default(),
            controllers: ParameterOverrides::none(),
            replaced_volume: None,
            path_volume: None,
            path: None,
            path_sound: None,
        }
    }

    /// The overrides of its patch: those of its path's sound, or those that the page holds.
    fn overrides<'a>(&'a self, held: &'a ParameterOverrides) -> &'a ParameterOverrides {
        self.path_sound.as_ref().and_then(|sound| sound.overrides.as_ref()).unwrap_or(held)
    }

    /// True if nothing of a decoded patch is heard.
    pub fn has_fixed_patch(&self) -> bool {
        let own = self.path_sound.as_ref().and_then(|sound| sound.overrides.as_ref());
        own.is_some_and(ParameterOverrides::is_complete)
    }

    /// Plays the part's patch with all overrides. Keys that are down sound on in another keyboard mode.
    #[inline(never)]
    pub fn play_patch(&self, held: &ParameterOverrides, number: usize, sound: &mut SoundSources) {
        let mut patch = self.controllers.apply(&self.overrides(held).apply(self.source.patch()));
        if let Some(volume) = self.path_volume {
            patch.set(Parameter::MasterVol, volume);
        }
        if sound.morph_to(number, &patch) {
            self.press_again(number, sound);
        }
    }

    /// Presses the keys again that sound, after the sound of them has ended.
    #[inline(never)]
    pub fn press_again(&self, number: usize, sound: &mut SoundSources) {
        self.keyboard.press_again(|key, velocity| sound.note(number, key, velocity));
    }

    /// Gives the sources beside amSynth the volume of the part, which amSynth's patches have and tones do not.
    pub fn play_volume(&self, held: &ParameterOverrides, number: usize, sound: &mut SoundSources) {
        if self.path_volume.is_none() {
            let held = self.overrides(held).get(Parameter::MasterVol);
            sound.set_tone_volume(number, self.controllers.get(Parameter::MasterVol).or(held));
        }
    }

    /// Gives the part its own volume again, if a path has set another one.
    pub fn end_path_volume(&mut self, held: &ParameterOverrides, number: usize, sound: &mut SoundSources) {
        if self.path_volume.take().is_some() {
            self.play_patch(held, number, sound);
            self.play_volume(held, number, sound);
        }
    }
}

/// All parts.
pub struct PartSet {
    pub all: [Part; PART_COUNT],
    pub sound: SoundSources,
    /// The overrides of all parts without a sound of a path.
    pub held: ParameterOverrides,
    /// The arpeggio of these parts.
    arpeggio: ArpeggioSettings,
    pub path_sounds: PathSounds,
    /// The frame of the present block in which events happen now, and for each part how many of its frames are
    /// rendered.
    now: usize,
    rendered: [usize; PART_COUNT],
    /// The transport at the beginning of the block.
    transport: Transport,
    /// True if a part's sound was infinite in this block.
    is_broken: bool,
}

impl PartSet {
    /// `None` for a rate at which the voice would be out of tune.
    pub fn new(sample_rate_hz: f64) -> Option<Self> {
        Some(Self {
            all: std::array::from_fn(|_| Part::new(sample_rate_hz)),
            sound: SoundSources::new(sample_rate_hz)?,
            held: ParameterOverrides::none(),
            arpeggio: ArpeggioSettings::OFF,
            path_sounds: PathSounds::new(),
            now: 0,
            rendered: [0; PART_COUNT],
            transport: Transport::new(sample_rate_hz),
            is_broken: false,
        })
    }

    /// A key 0…127 of a part goes down, or up with velocity 0, in the next block; or the pedal.
    #[inline(never)]
    pub fn push_note(&mut self, number: usize, key: u8, velocity: u8) {
        if self.all.get_mut(number).is_some_and(|part| !part.keyboard.push(key, velocity)) {
            self.play_pending(number, true);
            self.all[number].keyboard.push(key, velocity);
        }
    }

    /// Plays the waiting notes of a part: as many as need not wait for another block, or all if they `must_play` now.
    #[inline(never)]
    pub fn play_pending(&mut self, number: usize, must_play: bool) {
        if !self.all.get(number).is_some_and(|part| part.keyboard.has_pending()) {
            return;
        }
        let next_step = self.next_step(number);
        let Self { all, sound, .. } = self;
        let is_legato = sound.is_legato(number);
        let voice = |key, velocity| match key {
            PEDAL_KEY => drop(sound.control_change(number, PEDAL, velocity)),
            _ => sound.note(number, key, velocity),
        };
        all[number].keyboard.play_pending(is_legato, must_play, next_step, voice);
    }

    /// Frames until the step that a new arpeggio of a part joins: of the transport, if it runs and a path has set the
    /// arpeggio, else of another part with the same arpeggio.
    fn next_step(&self, number: usize) -> Option<f64> {
        let own = &self.all[number];
        if let Some(sound) = &own.path_sound
            && let Some(next) = sound.arpeggio.next_step(&self.transport, self.now)
        {
            return Some(next);
        }
        let is_like = |part: &Part| match &own.path_sound {
            None => part.path_sound.is_none(),
            Some(_) => part.path_sound.is_some() && part.path == own.path,
        };
        let mut parts = self.all.iter().zip(self.rendered).filter(|(part, _)| is_like(part));
        parts.find_map(|(part, rendered)| {
            Some(part.keyboard.next_step()? - (self.now.saturating_sub(rendered)) as f64)
        })
    }

    /// Performs an event of a path in the present frame. What the part has played before is rendered first.
    #[inline(never)]
    pub fn perform(&mut self, event: PathEvent) {
        let number = event.part();
        self.render_to(number, self.now);
        let Self { all, sound, held, .. } = self;
        match event {
            PathEvent::Land(_, point, path) => {
                let part = &mut all[number];
                part.source.take_back();
                part.source.lead_to(point);
                part.end_path_volume(held, number, sound);
                part.path = Some(path);
                self.take_path_sound(number);
            }
            PathEvent::Move(_, point) => all[number].source.lead_to(point),
            PathEvent::Key(_, key, velocity) => self.push_note(number, key, velocity),
            PathEvent::Volume(_, Some(value)) => {
                if let Some((_, volume)) = sound.control_change(number, VOLUME, value) {
                    all[number].path_volume = Some(volume);
                }
            }
            PathEvent::Volume(_, None) => all[number].end_path_volume(held, number, sound),
        }
    }

    /// Gives a part sound and level of the path that plays it, or those of touches. Returns true if its keys have ended
    /// because it plays another source.
    pub fn take_path_sound(&mut self, number: usize) -> bool {
        let path = self.all[number].path;
        self.sound.set_gain(number, path.map_or(1.0, |path| self.path_sounds.gain(path)));
        let next = path.and_then(|path| self.path_sounds.sound(path));
        if next.is_none() && self.all[number].path_sound.is_none() {
            return false;
        }
        let (next, arpeggio) = (next.cloned(), next.map_or(self.arpeggio, |sound| sound.arpeggio));
        let has_ended = self.sound.set_route(number, next.as_ref().map(|sound| sound.source));
        let Self { all, sound, held, .. } = self;
        let part = &mut all[number];
        part.path_sound = next;
        if has_ended {
            part.keyboard.lift_all();
        }
        part.keyboard.set_arpeggio(&arpeggio, |key, velocity| sound.note(number, key, velocity));
        part.play_patch(held, number, sound);
        part.play_volume(held, number, sound);
        has_ended
    }

    /// Gives a part back to touches: it returns to its own point, volume and sound.
    pub fn return_from_path(&mut self, number: usize) {
        self.render_to(number, self.now);
        let Self { all, sound, held, .. } = self;
        let part = &mut all[number];
        part.source.return_from_path();
        part.end_path_volume(held, number, sound);
        part.path = None;
        self.take_path_sound(number);
    }

    /// Sets the arpeggio of all parts without a sound of a path.
    pub fn set_arpeggio(&mut self, arpeggio: ArpeggioSettings) {
        self.arpeggio = arpeggio;
        for number in 0..PART_COUNT {
            self.play_pending(number, false);
            let Self { all, sound, .. } = self;
            if all[number].path_sound.is_none() {
                let voice = |key, velocity| sound.note(number, key, velocity);
                all[number].keyboard.set_arpeggio(&arpeggio, voice);
            }
        }
    }

    /// Begins a block, before any event of it, at a position of the transport.
    pub fn begin(&mut self, transport: &Transport) {
        self.transport = *transport;
    }

    /// Events happen in this frame of the block from now on.
    pub fn go_to(&mut self, frame: usize) {
        self.now = frame;
    }

    /// Plays the waiting notes of the parts that have just reached the present frame.
    pub fn begin_pieces(&mut self) {
        for number in 0..PART_COUNT {
            if self.rendered[number] == self.now {
                let part = &self.all[number];
                if number < TOUCH_PART_COUNT || part.path.is_some() {
                    self.sound.move_to(number, part.source.point());
                }
                self.play_pending(number, false);
            }
        }
    }

    /// Renders a part up to a frame of the block. A block ends where a step of an arpeggio begins, as amSynth's blocks
    /// end at events.
    fn render_to(&mut self, number: usize, end: usize) {
        let start = self.rendered[number];
        if start >= end {
            return;
        }
        let Self { all, sound, transport, .. } = self;
        let Part { keyboard, path_sound, .. } = &mut all[number];
        if let Some(own) = path_sound
            && let Some(next) = own.arpeggio.next_step(transport, start)
        {
            keyboard.align_steps(next);
        }
        let mut frame = start;
        while frame < end {
            let voice = |key, velocity| sound.note(number, key, velocity);
            let passed = keyboard.play_due(end - frame, voice);
            keyboard.pass_steps(passed);
            sound.render_part(number, frame..frame + passed);
            frame += passed;
        }
        keyboard.pass(end - start, |key, velocity| sound.note(number, key, velocity));
        self.is_broken |= sound.take_fault(number);
        self.rendered[number] = end;
    }

    /// Ends the block of this many frames. Returns true if a part's sound was infinite.
    pub fn finish(&mut self, frames: usize) -> bool {
        (0..PART_COUNT).for_each(|number| self.render_to(number, frames));
        self.sound.finish(frames);
        (self.now, self.rendered) = (0, [0; PART_COUNT]);
        for number in 0..PART_COUNT {
            // The end of the last note of a path that has stopped is over.
            if self.all[number].path.is_none() && !self.sound.sounds(number) {
                self.take_path_sound(number);
            }
        }
        std::mem::take(&mut self.is_broken)
    }

    /// Bit n: something sounds on part n.
    pub fn sounding(&self) -> u32 {
        (0..PART_COUNT)
            .filter(|&number| self.sound.sounds(number))
            .fold(0, |parts, number| parts | 1 << number)
    }

    /// Forgets what a path has set, when it stops. The ends of its notes keep it.
    pub fn forget_path(&mut self, number: usize) {
        self.path_sounds.forget(number);
        for part in self.all.iter_mut().filter(|part| part.path == Some(number)) {
            part.path = None;
        }
    }

    /// Sets the level of a path.
    pub fn set_path_gain(&mut self, number: usize, gain: f32) {
        self.path_sounds.set_gain(number, gain);
        let gain = self.path_sounds.gain(number);
        for part in 0..PART_COUNT {
            if self.all[part].path == Some(number) {
                self.sound.set_gain(part, gain);
            }
        }
    }

    /// Bit n: part n plays the chosen source.
    pub fn unrouted(&self) -> u32 {
        (0..PART_COUNT).filter(|&part| self.sound.is_unrouted(part)).fold(0, |parts, part| parts | 1 << part)
    }
}
