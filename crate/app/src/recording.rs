//! The last seconds of sound, asked of the worklet, which records all the time: pieces come back one by
//! one and are put together here. Knows nothing of what the sound is wanted for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Function, Promise};
use protocol::Command;
use protocol::constants::RECORDING_S;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::dom;
use crate::sound::PageCommand;

/// How long to wait for an answer, in milliseconds: half a minute of sound takes a tenth of it.
const PATIENCE_MS: i32 = 5000;

/// A stereo sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// Samples of the left side.
    pub left: Vec<f32>,
    /// As many of the right side.
    pub right: Vec<f32>,
    /// Samples a second.
    pub rate_hz: f64,
}

/// A piece of a recording; see `protocol::WorkletMessage::Recent`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Its number, from 0 on, in order.
    pub index: u32,
    /// The number of pieces.
    pub count: u32,
    /// Its samples.
    pub sound: Recording,
}

/// Asks for recordings. Cheap to clone; all clones ask one after the other, since the worklet gives up what it was
/// asked before when it is asked again.
#[derive(Clone)]
pub struct Recorder(Rc<Parts>);

struct Parts {
    send: Box<dyn Fn(&PageCommand)>,
    queue: RefCell<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiter>,
    arriving: Recording,
}

/// One who asked.
struct Waiter {
    seconds: f64,
    is_asked: bool,
    resolve: Function,
    answer: Rc<RefCell<Option<Recording>>>,
}

impl Recorder {
    /// Asks the worklet to which `send` sends commands.
    pub fn new(send: impl Fn(&PageCommand) + 'static) -> Self {
        Self(Rc::new(Parts { send: Box::new(send), queue: RefCell::default() }))
    }

    /// The last so many seconds; fewer if less has sounded, nothing if no answer comes: the sound was
    /// made anew, or sleeps.
    pub async fn recent(&self, seconds: f64) -> Recording {
        let answer = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&answer);
        let answered = Promise::new(&mut |resolve, _| {
            let (answer, seconds) = (Rc::clone(&kept), seconds.min(RECORDING_S));
            let waiter = Waiter { seconds, is_asked: false, resolve, answer };
            self.0.queue.borrow_mut().waiting.push_back(waiter);
        });
        self.ask();
        // Only ever resolved.
        let _ = JsFuture::from(answered).await;
        answer.take().unwrap_or_default()
    }

    /// Asks for the first one who waits, if nobody has.
    fn ask(&self) {
        let (seconds, asked) = {
            let mut queue = self.0.queue.borrow_mut();
            let first = queue.waiting.front_mut().filter(|waiter| !waiter.is_asked);
            let Some(waiter) = first else { return };
            waiter.is_asked = true;
            (waiter.seconds, Rc::clone(&waiter.answer))
        };
        (self.0.send)(&Command::Recent { seconds });
        let owned = self.clone();
        dom::after(PATIENCE_MS, move || {
            let waits = |waiter: &Waiter| Rc::ptr_eq(&waiter.answer, &asked);
            if owned.0.queue.borrow().waiting.front().is_some_and(waits) {
                owned.finish(None);
            }
        });
    }

    /// The first one need not wait any more; the next one is asked for.
    fn finish(&self, arrived: Option<Recording>) {
        let first = self.0.queue.borrow_mut().waiting.pop_front();
        if let Some(Waiter { resolve, answer, .. }) = first {
            answer.replace(arrived);
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
        let owned = self.clone();
        // Not now: the page may be telling what the worklet says.
        dom::after(0, move || owned.ask());
    }

    /// Takes a piece; the last one ends the recording.
    pub fn take(&self, piece: &Piece) {
        {
            let arriving = &mut self.0.queue.borrow_mut().arriving;
            if piece.index == 0 {
                *arriving = Recording { rate_hz: piece.sound.rate_hz, ..Recording::default() };
            }
            arriving.left.extend_from_slice(&piece.sound.left);
            arriving.right.extend_from_slice(&piece.sound.right);
        }
        if piece.index + 1 >= piece.count {
            let arrived = std::mem::take(&mut self.0.queue.borrow_mut().arriving);
            self.finish(Some(arrived));
        }
    }
}
