//! The sounds that a person gives, from the file to the sound that is searched for. Several files may be read at once.
//! The sounds are judged one after the other, so that the workers know the target that is shown.

use std::collections::VecDeque;

use super::fit::VoiceFit;
use super::parts::{PartChoice, SoundPart};
use super::{MatchKind, MatchRefusal, MatchSentence, MatchTarget, MatchTask};
use crate::action::PageAction;
use crate::page::Tab;
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::sounds::{FileNumber, SoundNumber};

/// The sounds that were given and are not searched for yet.
#[derive(Clone, Debug, Default)]
pub(super) struct GivenSounds {
    /// The file that was given last while the script loads.
    pub waiting: Option<(FileNumber, String)>,
    /// Counts the given sounds, and the closings, after which nothing is said of an earlier one.
    last: u32,
    readings: Vec<FileReading>,
    queue: VecDeque<Asked>,
    /// The judgement that goes on.
    pub judging: Option<Judging>,
    /// The last sound that cannot be sketched as was wanted: another kind may fit it.
    pub refused: Option<ReadSound>,
    /// The part of the target that a person is choosing.
    pub part_choice: PartChoice,
    /// Tells the kind of the target.
    pub kind_task: Option<TaskNumber>,
}

/// A file that is being read.
#[derive(Clone, Debug)]
struct FileReading {
    given: u32,
    task: TaskNumber,
    name: String,
}

/// A sound that was read.
#[derive(Clone, Debug)]
pub(super) struct ReadSound {
    pub given: u32,
    pub name: String,
    pub sound: SoundNumber,
    /// True if it goes on after all that is heard of it.
    pub is_long: bool,
    /// True if parts of the file are missing.
    pub is_damaged: bool,
    pub length_s: f32,
    /// The part of it that is wanted; none for all of it.
    pub part: Option<SoundPart>,
    /// How it can be sketched, once that is known.
    pub fit: Option<VoiceFit>,
}

/// A wish that waits for the judgement before it.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    /// Search for this sound.
    Sound(ReadSound),
    /// Find this kind.
    Kind(MatchKind),
}

/// A judgement that goes on.
#[derive(Clone, Debug)]
pub(super) struct Judging {
    pub asked: Asked,
    pub task: TaskNumber,
    pub step: JudgingStep,
    /// True if the panel was closed meanwhile. The workers may know the sound by then; nobody waits for it.
    pub is_dropped: bool,
}

/// The step of a judgement.
#[derive(Clone, Debug)]
pub(super) enum JudgingStep {
    /// A worker finds how the sound can be sketched.
    Examining,
    /// The workers take it as their target, to find this kind.
    Listening(MatchKind),
    /// A worker finds the hits of the sound that is searched for already.
    FindingHits,
    /// A worker finds the hits of this new target.
    FindingHitsOf(Box<MatchTarget>),
}

impl GivenSounds {
    /// True while a sound is read or judged: until then nothing is said of the search before.
    pub fn are_awaited(&self) -> bool {
        let is_sound = |asked: &Asked| matches!(asked, Asked::Sound(_));
        let is_judged =
            self.judging.as_ref().is_some_and(|judging| !judging.is_dropped && is_sound(&judging.asked));
        !self.readings.is_empty() || is_judged || self.queue.iter().any(is_sound)
    }

    /// True if no other sound was given after this one.
    pub fn is_last(&self, given: u32) -> bool {
        given == self.last
    }

    /// The number of the sound that was given last.
    pub fn last(&self) -> u32 {
        self.last
    }

    /// The next wish, unless a judgement goes on.
    pub fn next(&mut self) -> Option<Asked> {
        if self.judging.is_some() { None } else { self.queue.pop_front() }
    }

    /// Lets a wish wait for those before it.
    pub fn ask(&mut self, asked: Asked) {
        self.queue.push_back(asked);
    }

    /// True if a sound is still to be judged, or was refused.
    fn names(&self, sound: SoundNumber) -> bool {
        let is_it = |asked: &Asked| matches!(asked, Asked::Sound(read) if read.sound == sound);
        self.queue.iter().any(is_it)
            || self.judging.as_ref().is_some_and(|judging| is_it(&judging.asked))
            || self.refused.as_ref().is_some_and(|read| read.sound == sound)
    }

