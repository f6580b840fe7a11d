//! Of several sounds in a recording the loudest one is offered, at its time of the file.

use matching::Target;
use sketching::loudest_part;

const RATE_HZ: usize = 44_100;

/// Tones of 0.3 s with these levels, one each half second, after a second of silence.
fn tones(levels: &[f32]) -> Target {
    let tone = |level: f32| {
        (0..RATE_HZ / 2).map(move |n| {
            let seconds = n as f32 / RATE_HZ as f32;
            let is_on = f32::from(u8::from(seconds < 0.3));
            is_on * level * (-9.0 * seconds).exp() * (2000.0 * seconds).sin()
        })
    };
    let sound: Vec<f32> =
        vec![0.0; RATE_HZ].into_iter().chain(levels.iter().copied().flat_map(tone)).collect();
    Target::new(&[&sound], RATE_HZ as u32).expect("a sound")
}

#[test]
fn the_loudest_sound_is_offered_up_to_the_next_one() {
    for (levels, begin_s) in [(&[0.2, 0.5, 0.1][..], 1.5), (&[0.1, 0.2, 0.6], 2.0), (&[0.5, 0.1], 1.0)] {
        let [from_s, to_s] = loudest_part(&tones(levels)).expect("several sounds");
        assert!((from_s - begin_s).abs() < 0.03, "{levels:?}: {from_s}");
        assert!((to_s - from_s) > 0.25 && to_s < begin_s + 0.5, "{levels:?}: {to_s}");
    }
}

#[test]
fn a_single_sound_has_no_part() {
    assert_eq!(loudest_part(&tones(&[0.5])), None);
}
