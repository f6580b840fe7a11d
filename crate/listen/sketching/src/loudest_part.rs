//! The part of a recording of several sounds that a person is offered first.

use matching::Target;

use crate::contours::HOP_S;
use crate::hits::find_hits;

/// A part begins so long before its sound, in seconds: the level of a hit rises within this.
const BEFORE_S: f32 = HOP_S;

/// The loudest of several sounds, up to the next one: its begin and its end in seconds of the given sound. `None` if
/// there are not two sounds.
pub fn loudest_part(recording: &Target) -> Option<[f32; 2]> {
    let hits = find_hits(recording.sounding());
    let (mut loudest, mut velocity) = (0, 0);
    for (at, hit) in hits.iter().enumerate() {
        if hit.velocity > velocity {
            (loudest, velocity) = (at, hit.velocity);
        }
    }
    let begin_s = hits.get(loudest)?.start_s;
    let length_s = recording.sounding().len() as f32 / features::test_note::SAMPLE_RATE_HZ as f32;
    let end_s = hits.get(loudest + 1).map_or(length_s, |next| next.start_s - BEFORE_S);
    let lead_s = recording.lead_s();
    (hits.len() > 1).then_some([lead_s + (begin_s - BEFORE_S).max(0.0), lead_s + end_s])
}
