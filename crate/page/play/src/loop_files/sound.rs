//! A round of a loop, with the path and the settings by which the instrument plays it.

use serde::Serialize;

use crate::loops::Direction;
use crate::state::State;
use crate::tracks::loop_sound::LoopSettings;

/// The number of amSynth.
const AMSYNTH: u8 = 0;

/// A round of a loop, and how the instrument plays it, see the protocol's `PathSound` and `PlayPath`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct LoopRound {
    /// The path's words, as bytes.
    pub score: Vec<u8>,
    /// The length of the path, in seconds.
    #[serde(rename = "length_s")]
    pub length_s: f64,
    /// Its speed: a factor on the clock, else seconds of the path in a second.
    pub rate: f64,
    /// The number of its direction.
    pub direction: u8,
    /// Its length in beats of the clock; 0: it has a time of its own.
    pub beats: f64,
    /// The tempo, in beats a minute.
    pub bpm: f32,
    /// How long a round lasts, with the way back of one that returns, in seconds.
    #[serde(rename = "round_s")]
    pub round_s: f64,
    /// The factor of its amplitude.
    pub gain: f32,
    /// Stored values in place of those that its points decode to; null: the decoded one.
    pub overrides: Vec<Option<f32>>,
    /// The keys of its lanes, as bytes.
    pub keys: Vec<u8>,
    /// The other numbers of a `PathSound`: legato, the pattern of the arpeggio, its steps in a second, the sounding share
    /// of a step, the instrument, and what is added to the stored cutoff of decoded patches.
    pub settings: [f64; 6],
    /// The file of the model of tones that plays it; null: amSynth plays it.
    pub tones: Option<String>,
}

impl State {
    /// A round of a loop, also of a muted one; none without such a loop. One without a sound of its own has that of
    /// touches.
    pub fn loop_round(&self, number: u8) -> Option<LoopRound> {
        let own = self.document().loops.get(number)?;
        let document = self.document();
        let bpm = document.notes.bpm;
        let touches = || crate::tracks::loop_sound::LoopSound {
            notes: document.notes,
            locks: document.locks,
            patch: None,
            led_cutoff: None,
        };
        let sound = own.sound.as_deref().cloned().unwrap_or_else(touches);
        let LoopSettings {
            overrides,
            lane_keys,
            is_legato,
            pattern,
            steps_per_second,
            gate,
            cutoff_shift,
            source,
        } = sound.settings(own.instrument.unwrap_or(AMSYNTH), bpm);
        let ways = if own.direction == Direction::ThereAndBack { 2.0 } else { 1.0 };
        let words = path::score(&own.fingers, own.length_s);
        Some(LoopRound {
            score: words.iter().flat_map(|word| word.to_le_bytes()).collect(),
            length_s: own.length_s,
            rate: if own.beats.is_some() { own.speed } else { own.rate(bpm) },
            direction: own.direction.number(),
            beats: own.beats.map_or(0.0, f64::from),
            bpm,
            round_s: ways * own.duration_s(bpm),
            gain: own.gain(),
            overrides: overrides.to_vec(),
            keys: lane_keys.iter().flat_map(|set| set.to_le_bytes()).collect(),
            settings: [
                f64::from(u8::from(is_legato)),
                pattern.into(),
                steps_per_second,
                gate,
                source.into(),
                cutoff_shift.into(),
            ],
            tones: own.domain().map(|domain| domain.files()[0].to_owned()),
        })
    }
}
