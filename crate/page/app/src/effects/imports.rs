//! Executes imports: presets and banks become dots on the map, a model plays in place of the page's own until the
//! imports are removed; the next visit restores them. Each step returns the message to show. Changes no state itself:
//! it dispatches actions.

use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use patch::Patch;
use plane::{Coordinates, Point, Presets};
use play::Imports;
use play::action::{Action, Edit, LoadAction, SoundAction};
use play::compare::Location;
use play::imported_rows::{self, SortedBank};
use play::imports::{ImportedBank, ImportedModel};

use crate::app::{App, RunningJob};
use crate::effects::import_store::RecordUnavailable;
use crate::effects::imported_files::{ImportedFiles, OwnLibrary};
use crate::effects::{import_steps, import_store};

/// The largest import whose presets are also placed by perceptual search, which takes about a second each. A whole
/// bank would take minutes; its presets stay where the encoder places them.
const SEARCH_LIMIT: usize = 8;

/// Imports files into what the executor keeps of them.
#[derive(Clone, Copy)]
pub struct Importer<'a> {
    app: &'a App,
    files: &'a ImportedFiles,
}

impl<'a> Importer<'a> {
    /// The importer of an app.
    pub fn new(app: &'a App) -> Self {
        Self { app, files: app.executor().imported_files() }
    }

    /// The imported decoder, from this visit or an earlier one, that a new sound must load; none: the page's own.
    pub async fn decoder_for_start(&self) -> Option<ArrayBuffer> {
        let is_wanted =
            !self.app.state().page.is_embedded && import_steps::refusal(&self.app.state()).is_none();
        if is_wanted && self.files.decoder().is_none() {
            let model = import_store::read().await.ok()??.model?;
            // An import or a rejection in the meantime takes precedence.
            if self.files.decoder().is_none() && import_steps::refusal(&self.app.state()).is_none() {
                self.files.decoder.replace(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
                self.app.dispatch(Action::Sound(SoundAction::DecoderImported(true)));
            }
        }
        self.files.decoder()
    }

    /// Plays another decoder; none: the page's own.
    fn set_decoder(&self, bytes: Option<&[u8]>) {
        let decoder = bytes.map(|bytes| Uint8Array::from(bytes).buffer());
        let is_imported = decoder.is_some();
        let was_imported = std::mem::replace(&mut *self.files.decoder.borrow_mut(), decoder).is_some();
        self.app.dispatch(Action::Sound(SoundAction::DecoderImported(is_imported)));
        if is_imported || was_imported {
            self.app.dispatch(Action::Load(LoadAction::Begin));
        }
    }

    /// Loads the model that plays into the worker.
    ///
    /// # Errors
    /// The message to show; none if a task has begun or ended meanwhile that may change the model.
    pub async fn load_model(&self) -> Result<(), String> {
        let analysis = self.app.executor().analysis();
        if analysis.has_model() && !self.files.is_worker_outdated.get() {
            return Ok(());
        }
        let imported = self.files.imports.borrow().model.clone();
        let is_own = imported.is_none();
        let turn = self.files.turns.get();
        let [encoder, decoder] = match imported {
            Some(ImportedModel { encoder, decoder, .. }) => [encoder, decoder],
            None => import_steps::own_networks(self.app.executor().assets(), self.app.language()).await?,
        };
        if self.files.turns.get() != turn {
            return Err(String::new());
        }
        let loaded = analysis.load_model(&encoder, &decoder).await;
        if loaded.is_err() && is_own {
            // The page's own model is valid, so the transfer has damaged it.
            self.app.executor().assets().distrust();
        }
        if self.files.turns.get() == turn {
            self.files.is_worker_outdated.set(loaded.is_err());
        }
        loaded
    }

    /// Puts the presets of a file on the map, and persists new ones; plays a single preset at its point. `report` gets
    /// progress messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn import_bank(&self, bank: ImportedBank, report: &dyn Fn(&str)) -> Result<String, String> {
        let count = self.files.imports.borrow().banks.len();
        let placed = self.place_bank(bank, true, report).await?;
        // A bank that is on the map already adds nothing to the record, unless the record lacks it.
        let is_new = self.files.imports.borrow().banks.len() > count;
        Ok(if is_new || self.files.has_unsaved.get() { placed + self.persist(None).await } else { placed })
    }

