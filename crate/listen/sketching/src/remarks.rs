//! How an answer differs from its target, as a listener would say it: at most three remarks, the most audible first.
//! The page and the command write the words. `matching::difference` says how far both are from each other.

use features::{SILENCE_LUFS, loudness_lufs};
use matching::{Difference, EarSpectrum, RESOLUTIONS, difference, ear_spectrum};

use crate::contours::{ContourMeter, HOP_S, SoundContours, smoothed};
use crate::hits::{VoiceHit, find_hits};
use crate::noisiness::noise_share;
use crate::pitch_track::{PitchTrack, track_pitch};
use crate::remark::Remark;
use crate::rhythm::hits_of_rhythm;
use crate::swing::{levels_db, swing_db};

/// The most remarks.
const MOST: usize = 3;

/// A remark and how audible it is; 1 is worth a remark.
type Weighed = (Remark, f32);

/// A smaller difference of the loudness is not worth a remark, in dB.
const LOUDER_DB: f32 = 3.0;
/// The same for the brightness, in octaves.
const BRIGHTER_OCTAVES: f32 = 0.2;
/// The brightness of quieter moments does not count, in dB below the loudest.
const BRIGHT_DB: f32 = 36.0;
/// The shortest part that is too bright or too dark.
const PART_S: f32 = 0.05;
/// An attack is worth a remark if it is longer or shorter by this, in seconds and as a factor in octaves.
const ATTACK_S: f32 = 0.02;
const ATTACK_OCTAVES: f32 = 0.8;
/// The time that is added to both attacks: shorter ones cannot be told apart.
const SHORT_ATTACK_S: f32 = 0.01;
/// A sound ends where it stays this far below its loudest.
const END_DB: f32 = 30.0;
/// An end is worth a remark if it is off by this, in seconds and as a share of the target's length.
const END_S: f32 = 0.08;
const END_SHARE: f32 = 0.15;
/// A partial is missing if it is weaker by this.
const MISSING_DB: f32 = 10.0;
/// It is this far below the answer's loudest, too: the lowest partial of a brighter sound is not missing.
const ABSENT_DB: f32 = 15.0;
/// Partials this far below the loudest do not count.
const PARTIAL_DB: f32 = 30.0;
/// The share of all partials' loudness that is worth a remark if it is missing.
const MISSING_SHARE: f32 = 0.12;
/// If a greater share is missing, the answer has another key.
const SOME_SHARE: f32 = 0.4;
/// A swing of the level is worth a remark if it differs by this.
const SWING_DB: f32 = 1.2;
/// A rhythm is missing if fewer of its hits are found.
const FOUND_HITS: f32 = 0.5;
/// Hits within this time are the same.
const SAME_HIT_S: f32 = 0.05;
/// A movement of the pitch is worth a remark if it differs by this.
const MOVES_CENTS: f32 = 20.0;
/// The share of loud frames with a pitch from which the movement of the pitch is told.
const VOICED_SHARE: f32 = 0.6;
/// Levels within this of the loudest have a pitch.
const VOICED_DB: f32 = 24.0;
/// A greater step from one moment to the next is a leap, in semitones.
const LEAP_KEYS: f32 = 1.0;
/// The greatest share of leaps with which a movement of the pitch is told.
const MOST_LEAPS: f32 = 0.1;
/// Another pitch is worth a remark from here.
const OTHER_CENTS: f32 = 15.0;
/// It explains the missing partials from here.
const FAR_CENTS: f32 = 45.0;
/// A share of noise is worth a remark if it differs by this.
const NOISE_SHARE: f32 = 0.1;
/// Silence: the whole answer is this far below the target.
const SILENT_DB: f32 = 60.0;

/// A sound and its properties.
struct Heard<'a> {
    samples: &'a [f32],
    contours: SoundContours,
    track: PitchTrack,
}

impl<'a> Heard<'a> {
    fn new(samples: &'a [f32]) -> Self {
        let contours = ContourMeter::new().measure(samples);
        let track = track_pitch(samples, &contours.loud(VOICED_DB));
        Self { samples, contours, track }
    }

