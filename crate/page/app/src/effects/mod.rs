//! Executes effects on the instrument, files, storage, the worker and the screen. Decides nothing: every result
//! becomes an action.

pub mod analysis;
pub mod assets;
pub mod audio;
mod audio_clock;
pub mod audio_points;
mod audio_ramp;
pub mod executor;
pub mod exports;
pub mod files;
pub mod given_files;
pub mod import_sorting;
mod import_steps;
mod import_store;
mod imported_files;
pub mod imports;
mod known_sounds;
pub mod link;
pub mod loading;
pub mod midi_ports;
pub mod outlet;
mod panel_places;
pub mod panel_scripts;
pub mod panels;
mod path_resources;
pub mod picture;
mod placing;
pub mod recording;
mod reloading;
pub mod session;
pub mod sheet_history;
mod sound_loading;
pub mod tones;
pub mod underruns;
pub mod visibility;
pub mod wake_lock;

use play::action::{Action, EditingAction, LoadAction, SoundAction};
use play::effect::Effect;
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::dom;
use crate::effects::audio::AudioOutput;

/// Installs the listeners that belong to no view, and begins to load; for page and element alike.
pub fn follow(app: &App) {
    visibility::follow(app);
    underruns::follow(app);
    reloading::follow(app);
    app.dispatch(Action::Load(LoadAction::Begin));
}

/// Executes an effect.
pub fn execute(app: &App, effect: Effect) {
    let executor = app.executor();
    match effect {
        // Without an output the command has no effect; a new output gets the complete state.
        Effect::Audio(command) => drop(executor.with_audio(|audio| audio.perform(command))),
        Effect::Load { sound, known } => loading::load(app, sound, known),
        Effect::ForgetSoundFiles => {
            executor.assets().forget(&[sound_loading::MODULE, sound_loading::NETWORK, sound_loading::DECODER])
        }
        Effect::LoadMeasured => loading::load_measured(app),
        Effect::LoadDomain(domain) => tones::load(app, domain),
        Effect::LoadLoopDomain(domain) => tones::load_for_loops(app, domain),
        Effect::PlayDomain(domain) => tones::play(app, domain),
        Effect::ForgetFiles(names) => executor.assets().forget(names),
        Effect::DropImportedDecoder => executor.imported_files().drop_decoder(),
        Effect::Measure(patch) => {
            let (app, analysis) = (app.clone(), executor.analysis().clone());
            spawn_local(async move {
                let values = analysis.measure_patch(patch.values()).await.ok();
                app.dispatch(Action::Editing(EditingAction::Measured(patch, values)));
            });
        }
        Effect::PlacePatch(panel, task, patch) => placing::place(app, panel, task, patch),
        Effect::DecodeCutoffs(task, points) => placing::decode_cutoffs(app, task, points),
        Effect::NamePatch(name, patch) => executor.name_patch(&name, *patch),
        Effect::KeepSession(session) => {
            let is_kept = executor.session().keep(*session);
            app.dispatch(Action::Load(LoadAction::SessionKept(is_kept)));
        }
        Effect::LoadPanel(panel) => panels::load(app, panel),
        Effect::Begin(number, task) => panels::perform(app, task.panel(), number, Some(&task)),
        Effect::Cancel(panel, number) => panels::perform(app, panel, number, None),
        Effect::KeepMacroControllers(controllers) => session::keep_macro_controllers(&controllers),
        Effect::KeepControllers(controllers) => session::keep_controllers(controllers),
        Effect::KeepSheetInHistory(is_open) => executor.sheet_history().keep(is_open),
        Effect::KeepTab(tab) => session::keep_tab(&tab),
        Effect::ClearLink => link::clear_address(),
        Effect::MeasureLevel(delay_ms) => {
            let owned = app.clone();
            dom::after(delay_ms, move || {
                let rms = owned.executor().with_audio(AudioOutput::rms).unwrap_or_default();
                owned.dispatch(Action::Sound(SoundAction::Level(rms)));
            });
        }
        Effect::KeepScreenLit(is_lit) => executor.wake_lock().set_wanted(is_lit),
        // The app executes these itself.
        Effect::After(..)
        | Effect::RequestFrame
        | Effect::ShowViews
        | Effect::FollowPoint
        | Effect::DrawMap(_)
        | Effect::Notify(_) => {}
    }
}
