//! Sung loops as a person hears them: counted in, in time with the others, better by and by, kept and undone.

mod following;
mod refusing;

use super::*;
use crate::panels::sing::{SingAction, SingAnswer, SingModel, SingRefusal, SingStage, SingTask, SungStyle};
use crate::panels::sound_match::RhythmHit;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelModel, PanelTask};
use crate::sounds::SoundNumber;
use crate::tracks::beat::Beat;
use crate::tracks::model::{RecordState, TracksModel};

/// The tempo of a first visit gives a beat this length, in milliseconds.
const BEAT_MS: f64 = 60_000.0 / 112.0;

/// A page with “Sing a loop”, and its tasks.
struct Singer {
    page: Page,
    tasks: Vec<(TaskNumber, SingTask)>,
    placing: Vec<TaskNumber>,
    decoding: Vec<(TaskNumber, Vec<Point>)>,
}

impl Singer {
    fn open() -> Self {
        let page = Page::awake();
        let mut singer = Self { page, tasks: Vec::new(), placing: Vec::new(), decoding: Vec::new() };
        singer.panel(PanelAction::Open(PanelId::Sing));
        singer.panel(PanelAction::Loaded(PanelId::Sing));
        singer
    }

    fn with_beat() -> Self {
        let mut singer = Self::open();
        let now_ms = singer.page.now_ms;
        singer.act(Action::Gesture(GestureAction::SetBeat(Beat::Kick, now_ms)));
        singer
    }

    fn act(&mut self, action: Action) {
        self.page.act(action);
        self.collect();
    }

