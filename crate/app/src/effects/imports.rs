//! Executes imports: presets and banks become dots on the map, a model plays in place of the page's own until the
//! imports are removed; the next visit restores them. Each step returns the message to show. Changes no state itself:
//! it dispatches actions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use patch::{Patch, Preset};
use plane::{Coordinates, Map, Point, Presets};
use play::Imports;
use play::action::{Action, Edit, LoadAction, SoundAction};
use play::compare::Location;
use play::imported_rows::{self, SortedBank};
use play::imports::{ImportedBank, ImportedModel};

use crate::app::{App, RunningJob};
use crate::effects::{import_steps, import_store};

/// The largest import whose presets are also placed by perceptual search, which takes about a second each. A whole
/// bank would take minutes; its presets stay where the encoder places them.
const SEARCH_LIMIT: usize = 8;

/// Imports files and keeps what is imported.
#[derive(Default)]
pub struct Importer {
    /// The page's own known patches, to restore later; none before the first import.
    own: RefCell<Option<OwnLibrary>>,
    /// The imported banks and model.
    imports: RefCell<Imports>,
    /// The decoder that plays in place of the page's own.
    imported_decoder: RefCell<Option<ArrayBuffer>>,
    /// Whether the worker's model differs from the one that plays.
    is_worker_outdated: Cell<bool>,
    /// Whether some persisted imports could not be restored.
    has_unusable: Cell<bool>,
}

struct OwnLibrary {
    known: Rc<Coordinates>,
    presets: Rc<Presets>,
    map: Option<Rc<Map>>,
}

impl Importer {
    /// The imported decoder, unless the sound has rejected it.
    pub fn decoder(&self) -> Option<ArrayBuffer> {
        self.imported_decoder.borrow().clone()
    }

    /// The imported decoder, from this visit or an earlier one, that a new sound must load; none: the page's own.
    pub async fn decoder_for_start(&self, app: &App) -> Option<ArrayBuffer> {
        let is_wanted = !app.state().is_embedded && import_steps::refusal(&app.state()).is_none();
        if is_wanted && self.decoder().is_none() {
            let model = import_store::read().await.ok()??.model?;
            // An import or a rejection in the meantime takes precedence.
            if self.decoder().is_none() && import_steps::refusal(&app.state()).is_none() {
                self.imported_decoder.replace(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
                app.dispatch(Action::Sound(SoundAction::DecoderImported(true)));
            }
        }
        self.decoder()
    }

    /// Drops the imported decoder, which the sound rejects: the next sound loads the page's own.
    pub fn drop_decoder(&self) {
        self.imported_decoder.take();
    }

    /// Plays another decoder; none: the page's own.
    fn set_decoder(&self, app: &App, bytes: Option<&[u8]>) {
        let decoder = bytes.map(|bytes| Uint8Array::from(bytes).buffer());
        let is_imported = decoder.is_some();
        let was_imported = std::mem::replace(&mut *self.imported_decoder.borrow_mut(), decoder).is_some();
        app.dispatch(Action::Sound(SoundAction::DecoderImported(is_imported)));
        if is_imported || was_imported {
            app.dispatch(Action::Load(LoadAction::Begin));
        }
    }

    /// Loads the model that plays into the worker.
    ///
    /// # Errors
    /// The message to show.
    pub async fn load_model(&self, app: &App) -> Result<(), String> {
        let analysis = app.executor().analysis();
        if analysis.has_model() && !self.is_worker_outdated.get() {
            return Ok(());
        }
        let imported = self.imports.borrow().model.clone();
        let is_own = imported.is_none();
        let [encoder, decoder] = match imported {
            Some(ImportedModel { encoder, decoder, .. }) => [encoder, decoder],
            None => import_steps::own_networks(app.executor().assets(), app.language()).await?,
        };
        let loaded = analysis.load_model(&encoder, &decoder).await;
        if loaded.is_err() && is_own {
            // The page's own model is valid, so the transfer has damaged it.
            app.executor().assets().distrust();
        }
        self.is_worker_outdated.set(loaded.is_err());
        loaded
    }

    /// Puts the presets of a file on the map, and persists them; plays a single preset at its point. `report` gets
    /// progress messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn import_bank(
        &self,
        app: &App,
        bank: ImportedBank,
        report: &dyn Fn(&str),
    ) -> Result<String, String> {
        let placed = self.place_bank(app, bank, true, report).await?;
        Ok(placed + self.persist(app).await)
    }

