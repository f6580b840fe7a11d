//! Judges children by how they sound: workers measure eight properties, loudness and pitch of each. Pure.

use patch::{Parameter, Patch};
use serde::Serialize;

/// Numbers that are measured of each sound: the properties, the loudness in LUFS, and the pitch in semitones.
pub const MEASURED_COUNT: usize = EAR_PROPERTIES.len() + 2;
/// A property differs audibly by this many points of 100. Chosen: repeated renders of a patch differ by less than one,
/// and the sliders of the macro-controls are silent about less.
const AUDIBLE_POINTS: f32 = 3.0;
/// A pitch differs audibly by this many semitones.
const AUDIBLE_SEMITONES: f32 = 0.3;
/// A child may be this much louder than its parent after levelling, in dB.
const LOUDER_DB: f32 = 3.0;
/// A child that is this much quieter after levelling counts as silent, in dB: its volume is at its end.
const QUIETER_DB: f32 = 18.0;
/// The words about a child.
const WORD_COUNT: usize = 2;

/// A property of a sound that has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "each is explained in the crate macro_control")]
pub enum EarProperty {
    Brightness,
    Warmth,
    Hardness,
    Roughness,
    Depth,
    Attack,
    Length,
    Movement,
    /// The pitch.
    Pitch,
}

/// The measured properties, in the order of `SoundProperty::ALL` of the crate `macro_control`.
const EAR_PROPERTIES: [EarProperty; 8] = [
    EarProperty::Brightness,
    EarProperty::Warmth,
    EarProperty::Hardness,
    EarProperty::Roughness,
    EarProperty::Depth,
    EarProperty::Attack,
    EarProperty::Length,
    EarProperty::Movement,
];

/// A change that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct EarChange {
    /// The property that has changed.
    pub property: EarProperty,
    /// True if it is more than that of the parent.
    pub is_more: bool,
}

/// A measured sound.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MeasuredSound {
    points: [f32; EAR_PROPERTIES.len()],
    loudness_lufs: f32,
    /// Semitones above MIDI key 0; none without pitch.
    pitch: Option<f32>,
}

/// The judgement of a child by its sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EarVerdict {
    /// It is a child to be heard.
    Good,
    /// It is silent.
    Silent,
    /// It is much louder than its parent.
    Loud,
    /// It sounds like its parent or like another child.
    Same,
}

impl MeasuredSound {
    /// The sound of [`MEASURED_COUNT`] numbers; none for a silent one, which lacks numbers.
    pub fn read(numbers: &[Option<f32>]) -> Option<Self> {
        let (points, rest) = numbers.split_first_chunk::<{ EAR_PROPERTIES.len() }>()?;
        let &[loudness_lufs, pitch] = rest else { return None };
        let mut own = [0.0; EAR_PROPERTIES.len()];
        for (own, point) in own.iter_mut().zip(points) {
            *own = point.filter(|point| point.is_finite())?;
        }
        let loudness_lufs = loudness_lufs.filter(|loudness| loudness.is_finite())?;
        Some(Self { points: own, loudness_lufs, pitch: pitch.filter(|pitch| pitch.is_finite()) })
    }

    /// The same at another loudness.
    fn louder_by(&self, by_db: f32) -> Self {
        Self { loudness_lufs: self.loudness_lufs + by_db, ..self.clone() }
    }

    fn is_like(&self, other: &Self) -> bool {
        let is_near = |(own, other): (&f32, &f32)| (own - other).abs() < AUDIBLE_POINTS;
        let is_pitch_near = match (self.pitch, other.pitch) {
            (Some(own), Some(other)) => (own - other).abs() < AUDIBLE_SEMITONES,
            (own, other) => own.is_some() == other.is_some(),
        };
        is_pitch_near && self.points.iter().zip(&other.points).all(is_near)
    }

    /// The changes from a sound to this one that are heard most, the strongest first.
    pub fn changes_from(&self, from: &Self) -> Vec<EarChange> {
        let points = self.points.iter().zip(&from.points).map(|(own, from)| own - from);
        let mut changes: Vec<(EarProperty, f32)> = EAR_PROPERTIES.into_iter().zip(points).collect();
        if let Some((own, from)) = self.pitch.zip(from.pitch) {
            // A change that is just heard counts alike, whatever changes.
            changes.push((EarProperty::Pitch, (own - from) * (AUDIBLE_POINTS / AUDIBLE_SEMITONES)));
        }
        changes.retain(|(_, by)| by.abs() >= AUDIBLE_POINTS);
        changes.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
        let strongest = changes.into_iter().take(WORD_COUNT);
        strongest.map(|(property, by)| EarChange { property, is_more: by > 0.0 }).collect()
    }
}

/// Judges a measured child; none: it is silent. A silent parent is compared with nothing.
pub(super) fn judge<'a>(
    child: Option<&MeasuredSound>,
    parent: Option<&MeasuredSound>,
    mut others: impl Iterator<Item = &'a MeasuredSound>,
) -> EarVerdict {
    let Some(child) = child else { return EarVerdict::Silent };
    let louder_db = parent.map_or(0.0, |parent| child.loudness_lufs - parent.loudness_lufs);
    if louder_db > LOUDER_DB {
        return EarVerdict::Loud;
    }
    if louder_db < -QUIETER_DB {
        return EarVerdict::Silent;
    }
    let is_same = parent.is_some_and(|parent| child.is_like(parent)) || others.any(|one| child.is_like(one));
    if is_same { EarVerdict::Same } else { EarVerdict::Good }
}

/// Levels a child to the loudness of its parent by its volume, as far as that goes. Returns its sound then.
pub(super) fn level(patch: &mut Patch, child: &MeasuredSound, parent: &MeasuredSound) -> MeasuredSound {
    let volume = Parameter::MasterVol;
    let before = patch.control(volume);
    if before <= 0.0 {
        return child.clone();
    }
    let wanted = before * 10f32.powf((parent.loudness_lufs - child.loudness_lufs) / 20.0);
    patch.set(volume, volume.info().law.value(wanted));
    let by_db = 20.0 * (patch.control(volume) / before).log10();
    child.louder_by(by_db)
}
