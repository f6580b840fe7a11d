//! The sound whose patch is searched.

use features::loudness_lufs;
use features::test_note::SAMPLE_RATE_HZ;
use voice::limiter::THRESHOLD;

use crate::envelope::LevelEnvelope;
use crate::given_level::{loudest_of, loudness_of};
use crate::note::TargetNote;
use crate::pitch::{Pitch, find_pitch, find_pitches};
use crate::preparation::{self, SILENCE, peak_of};

use crate::target_error::{RATES_HZ, SHORTEST_S, TargetError};

/// The longest target; the rest is cut off.
pub const LONGEST_S: f32 = 10.0;
/// The peak that a target is scaled to: one that nearly every preset reaches without amSynth's limiter.
const PEAK: f32 = 0.2;
/// The level below the loudest band that counts as silence in a recording, so that its noise does not count.
const FLOOR_DB: f32 = -60.0;
/// An envelope that fits the level as well as this tells the release best.
const FITTING_DB: f32 = 2.0;
/// A pitch this near to a key is that of the key.
const IN_TUNE_CENTS: f32 = 6.0;
/// A sound whose loudest frame has this share of the limiter's threshold may be that of a limited patch, or be missed by
/// one that is limited.
const LOUD: f32 = 0.5;
/// Silence that follows a sound which is not cut off.
const TAIL_S: f32 = 0.2;

/// A sound whose patch is searched: mono, 44.1 kHz, from its onset to its end, at most ten seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    samples: Vec<f32>,
    /// Samples of silence at the end, which a patch has to leave, too.
    tail: usize,
    pitch: Option<Pitch>,
    /// The pitch of the loudest partial, if another one than that of the whole wave.
    ringing: Option<Pitch>,
    note: TargetNote,
    releases: Vec<f32>,
    /// True if it was played as its note says and in no other way.
    has_one_note: bool,
    /// The envelope that fits its level, if it is any sound.
    envelope: Option<LevelEnvelope>,
    floor_db: Option<f32>,
    lead_s: f32,
    is_cut: bool,
    loudness_lufs: f64,
    /// The gain from the samples to those of the given sound.
    file_gain: f32,
    /// True if amSynth's limiter may lower a sound of its level.
    is_loud: bool,
}

impl Target {
    /// Prepares a sound: mixes its channels, resamples, finds the onset, trims silence, cuts at ten seconds, scales
    /// the level to one that amSynth reaches, and finds the pitch.
    ///
    /// # Errors
    /// If there is no channel, the rate is outside of 4 to 384 kHz, a sample is not finite, or the sound is silent or
    /// shorter than 0.05 s.
    pub fn new(channels: &[&[f32]], sample_rate_hz: u32) -> Result<Self, TargetError> {
        Self::prepare(channels, sample_rate_hz, false)
    }

    /// As [`Self::new`], but a sound that is too short is followed by silence.
    ///
    /// # Errors
    /// If there is no channel, the rate is outside of 4 to 384 kHz, a sample is not finite, or the sound is silent.
    pub fn padded(channels: &[&[f32]], sample_rate_hz: u32) -> Result<Self, TargetError> {
        Self::prepare(channels, sample_rate_hz, true)
    }

