//! The notes of `latent-pad render --notes`, as text and as events of the voice.

use std::fmt;
use std::str::FromStr;
use voice::render::{Event, EventKind};

/// The argument of `--notes`.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteList(Vec<RenderedNote>);

#[derive(Clone, Debug, PartialEq)]
struct RenderedNote {
    key: u8,
    velocity: u8,
    on_frame: usize,
    off_frame: usize,
}

impl FromStr for NoteList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for RenderedNote {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let error = || {
            format!(
                "“{text}” is not a note: KEY:VEL:ON:OFF is expected, keys and velocities up to 127, ON before OFF in frames"
            )
        };
        let numbers: Vec<usize> = text
            .split(':')
            .map(|number| number.trim().parse().ok())
            .collect::<Option<_>>()
            .ok_or_else(error)?;
        let &[key, velocity, on_frame, off_frame] = numbers.as_slice() else { return Err(error()) };
        let midi = |number: usize| u8::try_from(number).ok().filter(|number| *number < 128).ok_or_else(error);
        let (key, velocity) = (midi(key)?, midi(velocity)?);
        if on_frame >= off_frame { Err(error()) } else { Ok(Self { key, velocity, on_frame, off_frame }) }
    }
}

impl fmt::Display for RenderedNote {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self { key, velocity, on_frame, off_frame } = self;
        write!(formatter, "{key}:{velocity}:{on_frame}:{off_frame}")
    }
}

impl NoteList {
    /// Middle C for two seconds, on amSynth's grid of 64 frames: at 44.1 kHz it ends at frame 88192.
    pub fn usual(rate_hz: u32) -> Self {
        Self(vec![RenderedNote {
            key: 60,
            velocity: 100,
            on_frame: 0,
            off_frame: 2 * rate_hz as usize / 64 * 64,
        }])
    }

    /// The notes that begin at this frame or later.
    pub fn from(&self, frame: usize) -> impl Iterator<Item = impl fmt::Display> {
        self.0.iter().filter(move |note| note.on_frame >= frame)
    }

    /// Their events in time; at the same frame keys go up before others go down, so that a key can be repeated.
    pub fn events(&self) -> Vec<Event> {
        let mut events: Vec<_> = self
            .0
            .iter()
            .flat_map(|note| {
                let on = EventKind::NoteOn { key: note.key, velocity: note.velocity };
                let off = EventKind::NoteOff { key: note.key };
                [Event { frame: note.on_frame, kind: on }, Event { frame: note.off_frame, kind: off }]
            })
            .collect();
        // No note ends at the frame where it begins.
        events.sort_by_key(|event| (event.frame, matches!(event.kind, EventKind::NoteOn { .. })));
        events
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_become_events_in_time() {
        let notes: NoteList = "60:100:64:128,64:90:0:256".parse().unwrap();
        let frames: Vec<_> = notes.events().iter().map(|event| event.frame).collect();
        assert_eq!(frames, [0, 64, 128, 256]);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter() {
        let repeated = ["60:100:0:128,60:90:128:256", "60:90:128:256,60:100:0:128"];
        let [first, second] = repeated.map(|text| text.parse::<NoteList>().unwrap().events());
        assert_eq!(first, second);
        assert_eq!(
            first[1].kind,
            EventKind::NoteOff { key: 60 },
            "the key goes up before it goes down again"
        );
    }

    #[test]
    fn invalid_notes_are_rejected() {
        for text in ["", "60", "60:100:0", "128:1:0:9", "60:200:0:9", "60:1:9:9", "60:1:-1:9", "a:b:c:d"] {
            assert!(text.parse::<NoteList>().is_err(), "{text}");
        }
    }
}
