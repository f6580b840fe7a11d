//! The domains of recorded tones: loads the files of the one that a person chooses, and passes its model to the sound.
//! Nothing of them loads before.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{ArrayBuffer, WebAssembly};
use plane::{Coordinates, Map};
use play::action::{Action, JobAction};
use play::error::AppError;
use play::instruments::InstrumentAction;
use play::long_job::JobNumber;
use play::panels::PanelId;
use play::tone_domain::{TONE_PROGRAM, ToneDomain};
use protocol::constants::TONE_RATES_HZ;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use crate::app::{App, RunningJob};
use crate::dom;
use crate::effects::assets::TransferCounter;
use crate::effects::panels;

/// How often the end of the job is looked for, in milliseconds.
const STOP_MS: i32 = 100;

/// True if the sound output has a rate at which tones can be played; also true before there is one.
pub fn can_play(app: &App) -> bool {
    let rate_hz = app.executor().with_audio(|audio| audio.context().sample_rate());
    rate_hz.is_none_or(|rate_hz| TONE_RATES_HZ.contains(&rate_hz))
}

/// Loads a domain; it is then chosen, unless a person has chosen another one or stopped it, which ends its job.
pub fn load(app: &App, domain: ToneDomain) {
    if !can_play(app) {
        return app.dispatch(Action::Instrument(InstrumentAction::Unplayable));
    }
    let app = app.clone();
    spawn_local(async move {
        let job = RunningJob::begin(&app, app.language().domain(domain), true);
        app.dispatch(Action::Instrument(InstrumentAction::Loads(job.number())));
        let is_awaited = || app.state().sound.instruments.job == Some(job.number());
        let ended = async {
            while is_awaited() {
                dom::wait(STOP_MS).await;
            }
        };
        let action = match select(pin!(files(&app, domain, job.number())), pin!(ended)).await {
            _ if !is_awaited() => return,
            Either::Left((Ok((known, map)), _)) => InstrumentAction::Loaded(domain, known, map),
            Either::Left((Err(error), _)) => InstrumentAction::Failed(of_instrument(error, domain)),
            Either::Right(_) => return,
        };
        app.dispatch(Action::Instrument(action));
    });
}

/// Whichever file of it is missing, a person reads the instrument's name.
fn of_instrument(error: AppError, domain: ToneDomain) -> AppError {
    let [path, ..] = *domain.files();
    match error {
        AppError::FileMissing { status, .. } => AppError::FileMissing { path, status },
        AppError::FileUnreachable(_) => AppError::FileUnreachable(path),
        AppError::FileBroken(_) => AppError::FileBroken(path),
        error => error,
    }
}

async fn files(
    app: &App,
    domain: ToneDomain,
    job: JobNumber,
) -> Result<(Rc<Coordinates>, Rc<Map>), AppError> {
    let assets = app.executor().assets();
    let &[model, coordinates, map] = domain.files();
    let owned = app.clone();
    let progress = Rc::new(TransferCounter::new(&[TONE_PROGRAM, model], move |progress| {
        let share = progress.percent.unwrap_or_default() as f32 / 100.0;
        owned.dispatch(Action::Job(job, JobAction::Progress(share)));
    }));
    assets.module(TONE_PROGRAM, &progress).await?;
    assets.kept_bytes(model, &progress).await?;
    let mut known: Coordinates = assets.parsed(coordinates).await?;
    known.name.iter_mut().for_each(|name| *name = app.language().tone_name(name).to_owned());
    let shown = assets.parsed(map).await?;
    panels::build(app, PanelId::RecordedTones).await?;
    Ok((Rc::new(known), Rc::new(shown)))
}

/// The sound plays a domain that is loaded; none: amSynth.
pub fn play(app: &App, domain: Option<ToneDomain>) {
    let model = domain.and_then(|domain| kept::<ArrayBuffer>(app, domain.files()[0]));
    let number = ToneDomain::number(domain);
    app.executor()
        .with_audio(|audio| audio.play_tones(model.as_ref().map(|model| (model, number)), program(app)));
}

/// Loads the tones of a domain for loops that play on it, beside the instrument of touches. Where that fails, such a
/// loop is silent, and choosing the instrument says why.
pub fn load_for_loops(app: &App, domain: ToneDomain) {
    let app = app.clone();
    spawn_local(async move {
        let assets = app.executor().assets();
        let progress = TransferCounter::uncounted();
        let program = assets.module(TONE_PROGRAM, &progress).await;
        let model = assets.kept_bytes(domain.files()[0], &progress).await;
        if let (Ok(program), Ok(model)) = (program, model) {
            let number = ToneDomain::number(Some(domain));
            app.executor().with_audio(|audio| audio.load_tones(number, &model, Some(program)));
        }
    });
}

/// The program that plays tones, if it is loaded.
pub fn program(app: &App) -> Option<WebAssembly::Module> {
    kept(app, TONE_PROGRAM)
}

fn kept<T: JsCast>(app: &App, name: &'static str) -> Option<T> {
    app.executor().assets().kept(name, &TransferCounter::uncounted())
}

/// A patch that a person brings is for amSynth.
pub fn return_to_amsynth(app: &App) {
    app.dispatch(Action::Instrument(InstrumentAction::Choose(None)));
}
