//! Which messages the panel Share shows. Jobs run beside each other: progress of an older one never replaces what a
//! newer one says, and its result waits until that was read. Pure.

use std::collections::VecDeque;

/// A job, by the order in which jobs begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShareJobNumber(u32);

/// A job's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobMessage<'a> {
    /// It goes on.
    Progress(&'a str),
    /// It has ended.
    Result(&'a str),
}

/// The messages of all jobs.
#[derive(Debug, Default)]
pub struct JobMessages {
    begun: u32,
    newest: Option<ShareJobNumber>,
    text: String,
    /// True if the text has been shown for its reading time.
    is_read: bool,
    /// Results of older jobs that wait for it.
    waiting: VecDeque<String>,
}

impl JobMessages {
    /// A job begins.
    pub fn begin(&mut self) -> ShareJobNumber {
        self.begun += 1;
        ShareJobNumber(self.begun)
    }

    /// The text to show after a message of a job; none if it stays.
    pub fn say(&mut self, job: ShareJobNumber, message: JobMessage<'_>) -> Option<&str> {
        let is_older = self.newest.is_some_and(|newest| job < newest);
        match message {
            JobMessage::Progress("") | JobMessage::Result("") => return None,
            JobMessage::Progress(_) if is_older => return None,
            JobMessage::Result(result) if is_older && !self.is_read => {
                self.waiting.push_back(result.to_owned());
                return None;
            }
            JobMessage::Progress(text) | JobMessage::Result(text) => {
                self.newest = self.newest.max(Some(job));
                text.clone_into(&mut self.text);
            }
        }
        self.is_read = false;
        Some(&self.text)
    }

    /// The text has been shown for its reading time. Returns the text to show next, if one waits.
    pub fn read(&mut self) -> Option<&str> {
        self.is_read = true;
        self.text = self.waiting.pop_front()?;
        self.is_read = false;
        Some(&self.text)
    }
}

/// The non-empty messages as one text.
pub fn join(sentences: &[String]) -> String {
    let said: Vec<&str> =
        sentences.iter().map(String::as_str).filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::JobMessage::{Progress, Result};
    use super::*;

    #[test]
    fn the_result_of_a_slow_export_waits_until_a_newer_message_was_read() {
        let mut messages = JobMessages::default();
        let (export, import) = (messages.begin(), messages.begin());
        assert_eq!(messages.say(export, Progress("Writing…")), Some("Writing…"));
        assert_eq!(messages.say(import, Result("Mine is on the map")), Some("Mine is on the map"));
        assert_eq!(messages.say(export, Progress("Writing…")), None);
        assert_eq!(messages.say(export, Result("Saved")), None);
        assert_eq!(messages.read(), Some("Saved"));
        let next = messages.begin();
        assert_eq!(messages.say(next, Progress("Reading…")), Some("Reading…"));
    }

    #[test]
    fn a_late_result_is_shown_at_once_after_a_message_that_was_read() {
        let mut messages = JobMessages::default();
        let (export, link) = (messages.begin(), messages.begin());
        assert_eq!(messages.say(link, Result("Link copied")), Some("Link copied"));
        assert_eq!(messages.read(), None);
        assert_eq!(messages.say(export, Result("Saved")), Some("Saved"));
        assert_eq!(messages.say(export, Progress("Writing…")), None);
    }

    #[test]
    fn a_job_replaces_its_own_message_and_an_empty_one_says_nothing() {
        let mut messages = JobMessages::default();
        let job = messages.begin();
        assert_eq!(messages.say(job, Progress("64 of 128")), Some("64 of 128"));
        assert_eq!(messages.say(job, Result("")), None);
        assert_eq!(messages.say(job, Result("128 presets")), Some("128 presets"));
    }
}
