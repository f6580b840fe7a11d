//! The patches of a path as the presets of a bank.

use patch::file::BANK_CAPACITY;
use patch::{Patch, Preset};
use plane::Point;

use crate::LatentPath;

/// Up to 128 patches of a path, evenly over time, first and last included; each is named after the path and its time in
/// seconds.
///
/// # Errors
/// The first error that `decode` returns.
pub fn presets<Failure>(
    path: &LatentPath,
    mut decode: impl FnMut(Point) -> Result<Patch, Failure>,
) -> Result<Vec<Preset>, Failure> {
    let count = path.steps().min(BANK_CAPACITY);
    let name = if path.name().is_empty() { "path" } else { path.name() };
    (0..count)
        .map(|number| {
            let time_s = path.length_s() * number as f64 / (count - 1) as f64;
            Ok(Preset { name: format!("{name} {time_s:.2} s"), patch: decode(path.point_at(time_s))? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_fills_a_bank_from_its_first_point_to_its_last() {
        let lanes = vec![(0..1001).map(|step| step as f32 / 500.0 - 1.0).collect(), vec![0.5; 1001]];
        let mut path = LatentPath::new(lanes, 100.0).unwrap();
        path.set_name("Tide");
        let mut points = Vec::new();
        let presets = presets(&path, |point| {
            points.push(point);
            Ok::<_, ()>(Patch::default())
        })
        .unwrap();
        assert_eq!(presets.len(), BANK_CAPACITY);
        assert_eq!(
            (points[0], points[BANK_CAPACITY - 1]),
            (Point { x: -1.0, y: 0.5 }, Point { x: 1.0, y: 0.5 })
        );
        assert_eq!((presets[0].name.as_str(), presets[127].name.as_str()), ("Tide 0.00 s", "Tide 10.00 s"));
    }

    #[test]
    fn a_point_without_a_patch_ends_it() {
        let path = LatentPath::new(vec![vec![0.0, 1.0], vec![0.0, 1.0]], 100.0).unwrap();
        assert!(presets(&path, |point| if point.x > 0.5 { Err(()) } else { Ok(Patch::default()) }).is_err());
    }
}
