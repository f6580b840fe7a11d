//! Speed of `voice` relative to amSynth's plugin: `cargo bench -p reference`. Same patches, keys, sample
//! rate and blocks. Both render the same slices alternately in several rounds; the fastest round of each
//! slice counts, which excludes other load on the machine.
//! `EVERY=1 cargo bench -p reference` takes all presets of the banks (10 min).

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use patch::{Parameter, Patch, Preset};
use reference::{Host, ReferenceError};
use voice::render::{Event, EventKind};
use voice::{MAX_BLOCK, Synthesizer};

const BANKS: &str = "/usr/share/amsynth/banks";
/// Every 32nd of the 3,482 presets (109), unless the variable EVERY has another number.
const STRIDE: usize = 32;
/// Every third of the factory bank's 26 presets (nine).
const FACTORY_BANK: &str = "amsynth_factory#";
const FACTORY_STRIDE: usize = 3;
/// Rounds per preset, and again as many if a preset seems slower than amSynth: on a busy machine one preset in
/// thousands has no undisturbed round among the first.
const ROUNDS: usize = 9;
const CAREFUL_ROUNDS: usize = 40;
const SAMPLE_RATE_HZ: u32 = 48_000;
/// 11 ms of sound, rendered in less than a time slice of the scheduler.
const BLOCKS_PER_SLICE: usize = 8;
const SLICES_PER_SECOND: usize = SAMPLE_RATE_HZ as usize / MAX_BLOCK / BLOCKS_PER_SLICE;
const VELOCITY: u8 = 100;
/// Ends all voices but not the reverb's tail.
const ALL_NOTES_OFF: EventKind = EventKind::ControlChange { controller: 123, value: 0 };

/// Keys around the middle of the keyboard.
fn keys(voices: u8) -> Range<u8> {
    64 - voices / 2..64 + voices.div_ceil(2)
}

/// Keys pressed at the start, optionally all voices ended before a slice.
struct Performance<'a> {
    patch: &'a Patch,
    voices: u8,
    slices: usize,
    voices_end: Option<usize>,
    rounds: usize,
}

/// Times of one slice or of several.
#[derive(Clone, Copy)]
struct Times {
    ours: Duration,
    amsynth: Duration,
}

impl Times {
    fn ratio(self) -> f64 {
        share(self.ours, self.amsynth)
    }

    fn sum(times: &[Self]) -> Self {
        Self {
            ours: times.iter().map(|times| times.ours).sum(),
            amsynth: times.iter().map(|times| times.amsynth).sum(),
        }
    }
}

fn share(part: Duration, whole: Duration) -> f64 {
    part.as_secs_f64() / whole.as_secs_f64()
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn render_slice(synthesizer: &mut Synthesizer) {
    let [mut left, mut right] = [[0.0; MAX_BLOCK]; 2];
    for _ in 0..BLOCKS_PER_SLICE {
        synthesizer.render_block(&mut left, &mut right);
        black_box((&left, &right));
    }
}

fn run_slice(host: &mut Host, event: Option<Event>) {
    black_box(host.run(event.as_slice(), MAX_BLOCK));
    for _ in 1..BLOCKS_PER_SLICE {
        black_box(host.run(&[], MAX_BLOCK));
    }
}

impl Performance<'_> {
    /// Both synthesizers after the first block with the keys pressed.
    fn start(&self) -> Result<(Synthesizer, Host), ReferenceError> {
        let mut synthesizer = Synthesizer::new(SAMPLE_RATE_HZ as f32);
        synthesizer.set_patch(self.patch);
        keys(self.voices).for_each(|key| synthesizer.note_on(key, VELOCITY));
        synthesizer.render_block(&mut [0.0; MAX_BLOCK], &mut [0.0; MAX_BLOCK]);
        let mut host = Host::new(SAMPLE_RATE_HZ, MAX_BLOCK)?;
        host.set_patch(self.patch);
        let note_on = |key| Event { frame: 0, kind: EventKind::NoteOn { key, velocity: VELOCITY } };
        host.run(&keys(self.voices).map(note_on).collect::<Vec<_>>(), MAX_BLOCK);
        Ok((synthesizer, host))
    }

    /// The shortest times of each slice.
    fn compare(&self) -> Result<Vec<Times>, ReferenceError> {
        let mut least = vec![Times { ours: Duration::MAX, amsynth: Duration::MAX }; self.slices];
        for _ in 0..self.rounds {
            let (mut synthesizer, mut host) = self.start()?;
            for (slice, least) in least.iter_mut().enumerate() {
                let end = (self.voices_end == Some(slice)).then_some(Event { frame: 0, kind: ALL_NOTES_OFF });
                if end.is_some() {
                    synthesizer.control_change(123, 0);
                }
                least.ours = least.ours.min(time(|| render_slice(&mut synthesizer)));
                least.amsynth = least.amsynth.min(time(|| run_slice(&mut host, end)));
            }
        }
        Ok(least)
    }
}

/// A second of the default patch (two saws per voice); time per voice relative to a single voice.
fn voices() -> Result<(), ReferenceError> {
    println!("\nheld saw voices   ours / amsynth   ours per voice   amsynth per voice");
    let mut alone = None;
    for voices in [1, 4, 16, 64] {
        let patch = Patch::default();
        let performance =
            Performance { patch: &patch, voices, slices: SLICES_PER_SECOND, voices_end: None, rounds: 7 };
        let times = Times::sum(&performance.compare()?);
        let alone = *alone.get_or_insert(times);
        let share = |times: Duration, alone: Duration| share(times, alone) / f64::from(voices);
        println!(
            "{voices:15} {:16.2} {:16.2} {:19.2}",
            times.ratio(),
            share(times.ours, alone.ours),
            share(times.amsynth, alone.amsynth)
        );
    }
    Ok(())
}