    /// Ends a judgement of this task, and returns it.
    pub fn end_judging(&mut self, task: TaskNumber) -> Option<Judging> {
        self.judging.take_if(|judging| judging.task == task)
    }
}

impl Reducer<'_> {
    /// Takes a file that a person has dropped or chosen; opens the panel.
    pub(super) fn take_match_file(&mut self, file: FileNumber, name: String) {
        self.drop_recording();
        self.page(PageAction::ShowTab(Tab::Sound));
        self.open_panel(PanelId::SoundMatch);
        if self.state.panels.is_open(PanelId::SoundMatch) {
            self.read_sound(file, name);
        } else {
            self.sound_match().given.waiting = Some((file, name));
        }
    }

    pub(super) fn read_sound(&mut self, file: FileNumber, name: String) {
        let task = self.begin_task(MatchTask::Read { file });
        let given = &mut self.sound_match().given;
        given.last = given.last.wrapping_add(1);
        given.readings.push(FileReading { given: given.last, task, name: name.clone() });
        self.say_match(vec![MatchSentence::Reading { name }]);
    }

    /// A sound is read, which is long or damaged: those that were given before it are no longer wanted.
    pub(super) fn take_read_sound(
        &mut self,
        task: TaskNumber,
        sound: SoundNumber,
        [is_long, is_damaged]: [bool; 2],
        length_s: f32,
    ) {
        let given = &mut self.sound_match().given;
        let Some(position) = given.readings.iter().position(|reading| reading.task == task) else {
            return self.forget_sounds(vec![sound]);
        };
        let FileReading { given: number, name, .. } = given.readings.swap_remove(position);
        let late: Vec<TaskNumber> = given
            .readings
            .extract_if(.., |reading| reading.given < number)
            .map(|reading| reading.task)
            .collect();
        let is_last = given.is_last(number);
        given.queue.push_back(Asked::Sound(ReadSound {
            given: number,
            name: name.clone(),
            sound,
            is_long,
            is_damaged,
            length_s,
            part: None,
            fit: None,
        }));
        late.into_iter().for_each(|task| self.cancel_task(Some(task)));
        if is_last {
            self.say_match(vec![MatchSentence::Listening { name }]);
        }
        self.judge_next();
    }

    pub(super) fn fail_reading(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        let given = &mut self.sound_match().given;
        let Some(position) = given.readings.iter().position(|reading| reading.task == task) else { return };
        let reading = given.readings.swap_remove(position);
        self.say_refusal(reading.given, reading.name, refusal);
    }

    /// A person has chosen a kind; it counts once the sounds before it are judged.
    pub(super) fn ask_for_kind(&mut self, kind: MatchKind) {
        self.sound_match().given.ask(Asked::Kind(kind));
        self.judge_next();
    }

    /// The panel is closed: no sound is wanted any more. A sound that the workers are taking is forgotten once they
    /// know it.
    pub(super) fn drop_given_sounds(&mut self) {
        let given = &mut self.sound_match().given;
        given.last = given.last.wrapping_add(1);
        let mut tasks: Vec<TaskNumber> = given.readings.drain(..).map(|reading| reading.task).collect();
        let mut sounds: Vec<SoundNumber> = Vec::new();
        for asked in given.queue.drain(..) {
            if let Asked::Sound(read) = asked {
                sounds.push(read.sound);
            }
        }
        sounds.extend(given.refused.take().map(|read| read.sound));
        match &mut given.judging {
            Some(Judging { asked: Asked::Sound(_), step, is_dropped, .. })
                if !matches!(step, JudgingStep::Examining) =>
            {
                *is_dropped = true;
            }
            judging => {
                if let Some(Judging { asked, task, .. }) = judging.take() {
                    tasks.push(task);
                    if let Asked::Sound(read) = asked {
                        sounds.push(read.sound);
                    }
                }
            }
        }
        tasks.into_iter().for_each(|task| self.cancel_task(Some(task)));
        sounds.dedup();
        self.forget_sounds(sounds);
    }

    /// The page frees sounds that nothing names any more.
    pub(super) fn forget_sounds(&mut self, mut sounds: Vec<SoundNumber>) {
        let own = self.sound_match();
        let target = own.target.as_ref().map(|target| target.given);
        sounds.retain(|&sound| Some(sound) != target && !own.given.names(sound));
        if !sounds.is_empty() {
            self.begin_task(MatchTask::Forget { sounds });
        }
    }
}
