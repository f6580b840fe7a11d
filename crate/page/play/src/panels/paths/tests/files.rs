//! Files and links: what a person opens, saves and copies, and what is said of it.

use super::*;

impl PathsPage {
    fn open_files(&mut self, names: &[&str]) {
        self.own(PathsAction::OpenFiles { files: names.iter().map(|name| file(name)).collect() });
    }

    fn refuse(&mut self, word: &str) {
        let (task, _) = self.task();
        self.answer(task, PathsAnswer::Refused { word: word.to_owned(), numbers: vec![2.0] });
        self.end(task);
    }

    fn remarks(&self) -> Vec<PathsRemark> {
        self.model().remarks
    }

    /// The fragment of a link to the chosen path.
    fn link(&mut self) -> String {
        self.own(PathsAction::CopyLink);
        let (task, PathsTask::CopyLink { fragment }) = self.task() else { panic!("a link is copied") };
        self.end(task);
        fragment
    }
}

fn refused(name: &str, word: &str) -> PathsRemark {
    PathsRemark::Refused { file: name.to_owned(), word: word.to_owned(), numbers: vec![2.0] }
}

#[test]
fn of_several_files_each_one_that_is_no_path_gets_a_sentence_and_the_others_are_added() {
    let mut page = PathsPage::open();
    page.open_files(&["a.json", "b.json", "c.mid", "tide.json"]);
    assert_eq!(page.remarks(), [PathsRemark::Reading { file: "a.json".to_owned() }]);
    page.refuse("value");
    page.refuse("rate");
    let (task, _) = page.task();
    page.fail(task, "unreadable");
    page.read(still("Tide", 1.0, 3.0));
    assert_eq!(page.names(), ["Tide"]);
    let unread = PathsRemark::Unread { file: "c.mid".to_owned(), word: "unreadable".to_owned() };
    assert_eq!(page.remarks(), [refused("a.json", "value"), refused("b.json", "rate"), unread]);
    page.add(still("Ebb", 1.0, 3.0));
    assert_eq!(page.remarks(), []);
    assert_eq!(page.model().name, "Ebb", "the last one is shown");
}

#[test]
fn a_file_that_is_read_in_part_gets_a_sentence() {
    let mut page = PathsPage::open();
    page.open_files(&["a.mid"]);
    let (task, _) = page.task();
    let losses = vec!["damaged".to_owned(), "notes".to_owned()];
    page.answer(task, PathsAnswer::Read { path: Box::new(still("Tide", 1.0, 3.0)), losses });
    page.end(task);
    assert_eq!(page.names(), ["Tide"]);
    let in_part = |word: &str| PathsRemark::InPart { file: "a.mid".to_owned(), word: word.to_owned() };
    assert_eq!(page.remarks(), [in_part("damaged"), in_part("notes")]);
}

#[test]
fn files_that_come_before_the_script_wait_for_it() {
    let mut page = PathsPage {
        state: State::new(Start::default()),
        now_ms: 0.0,
        running: Vec::new(),
        freed: 0,
        cleared: 0,
    };
    page.panel(PanelAction::Open(PanelId::Paths));
    page.open_files(&["tide.json"]);
    assert_eq!(page.running, []);
    page.panel(PanelAction::Loaded(PanelId::Paths));
    page.read(still("Tide", 1.0, 3.0));
    assert_eq!(page.names(), ["Tide"]);
}

#[test]
fn nine_files_are_eight_loops_and_a_sentence() {
    let mut page = PathsPage::open();
    page.open_files(&["path.json"; 9]);
    (0..9).for_each(|_| page.read(still("Tide", 1.0, 3.0)));
    assert_eq!((page.loops().len(), page.remarks()), (8, vec![PathsRemark::NoRoom]));
}

#[test]
fn an_added_path_is_one_step_of_undo() {
    let mut page = PathsPage::begun();
    page.add(still("Tide", 1.0, 3.0));
    page.undo();
    assert_eq!((page.loops().len(), page.model().chosen), (1, 1));
    page.undo();
    assert_eq!((page.loops().len(), page.model().chosen), (0, 0));
    assert_eq!(page.model().lanes, None);
}

#[test]
fn a_path_is_saved_as_it_is_now_under_its_name() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Rename { name: "Slow tide".to_owned() });
    page.own(PathsAction::Save { kind: PathsFileKind::Json });
    let (task, PathsTask::Save { path, file, key, .. }) = page.task() else { panic!("a file is written") };
    assert_eq!((path.lanes.x.len(), path.name.as_str(), key), (401, "Slow tide", page.state.notes().root));
    assert_eq!(file, "Slow tide.path.json");
    page.end(task);
    let name = "Slow tide".to_owned();
    assert_eq!(page.remarks(), [PathsRemark::Saved { name, file }]);
}

