//! The program of the page's analysis worker, loaded when first needed: descriptors, points of patches, the patches
//! that sound like a sound, sketches, macro-controls, and patches between others. It may be slow: nothing waits for it.
//! `protocol::AnalysisCall` and `protocol::ScriptCall` declare the calls. Errors are sentences.
#![forbid(unsafe_code)]

mod answer_calls;
mod between;
mod comparisons;
mod macros;
mod measurements;
mod performance_numbers;
mod placement;
mod rhythms;
mod sketch_calls;
mod sketches;
mod strands;

use features::FeatureExtractor;
use interpolation::{InterpolationError, PatchPair, PlayedNote, among, changed};
use patch::{PARAMETER_COUNT, Parameter, Patch};
use plane::{Point, Presets, PrincipalPlane};
use timbre::{Analyzer, Descriptor};
use wasm_bindgen::prelude::*;

use between::{BetweenFinder, strongest, values_of};
use macros::MacroFinder;
use placement::Placement;
use rhythms::RhythmFinder;
use sketches::SketchFinder;
use strands::SoundSearch;

/// The worker's state.
#[wasm_bindgen]
#[derive(Default)]
pub struct AnalysisWorker {
    /// The analyzer for the sample rate of the last sound.
    analyzer: Option<Analyzer>,
    placement: Option<Placement>,
    /// Measures patches.
    extractor: Option<FeatureExtractor>,
    search: SoundSearch,
    macros: MacroFinder,
    between: BetweenFinder,
    sketches: SketchFinder,
    rhythms: RhythmFinder,
    /// The plane of principal components, which a lesson compares with the latent plane.
    principal: PrincipalPlane,
}

#[wasm_bindgen]
impl AnalysisWorker {
    /// Starts without a model.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The eight descriptors of a stereo sound, in the order of `timbre::Descriptor::ALL`: seven scales of 0…100
    /// points, then reverb as 0 or 1. Empty if the sound is too short.
    ///
    /// # Errors
    /// If the models do not support the sample rate.
    pub fn describe(
        &mut self,
        left: &[f32],
        right: &[f32],
        sample_rate_hz: u32,
    ) -> Result<Vec<f64>, JsError> {
        let planned = self.analyzer.take().filter(|analyzer| analyzer.sample_rate_hz() == sample_rate_hz);
        let analyzer = planned.map_or_else(|| Analyzer::new(sample_rate_hz), Ok)?;
        // Silence and very short sounds are not an error, but have no descriptors.
        let descriptors = self.analyzer.insert(analyzer).analyze_stereo(left, right).ok();
        Ok(descriptors.map_or_else(Vec::new, |descriptors| {
            let descriptors = descriptors.clipped();
            Descriptor::ALL.map(|descriptor| descriptors.get(descriptor)).to_vec()
        }))
    }

    /// Loads the two networks of a model from the bytes of their files.
    ///
    /// # Errors
    /// If a file is not a latent-pad model; the old model stays.
    pub fn load_model(&mut self, encoder: &[u8], decoder: &[u8]) -> Result<(), JsError> {
        self.placement = Some(Placement::new(encoder, decoder)?);
        Ok(())
    }

    /// The 41 stored values at a point of the plane.
    ///
    /// # Errors
    /// As [`AnalysisWorker::encode`].
    pub fn decode(&mut self, x: f32, y: f32) -> Result<Vec<f32>, JsError> {
        Ok(self.placement()?.decode(Point { x, y })?.values().to_vec())
    }

    /// The encoder's points (x, y, within the plane) for patches of 41 stored values each. Measures the timbre, too,
    /// if there is only one patch.
    ///
    /// # Errors
    /// Without a model, or if the model computes a number that is not finite.
    pub fn encode(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let placement = self.placement()?;
        let with_timbre = values.len() == PARAMETER_COUNT;
        let mut points = Vec::with_capacity(values.len() / PARAMETER_COUNT * 2);
        for values in values.chunks(PARAMETER_COUNT) {
            points.extend(<[f32; 2]>::from(placement.encode(&patch_of(values)?, with_timbre)?));
        }
        Ok(points)
    }

