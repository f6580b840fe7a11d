//! The patch and the latent point as MIDI controllers, so that a real amsynth, or another device, follows them. amSynth
//! assigns two controllers by itself (1 and 7, which keep their meaning here). It reads the others from [`map_file`],
//! saved as `~/.config/amsynth/controllers`.

use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::{LATENT_LIMIT, Point};

/// General purpose controllers 1 and 2 of the MIDI specification carry the latent x and y; their
/// fine halves are 32 above.
pub const LATENT_CONTROLLERS: [u8; 2] = [16, 17];
/// From a controller to the one of its fine half (MIDI 1.0: 0…31 and 32…63).
pub const FINE: u8 = 32;
/// Middle of 14 bits, where a latent coordinate is 0.
const MIDDLE: f32 = 8192.0;

/// True if a controller already has a meaning in MIDI or amSynth, or carries the latent point. Taken are bank select,
/// data entry, pan and their fine halves, the pedals 64…69, parameter numbers 96…101 and channel modes 120…127.
fn is_taken(controller: u8) -> bool {
    let coarse = if controller < 64 { controller % FINE } else { controller };
    matches!(coarse, 0 | 6 | 10 | 64..=69 | 96..=101 | 120..) || LATENT_CONTROLLERS.contains(&coarse)
}

/// The controller of each parameter, in amSynth's order: 1 and 7 as in its own default map, the
/// others the free ones in rising order.
pub fn map() -> [u8; PARAMETER_COUNT] {
    let mut free = (2..120).filter(|&controller| controller != 7 && !is_taken(controller));
    Parameter::ALL.map(|parameter| match parameter {
        Parameter::FreqModAmount => 1,
        Parameter::MasterVol => 7,
        _ => free.next().expect("there are more free controllers than parameters"),
    })
}

/// amSynth's file of the map: a word for each controller from 0, the parameter's name or `null`.
pub fn map_file() -> String {
    let map = map();
    let word = |controller: u8| {
        let parameter = Parameter::ALL.into_iter().find(|parameter| map[parameter.index()] == controller);
        parameter.map_or("null", Parameter::name)
    };
    (0..128).map(|controller| format!("{}\n", word(controller))).collect()
}

/// The 7-bit value of a stored value: amSynth reads it back by its parameter's range.
fn seven_bits(parameter: Parameter, value: f32) -> u8 {
    let info = parameter.info();
    ((parameter.snap(value) - info.min) / (info.max - info.min) * 127.0).round() as u8
}

/// The values last sent, so that only changes are sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ControllerSender {
    map: [u8; PARAMETER_COUNT],
    values: [Option<u8>; PARAMETER_COUNT],
    point: Option<[u16; 2]>,
}

impl Default for ControllerSender {
    /// Nothing has been sent.
    fn default() -> Self {
        Self { map: map(), values: [None; PARAMETER_COUNT], point: None }
    }
}

impl ControllerSender {
    /// Controllers and values of a patch that have changed since the last call.
    pub fn patch(&mut self, patch: &Patch) -> Vec<(u8, u8)> {
        let mut changed = Vec::new();
        for parameter in Parameter::ALL {
            let value = seven_bits(parameter, patch.get(parameter));
            if self.values[parameter.index()].replace(value) != Some(value) {
                changed.push((self.map[parameter.index()], value));
            }
        }
        changed
    }

    /// Controllers and values for a point: 14 bits an axis, the coarse half first.
    pub fn point(&mut self, point: Point) -> Vec<(u8, u8)> {
        let fourteen = [point.x, point.y].map(fourteen_bits);
        let before = self.point.replace(fourteen);
        let mut changed = Vec::new();
        for (axis, (controller, value)) in LATENT_CONTROLLERS.into_iter().zip(fourteen).enumerate() {
            if before.is_none_or(|before| before[axis] != value) {
                changed.push((controller, (value >> 7) as u8));
                changed.push((controller + FINE, (value & 0x7F) as u8));
            }
        }
        changed
    }
}

/// A latent coordinate in 14 bits.
fn fourteen_bits(coordinate: f32) -> u16 {
    (MIDDLE + coordinate / LATENT_LIMIT * MIDDLE).round().clamp(0.0, 2.0 * MIDDLE - 1.0) as u16
}

/// The latent coordinate of a coarse half without a fine one.
pub fn coordinate_of_coarse(coarse: u8) -> f32 {
    // So that a controller at its maximum reaches the edge.
    if coarse >= 127 { LATENT_LIMIT } else { coordinate_of_halves(coarse, 0) }
}

/// The latent coordinate of a coarse and a fine half that were both sent.
pub fn coordinate_of_halves(coarse: u8, fine: u8) -> f32 {
    let value = f32::from(u16::from(coarse & 0x7F) << 7 | u16::from(fine & 0x7F));
    // The last step is the edge itself.
    if value >= 2.0 * MIDDLE - 1.0 { LATENT_LIMIT } else { (value - MIDDLE) / MIDDLE * LATENT_LIMIT }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_changes_are_sent() {
        let (mut sender, mut patch) = (ControllerSender::default(), Patch::default());
        assert_eq!(sender.patch(&patch).len(), PARAMETER_COUNT);
        assert!(sender.patch(&patch).is_empty());
        patch.set(Parameter::MasterVol, 1.0);
        assert_eq!(sender.patch(&patch), [(7, 127)]);
        assert_eq!(sender.point(Point::default()), [(16, 64), (48, 0), (17, 64), (49, 0)]);
        assert_eq!(sender.point(Point { x: 0.0, y: 4.0 }), [(17, 127), (49, 127)]);
    }

    #[test]
    fn every_point_comes_back_from_its_halves() {
        for step in 0..=16_384u16 {
            let x = (f32::from(step) / MIDDLE - 1.0) * LATENT_LIMIT;
            let sent = ControllerSender::default().point(Point { x, y: 0.0 });
            let read = coordinate_of_halves(sent[0].1, sent[1].1);
            assert!((read - x).abs() < 1e-3, "{x} is read as {read}");
        }
    }

    proptest! {
        #[test]
        fn amsynth_reads_choices_exactly_and_numbers_closely(positions in prop::collection::vec(0.0f32..=1.0, PARAMETER_COUNT)) {
            for (parameter, position) in Parameter::ALL.into_iter().zip(positions) {
                let info = parameter.info();
                let value = parameter.snap(info.min + position * (info.max - info.min));
                // amSynth: a controller's value x sets x / 127 * (max - min) + min.
                let read = parameter.snap(f32::from(seven_bits(parameter, value)) / 127.0 * (info.max - info.min) + info.min);
                let tolerance = if info.step > 0.0 { 0.0 } else { (info.max - info.min) / 250.0 };
                prop_assert!((read - value).abs() <= tolerance, "{}", parameter.name());
            }
        }
    }
}
