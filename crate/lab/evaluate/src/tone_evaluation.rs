//! The figures of a latent space of tones: the accuracy of notes decoded from its numbers, beside the accuracy of the
//! features alone and of principal components of as many numbers. Also the effect of a transfer on the notes of other
//! domains.

use crate::error::EvaluateError;
use crate::estimate::Estimate;
use crate::tone_components::ToneComponents;
use crate::tone_life::{LifeLine, life_line};
use crate::tone_notes::{NoteSet, ToneNotes};
use crate::tone_transfer::{KEPT_CENTS, TransferReport, evaluate_transfer};
use frame_model::{
    FrameModel, NoteSound, ToneCoder, TonePitch, decode_sound, encode_sound, frame_layout, transferred,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use spectral::{
    MelBands, ShortTimeFourier, SpectralError, ToneFeatureMap, ToneFeatures, ToneFrame, analyze_tone,
    band_difference_db, spectral_convergence_db, synthesize_tone,
};
use std::fmt::{self, Display};

/// Principal components that a model is compared with.
pub(crate) const COMPONENT_COUNTS: [usize; 2] = [8, 16];
/// Mel bands whose levels are compared.
pub const COMPARED_BANDS: usize = 80;

/// The accuracy for a set of notes: mean difference of 80 mel bands, in dB.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptLine {
    /// The set.
    pub notes: String,
    /// The number of notes.
    pub count: usize,
    /// The features without a network.
    pub features_db: Estimate,
    /// 8 and 16 principal components of the learned notes.
    pub components_db: Option<[Estimate; 2]>,
    /// The model.
    pub model_db: Estimate,
    /// A transfer to their own domain at full strength, which limits the latent numbers.
    pub transferred_db: Estimate,
    /// Mean spectral convergence in dB, without a network and of the model.
    pub convergence_db: [f64; 2],
}

/// The figures of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToneReport {
    /// The model's domain.
    pub domain: String,
    /// Its latent numbers.
    pub latents: usize,
    /// A line for each set of unheard notes.
    pub kept: Vec<KeptLine>,
    /// The courses of played tones in time, for each of these sets, if the model has contours.
    pub life: Vec<LifeLine>,
    /// The transfers, if there are learned notes and others.
    pub transfer: Option<TransferReport>,
}