    /// Places the presets that are not known by the encoder and then, up to [`SEARCH_LIMIT`], by perceptual search.
    async fn place_bank(
        &self,
        app: &App,
        bank: ImportedBank,
        goes_there: bool,
        report: &dyn Fn(&str),
    ) -> Result<String, String> {
        let language = app.language();
        let (known, presets) = library(app)?;
        let goes_there = goes_there && bank.presets.len() == 1;
        let SortedBank { fresh, rows } = imported_rows::sorted(&known, &presets, &bank);
        if let Some(&row) = rows.first().filter(|_| goes_there) {
            app.dispatch(Action::Edit(Edit::GoToPreset(row)));
            return Ok(language.known_preset(&bank.presets[0].name, &known.name[row], known.bank_of(row)));
        }
        let Some(bank) = fresh else { return Ok(language.known_bank(&bank.name)) };
        self.load_model(app).await?;
        self.remember_own(app)?;
        let patches: Vec<Patch> = bank.presets.iter().map(|preset| preset.patch).collect();
        let job = RunningJob::begin(app, &language.placing(&bank.name), true);
        let step = steps(app, &job, report);
        let mut points = import_steps::encode(app.executor().analysis(), language, &patches, &step).await?;
        let (known, presets) = library(app)?;
        let first = known.len();
        self.show_library(app, imported_rows::with_bank(&known, &presets, &bank, &points));
        if goes_there {
            app.dispatch(Action::Edit(Edit::GoToPreset(first)));
        }
        let count = bank.presets.len();
        if count <= SEARCH_LIMIT {
            for (number, preset) in bank.presets.iter().enumerate() {
                // Stopped, the others stay where the encoder has placed them.
                if !step(number, count) {
                    break;
                }
                let start = points[number].into();
                let found = app.executor().analysis().search_nearby(preset.patch.values(), start).await?;
                points[number] = Point::on_plane(found[0], found[1]);
                move_preset(app, first + number, points[number]);
            }
            if let [Preset { patch, .. }] = bank.presets.as_slice() {
                follow_preset(app, patch, points[0]);
            }
        }
        let name = if goes_there { bank.presets[0].name.trim() } else { bank.name.as_str() };
        let sentence = language.placed(name, if goes_there { None } else { Some(count) }, rows.len());
        self.imports.borrow_mut().banks.push(bank);
        Ok(sentence)
    }

