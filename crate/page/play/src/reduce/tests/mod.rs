//! Tests of the decisions that a person notices: which notes sound, where, with which patch, and what is shown. This
//! module has the simulated page of the tests.

mod channels;
mod editing;
mod finding;
mod instruments;
mod level;
mod locations;
mod loops;
mod map;
mod model_change;
mod note_card;
mod onboarding;
mod opened_links;
mod page;
mod patches;
mod pedal;
mod properties;
mod registers;
mod showing;
mod snapping;
mod sound;
mod sung;
mod takes;
mod takes_shown;
mod touches;
mod wording;

use std::collections::BTreeSet;
use std::rc::Rc;

use instrument::path_player::{
    BeatLock, DueParts, PathDirection, PathEvent, PathPace, PathPlayer, PathStart, TransportState,
};
use patch::{Parameter, Patch};
use plane::{Coordinates, Layer, Map, Presets};
use proptest::prelude::*;

use crate::action::*;
use crate::chord::ArpeggioMode;
use crate::effect::{self, AppEvent, AudioCommand, Effect, Effects};
use crate::error::AppError;
use crate::held_keys::{KeyHolder, NoteEvent};
use crate::long_job::JobNumber;
use crate::midi::MidiMessage;
use crate::notes::{Layout, MIDDLE_C};
use crate::sound_state::{DecoderChoice, SoundPhase};
use crate::state::{LoadStatus, State};
use crate::touches::{PART_COUNT, TouchSource};
use crate::tracks::transport::ClockReport;
use crate::velocity::VelocitySource;
use crate::{Direction, Link, Notes, Options, Point, RecordedLoop, Session, reduce};

/// Frames of sound in a frame of the screen.
const SOUND_FRAMES: usize = 768;

/// A page with a simulated instrument.
struct Page {
    state: State,
    /// Sounding keys, by part.
    sounding: BTreeSet<(usize, u8)>,
    /// Where the parts are.
    points: [Point; PART_COUNT],
    /// The loops that the instrument plays.
    player: PathPlayer,
    /// The parts that a loop has moved last.
    led: BTreeSet<usize>,
    /// When the keys of loops went down: the beat of the clock, the number of the loop on the part, and the key.
    struck: Vec<(f64, u8, u8)>,
    /// The effects of the last action.
    effects: Effects,
    now_ms: f64,
}

impl Page {
    fn new() -> Self {
        Self::of(Start::default())
    }

    fn of(start: Start) -> Self {
        let state = State::new(start);
        let mut page = Self {
            state,
            sounding: BTreeSet::new(),
            points: Default::default(),
            player: PathPlayer::new(48_000.0),
            led: BTreeSet::new(),
            struck: Vec::new(),
            effects: Vec::new(),
            now_ms: 0.0,
        };
        page.act(Action::Map(MapAction::Resize([400.0, 400.0], [0.0; 2])));
        page
    }

    /// A page whose sound is loaded and awake.
    fn awake() -> Self {
        let mut page = Self::new();
        page.act(Action::Load(LoadAction::Begin));
        page.act(Action::Sound(SoundAction::ContextChanged(true)));
        page.act(Action::Sound(SoundAction::NodeReady));
        page.act(Action::Sound(SoundAction::DecoderReady));
        page
    }

    fn latched() -> Self {
        let mut page = Self::awake();
        page.act(Action::Edit(Edit::ToggleLatch));
        page
    }

    fn act(&mut self, action: Action) -> &Effects {
        self.effects = reduce(&mut self.state, action);
        for effect in &self.effects {
            match effect {
                Effect::Audio(AudioCommand::Note(NoteEvent::On { part, key, .. }, _)) => {
                    self.sounding.insert((*part, *key));
                }
                Effect::Audio(AudioCommand::Note(NoteEvent::Off { part, key }, _)) => {
                    self.sounding.remove(&(*part, *key));
                }
                Effect::Audio(AudioCommand::JumpTo(part, point) | AudioCommand::GlideTo(part, point)) => {
                    self.points[*part] = *point;
                    self.led.remove(part);
                }
                Effect::Audio(AudioCommand::Silence) => {
                    self.sounding.clear();
                    self.player.clear();
                }
                Effect::Audio(command) => lead(&mut self.player, command, &mut |event| {
                    follow(&mut self.sounding, &mut self.points, &mut self.led, event);
                }),
                _ => {}
            }
        }
        &self.effects
    }

    /// Lets the instrument play its loops for a frame of the screen, and report them.
    fn play_loops(&mut self) {
        let before = self.player.report().len();
        let mut left = SOUND_FRAMES;
        while left > 0 {
            let Self { player, sounding, points, led, struck, .. } = self;
            let beats = player.transport().beats().unwrap_or(f64::NAN);
            let mut down = Vec::new();
            let due = DueParts { moves: true, ..DueParts::default() };
            let passed = player.play_due(left, &due, &mut |event| {
                if let PathEvent::Key(part, key, 1..) = event {
                    down.push((part, key));
                }
                follow(sounding, points, led, event);
            });
            for (part, key) in down {
                let rows = player.report().as_chunks::<4>().0;
                let number = rows.iter().find(|row| row[2] == part as f32).map_or(0, |row| row[0] as u8 + 1);
                struck.push((beats, number, key));
            }
            player.pass(passed);
            left -= passed;
        }
        let rows = self.player.report().to_vec();
        let beats = self.player.transport().beats();
        if before + rows.len() > 0 || beats.is_some() {
            let (heard_ms, received_ms) = (self.now_ms, self.now_ms);
            let clock = beats.map(|beats| ClockReport { beats, heard_ms, received_ms });
            self.act(Action::Sound(SoundAction::LoopsPlayed(LoopReport { rows, clock })));
        }
    }

