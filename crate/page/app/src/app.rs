//! The page or the element as a whole: the state, the queue of actions, the views and the effects. Code may dispatch
//! an action at any time; while a view shows or an effect runs, the queue holds it.

use std::cell::{Cell, Ref, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Function;
use play::action::{Action, JobAction, Start};
use play::effect::Effect;
use play::long_job::JobNumber;
use play::{State, reduce};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use crate::dom;
use crate::effects::executor::Executor;
use crate::root::Root;
use crate::view::View;
use crate::words::Language;

/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct App(Rc<Inner>);

struct Inner {
    state: RefCell<State>,
    queue: RefCell<VecDeque<Action>>,
    /// True if an action is being reduced, or its effects executed.
    is_busy: Cell<bool>,
    views: RefCell<Vec<Box<dyn View>>>,
    /// The callback for the browser's next frame; none once the app has ended.
    frame: RefCell<Option<Function>>,
    executor: Executor,
    /// Executes the effects that the app does not handle itself.
    execute: fn(&App, Effect),
}

impl App {
    /// An app without views or loaded files.
    pub fn new(start: Start, executor: Executor, execute: fn(&Self, Effect)) -> Self {
        let app = Self(Rc::new(Inner {
            state: RefCell::new(State::new(start)),
            queue: RefCell::default(),
            is_busy: Cell::new(false),
            views: RefCell::default(),
            frame: RefCell::default(),
            executor,
            execute,
        }));
        let owned = app.clone();
        let frame = Closure::<dyn FnMut(f64)>::new(move |now_ms| owned.dispatch(Action::Frame(now_ms)));
        app.0.frame.replace(Some(frame.into_js_value().unchecked_into()));
        app
    }

    /// Adds a view, which shows the state from the next frame on.
    pub fn add_view(&self, view: impl View + 'static) {
        self.0.views.borrow_mut().push(Box::new(view));
        self.dispatch(Action::Animate);
    }

    /// Reduces an action now, or after the current one.
    pub fn dispatch(&self, action: Action) {
        self.0.queue.borrow_mut().push_back(action);
        if self.0.is_busy.replace(true) {
            return;
        }
        while let Some(action) = self.next_action() {
            let effects = reduce(&mut self.0.state.borrow_mut(), action);
            for effect in effects {
                self.execute(effect);
            }
        }
        self.0.is_busy.set(false);
    }

    fn next_action(&self) -> Option<Action> {
        self.0.queue.borrow_mut().pop_front()
    }

    /// The state, read-only. Drop the borrow before a dispatch or an `await`: `let value = app.state().…;`.
    pub fn state(&self) -> Ref<'_, State> {
        self.0.state.borrow()
    }

    /// The executor of effects, for views that need what it holds.
    pub fn executor(&self) -> &Executor {
        &self.0.executor
    }

    /// The root of the elements.
    pub fn root(&self) -> &Root {
        self.0.executor.root()
    }

    /// The language of all texts.
    pub fn language(&self) -> &Language {
        self.0.executor.language()
    }

    fn execute(&self, effect: Effect) {
        match effect {
            Effect::RequestFrame => {
                if let Some(frame) = &*self.0.frame.borrow() {
                    let _ = dom::window().request_animation_frame(frame);
                }
            }
            Effect::ShowViews => self.each_view(|view, state| view.show(state)),
            Effect::FollowPoint => self.each_view(|view, state| view.follow(state)),
            Effect::DrawMap(now_ms) => {
                let mut moves = false;
                self.each_view(|view, state| moves |= view.draw(state, now_ms));
                if moves {
                    self.dispatch(Action::Animate);
                }
            }
            Effect::Notify(event) => self.each_view(|view, state| view.notify(state, &event)),
            Effect::After(delay_ms, action) => {
                let owned = self.clone();
                dom::after(delay_ms, move || owned.dispatch(*action));
            }
            effect => (self.0.execute)(self, effect),
        }
    }

    /// Passes the state to every view. Actions that views dispatch meanwhile wait, so the list of views does not
    /// change.
    fn each_view(&self, mut show: impl FnMut(&mut dyn View, &State)) {
        let state = self.0.state.borrow();
        for view in self.0.views.borrow_mut().iter_mut() {
            show(view.as_mut(), &state);
        }
    }

    /// True if nothing of it is shown any more.
    pub fn has_ended(&self) -> bool {
        self.0.frame.borrow().is_none()
    }

    /// Ends the app: stops its sound, removes its listeners, draws no more frames.
    pub fn end(&self) {
        self.dispatch(Action::Sound(play::action::SoundAction::Panic));
        self.0.executor.end();
        // The frame, the views and the listeners own clones of the app; dropping them frees it.
        self.0.frame.take();
        self.0.views.take();
    }
}

/// Work that takes long enough for a line of its own on the page, with its progress and a button that stops it.
/// Dropping it ends it.
pub struct RunningJob<'a> {
    app: &'a App,
    number: JobNumber,
}

impl<'a> RunningJob<'a> {
    /// Begins a job of this name.
    pub fn begin(app: &'a App, name: &str, can_stop: bool) -> Self {
        let job = Self { app, number: JobNumber::Program(app.executor().next_job()) };
        job.dispatch(JobAction::Begin { name: name.to_owned(), can_stop });
        job
    }

    /// Its number.
    pub fn number(&self) -> JobNumber {
        self.number
    }

    /// Shows that this many steps of all are done; returns whether to go on.
    pub fn goes_on(&self, done: usize, all: usize) -> bool {
        self.dispatch(JobAction::Progress(done as f32 / all.max(1) as f32));
        !self.is_stopping()
    }

    /// True if a person has stopped it.
    pub fn is_stopping(&self) -> bool {
        self.app.state().page.is_stopping(self.number)
    }

    fn dispatch(&self, action: JobAction) {
        self.app.dispatch(Action::Job(self.number, action));
    }
}

impl Drop for RunningJob<'_> {
    fn drop(&mut self) {
        self.dispatch(JobAction::End);
    }
}
