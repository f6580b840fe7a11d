//! What a person brings along, put to use: presets and banks become dots on the map, a model plays in
//! place of ours, until it is sent away. Each step answers the sentence to be shown.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use latent::coordinates::Coordinates;
use latent::map::Map;
use latent::presets::Presets;
use patch::{Patch, Preset};
use play::Point;
use play::compare::Place;

use super::sort::{Bank, Model};
use crate::listener::Listener;
use crate::load::Progress;
use crate::page::Page;
use crate::prepare::prepare;
use crate::strings;
use crate::strings::sharing as words;

/// Our own model's networks, beside the page.
const NETWORKS: [&str; 2] = ["encoder.onnx", "decoder.onnx"];
/// So many presets are also placed by ear, which takes about a second each; a whole bank would take
/// minutes and is left as the encoder places it.
const BY_EAR: usize = 8;

/// What is on the map beside what the page brought itself.
pub struct Bringer {
    page: Page,
    listener: Listener,
    /// What the page came with, to go back to.
    ours: RefCell<Option<Ours>>,
    /// Whether the Worker's model is another than the one that plays.
    is_outdated: Cell<bool>,
}

struct Ours {
    known: Rc<Coordinates>,
    presets: Rc<Presets>,
    map: Option<Map>,
}

impl Bringer {
    /// With nothing brought yet.
    pub fn new(page: &Page, listener: &Listener) -> Self {
        Self {
            page: page.clone(),
            listener: listener.clone(),
            ours: RefCell::default(),
            is_outdated: Cell::default(),
        }
    }

