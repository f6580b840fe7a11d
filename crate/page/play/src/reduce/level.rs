//! The level of the output, as meter and rings show it: up at once, down slowly,
//! and measured only while anything sounds.

use crate::effect::Effect;
use crate::reduce::Reducer;

/// Pause between two measurements, in milliseconds: thirty a second.
const PAUSE_MS: i32 = 33;
/// The level that counts as nothing, in dB of full scale.
const FLOOR_DB: f32 = -54.0;
/// Share of the level that remains after one measurement of silence.
const REMAINING: f32 = 0.78;
/// A lower level is not seen: a pixel of a meter of 200 pixels.
const LEAST_LEVEL: f32 = 0.005;

impl Reducer<'_> {
    pub(crate) fn take_level(&mut self, rms: f32) {
        let sound = &mut self.state.sound;
        let measured = if sound.is_running { level_of(rms) } else { 0.0 };
        let level = measured.max(REMAINING * sound.level + (1.0 - REMAINING) * measured);
        let level = if level < LEAST_LEVEL { 0.0 } else { level };
        let has_changed = std::mem::replace(&mut sound.level, level) != level;
        // A reverb sounds on after its voices.
        sound.is_measured = sound.is_running && (sound.voices_sounding > 0 || sound.level > 0.0);
        if !sound.is_measured {
            sound.level = 0.0;
        } else {
            self.effects.push(Effect::MeasureLevel(PAUSE_MS));
        }
        if has_changed {
            self.request_frame();
        }
    }
}

/// The level of a root mean square, 0…1.
fn level_of(rms: f32) -> f32 {
    let level = 1.0 - 20.0 * rms.max(f32::MIN_POSITIVE).log10() / FLOOR_DB;
    if level.is_finite() { level.clamp(0.0, 1.0) } else { 0.0 }
}
