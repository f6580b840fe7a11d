//! An instrument of recorded tones as a person sees and hears it. This file has its simulated page, and the sliders.

mod live_sound;
mod orders;

use std::rc::Rc;

use plane::{Coordinates, Map};

use super::*;
use crate::action::{Action, Edit, SoundAction, Start};
use crate::effect::{AudioCommand, Effect};
use crate::instruments::InstrumentAction;
use crate::panels::decisions::PanelDecisions;
use crate::panels::live::VoiceProblem;
use crate::panels::tasks::{TaskNews, TaskNumber};
use crate::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelTask};
use crate::reduce;
use crate::state::State;
use crate::tone_domain::{OFFSET_COUNT, ToneDomain};

/// A page that plays strings, with a simulated instrument; tasks wait until a test answers them.
struct TonesPage {
    state: State,
    running: Vec<(TaskNumber, LiveSource)>,
    /// The live source that the instrument plays.
    playing: LiveSource,
    /// The band-pass that the instrument has.
    feedback: Option<(f32, f32)>,
    /// The life of the instrument's tones.
    life: f32,
    now_ms: f64,
}

impl TonesPage {
    fn new() -> Self {
        let mut page = Self {
            state: State::new(Start::default()),
            running: Vec::new(),
            playing: LiveSource::Off,
            feedback: None,
            life: 1.0,
            now_ms: 0.0,
        };
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.start();
        page.choose_instrument(Some(ToneDomain::Strings));
        page
    }

    fn act(&mut self, action: Action) {
        for effect in reduce(&mut self.state, action) {
            match effect {
                Effect::Begin(number, task) => {
                    if let PanelTask::RecordedTones(TonesTask::Connect { source }) = *task {
                        self.running.push((number, source));
                    }
                }
                Effect::Cancel(PanelId::RecordedTones, number) => {
                    self.running.retain(|(running, _)| *running != number)
                }
                Effect::Audio(AudioCommand::PlayLive(source)) => self.playing = source,
                Effect::Audio(AudioCommand::TuneFeedback { frequency_hz, quality }) => {
                    self.feedback = Some((frequency_hz, quality));
                }
                Effect::Audio(AudioCommand::SetToneLife(life)) => self.life = life,
                _ => {}
            }
        }
    }

    fn panel(&mut self, action: PanelAction) {
        self.act(Action::Panel(action, self.now_ms));
    }

    fn own(&mut self, action: TonesAction) {
        self.panel(PanelAction::Act(OwnAction::RecordedTones(action)));
    }

    /// The sound begins with a new instrument, which plays nothing live.
    fn start(&mut self) {
        self.playing = LiveSource::Off;
        self.life = 1.0;
        self.act(Action::Sound(SoundAction::NodeReady));
    }

    fn lose(&mut self) {
        self.act(Action::Sound(SoundAction::ContextLost));
    }

    /// A person chooses an instrument, and its files arrive.
    fn choose_instrument(&mut self, domain: Option<ToneDomain>) {
        self.act(Action::Instrument(InstrumentAction::Choose(domain)));
        if let Some(domain) = domain {
            let files = (Rc::new(Coordinates::default()), Rc::new(Map::default()));
            self.act(Action::Instrument(InstrumentAction::Loaded(domain, files.0, files.1)));
        }
    }

    fn choose(&mut self, source: LiveSource) {
        self.own(TonesAction::ChooseLive { source });
    }

    fn task(&self) -> TaskNumber {
        self.running.last().expect("a live sound is connected").0
    }

    fn connect(&mut self, task: TaskNumber) {
        let answer = TonesAnswer::Connected { rate_hz: 48_000.0 };
        self.panel(PanelAction::News(task, TaskNews::Answer(PanelAnswer::RecordedTones(answer))));
    }

    fn fail(&mut self, task: TaskNumber, word: &str) {
        self.running.retain(|(running, _)| *running != task);
        self.panel(PanelAction::News(task, TaskNews::Failed(word.to_owned())));
    }

    fn end(&mut self, task: TaskNumber) {
        self.running.retain(|(running, _)| *running != task);
        self.panel(PanelAction::News(task, TaskNews::Ended));
    }

    /// A page whose live sound plays.
    fn playing(source: LiveSource) -> Self {
        let mut page = Self::new();
        page.choose(source);
        page.connect(page.task());
        assert_eq!(page.playing, source);
        page
    }

    fn model(&self) -> TonesModel {
        RecordedTones::model(&self.state)
    }

    fn live(&self) -> LiveSoundModel {
        self.model().live
    }

    fn axes(&self) -> [f32; OFFSET_COUNT] {
        self.model().axes
    }