    /// The point near (x, y) whose patch sounds most like one of 41 stored values, by mel features and timbral scales
    /// at the volume of decoded patches. Returns x, y, and the distance of the two sounds there at equal volume, in dB
    /// per band (root mean square).
    ///
    /// # Errors
    /// As [`AnalysisWorker::encode`].
    pub fn search_nearby(&mut self, values: &[f32], x: f32, y: f32) -> Result<Vec<f32>, JsError> {
        let patch = patch_of(values)?;
        let found = self.placement()?.search_nearby(&patch, Point { x, y })?;
        Ok(vec![found.point.x, found.point.y, found.distance])
    }

    /// Loads the sounds of the known presets from the bytes of `preset_sounds.bin` and of `presets.bin`.
    ///
    /// # Errors
    /// If one is damaged, or they do not belong together.
    pub fn load_sounds(&mut self, sounds: &[u8], presets: &[u8]) -> Result<(), JsError> {
        Ok(self.search.load(sounds, presets)?)
    }

    /// Loads the network that guesses patches for sounds, from the bytes of `sound_to_patch.onnx`. Searches begin
    /// without it.
    ///
    /// # Errors
    /// If it is not such a network.
    pub fn load_guesser(&mut self, network: &[u8]) -> Result<(), JsError> {
        Ok(self.search.load_guesser(network)?)
    }

