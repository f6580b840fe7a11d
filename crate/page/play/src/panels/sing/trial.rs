//! The loop on trial: what was found so far, played in time with the loops of the document before it is one of them. A
//! person hears it, or the recorded voice in its place.

use std::rc::Rc;

use patch::{Parameter, Patch};

use super::hearing::VoiceTime;
use super::parts::SungPart;
use super::{PlayedVoice, Sing, SungStyle};
use crate::chord::{ArpeggioMode, Chord};
use crate::loops::{LOOP_LIMIT, Recorded, RecordedLoop};
use crate::notes::{Layout, MIDDLE_C};
use crate::reduce::Reducer;
use crate::scale::OCTAVE;
use crate::state::State;
use crate::tracks::beat::Beat;
use crate::tracks::loop_sound::LoopSound;
use crate::tracks::sung::PlacedNote;
use crate::tracks::sung::key::{SungKey, found_key};
use crate::tracks::sung::snap::{Keys, path_along, path_at, placed};
use crate::tracks::sung::timbre::TimbreWay;
use crate::tracks::sung::time::SungSpan;
use crate::{Notes, Scale};

/// The stored keyboard mode and glide mode with which only notes glide that follow another one without a pause.
const LEGATO: f32 = 2.0;
const GLIDE_IN_LEGATO: f32 = 1.0;
/// The number of amSynth, which plays what was sung.
const AMSYNTH: u8 = 0;

/// The loops on trial: one, or one for each kind of hits.
#[derive(Clone, Debug, Default)]
pub(super) struct SungTrial {
    pub loops: Vec<Rc<RecordedLoop>>,
    pub is_playing: bool,
    /// True if the voice is heard in their place.
    pub is_voice: bool,
    /// The recorded voice that plays.
    pub voice: Option<PlayedVoice>,
    /// Counts the beginnings of the voice.
    count: u32,
}

impl Sing {
    /// The loops on trial that play.
    pub(crate) fn playing_loops(&self) -> &[Rc<RecordedLoop>] {
        if self.trial.is_playing { &self.trial.loops } else { &[] }
    }

    /// The loops on trial, for the map.
    pub fn loops_on_trial(&self) -> &[Rc<RecordedLoop>] {
        &self.trial.loops
    }
}

/// True if a loop has notes of its scale: hands on the map, or keys that all belong to it.
fn is_in_its_scale(own: &RecordedLoop, notes: &Notes) -> bool {
    let mut keys = own.fingers.iter().flat_map(|path| path.notes()).filter_map(|note| note.key).peekable();
    let has_keys = keys.peek().is_some() && notes.scale != Scale::Chromatic;
    notes.layout == Layout::ScaleAcross || has_keys && keys.all(|key| notes.scale.contains(notes.root, key))
}

impl State {
    /// True if loops of the document, a loop on trial or the beat play.
    pub fn plays_loops(&self) -> bool {
        let is_on_trial = !self.panels.sing.playing_loops().is_empty();
        self.gesture.transport.is_running() || !self.gesture.playing().is_empty() || is_on_trial
    }

    /// True if the next loop has the bars of a clock: other loops have them, the beat is chosen, or the clock runs.
    pub(crate) fn has_bars(&self) -> bool {
        let document = self.document();
        let has_clock = self.first_beats().is_some() || document.beat != Beat::Off;
        document.loops.in_beats && (has_clock || self.gesture.transport.is_running())
    }

    /// The beats of the first loop on the clock.
    pub(crate) fn first_beats(&self) -> Option<u16> {
        self.document().loops.all().iter().find_map(|own| own.beats)
    }

    /// Where the loop lies within the recording; none before there are notes, in free time.
    pub(super) fn sung_span(&self) -> Option<SungSpan> {
        let sing = &self.panels.sing;
        let voice = sing.voice?;
        match voice.time {
            VoiceTime::OnClock(span) => Some(span),
            VoiceTime::Free { ended_s } => {
                SungSpan::free(&sing.parts.notes(), ended_s, self.notes().bpm, voice.is_tempo_given)
            }
        }
    }

