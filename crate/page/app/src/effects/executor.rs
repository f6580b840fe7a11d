//! The resources that effects use: audio output, files, storage, worker, screen. Decides nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use patch::Patch;
use play::naming;

use crate::effects::analysis::AnalysisClient;
use crate::effects::assets::Assets;
use crate::effects::audio::AudioOutput;
use crate::effects::given_files::GivenFiles;
use crate::effects::imported_files::ImportedFiles;
use crate::effects::outlet::Outlet;
use crate::effects::panel_scripts::PanelScripts;
use crate::effects::recording::Recorder;
use crate::effects::session::SessionStore;
use crate::effects::sheet_history::SheetHistory;
use crate::effects::wake_lock::WakeLock;
use crate::root::Root;
use crate::words::Language;

/// All resources that effects use.
pub struct Executor {
    root: Root,
    language: Language,
    assets: Assets,
    /// The output node for the sound; none: the loudspeaker.
    outlet: Option<Outlet>,
    audio: Rc<RefCell<Option<AudioOutput>>>,
    recorder: Recorder,
    analysis: AnalysisClient,
    imported_files: ImportedFiles,
    given_files: GivenFiles,
    panels: PanelScripts,
    session: SessionStore,
    wake_lock: WakeLock,
    sheet_history: SheetHistory,
    /// How many long jobs have begun.
    jobs: Cell<u32>,
    /// The patches that were saved, or kept of a search, in this visit, by their names.
    saved: RefCell<Vec<(String, Patch)>>,
}

impl Executor {
    /// An executor with nothing open or loaded.
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
            given_files: GivenFiles::default(),
            panels: PanelScripts::default(),
            wake_lock: WakeLock::new(&root),
            root,
            language,
            assets,
            outlet,
            recorder: Recorder::new(Rc::clone(&audio)),
            audio,
            imported_files: ImportedFiles::default(),
            session,
            sheet_history: SheetHistory::default(),
            jobs: Cell::default(),
            saved: RefCell::default(),
        }
    }

    /// The root of the elements.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The language of all texts.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The files.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The output node for a new sound; none: the loudspeaker.
    pub fn outlet(&self) -> Option<&Outlet> {
        self.outlet.as_ref()
    }

    /// Calls `act` with the audio output, if it is open.
    pub fn with_audio<T>(&self, act: impl FnOnce(&mut AudioOutput) -> T) -> Option<T> {
        self.audio.borrow_mut().as_mut().map(act)
    }

    /// Sets the audio output and closes an older one.
    pub fn set_audio(&self, output: AudioOutput) {
        if let Some(old) = self.audio.borrow_mut().replace(output) {
            old.close();
        }
    }

    /// The requests for recordings.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// The analysis worker.
    pub fn analysis(&self) -> &AnalysisClient {
        &self.analysis
    }

    /// The imported banks and model.
    pub fn imported_files(&self) -> &ImportedFiles {
        &self.imported_files
    }

    /// The files that a person has given to a panel.
    pub fn given_files(&self) -> &GivenFiles {
        &self.given_files
    }

    /// The scripts of the panels.
    pub fn panels(&self) -> &PanelScripts {
        &self.panels
    }

    /// The stored session.
    pub fn session(&self) -> &SessionStore {
        &self.session
    }

    /// The screen's wake lock.
    pub fn wake_lock(&self) -> &WakeLock {
        &self.wake_lock
    }

    /// The number of a new long job.
    pub fn next_job(&self) -> u32 {
        self.jobs.update(|jobs| jobs.wrapping_add(1));
        self.jobs.get()
    }

    /// The open sheet's entry in the browser's history.
    pub fn sheet_history(&self) -> &SheetHistory {
        &self.sheet_history
    }

    /// Gives a patch this name, with the first free number if another patch of this visit has it.
    pub fn name_patch(&self, name: &str, patch: Patch) {
        let is_taken = |name: &str| self.is_name_of_another(name, &patch);
        let name = if is_taken(name) { naming::variation(name, is_taken) } else { name.to_owned() };
        self.keep_saved_name(&name, patch);
    }

    /// The name that this patch has in this visit.
    pub fn name_of(&self, patch: &Patch) -> Option<String> {
        self.saved.borrow().iter().find(|(_, saved)| saved == patch).map(|(name, _)| name.clone())
    }

    /// Remembers under which name a patch was saved.
    pub fn keep_saved_name(&self, name: &str, patch: Patch) {
        let mut saved = self.saved.borrow_mut();
        match saved.iter_mut().find(|(saved, _)| saved == name) {
            Some((_, saved)) => *saved = patch,
            None => saved.push((name.to_owned(), patch)),
        }
    }

    /// True if another patch has this name in this visit.
    pub fn is_name_of_another(&self, name: &str, patch: &Patch) -> bool {
        self.saved.borrow().iter().any(|(saved, of)| saved == name && of != patch)
    }

    /// Ends everything: closes the sound and removes all listeners.
    pub fn end(&self) {
        self.wake_lock.set_wanted(false);
        self.root.end();
        self.analysis.end();
        if let Some(output) = self.audio.borrow_mut().take() {
            output.close();
        }
    }
}
