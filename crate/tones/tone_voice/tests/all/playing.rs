//! Promises of the instrument of tones: a held key has its pitch and keeps its level wherever the point goes, a
//! released one ends, keys never click or reach −1 dBFS, in every domain and at usual rates.

use crate::common::{self, DOMAINS, click, instrument, level_db, play};
use spectral::{FrameLayout, ShortTimeFourier, analyze_tone};
use tone_voice::{ToneInstrument, VOICE_COUNT};

/// The median pitch of the voiced frames of a sound, in Hz.
fn pitch_hz(sound: &[f32], rate_hz: f32) -> f32 {
    let window = if rate_hz > 60_000.0 { 4096 } else { 2048 };
    let layout = FrameLayout::new(window, window / 8).expect("a usual layout");
    let frames = analyze_tone(sound, layout, rate_hz).expect("a usual rate");
    let mut found: Vec<f32> =
        frames.iter().filter(|(pitch, _)| pitch.is_voiced).map(|(pitch, _)| pitch.frequency_hz).collect();
    assert!(found.len() * 10 > frames.len() * 8, "{} of {} frames have a pitch", found.len(), frames.len());
    found.sort_by(f32::total_cmp);
    found[found.len() / 2]
}

fn cents(found_hz: f32, wanted_hz: f32) -> f32 {
    1200.0 * (found_hz / wanted_hz).log2()
}

#[test]
fn a_held_key_has_its_pitch_in_every_domain_at_every_rate() {
    for (domain, rate_hz) in DOMAINS.into_iter().zip([44_100.0, 48_000.0, 96_000.0, 44_100.0]) {
        for key in [48_u8, 69, 76] {
            let mut instrument = instrument(domain, rate_hz);
            instrument.note(1, key, 100);
            let sound = play(&mut instrument, rate_hz as usize);
            let wanted_hz = 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
            let found = cents(pitch_hz(&sound[rate_hz as usize / 5..], rate_hz), wanted_hz);
            assert!(found.abs() < 5.0, "{domain} at {rate_hz} Hz, key {key}: {found:.1} cents off");
        }
    }
}

#[test]
fn the_level_stays_and_nothing_clicks_while_the_point_moves() {
    for domain in DOMAINS {
        let mut instrument = instrument(domain, 48_000.0);
        instrument.set_life(0.0);
        instrument.note(0, 60, 100);
        // The greatest difference of neighbouring samples at rest, at any of nine points.
        let (mut wanted, mut edge) = (0.0, 0.0_f32);
        for corner in 0..9_u8 {
            instrument.move_to(0, [f32::from(corner % 3) * 4.0 - 4.0, f32::from(corner / 3) * 4.0 - 4.0]);
            let rest = play(&mut instrument, 24_000);
            wanted = level_db(&rest[12_000..]);
            edge = edge.max(click(&rest[12_000..]));
        }
        let mut moved = Vec::new();
        for block in 0..1_500 {
            let turns = block as f32 * 0.02;
            instrument.move_to(0, [4.0 * turns.sin(), 4.0 * (1.3 * turns).cos()]);
            moved.extend(play(&mut instrument, 64));
        }
        for piece in moved.chunks_exact(4_800) {
            assert!((level_db(piece) - wanted).abs() < 1.5, "{domain}: {} not {wanted} dB", level_db(piece));
        }
        assert!(click(&moved) < 1.3 * edge, "{domain}: {} at most {edge}", click(&moved));
    }
}

#[test]
fn a_tone_rises_and_ends_without_a_click() {
    let mut instrument = instrument("strings", 48_000.0);
    instrument.note(0, 62, 127);
    let sound = play(&mut instrument, 24_000);
    instrument.note(0, 62, 0);
    let end = play(&mut instrument, 12_000);
    let held = &sound[12_000..];
    assert!(click(&sound) <= 1.5 * click(held) && click(&end) <= 1.5 * click(held));
    assert!(level_db(&sound[..256]) < level_db(held) - 3.0, "it begins softly");
    assert_eq!(instrument.active_voices(), 0, "250 ms after the key nothing sounds");
    assert!(end[10_000..].iter().all(|&sample| sample == 0.0));
}