    /// The key of a sung melody: that in which other loops or touches play, or else its own. Hits have none.
    pub(super) fn sung_key(&self) -> Option<SungKey> {
        let parts = &self.panels.sing.parts;
        if parts.are_hits || parts.all.is_empty() {
            return None;
        }
        let document = self.document();
        let of = |notes: &Notes| SungKey::of(notes.root, notes.scale);
        let given = document.loops.all().iter().find_map(|own| {
            own.sound
                .as_ref()
                .filter(|sound| is_in_its_scale(own, &sound.notes))
                .map(|sound| of(&sound.notes))
        });
        let laid = (document.notes.layout == Layout::ScaleAcross).then(|| of(&document.notes));
        Some(given.or(laid).unwrap_or_else(|| found_key(&parts.notes(), of(&document.notes))))
    }

    /// The notes of a part as its loop plays them.
    pub(super) fn sung_notes(&self, part: &SungPart) -> Vec<PlacedNote> {
        let is_in_tune = self.panels.sing.style == SungStyle::InTune;
        let Some(span) = self.sung_span() else { return Vec::new() };
        let keys = self.sung_key().filter(|_| is_in_tune).map_or(Keys::AsSung, Keys::InTune);
        placed(&part.notes, &span, keys, is_in_tune)
    }

    /// The numbers that the loops on trial may have.
    pub(super) fn free_loop_numbers(&self) -> Vec<u8> {
        let take = self.gesture.take.as_ref();
        let ahead = take.and_then(|take| Some(take.ahead.as_ref()?.number));
        let is_free = |number: &u8| self.document().loops.get(*number).is_none() && ahead != Some(*number);
        (1..=LOOP_LIMIT as u8).filter(is_free).collect()
    }

    /// The loops of what was found so far.
    fn sung_loops(&self) -> Vec<RecordedLoop> {
        let sing = &self.panels.sing;
        let Some(span) = self.sung_span() else { return Vec::new() };
        let numbers = self.free_loop_numbers();
        let parts = sing.parts.with_room(numbers.len());
        let with_number = parts.into_iter().zip(numbers);
        with_number
            .filter_map(|(part, number)| self.sung_loop(&sing.parts.all[part], number, &span))
            .collect()
    }

    fn sung_loop(&self, part: &SungPart, number: u8, span: &SungSpan) -> Option<RecordedLoop> {
        let patch = part.patch.as_deref()?;
        let notes = self.sung_notes(part);
        let point = part.place.as_ref().map_or(self.point(), |(_, point)| *point);
        let way = part.ground.as_ref().and_then(|ground| TimbreWay::of(&part.timbre, &part.notes, ground));
        let path = way.as_ref().map_or_else(|| path_at(&notes, point), |way| path_along(&notes, way));
        let path = path.until(span.length_s);
        if path.is_empty() {
            return None;
        }
        // The first loop sets the tempo once it is kept; until then it has a time of its own.
        let is_on_clock = span.sets_bpm.is_none() || self.gesture.transport.is_running();
        Some(RecordedLoop {
            number,
            beats: (is_on_clock && self.document().loops.in_beats).then_some(span.beats),
            offset_beats: span.offset_beats,
            is_muted: self.panels.sing.trial.is_voice,
            instrument: Some(AMSYNTH),
            sound: Some(Box::new(self.sung_sound(patch, &notes, way.as_ref()))),
            ..RecordedLoop::from(Recorded { fingers: vec![path], length_s: span.length_s })
        })
    }

    /// The sound of a part: its patch, whose cutoff may follow a way on the map, and a root from which its notes can be
    /// moved.
    fn sung_sound(&self, patch: &Patch, notes: &[PlacedNote], way: Option<&TimbreWay>) -> LoopSound {
        let document = self.document();
        let mut patch = *patch;
        if let Some(way) = way {
            patch.set(Parameter::FilterCutoff, way.voice_cutoff);
        }
        if let Some(glide_s) = usual_glide_s(notes) {
            patch.set(Parameter::KeyboardMode, LEGATO);
            patch.set(Parameter::PortamentoMode, GLIDE_IN_LEGATO);
            patch.set(Parameter::PortamentoTime, glide_s as f32);
        }
        let lowest = notes.iter().map(|note| note.key).min().unwrap_or(MIDDLE_C);
        let key = self.sung_key().unwrap_or(SungKey::of(lowest, Scale::Chromatic));
        let below = (lowest % OCTAVE + OCTAVE - key.root) % OCTAVE;
        let notes = Notes {
            root: lowest.checked_sub(below).unwrap_or(key.root),
            is_root_chosen: true,
            scale: key.scale,
            layout: Layout::RootNote,
            chord: Chord::Off,
            arpeggio: ArpeggioMode::Off,
            keyboard_mode: patch.get(Parameter::KeyboardMode),
            portamento_time: patch.get(Parameter::PortamentoTime),
            ..document.notes
        };
        let led_cutoff = way.map(|way| way.decoded_cutoff);
        LoopSound { notes, locks: document.locks, patch: Some(Box::new(patch)), led_cutoff }
    }
}

