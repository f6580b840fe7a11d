//! The formats of control values.

/// Format of a control value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Display {
    /// `(control + offset) · scale` with `decimals` digits after the point, then the unit.
    Number {
        /// added to the control value
        offset: f32,
        /// multiplied after it
        scale: f32,
        /// digits after the point
        decimals: usize,
        /// unit after the number
        unit: &'static str,
    },
    /// Seconds, or milliseconds below one second.
    Time,
    /// A frequency: the control value times this base, in Hz, or in kHz from 1 kHz up.
    Frequency {
        /// frequency of the control value 1, Hz
        base_hz: f32,
    },
    /// A frequency ratio in cents (1200 to an octave).
    Cents,
    /// A frequency ratio in octaves.
    Octaves,
    /// Envelope amount of the filter as amSynth 1.13.2 computes it: above 0 multiples of the note's frequency
    /// that are added, below 0 the percentage of the cutoff that is removed (−16 = all).
    EnvelopeAmount,
    /// An index into a list, truncated as in amSynth.
    Choice(&'static [&'static str]),
}
