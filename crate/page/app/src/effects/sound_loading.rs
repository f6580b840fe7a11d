//! Opens the audio output and loads the instrument's files. The worklet's messages become actions.

use std::rc::Rc;

use futures_util::future::try_join4;
use js_sys::{ArrayBuffer, WebAssembly};
use plane::grid;
use play::action::{Action, LoadAction, LoopReport, SoundAction};
use play::error::AppError;
use play::instruments::InstrumentAction;
use protocol::WorkletMessage;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AudioContext, Event};

use crate::app::App;
use crate::dom;
use crate::effects::assets::{TransferCounter, in_time};
use crate::effects::audio::{AudioOutput, WORKLET_SCRIPT};
use crate::effects::audio_clock;
use crate::effects::imports::Importer;
use crate::effects::outlet::Outlet;
use crate::effects::recording::{Recording, RecordingPiece};
use crate::effects::tones;

/// The decoder of the page's own model.
pub const DECODER: &str = "decoder.onnx";
/// The worklet's program: voice and fallback grid, so that the first tap sounds before the network is here.
pub const MODULE: &str = "worklet.wasm";
/// The worklet's second program, which runs the decoder's network.
pub const NETWORK: &str = "decoder.wasm";

/// How long to wait for the worklet's first message while the context sleeps, in milliseconds. Some browsers run no
/// worklet before the first gesture; messages to it then wait.
const ASLEEP_PATIENCE_MS: i32 = 3000;

/// The context of a stopped sound, if it can run another node: it is awake already and has the script. Otherwise a
/// new one, with listeners for its state.
///
/// # Errors
/// If the browser gives no way to the loudspeaker.
pub fn open_or_reuse(app: &App) -> Result<AudioContext, AppError> {
    let executor = app.executor();
    let lasting = executor.with_audio(|audio| audio.is_lasting().then(|| audio.context().clone())).flatten();
    if let Some(context) = lasting {
        return Ok(context);
    }
    let outlet = executor.outlet().cloned().map_or_else(Outlet::loudspeaker, Ok)?;
    let output = AudioOutput::open(app.state().sound.gain, outlet)?;
    let context = output.context().clone();
    let owned = app.clone();
    app.root().listen(&context, "statechange", move |_: Event| {
        match owned.executor().with_audio(|audio| audio.is_closed()) {
            Some(true) => lose(&owned),
            _ => context_changed(&owned),
        }
    });
    let owned = app.clone();
    // Fires when the output device fails (Web Audio 1.1).
    app.root().listen(&context, "error", move |_: Event| lose(&owned));
    executor.set_audio(output);
    context_changed(app);
    Ok(context)
}

/// Reports whether the context runs or sleeps.
pub fn context_changed(app: &App) {
    let is_running = app.executor().with_audio(|audio| audio.is_running()).unwrap_or(false);
    app.dispatch(Action::Sound(SoundAction::ContextChanged(is_running)));
}

/// The browser ended the audio output; the next try opens another one.
fn lose(app: &App) {
    if app.executor().with_audio(AudioOutput::lose) == Some(true) {
        app.dispatch(Action::Sound(SoundAction::ContextLost));
    }
}

/// Loads the instrument into a context: first with the coarse grid, then with the decoder.
///
/// # Errors
/// If a file does not load or the browser refuses the node.
pub async fn load_sound(
    app: &App,
    progress: &Rc<TransferCounter>,
    context: &AudioContext,
) -> Result<(), AppError> {
    let executor = app.executor();
    let assets = executor.assets();
    // Without it the first tap has no sound until the decoder is loaded.
    let grid = async { Ok(assets.kept_bytes(grid::FILE, &TransferCounter::uncounted()).await.ok()) };
    let imported = async { Ok(Importer::new(app).decoder_for_start().await) };
    let (module, (), grid, imported) =
        try_join4(assets.module(MODULE, progress), add_script(app, context), grid, imported).await?;

    let decoder = match imported.or_else(|| assets.kept(DECODER, progress)) {
        Some(decoder) => Some((assets.module(NETWORK, progress).await?, decoder)),
        None => None,
    };
    attach(app, &module, decoder.as_ref(), grid.as_ref())?;

    if decoder.is_none() {
        let network = assets.module(NETWORK, progress).await?;
        let decoder = assets.kept_bytes(DECODER, progress).await?;
        executor.with_audio(|audio| audio.load_decoder(network, &decoder));
    }
    let app = app.clone();
    dom::after(ASLEEP_PATIENCE_MS, move || {
        if app.executor().with_audio(|audio| !audio.is_running()) == Some(true) {
            app.dispatch(Action::Sound(SoundAction::DecoderAssumed));
        }
    });
    Ok(())
}

