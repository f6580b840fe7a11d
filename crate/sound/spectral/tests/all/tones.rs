//! Promises: a sound that becomes harmonics and noise sounds alike afterwards. Its pitch and level stay. Live and
//! whole sounds get the same samples.

use crate::common::{BLOCK, RATE_HZ, noise, through_tones, tone, vibrato_hz};
use spectral::{
    FrameLayout, MelBands, ShortTimeFourier, ToneFeatureMap, ToneFeatures, ToneFrame, ToneSynthesizer,
    analyze_tone, band_difference_db, synthesize_tone,
};

fn layout() -> FrameLayout {
    FrameLayout::default()
}

/// The sound made of the frames of a sound.
fn round_trip(sound: &[f32]) -> Vec<f32> {
    let frames = analyze_tone(sound, layout(), RATE_HZ).expect("a usual rate");
    synthesize_tone(frames.iter().map(|(_, frame)| frame), layout(), RATE_HZ, sound.len())
        .expect("a usual rate")
}

/// The sound made of the features of the frames of a sound.
fn feature_trip(sound: &[f32]) -> Vec<f32> {
    let mut map = ToneFeatureMap::new(layout(), RATE_HZ).expect("a usual rate");
    let mut features = ToneFeatures::default();
    let mut frames = analyze_tone(sound, layout(), RATE_HZ).expect("a usual rate");
    for (_, frame) in &mut frames {
        map.features(frame, &mut features);
        map.frame(&features, frame);
    }
    synthesize_tone(frames.iter().map(|(_, frame)| frame), layout(), RATE_HZ, sound.len())
        .expect("a usual rate")
}

fn difference_db(sound: &[f32], other: &[f32]) -> f64 {
    let mut transform = ShortTimeFourier::new(layout());
    let [sound, other] = [sound, other].map(|one| transform.analyze(one).magnitudes());
    band_difference_db(&sound, &other, &MelBands::new(80, layout(), RATE_HZ))
}

fn level_db(sound: &[f32]) -> f64 {
    10.0 * (sound.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / sound.len() as f64).log10()
}

#[test]
fn tones_with_breath_sound_alike_afterwards() {
    for (frequency_hz, tilt_db, breath) in [(196.0, 6.0, 0.01), (440.0, 9.0, 0.003), (880.0, 6.0, 0.001)] {
        let sound: Vec<f32> = tone(frequency_hz, tilt_db, 20.0, 1.0)
            .iter()
            .zip(noise(44_100))
            .map(|(a, b)| a + breath * b)
            .collect();
        let again = round_trip(&sound);
        let difference = difference_db(&sound, &again);
        assert!(difference < 2.5, "{frequency_hz} Hz: {difference:.2} dB");
        assert!((level_db(&again) - level_db(&sound)).abs() < 0.5);
        let from_features = feature_trip(&sound);
        let difference = difference_db(&sound, &from_features);
        assert!(difference < 2.7, "features, {frequency_hz} Hz: {difference:.2} dB");
        assert!((level_db(&from_features) - level_db(&sound)).abs() < 0.5);
    }
}

#[test]
fn a_constant_offset_does_not_become_noise() {
    let sound = tone(330.0, 6.0, 0.0, 1.0);
    let offset: Vec<f32> = sound.iter().map(|sample| sample + 0.1).collect();
    let [sound, offset] = [round_trip(&sound), round_trip(&offset)];
    // The beginning and the end of the offset click, which may be heard.
    let inner = 4096..sound.len() - 4096;
    let difference = difference_db(&sound[inner.clone()], &offset[inner]);
    assert!(difference < 0.5, "{difference:.2} dB");
}

#[test]
fn strong_harmonics_among_weak_ones_keep_their_power() {
    // Every second harmonic is 60 dB weaker: at high frequencies several share a value of the envelope.
    let [all, odd] = [tone(100.0, 0.0, 0.0, 1.0), tone(200.0, 0.0, 0.0, 1.0)];
    let sound: Vec<f32> = all.iter().zip(&odd).map(|(all, odd)| 1e-3 * all + odd).collect();
    let mut map = ToneFeatureMap::new(layout(), RATE_HZ).expect("a usual rate");
    let (mut features, mut frame) = (ToneFeatures::default(), ToneFrame::default());
    let (_, given) = &analyze_tone(&sound, layout(), RATE_HZ).expect("a usual rate")[80];
    map.features(given, &mut features);
    map.frame(&features, &mut frame);
    let high_db = |frame: &ToneFrame| {
        10.0 * frame.amplitudes[50..80].iter().map(|amplitude| amplitude * amplitude).sum::<f32>().log10()
    };
    let change_db = high_db(&frame) - high_db(given);
    assert!(change_db.abs() < 1.0, "{change_db:.1} dB");
}

