//! The curve that a person draws between A and B.

use super::*;

/// A page with two sounds, whose curve is shown.
fn drawn() -> SoundsPage {
    let mut page = SoundsPage::with_result();
    page.take_example(TonePlace::B);
    page.own(ToneSoundsAction::ChooseWay { way: ToneWay::Drawn });
    page.compute();
    page
}

impl SoundsPage {
    fn values(&self) -> [f32; CURVE_POINTS] {
        self.model().curve.values
    }

    /// A pointer draws from place to place, each a share of the box.
    fn draw(&mut self, way: &[[f32; 2]]) {
        for (step, &[across, down]) in way.iter().enumerate() {
            let pointer = 1;
            self.own(match step {
                0 => ToneSoundsAction::PressCurve { pointer, across, down },
                _ => ToneSoundsAction::DrawCurve { pointer, across, down },
            });
        }
        self.own(ToneSoundsAction::ReleaseCurve { pointer: 1 });
    }
}

#[test]
fn it_goes_from_a_to_b_at_first_and_one_movement_takes_all_points_that_it_passes() {
    let mut page = drawn();
    assert_eq!(page.values(), [0.0, 0.13, 0.25, 0.38, 0.5, 0.63, 0.75, 0.88, 1.0]);
    page.draw(&[[0.0, 0.5], [1.0, 0.5]]);
    assert_eq!(page.values(), [0.5; CURVE_POINTS]);
    page.draw(&[[0.01, 0.5], [0.0, 1.2], [0.5, -0.2], [1.0, 1.2]]);
    assert_eq!(page.values(), [-0.5, 0.0, 0.5, 1.0, 1.5, 1.0, 0.5, 0.0, -0.5]);
    assert_eq!(page.asked().2[0], 0.5, "the first movement is computed first");
    page.compute();
    assert_eq!(page.model().curve.pressed, None);
}

#[test]
fn one_pointer_draws_at_a_time_and_the_pressed_point_is_told() {
    let mut page = drawn();
    page.own(ToneSoundsAction::PressCurve { pointer: 1, across: 0.5, down: 0.0 });
    page.own(ToneSoundsAction::PressCurve { pointer: 2, across: 0.0, down: 0.0 });
    page.own(ToneSoundsAction::DrawCurve { pointer: 2, across: 0.0, down: 0.0 });
    page.own(ToneSoundsAction::ReleaseCurve { pointer: 2 });
    assert_eq!((page.values()[0], page.values()[4], page.model().curve.pressed), (0.0, 1.5, Some(4)));
    page.own(ToneSoundsAction::ReleaseCurve { pointer: 1 });
    page.own(ToneSoundsAction::DrawCurve { pointer: 1, across: 1.0, down: 1.0 });
    assert_eq!(page.values()[8], 1.0, "a pointer that is up draws nothing");
}

#[test]
fn keys_move_one_point_and_values_that_there_are_not_change_nothing_else() {
    let mut page = drawn();
    page.own(ToneSoundsAction::SetCurvePoint { point: 8, value: -0.494 });
    assert_eq!(page.values()[8], -0.49);
    let before = page.values();
    page.compute();
    page.own(ToneSoundsAction::SetCurvePoint { point: CURVE_POINTS, value: 1.0 });
    assert_eq!((page.values(), page.computing()), (before, None));
}
