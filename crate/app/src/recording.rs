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

/// Who asks for recordings. Cheap to clone; all clones ask in one queue, as answers come in order.
#[derive(Clone, Default)]
pub struct Recorder(Rc<RefCell<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiter>,
    arriving: Recording,
}

/// One who asked.
struct Waiter {
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
            let late = resolve.clone();
            let answer = Rc::clone(&kept);
            queue.borrow_mut().waiting.push_back(Waiter { resolve, answer });
            let (queue, kept) = (Rc::clone(&queue), Rc::clone(&kept));
            dom::after(PATIENCE_MS, move || {
                queue.borrow_mut().waiting.retain(|waiter| !Rc::ptr_eq(&waiter.answer, &kept));
                let _ = late.call0(&JsValue::UNDEFINED);
            });
        });
        page.send([code::RECENT, seconds.min(LONGEST_S)]);
        // Only ever resolved.
        let _ = JsFuture::from(answered).await;
        answer.take().unwrap_or_default()
    }

    /// Takes a message of the worklet, if it is a piece.
    pub fn hear(&self, message: &JsValue) {
        let get = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
        if get("type") != "recent" {
            return;
        }
        let Ok(piece) = serde_wasm_bindgen::from_value::<Piece>(message.clone()) else { return };
        let queue = &mut *self.0.borrow_mut();
        if piece.index == 0 {
            queue.arriving = Recording { rate_hz: piece.sample_rate, ..Recording::default() };
        }
        if let (Ok(left), Ok(right)) =
            (get("left").dyn_into::<Float32Array>(), get("right").dyn_into::<Float32Array>())
        {
            queue.arriving.left.extend(left.to_vec());
            queue.arriving.right.extend(right.to_vec());
        }
        if piece.index + 1 >= piece.count {
            let arrived = std::mem::take(&mut queue.arriving);
            if let Some(Waiter { resolve, answer }) = queue.waiting.pop_front() {
                answer.replace(Some(arrived));
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        }
    }
}
