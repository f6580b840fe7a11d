//! The planes in models/timbre/ are those of the models beside them: a sample of each map is measured again, the
//! recorded notes lie on the plane, and the files' changes along the other axes are measured again. About six hundred
//! tones of 1.5 s: seconds on two cores.

use frame_model::FrameModel;
use plane::coordinates::Coordinates;
use plane::{LATENT_LIMIT, Map, Point};
use serde::de::DeserializeOwned;
use std::path::Path;
use timbre::Descriptor;
use train::frames::{AxisScales, axis_scales, tone_scales};

/// The domains, the key of each map, and the rows of its table.
const DOMAINS: [(&str, u8, usize); 5] =
    [("strings", 64, 155), ("voices", 63, 27), ("winds", 65, 130), ("brass", 63, 48), ("amsynth", 60, 2900)];
/// One point in this many is measured again; coprime to the grid, so that columns differ.
const EVERY: usize = 173;
/// The greatest difference of a value from the stored one, in points, for 19 of 20: another processor rounds
/// differently.
const TOLERANCE: f64 = 0.3;

fn shipped(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/timbre").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn model(domain: &str) -> FrameModel {
    FrameModel::from_bytes(&shipped(&format!("{domain}.frames"))).expect("a model")
}

fn json<T: DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&shipped(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn each_map_is_what_its_model_sounds_like() {
    for (domain, key, _) in DOMAINS {
        let model = model(domain);
        let map: Map = json(&format!("{domain}.map.json"));
        assert_eq!(map.model, format!("{:016x}", model.domain.fingerprint), "{domain}");
        let names: Vec<&str> = map.layers.iter().map(|layer| layer.name.as_str()).collect();
        assert_eq!(names, Descriptor::SCALES.map(Descriptor::name), "the page knows layers by their numbers");
        let points: Vec<Point> = Map::points(map.grid, LATENT_LIMIT).step_by(EVERY).collect();
        let rows = tone_scales(&model, key, &points, &[], &|_| ()).expect("tones can be measured");
        let mut exceptions = Vec::new();
        for (layer, index) in map.layers.iter().zip(0..) {
            for (point, row) in points.iter().zip(&rows) {
                let stored = f64::from(map.value_of(layer, point.x, point.y).expect("on the plane"));
                if (stored - row[index]).abs() > TOLERANCE {
                    exceptions.push((&layer.name, stored, row[index]));
                }
            }
        }
        let values = points.len() * map.layers.len();
        assert!(
            20 * exceptions.len() <= values,
            "{domain}: make it again by `./build.sh timbre`: {exceptions:?}"
        );
    }
}

#[test]
fn each_table_has_the_notes_of_its_domain() {
    for (domain, _, rows) in DOMAINS {
        let model = model(domain);
        let table: Coordinates = json(&format!("{domain}.coordinates.json"));
        assert_eq!(
            (table.model.as_str(), table.len()),
            (&*format!("{:016x}", model.domain.fingerprint), rows)
        );
        let is_inside = |coordinate: &f32| coordinate.abs() <= LATENT_LIMIT;
        assert!(table.x.iter().chain(&table.y).all(is_inside), "{domain}");
        let reach = |column: &[f32]| column.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
        assert!(reach(&table.x) > 2.0 && reach(&table.y) > 2.0, "{domain}: the notes fill the plane");
    }
}

#[test]
fn the_axes_do_what_their_files_say() {
    for (domain, key, _) in DOMAINS {
        let model = model(domain);
        let stored: AxisScales = json(&format!("{domain}.axes.json"));
        let measured = axis_scales(&model, key).expect("tones can be measured");
        assert_eq!((&stored.model, stored.key, &stored.scales), (&measured.model, key, &measured.scales));
        assert_eq!(stored.axes.len(), measured.axes.len());
        for (stored, measured) in stored.axes.iter().zip(&measured.axes) {
            assert_eq!(stored.axis, measured.axis, "{domain}");
            for scale in 0..stored.change.len() {
                let change = (stored.change[scale] - measured.change[scale]).abs();
                let places = stored.agreeing[scale].abs_diff(measured.agreeing[scale]);
                assert!(
                    change < TOLERANCE && places <= 1,
                    "{domain}: make it again by `./build.sh timbre`: {stored:?}, {measured:?}"
                );
            }
        }
    }
}
