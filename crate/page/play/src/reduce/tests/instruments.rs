//! The choice of an instrument: what plays, and what the page shows.

use super::*;
use crate::compare::Location;
use crate::instruments::InstrumentAction;
use crate::tone_domain::{LocationInstrument, ToneDomain};

pub(super) fn choose(domain: Option<ToneDomain>) -> Action {
    Action::Instrument(InstrumentAction::Choose(domain))
}

fn layers(names: [&str; 2]) -> Map {
    let layers = names.map(|name| Layer::new(name, "points", ["", ""], [0.0; 4])).to_vec();
    Map { version: 1, grid: 2, limit: 4.0, layers, ..Map::default() }
}

/// The files of a domain arrive.
pub(super) fn loaded(domain: ToneDomain) -> Action {
    let known = Coordinates { name: vec!["Violin".to_owned(), "Cello".to_owned()], ..(*known()).clone() };
    let map = layers(["depth", "brightness"]);
    Action::Instrument(InstrumentAction::Loaded(domain, Rc::new(known), Rc::new(map)))
}

/// A page with amSynth's presets, which shows the brightness, and whose patch is edited.
pub(super) fn complete() -> Page {
    let mut page = Page::awake();
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Map(Some(Rc::new(layers(["brightness", "warmth"]))))));
    page.act(Action::Load(LoadAction::Presets(Rc::new(Presets::new(vec![Patch::default(); 2])))));
    page.act(Action::Map(MapAction::SetLayer(1)));
    page.act(Action::Sound(SoundAction::Decoded(Box::default())));
    page.act(Action::Edit(Edit::SetParameter(Parameter::FilterCutoff, 0.1)));
    page
}

/// The same with strings.
pub(super) fn strings() -> Page {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    page
}

pub(super) fn names(page: &Page) -> Vec<String> {
    page.state.library.known.as_ref().unwrap().name.clone()
}

#[test]
fn a_domain_loads_when_it_is_chosen_and_amsynth_plays_until_then() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    assert!(page.effects.contains(&Effect::LoadDomain(ToneDomain::Strings)));
    assert!(page.state.is_amsynth() && page.state.is_edited());
    page.act(loaded(ToneDomain::Strings));
    assert!(page.effects.contains(&Effect::PlayDomain(Some(ToneDomain::Strings))));
    assert_eq!(names(&page), ["Violin", "Cello"]);
    assert_eq!(page.state.shown_layer().unwrap().name, "brightness", "the same colours");
    assert!(!page.state.is_edited() && page.state.heard_patch().is_none(), "a domain has no patch");
}

#[test]
fn amsynth_returns_at_once_as_it_was() {
    let mut page = strings();
    page.press(1, at(3.0));
    page.lift(1);
    page.act(choose(None));
    assert!(page.effects.contains(&Effect::PlayDomain(None)));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::LoadDomain(_))));
    assert_eq!(names(&page), ["Bass", "Bell"]);
    assert_eq!((page.state.map.layer, page.state.point()), (1, Point::default()));
    assert!(page.state.is_edited(), "with the patch of the person");
    let patch = page.state.heard_patch().unwrap();
    assert!(
        page.audio()
            .iter()
            .any(|command| matches!(command, AudioCommand::SetPatch(0, sent, _) if **sent == patch))
    );
}

#[test]
fn each_domain_returns_to_its_own_point() {
    let mut page = strings();
    page.act(Action::Edit(Edit::MoveTo(at(3.0))));
    page.act(choose(Some(ToneDomain::Winds)));
    page.act(loaded(ToneDomain::Winds));
    assert_eq!(page.state.point(), at(3.0), "the first time at the same point");
    page.act(Action::Edit(Edit::MoveTo(at(-2.0))));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(page.state.point(), at(3.0));
    page.act(choose(None));
    assert_eq!(page.state.point(), Point::default());
    page.act(choose(Some(ToneDomain::Winds)));
    page.act(loaded(ToneDomain::Winds));
    assert_eq!(page.state.point(), at(-2.0));
    page.act(Action::Edit(Edit::Undo));
    assert_eq!((page.state.point(), page.state.document().instrument.is_amsynth()), (Point::default(), true));
}

