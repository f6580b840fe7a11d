//! The choices of the tab Play: which notes a touch plays, and how keys are played. Fills the lists,
//! takes what a person chooses, shows what is chosen.

use patch::Parameter;
use play::Scale;
use play::notes::{Layout, NoteMode, Notes, OCTAVES, STEPS_PER_SECOND};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::dom::{self, listen};
use crate::page::Page;
use crate::strings::Language;
use crate::trouble::AppError;

/// The elements.
pub struct Choices {
    language: Language,
    lists: Vec<List>,
    sliders: Vec<Slider>,
    /// Of use only with a scale over the pad, and only with an arpeggio or pulses.
    scale_rows: Vec<HtmlElement>,
    pulse_rows: Vec<HtmlElement>,
    shown: Option<Notes>,
}

/// A choice among names.
struct List {
    element: HtmlSelectElement,
    /// The position of what is chosen.
    position: fn(&Notes) -> usize,
}

/// A choice of a number.
struct Slider {
    element: HtmlInputElement,
    output: Element,
    /// How far it stands, 0…1.
    share: fn(&Notes) -> f32,
    text: fn(&Language, &Notes) -> String,
}

impl Choices {
    /// Finds its elements, fills and follows them from now on.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(page: &Page) -> Result<Self, AppError> {
        let language = page.language();
        let roots = language.note_names().into_iter().map(str::to_owned).collect();
        let names = |name: &dyn Fn(usize) -> String, count: usize| (0..count).map(name).collect::<Vec<_>>();
        let modes = stored_choices(Parameter::KeyboardMode, &language);
        let lists = vec![
            list(
                page,
                "manner",
                names(&|n| language.manner(NoteMode::ALL[n]).to_owned(), NoteMode::ALL.len()),
                |notes, position| notes.mode = NoteMode::ALL[position],
                |notes| NoteMode::ALL.iter().position(|&manner| manner == notes.mode).unwrap_or(0),
            )?,
            list(
                page,
                "layout",
                LAYOUTS.map(|layout| language.layout(layout).to_owned()).to_vec(),
                |notes, position| notes.layout = LAYOUTS[position],
                |notes| LAYOUTS.iter().position(|&layout| layout == notes.layout).unwrap_or(0),
            )?,
            list(
                page,
                "root",
                roots,
                |notes, position| notes.root = notes.root - notes.root % 12 + position as u8,
                |notes| usize::from(notes.root % 12),
            )?,
            list(
                page,
                "root-octave",
                names(&|n| (n as i32 - 1).to_string(), ROOT_OCTAVES),
                |notes, position| notes.root = notes.root % 12 + 12 * position as u8,
                |notes| usize::from(notes.root / 12),
            )?,
            list(
                page,
                "scale-name",
                names(&|n| language.scale(Scale::ALL[n]).to_owned(), Scale::ALL.len()),
                |notes, position| notes.scale = Scale::ALL[position],
                |notes| Scale::ALL.iter().position(|&scale| scale == notes.scale).unwrap_or(0),
            )?,
            list(
                page,
                "octaves",
                (OCTAVES[0]..=OCTAVES[1]).map(|count| language.octaves(count)).collect(),
                |notes, position| notes.octaves = OCTAVES[0] + position as u8,
                |notes| usize::from(notes.octaves - OCTAVES[0]),
            )?,
            list(
                page,
                "keyboard-mode",
                modes,
                |notes, position| notes.keyboard_mode = Parameter::KeyboardMode.info().min + position as f32,
                |notes| (notes.keyboard_mode - Parameter::KeyboardMode.info().min) as usize,
            )?,
        ];
        let sliders = vec![
            slider(
                page,
                "speed",
                |notes, share| notes.steps_per_second = STEPS_PER_SECOND[0] * SPEEDS.powf(share),
                |notes| (notes.steps_per_second / STEPS_PER_SECOND[0]).ln() / SPEEDS.ln(),
                |language, notes| language.steps_per_second(notes.steps_per_second),
            )?,
            slider(
                page,
                "gate",
                |notes, share| notes.gate = share,
                |notes| notes.gate,
                |language, notes| language.percent((100.0 * notes.gate).into()),
            )?,
            slider(
                page,
                "portamento",
                |notes, share| {
                    let info = Parameter::PortamentoTime.info();
                    notes.portamento_time = info.min + share * (info.max - info.min);
                },
                |notes| {
                    let info = Parameter::PortamentoTime.info();
                    (notes.portamento_time - info.min) / (info.max - info.min)
                },
                |language, notes| language.stored(Parameter::PortamentoTime, notes.portamento_time),
            )?,
        ];
        Ok(Self {
            language,
            lists,
            sliders,
            scale_rows: vec![dom::element("octaves-row")?],
            pulse_rows: vec![dom::element("speed-row")?, dom::element("gate-row")?],
            shown: None,
        })
    }

    /// Shows what is chosen.
    pub fn show(&mut self, notes: &Notes) {
        if self.shown.as_ref() == Some(notes) {
            return;
        }
        self.shown = Some(*notes);
        for List { element, position } in &self.lists {
            element.set_selected_index(position(notes) as i32);
        }
        for Slider { element, output, share, text } in &self.sliders {
            let share = share(notes).clamp(0.0, 1.0);
            element.set_value_as_number(f64::from(100.0 * share).round());
            let _ = element.style().set_property("--level", &format!("{:.0}%", 100.0 * share));
            let text = text(&self.language, notes);
            let _ = element.set_attribute("aria-valuetext", &text);
            output.set_text_content(Some(&text));
        }
        for row in &self.scale_rows {
            row.set_hidden(notes.layout != Layout::ScaleAcross);
        }
        for row in &self.pulse_rows {
            row.set_hidden(notes.mode.pattern() == 0);
        }
    }
}