    fn prepare(channels: &[&[f32]], sample_rate_hz: u32, is_padded: bool) -> Result<Self, TargetError> {
        let rate_hz = SAMPLE_RATE_HZ as f32;
        let (samples, audible_gain) = audible(channels, sample_rate_hz)?;
        let sounding = preparation::sounding_at(&samples);
        let lead_s = sounding.start as f32 / rate_hz;
        // The file goes on after its sound.
        let is_ended = sounding.end < samples.len();
        let mut samples = samples[sounding].to_vec();
        let longest = (LONGEST_S * rate_hz) as usize;
        let is_cut = samples.len() > longest;
        samples.truncate(longest);
        let shortest = (SHORTEST_S * rate_hz).ceil() as usize;
        if is_padded && samples.len() < shortest {
            samples.resize(shortest, 0.0);
        }
        let seconds = samples.len() as f32 / rate_hz;
        if seconds < SHORTEST_S {
            return Err(TargetError::TooShort { seconds });
        }
        let file_gain = (audible_gain * scale(&mut samples)?).recip();
        let [pitch, ringing] = find_pitches(&samples);
        let mut releases: Vec<f32> =
            preparation::releases(&samples).into_iter().map(|frames| frames as f32 / rate_hz).collect();
        let envelope = LevelEnvelope::of(&samples, &releases);
        if envelope.error_db < FITTING_DB {
            releases.insert(0, envelope.held_s);
        }
        let sounding = samples.len();
        if is_ended {
            samples.resize((sounding + (TAIL_S * rate_hz) as usize).min(longest).max(sounding), 0.0);
        }
        let note = TargetNote {
            key: pitch.map_or(TargetNote::TEST.key, |pitch| pitch.key),
            bend_cents: pitch.map_or(0.0, bend_of),
            held_s: releases[0],
            length_s: samples.len() as f32 / rate_hz,
            ..TargetNote::TEST
        };
        let loudness_lufs = loudness_of(channels, sample_rate_hz, lead_s, note.length_s)?;
        let envelope = Some(envelope);
        Ok(Self {
            tail: samples.len() - sounding,
            samples,
            pitch,
            ringing,
            note,
            releases,
            has_one_note: false,
            envelope,
            floor_db: Some(FLOOR_DB),
            lead_s,
            is_cut,
            loudness_lufs,
            file_gain,
            is_loud: loudest_of(channels) > LOUD * THRESHOLD as f32,
        })
    }

    /// A sound of amSynth whose note is known, at 44.1 kHz; it is compared at its own level and without any floor.
    pub fn of_note(samples: Vec<f32>, note: TargetNote) -> Self {
        let loudness_lufs = loudness_lufs(&[&samples, &samples]);
        let samples = preparation::aligned(samples, note.frames());
        Self {
            pitch: find_pitch(&samples),
            ringing: None,
            samples,
            tail: 0,
            note,
            releases: vec![note.held_s],
            has_one_note: true,
            envelope: None,
            floor_db: None,
            lead_s: 0.0,
            is_cut: false,
            loudness_lufs,
            file_gain: 1.0,
            is_loud: false,
        }
    }

    /// The same sound for another played key (0…127). A sound with a pitch keeps it: its bend from the nearest key.
    #[must_use]
    pub fn with_key(mut self, key: u8) -> Self {
        let own = self.pitch.filter(|pitch| pitch.key == key);
        self.note.key = key.min(127);
        self.note.bend_cents = own.map_or(0.0, bend_of);
        self
    }

    /// The same sound for patches whose note is decided elsewhere: a search finds neither another release nor another
    /// bend.
    #[must_use]
    pub fn with_one_note(mut self) -> Self {
        self.releases.truncate(1);
        self.note.held_s = self.releases[0];
        self.note.bend_cents =
            self.pitch.filter(|pitch| pitch.key == self.note.key).map_or(0.0, |pitch| pitch.cents);
        self.has_one_note = true;
        self
    }

    /// The samples at 44.1 kHz.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// The samples without the silence that follows.
    pub fn sounding(&self) -> &[f32] {
        &self.samples[..self.samples.len() - self.tail]
    }

    /// True if silence follows the sound.
    pub(crate) fn has_ended(&self) -> bool {
        self.tail > 0
    }

    /// Seconds of the given sound before its onset, which the samples lack.
    pub fn lead_s(&self) -> f32 {
        self.lead_s
    }

    /// True if the sound went on after [`LONGEST_S`] seconds.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Its pitch, if it has one.
    pub fn pitch(&self) -> Option<Pitch> {
        self.pitch
    }

    /// The pitch of a partial that a filter lets ring louder than all others, if it is another one.
    pub(crate) fn ringing(&self) -> Option<Pitch> {
        self.ringing
    }

    /// The note that patches play to be compared with it: key C4 if it has no pitch.
    pub fn note(&self) -> TargetNote {
        self.note
    }

    /// The notes that may have made it, the likeliest first: its key may have been released at several times, and a
    /// sound of two oscillators may have another tuning than each of them.
    pub fn notes(&self) -> Vec<TargetNote> {
        let bends = if self.note.bend_cents == 0.0 || self.has_one_note {
            vec![self.note.bend_cents]
        } else {
            vec![self.note.bend_cents, 0.0]
        };
        let notes = |&bend_cents: &f32| {
            self.releases.iter().map(move |&held_s| TargetNote { held_s, bend_cents, ..self.note })
        };
        bends.iter().flat_map(notes).collect()
    }

