//! Decides from the pitch and the level of each hop when a note begins, changes and ends. A note changes only when
//! the pitch has left its neighbourhood for long enough; until then it bends. Knows nothing of samples.

use crate::event::TrackedEvent;

/// The greatest distance of a pitch from the key of its note, in semitones: a vibrato of 70 cents stays in one
/// note.
const NEIGHBOURHOOD: f32 = 0.7;
/// Pitches that are this near to each other, in semitones, are one pitch that may become a note.
const STEADY: f32 = 0.5;
/// The time that a pitch must stay until a note begins, in seconds.
const ONSET_S: f32 = 0.008;
/// The times that another pitch must stay until the note changes, in seconds. The first is for a neighbour key,
/// since the note bends meanwhile and a wide vibrato returns. The second is for a leap. The third is for an octave
/// or a twelfth, which may be an error of the pitch.
const CHANGE_S: [f32; 3] = [0.05, 0.02, 0.05];
/// A pitch that moves on is a note after this time outside of the neighbourhood, in seconds.
const LONGEST_OUTSIDE_S: f32 = 0.12;
/// A smaller change than this is a change to a neighbour key, in semitones.
const LEAST_LEAP: f32 = 1.5;
/// Intervals between a pitch and the pitches of its second, third and fourth partial, in semitones.
const ERROR_INTERVALS: [f32; 3] = [12.0, 19.02, 24.0];
/// The time that a note outlasts its pitch, in seconds: a voiced consonant.
const UNVOICED_S: f32 = 0.05;
/// Two notes of one pitch have a gap between them if the level falls this far below the last peak, in dB. It must
/// rise again as far as the second number says, as fast as the third, in dB a second.
const GAP_DB: [f32; 3] = [9.0, 6.0, 100.0];
/// A note that is this far below its last peak, in dB, fades: a pitch that falls with the breath is no other note.
const FADE_DB: f32 = 10.0;
/// The fall of the peak that a gap is compared with, in dB a second.
const PEAK_FALL_DB_S: f32 = 20.0;
/// The shortest note before such a gap, in seconds.
const SHORTEST_S: f32 = 0.06;
/// The greatest bend of a note, in semitones: the range of the instrument's pitch bend.
const BEND_RANGE: f32 = 2.0;
/// Changes of the bend below this are not reported, in semitones.
const LEAST_BEND: f32 = 0.02;

/// The measures of a hop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HopMeasures {
    /// The pitch as a MIDI key with its fraction; `None` without a pitch.
    pub pitch: Option<f32>,
    /// In dB of full scale.
    pub level_db: f32,
    /// True if a note may begin at this level.
    pub is_open: bool,
    /// True if a note must end at this level.
    pub is_shut: bool,
    /// The velocity of a note that begins now.
    pub velocity: u8,
}

/// The note that sounds.
#[derive(Clone, Copy, Debug)]
struct SungNote {
    key: u8,
    bend: f32,
    /// Seconds since it began, since its pitch was lost, and since its pitch left the neighbourhood.
    age_s: f32,
    unvoiced_s: f32,
    outside_s: f32,
    peak_db: f32,
    /// The level of the last gap; infinite without one.
    lowest_db: f32,
}

/// Decides, hop by hop.
#[derive(Clone, Debug)]
pub(crate) struct NoteDecision {
    hop_s: f32,
    note: Option<SungNote>,
    /// The pitch that may become a note, and for how long it has stayed, in seconds.
    candidate: Option<(f32, f32)>,
}

impl NoteDecision {
    /// Silent. `hop_s`: seconds from hop to hop.
    pub(crate) fn new(hop_s: f32) -> Self {
        Self { hop_s, note: None, candidate: None }
    }

    /// True while a note sounds.
    pub(crate) fn is_note(&self) -> bool {
        self.note.is_some()
    }

    /// Takes a hop.
    pub(crate) fn push(&mut self, hop: HopMeasures, tell: &mut impl FnMut(TrackedEvent)) {
        match self.note {
            None => self.seek(hop, tell),
            Some(note) => self.follow(note, hop, tell),
        }
    }

