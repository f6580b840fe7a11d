//! One sentence for each error: what is wrong and what to do.

use super::{Language, fill};
use play::error::AppError;
use play::tone_domain::ToneDomain;

impl Language {
    /// The sentence of an error.
    pub fn error(&self, error: &AppError) -> String {
        match error {
            AppError::ElementMissing(id) => fill(&self.element_missing, &[("id", id)]),
            AppError::NoCanvas => self.no_canvas.clone(),
            AppError::FileMissing { path, status } => {
                fill(&self.file_missing, &[("path", &self.of_file(path)), ("status", &status.to_string())])
            }
            AppError::FileUnreachable(path) => fill(&self.file_unreachable, &[("path", &self.of_file(path))]),
            AppError::FileBroken(path) => fill(&self.file_broken, &[("path", &self.of_file(path))]),
            AppError::InsecurePage => self.insecure_page.clone(),
            AppError::NoAudioWorklet => self.no_audio_worklet.clone(),
            AppError::ContextRefused => self.context_refused.clone(),
            AppError::DecoderRefused(words) => fill(&self.decoder_refused, &[("reason", &brief(words))]),
            AppError::ModelRefused(words) => self.refused(words),
            AppError::SoundFault(words) => fill(&self.sound_fault, &[("reason", &brief(words))]),
            AppError::SoundStopped => self.sound_stopped.clone(),
            AppError::SoundLost => self.sound_lost.clone(),
            AppError::MapLate => self.map_late.clone(),
            AppError::NothingKept => self.nothing_kept.clone(),
            AppError::TonesRate(path) => fill(&self.tones_rate, &[("path", &self.of_file(path))]),
            AppError::LandmarksFull => self.landmarks_full.clone(),
            AppError::LoopsTooLong => self.loops_too_long.clone(),
            AppError::LoopsFull => self.loops_full.clone(),
        }
    }

    /// The name of a file for a person: the instrument that it belongs to, or its own name.
    fn of_file(&self, path: &str) -> String {
        let domain = ToneDomain::ALL.into_iter().find(|domain| domain.files().contains(&path));
        domain.map_or_else(
            || path.to_owned(),
            |domain| fill(&self.the_instrument, &[("name", self.domain(domain))]),
        )
    }
}

/// An embedded error message: without its advice after a semicolon and its full stop, and truncated.
pub(super) fn brief(words: &str) -> String {
    const LONGEST: usize = 80;
    let line = words.split(['\n', ';']).next().unwrap_or_default().trim().trim_end_matches('.');
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_one_sentence_that_says_what_to_do() {
        let all = [
            AppError::ElementMissing("pad"),
            AppError::NoCanvas,
            AppError::FileMissing { path: "decoder.onnx", status: 404 },
            AppError::FileUnreachable("worklet.wasm"),
            AppError::FileBroken("coordinates.json"),
            AppError::InsecurePage,
            AppError::NoAudioWorklet,
            AppError::ContextRefused,
            AppError::DecoderRefused("it has 3 inputs, 2 were expected".to_owned()),
            AppError::DecoderRefused("ä long sentence. ".repeat(20)),
            AppError::SoundFault("the sound stopped (unreachable); reload the page".to_owned()),
            AppError::SoundStopped,
            AppError::SoundLost,
            AppError::ModelRefused("the model's graph is broken: ä; export the model again".to_owned()),
            AppError::MapLate,
            AppError::NothingKept,
            AppError::TonesRate("timbre/strings.frames"),
            AppError::LandmarksFull,
            AppError::LoopsTooLong,
            AppError::LoopsFull,
        ];
        for (language, please) in [("en", ": please "), ("de", ": bitte ")] {
            let language = Language::of(language);
            for error in &all {
                let sentence = language.error(error);
                assert!(sentence.contains(please) && sentence.ends_with('.'), "{sentence}");
                assert!(sentence.chars().count() < 170, "it must stay one short sentence: {sentence}");
            }
            assert!(language.error(&all[2]).contains("decoder.onnx"), "it names the file");
        }
        assert_eq!(
            Language::of("de").error(&AppError::FileUnreachable("timbre/strings.map.json")),
            "Das Instrument Streicher konnte nicht geladen werden: bitte die Verbindung prüfen und noch einmal versuchen."
        );
        assert_eq!(
            Language::of("en").error(&all[10]),
            "The sound failed (the sound stopped (unreachable)): please start it again."
        );
    }
}
