//! The ways in which an answer may differ from its target, with numbers and without words.

/// A way in which an answer differs from its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remark {
    /// The answer is too loud.
    TooLoud {
        /// In dB.
        by_db: f32,
    },
    /// The answer is too quiet.
    TooQuiet {
        /// In dB.
        by_db: f32,
    },
    /// The answer is too bright in a part of the sound.
    TooBright {
        /// The beginning of the part, in seconds.
        from_s: f32,
        /// The end of the part, in seconds.
        to_s: f32,
        /// The distance of the middles of both spectra.
        by_octaves: f32,
    },
    /// The answer is too dark in a part of the sound.
    TooDark {
        /// The beginning of the part, in seconds.
        from_s: f32,
        /// The end of the part, in seconds.
        to_s: f32,
        /// The distance of the middles of both spectra.
        by_octaves: f32,
    },
    /// The answer begins too slowly.
    AttackTooSlow {
        /// In seconds.
        by_s: f32,
    },
    /// The answer begins too fast.
    AttackTooFast {
        /// In seconds.
        by_s: f32,
    },
    /// The answer dies away before the target.
    EndsTooEarly {
        /// In seconds.
        by_s: f32,
    },
    /// The answer dies away after the target.
    EndsTooLate {
        /// In seconds.
        by_s: f32,
    },
    /// The answer lacks partials in the lower half of the target's spectrum.
    LacksLow {
        /// The frequency of the loudest one.
        around_hz: f32,
    },
    /// The answer lacks partials in the upper half of the target's spectrum.
    LacksHigh {
        /// The frequency of the loudest one.
        around_hz: f32,
    },
    /// The level of the answer swings more than the target's: a tremolo that the target has not.
    LevelMoves {
        /// The difference of both swings, in dB from the middle.
        by_db: f32,
    },
    /// The level of the answer swings less than the target's.
    LevelMovesLess {
        /// The difference of both swings, in dB from the middle.
        by_db: f32,
    },
    /// The target is a rhythm, whose hits the answer lacks.
    RhythmMissing {
        /// The hits that it lacks.
        hits: usize,
    },
    /// The pitch of the answer moves more than the target's.
    PitchMoves {
        /// The difference of both distances from the middle, in cents.
        by_cents: f32,
    },
    /// The pitch of the answer moves less than the target's.
    PitchMovesLess {
        /// The difference of both distances from the middle, in cents.
        by_cents: f32,
    },
    /// The answer has another pitch.
    OtherPitch {
        /// The distance above the target's pitch.
        cents: f32,
    },
    /// The answer has more noise.
    MoreNoise {
        /// The share of the answer's power that is noise, less that of the target's, 0…1.
        by_share: f32,
    },
    /// The answer has less noise.
    LessNoise {
        /// The share of the target's power that is noise, less that of the answer's, 0…1.
        by_share: f32,
    },
}
