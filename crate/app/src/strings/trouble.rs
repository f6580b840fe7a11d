//! One sentence for each trouble: what is wrong and what to do.

use super::{Language, fill};
use crate::trouble::Trouble;

impl Language {
    /// The sentence of a trouble.
    pub fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::ElementMissing(id) => fill(&self.element_missing, &[("id", id)]),
            Trouble::NoCanvas => self.no_canvas.clone(),
            Trouble::FileMissing { path, status } => {
                fill(&self.file_missing, &[("path", path), ("status", &status.to_string())])
            }
            Trouble::FileUnreachable(path) => fill(&self.file_unreachable, &[("path", path)]),
            Trouble::FileBroken(path) => fill(&self.file_broken, &[("path", path)]),
            Trouble::InsecurePage => self.insecure_page.clone(),
            Trouble::NoAudioWorklet => self.no_audio_worklet.clone(),
            Trouble::ContextRefused => self.context_refused.clone(),
            Trouble::DecoderRefused(words) => fill(&self.decoder_refused, &[("reason", &brief(words))]),
            Trouble::ModelRefused(words) => self.refused(words),
            Trouble::SoundFault(words) => fill(&self.sound_fault, &[("reason", &brief(words))]),
            Trouble::SoundStopped => self.sound_stopped.clone(),
            Trouble::SoundLost => self.sound_lost.clone(),
            Trouble::MapLate => self.map_late.clone(),
            Trouble::NothingKept => self.nothing_kept.clone(),
        }
    }
}

/// Another's sentence as part of ours: what is wrong, without its advice after a semicolon and its
/// full stop, cut where it grows long.
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
    fn every_trouble_is_one_sentence_that_says_what_to_do() {
        let all = [
            Trouble::ElementMissing("pad"),
            Trouble::NoCanvas,
            Trouble::FileMissing { path: "decoder.onnx", status: 404 },
            Trouble::FileUnreachable("worklet.wasm"),
            Trouble::FileBroken("coordinates.json"),
            Trouble::InsecurePage,
            Trouble::NoAudioWorklet,
            Trouble::ContextRefused,
            Trouble::DecoderRefused("it has 3 inputs, 2 were expected".to_owned()),
            Trouble::DecoderRefused("ä long sentence. ".repeat(20)),
            Trouble::SoundFault("the sound stopped (unreachable); reload the page".to_owned()),
            Trouble::SoundStopped,
            Trouble::SoundLost,
            Trouble::NothingKept,
        ];
        for (language, please) in [("en", ": please "), ("de", ": bitte ")] {
            let language = Language::of(language);
            for trouble in &all {
                let sentence = language.trouble(trouble);
                assert!(sentence.contains(please) && sentence.ends_with('.'), "{sentence}");
                assert!(sentence.chars().count() < 170, "it must stay one short sentence: {sentence}");
            }
            assert!(language.trouble(&all[2]).contains("decoder.onnx"), "it names the file");
        }
        assert_eq!(
            Language::of("en").trouble(&all[10]),
            "The sound failed (the sound stopped (unreachable)): please start it again."
        );
    }
}
