//! The kind of sound that a preset makes: bass, pad, bell … A preset's name decides if it says the kind; otherwise the
//! envelope, the keyboard mode, the oscillators and the timbral map decide. Reads no file and renders no sound.

use std::collections::BTreeMap;

use patch::Parameter::{self, *};
use patch::Patch;

use crate::{Coordinates, Presets};

/// A kind of sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
#[repr(u8)]
pub enum Tag {
    Bass,
    Pad,
    Lead,
    Bell,
    Keys,
    Synth,
    Organ,
    Strings,
    Brass,
    Wind,
    Voice,
    Pluck,
    Drum,
    Noise,
    Effect,
}

impl Tag {
    /// All tags; the ones searched for most come first.
    pub const ALL: [Self; 15] = [
        Self::Bass,
        Self::Pad,
        Self::Lead,
        Self::Bell,
        Self::Keys,
        Self::Synth,
        Self::Organ,
        Self::Strings,
        Self::Brass,
        Self::Wind,
        Self::Voice,
        Self::Pluck,
        Self::Drum,
        Self::Noise,
        Self::Effect,
    ];
}

/// Some tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TagSet(u16);

impl TagSet {
    /// True if the set has the tag.
    pub fn has(self, tag: Tag) -> bool {
        self.0 & (1 << tag as u16) != 0
    }

    /// True if the set has no tag.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with one tag more, or one less if it has that tag.
    #[must_use]
    pub fn toggled(self, tag: Tag) -> Self {
        Self(self.0 ^ (1 << tag as u16))
    }

    /// The first tag, in the order of [`Tag::ALL`].
    pub fn first(self) -> Option<Tag> {
        Tag::ALL.into_iter().find(|&tag| self.has(tag))
    }

    fn insert(&mut self, tag: Tag) {
        self.0 |= 1 << tag as u16;
    }
}

impl FromIterator<Tag> for TagSet {
    fn from_iter<T: IntoIterator<Item = Tag>>(tags: T) -> Self {
        let mut set = Self::default();
        tags.into_iter().for_each(|tag| set.insert(tag));
        set
    }
}

/// The beginnings of words that say a kind, from the names of the 3,303 presets of Debian's banks. One with a point at
/// its end is a whole word, with or without a plural s.
const STEMS: [(Tag, &str); 15] = [
    (Tag::Bass, "bass sub. subbass"),
    (Tag::Pad, "pad. swell ambien atmosph drone."),
    (Tag::Lead, "lead solo."),
    (Tag::Bell, "bell. mbell. chime gong glass glock vibe. vibra marimba xylo celest crystal tinkl carillon"),
    (Tag::Keys, "piano ep. rhodes wurli clav. clavi harpsi harpsy keys. keyboard epiano"),
    (Tag::Synth, "polysynth synth."),
    (Tag::Organ, "organ orgel hammond accord church harmonium calliop melodica harmonica bandoneon"),
    (Tag::Strings, "string violin viola cello orchest ensemble symphon fiddle"),
    (Tag::Brass, "brass horn. trumpet trombone tuba. sax. saxo fanfare bugle cornet"),
    (Tag::Wind, "flut. flute reed. reedy whistle oboe clarinet bassoon recorder ocarina piccolo woodwind"),
    (Tag::Voice, "voice. vox. choir vocal singer singing formant chorale. ooh. aah."),
    (
        Tag::Pluck,
        "pluck guitar harp. koto. banjo sitar kalimba lute. mandolin pizz kora. dulcimer zither ukulele",
    ),
    (
        Tag::Drum,
        "drum percussion perc. hat. hihat snare kick. clap. tom. cymbal conga bongo timpani tabla woodblock rimshot",
    ),
    (Tag::Noise, "noise. hiss. static. wind. storm. rain. ocean surf. hurricane"),
    (Tag::Effect, "effect. fx. sfx. helicopter siren thunder alien ufo. robot laser. zap. explosion bubble"),
];

/// From this share of noise on, a held sound is noise.
const MOSTLY: f32 = 0.5;

/// The tags that the names of all rows say.
pub fn said_tags(known: &Coordinates) -> Vec<TagSet> {
    let vocabulary = Vocabulary::new();
    known.name.iter().map(|name| vocabulary.tags(name)).collect()
}

/// The tags of all rows; `said` has those that their names say, and `value` is a descriptor of a row, by its name. Without it, the kind that needs descriptors is
/// decided by the patch alone.
pub fn tags(said: &[TagSet], presets: &Presets, value: impl Fn(usize, &str) -> Option<f32>) -> Vec<TagSet> {
    let of_row = |((row, &named), patch): ((usize, &TagSet), &Patch)| {
        let descriptor = |name: &str| value(row, name);
        if named.is_empty() { by_sound(patch, descriptor) } else { named }
    };
    said.iter().enumerate().zip(presets.all()).map(of_row).collect()
}