    /// The distance of the pitch from its middle that only a tenth of the frames exceed on each side, in cents.
    fn pitch_swing_cents(&self) -> Option<f32> {
        let loud = self.contours.loud(VOICED_DB);
        if self.track.voiced_share(&loud) < VOICED_SHARE {
            return None;
        }
        let clear = (0..loud.len()).filter(|&at| loud[at] && self.track.is_clear(at));
        let mut keys: Vec<f32> = clear.filter_map(|at| self.track.keys[at]).collect();
        // No ear follows a pitch that leaps from moment to moment; in noise it is chance.
        let leaps = keys.windows(2).filter(|pair| (pair[1] - pair[0]).abs() > LEAP_KEYS).count();
        if leaps as f32 > MOST_LEAPS * keys.len() as f32 {
            return None;
        }
        keys.sort_by(f32::total_cmp);
        let tenth = keys.len() / 10;
        Some(50.0 * (keys.get(keys.len() - 1 - tenth)? - keys.get(tenth)?))
    }

    /// The time from which on it stays silent beside its loudest.
    fn end_s(&self) -> f32 {
        let last = self.contours.loud(END_DB).iter().rposition(|loud| *loud);
        last.map_or(0.0, |last| (last + 1) as f32 * HOP_S)
    }
}

/// At most three remarks about an answer's samples beside a target's, both at 44.1 kHz from their onset, the most
/// audible first; and the difference of both.
pub fn remarks(target: &[f32], answer: &[f32]) -> (Difference, Vec<Remark>) {
    let difference = difference(target, answer);
    let found = weigh(&difference, target, answer);
    (difference, found.into_iter().take(MOST).map(|found| found.0).collect())
}

