//! Files that arrive, and the session.

use std::rc::Rc;

use patch::Patch;
use plane::Coordinates;

use crate::action::{LoadAction, Progress};
use crate::effect::Effect;
use crate::error::AppError;
use crate::finder::SoundReference;
use crate::hints::SeenHints;
use crate::instruments::Instruments;
use crate::model_change::{self, ModelChange};
use crate::reduce::Reducer;
use crate::sound_state::SoundPhase;
use crate::state::LoadStatus;
use crate::tone_domain::ToneDomain;
use crate::touches::TouchSource;
use crate::{Session, TabSession};

impl Reducer<'_> {
    pub(crate) fn load(&mut self, action: LoadAction) {
        match action {
            LoadAction::Begin => self.begin_loading(),
            LoadAction::Progress(progress) => {
                let shown = |progress: &Progress| (progress.percent, progress.all_here);
                let before = self.state.loading.progress.replace(progress);
                // Each chunk of a file that arrives is reported; most change nothing that is seen.
                if progress.percent.is_none() || before.as_ref().map(shown) != Some(shown(&progress)) {
                    self.show_now();
                }
            }
            LoadAction::Known(known) => {
                let preset = self.amsynth_preset();
                self.follow_model(&known);
                self.take_known(known, preset);
                self.follow_document();
            }
            LoadAction::Library(known, presets, own_rows) => {
                let preset = self.amsynth_preset();
                self.follow_model(&known);
                let library = self.state.amsynth_library_mut();
                (library.presets, library.own_rows) = (Some(presets), own_rows);
                self.take_known(known, preset);
                self.follow_document();
                self.begin_at_first_preset();
            }
            LoadAction::Map(map) => {
                let library = self.state.amsynth_library_mut();
                library.lacks_map = map.is_none();
                library.map = map.map(|map| Rc::new(map.with_likelihoods()));
                self.find_again();
                self.grant_layer();
                self.mark_dirty();
            }
            LoadAction::Presets(presets) => {
                self.state.amsynth_library_mut().presets = Some(presets);
                self.begin_at_first_preset();
                self.find_again();
                self.load_wanted();
                self.mark_dirty();
            }
            LoadAction::Measured(measured) => {
                self.state.amsynth_library_mut().measured = Some(measured);
                self.find_again();
                self.mark_dirty();
            }
            LoadAction::Finished => self.complete(),
            LoadAction::Failed(error) => self.report(error),
            LoadAction::KeepSession => {
                if !self.state.page.is_embedded {
                    self.state.keeping.is_waiting = false;
                    let session = Box::new(self.session());
                    self.effects.push(Effect::KeepSession(session));
                }
            }
            LoadAction::KeepTab => {
                self.keep_recording(self.state.frame.last_ms);
                self.mark_dirty();
                let (past, future) = self.state.history.steps();
                let viewport = self.state.map.viewport;
                let tab = TabSession {
                    session: self.session(),
                    past,
                    future,
                    panel: self.state.page.tab,
                    zoom: viewport.zoom(),
                    middle: viewport.middle(),
                    is_muted: self.state.sound.gain <= 0.0,
                };
                self.effects.push(Effect::KeepTab(Box::new(tab)));
            }
            LoadAction::SessionKept(is_kept) => self.session_kept(is_kept),
        }
    }

    /// The patch of amSynth's point, if it is that of a preset there. While recorded tones play,
    /// it is the one that returns.
    fn amsynth_preset(&self) -> Option<Box<Patch>> {
        let here = self.state.document().here();
        let location =
            if here.instrument.is_amsynth() { here } else { self.state.sound.instruments.home.clone() };
        let patch = location.patch?;
        self.state.amsynth_library().exact_preset(location.point, &patch).map(|_| patch)
    }

    /// Another model places the known patches elsewhere, and with them all that a person has placed. A sound that is
    /// searched for and is no preset has no place there.
    fn follow_model(&mut self, known: &Coordinates) {
        let library = self.state.amsynth_library().clone();
        let Some(mut change) = ModelChange::new(&library, known, &self.state.keeping.moves) else {
            let placed_by = &mut self.state.keeping.placed_by;
            *placed_by = placed_by.or_else(|| model_change::mark(known));
            return;
        };
        // The session of an earlier visit may be of a model that is still to come.
        if self.state.keeping.placed_by == change.mark_before() {
            self.state.keeping.placed_by = model_change::mark(known);
            self.state.history.translate(|document| change.document(document));
            let home = &mut self.state.sound.instruments.home;
            *home = change.location(std::mem::take(home));
        }
        if self.state.is_amsynth() {
            let there = |like: &SoundReference| change.preset(like.point, like.patch.as_deref()?);
            let point = self.state.map.finder.filter.like.as_ref().and_then(there);
            match (&mut self.state.map.finder.filter.like, point) {
                (Some(like), Some(point)) => like.point = point,
                (like, _) => *like = None,
            }
        }
        self.state.keeping.moves = change.into_moves();
        self.place_matches_anew();
    }

    /// `preset`: that of amSynth's point so far.
    fn take_known(&mut self, known: Rc<Coordinates>, preset: Option<Box<Patch>>) {
        if !self.state.is_amsynth() {
            self.state.amsynth_library_mut().known = Some(known);
            return self.keep_preset(preset);
        }
        self.lose(TouchSource::Audition);
        // The chosen bank may have been removed, and another one be in its position.
        let filter = &mut self.state.map.finder.filter;
        let file = |known: Option<&Coordinates>| known?.banks.get(filter.bank?).cloned();
        if file(self.state.library.known.as_deref()) != file(Some(&known)) {
            filter.bank = None;
        }
        self.state.library.known = Some(known);
        self.keep_preset(preset);
        self.find_again();
        self.complete();
    }

    /// A preset whose dot is no longer at its point is no edit.
    fn keep_preset(&mut self, preset: Option<Box<Patch>>) {
        if preset.is_some() && self.amsynth_preset().is_none() {
            self.state.editing.removed_preset = preset;
        }
    }

    fn begin_loading(&mut self) {
        let sound = !self.state.sound.phase.is_well();
        let known = self.state.amsynth_library().known.is_none();
        self.state.loading.status = LoadStatus::Loading;
        if sound {
            // A restarted instrument reports no end of its voices.
            self.voices_sounding(0);
            self.state.sound.phase = SoundPhase::Preparing;
        }
        self.show_now();
        self.effects.push(Effect::Load { sound, known });
        self.load_wanted();
    }

    /// Sets the status to ready if nothing is missing any more. An instrument that did not load stays missing until it
    /// is tried again or another one is chosen.
    pub(crate) fn complete(&mut self) {
        let is_wanted = self.state.sound.instruments.wanted.is_some();
        let has_failed = is_wanted && matches!(self.state.loading.status, LoadStatus::Failed(_));
        if self.state.is_complete() && !has_failed {
            self.state.loading.status = LoadStatus::Ready;
        }
        self.show_now();
    }

    fn session(&self) -> Session {
        let state = &*self.state;
        let Instruments { domain, wanted, amsynth, offsets, home, .. } = &state.sound.instruments;
        let document = state.document().clone();
        let layer = amsynth.as_ref().map_or(state.map.layer, |plane| plane.layer);
        Session {
            placed_by: state.keeping.placed_by,
            yours: state.page.onboarding.yours.clone().filter(|kept| !kept.is_back).map(Box::new),
            home: (!document.instrument.is_amsynth()).then(|| home.clone()),
            document,
            name: state.match_name().unwrap_or_default().to_owned(),
            layer: u8::try_from(layer).unwrap_or_default(),
            instrument: ToneDomain::number(wanted.or(*domain)),
            tone_offsets: *offsets,
            options: state.map.options,
            hints: SeenHints {
                unplayed: state.page.onboarding.is_welcome,
                ..state.page.onboarding.hints.seen
            },
            are_keys_open: state.page.are_keys_open,
            ..Session::default()
        }
    }

    /// Shows once that the browser stores nothing, if there is something to lose.
    fn session_kept(&mut self, is_kept: bool) {
        let document = self.state.document();
        let would_be_missed = !document.landmarks.all().is_empty()
            || document.comparison.other.is_some()
            || !document.loops.all().is_empty()
            || !document.favourites.is_empty()
            || !document.locks.is_empty()
            || self.state.is_edited();
        if !is_kept && would_be_missed && !std::mem::replace(&mut self.state.keeping.is_refusal_known, true) {
            self.report(AppError::NothingKept);
        }
    }
}