    /// Makes the plane of the settings' two principal components from the bytes of `presets.bin`. Returns the share of
    /// the variance that each explains, 0…1, then x and y of each preset.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn load_principal(&mut self, presets: &[u8]) -> Result<Vec<f32>, JsError> {
        let presets = Presets::from_bytes(presets)?;
        self.principal = PrincipalPlane::new(presets.all());
        let places = presets.all().iter().flat_map(|patch| self.principal.place(patch));
        Ok(self.principal.shares.map(|share| share as f32).into_iter().chain(places).collect())
    }

    /// The 41 stored values of the patch at a point of that plane.
    pub fn principal_patch(&self, x: f32, y: f32) -> Vec<f32> {
        self.principal.patch([x, y]).values().to_vec()
    }

    /// Takes the sound to be found, of one or two channels. Returns the code of its problem, its key, its cents and its
    /// length, see `protocol::ScriptCall::HearTarget`.
    pub fn hear_target(&mut self, left: &[f32], right: &[f32], sample_rate_hz: u32) -> Vec<f32> {
        self.search.hear(left, right, sample_rate_hz).to_vec()
    }

    /// The target from its onset to its end: one channel at 44.1 kHz.
    ///
    /// # Errors
    /// Without a target.
    pub fn target_samples(&self) -> Result<Vec<f32>, JsError> {
        Ok(self.search.target()?.samples().to_vec())
    }

    /// Begins a search. Returns its report, see `protocol::ScriptCall::BeginStrand`.
    ///
    /// # Errors
    /// Without a target or the sounds of the presets, or if the patch that is kept in part does not have 41 values.
    pub fn begin_strand(
        &mut self,
        index: u8,
        of: u8,
        renders: u32,
        kept: u8,
        locked: &[u8],
        values: &[f32],
    ) -> Result<Vec<f32>, JsError> {
        let from = if values.is_empty() { Patch::default() } else { patch_of(values)? };
        Ok(self.search.begin([index, of], renders, (kept, locked), from)?)
    }

    /// Goes on with a search. Returns its report.
    ///
    /// # Errors
    /// If it was not begun.
    pub fn step_strand(&mut self, index: u8) -> Result<Vec<f32>, JsError> {
        Ok(self.search.step(index)?)
    }

    /// The spectrogram of one channel at 44.1 kHz, see `protocol::ScriptCall::Spectrogram`.
    pub fn spectrogram(&self, samples: &[f32]) -> Vec<f32> {
        spectrogram(samples)
    }

    /// The spectrogram of a patch's test note, see `protocol::ScriptCall::PatchSpectrogram`.
    ///
    /// # Errors
    /// If there are not 41 values.
    pub fn patch_spectrogram(&self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let [left, right] = features::test_note::render(&patch_of(values)?);
        let mono: Vec<f32> = left.iter().zip(&right).map(|(left, right)| 0.5 * (left + right)).collect();
        Ok(spectrogram(&mono))
    }

    /// Begins the search for the macro-controls of a patch. Returns the patches to measure, see
    /// `protocol::ScriptCall::BeginMacros`.
    ///
    /// # Errors
    /// If there are not 41 values.
    pub fn begin_macros(&mut self, values: &[f32], kept: &[u8]) -> Result<Vec<f32>, JsError> {
        let kept: Vec<Parameter> =
            kept.iter().filter_map(|&index| Parameter::from_index(index.into())).collect();
        Ok(self.macros.begin(&patch_of(values)?, &kept))
    }

    /// Measures patches of 41 stored values each, see `protocol::ScriptCall::MeasureProperties`.
    ///
    /// # Errors
    /// If there are not 41 values for each.
    pub fn measure_properties(&mut self, values: &[f32], key: u8) -> Result<Vec<f64>, JsError> {
        Ok(self.macros.measure(&patches_of(values)?, key))
    }

    /// Measures the curve of a property early, see `protocol::ScriptCall::PreferMacro`.
    pub fn prefer_macro(&mut self, place: u8) {
        self.macros.prefer(place);
    }

    /// Takes the measurements. Returns the next patches, see `protocol::ScriptCall::RecordProperties`.
    ///
    /// # Errors
    /// If no search was begun, or the patch is silent.
    pub fn record_properties(&mut self, measured: &[f64]) -> Result<Vec<f32>, JsError> {
        Ok(self.macros.record(measured)?)
    }

    /// The ranges of the curves, see `protocol::ScriptCall::MacroReach`.
    ///
    /// # Errors
    /// If the patch is not measured yet.
    pub fn macro_reach(&self) -> Result<Vec<f64>, JsError> {
        Ok(self.macros.reach()?)
    }

    /// The 41 stored values of the patch at amounts of the eight properties.
    ///
    /// # Errors
    /// If the patch is not measured yet.
    pub fn macro_patch(&self, amounts: &[f32]) -> Result<Vec<f32>, JsError> {
        Ok(self.macros.patch(amounts)?.values().to_vec())
    }

    /// Patches on the straight line from one to another in the parameters, see `protocol::ScriptCall::PatchesBetween`.
    ///
    /// # Errors
    /// If there are not 82 values, or both patches are the same.
    pub fn patches_between(&self, values: &[f32], count: u8) -> Result<Vec<f32>, JsError> {
        Ok(values_of(&pair_of(values)?.straight(count.into())))
    }

    /// Patches on the straight line over the plane, see `protocol::ScriptCall::PatchesOverPlane`.
    ///
    /// # Errors
    /// As [`AnalysisWorker::patches_between`], and as [`AnalysisWorker::encode`].
    pub fn patches_over_plane(
        &mut self,
        values: &[f32],
        points: &[f32],
        count: u8,
    ) -> Result<Vec<f32>, JsError> {
        let pair = pair_of(values)?;
        let [from, to] = line_of(points)?;
        let last = f32::from(count.max(2) - 1);
        let placement = self.placement()?;
        let steps = 0..count.max(2);
        let line: Vec<Patch> = steps
            .map(|step| placement.decode(from.towards(to, f32::from(step) / last)))
            .collect::<Result<_, _>>()?;
        Ok(values_of(&pair.along(count.into(), |share| line[(share * last).round() as usize])))
    }

    /// Begins the search for patches between two by sound. Returns the patches to measure, see
    /// `protocol::ScriptCall::BeginBetween`.
    ///
    /// # Errors
    /// As [`AnalysisWorker::patches_between`].
    pub fn begin_between(&mut self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let PatchPair { from, to } = pair_of(values)?;
        Ok(self.between.begin(from, to)?)
    }

    /// Measures patches of 41 stored values each, see `protocol::ScriptCall::MeasureScales`.
    ///
    /// # Errors
    /// If there are not 41 values for each.
    pub fn measure_scales(&mut self, values: &[f32], key: u8, held_s: f32) -> Result<Vec<f64>, JsError> {
        Ok(self.between.measure(&patches_of(values)?, PlayedNote { key, held_s }))
    }

    /// The figures of a measured way, see `protocol::ScriptCall::WayFigures`.
    pub fn way_figures(&self, measured: &[f64]) -> Vec<f64> {
        between::figures(measured).to_vec()
    }

    /// Takes the measurements. Returns the next patches, see `protocol::ScriptCall::RecordScales`.
    ///
    /// # Errors
    /// If no search was begun, or one of its patches is silent.
    pub fn record_scales(&mut self, measured: &[f64]) -> Result<Vec<f32>, JsError> {
        Ok(self.between.record(measured)?)
    }

    /// Patches through the patches that were found, see `protocol::ScriptCall::PatchesBySound`.
    ///
    /// # Errors
    /// If no patches are found yet.
    pub fn patches_by_sound(&self, count: u8) -> Result<Vec<f32>, JsError> {
        Ok(self.between.found(count.into())?)
    }

    /// The 41 stored values of a patch among four, see `protocol::ScriptCall::PatchAmong`.
    ///
    /// # Errors
    /// If there are not 164 values.
    pub fn patch_among(&self, values: &[f32], across: f32, upward: f32) -> Result<Vec<f32>, JsError> {
        let corners =
            patches_of(values)?.try_into().map_err(|_| JsError::new("a square has four patches"))?;
        Ok(among(&corners, across, upward).values().to_vec())
    }

    /// A patch as the plane changes it from one point to another, see `protocol::ScriptCall::PatchAround`.
    ///
    /// # Errors
    /// If there are not 41 values and two points, and as [`AnalysisWorker::encode`].
    pub fn patch_around(&mut self, values: &[f32], points: &[f32]) -> Result<Vec<f32>, JsError> {
        let patch = patch_of(values)?;
        let [from, to] = line_of(points)?;
        let placement = self.placement()?;
        Ok(changed(&patch, &placement.decode(from)?, &placement.decode(to)?).values().to_vec())
    }

    /// The strongest changes from one patch to another that can be heard, see `protocol::ScriptCall::StrongestMoves`.
    ///
    /// # Errors
    /// If there are not 82 values.
    pub fn strongest_moves(&self, values: &[f32]) -> Result<Vec<f32>, JsError> {
        let &[from, to] = &patches_of(values)?[..] else { return Err(JsError::new("a way has two patches")) };
        Ok(strongest(&PatchPair { from, to }))
    }

    fn placement(&mut self) -> Result<&mut Placement, JsError> {
        self.placement.as_mut().ok_or_else(|| JsError::new("no model is loaded: reload the page"))
    }
}