fn weigh(difference: &Difference, target: &[f32], answer: &[f32]) -> Vec<Weighed> {
    if difference.is_silent {
        return vec![(Remark::TooQuiet { by_db: SILENT_DB }, 10.0)];
    }
    let louder_db = louder_db(difference, target, answer);
    let (target, answer) = (Heard::new(target), Heard::new(answer));
    let mut found = Vec::new();
    found.extend(loudness(louder_db));
    let partials = partials(&target, &answer, difference.gain_db);
    let pitch = other_pitch(difference);
    // The partials of another key lie elsewhere. A bell without its lowest partial has the pitch of another one.
    let (pitch, partials) = match partials {
        Some((partials, missing)) if missing < SOME_SHARE => {
            (pitch.filter(|_| !matches!(partials.0, Remark::LacksLow { .. })), Some(partials))
        }
        Some((partials, _)) if !is_far(difference) => (pitch, Some(partials)),
        _ => (pitch, None),
    };
    found.extend(pitch);
    if let Some(missing) = missing_rhythm(target.samples, answer.samples) {
        found.push(missing);
    } else {
        found.extend(attack(&target.contours, &answer.contours));
        found.extend(end(&target, &answer));
        found.extend(swing(&target.contours, &answer.contours));
    }
    found.extend(pitch_movement(&target, &answer));
    found.extend(noise(&target, &answer));
    let brightness = brightness(&target, &answer);
    // Missing low partials make a sound bright, and missing high ones make it dark: one remark is enough.
    let is_same = matches!(
        (&brightness, &partials),
        (Some((Remark::TooBright { .. }, _)), Some((Remark::LacksLow { .. }, _)))
            | (Some((Remark::TooDark { .. }, _)), Some((Remark::LacksHigh { .. }, _)))
    );
    match (brightness, partials) {
        (Some(brightness), Some(partials)) if is_same => {
            found.push(if brightness.1 > 2.0 * partials.1 { brightness } else { partials });
        }
        (brightness, partials) => found.extend(brightness.into_iter().chain(partials)),
    }
    found.retain(|found| found.1 >= 1.0);
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

/// The difference of both loudnesses; of sounds that are too short for that, the gain at which they come nearest.
fn louder_db(difference: &Difference, target: &[f32], answer: &[f32]) -> f32 {
    let [wanted, found] = [target, answer].map(|samples| loudness_lufs(&[samples, samples]));
    match wanted > SILENCE_LUFS && found > SILENCE_LUFS {
        true => (found - wanted) as f32,
        false => -difference.gain_db,
    }
}

fn loudness(louder_db: f32) -> Option<Weighed> {
    let by_db = louder_db.abs();
    let remark = if louder_db > 0.0 { Remark::TooLoud { by_db } } else { Remark::TooQuiet { by_db } };
    Some((remark, by_db / LOUDER_DB))
}

/// The time of a rise, from a tenth of the greatest level. A beat may reach that much later: the first half is measured,
/// and counted for the whole.
fn rise_s(level: &[f32]) -> f32 {
    let greatest = level.iter().copied().fold(0.0, f32::max);
    let reached = |share: f32| level.iter().position(|&level| level >= share * greatest).unwrap_or(0) as f32;
    HOP_S * (reached(0.5) - reached(0.1)) * (0.8 - 0.1) / (0.5 - 0.1)
}

fn attack(target: &SoundContours, answer: &SoundContours) -> Option<Weighed> {
    let [wanted, found] = [target, answer].map(|contours| rise_s(&contours.level));
    let octaves = ((found + SHORT_ATTACK_S) / (wanted + SHORT_ATTACK_S)).log2();
    let by_s = (found - wanted).abs();
    let remark = if octaves > 0.0 { Remark::AttackTooSlow { by_s } } else { Remark::AttackTooFast { by_s } };
    (by_s >= ATTACK_S).then_some((remark, octaves.abs() / ATTACK_OCTAVES))
}

fn end(target: &Heard, answer: &Heard) -> Option<Weighed> {
    let wanted_s = target.end_s();
    let later_s = answer.end_s() - wanted_s;
    let by_s = later_s.abs();
    let remark = if later_s > 0.0 { Remark::EndsTooLate { by_s } } else { Remark::EndsTooEarly { by_s } };
    Some((remark, by_s / END_S.max(END_SHARE * wanted_s)))
}

fn swing(target: &SoundContours, answer: &SoundContours) -> Option<Weighed> {
    let more_db = swing_db(answer) - swing_db(target);
    let by_db = more_db.abs();
    let remark = if more_db > 0.0 { Remark::LevelMoves { by_db } } else { Remark::LevelMovesLess { by_db } };
    Some((remark, by_db / SWING_DB))
}

fn missing_rhythm(target: &[f32], answer: &[f32]) -> Option<Weighed> {
    let (wanted, found) = (hits_of_rhythm(target), find_hits(answer));
    let is_found =
        |hit: &&VoiceHit| found.iter().any(|other| (hit.start_s - other.start_s).abs() <= SAME_HIT_S);
    let matched = wanted.iter().filter(is_found).count();
    let is_missing = !wanted.is_empty() && (matched as f32) < FOUND_HITS * wanted.len() as f32;
    is_missing.then_some((Remark::RhythmMissing { hits: wanted.len() - matched }, 20.0))
}

fn other_pitch(difference: &Difference) -> Option<Weighed> {
    let cents = difference.pitch_cents?;
    Some((Remark::OtherPitch { cents }, (cents.abs() / OTHER_CENTS).min(12.0)))
}

fn is_far(difference: &Difference) -> bool {
    difference.pitch_cents.is_some_and(|cents| cents.abs() >= FAR_CENTS)
}

fn pitch_movement(target: &Heard, answer: &Heard) -> Option<Weighed> {
    let more_cents = answer.pitch_swing_cents()? - target.pitch_swing_cents()?;
    let by_cents = more_cents.abs();
    let remark =
        if more_cents > 0.0 { Remark::PitchMoves { by_cents } } else { Remark::PitchMovesLess { by_cents } };
    Some((remark, (by_cents / MOVES_CENTS).min(6.0)))
}

fn noise(target: &Heard, answer: &Heard) -> Option<Weighed> {
    let more = noise_share(answer.samples) - noise_share(target.samples);
    let by_share = more.abs();
    let remark = if more > 0.0 { Remark::MoreNoise { by_share } } else { Remark::LessNoise { by_share } };
    Some((remark, by_share / NOISE_SHARE))
}

/// The part in which the answer is too bright or too dark by most in sum.
fn brightness(target: &Heard, answer: &Heard) -> Option<Weighed> {
    let [wanted, found] = [target, answer]
        .map(|heard| (smoothed(&heard.contours.brightness, 2), levels_db(&heard.contours, BRIGHT_DB)));
    let frames = wanted.0.len().min(found.0.len());
    let octaves = |at: usize| {
        let is_audible = wanted.1[at] > -BRIGHT_DB && found.1[at] > -BRIGHT_DB;
        is_audible.then(|| found.0[at] - wanted.0[at])
    };
    let audible = (0..frames).filter(|&at| octaves(at).is_some()).count();
    let part = |sign: f32| {
        // The part of the greatest sum (Kadane) of what is beyond half of an audible difference.
        let (mut best, mut begins, mut sum) = ((0.0, 0, 0), 0, 0.0);
        for at in 0..frames {
            if sum <= 0.0 {
                (begins, sum) = (at, 0.0);
            }
            sum += octaves(at).map_or(0.0, |octaves| sign * octaves - 0.5 * BRIGHTER_OCTAVES);
            if sum > best.0 {
                best = (sum, begins, at + 1);
            }
        }
        best
    };
    let (bright, dark) = (part(1.0), part(-1.0));
    let (_, from, to) = if bright.0 > dark.0 { bright } else { dark };
    let own: Vec<f32> = (from..to).filter_map(octaves).collect();
    let by_octaves = own.iter().sum::<f32>().abs() / own.len().max(1) as f32;
    let (from_s, to_s) = (from as f32 * HOP_S, to as f32 * HOP_S);
    let share = own.len() as f32 / audible.max(1) as f32;
    let weight = by_octaves / BRIGHTER_OCTAVES * share.sqrt();
    let remark = match bright.0 > dark.0 {
        true => Remark::TooBright { from_s, to_s, by_octaves },
        false => Remark::TooDark { from_s, to_s, by_octaves },
    };
    (to_s - from_s >= PART_S).then_some((remark, weight))
}

/// The mean level of each band of a fine spectrum, in dB.
fn mean_levels_db(spectrum: &EarSpectrum, gain_db: f32) -> Vec<f32> {
    let mut powers = vec![0.0_f32; spectrum.bands_hz.len()];
    for frame in spectrum.frames() {
        powers.iter_mut().zip(frame).for_each(|(sum, power)| *sum += power);
    }
    let count = spectrum.frames().len().max(1) as f32;
    powers.into_iter().map(|power| 10.0 * (power / count).max(1e-12).log10() + gain_db).collect()
}

/// The loudest partial that the answer lacks, at the gain at which it comes nearest; and the share of all partials'
/// loudness that is missing.
fn partials(target: &Heard, answer: &Heard, gain_db: f32) -> Option<(Weighed, f32)> {
    let [_, _, fine] = RESOLUTIONS;
    let wanted = ear_spectrum(target.samples, fine);
    let wanted_db = mean_levels_db(&wanted, 0.0);
    let found_db = mean_levels_db(&ear_spectrum(answer.samples, fine), gain_db);
    let greatest = wanted_db.iter().copied().fold(f32::MIN, f32::max);
    let loudest_found = found_db.iter().copied().fold(f32::MIN, f32::max);
    let near = |levels: &[f32], band: usize| {
        levels[band.saturating_sub(2)..(band + 3).min(levels.len())].iter().copied().fold(f32::MIN, f32::max)
    };
    let is_partial =
        |&band: &usize| wanted_db[band] > greatest - PARTIAL_DB && wanted_db[band] >= near(&wanted_db, band);
    let loudness = |band: usize| 10.0_f32.powf(0.03 * (wanted_db[band] - greatest));
    let partials: Vec<usize> = (0..wanted_db.len()).filter(is_partial).collect();
    let whole: f32 = partials.iter().map(|&band| loudness(band)).sum();
    let middle =
        partials.iter().map(|&band| loudness(band) * wanted.bands_hz[band].log2()).sum::<f32>() / whole;
    let is_low = |band: usize| wanted.bands_hz[band].log2() < middle;
    let missing: Vec<usize> = (partials.iter().copied())
        .filter(|&band| {
            let found = near(&found_db, band);
            wanted_db[band] - found >= MISSING_DB && found < loudest_found - ABSENT_DB
        })
        .collect();
    let side = |low: bool| {
        let own = || missing.iter().copied().filter(move |&band| is_low(band) == low);
        let loudest = own().max_by(|&a, &b| loudness(a).total_cmp(&loudness(b)))?;
        let share = own().map(loudness).sum::<f32>() / whole;
        let around_hz = wanted.bands_hz[loudest];
        let remark = if low { Remark::LacksLow { around_hz } } else { Remark::LacksHigh { around_hz } };
        Some((remark, share / MISSING_SHARE))
    };
    let share = missing.iter().map(|&band| loudness(band)).sum::<f32>() / whole;
    let found = [side(true), side(false)].into_iter().flatten().max_by(|a, b| a.1.total_cmp(&b.1));
    found.map(|found| (found, share))
}
