//! Struck notes: one key that is pressed again and again at a steady rate, and the timbre and loudness of it while it
//! goes on. The key and the velocity are those of the test note.

use patch::Patch;
use timbre::Descriptor;
use voice::render::{Event, EventKind, PATCHES_TOGETHER, render_many};

use crate::test_note::{KEY, SAMPLE_RATE_HZ, VELOCITY};
use crate::{FeatureExtractor, loudness_lufs};

/// Numbers that are measured of struck notes: the seven scales in points, then the loudness in LUFS.
pub const STRUCK_COUNT: usize = Descriptor::SCALES.len() + 1;
/// The least time that is measured, in whole notes, in seconds: the windows in which a played path is evaluated.
const LEAST_MEASURED_S: f64 = 1.0;
/// The least time before it, in whole notes, in seconds: the tails of earlier notes sound in it.
const LEAST_BEFORE_S: f64 = 0.5;
/// The longest note, in seconds: of a longer one this beginning is measured.
const LONGEST_S: f64 = 4.0;
/// The shortest note, in seconds.
const SHORTEST_S: f64 = 0.02;
/// Frames per buffer of the host: whole blocks of amSynth.
const HOST_BLOCK: usize = 64;

/// The notes, and the part of their sound that is measured.
struct StruckNotes {
    events: Vec<Event>,
    from: usize,
    frames: usize,
}

impl StruckNotes {
    /// Notes that are each held until the next one, `note_s` seconds.
    fn new(note_s: f64) -> Self {
        let note_s = if note_s.is_nan() { LONGEST_S } else { note_s.clamp(SHORTEST_S, LONGEST_S) };
        let whole = |least_s: f64| (least_s / note_s - 1e-6).ceil().max(1.0) as usize;
        let before = if note_s < LEAST_MEASURED_S { whole(LEAST_BEFORE_S) } else { 0 };
        let count = before + whole(LEAST_MEASURED_S);
        let frame = |note: usize| (note as f64 * note_s * f64::from(SAMPLE_RATE_HZ)).round() as usize;
        let press =
            |note| Event { frame: frame(note), kind: EventKind::NoteOn { key: KEY, velocity: VELOCITY } };
        let release = |note| Event { frame: frame(note + 1), kind: EventKind::NoteOff { key: KEY } };
        let events = (0..count).flat_map(|note| [press(note), release(note)]);
        let frames = frame(count);
        Self { events: events.filter(|event| event.frame < frames).collect(), from: frame(before), frames }
    }
}

impl FeatureExtractor {
    /// The scales and the loudness of each patch in notes that are struck every `note_s` seconds. The scales are 0 if
    /// there is too little sound.
    pub fn measure_struck(&mut self, patches: &[Patch], note_s: f64) -> Vec<[f32; STRUCK_COUNT]> {
        let StruckNotes { events, from, frames } = StruckNotes::new(note_s);
        let rate_hz = SAMPLE_RATE_HZ as f32;
        let groups = patches.chunks(PATCHES_TOGETHER);
        let sounds = groups.flat_map(|group| render_many(group, &events, rate_hz, HOST_BLOCK, frames));
        sounds.map(|sound| self.measure_part(&sound.each_ref().map(|channel| &channel[from..]))).collect()
    }

    /// The scales, 0 if there is too little sound, and the loudness of a part of a sound.
    fn measure_part(&mut self, [left, right]: &[&[f32]; 2]) -> [f32; STRUCK_COUNT] {
        let mut numbers = [0.0; STRUCK_COUNT];
        numbers.iter_mut().zip(self.scales_of([left, right])).for_each(|(own, scale)| *own = scale as f32);
        numbers[STRUCK_COUNT - 1] = loudness_lufs(&[left, right]) as f32;
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use patch::Parameter;

    #[test]
    fn notes_fill_the_measured_second_and_sound_before_it() {
        let StruckNotes { events, from, frames } = StruckNotes::new(0.5);
        assert_eq!((from, frames), (22_050, 66_150));
        assert_eq!(
            events.iter().map(|event| event.frame).collect::<Vec<_>>(),
            [0, 22_050, 22_050, 44_100, 44_100]
        );
        let StruckNotes { events, from, frames } = StruckNotes::new(2.0);
        assert_eq!((events.len(), from, frames), (1, 0, 88_200));
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
        assert!(loudness_lufs(&often[0]) > loudness_lufs(&often[1]) + 12.0, "{often:?}");
        assert!(often[0][..7].iter().all(|scale| (0.0..=100.0).contains(scale)), "{often:?}");
        assert!(loudness_lufs(&once[1]) > loudness_lufs(&often[1]), "{once:?}");
    }
}