    /// True if its pitch alone tells the key.
    pub(crate) fn is_key_free(&self) -> bool {
        let is_own = self.pitch.is_some_and(|pitch| pitch.key == self.note.key);
        is_own && self.is_recorded() && !self.has_one_note
    }

    /// The loudness of the given sound, in LUFS, as it is played to both ears.
    pub fn loudness_lufs(&self) -> f64 {
        self.loudness_lufs
    }

    /// The gain from the samples to those of the given sound.
    pub(crate) fn file_gain(&self) -> f32 {
        self.file_gain
    }

    /// True if amSynth's limiter may lower a sound that is as loud as the given one.
    pub(crate) fn is_loud(&self) -> bool {
        self.is_loud
    }

    /// The amplifier's envelope that fits its level best, if it is any sound.
    pub(crate) fn envelope(&self) -> Option<LevelEnvelope> {
        self.envelope
    }

    /// The latest release that a search may find, in seconds; `None` if it finds none.
    pub(crate) fn latest_release_s(&self) -> Option<f32> {
        (!self.has_one_note).then_some(self.note.length_s)
    }

    /// True if it is any sound, not one of amSynth whose note is known.
    pub(crate) fn is_recorded(&self) -> bool {
        self.floor_db.is_some()
    }

    /// The level, relative to its loudest band, below which everything counts as silent; `None` for a known note.
    pub(crate) fn floor_db(&self) -> Option<f32> {
        self.floor_db
    }
}

/// One channel at 44.1 kHz without a constant offset, with an audible level and only finite samples; and its gain.
fn audible(channels: &[&[f32]], sample_rate_hz: u32) -> Result<(Vec<f32>, f32), TargetError> {
    if channels.is_empty() {
        return Err(TargetError::NoChannels);
    }
    if !RATES_HZ.contains(&sample_rate_hz) {
        return Err(TargetError::BadRate { sample_rate_hz });
    }
    if !channels.iter().all(|channel| channel.iter().all(|sample| sample.is_finite())) {
        return Err(TargetError::NotFinite);
    }
    let mut samples = preparation::mono(channels).ok_or(TargetError::Silent)?;
    // First, since sums of enormous samples would not be numbers.
    let gain = scale(&mut samples)?;
    preparation::high_pass(&mut samples, sample_rate_hz);
    let samples = preparation::resample(samples, sample_rate_hz)?;
    if peak_of(&samples) < SILENCE { Err(TargetError::Silent) } else { Ok((samples, gain)) }
}

/// The bend to a pitch. An inaudible one is an error of measuring: most sounds are in tune.
fn bend_of(pitch: Pitch) -> f32 {
    if pitch.cents.abs() <= IN_TUNE_CENTS { 0.0 } else { pitch.cents }
}

