//! The tab Share: what a person takes away and brings along. The buttons are followed here; what they
//! do stands in `take`, `link` and `bring`.

mod bring;
mod link;
mod picture;
mod sort;
mod take;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use play::Link;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, Event, File, FileList, HtmlElement, HtmlInputElement};

use crate::analysis::AnalysisClient;
use crate::dom::{self, listen, window};
use crate::files;
use crate::page::Page;
use crate::recording::{Piece, Recorder};
use crate::strings::Language;
use crate::tabs::{Now, Tab};
use crate::trouble::Trouble;
use bring::Bringer;

/// The most files that are looked at in one go: more were hardly meant.
const FILE_LIMIT: usize = 64;

/// How long a sentence stays over the map, in milliseconds: twice what reading it takes.
const REMARK_MS: i32 = 8000;

/// The tab. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct Share(Rc<Parts>);

struct Parts {
    page: Page,
    language: Language,
    analysis: AnalysisClient,
    recorder: Recorder,
    bringer: Bringer,
    status: Element,
    bring: HtmlElement,
    send_away: HtmlElement,
    remark: HtmlElement,
    /// How many remarks there were: the newest one is not ended by an older one's time.
    said: Cell<u32>,
    /// Something is being made or read: a second press of a button waits for nobody.
    busy: Cell<bool>,
    /// What was brought meanwhile, drop by drop.
    waiting: RefCell<VecDeque<Vec<File>>>,
    /// Whether the sound has refused the model that was put to use meanwhile.
    gives_up: Cell<bool>,
    /// A link was opened before the map came, and with it the name of its model.
    unchecked_model: Cell<Option<u16>>,
    /// Whether what was brought in an earlier visit has been looked for.
    restored: Cell<bool>,
}

impl Share {
    /// Finds its elements, follows them from now on, and opens the link that the page came with.
    ///
    /// # Errors
    /// If the page lacks an element.
    pub fn build(page: &Page, analysis: &AnalysisClient, recorder: &Recorder) -> Result<Self, Trouble> {
        let share = Self(Rc::new(Parts {
            page: page.clone(),
            language: page.language(),
            analysis: analysis.clone(),
            recorder: recorder.clone(),
            bringer: Bringer::new(page, analysis),
            status: dom::element("share-status")?,
            bring: dom::element("bring")?,
            send_away: dom::element("send-away")?,
            remark: dom::element("remark")?,
            said: Cell::default(),
            busy: Cell::default(),
            waiting: RefCell::default(),
            gives_up: Cell::default(),
            unchecked_model: Cell::default(),
            restored: Cell::default(),
        }));
        share.on_reading_press("take-patch", |share| async move { take::patch(&share.0.page) })?;
        share.on_press("take-bank", |share| async move {
            match share.0.bringer.need_model().await {
                Ok(()) => take::bank(&share.0.page, &share.0.analysis).await,
                Err(sentence) => sentence,
            }
        })?;
        share.on_reading_press("take-recording", |share| async move {
            share.say(&share.0.language.writing_recording);
            take::recording(&share.0.page, &share.0.recorder).await
        })?;
        share.on_reading_press("take-picture", |share| async move { take::picture(&share.0.page).await })?;
        // Its button stands in the tab Patch, beside what was edited.
        share.on_press("patch-find", |share| async move {
            let found = share.0.bringer.find(&|sentence| share.say(sentence)).await;
            found.unwrap_or_else(|sentence| sentence)
        })?;
        share.on_reading_press("copy-link", |share| async move {
            let (address, left_out) = share.address();
            let language = &share.0.language;
            let copied =
                if link::copy(&address).await { &language.link_copied } else { &language.link_shown };
            format!("{copied}{}", language.left_out(left_out))
        })?;
        share.on_reading_press("hand-on-link", |share| async move {
            let (address, title) = (share.address().0, share.0.language.link_title.clone());
            // Not waited for: a system's own menu may never say that it was closed.
            spawn_local(async move { link::hand_on(&address, &title).await });
            String::new()
        })?;
        dom::element::<HtmlElement>("hand-on-link")?.set_hidden(!link::can_hand_on());
        share.on_press("send-away", |share| async move { share.0.bringer.send_away().await })?;
        share.follow_files()?;
        share.open_link();
        let owned = share.clone();
        listen(&window(), "hashchange", move |_: Event| owned.open_link());
        Ok(share)
    }

