//! Null test of all bank presets (middle C, velocity 100, two of four seconds):
//! `cargo build --release -p reference && cargo run --release -p reference --example null_all`
//! An argument N takes every Nth preset only.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use reference::residual::{Residual, residual};
use voice::render::{Event, Message};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stride: usize = std::env::args().nth(1).map_or(Ok(1), |text| text.parse())?;
    let mut paths: Vec<_> = std::fs::read_dir("/usr/share/amsynth/banks")?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let mut presets = Vec::new();
    for path in paths {
        let bank = patch::file::read_bank(&std::fs::read_to_string(&path)?)?;
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        presets.extend(bank.into_iter().enumerate().map(|(slot, preset)| (format!("{file}#{slot}"), preset)));
    }
    let presets: Vec<_> = presets.into_iter().step_by(stride.max(1)).collect();
    let events = [
        Event { frame: 0, message: Message::NoteOn { key: 60, velocity: 100 } },
        Event { frame: 88_192, message: Message::NoteOff { key: 60 } },
    ];
    let frames = 4 * 44_100;
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(String, Residual)>> = Mutex::new(Vec::new());
    let failure = Mutex::new(None);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((place, preset)) = presets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let ours = voice::render::render(&preset.patch, &events, 44_100.0, 64, frames);
                    match reference::render(&preset.patch, &events, 44_100, 64, frames) {
                        Ok(theirs) => {
                            let result = residual(&ours, &theirs);
                            if let Ok(mut results) = results.lock() {
                                results.push((format!("{place} {}", preset.name), result));
                            }
                        }
                        Err(error) => {
                            if let Ok(mut failure) = failure.lock() {
                                *failure = Some(error);
                            }
                            return;
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failure.into_inner()? {
        return Err(error.into());
    }
    report(results.into_inner()?);
    Ok(())
}

fn report(mut results: Vec<(String, Residual)>) {
    results.sort_by(|(_, a), (_, b)| a.relative_db.total_cmp(&b.relative_db));
    let exact = results.iter().filter(|(_, residual)| residual.is_exact()).count();
    println!("{exact} of {} presets exact", results.len());
    let level = |index: usize| results.get(index).map_or(f64::NAN, |(_, residual)| residual.relative_db);
    println!(
        "residual: median {:.1} dB, worst {:.1} dB",
        level(results.len() / 2),
        level(results.len().saturating_sub(1))
    );
    for (place, residual) in results.iter().rev().take_while(|(_, residual)| !residual.is_exact()).take(60) {
        println!(
            "{:8.1} dB from frame {:?}: {place}",
            residual.relative_db,
            residual.first_frame.unwrap_or(0)
        );
    }
}
