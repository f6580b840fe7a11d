//! Who executes what the decisions ask for: the instrument, files, storage, the worker, the screen. Nothing here
//! decides; whatever comes back is dispatched as an action.

pub mod analysis;
pub mod assets;
pub mod audio;
pub mod audio_points;
mod audio_ramp;
pub mod executor;
pub mod exports;
pub mod files;
pub mod import_sorting;
mod import_steps;
mod import_store;
pub mod imports;
pub mod link;
pub mod loading;
pub mod midi_ports;
pub mod outlet;
pub mod picture;
pub mod recording;
pub mod session;
mod sound_loading;
pub mod underruns;
pub mod visibility;
pub mod wake_lock;

use play::action::{Action, LoadAction};
use play::effect::Effect;

use crate::app::App;

/// Follows what happens outside of the views, and begins to load; for page and element alike.
pub fn follow(app: &App) {
    visibility::follow(app);
    underruns::follow(app);
    app.dispatch(Action::Load(LoadAction::Begin));
}

/// Executes an effect.
pub fn execute(app: &App, effect: Effect) {
    let executor = app.executor();
    match effect {
        // Without an output there is nothing to command; a new one is sent everything that matters.
        Effect::Audio(command) => drop(executor.with_audio(|audio| audio.perform(command))),
        Effect::Load { sound, known } => loading::load(app, sound, known),
        Effect::ForgetSoundFiles => executor.assets().forget(&[loading::MODULE, loading::DECODER]),
        Effect::DropImportedDecoder => executor.imports().drop_decoder(),
        Effect::KeepSession(session) => {
            let is_kept = executor.session().keep(*session);
            app.dispatch(Action::Load(LoadAction::SessionKept(is_kept)));
        }
        Effect::KeepControllers(controllers) => session::keep_controllers(controllers),
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
