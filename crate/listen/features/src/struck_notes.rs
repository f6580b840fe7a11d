//! Struck notes: one key that is pressed again and again at a steady rate, and the timbre and loudness of it while it
//! goes on. The key and the velocity are those of the test note.

use std::ops::Range;

use patch::Patch;
use timbre::Descriptor;
use voice::render::{Event, EventKind, PATCHES_TOGETHER, render_many};

use crate::test_note::{KEY, SAMPLE_RATE_HZ, VELOCITY};
use crate::{FeatureExtractor, loudness_lufs};

/// Numbers that are measured of struck notes: the seven scales in points, then the loudness in LUFS.
pub const STRUCK_COUNT: usize = Descriptor::SCALES.len() + 1;
/// The length of a window that is measured, in seconds: as of those in which a played path is evaluated.
const WINDOW_S: f64 = 1.0;
/// The windows begin at this many phases of a note, evenly: hardness and depth depend on the place of the onsets.
const PHASES: usize = 4;
/// The least time before the first window, in whole notes, in seconds: the tails of earlier notes sound in it.
const LEAST_BEFORE_S: f64 = 0.5;
/// The longest note, in seconds: of a longer one this beginning is measured.
const LONGEST_S: f64 = 4.0;
/// The shortest note, in seconds.
const SHORTEST_S: f64 = 0.02;
/// Frames per buffer of the host: whole blocks of amSynth.
const HOST_BLOCK: usize = 64;

/// The notes, and the parts of their sound that are measured.
struct StruckNotes {
    events: Vec<Event>,
    frames: usize,
    /// The windows of the scales.
    windows: Vec<Range<usize>>,
    /// The whole notes of the loudness.
    loud: Range<usize>,
}

impl StruckNotes {
    /// Notes that are each held until the next one, `note_s` seconds.
    fn new(note_s: f64) -> Self {
        let note_s = if note_s.is_nan() { LONGEST_S } else { note_s.clamp(SHORTEST_S, LONGEST_S) };
        let whole = |least_s: f64| (least_s / note_s - 1e-6).ceil().max(1.0);
        let before = if note_s < WINDOW_S { whole(LEAST_BEFORE_S) } else { 0.0 };
        let frame = |notes: f64| (notes * note_s * f64::from(SAMPLE_RATE_HZ)).round() as usize;
        let window = (WINDOW_S * f64::from(SAMPLE_RATE_HZ)) as usize;
        let windows: Vec<Range<usize>> = (0..PHASES)
            .map(|phase| {
                let start = frame(before + phase as f64 / PHASES as f64);
                start..start + window
            })
            .collect();
        let loud = frame(before)..frame(before + whole(WINDOW_S));
        let frames = windows.iter().map(|window| window.end).fold(loud.end, usize::max);
        let press =
            |note| Event { frame: frame(note), kind: EventKind::NoteOn { key: KEY, velocity: VELOCITY } };
        let release = |note| Event { frame: frame(note + 1.0), kind: EventKind::NoteOff { key: KEY } };
        let notes = (0..).map(f64::from).take_while(|note| frame(*note) < frames);
        let events = notes.flat_map(|note| [press(note), release(note)]);
        Self { events: events.filter(|event| event.frame < frames).collect(), frames, windows, loud }
    }
}

impl FeatureExtractor {
    /// The scales and the loudness of each patch in notes that are struck every `note_s` seconds. The scales are the
    /// means of several windows of a second, and 0 if there is too little sound.
    pub fn measure_struck(&mut self, patches: &[Patch], note_s: f64) -> Vec<[f32; STRUCK_COUNT]> {
        let notes = StruckNotes::new(note_s);
        let rate_hz = SAMPLE_RATE_HZ as f32;
        let groups = patches.chunks(PATCHES_TOGETHER);
        let render = |group| render_many(group, &notes.events, rate_hz, HOST_BLOCK, notes.frames);
        groups.flat_map(render).map(|sound| self.measure_notes(&sound, &notes)).collect()
    }

    /// The mean scales of the audible windows, and the loudness.
    fn measure_notes(&mut self, [left, right]: &[Vec<f32>; 2], notes: &StruckNotes) -> [f32; STRUCK_COUNT] {
        let mut numbers = [0.0; STRUCK_COUNT];
        let mut audible = 0.0f32;
        for window in &notes.windows {
            let Some(scales) = self.audible_scales([&left[window.clone()], &right[window.clone()]]) else {
                continue;
            };
            audible += 1.0;
            numbers.iter_mut().zip(scales).for_each(|(sum, scale)| *sum += scale as f32);
        }
        numbers.iter_mut().for_each(|sum| *sum /= audible.max(1.0));
        numbers[STRUCK_COUNT - 1] =
            loudness_lufs(&[&left[notes.loud.clone()], &right[notes.loud.clone()]]) as f32;
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;

    #[test]
    fn notes_fill_the_measured_second_and_sound_before_it() {
        let notes = StruckNotes::new(0.5);
        let starts: Vec<usize> = notes.windows.iter().map(|window| window.start).collect();
        assert_eq!(starts, [22_050, 27_563, 33_075, 38_588], "a quarter of a note apart");
        assert!(notes.windows.iter().all(|window| window.len() == 44_100));
        assert_eq!((notes.loud.clone(), notes.frames), (22_050..66_150, 82_688));
        let frames: Vec<usize> = notes.events.iter().map(|event| event.frame).collect();
        assert_eq!(frames, [0, 22_050, 22_050, 44_100, 44_100, 66_150, 66_150]);
        let long = StruckNotes::new(2.0);
        assert_eq!((long.events.len(), long.loud, long.frames), (3, 0..88_200, 110_250));
    }

    #[test]
    fn a_sound_that_decays_is_loud_if_it_is_struck_again() {
        let mut short = Patch::default();
        short.set(Parameter::AmpSustain, 0.0);
        short.set(Parameter::AmpDecay, 0.3);
        let mut slow = Patch::default();
        slow.set(Parameter::AmpAttack, Parameter::AmpAttack.info().max);
        let loudness_lufs = |row: &[f32; STRUCK_COUNT]| row[STRUCK_COUNT - 1];
        let mut extractor = FeatureExtractor::new();
        let often = extractor.measure_struck(&[short, slow], 0.25);
        let once = extractor.measure_struck(&[short, slow], 4.0);
        assert!(loudness_lufs(&often[0]) > loudness_lufs(&often[1]) + 6.0, "{often:?}");
        assert!(often[0][..7].iter().all(|scale| (0.0..=100.0).contains(scale)), "{often:?}");
        assert!(loudness_lufs(&once[1]) > loudness_lufs(&often[1]), "{once:?}");
    }
}