/// Scales to the peak of all targets, and returns the gain.
fn scale(samples: &mut [f32]) -> Result<f32, TargetError> {
    let gain = PEAK / peak_of(samples);
    samples.iter_mut().for_each(|sample| *sample *= gain);
    if samples.iter().all(|sample| sample.is_finite()) { Ok(gain) } else { Err(TargetError::NotFinite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(seconds: f32, rate: u32) -> Vec<f32> {
        (0..(seconds * rate as f32) as usize)
            .map(|n| 0.3 * (n as f32 * 440.0 / rate as f32 * std::f32::consts::TAU).sin())
            .collect()
    }

    #[test]
    fn a_sound_of_any_rate_is_trimmed_tuned_and_scaled() {
        for rate in [8_000, 44_100, 48_000, 96_000] {
            let silence = vec![0.0; rate as usize / 2];
            let sound = [&silence[..], &tone(1.0, rate), &silence].concat();
            let target = Target::new(&[&sound, &sound], rate).unwrap();
            let note = target.note();
            assert!((note.length_s - 1.0 - TAIL_S).abs() < 0.05, "{note:?}");
            assert!(note.key == 69 && note.bend_cents.abs() < 5.0, "{note:?}");
            let peak = peak_of(target.samples());
            assert!((peak - PEAK).abs() < 1e-3, "{peak}");
        }
    }

    #[test]
    fn a_constant_offset_is_no_sound() {
        let sound: Vec<f32> = [vec![0.0; 88_200], tone(1.0, 44_100), vec![0.0; 132_300]].concat();
        for offset in [0.0, 0.001, 0.005, -0.05] {
            let offset: Vec<f32> = sound.iter().map(|sample| sample + offset).collect();
            let target = Target::new(&[&offset], 44_100).unwrap();
            let note = target.note();
            assert!(note.key == 69 && (note.length_s - 1.0 - TAIL_S).abs() < 0.05, "{note:?}");
            assert!((target.lead_s() - 2.0).abs() < 0.02);
        }
    }

    #[test]
    fn long_sounds_are_cut() {
        let target = Target::new(&[&tone(12.0, 44_100)], 44_100).unwrap();
        assert_eq!(target.note().length_s, LONGEST_S);
        assert!(target.is_cut());
        let silence = vec![0.0; 44_100];
        let whole = Target::new(&[&[&silence[..], &tone(9.9, 44_100), &silence].concat()], 44_100).unwrap();
        assert!(!whole.is_cut(), "only silence is left out");
    }

    #[test]
    fn unusable_sounds_are_refused() {
        let refused = |channels: &[&[f32]], rate| Target::new(channels, rate).unwrap_err();
        assert_eq!(refused(&[], 44_100), TargetError::NoChannels);
        assert_eq!(refused(&[&[]], 44_100), TargetError::Silent);
        assert_eq!(refused(&[&[0.0; 9000]], 44_100), TargetError::Silent);
        assert_eq!(refused(&[&[1e-5; 9000]], 44_100), TargetError::Silent);
        assert_eq!(refused(&[&[0.1, f32::NAN]], 44_100), TargetError::NotFinite);
        assert_eq!(refused(&[&[0.1; 9000]], 0), TargetError::BadRate { sample_rate_hz: 0 });
        assert_eq!(refused(&[&[0.1; 9000]], 44_100), TargetError::Silent);
        let enormous: Vec<f32> = (0..9000).map(|n| if n % 2 == 0 { f32::MAX } else { -f32::MAX }).collect();
        assert!(Target::new(&[&enormous], 8_000).is_ok());
        assert!(matches!(refused(&[&tone(0.03, 44_100)], 44_100), TargetError::TooShort { .. }));
    }

    #[test]
    fn channels_of_opposite_phase_are_heard_beside_their_noise() {
        let tone = tone(1.0, 44_100);
        let noise = |frame: usize| if frame.wrapping_mul(0x9E37_79B9) & 0x400 == 0 { 1e-3 } else { -1e-3 };
        let heard = |gains: [f32; 2]| {
            let channels = gains.map(|gain| -> Vec<f32> {
                tone.iter().enumerate().map(|(frame, sample)| gain * sample + noise(frame)).collect()
            });
            Target::new(&[&channels[0], &channels[1]], 44_100).unwrap().pitch().map(|pitch| pitch.key)
        };
        for gains in [[1.0, -1.0], [0.9, -1.0], [1.0, 0.0], [0.0, 1.0]] {
            assert_eq!(heard(gains), Some(69), "{gains:?}");
        }
    }

    #[test]
    fn a_sound_too_high_to_hear_is_silent() {
        // It begins and ends slowly: a sudden beginning is a click, which can be heard.
        let sound = |hz: usize| -> Vec<f32> {
            let phase = |n: usize| n as f32 / 96_000.0 * std::f32::consts::TAU;
            let swell = |n: usize| 0.5 - 0.5 * phase(n).cos();
            (0..96_000).map(|n| swell(n) * phase(n * hz % 96_000).sin()).collect()
        };
        assert_eq!(Target::new(&[&sound(30_000)], 96_000), Err(TargetError::Silent));
        assert!(Target::new(&[&sound(1_000)], 96_000).is_ok());
    }

    #[test]
    fn the_played_key_may_be_chosen() {
        let target = Target::new(&[&tone(1.0, 44_100)], 44_100).unwrap();
        let bend_cents = target.note().bend_cents;
        assert_eq!(target.clone().with_key(57).note().bend_cents, 0.0);
        assert_eq!(target.with_key(57).with_key(69).note().bend_cents, bend_cents);
    }
}