    /// Places the presets that are not known by the encoder and then, up to [`SEARCH_LIMIT`], by perceptual search.
    async fn place_bank(
        &self,
        bank: ImportedBank,
        goes_there: bool,
        report: &dyn Fn(&str),
    ) -> Result<String, String> {
        let language = self.app.language();
        let (known, presets) = library(self.app)?;
        // Whoever chooses another instrument meanwhile stays there.
        let goes_there = || goes_there && bank.presets.len() == 1 && self.app.state().is_amsynth();
        let SortedBank { fresh, rows } = imported_rows::sorted(&known, &presets, &bank);
        if let Some(&row) = rows.first().filter(|_| goes_there()) {
            self.app.dispatch(Action::Edit(Edit::GoToPreset(row)));
            return Ok(language.known_preset(&bank.presets[0].name, &known.name[row], known.bank_of(row)));
        }
        let Some(bank) = fresh else { return Ok(language.known_bank(&bank.name)) };
        self.load_model().await?;
        self.remember_own()?;
        let patches: Vec<Patch> = bank.presets.iter().map(|preset| preset.patch).collect();
        let job = RunningJob::begin(self.app, &language.placing(&bank.name), true);
        let step = steps(self.app, &job, report);
        let mut points =
            import_steps::encode(self.app.executor().analysis(), language, &patches, &step).await?;
        let count = bank.presets.len();
        if count <= SEARCH_LIMIT {
            for (number, preset) in bank.presets.iter().enumerate() {
                // Stopped, or without a worker, the others stay where the encoder has placed them.
                if !step(number, count) {
                    break;
                }
                let start = points[number].into();
                let analysis = self.app.executor().analysis();
                let Ok(found) = analysis.search_nearby(preset.patch.values(), start).await else { break };
                points[number] = Point::on_plane(found[0], found[1]);
            }
        }
        // Not before: whoever goes to a preset would stand beside it as soon as it moved.
        let (known, presets) = library(self.app)?;
        let first = known.len();
        self.show_library(imported_rows::with_bank(&known, &presets, &bank, &points));
        // Each bank on the map is among the imports, in the same order.
        self.files.imports.borrow_mut().banks.push(bank.clone());
        let goes_there = goes_there();
        if goes_there {
            self.app.dispatch(Action::Edit(Edit::GoToPreset(first)));
        }
        let name = if goes_there { bank.presets[0].name.trim() } else { bank.name.as_str() };
        Ok(language.placed(name, if goes_there { None } else { Some(count) }, rows.len()))
    }

