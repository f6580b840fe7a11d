//! The sketch of a rhythm, step by step, so that a worker reads its messages between two steps. No web types.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use matching::{Strand, Target};
use patch::Patch;
use sketching::{BeatSearch, BeatSettings, MidiTrack, VoiceHit, write_beats};

use crate::strands::{SEED, SearchError, SoundSearch, report_of};

/// A rhythm, and the searches for the patches of its kinds of hits.
#[derive(Default)]
pub struct RhythmFinder {
    search: Option<BeatSearch>,
    kinds: BTreeMap<u8, KindSearch>,
    /// Seconds of the given sound before its onset.
    lead_s: f32,
}

/// The search for the patch of one kind of hits.
struct KindSearch {
    strand: Strand,
    /// Its best patch, and the same patch with the loudness of the hits.
    best: Option<[Patch; 2]>,
}

impl RhythmFinder {
    /// Takes a recording as a rhythm. Returns for each hit its kind, its key, its begin and its held time in seconds,
    /// and its velocity; an empty list if there are too few hits.
    pub fn begin(&mut self, recording: &Target, most_kinds: u8) -> Vec<f32> {
        *self = Self { lead_s: recording.lead_s(), ..Self::default() };
        let settings =
            BeatSettings { seed: SEED, most_kinds: usize::from(most_kinds), ..BeatSettings::default() };
        let Ok(search) = BeatSearch::new(recording, settings) else { return Vec::new() };
        let numbers = |kind: usize, key: u8, hit: &VoiceHit| {
            [kind as f32, f32::from(key), hit.start_s, hit.held_s, f32::from(hit.velocity)]
        };
        let kinds = search.kinds().enumerate();
        let hits =
            kinds.flat_map(|(kind, (hits, key))| hits.iter().flat_map(move |hit| numbers(kind, key, hit)));
        let hits = hits.collect();
        self.search = Some(search);
        hits
    }

    /// Goes on with the search for a kind. Returns its report; the patch has the loudness of the hits.
    ///
    /// # Errors
    /// Without a rhythm that has this kind, or without the presets.
    pub fn step(&mut self, kind: u8, sounds: &SoundSearch) -> Result<Vec<f32>, SearchError> {
        let search = self.search.as_ref().ok_or(SearchError::NothingToSearch)?;
        let KindSearch { strand, best } = match self.kinds.entry(kind) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(none) => {
                let strand = search.strand(usize::from(kind), sounds.known()?);
                none.insert(KindSearch { strand: strand.ok_or(SearchError::NothingToSearch)?, best: None })
            }
        };
        let goes_on = strand.step();
        let share = if goes_on { strand.renders() as f32 / search.settings().renders as f32 } else { 1.0 };
        let found = strand.best().patch;
        let [_, loud] = match *best {
            Some(known) if known[0] == found => known,
            _ => *best.insert([found, search.as_loud(usize::from(kind), &found)]),
        };
        Ok(report_of(share, strand, strand.best(), &loud))
    }

    /// The sound of the rhythm with patches, or of one kind of its hits.
    ///
    /// # Errors
    /// Without a rhythm.
    pub fn sound(&self, patches: &[Patch], kind: u8) -> Result<Vec<f32>, SearchError> {
        let search = self.search.as_ref().ok_or(SearchError::NothingToSearch)?;
        let sketch = search.finish(patches);
        Ok(match sketch.classes.get(usize::from(kind)) {
            Some(class) => sketch.render_class(class),
            None => sketch.render(),
        })
    }

    /// Its hits as a MIDI file, at the times of the given sound.
    ///
    /// # Errors
    /// Without a rhythm.
    pub fn midi(&self, track: MidiTrack) -> Result<Vec<u8>, SearchError> {
        let search = self.search.as_ref().ok_or(SearchError::NothingToSearch)?;
        // The file has no patches.
        let sketch = search.finish(&vec![Patch::default(); search.kinds().len()]).later(self.lead_s);
        Ok(write_beats(&sketch.classes, sketch.length_s, track))
    }
}