    /// Does something at a press that only reads, whatever else is being done, and shows its sentence. Each button
    /// waits for itself alone.
    fn on_reading_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(Self) -> F + 'static,
    ) -> Result<(), Trouble> {
        let (owned, reads) = (self.clone(), Rc::new(Cell::new(false)));
        listen(&dom::element(id)?, "click", move |_: Event| {
            if reads.replace(true) {
                return;
            }
            let (owned, work, reads) = (owned.clone(), act(owned.clone()), Rc::clone(&reads));
            spawn_local(async move {
                let sentence = work.await;
                if !sentence.is_empty() {
                    owned.say(&sentence);
                }
                reads.set(false);
            });
        });
        Ok(())
    }

    /// Does something slow at a press and shows its sentence, once at a time.
    fn on_press<F: Future<Output = String> + 'static>(
        &self,
        id: &'static str,
        act: impl Fn(Self) -> F + 'static,
    ) -> Result<(), Trouble> {
        let owned = self.clone();
        listen(&dom::element(id)?, "click", move |_: Event| {
            if owned.0.busy.get() {
                return owned.say(&owned.0.language.still_busy);
            }
            owned.begin(act(owned.clone()));
        });
        Ok(())
    }

    fn begin(&self, work: impl Future<Output = String> + 'static) {
        if self.0.busy.replace(true) {
            return;
        }
        let owned = self.clone();
        spawn_local(async move {
            let sentence = work.await;
            if !sentence.is_empty() {
                owned.say(&sentence);
            }
            dom::set_hidden(&owned.0.send_away, !owned.0.bringer.has_brought(), &owned.0.bring);
            owned.0.busy.set(false);
            owned.take_waiting();
        });
    }

    /// Shows a sentence in the tab; over the map, too, where that place of the tab is not seen.
    fn say(&self, sentence: &str) {
        self.0.status.set_text_content(Some(sentence));
        let unseen = !dom::is_in_view(&self.0.status) && !sentence.is_empty();
        self.0.remark.set_hidden(!unseen);
        if unseen {
            self.0.remark.set_text_content(Some(sentence));
            let said = self.0.said.get() + 1;
            self.0.said.set(said);
            let owned = self.clone();
            dom::after(REMARK_MS, move || {
                if owned.0.said.get() == said {
                    owned.0.remark.set_hidden(true);
                }
            });
        }
    }

    // ---- The link ----

    fn address(&self) -> (String, usize) {
        let layer = self.0.page.with_pad(|pad| pad.layer()) as u8;
        link::address(&self.0.page.state(), layer, self.model().unwrap_or(0))
    }

    /// The number of the model that plays, once it is known.
    fn model(&self) -> Option<u16> {
        self.0.page.known().map(|known| link::model_number(&known.model))
    }

    fn open_link(&self) {
        match link::in_address() {
            None => {}
            Some(Err(error)) => {
                link::clear_address();
                self.say(&self.0.language.link_refused(&error));
            }
            Some(Ok(Link { state: sent, layer, model })) => {
                link::clear_address();
                self.0.page.change(|state| {
                    (state.place, state.patch, state.notes) = (sent.place, sent.patch, sent.notes);
                    sent.landmarks.all().iter().for_each(|landmark| state.landmarks.take(landmark));
                });
                self.0.page.with_pad(|pad| pad.set_layer(layer.into()));
                self.0.unchecked_model.set(Some(model));
                self.say(&self.0.language.link_opened);
            }
        }
    }

    // ---- Files ----

    fn follow_files(&self) -> Result<(), Trouble> {
        let chooser: HtmlInputElement = dom::element("files")?;
        let pressed = chooser.clone();
        listen(&self.0.bring, "click", move |_: Event| pressed.click());
        let (owned, source) = (self.clone(), chooser.clone());
        listen(&chooser, "change", move |_: Event| {
            owned.bring(list(source.files()));
            // The same file may be chosen again.
            source.set_value("");
        });
        for kind in ["dragenter", "dragover"] {
            listen(&window(), kind, |event: DragEvent| {
                if carries_files(&event) {
                    event.prevent_default();
                    dom::set_root_data("dragging", "files");
                }
            });
        }
        listen(&window(), "dragleave", |event: DragEvent| {
            // Only when the pointer leaves the window; it leaves elements all the time.
            if event.related_target().is_none() {
                dom::set_root_data("dragging", "");
            }
        });
        let owned = self.clone();
        listen(&window(), "drop", move |event: DragEvent| {
            dom::set_root_data("dragging", "");
            if carries_files(&event) {
                event.prevent_default();
                owned.bring(list(event.data_transfer().and_then(|transfer| transfer.files())));
            }
        });
        Ok(())
    }

    fn bring(&self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        self.say(&self.0.language.reading);
        self.0.waiting.borrow_mut().push_back(files);
        self.take_waiting();
    }

    fn take_waiting(&self) {
        if self.0.busy.get() {
            return;
        }
        let owned = self.clone();
        if self.0.gives_up.take() {
            return self.begin(async move {
                let given_up = owned.0.bringer.give_up_model(&|sentence| owned.say(sentence)).await;
                given_up.err().unwrap_or_default()
            });
        }
        let Some(files) = self.0.waiting.borrow_mut().pop_front() else { return };
        self.begin(async move {
            // What is brought now comes after what was brought then.
            let restored =
                if owned.0.page.presets().is_some() { owned.restore().await } else { String::new() };
            let taken = owned.take_in(files).await;
            if restored.is_empty() { taken } else { format!("{restored} {taken}") }
        });
    }

    /// What was brought in an earlier visit is there again; once.
    async fn restore(&self) -> String {
        if self.0.restored.replace(true) {
            return String::new();
        }
        let restored = self.0.bringer.restore(&|sentence| self.say(sentence)).await;
        restored.err().unwrap_or_default()
    }

    async fn take_in(&self, files: Vec<File>) -> String {
        let (mut brought, mut sentences) = (Vec::new(), Vec::new());
        if files.len() > FILE_LIMIT {
            sentences.push(self.0.language.too_many(FILE_LIMIT));
        }
        for file in files.into_iter().take(FILE_LIMIT) {
            let limit = sort::limit_bytes(&file.name());
            if file.size() > limit as f64 {
                sentences.push(self.0.language.too_large(&file.name(), limit));
            } else {
                match files::read(&file).await {
                    Some(read) => brought.push(read),
                    None => sentences.push(self.0.language.unreadable(&file.name())),
                }
            }
        }
        if brought.is_empty() {
            return sentences.join(" ");
        }
        let sorted = sort::sort(brought, &self.0.language);
        sentences.extend(sorted.complaints);
        let tell = |sentence: &str| self.say(sentence);
        if let Some(model) = sorted.model {
            let taken = self.0.bringer.model(model, &tell).await;
            sentences.push(taken.unwrap_or_else(|sentence| sentence));
        }
        for bank in sorted.banks {
            sentences.push(self.0.bringer.bank(bank, &tell).await.unwrap_or_else(|sentence| sentence));
        }
        sentences.join(" ")
    }
}