#[test]
fn noise_keeps_its_level_in_every_band() {
    let white = noise(44_100);
    // Also noise that falls towards high frequencies.
    let mut last = 0.0;
    let dark: Vec<f32> = white.iter().map(|&sample| (last = 0.9 * last + 0.1 * sample, last).1).collect();
    for sound in [white, dark] {
        let again = round_trip(&sound);
        let mut transform = ShortTimeFourier::new(layout());
        let bands = MelBands::new(20, layout(), RATE_HZ);
        let [a, b] = [&sound, &again].map(|one| {
            let magnitudes = transform.analyze(one).magnitudes();
            let mut sums = vec![0.0; 20];
            let mut levels = vec![0.0; 20];
            for frame in magnitudes.iter() {
                bands.magnitudes(frame, &mut levels);
                sums.iter_mut().zip(&levels).for_each(|(sum, level)| *sum += level * level);
            }
            sums
        });
        for (band, (a, b)) in a.iter().zip(&b).enumerate() {
            let change_db = 10.0 * (b / a).log10();
            assert!(change_db.abs() < 1.0, "band {band}: {change_db:.2} dB");
        }
    }
}

#[test]
fn the_pitch_stays() {
    let sound = tone(330.0, 6.0, 30.0, 1.0);
    let frames = analyze_tone(&round_trip(&sound), layout(), RATE_HZ).expect("a usual rate");
    for (index, (pitch, _)) in frames.iter().enumerate().take(160).skip(20) {
        let middle = ((index + 1) * layout().hop()) as f64 - layout().window() as f64 / 2.0;
        let expected_hz = vibrato_hz(330.0, 30.0, middle / f64::from(RATE_HZ));
        let cents = 1200.0 * (f64::from(pitch.frequency_hz) / expected_hz).log2();
        assert!(pitch.is_voiced && cents.abs() < 10.0, "frame {index}: {cents:.1} cents");
    }
}

#[test]
fn an_envelope_has_about_the_same_level_at_every_pitch() {
    let mut map = ToneFeatureMap::new(layout(), RATE_HZ).expect("a usual rate");
    let mut features = ToneFeatures::default();
    let sound = tone(220.0, 6.0, 0.0, 0.5);
    let (_, frame) = &analyze_tone(&sound, layout(), RATE_HZ).expect("a usual rate")[40];
    map.features(frame, &mut features);
    let mut levels = Vec::new();
    for frequency_hz in [110.0, 220.0, 440.0] {
        let mut moved = ToneFrame::default();
        map.frame(&ToneFeatures { frequency_hz, ..features.clone() }, &mut moved);
        levels.push(
            10.0 * moved.amplitudes.iter().map(|amplitude| amplitude * amplitude / 2.0).sum::<f32>().log10(),
        );
        assert!((moved.amplitudes[0] > 0.0) && moved.frequency_hz == frequency_hz);
    }
    assert!(levels.iter().all(|level| (level - levels[1]).abs() < 4.0), "{levels:?}");
    // Level and pitch are outside: a louder sound has the same envelope.
    let louder: Vec<f32> = sound.iter().map(|sample| 2.0 * sample).collect();
    let (_, frame) = &analyze_tone(&louder, layout(), RATE_HZ).expect("a usual rate")[40];
    let mut others = ToneFeatures::default();
    map.features(frame, &mut others);
    assert!((others.level_db - features.level_db - 6.02).abs() < 0.01);
    for (a, b) in features.envelope_db.iter().zip(&others.envelope_db) {
        assert!((a - b).abs() < 0.01);
    }
}

#[test]
fn a_live_sound_gets_the_samples_of_a_whole_one() {
    let sound =
        [tone(196.0, 6.0, 30.0, 0.3), noise(6000), vec![0.0; 4000], tone(500.0, 6.0, 0.0, 0.1)].concat();
    let whole = round_trip(&sound);
    for block in [BLOCK, 128, 256] {
        let live = through_tones(&sound, layout(), block, 4096 / block);
        let latency = ToneSynthesizer::new(layout(), block, RATE_HZ).expect("it fits").latency();
        let live = &live[latency..];
        // Live, the hops before the first frame are silent in both.
        let first = (0..whole.len()).find(|&n| whole[n].to_bits() != live[n].to_bits());
        assert_eq!(first, None, "blocks of {block}: they differ");
    }
}

#[test]
fn an_impulse_comes_after_the_latency_that_is_told() {
    let stated = ToneSynthesizer::new(layout(), BLOCK, RATE_HZ).expect("it fits").latency();
    assert!(stated as f32 / 44_100.0 < 0.03, "less than 30 ms");
    for position in [5000, 5100, 5333] {
        let mut sound = vec![0.0; 10_000];
        sound[position] = 1.0;
        let live = through_tones(&sound, layout(), BLOCK, 80);
        let energy: f64 = live.iter().map(|&sample| f64::from(sample).powi(2)).sum();
        let moment: f64 =
            live.iter().enumerate().map(|(n, &sample)| n as f64 * f64::from(sample).powi(2)).sum();
        let error = (moment / energy - (position + stated) as f64).abs();
        assert!(
            error < layout().hop() as f64,
            "sample {position}: its energy is {error:.0} samples beside it"
        );
    }
}

#[test]
fn silence_stays_silent() {
    assert!(round_trip(&[0.0; 20_000]).iter().all(|&sample| sample == 0.0));
    assert!(feature_trip(&[0.0; 20_000]).iter().all(|&sample| sample == 0.0));
    let after = through_tones(&tone(300.0, 6.0, 0.0, 0.2), layout(), BLOCK, 100);
    assert!(after[after.len() - 1024..].iter().all(|&sample| sample == 0.0));
}