/// The stems by their first letters, so that thousands of names are read in a few milliseconds.
struct Vocabulary(BTreeMap<char, Vec<(Tag, &'static str)>>);

impl Vocabulary {
    fn new() -> Self {
        let mut by_letter = BTreeMap::<char, Vec<_>>::new();
        for (tag, stems) in STEMS {
            for stem in stems.split(' ') {
                by_letter.entry(stem.chars().next().unwrap_or_default()).or_default().push((tag, stem));
            }
        }
        Self(by_letter)
    }

    /// The tags that a name says. “Synth” is a word for any kind, so it counts only if nothing else does.
    fn tags(&self, name: &str) -> TagSet {
        let tags: TagSet = words(name).iter().filter_map(|word| self.tag(word)).collect();
        let synth: TagSet = [Tag::Synth].into_iter().collect();
        if tags.has(Tag::Synth) && tags != synth { tags.toggled(Tag::Synth) } else { tags }
    }

    /// The tag of the longest stem with which a word begins.
    fn tag(&self, word: &str) -> Option<Tag> {
        let stems = self.0.get(&word.chars().next()?)?;
        let fits = |stem: &str| match stem.strip_suffix('.') {
            Some(whole) => word.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest == "s"),
            None => word.starts_with(stem),
        };
        let fitting = stems.iter().filter(|(_, stem)| fits(stem));
        fitting.max_by_key(|(_, stem)| stem.len()).map(|&(tag, _)| tag)
    }
}

/// The words of a name in lower case: runs of letters, divided before a capital letter that follows or precedes a small
/// one. The vocabulary is English: other letters than a to z only hold words together.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_inside = false;
    for (at, &letter) in letters.iter().enumerate() {
        if letter.is_ascii() && !letter.is_ascii_alphabetic() {
            is_inside = false;
            continue;
        }
        let is_small =
            |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase() && (is_small(at.checked_sub(1)) || is_small(Some(at + 1)));
        if !is_inside || begins {
            words.push(String::new());
        }
        is_inside = true;
        words.last_mut().into_iter().for_each(|word| word.push(letter.to_ascii_lowercase()));
    }
    words
}

/// The tags of a patch by what one hears. The bounds separate the presets whose names say their kind: they are near the
/// quartiles of envelope, descriptors and oscillators in each kind.
fn by_sound(patch: &Patch, descriptor: impl Fn(&str) -> Option<f32>) -> TagSet {
    let PresetEnvelope { attack_s, decay_s, sustain, release_s } = PresetEnvelope::of(patch);
    let is_mono = patch.get(KeyboardMode) >= 1.0;
    let mix = patch.get(OscMix);
    let octave_2 = if mix > -0.8 { patch.get(Osc2Range) } else { 0.0 };
    let is_noise = |waveform: Parameter| patch.get(waveform) >= 3.0;
    let has_noise = is_noise(Osc1Waveform) && mix < 0.5 || is_noise(Osc2Waveform) && mix > -0.5;
    let (is_quick, is_held) = (attack_s < 0.02, sustain >= 0.25);
    let is_dark = || {
        descriptor("brightness").is_none_or(|points| points <= 55.0)
            && descriptor("depth").is_none_or(|points| points >= 45.0)
    };

    if is_held && noise_share(patch) >= MOSTLY {
        return [Tag::Noise].into_iter().collect();
    }
    // A wide sweep of the pitch by the LFO is heard before anything else.
    if patch.get(FreqModAmount) >= 0.9 || has_noise && is_held && release_s >= 0.5 {
        return [Tag::Effect].into_iter().collect();
    }
    if has_noise && is_quick && sustain < 0.1 && decay_s < 0.3 {
        return [Tag::Drum].into_iter().collect();
    }
    let mut tags = TagSet::default();
    if is_quick && release_s < 0.2 && (is_mono || octave_2 <= -1.0) && is_dark() {
        tags.insert(Tag::Bass);
    }
    let is_slow = attack_s >= if is_mono { 0.2 } else { 0.05 };
    if is_slow && (is_held || decay_s >= 1.0) && release_s >= 0.12 {
        tags.insert(Tag::Pad);
    } else if is_mono && is_held && !tags.has(Tag::Bass) {
        tags.insert(Tag::Lead);
    }
    if is_quick && sustain < 0.15 && !tags.has(Tag::Bass) {
        let rings = release_s >= 0.3 && (patch.get(OscMixMode) >= 0.4 || octave_2 >= 1.0);
        match decay_s {
            _ if decay_s >= 0.6 && rings => tags.insert(Tag::Bell),
            _ if decay_s >= 0.6 => tags.insert(Tag::Keys),
            _ if decay_s >= 0.03 => tags.insert(Tag::Pluck),
            _ => {}
        }
    }
    if is_held && !is_mono && !is_slow && tags.is_empty() {
        let is_dull = || descriptor("brightness").is_none_or(|points| points < 57.0);
        let is_even = sustain >= 0.6 && release_s < 0.06 && is_dull();
        tags.insert(if is_even { Tag::Organ } else { Tag::Synth });
    }
    tags
}

