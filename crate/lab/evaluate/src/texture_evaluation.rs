//! The figures of a model of textures: the accuracy of sounds decoded from its latent numbers, beside phases alone,
//! principal components of as many numbers, and models of tones.

use crate::error::EvaluateError;
use crate::estimate::Estimate;
use crate::tone_components::PrincipalComponents;
use crate::tone_evaluation::{COMPARED_BANDS, COMPONENT_COUNTS, estimate};
use crate::tone_notes::ToneNotes;
use frame_model::{
    BIN_COUNT, NoteSound, TextureLevels, TextureModel, TimbreModel, bin_weights, texture_columns,
    texture_layout,
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use spectral::{
    FrameLayout, Lookahead, Magnitudes, MelBands, ShortTimeFourier, SpectralError, band_difference_db,
    reconstruct, spectral_convergence_db,
};
use std::fmt::{self, Display};
use std::time::Instant;

/// Frames of a learned sound that principal components are computed from.
const COMPONENT_FRAMES: usize = 16;

/// The accuracy for a set of sounds: mean difference of 80 mel bands, in dB.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextureLine {
    /// The set.
    pub sounds: String,
    /// The number of sounds.
    pub count: usize,
    /// Exact magnitudes with phases by RTPGHI(0).
    pub phases_db: Estimate,
    /// 8 and 16 principal components of the learned sounds' levels, weighted as the model's errors.
    pub components_db: Option<[Estimate; 2]>,
    /// The model.
    pub model_db: Estimate,
    /// The models beside it, in their order.
    pub beside_db: Vec<Estimate>,
    /// Mean spectral convergence in dB, of phases alone and of the model.
    pub convergence_db: [f64; 2],
    /// Time of a frame in µs while nothing else is measured: analysis, networks, phases and synthesis of the first
    /// sound. Not in JSON, which is the same for every call.
    #[serde(skip)]
    pub frame_us: f64,
}

/// The figures of a model of textures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextureReport {
    /// The model's domain.
    pub domain: String,
    /// Its latent numbers.
    pub latents: usize,
    /// The models beside it: the kind of each, and its domain.
    pub beside: Vec<String>,
    /// A line for each set of unheard sounds.
    pub kept: Vec<TextureLine>,
}

