//! The search for patches that sound like a given sound: what it has found so far, what of it a person hears, and what
//! the next search keeps. The search itself runs in workers.

use patch::Patch;

use crate::Point;

/// How many searches run for a sound at most, each from another start.
pub const STRAND_COUNT: usize = 4;
/// How many points of a strand's way the map shows: the first and the last ones. More would hide the map.
const WAY_LENGTH: usize = 6;
/// Points of a way nearer than this, in latent units, are one: about a pixel of a phone's map.
const SAME_WAY_POINT: f32 = 0.02;
/// While a search goes on, a strand's best patch is placed again once its distance is this share of the placed one's:
/// measuring its timbre takes a processor as long as the search needs for some nine patches.
const WORTH_PLACING: f32 = 0.6;

/// Something that happened to the search. A run is named by the number of its long job.
#[derive(Clone, Debug, PartialEq)]
pub enum MatchAction {
    /// Shows the panel that has it.
    Show,
    /// Ends it and its sound, and leaves the map free; its answers stay.
    Close,
    /// A run of so many strands begins, with the name of its long job; an earlier one ends.
    Begin(u32, String, usize),
    /// A strand of a run has something to tell.
    Found(u32, StrandReport),
    /// Where the best patch of a strand lies on the plane; none if that cannot be computed.
    Placed(u32, usize, Box<Patch>, Option<Point>),
    /// No worker of a run works any more.
    Ended(u32),
    /// Plays the target or a strand once, or on repeat if something plays on repeat.
    Hear(MatchSound),
    /// Plays on repeat, or stops.
    TogglePlaying,
    /// The sound has reached its end.
    Played,
    /// The chosen strand's patch becomes the current one.
    Keep,
    /// The next run keeps this, or finds it again.
    ToggleKept(MatchPart),
}

/// What a strand has found.
#[derive(Clone, Debug, PartialEq)]
pub struct StrandReport {
    /// Which of the strands.
    pub strand: usize,
    /// How many patches it has rendered.
    pub renders: u32,
    /// The done share of its search, 0…1; 1 at the end.
    pub share: f32,
    /// How much its best patch differs from the target, 0 for equal sounds.
    pub distance: f32,
    /// Its best patch.
    pub patch: Box<Patch>,
}

/// A strand.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchStrand {
    /// What it has found last.
    pub report: StrandReport,
    /// Where its best patches lay, in their order.
    pub way: Vec<Point>,
    /// The last patch that was placed.
    placed: Option<Box<Patch>>,
    /// The distance of the last patch whose place was asked for.
    asked_distance: f32,
}

/// What one can hear of a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchSound {
    /// The given sound.
    #[default]
    Target,
    /// A strand's best patch.
    Strand(usize),
}

/// How the target or a strand plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchPlaying {
    /// Not at all.
    #[default]
    Silent,
    /// Once.
    Once,
    /// Again and again.
    Repeating,
}

/// What of a patch a search can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchPart {
    /// What the pitch of a key depends on.
    Pitch,
    /// How the loudness changes during a note.
    Envelope,
    /// Everything else.
    Timbre,
}

impl MatchPart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pitch, Self::Envelope, Self::Timbre];
}

/// The search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundMatch {
    /// The last run; 0 before the first.
    pub run: u32,
    /// Whether it still searches.
    pub is_running: bool,
    /// How many strands it has.
    pub strand_count: usize,
    /// What they have found.
    pub strands: [Option<MatchStrand>; STRAND_COUNT],
    /// The strand that a person hears and keeps.
    pub chosen: usize,
    /// Whether a person has chosen it; otherwise it is the best one.
    pub is_chosen: bool,
    /// What sounds, or sounds next.
    pub heard: MatchSound,
    /// Whether it sounds.
    pub playing: MatchPlaying,
    /// Whether a patch of this run or an earlier one is placed on the plane now.
    pub is_placing: bool,
    /// A kept patch that is to be placed next, with its run and strand.
    pub awaited: Option<(u32, usize, Box<Patch>)>,
    /// Whether a person has closed it: the map shows nothing of it.
    pub is_closed: bool,
    /// What the next run keeps of the chosen patch, in the order of [`MatchPart::ALL`].
    pub kept: [bool; MatchPart::ALL.len()],
}

impl SoundMatch {
    /// A new run of so many strands, which keeps only what the next one is to keep, and what waits for a place.
    pub fn next(&mut self, run: u32, strand_count: usize) -> Self {
        let Self { is_closed, kept, is_placing, .. } = *self;
        let awaited = self.awaited.take();
        Self { run, is_running: true, strand_count, is_closed, kept, is_placing, awaited, ..Self::default() }
    }

