//! Loudness and filter of the heard patch, drawn side by side: their points are dragged. The groups have the same
//! drawings beside their numbers.

use ::patch::{Group, Parameter, Patch};
use ::play::error::AppError;
use ::play::graphs::Graph;
use web_sys::{Element, HtmlElement};

use super::graph::GraphView;
use crate::app::App;
use crate::dom;

/// The groups that are drawn, and the parameter whose value stands beside each name.
const DRAWN: [(Group, Parameter); 2] =
    [(Group::AmplifierEnvelope, Parameter::AmpAttack), (Group::Filter, Parameter::FilterCutoff)];

/// The drawings.
pub struct Drawings {
    app: App,
    place: HtmlElement,
    drawn: Vec<(Parameter, Element, GraphView)>,
}

impl Drawings {
    /// Adds them to their place on the page, still without a patch.
    ///
    /// # Errors
    /// If the page lacks that place.
    pub fn build(app: &App) -> Result<Self, AppError> {
        let place: HtmlElement = app.root().element("drawings")?;
        let language = app.language();
        let names = [&language.loudness_drawing, &language.filter_drawing];
        let drawn = DRAWN.into_iter().zip(names).filter_map(|((group, parameter), name)| {
            let (card, head) = (dom::create("div", "drawing"), dom::create("p", "drawing-head"));
            let (title, value) = (dom::create("b", ""), dom::create("span", "hint"));
            title.set_text_content(Some(name));
            dom::append(&head, &title);
            dom::append(&head, &value);
            dom::append(&card, &head);
            let graph = GraphView::build(app, &card, Graph::of(group)?);
            dom::append(&place, &card);
            Some((parameter, value, graph))
        });
        let drawn = drawn.collect();
        Ok(Self { app: app.clone(), place, drawn })
    }

    /// Shows a patch.
    pub fn show(&self, patch: &Patch) {
        for (parameter, value, graph) in &self.drawn {
            let text = self.app.language().stored(*parameter, patch.get(*parameter));
            value.set_text_content(Some(&text));
            graph.show(patch);
        }
        self.place.set_hidden(false);
    }
}