#[test]
fn a_midi_file_of_a_path_says_the_tempo_of_the_page() {
    let mut page = PathsPage::begun();
    for beat in 0..4 {
        page.act(Action::Edit(Edit::TapTempo(625.0 * f64::from(beat))));
    }
    page.own(PathsAction::Save { kind: PathsFileKind::Midi });
    let (_, PathsTask::Save { bpm, .. }) = page.task() else { panic!("a file is written") };
    assert_eq!(bpm, 96.0);
}

#[test]
fn a_file_that_takes_time_shows_its_share_and_can_be_stopped_and_another_one_waits_for_it() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::Save { kind: PathsFileKind::Wav });
    let (late, _) = page.task();
    page.news(late, TaskNews::Progress(0.25));
    let file = "Loop 1.wav".to_owned();
    assert_eq!(page.model().writing, Some(PathsWriting { file: file.clone(), share: 0.25 }));
    page.own(PathsAction::Save { kind: PathsFileKind::Bank });
    assert_eq!((page.remarks(), page.running.len()), (vec![PathsRemark::Busy], 1));
    page.own(PathsAction::StopSaving);
    assert_eq!((page.model().writing, page.running.len()), (None, 0));
    page.news(late, TaskNews::Ended);
    assert_eq!(page.remarks(), [PathsRemark::Stopped { file }], "a late end changes nothing");
    page.own(PathsAction::Save { kind: PathsFileKind::Midi });
    let (task, _) = page.task();
    page.fail(task, "lost");
    let unsaved = PathsRemark::Unsaved { file: "Loop 1.mid".to_owned(), word: "lost".to_owned() };
    assert_eq!(page.remarks(), [unsaved]);
}

#[test]
fn a_link_opens_to_the_same_path_on_another_page() {
    let mut page = PathsPage::open();
    let note = PathsFileNote { start_s: 0.0, length_s: 1.0, key: Some(62), velocity: 70 };
    let other = PathsFileNote { start_s: 0.5, length_s: 1.0, key: None, velocity: 110 };
    let level = (0..21).map(|step| f64::from(step) / 20.0).collect();
    page.add(PathsFileValues {
        beats: Some(7.0),
        level: Some(level),
        notes: vec![note, other],
        ..still("Ebb ♯ und Flut", 1.0, -2.0)
    });
    let fragment = page.link();
    assert_eq!(page.remarks(), [PathsRemark::LinkCopied { name: "Ebb ♯ und Flut".to_owned() }]);
    let sent = page.loops();
    let mut receiver = PathsPage::begun();
    receiver.own(PathsAction::OpenLink { fragment: format!("#{fragment}") });
    let got = receiver.loops();
    assert_eq!(RecordedLoop { number: 1, ..RecordedLoop::clone(&got[1]) }, *sent[0]);
    assert_eq!((receiver.cleared, receiver.model().chosen), (1, 2));
    receiver.undo();
    assert_eq!(receiver.loops().len(), 1, "it is one step of undo");
}

#[test]
fn a_damaged_link_changes_nothing_and_says_so() {
    let mut page = PathsPage::begun();
    let fragment = page.link();
    for damaged in [&fragment[..fragment.len() - 9], "path=", "path=AAAA"] {
        page.own(PathsAction::OpenLink { fragment: damaged.to_owned() });
        assert_eq!(page.remarks(), [PathsRemark::LinkDamaged], "{damaged}");
    }
    assert_eq!((page.loops().len(), page.cleared), (1, 3));
}

#[test]
fn a_link_that_finds_eight_loops_stays_in_the_address_and_opens_once_there_is_room() {
    let mut page = PathsPage::begun();
    let fragment = page.link();
    (0..7).for_each(|_| page.add(still("Tide", 1.0, 1.0)));
    page.own(PathsAction::OpenLink { fragment });
    assert_eq!((page.remarks(), page.cleared), (vec![PathsRemark::NoRoom], 0));
    page.undo();
    page.close();
    page.reopen();
    assert_eq!((page.loops().len(), page.cleared), (8, 1));
    page.close();
    page.undo();
    page.reopen();
    assert_eq!(page.loops().len(), 7, "it opens once");
}

#[test]
fn a_path_that_is_too_long_for_a_link_gets_a_sentence() {
    let mut page = PathsPage::open();
    let lane = |factor: f64| (0..6001).map(|step| 3.0 * (f64::from(step).powi(2) * factor).sin()).collect();
    let lanes = PathsFileLanes { x: lane(0.001), y: lane(0.0013) };
    page.add(PathsFileValues { rate_hz: 100.0, lanes, ..still("Long", 0.0, 0.0) });
    page.own(PathsAction::CopyLink);
    assert_eq!(page.remarks(), [PathsRemark::LinkLong { name: "Long".to_owned() }]);
    assert_eq!(page.running, []);
}

#[test]
fn a_link_that_the_browser_does_not_copy_is_in_the_address_bar() {
    let mut page = PathsPage::begun();
    page.own(PathsAction::CopyLink);
    let (task, _) = page.task();
    page.fail(task, "refused");
    assert_eq!(page.remarks(), [PathsRemark::LinkShown { name: "Loop 1".to_owned() }]);
}
