//! The taking of a loop: its beginning, its end, and what it becomes. On the clock a take begins and ends at bar lines;
//! the first loop of a person who has started no beat sets the tempo.

use std::rc::Rc;

use path::strokes::Path;

use crate::chord::{ArpeggioMode, Chord};
use crate::error::AppError;
use crate::loops::{Recorded, RecordedLoop};
use crate::reduce::Reducer;
use crate::tracks::loop_sound::LoopSound;
use crate::tracks::sung::time::sung_beats;
use crate::tracks::take::{Take, TakeStage, Tap, beginning_beats, cut, free_loop};
use crate::{Notes, Point};

/// How long before its end a take is sent to the audio thread, in milliseconds, beside the delay of the output: a
/// message takes a few milliseconds, a slow frame up to 100.
const AHEAD_MS: f64 = 150.0;

impl Reducer<'_> {
    /// The button that records.
    pub(crate) fn toggle_take(&mut self, now_ms: f64) {
        let beats = self.state.gesture.transport.beats_at(now_ms);
        match self.state.gesture.take.as_mut().map(|take| take.tap(beats)) {
            None => self.begin_take(now_ms),
            Some(Tap::Drop) => self.state.gesture.take = None,
            Some(Tap::Close | Tap::Ignore) => {}
            Some(Tap::Finish) => self.finish_take(now_ms),
        }
        self.mark_dirty();
    }

    fn begin_take(&mut self, now_ms: f64) {
        if self.state.document().loops.are_full() {
            return self.report(AppError::LoopsFull);
        }
        if !self.state.has_bars() {
            self.state.gesture.take = Some(Take::free());
            return;
        }
        let from = self.next_take_beats(now_ms);
        let beat_s = self.state.gesture.transport.beat_ms() / 1000.0;
        let first = self.state.first_beats();
        self.state.gesture.take = Some(Take::on_clock(from, first.map(f64::from), beat_s, None));
    }

    /// A take of the microphone. With a clock its length is known from the beginning.
    pub(crate) fn begin_sung_take(&mut self, now_ms: f64) {
        let take = if self.state.has_bars() {
            let from = self.next_take_beats(now_ms);
            let beat_s = self.state.gesture.transport.beat_ms() / 1000.0;
            let length = sung_beats(self.state.first_beats(), self.state.notes().bpm);
            Take::on_clock(from, Some(length), beat_s, None)
        } else {
            Take::free()
        };
        self.state.gesture.take = Some(take.sung());
        self.mark_dirty();
    }

    /// The bar line at which a take on the clock begins; the clock starts if it stands.
    fn next_take_beats(&mut self, now_ms: f64) -> f64 {
        let is_silent = !self.state.gesture.transport.is_running();
        if is_silent {
            self.play_all(now_ms);
        }
        let transport = &self.state.gesture.transport;
        let beats = transport.beats_at(now_ms).unwrap_or_default();
        let has_count_in = is_silent || self.state.gesture.playing().is_empty();
        beginning_beats(beats, has_count_in)
    }

    /// Adds fingers to a loop on the clock, from its next round on.
    pub(crate) fn overdub(&mut self, number: u8, now_ms: f64) {
        let Some(length) = self.state.document().loops.get(number).and_then(|own| own.beats) else { return };
        if !self.state.gesture.transport.is_running() {
            self.play_all(now_ms);
        }
        let Some(own) = self.state.history.present().loops.get(number) else { return };
        let transport = &self.state.gesture.transport;
        let beats = transport.beats_at(now_ms).unwrap_or_default();
        let (offset, length) = (f64::from(own.offset_beats), f64::from(length));
        let from = offset + ((beats - offset) / length).ceil() * length;
        let beat_s = transport.beat_ms() / 1000.0;
        self.state.gesture.take = Some(Take::on_clock(from, Some(length), beat_s, Some(number)));
        self.mark_dirty();
    }

    /// Ends a take at its line, and sends it ahead of that.
    pub(crate) fn advance_take(&mut self, now_ms: f64) {
        let Some(take) = &self.state.gesture.take else { return };
        let transport = &self.state.gesture.transport;
        match (take.stage, transport.beats_at(now_ms)) {
            (TakeStage::Free, _) if take.is_sung => self.limit_sung_take(now_ms),
            (TakeStage::Free, _) => {
                // Without room it goes on, so that what is drawn is not lost.
                let has_room = !self.state.document().loops.are_full();
                if has_room && self.state.gesture.is_recording_full(now_ms) {
                    self.keep_recording(now_ms);
                }
            }
            (TakeStage::OnClock { .. }, None) => self.state.gesture.take = None,
            (TakeStage::OnClock { .. }, Some(beats)) => {
                let left_ms = take.left_beats(beats).map(|left| left * transport.beat_ms());
                let ahead_ms = AHEAD_MS + transport.delay_ms();
                if left_ms.is_some_and(|left_ms| left_ms <= 0.0) {
                    self.finish_take(now_ms);
                } else if left_ms.is_some_and(|left_ms| left_ms <= ahead_ms) && take.ahead.is_none() {
                    self.send_ahead(now_ms);
                } else if take.left_beats(beats).is_none() {
                    self.close_longest(beats);
                }
            }
        }
        self.mark_dirty();
    }

    /// A take that nobody ends is as long as a loop can be.
    fn close_longest(&mut self, beats: f64) {
        if let Some(take) = &mut self.state.gesture.take {
            take.close_longest(beats);
        }
    }

    /// Sends a new loop to the audio thread before its end, so that its first round begins in time. Its last moments
    /// follow with its end.
    fn send_ahead(&mut self, now_ms: f64) {
        let beats = self.state.gesture.transport.beats_at(now_ms);
        let Some(take) = &self.state.gesture.take else { return };
        let (Some(span), Some(length_s), None) = (take.span_beats(), take.length_s(), take.onto) else {
            return;
        };
        let fingers = take.recording.so_far(take.time_s(now_ms, beats));
        let number = self.state.document().loops.free_number();
        let (Some(number), Some(recorded)) = (number, cut(Recorded { fingers, length_s }, length_s)) else {
            return;
        };
        let own = RecordedLoop { number, ..self.on_clock(recorded, span) };
        if let Some(take) = &mut self.state.gesture.take {
            take.ahead = Some(Rc::new(own));
        }
        self.sync_loops();
    }

    /// The take is over: it becomes a loop that plays.
    fn finish_take(&mut self, now_ms: f64) {
        if let Some(number) = self.keep_recording(now_ms) {
            self.play_loop(number);
            self.sync_loops();
        }
        self.mark_dirty();
    }

    /// The page is hidden. Where nothing sounds on, it begins no sound.
    pub(crate) fn leave_take(&mut self) {
        let now_ms = self.state.frame.last_ms;
        if self.state.gesture.transport.is_running() {
            self.finish_take(now_ms);
        } else {
            self.keep_recording(now_ms);
        }
    }

    /// Ends the take, unless there is no room for its loop; returns the number of that loop, if anything was drawn.
    pub(crate) fn keep_recording(&mut self, now_ms: f64) -> Option<u8> {
        let is_new = self.state.gesture.take.as_ref().is_some_and(|take| take.onto.is_none());
        if is_new && self.state.gesture.has_drawn() && self.state.document().loops.are_full() {
            self.report(AppError::LoopsFull);
            return None;
        }
        let beats = self.state.gesture.transport.beats_at(now_ms);
        let mut take = self.state.gesture.take.take()?;
        if take.is_sung {
            self.end_sung_take(take, now_ms);
            return None;
        }
        if !take.has_begun(beats) || take.span_beats().is_none() && !take.end(beats) {
            return None;
        }
        let time_s = take.time_s(now_ms, beats);
        match (take.span_beats(), take.length_s(), take.onto) {
            (Some(span), Some(length_s), None) => {
                let recorded = cut(take.recording.finish(time_s)?, length_s)?;
                let own = self.on_clock(recorded, span);
                self.add_loop(own)
            }
            (_, Some(length_s), Some(number)) => {
                let added = cut(take.recording.finish(time_s)?, length_s)?;
                self.add_fingers(number, &added)
            }
            _ => self.keep_free(take, time_s, now_ms),
        }
    }

    /// A take in free time; the first one sets the tempo, unless loops have a time of their own.
    fn keep_free(&mut self, take: Take, time_s: f64, now_ms: f64) -> Option<u8> {
        let document = self.state.document();
        let (in_beats, bpm) = (document.loops.in_beats, document.notes.bpm);
        let ended_s = take.recording.passed_s(time_s);
        let lifted_s = if take.recording.is_held() { ended_s } else { take.recording.lifted_s() };
        let recorded = take.recording.finish(time_s)?;
        if !in_beats {
            let own = self.sounding(RecordedLoop::from(recorded));
            return self.add_loop(own);
        }
        let free = free_loop(ended_s, lifted_s, bpm);
        let own = RecordedLoop::from(Recorded { length_s: free.length_s, ..cut(recorded, free.length_s)? });
        let own = self.sounding(RecordedLoop { beats: Some(free.beats), ..own });
        self.state.gesture.transport.start(now_ms, free.bpm, 0.0);
        let mut number = None;
        self.state.history.finish_step();
        self.change(|document| {
            document.notes.bpm = free.bpm;
            number = document.loops.add(own);
        });
        number
    }

    /// A recording as a loop on the clock: the beat at which it began, and its beats.
    fn on_clock(&self, recorded: Recorded, (from_beats, length_beats): (f64, f64)) -> RecordedLoop {
        let (beats, offset) = (length_beats as u16, from_beats.rem_euclid(length_beats) as u16);
        self.sounding(RecordedLoop {
            beats: Some(beats),
            offset_beats: offset,
            ..RecordedLoop::from(recorded)
        })
    }

    /// A loop with the instrument and the sound that touches have now.
    pub(crate) fn sounding(&self, own: RecordedLoop) -> RecordedLoop {
        let document = self.state.document();
        let stands = |path: &Path| path.lines().flatten().all(|point| point.distance(document.point) < 1e-3);
        let is_still = own.fingers.iter().all(stands);
        let patch = self.state.own_patch().filter(|_| is_still).map(|patch| Box::new(*patch));
        let (fingers, notes) = self.with_registers(own.fingers);
        let sound = LoopSound { notes, locks: document.locks, patch, led_cutoff: None };
        let instrument = Some(document.instrument.number);
        RecordedLoop { fingers, instrument, sound: Some(Box::new(sound)), ..own }
    }

    /// Where the page chooses the key of each touch by its sound, a loop keeps these keys: its root is that of its first
    /// touch, and a touch that began in another register plays its own key. A chord has one root.
    fn with_registers(&self, fingers: Vec<Path>) -> (Vec<Path>, Notes) {
        let notes = *self.state.notes();
        let begins_s = |path: &&Path| path.notes().next().map_or(f64::INFINITY, |note| note.start_s);
        let first = fingers.iter().min_by(|one, other| begins_s(one).total_cmp(&begins_s(other)));
        let first = first.and_then(|path| path.lines().next()?.next());
        let Some(first) = first.filter(|_| notes.follows_sound()) else { return (fingers, notes) };
        let root = self.state.register_at(first);
        let notes = notes.with_root(root);
        if notes.chord != Chord::Off || notes.arpeggio != ArpeggioMode::Off {
            return (fingers, notes);
        }
        let own_key = |point: Point| Some(self.state.register_at(point)).filter(|key| *key != root);
        (fingers.iter().map(|path| path.with_keys(own_key)).collect(), notes)
    }

    fn add_loop(&mut self, own: RecordedLoop) -> Option<u8> {
        let mut number = None;
        self.state.history.finish_step();
        self.change(|document| number = document.loops.add(own));
        number
    }

    /// Adds fingers to a loop, in its own time; returns its number if there is room for any.
    fn add_fingers(&mut self, number: u8, added: &Recorded) -> Option<u8> {
        let mut is_added = false;
        self.state.history.finish_step();
        self.change(|document| {
            document.loops.change(number, |own| {
                let room = path::conversion::FINGER_LIMIT.saturating_sub(own.fingers.len());
                let factor = own.length_s / added.length_s;
                let fingers =
                    added.fingers.iter().take(room).map(|path| path.stretched(factor).until(own.length_s));
                let before = own.fingers.len();
                own.fingers.extend(fingers.filter(|path| !path.is_empty()));
                is_added = own.fingers.len() > before;
            });
        });
        if !is_added {
            self.report(AppError::LoopsFull);
        }
        is_added.then_some(number)
    }
}
