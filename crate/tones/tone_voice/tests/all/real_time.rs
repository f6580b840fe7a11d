//! Promises to an audio thread: after construction and loading nothing allocates, and whatever comes, the samples are
//! finite and below −1 dBFS.

use crate::common::{instrument, play};
use assert_no_alloc::assert_no_alloc;
use proptest::prelude::*;
use tone_voice::LiveMode;

#[test]
fn nothing_allocates_after_construction() {
    let mut instrument = instrument("strings", 44_100.0);
    let mut block = [0.0; 64];
    assert_no_alloc(|| {
        for step in 0..2_000_usize {
            let part = step % 5;
            match step % 7 {
                0 => instrument.note(part, (30 + step % 60) as u8, 100),
                1 => instrument.note(part, (29 + step % 60) as u8, 0),
                2 => instrument.pitch_bend(part, (step % 8_000) as i16),
                3 => instrument.control_change(part, (step % 128) as u8, (step % 128) as u8),
                4 => {
                    instrument.set_offset(step % 10, 0.5);
                    instrument.set_life((step % 3) as f32 * 0.5);
                }
                5 => instrument.set_voice_limit(step % 5),
                _ => instrument.tune((step % 128) as u8, 200.0),
            }
            if step % 100 == 0 {
                instrument.set_live([LiveMode::Input, LiveMode::Feedback, LiveMode::Off][step / 100 % 3]);
                instrument.set_feedback(step as f32, 3.0);
            }
            instrument.listen(&[0.25; 64][..1 + step % 64]);
            instrument.excite(&[0.25; 64][..1 + step % 64]);
            instrument.move_to(part, [(step % 9) as f32 - 4.0, 1.0]);
            instrument.render(&mut block[..1 + step % 64]);
            if step % 500 == 0 {
                instrument.all_sound_off();
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_calls_give_finite_samples_below_full_scale(
        calls in proptest::collection::vec((0..10_u8, any::<u8>(), any::<u8>(), any::<f32>(), 0..7_usize, 1..200_usize), 1..60),
    ) {
        let mut instrument = instrument("voices", 22_050.0);
        for (kind, a, b, number, part, frames) in calls {
            match kind {
                0..3 => instrument.note(part, a, b),
                3 => instrument.pitch_bend(part, i16::from_le_bytes([a, b])),
                4 => instrument.control_change(part, a, b),
                5 => {
                    instrument.set_offset(usize::from(a), number);
                    instrument.set_life(number);
                }
                6 => instrument.tune(a, number),
                7 => instrument.set_live([LiveMode::Input, LiveMode::Feedback][usize::from(a) % 2]),
                8 => {
                    instrument.set_feedback(number, f32::from(b));
                    instrument.listen(&[number; 100][..frames.min(100)]);
                    instrument.excite(&[number; 100][..frames.min(100)]);
                }
                _ => instrument.move_to(part, [number, f32::from(b)]),
            }
            for sample in play(&mut instrument, frames) {
                prop_assert!(sample.abs() < 0.8913, "{sample}");
            }
        }
    }
}