    /// Finds the point where the map sounds most like the current patch, and goes there with it. `report` gets
    /// progress messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn find_patch(&self, report: &dyn Fn(&str)) -> Result<String, String> {
        let language = self.app.language();
        let heard = || self.app.state().heard_patch();
        let Some(patch) = heard() else { return Err(language.no_patch.clone()) };
        report(&language.listening(1));
        let job = RunningJob::begin(self.app, &language.finding, true);
        self.load_model().await?;
        let analysis = self.app.executor().analysis();
        let placed = analysis.encode(patch.values()).await?;
        let found = analysis.search_nearby(patch.values(), [placed[0], placed[1]]).await?;
        if job.is_stopping() {
            return Err(language.stopped.clone());
        }
        // If the current patch has changed meanwhile, the current point stays.
        if heard() != Some(patch) {
            return Err(language.stopped.clone());
        }
        go_to(self.app, Point::on_plane(found[0], found[1]), patch);
        Ok(language.found_on_map(found[2]))
    }

    /// Plays a model in place of the current one, and persists it. `report` gets progress messages, since the model
    /// places every preset of the map again.
    ///
    /// # Errors
    /// The message to show; the current model keeps playing.
    pub async fn import_model(&self, model: ImportedModel, report: &dyn Fn(&str)) -> Result<String, String> {
        self.use_model(model, report).await?;
        Ok(self.app.language().model_plays.clone() + self.persist(None).await)
    }

    async fn use_model(&self, model: ImportedModel, report: &dyn Fn(&str)) -> Result<(), String> {
        self.remember_own()?;
        let map = import_steps::read_map(&model, self.app.language())?;
        // Until every step has succeeded, the worker's model differs from the one that plays.
        self.files.is_worker_outdated.set(true);
        self.app.executor().analysis().load_model(&model.encoder, &model.decoder).await?;
        encode_presets(self.app, report).await?;
        self.files.is_worker_outdated.set(false);
        self.app.dispatch(Action::Load(LoadAction::Map(map)));
        self.set_decoder(Some(&model.decoder));
        self.files.imports.borrow_mut().model = Some(model);
        Ok(())
    }

    /// Restores what was imported in an earlier visit; the page's own map must be loaded. `report` gets progress
    /// messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn restore(&self, report: &dyn Fn(&str)) -> Result<(), String> {
        let persisted = match import_store::read().await {
            Ok(Some(persisted)) => persisted,
            Ok(None) => return Ok(()),
            Err(RecordUnavailable) => return Err(self.app.language().imports_late.clone()),
        };
        self.remember_own()?;
        let (known, presets) = library(self.app)?;
        let restored = imported_rows::restored(&known, &presets, &persisted);
        let Some(restored) = restored.filter(|_| import_steps::refusal(&self.app.state()).is_none()) else {
            return self.restore_anew(persisted, report).await;
        };
        if let Some(model) = &persisted.model {
            self.app
                .dispatch(Action::Load(LoadAction::Map(import_steps::read_map(model, self.app.language())?)));
            if self.files.decoder().is_none() {
                self.set_decoder(Some(&model.decoder));
            }
        }
        self.show_library(restored);
        self.files.imports.replace(persisted);
        self.files.is_worker_outdated.set(true);
        Ok(())
    }

    /// Restores imports whose persisted points no longer apply, or only some of them. Imports that cannot be restored
    /// stay persisted.
    async fn restore_anew(&self, persisted: Imports, report: &dyn Fn(&str)) -> Result<(), String> {
        let refusal = import_steps::refusal(&self.app.state());
        let mut outcome = match (persisted.model, refusal) {
            (None, _) => Ok(()),
            (Some(_), Some(reason)) => Err(self.app.language().refused(&reason)),
            (Some(model), None) => self.use_model(model, report).await,
        };
        for bank in persisted.banks {
            // Whatever is missing (a network, the worker) is missing for the next bank, too.
            if let Err(sentence) = self.place_bank(bank, false, report).await {
                outcome = outcome.and(Err(sentence));
                break;
            }
        }
        self.files.has_unusable.set(outcome.is_err());
        if outcome.is_ok() {
            self.persist(None).await;
        }
        outcome
    }

    /// Replaces a model that the sound rejects by the page's own map and model, with the imported banks. The
    /// persisted imports stay.
    ///
    /// # Errors
    /// The message to show.
    pub async fn give_up_model(&self, report: &dyn Fn(&str)) -> Result<(), String> {
        if self.files.imports.borrow().model.is_none() {
            return Ok(());
        }
        let imports = self.files.imports.take();
        self.show_own();
        self.restore_anew(imports, report).await
    }

    /// Persists all imports for the next visit, without a bank that is removed; returns a message if that fails.
    async fn persist(&self, removed: Option<&ImportedBank>) -> &'a str {
        let imports = {
            let mut imports = self.files.imports.borrow_mut();
            let known = self.app.state().amsynth_library().known.clone();
            if let (Some(own), Some(known)) = (&*self.files.own.borrow(), known) {
                imports.page_model.clone_from(&own.known.model);
                imports.points = known.x.iter().zip(&known.y).map(|(&x, &y)| [x, y]).collect();
            }
            imports.clone()
        };
        let is_kept = import_store::write(imports, removed).await;
        self.files.has_unsaved.set(!is_kept);
        match removed {
            _ if is_kept => "",
            None => &self.app.language().not_kept,
            // An import that was never persisted cannot return.
            Some(_) if !import_store::is_any() => "",
            Some(_) => &self.app.language().not_removed,
        }
    }

    /// Removes an imported bank, by its position among them.
    ///
    /// # Errors
    /// The message to show.
    pub async fn remove_bank(&self, position: usize) -> Result<String, String> {
        let (known, presets) = library(self.app)?;
        let own_banks =
            self.files.own.borrow().as_ref().map_or(known.banks.len(), |own| own.known.banks.len());
        if position >= self.files.imports.borrow().banks.len() {
            return Ok(String::new());
        }
        let removed = self.files.imports.borrow_mut().banks.remove(position);
        self.show_library(imported_rows::without_bank(&known, &presets, own_banks + position));
        Ok(self.app.language().bank_removed(&removed.name) + self.persist(Some(&removed)).await)
    }

    /// Removes all imports: the page's own model plays, its own presets are on the map.
    pub async fn remove_imports(&self) -> String {
        self.files.imports.take();
        self.files.has_unusable.set(false);
        self.files.has_unsaved.set(false);
        import_store::clear().await;
        self.show_own();
        self.set_decoder(None);
        self.app.language().ours_plays.clone()
    }

    fn remember_own(&self) -> Result<(), String> {
        if self.files.own.borrow().is_none() {
            let (known, presets) = library(self.app)?;
            let map = self.app.state().amsynth_library().map.clone();
            self.files.own.replace(Some(OwnLibrary { known, presets, map }));
        }
        Ok(())
    }

    fn show_library(&self, (known, presets): (Coordinates, Presets)) {
        let own_rows = self.files.own.borrow().as_ref().map(|own| own.known.len());
        let own_rows = own_rows.filter(|&own_rows| own_rows < known.len());
        self.app.dispatch(Action::Load(LoadAction::Library(Rc::new(known), Rc::new(presets), own_rows)));
    }

    fn show_own(&self) {
        if let Some(OwnLibrary { known, presets, map }) = self.files.own.take() {
            self.app.dispatch(Action::Load(LoadAction::Library(known, presets, None)));
            self.app.dispatch(Action::Load(LoadAction::Map(map)));
            self.files.is_worker_outdated.set(true);
        }
    }
}

