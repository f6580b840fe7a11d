//! The choices of the panel Play: which notes a touch plays, and how the instrument plays keys.

use patch::Parameter;
use play::action::{Action, Edit};
use play::chord::{ArpeggioMode, Chord};
use play::error::AppError;
use play::notes::{Layout, Notes, OCTAVES, root_key};
use play::tempo::NoteValue;
use play::velocity::VelocitySource;
use play::{Scale, State};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::app::App;
use crate::dom;
use crate::view::View;
use crate::views::controls::{add_option, set_slider};
use crate::words::Language;

/// The elements.
pub struct NoteChoices {
    language: Language,
    lists: Vec<NoteMenu>,
    sliders: Vec<NoteSlider>,
    rows: [DependentRow; 3],
    /// Marked while a chord or an arpeggio is on.
    marked: [Element; 2],
    shown: Option<Notes>,
}

/// A row that is shown only with some values of another choice.
struct DependentRow {
    row: HtmlElement,
    /// That choice, which takes the focus of a row that is hidden.
    choice: HtmlElement,
    is_shown: fn(&Notes) -> bool,
}

/// A choice among names.
struct NoteMenu {
    element: HtmlSelectElement,
    /// The position of what is chosen.
    position: fn(&Notes) -> usize,
}

/// A choice of a number.
struct NoteSlider {
    element: HtmlInputElement,
    output: Element,
    /// Its position, 0…1.
    share: fn(&Notes) -> f32,
    text: fn(&Language, &Notes) -> String,
}

impl NoteChoices {
    /// Finds its elements and fills the lists.
    ///
    /// # Errors
    /// If the page lacks one.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let mut lists = rhythm_lists(app)?;
        lists.extend(touch_lists(app)?);
        Ok(Self {
            language: app.language().clone(),
            lists,
            sliders: sliders(app)?.into(),
            rows: [
                DependentRow {
                    row: root.element("octaves-row")?,
                    choice: root.element("choose-melody")?,
                    is_shown: |notes| notes.layout == Layout::ScaleAcross,
                },
                pulse_row(app, "step-row")?,
                pulse_row(app, "gate-row")?,
            ],
            marked: [root.element("chord-row")?, root.element("arpeggio-row")?],
            shown: None,
        })
    }
}

impl View for NoteChoices {
    fn show(&mut self, state: &State) {
        let notes = &state.shown_notes();
        if self.shown.replace(*notes).as_ref() == Some(notes) {
            return;
        }
        for NoteMenu { element, position } in &self.lists {
            element.set_selected_index(position(notes) as i32);
        }
        for NoteSlider { element, output, share, text } in &self.sliders {
            let percent = 100.0 * f64::from(share(notes).clamp(0.0, 1.0));
            let text = text(&self.language, notes);
            set_slider(element, percent.round(), percent, &text);
            output.set_text_content(Some(&text));
        }
        let are_on = [notes.chord != Chord::Off, notes.arpeggio != ArpeggioMode::Off];
        for (row, is_on) in self.marked.iter().zip(are_on) {
            let _ = row.class_list().toggle_with_force("on", is_on);
        }
        for DependentRow { row, choice, is_shown } in &self.rows {
            dom::set_hidden(row, !is_shown(notes), choice);
        }
    }
}

/// A row of an arpeggio or pulses.
fn pulse_row(app: &App, id: &'static str) -> Result<DependentRow, AppError> {
    Ok(DependentRow {
        row: app.root().element(id)?,
        choice: app.root().element("arpeggio")?,
        is_shown: |notes| notes.arpeggio != ArpeggioMode::Off,
    })
}

/// MIDI's octaves; the last one ends with G, and its other notes are those of the octave below.
const ROOT_OCTAVES: usize = 11;

/// The lists for the chord, the arpeggio, the length of its steps, and the source of the velocity.
fn rhythm_lists(app: &App) -> Result<Vec<NoteMenu>, AppError> {
    let language = app.language();
    Ok(vec![
        list(
            app,
            "chord",
            names(&|n| language.chord(Chord::ALL[n]).to_owned(), Chord::ALL.len()),
            |notes, position| notes.chord = Chord::ALL[position],
            |notes| position_of(&Chord::ALL, notes.chord),
        )?,
        list(
            app,
            "arpeggio",
            names(&|n| language.arpeggio(ArpeggioMode::ALL[n]).to_owned(), ArpeggioMode::ALL.len()),
            |notes, position| notes.arpeggio = ArpeggioMode::ALL[position],
            |notes| position_of(&ArpeggioMode::ALL, notes.arpeggio),
        )?,
        list(
            app,
            "step",
            names(&|n| NoteValue::ALL[n].fraction().to_owned(), NoteValue::ALL.len()),
            |notes, position| notes.step = NoteValue::ALL[position],
            |notes| position_of(&NoteValue::ALL, notes.step),
        )?,
        list(
            app,
            "velocity-from",
            names(
                &|n| language.velocity_source(VelocitySource::ALL[n]).to_owned(),
                VelocitySource::ALL.len(),
            ),
            |notes, position| notes.velocity_from = VelocitySource::ALL[position],
            |notes| position_of(&VelocitySource::ALL, notes.velocity_from),
        )?,
    ])
}

