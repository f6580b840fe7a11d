//! The timbre of a voice as the model decodes it: at once where the finger moves it, and ahead of time along a contour.
//! Never allocates.

use frame_model::{FrameCoder, LATENT_LIMIT, ToneCoder, TonePitch};
use spectral::{ToneFeatureMap, ToneFeatures, ToneFrame};

use crate::contour_walk::ContourWalk;

/// A timbre is decoded again if the register has moved by this much: the envelope differs with it, not with a vibrato.
const DECODE_OCTAVES: f32 = 25.0 / 1200.0;
/// Along a contour a timbre is decoded every so many hops, 43 ms at 48 kHz; between them its levels change linearly in
/// dB.
const DECODE_HOPS: u8 = 8;
/// The share of a contour's way in the latent space that a tone goes. Chosen on training notes, each half by the
/// contours of the other: with 1 the mel bands of tones lie farther from those of the notes, with 0 they stand still.
const LATENT_SHARE: f32 = 0.5;

/// The place in which a timbre lies.
pub(crate) struct TimbrePlace<'a> {
    /// The latent numbers of the part.
    pub(crate) latent: &'a [f32; LATENT_LIMIT],
    /// The share of the contour's way that is gone, 0…1.
    pub(crate) life: f32,
    /// The logarithms to base 2 of the frequency without and with vibrato.
    pub(crate) register: f32,
    pub(crate) octave: f32,
}

/// A timbre as the model has decoded it, and its frame.
#[derive(Clone)]
pub(crate) struct DecodedTimbre {
    /// The place of the last decoding, without the contour's way.
    latent: [f32; LATENT_LIMIT],
    register: f32,
    /// The features now, and those at the end of the ramp.
    features: ToneFeatures,
    goal: ToneFeatures,
    hops_left: u8,
    /// The frame with a mean power of 1.
    pub(crate) tone: ToneFrame,
}

impl DecodedTimbre {
    pub(crate) fn new() -> Self {
        Self {
            latent: [f32::NAN; LATENT_LIMIT],
            register: 0.0,
            features: ToneFeatures::default(),
            goal: ToneFeatures::default(),
            hops_left: 0,
            tone: ToneFrame::default(),
        }
    }

    /// Forgets the last place: the next hop decodes anew.
    pub(crate) fn forget(&mut self) {
        self.latent[0] = f32::NAN;
        self.hops_left = 0;
    }

    /// Makes the frame of the next hop. Decodes if the place or the register has moved, and every few hops along a
    /// contour; the pitch itself is always exact.
    pub(crate) fn follow(
        &mut self,
        coder: Option<&mut FrameCoder>,
        map: &ToneFeatureMap,
        walk: &ContourWalk,
        place: &TimbrePlace,
    ) {
        let is_new = coder.is_some_and(|coder| self.decode(coder, walk, place)) | self.ramp();
        let frequency_hz = place.octave.exp2();
        if is_new || self.tone.frequency_hz != frequency_hz {
            let pitch = TonePitch { frequency_hz, is_voiced: true, level_db: 0.0 };
            ToneCoder::frame_of(map, &mut self.features, pitch, &mut self.tone);
        }
    }

    /// Decodes where that is needed; true if the features have changed.
    fn decode(&mut self, coder: &mut FrameCoder, walk: &ContourWalk, place: &TimbrePlace) -> bool {
        let has_moved =
            self.latent != *place.latent || (self.register - place.register).abs() > DECODE_OCTAVES;
        let model = coder.model();
        let contour = walk.contour(&model.contours).filter(|_| place.life > 0.0);
        if !has_moved && (contour.is_none() || self.hops_left > 0) {
            return false;
        }
        let mut latent = *place.latent;
        if let Some(contour) = contour {
            let ahead = if has_moved { 0.0 } else { f32::from(DECODE_HOPS) - 1.0 };
            contour.move_latent(walk.place_after(ahead), LATENT_SHARE * place.life, &model.axes, &mut latent);
        }
        let latents = model.latents();
        coder.decode(&latent[..latents], place.register.exp2(), &mut self.goal);
        (self.latent, self.register) = (*place.latent, place.register);
        self.hops_left = if has_moved { 1 } else { DECODE_HOPS };
        true
    }

    /// Moves the features by a hop towards their goal; true if they have moved.
    fn ramp(&mut self) -> bool {
        if self.hops_left == 0 {
            return false;
        }
        let share = 1.0 / f32::from(self.hops_left);
        let ToneFeatures { envelope_db, noise_db, .. } = &mut self.features;
        let goals = self.goal.envelope_db.iter().chain(&self.goal.noise_db);
        for (level, goal) in envelope_db.iter_mut().chain(noise_db).zip(goals) {
            *level += (goal - *level) * share;
        }
        self.hops_left -= 1;
        true
    }
}
