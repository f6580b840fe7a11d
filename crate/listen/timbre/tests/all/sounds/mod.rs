//! The sounds of the comparison with the original, each made from its name alone: generated signals, and
//! renders of amSynth's presets (Debian package amsynth).

#![allow(dead_code, reason = "the tests, the bench and the example use different parts")]

mod generators;

use std::path::Path;

use generators::Generator;
use voice::render::{Event, EventKind, render};

/// The banks of Debian's package.
pub const BANKS: &str = "/usr/share/amsynth/banks";

/// A sound to analyse.
pub struct TestSound {
    pub name: String,
    pub sample_rate_hz: u32,
    pub left: Vec<f32>,
    /// Empty for mono.
    pub right: Vec<f32>,
}

impl TestSound {
    /// Analyses the sound.
    pub fn analyze(&self) -> Result<timbre::Descriptors, timbre::TimbreError> {
        let mut analyzer = timbre::Analyzer::new(self.sample_rate_hz)?;
        if self.right.is_empty() {
            analyzer.analyze(&self.left)
        } else {
            analyzer.analyze_stereo(&self.left, &self.right)
        }
    }
}

/// Names of all generated signals: each for four seconds and for one at 44.1 kHz, and a few at other
/// rates, shorter, or in stereo.
pub fn signal_names() -> Vec<String> {
    let long =
        generators::NAMES.iter().flat_map(|name| [format!("{name} 4 44100"), format!("{name} 1 44100")]);
    long.chain(generators::SPECIAL.iter().map(|name| (*name).to_owned())).collect()
}

/// Names of two presets of each bank, spread over its length; empty where the banks are absent.
pub fn preset_names() -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(BANKS) else { return Vec::new() };
    let mut banks: Vec<String> =
        folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    banks.sort_unstable();
    let spread = |(number, bank): (usize, String)| {
        [11 * number % 64, 64 + (7 * number + 5) % 64].map(|index| format!("preset {bank} {index}"))
    };
    banks.into_iter().enumerate().flat_map(spread).collect()
}

/// Makes the sound of a name; `None` if its preset is missing or silent.
pub fn make(name: &str) -> Option<TestSound> {
    let words: Vec<&str> = name.split(' ').collect();
    let [kind, second, third] = words[..] else { panic!("{name:?} is not three words") };
    if kind == "preset" {
        return preset(name, second, third.parse().expect("an index"));
    }
    let (duration_s, sample_rate_hz) = (second.parse().expect("seconds"), third.parse().expect("a rate"));
    let generator = Generator { duration_s, sample_rate_hz };
    let single = |samples: Vec<f64>| samples.into_iter().map(|sample| sample as f32).collect();
    let (left, right) = generator.make(kind);
    Some(TestSound { name: name.to_owned(), sample_rate_hz, left: single(left), right: single(right) })
}

/// C4 at velocity 100, released after two seconds, four seconds in all, at 44.1 kHz.
fn preset(name: &str, bank: &str, index: usize) -> Option<TestSound> {
    const RATE_HZ: u32 = 44_100;
    let text = std::fs::read_to_string(Path::new(BANKS).join(bank)).ok()?;
    let preset = *patch::file::read_bank(&text)
        .expect("a bank of the package")
        .get(index)
        .map(|preset| &preset.patch)?;
    let events = [
        Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } },
        Event { frame: 2 * RATE_HZ as usize, kind: EventKind::NoteOff { key: 60 } },
    ];
    let [left, right] = render(&preset, &events, RATE_HZ as f32, 1024, 4 * RATE_HZ as usize);
    let is_silent = left.iter().zip(&right).all(|(left, right)| left + right == 0.0);
    (!is_silent).then(|| TestSound { name: name.to_owned(), sample_rate_hz: RATE_HZ, left, right })
}