fn spectrogram(samples: &[f32]) -> Vec<f32> {
    let [low_hz, high_hz] = matching::FREQUENCIES_HZ;
    let head = [matching::MOMENT_COUNT as f32, low_hz, high_hz];
    head.into_iter().chain(matching::spectrogram(samples)).collect()
}

fn patch_of(values: &[f32]) -> Result<Patch, JsError> {
    let message = || JsError::new(&format!("a patch has {PARAMETER_COUNT} values, not {}", values.len()));
    let values: &[f32; PARAMETER_COUNT] = values.try_into().map_err(|_| message())?;
    Ok(Patch::from_values(values))
}

fn patches_of(values: &[f32]) -> Result<Vec<Patch>, JsError> {
    values.chunks(PARAMETER_COUNT).map(patch_of).collect()
}

fn pair_of(values: &[f32]) -> Result<PatchPair, JsError> {
    let patches = patches_of(values)?;
    let &[from, to] = &patches[..] else { return Err(JsError::new("a way has two patches")) };
    PatchPair::new(from, to).map_err(|error: InterpolationError| error.into())
}

fn line_of(points: &[f32]) -> Result<[Point; 2], JsError> {
    let &[x, y, end_x, end_y] = points else { return Err(JsError::new("a line has two points")) };
    Ok([Point { x, y }, Point { x: end_x, y: end_y }])
}