    fn move_axis(&mut self, axis: usize, place: f32) {
        self.own(TonesAction::MoveAxis { axis, place });
    }

    fn undo(&mut self) {
        self.act(Action::Edit(Edit::Undo));
    }
}

#[test]
fn the_panel_is_open_while_recorded_tones_play_and_shows_their_own_axes() {
    let mut page = TonesPage::new();
    page.move_axis(2, 0.5);
    assert_eq!((page.model().is_open, page.model().domain, page.axes()[2]), (true, 0, 0.5));
    page.choose_instrument(Some(ToneDomain::Brass));
    assert_eq!((page.model().is_open, page.model().domain, page.axes()[2]), (true, 3, 0.0));
    page.own(TonesAction::Leave);
    assert!(page.state.is_amsynth());
    assert!(!page.model().is_open);
    page.choose_instrument(Some(ToneDomain::Strings));
    assert_eq!((page.model().is_open, page.axes()[2]), (true, 0.5));
}

#[test]
fn a_drag_all_to_the_middle_a_double_tap_and_the_next_drag_are_each_undone_alone() {
    let mut page = TonesPage::new();
    for place in [0.2, 0.4, 0.6] {
        page.move_axis(0, place);
    }
    page.own(TonesAction::AxisMoved);
    page.own(TonesAction::CenterAxes);
    assert!(!page.model().can_center);
    page.move_axis(1, -0.5);
    page.own(TonesAction::AxisMoved);
    page.own(TonesAction::CenterAxis { axis: 1 });
    page.move_axis(0, 0.3);
    for expected in [[0.0, 0.0], [0.0, -0.5], [0.0, 0.0], [0.6, 0.0], [0.0, 0.0]] {
        page.undo();
        assert_eq!(page.axes()[..2], expected);
    }
}

#[test]
fn two_quick_taps_of_a_finger_on_one_slider_move_it_to_the_middle() {
    for (gap_ms, other, is_touch, place) in
        [(300.0, 0, true, 0.0), (400.0, 0, true, 0.4), (300.0, 1, true, 0.4), (300.0, 0, false, 0.4)]
    {
        let mut page = TonesPage::new();
        page.move_axis(0, 0.4);
        page.own(TonesAction::TapAxis { axis: other, is_touch });
        page.now_ms += gap_ms;
        page.own(TonesAction::TapAxis { axis: 0, is_touch });
        assert_eq!(page.axes()[0], place, "{gap_ms} ms after slider {other}, touch: {is_touch}");
    }
}

#[test]
fn a_pressed_slider_plays_until_its_own_pointer_is_up_or_the_focus_goes() {
    let sounds = |page: &TonesPage| page.state.is_sounding();
    let mut page = TonesPage::new();
    page.own(TonesAction::PressAxis { pointer: 1 });
    page.act(Action::Frame(16.0));
    assert!(sounds(&page));
    page.own(TonesAction::PressAxis { pointer: 2 });
    page.own(TonesAction::ReleaseAxis { pointer: 2 });
    page.act(Action::Frame(32.0));
    assert!(sounds(&page), "another pointer plays nothing and ends nothing");
    page.own(TonesAction::ReleaseAxis { pointer: 1 });
    page.act(Action::Frame(48.0));
    assert!(!sounds(&page));
    page.own(TonesAction::PressAxis { pointer: 1 });
    page.own(TonesAction::LeaveAxis);
    page.act(Action::Frame(64.0));
    assert!(!sounds(&page));
}

#[test]
fn axes_that_there_are_not_and_places_beyond_the_ends_change_nothing_else() {
    let mut page = TonesPage::new();
    page.move_axis(OFFSET_COUNT, 0.5);
    page.own(TonesAction::CenterAxis { axis: usize::MAX });
    page.move_axis(5, 7.0);
    assert_eq!(page.axes(), [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn tones_live_as_much_as_the_slider_says_also_with_the_next_sound() {
    let mut page = TonesPage::new();
    let shown = |page: &TonesPage| RecordedTones::model(&page.state).life;
    assert_eq!((shown(&page), page.life), (1.0, 1.0), "tones live until a person wants them steadier");
    page.own(TonesAction::SetLife { share: 0.25 });
    assert_eq!((shown(&page), page.life), (0.25, 0.25));
    page.lose();
    page.start();
    assert_eq!(page.life, 0.25, "a new instrument gets it, too");
    page.own(TonesAction::SetLife { share: f32::NAN });
    assert_eq!(page.life, 1.0);
    page.own(TonesAction::SetLife { share: -3.0 });
    assert_eq!((shown(&page), page.life), (0.0, 0.0));
}
