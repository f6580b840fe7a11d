//! The tracker itself: blocks of samples in, events out.

use spectral::{FrameLayout, FrameSource, PitchTracker, SpectralError, check_rate};

use crate::brightness::BrightnessRange;
use crate::event::TrackedEvent;
use crate::loudness_gate::LoudnessGate;
use crate::note_decision::{HopMeasures, NoteDecision};

/// The length of the window, in seconds: two periods of 63 Hz, the lowest note of a bass voice. Longer windows find no
/// lower voices, and delay every note.
const WINDOW_S: f32 = 0.032;
/// Samples of a hop at 48 kHz: the block of an audio thread.
const HOP: usize = 128;
/// Hops from one measurement of the brightness to the next.
const BRIGHTNESS_HOPS: u32 = 4;
/// Frames with less self-similarity do not begin a note, and with less than the second number end it after a moment.
const CLARITIES: [f32; 2] = [0.8, 0.6];
/// Changes below these are not reported: of the gain as a ratio, of the brightness.
const LEAST_CHANGES: [f32; 2] = [1.05, 0.02];

/// Follows one live voice.
#[derive(Clone)]
pub struct NoteTracker {
    sample_rate_hz: f32,
    layout: FrameLayout,
    frames: FrameSource,
    pitch: PitchTracker,
    loudness: LoudnessGate,
    brightness: BrightnessRange,
    decision: NoteDecision,
    /// The sum of the squares of the hop that arrives, and its samples so far.
    arriving: (f32, usize),
    /// The last pitch as a MIDI key with its fraction; `None` without one.
    heard_pitch: Option<f32>,
    hops: u32,
    /// The last gain and brightness that were reported.
    reported: [f32; 2],
}

impl NoteTracker {
    /// A tracker before the first sample.
    ///
    /// # Errors
    /// [`SpectralError::SampleRate`] outside of 8 to 192 kHz.
    pub fn new(sample_rate_hz: f32) -> Result<Self, SpectralError> {
        check_rate(sample_rate_hz)?;
        // A hop that suits the rate: 2.7 ms at 48 kHz, 2 to 5.3 ms at others.
        let hop = match sample_rate_hz {
            rate if rate < 12_000.0 => HOP / 4,
            rate if rate < 32_000.0 => HOP / 2,
            rate if rate < 64_000.0 => HOP,
            rate if rate < 128_000.0 => 2 * HOP,
            _ => 4 * HOP,
        };
        let window = (WINDOW_S * sample_rate_hz / hop as f32).round() as usize * hop;
        let layout = FrameLayout::new(window, hop)?;
        let hop_s = hop as f32 / sample_rate_hz;
        Ok(Self {
            sample_rate_hz,
            layout,
            frames: FrameSource::new(layout),
            pitch: PitchTracker::new(window, sample_rate_hz)?,
            loudness: LoudnessGate::new(hop_s),
            brightness: BrightnessRange::new(layout.bins(), sample_rate_hz, hop_s * BRIGHTNESS_HOPS as f32),
            decision: NoteDecision::new(hop_s),
            arriving: (0.0, 0),
            heard_pitch: None,
            hops: 0,
            reported: [0.0; 2],
        })
    }

    /// About the longest time from the onset of a steady tone from key 40 on to its note, in seconds: the window,
    /// a hop, and the block in which the note is reported. Below key 45 a soft onset may take a fifth longer. The
    /// pitch is known before the tone fills the window, so that this includes the time that it must stay.
    pub fn latency_s(&self) -> f32 {
        (self.layout.window() + 2 * self.layout.hop()) as f32 / self.sample_rate_hz
    }

    /// The level of the last moment, in dB of full scale: −80 at least.
    pub fn level_db(&self) -> f32 {
        self.loudness.level_db()
    }

    /// The pitch of the sounding note as a MIDI key with its fraction; `None` without a note or a pitch.
    pub fn pitch(&self) -> Option<f32> {
        self.heard_pitch.filter(|_| self.decision.is_note())
    }

    /// Takes the next samples, however many; a sample that is not finite counts as zero. Reports the events, at
    /// most six a hop.
    pub fn push(&mut self, samples: &[f32], mut tell: impl FnMut(TrackedEvent)) {
        let mut left = samples;
        while !left.is_empty() {
            let (now, later) = left.split_at(left.len().min(self.layout.hop() - self.arriving.1));
            left = later;
            self.frames.push(now);
            let finite = now.iter().filter(|sample| sample.is_finite());
            self.arriving.0 += finite.map(|sample| sample.clamp(-1e3, 1e3).powi(2)).sum::<f32>();
            self.arriving.1 += now.len();
            if self.arriving.1 == self.layout.hop() {
                self.take_hop(&mut tell);
            }
        }
    }

    /// Ends the note, if one sounds.
    pub fn end(&mut self, mut tell: impl FnMut(TrackedEvent)) {
        self.decision.end(&mut tell);
    }

    fn take_hop(&mut self, tell: &mut impl FnMut(TrackedEvent)) {
        let (sum, samples) = std::mem::take(&mut self.arriving);
        let was_note = self.decision.is_note();
        self.loudness.push(sum / samples as f32, was_note);
        // The pitch is not measured below the level at which a note ends.
        let estimate = (!self.loudness.is_shut()).then(|| self.pitch.track(self.frames.samples()));
        let least = CLARITIES[usize::from(was_note)];
        let found = estimate.filter(|estimate| estimate.is_voiced && estimate.clarity >= least);
        self.heard_pitch = found.map(|estimate| 69.0 + 12.0 * (estimate.frequency_hz / 440.0).log2());
        let hop = HopMeasures {
            pitch: self.heard_pitch,
            level_db: self.loudness.level_db(),
            is_open: self.loudness.is_open(),
            is_shut: self.loudness.is_shut(),
            velocity: self.loudness.velocity(),
        };
        if !was_note {
            self.reported = [0.0; 2];
        }
        let gain = self.loudness.gain();
        self.decision.push(hop, &mut |event| {
            // A note begins with the present loudness.
            if matches!(event, TrackedEvent::NoteOn { .. }) {
                tell(TrackedEvent::Gain(gain));
            }
            tell(event);
        });
        self.hops = self.hops.wrapping_add(1);
        if self.decision.is_note() {
            self.tell_shape(tell);
        }
    }

    /// Reports loudness and brightness of the sounding note, if they have changed.
    fn tell_shape(&mut self, tell: &mut impl FnMut(TrackedEvent)) {
        let gain = self.loudness.gain();
        let ratio = gain / self.reported[0].max(1e-6);
        if !(1.0 / LEAST_CHANGES[0]..=LEAST_CHANGES[0]).contains(&ratio) {
            self.reported[0] = gain;
            tell(TrackedEvent::Gain(gain));
        }
        if self.hops.is_multiple_of(BRIGHTNESS_HOPS) {
            let brightness = self.brightness.push(self.frames.magnitudes());
            if (brightness - self.reported[1]).abs() >= LEAST_CHANGES[1] {
                self.reported[1] = brightness;
                tell(TrackedEvent::Brightness(brightness));
            }
        }
    }
}
