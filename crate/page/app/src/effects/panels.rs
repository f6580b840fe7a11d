//! The border to the panels whose scripts load on demand: loads a script, gives it a [`PanelPort`], passes its actions
//! on, shows it its model when that changes, and lets it perform its tasks. Decides nothing: crate `play` does, in its
//! module `panels`.

use colorous::{Color, VIRIDIS};
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect};
use patch::Parameter;
use play::State;
use play::action::Action;
use play::error::AppError;
use play::panels::sound_match::MatchAction;
use play::panels::tasks::{TaskNews, TaskNumber};
use play::panels::tone_sounds::{DroppedSound, TonePlace, ToneSoundsAction};
use play::panels::{OwnAction, PanelAction, PanelAnswer, PanelId, PanelLife, PanelTask};
use play::sounds::FileNumber;
use play::tone_domain::ToneDomain;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::{AudioWorkletNode, Element, File, GainNode, console};

use crate::app::App;
use crate::dom;
use crate::effects::known_sounds;
use crate::effects::panel_places::{button_of, places_of};
use crate::view::View;
use crate::views::controls::on_click;

/// A panel's end of the page.
#[wasm_bindgen]
pub struct PanelPort {
    app: App,
    panel: PanelId,
}

impl PanelPort {
    /// The page.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    fn act(&self, action: PanelAction) {
        self.app.dispatch(Action::Panel(action, dom::now_ms()));
    }
}

#[wasm_bindgen]
impl PanelPort {
    /// A person does something in the panel: an action of its own type.
    ///
    /// # Errors
    /// If it is no such action.
    pub fn dispatch(&self, action: JsValue) -> Result<(), JsError> {
        self.act(PanelAction::Act(OwnAction::read(self.panel, Deserializer::from(action))?));
        draw(&self.app);
        Ok(())
    }

    /// A person closes the panel.
    pub fn close(&self) {
        self.act(PanelAction::Close(self.panel));
        draw(&self.app);
    }

    /// Calls a function with the panel's model: now, and whenever it changes.
    pub fn subscribe(&self, draw: Function) {
        let model = self.app.state().panel_model(self.panel);
        self.app.executor().panels().subscribe(self.panel, draw, model);
    }

    /// Calls a function with what moves in the panel from frame to frame: now, and in each frame in which it has moved.
    pub fn follow(&self, draw: Function) {
        let motion = self.app.state().panel_motion(self.panel);
        self.app.executor().panels().follow(self.panel, draw, motion);
    }

    /// Calls a function with the number of each task of the panel and the task, or with undefined once it is cancelled.
    pub fn perform(&self, perform: Function) {
        self.app.executor().panels().set_performer(self.panel, perform);
    }

    /// The done share of a task, 0…1.
    pub fn progress(&self, task: u32, share: f32) {
        self.news(task, TaskNews::Progress(share));
    }

    /// The name of the long job that a task is, for people.
    pub fn name(&self, task: u32, name: String) {
        self.news(task, TaskNews::Name(name));
    }

    /// A result of a task.
    ///
    /// # Errors
    /// If it is no answer of this panel.
    pub fn answer(&self, task: u32, answer: JsValue) -> Result<(), JsError> {
        let answer = PanelAnswer::read(self.panel, Deserializer::from(answer))?;
        self.news(task, TaskNews::Answer(answer));
        Ok(())
    }

    /// A task has given its last result.
    pub fn ended(&self, task: u32) {
        self.news(task, TaskNews::Ended);
    }

    /// A task has failed, for a reason that the panel's texts explain.
    pub fn failed(&self, task: u32, reason: String) {
        self.news(task, TaskNews::Failed(reason));
    }

    fn news(&self, task: u32, news: TaskNews) {
        self.act(PanelAction::News(TaskNumber::from_script(task), news));
    }

    /// Keeps a file that a person has chosen until a task takes it; returns its number.
    #[wasm_bindgen(js_name = keepFile)]
    pub fn keep_file(&self, file: File) -> u32 {
        self.app.executor().given_files().keep(file).get()
    }

    /// Takes a file of this number, which is then no longer kept.
    #[wasm_bindgen(js_name = takeFile)]
    pub fn take_file(&self, number: u32) -> Option<File> {
        self.app.executor().given_files().take(FileNumber::of(number))
    }

