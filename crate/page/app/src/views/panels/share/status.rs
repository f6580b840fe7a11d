//! The line of the panel Share that says what its jobs do, and the same over the map while that line is not visible.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use play::error::AppError;
use web_sys::{Element, HtmlElement};

use super::messages::{JobMessage, JobMessages, ShareJobNumber};
use crate::dom;
use crate::root::Root;

/// How long a message stays over the map and no result of an older job replaces it, in milliseconds: twice its reading
/// time.
const REMARK_MS: i32 = 8000;

/// The line. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct ShareStatus(Rc<StatusElements>);

struct StatusElements {
    line: Element,
    remark: HtmlElement,
    /// The number of messages so far, so that the timer of an older one does not hide a newer one.
    shown: Cell<u32>,
    /// True if the panel is shown.
    is_open: Cell<bool>,
    messages: RefCell<JobMessages>,
}

impl ShareStatus {
    /// Finds its elements.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(root: &Root) -> Result<Self, AppError> {
        Ok(Self(Rc::new(StatusElements {
            line: root.element("share-status")?,
            remark: root.element("remark")?,
            shown: Cell::default(),
            is_open: Cell::default(),
            messages: RefCell::default(),
        })))
    }

    /// A job begins.
    pub fn begin(&self) -> ShareJobNumber {
        self.0.messages.borrow_mut().begin()
    }

    /// A person begins a job: what was said of an earlier one goes.
    pub fn begin_anew(&self) -> ShareJobNumber {
        self.clear();
        self.begin()
    }

    /// The panel is shown or left: left, it says nothing more.
    pub fn follow(&self, is_open: bool) {
        if self.0.is_open.replace(is_open) && !is_open {
            self.clear();
        }
    }

    /// Shows a job's progress, unless a newer job has said something.
    pub fn report(&self, job: ShareJobNumber, sentence: &str) {
        self.show(job, JobMessage::Progress(sentence));
    }

    /// Shows a job's result.
    pub fn finish(&self, job: ShareJobNumber, sentence: &str) {
        self.show(job, JobMessage::Result(sentence));
    }

    /// Shows the message of something that is done at once.
    pub fn say(&self, sentence: &str) {
        self.finish(self.begin(), sentence);
    }

    /// Says nothing more: what was done is seen elsewhere.
    pub fn clear(&self) {
        self.write("");
    }

    fn show(&self, job: ShareJobNumber, message: JobMessage<'_>) {
        let mut messages = self.0.messages.borrow_mut();
        if let Some(text) = messages.say(job, message) {
            self.write(text);
        }
    }

    fn write(&self, text: &str) {
        self.0.line.set_text_content(Some(text));
        let is_remark = !text.is_empty() && !dom::is_in_view(&self.0.line);
        self.0.remark.set_hidden(!is_remark);
        if is_remark {
            self.0.remark.set_text_content(Some(text));
        }
        let number = self.0.shown.get() + 1;
        self.0.shown.set(number);
        let owned = self.clone();
        dom::after(REMARK_MS, move || {
            if owned.0.shown.get() == number {
                owned.0.remark.set_hidden(true);
                if let Some(text) = owned.0.messages.borrow_mut().read() {
                    owned.write(text);
                }
            }
        });
    }
}
