//! The settings of the result: through which domain, how much of its timbre, and where between A and B.

use serde::{Deserialize, Serialize};

use super::curve::DrawnToneCurve;
use crate::tone_domain::ToneDomain;

/// The place of the model of chords and noises, which no instrument plays, after those of the domains.
pub(super) const TEXTURES: usize = ToneDomain::ALL.len();
const TEXTURES_NAME: &str = "textures";

/// How the result goes between A and B in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub enum ToneWay {
    /// It stays at its place.
    #[default]
    Stays,
    /// It goes there from A.
    Goes,
    /// It goes there from A and back.
    Returns,
    /// It follows the drawn curve.
    Drawn,
}

/// The settings.
#[derive(Clone, Debug)]
pub(super) struct ToneSettings {
    /// The place of the domain in the chooser.
    pub through: usize,
    /// The share of the domain's timbre, without B.
    pub strength: f32,
    /// The place between A and B.
    pub share: f32,
    pub way: ToneWay,
    pub is_aligned: bool,
    pub curve: DrawnToneCurve,
}

impl Default for ToneSettings {
    fn default() -> Self {
        Self {
            through: 0,
            strength: 1.0,
            share: 0.5,
            way: ToneWay::default(),
            is_aligned: false,
            curve: DrawnToneCurve::default(),
        }
    }
}

impl ToneSettings {
    /// The name of the chosen model, which is that of its file.
    pub fn model_name(&self) -> &'static str {
        let Some(domain) = ToneDomain::ALL.get(self.through) else { return TEXTURES_NAME };
        let [file, ..] = domain.files();
        let name = file.rsplit('/').next().unwrap_or(file);
        name.strip_suffix(".frames").unwrap_or(name)
    }

    /// The places between A and B, at equally many times.
    pub fn places(&self) -> Vec<f32> {
        match self.way {
            ToneWay::Stays => vec![self.share],
            ToneWay::Goes => vec![0.0, self.share],
            ToneWay::Returns => vec![0.0, self.share, 0.0],
            ToneWay::Drawn => self.curve.values.to_vec(),
        }
    }
}
