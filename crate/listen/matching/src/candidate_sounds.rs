//! The sounds of candidates, prepared as the target was: lowered as amSynth's limiter lowers them at the
//! level of the given file, without what is too low to hear, and from their onset.

use features::test_note::SAMPLE_RATE_HZ;

use crate::limiting::limit;
use crate::note::{Candidate, RenderedSounds, TargetNote, render_all};
use crate::preparation::{begin_at_onset, high_pass, high_pass_each, level_of, onset};
use crate::target::Target;

/// Frames by which a patch usually sounds later than it is played at most, 50 ms; and the most that is followed, 2 s.
const USUAL_ONSET: usize = 2_205;
const LATEST_ONSET: usize = 88_200;

/// Prepares the sounds of candidates. Keeps its buffers, because memory that was just taken from the system is slow.
#[derive(Clone)]
pub(crate) struct CandidateSounds {
    note: TargetNote,
    /// The level of the given file if amSynth's limiter may lower a sound that is as loud.
    limited_level: Option<f32>,
    rendered: RenderedSounds,
    /// The samples without what is too low to hear, before the limiter.
    unlimited: Vec<Vec<f32>>,
}

impl CandidateSounds {
    /// For the candidates of a target.
    pub fn of(target: &Target) -> Self {
        let level = || target.file_gain() * level_of(target.samples());
        Self {
            note: target.note(),
            limited_level: target.is_loud().then(level),
            rendered: RenderedSounds::default(),
            unlimited: Vec::new(),
        }
    }

    /// The prepared sounds of candidates, in their order, each as long as the target.
    pub fn prepare(&mut self, candidates: &[Candidate]) -> Vec<Vec<f32>> {
        self.render(candidates);
        match self.limited_level {
            Some(level) => self.limit_and_filter(level),
            None => high_pass_each(&mut self.rendered.samples, SAMPLE_RATE_HZ),
        }
        let mut sounds = std::mem::take(&mut self.rendered.samples);
        sounds.iter_mut().for_each(|samples| begin_at_onset(samples, self.note.frames()));
        sounds
    }

    /// Takes the sounds back, to use their memory again.
    pub fn take_back(&mut self, sounds: Vec<Vec<f32>>) {
        self.rendered.samples = sounds;
    }

    fn render(&mut self, candidates: &[Candidate]) {
        let with_peaks = self.limited_level.is_some();
        render_all(candidates, &self.note, USUAL_ONSET, with_peaks, &mut self.rendered);
        for (at, candidate) in candidates.iter().enumerate() {
            let onset = onset(&self.rendered.samples[at]).min(LATEST_ONSET);
            if onset > USUAL_ONSET {
                // Its end is missing.
                let mut longer = RenderedSounds::default();
                render_all(&[*candidate], &self.note, onset, with_peaks, &mut longer);
                self.rendered.samples[at] = longer.samples.swap_remove(0);
                self.rendered.peaks[at] = longer.peaks.swap_remove(0);
            }
        }
    }

    /// A sound that the limiter leaves alone is filtered once.
    fn limit_and_filter(&mut self, level: f32) {
        let RenderedSounds { samples, peaks } = &mut self.rendered;
        self.unlimited.clone_from(samples);
        high_pass_each(&mut self.unlimited, SAMPLE_RATE_HZ);
        for ((samples, peaks), unlimited) in samples.iter_mut().zip(peaks).zip(&mut self.unlimited) {
            let onset = onset(unlimited);
            if limit(samples, peaks, (unlimited, onset..onset + self.note.frames()), level) {
                high_pass(samples, SAMPLE_RATE_HZ);
            } else {
                std::mem::swap(samples, unlimited);
            }
        }
    }
}
