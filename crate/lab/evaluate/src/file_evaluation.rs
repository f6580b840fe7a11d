//! Figures of the search for the patch of a sound as a person uses it: a file is all that the search gets, and its
//! answer plays the note that it reports, at its own volume, until the file ends.

use crate::error::EvaluateError;
use crate::figures::ComparedSound;
use crate::file_difference::{FileMeasure, as_long_as, high_passed};
use crate::file_figures::FileFigures;
use crate::file_report::{FARTHEST_COUNT, FileReport};
use crate::given_file::{GivenFile, HeardFile};
use crate::held_back_sounds::rounded;
use crate::match_guesses::{Found, Guesser};
use crate::match_report::MatchPicture;
use crate::match_search::PICTURED;
use crate::match_targets::timbral_scales;
use crate::mel_spectrogram::spectrogram_db;
use crate::processor_time::ProcessorTime;
use crate::report_line::{ReportLine, mark_nearer};
use crate::stereo_note::{PlayedPatch, mean_channel};
use features::test_note::SAMPLE_RATE_HZ;
use features::{SpectralFeatures, loudness_lufs};
use matching::{
    Candidate, Judge, KnownSounds, Target, TargetError, TargetNote, aligned, as_loud_as, render_stereo,
};
use patch::{Parameter, Patch};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// An answer may begin this much later than its file, because its attack is slow.
const LATER_S: f32 = 0.5;

/// Files that are reported together.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSet {
    /// The name of the set, for the report: a plural.
    pub name: String,
    /// The files.
    pub files: Vec<GivenFile>,
}

/// The options of matching files.
#[derive(Clone, Copy)]
pub struct FileOptions<'a> {
    /// The known presets, and what they sound like.
    pub known: (&'a [Patch], &'a KnownSounds),
    /// The network that guesses.
    pub onnx: &'a [u8],
    /// The numbers of rendered patches after which a search is evaluated, rising; at least one.
    pub renders: &'a [u32],
    /// The answers that share the renders of a search; at least 1. The one that is shown first counts.
    pub answers: u8,
    /// Random seed of the searches.
    pub seed: u64,
}

/// A file that can be matched.
struct Matched {
    name: String,
    key: Option<u8>,
    target: Target,
    heard: HeardFile,
    /// Seconds of a processor that prepare the target.
    seconds: f64,
}

/// A patch and its note, and the seconds of the search that found them.
#[derive(Clone, Copy)]
struct PlayedAnswer {
    answer: PlayedPatch,
    seconds: Option<f64>,
}

