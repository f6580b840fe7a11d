//! The figures of macro-controls: how evenly and how far a property follows its control, and how much other properties
//! change.

use macro_control::{MeasuredProperties, PROPERTY_COUNT, SoundProperty};
use matching::find_pitch;
use matching::space::SEARCHED_STEPPED;
use patch::Patch;
use serde::Serialize;
use statistics::rank_correlation;

/// Amounts at which a macro-control is measured, from −1 to 1; the middle one is the start.
pub const AMOUNTS: usize = 9;
/// A property follows its control if their ranks correlate this well.
const FOLLOWS: f64 = 0.9;
/// A change of this many points is far.
const FAR: f64 = 15.0;
/// A side moves if its end differs by this many points from the start.
const MOVES: f64 = 3.0;
/// A side effect is small if it is less than this share of the property's own change.
const SMALL_SIDE_EFFECT: f64 = 0.4;
/// A change of pitch that few people hear.
const RIGHT_CENTS: f32 = 10.0;

/// The figures of one macro-control of one patch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MacroFigures {
    /// Rank correlation (Spearman's) of the amounts and the measured property; equal values share their mean rank.
    pub correlation: f64,
    /// The property at 1 minus that at −1, in points.
    pub range: f64,
    /// True if the range is 15 points or more.
    pub is_far: bool,
    /// The number of sides, of two, that move by 3 points or more.
    pub sides: usize,
    /// The number of these sides on which each other property changes by less than 40 % of the own change.
    pub clean_sides: usize,
    /// Change of the property at −1 and at 1, in points: the sum of both amounts.
    pub moved: f64,
    /// The mean change of the other seven properties, likewise the sum of both ends.
    pub drift: f64,
    /// Mean change of loudness at both ends, in LU.
    pub loudness_lu: f64,
    /// The number of ends whose pitch is within 10 cents of the start's, and the number of ends; both are 0 if the
    /// start has no pitch.
    pub same_pitch: [usize; 2],
    /// Parameters with steps that differ from the start's at an end.
    pub changed_steps: usize,
}

impl MacroFigures {
    /// The figures of the sounds at all amounts; `None` if one of them is silent. `pitches` are the pitches at −1, 0
    /// and 1, in semitones.
    pub fn new(
        property: SoundProperty,
        sounds: &[Option<MeasuredProperties>],
        patches: &[Patch],
        pitches: [Option<f32>; 3],
    ) -> Option<Self> {
        let sounds: Vec<MeasuredProperties> = sounds.iter().copied().collect::<Option<_>>()?;
        let own = property.index();
        let (least, start, most) = (sounds.first()?, &sounds[sounds.len() / 2], sounds.last()?);
        let ends = [least, most];
        let change = |of: usize| ends.map(|end| (end.values[of] - start.values[of]).abs());
        let others = (0..PROPERTY_COUNT).filter(|&other| other != own);
        let drift = others.map(|other| change(other).iter().sum::<f64>()).sum::<f64>();
        let moves = change(own).map(|change| change >= MOVES);
        let is_clean = |side: usize| {
            let effects = (0..PROPERTY_COUNT).filter(|&other| other != own).map(|other| change(other)[side]);
            moves[side] && effects.fold(0.0, f64::max) < SMALL_SIDE_EFFECT * change(own)[side]
        };
        let range = most.values[own] - least.values[own];
        let [low, middle, high] = pitches;
        let is_same = |end: Option<f32>| {
            let cents = end.zip(middle).map(|(end, middle)| 100.0 * (end - middle));
            cents.is_some_and(|cents| cents.abs() <= RIGHT_CENTS)
        };
        let same = [low, high].into_iter().filter(|end| is_same(*end)).count();
        let middle_patch = &patches[patches.len() / 2];
        let differs = |patch: &Patch| {
            SEARCHED_STEPPED.iter().filter(|step| patch.get(**step) != middle_patch.get(**step)).count()
        };
        let (places, values): (Vec<f32>, Vec<f32>) =
            sounds.iter().enumerate().map(|(at, sound)| (at as f32, sound.values[own] as f32)).unzip();
        Some(Self {
            correlation: rank_correlation(&places, &values),
            range,
            is_far: range >= FAR,
            sides: moves.into_iter().filter(|moves| *moves).count(),
            clean_sides: [0, 1].into_iter().filter(|&side| is_clean(side)).count(),
            moved: change(own).iter().sum(),
            drift: drift / (PROPERTY_COUNT - 1) as f64,
            loudness_lu: ends.map(|end| (end.loudness_lufs - start.loudness_lufs).abs()).iter().sum::<f64>()
                / 2.0,
            same_pitch: if middle.is_some() { [same, 2] } else { [0, 0] },
            changed_steps: [patches.first()?, patches.last()?].into_iter().map(differs).sum(),
        })
    }

    /// True if the property follows its control.
    pub fn follows(&self) -> bool {
        self.correlation >= FOLLOWS
    }
}

/// The pitch of a sound of one channel, in semitones.
pub fn semitones(samples: &[f32]) -> Option<f32> {
    find_pitch(samples).map(|pitch| pitch.keys())
}