impl Tab for Share {
    fn show(&mut self, now: &Now<'_>) {
        if now.known.is_some() && now.has_presets && !self.0.restored.get() && !self.0.busy.get() {
            let owned = self.clone();
            // Not now: the page is telling.
            dom::after(0, move || owned.clone().begin(async move { owned.restore().await }));
        }
        let (Some(sent), Some(known)) = (self.0.unchecked_model.get(), now.known) else { return };
        self.0.unchecked_model.set(None);
        if sent != 0 && sent != link::model_number(&known.model) {
            self.say(&self.0.language.other_model);
        }
    }

    fn take_piece(&mut self, piece: &Piece) {
        self.0.recorder.take(piece);
    }

    fn report(&mut self, trouble: &Trouble) {
        if trouble.is_minor() {
            self.say(&self.0.language.trouble(trouble));
        }
        if matches!(trouble, Trouble::ModelRefused(_)) {
            self.0.gives_up.set(true);
            let owned = self.clone();
            // Not now: the page is telling.
            dom::after(0, move || owned.take_waiting());
        }
    }
}

fn list(files: Option<FileList>) -> Vec<File> {
    let files =
        files.into_iter().flat_map(|files| (0..files.length()).filter_map(move |index| files.get(index)));
    files.collect()
}

fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&JsValue::from("Files"), 0))
}