    /// Ends the note, if there is one.
    pub(crate) fn end(&mut self, tell: &mut impl FnMut(TrackedEvent)) {
        self.candidate = None;
        if self.note.take().is_some() {
            tell(TrackedEvent::NoteOff);
        }
    }

    fn seek(&mut self, hop: HopMeasures, tell: &mut impl FnMut(TrackedEvent)) {
        let Some(pitch) = hop.pitch.filter(|_| hop.is_open) else {
            self.candidate = None;
            return;
        };
        // Half a hop, because sums of hops are not exact.
        if self.stay(pitch) + 0.5 * self.hop_s >= ONSET_S {
            self.begin(pitch, hop, tell);
        }
    }

    fn follow(&mut self, mut note: SungNote, hop: HopMeasures, tell: &mut impl FnMut(TrackedEvent)) {
        note.age_s += self.hop_s;
        note.unvoiced_s = if hop.pitch.is_some() { 0.0 } else { note.unvoiced_s + self.hop_s };
        note.peak_db = hop.level_db.max(note.peak_db - PEAK_FALL_DB_S * self.hop_s);
        if hop.level_db < note.peak_db - GAP_DB[0] {
            note.lowest_db = hop.level_db.min(note.lowest_db);
        }
        note.lowest_db += GAP_DB[2] * self.hop_s;
        let is_again = hop.level_db > note.lowest_db + GAP_DB[1] && note.age_s > SHORTEST_S;
        self.note = Some(note);
        if hop.is_shut || note.unvoiced_s > UNVOICED_S {
            return self.end(tell);
        }
        let Some(pitch) = hop.pitch else { return };
        if is_again && hop.is_open {
            self.end(tell);
            return self.begin(pitch, hop, tell);
        }
        let offset = pitch - f32::from(note.key);
        let is_fading = hop.level_db < note.peak_db - FADE_DB;
        if offset.abs() <= NEIGHBOURHOOD || is_fading {
            note.outside_s = 0.0;
            self.candidate = None;
        } else {
            note.outside_s += self.hop_s;
            let stayed_s = self.stay(pitch);
            if stayed_s >= change_s(offset) || note.outside_s >= LONGEST_OUTSIDE_S {
                return self.begin(pitch, hop, tell);
            }
        }
        // A pitch beyond the bend's range soon becomes another note, or is an error.
        if offset.abs() <= BEND_RANGE && (offset - note.bend).abs() >= LEAST_BEND {
            note.bend = offset;
            tell(TrackedEvent::Bend(offset));
        }
        self.note = Some(note);
    }

    /// Begins a note, in place of another one.
    fn begin(&mut self, pitch: f32, hop: HopMeasures, tell: &mut impl FnMut(TrackedEvent)) {
        let key = pitch.round().clamp(0.0, 127.0) as u8;
        let bend = (pitch - f32::from(key)).clamp(-BEND_RANGE, BEND_RANGE);
        let level_db = hop.level_db;
        self.candidate = None;
        self.note = Some(SungNote {
            key,
            bend,
            age_s: 0.0,
            unvoiced_s: 0.0,
            outside_s: 0.0,
            peak_db: level_db,
            lowest_db: f32::INFINITY,
        });
        tell(TrackedEvent::Bend(bend));
        tell(TrackedEvent::NoteOn { key, velocity: hop.velocity });
    }

    /// The time for which this pitch has stayed, in seconds.
    fn stay(&mut self, pitch: f32) -> f32 {
        let (anchor, stayed_s) = match self.candidate {
            Some((anchor, stayed_s)) if (pitch - anchor).abs() < STEADY => (anchor, stayed_s + self.hop_s),
            _ => (pitch, 0.0),
        };
        self.candidate = Some((anchor, stayed_s));
        stayed_s
    }
}

/// The time that a pitch this far from the note's key must stay until the note changes, in seconds.
fn change_s(offset: f32) -> f32 {
    let distance = offset.abs();
    let is_error = ERROR_INTERVALS.iter().any(|interval| (distance - interval).abs() < 1.0);
    CHANGE_S[if distance < LEAST_LEAP {
        0
    } else if is_error {
        2
    } else {
        1
    }]
}