#[test]
fn what_arrives_after_another_choice_changes_nothing() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(choose(None));
    page.act(loaded(ToneDomain::Strings));
    assert_eq!(names(&page), ["Bass", "Bell"]);
    page.act(choose(Some(ToneDomain::Winds)));
    page.act(choose(Some(ToneDomain::Brass)));
    page.act(loaded(ToneDomain::Winds));
    assert!(page.state.is_amsynth());
    page.act(loaded(ToneDomain::Brass));
    assert_eq!(page.state.sound.instruments.domain, Some(ToneDomain::Brass));
}

#[test]
fn the_line_of_a_domain_that_loads_ends_when_another_one_is_chosen_or_it_is_stopped() {
    let jobs = |page: &Page| page.state.page.jobs.iter().map(|job| job.number).collect::<Vec<_>>();
    let load = |page: &mut Page, domain, job| {
        page.act(choose(Some(domain)));
        page.act(Action::Job(
            JobNumber::Program(job),
            JobAction::Begin { name: String::new(), can_stop: true },
        ));
        page.act(Action::Instrument(InstrumentAction::Loads(JobNumber::Program(job))));
        page.act(Action::Job(JobNumber::Program(job), JobAction::Show));
    };
    let mut page = strings();
    load(&mut page, ToneDomain::Winds, 7);
    load(&mut page, ToneDomain::Brass, 8);
    assert_eq!(jobs(&page), [JobNumber::Program(8)], "another one");
    page.act(choose(Some(ToneDomain::Strings)));
    assert!(jobs(&page).is_empty(), "the one that plays");
    load(&mut page, ToneDomain::Winds, 9);
    page.act(Action::Job(JobNumber::Program(9), JobAction::Stop));
    assert!(jobs(&page).is_empty() && page.state.sound.instruments.wanted.is_none());
    page.act(loaded(ToneDomain::Winds));
    assert_eq!(page.state.sound.instruments.domain, Some(ToneDomain::Strings));
}

#[test]
fn keys_that_are_down_play_on_with_the_other_instrument() {
    let mut page = complete();
    page.act(Action::Key(KeyAction::Press(KeyHolder::Midi(64), 64, 100), 0.0));
    page.press(1, at(1.0));
    let sounding = page.sounding.clone();
    page.act(choose(Some(ToneDomain::Voices)));
    page.act(loaded(ToneDomain::Voices));
    let begun: BTreeSet<(usize, u8)> = (page.audio().iter())
        .filter_map(|command| match command {
            AudioCommand::Note(NoteEvent::On { part, key, .. }, _) => Some((*part, *key)),
            _ => None,
        })
        .collect();
    assert_eq!(begun, sounding);
    page.lift(1);
    page.act(Action::Key(KeyAction::Release(KeyHolder::Midi(64)), 0.0));
    assert!(page.sounding.is_empty());
}

#[test]
fn a_failed_download_leaves_amsynth_and_can_be_tried_again() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    let error = AppError::FileUnreachable("timbre/strings.frames");
    page.act(Action::Instrument(InstrumentAction::Failed(error.clone())));
    assert_eq!(page.errors(), [error]);
    page.press(1, at(1.0));
    assert_eq!(page.sounding.len(), 1);
    page.lift(1);
    page.act(Action::Load(LoadAction::Begin));
    assert!(page.effects.contains(&Effect::LoadDomain(ToneDomain::Strings)));
    page.act(Action::Instrument(InstrumentAction::Failed(AppError::FileBroken(""))));
    page.act(choose(None));
    assert_eq!(page.state.loading.status, LoadStatus::Ready, "the choice of amSynth ends the error");
}

#[test]
fn what_is_done_after_a_failed_download_belongs_to_the_instrument_that_plays() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Winds)));
    page.act(loaded(ToneDomain::Winds));
    let failed = || Action::Instrument(InstrumentAction::Failed(AppError::FileUnreachable("")));
    let place = at(3.0);
    let there =
        Location { instrument: LocationInstrument::new(Some(ToneDomain::Strings), [0.5; 6]), ..place.into() };
    for playing in [Some(ToneDomain::Winds), None] {
        page.act(choose(playing));
        page.act(Action::Edit(Edit::GoTo(there.clone())));
        page.act(failed());
        assert_eq!(
            (page.state.document().instrument.domain(), page.state.is_edited()),
            (playing, playing.is_none())
        );
        page.act(Action::Edit(Edit::AddLandmark("Here".to_owned())));
        assert_eq!(page.state.document().landmarks.all().last().unwrap().instrument.domain(), playing);
        page.act(Action::Load(LoadAction::Begin));
        page.act(loaded(ToneDomain::Strings));
        assert_eq!(page.state.document().here(), there, "trying again goes on to it");
    }
}