    /// The Worker has the model that plays, from now on.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn need_model(&self) -> Result<(), String> {
        if self.listener.has_model() && !self.is_outdated.get() {
            return Ok(());
        }
        let nobody = Rc::new(Progress::new(&[], |_| {}));
        let assets = self.page.assets();
        let mut networks = Vec::new();
        for path in NETWORKS {
            let bytes = assets.bytes(path, &nobody).await.map_err(|trouble| strings::trouble(&trouble))?;
            networks.push(Uint8Array::new(&bytes).to_vec());
        }
        self.listener.load_model(&networks[0], &networks[1]).await?;
        self.is_outdated.set(false);
        Ok(())
    }

    /// Puts the presets of a file on the map: first where the encoder places them, then, if they are
    /// few, where they sound most alike. A single one is gone to. `tell` gets sentences on the way.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn bank(&self, bank: Bank, tell: &dyn Fn(&str)) -> Result<String, String> {
        self.need_model().await?;
        self.remember_ours()?;
        let values: Vec<f32> = bank.presets.iter().flat_map(|preset| *preset.patch.values()).collect();
        let placed = self.listener.encode(&values).await?;
        let mut points: Vec<Point> =
            placed.chunks(2).map(|point| Point::on_plane(point[0], point[1])).collect();
        let first = self.add(&bank, &points)?;
        if bank.presets.len() == 1 {
            self.page.go_to_known(first);
        }
        let count = bank.presets.len();
        if count <= BY_EAR {
            for (number, preset) in bank.presets.iter().enumerate() {
                tell(&words::listening(number, count));
                let Point { x, y } = points[number];
                let found = self.listener.listen(preset.patch.values(), [x, y]).await?;
                points[number] = Point::on_plane(found[0], found[1]);
                self.move_to(first + number, points[number]);
            }
            if let [Preset { patch, .. }] = bank.presets.as_slice() {
                self.follow(patch, points[0]);
            }
        }
        let name = if count == 1 { bank.presets[0].name.trim() } else { bank.name.as_str() };
        Ok(words::placed(name, count))
    }

    /// Finds where the patch you hear lies on the map, by the encoder and then by ear, and goes there
    /// with it. `tell` gets sentences on the way.
    ///
    /// # Errors
    /// The sentence to be shown.
    pub async fn find(&self, tell: &dyn Fn(&str)) -> Result<String, String> {
        let Some(patch) = self.page.patch() else { return Err(words::NO_MAP.to_owned()) };
        tell(&words::listening(0, 1));
        self.need_model().await?;
        let placed = self.listener.encode(patch.values()).await?;
        let found = self.listener.listen(patch.values(), [placed[0], placed[1]]).await?;
        // Who went on meanwhile stays where he is.
        if self.page.patch() == Some(patch) {
            let point = Point::on_plane(found[0], found[1]);
            self.page.go(Place { point, patch: Some(Box::new(patch)) });
        }
        Ok(words::found(found[2]))
    }

    /// Takes a model in place of the one that plays: checked first, then heard.
    ///
    /// # Errors
    /// The sentence of what is wrong; the one of before plays on.
    pub async fn model(&self, model: Model) -> Result<String, String> {
        self.remember_ours()?;
        let map = model.map.as_deref().map(read_map).transpose()?;
        self.listener.load_model(&model.encoder, &model.decoder).await?;
        self.is_outdated.set(false);
        self.place_presets_anew().await?;
        self.page.set_map(map);
        self.page.set_decoder(Some(Uint8Array::from(model.decoder.as_slice()).buffer()));
        prepare(&self.page);
        Ok(words::MODEL_PLAYS.to_owned())
    }

    /// Whether something was brought that can be sent away.
    pub fn has_brought(&self) -> bool {
        self.ours.borrow().is_some()
    }

    /// Sends everything away that was brought: our model plays, our presets are on the map.
    pub fn send_away(&self) -> String {
        if let Some(Ours { known, presets, map }) = self.ours.take() {
            self.page.set_known((*known).clone());
            self.page.set_presets((*presets).clone());
            self.page.set_map(map);
            self.is_outdated.set(true);
            if self.page.set_decoder(None) {
                prepare(&self.page);
            }
        }
        words::OURS_PLAYS.to_owned()
    }

    fn remember_ours(&self) -> Result<(), String> {
        let mut ours = self.ours.borrow_mut();
        if ours.is_none() {
            let (Some(known), Some(presets)) = (self.page.known(), self.page.presets()) else {
                return Err(words::NO_MAP.to_owned());
            };
            *ours = Some(Ours { known, presets, map: self.page.with_pad(|pad| pad.map().cloned()) });
        }
        Ok(())
    }

    /// Adds rows to the table of known presets; answers the first.
    fn add(&self, Bank { name, presets }: &Bank, points: &[Point]) -> Result<usize, String> {
        let (Some(known), Some(patches)) = (self.page.known(), self.page.presets()) else {
            return Err(words::NO_MAP.to_owned());
        };
        let mut known = (*known).clone();
        let (first, bank) = (known.len(), known.banks.len() as u16);
        known.banks.push(name.clone());
        for (index, (preset, point)) in presets.iter().zip(points).enumerate() {
            known.name.push(preset.name.clone());
            known.bank.push(bank);
            known.index.push(index as u16);
            known.x.push(point.x);
            known.y.push(point.y);
        }
        let all: Vec<Patch> =
            patches.all().iter().copied().chain(presets.iter().map(|preset| preset.patch)).collect();
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

    async fn place_presets_anew(&self) -> Result<(), String> {
        let (Some(known), Some(presets)) = (self.page.known(), self.page.presets()) else {
            return Err(words::NO_MAP.to_owned());
        };
        let values: Vec<f32> = presets.all().iter().flat_map(|patch| *patch.values()).collect();
        let points = self.listener.encode(&values).await?;
        let mut known = (*known).clone();
        known.x = points.iter().copied().step_by(2).collect();
        known.y = points.iter().copied().skip(1).step_by(2).collect();
        known.model = String::new();
        self.page.set_known(known);
        Ok(())
    }
}

fn read_map(json: &str) -> Result<Map, String> {
    let value = js_sys::JSON::parse(json).map_err(|_| words::MAP_BROKEN.to_owned())?;
    serde_wasm_bindgen::from_value(value).map_err(|error| words::refused(&error.to_string()))
}
