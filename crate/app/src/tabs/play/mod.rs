//! The tab Play: keys, which notes a touch plays, volume and panic, MIDI, and what is heard.

mod choices;
mod keyboard;
mod layout;
pub mod player;
mod typing;
mod volume;

use ::patch::Patch;
use ::play::State;
use web_sys::{Event, HtmlElement};

use crate::analysis::AnalysisClient;
use crate::dom::{self, listen};
use crate::midi::Midi;
use crate::page::Page;
use crate::readout::Readout;
use crate::recording::Recorder;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;
use choices::Choices;
use keyboard::Keyboard;
use player::Player;

/// The tab.
pub struct Play {
    choices: Choices,
    player: Player,
    midi: Midi,
    readout: Readout,
    latch: bool,
}

impl Play {
    /// Finds its controls and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page, analysis: &AnalysisClient, recorder: &Recorder) -> Result<Self, Trouble> {
        volume::follow(page)?;
        let player = Player::new(page);
        Keyboard::build(&player, page.language())?;
        let owned = page.clone();
        listen(&dom::element("panic")?, "click", move |_: Event| owned.panic());
        for id in ["panic", "more-panic"] {
            let player = player.clone();
            listen(&dom::element(id)?, "click", move |_: Event| player.release_all());
        }
        for id in ["readout", "midi-section"] {
            let section: HtmlElement = dom::element(id)?;
            let opened = section.clone();
            // Where the tab scrolls, what was opened is led into view.
            listen(&section, "toggle", move |_: Event| dom::lead_to(&opened, "panel-play"));
        }
        Ok(Self {
            choices: Choices::build(page)?,
            midi: Midi::build(page, &player)?,
            readout: Readout::build(page, analysis, recorder)?,
            player,
            latch: false,
        })
    }
}

impl Tab for Play {
    fn show(&mut self, now: &Now<'_>) {
        self.choices.show(&now.state.notes);
        self.readout.show(now);
        if std::mem::replace(&mut self.latch, now.state.notes.hold) != now.state.notes.hold {
            let (player, latch) = (self.player.clone(), now.state.notes.hold);
            // Not now: the page is telling, and the keys that end have to be told to it.
            dom::after(0, move || player.set_latch(latch));
        }
    }

    fn follow(&mut self, state: &State, patch: Option<&Patch>) {
        self.midi.send(state.place, patch);
    }

    fn set_sounding(&mut self, sounding: bool) {
        self.readout.set_sounding(sounding);
    }
}
