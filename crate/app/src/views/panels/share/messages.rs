//! Which messages the panel Share shows. Jobs run beside each other: progress of an older one never replaces what a newer
//! one says, and its result is added behind that. Pure.

/// A job, by the order in which jobs begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobNumber(u32);

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
    newest: Option<JobNumber>,
    text: String,
}

impl JobMessages {
    /// A job begins.
    pub fn begin(&mut self) -> JobNumber {
        self.begun += 1;
        JobNumber(self.begun)
    }

    /// The text to show after a message of a job; none if it stays.
    pub fn say(&mut self, job: JobNumber, message: JobMessage<'_>) -> Option<&str> {
        let is_older = self.newest.is_some_and(|newest| job < newest);
        match message {
            JobMessage::Progress("") | JobMessage::Result("") => return None,
            JobMessage::Progress(_) if is_older => return None,
            JobMessage::Result(result) if is_older => self.text = format!("{} · {result}", self.text),
            JobMessage::Progress(text) | JobMessage::Result(text) => {
                self.newest = Some(job);
                text.clone_into(&mut self.text);
            }
        }
        Some(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::JobMessage::{Progress, Result};
    use super::*;

    #[test]
    fn the_result_of_a_slow_export_does_not_replace_a_newer_import() {
        let mut messages = JobMessages::default();
        let (export, import) = (messages.begin(), messages.begin());
        assert_eq!(messages.say(export, Progress("Writing…")), Some("Writing…"));
        assert_eq!(messages.say(import, Result("Mine is on the map")), Some("Mine is on the map"));
        assert_eq!(messages.say(export, Progress("Writing…")), None);
        assert_eq!(messages.say(export, Result("Saved")), Some("Mine is on the map · Saved"));
        let next = messages.begin();
        assert_eq!(messages.say(next, Progress("Reading…")), Some("Reading…"));
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
