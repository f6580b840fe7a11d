//! The English sentences that say how an answer differs from its target.

use serde_json::{Value, json};
use sketching::Remark;

use crate::output::number;

/// The comparison of an answer with its target.
pub struct ToldDifference {
    /// 0 for equal sounds, 100 for sounds that have nothing in common.
    pub percent: f32,
    /// At most three sentences.
    pub sentences: Vec<String>,
}

impl ToldDifference {
    /// Tells a comparison with a target of this length in seconds.
    pub fn new((difference, remarks): (matching::Difference, Vec<Remark>), length_s: f32) -> Self {
        let sentences = remarks.iter().map(|remark| sentence(remark, length_s)).collect();
        Self { percent: difference.percent, sentences }
    }

    /// “12 % off”, and what differs.
    pub fn text(&self) -> String {
        let off = format!("{:.0} % off", self.percent);
        std::iter::once(off).chain(self.sentences.iter().cloned()).collect::<Vec<_>>().join("\n  ")
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        json!({ "percent": number(self.percent), "remarks": self.sentences })
    }
}

/// An answer this much too quiet is silent, in dB.
const SILENT_DB: f32 = 60.0;
/// From here on a difference of pitch is told in semitones, in cents.
const SEMITONE_CENTS: f32 = 100.0;
/// A part begins and ends with the sound if it is this near to its begin or its end, as a share of its length.
const NEAR_SHARE: f32 = 0.2;

fn sentence(remark: &Remark, length_s: f32) -> String {
    match *remark {
        Remark::TooLoud { by_db } => format!("It is {by_db:.0} dB too loud."),
        Remark::TooQuiet { by_db } if by_db >= SILENT_DB => "It is silent.".to_owned(),
        Remark::TooQuiet { by_db } => format!("It is {by_db:.0} dB too quiet."),
        Remark::TooBright { from_s, to_s, by_octaves } => {
            format!("It is too bright{}, by {by_octaves:.1} octaves.", part(from_s, to_s, length_s))
        }
        Remark::TooDark { from_s, to_s, by_octaves } => {
            format!("It is too dark{}, by {by_octaves:.1} octaves.", part(from_s, to_s, length_s))
        }
        Remark::AttackTooSlow { by_s } => format!("Its attack is {} too slow.", time(by_s)),
        Remark::AttackTooFast { by_s } => format!("Its attack is {} too fast.", time(by_s)),
        Remark::EndsTooEarly { by_s } => format!("It ends {} too early.", time(by_s)),
        Remark::EndsTooLate { by_s } => format!("It ends {} too late.", time(by_s)),
        Remark::LacksLow { around_hz } => format!("It lacks low partials, around {around_hz:.0} Hz."),
        Remark::LacksHigh { around_hz } => format!("It lacks high partials, around {around_hz:.0} Hz."),
        Remark::LevelMoves { by_db } => format!("Its level swings by {by_db:.0} dB too much."),
        Remark::LevelMovesLess { by_db } => format!("Its level swings by {by_db:.0} dB too little."),
        Remark::RhythmMissing { hits: 1 } => "The rhythm is missing: it lacks 1 hit.".to_owned(),
        Remark::RhythmMissing { hits } => format!("The rhythm is missing: it lacks {hits} hits."),
        Remark::PitchMoves { by_cents } => format!("Its pitch moves by {by_cents:.0} cents too much."),
        Remark::PitchMovesLess { by_cents } => format!("Its pitch moves by {by_cents:.0} cents too little."),
        Remark::OtherPitch { cents } => {
            let direction = if cents > 0.0 { "high" } else { "low" };
            match cents.abs() {
                cents if cents < SEMITONE_CENTS => format!("It is {cents:.0} cents too {direction}."),
                cents => format!("It is {:.1} semitones too {direction}.", cents / SEMITONE_CENTS),
            }
        }
        Remark::MoreNoise { by_share } => {
            format!("It has too much noise, by {:.0} % of its power.", 100.0 * by_share)
        }
        Remark::LessNoise { by_share } => {
            format!("It has too little noise, by {:.0} % of its power.", 100.0 * by_share)
        }
    }
}

/// The part of a sound in which something is so; nothing for the whole sound.
fn part(from_s: f32, to_s: f32, length_s: f32) -> String {
    let near_s = NEAR_SHARE * length_s;
    match (from_s <= near_s, to_s >= length_s - near_s) {
        (true, true) => String::new(),
        (true, false) => format!(" until {to_s:.1} s"),
        (false, true) => format!(" after {from_s:.1} s"),
        (false, false) => format!(" from {from_s:.1} to {to_s:.1} s"),
    }
}

fn time(seconds: f32) -> String {
    if seconds < 1.0 { format!("{:.0} ms", 1000.0 * seconds) } else { format!("{seconds:.1} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_where_it_begins_or_ends_within_the_sound() {
        let bright = |from_s, to_s| sentence(&Remark::TooBright { from_s, to_s, by_octaves: 0.44 }, 2.0);
        assert_eq!(bright(0.0, 2.0), "It is too bright, by 0.4 octaves.");
        assert_eq!(bright(0.5, 1.9), "It is too bright after 0.5 s, by 0.4 octaves.");
        assert_eq!(bright(0.1, 1.0), "It is too bright until 1.0 s, by 0.4 octaves.");
        assert_eq!(bright(0.5, 1.0), "It is too bright from 0.5 to 1.0 s, by 0.4 octaves.");
    }

    #[test]
    fn silence_and_large_differences_of_pitch_have_their_own_words() {
        assert_eq!(sentence(&Remark::TooQuiet { by_db: 60.0 }, 1.0), "It is silent.");
        assert_eq!(sentence(&Remark::OtherPitch { cents: -40.2 }, 1.0), "It is 40 cents too low.");
        assert_eq!(sentence(&Remark::OtherPitch { cents: 700.0 }, 1.0), "It is 7.0 semitones too high.");
        assert_eq!(sentence(&Remark::EndsTooLate { by_s: 0.25 }, 1.0), "It ends 250 ms too late.");
    }
}
