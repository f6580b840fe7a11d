//! The dialog Share and the imports of the menu: downloads, links, files. Handles buttons, drops and the page's
//! address, and shows results.

mod card;
mod code;
mod dialog;
mod dropped;
mod linking;
mod loop_files;
mod messages;
mod status;
mod tasks;
pub mod yours;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use play::State;
use play::effect::AppEvent;
use play::error::AppError;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, Event, File, HtmlElement, HtmlInputElement};

use crate::app::App;
use crate::dom;
use crate::effects::imports::Importer;
use crate::effects::panels::{give_sound, give_tone_sounds};
use crate::effects::{exports, files, import_sorting, tones};
use crate::view::View;
use crate::views::controls::close_menu;
use dropped::{has_files, list};
use messages::{ShareJobNumber, join};
use status::ShareStatus;
use tasks::{ImportTask, ImportTasks};

/// The most files of one import; more are probably a mistake.
const FILE_LIMIT: usize = 64;

/// The panel. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct SharePanel(Rc<ShareControls>);

struct ShareControls {
    app: App,
    import: HtmlElement,
    remove_imports: HtmlElement,
    status: ShareStatus,
    tasks: RefCell<ImportTasks>,
    /// The model of a link that was opened before the map was loaded.
    unchecked_model: Cell<Option<u16>>,
}