#[test]
fn the_offer_to_load_an_instrument_again_stays_until_a_person_chooses() {
    let mut page = complete();
    page.act(choose(Some(ToneDomain::Strings)));
    let error = AppError::FileUnreachable("timbre/strings.frames");
    page.act(Action::Instrument(InstrumentAction::Failed(error.clone())));
    page.act(Action::Sound(SoundAction::DecoderReady));
    page.act(Action::Load(LoadAction::Known(known())));
    page.act(Action::Load(LoadAction::Finished));
    assert_eq!(page.state.loading.status, LoadStatus::Failed(error));
    page.act(choose(Some(ToneDomain::Winds)));
    assert_eq!(page.state.loading.status, LoadStatus::Ready, "another one loads");
}

#[test]
fn a_refused_model_brings_amsynth_back() {
    let mut page = strings();
    page.act(Action::Instrument(InstrumentAction::Refused));
    assert_eq!(page.errors(), [AppError::FileBroken("timbre/strings.frames")]);
    assert_eq!((names(&page).len(), page.state.is_amsynth(), page.state.is_edited()), (2, true, true));
    for file in ["timbre/strings.frames", "tone-source.wasm"] {
        let is_fetched =
            |effect: &Effect| matches!(effect, Effect::ForgetFiles(files) if files.contains(&file));
        assert!(page.effects.iter().any(is_fetched), "{file} may be what is broken");
    }
    let mut page = strings();
    page.act(Action::Instrument(InstrumentAction::Plays));
    page.act(Action::Instrument(InstrumentAction::Refused));
    assert_eq!((page.errors().len(), page.state.is_amsynth()), (0, false), "it plays already");
}

#[test]
fn an_output_of_too_high_a_rate_plays_amsynth_and_asks_for_no_domain_again() {
    for mut page in [strings(), complete()] {
        page.act(choose(Some(ToneDomain::Strings)));
        page.act(Action::Instrument(InstrumentAction::Unplayable));
        assert_eq!(page.errors(), [AppError::TonesRate("timbre/strings.frames")]);
        let instruments = &page.state.sound.instruments;
        assert_eq!((page.state.is_amsynth(), instruments.wanted), (true, None));
        assert_eq!(page.state.loading.status, LoadStatus::Ready, "amSynth plays on");
        page.act(Action::Instrument(InstrumentAction::Unplayable));
        assert_eq!(page.errors(), []);
    }
}

#[test]
fn a_fault_while_a_domain_is_asked_for_leaves_it() {
    let mut page = strings();
    page.act(Action::Sound(SoundAction::Fault("the paths are too long".to_owned())));
    assert_eq!(page.errors(), [AppError::SoundFault("the paths are too long".to_owned())]);
    assert!(!page.state.is_amsynth());
}

#[test]
fn a_restarted_sound_plays_the_chosen_instrument() {
    let mut page = strings();
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.5; 6])));
    page.act(Action::Sound(SoundAction::NodeReady));
    assert!(page.effects.contains(&Effect::PlayDomain(Some(ToneDomain::Strings))));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.5; 6])));
}

#[test]
fn each_domain_keeps_its_axes_with_another_instrument_and_at_the_next_visit() {
    let mut page = strings();
    page.act(Action::Instrument(InstrumentAction::SetOffsets([0.5; 6])));
    page.act(choose(Some(ToneDomain::Winds)));
    page.act(loaded(ToneDomain::Winds));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.0; 6])), "winds have their own");
    page.act(Action::Load(LoadAction::KeepSession));
    let kept = page.effects.iter().find_map(|effect| match effect {
        Effect::KeepSession(session) => Some((**session).clone()),
        _ => None,
    });
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert!(page.audio().contains(&&AudioCommand::SetToneOffsets([0.5; 6])));
    let page = Page::of(Start { session: kept.unwrap(), ..Start::default() });
    assert_eq!(page.state.sound.instruments.offsets[ToneDomain::Strings as usize], [0.5; 6]);
}

