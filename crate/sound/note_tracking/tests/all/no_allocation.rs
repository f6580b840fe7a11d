//! Promise: after construction the tracker never allocates; an audio thread may call everything.

use crate::common::{RATE_HZ, noise, silence, sing};
use assert_no_alloc::assert_no_alloc;
use note_tracking::{NoteTracker, TrackedEvent};

#[test]
fn a_voice_allocates_nothing() {
    let voice = sing(1.0, |time| 60.0 + (5.0 * time).round(), |time| 0.1 * (1.0 - time));
    let sound = [silence(0.1), voice, noise(4800), vec![f32::NAN; 512], silence(0.2)].concat();
    let mut tracker = NoteTracker::new(RATE_HZ).expect("a usual rate");
    let (mut notes, mut others) = (0, 0);
    // An allocation in here aborts the test.
    assert_no_alloc(|| {
        for block in sound.chunks(128) {
            tracker.push(block, |event| match event {
                TrackedEvent::NoteOn { .. } => notes += 1,
                _ => others += 1,
            });
        }
        tracker.end(|_| others += 1);
    });
    assert!(notes > 3 && others > 10, "{notes} notes, {others} others");
}
