//! The searches for patches that sound like a given sound, step by step, so that a worker reads its messages between
//! two steps. No web types.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use matching::guess::Guess;
use matching::{
    Answer, Kept, KnownSounds, KnownSoundsError, MatchSettings, Strand, Target, TargetError, TargetNote,
    as_loud_as, residual,
};
use model::kinds::SoundToPatch;
use model::{ModelError, ModelKind};
use patch::{Parameter, Patch};
use plane::presets::PresetsError;
use plane::{Presets, fingerprint};

/// Every run gives the same answers for the same sound.
pub const SEED: u64 = 1;

/// A sound, the known presets, and the searches.
#[derive(Default)]
pub struct SoundSearch {
    known: Option<(KnownSounds, Presets)>,
    target: Option<Target>,
    /// The network that guesses, once it is loaded; every search has it.
    guesser: Arc<Mutex<Option<SoundToPatch>>>,
    strands: BTreeMap<u8, (Strand, MatchSettings)>,
}

/// The reason why a search is impossible.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The file of the presets is unusable.
    #[error(transparent)]
    Presets(#[from] PresetsError),
    /// The file of their sounds is unusable.
    #[error(transparent)]
    Sounds(#[from] KnownSoundsError),
    /// The file of the network is unusable.
    #[error(transparent)]
    Network(#[from] ModelError),
    /// The sounds and the presets are of two models.
    #[error("the sounds of the presets are those of other presets: reload the page")]
    OtherSounds,
    /// Something was not loaded before.
    #[error("there is no sound to search for: reload the page")]
    NothingToSearch,
}

impl SoundSearch {
    /// Loads the sounds of the presets.
    ///
    /// # Errors
    /// If a file is damaged, or the two do not belong together.
    pub fn load(&mut self, sounds: &[u8], presets: &[u8]) -> Result<(), SearchError> {
        let own = fingerprint(presets);
        let presets = Presets::from_bytes(presets)?;
        let known = KnownSounds::from_bytes(sounds, presets.all().len())?;
        if KnownSounds::fingerprints(sounds).is_some_and(|[presets, _]| presets != own) {
            return Err(SearchError::OtherSounds);
        }
        self.known = Some((known, presets));
        Ok(())
    }

    /// Loads the network that guesses patches, for every search that has not rendered its starts yet.
    ///
    /// # Errors
    /// If it is not such a network.
    pub fn load_guesser(&mut self, network: &[u8]) -> Result<(), SearchError> {
        let network = SoundToPatch::load(network)?;
        // A lock is never poisoned here, since a panic ends the module.
        if let Ok(mut guesser) = self.guesser.lock() {
            *guesser = Some(network);
        }
        Ok(())
    }

    /// Takes a sound of one or two channels, and ends every search for the last one. A sound that is refused changes
    /// nothing.
    pub fn hear(&mut self, left: &[f32], right: &[f32], sample_rate_hz: u32) -> [f32; 7] {
        match hear(left, right, sample_rate_hz) {
            Ok(target) => {
                let (key, cents) =
                    target.pitch().map_or((-1.0, 0.0), |pitch| (f32::from(pitch.key), pitch.cents));
                let TargetNote { length_s, held_s, bend_cents, .. } = target.note();
                let lead_s = target.lead_s();
                self.target = Some(target);
                self.strands.clear();
                [0.0, key, cents, length_s, held_s, bend_cents, lead_s]
            }
            Err(error) => [problem_of(error), -1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        }
    }

    /// The sound.
    ///
    /// # Errors
    /// If there is no sound.
    pub fn target(&self) -> Result<&Target, SearchError> {
        self.target.as_ref().ok_or(SearchError::NothingToSearch)
    }

    /// The sounds of the known presets, and the presets.
    ///
    /// # Errors
    /// If they are not loaded.
    pub fn known(&self) -> Result<(&KnownSounds, &[Patch]), SearchError> {
        let (known, presets) = self.known.as_ref().ok_or(SearchError::NothingToSearch)?;
        Ok((known, presets.all()))
    }

    /// A function that guesses patches; it returns `None` until the network is loaded.
    pub fn guess(&self) -> Box<Guess> {
        let guesser = Arc::clone(&self.guesser);
        Box::new(move |sound: &[f32], noise: &[f32], preset: &Patch| {
            guesser.lock().ok()?.as_mut()?.patch(sound, noise, preset).ok()
        })
    }

    /// Begins a search that keeps parts of a patch, and its parameters with these indices. Returns its report.
    ///
    /// # Errors
    /// Without a sound or the presets.
    pub fn begin(
        &mut self,
        [index, of]: [u8; 2],
        renders: u32,
        (kept, locked): (u8, &[u8]),
        from: Patch,
    ) -> Result<Vec<f32>, SearchError> {
        let kept = Kept { pitch: kept & 1 != 0, envelope: kept & 2 != 0, timbre: kept & 4 != 0 };
        let limits = locked_at(locked, &from);
        let settings = MatchSettings { seed: SEED, renders, kept: (kept, from), limits };
        let (known, presets) = self.known()?;
        let strand = Strand::new(self.target()?, known, presets, &settings, index, of);
        let strand = strand.with_guesses(self.guess());
        let report = report(&strand, &settings, strand.best(), false);
        self.strands.insert(index, (strand, settings));
        Ok(report)
    }

    /// Goes on with a search. Returns its report.
    ///
    /// # Errors
    /// If it was not begun.
    pub fn step(&mut self, index: u8) -> Result<Vec<f32>, SearchError> {
        let (strand, settings) = self.strands.get_mut(&index).ok_or(SearchError::NothingToSearch)?;
        let is_done = !strand.step();
        let mut answer = *strand.best();
        if is_done && let Some(target) = &self.target {
            // The volume comes last.
            answer.patch = as_loud_as(target, &answer.patch, &answer.note(target));
        }
        Ok(report(strand, settings, &answer, is_done))
    }

    /// The note of an answer: its key, the time of its release in seconds, and its bend in cents.
    ///
    /// # Errors
    /// Without a sound.
    pub fn note_of(&self, key: u8, held_s: f32, bend_cents: f32) -> Result<TargetNote, SearchError> {
        Ok(TargetNote { key: key.min(127), held_s, bend_cents, ..self.target()?.note() })
    }

    /// The difference of an answer's sound from the target: for each band two frequencies in Hz and a difference in dB.
    ///
    /// # Errors
    /// Without a sound.
    pub fn left_over(&self, patch: &Patch, note: &TargetNote) -> Result<Vec<f32>, SearchError> {
        let bands = residual(self.target()?, patch, note);
        Ok(bands.iter().flat_map(|band| [band.from_hz, band.to_hz, band.difference_db]).collect())
    }
}

/// The parameters with these indices at their values in a patch.
pub fn locked_at(locked: &[u8], patch: &Patch) -> Vec<(Parameter, [f32; 2])> {
    let parameters = locked.iter().filter_map(|&index| Parameter::ALL.get(usize::from(index)));
    parameters.map(|&parameter| (parameter, [patch.get(parameter); 2])).collect()
}

/// Prepares a sound of one or two channels.
///
/// # Errors
/// If it is unusable.
pub fn hear(left: &[f32], right: &[f32], sample_rate_hz: u32) -> Result<Target, TargetError> {
    let channels: &[&[f32]] = if right.is_empty() { &[left] } else { &[left, right] };
    Target::new(channels, sample_rate_hz)
}

/// The code of a sound's problem: 1 if it is silent, 2 if it is too short, 3 if it is otherwise unusable.
pub fn problem_of(error: TargetError) -> f32 {
    match error {
        TargetError::Silent => 1.0,
        TargetError::TooShort { .. } => 2.0,
        _ => 3.0,
    }
}

/// The report of a search whose best answer this is. A locked volume stays, too, which a judge sets.
fn report(strand: &Strand, settings: &MatchSettings, best: &Answer, is_done: bool) -> Vec<f32> {
    let renders = strand.renders() as f32;
    let share = if is_done { 1.0 } else { (renders / settings.renders.max(1) as f32).min(0.99) };
    report_of(share, strand, best, &settings.limited(best.patch))
}

/// The done share, the renders, the distance, the key, the held time and the bend of an answer, and the 41 values of
/// its patch.
pub fn report_of(share: f32, strand: &Strand, best: &Answer, patch: &Patch) -> Vec<f32> {
    let &Answer { key, held_s, bend_cents, distance, .. } = best;
    let numbers = [share, strand.renders() as f32, distance, f32::from(key), held_s, bend_cents];
    numbers.into_iter().chain(*patch.values()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::render;

    fn shipped() -> [Vec<u8>; 2] {
        ["preset_sounds", "presets"]
            .map(|name| std::fs::read(format!("../../../models/{name}.bin")).expect("a shipped file"))
    }

    #[test]
    fn locked_parameters_and_a_locked_volume_keep_their_values_in_every_report() {
        let [sounds, bytes] = shipped();
        let mut search = SoundSearch::default();
        search.load(&sounds, &bytes).expect("shipped files");
        let note = TargetNote { held_s: 0.4, length_s: 0.6, ..TargetNote::TEST };
        search.hear(&render(&Patch::default(), &note), &[], 44_100);
        let locked = [Parameter::FilterCutoff, Parameter::AmpAttack, Parameter::MasterVol];
        let mut from = Patch::default();
        locked.iter().zip([0.25, 0.5, 0.75]).for_each(|(&parameter, value)| from.set(parameter, value));
        let indices = locked.map(|parameter| parameter.index() as u8);
        let mut report = search.begin([0, 4], 60, (0, &indices), from).expect("a search");
        let mut reports = 0;
        loop {
            let (numbers, values) = report.split_at(6);
            assert!((0.0..=0.7).contains(&numbers[4]) && numbers[5].abs() <= 100.0, "{numbers:?}");
            let held = locked.map(|parameter| values[parameter.index()]);
            assert_eq!(held, [0.25, 0.5, 0.75]);
            reports += 1;
            if numbers[0] >= 1.0 {
                break;
            }
            report = search.step(0).expect("a step");
        }
        assert!(reports > 3, "{reports}");
    }

    #[test]
    fn sounds_of_other_presets_are_refused() {
        let [sounds, bytes] = shipped();
        let mut search = SoundSearch::default();
        assert!(search.load(&sounds, &bytes).is_ok());
        let presets = Presets::from_bytes(&bytes).expect("presets");
        let reversed = Presets::new(presets.all().iter().rev().copied().collect()).to_bytes();
        assert!(matches!(search.load(&sounds, &reversed), Err(SearchError::OtherSounds)));
    }
}
