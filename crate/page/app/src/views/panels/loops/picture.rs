//! The picture of a loop in its lane: blocks of notes, or the course of its path, repeated over the bars of all loops.

use std::fmt::Write;

use play::tracks::picture::LoopPicture;
use play::{Notes, RecordedLoop};
use web_sys::Element;

use crate::dom;

/// The coordinates of a lane, which its style stretches.
const WIDE: f32 = 1000.0;
const HIGH: f32 = 100.0;
/// The space above and below, and the height of a note.
const MARGIN: f32 = 14.0;
const NOTE: f32 = 16.0;

/// An empty lane: the drawing, its blocks and areas, and its lines.
pub fn lane() -> (Element, Element) {
    let (drawing, path) = (dom::create_svg("svg"), dom::create_svg("path"));
    for (name, value) in [
        ("viewBox", "0 0 1000 100"),
        ("preserveAspectRatio", "none"),
        ("aria-hidden", "true"),
        ("class", "lane"),
    ] {
        let _ = drawing.set_attribute(name, value);
    }
    dom::append(&drawing, &path);
    (drawing, path)
}

/// The picture of a loop as an SVG path, repeated so many times from left to right. The first round begins `later`, as a
/// share of a round; the end of a round before it fills the left. The drawing cuts off the rest.
pub fn path(own: &RecordedLoop, notes: &Notes, rounds: u16, later: f32) -> String {
    let picture = LoopPicture::new(own, notes);
    let rounds = rounds.max(1);
    let before = u16::from(later > 0.0);
    let mut drawn = String::new();
    for round in 0..rounds + before {
        let begins = f32::from(round) - f32::from(before) + later;
        let across = |share: f32| WIDE * (begins + share) / f32::from(rounds);
        match &picture {
            LoopPicture::Notes(blocks) => {
                let keys = || blocks.iter().map(|block| f32::from(block.key));
                let (low, high) = (keys().fold(f32::MAX, f32::min), keys().fold(0.0, f32::max));
                for block in blocks {
                    let height = (f32::from(block.key) - low) / (high - low).max(1.0);
                    let top = HIGH - MARGIN - NOTE - height * (HIGH - 2.0 * MARGIN - NOTE);
                    let (left, right) = (across(block.start), across(block.start + block.length));
                    let _ = write!(drawn, "M{left:.0} {top:.0}H{right:.0}v{NOTE:.0}H{left:.0}z");
                }
            }
            LoopPicture::Course(lines) => {
                for line in lines {
                    area(&mut drawn, line, &across);
                }
            }
        }
    }
    drawn
}

/// The area below a line of shares and heights.
fn area(drawn: &mut String, line: &[[f32; 2]], across: &dyn Fn(f32) -> f32) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let _ = write!(drawn, "M{:.0} {HIGH:.0}", across(first[0]));
    for [share, height] in line {
        let _ = write!(drawn, "L{:.0} {:.0}", across(*share), HIGH - MARGIN - height * (HIGH - 2.0 * MARGIN));
    }
    let _ = write!(drawn, "L{:.0} {HIGH:.0}z", across(last[0]).max(across(first[0]) + 4.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use play::Point;
    use play::loops::Recorded;

    #[test]
    fn a_loop_of_two_bars_is_drawn_twice_beside_one_of_four() {
        let mut finger = ::path::strokes::Path::default();
        finger.land(0.0, Point { x: 0.0, y: 0.0 }, 90);
        finger.slide(0.9, Point { x: 1.0, y: 1.0 });
        let own = RecordedLoop::from(Recorded { fingers: vec![finger], length_s: 1.0 });
        let count = |rounds| path(&own, &Notes::default(), rounds, 0.0).matches('M').count();
        assert_eq!((count(1), count(2)), (1, 2));
        let drawn = path(&own, &Notes::default(), 1, 0.25);
        assert!(drawn.starts_with("M-750 ") && drawn.contains("M250 "), "{drawn}");
    }
}
