//! The functions that the scripts of the panels have given the page: those that draw models, and those that perform
//! tasks. Knows neither the app nor what the panels do.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::Function;
use play::State;
use play::panels::tasks::TaskNumber;
use play::panels::{PanelId, PanelModel, PanelMotion, PanelTask};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// The functions that the loaded scripts have given the page.
#[derive(Default)]
pub struct PanelScripts {
    /// The panels whose scripts have built their elements.
    built: RefCell<Vec<PanelId>>,
    drawn: RefCell<Vec<Drawn>>,
    followers: RefCell<Vec<Follower>>,
    performers: RefCell<Vec<(PanelId, Function)>>,
    /// The objects that the scripts share, by name.
    shared: RefCell<HashMap<String, JsValue>>,
}

/// A function that draws a panel's model, and the model that it has drawn last.
struct Drawn {
    panel: PanelId,
    draw: Function,
    model: PanelModel,
}

/// A function that draws what moves in a panel from frame to frame, and what it has drawn last.
struct Follower {
    panel: PanelId,
    draw: Function,
    motion: PanelMotion,
}

impl PanelScripts {
    /// True once a panel's script has built its elements.
    pub fn is_built(&self, panel: PanelId) -> bool {
        self.built.borrow().contains(&panel)
    }

    /// A panel's script has built its elements.
    pub fn set_built(&self, panel: PanelId) {
        self.built.borrow_mut().push(panel);
    }

    /// Draws a panel's model now, and whenever it changes.
    pub fn subscribe(&self, panel: PanelId, draw: Function, model: PanelModel) {
        call(&draw, &model);
        self.drawn.borrow_mut().push(Drawn { panel, draw, model });
    }

    /// Draws what moves in a panel now, and in each frame in which it has moved.
    pub fn follow(&self, panel: PanelId, draw: Function, motion: PanelMotion) {
        call(&draw, &motion);
        self.followers.borrow_mut().push(Follower { panel, draw, motion });
    }

    /// The tasks of a panel go to this function.
    pub fn set_performer(&self, panel: PanelId, perform: Function) {
        self.performers.borrow_mut().push((panel, perform));
    }

    /// The object that the scripts share under a name; the first script that asks makes it.
    pub fn shared(&self, name: String, make: &Function) -> Result<JsValue, JsValue> {
        let known = self.shared.borrow().get(&name).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let made = make.call0(&JsValue::UNDEFINED)?;
        self.shared.borrow_mut().insert(name, made.clone());
        Ok(made)
    }

    /// Calls the functions whose panels have other models now. A function that dispatches while it draws leaves what
    /// that changes to the next frame.
    pub fn draw(&self, model_of: impl Fn(PanelId) -> PanelModel) {
        let Ok(mut all) = self.drawn.try_borrow_mut() else { return };
        for drawn in all.iter_mut() {
            let model = model_of(drawn.panel);
            if model != drawn.model {
                drawn.model = model;
                call(&drawn.draw, &drawn.model);
            }
        }
    }

    /// Calls the functions in whose panels something has moved.
    pub fn draw_motion(&self, state: &State) {
        for follower in self.followers.borrow_mut().iter_mut() {
            let motion = state.panel_motion(follower.panel);
            if motion != follower.motion {
                follower.motion = motion;
                call(&follower.draw, &follower.motion);
            }
        }
    }

    /// Passes a task to the script of a panel; without a task, cancels that of this number.
    pub fn perform(&self, panel: PanelId, number: TaskNumber, task: Option<&PanelTask>) {
        let performers = self.performers.borrow();
        let Some((_, perform)) = performers.iter().find(|(own, _)| *own == panel) else { return };
        let (number, task) = (to_js(&number), task.map_or(JsValue::UNDEFINED, to_js));
        // The script reports its own failures as news of the task.
        let _ = perform.call2(&JsValue::UNDEFINED, &number, &task);
    }
}

/// Calls a script's function with a value.
fn call(draw: &Function, value: &impl Serialize) {
    if let Err(error) = draw.call1(&JsValue::UNDEFINED, &to_js(value)) {
        // Like an exception in an event listener: the browser's console has it, and the page goes on.
        wasm_bindgen::throw_val(error);
    }
}

/// A value as a script reads it: objects for structs, null for `None`.
fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or_default()
}