/// The known patches with their values.
fn library(app: &App) -> Result<(Rc<Coordinates>, Rc<Presets>), String> {
    let state = app.state();
    let play::library::Library { known, presets, .. } = state.amsynth_library();
    known.clone().zip(presets.clone()).ok_or_else(|| app.language().no_map.clone())
}

fn go_to(app: &App, point: Point, patch: Patch) {
    app.dispatch(Action::Edit(Edit::GoTo(Location { patch: Some(Box::new(patch)), ..point.into() })));
}

/// Places all presets of the map again, by the worker's encoder.
async fn encode_presets(app: &App, report: &dyn Fn(&str)) -> Result<(), String> {
    let (known, presets) = library(app)?;
    let job = RunningJob::begin(app, &app.language().placing_all, true);
    let step = steps(app, &job, report);
    let points = import_steps::encode(app.executor().analysis(), app.language(), presets.all(), step).await?;
    let known = Rc::new(imported_rows::with_points(&known, &points));
    app.dispatch(Action::Load(LoadAction::Known(known)));
    Ok(())
}

/// Reports that a job begins, once: what is reported is spoken, and the job's line has the numbers. Returns whether it
/// goes on.
fn steps(app: &App, job: &RunningJob, report: &dyn Fn(&str)) -> impl Fn(usize, usize) -> bool {
    |done, all| {
        if done == 0 {
            report(&app.language().listening(all));
        }
        job.goes_on(done, all)
    }
}
