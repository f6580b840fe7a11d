//! Hints: the dots, the colours, the tools and the first steps each explain themselves once on a device, one at a time,
//! at the moment they matter. A hint goes when a person plays on after the time to read it; one that follows what a
//! person did also goes by itself.

use serde::Serialize;

use crate::field_by_field::field_by_field;

/// How long a hint is shown at least, in milliseconds: the time to read eight words.
pub const READ_MS: f64 = 2500.0;
/// After how long a hint goes by itself, in milliseconds: the time to read eight words, look at what they name, and
/// read again.
pub const LEAVES_MS: i32 = 12_000;

/// One hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// It says that the dots are presets.
    Dots,
    /// It names the quality that the map's colours show.
    Colours,
    /// It explains the latch.
    Latch,
    /// Where a landmark goes.
    Landmark,
    /// How A and B are compared.
    Compare,
    /// How the map is moved and zoomed.
    Explore,
    /// A melody can be played.
    Melody,
    /// A beat can be started.
    Beat,
    /// A loop can be recorded.
    Record,
}

impl Hint {
    /// The steps of the first minute, in their order.
    pub const STEPS: [Self; 3] = [Self::Melody, Self::Beat, Self::Record];
}

/// The hints that this device has shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SeenHints {
    /// [`Hint::Dots`].
    pub dots: bool,
    /// [`Hint::Colours`].
    pub colours: bool,
    /// [`Hint::Latch`].
    pub latch: bool,
    /// [`Hint::Landmark`].
    pub landmark: bool,
    /// [`Hint::Compare`].
    pub compare: bool,
    /// [`Hint::Explore`].
    pub explore: bool,
    /// [`Hint::Melody`].
    pub melody: bool,
    /// [`Hint::Beat`].
    pub beat: bool,
    /// [`Hint::Record`].
    pub record: bool,
    /// True if nobody has touched the map yet: the invitation of a first visit stays.
    pub unplayed: bool,
}

field_by_field!(SeenHints {
    dots,
    colours,
    latch,
    landmark,
    compare,
    explore,
    melody,
    beat,
    record,
    unplayed,
});

impl SeenHints {
    fn flag(&mut self, hint: Hint) -> &mut bool {
        match hint {
            Hint::Dots => &mut self.dots,
            Hint::Colours => &mut self.colours,
            Hint::Latch => &mut self.latch,
            Hint::Landmark => &mut self.landmark,
            Hint::Compare => &mut self.compare,
            Hint::Explore => &mut self.explore,
            Hint::Melody => &mut self.melody,
            Hint::Beat => &mut self.beat,
            Hint::Record => &mut self.record,
        }
    }

    /// True if a hint was shown.
    pub fn has(mut self, hint: Hint) -> bool {
        *self.flag(hint)
    }

    /// The hints that this device or another tab on it has shown.
    pub fn united(self, other: Self) -> Self {
        Self {
            dots: self.dots || other.dots,
            colours: self.colours || other.colours,
            latch: self.latch || other.latch,
            landmark: self.landmark || other.landmark,
            compare: self.compare || other.compare,
            explore: self.explore || other.explore,
            melody: self.melody || other.melody,
            beat: self.beat || other.beat,
            record: self.record || other.record,
            unplayed: self.unplayed && other.unplayed,
        }
    }
}

/// The hint that is shown, and those that were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// The hints that need not be shown again.
    pub seen: SeenHints,
    shown: Option<ShownHint>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ShownHint {
    hint: Hint,
    /// Since when, in milliseconds on the clock of the frames; none before the next frame.
    since_ms: Option<f64>,
}

impl Hints {
    /// No hint is shown; these were.
    pub fn new(seen: SeenHints) -> Self {
        Self { seen, shown: None }
    }

    /// The hint that is shown.
    pub fn shown(&self) -> Option<Hint> {
        self.shown.map(|shown| shown.hint)
    }

    /// The moment of a hint. One that answers a press replaces the one that is shown; returns whether it is new.
    pub fn offer(&mut self, hint: Hint, is_answer: bool) -> bool {
        if self.seen.has(hint) || self.shown.is_some_and(|shown| !is_answer || shown.hint == hint) {
            return false;
        }
        self.shown = Some(ShownHint { hint, since_ms: None });
        true
    }

    /// A frame: the time to read begins.
    pub fn frame(&mut self, now_ms: f64) {
        if let Some(shown) = &mut self.shown {
            shown.since_ms.get_or_insert(now_ms);
        }
    }

    /// A person plays on: a hint that could be read is seen and goes. Returns whether one went.
    pub fn play_on(&mut self, now_ms: f64) -> bool {
        let is_read = |shown: &ShownHint| shown.since_ms.is_some_and(|since_ms| now_ms - since_ms >= READ_MS);
        let Some(shown) = self.shown.take_if(|shown| is_read(shown)) else { return false };
        *self.seen.flag(shown.hint) = true;
        true
    }

    /// A person has done what a hint proposes: it is not shown again.
    pub fn learn(&mut self, hint: Hint) {
        self.shown.take_if(|shown| shown.hint == hint);
        *self.seen.flag(hint) = true;
    }

    /// The subject of a hint is gone: the hint goes, too, and is seen if a frame has shown it.
    pub fn withdraw(&mut self, hint: Hint) {
        let Some(shown) = self.shown.take_if(|shown| shown.hint == hint) else { return };
        *self.seen.flag(hint) |= shown.since_ms.is_some();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_shown_once_and_goes_when_a_person_plays_on_after_reading_it() {
        let mut hints = Hints::default();
        assert!(hints.offer(Hint::Dots, false));
        hints.frame(100.0);
        assert!(!hints.play_on(100.0 + READ_MS - 1.0), "too early to have been read");
        assert_eq!(hints.shown(), Some(Hint::Dots));
        assert!(hints.play_on(100.0 + READ_MS));
        assert_eq!(hints.shown(), None);
        assert!(!hints.offer(Hint::Dots, true), "never again");
    }

    #[test]
    fn hints_come_one_at_a_time_and_the_answer_to_a_press_comes_first() {
        let mut hints = Hints::default();
        hints.offer(Hint::Colours, false);
        assert!(!hints.offer(Hint::Dots, false));
        assert!(hints.offer(Hint::Latch, true));
        assert_eq!(hints.shown(), Some(Hint::Latch));
        hints.frame(0.0);
        hints.play_on(READ_MS);
        assert!(hints.offer(Hint::Colours, false), "what was not read comes again");
    }

    #[test]
    fn two_tabs_show_a_hint_once() {
        let dots = SeenHints { dots: true, ..SeenHints::default() };
        let latch = SeenHints { latch: true, ..SeenHints::default() };
        let both = dots.united(latch);
        assert!(both.has(Hint::Dots) && both.has(Hint::Latch) && !both.has(Hint::Colours));
    }
}
