//! The model of the tracks that the page shows: each loop, the bar, and the state of the button that records.

use std::rc::Rc;

use crate::Document;
use crate::loops::RecordedLoop;
use crate::state::State;
use crate::tone_domain::ToneDomain;
use crate::tracks::beat::Beat;
use crate::tracks::transport::BEATS_PER_BAR;

/// The tracks and their clock.
#[derive(Clone, Debug, PartialEq)]
pub struct TracksModel {
    /// The tracks, in the order of their numbers.
    pub tracks: Vec<TrackModel>,
    /// The beat that is chosen.
    pub beat: Beat,
    /// The tempo, in beats per minute.
    pub bpm: f32,
    /// True if the button stops, see [`plays_on`].
    pub is_playing: bool,
    /// The place in the bar; none while the clock stands, and before its first beat.
    pub bar: Option<BarModel>,
    /// The bars of the longest loop on the clock, over which one playhead runs; at least 1.
    pub bars: u16,
    /// Where that playhead is, as a share of those bars, from the beginning of the longest loop.
    pub playhead: Option<f32>,
    /// The number of the loop that a take makes, or to which it adds.
    pub take_number: u8,
    /// The part of those bars that a take on the clock has filled.
    pub taken: TakenPart,
    /// The button that records.
    pub record: RecordState,
    /// True if there is room for another loop.
    pub has_room: bool,
}

/// A part of the bars of the longest loop, in shares of them; beyond their end it goes on at their beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TakenPart {
    /// Where it begins.
    pub from: f32,
    /// Its length.
    pub length: f32,
}

/// A place in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarModel {
    /// The number of the bar within the longest loop, from 1.
    pub bar: u16,
    /// The beat in the bar, from 1.
    pub beat: u8,
}

/// The state of the button that records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RecordState {
    /// Nothing is recorded.
    Idle,
    /// It begins with the first touch.
    Armed,
    /// It begins at the bar line.
    CountIn {
        /// Beats until then, rounded up: 4, 3, 2, 1.
        beats_left: u8,
        /// True if nothing else plays but the beat: the count is large on the map.
        is_alone: bool,
    },
    /// It records in free time.
    Free,
    /// It records on the clock.
    Recording {
        /// The number of the bar, from 1.
        bar: u16,
        /// The number of all bars, if that is known.
        of_bars: Option<u16>,
        /// The share that has passed, of all bars or else of this one.
        share: f32,
        /// True if a person has asked for the end, which the next line brings.
        is_closing: bool,
    },
}

/// A track.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackModel {
    /// The loop.
    pub own: Rc<RecordedLoop>,
    /// The root of its notes, a MIDI key; none: it plays as touches do.
    pub root: Option<u8>,
    /// The instrument on which it plays; none: amSynth.
    pub domain: Option<ToneDomain>,
    /// The row of the known preset that is nearest to its first point, for its name; none on other instruments.
    pub preset: Option<usize>,
    /// Its length in bars, rounded up; none in free time.
    pub bars: Option<u16>,
    /// True if it plays, heard or not.
    pub is_playing: bool,
    /// True if it plays and is neither muted nor silenced by others that are heard alone.
    pub is_heard: bool,
    /// True if it is heard alone.
    pub is_soloed: bool,
    /// True if its settings are open.
    pub is_open: bool,
    /// Where it is in its round, as a share; none if it does not play.
    pub share: Option<f32>,
    /// How much later than the longest loop its rounds begin, as a share of a round, below 1.
    pub later: f32,
}

impl TrackModel {
    /// How often its round fits into so many bars, those of the longest loop.
    pub fn rounds(&self, bars: u16) -> u16 {
        self.bars.map_or(1, |own| bars / own.max(1))
    }
}

impl TracksModel {
    /// The tracks of a state at a time in milliseconds on the clock of the frames.
    pub fn new(state: &State, now_ms: f64) -> Self {
        let document = state.document();
        let mut tracks: Vec<TrackModel> = document.loops.all().iter().map(|own| track(state, own)).collect();
        tracks.sort_by_key(|track| track.own.number);
        let bars = tracks.iter().filter_map(|track| track.bars).max().unwrap_or(1);
        let beats = state.gesture.transport.beats_at(now_ms);
        let whole = f64::from(bars) * BEATS_PER_BAR;
        let first = document.loops.first_beats();
        let bar = beats.filter(|&beats| beats >= 0.0).map(|beats| BarModel {
            bar: ((beats - first).rem_euclid(whole) / BEATS_PER_BAR) as u16 + 1,
            beat: beats.rem_euclid(BEATS_PER_BAR) as u8 + 1,
        });
        let record = record(state, beats);
        let onto = state.gesture.take.as_ref().and_then(|take| take.onto);
        Self {
            beat: document.beat,
            bpm: document.notes.bpm,
            is_playing: plays_on(state),
            bar,
            bars,
            playhead: beats.map(|beats| ((beats - first).rem_euclid(whole) / whole) as f32),
            take_number: onto.or_else(|| document.loops.free_number()).unwrap_or(1),
            taken: taken(state, &record, (first, whole)),
            record,
            has_room: !document.loops.are_full(),
            tracks,
        }
    }
}

