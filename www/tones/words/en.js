// The English texts of an instrument of recorded tones; a {…} is filled in.
export default {
  language: 'en',
  // The name of an instrument, as the chooser has it.
  about:
    '{name}: recorded tones that a network has learned. They have no patch: choose amSynth for parameters, the sliders and Match a sound.',
  // The instrument whose tones are amSynth's presets.
  about_presets:
    '{name}: amSynth’s presets as a network has learned them from their sound alone. They have no patch here: choose amSynth for parameters, the sliders and Match a sound.',
  back: 'Back to amSynth',
  life: 'Life',
  about_life:
    'Attack, vibrato and small changes as in recorded notes; at 0 % the tone is steady. It counts from the next moment on, for all instruments of recorded tones. “amSynth’s presets” are always steady.',
  axes: 'Finer differences',
  about_axes:
    'The map shows the two axes on which the tones differ most. Each slider says what it changes to the right, measured at nine points of the map; “no single property” means that this depends on the point. Double-tap or double-click a slider for the middle. Each instrument keeps its sliders. Links, pins and undo restore them; pins inside a link do not.',
  // The changes by a slider to the right, for each timbral scale: less of it, and more. Up to two stand beside it.
  hardness_ends: 'softer, harder',
  depth_ends: 'shallower, deeper',
  brightness_ends: 'darker, brighter',
  roughness_ends: 'smoother, rougher',
  warmth_ends: 'colder, warmer',
  sharpness_ends: 'duller, sharper',
  boominess_ends: 'leaner, boomier',
  // An axis by its number, where what it changes depends on the point.
  varies: 'axis {axis}: no single property',
  sounds: 'Follow a sound',
  lost: '“Follow a sound” could not be loaded: check the connection, then press the button again.',
  reset: 'All to the middle',
  // A live sound, in Play.
  live: 'Live sound',
  live_off: 'off',
  live_microphone: 'microphone',
  live_amsynth: 'amSynth',
  live_feedback: 'feedback',
  live_microphone_about:
    'What the microphone hears becomes these tones, at its own pitch and loudness; your finger moves its timbre. One note at a time. Use headphones.',
  live_amsynth_about: 'Keys and fingers play amSynth, and its sound becomes these tones.',
  live_feedback_about: 'The tones become tones again, through a band-pass. “Stop” ends it.',
  level: 'Level of the microphone',
  tones_level: 'Level of the tones',
  latency: 'Latency: {own} ms + device.',
  frequency: 'Frequency',
  quality: 'Q (resonance)',
  asking: 'Waiting for the microphone…',
  refused: 'The microphone is blocked: allow it for this page in the browser, then choose it again.',
  missing: 'There is no microphone: connect one, then choose it again.',
  busy: 'The microphone does not answer: close other programs that use it, then choose it again.',
  insecure: 'The microphone needs a secure page: open this page with https.',
  unusable:
    'This browser cannot pass the microphone to the sound: choose the same sample rate for both in the system, or use another browser.',
  ended: 'The microphone is gone: connect it, then choose it again.',
  no_sound: 'The sound of the page does not run: press the map once, then try again.',
  sound_lost: 'The sound of the page does not run: the live sound goes on as soon as it runs again.',
};
