//! The search for patches that sound like a given sound: what is heard, chosen and kept of it.

use patch::{Parameter, Patch};

use crate::Point;
use crate::action::{JobAction, PageAction};
use crate::compare::Location;
use crate::effect::{AudioCommand, Effect};
use crate::page::Tab;
use crate::reduce::Reducer;
use crate::sound_match::{MatchAction, MatchPlaying, MatchSound, StrandReport};

/// The undo step of keeping a patch: its place joins the step when it is known.
const KEEP: &str = "keep a match";

impl Reducer<'_> {
    pub(crate) fn matching(&mut self, action: MatchAction) {
        let state = &mut self.state.page.sound_match;
        match action {
            MatchAction::Show => {
                state.is_closed = false;
                self.state.page.tab = Tab::Sound;
                self.page(PageAction::OpenSheet);
            }
            MatchAction::Close => {
                state.is_closed = true;
                self.end_match();
                self.silence_match();
            }
            MatchAction::Begin(run, name, strands) => {
                self.end_match();
                let state = &mut self.state.page.sound_match;
                *state = state.next(run, strands);
                self.job(run, JobAction::Begin { name, can_stop: true });
            }
            MatchAction::Found(run, report) if state.run == run && state.is_running => self.found(report),
            MatchAction::Placed(run, strand, patch, point) => {
                state.place(run, strand, patch.clone(), point);
                if let Some(point) = point {
                    self.move_kept(&patch, point);
                }
                self.place_next();
            }
            MatchAction::Ended(run) if state.run == run => {
                self.end_match();
                self.place_next();
            }
            MatchAction::Found(..) | MatchAction::Ended(_) => {}
            MatchAction::Hear(sound) => self.hear(sound),
            MatchAction::TogglePlaying => {
                let is_repeating = state.playing == MatchPlaying::Repeating;
                state.playing = if is_repeating { MatchPlaying::Silent } else { MatchPlaying::Repeating };
                state.choose_best();
                self.audio(AudioCommand::Wake);
            }
            MatchAction::Played => {
                if state.playing == MatchPlaying::Once {
                    state.playing = MatchPlaying::Silent;
                    state.choose_best();
                }
            }
            MatchAction::Keep => self.keep_match(),
            MatchAction::ToggleKept(part) => state.kept[part as usize] ^= true,
        }
        self.mark_dirty();
    }

    /// The first answer sounds at once, but not among tones.
    fn found(&mut self, report: StrandReport) {
        let is_amsynth = self.state.is_amsynth();
        let state = &mut self.state.page.sound_match;
        let is_first = state.chosen().is_none() && state.best().is_none();
        let strand = report.strand;
        state.take(report);
        let (run, share) = (state.run, state.share());
        if is_first && is_amsynth && state.playing == MatchPlaying::Silent {
            state.heard = MatchSound::Strand(strand);
            state.playing = MatchPlaying::Once;
        }
        self.job(run, JobAction::Progress(share));
        if share >= 1.0 {
            self.end_match();
        }
        self.place_next();
    }

    fn hear(&mut self, sound: MatchSound) {
        let state = &mut self.state.page.sound_match;
        if let MatchSound::Strand(strand) = sound {
            if state.strands.get(strand).is_none_or(Option::is_none) {
                return;
            }
            (state.chosen, state.is_chosen) = (strand, true);
        }
        state.heard = sound;
        if state.playing == MatchPlaying::Silent {
            state.playing = MatchPlaying::Once;
        }
        self.audio(AudioCommand::Wake);
    }

    /// Every sound ends, the target's too.
    pub(crate) fn silence_match(&mut self) {
        self.state.page.sound_match.playing = MatchPlaying::Silent;
    }

    /// The search ends when a person stops its job; what it has found stays.
    pub(crate) fn follow_job(&mut self, number: u32) {
        if self.state.page.sound_match.run == number && self.state.page.is_stopping(number) {
            self.end_match();
            self.place_next();
        }
    }

    fn end_match(&mut self) {
        let state = &mut self.state.page.sound_match;
        if std::mem::take(&mut state.is_running) {
            state.choose_best();
            let run = state.run;
            self.job(run, JobAction::End);
        }
    }

    /// One patch is placed at a time, each by the worker that also places imports.
    pub(crate) fn place_next(&mut self) {
        let state = &mut self.state.page.sound_match;
        if let Some((run, strand, patch)) = state.begin_placing() {
            self.effects.push(Effect::PlaceMatch(run, strand, patch));
        }
    }

    /// The chosen patch becomes the current one, at its place if that is known.
    fn keep_match(&mut self) {
        let state = &self.state.page.sound_match;
        let Some(strand) = state.chosen().filter(|_| state.is_compared()) else { return };
        let (strand, patch, point) = (strand.report.strand, strand.report.patch.clone(), strand.point());
        let point = point.unwrap_or(self.state.point());
        self.state.page.sound_match.await_place(strand, patch.clone());
        self.state.history.finish_step();
        self.silence_match();
        self.go_to_match(Location { patch: Some(patch), ..point.into() });
        self.place_next();
    }

    fn go_to_match(&mut self, location: Location) {
        self.state.map.viewport = self.state.map.viewport.showing(location.point);
        self.adjust(KEEP, |document| {
            if let Some(patch) = &location.patch {
                document.notes.keyboard_mode = patch.get(Parameter::KeyboardMode);
                document.notes.portamento_time = patch.get(Parameter::PortamentoTime);
            }
            document.go(location);
        });
        self.follow_document();
    }

    /// Moves the current point to where its patch lies, if that is the kept one.
    fn move_kept(&mut self, patch: &Patch, point: Point) {
        let is_kept = self.state.history.is_open(KEEP)
            && self.state.document().patch.as_deref() == Some(patch)
            && self.state.point() != point;
        if is_kept {
            self.go_to_match(Location { patch: Some(Box::new(*patch)), ..point.into() });
        }
    }
}