    /// The volume node, to which every sound goes; undefined without a sound.
    pub fn volume(&self) -> Option<GainNode> {
        self.app.executor().with_audio(|audio| audio.volume().clone())
    }

    /// The colours from the least to the greatest of a perceptually uniform scale: red, green and blue of each.
    pub fn palette(&self) -> Vec<u8> {
        let steps: u8 = u8::MAX;
        let color = |step| VIRIDIS.eval_continuous(f64::from(step) / f64::from(steps));
        (0..=steps).map(color).flat_map(|Color { r, g, b }| [r, g, b]).collect()
    }

    /// See [`known_sounds::numbers`]. Undefined until presets and map are loaded.
    pub fn sounds(&self) -> Option<Vec<f32>> {
        known_sounds::numbers(&self.app.state())
    }

    /// See [`known_sounds::texts`].
    pub fn texts(&self) -> String {
        known_sounds::texts(&self.app.state(), self.app.language())
    }

    /// The address of a file.
    pub fn address(&self, name: &str) -> String {
        self.app.executor().assets().address(name)
    }

    /// The decoder that plays in place of the page's own, if there is one.
    pub fn decoder(&self) -> Option<ArrayBuffer> {
        self.app.executor().imported_files().decoder()
    }

    /// The names of the parameters with that of their group, a line each.
    pub fn parameters(&self) -> String {
        let language = self.app.language();
        let name =
            |own: Parameter| format!("{} {}", language.group(own.info().group), language.in_sentence(own));
        Parameter::ALL.map(name).join("\n")
    }

    /// The object that the scripts of all panels share under a name, such as the host of the workers. Each script is a
    /// bundle of its own, so the page keeps the object; the first script that asks makes it.
    pub fn shared(&self, name: String, make: &Function) -> Result<JsValue, JsValue> {
        self.app.executor().panels().shared(name, make)
    }

    /// The node of the instrument, for a sound that goes into it; undefined without a sound.
    pub fn node(&self) -> Option<AudioWorkletNode> {
        self.app.executor().with_audio(|audio| audio.node().cloned()).flatten()
    }

    /// The names of the instruments of recorded tones.
    #[wasm_bindgen(js_name = toneNames)]
    pub fn tone_names(&self) -> Vec<String> {
        ToneDomain::ALL.iter().map(|domain| self.app.language().domain(*domain).to_owned()).collect()
    }

    /// A promise of what a worker needs: its module, the address of its script, and that of its program. Rejects with
    /// a sentence.
    pub fn program(&self) -> Promise {
        program(&self.app)
    }
}

/// A panel's end of the page, for its script.
pub fn port_of(app: &App, panel: PanelId) -> JsValue {
    PanelPort { app: app.clone(), panel }.into()
}

/// See [`PanelPort::program`].
pub fn program(app: &App) -> Promise {
    let app = app.clone();
    future_to_promise(async move {
        let (module, script, program) = app.executor().analysis().program().await?;
        Ok(Array::of3(&module, &script.into(), &program.into()).into())
    })
}

/// Gives a sound file to “From a sound…”.
pub fn give_sound(app: &App, sound: File) {
    let name = sound.name();
    let file = app.executor().given_files().keep(sound);
    let action = OwnAction::SoundMatch(MatchAction::TakeFile { file, name });
    app.dispatch(Action::Panel(PanelAction::Act(action), dom::now_ms()));
}

/// Gives sound files to “From sounds…” of the instrument of recorded tones that plays.
pub fn give_tone_sounds(app: &App, sounds: Vec<File>) {
    let keep =
        |sound: File| DroppedSound { name: sound.name(), file: app.executor().given_files().keep(sound) };
    let files = sounds.into_iter().take(TonePlace::ALL.len()).map(keep).collect();
    let action = OwnAction::ToneSounds(ToneSoundsAction::TakeDropped { files });
    app.dispatch(Action::Panel(PanelAction::Act(action), dom::now_ms()));
}

/// Performs a task, or cancels it.
pub fn perform(app: &App, panel: PanelId, number: TaskNumber, task: Option<&PanelTask>) {
    app.executor().panels().perform(panel, number, task);
}

