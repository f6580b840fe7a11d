//! The tab Patch: the 41 parameters, grouped as amSynth groups them. Names, values and units are the
//! `patch` crate's; here is only the order for reading, and the rows on the page.

use ::patch::Parameter::{self, *};
use ::patch::{Group, PARAMETER_COUNT};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom;
use crate::page::Page;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;

/// The order in which a person reads a patch. The groups' own order stands in `patch::Group`.
const ORDER: [Parameter; PARAMETER_COUNT] = [
    Osc1Waveform,
    Osc1Pulsewidth,
    Osc2Waveform,
    Osc2Pulsewidth,
    Osc2Range,
    Osc2Pitch,
    Osc2Detune,
    Osc2Sync,
    OscMix,
    OscMixMode,
    LfoWaveform,
    LfoFreq,
    FreqModAmount,
    FreqModOsc,
    FilterModAmount,
    AmpModAmount,
    FilterType,
    FilterSlope,
    FilterCutoff,
    FilterResonance,
    FilterEnvAmount,
    FilterKbdTrack,
    FilterVelSens,
    FilterAttack,
    FilterDecay,
    FilterSustain,
    FilterRelease,
    MasterVol,
    AmpVelSens,
    AmpAttack,
    AmpDecay,
    AmpSustain,
    AmpRelease,
    DistortionCrunch,
    ReverbWet,
    ReverbRoomsize,
    ReverbDamp,
    ReverbWidth,
    KeyboardMode,
    PortamentoTime,
    PortamentoMode,
];

/// The parameters of a group in reading order.
fn members(group: Group) -> impl Iterator<Item = Parameter> {
    ORDER.into_iter().filter(move |parameter| parameter.info().group == group)
}

/// How far a stored value lies between its parameter's least and greatest, 0…1.
fn share(parameter: Parameter, value: f32) -> f32 {
    let info = parameter.info();
    (parameter.snap(value) - info.min) / (info.max - info.min)
}

/// The tab.
pub struct PatchTab {
    hint: HtmlElement,
    groups: HtmlElement,
    rows: Vec<Row>,
}

struct Row {
    parameter: Parameter,
    text: Element,
    level: HtmlElement,
    shown: Option<f32>,
}

impl PatchTab {
    /// Finds its place in the page and builds the rows, still without values.
    pub fn build(_page: &Page) -> Result<Self, Trouble> {
        let groups: HtmlElement = dom::element("groups")?;
        groups.set_hidden(true);
        let rows = Group::ALL.into_iter().flat_map(|group| build_group(&groups, group)).collect();
        Ok(Self { hint: dom::element("patch-empty")?, groups, rows })
    }
}

impl Tab for PatchTab {
    fn show(&mut self, now: &Now<'_>) {
        let Some(patch) = now.patch else { return };
        for row in &mut self.rows {
            row.show(patch.get(row.parameter));
        }
        self.hint.set_hidden(true);
        self.groups.set_hidden(false);
    }
}

impl Row {
    fn show(&mut self, value: f32) {
        if self.shown == Some(value) {
            return;
        }
        self.shown = Some(value);
        self.text.set_text_content(Some(&self.parameter.text(value)));
        // Through the object model, which a strict style-src allows; an attribute would be refused.
        let level = (share(self.parameter, value) * 1000.0).round() / 1000.0;
        let _ = self.level.style().set_property("--level", &level.to_string());
    }
}

fn build_group(groups: &HtmlElement, group: Group) -> Vec<Row> {
    let section = dom::create("section", "group");
    let title = dom::create("h3", "");
    title.set_text_content(Some(group.label()));
    let list = dom::create("dl", "");
    let rows = members(group).map(|parameter| build_row(&list, parameter)).collect();
    dom::append(&section, &title);
    dom::append(&section, &list);
    dom::append(groups, &section);
    rows
}

fn build_row(list: &Element, parameter: Parameter) -> Row {
    let row = dom::create("div", "row");
    let label = dom::create("dt", "");
    label.set_text_content(Some(parameter.info().label));
    let text = dom::create("dd", "");
    dom::append(&row, &label);
    dom::append(&row, &text);
    dom::append(list, &row);
    Row { parameter, text, level: row.unchecked_into(), shown: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parameters_are_shown_once_in_their_groups() {
        let mut shown: Vec<Parameter> = Group::ALL.into_iter().flat_map(members).collect();
        assert_eq!(shown.len(), PARAMETER_COUNT);
        shown.sort();
        assert_eq!(shown, Parameter::ALL);
    }

    #[test]
    fn levels_run_from_least_to_greatest() {
        for parameter in Parameter::ALL {
            let info = parameter.info();
            assert_eq!(share(parameter, info.min), 0.0);
            assert_eq!(share(parameter, info.max), 1.0);
        }
    }
}