/// Evaluates a model. `progress` gets the stage, its number of notes, and the number of further notes that are done,
/// from any thread.
///
/// # Errors
/// [`EvaluateError::Tones`] if the sample rate of a note is outside of 8 to 192 kHz.
pub fn evaluate_tones(
    model: &FrameModel,
    notes: &ToneNotes,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<ToneReport, EvaluateError> {
    let count = notes.unheard.iter().map(|set| set.notes.len()).sum();
    progress("Coding notes", count, 0);
    let components = if notes.learned.is_empty() {
        None
    } else {
        let columns: Vec<_> =
            notes.learned.par_iter().map(NoteSound::columns).collect::<Result<_, SpectralError>>()?;
        Some(ToneComponents::of(&columns))
    };
    let done = || progress("Coding notes", count, 1);
    let sets = notes.unheard.iter().filter(|set| !set.notes.is_empty());
    let kept = sets
        .map(|set| kept_line(model, components.as_ref(), set, &done))
        .collect::<Result<_, SpectralError>>()?;
    let lives = |set: &NoteSet| life_line(model, &set.name, &set.notes).transpose();
    let life = if model.contours.is_empty() {
        Vec::new()
    } else {
        notes.unheard.iter().filter_map(lives).collect::<Result<_, SpectralError>>()?
    };
    let moved = notes.others.iter().map(|set| set.notes.len()).sum();
    let transfer = if moved > 0 && !notes.learned.is_empty() {
        progress("Transferring notes", moved, 0);
        let done = || progress("Transferring notes", moved, 1);
        Some(evaluate_transfer(model, &notes.learned, &notes.unheard, &notes.others, &done)?)
    } else {
        None
    };
    Ok(ToneReport { domain: model.domain.name.clone(), latents: model.latents(), kept, life, transfer })
}

fn kept_line(
    model: &FrameModel,
    components: Option<&ToneComponents>,
    set: &NoteSet,
    done: &(dyn Fn() + Sync),
) -> Result<KeptLine, SpectralError> {
    let figures = |note: &NoteSound| {
        let figures = NoteFigures::of(model, components, note);
        done();
        figures
    };
    let figures: Vec<NoteFigures> = set.notes.par_iter().map(figures).collect::<Result<_, _>>()?;
    let of = |figure: &dyn Fn(&NoteFigures) -> f64| estimate(&figures.iter().map(figure).collect::<Vec<_>>());
    Ok(KeptLine {
        notes: set.name.clone(),
        count: figures.len(),
        features_db: of(&|note| note.features[0]),
        components_db: components.map(|_| [0, 1].map(|at| of(&|note| note.components_db[at]))),
        model_db: of(&|note| note.model[0]),
        transferred_db: of(&|note| note.transferred_db),
        convergence_db: [of(&|note| note.features[1]).value, of(&|note| note.model[1]).value],
    })
}

/// The difference of bands for each method, in dB; for some methods also the spectral convergence, in dB.
struct NoteFigures {
    features: [f64; 2],
    components_db: [f64; 2],
    model: [f64; 2],
    transferred_db: f64,
}

impl NoteFigures {
    fn of(
        model: &FrameModel,
        components: Option<&ToneComponents>,
        note: &NoteSound,
    ) -> Result<Self, SpectralError> {
        let rate_hz = note.sample_rate_hz as f32;
        let layout = frame_layout(rate_hz);
        let bands = MelBands::new(COMPARED_BANDS, layout, rate_hz);
        let mut transform = ShortTimeFourier::new(layout);
        let original = transform.analyze(&note.samples).magnitudes();
        let mut compare = |made: Vec<f32>| {
            let made = transform.analyze(&made).magnitudes();
            [band_difference_db(&original, &made, &bands), spectral_convergence_db(&original, &made)]
        };
        let features = compare(through_features(note, |_, _| ())?);
        let mut components_db = [0.0; 2];
        for (figure, count) in components_db.iter_mut().zip(COMPONENT_COUNTS) {
            let Some(components) = components else { continue };
            [*figure, _] = compare(through_features(note, |features, _| components.reduce(count, features))?);
        }
        let [transferred_db, _] = compare(transferred(model, &note.samples, rate_hz, 1.0)?);
        let frames = encode_sound(model, &note.samples, rate_hz)?;
        let model = compare(decode_sound(model, &frames, rate_hz, note.samples.len())?);
        Ok(Self { features, components_db, model, transferred_db })
    }
}

/// Analysis and synthesis with the features changed on the way, at their pitch and level.
fn through_features(
    note: &NoteSound,
    change: impl Fn(&mut ToneFeatures, &ToneFrame),
) -> Result<Vec<f32>, SpectralError> {
    let rate_hz = note.sample_rate_hz as f32;
    let layout = frame_layout(rate_hz);
    let mut map = ToneFeatureMap::new(layout, rate_hz)?;
    let mut frames = analyze_tone(&note.samples, layout, rate_hz)?;
    let mut features = ToneFeatures::default();
    for (_, frame) in &mut frames {
        map.features(frame, &mut features);
        let pitch = TonePitch::of(frame, &features);
        change(&mut features, frame);
        ToneCoder::frame_of(&map, &mut features, pitch, frame);
    }
    synthesize_tone(frames.iter().map(|(_, frame)| frame), layout, rate_hz, note.samples.len())
}

/// The fewest values with an interval: the interval of two values would be over twelve times as wide as their distance.
const LEAST_FOR_INTERVAL: usize = 3;

/// Student's quantile of .975 by its expansion for many degrees of freedom (Abramowitz and Stegun, 26.7.5); 0.7 % too
/// low for two, nearer for more.
fn students_quantile(freedom: f64) -> f64 {
    const TERMS: [f64; 5] = [1.959_964, 2.372_271, 2.822_499, 2.555_850, 1.589_534];
    TERMS.iter().rev().fold(0.0, |sum, term| sum / freedom + term)
}

/// The mean with its 95 % interval by Student's distribution; 0 without values.
pub(crate) fn estimate(values: &[f64]) -> Estimate {
    let count = values.len().max(1) as f64;
    let value = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|one| (one - value).powi(2)).sum::<f64>();
    let freedom = (count - 1.0).max(1.0);
    let reach = students_quantile(freedom) * (squares / freedom / count).sqrt();
    let interval = (values.len() >= LEAST_FOR_INTERVAL).then_some([value - reach, value + reach]);
    Estimate { value, interval }
}

