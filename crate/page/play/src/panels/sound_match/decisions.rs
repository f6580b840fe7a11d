//! The events of “From a sound…”, each led to the file that decides it.

use patch::{PARAMETER_COUNT, Patch};

use super::*;
use crate::page::Tab;
use crate::panels::decisions::PanelDecisions;
use crate::panels::tasks::TaskNumber;
use crate::panels::{OwnAction, PanelId};
use crate::reduce::Reducer;
use crate::state::State;

impl PanelDecisions for SoundMatch {
    type Action = MatchAction;
    type Answer = MatchAnswer;
    type Model = MatchModel;

    fn model(state: &State) -> MatchModel {
        model::model(state)
    }

    fn act(page: &mut Reducer, action: MatchAction) {
        // A hidden panel has nothing to press.
        let is_own = matches!(
            action,
            MatchAction::TakeFile { .. }
                | MatchAction::EndPicturePause { .. }
                | MatchAction::EndPartPause { .. }
        );
        if !is_own && !page.state.panels.is_open(PanelId::SoundMatch) {
            return;
        }
        page.follow_match_locks();
        match action {
            MatchAction::TakeFile { file, name } => page.take_match_file(file, name),
            MatchAction::Record => page.toggle_recording(),
            MatchAction::Choose { kind } => page.ask_for_kind(kind),
            MatchAction::TogglePlaying => page.toggle_match_playing(),
            MatchAction::HearTarget => page.hear_target(),
            MatchAction::HearStrand { strand, is_alone } => page.hear_strand(strand, is_alone),
            MatchAction::HearAnswer => {
                let strand = page.sound_match().search.chosen;
                page.hear_strand(strand, false);
            }
            MatchAction::Played { count } => page.end_played(count),
            MatchAction::SaveNotes => page.save_sketch_notes(),
            MatchAction::TogglePart { part } => page.sound_match().kept_parts[part as usize] ^= true,
            MatchAction::Keep => page.keep_match(),
            MatchAction::Again => page.search_again(),
            MatchAction::CountSecond { count } => page.count_second(count),
            MatchAction::TakeOffer => page.take_offer(),
            MatchAction::BeginPart { at_s } => page.begin_part_drag(at_s),
            MatchAction::MovePart { at_s } => page.move_part_drag(at_s),
            MatchAction::EndPart => page.end_part_drag(),
            MatchAction::AimPart { from_s, to_s } => page.aim_part(from_s, to_s),
            MatchAction::ChooseWhole => page.choose_part(None),
            MatchAction::EndPartPause { count } => page.end_part_pause(count),
            MatchAction::EndPicturePause { count } => page.end_picture_pause(count),
        }
        page.follow_match_pictures();
        page.follow_differences();
    }

    fn answer(page: &mut Reducer, task: TaskNumber, answer: MatchAnswer) {
        match answer {
            MatchAnswer::Listening => page.begin_counting(task),
            MatchAnswer::Recorded { file, name } => page.take_recording(task, file, name),
            MatchAnswer::Read { sound, is_long, is_damaged, length_s } => {
                page.take_read_sound(task, sound, [is_long, is_damaged], length_s);
            }
            MatchAnswer::Examined { problem, has_hits, is_unvoiced } => {
                page.take_fit(task, VoiceFit { problem, has_hits, is_unvoiced });
            }
            MatchAnswer::Refused { problem } => page.refuse_heard(task, problem),
            MatchAnswer::Heard { sound, key, cents, length_s } => {
                page.take_heard(task, sound, key, cents, length_s);
            }
            MatchAnswer::Hits { hits } => page.take_hits(task, hits),
            MatchAnswer::Found { strand, renders, share, distance, note, patch } => {
                let distance = distance.unwrap_or(f32::INFINITY);
                if let Ok(values) = <&[f32; PARAMETER_COUNT]>::try_from(patch.as_slice()) {
                    let patch = Box::new(Patch::from_values(values));
                    page.take_found(task, StrandReport { strand, renders, share, distance, note, patch });
                }
            }
            MatchAnswer::Contours => page.take_contours(task),
            MatchAnswer::Sketched { sketch } => page.take_sketch(task, sketch),
            MatchAnswer::Rendered { sound } => page.take_rendered(task, sound),
            MatchAnswer::LeftOver { bands } => page.take_left_over(task, bands),
            MatchAnswer::Kind { numbers } => page.take_sound_kind(task, &numbers),
            MatchAnswer::Compared { numbers } => page.take_difference(task, &numbers),
            MatchAnswer::SketchCompared { remarks } => page.take_remarks(task, None, &remarks),
            MatchAnswer::Placed { point } => page.take_place(task, point),
        }
        page.follow_match_pictures();
        page.follow_differences();
    }

    fn ended(page: &mut Reducer, task: TaskNumber) {
        page.end_search_task(task);
        page.end_recording(task);
        // A task that has ended without its answer is lost.
        page.lose_match_task(task, MatchRefusal::Lost);
    }

    fn failed(page: &mut Reducer, task: TaskNumber, reason: &str) {
        let refusal = MatchRefusal::of_reason(reason);
        page.fail_recording(task, refusal);
        page.fail_search(task, refusal);
        page.lose_match_task(task, refusal);
    }

    fn not_loaded(page: &mut Reducer) {
        page.sound_match().given.waiting = None;
    }

    fn opened(page: &mut Reducer) {
        page.state.page.tab = Tab::Sound;
        page.begin_task(MatchTask::Prepare);
        page.say_of_answers();
        page.follow_differences();
        if let Some((file, name)) = page.sound_match().given.waiting.take() {
            page.read_sound(file, name);
        }
    }

    fn closed(page: &mut Reducer) {
        page.close_match();
    }

    fn follow(page: &mut Reducer) {
        page.follow_match_locks();
        page.follow_kept_match();
    }
}

impl Reducer<'_> {
    pub(super) fn sound_match(&mut self) -> &mut SoundMatch {
        &mut self.state.panels.sound_match
    }

    pub(super) fn match_later(&mut self, delay_ms: i32, action: MatchAction) {
        self.act_later(delay_ms, OwnAction::SoundMatch(action));
    }

    /// Nothing more comes of a task.
    fn lose_match_task(&mut self, task: TaskNumber, refusal: MatchRefusal) {
        self.fail_reading(task, refusal);
        self.fail_judging(task, refusal);
        self.fail_render(task, refusal);
        self.end_picture(task);
        self.fail_place(task);
        self.fail_difference(task);
        self.follow_match_pictures();
        self.follow_differences();
    }

    /// Everything ends; the answers stay, and the map is free.
    fn close_match(&mut self) {
        self.drop_recording();
        self.drop_given_sounds();
        self.end_part_choice();
        self.end_match();
        self.silence_match();
        self.say_match(Vec::new());
        self.place_next();
    }
}
