//! Glides of a voice: how it slides from one note to the next without taking breath.

/// The time between two pitches, in seconds.
pub const PITCH_S: f64 = 0.01;
/// A longer pause between two notes is a breath, in seconds.
const BREATH_S: f64 = 0.03;
/// A faster step from one note to the next is no glide, in seconds.
const LEAST_S: f64 = 0.08;
/// The longest glide that the instrument plays, in seconds.
pub const LONGEST_S: f64 = 1.0;
/// The least interval of a glide, in semitones: a smaller one is a note that wavers.
const LEAST_KEYS: f32 = 0.8;
/// A glide is measured between these shares of its interval; at its ends it is slow.
const ENDS: [f32; 2] = [0.2, 0.8];

/// A glide to a note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glide {
    /// When it begins, in seconds of the recording.
    pub begin_s: f64,
    /// Its length in seconds.
    pub length_s: f64,
}

/// Two notes that follow each other: when the first one ends and the second one begins, in seconds of `pitches`, and
/// their pitches as MIDI keys.
#[derive(Clone, Copy, Debug)]
pub struct NotePair {
    /// The end of the first one.
    pub end_s: f64,
    /// The beginning of the second one.
    pub start_s: f64,
    /// The pitch of the first one.
    pub from: f32,
    /// The pitch of the second one.
    pub to: f32,
}

/// The glide between two notes, if there is one. `pitches` are MIDI keys with their fractions, every [`PITCH_S`].
pub fn glide(pitches: &[f32], pair: NotePair) -> Option<Glide> {
    let interval = pair.to - pair.from;
    if pair.start_s - pair.end_s > BREATH_S || interval.abs() < LEAST_KEYS {
        return None;
    }
    let share = |pitch: &f32| (pitch - pair.from) / interval;
    let middle = ((pair.start_s / PITCH_S).round().max(0.0) as usize).min(pitches.len());
    let [low, high] = ENDS;
    let first = pitches[..middle].iter().rposition(|pitch| share(pitch) <= low)?;
    let last = middle + pitches[middle..].iter().position(|pitch| share(pitch) >= high)?;
    let length_s = (last - first) as f64 * PITCH_S / f64::from(high - low);
    let begin_s = (first as f64 * PITCH_S - f64::from(low) * length_s).max(0.0);
    (LEAST_S..=LONGEST_S).contains(&length_s).then_some(Glide { begin_s, length_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C until this time, then a straight glide to E.
    fn sliding(from_s: f64, length_s: f64) -> Vec<f32> {
        let pitch =
            |at: i32| 60.0 + 4.0 * ((f64::from(at) * PITCH_S - from_s) / length_s).clamp(0.0, 1.0) as f32;
        (0..200).map(pitch).collect()
    }

    const PAIR: NotePair = NotePair { end_s: 1.0, start_s: 1.0, from: 60.0, to: 64.0 };

    #[test]
    fn a_slide_is_a_glide_of_its_length_and_a_step_is_none() {
        for length_s in [0.12, 0.3, 0.6] {
            let found = glide(&sliding(1.0 - length_s / 2.0, length_s), PAIR).unwrap();
            assert!((found.length_s - length_s).abs() < 0.03, "{found:?} for {length_s}");
            assert!((found.begin_s - (1.0 - length_s / 2.0)).abs() < 0.03, "{found:?} for {length_s}");
        }
        assert_eq!(glide(&sliding(0.98, 0.04), PAIR), None, "as fast as a voice steps");
        assert_eq!(glide(&sliding(0.0, 1.99), PAIR), None, "longer than the instrument glides");
    }

    #[test]
    fn a_breath_or_a_small_interval_is_no_glide() {
        let slide = sliding(0.85, 0.3);
        assert_eq!(glide(&slide, NotePair { end_s: 0.9, ..PAIR }), None);
        assert_eq!(glide(&slide, NotePair { to: 60.5, ..PAIR }), None);
        assert_eq!(glide(&[], PAIR), None);
    }
}
