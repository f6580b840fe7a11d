//! A track: the number of its loop, which mutes; its name, which opens its settings; its picture; and on a wide page
//! mute, solo and volume.

use std::rc::Rc;

use play::tracks::model::{TrackModel, TracksModel};
use play::{Notes, RecordedLoop, State};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::parts::{button, slider};
use super::picture;
use super::settings::TrackSettings;
use crate::dom;
use crate::views::controls::{scroll_to, set_level, set_pressed};
use crate::views::location::current_name;
use crate::views::tools::AMSYNTH;
use crate::words::Language;

/// The elements of a track.
pub struct TrackRow {
    /// The number of its loop.
    pub number: u8,
    /// The row.
    pub item: Element,
    mute: Element,
    open: Element,
    title: Element,
    about: Element,
    drawing: Element,
    wide_mute: Element,
    solo: Element,
    level: HtmlInputElement,
    settings: TrackSettings,
    shown: Option<ShownTrack>,
}

/// The values that a row shows.
#[derive(Clone, PartialEq)]
struct ShownTrack {
    own: Rc<RecordedLoop>,
    name: String,
    about: String,
    mine: String,
    is_heard: bool,
    is_soloed: bool,
    is_open: bool,
    /// True if its settings stand in a card.
    is_carded: bool,
    rounds: u16,
    later: f32,
    /// The notes of touches, as which a loop without notes of its own plays.
    notes: Option<Notes>,
}

/// The texts of a track.
pub struct TrackTexts {
    /// The name of its loop.
    pub name: String,
    /// The root of its notes and its instrument.
    pub about: String,
    /// The name of the sound that it would take from the person; empty while its settings are closed.
    pub mine: String,
}

/// The texts of a track: a loop without a name of its own is named after the preset at its first point.
pub fn texts(track: &TrackModel, state: &State, language: &Language) -> TrackTexts {
    let known = state.amsynth_library().known.as_deref();
    let preset = || track.preset.zip(known).map(|(row, known)| known.name[row].clone());
    let name = track.own.name.clone().or_else(preset);
    let instrument = track.domain.map_or(AMSYNTH, |domain| language.domain(domain));
    let about = match track.root {
        Some(root) => format!("{} · {instrument}", language.key_name(root)),
        None => instrument.to_owned(),
    };
    let mine = if track.is_open { current_name(state, language) } else { String::new() };
    TrackTexts { mine, name: name.unwrap_or_else(|| language.loop_name(track.own.number)), about }
}

impl TrackRow {
    /// A new row, not yet in the page.
    pub fn new(number: u8, language: &Language) -> Self {
        let item = dom::create("li", &format!("loop loop-{number}"));
        let _ = item.set_attribute("data-number", &number.to_string());
        let (mute, open) = (button("start", ""), button("more", ""));
        mute.set_text_content(Some(&number.to_string()));
        let (title, about) = (dom::create("b", ""), dom::create("small", ""));
        dom::append(&open, &title);
        // Assistive technology reads two words.
        let _ = open.append_with_str_1(" ");
        dom::append(&open, &about);
        let (drawing, path) = picture::lane();
        let (wide_mute, solo) =
            (button("mute-loop", &language.mute_loop), button("solo-loop", &language.solo));
        let level = slider("level-loop");
        let _ = level.set_attribute("aria-label", &language.loop_volume);
        let settings = TrackSettings::new(language);
        let _ = settings.element.set_attribute("data-number", &number.to_string());
        for part in [&mute, &open, &wide_mute, &solo, level.as_ref(), &drawing, settings.element.as_ref()] {
            dom::append(&item, part);
        }
        Self {
            number,
            item,
            mute,
            open,
            title,
            about,
            drawing: path,
            wide_mute,
            solo,
            level,
            settings,
            shown: None,
        }
    }

    /// Shows the parts that have changed. If there is a card, the settings stand in it.
    pub fn show(
        &mut self,
        track: &TrackModel,
        (tracks, notes, card): (&TracksModel, &Notes, Option<&Element>),
        texts: TrackTexts,
        language: &Language,
    ) {
        let own = &track.own;
        let TrackTexts { name, about, mine } = texts;
        let rounds = track.rounds(tracks.bars);
        let now = ShownTrack {
            own: Rc::clone(own),
            name,
            about,
            mine,
            is_heard: track.is_heard,
            is_soloed: track.is_soloed,
            is_open: track.is_open,
            is_carded: card.is_some(),
            rounds,
            later: track.later,
            notes: own.sound.is_none().then_some(*notes),
        };
        if self.shown.as_ref() == Some(&now) {
            return;
        }
        self.write(&now, language);
        self.place_settings(now.is_open, card);
        let is_drawn = self.shown.as_ref().is_some_and(|shown| {
            let is_placed = (shown.rounds, shown.later) == (rounds, now.later);
            Rc::ptr_eq(&shown.own, &now.own) && is_placed && shown.notes == now.notes
        });
        if !is_drawn {
            let _ = self.drawing.set_attribute("d", &picture::path(own, notes, rounds, track.later));
        }
        self.settings.show(own, track, &now.mine, language);
        self.shown = Some(now);
    }

    /// Takes it out of the page.
    pub fn remove(&self) {
        self.item.remove();
        self.settings.element.remove();
    }

    fn place_settings(&self, is_open: bool, card: Option<&Element>) {
        let settings: &HtmlElement = &self.settings.element;
        let place = card.filter(|_| is_open).unwrap_or(&self.item);
        if settings.parent_element().as_ref() != Some(place) {
            dom::append(place, settings);
        }
    }

    fn write(&self, now: &ShownTrack, language: &Language) {
        self.title.set_text_content(Some(&now.name));
        self.about.set_text_content(Some(&now.about));
        let is_muted = now.own.is_muted;
        for mute in [&self.mute, &self.wide_mute] {
            set_pressed(mute, is_muted);
        }
        let _ = self.mute.set_attribute("aria-label", &language.mute_named(self.number, &now.name));
        let _ = self.open.set_attribute("aria-expanded", if now.is_open { "true" } else { "false" });
        set_pressed(&self.solo, now.is_soloed);
        let _ = self.item.toggle_attribute_with_force("data-rests", !now.is_heard);
        self.level.set_value_as_number(f64::from(100.0 * now.own.level));
        set_level(&self.level, f64::from(100.0 * now.own.level));
        let settings: &HtmlElement = &self.settings.element;
        settings.set_hidden(!now.is_open);
        // They would end below the edge of a list that scrolls.
        if now.is_open && !now.is_carded && self.shown.as_ref().is_some_and(|shown| !shown.is_open) {
            let list = self.item.closest(".tracks").ok().flatten();
            if let (Some(list), Some(item)) = (list, self.item.dyn_ref()) {
                scroll_to(item, list.unchecked_ref());
            }
        }
    }
}
