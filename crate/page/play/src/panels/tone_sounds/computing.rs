//! The result: while one is computed, only the last wish counts, which is computed next. A result of sounds that were
//! replaced meanwhile is not wanted.

use super::{TonePlace, ToneProblem, ToneSentence, ToneSide, ToneSoundsTask};
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::{SoundNumber, stem};

/// The most letters of a sound's name in that of a saved file.
const NAME_LENGTH: usize = 40;

/// The result, and the task that computes it.
#[derive(Clone, Debug, Default)]
pub(super) struct ToneComputing {
    /// The task that runs, and the sounds A and B that it was given.
    running: Option<(TaskNumber, [Option<SoundNumber>; 2])>,
    /// True if the settings or sounds have changed since it began.
    is_late: bool,
    /// The result of the present sounds.
    pub result: Option<SoundNumber>,
    /// The last result, whose frames the map shows.
    pub drawn: Option<SoundNumber>,
    /// True if the next result is the first one of a new sound.
    pub is_new: bool,
    /// Counts the drops of files while the panel was open.
    pub brought: u32,
}

impl ToneComputing {
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }
}

impl Reducer<'_> {
    /// Something that the result depends on has changed.
    pub(super) fn compute_tones(&mut self) {
        let own = self.tone_sounds();
        if own.sound(TonePlace::A).is_none() {
            own.computing.is_late = false;
            return;
        }
        if own.computing.is_running() {
            own.computing.is_late = true;
        } else {
            self.begin_computing_tones();
        }
        self.say_tones(Some(ToneSentence::Computing));
    }

    fn begin_computing_tones(&mut self) {
        let own = self.tone_sounds();
        let sounds = own.sounds();
        let [Some(a), b] = sounds else { return };
        let settings = &own.settings;
        let task = ToneSoundsTask::Compute {
            model: settings.model_name().to_owned(),
            a,
            b,
            strength: settings.strength,
            curve: settings.places(),
            is_aligned: settings.is_aligned,
        };
        own.computing.is_late = false;
        let task = self.begin_task(task);
        self.tone_sounds().computing.running = Some((task, sounds));
    }

    /// A result is computed.
    pub(super) fn take_computed_tone(&mut self, task: TaskNumber, sound: SoundNumber) {
        let own = self.tone_sounds();
        let sounds = own.sounds();
        if own.computing.running != Some((task, sounds)) {
            return self.forget_tones([Some(sound)]);
        }
        let before = own.computing.drawn.replace(sound);
        own.computing.result = Some(sound);
        let is_heard = own.hearing.is_playing && own.hearing.heard == ToneSide::Result;
        let is_late = own.computing.is_late;
        self.forget_tones([before]);
        if !is_late {
            self.say_computed();
        }
        if is_heard {
            self.play_tone(true);
        }
    }

    /// A result is there. That of a new sound is told, because what plays it may be far below.
    fn say_computed(&mut self) {
        let own = self.tone_sounds();
        let is_new = std::mem::take(&mut own.computing.is_new);
        if is_new && !own.hearing.is_playing {
            self.say_tones_below(ToneSentence::Done);
        } else {
            let said = self.tone_sounds().is_reading().then_some(ToneSentence::Reading);
            self.say_tones(said);
        }
    }

    /// The task that computes is over; the last wish is computed next.
    pub(super) fn end_computing_tone(&mut self, task: TaskNumber) {
        if self.forget_computing(task).is_some() {
            self.begin_late_computing();
        }
    }

    /// Nothing could be computed. The result before belongs to other settings.
    pub(super) fn fail_computing_tone(&mut self, task: TaskNumber, problem: ToneProblem) {
        let Some(sounds) = self.forget_computing(task) else { return };
        let own = self.tone_sounds();
        if own.computing.is_late || own.sounds() != sounds {
            return self.begin_late_computing();
        }
        own.computing.result = None;
        self.say_tones(Some(ToneSentence::Problem { problem }));
        if self.tone_sounds().heard_sound().is_none() {
            self.silence_tones();
        }
    }

    /// Returns the sounds that the task was given if it computes the result.
    fn forget_computing(&mut self, task: TaskNumber) -> Option<[Option<SoundNumber>; 2]> {
        self.tone_sounds()
            .computing
            .running
            .take_if(|(running, _)| *running == task)
            .map(|(_, sounds)| sounds)
    }

    fn begin_late_computing(&mut self) {
        if self.tone_sounds().computing.is_late {
            self.compute_tones();
        }
    }

    /// Saves the result under the names of its sounds.
    pub(super) fn save_tone(&mut self) {
        let own = self.tone_sounds();
        let Some(sound) = own.computing.result else { return };
        let names = own.given.iter().filter_map(|place| place.sound.as_ref());
        let file = file_name(names.map(|given| given.name.as_str()));
        self.begin_task(ToneSoundsTask::Save { sound, file: file.clone() });
        self.say_tones_below(ToneSentence::Saved { file });
    }
}

/// The name of a WAV file with the names of its sounds, without letters that a file's name may not have.
fn file_name<'names>(names: impl Iterator<Item = &'names str>) -> String {
    let mut parts: Vec<String> = names.map(|name| stem(name).chars().take(NAME_LENGTH).collect()).collect();
    parts.dedup();
    let name = parts.join(" – ");
    format!("{}.wav", name.replace(['\\', '/', ':', '*', '?', '"', '<', '>', '|'], " "))
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_saved_file_has_the_names_of_its_sounds_without_letters_that_no_file_may_have() {
        let long = "x".repeat(50);
        for (names, expected) in [
            (vec!["steady.wav"], "steady.wav".to_owned()),
            (vec!["a.wav", "b.mp3"], "a – b.wav".to_owned()),
            (vec!["a.wav", "a.mp3"], "a.wav".to_owned()),
            (vec!["a/b: c?.wav"], "a b  c .wav".to_owned()),
            (vec![long.as_str()], format!("{}.wav", "x".repeat(40))),
        ] {
            assert_eq!(file_name(names.into_iter()), expected);
        }
    }
}
