//! The loops and the clock of bars that the audio thread plays: what the page sends it, and what it reports.

use std::rc::Rc;

use crate::effect::{AudioCommand, BarClockState, Effect, LoopTime};
use crate::loops::RecordedLoop;
use crate::played_finger::PlayedFinger;
use crate::reduce::Reducer;
use crate::sound_action::LoopReport;
use crate::sound_state::SentLoop;
use crate::tracks::beat::Beat;

/// A loop that is to play.
struct WantedLoop {
    own: Rc<RecordedLoop>,
    /// Where it begins in free time, in seconds of the recording.
    at_s: f64,
    /// True if it is to begin, even if it plays already.
    begins: bool,
    /// A beat of the clock at which a round begins.
    origin_beats: f64,
}

impl WantedLoop {
    fn of(own: &Rc<RecordedLoop>, at_s: f64, begins: bool) -> Self {
        // Before the clock's beginning, so that a loop that began at another bar plays from there.
        let origin_beats = f64::from(own.offset_beats) - f64::from(own.beats.unwrap_or_default());
        Self { own: Rc::clone(own), at_s, begins, origin_beats }
    }
}

impl Reducer<'_> {
    /// Sends the instrument which loops play and how, where that has changed.
    pub(crate) fn sync_loops(&mut self) {
        self.rest_transport();
        let wanted = self.wanted_loops();
        let sent = std::mem::take(&mut self.state.sound.sent.loops);
        for gone in sent.iter().filter(|sent| wanted.iter().all(|own| own.own.number != sent.own.number)) {
            self.effects.push(Effect::Audio(AudioCommand::StopLoop(gone.own.number)));
        }
        self.end_stopped_loops();
        if !self.state.sound.phase.plays() {
            return;
        }
        self.sync_transport();
        for own in &wanted {
            let before = sent.iter().find(|sent| sent.own.number == own.own.number);
            let now = self.sync_loop(own, before);
            self.state.sound.sent.loops.push(now);
        }
        self.state.gesture.have_begun();
    }

    /// The loops that play, the one that is sent ahead, and the beat.
    fn wanted_loops(&mut self) -> Vec<WantedLoop> {
        self.number_trial();
        let gesture = &self.state.gesture;
        let document = self.state.history.present();
        let mut wanted = Vec::new();
        for playing in gesture.playing() {
            let own = document.loops.all().iter().find(|own| own.number == playing.number);
            wanted.extend(own.map(|own| WantedLoop::of(own, playing.time_s, playing.begins)));
        }
        let on_trial = self.state.panels.sing.playing_loops().iter();
        wanted.extend(on_trial.map(|own| WantedLoop::of(own, 0.0, false)));
        let take = gesture.take.as_ref();
        if let Some((ahead, (from, length))) =
            take.and_then(|take| Some((take.ahead.clone()?, take.span_beats()?)))
        {
            wanted.push(WantedLoop { own: ahead, at_s: 0.0, begins: false, origin_beats: from + length });
        }
        if gesture.transport.is_running() {
            let beat = document.beat.loops(self.state.amsynth_library());
            let origin_beats = 0.0;
            wanted.extend(beat.into_iter().map(|own| WantedLoop {
                own,
                at_s: 0.0,
                begins: false,
                origin_beats,
            }));
        }
        wanted
    }

    /// Sends what has changed of a loop; returns it as the instrument has it now.
    fn sync_loop(&mut self, wanted: &WantedLoop, before: Option<&SentLoop>) -> SentLoop {
        let own = &wanted.own;
        let bpm = self.state.document().notes.bpm;
        let source = own.instrument.unwrap_or_default();
        let sound = own.sound.as_deref().map(|sound| Box::new(sound.settings(source, bpm)));
        let rate = if own.beats.is_some() { own.speed } else { own.rate(bpm) };
        let now = SentLoop { own: Rc::clone(own), rate, gain: self.state.gesture.gain(own), sound };
        if before.map(|before| &before.sound) != Some(&now.sound) {
            self.load_loop_domain(own);
            self.audio(AudioCommand::SetLoopSound(own.number, now.sound.clone()));
        }
        if before.map(|before| before.gain) != Some(now.gain) {
            self.audio(AudioCommand::SetLoopGain(own.number, now.gain));
        }
        let beats = f64::from(own.beats.unwrap_or_default());
        let origin_beats = self.state.gesture.transport.audio_beats(wanted.origin_beats);
        let time = LoopTime { rate, at_s: wanted.at_s, beats, origin_beats };
        match before {
            Some(before) if !wanted.begins => {
                if !before.own.has_same_fingers(own) || before.own.beats != own.beats {
                    self.audio(AudioCommand::PlayLoop(Rc::clone(own), LoopTime { at_s: f64::NAN, ..time }));
                } else if (before.rate, before.own.direction) != (rate, own.direction) {
                    self.audio(AudioCommand::SetLoopPace(own.number, rate, own.direction));
                }
            }
            _ => {
                self.rest_voice();
                self.audio(AudioCommand::PlayLoop(Rc::clone(own), time));
            }
        }
        now
    }

    /// The recorded tones on which a loop plays, if they are not those of touches.
    fn load_loop_domain(&mut self, own: &RecordedLoop) {
        let Some(domain) = own.domain() else { return };
        let sent = &mut self.state.sound.sent.loop_domains;
        if own.sound.is_some() && !sent.contains(&domain) {
            sent.push(domain);
            self.effects.push(Effect::LoadLoopDomain(domain));
        }
    }

    /// The clock stops with the last loop on it, the beat and the take.
    fn rest_transport(&mut self) {
        let document = self.state.history.present();
        let gesture = &mut self.state.gesture;
        let is_on_clock = |number| document.loops.get(number).is_some_and(|own| own.beats.is_some());
        let is_needed = document.beat != Beat::Off
            || gesture.take.as_ref().is_some_and(|take| !take.is_free())
            || gesture.playing().iter().any(|playing| is_on_clock(playing.number))
            || self.state.panels.sing.playing_loops().iter().any(|own| own.beats.is_some());
        if !is_needed {
            gesture.transport.stop();
        }
    }

    fn sync_transport(&mut self) {
        let (bpm, now_ms) = (self.state.document().notes.bpm, self.state.frame.last_ms);
        let transport = &mut self.state.gesture.transport;
        let wanted = transport.is_running().then_some(bpm);
        let before = std::mem::replace(&mut self.state.sound.sent.transport, wanted);
        let is_new = transport.takes_start();
        let state = match (before, wanted) {
            (Some(_), None) => BarClockState::Stopped,
            (None, Some(_)) => BarClockState::Starting,
            (Some(_), Some(_)) if is_new => BarClockState::Starting,
            (Some(before), Some(bpm)) if before != bpm => {
                transport.set_tempo(bpm, now_ms);
                BarClockState::Running
            }
            _ => return,
        };
        self.audio(AudioCommand::SetTransport(bpm, state));
    }

    /// The touches of loops that have stopped are gone at once.
    fn end_stopped_loops(&mut self) {
        let gesture = &self.state.gesture;
        let mut playing: Vec<u8> = gesture.playing().iter().map(|playing| playing.number).collect();
        playing.extend(gesture.take.iter().filter_map(|take| Some(take.ahead.as_ref()?.number)));
        playing.extend(self.state.panels.sing.playing_loops().iter().map(|own| own.number));
        self.end_touches(|touch| {
            touch
                .source
                .and_then(|source| source.loop_number())
                .is_some_and(|number| !playing.contains(&number))
        });
    }

    /// The audio thread reports where the loops are.
    pub(crate) fn follow_loops(&mut self, report: &LoopReport) {
        if let Some(clock) = &report.clock {
            self.state.gesture.transport.follow(clock);
        }
        let fingers = PlayedFinger::read(&report.rows);
        if self.state.gesture.follow(&fingers) {
            self.mark_dirty();
        }
        self.sync_loops();
        self.end_touches(|touch| {
            touch.source.is_some_and(|source| {
                let is_here = |own: &PlayedFinger| own.source() == source && own.part == Some(touch.part);
                source.is_loop() && !fingers.iter().any(is_here)
            })
        });
        let loops = self.state.history.present().loops.all().to_vec();
        for own in fingers.iter().filter(|own| self.state.gesture.plays(own.number)) {
            let path = loops.iter().find(|other| other.number == own.number);
            let now = path.and_then(|path| path.fingers.get(usize::from(own.finger))?.at(own.time_s));
            let (Some(now), Some(part)) = (now, own.part) else { continue };
            if let Some(touch) = self.state.touches.lead(own.source(), part) {
                (touch.velocity, touch.key) = (now.velocity, now.key);
                self.state.touches.set_other_point(part, now.point);
                if part != 0 {
                    // The instrument is there already.
                    self.state.sound.sent.points[part] = Some(now.point);
                }
            }
        }
        self.update_keys();
        self.update_crowded();
        self.mark_moved();
    }

    /// True if all parts play and something waits for one.
    pub(crate) fn update_crowded(&mut self) {
        let gesture = &mut self.state.gesture;
        gesture.has_refused &= self.state.touches.are_full();
        let is_crowded = gesture.has_waiting || gesture.has_refused;
        if std::mem::replace(&mut gesture.is_crowded, is_crowded) != is_crowded {
            self.mark_dirty();
        }
    }

    /// Sends the instrument which parts the person's touches and keys play, and the pedal holds, so that loops play on
    /// others. Before notes begin there, and when the pedal moves.
    pub(crate) fn claim_parts(&mut self) {
        if !self.state.sound.phase.plays() {
            return;
        }
        let touches = self.state.touches.all().iter();
        let own = touches.filter(|touch| !touch.source.is_some_and(|source| source.is_loop()));
        let keys = u8::from(self.state.keys.holds_any_keyboard());
        let played = own.fold(keys, |claimed, touch| claimed | 1 << touch.part);
        let claimed = played | u8::from(self.state.keys.pedal.holds(played & 1 != 0));
        if std::mem::replace(&mut self.state.sound.sent.claimed, claimed) != claimed {
            self.end_touches(|touch| {
                touch.source.is_some_and(|source| source.is_loop())
                    && u32::from(claimed) & 1 << touch.part != 0
            });
            self.audio(AudioCommand::ClaimParts(claimed));
        }
    }
}
