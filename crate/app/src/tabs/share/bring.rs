//! What a person brings along, put to use: presets and banks become dots on the map, a model plays in
//! place of ours, until it is sent away; the next visit has them again. Each step answers the sentence
//! to be shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use patch::{Patch, Preset};
use plane::coordinates::Coordinates;
use plane::map::Map;
use plane::presets::Presets;
use play::brought::{Bank, Model};
use play::compare::Place;
use play::{Brought, Point};

use crate::analysis::AnalysisClient;
use crate::kept;
use crate::load::Progress;
use crate::page::Page;
use crate::prepare::prepare;
use crate::strings::Language;

/// Our own model's networks, beside the page.
const NETWORKS: [&str; 2] = ["encoder.onnx", "decoder.onnx"];
/// So many presets are also placed by ear, which takes about a second each; a whole bank would take
/// minutes and is left as the encoder places it.
const BY_EAR: usize = 8;
/// So many presets are placed between two sentences: an encoder that listens hears each of them.
const PLACED_AT_ONCE: usize = 64;

/// What is on the map beside what the page brought itself.
pub struct Bringer {
    page: Page,
    language: Language,
    analysis: AnalysisClient,
    /// What the page came with, to go back to.
    ours: RefCell<Option<Ours>>,
    /// What was brought beside it.
    brought: RefCell<Brought>,
    /// Whether the Worker's model is another than the one that plays.
    is_outdated: Cell<bool>,
    /// Whether something is kept that could not be put to use again.
    is_unusable: Cell<bool>,
}

struct Ours {
    known: Rc<Coordinates>,
    presets: Rc<Presets>,
    map: Option<Map>,
}

impl Bringer {
    /// With nothing brought yet.
    pub fn new(page: &Page, analysis: &AnalysisClient) -> Self {
        Self {
            page: page.clone(),
            language: page.language(),
            analysis: analysis.clone(),
            ours: RefCell::default(),
            brought: RefCell::default(),
            is_outdated: Cell::default(),
            is_unusable: Cell::default(),
        }
    }