#[test]
fn a_key_whose_tone_only_the_pedal_holds_sounds_once_with_legato_too() {
    let mut instrument = instrument("strings", 48_000.0);
    instrument.control_change(0, 64, 127);
    instrument.note(0, 62, 100);
    instrument.note(0, 60, 100);
    instrument.note(0, 60, 0);
    // The limit ends the tone of 62 although its key is down.
    instrument.set_voice_limit(1);
    instrument.set_voice_limit(0);
    play(&mut instrument, 24_000);
    instrument.control_change(0, 68, 127);
    instrument.note(0, 60, 100);
    play(&mut instrument, 24_000);
    assert_eq!(instrument.active_voices(), 1);
}

#[test]
fn the_shortest_tap_is_heard() {
    let mut instrument = instrument("winds", 48_000.0);
    instrument.note(0, 72, 90);
    instrument.note(0, 72, 0);
    assert!(level_db(&play(&mut instrument, 4_800)) > -45.0);
    play(&mut instrument, 12_000);
    assert_eq!(instrument.active_voices(), 0);
}

#[test]
fn many_loud_keys_stay_below_full_scale_and_the_oldest_released_gives_way() {
    let mut instrument = instrument("brass", 48_000.0);
    for key in 0..30 {
        instrument.note(key % 5, 36 + 2 * key as u8, 127);
        let sound = play(&mut instrument, 2_400);
        assert!(sound.iter().all(|sample| sample.abs() < 0.8913));
        assert!(instrument.active_voices() <= VOICE_COUNT);
    }
    let mut few = common::instrument("brass", 48_000.0);
    (0..VOICE_COUNT as u8).for_each(|key| few.note(0, 40 + key, 60));
    few.note(0, 45, 0);
    play(&mut few, 480);
    few.note(0, 80, 100);
    play(&mut few, 4_800);
    (0..VOICE_COUNT as u8).filter(|key| *key != 5).for_each(|key| few.note(0, 40 + key, 0));
    let sound = play(&mut few, 48_000);
    let found = cents(pitch_hz(&sound[24_000..], 48_000.0), 440.0 * (11.0_f32 / 12.0).exp2());
    assert!(found.abs() < 5.0, "only the new key is left, not {found} cents beside it");
}

#[test]
fn controllers_do_what_their_names_say() {
    let rate_hz = 48_000.0;
    let fresh = || {
        let mut instrument = instrument("voices", rate_hz);
        instrument.note(2, 69, 100);
        play(&mut instrument, 9_600);
        instrument
    };
    let usual = level_db(&play(&mut fresh(), 9_600));
    let mut soft = fresh();
    soft.control_change(2, 7, 50);
    play(&mut soft, 960);
    assert!((usual - level_db(&play(&mut soft, 9_600)) - 12.0).abs() < 0.7);
    let mut bent = fresh();
    bent.pitch_bend(2, 8191);
    play(&mut bent, 4_800);
    let found = cents(pitch_hz(&play(&mut bent, 24_000), rate_hz), 440.0 * (2.0_f32 / 12.0).exp2());
    assert!(found.abs() < 5.0, "two semitones, {found} cents off");
    let mut pedal = fresh();
    pedal.control_change(2, 64, 127);
    pedal.note(2, 69, 0);
    play(&mut pedal, 24_000);
    assert_eq!(pedal.active_voices(), 1, "the pedal holds it");
    pedal.control_change(2, 64, 0);
    play(&mut pedal, 24_000);
    assert_eq!(pedal.active_voices(), 0);
    let mut legato = fresh();
    legato.control_change(2, 68, 127);
    legato.note(2, 72, 100);
    assert!(legato.is_legato(2));
    let up = play(&mut legato, 24_000);
    assert_eq!(legato.active_voices(), 1, "one voice glides");
    let found = cents(pitch_hz(&up[9_600..], rate_hz), 440.0 * (3.0_f32 / 12.0).exp2());
    assert!(found.abs() < 5.0, "{found}");
    legato.note(2, 72, 0);
    let down = play(&mut legato, 24_000);
    assert!(cents(pitch_hz(&down[9_600..], rate_hz), 440.0).abs() < 5.0, "back to the key that is down");
}

#[test]
fn another_model_leaves_what_sounds_alone_and_plays_the_next_key() {
    let mut instrument = instrument("strings", 48_000.0);
    instrument.note(0, 57, 100);
    let before = play(&mut instrument, 24_000);
    instrument.load(common::model("brass"));
    let end = play(&mut instrument, 12_000);
    assert!(click(&end) <= 1.5 * click(&before[12_000..]), "it ends without a click");
    assert_eq!(instrument.active_voices(), 0);
    instrument.note(0, 57, 100);
    let next = play(&mut instrument, 24_000);
    assert!((level_db(&next[12_000..]) - level_db(&before[12_000..])).abs() < 1.0);
}