/// True if the button Play stops: the clock runs, a loop plays, or, while there is nothing to start, a live sound or a
/// note that no finger on the map holds.
pub fn plays_on(state: &State) -> bool {
    let panels = &state.panels;
    let is_held = state.keys.is_any_down() && !state.touches.is_pressed();
    let sounds_on = is_held || panels.tones.is_live() || panels.live.is_on();
    state.plays_loops() || (sounds_on && has_nothing_to_start(state.document()))
}

/// True if there is neither a beat nor a loop.
pub fn has_nothing_to_start(document: &Document) -> bool {
    document.beat == Beat::Off && document.loops.all().is_empty()
}

fn track(state: &State, own: &Rc<RecordedLoop>) -> TrackModel {
    let gesture = &state.gesture;
    let is_playing = gesture.plays(own.number);
    let domain = own.domain();
    let known = state.amsynth_library().known.as_deref().filter(|_| domain.is_none());
    let first = own.fingers.iter().flat_map(|path| path.lines()).next().and_then(|mut line| line.next());
    TrackModel {
        own: Rc::clone(own),
        root: own.sound.as_ref().map(|sound| sound.notes.root),
        domain,
        preset: known.zip(first).and_then(|(known, point)| known.closest(point.x, point.y)),
        bars: own.beats.map(|beats| beats.div_ceil(BEATS_PER_BAR as u16)),
        is_playing,
        is_heard: is_playing && gesture.gain(own) > 0.0,
        is_soloed: gesture.soloed.contains(&own.number),
        is_open: gesture.opened == Some(own.number),
        share: gesture.time_s(own.number).map(|time_s| (time_s / own.length_s) as f32),
        later: later(own, state.document().loops.first_beats()),
    }
}

/// How much later than a beat the rounds of a loop begin, as a share of a round; 0 in free time.
fn later(own: &RecordedLoop, first_beats: f64) -> f32 {
    let Some(beats) = own.beats.map(f64::from) else { return 0.0 };
    ((f64::from(own.offset_beats) - first_beats).rem_euclid(beats) / beats) as f32
}

/// The part of so many beats, which begin at a beat of the clock, that a take has filled. Without loops on the clock, and
/// if the take is longer than they are, it has the lane for itself.
fn taken(state: &State, record: &RecordState, (first, whole): (f64, f64)) -> TakenPart {
    let RecordState::Recording { share, .. } = *record else { return TakenPart::default() };
    let span = state.gesture.take.as_ref().and_then(|take| take.span_beats());
    match span.filter(|(_, length)| *length <= whole) {
        Some((from, length)) => TakenPart {
            from: ((from - first).rem_euclid(whole) / whole) as f32,
            length: share * (length / whole) as f32,
        },
        None => TakenPart { from: 0.0, length: share },
    }
}

fn record(state: &State, beats: Option<f64>) -> RecordState {
    let Some(take) = &state.gesture.take else { return RecordState::Idle };
    if take.is_free() {
        return if take.has_begun(beats) { RecordState::Free } else { RecordState::Armed };
    }
    if let Some(left) = take.waits_beats(beats) {
        let beats_left = left.ceil().clamp(1.0, BEATS_PER_BAR) as u8;
        return RecordState::CountIn { beats_left, is_alone: state.gesture.playing().is_empty() };
    }
    let span = take.span_beats();
    let passed = take.passed_beats(beats).unwrap_or_default();
    let bar = (passed / BEATS_PER_BAR) as u16 + 1;
    let of_bars = span.map(|(_, length)| (length / BEATS_PER_BAR) as u16);
    let share = match span {
        Some((_, length)) => passed / length,
        None => (passed / BEATS_PER_BAR).fract(),
    };
    let is_closing = take.is_closing();
    let bar = of_bars.map_or(bar, |bars| bar.min(bars));
    RecordState::Recording { bar, of_bars, share: share.clamp(0.0, 1.0) as f32, is_closing }
}
