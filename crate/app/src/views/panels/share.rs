//! The panel Share: downloads, links and imports. Handles buttons, drops and the page's address, and shows the
//! results; the effects do the work.

mod tasks;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use play::State;
use play::action::{Action, Edit, MapAction};
use play::effect::AppEvent;
use play::error::AppError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, Event, File, FileList, HtmlElement, HtmlInputElement};

use crate::app::App;
use crate::dom;
use crate::effects::{exports, files, import_sorting, link};
use crate::view::View;
use tasks::{ImportTask, ImportTasks};

/// The most files of one import; more are probably a mistake.
const FILE_LIMIT: usize = 64;

/// How long a message stays over the map, in milliseconds: twice its reading time.
const REMARK_MS: i32 = 8000;

/// The panel. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct SharePanel(Rc<ShareControls>);

struct ShareControls {
    app: App,
    status: Element,
    import: HtmlElement,
    remove_imports: HtmlElement,
    remark: HtmlElement,
    /// The number of messages so far, so that the timer of an older one does not hide a newer one.
    remarks: Cell<u32>,
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
            status: root.element("share-status")?,
            import: root.element("bring")?,
            remove_imports: root.element("remove-imports")?,
            remark: root.element("remark")?,
            remarks: Cell::default(),
            tasks: RefCell::default(),
            unchecked_model: Cell::default(),
        }));
        panel.listen_to_exports()?;
        panel.listen_to_links()?;
        // Its button is in the panel Patch.
        panel.on_task_press("patch-find", |app, panel| async move {
            let found = app.executor().imports().find_patch(&app, &|sentence| panel.say(sentence)).await;
            found.unwrap_or_else(|sentence| sentence)
        })?;
        panel.on_task_press("remove-imports", |app, _| async move {
            app.executor().imports().remove_imports(&app).await
        })?;
        panel.listen_to_files()?;
        Ok(panel)
    }

    fn listen_to_exports(&self) -> Result<(), AppError> {
        self.on_press("take-patch", |app, _| async move { exports::patch(&app) })?;
        self.on_task_press("take-bank", |app, _| async move {
            match app.executor().imports().load_model(&app).await {
                Ok(()) => exports::bank(&app).await,
                Err(sentence) => sentence,
            }
        })?;
        self.on_press("take-recording", |app, panel| async move {
            panel.say(&app.language().writing_recording);
            exports::recording(&app).await
        })?;
        self.on_press("take-picture", |app, _| async move { exports::picture(&app).await })
    }

    /// On a press, runs work that changes no state, beside other tasks, and shows its message; ignores further
    /// presses of the same button meanwhile.
    fn on_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(App, Self) -> F + 'static,
    ) -> Result<(), AppError> {
        let (owned, is_working) = (self.clone(), Rc::new(Cell::new(false)));
        self.listen(&self.0.app.root().element(id)?, "click", move |_: Event| {
            if is_working.replace(true) {
                return;
            }
            let work = act(owned.0.app.clone(), owned.clone());
            let (owned, is_working) = (owned.clone(), Rc::clone(&is_working));
            spawn_local(async move {
                let sentence = work.await;
                if !sentence.is_empty() {
                    owned.say(&sentence);
                }
                is_working.set(false);
            });
        });
        Ok(())
    }

    /// On a press, runs a slow task, unless another one is running, and shows its message.
    fn on_task_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(App, Self) -> F + 'static,
    ) -> Result<(), AppError> {
        let owned = self.clone();
        self.listen(&self.0.app.root().element(id)?, "click", move |_: Event| {
            let begins = owned.0.tasks.borrow_mut().try_begin();
            if begins {
                owned.run(act(owned.0.app.clone(), owned.clone()));
            } else {
                owned.say(&owned.0.app.language().still_busy);
            }
        });
        Ok(())
    }

    fn listen<E: wasm_bindgen::JsCast + 'static>(
        &self,
        target: &web_sys::EventTarget,
        kind: &str,
        handle: impl FnMut(E) + 'static,
    ) {
        self.0.app.root().listen(target, kind, handle);
    }

    /// Runs a started task, then the next one.
    fn run(&self, work: impl Future<Output = String> + 'static) {
        let owned = self.clone();
        spawn_local(async move {
            let sentence = work.await;
            if !sentence.is_empty() {
                owned.say(&sentence);
            }
            let has_imports = owned.0.app.executor().imports().has_imports();
            dom::set_hidden(&owned.0.remove_imports, !has_imports, &owned.0.import);
            owned.0.tasks.borrow_mut().finish();
            owned.run_next();
        });
    }

    /// Starts the next waiting task, unless one is running.
    fn run_next(&self) {
        let Some(task) = self.0.tasks.borrow_mut().next() else { return };
        let owned = self.clone();
        self.run(async move {
            match task {
                ImportTask::GiveUpModel => owned.give_up_model().await,
                ImportTask::Import { restores, files } => {
                    let restored = if restores { owned.restore().await } else { String::new() };
                    let imported = owned.import(files).await;
                    join(&[restored, imported])
                }
            }
        });
    }

    /// Shows a message in the panel; over the map, too, if that part of the panel is not visible.
    fn say(&self, sentence: &str) {
        self.0.status.set_text_content(Some(sentence));
        let is_remark = !dom::is_in_view(&self.0.status) && !sentence.is_empty();
        self.0.remark.set_hidden(!is_remark);
        if is_remark {
            self.0.remark.set_text_content(Some(sentence));
            let number = self.0.remarks.get() + 1;
            self.0.remarks.set(number);
            let owned = self.clone();
            dom::after(REMARK_MS, move || {
                if owned.0.remarks.get() == number {
                    owned.0.remark.set_hidden(true);
                }
            });
        }
    }

    // ---- The link ----

    fn listen_to_links(&self) -> Result<(), AppError> {
        self.on_press("copy-link", |app, panel| async move {
            let (address, left_out) = panel.address();
            let language = app.language();
            let is_copied = link::copy(&address).await;
            let copied = if is_copied { &language.link_copied } else { &language.link_shown };
            format!("{copied}{}", language.left_out(left_out))
        })?;
        self.on_press("hand-on-link", |app, panel| async move {
            let (address, title) = (panel.address().0, app.language().link_title.clone());
            // Not awaited: the system's menu may never report that it was closed.
            spawn_local(async move { link::share(&address, &title).await });
            String::new()
        })?;
        let root = self.0.app.root();
        root.element::<HtmlElement>("hand-on-link")?.set_hidden(!link::can_share());
        // The host page's address is not ours to read or change.
        if !root.is_embedded() {
            self.open_link();
            let owned = self.clone();
            self.listen(&dom::window(), "hashchange", move |_: Event| owned.open_link());
        }
        Ok(())
    }

    fn address(&self) -> (String, usize) {
        let state = self.0.app.state();
        let model = state.library.known.as_ref().map_or(0, |known| link::model_number(&known.model));
        link::address(&state.shared_document(), state.map.layer as u8, model)
    }

    fn open_link(&self) {
        let Some(read) = link::in_address() else { return };
        let language = self.0.app.language();
        match read {
            Err(error) => {
                link::clear_address();
                self.say(&language.link_refused(&error));
            }
            Ok(sent) => {
                let layer = sent.layer.into();
                self.0.unchecked_model.set(Some(sent.model));
                self.0.app.dispatch(Action::Edit(Edit::OpenLink(Box::new(sent))));
                self.0.app.dispatch(Action::Map(MapAction::SetLayer(layer)));
            }
        }
    }

    /// Shows a message if a link was made with another model.
    fn check_model(&self, state: &State) {
        let (Some(sent), Some(known)) = (self.0.unchecked_model.get(), &state.library.known) else { return };
        self.0.unchecked_model.set(None);
        if sent != 0 && sent != link::model_number(&known.model) {
            self.say(&self.0.app.language().other_model);
        }
    }

    // ---- Imports ----

    fn listen_to_files(&self) -> Result<(), AppError> {
        let root = self.0.app.root();
        let chooser: HtmlInputElement = root.element("files")?;
        let opened = chooser.clone();
        self.listen(&self.0.import, "click", move |_: Event| opened.click());
        let (owned, source) = (self.clone(), chooser.clone());
        self.listen(&chooser, "change", move |_: Event| {
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
        if files.is_empty() {
            return;
        }
        self.say(&self.0.app.language().reading);
        self.0.tasks.borrow_mut().add_files(files);
        self.run_next();
    }

    async fn give_up_model(&self) -> String {
        let app = &self.0.app;
        let given_up = app.executor().imports().give_up_model(app, &|sentence| self.say(sentence)).await;
        given_up.err().unwrap_or_default()
    }

    async fn restore(&self) -> String {
        let app = &self.0.app;
        let restored = app.executor().imports().restore(app, &|sentence| self.say(sentence)).await;
        restored.err().unwrap_or_default()
    }

    async fn import(&self, files: Vec<File>) -> String {
        let (app, language) = (&self.0.app, self.0.app.language());
        let (mut received, mut sentences) = (Vec::new(), Vec::new());
        if files.len() > FILE_LIMIT {
            sentences.push(language.too_many(FILE_LIMIT));
        }
        for file in files.into_iter().take(FILE_LIMIT) {
            let limit = import_sorting::limit_bytes(&file.name());
            if file.size() > limit as f64 {
                sentences.push(language.too_large(&file.name(), limit));
            } else {
                match files::read(&file).await {
                    Some(read) => received.push(read),
                    None => sentences.push(language.unreadable(&file.name())),
                }
            }
        }
        if received.is_empty() {
            return join(&sentences);
        }
        let sorted = import_sorting::sort(received, language);
        sentences.extend(sorted.complaints);
        let (imports, report) = (app.executor().imports(), |sentence: &str| self.say(sentence));
        if let Some(model) = sorted.model {
            let imported = imports.import_model(app, model, &report).await;
            sentences.push(imported.unwrap_or_else(|sentence| sentence));
        }
        for bank in sorted.banks {
            let imported = imports.import_bank(app, bank, &report).await;
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
            self.say(&self.0.app.language().error(error));
        }
        if matches!(error, AppError::ModelRefused(_)) {
            self.0.tasks.borrow_mut().give_up_model();
            self.run_next();
        }
    }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let files =
        files.into_iter().flat_map(|files| (0..files.length()).filter_map(move |index| files.get(index)));
    files.collect()
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from("Files"), 0))
}

/// The non-empty messages as one text.
fn join(sentences: &[String]) -> String {
    let said: Vec<&str> =
        sentences.iter().map(String::as_str).filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}