#[test]
fn a_tuning_counts_from_the_next_key_on() {
    let mut instrument = instrument("winds", 44_100.0);
    instrument.tune(60, 300.0);
    instrument.tune(61, 0.0);
    instrument.note(0, 61, 100);
    assert_eq!(instrument.active_voices(), 0, "a key without a pitch");
    instrument.note(0, 60, 100);
    let sound = play(&mut instrument, 44_100);
    assert!(cents(pitch_hz(&sound[11_025..], 44_100.0), 300.0).abs() < 5.0);
}

/// Many keys as loud as they can be.
fn play_loudly(instrument: &mut ToneInstrument) {
    instrument.control_change(0, 7, 127);
    (0..VOICE_COUNT as u8).for_each(|key| instrument.note(0, 40 + key, 127));
    play(instrument, 24_000);
    instrument.control_change(0, 7, 100);
}

#[test]
fn after_silence_a_key_is_as_loud_as_on_a_fresh_instrument() {
    let tap = |instrument: &mut ToneInstrument| {
        instrument.note(0, 60, 60);
        level_db(&play(instrument, 4_800))
    };
    let fresh = tap(&mut instrument("strings", 48_000.0));
    let mut ended = instrument("strings", 48_000.0);
    play_loudly(&mut ended);
    ended.release_all();
    play(&mut ended, 48_000);
    let mut silenced = instrument("strings", 48_000.0);
    play_loudly(&mut silenced);
    silenced.all_sound_off();
    // The fade itself is heard beside a key that begins at once.
    play(&mut silenced, 480);
    for instrument in [&mut ended, &mut silenced] {
        let level = tap(instrument);
        assert!((level - fresh).abs() < 0.2, "{level} not {fresh} dB");
    }
}

#[test]
fn a_lifted_legato_key_leaves_the_tone_on_a_key_that_has_a_pitch() {
    let mut instrument = instrument("strings", 48_000.0);
    instrument.control_change(0, 68, 127);
    for key in [60, 64, 67] {
        instrument.note(0, key, 100);
    }
    // A keyboard map may leave keys without a pitch.
    instrument.tune(64, 0.0);
    instrument.note(0, 67, 0);
    let sound = play(&mut instrument, 48_000);
    let found = cents(pitch_hz(&sound[9_600..], 48_000.0), 440.0 * (-9.0_f32 / 12.0).exp2());
    assert!(found.abs() < 5.0, "{found} cents from key 60");
    instrument.note(0, 67, 100);
    instrument.tune(60, 0.0);
    instrument.note(0, 67, 0);
    play(&mut instrument, 24_000);
    assert_eq!(instrument.active_voices(), 0, "no key that is down has a pitch: the tone ends");
}

#[test]
fn a_lower_limit_of_voices_ends_the_oldest_keys() {
    let mut instrument = instrument("winds", 48_000.0);
    for key in [60, 64, 67, 69] {
        instrument.note(0, key, 100);
        instrument.note(1, key - 12, 100);
    }
    play(&mut instrument, 9_600);
    instrument.note(1, 48, 0);
    instrument.set_voice_limit(1);
    let sound = play(&mut instrument, 24_000);
    assert_eq!(instrument.active_voices(), 2, "one of each part");
    assert!(click(&sound) < 0.1, "they end as after a release");
    instrument.note(1, 57, 0);
    let sound = play(&mut instrument, 48_000);
    assert!(cents(pitch_hz(&sound[24_000..], 48_000.0), 440.0).abs() < 5.0, "the key that came last is left");
    instrument.set_voice_limit(0);
    (0..VOICE_COUNT as u8).for_each(|key| instrument.note(0, 70 + key, 100));
    assert_eq!(instrument.active_voices(), VOICE_COUNT);
}

/// The level of the part of a sound above 1 kHz around `at`, in a window of 20 ms: a click has power at all
/// frequencies.
fn high_db(sound: &[f32], at: usize) -> f32 {
    // Twice the difference of the mean of 48 samples, whose first zero lies at 1 kHz.
    let window = &sound[at.saturating_sub(480)..(at + 480).min(sound.len())];
    let smooth: Vec<f32> = window.windows(48).map(|part| part.iter().sum::<f32>() / 48.0).collect();
    let high: Vec<f32> = window[24..].iter().zip(&smooth).map(|(sample, mean)| sample - mean).collect();
    level_db(&high)
}