impl Display for ToneReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = |one: &Estimate| format!("{:.2} ({}) dB", one.value, one.interval_text(2, " to "));
        writeln!(f, "{}\n", self.domain)?;
        writeln!(
            f,
            "| notes | features, no network | 8 principal components | 16 | the model, {} numbers | \
             transferred to their own domain | spectral convergence without a network, with it |\n\
             |---|---|---|---|---|---|---|",
            self.latents
        )?;
        for line in &self.kept {
            let [few, many] = line
                .components_db
                .map_or(["–"; 2].map(String::from), |both| both.map(|one| format!("{:.2} dB", one.value)));
            writeln!(
                f,
                "| {} of {} | {} | {few} | {many} | {} | {} | {:.1} dB, {:.1} dB |",
                line.count,
                line.notes,
                wide(&line.features_db),
                wide(&line.model_db),
                wide(&line.transferred_db),
                line.convergence_db[0],
                line.convergence_db[1],
            )?;
        }
        if !self.life.is_empty() {
            writeln!(
                f,
                "\n| played notes, steady and living | attack, octaves | modulation of the level, dB | of the pitch, dB | \
                 bands in the first 0.3 s, dB | of the whole note, dB | nearer |\n|---|---|---|---|---|---|---|"
            )?;
        }
        self.life.iter().try_for_each(|line| writeln!(f, "{line}"))?;
        self.transfer.as_ref().map_or(Ok(()), |transfer| write!(f, "\n{transfer}"))
    }
}

impl Display for TransferReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| transferred notes | frames with a pitch, within {KEPT_CENTS:.0} cents after | kernel distance of a note from \
             the domain before, after | nearer after | of all together before, after |\n|---|---|---|---|---|"
        )?;
        let dash = || "–".to_owned();
        let both = |pair: Option<[f64; 2]>| {
            pair.map_or_else(dash, |[before, after]| format!("{before:.3}, {after:.3}"))
        };
        for line in &self.lines {
            let share = 100.0 * line.frames_in_tune as f64 / line.voiced_frames as f64;
            writeln!(
                f,
                "| {} of {} | {}, {} | {} | {} of {} | {} |",
                line.count,
                line.notes,
                line.voiced_frames,
                if line.voiced_frames > 0 { format!("{share:.1} %") } else { dash() },
                both(line.note_distances),
                line.nearer,
                line.compared,
                both(line.distances),
            )?;
        }
        for (name, distance) in &self.own {
            let distance = distance.map_or_else(dash, |distance| format!("{distance:.3}"));
            writeln!(f, "| for comparison: {name} as it is | – | – | – | {distance} |")?;
        }
        write!(f, "\nThe kernel's bandwidth is {:.1} dB.", self.bandwidth_db)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Student's quantiles of .975 (Abramowitz and Stegun, table 26.10): 4.303, 2.571 and 1.980.
    #[test]
    fn few_notes_have_a_wide_interval_or_none() {
        for (count, quantile) in [(3, 4.303), (6, 2.571), (121, 1.980)] {
            let values: Vec<f64> = (0..count).map(f64::from).collect();
            let count = f64::from(count);
            let Estimate { value, interval } = estimate(&values);
            let reach = quantile * ((count + 1.0) / 12.0).sqrt();
            let [low, high] = interval.expect("an interval");
            assert!(((high - value) / reach - 1.0).abs() < 0.01, "{count}: {high}, not {value} and {reach}");
            assert!((low + high - 2.0 * value).abs() < 1e-9);
        }
        assert_eq!(estimate(&[1.0, 2.0]).interval, None);
    }
}