/// Matches every file of a set. `progress` gets the stage, its number of sounds, and the number of further sounds that
/// are done, from any thread.
///
/// # Errors
/// [`EvaluateError::NoFiles`] if no file can be matched.
pub fn evaluate_files(
    set: &FileSet,
    options: &FileOptions,
    progress: impl Fn(&'static str, usize, usize) + Sync,
) -> Result<FileReport, EvaluateError> {
    let prepared: Vec<_> = set.files.par_iter().map(prepare).collect();
    let (mut matched, mut refused) = (Vec::new(), Vec::new());
    for (result, file) in prepared.into_iter().zip(&set.files) {
        match result {
            Ok(file) => matched.push(file),
            Err(error) => refused.push((file.name.clone(), error.to_string())),
        }
    }
    if matched.is_empty() {
        let first =
            refused.first().map(|(name, reason)| format!(", first {name}: {reason}")).unwrap_or_default();
        return Err(EvaluateError::NoFiles { files: set.name.clone(), first });
    }
    let lines = answers(&matched, options, &progress);
    let nearest_line = options.renders.len();
    let mut figures: Vec<Vec<FileFigures>> = Vec::new();
    for (_, line) in &lines {
        progress("Comparing", matched.len(), 0);
        figures.push(compare(&matched, line, options.known.1, || progress("Comparing", matched.len(), 1)));
    }
    mark_nearer(&mut figures, nearest_line);
    let best = nearest_line - 1;
    let farthest = farthest(&figures[best]);
    let (answers, distances) = (&lines[best].1, &figures[best]);
    let pictured = PICTURED.map(|share| (share * matched.len() as f64) as usize);
    let picture = |&at: &usize| picture(&matched[at], &answers[at], &distances[at]);
    Ok(FileReport {
        matched: set.name.clone(),
        names: matched.iter().map(|file| file.name.clone()).collect(),
        known: options.known.0.len(),
        refused,
        answers: matched
            .iter()
            .zip(answers)
            .map(|(file, own)| until_the_end(&own.answer, &file.heard))
            .collect(),
        pictures: pictured.iter().map(picture).collect(),
        farthest_pictures: farthest.iter().map(picture).collect(),
        farthest,
        lines: lines.into_iter().zip(figures).map(|((name, _), each)| ReportLine::new(name, each)).collect(),
    })
}

fn prepare(file: &GivenFile) -> Result<Matched, TargetError> {
    let begun = ProcessorTime::now();
    let target = file.target()?;
    let seconds = begun.seconds();
    let heard = file.heard(&target)?;
    Ok(Matched { name: file.name.clone(), key: file.key, target, heard, seconds })
}

/// The answers after each number of renders; then the nearest known preset, the answers of other files, and silence.
fn answers(
    matched: &[Matched],
    options: &FileOptions,
    progress: &(impl Fn(&'static str, usize, usize) + Sync),
) -> Vec<(String, Vec<PlayedAnswer>)> {
    let (presets, sounds) = options.known;
    let targets: Vec<Target> = matched.iter().map(|file| file.target.clone()).collect();
    let guesser = Guesser {
        targets: &targets,
        presets,
        sounds,
        onnx: Some(options.onnx),
        renders: options.renders,
        answers: options.answers,
        seed: options.seed,
    };
    let found = guesser.search(|done| progress("Matching", targets.len(), done));
    let line = |at: usize| {
        let play = |(file, found): (&Matched, &Found)| {
            let searched = file.seconds + found.seconds[at];
            let (answer, seconds) = as_delivered(&file.target, &found.answers[at]);
            PlayedAnswer { answer, seconds: Some(searched + seconds) }
        };
        matched.par_iter().zip(&found).map(play).collect::<Vec<_>>()
    };
    let mut lines: Vec<(String, Vec<PlayedAnswer>)> = (options.renders.iter().enumerate())
        .map(|(at, renders)| (format!("{renders} renders"), line(at)))
        .collect();
    let nearest = |(target, found): (&Target, &Found)| {
        // A preset, too, is released when it suits best.
        let judged = Judge::new(target, sounds).judge(&found.start);
        PlayedAnswer { answer: as_delivered(target, &judged.candidate).0, seconds: None }
    };
    let nearest = targets.par_iter().zip(&found).map(nearest).collect();
    let mut shuffled: Vec<PlayedAnswer> = lines[lines.len() - 1].1.clone();
    shuffled.rotate_left(1);
    let shuffled = shuffled.iter().zip(&targets).map(|(played, target)| PlayedAnswer {
        answer: PlayedPatch { note: target.note(), ..played.answer },
        seconds: None,
    });
    let shuffled = shuffled.collect();
    let mut silence = Patch::default();
    silence.set(Parameter::MasterVol, 0.0);
    let silent = |target: &Target| PlayedAnswer {
        answer: PlayedPatch { patch: silence, note: target.note() },
        seconds: None,
    };
    lines.push(("nearest known preset".to_owned(), nearest));
    // A single answer would be compared with its own file.
    if targets.len() > 1 {
        lines.push(("answers, shuffled".to_owned(), shuffled));
    }
    lines.push(("silence".to_owned(), targets.iter().map(silent).collect()));
    lines
}

/// The answer at its volume, and the seconds of a processor that this takes.
fn as_delivered(target: &Target, candidate: &Candidate) -> (PlayedPatch, f64) {
    let begun = ProcessorTime::now();
    let note = candidate.note(&target.note());
    let patch = as_loud_as(target, &candidate.patch, &note);
    (PlayedPatch { patch, note }, begun.seconds())
}

/// The answer's sound in both channels until its file ends.
fn played(answer: &PlayedPatch, file: &HeardFile) -> [Vec<f32>; 2] {
    let length_s = file.samples.len() as f32 / SAMPLE_RATE_HZ as f32 + LATER_S;
    let channels = render_stereo(&answer.patch, &TargetNote { length_s, ..answer.note });
    let frames = as_long_as(&file.samples, mean_channel(&channels)).len();
    channels.map(|mut channel| {
        channel.resize(frames, 0.0);
        channel
    })
}

/// The answer whose note lasts as long as it was compared.
fn until_the_end(answer: &PlayedPatch, file: &HeardFile) -> PlayedPatch {
    let frames = played(answer, file)[0].len();
    let length_s = frames as f32 / SAMPLE_RATE_HZ as f32;
    PlayedPatch { note: TargetNote { length_s, ..answer.note }, ..*answer }
}

fn compare(
    matched: &[Matched],
    answers: &[PlayedAnswer],
    known: &KnownSounds,
    progress: impl Fn() + Sync,
) -> Vec<FileFigures> {
    let figures = |measure: &mut FileMeasure, at: usize| {
        let (Matched { key, target, heard, .. }, PlayedAnswer { answer, seconds }) =
            (&matched[at], answers[at]);
        let channels = played(&answer, heard);
        let found = mean_channel(&channels);
        let difference = measure.compare(&heard.samples, &found);
        let [left, right] = &channels;
        let loudness_lu = loudness_lufs(&[left, right]) - heard.loudness_lufs;
        let sounds = as_compared(target, heard, &found, known);
        // Baselines play the key that the search found.
        let keys = (answer.note.key, seconds.and(*key));
        progress();
        FileFigures {
            seconds,
            ..FileFigures::new(&difference, &sounds, loudness_lu, keys, target.pitch().is_some())
        }
    };
    (0..matched.len()).into_par_iter().map_init(FileMeasure::new, figures).collect()
}

/// The file and an answer, from their onsets: their spectra as the search compares them, and their timbral scales at the
/// level of the file. The answer is a file of 16 bits, too: dull sounds have their brightness and warmth from the noise of
/// the rounding.
fn as_compared(target: &Target, file: &HeardFile, found: &[f32], known: &KnownSounds) -> [ComparedSound; 2] {
    let mut judge = Judge::new(target, known);
    let [wanted, spectrum] = judge.compare(found);
    let lead = (target.lead_s() * SAMPLE_RATE_HZ as f32) as usize;
    let file = &file.samples[lead.min(file.samples.len())..];
    let compared = |spectrum: SpectralFeatures, samples: &[f32]| {
        // The models weigh the noise of a file's silence as they weigh its sound.
        let samples = aligned(samples.to_vec(), target.sounding().len());
        ComparedSound::new(spectrum, timbral_scales(&samples), known.projection())
    };
    [compared(wanted, file), compared(spectrum, &rounded(found.to_vec()))]
}

fn farthest(figures: &[FileFigures]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by(|&a, &b| figures[b].as_given.log_mel_db.total_cmp(&figures[a].as_given.log_mel_db));
    order.truncate(FARTHEST_COUNT);
    order
}

fn picture(file: &Matched, played_answer: &PlayedAnswer, figures: &FileFigures) -> MatchPicture {
    let found = mean_channel(&played(&played_answer.answer, &file.heard));
    let levels_db = [&file.heard.samples, &found].map(|sound| spectrogram_db(&high_passed(sound)));
    MatchPicture { name: format!("{}, {:.1} dB", file.name, figures.as_given.log_mel_db), levels_db }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::SCALE_COUNT;
    use crate::held_back_sounds::made_sounds;
    use crate::sound_kinds::SoundKind;
    use plane::Presets;

    #[test]
    fn the_patch_that_made_a_file_has_its_timbre() {
        let read = |name: &str| std::fs::read(format!("../../../models/{name}.bin")).expect("a shipped file");
        let presets = Presets::from_bytes(&read("presets")).expect("presets");
        let known = KnownSounds::from_bytes(&read("preset_sounds"), presets.all().len()).expect("sounds");
        for made in made_sounds(SoundKind::Usual, 5, 3) {
            let own = mean_channel(&render_stereo(&made.patch, &made.note));
            let file = made.file("a sound".to_owned());
            let target = file.target().expect("a sound");
            let heard = file.heard(&target).expect("a sound");
            let [wanted, found] = as_compared(&target, &heard, &own, &known);
            let timbre = wanted.timbre(&found).iter().sum::<f64>() / SCALE_COUNT as f64;
            let [error, spread] = wanted.error_and_spread(&found);
            assert!(
                timbre < 0.3 && error < 1e-3 * spread,
                "{:?}, {error} of {spread}",
                wanted.timbre(&found)
            );
        }
    }
}
