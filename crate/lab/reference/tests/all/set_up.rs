//! Promise: with Scala files and controller maps that amSynth reads correctly the samples are identical;
//! with others `voice` follows the files.

use std::path::{Path, PathBuf};

use patch::{Parameter, Patch};
use reference::residual::residual;
use reference::{Job, SetUp, render_job};
use voice::Synthesizer;
use voice::controller_map::ControllerMap;
use voice::render::{Event, EventKind, perform};
use voice::tuning::{KeyboardMap, Tuning, TuningScale};

const RATE_HZ: u32 = 44_100;
const STEP: usize = 1_280;

const MEANTONE: &str = "! meantone.scl
Quarter-comma meantone
12
76.049
193.157
310.265
5/4
503.422
579.471
696.578
25/16
889.735
1006.843
1082.892
2/1
";
/// A power of two: only with such sizes amSynth tunes the keys below the middle one correctly.
const EIGHT: &str = "Eight steps\n8\n9/8\n6/5\n5/4\n4/3\n3/2\n5/3\n15/8\n2/1\n";
const TWELVE_FROM_48: &str = "12\n0\n127\n48\n69\n442.5\n12\n0\n1\n2\nx\n4\n5\n6\n7\nx\n9\n10\n";
const EIGHT_FROM_60: &str = "8\n0\n127\n60\n60\n261.6\n8\n0\n1\nx\n3\n4\n5\n6\n7\n<all> 30 100\n";

/// Short notes on each key of a range.
fn keys(range: std::ops::Range<u8>) -> Vec<Event> {
    let first = usize::from(range.start);
    range
        .flat_map(|key| {
            let frame = (usize::from(key) - first) * STEP;
            let on = EventKind::NoteOn { key, velocity: 100 };
            [Event { frame, kind: on }, Event { frame: frame + 960, kind: EventKind::NoteOff { key } }]
        })
        .collect()
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(&path, text).expect("a file");
        path
    }
}

fn job(events: Vec<Event>, set_up: SetUp) -> Job {
    let frames = events.iter().map(|event| event.frame).max().unwrap_or(0) + 4 * STEP;
    Job { patch: Patch::default(), events, sample_rate_hz: RATE_HZ, host_block: frames, frames, set_up }
}

fn amsynth(job: &Job) -> [Vec<f32>; 2] {
    render_job(job.clone()).unwrap_or_else(|error| panic!("{error}"))
}

fn ours(job: &Job, set_up: impl FnOnce(&mut Synthesizer)) -> [Vec<f32>; 2] {
    let mut synthesizer = Synthesizer::new(RATE_HZ as f32);
    synthesizer.set_patch(&job.patch);
    set_up(&mut synthesizer);
    perform(&mut synthesizer, &job.events, job.host_block, job.frames)
}

/// Renders the keys with these files by amSynth and by `voice`.
fn tuned(scale: &str, map: Option<&str>, range: std::ops::Range<u8>) -> [[Vec<f32>; 2]; 2] {
    let files = Files::new();
    let set_up = SetUp {
        scale: Some(files.write("scale.scl", scale)),
        keyboard_map: map.map(|map| files.write("keys.kbm", map)),
        configuration: None,
    };
    let scale = TuningScale::read(scale).unwrap_or_else(|error| panic!("{error}"));
    let map = map.map_or(KeyboardMap::default(), |map| {
        KeyboardMap::read(map).unwrap_or_else(|error| panic!("{error}"))
    });
    let tuning = Tuning::new(&scale, &map).unwrap_or_else(|error| panic!("{error}"));
    let job = job(keys(range), set_up);
    [amsynth(&job), ours(&job, |synthesizer| synthesizer.set_tuning(tuning))]
}

fn peak(sound: &[Vec<f32>; 2]) -> f32 {
    sound[0].iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
}

