//! Playing, stopping and changing loops and the beat, and the walk, which moves a touch of its own.

use crate::action::{GestureAction, PageAction};
use crate::demo::Demo;
use crate::error::AppError;
use crate::loops::RecordedLoop;
use crate::reduce::Reducer;
use crate::touches::TouchSource;
use crate::tracks::beat::Beat;
use crate::tracks::model::{has_nothing_to_start, plays_on};

/// The kinds of undo step of a loop's speed and volume: a dragged slider is one step.
const LOOP_SPEED: &str = "loop speed";
const LOOP_LEVEL: &str = "loop level";

impl Reducer<'_> {
    pub(crate) fn gesture(&mut self, action: GestureAction) {
        let gesture = &mut self.state.gesture;
        match action {
            GestureAction::ToggleRecording(now_ms) => return self.toggle_take(now_ms),
            GestureAction::Overdub(number, now_ms) => return self.overdub(number, now_ms),
            GestureAction::TogglePlay(now_ms) => self.toggle_play(now_ms),
            GestureAction::NextBeat(now_ms) => self.set_beat(self.state.document().beat.next(), now_ms),
            GestureAction::SetBeat(beat, now_ms) => self.set_beat(beat, now_ms),
            GestureAction::ToggleLoop(number) if gesture.plays(number) => gesture.stop_loop(number),
            GestureAction::ToggleLoop(number) => self.play_loop(number),
            GestureAction::ToggleMute(number) => self.change(|document| {
                document.loops.change(number, |own| own.is_muted = !own.is_muted);
            }),
            GestureAction::ToggleSolo(number) => {
                if gesture.soloed.extract_if(.., |own| *own == number).count() == 0 {
                    gesture.soloed.push(number);
                }
            }
            GestureAction::SetLoopLevel(number, level) => self.adjust(LOOP_LEVEL, |document| {
                document.loops.change(number, |own| own.level = level);
            }),
            GestureAction::OpenLoop(number) => {
                gesture.opened = number;
                if number.is_some() {
                    // A low sheet of a phone has no room for the settings.
                    self.page(PageAction::OpenSheet);
                }
            }
            GestureAction::TakeSound(number) => self.take_sound(number),
            GestureAction::SetLoopRoot(number, root) => self.change(|document| {
                document.loops.change(number, |own| own.set_root(root));
            }),
            GestureAction::SetLoopLayout(number, layout) => self.change(|document| {
                document.loops.change(number, |own| own.set_layout(layout));
            }),
            GestureAction::SetLoopInstrument(number, instrument) => self.change(|document| {
                document.loops.change(number, |own| own.set_instrument(instrument));
            }),
            GestureAction::CopyLoop(number) => self.copy_loop(number),
            GestureAction::ToggleWalk(_) if gesture.is_walking() => gesture.stop_walk(),
            GestureAction::ToggleWalk(seed) => {
                let home = self.state.point();
                // Its moves do not join an edit from before.
                self.state.history.finish_step();
                self.state.gesture.walk(home, seed);
            }
            GestureAction::DeleteLoop(number) => self.change(|document| document.loops.delete(number)),
            GestureAction::SetLoopSpeed(number, speed) => self.adjust(LOOP_SPEED, |document| {
                document.loops.change(number, |own| own.speed = speed);
            }),
            GestureAction::SetLoopDirection(number, direction) => self.change(|document| {
                document.loops.change(number, |own| own.direction = direction);
            }),
            GestureAction::SetInBeats(in_beats) => self.change(|document| {
                document.loops.set_in_beats(in_beats, document.notes.bpm);
            }),
        }
        self.follow_document();
    }

    /// Plays what there is, or stops what plays.
    fn toggle_play(&mut self, now_ms: f64) {
        if plays_on(self.state) {
            self.stop_all(now_ms);
        } else if has_nothing_to_start(self.state.document()) {
            self.play_on(now_ms);
            self.press(TouchSource::PlayButton, self.state.point(), 0.0, 0.0, now_ms);
        } else {
            self.play_all(now_ms);
        }
    }

    /// All loops and the beat play from the beginning of the longest loop.
    pub(crate) fn play_all(&mut self, now_ms: f64) {
        let document = self.state.history.present();
        let first_beats = document.loops.first_beats();
        self.state.gesture.transport.start(now_ms, document.notes.bpm, first_beats);
        for own in document.loops.all() {
            self.state.gesture.play(own);
        }
        self.welcome_is_over();
        self.shared_loops_play(now_ms);
        self.sync_loops();
    }

    /// Every sound ends: loops, beat, and notes that are held. A take ends, and becomes a loop that does not play yet.
    fn stop_all(&mut self, now_ms: f64) {
        self.keep_recording(now_ms);
        self.stop_trial();
        self.state.gesture.stop_loops();
        self.end_all_sound();
        self.sync_loops();
    }

    fn set_beat(&mut self, beat: Beat, now_ms: f64) {
        self.change(|document| document.beat = beat);
        if beat != Beat::Off && !self.state.gesture.transport.is_running() {
            let document = self.state.document();
            let (bpm, first_beats) = (document.notes.bpm, document.loops.first_beats());
            self.state.gesture.transport.start(now_ms, bpm, first_beats);
            self.welcome_is_over();
        }
    }

    pub(crate) fn play_loop(&mut self, number: u8) {
        let Some(own) = self.state.history.present().loops.get(number) else { return };
        if own.beats.is_some() && !self.state.gesture.transport.is_running() {
            let (now_ms, bpm) = (self.state.frame.last_ms, self.state.document().notes.bpm);
            self.state.gesture.transport.start(now_ms, bpm, f64::from(own.offset_beats));
        }
        self.state.gesture.play(own);
        self.welcome_is_over();
    }

    /// Something sounds, so the first line has said enough.
    fn welcome_is_over(&mut self) {
        self.state.page.onboarding.is_welcome = false;
        self.state.page.onboarding.demo = Demo::Over;
    }

    /// A loop plays with the notes and the sound that touches have now, on their instrument.
    fn take_sound(&mut self, number: u8) {
        let Some(own) = self.state.document().loops.get(number) else { return };
        // A loop that stands at one point plays the patch of the current point.
        let RecordedLoop { sound, instrument, .. } = self.sounding(own.clone());
        let patch = self.state.own_patch().map(|patch| Box::new(*patch));
        let sound = sound.map(|own| Box::new(crate::tracks::loop_sound::LoopSound { patch, ..*own }));
        self.change(|document| {
            document.loops.change(number, |own| (own.sound, own.instrument) = (sound, instrument));
        });
    }

    fn copy_loop(&mut self, number: u8) {
        let Some(own) = self.state.document().loops.get(number).cloned() else { return };
        if self.state.document().loops.are_full() {
            return self.report(AppError::LoopsFull);
        }
        let plays = self.state.gesture.plays(number);
        let mut added = None;
        self.change(|document| added = document.loops.add(own));
        if let Some(number) = added.filter(|_| plays) {
            self.play_loop(number);
        }
    }

    /// Advances the walk by this many seconds. It ends where a person has gone elsewhere or edited the patch, which it
    /// would undo.
    pub(crate) fn advance_walk(&mut self, elapsed_s: f64) {
        let document = self.state.document();
        let is_elsewhere =
            self.state.gesture.walk_place() != Some(document.point) || self.state.own_patch().is_some();
        if is_elsewhere && self.state.touches.of(TouchSource::Walk).is_some_and(|touch| touch.part == 0) {
            self.state.gesture.stop_walk();
        }
        match self.state.gesture.advance(elapsed_s) {
            Some(point) if self.state.touches.holds(TouchSource::Walk) => {
                self.move_touch(TouchSource::Walk, point);
            }
            Some(point) => {
                self.land(TouchSource::Walk, point);
            }
            None => self.end_touches(|touch| touch.source == Some(TouchSource::Walk)),
        }
    }
}
