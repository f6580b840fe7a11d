//! The live sound when the microphone, the sound of the page or the instrument come and go.

use super::*;

#[test]
fn the_microphone_plays_once_it_is_open_and_says_its_latency() {
    let mut page = TonesPage::new();
    page.choose(LiveSource::Microphone);
    assert_eq!((page.live().status, page.playing), (LiveSoundStatus::Asking, LiveSource::Off));
    page.connect(page.task());
    assert_eq!(page.playing, LiveSource::Microphone);
    assert_eq!(page.live().status, LiveSoundStatus::Plays { latency_ms: 27 });
    assert!(page.live().is_metered);
}

#[test]
fn the_latency_follows_the_rate_in_powers_of_two() {
    for (rate_hz, expected_ms) in [(44_100.0, 29), (48_000.0, 27), (88_200.0, 29), (96_000.0, 27)] {
        let mut page = TonesPage::new();
        page.choose(LiveSource::AmSynth);
        let task = page.task();
        let answer = PanelAnswer::RecordedTones(TonesAnswer::Connected { rate_hz });
        page.panel(PanelAction::News(task, TaskNews::Answer(answer)));
        assert_eq!(page.live().status, LiveSoundStatus::Plays { latency_ms: expected_ms }, "{rate_hz} Hz");
    }
}

#[test]
fn another_choice_closes_the_microphone_and_its_late_answer_is_dropped() {
    let mut page = TonesPage::new();
    page.choose(LiveSource::Microphone);
    let late = page.task();
    page.choose(LiveSource::Off);
    page.choose(LiveSource::Microphone);
    assert_eq!(page.running.len(), 1);
    page.connect(late);
    assert_eq!(page.playing, LiveSource::Off);
    page.connect(page.task());
    page.fail(late, "refused");
    assert_eq!(page.playing, LiveSource::Microphone);
}

#[test]
fn silence_a_hidden_page_and_another_instrument_end_every_live_sound() {
    type End = fn(&mut TonesPage);
    let ends: [End; 5] = [
        |page| page.act(Action::Sound(SoundAction::Panic)),
        |page| page.act(Action::Sound(SoundAction::PageHidden)),
        |page| page.act(Action::Sound(SoundAction::PageLeft)),
        |page| page.choose_instrument(Some(ToneDomain::Winds)),
        |page| page.choose_instrument(None),
    ];
    for source in [LiveSource::Microphone, LiveSource::AmSynth, LiveSource::Feedback] {
        for end in ends {
            let mut page = TonesPage::playing(source);
            end(&mut page);
            assert_eq!((page.playing, page.live().source), (LiveSource::Off, LiveSource::Off));
            assert_eq!((page.live().status, page.running.len()), (LiveSoundStatus::Off, 0));
        }
    }
}

#[test]
fn a_microphone_that_cannot_be_had_says_why_and_the_tones_play_on() {
    let mut page = TonesPage::new();
    page.choose(LiveSource::Microphone);
    page.fail(page.task(), "refused");
    assert_eq!(page.live().source, LiveSource::Off);
    assert_eq!(page.live().status, LiveSoundStatus::Failed { problem: VoiceProblem::Refused });
    page.choose(LiveSource::Microphone);
    assert_eq!(page.live().status, LiveSoundStatus::Asking);
}

#[test]
fn another_listener_ends_the_microphone_without_a_sentence() {
    let mut page = TonesPage::playing(LiveSource::Microphone);
    page.end(page.task());
    assert_eq!((page.playing, page.live().source), (LiveSource::Off, LiveSource::Off));
    assert_eq!(page.live().status, LiveSoundStatus::Off);
}

#[test]
fn after_the_sound_is_lost_no_microphone_is_open_and_the_next_sound_brings_the_live_sound_back() {
    for source in [LiveSource::Microphone, LiveSource::Feedback] {
        let mut page = TonesPage::playing(source);
        page.lose();
        assert!(page.running.is_empty());
        assert_eq!((page.live().source, page.live().status), (source, LiveSoundStatus::SoundLost));
        page.start();
        page.connect(page.task());
        assert_eq!((page.playing, page.live().source), (source, source));
        page.act(Action::Sound(SoundAction::Panic));
        page.start();
        assert!(page.running.is_empty(), "what silence has ended does not come back");
    }
}

#[test]
fn a_microphone_that_is_granted_after_the_sound_is_lost_plays_nothing() {
    let mut page = TonesPage::new();
    page.choose(LiveSource::Microphone);
    let late = page.task();
    page.lose();
    page.connect(late);
    assert_eq!((page.playing, page.live().status), (LiveSource::Off, LiveSoundStatus::SoundLost));
}

#[test]
fn a_live_sound_that_is_chosen_without_a_sound_begins_with_it() {
    let mut page = TonesPage::new();
    page.lose();
    page.choose(LiveSource::AmSynth);
    assert_eq!(page.live().status, LiveSoundStatus::NoSound);
    page.start();
    page.connect(page.task());
    assert_eq!(page.playing, LiveSource::AmSynth);
    assert!(page.state.panels.tones.plays_amsynth());
}

#[test]
fn the_feedback_is_tuned_evenly_for_the_ear_when_it_begins_and_by_its_sliders() {
    let mut page = TonesPage::playing(LiveSource::Feedback);
    let near = |feedback: Option<(f32, f32)>, expected: (f32, f32)| {
        let (frequency_hz, quality) = feedback.expect("it is tuned");
        (frequency_hz / expected.0 - 1.0).abs() < 1e-4 && (quality / expected.1 - 1.0).abs() < 1e-4
    };
    assert!(near(page.feedback, (489.898, 5.0)));
    page.own(TonesAction::SetFrequency { share: 1.0 });
    page.own(TonesAction::SetQuality { share: 0.0 });
    assert!(near(page.feedback, (4000.0, 0.5)));
    let ToneFeedback { frequency, frequency_hz, quality, quality_factor } = page.live().feedback;
    assert_eq!((frequency, quality), (1.0, 0.0));
    assert!(near(Some((frequency_hz, quality_factor)), (4000.0, 0.5)));
}