#[test]
fn tunings_that_amsynth_reads_correctly_sound_the_same() {
    for (what, scale, map, range) in [
        ("scale alone", MEANTONE, None, 0..128),
        ("eight notes alone", EIGHT, None, 20..110),
        ("map of twelve", MEANTONE, Some(TWELVE_FROM_48), 48..128),
        ("map of eight, both ways, with a range", EIGHT, Some(EIGHT_FROM_60), 20..110),
    ] {
        let [amsynth, ours] = tuned(scale, map, range);
        let residual = residual(&ours, &amsynth);
        assert!(residual.is_exact(), "{what}: differs from frame {:?} on", residual.first_frame);
        assert!(peak(&ours) > 0.05, "{what}: nothing was played");
    }
}

/// The differences listed in `voice/README.md` exist.
#[test]
fn tunings_that_amsynth_misreads_sound_as_their_files_say() {
    let linear = "0\n0\n127\n60\n69\n440\n12\n";
    let [amsynth, ours] = tuned(MEANTONE, Some(linear), 60..64);
    assert!(peak(&amsynth) == 0.0 && peak(&ours) > 0.05, "a linear map");
    let [amsynth, ours] = tuned(MEANTONE, Some(TWELVE_FROM_48), 36..38);
    assert!(amsynth != ours && peak(&ours) > 0.05, "keys below the middle one");
    let bare = MEANTONE.replace("5/4", "2");
    let [amsynth, ours] = tuned(&bare, None, 64..65);
    assert!(peak(&amsynth) == 0.0 && peak(&ours) > 0.05, "a whole number without a slash");
    let remark = MEANTONE.replace("5/4", "5/4 a just third.");
    let [amsynth, ours] = tuned(&remark, None, 64..65);
    assert!(amsynth != ours, "a period in the remark of a ratio");
    let octave = "7\n0\n127\n60\n60\n261.6\n0\n0\n1\n2\n3\n4\n5\n6\n";
    let [amsynth, ours] = tuned(MEANTONE, Some(octave), 67..69);
    assert!(amsynth != ours, "octave degree 0");
    let retuned = TWELVE_FROM_48.replace("12\n0\n127", "12\n0\n60");
    let [amsynth, ours] = tuned(MEANTONE, Some(&retuned), 61..63);
    assert!(amsynth != ours, "keys that are not to be retuned");
}

#[test]
fn invalid_files_are_errors_where_amsynth_ignores_them_or_is_silent() {
    let files = Files::new();
    let broken = |scale: bool| SetUp {
        scale: scale.then(|| files.write("scale.scl", "broken\n2\n9/8\n")),
        keyboard_map: (!scale).then(|| files.write("keys.kbm", "12\n0\n127\n")),
        configuration: None,
    };
    assert!(peak(&amsynth(&job(keys(60..62), broken(true)))) > 0.05);
    assert_eq!(peak(&amsynth(&job(keys(60..62), broken(false)))), 0.0);
    assert!(TuningScale::read("broken\n2\n9/8\n").is_err() && KeyboardMap::read("12\n0\n127\n").is_err());
}

#[test]
fn a_controller_map_of_amsynth_has_the_same_effect() {
    let file = "null osc1_waveform\nosc_mix filter_type filter_cutoff master_vol amp_release\nnull\n"
        .to_owned()
        + &"null\n".repeat(56)
        + "filter_resonance\n";
    let files = Files::new();
    files.write("amsynth/controllers", &file);
    let map = ControllerMap::read(&file).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(map.parameter(64), Some(Parameter::FilterResonance));
    let mut events = keys(50..70);
    for (i, controller) in [4, 1, 2, 3, 64, 5, 6, 1, 4, 7].into_iter().cycle().take(60).enumerate() {
        let value = (i * 37 % 128) as u8;
        let kind = EventKind::ControlChange { controller, value };
        events.push(Event { frame: 333 * (i + 1), kind });
    }
    events.sort_by_key(|event| event.frame);
    let configuration = Some(files.folder.path().to_owned());
    let job = job(events, SetUp { configuration, ..SetUp::default() });
    let ours = ours(&job, |synthesizer| synthesizer.set_controller_map(map));
    let residual = residual(&ours, &amsynth(&job));
    assert!(residual.is_exact(), "differs from frame {:?} on", residual.first_frame);
    assert!(peak(&ours) > 0.05, "nothing was played");
}