/// The length of the glides of notes, of which the instrument has one, in seconds: the middle one of all.
fn usual_glide_s(notes: &[PlacedNote]) -> Option<f64> {
    let mut lengths_s: Vec<f64> = notes.iter().filter_map(|note| note.glide_s).collect();
    lengths_s.sort_by(f64::total_cmp);
    lengths_s.get(lengths_s.len() / 2).copied()
}

impl Reducer<'_> {
    /// Makes the loops anew after their notes or their patch have changed. The first loop plays at once.
    pub(super) fn refresh_trial(&mut self) {
        let is_first = self.sing().trial.loops.is_empty();
        self.build_trial();
        if is_first && !self.sing().trial.loops.is_empty() {
            self.play_trial();
        } else {
            self.sync_loops();
        }
    }

    /// Makes the loops anew; one that has not changed stays the same.
    fn build_trial(&mut self) {
        let loops = self.state.sung_loops();
        let before = std::mem::take(&mut self.sing().trial.loops);
        let same = |own: RecordedLoop| {
            before.iter().find(|before| ***before == own).cloned().unwrap_or_else(|| Rc::new(own))
        };
        self.sing().trial.loops = loops.into_iter().map(same).collect();
    }

    /// A loop on trial gives way to a loop of its number.
    pub(crate) fn number_trial(&mut self) {
        let free = self.state.free_loop_numbers();
        if self.sing().trial.loops.iter().any(|own| !free.contains(&own.number)) {
            self.build_trial();
        }
    }

    /// The loops on trial play, in time with the others.
    pub(super) fn play_trial(&mut self) {
        let now_ms = self.state.panels.now_ms;
        self.sing().trial.is_playing = true;
        let is_on_clock = self.sing().trial.loops.iter().any(|own| own.beats.is_some());
        if is_on_clock && !self.state.gesture.transport.is_running() {
            self.play_all(now_ms);
        }
        self.follow_heard_voice();
        self.sync_loops();
    }

    /// They stop.
    pub(crate) fn stop_trial(&mut self) {
        let trial = &mut self.sing().trial;
        trial.is_playing = false;
        trial.voice = None;
    }

    /// They are gone.
    pub(super) fn end_trial(&mut self) {
        self.stop_trial();
        self.sing().trial.loops = Vec::new();
        self.sync_loops();
    }

    /// A person hears the voice or the instrument.
    pub(super) fn hear_voice(&mut self, is_voice: bool) {
        self.sing().trial.is_voice = is_voice;
        self.build_trial();
        self.play_trial();
    }

    /// The recorded voice plays if it is chosen, from the place in the bar on.
    fn follow_heard_voice(&mut self) {
        let beats = self.state.gesture.transport.beats_at(self.state.panels.now_ms);
        let span = self.state.sung_span();
        let own = self.sing();
        let sound = own.voice.map(|voice| voice.sound);
        let is_heard = own.trial.is_playing && own.trial.is_voice;
        let (Some(span), Some(sound), true) = (span, sound, is_heard) else {
            own.trial.voice = None;
            return;
        };
        let is_on_clock = own.trial.loops.iter().any(|own| own.beats.is_some());
        let passed = beats.filter(|_| is_on_clock).map_or(0.0, |beats| beats - f64::from(span.offset_beats));
        own.trial.count = own.trial.count.wrapping_add(1);
        own.trial.voice = Some(PlayedVoice {
            sound,
            from_s: span.begin_s,
            to_s: span.begin_s + span.length_s,
            at_s: span.begin_s + passed.rem_euclid(f64::from(span.beats)) * span.beat_s(),
            count: own.trial.count,
        });
    }
}
