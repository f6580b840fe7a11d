//! Promise: for generated signals and renders of amSynth's presets the descriptors agree with the Python
//! original (`original.csv`, written by `original.py`), reverb exactly. Descriptors that the original does
//! not have are not compared.

use crate::sounds;
use std::collections::BTreeMap;

use timbre::Descriptor;

/// Largest difference of any value, in points.
const LARGEST: f64 = 2.0;

/// Number of descriptors of the original.
const ORIGINAL_COUNT: usize = 8;
/// Largest difference of 95 % of the values, in points.
const USUAL: f64 = 0.5;

/// Values of the original with their descriptors, by the sound's name.
fn original() -> BTreeMap<&'static str, Vec<(Descriptor, f64)>> {
    let mut rows = include_str!("../original.csv").lines().map(|row| row.split(','));
    let named = rows.next().expect("a head").skip(1).take_while(|&name| name != "seconds");
    let named: Vec<_> = named.map(|name| Descriptor::from_name(name).expect("a descriptor")).collect();
    assert_eq!(named.len(), ORIGINAL_COUNT, "descriptors in the head");
    rows.map(|mut cells| {
        let sound = cells.next().expect("a name");
        let values = named.iter().map(|&descriptor| {
            (descriptor, cells.next().and_then(|cell| cell.parse().ok()).expect("a value"))
        });
        (sound, values.collect())
    })
    .collect()
}

/// Differences for all sounds that can be made here, with sound and descriptor.
fn differences(names: &[&'static str]) -> Vec<(f64, &'static str, Descriptor)> {
    let original = original();
    let half = names.len().div_ceil(2).max(1);
    let of_part = |part: &[&'static str]| {
        let made = part.iter().filter_map(|&name| Some((name, sounds::make(name)?)));
        made.flat_map(|(name, sound)| {
            let values = sound.analyze().unwrap_or_else(|error| panic!("{name}: {error}"));
            let expected = original[name].iter();
            expected.map(move |&(descriptor, expected)| {
                ((values.get(descriptor) - expected).abs(), name, descriptor)
            })
        })
        .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = names.chunks(half).map(|part| scope.spawn(move || of_part(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no part panics")).collect()
    })
}

/// Asserts the agreement and prints the table of the README.
fn assert_agreement(names: &[&'static str]) {
    let all = differences(names);
    for descriptor in Descriptor::ALL {
        let mut of_one: Vec<f64> = all.iter().filter(|row| row.2 == descriptor).map(|row| row.0).collect();
        if of_one.is_empty() {
            continue;
        }
        of_one.sort_by(f64::total_cmp);
        let at = |share: f64| of_one[((of_one.len() - 1) as f64 * share) as usize];
        println!(
            "{:10} n {} median {:.4} p95 {:.4} max {:.4}",
            descriptor.name(),
            of_one.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
    let reverb: Vec<_> = all.iter().filter(|row| row.2 == Descriptor::Reverb && row.0 > 0.0).collect();
    assert!(reverb.is_empty(), "reverb differs: {reverb:?}");
    let usual = all.iter().filter(|row| row.0 <= USUAL).count();
    assert!(usual as f64 >= 0.95 * all.len() as f64, "only {usual} of {} are within {USUAL}", all.len());
    let far: Vec<_> = all.iter().filter(|row| row.0 > LARGEST).collect();
    assert!(far.is_empty(), "further than {LARGEST}: {far:?}");
}

#[test]
fn generated_signals_have_the_values_of_the_original() {
    let names: Vec<&str> = original().into_keys().filter(|name| !name.starts_with("preset ")).collect();
    assert!(names.len() >= 60, "{} signals", names.len());
    assert_agreement(&names);
}

#[test]
fn renders_of_presets_have_the_values_of_the_original() {
    if !std::path::Path::new(sounds::BANKS).is_dir() {
        println!("SKIPPED: {} is absent; install Debian's package amsynth to run this test", sounds::BANKS);
        return;
    }
    let names: Vec<&str> = original().into_keys().filter(|name| name.starts_with("preset ")).collect();
    assert!(names.len() >= 30, "{} renders", names.len());
    assert_agreement(&names);
}
