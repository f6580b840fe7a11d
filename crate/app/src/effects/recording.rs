//! What sounded in the last seconds, asked of the worklet, which records all the time: pieces come
//! back one by one and are put together here. Knows nothing of what the sound is wanted for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Float32Array, Function, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::dom;
use crate::page::Page;
use crate::sound::code;

/// The longest the worklet remembers, in seconds.
pub const LONGEST_S: f64 = 30.0;

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

/// Who asks for recordings. Cheap to clone; all clones ask one after the other, since the worklet gives up what it was
/// asked before when it is asked again.
#[derive(Clone, Default)]
pub struct Recorder(Rc<RefCell<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiter>,
    arriving: Recording,
}

/// One who asked.
struct Waiter {
    page: Page,
    seconds: f64,
    is_asked: bool,
    resolve: Function,
    answer: Rc<RefCell<Option<Recording>>>,
}

/// The numbers of a piece as it crosses the border.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Piece {
    index: u32,
    count: u32,
    sample_rate: f64,
}

impl Recorder {
    /// The last so many seconds; fewer if less has sounded, nothing if no answer comes: the sound was
    /// made anew, or sleeps.
    pub async fn recent(&self, page: &Page, seconds: f64) -> Recording {
        let answer = Rc::new(RefCell::new(None));
        let (kept, queue) = (Rc::clone(&answer), Rc::clone(&self.0));
        let answered = Promise::new(&mut |resolve, _| {
            let (page, answer) = (page.clone(), Rc::clone(&kept));
            let seconds = seconds.min(LONGEST_S);
            queue.borrow_mut().waiting.push_back(Waiter { page, seconds, is_asked: false, resolve, answer });
        });
        self.ask();
        // Only ever resolved.
        let _ = JsFuture::from(answered).await;
        answer.take().unwrap_or_default()
    }

    /// Asks for the first one who waits, if nobody has.
    fn ask(&self) {
        let mut queue = self.0.borrow_mut();
        let first = queue.waiting.front_mut().filter(|waiter| !waiter.is_asked);
        let Some(Waiter { page, seconds, is_asked, answer, .. }) = first else { return };
        *is_asked = true;
        page.send([code::RECENT, *seconds]);
        let (owned, asked) = (self.clone(), Rc::clone(answer));
        dom::after(PATIENCE_MS, move || {
            let waits = |waiter: &Waiter| Rc::ptr_eq(&waiter.answer, &asked);
            if owned.0.borrow().waiting.front().is_some_and(waits) {
                owned.finish(None);
            }
        });
    }

    /// The first one need not wait any more; the next one is asked for.
    fn finish(&self, arrived: Option<Recording>) {
        let first = self.0.borrow_mut().waiting.pop_front();
        if let Some(Waiter { resolve, answer, .. }) = first {
            answer.replace(arrived);
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
        let owned = self.clone();
        // Not now: the page may be telling what the worklet says.
        dom::after(0, move || owned.ask());
    }

    /// Takes a message of the worklet, if it is a piece.
    pub fn hear(&self, message: &JsValue) {
        let get = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
        if get("type") != "recent" {
            return;
        }
        let Ok(piece) = serde_wasm_bindgen::from_value::<Piece>(message.clone()) else { return };
        {
            let arriving = &mut self.0.borrow_mut().arriving;
            if piece.index == 0 {
                *arriving = Recording { rate_hz: piece.sample_rate, ..Recording::default() };
            }
            if let (Ok(left), Ok(right)) =
                (get("left").dyn_into::<Float32Array>(), get("right").dyn_into::<Float32Array>())
            {
                arriving.left.extend(left.to_vec());
                arriving.right.extend(right.to_vec());
            }
        }
        if piece.index + 1 >= piece.count {
            let arrived = std::mem::take(&mut self.0.borrow_mut().arriving);
            self.finish(Some(arrived));
        }
    }
}
