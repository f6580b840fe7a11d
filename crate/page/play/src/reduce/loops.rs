//! The loops that the audio thread plays: what the page sends it, and what it reports.

use std::rc::Rc;

use crate::effect::AudioCommand;
use crate::played_finger::PlayedFinger;
use crate::reduce::Reducer;

impl Reducer<'_> {
    /// Sends the instrument which loops play and how, where that has changed.
    pub(crate) fn sync_loops(&mut self) {
        let gesture = &self.state.gesture;
        let is_over = |number| !gesture.plays(number);
        let ends: Vec<u8> = self.state.sound.sent.loops.iter().map(|(own, _)| own.number).collect();
        for number in ends.into_iter().filter(|&number| is_over(number)) {
            self.effects.push(crate::effect::Effect::Audio(AudioCommand::StopLoop(number)));
        }
        self.state.sound.sent.loops.retain(|(own, _)| self.state.gesture.plays(own.number));
        self.end_stopped_loops();
        if !self.state.sound.phase.plays() {
            return;
        }
        let document = self.state.history.present();
        let (loops, bpm) = (document.loops.all().to_vec(), document.notes.bpm);
        for playing in self.state.gesture.playing().to_vec() {
            let Some(own) = loops.iter().find(|own| own.number == playing.number) else { continue };
            let now = (Rc::clone(own), own.rate(bpm));
            let sent = &mut self.state.sound.sent.loops;
            let place = sent.iter().position(|(sent, _)| sent.number == own.number);
            let before = match place {
                Some(place) => Some(std::mem::replace(&mut sent[place], now.clone())),
                None => {
                    sent.push(now.clone());
                    None
                }
            };
            match before {
                Some(before) if !playing.begins => {
                    if !before.0.has_same_fingers(own) {
                        self.audio(AudioCommand::PlayLoop(now.0, now.1, f64::NAN));
                    } else if (before.1, before.0.direction) != (now.1, own.direction) {
                        self.audio(AudioCommand::SetLoopPace(own.number, now.1, own.direction));
                    }
                }
                _ => {
                    self.rest_voice();
                    self.audio(AudioCommand::PlayLoop(now.0, now.1, playing.time_s));
                }
            }
        }
        self.state.gesture.have_begun();
    }

    /// The touches of loops that have stopped are gone at once.
    fn end_stopped_loops(&mut self) {
        let gesture = &self.state.gesture;
        let playing: Vec<u8> = gesture.playing().iter().map(|playing| playing.number).collect();
        self.end_touches(|touch| {
            touch
                .source
                .and_then(|source| source.loop_number())
                .is_some_and(|number| !playing.contains(&number))
        });
    }

    /// The audio thread reports where the loops are.
    pub(crate) fn follow_loops(&mut self, report: &[f32]) {
        let fingers = PlayedFinger::read(report);
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
                touch.source.is_some_and(|source| source.is_loop()) && claimed & 1 << touch.part != 0
            });
            self.audio(AudioCommand::ClaimParts(claimed));
        }
    }
}