/// Loads a panel's script and builds the panel.
pub fn load(app: &App, panel: PanelId) {
    let app = app.clone();
    spawn_local(async move {
        let built = build(&app, panel).await;
        if let Err(error) = &built {
            say(&app, panel, Some(&app.language().error(error)));
        }
        let action = if built.is_ok() { PanelAction::Loaded(panel) } else { PanelAction::NotLoaded(panel) };
        app.dispatch(Action::Panel(action, dom::now_ms()));
    });
}

/// Loads a panel's script and builds the panel, unless it is built.
///
/// # Errors
/// If the script cannot be loaded or does not run, or the page lacks an element.
pub async fn build(app: &App, panel: PanelId) -> Result<(), AppError> {
    let script = panel.script();
    let exports = app.executor().assets().script(script).await?;
    let scripts = app.executor().panels();
    if scripts.is_built(panel) {
        return Ok(());
    }
    let arguments = Array::new();
    for place in places_of(panel) {
        let place: Element = app.root().element(place)?;
        arguments.push(&place);
    }
    arguments.splice(1, 0, &port_of(app, panel));
    let broken = |reason: JsValue| {
        // A person reads that the file is broken; who writes the script needs the exception itself.
        console::error_1(&reason);
        AppError::FileBroken(script)
    };
    let build: Function = Reflect::get(&exports, &"build".into()).map_err(broken)?.unchecked_into();
    Reflect::apply(&build, &JsValue::UNDEFINED, &arguments).map_err(broken)?;
    scripts.set_built(panel);
    Ok(())
}

/// Draws the panels at once after a person's action: a browser opens a phone's keyboard for a field that gets the focus
/// only while it handles the press.
pub fn draw(app: &App) {
    // A script that moves the focus may dispatch: no borrow of the state may last until then.
    app.executor().panels().draw(|panel| app.state().panel_model(panel));
}

/// Makes the button of each panel that is on the page open it, or close it if it is open.
///
/// # Errors
/// If a button is no element of HTML.
pub fn follow_buttons(app: &App) -> Result<(), AppError> {
    for &panel in PanelId::ALL {
        let [opener, _] = button_of(panel);
        // The codebook has two buttons, of which each opens what the other one closes: `LookButtons` follows them. The
        // button of “Sing a loop” is in the transport, which follows it.
        if matches!(panel, PanelId::SoundCodebook | PanelId::Sing)
            || !app.root().contains(&format!("#{opener}"))
        {
            continue;
        }
        on_click(app, opener, move |app| {
            say(app, panel, None);
            app.dispatch(Action::Panel(PanelAction::Toggle(panel), dom::now_ms()));
            draw(app);
        })?;
    }
    Ok(())
}

/// Makes the button of a panel open it; what closes it is elsewhere.
///
/// # Errors
/// If the page lacks the button.
pub fn follow_opener(app: &App, panel: PanelId) -> Result<(), AppError> {
    let [opener, _] = button_of(panel);
    on_click(app, opener, move |app| open(app, panel))
}

/// A person opens a panel.
pub fn open(app: &App, panel: PanelId) {
    // A script that is loaded writes there itself.
    if app.state().panels.life(panel) == PanelLife::Failed {
        say(app, panel, None);
    }
    app.dispatch(Action::Panel(PanelAction::Open(panel), dom::now_ms()));
    draw(app);
}

fn say(app: &App, panel: PanelId, sentence: Option<&str>) {
    let [_, status] = button_of(panel);
    if let Ok(status) = app.root().element::<Element>(status) {
        status.set_text_content(sentence);
        let _ = status.class_list().toggle_with_force("trouble", sentence.is_some());
    }
}

/// Shows the loaded panels their models.
pub struct PanelDrawings(App);

impl PanelDrawings {
    /// Follows a page.
    pub fn new(app: &App) -> Self {
        Self(app.clone())
    }
}

impl View for PanelDrawings {
    fn show(&mut self, state: &State) {
        self.0.executor().panels().draw(|panel| state.panel_model(panel));
    }

    fn draw(&mut self, state: &State, _now_ms: f64) -> bool {
        self.0.executor().panels().draw_motion(state);
        false
    }
}