    fn collect(&mut self) {
        for effect in &self.page.effects {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::Sing(task) = &**task {
                        self.tasks.push((*number, task.clone()));
                    }
                }
                Effect::Cancel(_, number) => self.tasks.retain(|(own, _)| own != number),
                Effect::PlacePatch(_, number, _) => self.placing.push(*number),
                Effect::DecodeCutoffs(number, points) => self.decoding.push((*number, points.clone())),
                _ => {}
            }
        }
    }

    fn panel(&mut self, action: PanelAction) {
        let now_ms = self.page.now_ms;
        self.act(Action::Panel(action, now_ms));
    }

    fn own(&mut self, action: SingAction) {
        self.panel(PanelAction::Act(OwnAction::Sing(action)));
    }

    fn frame(&mut self) {
        self.page.frame();
        self.collect();
    }

    fn frames(&mut self, count: usize) {
        (0..count).for_each(|_| self.frame());
    }

    fn beats(&self) -> f64 {
        self.page.state.gesture.transport.beats_at(self.page.now_ms).expect("the clock runs")
    }

    fn until_beat(&mut self, beats: f64) {
        while self.beats() < beats {
            self.frame();
        }
    }

    /// The task of a kind that was begun last.
    fn task(&self, is_it: impl Fn(&SingTask) -> bool) -> TaskNumber {
        self.tasks.iter().rev().find(|(_, task)| is_it(task)).expect("there is such a task").0
    }

    fn answer(&mut self, task: TaskNumber, answer: SingAnswer) {
        self.panel(PanelAction::News(task, TaskNews::Answer(PanelAnswer::Sing(answer))));
    }

    fn model(&self) -> SingModel {
        let PanelModel::Sing(model) = self.page.state.panel_model(PanelId::Sing) else { panic!() };
        *model
    }

    fn record_state(&self) -> RecordState {
        TracksModel::new(&self.page.state, self.page.now_ms).record
    }

    /// Begins a recording, whose microphone opens now; returns when it opened.
    fn begin(&mut self) -> f64 {
        self.own(SingAction::Record);
        let task = self.task(|task| *task == SingTask::Record);
        self.answer(task, SingAnswer::Listening);
        self.page.now_ms
    }

    /// The recording that opened then is in the page. The microphone is late by 20 ms.
    fn recorded(&mut self, opened_ms: f64) {
        let task = self.task(|task| *task == SingTask::Record);
        let (sound, from_ms) = (SoundNumber::of(7), opened_ms + 20.0);
        self.answer(
            task,
            SingAnswer::Recorded { sound, from_ms, microphone_s: Some(0.02), buffer_s: Some(0.005) },
        );
    }

    /// The part that the workers hear, in seconds.
    fn heard(&self) -> (f64, f64) {
        let heard = self.tasks.iter().rev().find_map(|(_, task)| match task {
            SingTask::Examine { part, .. } => Some((part.from_s, part.to_s)),
            _ => None,
        });
        heard.expect("the workers hear it")
    }

    fn examined(&mut self, problem: u8, has_hits: bool) {
        let task = self.task(|task| matches!(task, SingTask::Examine { .. }));
        self.answer(task, SingAnswer::Examined { problem, has_hits, is_unvoiced: false });
    }

    /// Notes of begin, end and key, in seconds of the part.
    fn melody(&mut self, notes: &[(f32, f32, f32)], volume: f32) {
        self.voice(notes, &[], &[], volume);
    }

    /// The same with bends in cents and cutoffs of 0…127, every hundredth of a second.
    fn voice(&mut self, notes: &[(f32, f32, f32)], bends: &[f32], cutoffs: &[f32], volume: f32) {
        let task = self.task(|task| matches!(task, SingTask::SketchMelody { .. }));
        let counts = [notes.len(), bends.len(), cutoffs.len()].map(|count| count as f32);
        let mut performance = vec![9.0];
        performance.extend(counts);
        notes.iter().for_each(|&(begin_s, end_s, key)| performance.extend([begin_s, end_s, key, 100.0]));
        performance.extend(bends.iter().chain(cutoffs));
        let mut patch = *Patch::default().values();
        patch[Parameter::MasterVol.index()] = volume;
        self.answer(task, SingAnswer::Melody { performance, patch: patch.to_vec(), share: 0.5 });
    }

    fn place(&mut self, point: [f32; 2]) {
        let task = self.placing.pop().expect("a patch is placed");
        self.answer(task, SingAnswer::Placed { point: Some(point) });
    }

    /// The model decodes the cutoffs around a place: they rise by an octave in a latent unit to the right.
    fn decode(&mut self) {
        let (task, points) = self.decoding.pop().expect("cutoffs are decoded");
        let cutoffs = points.iter().map(|point| 0.25 * point.x).collect();
        self.answer(task, SingAnswer::Decoded { cutoffs });
    }

    /// The path of the first loop on trial: its points every tenth of a second.
    fn points(&self) -> Vec<Point> {
        let own = &self.page.state.panels.sing.loops_on_trial()[0];
        let at = |step: i32| own.fingers[0].at(0.1 * f64::from(step)).map(|at| at.point);
        (0..200).filter_map(at).collect()
    }

    /// Sings C, E and G on the first three beats, a little late, over one bar of the beat.
    fn with_trial() -> Self {
        let mut singer = Self::with_beat();
        singer.until_beat(0.5);
        let opened_ms = singer.begin();
        singer.until_beat(4.5);
        singer.own(SingAction::Finish);
        singer.until_beat(8.1);
        singer.recorded(opened_ms);
        singer.examined(0, false);
        let line_s = singer.line_s(opened_ms) as f32;
        let beat_s = (BEAT_MS / 1000.0) as f32;
        let note = |beat: f32, key: f32| (line_s + beat * beat_s + 0.03, line_s + (beat + 0.9) * beat_s, key);
        singer.melody(&[note(0.0, 60.1), note(1.0, 64.1), note(2.0, 67.1)], 0.5);
        singer
    }

    /// The bar line at beat 4 in seconds of the part that the workers hear.
    fn line_s(&self, opened_ms: f64) -> f64 {
        let line_ms = self.page.now_ms - (self.beats() - 4.0) * BEAT_MS;
        (line_ms - opened_ms) / 1000.0 - self.heard().0
    }

    /// When keys of a loop went down since, in beats of its bar.
    fn struck_since(&self, from: usize, number: u8) -> Vec<(f64, u8)> {
        let struck = self.page.struck[from..].iter().filter(|(_, own, _)| *own == number);
        struck.map(|&(beats, _, key)| (beats.rem_euclid(4.0), key)).collect()
    }
}