    /// The Worker has the model that plays, from now on.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn need_model(&self) -> Result<(), String> {
        if self.analysis.has_model() && !self.is_outdated.get() {
            return Ok(());
        }
        let brought = self.brought.borrow().model.clone();
        let is_ours = brought.is_none();
        let [encoder, decoder] = match brought {
            Some(Model { encoder, decoder, .. }) => [encoder, decoder],
            None => self.our_networks().await?,
        };
        let loaded = self.analysis.load_model(&encoder, &decoder).await;
        if loaded.is_err() && is_ours {
            // Ours was never refused: what came of it was spoilt.
            self.page.assets().distrust();
        }
        self.is_outdated.set(loaded.is_err());
        loaded
    }

    /// Puts the presets of a file on the map, and keeps them. A single one is gone to. `tell` gets sentences on the
    /// way.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn bank(&self, bank: Bank, tell: &dyn Fn(&str)) -> Result<String, String> {
        let placed = self.put_bank(bank, true, tell).await?;
        Ok(placed + self.keep().await)
    }

    /// First where the encoder places them, then, if they are few, where they sound most alike.
    async fn put_bank(&self, bank: Bank, goes_there: bool, tell: &dyn Fn(&str)) -> Result<String, String> {
        self.need_model().await?;
        self.remember_ours()?;
        let patches: Vec<Patch> = bank.presets.iter().map(|preset| preset.patch).collect();
        let mut points = self.place(&patches, tell).await?;
        let first = self.add(&bank, &points)?;
        if goes_there && bank.presets.len() == 1 {
            self.page.go_to_known(first);
        }
        let count = bank.presets.len();
        if count <= BY_EAR {
            for (number, preset) in bank.presets.iter().enumerate() {
                tell(&self.language.listening(number, count));
                let Point { x, y } = points[number];
                let found = self.analysis.search_nearby(preset.patch.values(), [x, y]).await?;
                points[number] = Point::on_plane(found[0], found[1]);
                self.move_to(first + number, points[number]);
            }
            if let [Preset { patch, .. }] = bank.presets.as_slice() {
                self.follow(patch, points[0]);
            }
        }
        let name = if count == 1 { bank.presets[0].name.trim() } else { bank.name.as_str() };
        let sentence = self.language.placed(name, count);
        self.brought.borrow_mut().banks.push(bank);
        Ok(sentence)
    }

    /// Finds where the patch you hear lies on the map, by the encoder and then by ear, and goes there
    /// with it. `tell` gets sentences on the way.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn find(&self, tell: &dyn Fn(&str)) -> Result<String, String> {
        let Some(patch) = self.page.patch() else { return Err(self.language.no_map.clone()) };
        tell(&self.language.listening(0, 1));
        self.need_model().await?;
        let placed = self.analysis.encode(patch.values()).await?;
        let found = self.analysis.search_nearby(patch.values(), [placed[0], placed[1]]).await?;
        // Who went on meanwhile stays where he is.
        if self.page.patch() == Some(patch) {
            let point = Point::on_plane(found[0], found[1]);
            self.page.go(Place { point, patch: Some(Box::new(patch)) });
        }
        Ok(self.language.found_on_map(found[2]))
    }

    /// Takes a model in place of the one that plays, and keeps it. `tell` gets sentences on the way, since it places
    /// every preset of the map.
    ///
    /// # Errors
    /// The sentence of what is wrong; the one of before plays on.
    pub async fn model(&self, model: Model, tell: &dyn Fn(&str)) -> Result<String, String> {
        self.put_model(model, tell).await?;
        Ok(self.language.model_plays.clone() + self.keep().await)
    }

    /// Checked first, then heard.
    async fn put_model(&self, model: Model, tell: &dyn Fn(&str)) -> Result<(), String> {
        self.remember_ours()?;
        let map = model.map.as_deref().map(|json| self.read_map(json)).transpose()?;
        // Until all is well, the Worker has another model than the one that plays.
        self.is_outdated.set(true);
        self.analysis.load_model(&model.encoder, &model.decoder).await?;
        self.place_presets_anew(tell).await?;
        self.is_outdated.set(false);
        self.page.set_map(map);
        self.page.set_decoder(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
        prepare(&self.page);
        self.brought.borrow_mut().model = Some(model);
        Ok(())
    }

    /// Puts to use again what was brought in an earlier visit; the page's own map is there. `tell` gets
    /// sentences on the way.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn restore(&self, tell: &dyn Fn(&str)) -> Result<(), String> {
        let Ok(Some(kept)) = kept::read().await else { return Ok(()) };
        self.remember_ours()?;
        let (Some(known), Some(presets)) = (self.page.known(), self.page.presets()) else {
            return Err(self.language.no_map.clone());
        };
        let rows = known.len() + kept.presets().count();
        let refused = self.page.refused_decoder().is_some();
        if refused || kept.page_model != known.model || kept.points.len() != rows {
            // The page has another model than then: everything is placed anew.
            return self.restore_anew(kept, tell).await;
        }
        let mut all = (*known).clone();
        for bank in &kept.banks {
            append(&mut all, bank);
        }
        (all.x, all.y) = kept.points.iter().map(|point| (point[0], point[1])).unzip();
        if let Some(model) = &kept.model {
            all.model = String::new();
            self.page.set_map(model.map.as_deref().map(|json| self.read_map(json)).transpose()?);
            if !self.page.has_brought_decoder() {
                self.page.set_decoder(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
                prepare(&self.page);
            }
        }
        let patches = presets.all().iter().copied();
        let patches = patches.chain(kept.presets().map(|preset| preset.patch)).collect();
        self.page.set_known(all);
        self.page.set_presets(Presets::new(patches));
        *self.brought.borrow_mut() = kept;
        self.is_outdated.set(true);
        Ok(())
    }

    /// The same where the points of then say nothing any more. What cannot be put to use stays kept.
    async fn restore_anew(&self, kept: Brought, tell: &dyn Fn(&str)) -> Result<(), String> {
        let mut outcome = match (kept.model, self.page.refused_decoder()) {
            (None, _) => Ok(()),
            (Some(_), Some(reason)) => Err(self.language.refused(&reason)),
            (Some(model), None) => self.put_model(model, tell).await,
        };
        for bank in kept.banks {
            // What one lacks (a network, the part that listens) the next one lacks, too.
            if let Err(sentence) = self.put_bank(bank, false, tell).await {
                outcome = outcome.and(Err(sentence));
                break;
            }
        }
        self.is_unusable.set(outcome.is_err());
        if outcome.is_ok() {
            self.keep().await;
        }
        outcome
    }

    /// The sound refuses a model that was put to use: our map and model are back, with the banks that were brought. What
    /// was kept stays.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn give_up_model(&self, tell: &dyn Fn(&str)) -> Result<(), String> {
        if self.brought.borrow().model.is_none() {
            return Ok(());
        }
        let brought = self.brought.take();
        self.put_ours_back();
        self.restore_anew(brought, tell).await
    }

    fn put_ours_back(&self) {
        if let Some(Ours { known, presets, map }) = self.ours.take() {
            self.page.set_known((*known).clone());
            self.page.set_presets((*presets).clone());
            self.page.set_map(map);
            self.is_outdated.set(true);
        }
    }

    /// Keeps everything that was brought for the next visit; answers what has to be said of it.
    async fn keep(&self) -> &str {
        let kept = {
            let mut brought = self.brought.borrow_mut();
            if let (Some(ours), Some(known)) = (&*self.ours.borrow(), self.page.known()) {
                brought.page_model.clone_from(&ours.known.model);
                brought.points = known.x.iter().zip(&known.y).map(|(&x, &y)| [x, y]).collect();
            }
            brought.clone()
        };
        if kept::write(kept).await { "" } else { &self.language.not_kept }
    }

    /// Whether something was brought that can be sent away.
    pub fn has_brought(&self) -> bool {
        self.is_unusable.get() || !self.brought.borrow().is_empty()
    }

    /// Sends everything away that was brought: our model plays, our presets are on the map.
    pub async fn send_away(&self) -> String {
        self.brought.take();
        self.is_unusable.set(false);
        kept::clear().await;
        self.put_ours_back();
        if self.page.set_decoder(None) {
            prepare(&self.page);
        }
        self.language.ours_plays.clone()
    }

    fn remember_ours(&self) -> Result<(), String> {
        let mut ours = self.ours.borrow_mut();
        if ours.is_none() {
            let (Some(known), Some(presets)) = (self.page.known(), self.page.presets()) else {
                return Err(self.language.no_map.clone());
            };
            *ours = Some(Ours { known, presets, map: self.page.with_pad(|pad| pad.map().cloned()) });
        }
        Ok(())
    }

    /// Adds rows to the table of known presets; answers the first.
    fn add(&self, bank: &Bank, points: &[Point]) -> Result<usize, String> {
        let (Some(known), Some(patches)) = (self.page.known(), self.page.presets()) else {
            return Err(self.language.no_map.clone());
        };
        let first = known.len();
        let mut known = (*known).clone();
        append(&mut known, bank);
        known.x.extend(points.iter().map(|point| point.x));
        known.y.extend(points.iter().map(|point| point.y));
        let all = patches.all().iter().copied().chain(bank.presets.iter().map(|preset| preset.patch));
        let all = all.collect();
        self.page.set_known(known);
        self.page.set_presets(Presets::new(all));
        Ok(first)
    }

    fn move_to(&self, row: usize, point: Point) {
        if let Some(known) = self.page.known() {
            let mut known = (*known).clone();
            (known.x[row], known.y[row]) = (point.x, point.y);
            self.page.set_known(known);
        }
    }

    /// Goes along with a preset that has found its place, if it is still the one that is heard.
    fn follow(&self, patch: &Patch, point: Point) {
        if self.page.state().patch.as_deref() == Some(patch) {
            self.page.go(Place { point, patch: Some(Box::new(*patch)) });
        }
    }

    /// Where the encoder places patches, some at a time.
    async fn place(&self, patches: &[Patch], tell: &dyn Fn(&str)) -> Result<Vec<Point>, String> {
        let mut points = Vec::with_capacity(patches.len());
        for some in patches.chunks(PLACED_AT_ONCE) {
            if patches.len() > PLACED_AT_ONCE {
                tell(&self.language.listening(points.len(), patches.len()));
            }
            let values: Vec<f32> = some.iter().flat_map(|patch| *patch.values()).collect();
            let placed = self.analysis.encode(&values).await?;
            points.extend(placed.chunks(2).map(|point| Point::on_plane(point[0], point[1])));
        }
        Ok(points)
    }

    /// The bytes of our own encoder and decoder.
    async fn our_networks(&self) -> Result<[Vec<u8>; 2], String> {
        let nobody = Rc::new(Progress::new(&[], |_| {}));
        let assets = self.page.assets();
        let mut networks = [const { Vec::new() }; 2];
        for (network, path) in networks.iter_mut().zip(NETWORKS) {
            let bytes =
                assets.bytes(path, &nobody).await.map_err(|trouble| self.language.trouble(&trouble))?;
            *network = Uint8Array::new(&bytes).to_vec();
        }
        Ok(networks)
    }

    async fn place_presets_anew(&self, tell: &dyn Fn(&str)) -> Result<(), String> {
        let (Some(known), Some(presets)) = (self.page.known(), self.page.presets()) else {
            return Err(self.language.no_map.clone());
        };
        let points = self.place(presets.all(), tell).await?;
        let mut known = (*known).clone();
        (known.x, known.y) = points.iter().map(|point| (point.x, point.y)).unzip();
        known.by_ear.clear();
        known.model = String::new();
        self.page.set_known(known);
        Ok(())
    }

    fn read_map(&self, json: &str) -> Result<Map, String> {
        let value = js_sys::JSON::parse(json).map_err(|_| self.language.map_broken.clone())?;
        serde_wasm_bindgen::from_value(value).map_err(|error| self.language.refused(&error.to_string()))
    }
}

/// Adds the rows of a bank, still without their points.
fn append(known: &mut Coordinates, Bank { name, presets }: &Bank) {
    let bank = known.banks.len() as u16;
    known.banks.push(name.clone());
    for (index, preset) in presets.iter().enumerate() {
        known.name.push(preset.name.clone());
        known.bank.push(bank);
        known.index.push(index as u16);
        if !known.by_ear.is_empty() {
            known.by_ear.push(0);
        }
    }
}
