//! The sounds that a person gives for A and B. A file takes its time to be read: the sound that is given last counts,
//! and one that cannot be used leaves the sound before it alone.

use super::{DroppedSound, TonePlace, ToneProblem, ToneRefusal, ToneSentence, ToneSounds, ToneSoundsTask};
use crate::action::PageAction;
use crate::page::Tab;
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::{FileNumber, SoundNumber};

/// The sounds A and B.
pub(super) type GivenTones = [TonesOfPlace; 2];
/// The files that were dropped while the script loads.
pub(super) type WaitingTones = Vec<(TonePlace, DroppedSound)>;

/// The sound of a place, and those that are read for it.
#[derive(Clone, Debug, Default)]
pub(super) struct TonesOfPlace {
    pub sound: Option<GivenTone>,
    /// The tasks that read sounds, in the order in which these were given, with their names.
    readings: Vec<(TaskNumber, String)>,
    /// The reading of the sound that was given last.
    last: Option<TaskNumber>,
    /// Why the sound that was given last cannot be used.
    pub refusal: Option<ToneRefusal>,
}

/// A sound that can be used.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GivenTone {
    pub sound: SoundNumber,
    pub name: String,
    /// True if it is only the beginning of a longer one.
    pub is_cut: bool,
    /// True if parts of its file are missing.
    pub is_damaged: bool,
}

impl ToneSounds {
    /// The sound of a place.
    pub(super) fn sound(&self, place: TonePlace) -> Option<SoundNumber> {
        self.given[place as usize].sound.as_ref().map(|given| given.sound)
    }

    /// A and B.
    pub(super) fn sounds(&self) -> [Option<SoundNumber>; 2] {
        TonePlace::ALL.map(|place| self.sound(place))
    }

    /// True while a sound is read.
    pub(super) fn is_reading(&self) -> bool {
        self.given.iter().any(|place| !place.readings.is_empty())
    }

    fn place_of_reading(&self, task: TaskNumber) -> Option<TonePlace> {
        let is_own = |place: &TonePlace| {
            self.given[*place as usize].readings.iter().any(|(reading, _)| *reading == task)
        };
        TonePlace::ALL.into_iter().find(is_own)
    }
}

impl Reducer<'_> {
    /// Takes the first two of the dropped files; opens the panel.
    pub(super) fn take_dropped_tones(&mut self, files: Vec<DroppedSound>) {
        self.page(PageAction::ShowTab(Tab::Sound));
        self.open_panel(PanelId::ToneSounds);
        self.forget_tone_refusals();
        let files = TonePlace::ALL.into_iter().zip(files);
        if self.state.panels.is_open(PanelId::ToneSounds) {
            self.tone_sounds().computing.brought += 1;
            files.for_each(|(place, DroppedSound { file, name })| self.read_tone(place, file, name));
        } else {
            self.tone_sounds().waiting = files.collect();
        }
    }

    /// The files that were dropped while the script was loading are read.
    pub(super) fn read_waiting_tones(&mut self) {
        for (place, DroppedSound { file, name }) in std::mem::take(&mut self.tone_sounds().waiting) {
            self.read_tone(place, file, name);
        }
    }

    pub(super) fn read_tone(&mut self, place: TonePlace, file: FileNumber, name: String) {
        let task = self.begin_task(ToneSoundsTask::Read { file });
        self.await_tone(place, task, name);
        self.say_tones(Some(ToneSentence::Reading));
    }

    /// A file that is still read for the place is not wanted.
    pub(super) fn take_example(&mut self, place: TonePlace, name: String) {
        self.drop_readings(place);
        let task = self.begin_task(ToneSoundsTask::Example { place });
        self.await_tone(place, task, name);
    }

    fn await_tone(&mut self, place: TonePlace, task: TaskNumber, name: String) {
        let own = &mut self.tone_sounds().given[place as usize];
        own.readings.push((task, name));
        own.last = Some(task);
        own.refusal = None;
    }

    fn drop_readings(&mut self, place: TonePlace) {
        let own = &mut self.tone_sounds().given[place as usize];
        own.last = None;
        let readings = std::mem::take(&mut own.readings);
        readings.into_iter().for_each(|(task, _)| self.cancel_task(Some(task)));
    }

    /// A sound is read, which is cut or damaged: those that were given before it for its place are no longer wanted.
    pub(super) fn take_read_tone(
        &mut self,
        task: TaskNumber,
        sound: SoundNumber,
        [is_cut, is_damaged]: [bool; 2],
    ) {
        let Some(place) = self.tone_sounds().place_of_reading(task) else {
            return self.forget_tones([Some(sound)]);
        };
        let own = &mut self.tone_sounds().given[place as usize];
        let mut late = own.readings.extract_if(.., |(reading, _)| *reading <= task).collect::<Vec<_>>();
        let Some((_, name)) = late.pop() else { return };
        late.into_iter().for_each(|(reading, _)| self.cancel_task(Some(reading)));
        let before = self.tone_sounds().sound(place);
        self.tone_sounds().given[place as usize].sound = Some(GivenTone { sound, name, is_cut, is_damaged });
        self.forget_tones([before]);
        self.change_tone_sounds();
        self.tone_sounds().computing.is_new = true;
        if self.tone_sounds().sound(TonePlace::A).is_some() {
            self.compute_tones();
        } else {
            self.say_tones(Some(ToneSentence::MissingA));
        }
    }

    /// A sound cannot be read. That is news unless another one was given for its place since.
    pub(super) fn fail_reading_tone(&mut self, task: TaskNumber, problem: ToneProblem) {
        let Some(place) = self.tone_sounds().place_of_reading(task) else { return };
        let own = &mut self.tone_sounds().given[place as usize];
        let Some(position) = own.readings.iter().position(|(reading, _)| *reading == task) else { return };
        let (_, name) = own.readings.remove(position);
        if own.last == Some(task) {
            own.refusal = Some(ToneRefusal { name, problem });
        }
        self.say_tone_progress();
    }

    /// Removes a sound. Without A, B takes its place.
    pub(super) fn remove_tone(&mut self, place: TonePlace) {
        self.drop_readings(place);
        self.silence_tones();
        let [a, b] = &mut self.tone_sounds().given;
        let next = b.sound.take();
        let removed = match place {
            TonePlace::A => std::mem::replace(&mut a.sound, next),
            TonePlace::B => next,
        };
        self.forget_tones([removed.map(|given| given.sound)]);
        self.change_tone_sounds();
        self.compute_tones();
    }

    /// A or B is another sound: the result of the sounds before has not their names.
    fn change_tone_sounds(&mut self) {
        let own = self.tone_sounds();
        own.computing.result = None;
        own.hearing.heard = super::ToneSide::Result;
    }

    /// The page frees sounds that nothing names any more.
    pub(super) fn forget_tones(&mut self, sounds: impl IntoIterator<Item = Option<SoundNumber>>) {
        let sounds: Vec<SoundNumber> = sounds.into_iter().flatten().collect();
        if !sounds.is_empty() {
            self.begin_task(ToneSoundsTask::Forget { sounds });
        }
    }
}