/// Evaluates a model of textures, and others on the same sounds. `progress` gets the stage, its number of sounds, and
/// the number of further sounds that are done, from any thread.
///
/// # Errors
/// [`EvaluateError::Tones`] if the sample rate of a sound is outside of 8 to 192 kHz.
pub fn evaluate_textures(
    model: &TextureModel,
    beside: &[TimbreModel],
    sounds: &ToneNotes,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<TextureReport, EvaluateError> {
    let count = sounds.unheard.iter().map(|set| set.notes.len()).sum();
    progress("Coding sounds", count, 0);
    let components = if sounds.learned.is_empty() {
        None
    } else {
        let rows = sounds.learned.par_iter().map(weighted_columns);
        let rows: Vec<_> = rows.collect::<Result<_, SpectralError>>()?;
        Some(PrincipalComponents::of(&rows, BIN_COUNT))
    };
    let model = TimbreModel::Textures(model.clone());
    let mut kept = Vec::new();
    for set in sounds.unheard.iter().filter(|set| !set.notes.is_empty()) {
        let figures = |sound: &NoteSound| {
            let figures = TextureFigures::of(&model, beside, components.as_ref(), sound);
            progress("Coding sounds", count, 1);
            figures
        };
        let figures: Vec<TextureFigures> =
            set.notes.par_iter().map(figures).collect::<Result<_, SpectralError>>()?;
        let of = |figure: &dyn Fn(&TextureFigures) -> f64| {
            estimate(&figures.iter().map(figure).collect::<Vec<_>>())
        };
        kept.push(TextureLine {
            sounds: set.name.clone(),
            count: figures.len(),
            phases_db: of(&|sound| sound.phases[0]),
            components_db: components.as_ref().map(|_| [0, 1].map(|at| of(&|sound| sound.components_db[at]))),
            model_db: of(&|sound| sound.model[0]),
            beside_db: (0..beside.len()).map(|at| of(&|sound| sound.beside_db[at])).collect(),
            convergence_db: [of(&|sound| sound.phases[1]).value, of(&|sound| sound.model[1]).value],
            frame_us: frame_us(&model, &set.notes[0])?,
        });
    }
    Ok(TextureReport {
        domain: model.parts().domain.name.clone(),
        latents: model.parts().latents(),
        beside: beside.iter().map(kind_and_domain).collect(),
        kept,
    })
}

fn kind_and_domain(model: &TimbreModel) -> String {
    let kind = match model {
        TimbreModel::Tones(_) => "tones",
        TimbreModel::Textures(_) => "textures",
    };
    format!("{kind} {}", model.parts().domain.name)
}

/// The levels of a sound's frames, each multiplied by the root of its weight, so that the components minimise the same
/// errors as the training.
fn weighted_columns(sound: &NoteSound) -> Result<Vec<[f32; BIN_COUNT]>, SpectralError> {
    let mut rows = texture_columns(sound, COMPONENT_FRAMES)?;
    let weights = bin_weights();
    for row in &mut rows {
        row.iter_mut().zip(&weights).for_each(|(level, weight)| *level *= weight.sqrt());
    }
    Ok(rows)
}

/// The difference of bands for each method, in dB; for some methods also the spectral convergence, in dB.
struct TextureFigures {
    phases: [f64; 2],
    components_db: [f64; 2],
    model: [f64; 2],
    beside_db: Vec<f64>,
}

impl TextureFigures {
    fn of(
        model: &TimbreModel,
        beside: &[TimbreModel],
        components: Option<&PrincipalComponents>,
        sound: &NoteSound,
    ) -> Result<Self, SpectralError> {
        let rate_hz = sound.sample_rate_hz as f32;
        let length = sound.samples.len();
        // All methods are compared in the frames in which tones are compared.
        let compared = FrameLayout::default();
        let bands = MelBands::new(COMPARED_BANDS, compared, rate_hz);
        let mut transform = ShortTimeFourier::new(compared);
        let original = transform.analyze(&sound.samples).magnitudes();
        let mut compare = |made: Vec<f32>| {
            let made = transform.analyze(&made).magnitudes();
            [band_difference_db(&original, &made, &bands), spectral_convergence_db(&original, &made)]
        };
        let layout = texture_layout(rate_hz);
        let mut own = ShortTimeFourier::new(layout);
        let magnitudes = own.analyze(&sound.samples).magnitudes();
        let mut with_phases = |magnitudes: &Magnitudes| {
            own.synthesize(&reconstruct(magnitudes, layout, Lookahead::Causal)?, length)
        };
        let phases = compare(with_phases(&magnitudes)?);
        let mut components_db = [0.0; 2];
        for (figure, count) in components_db.iter_mut().zip(COMPONENT_COUNTS) {
            let Some(components) = components else { continue };
            [*figure, _] = compare(with_phases(&reduced(components, count, &magnitudes, rate_hz)?)?);
        }
        let model = compare(model.decode(&model.encode(&sound.samples, rate_hz)?, rate_hz, length)?);
        let through = |beside: &TimbreModel| {
            let made = beside.decode(&beside.encode(&sound.samples, rate_hz)?, rate_hz, length)?;
            Ok(compare(made)[0])
        };
        let beside_db = beside.iter().map(through).collect::<Result<_, SpectralError>>()?;
        Ok(Self { phases, components_db, model, beside_db })
    }
}

/// The computing time of a model for a frame of a sound, in µs, on this thread.
fn frame_us(model: &TimbreModel, sound: &NoteSound) -> Result<f64, SpectralError> {
    let (rate_hz, length) = (sound.sample_rate_hz as f32, sound.samples.len());
    let frames = ShortTimeFourier::new(texture_layout(rate_hz)).analyze(&sound.samples).magnitudes().count();
    let begun = Instant::now();
    model.decode(&model.encode(&sound.samples, rate_hz)?, rate_hz, length)?;
    Ok(1e6 * begun.elapsed().as_secs_f64() / frames.max(1) as f64)
}

/// A sound's frames, projected on `count` components, at their level.
fn reduced(
    components: &PrincipalComponents,
    count: usize,
    magnitudes: &Magnitudes,
    rate_hz: f32,
) -> Result<Magnitudes, SpectralError> {
    let mut levels = TextureLevels::new(texture_layout(rate_hz), rate_hz)?;
    let roots = bin_weights().map(f32::sqrt);
    let mut made = Magnitudes::zeros(magnitudes.bins(), magnitudes.count());
    for (frame, own) in magnitudes.iter().zip(made.iter_mut()) {
        let mut row = [0.0; BIN_COUNT];
        let level_db = levels.read(frame, &mut row);
        row.iter_mut().zip(&roots).for_each(|(level, root)| *level *= root);
        let kept = components.kept(count, &row);
        for ((level, kept), root) in row.iter_mut().zip(kept).zip(&roots) {
            *level = kept as f32 / root;
        }
        levels.write(&row, level_db, own);
    }
    Ok(made)
}

impl Display for TextureReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = |one: &Estimate| format!("{:.2} ({}) dB", one.value, one.interval_text(2, " to "));
        let beside: String = self.beside.iter().map(|name| format!(" model of {name} |")).collect();
        writeln!(f, "{}\n", self.domain)?;
        writeln!(
            f,
            "| sounds | phases alone | 8 principal components | 16 | the model, {} numbers |{beside} spectral convergence \
             of phases alone, of the model | µs a frame, alone |\n|---|---|---|---|---|{}---|---|",
            self.latents,
            "---|".repeat(self.beside.len())
        )?;
        for line in &self.kept {
            let [few, many] = line
                .components_db
                .map_or(["–"; 2].map(String::from), |both| both.map(|one| format!("{:.2} dB", one.value)));
            let beside: String = line.beside_db.iter().map(|one| format!(" {} |", wide(one))).collect();
            writeln!(
                f,
                "| {} of {} | {} | {few} | {many} | {} |{beside} {:.1} dB, {:.1} dB | {:.0} |",
                line.count,
                line.sounds,
                wide(&line.phases_db),
                wide(&line.model_db),
                line.convergence_db[0],
                line.convergence_db[1],
                line.frame_us,
            )?;
        }
        Ok(())
    }
}