/// The layouts in the order in which they are offered.
const LAYOUTS: [Layout; 2] = [Layout::RootNote, Layout::ScaleAcross];
/// MIDI's octaves that have all twelve keys.
const ROOT_OCTAVES: usize = 10;
/// Fastest arpeggio against the slowest: the slider is even to the ear.
const SPEEDS: f32 = STEPS_PER_SECOND[1] / STEPS_PER_SECOND[0];

/// The names of a stepped parameter's values, as the patch writes them.
fn stored_choices(parameter: Parameter, language: &Language) -> Vec<String> {
    let info = parameter.info();
    let count = ((info.max - info.min) / info.step) as usize + 1;
    (0..count).map(|step| language.stored(parameter, info.min + step as f32 * info.step)).collect()
}

fn list(
    page: &Page,
    id: &'static str,
    names: Vec<String>,
    choose: fn(&mut Notes, usize),
    position: fn(&Notes) -> usize,
) -> Result<List, AppError> {
    let element: HtmlSelectElement = dom::element(id)?;
    for name in names {
        let option = dom::create("option", "");
        option.set_text_content(Some(&name));
        let _ = element.append_child(&option);
    }
    let (page, source) = (page.clone(), element.clone());
    listen(&element, "change", move |_: Event| {
        if let Ok(position) = usize::try_from(source.selected_index()) {
            page.change(|state| choose(&mut state.notes, position));
        }
    });
    Ok(List { element, position })
}

fn slider(
    page: &Page,
    id: &'static str,
    choose: fn(&mut Notes, f32),
    share: fn(&Notes) -> f32,
    text: fn(&Language, &Notes) -> String,
) -> Result<Slider, AppError> {
    let element: HtmlInputElement = dom::element(id)?;
    let output: Element = dom::create("output", "");
    if let Some(parent) = element.parent_element() {
        let _ = parent.append_child(&output);
    }
    let settled = page.clone();
    listen(&element, "change", move |_: Event| settled.settle());
    let (page, source) = (page.clone(), element.clone());
    listen(&element, "input", move |_: Event| {
        let share = (source.value_as_number() / 100.0) as f32;
        page.adjust(id, |state| {
            choose(&mut state.notes, share);
            state.notes = state.notes.tidy();
        });
    });
    Ok(Slider { element, output, share, text })
}
