//! The page's texts about presets, which are about tones while an instrument of recorded tones plays; and what style
//! sheets need to know of a live sound that becomes tones.

use play::State;
use play::error::AppError;
use play::tone_domain::ToneDomain;
use web_sys::{Element, HtmlElement};

use crate::app::App;
use crate::view::View;

/// The elements with these texts.
pub struct ToneTexts {
    app: App,
    as_dots: Element,
    snap: Element,
    find: Element,
    find_hint: Element,
    about_files: Element,
    midi_status: Element,
    /// Hidden while the status of MIDI invites to press its button.
    midi_more: HtmlElement,
    shown: Option<ToneDomain>,
    plays_amsynth: bool,
}

impl ToneTexts {
    /// Finds the elements.
    ///
    /// # Errors
    /// If one is missing.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        Ok(Self {
            app: app.clone(),
            as_dots: root.element("as-dots")?,
            snap: root.element("snap")?,
            find: root.element("find")?,
            find_hint: root.element("find-hint")?,
            about_files: root.element("about-files")?,
            midi_status: root.element("midi-status")?,
            midi_more: root.element("midi-more")?,
            shown: None,
            plays_amsynth: false,
        })
    }

    fn write(&self, domain: Option<ToneDomain>) {
        let words = self.app.language();
        let has_tones = domain.is_some();
        let choose = |of_presets, of_tones| if has_tones { of_tones } else { of_presets };
        let find_hint = match domain {
            None => &words.find_hint,
            Some(ToneDomain::AmSynth) => &words.find_hint_learned,
            Some(_) => &words.find_hint_tones,
        };
        let find = choose(&words.find_preset, &words.find_tone);
        self.as_dots.set_text_content(Some(choose(&words.as_dots, &words.tones_as_dots)));
        self.snap.set_text_content(Some(choose(&words.snap, &words.snap_to_tones)));
        self.find_hint.set_text_content(Some(find_hint));
        self.about_files.set_text_content(Some(choose(&words.about_files, &words.about_files_tones)));
        let _ = self.find.set_attribute("placeholder", choose(&words.find_words, &words.find_tone));
        let _ = self.find.set_attribute("aria-label", find);
        // Otherwise it names a device.
        if self.midi_more.hidden() {
            self.midi_status.set_text_content(Some(choose(&words.about_midi, &words.about_midi_tones)));
        }
    }
}

impl View for ToneTexts {
    fn show(&mut self, state: &State) {
        let domain = state.sound.instruments.domain;
        if std::mem::replace(&mut self.shown, domain) != domain {
            self.write(domain);
        }
        let plays_amsynth = state.panels.tones.plays_amsynth();
        if std::mem::replace(&mut self.plays_amsynth, plays_amsynth) != plays_amsynth {
            self.app.root().set_data("liveTones", if plays_amsynth { "amsynth" } else { "" });
        }
    }
}