#[test]
fn with_the_beat_it_counts_in_and_the_part_of_the_bars_is_heard() {
    let mut singer = Singer::with_beat();
    singer.until_beat(0.5);
    singer.own(SingAction::Record);
    assert_eq!(singer.model().stage, SingStage::Asking);
    assert_eq!(singer.record_state(), RecordState::Idle, "nothing counts before the microphone is open");
    let task = singer.task(|task| *task == SingTask::Record);
    singer.answer(task, SingAnswer::Listening);
    let opened_ms = singer.page.now_ms;
    assert_eq!(singer.record_state(), RecordState::CountIn { beats_left: 4, is_alone: true });
    singer.until_beat(4.1);
    let RecordState::Recording { bar: 1, of_bars: Some(4), .. } = singer.record_state() else {
        panic!("{:?}", singer.record_state())
    };
    singer.until_beat(20.1);
    assert_eq!(singer.model().stage, SingStage::Hearing);
    assert!(singer.tasks.iter().any(|(_, task)| matches!(task, SingTask::FinishRecording { .. })));
    singer.recorded(opened_ms);
    let (from_s, to_s) = singer.heard();
    let line_s = 3.5 * BEAT_MS / 1000.0;
    assert!((from_s - (line_s - 0.5 * BEAT_MS / 1000.0)).abs() < 0.02, "an eighth before the line: {from_s}");
    assert!((to_s - (line_s + 16.0 * BEAT_MS / 1000.0)).abs() < 0.02, "{to_s}");
}

#[test]
fn the_first_notes_play_at_once_in_time_with_the_beat_and_a_better_patch_replaces_the_first() {
    let mut singer = Singer::with_trial();
    assert_eq!((singer.model().stage, singer.model().is_playing), (SingStage::Found, true));
    assert_eq!((singer.model().notes.len(), singer.model().bars, singer.model().numbers), (3, 1, vec![1]));
    assert!(singer.page.state.document().loops.all().is_empty(), "it is on trial");
    singer.until_beat(11.9);
    let from = singer.page.struck.len();
    singer.until_beat(15.9);
    let struck = singer.struck_since(from, 1);
    let keys: Vec<u8> = struck.iter().map(|(_, key)| *key).collect();
    assert_eq!(keys, [60, 64, 67]);
    for ((beats, _), wanted) in struck.iter().zip([0.0, 1.0, 2.0]) {
        assert!((beats - wanted).abs() < 0.02, "{struck:?}");
    }
    let beat_s = (BEAT_MS / 1000.0) as f32;
    let line_s = 0.5 * beat_s;
    let note = |beat: f32, key: f32| (line_s + beat * beat_s, line_s + (beat + 0.9) * beat_s, key);
    singer.melody(&[note(0.0, 60.0), note(1.0, 64.0), note(2.0, 67.0)], 0.7);
    let audio = singer.page.audio();
    assert!(audio.iter().any(|command| matches!(command, AudioCommand::SetLoopSound(1, Some(_)))));
    singer.place([1.0, -2.0]);
    let own = &singer.page.state.panels.sing.loops_on_trial()[0];
    assert_eq!(own.fingers[0].at(0.1).unwrap().point, Point { x: 1.0, y: -2.0 }, "where the patch lies");
}

#[test]
fn keeping_makes_it_the_next_track_and_undo_removes_it() {
    let mut singer = Singer::with_trial();
    singer.own(SingAction::Keep { names: vec!["Sung".into()] });
    let own = singer.page.state.document().loops.get(1).expect("there is a track");
    assert_eq!((own.beats, own.offset_beats, own.name.as_deref()), (Some(4), 0, Some("Sung")));
    let sound = own.sound.as_ref().unwrap();
    assert_eq!(sound.patch.as_ref().unwrap().get(Parameter::MasterVol), 0.5);
    assert_eq!((sound.notes.root, own.fingers[0].notes().count()), (60, 3));
    assert!(!singer.page.state.panels.is_open(PanelId::Sing));
    assert!(singer.tasks.iter().any(|(_, task)| *task == SingTask::Free));
    singer.until_beat(11.9);
    let from = singer.page.struck.len();
    singer.until_beat(15.9);
    assert_eq!(singer.struck_since(from, 1).len(), 3, "it plays on");
    singer.act(Action::Edit(Edit::Undo));
    assert!(singer.page.state.document().loops.all().is_empty());
    singer.frames(3);
    assert!(!singer.page.state.gesture.plays(1));
}

#[test]
fn closing_without_keeping_leaves_nothing() {
    let mut singer = Singer::with_trial();
    singer.panel(PanelAction::Close(PanelId::Sing));
    singer.until_beat(11.9);
    let from = singer.page.struck.len();
    singer.until_beat(15.9);
    assert!(singer.struck_since(from, 1).is_empty() && singer.page.state.document().loops.all().is_empty());
    assert!(!singer.page.state.history.can_undo() || singer.page.state.document().beat == Beat::Kick);
}