    /// The chosen strand, once it has found something.
    pub fn chosen(&self) -> Option<&MatchStrand> {
        self.strands[self.chosen].as_ref()
    }

    /// The done share of the whole run, 0…1.
    pub fn share(&self) -> f32 {
        let shares = self.strands.iter().flatten().map(|strand| strand.report.share);
        shares.sum::<f32>() / self.strand_count.max(1) as f32
    }

    /// The strand with the least distance.
    pub fn best(&self) -> Option<usize> {
        let distance = |strand: &MatchStrand| strand.report.distance;
        let found = self.strands.iter().flatten();
        let best = found.min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
        Some(best.report.strand)
    }

    /// Whether the chosen strand's patch was compared with the target.
    pub fn is_compared(&self) -> bool {
        self.chosen().is_some_and(|strand| strand.report.distance.is_finite())
    }

    /// Takes what a strand has found. The best strand is the chosen one until a person chooses.
    pub fn take(&mut self, report: StrandReport) {
        let Some(place) = self.strands.get_mut(report.strand) else { return };
        match place {
            Some(strand) => strand.report = report,
            None => {
                let asked_distance = f32::INFINITY;
                *place = Some(MatchStrand { report, way: Vec::new(), placed: None, asked_distance });
            }
        }
        self.choose_best();
    }

    /// Chooses the best strand, unless a person has chosen.
    pub fn choose_best(&mut self) {
        // A change of what sounds would be a surprise; but once the search has ended, only a compared patch can be kept.
        let can_change = self.playing == MatchPlaying::Silent || !(self.is_running || self.is_compared());
        let is_free = !self.is_chosen && can_change;
        if let Some(best) = self.best().filter(|_| is_free) {
            self.chosen = best;
            if self.heard != MatchSound::Target {
                self.heard = MatchSound::Strand(best);
            }
        }
    }

    /// The next patch to be placed, of which run and strand: a kept one first, then that of the chosen strand. None while one
    /// is.
    pub fn begin_placing(&mut self) -> Option<(u32, usize, Box<Patch>)> {
        if self.is_placing {
            return None;
        }
        let next = self.awaited.take().or_else(|| {
            let strand = self.unplaced()?;
            Some((self.run, strand.report.strand, strand.report.patch.clone()))
        });
        let (run, strand, patch) = next?;
        self.is_placing = true;
        if let Some(strand) = self.strands[strand].as_mut().filter(|_| run == self.run) {
            strand.asked_distance = strand.report.distance;
        }
        Some((run, strand, patch))
    }

    fn unplaced(&self) -> Option<&MatchStrand> {
        let is_worth_it = |strand: &MatchStrand| {
            let is_nearer = strand.report.distance <= WORTH_PLACING * strand.asked_distance;
            !self.is_running || strand.placed.is_none() || is_nearer
        };
        let is_unplaced =
            |strand: &&MatchStrand| !strand.is_placed(&strand.report.patch) && is_worth_it(strand);
        let others = || self.strands.iter().flatten().find(is_unplaced);
        self.chosen().filter(is_unplaced).or_else(others)
    }

    /// A strand's patch was kept: it is to be placed, even if the strand finds a nearer one before.
    pub fn await_place(&mut self, strand: usize, patch: Box<Patch>) {
        if self.strands.get(strand).and_then(Option::as_ref).is_some_and(|strand| !strand.is_placed(&patch)) {
            self.awaited = Some((self.run, strand, patch));
        }
    }

    /// The patch of a run's strand is placed.
    pub fn place(&mut self, run: u32, strand: usize, patch: Box<Patch>, point: Option<Point>) {
        self.is_placing = false;
        if self.awaited.as_ref().is_some_and(|(.., awaited)| *awaited == patch) {
            self.awaited = None;
        }
        let strand = self.strands.get_mut(strand).filter(|_| run == self.run);
        let Some(strand) = strand.and_then(Option::as_mut) else { return };
        strand.placed = Some(patch);
        let Some(point) = point else { return };
        if strand.way.last().is_none_or(|last| last.distance(point) > SAME_WAY_POINT) {
            strand.way.push(point);
        }
        if strand.way.len() > WAY_LENGTH {
            strand.way.remove(1);
        }
    }

    /// Another model places patches: all of them are to be placed again.
    pub fn forget_places(&mut self) {
        for strand in self.strands.iter_mut().flatten() {
            (strand.placed, strand.asked_distance) = (None, f32::INFINITY);
            strand.way.clear();
        }
    }
}

impl MatchStrand {
    fn is_placed(&self, patch: &Patch) -> bool {
        self.placed.as_deref() == Some(patch)
    }

    /// Where its best patch lies, as far as that is known.
    pub fn point(&self) -> Option<Point> {
        self.way.last().copied()
    }
}
