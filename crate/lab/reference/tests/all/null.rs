//! Promise: `voice` and Debian's amSynth render identical samples.
//! The plugin uses the system's glibc, which must be Debian 12's 2.36, whose bits `math` reproduces.

use patch::{Patch, Preset};
use reference::residual::residual;
use reference::scenario::scenario;
use voice::render::{Event, EventKind};

const BANKS: &str = "/usr/share/amsynth/banks";
/// Every 16th of the 3,482 presets: 218.
const STRIDE: usize = 16;
const SCENARIOS: u64 = 100;

fn presets() -> Vec<(String, Preset)> {
    let directory = std::fs::read_dir(BANKS)
        .unwrap_or_else(|error| panic!("{BANKS}: {error}: install them with `apt-get install amsynth`"));
    let mut paths: Vec<_> = directory.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut presets = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let bank =
            patch::file::read_bank(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        presets.extend(bank.into_iter().enumerate().map(|(i, preset)| (format!("{file}#{i}"), preset)));
    }
    presets
}

/// Renders with both; returns a message if the samples differ.
fn compare(
    name: &str,
    patch: &Patch,
    events: &[Event],
    rate_hz: u32,
    block: usize,
    frames: usize,
) -> Option<String> {
    let ours = voice::render::render(patch, events, rate_hz as f32, block, frames);
    let amsynth =
        reference::render(patch, events, rate_hz, block, frames).unwrap_or_else(|error| panic!("{error}"));
    let residual = residual(&ours, &amsynth);
    let frame = residual.first_frame?;
    Some(format!("{name} differs from frame {frame} on, {:.1} dB", residual.relative_db))
}

#[test]
fn presets_of_all_banks_sound_as_amsynths() {
    let presets: Vec<_> = presets().into_iter().step_by(STRIDE).collect();
    assert!(presets.len() >= 200, "only {} presets in {BANKS}", presets.len());
    let events = [
        Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } },
        Event { frame: 88_192, kind: EventKind::NoteOff { key: 60 } },
    ];
    let different: Vec<String> = presets
        .iter()
        .filter_map(|(name, preset)| compare(name, &preset.patch, &events, 44_100, 64, 3 * 44_100))
        .collect();
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), presets.len(), different.join("\n"));
}

#[test]
fn random_performances_sound_as_amsynths() {
    let different: Vec<String> = (0..SCENARIOS)
        .filter_map(|number| {
            let job = scenario(number);
            let name =
                format!("performance {number} ({} Hz, host block {})", job.sample_rate_hz, job.host_block);
            compare(&name, &job.patch, &job.events, job.sample_rate_hz, job.host_block, job.frames)
        })
        .collect();
    assert!(different.is_empty(), "{} of {SCENARIOS}:\n{}", different.len(), different.join("\n"));
}

#[test]
fn the_comparison_notices_a_slightly_changed_cutoff() {
    let mut patch = Patch::default();
    let events = [Event { frame: 0, kind: EventKind::NoteOn { key: 60, velocity: 100 } }];
    let amsynth =
        reference::render(&patch, &events, 44_100, 64, 4096).unwrap_or_else(|error| panic!("{error}"));
    patch.set(patch::Parameter::FilterCutoff, 1.499);
    let ours = voice::render::render(&patch, &events, 44_100.0, 64, 4096);
    assert!(!residual(&ours, &amsynth).is_exact(), "the comparison found no difference");
}