/// Makes the node. Without a decoder, which is the network's module and its file, it plays the grid.
fn attach(
    app: &App,
    module: &WebAssembly::Module,
    decoder: Option<&(WebAssembly::Module, ArrayBuffer)>,
    grid: Option<&ArrayBuffer>,
) -> Result<(), AppError> {
    let owned = app.clone();
    let receive = move |message| receive(&owned, message);
    let decoder = decoder.map(|(network, decoder)| (network, decoder));
    // The grid fits the page's own model, not an imported one.
    let grid = grid.filter(|_| decoder.is_none());
    let tones = tones::program(app);
    let attached =
        app.executor().with_audio(|audio| audio.attach(module, decoder, grid, tones.as_ref(), receive));
    let attached = attached.unwrap_or(Ok(()));
    if matches!(attached, Err(AppError::FileBroken(WORKLET_SCRIPT))) {
        // It loaded, but is another script: the next try opens a context of its own and passes the browser's cache by.
        app.executor().assets().script_failed();
        app.executor().with_audio(AudioOutput::lose);
    }
    attached?;
    app.dispatch(Action::Sound(SoundAction::NodeReady));
    Ok(())
}

/// Makes the node again with its programs in the options, where the browser lets them pass.
async fn attach_with_decoder(app: &App) -> Result<(), AppError> {
    let assets = app.executor().assets();
    let progress = TransferCounter::uncounted();
    let module = assets.module(MODULE, &progress).await?;
    let network = assets.module(NETWORK, &progress).await?;
    let decoder = match Importer::new(app).decoder_for_start().await {
        Some(imported) => imported,
        None => assets.kept_bytes(DECODER, &progress).await?,
    };
    attach(app, &module, Some(&(network, decoder)), None)
}

async fn add_script(app: &App, context: &AudioContext) -> Result<(), AppError> {
    let executor = app.executor();
    if executor.with_audio(|audio| audio.has_script()) == Some(true) {
        return Ok(());
    }
    let worklet = context.audio_worklet().map_err(|_| AppError::NoAudioWorklet)?;
    let assets = executor.assets();
    let adding = worklet
        .add_module(&assets.script_address(WORKLET_SCRIPT).await?)
        .map_err(|_| AppError::FileUnreachable(WORKLET_SCRIPT))?;
    // Every failure here is an AbortError without a reason: missing file, network, syntax.
    let added = in_time(WORKLET_SCRIPT, JsFuture::from(adding)).await;
    if !matches!(added, Ok(Ok(_))) {
        assets.script_failed();
        return Err(AppError::FileUnreachable(WORKLET_SCRIPT));
    }
    executor.with_audio(AudioOutput::set_script);
    Ok(())
}

fn receive(app: &App, message: WorkletMessage) {
    let action = match message {
        WorkletMessage::Ready { .. } => SoundAction::DecoderReady,
        WorkletMessage::DecoderRefused { message } => SoundAction::DecoderRefused(message),
        WorkletMessage::SourceRefused { .. } => {
            let action = match tones::can_play(app) {
                true => InstrumentAction::Refused,
                false => InstrumentAction::Unplayable,
            };
            return app.dispatch(Action::Instrument(action));
        }
        WorkletMessage::PathRefused { number } => SoundAction::LoopRefused(number as u8),
        WorkletMessage::Error { message } => SoundAction::Fault(message),
        WorkletMessage::Stopped { .. } => SoundAction::Stopped,
        WorkletMessage::Unreadable {} => {
            let app = app.clone();
            return spawn_local(async move {
                if let Err(error) = attach_with_decoder(&app).await {
                    app.dispatch(Action::Load(LoadAction::Failed(error)));
                }
            });
        }
        WorkletMessage::Source { .. } => return app.dispatch(Action::Instrument(InstrumentAction::Plays)),
        WorkletMessage::Patch { values, .. } => SoundAction::Decoded(values),
        WorkletMessage::Voices { count } => SoundAction::VoicesSounding(count),
        WorkletMessage::Paths { rows, beats, time_s } => {
            let clock =
                app.executor().with_audio(|audio| audio_clock::report(audio.context(), beats, time_s));
            SoundAction::LoopsPlayed(LoopReport { rows, clock: clock.flatten() })
        }
        WorkletMessage::Recent { index, count, sample_rate, left, right } => {
            let sound = Recording { left, right, rate_hz: sample_rate };
            return app.executor().recorder().take_piece(RecordingPiece { index, count, sound });
        }
    };
    app.dispatch(Action::Sound(action));
}