/// The share of noise in the mix of the oscillators, 0…1.
pub fn noise_share(patch: &Patch) -> f32 {
    let second = (patch.get(OscMix) + 1.0) / 2.0;
    let share = |waveform, share: f32| if patch.get(waveform) >= 3.0 { share } else { 0.0 };
    share(Osc1Waveform, 1.0 - second) + share(Osc2Waveform, second)
}

/// The envelope of the amplifier: times in seconds, the sustain 0…1.
struct PresetEnvelope {
    attack_s: f32,
    decay_s: f32,
    sustain: f32,
    release_s: f32,
}

impl PresetEnvelope {
    fn of(patch: &Patch) -> Self {
        Self {
            attack_s: patch.control(AmpAttack),
            decay_s: patch.control(AmpDecay),
            sustain: patch.get(AmpSustain),
            release_s: patch.control(AmpRelease),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags of one preset without a map.
    fn of(name: &str, values: &[(Parameter, f32)]) -> Vec<Tag> {
        let mut patch = Patch::default();
        values.iter().for_each(|&(parameter, value)| patch.set(parameter, value));
        let known =
            Coordinates { name: vec![name.to_owned()], x: vec![0.0], y: vec![0.0], ..Coordinates::default() };
        let set = tags(&said_tags(&known), &Presets::new(vec![patch]), |_, _| None)[0];
        Tag::ALL.into_iter().filter(|&tag| set.has(tag)).collect()
    }

    #[test]
    fn a_name_that_says_the_kind_decides() {
        for (name, expected) in [
            ("SynthBass2", &[Tag::Bass][..]),
            ("basss", &[Tag::Bass]),
            ("Bassoon 1", &[Tag::Wind]),
            ("HardSynced Pad", &[Tag::Pad]),
            ("EP2", &[Tag::Keys]),
            ("Harpsy", &[Tag::Keys]),
            ("harps", &[Tag::Pluck]),
            ("Church Bells", &[Tag::Bell, Tag::Organ]),
            ("Fragile Choir 2", &[Tag::Voice]),
            ("Dulcimer", &[Tag::Pluck]),
        ] {
            assert_eq!(of(name, &[]), expected, "{name}");
        }
    }

    #[test]
    fn a_word_within_another_one_says_nothing() {
        for name in ["Window", "Padlock", "Tomorrow", "Single", "Zéphyr", ""] {
            assert_eq!(of(name, &[]), of("x", &[]), "{name}");
        }
    }

    #[test]
    fn otherwise_the_sound_decides() {
        type Case<'a> = (&'a [(Parameter, f32)], &'a [Tag]);
        let cases: [Case<'_>; 9] = [
            (&[(AmpAttack, 0.7), (AmpRelease, 0.9)], &[Tag::Pad]),
            (&[(KeyboardMode, 2.0), (AmpRelease, 0.7)], &[Tag::Lead]),
            (&[(KeyboardMode, 1.0), (AmpRelease, 0.3)], &[Tag::Bass]),
            (&[(AmpSustain, 0.0), (AmpDecay, 1.2), (AmpRelease, 0.9), (OscMixMode, 1.0)], &[Tag::Bell]),
            (&[(AmpSustain, 0.0), (AmpDecay, 1.2)], &[Tag::Keys]),
            (&[(AmpSustain, 0.0), (AmpDecay, 0.6)], &[Tag::Pluck]),
            (&[(AmpSustain, 1.0), (AmpRelease, 0.1)], &[Tag::Organ]),
            (&[(FreqModAmount, 1.2)], &[Tag::Effect]),
            (&[(Osc1Waveform, 3.0), (OscMix, -1.0)], &[Tag::Noise]),
        ];
        for (values, expected) in cases {
            assert_eq!(of("x", values), expected, "{values:?}");
        }
    }

    #[test]
    fn a_set_has_what_was_added_until_it_is_toggled_away() {
        let both: TagSet = [Tag::Lead, Tag::Bass].into_iter().collect();
        assert_eq!((both.first(), both.has(Tag::Pad)), (Some(Tag::Bass), false));
        assert!(both.toggled(Tag::Bass).toggled(Tag::Lead).is_empty());
    }
}
