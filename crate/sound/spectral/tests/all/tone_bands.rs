//! Promises of the bands of features: they equal the bands of the synthesised sound, up to the last harmonic, and the
//! gradient fits the levels.

use spectral::{
    ENVELOPE_COUNT, FrameLayout, HARMONIC_COUNT, MelBands, NOISE_LEVEL_COUNT, ShortTimeFourier, ToneBands,
    ToneFeatureMap, ToneFeatures, ToneFrame, synthesize_tone,
};

const RATE_HZ: f32 = 44_100.0;
const BANDS: usize = 80;

/// A tone whose harmonics fall, with noise that rises a little.
fn features(frequency_hz: f32) -> ToneFeatures {
    ToneFeatures {
        envelope_db: std::array::from_fn(|n| -5.0 - 0.6 * n as f32 + 3.0 * (n as f32).sin()),
        noise_db: std::array::from_fn(|n| -50.0 + 0.3 * n as f32),
        level_db: 0.0,
        frequency_hz,
    }
}

fn bands() -> ToneBands {
    ToneBands::new(BANDS, FrameLayout::default(), RATE_HZ).expect("a usual rate")
}

/// The end of a mel band (O'Shaughnessy, 1987), of those from 30 to 18,000 Hz.
fn band_end_hz(band: usize) -> f32 {
    let mel = |hz: f32| 2595.0 * (1.0 + hz / 700.0).log10();
    let [low, high] = [30.0, 18_000.0].map(mel);
    let end = low + (high - low) * (band + 2) as f32 / (BANDS + 1) as f32;
    700.0 * (10.0_f32.powf(end / 2595.0) - 1.0)
}

#[test]
fn levels_are_those_of_the_synthesised_sound() {
    let layout = FrameLayout::default();
    for frequency_hz in [82.0, 261.6, 1318.5] {
        let features = features(frequency_hz);
        let mut levels_db = [0.0; BANDS];
        bands().levels(&features.envelope_db, &features.noise_db, frequency_hz, &mut levels_db);

        let map = ToneFeatureMap::new(layout, RATE_HZ).expect("a usual rate");
        let mut frame = ToneFrame::default();
        map.frame(&features, &mut frame);
        let power_db = 10.0 * map.power(&frame).log10();
        let sound =
            synthesize_tone(vec![&frame; 200], layout, RATE_HZ, 200 * layout.hop()).expect("a usual rate");
        let spectra = ShortTimeFourier::new(layout).analyze(&sound).magnitudes();
        let mel_bands = MelBands::new(BANDS, layout, RATE_HZ);
        let (mut powers, mut magnitudes) = ([0.0; BANDS], [0.0; BANDS]);
        for spectrum in spectra.iter().skip(20).take(160) {
            mel_bands.magnitudes(spectrum, &mut magnitudes);
            powers
                .iter_mut()
                .zip(magnitudes)
                .for_each(|(sum, magnitude)| *sum += magnitude * magnitude / 160.0);
        }
        let loudest = levels_db.iter().copied().fold(f32::MIN, f32::max);
        // Noise fills the spectrum above the last harmonic of a low tone.
        let last_hz = HARMONIC_COUNT as f32 * frequency_hz;
        let below = levels_db.iter().zip(powers).enumerate().filter(|(band, _)| band_end_hz(*band) < last_hz);
        let audible = below.map(|(_, pair)| pair).filter(|(level, _)| **level > loudest - 60.0);
        let differences: Vec<f32> =
            audible.map(|(level, power)| (level - (10.0 * power.log10() - power_db)).abs()).collect();
        let mean = differences.iter().sum::<f32>() / differences.len() as f32;
        assert!(differences.len() > BANDS / 2 && mean < 0.7, "{mean} dB at {frequency_hz} Hz");
    }
}

#[test]
fn the_gradient_is_that_of_the_levels() {
    let mut bands = bands();
    let ToneFeatures { mut envelope_db, mut noise_db, frequency_hz, .. } = features(196.0);
    let of_levels: [f32; BANDS] = std::array::from_fn(|band| (band as f32).cos());
    let mut sum = |envelope_db: &[f32], noise_db: &[f32]| {
        let mut levels_db = [0.0; BANDS];
        bands.levels(envelope_db, noise_db, frequency_hz, &mut levels_db);
        let sum: f64 = levels_db.iter().zip(of_levels).map(|(level, part)| f64::from(level * part)).sum();
        let (mut of_envelope, mut of_noise) = ([0.0; ENVELOPE_COUNT], [0.0; NOISE_LEVEL_COUNT]);
        bands.gradient(&of_levels, &mut of_envelope, &mut of_noise);
        (sum, of_envelope, of_noise)
    };
    let (_, of_envelope, of_noise) = sum(&envelope_db, &noise_db);
    const STEP_DB: f32 = 0.1;
    for knot in [0, 3, 20, 45, 63] {
        let was = envelope_db[knot];
        let [high, low] = [was + STEP_DB, was - STEP_DB].map(|level| {
            envelope_db[knot] = level;
            sum(&envelope_db, &noise_db).0
        });
        envelope_db[knot] = was;
        let found = (high - low) / f64::from(2.0 * STEP_DB);
        assert!((found - f64::from(of_envelope[knot])).abs() < 5e-3, "{found} and {}", of_envelope[knot]);
    }
    for knot in [0, 17, 39] {
        let was = noise_db[knot];
        let [high, low] = [was + STEP_DB, was - STEP_DB].map(|level| {
            noise_db[knot] = level;
            sum(&envelope_db, &noise_db).0
        });
        noise_db[knot] = was;
        let found = (high - low) / f64::from(2.0 * STEP_DB);
        assert!((found - f64::from(of_noise[knot])).abs() < 5e-3, "{found} and {}", of_noise[knot]);
    }
}

#[test]
fn silence_and_absurd_pitches_give_finite_levels() {
    let mut bands = bands();
    for frequency_hz in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e-9, 1e9] {
        let mut levels_db = [f32::NAN; BANDS];
        bands.levels(&[-100.0; ENVELOPE_COUNT], &[-100.0; NOISE_LEVEL_COUNT], frequency_hz, &mut levels_db);
        assert!(levels_db.iter().all(|level| level.is_finite()), "at {frequency_hz} Hz");
    }
}