/// The presets of all banks in the order of their files, each with its file and slot.
fn presets() -> Vec<(String, Preset)> {
    let mut paths: Vec<_> = std::fs::read_dir(BANKS)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    paths.sort();
    let mut presets = Vec::new();
    for path in paths {
        let bank = std::fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|text| patch::file::read_bank(&text).map_err(|error| error.to_string()))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        presets.extend(bank.into_iter().enumerate().map(|(slot, preset)| (format!("{file}#{slot}"), preset)));
    }
    presets
}

/// Half a second of presets of all banks with four keys, and of nine factory presets with sixteen.
fn bank_presets() -> Result<(), ReferenceError> {
    let every = std::env::var("EVERY")
        .ok()
        .and_then(|every| every.parse().ok())
        .filter(|every| *every > 0)
        .unwrap_or(STRIDE);
    let all = presets();
    let factory = all.iter().filter(|(place, _)| place.starts_with(FACTORY_BANK));
    compare_presets(all.iter().step_by(every), 4)?;
    compare_presets(factory.step_by(FACTORY_STRIDE), 16)
}

/// Prints the times for half a second of each preset, compared with amSynth's.
fn compare_presets<'a>(
    presets: impl Iterator<Item = &'a (String, Preset)>,
    voices: u8,
) -> Result<(), ReferenceError> {
    let mut ratios = Vec::new();
    for (place, preset) in presets {
        let measure = |rounds| -> Result<f64, ReferenceError> {
            let (patch, slices) = (&preset.patch, SLICES_PER_SECOND / 2);
            let performance = Performance { patch, voices, slices, voices_end: None, rounds };
            Ok(Times::sum(&performance.compare()?).ratio())
        };
        let mut ratio = measure(ROUNDS)?;
        if ratio > 1.0 {
            ratio = measure(CAREFUL_ROUNDS)?;
        }
        ratios.push((ratio, format!("{place} \"{}\"", preset.name)));
    }
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(best), Some(worst)) = (ratios.first(), ratios.last()) else {
        println!("\nno presets: no banks in {BANKS}");
        return Ok(());
    };
    println!("\n{} presets, {voices} voices  ours / amsynth", ratios.len());
    println!("best            {:20.2}  {}", best.0, best.1);
    println!("median          {:20.2}", ratios[ratios.len() / 2].0);
    println!("worst           {:20.2}  {}", worst.0, worst.1);
    let slower: Vec<_> = ratios.iter().filter(|(ratio, _)| *ratio > 1.0).collect();
    println!("above 1.0       {:20}", slower.len());
    slower.iter().for_each(|(ratio, name)| println!("                {ratio:20.2}  {name}"));
    Ok(())
}

/// Cost of reverb and limiter: 16 voices for half a second, then only the reverb's tail; below the
/// limiter's threshold, and so loud that the limiter is active throughout.
fn effects() -> Result<(), ReferenceError> {
    let (playing, ringing) = (SLICES_PER_SECOND / 2, SLICES_PER_SECOND / 8);
    let play = |volume| -> Result<(Times, Times), ReferenceError> {
        let mut patch = Patch::default();
        patch.set(Parameter::MasterVol, volume);
        let slices = playing + ringing;
        let times = Performance { patch: &patch, voices: 16, slices, voices_end: Some(playing), rounds: 9 }
            .compare()?;
        let mean = |times: &[Times]| {
            let (sum, count) = (Times::sum(times), times.len() as u32);
            Times { ours: sum.ours / count, amsynth: sum.amsynth / count }
        };
        Ok((mean(&times[..playing]), mean(&times[playing..])))
    };
    let ((soft, tail), (loud, both)) = (play(0.02)?, play(1.0)?);
    let limiter = Times {
        ours: both.ours.saturating_sub(tail.ours),
        amsynth: both.amsynth.saturating_sub(tail.amsynth),
    };
    println!("\n16 voices                              ours / amsynth   of our time   of amsynth's");
    println!("all, limiter at rest                 {:16.2}", soft.ratio());
    println!("all, limiter at work                 {:16.2}", loud.ratio());
    let shares = |part: Times, whole: Times| {
        let percent = |part, whole| 100.0 * share(part, whole);
        format!("{:11.0} % {:12.0} %", percent(part.ours, whole.ours), percent(part.amsynth, whole.amsynth))
    };
    println!("reverb, pan and limiter at rest      {:16.2} {}", tail.ratio(), shares(tail, soft));
    // Without a ratio: amSynth's limiter always computes a logarithm, ours only near the threshold.
    println!("limiter at work, in addition         {:16} {}", "", shares(limiter, loud));
    Ok(())
}

fn speed(criterion: &mut Criterion) {
    let patch = Patch::default();
    let performance = Performance { patch: &patch, voices: 16, slices: 0, voices_end: None, rounds: 0 };
    let (mut synthesizer, mut host) = match performance.start() {
        Ok(both) => both,
        Err(error) => return eprintln!("no comparison: {error}"),
    };
    criterion.bench_function("ours, 16 saw voices, 11 ms", |bench| {
        bench.iter(|| render_slice(&mut synthesizer));
    });
    criterion.bench_function("amsynth, 16 saw voices, 11 ms", |bench| {
        bench.iter(|| run_slice(&mut host, None));
    });
    if let Err(error) = voices().and_then(|()| bank_presets()).and_then(|()| effects()) {
        eprintln!("no comparison: {error}");
    }
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = speed }
criterion_main!(benches);
