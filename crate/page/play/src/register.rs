//! The register of a sound: the key at which its kind belongs, where the person has not chosen one. Pure.

use patch::Parameter::{Osc1Waveform, Osc2Pitch, Osc2Range, Osc2Waveform, OscMix};
use patch::Patch;
use plane::{Point, Tag, TagSet};

use crate::known_sounds::SearchedSounds;
use crate::library::{Library, SAME_POINT};
use crate::notes::{Layout, MIDDLE_C};
use crate::scale::OCTAVE;
use crate::{Notes, State};

/// How many presets about a point decide on its register.
const NEIGHBOURS: usize = 7;
/// The lowest and the highest register, as MIDI keys: C1 and C7. Octaves are counted so that 60 is C4.
const KEYS: [u8; 2] = [24, 96];
/// Beyond this mix one oscillator is hardly heard beside the other.
const ALONE: f32 = 0.5;

/// The MIDI key at which a kind belongs.
fn key_of(kind: Option<Tag>) -> u8 {
    match kind {
        Some(Tag::Bass) => 36,
        Some(Tag::Pad | Tag::Strings | Tag::Brass | Tag::Drum) => 48,
        Some(Tag::Bell) => 72,
        _ => MIDDLE_C,
    }
}

/// The kind that decides, if a sound is of several: a bass that is also a pluck belongs where basses do.
fn deciding_kind(kinds: TagSet) -> Option<Tag> {
    let extremes = [Tag::Bass, Tag::Bell, Tag::Pad, Tag::Strings, Tag::Brass, Tag::Drum];
    extremes.into_iter().find(|&tag| kinds.has(tag)).or_else(|| kinds.first())
}

/// The MIDI key at which a sound belongs, a C: that of its kind, moved by octaves where its oscillators sound higher or
/// lower than the key.
pub fn register(kinds: TagSet, patch: Option<&Patch>) -> u8 {
    let octaves = patch.map_or(0, octaves_above_key);
    let key = i16::from(key_of(deciding_kind(kinds))) - i16::from(OCTAVE) * octaves;
    let [lowest, highest] = KEYS.map(i16::from);
    // Within the limits by whole octaves: they are Cs, too.
    key.clamp(lowest, highest) as u8
}

/// By how many octaves a patch sounds higher than its key.
fn octaves_above_key(patch: &Patch) -> i16 {
    let mix = patch.get(OscMix);
    let is_noise = |waveform| patch.get(waveform) >= 3.0;
    let octaves = patch.get(Osc2Range) + patch.get(Osc2Pitch) / f32::from(OCTAVE);
    let hears_first = mix < ALONE && !is_noise(Osc1Waveform);
    let hears_second = mix > -ALONE && !is_noise(Osc2Waveform);
    match (hears_first, hears_second) {
        (false, true) => octaves.round() as i16,
        // An octave below the other one is a usual foundation; farther down it would be lost.
        (true, true) => (octaves + 1.0).min(0.0).round() as i16,
        _ => 0,
    }
}

impl Library {
    /// The register of a row.
    pub(crate) fn register_of(&self, sounds: &SearchedSounds, row: usize) -> u8 {
        let patch = self.presets.as_deref().and_then(|presets| presets.all().get(row));
        register(sounds.kinds(row), patch)
    }

    /// The register at a point: that of the preset there, or the median of those of the nearest presets; none without
    /// patches.
    pub(crate) fn register_at(&self, sounds: &SearchedSounds, point: Point) -> Option<u8> {
        self.presets.as_deref()?;
        let nearest = self.known.as_deref()?.nearest(point.x, point.y, NEIGHBOURS);
        if let Some(there) = nearest.first().filter(|nearest| nearest.distance < SAME_POINT) {
            return Some(self.register_of(sounds, there.position));
        }
        let mut keys: Vec<u8> =
            nearest.iter().map(|nearest| self.register_of(sounds, nearest.position)).collect();
        keys.sort_unstable();
        keys.get(keys.len() / 2).copied()
    }
}

impl State {
    /// The MIDI key of the root that a touch plays or would play: the one that the person has chosen, or else that of
    /// the last touch's sound, or of the current one.
    pub fn played_root(&self) -> u8 {
        if !self.notes().follows_sound() {
            return self.notes().root;
        }
        let held = self.touches.all().iter().rev().find_map(|touch| touch.root);
        held.unwrap_or_else(|| self.register_at(self.point()))
    }

    /// The notes with the root that a touch plays or would play.
    pub fn played_notes(&self) -> Notes {
        Notes { root: self.played_root(), ..*self.notes() }
    }

    /// The root that each layout plays or would play: that of a note, that of a melody.
    pub fn layout_roots(&self) -> [u8; 2] {
        let notes = self.notes();
        let is_played = notes.is_root_chosen || notes.layout == Layout::RootNote;
        [if is_played { self.played_root() } else { self.register_at(self.point()) }, notes.root]
    }

    /// The register at a point; middle C while no patches are loaded.
    pub(crate) fn register_at(&self, point: Point) -> u8 {
        let sounds = self.map.finder.sounds(&self.library);
        self.library.register_at(sounds, point).unwrap_or(MIDDLE_C)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;

    fn with(values: &[(Parameter, f32)]) -> Patch {
        let mut patch = Patch::default();
        values.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
        patch
    }

    fn kinds(tags: &[Tag]) -> TagSet {
        tags.iter().copied().collect()
    }

    #[test]
    fn each_kind_has_its_register() {
        for (tag, key) in [
            (Tag::Bass, 36),
            (Tag::Pad, 48),
            (Tag::Strings, 48),
            (Tag::Keys, 60),
            (Tag::Lead, 60),
            (Tag::Voice, 60),
            (Tag::Bell, 72),
        ] {
            assert_eq!(register(kinds(&[tag]), None), key, "{tag:?}");
        }
        assert_eq!(register(TagSet::default(), None), MIDDLE_C);
        assert_eq!(register(kinds(&[Tag::Bass, Tag::Pluck, Tag::Keys]), None), 36);
    }

    #[test]
    fn oscillators_that_sound_elsewhere_move_the_key() {
        let second = |octaves: f32| with(&[(OscMix, 1.0), (Osc2Range, octaves)]);
        let bass = kinds(&[Tag::Bass]);
        assert_eq!(register(bass, Some(&second(-1.0))), 48, "it sounds an octave lower");
        assert_eq!(register(bass, Some(&second(2.0))), 24, "no lower than the lowest C");
        assert_eq!(register(kinds(&[Tag::Bell]), Some(&second(1.0))), 60);
        let both = |octaves: f32| with(&[(OscMix, 0.0), (Osc2Range, octaves)]);
        assert_eq!(register(bass, Some(&both(-1.0))), 36, "a foundation below the key");
        assert_eq!(register(bass, Some(&both(-3.0))), 60, "too low a one");
        assert_eq!(register(bass, Some(&both(2.0))), 36, "overtones above the key");
        let hissing = with(&[(Osc2Waveform, 3.0), (OscMix, 1.0), (Osc2Range, -3.0)]);
        assert_eq!(register(bass, Some(&hissing)), 36, "noise has no pitch");
    }
}
