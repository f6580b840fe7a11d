//! The page's state for a person's eyes: the loading line, the wake line, the one sentence when
//! something is wrong. The style sheet and tests read the same from `data-state` (loading, ready,
//! error), `data-sound` (asleep, awake) and `data-playable` (no; yes: what is touched will be heard as
//! soon as the sound is awake) of the root element.

use web_sys::HtmlElement;

use crate::dom;
use crate::load::Loaded;
use crate::root::Root;
use crate::strings::Language;
use crate::trouble::AppError;

/// The elements that tell the state.
pub struct Notice {
    root: Root,
    language: Language,
    dot: HtmlElement,
    progress: HtmlElement,
    wake: HtmlElement,
    muted: HtmlElement,
    trouble: HtmlElement,
    legend: HtmlElement,
    /// The pad for the keyboard: one of its two sliders.
    across: HtmlElement,
    /// Whether the legend gives way; none before it is seen.
    aside: Option<bool>,
    touching: bool,
}

impl Notice {
    /// Finds its elements.
    pub fn find(root: &Root, language: &Language) -> Result<Self, AppError> {
        Ok(Self {
            root: root.clone(),
            language: language.clone(),
            dot: root.element("dot")?,
            progress: root.element("progress")?,
            wake: root.element("wake")?,
            muted: root.element("muted")?,
            trouble: root.element("trouble")?,
            legend: root.element("legend")?,
            across: root.element("across")?,
            aside: None,
            touching: false,
        })
    }

    /// Loading begins; an earlier trouble is forgotten.
    pub fn begin_loading(&self) {
        dom::set_hidden(&self.trouble, true, &self.across);
        self.root.set_data("state", "loading");
    }

    /// So much has arrived.
    pub fn show_loaded(&self, loaded: Loaded) {
        if let Some(percent) = loaded.percent {
            let _ = self.progress.set_attribute("aria-valuenow", &percent.to_string());
            let _ = self.dot.style().set_property("--loaded", &format!("{percent}%"));
        }
        let text = match loaded.percent {
            _ if loaded.all_here => self.language.loading_last.clone(),
            Some(percent) => self.language.loading_percent(percent),
            None => self.language.loading_bytes(loaded.bytes),
        };
        self.progress.set_text_content(Some(&text));
    }

    /// All is there.
    pub fn show_ready(&self) {
        self.root.set_data("state", "ready");
    }

    /// The map has its colours, so the legend means something; `aside` while it would cover you.
    pub fn show_legend(&mut self, aside: bool) {
        if self.aside.replace(aside) == Some(aside) {
            return;
        }
        self.legend.set_hidden(false);
        self.legend.set_class_name(if aside { "legend aside" } else { "legend" });
    }

    /// Whether a finger presses the map: then the tools give way.
    pub fn show_touching(&mut self, touching: bool) {
        if std::mem::replace(&mut self.touching, touching) != touching {
            self.root.set_data("touching", if touching { "on" } else { "off" });
        }
    }

    /// Whether the sound runs, and whether a tap can wake it.
    pub fn show_sound(&self, running: bool, prepared: bool) {
        self.root.set_data("sound", if running { "awake" } else { "asleep" });
        self.root.set_data("playable", if prepared { "yes" } else { "no" });
        self.wake.set_hidden(running || !prepared);
    }

    /// Whether nothing can be heard because the volume is at 0.
    pub fn show_muted(&self, muted: bool) {
        self.muted.set_hidden(!muted);
    }

    /// What wakes the sound now: a click, a tap, or the lifting of the finger that is down.
    pub fn show_way_to_wake(&self, touching: bool) {
        let words = match touching {
            _ if dom::media_matches("(hover: hover) and (pointer: fine)") => &self.language.wake_by_click,
            true => &self.language.wake_by_lift,
            false => &self.language.wake_by_tap,
        };
        self.wake.set_text_content(Some(words));
    }

    /// What went wrong, in one sentence, with the button to try again.
    pub fn show_trouble(&self, trouble: &AppError) {
        let remedy =
            if trouble.stops_sound() { &self.language.start_sound } else { &self.language.try_again };
        if let Ok(button) = self.root.element::<HtmlElement>("retry") {
            button.set_text_content(Some(remedy));
        }
        show_sentence(&self.root, &self.language.trouble(trouble));
    }
}

/// Shows the sentence of a trouble; works without the other elements.
pub fn show_sentence(root: &Root, sentence: &str) {
    root.set_data("state", "error");
    if let Ok(room) = root.element::<HtmlElement>("trouble") {
        room.set_hidden(false);
    }
    if let Ok(text) = root.element::<HtmlElement>("trouble-text") {
        text.set_text_content(Some(sentence));
    }
}
