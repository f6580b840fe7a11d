//! Feeds every reader the seeds of `fuzz/seeds/`, seeds that were changed at random, and random bytes.
//! `./build.sh fuzz` searches longer, by coverage.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
/// The most bytes that one change inserts.
const INSERTED_LIMIT: usize = 12;
/// The most bytes of an input without a seed.
const RANDOM_LIMIT: usize = 4096;

/// A change of an input. Places are shares of its length, so that they are within any input.
#[derive(Clone, Debug)]
enum Change {
    Flip { at: f64, bit: u8 },
    Insert { at: f64, bytes: Vec<u8> },
    Remove { at: f64, length: usize },
    Repeat { at: f64, length: usize },
    Cut { at: f64 },
}

impl Change {
    fn apply(&self, input: &mut Vec<u8>) {
        let place = |share: f64| (share * input.len() as f64) as usize;
        match *self {
            Self::Flip { at, bit } => {
                let at = place(at);
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Insert { at, ref bytes } => {
                let at = place(at);
                input.splice(at..at, bytes.iter().copied());
            }
            Self::Remove { at, length } => {
                let at = place(at);
                input.drain(at..(at + length).min(input.len()));
            }
            Self::Repeat { at, length } => {
                let at = place(at);
                let copy = input[at..(at + length).min(input.len())].to_vec();
                input.splice(at..at, copy);
            }
            Self::Cut { at } => input.truncate(place(at)),
        }
    }
}

fn change() -> impl Strategy<Value = Change> {
    // Digits, signs and what separates words: the bytes that files of text are made of.
    let letter = prop_oneof![any::<u8>(), prop::sample::select(&b"0123456789-+.eE,:;\"'[]{}<>#/ \n\0"[..])];
    prop_oneof![
        4 => (0.0..1.0, 0_u8..8).prop_map(|(at, bit)| Change::Flip { at, bit }),
        3 => (0.0..=1.0, vec(letter, 1..INSERTED_LIMIT)).prop_map(|(at, bytes)| Change::Insert { at, bytes }),
        2 => (0.0..1.0, 1_usize..40).prop_map(|(at, length)| Change::Remove { at, length }),
        1 => (0.0..1.0, 1_usize..400).prop_map(|(at, length)| Change::Repeat { at, length }),
        1 => (0.0..1.0).prop_map(|at| Change::Cut { at }),
    ]
}

/// An input: one of the seeds with some changes, or random bytes.
fn input(seeds: Vec<Vec<u8>>) -> BoxedStrategy<Vec<u8>> {
    let random = vec(any::<u8>(), 0..RANDOM_LIMIT);
    if seeds.is_empty() {
        return random.boxed();
    }
    let changed = (prop::sample::select(seeds), vec(change(), 1..6)).prop_map(|(mut seed, changes)| {
        for change in &changes {
            change.apply(&mut seed);
        }
        seed
    });
    prop_oneof![9 => changed, 1 => random].boxed()
}

fn files(folder: &Path, is_seed: impl Fn(&Path) -> bool) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.retain(|path| is_seed(path));
    paths.iter().map(|path| fs::read(path).expect("the file can be read")).collect()
}

fn test(feed: fn(&[u8]), seeds: Vec<Vec<u8>>, cases: u32) {
    for seed in &seeds {
        feed(seed);
    }
    let failure_persistence = Some(Box::new(FileFailurePersistence::Off) as _);
    let mut runner = TestRunner::new(Config { cases, failure_persistence, ..Config::default() });
    let result = runner.run(&input(seeds), |input| {
        feed(&input);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn test_with_seeds(name: &str, feed: fn(&[u8]), cases: u32) {
    let folder = Path::new(REPOSITORY).join("fuzz/seeds").join(name);
    test(feed, files(&folder, |_| true), cases);
}

/// A test for each reader: its name and the number of inputs, which takes about a second.
macro_rules! readers {
    ($($name:ident: $cases:literal,)*) => {
        $(
            #[test]
            fn $name() {
                test_with_seeds(stringify!($name), hostile::$name::feed, $cases);
            }
        )*
    };
}

readers! {
    bank: 10000,
    controller_map: 50000,
    coordinates: 10000,
    frames: 10000,
    imports: 50000,
    instrument: 2000,
    link: 50000,
    map: 10000,
    matching: 2000,
    path: 10000,
    preset: 50000,
    session: 5000,
    sketch: 200,
    tuning: 50000,
}

#[test]
fn model() {
    let seeds = files(&Path::new(REPOSITORY).join("models"), |path| path.ends_with("decoder.onnx"));
    assert_eq!(seeds.len(), 1);
    test(hostile::model::feed, seeds, 1000);
}

#[test]
fn sound() {
    let mut seeds = files(&Path::new(REPOSITORY).join("fuzz/seeds/sound"), |_| true);
    seeds.extend(files(&Path::new(REPOSITORY).join("crate/lab/cli/tests/sounds"), |path| {
        fs::metadata(path).is_ok_and(|file| file.len() < 200_000)
    }));
    test(hostile::sound::feed, seeds, 3000);
}
