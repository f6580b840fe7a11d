//! The tags of the presets in `models/`: each kind has a sensible number of them.
//! Prints the numbers with `--nocapture`.

use std::path::Path;
use std::time::Instant;

use plane::preset_layers::PresetLayers;
use plane::{Coordinates, Presets, Tag};

fn model(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_kind_has_presets_and_few_presets_have_none() {
    let known: Coordinates = serde_json::from_slice(&model("coordinates.json")).expect("the coordinates");
    let presets = Presets::for_rows(&model("presets.bin"), known.len()).expect("the presets");
    let measured = PresetLayers::of_page(&model("preset_layers.bin"), &known.name).expect("the values");
    let start = Instant::now();
    let tags =
        plane::tags::tags(&plane::tags::said_tags(&known), &presets, |row, name| measured.value(name, row));
    let duration = start.elapsed();
    for tag in Tag::ALL {
        let count = tags.iter().filter(|set| set.has(tag)).count();
        println!("{tag:?}: {count}");
        assert!((30..=900).contains(&count), "{tag:?}: {count}");
    }
    let untagged = tags.iter().filter(|set| set.is_empty()).count();
    println!("none: {untagged} of {}; {duration:?}", known.len());
    assert!(untagged * 8 < known.len());
    for row in (7..known.len()).step_by(known.len() / 40) {
        let of_row: Vec<Tag> = Tag::ALL.into_iter().filter(|&tag| tags[row].has(tag)).collect();
        println!("{} ({}): {of_row:?}", known.name[row], known.bank_of(row));
    }
}