/// Which key a touch plays, and how the instrument plays it.
fn touch_lists(app: &App) -> Result<Vec<NoteMenu>, AppError> {
    let language = app.language();
    let roots = language.note_names().into_iter().map(str::to_owned).collect();
    let modes = stored_choices(Parameter::KeyboardMode, language);
    Ok(vec![
        list(
            app,
            "root",
            roots,
            |notes, position| *notes = notes.with_root(root_key(position as u8, notes.root / 12)),
            |notes| usize::from(notes.root % 12),
        )?,
        list(
            app,
            "root-octave",
            names(&|n| (n as i32 - 1).to_string(), ROOT_OCTAVES),
            |notes, position| *notes = notes.with_root(root_key(notes.root % 12, position as u8)),
            |notes| usize::from(notes.root / 12),
        )?,
        list(
            app,
            "scale-name",
            names(&|n| language.scale(Scale::ALL[n]).to_owned(), Scale::ALL.len()),
            |notes, position| notes.scale = Scale::ALL[position],
            |notes| position_of(&Scale::ALL, notes.scale),
        )?,
        list(
            app,
            "octaves",
            (OCTAVES[0]..=OCTAVES[1]).map(|count| language.octaves(count)).collect(),
            |notes, position| notes.octaves = OCTAVES[0] + position as u8,
            |notes| usize::from(notes.octaves - OCTAVES[0]),
        )?,
        list(
            app,
            "keyboard-mode",
            modes,
            |notes, position| notes.keyboard_mode = Parameter::KeyboardMode.info().min + position as f32,
            |notes| (notes.keyboard_mode - Parameter::KeyboardMode.info().min) as usize,
        )?,
    ])
}

fn sliders(app: &App) -> Result<[NoteSlider; 2], AppError> {
    Ok([
        slider(
            app,
            "gate",
            |notes, share| notes.gate = share,
            |notes| notes.gate,
            |language, notes| language.percent((100.0 * notes.gate).into()),
        )?,
        slider(
            app,
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
    ])
}

/// The names of so many choices.
fn names(name: &dyn Fn(usize) -> String, count: usize) -> Vec<String> {
    (0..count).map(name).collect()
}

/// The position of a choice in its menu.
fn position_of<T: PartialEq>(all: &[T], chosen: T) -> usize {
    all.iter().position(|one| *one == chosen).unwrap_or(0)
}

/// The names of a stepped parameter's values, as the patch writes them.
fn stored_choices(parameter: Parameter, language: &Language) -> Vec<String> {
    let info = parameter.info();
    let count = ((info.max - info.min) / info.step) as usize + 1;
    (0..count).map(|step| language.stored(parameter, info.min + step as f32 * info.step)).collect()
}

fn list(
    app: &App,
    id: &'static str,
    names: Vec<String>,
    choose: fn(&mut Notes, usize),
    position: fn(&Notes) -> usize,
) -> Result<NoteMenu, AppError> {
    let root = app.root();
    let element: HtmlSelectElement = root.element(id)?;
    for name in names {
        add_option(&element, &name);
    }
    let (app, source) = (app.clone(), element.clone());
    root.listen(&element, "change", move |_: Event| {
        if let Ok(chosen) = usize::try_from(source.selected_index()) {
            let mut notes = app.state().shown_notes();
            choose(&mut notes, chosen);
            if !notes.is_root_chosen {
                notes.root = app.state().changed_notes().root;
            }
            // Notes that stay the same are not shown again.
            source.set_selected_index(position(&notes) as i32);
            app.dispatch(Action::Edit(Edit::SetShownNotes(notes, None)));
        }
    });
    Ok(NoteMenu { element, position })
}

fn slider(
    app: &App,
    id: &'static str,
    choose: fn(&mut Notes, f32),
    share: fn(&Notes) -> f32,
    text: fn(&Language, &Notes) -> String,
) -> Result<NoteSlider, AppError> {
    let root = app.root();
    let element: HtmlInputElement = root.element(id)?;
    let output = dom::create_value();
    if let Some(parent) = element.parent_element() {
        dom::append(&parent, &output);
    }
    let owned = app.clone();
    root.listen(&element, "change", move |_: Event| owned.dispatch(Action::Edit(Edit::FinishStep)));
    let (app, source) = (app.clone(), element.clone());
    root.listen(&element, "input", move |_: Event| {
        let mut notes = app.state().changed_notes();
        choose(&mut notes, (source.value_as_number() / 100.0) as f32);
        app.dispatch(Action::Edit(Edit::SetShownNotes(notes.tidy(), Some(id))));
    });
    Ok(NoteSlider { element, output, share, text })
}
