//! Requests the last seconds of sound from the worklet, which always records, and joins the pieces that it sends.
//! Writes no file.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise};
use protocol::constants::RECORDING_S;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::dom;
use crate::effects::audio::AudioOutput;

/// How long to wait for an answer, in milliseconds: half a minute of sound takes a tenth of it.
const PATIENCE_MS: i32 = 5000;

/// A stereo sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Samples of the left channel.
    pub left: Vec<f32>,
    /// As many of the right channel.
    pub right: Vec<f32>,
    /// Frames per second.
    pub rate_hz: f64,
}

/// A part of a recording, as the worklet sends it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordingPiece {
    /// Its index, from 0.
    pub index: u32,
    /// How many pieces there are.
    pub count: u32,
    /// Its samples.
    pub sound: Recording,
}

/// Requests recordings. Cheap to clone; all clones request one after the other, since the worklet drops an earlier
/// request when a new one comes.
#[derive(Clone)]
pub struct Recorder {
    audio: Rc<RefCell<Option<AudioOutput>>>,
    queue: Rc<RefCell<RecordingQueue>>,
}

#[derive(Default)]
struct RecordingQueue {
    waiting: VecDeque<RecordingRequest>,
    arriving: Recording,
}

struct RecordingRequest {
    seconds: f64,
    is_sent: bool,
    resolve: Function,
    answer: Rc<RefCell<Option<Recording>>>,
}

impl Recorder {
    /// Requests recordings of whatever output is open.
    pub fn new(audio: Rc<RefCell<Option<AudioOutput>>>) -> Self {
        Self { audio, queue: Rc::default() }
    }

    /// The last `seconds` of sound, [`RECORDING_S`] at most; less if less has sounded, empty if the sound restarts or
    /// sleeps.
    pub async fn recent(&self, seconds: f64) -> Recording {
        let answer = Rc::new(RefCell::new(None));
        let (kept, queue) = (Rc::clone(&answer), Rc::clone(&self.queue));
        let answered = Promise::new(&mut |resolve, _| {
            let answer = Rc::clone(&kept);
            let seconds = seconds.min(RECORDING_S);
            let request = RecordingRequest { seconds, is_sent: false, resolve, answer };
            queue.borrow_mut().waiting.push_back(request);
        });
        self.send_next();
        // The promise never rejects.
        let _ = JsFuture::from(answered).await;
        answer.take().unwrap_or_default()
    }

    /// Sends the first request, unless it is sent already.
    fn send_next(&self) {
        let mut queue = self.queue.borrow_mut();
        let first = queue.waiting.front_mut().filter(|request| !request.is_sent);
        let Some(RecordingRequest { seconds, is_sent, answer, .. }) = first else { return };
        *is_sent = true;
        if let Some(audio) = &*self.audio.borrow() {
            audio.request_recording(*seconds);
        }
        let (owned, sent) = (self.clone(), Rc::clone(answer));
        dom::after(PATIENCE_MS, move || {
            let still_waits = |request: &RecordingRequest| Rc::ptr_eq(&request.answer, &sent);
            if owned.queue.borrow().waiting.front().is_some_and(still_waits) {
                owned.finish(None);
            }
        });
    }

    /// Answers the first request and sends the next one.
    fn finish(&self, recording: Option<Recording>) {
        let first = self.queue.borrow_mut().waiting.pop_front();
        if let Some(RecordingRequest { resolve, answer, .. }) = first {
            answer.replace(recording);
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
        self.send_next();
    }

    /// Takes a piece from the worklet; the last one completes the recording.
    pub fn take_piece(&self, piece: RecordingPiece) {
        let complete = self.queue.borrow_mut().arriving.append(piece);
        if complete.is_some() {
            self.finish(complete);
        }
    }
}

impl Recording {
    /// Adds a piece; returns the whole recording after its last one. The first piece begins another recording.
    fn append(&mut self, RecordingPiece { index, count, sound }: RecordingPiece) -> Option<Self> {
        if index == 0 {
            *self = Self { rate_hz: sound.rate_hz, ..Self::default() };
        }
        self.left.extend(sound.left);
        self.right.extend(sound.right);
        (index + 1 >= count).then(|| std::mem::take(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(index: u32, count: u32, samples: &[f32]) -> RecordingPiece {
        let (left, right) = (samples.to_vec(), samples.iter().map(|sample| -sample).collect());
        RecordingPiece { index, count, sound: Recording { left, right, rate_hz: 48_000.0 } }
    }

    #[test]
    fn pieces_make_a_recording_and_a_first_piece_begins_another() {
        let mut arriving = Recording::default();
        assert_eq!(arriving.append(piece(0, 3, &[9.0])), None);
        assert_eq!(arriving.append(piece(0, 2, &[0.1, 0.2])), None);
        let whole = arriving.append(piece(1, 2, &[0.3])).unwrap();
        assert_eq!((whole.left, whole.right), (vec![0.1, 0.2, 0.3], vec![-0.1, -0.2, -0.3]));
        assert_eq!(arriving.append(piece(0, 1, &[])).unwrap().rate_hz, 48_000.0, "silence is an answer");
    }
}