    /// Finds the point where the map sounds most like the current patch, and goes there with it. `report` gets
    /// progress messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn find_patch(&self, app: &App, report: &dyn Fn(&str)) -> Result<String, String> {
        let language = app.language();
        let heard = || app.state().heard_patch();
        let Some(patch) = heard() else { return Err(language.no_map.clone()) };
        report(&language.listening(0, 1));
        let job = RunningJob::begin(app, &language.finding, true);
        self.load_model(app).await?;
        let analysis = app.executor().analysis();
        let placed = analysis.encode(patch.values()).await?;
        let found = analysis.search_nearby(patch.values(), [placed[0], placed[1]]).await?;
        if job.is_stopping() {
            return Err(language.stopped.clone());
        }
        // If the current patch has changed meanwhile, the current point stays.
        if heard() == Some(patch) {
            go_to(app, Point::on_plane(found[0], found[1]), patch);
        }
        Ok(language.found_on_map(found[2]))
    }

    /// Plays a model in place of the current one, and persists it. `report` gets progress messages, since the model
    /// places every preset of the map again.
    ///
    /// # Errors
    /// The message to show; the current model keeps playing.
    pub async fn import_model(
        &self,
        app: &App,
        model: ImportedModel,
        report: &dyn Fn(&str),
    ) -> Result<String, String> {
        self.use_model(app, model, report).await?;
        Ok(app.language().model_plays.clone() + self.persist(app).await)
    }

    async fn use_model(&self, app: &App, model: ImportedModel, report: &dyn Fn(&str)) -> Result<(), String> {
        self.remember_own(app)?;
        let map = import_steps::read_map(&model, app.language())?;
        // Until every step has succeeded, the worker's model differs from the one that plays.
        self.is_worker_outdated.set(true);
        app.executor().analysis().load_model(&model.encoder, &model.decoder).await?;
        encode_presets(app, report).await?;
        self.is_worker_outdated.set(false);
        app.dispatch(Action::Load(LoadAction::Map(map)));
        self.set_decoder(app, Some(&model.decoder));
        self.imports.borrow_mut().model = Some(model);
        Ok(())
    }

    /// Restores what was imported in an earlier visit; the page's own map must be loaded. `report` gets progress
    /// messages.
    ///
    /// # Errors
    /// The message to show.
    pub async fn restore(&self, app: &App, report: &dyn Fn(&str)) -> Result<(), String> {
        let Ok(Some(persisted)) = import_store::read().await else { return Ok(()) };
        self.remember_own(app)?;
        let (known, presets) = library(app)?;
        let restored = imported_rows::restored(&known, &presets, &persisted);
        let Some(restored) = restored.filter(|_| import_steps::refusal(&app.state()).is_none()) else {
            return self.restore_anew(app, persisted, report).await;
        };
        if let Some(model) = &persisted.model {
            app.dispatch(Action::Load(LoadAction::Map(import_steps::read_map(model, app.language())?)));
            if self.decoder().is_none() {
                self.set_decoder(app, Some(&model.decoder));
            }
        }
        self.show_library(app, restored);
        self.imports.replace(persisted);
        self.is_worker_outdated.set(true);
        Ok(())
    }

    /// Restores imports whose persisted points no longer apply, or only some of them. What cannot be restored stays
    /// persisted.
    async fn restore_anew(&self, app: &App, persisted: Imports, report: &dyn Fn(&str)) -> Result<(), String> {
        let refusal = import_steps::refusal(&app.state());
        let mut outcome = match (persisted.model, refusal) {
            (None, _) => Ok(()),
            (Some(_), Some(reason)) => Err(app.language().refused(&reason)),
            (Some(model), None) => self.use_model(app, model, report).await,
        };
        for bank in persisted.banks {
            // Whatever is missing (a network, the worker) is missing for the next bank, too.
            if let Err(sentence) = self.place_bank(app, bank, false, report).await {
                outcome = outcome.and(Err(sentence));
                break;
            }
        }
        self.has_unusable.set(outcome.is_err());
        if outcome.is_ok() {
            self.persist(app).await;
        }
        outcome
    }

    /// Replaces a model that the sound rejects by the page's own map and model, with the imported banks. The
    /// persisted imports stay.
    ///
    /// # Errors
    /// The message to show.
    pub async fn give_up_model(&self, app: &App, report: &dyn Fn(&str)) -> Result<(), String> {
        if self.imports.borrow().model.is_none() {
            return Ok(());
        }
        let imports = self.imports.take();
        self.show_own(app);
        self.restore_anew(app, imports, report).await
    }

    /// Persists all imports for the next visit; returns a message if that fails.
    async fn persist<'a>(&self, app: &'a App) -> &'a str {
        let imports = {
            let mut imports = self.imports.borrow_mut();
            let known = app.state().amsynth_library().known.clone();
            if let (Some(own), Some(known)) = (&*self.own.borrow(), known) {
                imports.page_model.clone_from(&own.known.model);
                imports.points = known.x.iter().zip(&known.y).map(|(&x, &y)| [x, y]).collect();
            }
            imports.clone()
        };
        if import_store::write(imports).await { "" } else { &app.language().not_kept }
    }

    /// Whether there are imports to remove.
    pub fn has_imports(&self) -> bool {
        self.has_unusable.get() || !self.imports.borrow().is_empty()
    }

    /// Removes an imported bank, by its position among them.
    ///
    /// # Errors
    /// The message to show.
    pub async fn remove_bank(&self, app: &App, position: usize) -> Result<String, String> {
        let (known, presets) = library(app)?;
        let own_banks = self.own.borrow().as_ref().map_or(known.banks.len(), |own| own.known.banks.len());
        if position >= self.imports.borrow().banks.len() {
            return Ok(String::new());
        }
        let removed = self.imports.borrow_mut().banks.remove(position);
        self.show_library(app, imported_rows::without_bank(&known, &presets, own_banks + position));
        import_store::forget(&removed).await;
        Ok(app.language().bank_removed(&removed.name) + self.persist(app).await)
    }

    /// Removes all imports: the page's own model plays, its own presets are on the map.
    pub async fn remove_imports(&self, app: &App) -> String {
        self.imports.take();
        self.has_unusable.set(false);
        import_store::clear().await;
        self.show_own(app);
        self.set_decoder(app, None);
        app.language().ours_plays.clone()
    }

    fn remember_own(&self, app: &App) -> Result<(), String> {
        if self.own.borrow().is_none() {
            let (known, presets) = library(app)?;
            let map = app.state().amsynth_library().map.clone();
            self.own.replace(Some(OwnLibrary { known, presets, map }));
        }
        Ok(())
    }

    fn show_library(&self, app: &App, (known, presets): (Coordinates, Presets)) {
        let own_rows = self.own.borrow().as_ref().map(|own| own.known.len());
        let own_rows = own_rows.filter(|&own_rows| own_rows < known.len());
        app.dispatch(Action::Load(LoadAction::Library(Rc::new(known), Rc::new(presets), own_rows)));
    }

    fn show_own(&self, app: &App) {
        if let Some(OwnLibrary { known, presets, map }) = self.own.take() {
            app.dispatch(Action::Load(LoadAction::Library(known, presets, None)));
            app.dispatch(Action::Load(LoadAction::Map(map)));
            self.is_worker_outdated.set(true);
        }
    }
}

/// The known patches with their values.
fn library(app: &App) -> Result<(Rc<Coordinates>, Rc<Presets>), String> {
    let state = app.state();
    let play::state::Library { known, presets, .. } = state.amsynth_library();
    known.clone().zip(presets.clone()).ok_or_else(|| app.language().no_map.clone())
}

/// Moves a preset.
fn move_preset(app: &App, row: usize, point: Point) {
    if let Ok((known, _)) = library(app) {
        let known = Rc::new(imported_rows::with_point(&known, row, point));
        app.dispatch(Action::Load(LoadAction::Known(known)));
    }
}

/// Moves the current point with a preset that has moved, if that preset still plays.
fn follow_preset(app: &App, patch: &Patch, point: Point) {
    let is_heard = app.state().document().patch.as_deref() == Some(patch);
    if is_heard {
        go_to(app, point, *patch);
    }
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

/// Reports each step of a job; returns whether the job goes on.
fn steps(app: &App, job: &RunningJob, report: &dyn Fn(&str)) -> impl Fn(usize, usize) -> bool {
    |done, all| {
        report(&app.language().listening(done, all));
        job.goes_on(done, all)
    }
}