/// A low sine-like tone, in which a click is heard best.
fn dark_tone() -> ToneInstrument {
    let mut instrument = instrument("voices", 48_000.0);
    let darkest = |instrument: &mut ToneInstrument, point: [f32; 2]| {
        instrument.move_to(0, point);
        let sound = play(instrument, 9_600);
        high_db(&sound, 9_000) - level_db(&sound[4_800..])
    };
    instrument.note(0, 60, 127);
    let mut best = ([0.0; 2], f32::INFINITY);
    for corner in 0..9_u8 {
        let point = [f32::from(corner % 3) * 3.0 - 3.0, f32::from(corner / 3) * 3.0 - 3.0];
        let level = darkest(&mut instrument, point);
        if level < best.1 {
            best = (point, level);
        }
    }
    instrument.move_to(0, best.0);
    play(&mut instrument, 9_600);
    instrument
}

#[test]
fn silence_fades_within_six_milliseconds_and_does_not_click() {
    for silence in [ToneInstrument::all_sound_off, |instrument: &mut ToneInstrument| {
        instrument.control_change(0, 120, 0)
    }] {
        // Nine times in a period of the tone.
        for wait in (0..183).step_by(20) {
            let mut instrument = dark_tone();
            let mut sound = play(&mut instrument, 9_600 + wait);
            let (cut, held) = (sound.len(), high_db(&sound, 9_000));
            let before = click(&sound[4_800..]);
            silence(&mut instrument);
            assert_eq!(instrument.active_voices(), 0, "nothing is held");
            sound.extend(play(&mut instrument, 4_800));
            assert!(sound[cut + 64 + 256..].iter().all(|&sample| sample == 0.0), "it lasts 5.3 ms");
            assert!(
                click(&sound[cut - 64..]) <= 1.1 * before,
                "{} after {before}",
                click(&sound[cut - 64..])
            );
            assert!(high_db(&sound, cut + 128) <= held + 1.0, "{} not {held} dB", high_db(&sound, cut + 128));
        }
    }
}

#[test]
fn a_key_after_silence_begins_at_once_as_loud_as_ever_and_below_full_scale() {
    let mut instrument = instrument("brass", 48_000.0);
    play_loudly(&mut instrument);
    for _ in 0..20 {
        instrument.all_sound_off();
        (0..VOICE_COUNT as u8).for_each(|key| instrument.note(0, 40 + key, 127));
        let sound = play(&mut instrument, 480);
        assert!(sound.iter().all(|sample| sample.abs() < 0.8913));
    }
}

/// The mean power of the bins between two frequencies, in dB.
fn band_db(sound: &[f32], rate_hz: f32, [low_hz, high_hz]: [f32; 2]) -> f32 {
    let layout = FrameLayout::default();
    let magnitudes = ShortTimeFourier::new(layout).analyze(sound).magnitudes();
    let bin = |hz: f32| (hz * layout.window() as f32 / rate_hz) as usize;
    let bins = bin(low_hz)..bin(high_hz);
    let powers = magnitudes.iter().flat_map(|frame| frame[bins.clone()].iter().map(|one| one * one));
    10.0 * (powers.sum::<f32>() / (bins.len() * magnitudes.count()) as f32).log10()
}

#[test]
fn the_spectrum_of_a_low_key_goes_on_above_its_last_harmonic() {
    for (domain, keys) in [("strings", [28_u8, 36, 43]), ("brass", [36, 37, 38])] {
        for key in keys {
            let mut instrument = instrument(domain, 48_000.0);
            instrument.set_life(0.0);
            instrument.note(0, key, 100);
            let sound = &play(&mut instrument, 36_000)[12_000..];
            let last_hz = 100.0 * 440.0 * ((f32::from(key) - 69.0) / 12.0).exp2();
            let below = band_db(sound, 48_000.0, [0.7 * last_hz, 0.98 * last_hz]);
            let above = band_db(sound, 48_000.0, [1.05 * last_hz, 1.5 * last_hz]);
            assert!(above > below - 12.0, "{domain}, key {key}: {above:.0} after {below:.0} dB");
            assert!(above < below + 3.0, "{domain}, key {key}: {above:.0} after {below:.0} dB");
            let top = band_db(sound, 48_000.0, [15_000.0, 18_000.0]);
            assert!(top > below - 60.0, "{domain}, key {key}: {top:.0} at the top, {below:.0} dB below");
        }
    }
}
