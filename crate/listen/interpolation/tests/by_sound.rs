//! Promises of an interpolation by sound: it begins and ends exactly, changes evenly where the straight way does
//! not, and never goes back and forth between waveforms. The tests imitate the ear, so that thousands of sounds
//! cost nothing; one test measures the voice.

use features::{FeatureExtractor, PerceptualDistance};
use interpolation::{
    InterpolationError, InterpolationFigures, InterpolationSearch, MeasuredScales, PatchPair, PlayedNote,
    SCALE_COUNT, by_sound, measure_latent, measure_scales, through, way_by_sound,
};
use patch::Parameter::{FilterCutoff, FilterResonance, FilterType, MasterVol, Osc1Pulsewidth, Osc1Waveform};
use patch::Patch;

const STEPS: usize = 9;

fn pair() -> PatchPair {
    let (mut from, mut to) = (Patch::default(), Patch::default());
    for (parameter, [start, end]) in [
        (FilterCutoff, [-0.5, 1.5]),
        (FilterResonance, [0.0, 0.6]),
        (Osc1Waveform, [1.0, 3.0]),
        (Osc1Pulsewidth, [0.0, 0.8]),
    ] {
        from.set(parameter, start);
        to.set(parameter, end);
    }
    PatchPair::new(from, to).unwrap()
}

/// Scales that depend on the parameters in curves and jumps.
fn heard(patches: &[Patch]) -> Vec<Option<MeasuredScales>> {
    let sound = |patch: &Patch| {
        let [cutoff, resonance, width] =
            [FilterCutoff, FilterResonance, Osc1Pulsewidth].map(|own| f64::from(patch.get(own)));
        let wave = if patch.get(Osc1Waveform) > 2.0 { 12.0 } else { 0.0 };
        let bright = 40.0 + 25.0 * (2.0 * cutoff).tanh() + wave;
        let sharp = 30.0 + 40.0 * resonance * resonance;
        let scales =
            std::array::from_fn(|at| if at % 2 == 0 { bright } else { sharp + 20.0 * width.powi(3) });
        MeasuredScales { scales, loudness_lufs: -20.0 }
    };
    patches.iter().map(|patch| (patch.get(MasterVol) > 0.0).then(|| sound(patch))).collect()
}

fn figures(patches: &[Patch]) -> InterpolationFigures {
    InterpolationFigures::new(&heard(patches).into_iter().collect::<Option<Vec<_>>>().unwrap())
}

#[test]
fn it_is_more_even_than_the_straight_way_and_ends_exactly() {
    let mut renders = 0;
    let patches = by_sound(&pair(), STEPS, |asked| {
        renders += asked.len();
        heard(asked)
    })
    .unwrap();
    assert_eq!((patches.len(), patches[0], patches[STEPS - 1]), (STEPS, pair().from, pair().to));
    let [own, straight] = [figures(&patches), figures(&pair().straight(STEPS))];
    assert!(own.nonlinearity < 0.2 * straight.nonlinearity, "{own:?}, straight {straight:?}");
    assert!(own.second_difference < 0.7 * straight.second_difference, "{own:?}, straight {straight:?}");
    assert!(renders < 420, "{renders}");
    let waves: Vec<f32> = patches.iter().map(|patch| patch.get(Osc1Waveform)).collect();
    assert!(waves.windows(2).all(|pair| pair[0] <= pair[1]), "{waves:?}");
    assert_eq!(patches, by_sound(&pair(), STEPS, heard).unwrap(), "the same each time");
}

