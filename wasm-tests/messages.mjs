// Codes of the messages to the processor of www/worklet.js, which documents their arguments. build/house.test.mjs
// compares these codes with those of www/worklet.js and crate/app/src/sound.rs.

export const SAY = {
  NOTE_ON: 1, NOTE_OFF: 2, PITCH_BEND: 3, CONTROL_CHANGE: 4, ALL_SOUND_OFF: 5, SET_PARAMETER: 6, DISPOSE: 7,
  HOLD_PARAMETER: 8, SET_PATCH: 9, ARPEGGIO: 10, RECENT: 11, VOICE_LIMIT: 12, TUNING: 13, DECODER: 14,
};