    fn pointer(&self, id: i32, point: Point) -> Pointer {
        let at_px = self.state.map.viewport.to_screen(point);
        Pointer { id, is_mouse: false, at_px, pressure: 0.5, now_ms: self.now_ms }
    }

    fn press(&mut self, id: i32, point: Point) {
        let pointer = self.pointer(id, point);
        self.act(Action::Pointer(PointerAction::Down(pointer)));
    }

    fn slide(&mut self, id: i32, point: Point) {
        let pointer = self.pointer(id, point);
        self.act(Action::Pointer(PointerAction::Move(pointer)));
        self.frame();
    }

    fn lift(&mut self, id: i32) {
        let pointer = self.pointer(id, Point::default());
        self.act(Action::Pointer(PointerAction::Up(pointer)));
    }

    fn frame(&mut self) {
        self.now_ms += 16.0;
        self.play_loops();
        self.act(Action::Frame(self.now_ms));
    }

    fn audio(&self) -> Vec<&AudioCommand> {
        let mut commands = Vec::new();
        for effect in &self.effects {
            if let Effect::Audio(command) = effect {
                commands.push(command);
            }
        }
        commands
    }

    fn parts(&self) -> Vec<usize> {
        self.state.touches.all().iter().map(|touch| touch.part).collect()
    }

    fn errors(&self) -> Vec<AppError> {
        let error = |effect: &Effect| match effect {
            Effect::Notify(AppEvent::Error(error)) => Some(error.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(error).collect()
    }
}

/// Carries out a command about loops, as the instrument does.
fn lead(player: &mut PathPlayer, command: &AudioCommand, act: &mut dyn FnMut(PathEvent)) {
    let pace = |rate: f64, direction: Direction| PathPace {
        rate,
        direction: PathDirection::from_number(direction.number().into()),
    };
    match command {
        AudioCommand::PlayLoop(own, time) => {
            let words = path::score(&own.fingers, own.length_s);
            player.room(words.len()).expect("it is short").copy_from_slice(&words);
            let pace = pace(time.rate, own.direction);
            let lock = BeatLock::new(time.beats, time.origin_beats);
            let start = PathStart { length_s: own.length_s, repeats: true, pace, at_s: time.at_s, lock };
            assert!(player.play(usize::from(own.number) - 1, &start, act));
        }
        AudioCommand::SetTransport(bpm, state) => {
            let state = match state {
                effect::BarClockState::Stopped => TransportState::Stopped,
                effect::BarClockState::Running => TransportState::Running,
                effect::BarClockState::Starting => TransportState::FromBeginning,
            };
            player.set_transport((*bpm).into(), state);
        }
        AudioCommand::SetLoopPace(number, rate, direction) => {
            player.set_pace(usize::from(*number) - 1, pace(*rate, *direction));
        }
        AudioCommand::StopLoop(number) => player.stop(usize::from(*number) - 1, act),
        AudioCommand::SetLaneKeys(keys, is_legato) => player.set_lanes(keys.iter().copied(), *is_legato),
        AudioCommand::ClaimParts(parts) => player.claim((*parts).into(), act),
        _ => {}
    }
}

/// Applies a loop's event to the sounding keys, the points of the parts and the parts that loops lead.
fn follow(
    sounding: &mut BTreeSet<(usize, u8)>,
    points: &mut [Point; PART_COUNT],
    led: &mut BTreeSet<usize>,
    event: PathEvent,
) {
    match event {
        PathEvent::Key(part, key, 0) => {
            sounding.remove(&(part, key));
        }
        PathEvent::Key(part, key, _) => {
            sounding.insert((part, key));
        }
        PathEvent::Land(part, point, _) | PathEvent::Move(part, point) => {
            points[part] = point;
            led.insert(part);
        }
        PathEvent::Volume(..) => {}
    }
}

fn at(x: f32) -> Point {
    Point { x, y: 0.0 }
}

fn near(one: Point, other: Point) -> bool {
    one.distance(other) < 1e-4
}

fn known() -> Rc<Coordinates> {
    Rc::new(Coordinates {
        version: plane::coordinates::VERSION,
        banks: vec!["A.bank".to_owned()],
        name: vec!["Bass".to_owned(), "Bell".to_owned()],
        bank: vec![0, 0],
        index: vec![0, 1],
        x: vec![1.0, -2.0],
        y: vec![1.0, 0.0],
        ..Coordinates::default()
    })
}
