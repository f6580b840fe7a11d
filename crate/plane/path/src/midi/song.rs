//! Writes the notes of several loops as a standard MIDI file of format 1: a first track with title, tempo and bars, then
//! a track for each loop, on a channel of its own, and one for the beat, on that of drums.

use midly::num::{u15, u24};
use midly::{Format, Header, MetaMessage, Smf, Timing, TrackEventKind};
use serde::{Deserialize, Serialize};

use super::write::{TICKS_PER_BEAT, TickNote, Timed, beat_us, push_note, track};

/// The channel of drums in General MIDI, which no loop gets.
const DRUMS: u8 = 9;
const CHANNELS: u8 = 16;
/// Four quarters: the numerator, the power of two of the denominator, MIDI clocks of a beat, 32ths of a quarter.
const FOUR_QUARTERS: MetaMessage<'static> = MetaMessage::TimeSignature(4, 2, 24, 8);

/// The reason why a text is no song.
#[derive(Debug, thiserror::Error)]
#[error("the text is no song: {0}")]
pub struct SongError(#[from] serde_json::Error);

/// Several tracks of notes that play together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Song {
    /// Its title; empty without one.
    pub title: String,
    /// The tempo, in beats a minute.
    pub bpm: f64,
    /// Its length in beats.
    pub length_beats: f64,
    /// Its tracks.
    pub tracks: Vec<SongTrack>,
}

/// A track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SongTrack {
    /// Its name.
    pub name: String,
    /// True if its keys are drums of General MIDI.
    #[serde(default)]
    pub has_drums: bool,
    /// Its notes, in any order.
    pub notes: Vec<SongNote>,
}

/// A note.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SongNote {
    /// Its beginning, in beats of the song.
    pub start_beats: f64,
    /// Its length in beats.
    pub length_beats: f64,
    /// MIDI key, 0…127.
    pub key: u8,
    /// MIDI velocity, 1…127.
    pub velocity: u8,
}

impl Song {
    /// Reads the JSON text of a song.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(text: &str) -> Result<Self, SongError> {
        Ok(serde_json::from_str(text)?)
    }

    /// The bytes of its MIDI file.
    ///
    /// # Panics
    /// Never: writing to memory cannot fail.
    pub fn to_midi(&self) -> Vec<u8> {
        let end = tick(self.length_beats);
        let meta = |message| Timed { tick: 0, rank: 0, kind: TrackEventKind::Meta(message) };
        let head = vec![
            meta(MetaMessage::TrackName(self.title.as_bytes())),
            meta(MetaMessage::Tempo(u24::from_int_lossy(beat_us(self.bpm)))),
            meta(FOUR_QUARTERS),
        ];
        let mut tracks = vec![track(head, 0, end)];
        let mut channels = (0..CHANNELS).filter(|channel| *channel != DRUMS).cycle();
        for own in &self.tracks {
            let channel = if own.has_drums { DRUMS } else { channels.next().unwrap_or_default() };
            let mut events = vec![meta(MetaMessage::TrackName(own.name.as_bytes()))];
            for &SongNote { start_beats, length_beats, key, velocity } in &own.notes {
                let (start, end) = (tick(start_beats), tick(start_beats + length_beats));
                push_note(&mut events, channel, TickNote { start, end, key, velocity });
            }
            tracks.push(track(events, channel, end));
        }
        let header = Header::new(Format::Parallel, Timing::Metrical(u15::new(TICKS_PER_BEAT)));
        let mut bytes = Vec::new();
        Smf { header, tracks }.write(&mut bytes).expect("writing to memory cannot fail");
        bytes
    }
}

fn tick(beats: f64) -> u32 {
    (beats * f64::from(TICKS_PER_BEAT)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use midly::MidiMessage;

    fn note(start_beats: f64, key: u8) -> SongNote {
        SongNote { start_beats, length_beats: 0.5, key, velocity: 80 + key % 10 }
    }

    fn song() -> Song {
        let track = |name: &str, notes| SongTrack { name: name.to_owned(), has_drums: false, notes };
        let tracks = vec![
            SongTrack { has_drums: true, ..track("Kick", vec![note(0.0, 36)]) },
            track("1 Night bells", vec![note(4.0, 64), note(0.0, 60)]),
            track("3", vec![note(1.5, 36)]),
        ];
        Song { title: "Night".to_owned(), bpm: 112.0, length_beats: 8.0, tracks }
    }

    #[test]
    fn each_loop_is_a_track_with_its_notes_beside_tempo_and_bars() {
        let bytes = song().to_midi();
        let Smf { header, tracks } = Smf::parse(&bytes).unwrap();
        assert_eq!((header.format, tracks.len()), (Format::Parallel, 4));
        let name = |track: &[midly::TrackEvent]| {
            track.iter().find_map(|event| match event.kind {
                TrackEventKind::Meta(MetaMessage::TrackName(name)) => {
                    Some(String::from_utf8(name.to_vec()).unwrap())
                }
                _ => None,
            })
        };
        let names: Vec<_> = tracks.iter().map(|track| name(track).unwrap()).collect();
        assert_eq!(names, ["Night", "Kick", "1 Night bells", "3"]);
        let tempo = tracks[0].iter().find_map(|event| match event.kind {
            TrackEventKind::Meta(MetaMessage::Tempo(beat_us)) => Some(beat_us.as_int()),
            _ => None,
        });
        assert_eq!(tempo, Some(535_714), "112 beats a minute");
        let mut notes = Vec::new();
        for track in &tracks {
            let mut tick = 0;
            for event in track {
                tick += event.delta.as_int();
                if let TrackEventKind::Midi { channel, message: MidiMessage::NoteOn { key, vel } } =
                    event.kind
                {
                    notes.push((channel.as_int(), tick, key.as_int(), vel.as_int()));
                }
            }
            assert_eq!(tick, 8 * 960, "each track lasts as long as the song");
        }
        assert_eq!(notes, [(9, 0, 36, 86), (0, 0, 60, 80), (0, 3840, 64, 84), (1, 1440, 36, 86)]);
    }

    #[test]
    fn a_song_is_the_same_after_its_text_and_other_texts_are_none() {
        let text = serde_json::to_string(&song()).unwrap();
        assert_eq!(Song::read(&text).unwrap(), song());
        assert!(Song::read("{}").is_err() && Song::read("").is_err());
    }
}
