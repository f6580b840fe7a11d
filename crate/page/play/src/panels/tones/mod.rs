//! An instrument of recorded tones beside the map: the six axes that the map does not have, the life of its tones, and
//! the live sound that becomes tones. The panel is open while such an instrument plays. Makes no sound itself.

mod axes;
mod decisions;
mod feedback;
mod life;
mod live_sound;
mod model;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::panels::script_value::script_enum;

pub use live_sound::{LiveSoundStatus, LiveSource};
pub use model::{LiveSoundModel, ToneFeedback, TonesModel};

use axes::AxisGesture;
use life::ToneLife;
use live_sound::LiveTones;

script_enum! {
    /// Something that a person does with an instrument of recorded tones. An axis is a position among the six.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum TonesAction {
        /// A pointer presses a slider: the sound plays until it is up.
        PressAxis { pointer: i32 },
        /// A pointer is up.
        ReleaseAxis { pointer: i32 },
        /// A slider has lost the focus, and with it its pointer.
        LeaveAxis,
        /// A pointer is up, and the slider has taken its tap.
        TapAxis { axis: usize, is_touch: bool },
        /// A slider moves, −1…1.
        MoveAxis { axis: usize, place: f32 },
        /// A slider was moved: the next drag is another step of undo.
        AxisMoved,
        /// Moves a slider to the middle.
        CenterAxis { axis: usize },
        /// Moves all sliders to the middle.
        CenterAxes,
        /// Returns to amSynth.
        Leave,
        /// Opens “From sounds…”.
        OpenSounds,
        /// Chooses the sound that becomes tones.
        ChooseLive { source: LiveSource },
        /// Moves the frequency of the feedback: a share of its slider, 0…1.
        SetFrequency { share: f32 },
        /// Moves the quality of the feedback: a share of its slider, 0…1.
        SetQuality { share: f32 },
        /// Moves the life of the tones: a share of its slider, 0…1.
        SetLife { share: f32 },
    }
}

/// The task of the panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[expect(missing_docs, reason = "the line of a variant explains its fields")]
pub enum TonesTask {
    /// Connects a live sound with the instrument, and shows its level. Ends when another listener opens the microphone;
    /// fails with the word of a [`VoiceProblem`](crate::panels::live::VoiceProblem).
    Connect { source: LiveSource },
}

script_enum! {
    /// A result of that task.
    #[derive(Clone, Debug, PartialEq)]
    #[cfg_attr(feature = "types", derive(ts_rs::TS))]
    #[cfg_attr(feature = "types", ts(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase"))]
    #[expect(missing_docs, reason = "the line of a variant explains its fields")]
    pub enum TonesAnswer {
        /// The live sound is connected with an instrument of this rate.
        Connected { rate_hz: f64 },
    }
}

/// The state of the panel.
#[derive(Clone, Debug, Default)]
pub struct RecordedTones {
    axis: AxisGesture,
    life: ToneLife,
    live: LiveTones,
}

impl RecordedTones {
    /// True if a live sound is chosen, which sounds by itself or with the keys.
    pub fn is_live(&self) -> bool {
        self.live.chosen != LiveSource::Off
    }

    /// True if keys and touches play amSynth, whose sound becomes tones.
    pub fn plays_amsynth(&self) -> bool {
        self.live.chosen == LiveSource::AmSynth
    }
}
