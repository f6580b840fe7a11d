//! The slider that morphs between two landmarks: which two, and where it is. Pure.

use plane::Point;

use crate::Landmarks;

/// A point this near to the line, in latent units, is on it: interpolation rounds.
const ON_LINE: f32 = 1e-3;

/// The slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MorphSlider {
    /// The positions of the two landmarks.
    pub ends: [usize; 2],
    /// The share of the way, 0…1.
    pub share: f32,
}

impl Default for MorphSlider {
    fn default() -> Self {
        Self { ends: [0, 1], share: 0.0 }
    }
}

impl MorphSlider {
    /// The slider for this many landmarks: an end that is gone becomes the last one, and both ends differ.
    #[must_use]
    pub fn tidy(mut self, count: usize) -> Self {
        let last = count.saturating_sub(1);
        let before = self.ends;
        self.ends = self.ends.map(|end| end.min(last));
        if self.ends[0] == self.ends[1] && count > 1 {
            self.ends =
                if last == 0 || self.ends[0] != 0 { [self.ends[0] - 1, self.ends[0]] } else { [0, 1] };
        }
        if self.ends != before {
            self.share = 0.0;
        }
        self
    }

    /// The two ends of the line on which a point lies, if it is the slider's own point.
    pub fn line(&self, landmarks: &Landmarks, point: Point) -> Option<[Point; 2]> {
        let [from, to] = self.ends.map(|end| landmarks.get(end).ok().map(|landmark| landmark.point));
        let (from, to) = from.zip(to)?;
        let is_on_line = from != to && from.towards(to, self.share).distance(point) < ON_LINE;
        is_on_line.then_some([from, to])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_line_is_there_while_the_point_is_on_it() {
        let mut landmarks = Landmarks::default();
        let ends = [Point { x: -1.0, y: 0.0 }, Point { x: 3.0, y: 2.0 }];
        ends.iter().for_each(|&point| drop(landmarks.drop_at(point, "x", None)));
        let slider = MorphSlider { share: 0.25, ..MorphSlider::default() };
        assert_eq!(slider.line(&landmarks, Point { x: 0.0, y: 0.5 }), Some(ends));
        assert_eq!(slider.line(&landmarks, Point { x: 1.0, y: 1.0 }), None, "elsewhere on the line");
        assert_eq!(MorphSlider { ends: [0, 7], ..slider }.line(&landmarks, ends[0]), None);
    }

    proptest! {
        #[test]
        fn both_ends_exist_and_differ(one in 0usize..9, other in 0usize..9, count in 0usize..9) {
            let slider = MorphSlider { ends: [one, other], share: 0.5 }.tidy(count);
            prop_assert!(slider.ends.iter().all(|&end| end < count.max(1)));
            prop_assert!(count < 2 || slider.ends[0] != slider.ends[1]);
            prop_assert_eq!(slider.tidy(count), slider);
        }
    }
}
