//! Who executes what the decisions ask for: the instrument, files, storage, the worker, the screen. Nothing here
//! decides; whatever comes back is dispatched as an action.

pub mod analysis;
pub mod assets;
pub mod audio;
pub mod audio_points;
mod audio_ramp;
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

use std::cell::RefCell;

use play::action::{Action, LoadAction};
use play::effect::{AudioCommand, Effect};

use crate::app::App;
use crate::effects::analysis::AnalysisWorker;
use crate::effects::assets::Assets;
use crate::effects::audio::AudioOutput;
use crate::effects::imports::Importer;
use crate::effects::outlet::Outlet;
use crate::effects::recording::Recorder;
use crate::effects::session::SessionStore;
use crate::effects::wake_lock::WakeLock;
use crate::root::Root;
use crate::words::Language;

/// Follows what happens outside of the views, and begins to load; for page and element alike.
pub fn follow(app: &App) {
    visibility::follow(app);
    underruns::follow(app);
    app.dispatch(Action::Load(LoadAction::Begin));
}

/// Everything that effects are executed with.
pub struct Executor {
    root: Root,
    language: Language,
    assets: Assets,
    /// Where the sound goes; none: to the loudspeaker.
    outlet: Option<Outlet>,
    audio: RefCell<Option<AudioOutput>>,
    recorder: Recorder,
    analysis: AnalysisWorker,
    imports: Importer,
    session: SessionStore,
    wake_lock: WakeLock,
}

impl Executor {
    /// Nothing is open or loaded yet.
    pub fn new(
        root: Root,
        language: Language,
        assets: Assets,
        outlet: Option<Outlet>,
        session: SessionStore,
    ) -> Self {
        Self {
            analysis: AnalysisWorker::new(assets.clone(), language.clone()),
            wake_lock: WakeLock::new(&root),
            root,
            language,
            assets,
            outlet,
            audio: RefCell::default(),
            recorder: Recorder::default(),
            imports: Importer::default(),
            session,
        }
    }

    /// Where the elements stand.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// What everything is said in.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The files.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Where a new sound goes; none: to the loudspeaker.
    pub fn outlet(&self) -> Option<&Outlet> {
        self.outlet.as_ref()
    }

    /// Does something with the audio output, if it is open.
    pub fn with_audio<T>(&self, act: impl FnOnce(&mut AudioOutput) -> T) -> Option<T> {
        self.audio.borrow_mut().as_mut().map(act)
    }

    /// Takes an audio output; an older one is closed.
    pub fn set_audio(&self, output: AudioOutput) {
        if let Some(old) = self.audio.borrow_mut().replace(output) {
            old.close();
        }
    }

    /// Asks the instrument for what sounded last, in seconds; [`Recorder`] joins the pieces.
    pub fn request_recording(&self, seconds: f64) {
        self.with_audio(|audio| audio.request_recording(seconds));
    }

    /// Who requests what sounded last.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// The analysis worker.
    pub fn analysis(&self) -> &AnalysisWorker {
        &self.analysis
    }

    /// Who imports files.
    pub fn imports(&self) -> &Importer {
        &self.imports
    }

    /// Executes an effect.
    pub fn execute(&self, app: &App, effect: Effect) {
        match effect {
            Effect::Audio(command) => self.command(command),
            Effect::Load { sound, known } => loading::load(app, sound, known),
            Effect::ForgetSoundFiles => self.assets.forget(&[loading::MODULE, loading::DECODER]),
            Effect::DropImportedDecoder => self.imports.drop_decoder(),
            Effect::KeepSession(session) => {
                let is_kept = self.session.keep(*session);
                app.dispatch(Action::Load(LoadAction::SessionKept(is_kept)));
            }
            Effect::KeepControllers(controllers) => session::keep_controllers(controllers),
            Effect::KeepScreenLit(is_lit) => self.wake_lock.set_wanted(is_lit),
            // The app executes these itself.
            Effect::After(..)
            | Effect::RequestFrame
            | Effect::ShowViews
            | Effect::FollowPoint
            | Effect::DrawMap(_)
            | Effect::Notify(_) => {}
        }
    }

    fn command(&self, command: AudioCommand) {
        // Without an output there is nothing to command; a new one is sent everything that matters.
        self.with_audio(|audio| audio.perform(command));
    }

    /// Ends everything: silent, without listeners.
    pub fn end(&self) {
        self.wake_lock.set_wanted(false);
        self.root.end();
        if let Some(output) = self.audio.borrow_mut().take() {
            output.close();
        }
    }
}