#[test]
fn as_sung_keeps_the_times_and_in_tune_returns_to_the_grid() {
    let mut singer = Singer::with_trial();
    assert_eq!(singer.model().notes[1].start, 0.25);
    singer.own(SingAction::SetInTune { is_in_tune: false });
    assert_eq!(singer.model().style, SungStyle::AsSung);
    let late = singer.model().notes[1].start - 0.25;
    assert!((late - 30.0 / (4.0 * BEAT_MS)).abs() < 0.01, "{late}");
    singer.own(SingAction::SetInTune { is_in_tune: true });
    assert_eq!(singer.model().notes[1].start, 0.25);
}

#[test]
fn the_voice_is_heard_in_place_of_the_instrument_from_the_same_place_in_the_bar() {
    let mut singer = Singer::with_trial();
    singer.until_beat(13.0);
    singer.own(SingAction::HearVoice { is_voice: true });
    let voice = singer.model().voice.expect("the voice plays");
    assert!((voice.at_s - voice.from_s - BEAT_MS / 1000.0).abs() < 0.04, "{voice:?}");
    assert!(singer.page.audio().iter().any(|command| matches!(command, AudioCommand::SetLoopGain(1, 0.0))));
    singer.own(SingAction::HearVoice { is_voice: false });
    assert_eq!(singer.model().voice, None);
    assert!(
        singer
            .page
            .audio()
            .iter()
            .any(|command| matches!(command, AudioCommand::SetLoopGain(1, gain) if *gain > 0.0))
    );
}

#[test]
fn without_a_clock_it_sets_the_tempo_once_it_is_kept() {
    let mut singer = Singer::open();
    let opened_ms = singer.begin();
    assert_eq!(singer.record_state(), RecordState::Free);
    // The first note begins after a second, and the button is pressed four seconds later.
    singer.page.now_ms += 5000.0;
    singer.own(SingAction::Finish);
    assert_eq!(singer.record_state(), RecordState::Idle);
    singer.recorded(opened_ms);
    singer.examined(0, false);
    singer.melody(&[(1.0, 1.4, 57.0), (3.0, 4.8, 60.0)], 0.5);
    assert_eq!((singer.model().bars, singer.model().is_playing), (2, true));
    assert!(!singer.page.state.gesture.transport.is_running());
    singer.own(SingAction::Keep { names: vec![] });
    let own = singer.page.state.document().loops.get(1).unwrap();
    assert!((own.length_s - 4.0).abs() < 0.01 && own.beats == Some(8), "{own:?}");
    assert!((singer.page.state.notes().bpm - 120.0).abs() < 0.1);
    assert!(singer.page.state.gesture.transport.is_running());
    singer.act(Action::Edit(Edit::Undo));
    assert_eq!((singer.page.state.notes().bpm, singer.page.state.document().loops.all().len()), (112.0, 0));
}

#[test]
fn a_rhythm_becomes_a_track_for_each_kind_of_hits_in_one_step_of_undo() {
    let mut singer = Singer::with_beat();
    let opened_ms = singer.begin();
    singer.until_beat(20.1);
    singer.recorded(opened_ms);
    singer.examined(4, true);
    let task = singer.task(|task| *task == SingTask::SketchRhythm);
    let hit =
        |kind: u8, begin_s: f32| RhythmHit { kind, key: 40 + kind, begin_s, held_s: 0.1, velocity: 100 };
    singer.answer(task, SingAnswer::Hits { hits: vec![hit(0, 0.3), hit(1, 0.9), hit(0, 1.4)] });
    assert_eq!(singer.model().stage, SingStage::Hearing, "without a patch nothing plays");
    let patch = Patch::default().values().to_vec();
    singer.answer(task, SingAnswer::Kind { kind: 0, patch: patch.clone(), share: 0.2 });
    assert_eq!((singer.model().numbers, singer.model().is_playing), (vec![1], true));
    singer.answer(task, SingAnswer::Kind { kind: 1, patch, share: 0.2 });
    assert_eq!((singer.model().numbers, singer.model().key), (vec![1, 2], None));
    singer.own(SingAction::Keep { names: vec!["one".into(), "two".into()] });
    let document = singer.page.state.document();
    let kept: Vec<_> = document.loops.all().iter().map(|own| own.fingers[0].notes().count()).collect();
    assert_eq!(kept, [2, 1]);
    singer.act(Action::Edit(Edit::Undo));
    assert!(singer.page.state.document().loops.all().is_empty(), "one step");
}