impl SharePanel {
    /// Finds its elements, listens to them, and opens the link in the page's address.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let root = app.root();
        let panel = Self(Rc::new(ShareControls {
            app: app.clone(),
            import: root.element("bring")?,
            remove_imports: root.element("remove-imports")?,
            status: ShareStatus::build(root)?,
            tasks: RefCell::default(),
            unchecked_model: Cell::default(),
        }));
        panel.listen_to_exports()?;
        panel.listen_to_links()?;
        // Its button is in the panel Sound.
        panel.on_task_press("patch-find", |app, panel, job| async move {
            let importer = Importer::new(&app);
            let found = importer.find_patch(&|sentence| panel.0.status.report(job, sentence)).await;
            found.unwrap_or_else(|sentence| sentence)
        })?;
        panel.on_task_press("remove-imports", |app, _, _| async move {
            Importer::new(&app).remove_imports().await
        })?;
        panel.listen_to_yours()?;
        panel.listen_to_files()?;
        dialog::follow(app, &panel.0.status)?;
        card::build(app)?;
        loop_files::build(&panel)?;
        Ok(panel)
    }

    fn listen_to_exports(&self) -> Result<(), AppError> {
        self.on_press("take-patch", |app, _, _| async move { exports::patch(&app) })?;
        self.on_task_press("take-bank", |app, _, _| async move {
            match Importer::new(&app).load_model().await {
                Ok(()) => exports::bank(&app).await,
                Err(sentence) => sentence,
            }
        })?;
        self.on_press("take-recording", |app, panel, job| async move {
            panel.0.status.report(job, &app.language().writing_recording);
            exports::recording(&app).await
        })?;
        self.on_press("take-picture", |app, panel, job| async move {
            panel.0.status.report(job, &app.language().drawing_picture);
            exports::picture(&app).await
        })
    }

    /// On a press, runs work that changes no state, beside other tasks, and shows its message; ignores further
    /// presses of the same button meanwhile.
    fn on_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(App, Self, ShareJobNumber) -> F + 'static,
    ) -> Result<(), AppError> {
        let (owned, is_working) = (self.clone(), Rc::new(Cell::new(false)));
        self.listen(&self.0.app.root().element(id)?, "click", move |_: Event| {
            if is_working.replace(true) {
                return;
            }
            let job = owned.0.status.begin_anew();
            let work = act(owned.0.app.clone(), owned.clone(), job);
            let (owned, is_working) = (owned.clone(), Rc::clone(&is_working));
            spawn_local(async move {
                owned.0.status.finish(job, &work.await);
                is_working.set(false);
            });
        });
        Ok(())
    }

    /// On a press, runs a slow task, unless another one is running, and shows its message.
    fn on_task_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(App, Self, ShareJobNumber) -> F + 'static,
    ) -> Result<(), AppError> {
        let owned = self.clone();
        self.listen(&self.0.app.root().element(id)?, "click", move |_: Event| {
            if owned.0.tasks.borrow_mut().try_begin() {
                let job = owned.0.status.begin_anew();
                owned.run(job, act(owned.0.app.clone(), owned.clone(), job));
            } else {
                owned.0.status.say(&owned.0.app.language().still_busy);
            }
        });
        Ok(())
    }

    fn listen<E: JsCast + 'static>(
        &self,
        target: &web_sys::EventTarget,
        kind: &str,
        handle: impl FnMut(E) + 'static,
    ) {
        self.0.app.root().listen(target, kind, handle);
    }

    /// Runs a started task, then the next one.
    fn run(&self, job: ShareJobNumber, work: impl Future<Output = String> + 'static) {
        let owned = self.clone();
        self.0.app.executor().imported_files().turn();
        spawn_local(async move {
            owned.0.status.finish(job, &work.await);
            let files = owned.0.app.executor().imported_files();
            files.turn();
            dom::set_hidden(&owned.0.remove_imports, !files.has_imports(), &owned.0.import);
            owned.0.tasks.borrow_mut().finish();
            owned.run_next();
        });
    }

    /// Starts the next waiting task, unless one is running.
    fn run_next(&self) {
        let Some(task) = self.0.tasks.borrow_mut().next() else { return };
        let (owned, job) = (self.clone(), self.0.status.begin());
        self.run(job, async move {
            match task {
                ImportTask::GiveUpModel => owned.give_up_model(job).await,
                ImportTask::Import { restores, files } => {
                    let restored = if restores { owned.restore(job).await } else { String::new() };
                    let imported = owned.import(job, files).await;
                    join(&[restored, imported])
                }
            }
        });
    }

    /// The buttons that remove one imported bank each.
    fn listen_to_yours(&self) -> Result<(), AppError> {
        let owned = self.clone();
        self.listen(&self.0.app.root().element("yours")?, "click", move |event: Event| {
            let Some(button) = dom::target::<Element>(&event) else { return };
            let position = button.get_attribute("data-bank").and_then(|bank| bank.parse().ok());
            let Some(position) = position else { return };
            if !owned.0.tasks.borrow_mut().try_begin() {
                return owned.0.status.say(&owned.0.app.language().still_busy);
            }
            let app = owned.0.app.clone();
            dom::hand_on_focus(&button, &owned.0.import);
            owned.run(owned.0.status.begin_anew(), async move {
                let removed = Importer::new(&app).remove_bank(position).await;
                removed.unwrap_or_else(|sentence| sentence)
            });
        });
        Ok(())
    }

    // ---- Imports ----

    fn listen_to_files(&self) -> Result<(), AppError> {
        let root = self.0.app.root();
        let chooser: HtmlInputElement = root.element("files")?;
        let opened = chooser.clone();
        self.listen(&self.0.import, "click", move |_: Event| opened.click());
        let (owned, source) = (self.clone(), chooser.clone());
        self.listen(&chooser, "change", move |_: Event| {
            // The sentence about the files stands over the map, which the menu would cover.
            close_menu(&owned.0.app, "more-menu");
            owned.add_files(list(source.files()));
            // Allows the same file to be chosen again.
            source.set_value("");
        });
        for kind in ["dragenter", "dragover"] {
            let marked = root.clone();
            self.listen(&root.ours(), kind, move |event: DragEvent| {
                if has_files(&event) {
                    event.prevent_default();
                    marked.set_data("dragging", "files");
                }
            });
        }
        let marked = root.clone();
        self.listen(&root.ours(), "dragleave", move |event: DragEvent| {
            // Only when the pointer leaves the window, not an element.
            if event.related_target().is_none() {
                marked.set_data("dragging", "");
            }
        });
        let (owned, marked) = (self.clone(), root.clone());
        self.listen(&root.ours(), "drop", move |event: DragEvent| {
            marked.set_data("dragging", "");
            if has_files(&event) {
                event.prevent_default();
                owned.add_files(list(event.data_transfer().and_then(|transfer| transfer.files())));
            }
        });
        Ok(())
    }

    fn add_files(&self, files: Vec<File>) {
        let is_sound = |file: &File| import_sorting::is_sound(&file.type_(), &file.name());
        let (sounds, files): (Vec<File>, Vec<File>) = files.into_iter().partition(is_sound);
        if !sounds.is_empty() {
            // A refusal of an earlier file would stand beside the sound.
            self.0.status.clear();
            let app = &self.0.app;
            if app.state().is_amsynth() {
                sounds.into_iter().take(1).for_each(|sound| give_sound(app, sound));
            } else {
                give_tone_sounds(app, sounds);
            }
        }
        if files.is_empty() {
            return;
        }
        self.0.status.say(&self.0.app.language().reading);
        self.0.tasks.borrow_mut().add_files(files);
        self.run_next();
    }

    async fn give_up_model(&self, job: ShareJobNumber) -> String {
        let importer = Importer::new(&self.0.app);
        let given_up = importer.give_up_model(&|sentence| self.0.status.report(job, sentence)).await;
        given_up.err().unwrap_or_default()
    }

    async fn restore(&self, job: ShareJobNumber) -> String {
        let report = |sentence: &str| self.0.status.report(job, sentence);
        Importer::new(&self.0.app).restore(&report).await.err().unwrap_or_default()
    }

    async fn import(&self, job: ShareJobNumber, files: Vec<File>) -> String {
        let (app, language) = (&self.0.app, self.0.app.language());
        let (mut received, mut paths, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        let opens_paths = super::loops::has_editor(app);
        if files.len() > FILE_LIMIT {
            sentences.push(language.too_many(FILE_LIMIT));
        }
        for file in files.into_iter().take(FILE_LIMIT) {
            let limit = import_sorting::limit_bytes(&file.name());
            if file.size() > limit as f64 {
                sentences.push(language.too_large(&file.name(), limit));
            } else {
                match files::read(&file).await {
                    Some(read) if opens_paths && import_sorting::is_path(&read) => paths.push(file),
                    Some(read) => received.push(read),
                    None => sentences.push(language.unreadable(&file.name())),
                }
            }
        }
        if !paths.is_empty() {
            self.0.status.clear();
            super::loops::open_files(app, paths);
        }
        if received.is_empty() {
            return join(&sentences);
        }
        let sorted = import_sorting::sort(received, language);
        sentences.extend(sorted.complaints);
        if sorted.model.is_some() || !sorted.banks.is_empty() {
            tones::return_to_amsynth(app);
        }
        let importer = Importer::new(app);
        let report = |sentence: &str| self.0.status.report(job, sentence);
        if let Some(model) = sorted.model {
            let imported = importer.import_model(model, &report).await;
            sentences.push(imported.unwrap_or_else(|sentence| sentence));
        }
        for bank in sorted.banks {
            let imported = importer.import_bank(bank, &report).await;
            sentences.push(imported.unwrap_or_else(|sentence| sentence));
        }
        join(&sentences)
    }
}

impl View for SharePanel {
    fn show(&mut self, state: &State) {
        if state.library.known.is_some() && state.library.presets.is_some() {
            self.0.tasks.borrow_mut().allow_restoring();
            self.run_next();
        }
        self.check_model(state);
    }

    fn notify(&mut self, _state: &State, event: &AppEvent) {
        let AppEvent::Error(error) = event else { return };
        if error.is_minor() {
            self.0.status.say(&self.0.app.language().error(error));
        }
        if matches!(error, AppError::ModelRefused(_)) {
            self.0.tasks.borrow_mut().give_up_model();
            self.run_next();
        }
    }
}
