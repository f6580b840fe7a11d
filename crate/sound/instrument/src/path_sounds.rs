//! The sounds and levels of paths, by the paths' numbers. Plays nothing. Never allocates.

use protocol::constants::TONE_SOURCE_COUNT;
use protocol::path_score::PATH_COUNT;
use voice::PART_GAIN_LIMIT;

use crate::arpeggio::ArpeggioSettings;
use crate::parameter_overrides::ParameterOverrides;

/// The sound of a path.
#[derive(Clone)]
pub struct PathSound {
    /// The parameters that it overrides, in place of those that the page holds; `None`: it follows the page.
    pub overrides: Option<ParameterOverrides>,
    /// Its arpeggio.
    pub arpeggio: ArpeggioSettings,
    /// The number of its source: 0 is amSynth, n the tones with number n.
    pub source: usize,
}

/// The sounds and levels of all paths.
pub struct PathSounds {
    sounds: [Option<PathSound>; PATH_COUNT],
    gains: [f32; PATH_COUNT],
}

impl PathSounds {
    /// All paths follow the settings of touches.
    pub fn new() -> Self {
        Self { sounds: [const { None }; PATH_COUNT], gains: [1.0; PATH_COUNT] }
    }

    /// Sets the sound of a path; ignores numbers of paths and sources that do not exist. Returns whether it has.
    pub fn set(&mut self, number: usize, sound: PathSound) -> bool {
        let own = self.sounds.get_mut(number).filter(|_| sound.source <= TONE_SOURCE_COUNT);
        own.map(|own| *own = Some(sound)).is_some()
    }

    /// The sound of a path, if it has its own.
    pub fn sound(&self, number: usize) -> Option<&PathSound> {
        self.sounds.get(number)?.as_ref()
    }

    /// Sets the level of a path, 0…2, clamped; not-a-number changes nothing.
    pub fn set_gain(&mut self, number: usize, gain: f32) {
        if let Some(own) = self.gains.get_mut(number).filter(|_| !gain.is_nan()) {
            *own = gain.clamp(0.0, PART_GAIN_LIMIT);
        }
    }

    /// The level of a path.
    pub fn gain(&self, number: usize) -> f32 {
        self.gains.get(number).copied().unwrap_or(1.0)
    }

    /// Forgets sound and level of a path.
    pub fn forget(&mut self, number: usize) {
        if let (Some(sound), Some(gain)) = (self.sounds.get_mut(number), self.gains.get_mut(number)) {
            (*sound, *gain) = (None, 1.0);
        }
    }
}
