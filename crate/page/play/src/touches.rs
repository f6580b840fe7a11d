//! The touches on the map, and the part of the instrument that each one plays. The first touch plays part 0, whose
//! point is the current point of the document; the next ones play parts 1 to 4, whose points are kept here, as are
//! those of the parts on which loops play. Pure: no events, no sound, no pixels; `held_keys` has the keys that sound.

use plane::Point;

use crate::velocity::USUAL_VELOCITY;

/// The parts of the instrument: those of touches come first, and loops play on the others as long as these are free.
pub const PART_COUNT: usize = 15;
/// How many touches sound at once.
pub const TOUCH_PART_COUNT: usize = 5;

/// A touch, from its landing to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TouchId(pub u32);

/// The source of a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TouchSource {
    /// A pointer event's pointerId: finger, pen or mouse.
    Pointer(i32),
    /// The space key, at the current point.
    Keyboard,
    /// A tap that plays for a moment: it woke the sound, or chose a point while exploring.
    Tap,
    /// A mouse that plays while hovering.
    Hover,
    /// A finger of a loop: the loop's number, the finger's from 0.
    Loop(u8, u8),
    /// A random walk of the current point.
    Walk,
    /// A preset that sounds without becoming the current one.
    Audition,
    /// A slider that moves the current point while it is pressed.
    Slider,
    /// A button that plays the current point until something else is touched.
    PlayButton,
}

impl TouchSource {
    /// True if it is a finger of a loop.
    pub fn is_loop(self) -> bool {
        matches!(self, Self::Loop(..))
    }

    /// The number of the loop whose finger it is.
    pub fn loop_number(self) -> Option<u8> {
        if let Self::Loop(number, _) = self { Some(number) } else { None }
    }

    /// True if it moves by itself.
    pub fn is_automatic(self) -> bool {
        matches!(self, Self::Loop(..) | Self::Walk)
    }
}

/// One touch.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// Its number.
    pub id: TouchId,
    /// Its source; none: it lifted while the latch was on, and its notes keep sounding.
    pub source: Option<TouchSource>,
    /// The part that it plays.
    pub part: usize,
    /// MIDI velocity, 1…127, of the next note that it begins.
    pub velocity: u8,
    /// The MIDI key that a loop's finger plays, 0…127; none: those that touches play.
    pub key: Option<u8>,
    /// The MIDI key that the page has chosen for its sound; none before its first note, or if the person has chosen
    /// one.
    pub root: Option<u8>,
    /// Where it stopped at a landmark or a preset's dot, if it has not slid away.
    pub anchor: Option<Point>,
}

/// All touches, in the order in which they landed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TouchTracker {
    touches: Vec<Touch>,
    /// The points of all parts but 0, and of a loop's finger on part 0.
    points: [Point; PART_COUNT],
    /// How many touches have landed, and how many of them were a person's.
    ids: u32,
    landings: u32,
}

impl TouchTracker {
    /// A touch lands on the first free part; none for a sixth one.
    pub fn land(&mut self, source: TouchSource) -> Option<&mut Touch> {
        let part = (0..TOUCH_PART_COUNT).find(|part| self.is_free(*part))?;
        self.landings = self.landings.wrapping_add(1);
        Some(self.add(source, part))
    }

    /// The touch of a finger of a loop, which the instrument plays on a part; none if another touch has the part.
    pub fn lead(&mut self, source: TouchSource, part: usize) -> Option<&mut Touch> {
        if self.holds(source) {
            return self.of_mut(source).filter(|touch| touch.part == part);
        }
        if self.is_free(part) { Some(self.add(source, part)) } else { None }
    }

    fn is_free(&self, part: usize) -> bool {
        self.touches.iter().all(|touch| touch.part != part)
    }

    fn add(&mut self, source: TouchSource, part: usize) -> &mut Touch {
        self.ids = self.ids.wrapping_add(1);
        let (id, velocity) = (TouchId(self.ids), USUAL_VELOCITY);
        let position = self.touches.len();
        self.touches.push(Touch {
            id,
            source: Some(source),
            part,
            velocity,
            key: None,
            root: None,
            anchor: None,
        });
        &mut self.touches[position]
    }

    /// A touch lands on the first free part other than that of the current point; none if all sound.
    pub fn land_beside(&mut self, source: TouchSource) -> Option<&mut Touch> {
        let part = (1..TOUCH_PART_COUNT).find(|part| self.is_free(*part))?;
        self.landings = self.landings.wrapping_add(1);
        Some(self.add(source, part))
    }

    /// Removes and returns the touches that match `which`.
    pub fn take(&mut self, which: impl Fn(&Touch) -> bool) -> Vec<Touch> {
        self.touches.extract_if(.., |touch| which(touch)).collect()
    }

    /// All touches.
    pub fn all(&self) -> &[Touch] {
        &self.touches
    }

    /// Sets the root that the page has chosen for a touch.
    pub fn set_root(&mut self, id: TouchId, root: Option<u8>) {
        self.touches.iter_mut().filter(|touch| touch.id == id).for_each(|touch| touch.root = root);
    }

    /// The touches of a part get the root of its next sound.
    pub fn forget_roots(&mut self, part: usize) {
        self.touches.iter_mut().filter(|touch| touch.part == part).for_each(|touch| touch.root = None);
    }

    /// The touch of a source, if it is down.
    pub fn of(&self, source: TouchSource) -> Option<&Touch> {
        self.touches.iter().find(|touch| touch.source == Some(source))
    }

    /// The touch of a source, mutably.
    pub fn of_mut(&mut self, source: TouchSource) -> Option<&mut Touch> {
        self.touches.iter_mut().find(|touch| touch.source == Some(source))
    }

    /// True if a person touches: neither latched touches nor loops and a random walk count.
    pub fn is_touched(&self) -> bool {
        self.touches.iter().any(|touch| touch.source.is_some_and(|source| !source.is_automatic()))
    }

    /// True if a source touches.
    pub fn holds(&self, source: TouchSource) -> bool {
        self.of(source).is_some()
    }

    /// True if any touch is down; latched ones and loops do not count.
    pub fn is_touching(&self) -> bool {
        self.touches.iter().any(|touch| touch.source.is_some_and(|source| !source.is_loop()))
    }

    /// True if every part of touches has one.
    pub fn are_full(&self) -> bool {
        (0..TOUCH_PART_COUNT).all(|part| !self.is_free(part))
    }

    /// True if a finger, pen or mouse presses the map.
    pub fn is_pressed(&self) -> bool {
        self.touches.iter().any(|touch| matches!(touch.source, Some(TouchSource::Pointer(_))))
    }

    /// The number of landings so far, without those of loops: distinguishes strokes.
    pub fn landings(&self) -> u32 {
        self.landings
    }

    /// The point of a part other than 0, or of a loop's finger on part 0.
    pub fn other_point(&self, part: usize) -> Point {
        self.points.get(part).copied().unwrap_or_default()
    }

    /// Moves a part other than 0, or a loop's finger on part 0.
    pub fn set_other_point(&mut self, part: usize, point: Point) {
        if let Some(own) = self.points.get_mut(part) {
            *own = point;
        }
    }
}
