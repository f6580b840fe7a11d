//! Computes where a patch that a panel has found lies on the plane, by the model that plays.

use patch::Patch;
use play::action::Action;
use play::panels::sing::SingAnswer;
use play::panels::sound_match::MatchAnswer;
use play::panels::tasks::{TaskNews, TaskNumber};
use play::panels::{PanelAction, PanelAnswer, PanelId};
use wasm_bindgen_futures::spawn_local;

use crate::app::App;
use crate::dom;
use crate::effects::imports::Importer;

/// How often it is asked whether an import goes on, which takes seconds.
const TASK_MS: i32 = 100;

/// Places a patch, as a task of “From a sound…” or of “Sing a loop”.
pub fn place(app: &App, panel: PanelId, task: TaskNumber, patch: Box<Patch>) {
    let app = app.clone();
    spawn_local(async move {
        let point = place_by_model(&app, &patch).await;
        let answer = match panel {
            PanelId::Sing => PanelAnswer::Sing(SingAnswer::Placed { point }),
            _ => PanelAnswer::SoundMatch(MatchAnswer::Placed { point }),
        };
        for news in [TaskNews::Answer(answer), TaskNews::Ended] {
            app.dispatch(Action::Panel(PanelAction::News(task, news), dom::now_ms()));
        }
    });
}

/// The place of a patch, x and y, by the model that plays. A task that may change the model is waited for.
async fn place_by_model(app: &App, patch: &Patch) -> Option<[f32; 2]> {
    let (executor, importer) = (app.executor(), Importer::new(app));
    loop {
        let turns = &executor.imported_files().turns;
        let turn = turns.get();
        if turn % 2 == 1 {
            dom::wait(TASK_MS).await;
            continue;
        }
        let placed = match importer.load_model().await {
            Ok(()) => executor.analysis().encode(patch.values()).await.ok(),
            Err(_) => None,
        };
        if turns.get() == turn {
            let placed = placed?;
            return Some([*placed.first()?, *placed.get(1)?]);
        }
    }
}
