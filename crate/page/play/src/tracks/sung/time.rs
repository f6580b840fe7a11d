//! When something was sung, in bars: how late a microphone is, how long a sung loop is, and the part of a recording
//! that becomes the loop.

use crate::tracks::sung::HummedNote;
use crate::tracks::take::{FreeLoop, free_loop, shortest_beats};
use crate::tracks::transport::BEATS_PER_BAR;

/// The most that is heard of a recording, in seconds: the searches for sounds hear no more.
pub const LONGEST_S: f64 = 10.0;
/// The most bars of a sung loop.
const MOST_BARS: [f64; 3] = [4.0, 2.0, 1.0];
/// So much before the bar line, in beats, belongs to the loop, as with touches.
const EARLY_BEATS: f64 = 0.5;
/// The longest delay of a microphone that is believed, in milliseconds.
const LATEST_MS: f64 = 500.0;

/// How long before it was recorded a sound was sung, in milliseconds: as the browser states it for the microphone. One
/// that states nothing there takes about as long for the input as for its buffer of the output.
pub fn microphone_delay_ms(stated_s: Option<f64>, buffer_s: Option<f64>) -> f64 {
    let is_delay = |seconds: &f64| seconds.is_finite() && *seconds > 0.0;
    let seconds = stated_s.filter(is_delay).or(buffer_s.filter(is_delay)).unwrap_or_default();
    (1000.0 * seconds).min(LATEST_MS)
}

/// The length of a sung loop, in beats: that of the first loop, or four bars; fewer where more would last longer than
/// what is heard of a recording.
pub fn sung_beats(first: Option<u16>, bpm: f32) -> f64 {
    let fits = |&beats: &f64| 60.0 * beats / f64::from(bpm) <= LONGEST_S;
    let longest = MOST_BARS.map(|bars| bars * BEATS_PER_BAR).into_iter().find(fits).unwrap_or(BEATS_PER_BAR);
    first.map_or(longest, |first| f64::from(first).min(longest))
}

/// The loop within a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SungSpan {
    /// Where the loop begins, in seconds of the recording.
    pub begin_s: f64,
    /// The length of a round, in seconds.
    pub length_s: f64,
    /// The length of a round, in beats.
    pub beats: u16,
    /// The beat of the clock at which a round begins.
    pub offset_beats: u16,
    /// The tempo that the loop sets, if it is the first one.
    pub sets_bpm: Option<f32>,
}

impl SungSpan {
    /// The part of the recording that is heard: its beginning and its end, in seconds.
    pub fn heard(&self) -> (f64, f64) {
        let early_s = EARLY_BEATS * self.beat_s();
        let from_s = (self.begin_s - early_s.min((LONGEST_S - self.length_s).max(0.0))).max(0.0);
        (from_s, (self.begin_s + self.length_s).min(from_s + LONGEST_S).max(from_s))
    }

    /// The length of a beat, in seconds.
    pub fn beat_s(&self) -> f64 {
        self.length_s / f64::from(self.beats)
    }

    /// The loop of notes that were sung without a clock until a time of their recording: it begins with the first one,
    /// and sets the tempo. With a tempo that others have given, the notes keep it, and the loop becomes as long as its
    /// bars.
    pub fn free(notes: &[HummedNote], ended_s: f64, bpm: f32, is_given: bool) -> Option<Self> {
        let begin_s = notes.iter().map(|note| note.start_s).reduce(f64::min)?;
        let lifted_s = notes.iter().map(|note| note.end_s).fold(begin_s, f64::max);
        let span = |length_s, beats, sets_bpm| Self { begin_s, length_s, beats, offset_beats: 0, sets_bpm };
        if is_given {
            let beat_s = 60.0 / f64::from(bpm);
            let most = sung_beats(None, bpm);
            let beats = shortest_beats((lifted_s - begin_s) / beat_s - EARLY_BEATS).min(most);
            return Some(span(beats * beat_s, beats as u16, None));
        }
        let FreeLoop { bpm, beats, length_s } =
            free_loop((ended_s - begin_s).max(lifted_s - begin_s), lifted_s - begin_s, bpm);
        Some(span(length_s, beats, Some(bpm)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(start_s: f64, end_s: f64) -> HummedNote {
        HummedNote { start_s, end_s, pitch: 60.0, velocity: 90, glide: None }
    }

    #[test]
    fn a_microphone_is_as_late_as_the_browser_states_or_as_its_output_buffers() {
        assert_eq!(microphone_delay_ms(Some(0.03), Some(0.01)), 30.0);
        assert_eq!(microphone_delay_ms(None, Some(0.01)), 10.0);
        assert_eq!(microphone_delay_ms(Some(0.0), Some(0.01)), 10.0, "0 stands for unknown");
        assert_eq!(microphone_delay_ms(Some(f64::NAN), None), 0.0);
        assert_eq!(microphone_delay_ms(Some(7.0), None), 500.0);
    }

    #[test]
    fn a_sung_loop_is_as_long_as_the_first_one_and_not_longer_than_what_is_heard() {
        assert_eq!(sung_beats(None, 112.0), 16.0);
        assert_eq!(sung_beats(None, 90.0), 8.0, "four bars would last 10.7 s");
        assert_eq!([sung_beats(Some(8), 112.0), sung_beats(Some(32), 112.0)], [8.0, 16.0]);
        assert_eq!(sung_beats(None, 20.0), 4.0);
    }

    #[test]
    fn what_is_sung_up_to_an_eighth_early_is_heard_if_there_is_room_for_it() {
        let span = SungSpan { begin_s: 3.0, length_s: 4.0, beats: 8, offset_beats: 0, sets_bpm: None };
        assert_eq!(span.heard(), (2.75, 7.0));
        let long = SungSpan { length_s: 9.9, ..span };
        let (from_s, to_s) = long.heard();
        assert!((from_s - 2.9).abs() < 1e-9 && (to_s - 12.9).abs() < 1e-9);
        assert_eq!(SungSpan { begin_s: 0.1, ..span }.heard().0, 0.0);
    }

    #[test]
    fn without_a_clock_the_loop_begins_with_the_first_note_and_sets_the_tempo() {
        let notes = [note(0.7, 1.5), note(2.0, 4.6)];
        let span = SungSpan::free(&notes, 4.7, 112.0, false).unwrap();
        assert_eq!((span.begin_s, span.beats, span.sets_bpm), (0.7, 8, Some(120.0)));
        assert!((span.length_s - 4.0).abs() < 1e-9);
        assert_eq!(SungSpan::free(&[], 4.7, 112.0, false), None);
    }

    #[test]
    fn with_a_given_tempo_the_notes_keep_it() {
        let notes = [note(0.7, 1.5), note(2.0, 4.6)];
        let span = SungSpan::free(&notes, 9.0, 120.0, true).unwrap();
        assert_eq!((span.beats, span.length_s, span.sets_bpm), (8, 4.0, None));
        let late = [note(0.0, 4.2)];
        assert_eq!(
            SungSpan::free(&late, 9.0, 120.0, true).unwrap().beats,
            8,
            "half a beat late belongs to it"
        );
    }
}
