//! What effects are executed with: audio output, files, storage, worker, screen. Decides nothing.

use std::cell::RefCell;
use std::rc::Rc;

use crate::effects::analysis::AnalysisClient;
use crate::effects::assets::Assets;
use crate::effects::audio::AudioOutput;
use crate::effects::imports::Importer;
use crate::effects::outlet::Outlet;
use crate::effects::recording::Recorder;
use crate::effects::session::SessionStore;
use crate::effects::wake_lock::WakeLock;
use crate::root::Root;
use crate::words::Language;

/// Everything that effects are executed with.
pub struct Executor {
    root: Root,
    language: Language,
    assets: Assets,
    /// Where the sound goes; none: to the loudspeaker.
    outlet: Option<Outlet>,
    audio: Rc<RefCell<Option<AudioOutput>>>,
    recorder: Recorder,
    analysis: AnalysisClient,
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
        let audio = Rc::default();
        Self {
            analysis: AnalysisClient::new(assets.clone(), language.clone()),
            wake_lock: WakeLock::new(&root),
            root,
            language,
            assets,
            outlet,
            recorder: Recorder::new(Rc::clone(&audio)),
            audio,
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

    /// Who requests what sounded last.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// The analysis worker.
    pub fn analysis(&self) -> &AnalysisClient {
        &self.analysis
    }

    /// Who imports files.
    pub fn imports(&self) -> &Importer {
        &self.imports
    }

    /// What is kept for the next visit.
    pub fn session(&self) -> &SessionStore {
        &self.session
    }

    /// What keeps the screen lit.
    pub fn wake_lock(&self) -> &WakeLock {
        &self.wake_lock
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