#[test]
fn tones_that_are_found_stay_in_the_order_of_their_pitches() {
    let mut page = complete();
    let names = ["Viola C♯3", "Viola E3", "Viola A♯3", "Violin C4"].map(str::to_owned).to_vec();
    let bank = vec![0; 4];
    let known = Coordinates {
        name: names,
        bank,
        banks: vec!["Strings".to_owned()],
        x: vec![0.0; 4],
        y: vec![0.0; 4],
        ..(*known()).clone()
    };
    page.act(choose(Some(ToneDomain::Strings)));
    let map = Rc::new(layers(["depth", "brightness"]));
    page.act(Action::Instrument(InstrumentAction::Loaded(ToneDomain::Strings, Rc::new(known), map)));
    page.act(Action::Find(FindAction::Query("viol".to_owned())));
    assert_eq!(*page.state.map.found, [0, 1, 2, 3]);
}

#[test]
fn what_belongs_to_amsynth_arrives_there() {
    let mut page = strings();
    let three = Coordinates { name: vec!["Bass".to_owned(); 3], ..(*known()).clone() };
    let presets = Rc::new(Presets::new(vec![Patch::default(); 3]));
    page.act(Action::Load(LoadAction::Library(Rc::new(three), presets, Some(2))));
    assert_eq!(names(&page), ["Violin", "Cello"]);
    page.act(choose(None));
    assert_eq!((names(&page).len(), page.state.library.own_rows), (3, Some(2)));
}

/// The amplitude of a domain's expression, whose law is a square (`tone_voice`'s controls), in dB.
fn expression_db(page: &Page) -> Option<f32> {
    page.audio().iter().rev().find_map(|command| match command {
        AudioCommand::ControlChange(11, value) => Some(40.0 * (f32::from(*value) / 127.0).log10()),
        _ => None,
    })
}

#[test]
fn a_domain_is_as_loud_as_the_voice_wants() {
    for wanted_db in [-24.0_f32, -12.0, -6.0, 0.0] {
        let mut page = strings();
        let gain = 10.0_f32.powf(wanted_db / 20.0);
        page.act(Action::Key(KeyAction::VoiceGain(Some(gain)), 0.0));
        let found_db = expression_db(&page).unwrap();
        assert!((found_db - wanted_db).abs() < 0.3, "{found_db} dB instead of {wanted_db} dB");
        page.act(Action::Key(KeyAction::VoiceGain(None), 0.0));
        assert_eq!(expression_db(&page), Some(0.0));
    }
}

#[test]
fn an_instrument_that_a_voice_leaves_has_its_own_volume_again() {
    let mut page = complete();
    page.act(Action::Key(KeyAction::VoiceGain(Some(0.25)), 0.0));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    let held = |page: &Page| {
        page.audio().iter().rev().find_map(|command| match command {
            AudioCommand::HoldParameter(Parameter::MasterVol, value) => Some(*value),
            _ => None,
        })
    };
    assert_eq!(held(&page), Some(None), "amSynth stays quiet");
    page.act(Action::Key(KeyAction::VoiceGain(Some(0.25)), 0.0));
    assert!(expression_db(&page).unwrap() < -11.0);
    page.act(choose(None));
    assert_eq!(expression_db(&page), Some(0.0), "strings stay quiet");
    page.act(Action::Key(KeyAction::VoiceGain(None), 0.0));
    assert_eq!(held(&page), Some(None));
}

#[test]
fn an_instrument_that_the_release_of_a_voice_leaves_has_its_own_pitch_again() {
    let mut page = complete();
    page.act(Action::Key(KeyAction::VoiceGain(Some(0.25)), 0.0));
    page.act(Action::Key(KeyAction::Press(KeyHolder::Voice, 60, 90), 0.0));
    page.act(Action::Sound(SoundAction::VoicesSounding(1)));
    page.act(Action::Key(KeyAction::Release(KeyHolder::Voice), 0.0));
    page.act(Action::Key(KeyAction::VoiceGain(None), 0.0));
    page.act(choose(Some(ToneDomain::Strings)));
    page.act(loaded(ToneDomain::Strings));
    assert!(page.audio().contains(&&AudioCommand::PitchBend(0)));
}
