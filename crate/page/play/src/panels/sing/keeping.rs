//! The loops on trial that become tracks, and the places of their patches on the plane with the cutoffs around them. One
//! patch is placed at a time.

use super::Sing;
use crate::effect::Effect;
use crate::landmarks::tidy_name;
use crate::loops::RecordedLoop;
use crate::panels::PanelId;
use crate::panels::tasks::TaskNumber;
use crate::reduce::Reducer;
use crate::tracks::sung::timbre::TimbreGround;
use crate::{Document, Point};

impl Reducer<'_> {
    pub(super) fn sing(&mut self) -> &mut Sing {
        &mut self.state.panels.sing
    }

    /// The loops on trial become tracks, in one step of undo. They play on.
    pub(super) fn keep_sung(&mut self, names: &[String]) {
        let now_ms = self.state.panels.now_ms;
        let span = self.state.sung_span();
        let kept = std::mem::take(&mut self.sing().trial.loops);
        let (Some(span), false) = (span, kept.is_empty()) else { return };
        self.stop_trial();
        let document = self.state.document();
        let in_beats = document.loops.in_beats;
        let has_others = document.loops.all().iter().any(|own| own.beats.is_some());
        let sets_bpm = span.sets_bpm.filter(|_| in_beats && !has_others);
        let is_in_time = sets_bpm.is_none() && kept.iter().all(|own| own.beats.is_some());
        let named = kept.iter().enumerate().map(|(place, own)| RecordedLoop {
            name: names.get(place).map(|name| tidy_name(name)).filter(|name| !name.is_empty()),
            is_muted: false,
            beats: in_beats.then_some(span.beats),
            ..(**own).clone()
        });
        let named: Vec<RecordedLoop> = named.collect();
        let mut numbers = Vec::new();
        self.state.history.finish_step();
        self.change(|document: &mut Document| {
            document.notes.bpm = sets_bpm.unwrap_or(document.notes.bpm);
            numbers = named.into_iter().map(|own| document.loops.add(own)).collect();
        });
        if let Some(bpm) = sets_bpm {
            self.state.gesture.transport.start(now_ms, bpm, 0.0);
        }
        for (own, number) in kept.iter().zip(numbers) {
            let Some(number) = number else { continue };
            if is_in_time && own.number == number && self.state.gesture.transport.is_running() {
                self.state.gesture.play_on(number);
            } else {
                self.play_loop(number);
            }
        }
        self.follow_document();
        self.sync_loops();
        self.close_panel(PanelId::Sing);
    }

    /// Places a patch that has no place yet.
    pub(super) fn place_sung(&mut self) {
        let own = self.sing();
        if own.search.placing.is_some() {
            return;
        }
        let next = own.parts.all.iter().enumerate().find_map(|(number, part)| {
            let patch = part.patch.clone()?;
            (part.place.as_ref().map(|(placed, _)| placed) != Some(&patch)).then_some((number, patch))
        });
        let Some((part, patch)) = next else { return self.decode_ground() };
        let task = self.state.panels.tasks.begin(PanelId::Sing);
        self.effects.push(Effect::PlacePatch(PanelId::Sing, task, patch.clone()));
        self.sing().search.placing = Some((task, part, patch));
    }

    /// A patch without a place stays where the one before it was, or at the current point.
    pub(super) fn take_sung_place(&mut self, task: TaskNumber, point: Option<[f32; 2]>) {
        let here = self.state.point();
        let own = self.sing();
        let Some((_, part, patch)) = own.search.placing.take_if(|(running, ..)| *running == task) else {
            return;
        };
        if let Some(part) = own.parts.all.get_mut(part) {
            let before = part.place.as_ref().map_or(here, |(_, point)| *point);
            part.place = Some((patch, point.map_or(before, |[x, y]| Point::on_plane(x, y))));
        }
        self.refresh_trial();
        self.place_sung();
    }

    /// Decodes the cutoffs around the place of a part whose timbre moves.
    fn decode_ground(&mut self) {
        let own = self.sing();
        if own.search.decoding.is_some() {
            return;
        }
        let parts = own.parts.all.iter().enumerate();
        let Some((part, point)) = { parts }.find_map(|(number, part)| Some((number, part.unknown_ground()?)))
        else {
            return;
        };
        let task = self.state.panels.tasks.begin(PanelId::Sing);
        self.effects.push(Effect::DecodeCutoffs(task, TimbreGround::points(point)));
        self.sing().search.decoding = Some((task, part, point));
    }

    /// The cutoffs around a place are known, or they cannot be computed: the timbre stays at its point.
    pub(super) fn take_sung_ground(&mut self, task: TaskNumber, cutoffs: Vec<f32>) {
        let own = self.sing();
        let Some((_, part, point)) = own.search.decoding.take_if(|(running, ..)| *running == task) else {
            return;
        };
        let ground = TimbreGround::new(point, cutoffs);
        let is_known = ground.is_some();
        if let Some(part) = own.parts.all.get_mut(part).filter(|_| is_known) {
            part.ground = ground;
            self.refresh_trial();
            self.place_sung();
        }
    }
}
