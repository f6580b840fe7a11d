//! The loops of a document as files: their notes and the beat as the tracks of one MIDI file, and the sound of each one
//! as the instrument plays it in a round. Values only; crate `app` has the files written.

mod notes;
mod sound;

use path::midi::{Song, SongTrack};

use crate::RecordedLoop;
use crate::state::State;
use crate::tracks::beat::Beat;
use crate::tracks::transport::BEATS_PER_BAR;

pub use sound::LoopRound;

/// The most beats in which all loops are repeated until they meet again: 32 bars.
const MOST_BEATS: u64 = 128;

impl State {
    /// The loops that are heard, as the tracks of a song, each as often as it is repeated until all begin together
    /// again, and the beat as a last one; none if no loop is heard. `name_of` gives a loop's name, `beat_name` that of a
    /// beat.
    pub fn song_of_loops(
        &self,
        name_of: impl Fn(&RecordedLoop) -> String,
        beat_name: impl Fn(Beat) -> String,
    ) -> Option<Song> {
        let loops = self.document().loops.all().iter();
        let heard: Vec<&RecordedLoop> =
            loops.map(AsRef::as_ref).filter(|own| self.gesture.gain(own) > 0.0).collect();
        let from_beats = self.document().loops.first_beats();
        let mut song = self.song(&heard, from_beats, name_of)?;
        let beat = self.document().beat;
        if beat != Beat::Off {
            let notes = beat.song_notes(from_beats, song.length_beats);
            song.tracks.push(SongTrack { name: beat_name(beat), has_drums: true, notes });
        }
        Some(song)
    }

    /// One round of a loop as a song, also of a muted one; none without such a loop.
    pub fn song_of_loop(&self, number: u8, name_of: impl Fn(&RecordedLoop) -> String) -> Option<Song> {
        let own = RecordedLoop { offset_beats: 0, ..self.document().loops.get(number)?.clone() };
        self.song(&[&own], 0.0, name_of)
    }

    /// The song of loops from a beat of the clock on.
    fn song(
        &self,
        loops: &[&RecordedLoop],
        from_beats: f64,
        name_of: impl Fn(&RecordedLoop) -> String,
    ) -> Option<Song> {
        let document = self.document();
        let bpm = document.notes.bpm;
        let rounds: Vec<f64> = loops.iter().map(|own| notes::round_beats(own, bpm)).collect();
        let length_beats = common_beats(&rounds)?;
        let track = |own: &&RecordedLoop| SongTrack {
            name: name_of(own),
            has_drums: false,
            notes: notes::song_notes(own, &document.notes, from_beats, length_beats),
        };
        Some(Song {
            title: document.title.clone(),
            bpm: bpm.into(),
            length_beats,
            tracks: loops.iter().map(track).collect(),
        })
    }
}

/// The beats after which rounds of so many beats begin together again; of rounds that do not soon, the longest one in
/// whole bars. None without rounds.
fn common_beats(rounds: &[f64]) -> Option<f64> {
    let longest = rounds.iter().copied().reduce(f64::max)?;
    let whole: Option<Vec<u64>> =
        rounds.iter().map(|beats| (beats.fract() == 0.0 && *beats >= 1.0).then_some(*beats as u64)).collect();
    let common = whole.and_then(|beats| beats.into_iter().try_fold(1, common_multiple));
    Some(common.map_or_else(|| (longest / BEATS_PER_BAR).ceil() * BEATS_PER_BAR, |beats| beats as f64))
}

/// The least common multiple of two numbers of beats, if it is not too long.
fn common_multiple(one: u64, other: u64) -> Option<u64> {
    let (mut divisor, mut rest) = (one, other);
    while rest > 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    Some(one / divisor * other).filter(|beats| *beats <= MOST_BEATS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_repeated_until_they_begin_together() {
        assert_eq!(common_beats(&[4.0, 16.0, 8.0]), Some(16.0));
        assert_eq!(common_beats(&[12.0, 8.0]), Some(24.0));
        assert_eq!(common_beats(&[4.5, 8.0]), Some(8.0), "a loop in free time");
        assert_eq!(common_beats(&[31.0, 32.0]), Some(32.0), "never soon");
        assert_eq!(common_beats(&[5.3]), Some(8.0));
        assert_eq!(common_beats(&[]), None);
    }
}
