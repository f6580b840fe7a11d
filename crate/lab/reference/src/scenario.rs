//! Random performances for null tests: any patch, notes, controllers, sample rates and block sizes.
//! Never depends on anything but the number, so that a failure is reproducible.

use patch::{PARAMETER_COUNT, Parameter, Patch};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use voice::render::{Event, EventKind};

use crate::{Job, SetUp};

const SAMPLE_RATES_HZ: [u32; 8] = [22_050, 32_000, 44_100, 44_100, 48_000, 88_200, 96_000, 192_000];
const HOST_BLOCKS: [usize; 9] = [1, 17, 63, 64, 64, 65, 100, 128, 1000];

/// The performance of a number: about a second with up to 24 events.
///
/// Without controllers 1 and 7: they change parameters, which a DSSI host overwrites at its next call.
/// Parameters change only at the start of a host buffer, as in every DSSI host.
pub fn scenario(number: u64) -> Job {
    let mut random = ChaCha8Rng::seed_from_u64(number);
    let sample_rate_hz = choose(&mut random, &SAMPLE_RATES_HZ);
    let host_block = choose(&mut random, &HOST_BLOCKS);
    let frames = random.random_range(sample_rate_hz as usize / 2..sample_rate_hz as usize * 3 / 2);
    let mut events: Vec<Event> = Vec::new();
    let mut keys = vec![choose(&mut random, &[36, 60, 69, 108])];
    for _ in 0..random.random_range(2..24) {
        // Some events are on amSynth's grid of 64 frames, and some at the frame of the last one.
        let frame = match random.random_range(0..5) {
            0 | 1 => random.random_range(0..frames),
            2 => events.last().map_or(0, |event| event.frame),
            _ => random.random_range(0..frames / 64) * 64,
        };
        events.push(event(&mut random, frame, &mut keys));
    }
    for event in &mut events {
        if let EventKind::Parameter(..) = event.kind {
            event.frame = event.frame / host_block * host_block;
        }
    }
    events.push(Event { frame: 0, kind: EventKind::NoteOn { key: keys[0], velocity: 100 } });
    // A host sets its ports first, in order, each once.
    events.sort_by_key(|event| match event.kind {
        EventKind::Parameter(parameter, _) => (event.frame, 0, parameter.index()),
        _ => (event.frame, 1, 0),
    });
    events.dedup_by_key(|event| match event.kind {
        EventKind::Parameter(parameter, _) => (event.frame, Some(parameter), 0),
        // A random key, so that only duplicate parameters are removed.
        _ => (event.frame, None, random.random::<u64>()),
    });
    Job {
        patch: random_patch(&mut random),
        events,
        sample_rate_hz,
        host_block,
        frames,
        set_up: SetUp::default(),
    }
}

fn choose<T: Copy>(random: &mut ChaCha8Rng, choices: &[T]) -> T {
    choices[random.random_range(0..choices.len())]
}

fn event(random: &mut ChaCha8Rng, frame: usize, keys: &mut Vec<u8>) -> Event {
    let kind = match random.random_range(0..20) {
        0..=7 => {
            let key =
                if random.random_bool(0.3) { choose(random, keys) } else { random.random_range(0..128) };
            keys.push(key);
            EventKind::NoteOn { key, velocity: random.random_range(0..128) }
        }
        8..=11 => EventKind::NoteOff { key: choose(random, keys) },
        12 => EventKind::PitchBend(random.random_range(-8192..8192)),
        13 | 14 => controller(64, choose(random, &[0, 0, 1, 127])),
        15 => controller(10, random.random_range(0..128)),
        16 => controller(choose(random, &[101, 100, 6]), choose(random, &[0, 0, 1, 12, 24])),
        17 => {
            controller(choose(random, &[120, 121, 123, 124, 125, 126, 127]), choose(random, &[0, 0, 1, 64]))
        }
        18 => controller(choose(random, &[2, 11, 65, 66, 91, 98]), random.random_range(0..128)),
        _ => {
            let parameter = choose(random, &Parameter::ALL);
            EventKind::Parameter(parameter, random_value(random, parameter))
        }
    };
    Event { frame, kind }
}

fn controller(controller: u8, value: u8) -> EventKind {
    EventKind::ControlChange { controller, value }
}

/// Any value in the range, with more weight on the limits and the default.
fn random_value(random: &mut ChaCha8Rng, parameter: Parameter) -> f32 {
    let info = parameter.info();
    match random.random_range(0..8) {
        0 => info.min,
        1 => info.max,
        2 | 3 => info.default,
        _ => parameter.snap(info.min + random.random::<f32>() * (info.max - info.min)),
    }
}

fn random_patch(random: &mut ChaCha8Rng) -> Patch {
    let mut values = [0.0; PARAMETER_COUNT];
    for parameter in Parameter::ALL {
        values[parameter.index()] = random_value(random, parameter);
    }
    let mut patch = Patch::from_values(&values);
    // Long segments would hide the end of a note; silence would hide every difference.
    for parameter in [Parameter::AmpAttack, Parameter::AmpDecay, Parameter::AmpRelease] {
        patch.set(parameter, patch.get(parameter).min(0.9));
    }
    patch.set(Parameter::MasterVol, patch.get(Parameter::MasterVol).max(0.2));
    patch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_always_gives_the_same_performance() {
        assert_eq!(scenario(7), scenario(7));
        assert_ne!(scenario(7), scenario(8));
    }
}
