//! The slopes that parameters usually have: means over presets, by which a slider moves a sound before anything of the
//! sound's own slopes is measured. Never changed by hand.
//!
//! They are the means over every 40th training row of Debian's banks (50 presets), a third of them at each of the keys
//! 48, 60 and 72, by the same short steps by which a search measures the slopes of one preset. A preset counts for the
//! parameters that are audible in it.

use matching::space::SEARCHED_CONTINUOUS;

use crate::property::PROPERTY_COUNT;

/// For each continuous parameter, for steps up and down: the change of each property, in points for the whole scale of
/// the parameter.
#[rustfmt::skip]
pub(crate) const USUAL_SLOPES: [[[i16; PROPERTY_COUNT]; 2]; SEARCHED_CONTINUOUS.len()] = [
    // AmpAttack
    [[0, -2, -45, 1, -3, 89, 8, 1], [1, -1, -3, 2, 0, 42, 1, 8]],
    // AmpDecay
    [[0, 5, -4, 9, 3, -2, 31, -9], [-1, 7, -4, 15, 5, -1, 38, 0]],
    // AmpSustain
    [[-1, 8, -4, 9, 6, 1, 24, -4], [0, 1, 2, 1, 0, -2, 10, 2]],
    // AmpRelease
    [[-1, 6, -1, 1, 5, 1, 11, 0], [-1, 0, -2, 1, 4, 1, 7, 0]],
    // FilterAttack
    [[-1, 3, -11, -1, 2, 4, -3, 5], [-2, 1, 1, -2, 2, -3, -4, 2]],
    // FilterDecay
    [[8, -6, 4, 7, -4, 2, 2, 2], [10, -5, 9, 4, -1, 2, 2, 7]],
    // FilterSustain
    [[4, -4, 3, 4, -5, 0, 1, -6], [4, -5, 6, 7, 0, -4, 6, -7]],
    // FilterRelease
    [[0, -1, 0, 0, -1, 0, 0, 0], [0, -2, -1, 1, 1, -1, 1, 0]],
    // FilterResonance
    [[18, -11, 6, 5, -22, -10, 1, 13], [13, -8, 9, 3, -12, -7, 5, 8]],
    // FilterEnvAmount
    [[22, -13, 23, 19, -11, -2, 3, -1], [27, -16, 22, 22, -11, -4, 2, -6]],
    // FilterCutoff
    [[17, -14, 22, 14, -6, -3, 0, -1], [18, -17, 25, 22, -8, -4, 3, -4]],
    // Osc2Detune
    [[3, 4, 5, 27, -11, -2, 2, -13], [4, -8, 5, -11, 0, 3, -8, 26]],
    // LfoFreq
    [[-1, 4, 6, 0, -2, 1, -3, 13], [2, 0, 1, 0, 9, 3, -5, 11]],
    // OscMix
    [[-1, 1, -2, 3, -4, 1, 4, -9], [-5, -2, -3, -2, -4, -3, 3, -5]],
    // FreqModAmount
    [[0, 6, 4, 3, -1, 0, -1, 9], [0, 5, 3, 4, 0, 0, 0, 3]],
    // FilterModAmount
    [[0, 4, 0, -2, 2, 1, -1, 7], [-2, 2, 0, -2, 2, 0, -1, 7]],
    // AmpModAmount
    [[1, 1, 1, 0, -1, 3, -3, 5], [0, -1, 0, -1, 0, 5, -5, 7]],
    // OscMixMode
    [[5, 5, 6, 14, 0, 6, -6, 8], [2, -2, 6, -22, -5, -5, -4, -4]],
    // Osc1Pulsewidth
    [[9, -6, 4, 6, -3, 3, 0, 0], [7, -6, 8, 11, -5, -2, 0, 2]],
    // Osc2Pulsewidth
    [[11, -6, 11, 13, -4, -2, 1, 2], [14, -10, 18, 11, -8, -4, 1, 14]],
    // ReverbRoomsize
    [[0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1, 1, 0]],
    // ReverbDamp
    [[0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]],
    // ReverbWet
    [[1, -1, -2, 0, 1, 4, -1, 2], [0, -3, -1, 0, 2, 5, -1, 5]],
    // DistortionCrunch
    [[5, -16, 7, 6, 1, -13, 13, -2], [0, 0, 0, 0, 0, 0, 0, 0]],
];
