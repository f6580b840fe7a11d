//! Computes by the model that plays where a patch that a panel has found lies on the plane, and the cutoffs of points.

use patch::{Parameter, Patch};
use play::Point;
use play::action::Action;
use play::panels::sing::SingAnswer;
use play::panels::sound_match::MatchAnswer;
use play::panels::tasks::{TaskNews, TaskNumber};
use play::panels::{PanelAction, PanelAnswer, PanelId};
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::dom;
use crate::effects::analysis::AnalysisClient;
use crate::effects::imports::Importer;

/// How often it is asked whether an import goes on, which takes seconds.
const TASK_MS: i32 = 100;

/// Places a patch, as a task of “From a sound…” or of “Sing a loop”.
pub fn place(app: &App, panel: PanelId, task: TaskNumber, patch: Box<Patch>) {
    let app = app.clone();
    spawn_local(async move {
        let placed = by_model(&app, async |analysis| analysis.encode(patch.values()).await.ok()).await;
        let point = placed.and_then(|placed| placed.first_chunk().copied());
        let answer = match panel {
            PanelId::Sing => PanelAnswer::Sing(SingAnswer::Placed { point }),
            _ => PanelAnswer::SoundMatch(MatchAnswer::Placed { point }),
        };
        tell(&app, task, answer);
    });
}

/// Computes the stored cutoffs at points, as a task of “Sing a loop”.
pub fn decode_cutoffs(app: &App, task: TaskNumber, points: Vec<Point>) {
    let app = app.clone();
    spawn_local(async move {
        let decode = async |analysis: &AnalysisClient| {
            let mut cutoffs = Vec::with_capacity(points.len());
            for point in &points {
                let values = analysis.decode((*point).into()).await.ok()?;
                cutoffs.push(*values.get(Parameter::FilterCutoff.index())?);
            }
            Some(cutoffs)
        };
        let cutoffs = by_model(&app, decode).await.unwrap_or_default();
        tell(&app, task, PanelAnswer::Sing(SingAnswer::Decoded { cutoffs }));
    });
}

fn tell(app: &App, task: TaskNumber, answer: PanelAnswer) {
    for news in [TaskNews::Answer(answer), TaskNews::Ended] {
        app.dispatch(Action::Panel(PanelAction::News(task, news), dom::now_ms()));
    }
}

/// The result of the model that plays. A task that may change the model is waited for.
async fn by_model<T>(app: &App, compute: impl AsyncFn(&AnalysisClient) -> Option<T>) -> Option<T> {
    let (executor, importer) = (app.executor(), Importer::new(app));
    loop {
        let turns = &executor.imported_files().turns;
        let turn = turns.get();
        if turn % 2 == 1 {
            dom::wait(TASK_MS).await;
            continue;
        }
        let computed = match importer.load_model().await {
            Ok(()) => compute(executor.analysis()).await,
            Err(_) => None,
        };
        if turns.get() == turn {
            return computed;
        }
    }
}
