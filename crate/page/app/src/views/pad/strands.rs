//! The strands of a search for a sound: the way of each over the map. Shown with the panel that has the search, whose
//! script puts a button where each way ends.

use play::State;
use play::page::Tab;
use play::panels::PanelId;

use crate::views::pad::draw::Pen;

/// Draws them, over amSynth's plane only, where they lie.
pub fn draw(state: &State, pen: &Pen<'_>) {
    let own = &state.panels.sound_match.search;
    if state.page.tab != Tab::Sound || !state.panels.is_open(PanelId::SoundMatch) || !state.is_amsynth() {
        return;
    }
    for (number, strand) in own.strands.iter().enumerate() {
        let Some(strand) = strand else { continue };
        let color = pen.colors.strand(number);
        pen.context.begin_path();
        // A curve through the middles between its points: the way jumps.
        let mut before = None;
        for at in strand.way.iter().map(|&point| pen.viewport.to_screen(point)) {
            match before.replace(at) {
                None => pen.context.move_to(at.0, at.1),
                Some((x, y)) => {
                    pen.context.quadratic_curve_to(x, y, 0.5 * (x + at.0), 0.5 * (y + at.1));
                }
            }
        }
        if let Some((x, y)) = before {
            pen.context.line_to(x, y);
        }
        pen.stroke(color, if number == own.chosen { 2.5 } else { 1.5 }, 0.7);
    }
}
