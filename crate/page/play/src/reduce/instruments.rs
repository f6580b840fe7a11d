//! The choice of the instrument: amSynth, or a domain of recorded tones, whose plane takes the place of amSynth's.

use std::rc::Rc;

use plane::{Coordinates, Map};

use crate::action::JobAction;
use crate::compare::Location;
use crate::effect::{AudioCommand, Effect};
use crate::error::AppError;
use crate::instruments::{AmSynthPlane, InstrumentAction, Instruments};
use crate::library::Library;
use crate::long_job::JobNumber;
use crate::reduce::Reducer;
use crate::tone_domain::{LocationInstrument, TONE_PROGRAM, ToneDomain};
use crate::touches::TouchSource;
use crate::{Document, PresetFilter};

impl Reducer<'_> {
    pub(crate) fn instrument(&mut self, action: InstrumentAction) {
        match action {
            InstrumentAction::Choose(domain) => self.choose_instrument(domain),
            InstrumentAction::Loads(job) => {
                self.end_loading();
                self.state.sound.instruments.job = Some(job);
            }
            InstrumentAction::Loaded(domain, known, map) => {
                if self.state.sound.instruments.wanted == Some(domain) {
                    self.show_domain(domain, known, map);
                }
            }
            InstrumentAction::Failed(error) => {
                // A person's next action belongs to the instrument that plays; the wanted one can still be tried again.
                let Instruments { domain, wanted, .. } = self.state.sound.instruments;
                self.choose_instrument(domain);
                self.state.sound.instruments.wanted = wanted;
                // A link's sound cannot be heard, and touches play again.
                self.is_heard();
                self.report(error);
            }
            InstrumentAction::Refused => {
                let instruments = &self.state.sound.instruments;
                if let Some(domain) = instruments.domain.filter(|_| instruments.is_asked) {
                    self.refuse_domain(domain);
                }
            }
            InstrumentAction::Unplayable => {
                let instruments = &self.state.sound.instruments;
                if let Some(domain) = instruments.wanted.or(instruments.domain) {
                    self.choose_instrument(None);
                    self.report(AppError::TonesRate(domain.files()[0]));
                }
            }
            InstrumentAction::Plays => self.state.sound.instruments.is_asked = false,
            InstrumentAction::SetOffsets(offsets) => {
                let instruments = &mut self.state.sound.instruments;
                let Some(domain) = instruments.domain else { return };
                instruments.offsets[domain as usize] = offsets;
                let instrument = instruments.with_axes(Some(domain));
                self.audio(AudioCommand::SetToneOffsets(offsets));
                if self.state.document().instrument.domain() == Some(domain) {
                    self.adjust("axes", |document| document.instrument = instrument);
                }
                self.mark_dirty();
            }
        }
    }

    /// A person chooses an instrument. On amSynth the document returns to where it was there; to a domain it goes when
    /// that plays.
    pub(crate) fn choose_instrument(&mut self, domain: Option<ToneDomain>) {
        self.keep_point();
        let instruments = &self.state.sound.instruments;
        if domain.is_none() && !self.state.document().instrument.is_amsynth() {
            let home = instruments.home.clone();
            self.change(|document| document.go(home));
        } else if domain == instruments.domain {
            self.enter_domain(domain);
        }
        self.want_instrument(domain);
        self.sync_sound();
    }

    /// The domain that plays returns to this point.
    fn keep_point(&mut self) {
        let document = self.state.document();
        let (point, domain) = (document.point, document.instrument.domain());
        if let Some(domain) = domain {
            self.state.sound.instruments.points[domain as usize] = Some(point);
        }
    }

    /// The document goes to a domain, where it was there last, at first to the same point.
    fn enter_domain(&mut self, domain: Option<ToneDomain>) {
        let left = self.state.document().here();
        if left.instrument.domain() == domain {
            return;
        }
        let instruments = &mut self.state.sound.instruments;
        let instrument = instruments.with_axes(domain);
        let point = domain.and_then(|domain| instruments.points[domain as usize]).unwrap_or(left.point);
        if left.instrument.is_amsynth() {
            instruments.home = left;
        }
        self.change(|document| document.go(Location { point, patch: None, instrument }));
    }

    /// The location to which the document has gone may be on another instrument than the one that it left:
    /// it is wanted then.
    pub(crate) fn follow_instrument(&mut self, left: LocationInstrument) {
        let instrument = self.state.document().instrument;
        if instrument == left {
            return;
        }
        let before = self.state.history.left().map(Document::here);
        let instruments = &mut self.state.sound.instruments;
        if let Some(domain) = instrument.domain() {
            instruments.offsets[domain as usize] = instrument.offsets();
        }
        let is_playing = instruments.domain == instrument.domain();
        if left.domain() != instrument.domain() {
            // Each instrument returns to where it was, whatever has led away from it.
            if let Some(before) = before.filter(|before| before.instrument.domain() == left.domain()) {
                match left.domain() {
                    Some(domain) => instruments.points[domain as usize] = Some(before.point),
                    None => instruments.home = before,
                }
            }
            self.want_instrument(instrument.domain());
        }
        if is_playing {
            self.audio(AudioCommand::SetToneOffsets(instrument.offsets()));
        }
    }

    /// amSynth returns at once; a domain plays when its files are here, and until then the last instrument does.
    pub(crate) fn want_instrument(&mut self, domain: Option<ToneDomain>) {
        self.end_loading();
        // Nothing waits for a file any more that did not load.
        self.state.sound.instruments.wanted = None;
        self.complete();
        let instruments = &mut self.state.sound.instruments;
        instruments.wanted = domain.filter(|_| domain != instruments.domain);
        if domain.is_none() {
            self.show_amsynth();
        }
        self.load_wanted();
        self.mark_dirty();
    }

    /// The line of what loads ends at once; its files are not waited for any more.
    fn end_loading(&mut self) {
        if let Some(job) = self.state.sound.instruments.job.take() {
            self.job(job, JobAction::End);
        }
    }

    /// A person stops the job that loads the wanted domain: what plays is chosen again.
    pub(crate) fn follow_loading(&mut self, number: JobNumber) {
        let Instruments { job, domain, .. } = self.state.sound.instruments;
        if job == Some(number) && self.state.page.is_stopping(number) {
            self.choose_instrument(domain);
        }
    }

    /// Loads the wanted domain once the page's own files are here: they come first.
    pub(crate) fn load_wanted(&mut self) {
        if let Some(domain) = self.state.sound.instruments.wanted
            && self.state.amsynth_library().presets.is_some()
        {
            self.effects.push(Effect::LoadDomain(domain));
        }
    }

    fn show_domain(&mut self, domain: ToneDomain, known: Rc<Coordinates>, map: Rc<Map>) {
        self.release_voice_gain();
        let state = &mut *self.state;
        // The layer of the same name, if there is one.
        state.map.wished_layer =
            Some(state.shown_layer().map_or_else(String::new, |layer| layer.name.clone()));
        let library = Library { known: Some(known), map: Some(map), ..Library::default() };
        let shown = std::mem::replace(&mut state.library, library);
        let instruments = &mut state.sound.instruments;
        if instruments.domain.replace(domain).is_none() {
            let plane = AmSynthPlane { library: shown, layer: state.map.layer };
            instruments.amsynth = Some(Box::new(plane));
        }
        instruments.wanted = None;
        self.enter_domain(Some(domain));
        self.change_instrument();
    }

    fn show_amsynth(&mut self) {
        if !self.state.is_amsynth() {
            self.release_voice_gain();
        }
        let state = &mut *self.state;
        state.sound.instruments.domain = None;
        let Some(plane) = state.sound.instruments.amsynth.take() else { return };
        let AmSynthPlane { library, layer } = *plane;
        (state.library, state.map.layer) = (library, layer);
        self.change_instrument();
    }

    /// The worklet refuses the domain's model or cannot run what plays it; what played before plays on.
    fn refuse_domain(&mut self, domain: ToneDomain) {
        self.choose_instrument(None);
        self.state.sound.instruments.wanted = Some(domain);
        self.effects.push(Effect::ForgetFiles(&domain.files()[..1]));
        self.effects.push(Effect::ForgetFiles(&[TONE_PROGRAM]));
        self.report(AppError::FileBroken(domain.files()[0]));
    }

    /// Another plane is shown, and another source plays the keys that are down.
    fn change_instrument(&mut self) {
        self.silence_match();
        self.lose(TouchSource::Audition);
        self.end_offer();
        self.state.map.finder.filter = PresetFilter::default();
        self.find_again();
        self.grant_layer();
        self.send_instrument();
        self.state.keys.forget_touches();
        self.sync_sound();
        self.update_keys();
        let note_ons = self.state.keys.keyboard_note_ons();
        self.send_notes(note_ons, None);
        self.change_tones();
        self.complete();
        self.mark_dirty();
    }

    /// Sends the instrument its source, with what belongs to it.
    pub(crate) fn send_instrument(&mut self) {
        let instruments = &mut self.state.sound.instruments;
        let (domain, offsets) = (instruments.domain, instruments.own_offsets());
        instruments.is_asked = domain.is_some();
        self.effects.push(Effect::PlayDomain(domain));
        if domain.is_some() {
            self.audio(AudioCommand::SetToneOffsets(offsets));
        }
    }
}