#[test]
fn what_changes_the_sound_least_switches_first() {
    for (waveform_points, filter_points) in [(12.0, 2.0), (2.0, 12.0)] {
        let mut pair = pair();
        pair.to.set(FilterType, 2.0);
        let sound = |patch: &Patch| {
            let waveform = if patch.get(Osc1Waveform) > 2.0 { waveform_points } else { 0.0 };
            let filter = if patch.get(FilterType) > 1.0 { filter_points } else { 0.0 };
            let scales = [50.0 + waveform + filter; SCALE_COUNT];
            Some(MeasuredScales { scales, loudness_lufs: -20.0 })
        };
        let mut search = InterpolationSearch::new(pair, STEPS);
        let ends: Vec<_> = search.candidates().iter().map(sound).collect();
        search.record(&ends).unwrap();
        let switched = |patch: &Patch| [patch.get(Osc1Waveform) > 2.0, patch.get(FilterType) > 1.0];
        let alone: Vec<[bool; 2]> =
            search.candidates().iter().map(switched).filter(|[one, other]| one != other).collect();
        let is_filter_first = filter_points < waveform_points;
        assert!(!alone.is_empty());
        assert!(alone.iter().all(|own| *own == [!is_filter_first, is_filter_first]), "{alone:?}");
    }
}

/// The same sounds with a loudness that falls in the middle of the way, and follows the volume.
fn faint(patches: &[Patch]) -> Vec<Option<MeasuredScales>> {
    let sound = |(patch, sound): (&Patch, Option<MeasuredScales>)| {
        let middle = f64::from(0.5 - patch.get(FilterCutoff)).abs();
        let volume_db = 40.0 * f64::from(patch.get(MasterVol)).log10();
        let loudness_lufs = -20.0 - 8.0 * (1.0 - middle) + volume_db;
        sound.map(|own| MeasuredScales { loudness_lufs, ..own })
    };
    patches.iter().zip(heard(patches)).map(sound).collect()
}

#[test]
fn the_way_is_as_loud_as_its_ends_between_the_found_patches_too() {
    let way = way_by_sound(&pair(), STEPS, faint).unwrap();
    let places = through(&way, 97);
    let level_db = |patches: &[Patch]| {
        let sounds: Vec<MeasuredScales> = faint(patches).into_iter().flatten().collect();
        InterpolationFigures::new(&sounds).level_db
    };
    assert!(level_db(&pair().straight(97)) > 6.0);
    assert!(level_db(&places) < 1.5, "{}", level_db(&places));
    assert_eq!((places[0], places[96]), (pair().from, pair().to));
    let found = by_sound(&pair(), STEPS, faint).unwrap();
    assert!((0..STEPS).all(|step| found[step] == places[12 * step]), "the same patches");
}

#[test]
fn three_steps_are_the_ends_and_one_between() {
    let patches = by_sound(&pair(), 3, heard).unwrap();
    assert_eq!((patches.len(), patches[0], patches[2]), (3, pair().from, pair().to));
    let between = heard(&patches)[1].unwrap().scales;
    let ends = [heard(&patches)[0].unwrap().scales, heard(&patches)[2].unwrap().scales];
    for at in 0..SCALE_COUNT {
        assert!((between[at] - 0.5 * (ends[0][at] + ends[1][at])).abs() < 1.5, "{at}: {between:?} {ends:?}");
    }
}

#[test]
fn a_silent_end_is_refused() {
    let mut pair = pair();
    pair.to.set(MasterVol, 0.0);
    assert_eq!(by_sound(&pair, STEPS, heard), Err(InterpolationError::Silent));
}

#[test]
fn the_voice_is_measured_and_silence_is_none() {
    let mut silent = Patch::default();
    silent.set(MasterVol, 0.0);
    let sounds = measure_scales(&[pair().from, silent, pair().to], PlayedNote::TEST, |_| ());
    assert!(sounds[1].is_none());
    let brightness = |at: usize| sounds[at].unwrap().scales[2];
    assert!(brightness(2) > brightness(0) + 5.0, "{sounds:?}");
}

#[test]
fn principal_components_tell_sounds_apart_and_silence_is_none() {
    let mut silent = Patch::default();
    silent.set(MasterVol, 0.0);
    let patches = [pair().from, silent, pair().to];
    let mut extractor = FeatureExtractor::new();
    let set: Vec<_> = pair().straight(5).iter().map(|patch| extractor.extract(patch)).collect();
    let sounds = measure_latent(&patches, &PerceptualDistance::fit(&set), |_| ());
    assert!(sounds[1].is_none());
    let [from, to] = [0, 2].map(|at| sounds[at].unwrap().scales);
    let apart = from.iter().zip(&to).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    assert!(apart > 5.0, "{apart}");
}
